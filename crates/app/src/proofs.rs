//! Proofs: files that show a credit or a fact, and documents of the holder.

use std::iter;
use std::path::{Path, PathBuf};

use domain::Record;
use domain::credit::{ProofRef, ProofRole};
use inspect::Stand;
use vault::{Op, Original, Owner, Progress};

use crate::strangers::{self, Look, Nothing};
use crate::wire::{AttachReport, ProofOwner, Refusal, Remark};
use crate::{Code, Error, Recert, files};

/// How many files are read in one go: it takes less than a second.
pub const AT_ONCE: usize = 16;

/// To be mended while the whole one is near.
const CUT: &str =
    "Part of this picture is missing: its file was cut off. It is kept; attach it again from where it is whole.";

/// Kept all the same.
const GIVEN_UP: &str = "This file cannot be read safely here, so search does not find what it says. It is kept as it is. If you do not know \
     who made it, do not open it.";

impl Recert {
    /// Whose id this is, a credit's before a fact's.
    pub fn proof_owner(&self, id: &str) -> Result<ProofOwner, Error> {
        let record = self.vault()?.record()?;
        if record.credit(id).is_some() {
            Ok(ProofOwner::Credit(id.to_owned()))
        } else if record.facts.iter().any(|fact| fact.id == id) {
            Ok(ProofOwner::Fact(id.to_owned()))
        } else {
            Err(vault::Error::NotFound { what: "credit or fact", id: id.to_owned() }.into())
        }
    }

    /// Keeps the files and attaches them to their owner at once; a file that is refused does not keep the others out. They
    /// take the roles in turn, and those for which there is none the last one. `progress` is told how many files of how
    /// many are kept.
    pub fn attach(
        &mut self,
        owner: &ProofOwner,
        paths: &[PathBuf],
        roles: &[ProofRole],
        progress: Progress<'_>,
    ) -> Result<AttachReport, Error> {
        match owner {
            ProofOwner::Credit(id) => drop(self.credit(id)?),
            ProofOwner::Fact(id) => drop(self.fact(id)?),
            ProofOwner::Holder => {}
        }
        let mut report = AttachReport { attached: Vec::new(), refused: Vec::new(), remarks: Vec::new() };
        let last = roles.last().copied().unwrap_or_default();
        let roles = roles.iter().copied().chain(iter::repeat(last));
        let mut originals = Vec::new();
        strangers::start();
        for ((path, role), kept) in paths.iter().zip(roles).zip(1..) {
            let name = file_name(path);
            match self.keep_file(path) {
                Ok((original, remarked)) => {
                    let remark = |message: &str| Remark { name: name.clone(), message: message.to_owned() };
                    report.remarks.extend(remarked.map(remark));
                    report.attached.push(name);
                    originals.push((original, role));
                }
                Err(error) if error.code == Code::FileRefused || error.code == Code::FileUnreadable => {
                    report.refused.push(Refusal { name, reason: error.message });
                }
                Err(error) => return Err(error),
            }
            if !progress(kept, paths.len() as u64) {
                return Err(vault::Error::Stopped.into());
            }
        }
        self.transact(Op::Attach, |change| change.attach(owner.into(), &originals))?;
        Ok(report)
    }

    /// Keeps a file and looks into it: what it says, and what is to be said of it, such as that it is a photo.
    fn keep_file(&self, path: &Path) -> Result<(Original, Option<&'static str>), Error> {
        let mut original = self.vault()?.store_original(path)?;
        let file = self.vault()?.file_of(&original);
        let text = text_of(&file);
        let picture = if is_pdf(&file) { None } else { files::read(&file).ok() };
        let look = picture.map(|picture| strangers::look(&picture)).transpose();
        let nothing = text.as_ref().err().copied().or(look.as_ref().err().copied());
        let remark = match look {
            _ if nothing.is_some_and(Nothing::is_given_up) => Some(GIVEN_UP),
            Ok(Some(Look { is_cut: true, .. })) => Some(CUT),
            Ok(Some(Look { stand, .. })) => stand.map(Stand::sentence),
            _ => None,
        };
        original.text = said(text);
        Ok((original, remark))
    }

    /// Reads a few of the files whose text nobody has read yet, so that search finds it. Returns how many are left.
    pub fn read_texts(&mut self) -> Result<usize, Error> {
        for _ in 0..AT_ONCE {
            let Some(unread) = self.next_unread()? else { return Ok(0) };
            let text = unread.text();
            self.keep_text(&unread, text)?;
        }
        self.count_unread()
    }

    /// A file whose text nobody has read yet, unless it was given up before.
    pub fn next_unread(&self) -> Result<Option<Unread>, Error> {
        let vault = self.vault()?;
        let next = vault.unread()?.into_iter().find(|sha256| !self.given_up.contains(sha256));
        next.map(|sha256| Ok(Unread { file: vault.original_path(&sha256)?, sha256 })).transpose()
    }

    /// How many there are.
    pub fn count_unread(&self) -> Result<usize, Error> {
        Ok(self.vault()?.unread()?.iter().filter(|sha256| !self.given_up.contains(*sha256)).count())
    }

    /// Keeps what a file says, or that it was given up.
    pub fn keep_text(&mut self, unread: &Unread, text: Option<String>) -> Result<(), Error> {
        if let Some(text) = text {
            self.vault_mut()?.keep_text(&unread.sha256, &text)?;
        } else {
            self.given_up.insert(unread.sha256.clone());
        }
        Ok(())
    }

    /// Says what an attached proof shows.
    pub fn set_role(&mut self, owner: &ProofOwner, sha256: &str, role: ProofRole) -> Result<(), Error> {
        self.transact(Op::SetRole, |change| change.set_role(owner.into(), sha256, role))
    }

    /// Takes a proof off its owner; the file stays in the vault.
    pub fn detach(&mut self, owner: &ProofOwner, sha256: &str) -> Result<(), Error> {
        self.transact(Op::Detach, |change| change.detach(owner.into(), sha256))
    }

    /// The holder's documents, which belong to no credit.
    pub fn documents(&self) -> Result<Vec<ProofRef>, Error> {
        Ok(self.vault()?.record()?.holder.documents)
    }

    /// Where the original of a proof lies.
    pub fn original(&self, sha256: &str) -> Result<PathBuf, Error> {
        self.vault()?
            .original_path(sha256)?
            .ok_or_else(|| Error::new(Code::NotFound, "This file is not on this computer. Attach it again."))
    }
}

/// A file whose text nobody has read yet.
#[derive(Debug)]
pub struct Unread {
    sha256: String,
    file: Option<PathBuf>,
}

impl Unread {
    /// What it says; nothing if that was given up. This may take long, and needs nothing of the record.
    pub fn text(&self) -> Option<String> {
        // A file that is not here says nothing; it is read when it is attached again.
        said(self.file.as_ref().map_or(Ok(String::new()), |file| text_of(file)))
    }
}

impl<'a> From<&'a ProofOwner> for Owner<'a> {
    fn from(owner: &'a ProofOwner) -> Self {
        match owner {
            ProofOwner::Credit(id) => Self::Credit(id),
            ProofOwner::Fact(id) => Self::Fact(id),
            ProofOwner::Holder => Self::Holder,
        }
    }
}

/// What a file says, for search. A file that cannot be read or says nothing is kept all the same.
fn text_of(file: &Path) -> Result<String, Nothing> {
    let bytes = if is_pdf(file) { files::read(file).ok() } else { None };
    bytes.map_or(Ok(String::new()), |bytes| strangers::text(&bytes))
}

/// What is kept of that; nothing where it was given up, so that it is tried again.
fn said(text: Result<String, Nothing>) -> Option<String> {
    match text {
        Ok(text) => Some(text),
        Err(nothing) if nothing.is_given_up() => None,
        Err(_) => Some(String::new()),
    }
}

/// An original's extension was chosen by its content.
pub(crate) fn is_pdf(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "pdf")
}

/// What she calls the file with this hash.
pub(crate) fn name_of(record: &Record, sha256: &str) -> String {
    let credits = record.credits.iter().flat_map(|credit| &credit.proofs);
    let facts = record.facts.iter().flat_map(|fact| &fact.proofs);
    let mut all = credits.chain(facts).chain(&record.holder.documents);
    all.find(|proof| proof.sha256 == sha256).map_or_else(|| sha256.to_owned(), |proof| proof.name.clone())
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
