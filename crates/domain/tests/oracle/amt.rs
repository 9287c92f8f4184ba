//! RMA and CMAS (AMT): 30 points in three years to the day before the anniversary; employment has earned none since 2021.

use crate::worked::{CannotTell, Case, Current, Met, NotMet, case, check};

const RMA: &str = "rma-amt certified 2022-05-01";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("hours of the next cycle and employment after 2020 are worth nothing",
        (RMA, &["12 contact_hour 2023-02-10", "14 contact_hour 2024-06-01", "5 contact_hour 2025-05-03", "9 point 2025-04-20 kind:employment from:2022-05-01"], "2025-04-25"),
        (NotMet, Some(Current), "2025-04-30", Some("26"))),
    case("an hour is taken for a point, though AMT's table was not seen",
        (RMA, &["30 contact_hour 2024-01-01"], "2024-08-01"), (Met, Some(Current), "2025-04-30", Some("30"))),
    case("30 are demanded, and nothing is rounded up",
        (RMA, &["29.75 contact_hour 2024-01-01"], "2024-08-01"), (NotMet, Some(Current), "2025-04-30", Some("29.75"))),
    case("who was certified on 1 May 2006 complies before 1 May 2009",
        ("rma-amt certified 2006-05-01", &["30 point 2008-01-01"], "2009-04-30"), (Met, Some(Current), "2009-04-30", Some("30"))),
    case("nothing earned before the cycle's start counts",
        (RMA, &["30 contact_hour 2022-04-30"], "2024-08-01"), (NotMet, Some(Current), "2025-04-30", Some("0"))),
    case("the first day is in the cycle",
        (RMA, &["30 contact_hour 2022-05-01"], "2024-08-01"), (Met, Some(Current), "2025-04-30", Some("30"))),
    case("the last day is in the cycle",
        (RMA, &["30 contact_hour 2025-04-30"], "2025-04-30"), (Met, Some(Current), "2025-04-30", Some("30"))),
    case("29 February has its anniversary on the 28th",
        ("rma-amt certified 2024-02-29", &[], "2025-01-01"), (NotMet, Some(Current), "2027-02-27", Some("0"))),
    case("employment up to the end of 2020 may still be claimed, but for how many points is not published",
        ("rma-amt certified 2019-06-01", &["26 contact_hour 2020-02-01", "4 point 2020-12-31 kind:employment from:2019-06-01"], "2022-05-01"),
        (CannotTell, Some(Current), "2022-05-31", None)),
    case("employment from 2021 on is worth nothing",
        ("rma-amt certified 2019-06-01", &["26 contact_hour 2020-02-01", "4 point 2021-12-31 kind:employment from:2021-01-01"], "2022-05-01"),
        (NotMet, Some(Current), "2022-05-31", Some("26"))),
    case("CMAS demands the same 30",
        ("cmas-amt certified 2022-05-01", &["29 contact_hour 2024-01-01"], "2024-08-01"), (NotMet, Some(Current), "2025-04-30", Some("29"))),
    case("CMAS is met by the same 30",
        ("cmas-amt certified 2022-05-01", &["30 point 2024-01-01"], "2024-08-01"), (Met, Some(Current), "2025-04-30", Some("30"))),
    case("the date printed on the card beats the one computed",
        ("rma-amt certified 2022-05-01 expires 2025-06-30", &["30 point 2025-06-01"], "2025-06-10"), (Met, Some(Current), "2025-06-30", Some("30"))),
    case("a renewal begins the next three years",
        ("rma-amt certified 2019-05-01 renewed 2022-05-01", &["30 point 2022-04-30"], "2024-08-01"), (NotMet, Some(Current), "2025-04-30", Some("0"))),
    case("for those certified before 2006 it is voluntary, unless they recertified after 1 April 2014",
        ("rma-amt certified 2004-05-01 expires 2025-04-30", &["5 contact_hour 2024-01-01"], "2024-08-01"), (CannotTell, None, "2025-04-30", None)),
    case("a renewal on file need not be the recertification that binds those certified before 2006",
        ("rma-amt certified 2004-05-01 renewed 2022-05-01", &["5 contact_hour 2024-01-01"], "2024-08-01"), (CannotTell, Some(Current), "2025-04-30", None)),
    case("points and hours are added up",
        (RMA, &["20 point 2024-01-01 by:amt", "10 contact_hour 2024-02-01"], "2024-08-01"), (Met, Some(Current), "2025-04-30", Some("30"))),
    case("a bare CEU is one hour or ten",
        (RMA, &["3 ceu 2024-01-01"], "2024-08-01"), (CannotTell, Some(Current), "2025-04-30", None)),
    case("an IACET CEU is ten contact hours",
        (RMA, &["3 iacet_ceu 2024-01-01"], "2024-08-01"), (Met, Some(Current), "2025-04-30", Some("30"))),
    case("quarters add up exactly",
        (RMA, &["12.25 contact_hour 2024-01-01", "17.75 contact_hour 2024-01-02"], "2024-08-01"), (Met, Some(Current), "2025-04-30", Some("30"))),
    case("what is planned is not earned",
        (RMA, &["29 contact_hour 2024-01-01", "1 contact_hour 2024-02-01 is:planned"], "2024-08-01"), (NotMet, Some(Current), "2025-04-30", Some("29"))),
    case("what is to be earned after the day does not count on it",
        (RMA, &["30 contact_hour 2024-08-02"], "2024-08-01"), (NotMet, Some(Current), "2025-04-30", Some("0"))),
];

#[test]
fn amt_judges_as_worked_by_hand() {
    check(CASES);
}
