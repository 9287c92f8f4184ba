//! NHCWA: 8 hours in two years, 4 of them in each, and paid care under supervision.

use crate::worked::{CannotTell, Case, Current, Met, NotMet, case, check};

const HELD: &str = "certification-nhcwa certified 2024-02-01 expires 2026-02-01";
const CARE: &str = "has attestation 2024-03-01.. #supervised_care";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("eight hours in the first year leave the second without its four",
        (HELD, &["8 clock_hour 2024-06-01", CARE], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", None)),
    case("four in each year",
        (HELD, &["4 clock_hour 2024-06-01", "4 clock_hour 2025-06-01", CARE], "2026-01-15"), (Met, Some(Current), "2026-02-01", Some("8"))),
    case("five and three",
        (HELD, &["5 clock_hour 2024-06-01", "3 clock_hour 2025-06-01", CARE], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", None)),
    case("three and five",
        (HELD, &["3 clock_hour 2024-06-01", "5 clock_hour 2025-06-01", CARE], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", None)),
    case("work under supervision is part of it",
        (HELD, &["4 clock_hour 2024-06-01", "4 clock_hour 2025-06-01"], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", Some("8"))),
    case("work alone is not enough",
        (HELD, &[CARE], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", Some("0"))),
    case("a hundredth less in one year is too little",
        (HELD, &["3.99 clock_hour 2024-06-01", "4.01 clock_hour 2025-06-01", CARE], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", None)),
    case("the first year ends on the day before the anniversary",
        (HELD, &["4 clock_hour 2025-01-31", "4 clock_hour 2025-02-01", CARE], "2026-01-15"), (Met, Some(Current), "2026-02-01", Some("8"))),
    case("on the anniversary the second has begun",
        (HELD, &["4 clock_hour 2025-02-01", "4 clock_hour 2025-03-01", CARE], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", None)),
    case("the day before it the first has not ended",
        (HELD, &["4 clock_hour 2024-05-01", "4 clock_hour 2025-01-31", CARE], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", None)),
    case("what was done before does not count",
        (HELD, &["4 clock_hour 2024-01-31", "4 clock_hour 2025-06-01", CARE], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", Some("4"))),
    case("the first day counts",
        (HELD, &["4 clock_hour 2024-02-01", "4 clock_hour 2025-06-01", CARE], "2026-01-15"), (Met, Some(Current), "2026-02-01", Some("8"))),
    case("in-service hours are what it asks for",
        (HELD, &["4 clock_hour 2024-06-01 kind:in_service", "4 clock_hour 2025-06-01 kind:in_service", CARE], "2026-01-15"), (Met, Some(Current), "2026-02-01", Some("8"))),
    case("in the first year the second's hours are still to come",
        (HELD, &["8 clock_hour 2024-06-01", CARE], "2024-12-15"), (NotMet, Some(Current), "2026-02-01", None)),
    case("its own CEU has ten hours",
        (HELD, &["0.4 ceu 2024-06-01 by:nhcwa", "0.4 ceu 2025-06-01 by:nhcwa", CARE], "2026-01-15"), (Met, Some(Current), "2026-02-01", Some("8"))),
    case("a bare CEU of somebody else has one hour or ten",
        (HELD, &["0.4 ceu 2024-06-01", "4 clock_hour 2025-06-01", CARE], "2026-01-15"), (CannotTell, Some(Current), "2026-02-01", None)),
    case("several make up the four",
        (HELD, &["1.5 clock_hour 2024-06-01", "2.5 clock_hour 2024-07-01", "4 clock_hour 2025-06-01", CARE], "2026-01-15"), (Met, Some(Current), "2026-02-01", Some("8"))),
    case("what is planned is not done",
        (HELD, &["4 clock_hour 2024-06-01", "4 clock_hour 2025-12-01 is:planned", CARE], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", Some("4"))),
    case("another attestation is not that of work",
        (HELD, &["4 clock_hour 2024-06-01", "4 clock_hour 2025-06-01", "has attestation 2024-03-01.. #hipaa"], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", Some("8"))),
    case("nothing was done",
        (HELD, &[], "2026-01-15"), (NotMet, Some(Current), "2026-02-01", Some("0"))),
];

#[test]
fn nhcwa_judges_as_worked_by_hand() {
    check(CASES);
}
