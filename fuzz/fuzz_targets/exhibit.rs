//! Whatever bytes are given as a certificate, a packet is written with it: its pages, or one that says why they are not there.
#![no_main]

#[path = "../../crates/transcript/tests/transcript/records.rs"]
mod records;

use domain::{ProofRef, ProofRole};
use libfuzzer_sys::fuzz_target;
use transcript::{Content, Proofs, Why};

fuzz_target!(|bytes: &[u8]| {
    let mut sample = records::many(1);
    sample.record.credits[0].proofs =
        vec![ProofRef { sha256: "a".repeat(64), name: "certificate.pdf".to_owned(), role: ProofRole::Certificate }];
    let proofs = Proofs {
        load: &mut |_| Content::Pdf(bytes.to_vec()),
        progress: &mut |_, _| true,
        merge_locked: true,
        with_documents: true,
        draw: &|_| Err(Why::Undrawable),
        shrink: None,
    };
    let mut packet = Vec::new();
    let laid = transcript::packet(sample.material(), &sample.options, proofs, &mut packet).expect("a packet");
    assert_eq!(laid.len(), 1);
});
