//! CPT (California): six contact hours of accepted providers in two years; if expired, six of the last twelve months.

use crate::worked::{CannotTell, Case, Current, Late, Met, NotMet, case, check};

const HELD: &str = "cpt-cdph certified 2022-05-31 renewed 2024-05-31 expires 2026-05-31";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("hours of others than the accepted are worth nothing",
        (HELD, &["6 contact_hour 2025-03-01 by:nobody"], "2026-04-01"), (NotMet, Some(Current), "2026-05-31", Some("0"))),
    case("six hours that are accepted",
        (HELD, &["6 contact_hour 2025-03-01 by:cdph"], "2026-04-01"), (Met, Some(Current), "2026-05-31", Some("6"))),
    case("five and a half are too few",
        (HELD, &["5.5 contact_hour 2025-03-01 by:cdph"], "2026-04-01"), (NotMet, Some(Current), "2026-05-31", Some("5.5"))),
    case("whose hours they are may be open",
        (HELD, &["6 contact_hour 2025-03-01 by:unsure"], "2026-04-01"), (CannotTell, Some(Current), "2026-05-31", None)),
    case("three and three",
        (HELD, &["3 contact_hour 2025-03-01 by:cdph", "3 contact_hour 2025-09-01 by:cdph"], "2026-04-01"), (Met, Some(Current), "2026-05-31", Some("6"))),
    case("only what is accepted counts",
        (HELD, &["3 contact_hour 2025-03-01 by:cdph", "3 contact_hour 2025-09-01 by:nobody"], "2026-04-01"), (NotMet, Some(Current), "2026-05-31", Some("3"))),
    case("what is older than two years before any of the days does not count",
        (HELD, &["6 contact_hour 2024-03-31 by:cdph"], "2026-04-02"), (NotMet, Some(Current), "2026-05-31", Some("0"))),
    case("two years before sending, or before the expiry: one page says one, one the other",
        (HELD, &["6 contact_hour 2024-05-01 by:cdph"], "2026-04-01"), (CannotTell, Some(Current), "2026-05-31", None)),
    case("what is within both counts",
        (HELD, &["6 contact_hour 2024-06-02 by:cdph"], "2026-04-01"), (Met, Some(Current), "2026-05-31", Some("6"))),
    case("expired, six hours of the last twelve months renew it",
        (HELD, &["6 contact_hour 2025-08-01 by:cdph"], "2026-07-01"), (Met, Some(Late), "2026-05-31", Some("6"))),
    case("expired, what is older does not count",
        (HELD, &["6 contact_hour 2025-06-15 by:cdph"], "2026-07-01"), (NotMet, Some(Late), "2026-05-31", Some("0"))),
    case("expired, hours after the expiry are of the last twelve months",
        (HELD, &["6 contact_hour 2026-06-15 by:cdph"], "2026-07-01"), (Met, Some(Late), "2026-05-31", Some("6"))),
    case("the last day is still in time",
        (HELD, &["6 contact_hour 2026-05-31 by:cdph"], "2026-05-31"), (Met, Some(Current), "2026-05-31", Some("6"))),
    case("what comes after the day does not count on it",
        (HELD, &["6 contact_hour 2026-04-02 by:cdph"], "2026-04-01"), (NotMet, Some(Current), "2026-05-31", Some("0"))),
    case("a draft does not count",
        (HELD, &["6 contact_hour 2025-03-01 by:cdph is:draft"], "2026-04-01"), (NotMet, Some(Current), "2026-05-31", Some("0"))),
    case("what is planned does not count",
        (HELD, &["6 contact_hour 2025-03-01 by:cdph is:planned"], "2026-04-01"), (NotMet, Some(Current), "2026-05-31", Some("0"))),
    case("an hour by the clock is no less than a contact hour",
        (HELD, &["6 clock_hour 2025-03-01 by:cdph"], "2026-04-01"), (Met, Some(Current), "2026-05-31", None)),
    case("a bare CEU is one hour or ten",
        (HELD, &["0.6 ceu 2025-03-01 by:cdph"], "2026-04-01"), (CannotTell, Some(Current), "2026-05-31", None)),
    case("more does no harm",
        (HELD, &["6 contact_hour 2025-03-01 by:cdph", "4 contact_hour 2025-09-01 by:nobody"], "2026-04-01"), (Met, Some(Current), "2026-05-31", Some("6"))),
    case("nothing was done",
        (HELD, &[], "2026-04-01"), (NotMet, Some(Current), "2026-05-31", Some("0"))),
];

#[test]
fn cdph_judges_as_worked_by_hand() {
    check(CASES);
}
