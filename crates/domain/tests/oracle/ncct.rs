//! NCMA (NCCT): 14 clock hours a year, from elsewhere no older than the calendar year before, no course twice.

use crate::worked::{CannotTell, Case, Current, Lapsed, Late, Met, NotMet, case, check};

const HELD: &str = "ncma-ncct certified 2019-01-01 expires 2023-12-31";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("what is older than 1 January of the year before does not count",
        (HELD, &["12 clock_hour 2023-05-01", "2 clock_hour 2021-11-20"], "2023-12-15"), (NotMet, Some(Current), "2023-12-31", Some("12"))),
    case("the calendar year before counts",
        (HELD, &["12 clock_hour 2023-05-01", "2 clock_hour 2022-11-20"], "2023-12-15"), (Met, Some(Current), "2023-12-31", Some("14"))),
    case("it begins on 1 January",
        (HELD, &["12 clock_hour 2023-05-01", "2 clock_hour 2022-01-01"], "2023-12-15"), (Met, Some(Current), "2023-12-31", Some("14"))),
    case("31 December before it is too old",
        (HELD, &["12 clock_hour 2023-05-01", "2 clock_hour 2021-12-31"], "2023-12-15"), (NotMet, Some(Current), "2023-12-31", Some("12"))),
    case("all of it may be of the year before",
        (HELD, &["14 clock_hour 2022-05-01"], "2023-12-15"), (Met, Some(Current), "2023-12-31", Some("14"))),
    case("of training that the employer repeats the better counts once",
        (HELD, &["1 clock_hour 2022-07-11 title:Fire #employer_training", "4 clock_hour 2023-03-01 title:Fire #employer_training", "10 clock_hour 2023-03-02"], "2023-11-01"),
        (Met, Some(Current), "2023-12-31", Some("14"))),
    case("and not both",
        (HELD, &["4 clock_hour 2022-07-11 title:Fire #employer_training", "4 clock_hour 2023-03-01 title:Fire #employer_training", "6 clock_hour 2023-03-02"], "2023-11-01"),
        (NotMet, Some(Current), "2023-12-31", Some("10"))),
    case("training of the employer counts once in five years",
        (HELD, &["4 clock_hour 2023-03-01 title:Fire #employer_training", "10 clock_hour 2023-03-02"], "2023-11-01"), (Met, Some(Current), "2023-12-31", Some("14"))),
    case("no course is to be repeated",
        (HELD, &["7 clock_hour 2022-07-11 title:Skin", "7 clock_hour 2023-03-01 title:Skin"], "2023-11-01"), (NotMet, Some(Current), "2023-12-31", Some("7"))),
    case("of a course that was repeated the longer counts",
        (HELD, &["7 clock_hour 2023-07-11 title:Skin", "3 clock_hour 2022-03-01 title:Skin", "7 clock_hour 2023-03-01"], "2023-11-01"), (Met, Some(Current), "2023-12-31", Some("14"))),
    case("half hours add up",
        (HELD, &["13.5 clock_hour 2023-05-01", "0.5 clock_hour 2023-06-01"], "2023-12-15"), (Met, Some(Current), "2023-12-31", Some("14"))),
    case("thirteen and a half are too few",
        (HELD, &["13.5 clock_hour 2023-05-01"], "2023-12-15"), (NotMet, Some(Current), "2023-12-31", Some("13.5"))),
    case("nothing was done",
        (HELD, &[], "2023-12-15"), (NotMet, Some(Current), "2023-12-31", Some("0"))),
    case("a bare CEU is one hour or ten",
        (HELD, &["1.4 ceu 2023-05-01"], "2023-12-15"), (CannotTell, Some(Current), "2023-12-31", None)),
    case("an IACET CEU is ten hours of 60 minutes",
        (HELD, &["1.4 iacet_ceu 2023-05-01"], "2023-12-15"), (Met, Some(Current), "2023-12-31", Some("14"))),
    case("training on the job by the employer is accepted",
        (HELD, &["14 clock_hour 2023-05-01 kind:in_service"], "2023-12-15"), (Met, Some(Current), "2023-12-31", Some("14"))),
    case("a draft is not earned",
        (HELD, &["14 clock_hour 2023-05-01 is:draft"], "2023-12-15"), (NotMet, Some(Current), "2023-12-31", Some("0"))),
    case("what comes after the day is not earned on it",
        (HELD, &["14 clock_hour 2023-12-20"], "2023-12-15"), (NotMet, Some(Current), "2023-12-31", Some("0"))),
    case("the last day of the year is in it",
        (HELD, &["14 clock_hour 2023-12-31"], "2023-12-31"), (Met, Some(Current), "2023-12-31", Some("14"))),
    case("for five years without recertifying the credential can be renewed",
        (HELD, &[], "2024-03-01"), (NotMet, Some(Late), "2023-12-31", Some("0"))),
    case("after five years it is lost",
        (HELD, &["14 clock_hour 2023-05-01"], "2029-02-01"), (NotMet, Some(Lapsed), "2023-12-31", None)),
];

#[test]
fn ncct_judges_as_worked_by_hand() {
    check(CASES);
}
