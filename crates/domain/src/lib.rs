//! What a record is, what a pack demands, and what counts: pure, without files and without a clock.

pub mod credit;
pub mod date;
pub mod evaluation;
pub mod points;
pub mod record;

pub use credit::{Approver, Award, Credit, IssuerTranscript, Kind, ProofRef, ProofRole, Session, Status, Unit};
pub use evaluation::Evaluation;
pub use points::{Amount, Points};
pub use record::{Credential, Fact, FactKind, Holder, Record, RecordFault};
