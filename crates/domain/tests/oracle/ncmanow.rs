//! NCMA (National Certification Medical Association): one live workshop of its own in two years, and its questionnaires.

use crate::worked::{CannotTell, Case, Current, Met, NotMet, case, check};

const HELD: &str = "ncma-ncmanow certified 2024-03-10 expires 2026-03-10";

#[rustfmt::skip]
const CASES: &[Case] = &[
    case("hours of others are worth nothing",
        (HELD, &["40 contact_hour 2025-03-01", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
    case("one workshop and the surveys",
        (HELD, &["1 issuer_credit 2025-03-01 by:ncmanow kind:workshop format:live", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (Met, Some(Current), "2026-03-10", Some("1"))),
    case("the surveys are part of it",
        (HELD, &["1 issuer_credit 2025-03-01 by:ncmanow kind:workshop format:live"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("1"))),
    case("the surveys alone are not enough",
        (HELD, &["has attestation 2025-03-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
    case("nothing was done",
        (HELD, &[], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
    case("a workshop of somebody else is none",
        (HELD, &["1 contact_hour 2025-03-01 kind:workshop format:live", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
    case("nor is one that another body approved",
        (HELD, &["8 contact_hour 2025-03-01 by:aama kind:workshop format:live", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
    case("a workshop before the two years does not count",
        (HELD, &["1 issuer_credit 2024-03-09 by:ncmanow kind:workshop format:live", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
    case("the first day counts",
        (HELD, &["1 issuer_credit 2024-03-10 by:ncmanow kind:workshop format:live", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (Met, Some(Current), "2026-03-10", Some("1"))),
    case("the last day counts",
        (HELD, &["1 issuer_credit 2026-03-10 by:ncmanow kind:workshop format:live", "has attestation 2026-03-10.. #surveys"], "2026-03-10"), (Met, Some(Current), "2026-03-10", Some("1"))),
    case("two workshops are more than enough",
        (HELD, &["1 issuer_credit 2025-03-01 by:ncmanow kind:workshop format:live", "1 issuer_credit 2025-06-01 by:ncmanow kind:workshop format:live", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (Met, Some(Current), "2026-03-10", None)),
    case("a draft is none",
        (HELD, &["1 issuer_credit 2025-03-01 by:ncmanow kind:workshop format:live is:draft", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
    case("a planned one is none yet",
        (HELD, &["1 issuer_credit 2026-01-01 by:ncmanow kind:workshop format:live is:planned", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
    case("one after the day is none yet",
        (HELD, &["1 issuer_credit 2025-12-02 by:ncmanow kind:workshop format:live", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
    case("surveys after the day are not answered yet",
        (HELD, &["1 issuer_credit 2025-03-01 by:ncmanow kind:workshop format:live", "has attestation 2025-12-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("1"))),
    case("whose workshop it was may be open",
        (HELD, &["1 issuer_credit 2025-03-01 by:unsure kind:workshop format:live", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (CannotTell, Some(Current), "2026-03-10", None)),
    case("it is the same body in capitals",
        (HELD, &["1 issuer_credit 2025-03-01 by:NCMANOW kind:workshop format:live", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (Met, Some(Current), "2026-03-10", Some("1"))),
    case("it must be live",
        (HELD, &["1 issuer_credit 2025-03-01 by:ncmanow kind:online format:self_study", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
    case("another attestation is not the surveys",
        (HELD, &["1 issuer_credit 2025-03-01 by:ncmanow kind:workshop format:live", "has attestation 2025-03-02.. #hipaa"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("1"))),
    case("a renewal begins two more years",
        ("ncma-ncmanow certified 2022-03-10 renewed 2024-03-10 expires 2026-03-10", &["1 issuer_credit 2023-03-01 by:ncmanow kind:workshop format:live", "has attestation 2025-03-02.. #surveys"], "2025-12-01"), (NotMet, Some(Current), "2026-03-10", Some("0"))),
];

#[test]
fn ncmanow_judges_as_worked_by_hand() {
    check(CASES);
}
