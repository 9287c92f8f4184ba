//! What names a document: a number that follows from all that is in it, and the copy of the record that goes with it.

use lopdf::{Object, Stream, StringFormat};
use sha2::{Digest, Sha256};

use crate::{Error, Transcript, output, pass};

/// The number of a document, and the copy of the record in it.
pub(crate) struct Seal {
    /// The copy as it is embedded, if one is.
    pub(crate) copy: Option<Stream>,
    /// Names the content: printed on every page and written into the file.
    hash: Vec<u8>,
}

impl Seal {
    /// Of the transcript's pages. It needs none of them, and is made while they are.
    pub(crate) fn new(transcript: &Transcript) -> Result<Self, Error> {
        let Transcript { record, evaluation, labels, options, entries, pages, papers, .. } = transcript;
        let copied = || {
            let json = entries.shown(record, evaluation, labels, options).to_json();
            let hash = Sha256::digest(&json);
            let mut file = pass::embedded_file(json.into_bytes(), "application/json", Some(options.printed_on));
            output::compress(&mut file).map(|()| (file, hash))
        };
        let judged = || serde_json::to_vec(evaluation).map(Sha256::digest);
        let (copied, judged) = rayon::join(copied, judged);
        let (copy, copied) = copied?;
        let judged = judged.map_err(|error| Error::Unwritable { reason: error.to_string() })?;
        // Of the pages of files, and of what is missing, only what is shown.
        let shown_by: Vec<_> = entries.all().map(|entry| papers.get(entry.credit.id.as_str())).collect();
        let counts: Vec<_> = entries.exhibits.iter().map(|exhibit| pages.get(exhibit.sha256)).collect();
        let hash = Sha256::new()
            .chain_update(copied)
            .chain_update(judged)
            .chain_update(format!("{labels:?}{options:?}{counts:?}{shown_by:?}"))
            .finalize();
        Ok(Self { copy: Some(copy), hash: hash.to_vec() })
    }

    /// Of further content that is not the transcript's alone.
    pub(crate) fn with(self, more: impl AsRef<[u8]>) -> Self {
        let hash = Sha256::new().chain_update(self.hash).chain_update(more).finalize();
        Self { hash: hash.to_vec(), ..self }
    }

    /// Of a document that carries no record.
    pub(crate) fn without_copy(self) -> Self {
        Self { copy: None, ..self }
    }

    /// As it is printed: `5590 3a26 8fc7`.
    pub(crate) fn number(&self) -> String {
        let id: Vec<String> = self.hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        id.chunks(2).map(<[String]>::concat).collect::<Vec<_>>().join(" ")
    }

    /// As the file has it (ISO 32000-1, 14.4).
    pub(crate) fn id(&self) -> Object {
        Object::String(self.hash.iter().take(16).copied().collect(), StringFormat::Hexadecimal)
    }
}
