//! Proofs: files that show a credit.

use std::path::{Path, PathBuf};

use domain::credit::ProofRole;
use vault::{Op, Owner};

use crate::wire::{AttachReport, Refusal};
use crate::{Code, Error, Recert};

impl Recert {
    /// Keeps each file and attaches it to a credit; a file that is refused does not keep the others out.
    pub fn attach(&mut self, credit: &str, paths: &[PathBuf], role: ProofRole) -> Result<AttachReport, Error> {
        self.credit(credit)?;
        let mut report = AttachReport { attached: Vec::new(), refused: Vec::new() };
        for path in paths {
            let name = file_name(path);
            match self.attach_one(credit, path, role) {
                Ok(()) => report.attached.push(name),
                Err(error) if error.code == Code::FileRefused || error.code == Code::FileUnreadable => {
                    report.refused.push(Refusal { name, reason: error.message });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(report)
    }

    fn attach_one(&mut self, credit: &str, path: &Path, role: ProofRole) -> Result<(), Error> {
        let original = self.vault()?.store_original(path)?;
        self.transact(Op::Attach, |change| change.attach(Owner::Credit(credit), &original, role))
    }

    /// Takes a proof off a credit; the file stays in the vault.
    pub fn detach(&mut self, credit: &str, sha256: &str) -> Result<(), Error> {
        self.transact(Op::Detach, |change| change.detach(Owner::Credit(credit), sha256))
    }

    /// Where the original of a proof lies.
    pub fn original(&self, sha256: &str) -> Result<PathBuf, Error> {
        self.vault()?.original_path(sha256)?.ok_or_else(|| {
            Error::new(Code::NotFound, "This certificate’s file is not on this computer. Attach it again.")
        })
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
