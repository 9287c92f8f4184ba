//! What the window and the use cases say to each other. TypeScript is generated from here.

mod answers;
mod backups;
mod credentials;
mod credits;
mod delete;
mod facts;
mod history;
mod preflight;
mod proofs;
mod renewals;
mod search;
mod sheets;
mod shell;
mod transcript;
mod transfer;
mod verification;

pub use answers::{AnswerInput, OverrideInput, PinInput};
pub use backups::{
    BackupHolds, BackupTaken, BackupView, Backups, ChosenBackup, Copies, LeftOut, Moved, OutsideView, RestoreView,
    TouchedView,
};
pub use credentials::{
    CategoryView, CredentialInput, CredentialPreview, CredentialView, HolderInput, Home, LabelView, PackView, UnitView,
};
pub use credits::{AwardInput, CreditInput, CreditPreview, FieldFault, SessionInput};
pub use delete::{DeletionView, GoingKind, GoingView, OutsideGoing};
pub use facts::{FactInput, FactView};
pub use history::{FieldChange, HistoryEntry, HistoryStep, Undoable};
pub use preflight::{Check, CheckCode, Checked, Clause, Fix};
pub use proofs::{AttachReport, DroppedFiles, Preview, ProofOwner, Refusal, Remark};
pub use renewals::{
    FrozenView, PeriodInput, PeriodView, RenewalInput, Renewals, SubmissionInput, SubmissionView, Waiting,
};
pub use search::{Excerpt, Found, FoundIn};
pub use sheets::SheetKind;
pub use shell::ShellEvent;
pub use transcript::{
    CheckedFile, ExhibitView, Hidden, Listed, PacketChoice, PacketReport, Paper, SavedTranscript, TranscriptChoice,
    WrittenView,
};
pub use transfer::{ImportPreview, RowFault, SavedFile};
pub use verification::{Damage, Healed, Verification};

/// As it would have been typed in; empty if there is nothing.
fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
