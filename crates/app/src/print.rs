//! Pages on their way to paper: files for the system's own viewer, which prints.

use std::path::{Path, PathBuf};

use crate::sheets::name;
use crate::wire::{SheetKind, TranscriptChoice};
use crate::{Error, Recert, files};

impl Recert {
    /// The transcript as a file in `folder`, which is no place of hers and may be swept; to be opened and printed.
    pub fn print_transcript(
        &mut self,
        credential: &str,
        choice: &TranscriptChoice,
        folder: &Path,
    ) -> Result<PathBuf, Error> {
        let pdf = self.composed(credential, &TranscriptChoice { originals: false, ..choice.clone() })?;
        self.hand_over("transcript", credential, &self.transcript_name(), &pdf, folder)
    }

    /// The same with a sheet.
    pub fn print_sheet(
        &mut self,
        kind: SheetKind,
        credential: &str,
        choice: &TranscriptChoice,
        with_number: bool,
        folder: &Path,
    ) -> Result<PathBuf, Error> {
        let pdf = self.sheet(kind, credential, choice, with_number)?;
        self.hand_over(name(kind), credential, &self.sheet_name(kind), &pdf, folder)
    }

    /// In a folder of its own each time: a viewer that still shows the last one is not in the way, and the name stays.
    fn hand_over(
        &mut self,
        kind: &str,
        credential: &str,
        name: &str,
        pdf: &[u8],
        folder: &Path,
    ) -> Result<PathBuf, Error> {
        let made = files::private_folder(folder).and_then(|()| tempfile::Builder::new().prefix("").tempdir_in(folder));
        let own = made.map_err(|error| files::unwritable(folder, &error))?;
        let file = own.path().join(name);
        files::write_private(&file, pdf).map_err(|error| files::unwritable(&file, &error))?;
        self.log_written(kind, credential, &files::saved(&file), files::hash_of(pdf))?;
        let _stays = own.keep();
        Ok(file)
    }
}
