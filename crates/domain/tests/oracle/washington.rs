//! MA-C (Washington): no education; from three years after the expiry an examination, or a current national credential.

use crate::worked::{Case, Current, Late, Met, NotMet, case, check};

const HELD: &str = "ma-c-doh-wa certified 2024-01-10 expires 2026-01-10";
const LONG_AGO: &str = "ma-c-doh-wa certified 2018-01-10 expires 2022-01-10";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("nothing is required",
        (HELD, &[], "2025-12-01"), (Met, Some(Current), "2026-01-10", Some("0"))),
    case("the training on HIV of 2019 is history",
        (HELD, &["7 contact_hour 2019-05-01 #hiv"], "2025-12-01"), (Met, Some(Current), "2026-01-10", Some("0"))),
    case("the last day is in time",
        (HELD, &[], "2026-01-10"), (Met, Some(Current), "2026-01-10", Some("0"))),
    case("the first day is in time",
        (HELD, &[], "2024-01-10"), (Met, Some(Current), "2026-01-10", Some("0"))),
    case("two years from the day, where no date is printed",
        ("ma-c-doh-wa certified 2024-06-15", &[], "2025-12-01"), (Met, Some(Current), "2026-06-15", Some("0"))),
    case("after a renewal two more",
        ("ma-c-doh-wa certified 2022-06-15 renewed 2024-06-15", &[], "2025-12-01"), (Met, Some(Current), "2026-06-15", Some("0"))),
    case("the printed date beats the computed one",
        ("ma-c-doh-wa certified 2024-06-15 expires 2026-08-20", &[], "2026-08-01"), (Met, Some(Current), "2026-08-20", Some("0"))),
    case("less than three years late she returns by the general rules",
        (HELD, &[], "2026-01-11"), (Met, Some(Late), "2026-01-10", Some("0"))),
    case("also in the third year",
        (LONG_AGO, &[], "2025-01-08"), (Met, Some(Late), "2022-01-10", Some("0"))),
    case("after three years she must do more",
        (LONG_AGO, &[], "2025-02-10"), (NotMet, None, "2022-01-10", None)),
    case("a current CMA (AAMA) in the same record is a way back",
        ("ma-c-doh-wa certified 2018-01-10 expires 2022-01-10;cma-aama certified 2023-01-05", &[], "2025-02-10"), (Met, None, "2022-01-10", None)),
    case("so is another current national credential",
        ("ma-c-doh-wa certified 2018-01-10 expires 2022-01-10;rma-amt certified 2023-01-05", &[], "2025-02-10"), (Met, None, "2022-01-10", None)),
    case("and one of NHA",
        ("ma-c-doh-wa certified 2018-01-10 expires 2022-01-10;ccma-nha certified 2024-01-05 expires 2026-01-05", &[], "2025-02-10"), (Met, None, "2022-01-10", None)),
    case("one that has expired is none",
        ("ma-c-doh-wa certified 2018-01-10 expires 2022-01-10;cma-aama certified 2018-01-05 expires 2023-01-31", &[], "2025-02-10"), (NotMet, None, "2022-01-10", None)),
    case("a credential of another state is not national",
        ("ma-c-doh-wa certified 2018-01-10 expires 2022-01-10;ma-sd certified 2024-06-05 expires 2025-12-31", &[], "2025-02-10"), (NotMet, None, "2022-01-10", None)),
    case("a card for resuscitation is no credential of a medical assistant",
        ("ma-c-doh-wa certified 2018-01-10 expires 2022-01-10;bls-aha certified 2024-06-05", &[], "2025-02-10"), (NotMet, None, "2022-01-10", None)),
    case("courses do not help",
        (LONG_AGO, &["40 contact_hour 2024-06-01"], "2025-02-10"), (NotMet, None, "2022-01-10", None)),
    case("a driver's licence is no credential",
        (LONG_AGO, &["has credential 2024-01-01..2028-01-01 #driving"], "2025-02-10"), (NotMet, None, "2022-01-10", None)),
    case("while it is current no other credential matters",
        ("ma-c-doh-wa certified 2024-01-10 expires 2026-01-10;cma-aama certified 2010-01-05 expires 2015-01-31", &[], "2025-12-01"), (Met, Some(Current), "2026-01-10", Some("0"))),
    case("courses change nothing while it is current",
        (HELD, &["40 contact_hour 2024-06-01"], "2025-12-01"), (Met, Some(Current), "2026-01-10", None)),
];

#[test]
fn washington_judges_as_worked_by_hand() {
    check(CASES);
}
