//! CMAC (AMCA): ten credits in two years from the test, or from the 18th birthday.

use crate::worked::{CannotTell, Case, Current, Met, NotMet, case, check};

const HELD: &str = "cmac-amca certified 2024-01-10 born 1990-01-01";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("who tested at 17 counts from the 18th birthday",
        ("cmac-amca certified 2024-01-10 born 2006-09-03", &["10 issuer_credit 2025-06-01 by:amca"], "2026-02-01"), (Met, Some(Current), "2026-09-03", Some("10"))),
    case("others count from the test",
        (HELD, &["10 issuer_credit 2025-06-01 by:amca"], "2025-12-01"), (Met, Some(Current), "2026-01-10", Some("10"))),
    case("who turned 18 on the day of the test counts from it",
        ("cmac-amca certified 2024-01-10 born 2006-01-10", &[], "2025-12-01"), (NotMet, Some(Current), "2026-01-10", Some("0"))),
    case("a day later makes a day's difference",
        ("cmac-amca certified 2024-01-10 born 2006-01-11", &[], "2025-12-01"), (NotMet, Some(Current), "2026-01-11", Some("0"))),
    case("nine are too few",
        (HELD, &["9 issuer_credit 2025-06-01 by:amca"], "2025-12-01"), (NotMet, Some(Current), "2026-01-10", Some("9"))),
    case("halves add up",
        (HELD, &["9.5 issuer_credit 2025-06-01 by:amca", "0.5 issuer_credit 2025-07-01 by:amca"], "2025-12-01"), (Met, Some(Current), "2026-01-10", Some("10"))),
    case("five a year are only recommended: all in one year will do",
        (HELD, &["10 issuer_credit 2024-02-01 by:amca"], "2025-12-01"), (Met, Some(Current), "2026-01-10", Some("10"))),
    case("two of its volumes are enough",
        (HELD, &["5 issuer_credit 2024-06-01 by:amca", "5 issuer_credit 2025-06-01 by:amca"], "2025-12-01"), (Met, Some(Current), "2026-01-10", Some("10"))),
    case("one is not",
        (HELD, &["5 issuer_credit 2024-06-01 by:amca"], "2025-12-01"), (NotMet, Some(Current), "2026-01-10", Some("5"))),
    case("what was earned before the test does not count",
        (HELD, &["10 issuer_credit 2024-01-09 by:amca"], "2025-12-01"), (NotMet, Some(Current), "2026-01-10", Some("0"))),
    case("the first day counts",
        (HELD, &["10 issuer_credit 2024-01-10 by:amca"], "2025-12-01"), (Met, Some(Current), "2026-01-10", Some("10"))),
    case("what comes after the day does not count on it",
        (HELD, &["10 issuer_credit 2025-12-02 by:amca"], "2025-12-01"), (NotMet, Some(Current), "2026-01-10", Some("0"))),
    case("without a birthday nothing is enough on no reading",
        ("cmac-amca certified 2024-01-10", &[], "2025-12-01"), (NotMet, Some(Current), "2026-01-10", Some("0"))),
    case("without a birthday she may have been too young when she earned them",
        ("cmac-amca certified 2024-01-10", &["10 issuer_credit 2024-06-01 by:amca"], "2025-12-01"), (CannotTell, Some(Current), "2026-01-10", None)),
    case("the printed date beats the computed one",
        ("cmac-amca certified 2024-01-10 born 1990-01-01 expires 2026-01-31", &["10 issuer_credit 2026-01-20 by:amca"], "2026-01-25"), (Met, Some(Current), "2026-01-31", Some("10"))),
    case("what is planned is not earned",
        (HELD, &["5 issuer_credit 2024-06-01 by:amca", "5 issuer_credit 2025-06-01 by:amca is:planned"], "2025-12-01"), (NotMet, Some(Current), "2026-01-10", Some("5"))),
    case("whether a volume that is done again counts again is not said",
        (HELD, &["5 issuer_credit 2024-06-01 by:amca title:Volume", "5 issuer_credit 2025-06-01 by:amca title:Volume"], "2025-12-01"), (CannotTell, Some(Current), "2026-01-10", None)),
    case("one programme of its own is worth ten",
        (HELD, &["10 issuer_credit 2025-12-01 by:amca"], "2025-12-01"), (Met, Some(Current), "2026-01-10", Some("10"))),
    case("after the last day a grace of 30 days stands in an old version alone",
        (HELD, &["10 issuer_credit 2025-06-01 by:amca"], "2026-01-20"), (CannotTell, None, "2026-01-10", None)),
    case("too few credits are too few in any grace",
        (HELD, &["9 issuer_credit 2025-06-01 by:amca"], "2026-01-20"), (NotMet, None, "2026-01-10", Some("9"))),
    case("nothing was done",
        (HELD, &[], "2025-12-01"), (NotMet, Some(Current), "2026-01-10", Some("0"))),
];

#[test]
fn amca_judges_as_worked_by_hand() {
    check(CASES);
}
