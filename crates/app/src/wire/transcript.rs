//! The transcript and the packet: what may be chosen, and what came of it.

use domain::submission::Submission;
use serde::{Deserialize, Serialize};

use super::{Remark, SavedFile};

/// The paper of a transcript.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// US Letter.
    #[default]
    Letter,
    /// A4.
    A4,
}

/// Which credits are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    /// All of them.
    #[default]
    All,
    /// Those that the issuer did not approve itself: its own stand on its own record.
    OtherSources,
}

/// What can be left out of the pages and of the record in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// The member number.
    Numbers,
    /// Where letters reach her.
    Address,
    /// Former names, and the names on certificates.
    FormerNames,
    /// What credits were about and what they were for.
    Descriptions,
}

/// How a transcript is made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "boxes that are ticked, each for itself")]
pub struct TranscriptChoice {
    /// The paper.
    pub paper: Paper,
    /// Whether it is set in large print.
    pub large: bool,
    /// Whether it is one page without the credits.
    pub summary: bool,
    /// Which credits are listed.
    pub listed: Listed,
    /// What is left out.
    pub hide: Vec<Hidden>,
    /// Whether the files of what is listed are attached. One page without the credits lists none.
    pub originals: bool,
    /// Whether there is a line for somebody who reviewed it.
    pub reviewer: bool,
}

/// A transcript that was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct SavedTranscript {
    /// Where it went.
    #[serde(flatten)]
    pub file: SavedFile,
    /// What she should know of the files that are attached to it: which of them may tell where a photo was taken.
    pub remarks: Vec<Remark>,
}

/// How a packet is made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct PacketChoice {
    /// As of the transcript.
    pub transcript: TranscriptChoice,
    /// Whether her documents that belong to no credit come along, such as her credential's certificate.
    pub documents: bool,
    /// Whether files are put together though their makers locked them against that.
    pub merge_locked: bool,
    /// How many megabytes it may have, if it matters: pictures are made smaller for it.
    pub most_megabytes: Option<u32>,
}

/// A packet that was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PacketReport {
    /// Where it went.
    pub file: SavedFile,
    /// Its size in bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// Every exhibit.
    pub exhibits: Vec<ExhibitView>,
    /// How many of them are attached because their makers locked them; she may be asked whether to merge them.
    pub locked: usize,
}

/// What became of one exhibit.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ExhibitView {
    /// As on the pages.
    pub number: usize,
    /// The file's name.
    pub name: String,
    /// How many pages it has there; none if it is not laid out.
    pub pages: usize,
    /// Why it is not laid out as it is, and what became of it instead.
    pub remark: Option<String>,
}

/// What a PDF turns out to be.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CheckedFile {
    /// Its hash.
    pub sha256: String,
    /// What it was written as and when, if it is one of hers and unchanged.
    pub written: Option<WrittenView>,
    /// The submission that it was sent with, if it was.
    pub submission: Option<Submission>,
}

/// A file that was written for her.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct WrittenView {
    /// `transcript`, `packet`, or another sheet's name.
    pub kind: String,
    /// The credential it is about.
    pub credential: String,
    /// The name it was given.
    pub name: String,
    /// When, in UTC.
    pub at: String,
}
