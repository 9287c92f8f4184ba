//! CPT (NHCO): 20 hours in two years, or 10 and 1,040 hours of work in each; before 1 June 2024 12 hours, or 520 of work.

use crate::worked::{CannotTell, Case, Current, Met, NotMet, case, check};

const HELD: &str = "phlebotomy-nhco certified 2023-06-10 expires 2025-06-10";
const OLD: &str = "phlebotomy-nhco certified 2022-06-10 expires 2024-06-10";
const WORK_1: &str = "has work_hours 2023-06-10..2024-06-09 hours:1040";
const WORK_2: &str = "has work_hours 2024-06-10..2025-06-01 hours:1040";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("before 1 June 2024 twelve hours are enough",
        (OLD, &["12 contact_hour 2023-03-01"], "2024-05-20"), (Met, Some(Current), "2024-06-10", Some("12"))),
    case("from then on they are not",
        (OLD, &["12 contact_hour 2023-03-01"], "2024-06-03"), (NotMet, Some(Current), "2024-06-10", None)),
    case("the day before is still under the old rule",
        (OLD, &["12 contact_hour 2023-03-01"], "2024-05-31"), (Met, Some(Current), "2024-06-10", Some("12"))),
    case("1 June itself is under the new one",
        (OLD, &["12 contact_hour 2023-03-01"], "2024-06-01"), (NotMet, Some(Current), "2024-06-10", None)),
    case("eleven and a half were too few",
        (OLD, &["11.5 contact_hour 2023-03-01"], "2024-05-20"), (NotMet, Some(Current), "2024-06-10", None)),
    case("before, 520 hours of work in each year were enough alone",
        (OLD, &["has work_hours 2022-06-10..2023-06-09 hours:520", "has work_hours 2023-06-10..2024-05-20 hours:520"], "2024-05-20"), (Met, Some(Current), "2024-06-10", Some("0"))),
    case("in each year, not in one",
        (OLD, &["has work_hours 2022-06-10..2023-06-09 hours:1040"], "2024-05-20"), (NotMet, Some(Current), "2024-06-10", Some("0"))),
    case("519 hours in one year were too few",
        (OLD, &["has work_hours 2022-06-10..2023-06-09 hours:519", "has work_hours 2023-06-10..2024-05-20 hours:520"], "2024-05-20"), (NotMet, Some(Current), "2024-06-10", Some("0"))),
    case("20 hours are enough",
        (HELD, &["20 contact_hour 2024-03-01"], "2025-06-02"), (Met, Some(Current), "2025-06-10", Some("20"))),
    case("a little less is not",
        (HELD, &["19.75 contact_hour 2024-03-01"], "2025-06-02"), (NotMet, Some(Current), "2025-06-10", None)),
    case("10 hours and work in each year are enough",
        (HELD, &["10 contact_hour 2024-03-01", WORK_1, WORK_2], "2025-06-02"), (Met, Some(Current), "2025-06-10", Some("10"))),
    case("work in one year is not enough",
        (HELD, &["10 contact_hour 2024-03-01", WORK_1], "2025-06-02"), (NotMet, Some(Current), "2025-06-10", None)),
    case("nor is more work in one year for both",
        (HELD, &["10 contact_hour 2024-03-01", "has work_hours 2023-06-10..2024-06-09 hours:2080"], "2025-06-02"), (NotMet, Some(Current), "2025-06-10", None)),
    case("work without ten hours is not enough",
        (HELD, &["9 contact_hour 2024-03-01", WORK_1, WORK_2], "2025-06-02"), (NotMet, Some(Current), "2025-06-10", None)),
    case("1,039 hours are too few",
        (HELD, &["10 contact_hour 2024-03-01", WORK_1, "has work_hours 2024-06-10..2025-06-01 hours:1039"], "2025-06-02"), (NotMet, Some(Current), "2025-06-10", None)),
    case("work of two jobs in a year is added up",
        (HELD, &["10 contact_hour 2024-03-01", "has work_hours 2023-06-10..2023-12-31 hours:520", "has work_hours 2024-01-01..2024-06-09 hours:520", WORK_2], "2025-06-02"), (Met, Some(Current), "2025-06-10", Some("10"))),
    case("work without its days may be of either year",
        (HELD, &["10 contact_hour 2024-03-01", WORK_1, "has work_hours hours:1040"], "2025-06-02"), (CannotTell, Some(Current), "2025-06-10", None)),
    case("hours before the two years do not count",
        (HELD, &["20 contact_hour 2023-06-09"], "2025-06-02"), (NotMet, Some(Current), "2025-06-10", Some("0"))),
    case("hours are added up",
        (HELD, &["12 contact_hour 2024-03-01", "8 clock_hour 2025-03-01"], "2025-06-02"), (Met, Some(Current), "2025-06-10", Some("20"))),
    case("a bare CEU is one hour or ten",
        (HELD, &["2 ceu 2024-03-01"], "2025-06-02"), (CannotTell, Some(Current), "2025-06-10", None)),
    case("others than its own providers are not excluded",
        (HELD, &["20 contact_hour 2024-03-01 by:labce"], "2025-06-02"), (Met, Some(Current), "2025-06-10", Some("20"))),
    case("nothing was done",
        (HELD, &[], "2025-06-02"), (NotMet, Some(Current), "2025-06-10", Some("0"))),
];

#[test]
fn nhco_judges_as_worked_by_hand() {
    check(CASES);
}
