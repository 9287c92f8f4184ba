//! RMA (ARMA): each calendar year 12 of clinical, or 6 of clinical and 6 others, for the year that follows.

use crate::worked::{CannotTell, Case, Current, Late, Met, NotMet, case, check};

const HELD: &str = "rma-arma certified 2020-03-01 expires 2025-12-31";
const NEXT: &str = "rma-arma certified 2020-03-01 expires 2026-12-31";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("six of clinical and six others, CPR among the others",
        (HELD, &["6 ceu 2025-03-01 in:clinical", "4 ceu 2025-04-01 in:administrative", "2 ceu 2025-05-01 in:other #cpr"], "2025-12-15"), (Met, Some(Current), "2025-12-31", Some("12"))),
    case("twelve of clinical",
        (HELD, &["12 ceu 2025-03-01 in:clinical"], "2025-12-15"), (Met, Some(Current), "2025-12-31", Some("12"))),
    case("eleven of clinical are too few, and no others",
        (HELD, &["11 ceu 2025-03-01 in:clinical"], "2025-12-15"), (NotMet, Some(Current), "2025-12-31", None)),
    case("five others are too few",
        (HELD, &["6 ceu 2025-03-01 in:clinical", "5 ceu 2025-04-01 in:other"], "2025-12-15"), (NotMet, Some(Current), "2025-12-31", None)),
    case("five of clinical are too few on either way",
        (HELD, &["5 ceu 2025-03-01 in:clinical", "7 ceu 2025-04-01 in:other"], "2025-12-15"), (NotMet, Some(Current), "2025-12-31", None)),
    case("HIPAA counts only as other",
        (HELD, &["12 ceu 2025-03-01 in:clinical #hipaa"], "2025-12-15"), (NotMet, Some(Current), "2025-12-31", None)),
    case("blood-borne pathogens count as other",
        (HELD, &["6 ceu 2025-03-01 in:clinical", "6 ceu 2025-04-01 in:other #bloodborne"], "2025-12-15"), (Met, Some(Current), "2025-12-31", Some("12"))),
    case("domestic violence counts as other",
        (HELD, &["6 ceu 2025-03-01 in:clinical", "6 ceu 2025-04-01 in:other #domestic_violence"], "2025-12-15"), (Met, Some(Current), "2025-12-31", Some("12"))),
    case("HIV counts as other, not as clinical",
        (HELD, &["6 ceu 2025-03-01 in:clinical #hiv", "6 ceu 2025-04-01 in:other"], "2025-12-15"), (NotMet, Some(Current), "2025-12-31", None)),
    case("clerical counts as other",
        (HELD, &["6 ceu 2025-03-01 in:clinical", "6 ceu 2025-04-01 in:administrative"], "2025-12-15"), (Met, Some(Current), "2025-12-31", Some("12"))),
    case("what was done a year earlier is too old",
        (HELD, &["12 ceu 2024-12-31 in:clinical"], "2025-12-15"), (NotMet, Some(Current), "2025-12-31", Some("0"))),
    case("1 January is in the year",
        (HELD, &["12 ceu 2025-01-01 in:clinical"], "2025-12-15"), (Met, Some(Current), "2025-12-31", Some("12"))),
    case("31 December is in the year, and the last day of membership",
        (HELD, &["12 ceu 2025-12-31 in:clinical"], "2025-12-31"), (Met, Some(Current), "2025-12-31", Some("12"))),
    case("what is done in January counts for the year after next",
        (HELD, &["12 ceu 2026-01-05 in:clinical"], "2025-12-31"), (NotMet, Some(Current), "2025-12-31", Some("0"))),
    case("and there it does count",
        (NEXT, &["12 ceu 2026-01-05 in:clinical"], "2026-02-01"), (Met, Some(Current), "2026-12-31", Some("12"))),
    case("what was done the year before does not count again",
        (NEXT, &["12 ceu 2025-06-05 in:clinical"], "2026-02-01"), (NotMet, Some(Current), "2026-12-31", Some("0"))),
    case("its CEU is an hour, or ten: twelve hours may be enough",
        (HELD, &["12 contact_hour 2025-03-01 in:clinical"], "2025-12-15"), (CannotTell, Some(Current), "2025-12-31", None)),
    case("120 hours are enough in any case",
        (HELD, &["120 contact_hour 2025-03-01 in:clinical"], "2025-12-15"), (Met, Some(Current), "2025-12-31", None)),
    case("eleven hours are too few in any case",
        (HELD, &["11 contact_hour 2025-03-01 in:clinical"], "2025-12-15"), (NotMet, Some(Current), "2025-12-31", None)),
    case("nothing was done",
        (HELD, &[], "2025-12-15"), (NotMet, Some(Current), "2025-12-31", Some("0"))),
    case("up to two years after it takes 24 at least",
        (HELD, &["12 ceu 2025-03-01 in:clinical"], "2026-06-01"), (NotMet, Some(Late), "2025-12-31", None)),
];

#[test]
fn arma_judges_as_worked_by_hand() {
    check(CASES);
}
