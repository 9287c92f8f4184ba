//! MA (South Dakota): that there is a rule on renewal is known, what it says is not. So nothing can be told.

use crate::worked::{CannotTell, Case, Current, case, check};

const WHY: &str = "the text of the rule on renewal was not found";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &[], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &[], "2024-05-10"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &[], "2025-12-31"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &["10 contact_hour 2025-01-01"], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &["100 contact_hour 2025-01-01"], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &["10 clock_hour 2023-01-01"], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &["1 ceu 2025-01-01"], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &["1 contact_hour 2025-01-01 is:draft"], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &["1 contact_hour 2025-01-01 is:planned"], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &["has fee 2025-05-01.."], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &["has cpr_card 2025-05-01..2027-05-31"], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31", &["has attestation 2025-05-01.. #supervised_care"], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2020-05-10 renewed 2024-05-10 expires 2025-12-31", &[], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd renewed 2024-05-10 expires 2025-12-31", &[], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd expires 2025-12-31", &[], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd expires 2025-06-30", &[], "2025-06-30"), (CannotTell, Some(Current), "2025-06-30", None)),
    case(WHY, ("ma-sd expires 2026-02-28", &[], "2026-01-01"), (CannotTell, Some(Current), "2026-02-28", None)),
    case(WHY, ("ma-sd expires 2024-02-29", &[], "2024-02-29"), (CannotTell, Some(Current), "2024-02-29", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31;cma-aama certified 2023-01-05", &[], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
    case(WHY, ("ma-sd certified 2024-05-10 expires 2025-12-31;bls-aha certified 2025-01-05", &[], "2025-06-01"), (CannotTell, Some(Current), "2025-12-31", None)),
];

#[test]
fn south_dakota_cannot_be_judged() {
    check(CASES);
}
