//! BLS (AHA): the card is valid through the last day of its month, two years on, and no longer.

use crate::worked::{Case, Current, Lapsed, Met, NotMet, case, check};

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("it is valid through the last day of the month", ("bls-aha certified 2024-01-05", &[], "2026-01-31"), (Met, Some(Current), "2026-01-31", Some("0"))),
    case("and not a day longer", ("bls-aha certified 2024-01-05 expires 2026-01-31", &[], "2026-02-01"), (NotMet, Some(Lapsed), "2026-01-31", None)),
    case("issued on the first", ("bls-aha certified 2024-03-01", &[], "2025-01-01"), (Met, Some(Current), "2026-03-31", Some("0"))),
    case("issued on the last", ("bls-aha certified 2024-03-31", &[], "2025-01-01"), (Met, Some(Current), "2026-03-31", Some("0"))),
    case("issued on 29 February", ("bls-aha certified 2024-02-29", &[], "2025-01-01"), (Met, Some(Current), "2026-02-28", Some("0"))),
    case("to a February of 29 days", ("bls-aha certified 2022-02-10", &[], "2024-02-29"), (Met, Some(Current), "2024-02-29", Some("0"))),
    case("to a February of 28 days", ("bls-aha certified 2023-02-28", &[], "2025-02-28"), (Met, Some(Current), "2025-02-28", Some("0"))),
    case("to a month of 30 days", ("bls-aha certified 2023-04-30", &[], "2025-04-01"), (Met, Some(Current), "2025-04-30", Some("0"))),
    case("to the end of a year", ("bls-aha certified 2023-12-31", &[], "2025-12-31"), (Met, Some(Current), "2025-12-31", Some("0"))),
    case("on the day of issue", ("bls-aha certified 2024-07-15", &[], "2024-07-15"), (Met, Some(Current), "2026-07-31", Some("0"))),
    case("a new card counts from its own month", ("bls-aha certified 2022-07-15 renewed 2024-05-20", &[], "2026-05-31"), (Met, Some(Current), "2026-05-31", Some("0"))),
    case("a new card does not lengthen the old one", ("bls-aha certified 2022-07-15 renewed 2024-05-20 expires 2026-05-31", &[], "2026-06-01"), (NotMet, Some(Lapsed), "2026-05-31", None)),
    case("the month of the class may be another than that of issue: the printed one holds", ("bls-aha certified 2024-01-31 expires 2026-02-28", &[], "2026-02-15"), (Met, Some(Current), "2026-02-28", Some("0"))),
    case("AHA names no grace", ("bls-aha certified 2024-01-05 expires 2026-01-31", &[], "2026-03-01"), (NotMet, Some(Lapsed), "2026-01-31", None)),
    case("nor a longer one", ("bls-aha certified 2024-01-05 expires 2026-01-31", &[], "2027-03-01"), (NotMet, Some(Lapsed), "2026-01-31", None)),
    case("hours are no part of it", ("bls-aha certified 2024-01-05", &["20 contact_hour 2025-03-01"], "2025-06-01"), (Met, Some(Current), "2026-01-31", Some("0"))),
    case("nor do they bring it back", ("bls-aha certified 2024-01-05 expires 2026-01-31", &["20 contact_hour 2026-02-10"], "2026-03-01"), (NotMet, Some(Lapsed), "2026-01-31", None)),
    case("only the printed date is known", ("bls-aha expires 2026-01-31", &[], "2026-01-31"), (Met, Some(Current), "2026-01-31", Some("0"))),
    case("only the printed date is known, and it is past", ("bls-aha expires 2026-01-31", &[], "2026-02-01"), (NotMet, Some(Lapsed), "2026-01-31", None)),
    case("other credentials change nothing", ("bls-aha certified 2024-01-05;cma-aama certified 2023-01-05", &[], "2025-06-01"), (Met, Some(Current), "2026-01-31", Some("0"))),
];

#[test]
fn a_card_of_aha_is_judged_as_worked_by_hand() {
    check(CASES);
}
