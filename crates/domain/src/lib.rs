//! What a record is, what a pack demands, and what counts: pure, without files and without a clock.

mod assign;
mod choice;
mod condition;
pub mod credit;
pub mod date;
mod evaluate;
pub mod evaluation;
mod evidence;
mod filter;
mod gap;
mod json;
mod judge;
mod judged;
pub mod pack;
mod period;
mod plain;
pub mod points;
mod pool;
mod program;
mod question;
pub mod record;
mod rulebook;
pub mod submission;
pub mod unseen;
mod without_rules;
mod words;

pub use credit::{Approver, Award, Credit, IssuerTranscript, Kind, ProofRef, ProofRole, Session, Status, Unit};
pub use evaluate::{Asked, EvaluateError, evaluate, papers};
pub use evaluation::Evaluation;
pub use evidence::{Lacking, Papers};
pub use pack::{Pack, Packs};
pub use period::period;
pub use points::{Amount, Points, Ratio};
pub use record::{Credential, Fact, FactKind, Holder, Record, RecordFault};
pub use submission::Submission;
pub use without_rules::without_rules;
