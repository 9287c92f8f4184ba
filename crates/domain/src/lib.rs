//! What a record is, what a pack demands, and what counts: pure, without files and without a clock.

mod assign;
pub mod credit;
pub mod date;
mod evaluate;
pub mod evaluation;
mod gap;
pub mod pack;
mod period;
pub mod points;
pub mod record;
mod words;

pub use credit::{Approver, Award, Credit, IssuerTranscript, Kind, ProofRef, ProofRole, Session, Status, Unit};
pub use evaluate::{EvaluateError, evaluate};
pub use evaluation::Evaluation;
pub use pack::{Pack, Packs};
pub use period::period;
pub use points::{Amount, Points};
pub use record::{Credential, Fact, FactKind, Holder, Record, RecordFault};
