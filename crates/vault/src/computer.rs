//! What belongs to this computer and not to the record: one small file for each vault, in a folder of settings that the
//! caller names. So a vault or a backup from elsewhere brings nothing of it along.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use domain::unseen::Unseen;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use crate::Stamp;
use crate::backup;
use crate::error::{Access, Error};
use crate::folder;
use crate::hash::Sha256;
use crate::outside::Outside;
use crate::passing;

/// No file of settings is larger.
const MOST: u64 = 16 * 1024;

/// This computer, by its folder of settings. Where the system names none, nothing can be set.
#[derive(Debug, Clone, Default)]
pub struct Computer {
    folder: Option<PathBuf>,
}

/// What is set for one vault.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// Where backups are copied to.
    #[serde(default)]
    pub outside: Option<Outside>,
    /// When she was asked for such a place and put it off.
    #[serde(default)]
    pub outside_put_off: Option<Stamp>,
}

/// A file of settings: for which vault they are, and they.
#[derive(Serialize, Deserialize)]
struct Written {
    vault: String,
    #[serde(flatten)]
    settings: Settings,
}

/// Where the settings for one vault are kept.
pub(crate) struct Place {
    folder: PathBuf,
    file: PathBuf,
    vault: PathBuf,
}

impl Computer {
    /// The computer whose settings are in this folder, which is made when something is set.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// Where the settings for the vault in a folder are kept; nowhere if the folder is not there.
    pub(crate) fn place(&self, vault: &Path) -> Option<Place> {
        let (folder, vault) = (self.folder.clone()?, vault.canonicalize().ok()?);
        let name = Sha256::of_digest(&sha2::Sha256::digest(vault.as_os_str().as_encoded_bytes()));
        Some(Place { file: folder.join(format!("{name}.json")), folder, vault })
    }

    /// What is set for the vault in a folder.
    pub(crate) fn settings(&self, vault: &Path) -> Result<Settings, Error> {
        self.place(vault).map_or(Ok(Settings::default()), |place| place.read())
    }

    /// Changes what is set for the vault in a folder. What cannot be used is replaced.
    pub(crate) fn change(&self, vault: &Path, change: impl FnOnce(&mut Settings)) -> Result<(), Error> {
        let place = self.place(vault).ok_or_else(|| Error::Io {
            path: vault.to_owned(),
            access: Access::Write,
            reason: "this computer names no folder for settings".to_owned(),
        })?;
        let _alone = backup::enter(&place.folder)?;
        let mut settings = place.read().unwrap_or_default();
        change(&mut settings);
        place.write(settings)
    }

    /// Forgets what is set for the vault in a folder.
    pub fn forget(&self, vault: &Path) -> Result<(), Error> {
        self.place(vault).map_or(Ok(()), |place| place.remove())
    }
}

impl Place {
    /// The file, which need not be there.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    fn read(&self) -> Result<Settings, Error> {
        let unusable = |reason: &str| Error::SettingsUnusable { path: self.file.clone(), reason: reason.to_owned() };
        let there = match fs::symlink_metadata(&self.file) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Settings::default());
            }
            there => there.map_err(|error| unusable(&error.to_string()))?,
        };
        if !there.is_file() {
            return Err(unusable("it is not a file"));
        }
        if there.len() > MOST {
            return Err(unusable("it is larger than Recert writes it"));
        }
        let read = File::open(&self.file).and_then(|file| folder::first_bytes(file, MOST));
        let bytes = read.map_err(|error| unusable(&error.to_string()))?;
        let written: Written = serde_json::from_slice(&bytes).map_err(|_| unusable("it is damaged"))?;
        if written.vault != self.vault.to_string_lossy() {
            return Err(unusable("it is for another folder"));
        }
        if let Some(outside) = &written.settings.outside {
            require_place(&outside.folder, &self.vault).map_err(unusable)?;
        }
        Ok(written.settings)
    }

    /// Writes the file whole, beside its place and then into it. Where nothing is set, there is none.
    fn write(&self, settings: Settings) -> Result<(), Error> {
        if settings == Settings::default() {
            return self.remove();
        }
        let failed = |error: io::Error| Error::io(&self.file, Access::Write, &error);
        let written = Written { vault: self.vault.to_string_lossy().into_owned(), settings };
        let json = serde_json::to_vec_pretty(&written).map_err(|error| failed(error.into()))?;
        let mut aside = passing::file(&self.folder, passing::RECERT, ".json").map_err(failed)?;
        aside.write_all(&json).and_then(|()| aside.as_file().sync_all()).map_err(failed)?;
        aside.persist(&self.file).map_err(|refused| failed(refused.error))?;
        folder::sync(&self.folder)
    }

    pub(crate) fn remove(&self) -> Result<(), Error> {
        match fs::remove_file(&self.file) {
            // What may not even be looked at cannot be used either.
            Err(_) if fs::symlink_metadata(&self.file).is_err() => Ok(()),
            removed => removed.map_err(|error| Error::io(&self.file, Access::Write, &error)),
        }
    }
}

/// Fails unless a folder can be a place outside the vault, told by its name alone: a network would be asked for a look at
/// the folder itself. The name is shown in one line, so nothing in it may change how a line reads.
pub(crate) fn require_place(folder: &Path, vault: &Path) -> Result<(), &'static str> {
    let Some(name) = folder.to_str() else { return Err("the name of the place is not Unicode") };
    if name.chars().any(|letter| letter.is_control() || Unseen::of(letter).is_some()) {
        return Err("the name of the place has characters that cannot be seen");
    }
    if !folder.is_absolute() || folder.components().any(|part| part == Component::ParentDir) {
        return Err("the place is not named in full");
    }
    if folder.starts_with(vault) {
        return Err("the place lies inside the folder of your record");
    }
    Ok(())
}
