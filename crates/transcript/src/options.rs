//! How a transcript is printed, and what of the record it shows.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::display::{Paper, Print, Room};

/// How it is printed, and what of the record it shows. The embedded copy of the record says no more than the pages, but
/// for what those credits are judged by: further numbers and parts of a certificate, and values that were overridden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The paper.
    pub paper: Paper,
    /// How large it is printed.
    pub print: Print,
    /// How much of it.
    pub extent: Extent,
    /// Which credits.
    pub only: Only,
    /// What is left out.
    pub hide: BTreeSet<Hidden>,
    /// Whether the files of the exhibits are attached, where exhibits are listed.
    pub originals: bool,
    /// Whether there is a line for somebody else who reviewed it, such as a supervisor. One page has no room for it.
    pub reviewer: bool,
    /// The day that is printed as today.
    pub printed_on: NaiveDate,
    /// The version of Recert.
    pub app_version: String,
}

/// How much of a transcript.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// Every credit, and what is needed to check it.
    #[default]
    Whole,
    /// The verdict, the requirements and the sums: one page, unless names are very long.
    Summary,
}

/// Which credits are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Only {
    /// All of them.
    #[default]
    All,
    /// Those from other sources than the issuer: its own stand on its own record. One of unknown source is listed too,
    /// and one that the holder does not see there.
    OtherSources,
}

/// What a transcript can leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// The member number.
    Numbers,
    /// Where letters reach the holder.
    Address,
    /// Former names, and the name on a certificate.
    FormerNames,
    /// What a credit was about and what it was for.
    Descriptions,
}

impl Options {
    /// Everything, on one paper, as of a day.
    pub fn new(paper: Paper, printed_on: NaiveDate, app_version: &str) -> Self {
        Self {
            paper,
            print: Print::default(),
            extent: Extent::default(),
            only: Only::default(),
            hide: BTreeSet::new(),
            originals: false,
            reviewer: false,
            printed_on,
            app_version: app_version.to_owned(),
        }
    }

    pub(crate) fn hides(&self, what: Hidden) -> bool {
        self.hide.contains(&what)
    }

    /// Whether files are attached. A summary lists none.
    pub(crate) fn attaches(&self) -> bool {
        self.originals && self.extent == Extent::Whole
    }

    /// Whether somebody else signs, too.
    pub(crate) fn is_reviewed(&self) -> bool {
        self.reviewer && self.extent == Extent::Whole
    }

    /// What pages are set in.
    pub(crate) fn room(&self) -> Room {
        self.print.room(self.paper)
    }
}
