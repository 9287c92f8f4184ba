//! `recert backup`.

use std::path::{Path, PathBuf};

use app::{BackupChoice, Code, Error, Recert, places};
use clap::Subcommand;

use super::answer;
use crate::meter::meter;
use crate::print::{Output, Text};
use crate::show;

#[derive(Debug, Subcommand)]
pub(crate) enum BackupCommand {
    /// Make one now; with FILE, also as one file to keep elsewhere or to bring to another computer
    Create {
        /// A new file for the whole record with its certificates
        file: Option<PathBuf>,
        /// Lock the file with the passphrase in the first line of this one, in the format of the age tool
        #[arg(long, value_name = "FILE", requires = "file")]
        passphrase_file: Option<PathBuf>,
    },
    /// List them, the newest first
    List,
    /// Put one in the place of the record, which is backed up first
    Restore {
        /// Its name, as in the list, or a file or folder
        which: PathBuf,
        /// The passphrase, in the first line of this file
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
        /// Only say what would change
        #[arg(long)]
        preview: bool,
        /// Open a locked file also if that takes more memory and time than one that Recert made
        #[arg(long)]
        yes: bool,
    },
    /// Say where copies outside this computer go by themselves, or set it: a stick, another disk, a synced folder
    Place {
        /// A folder that is there; Recert makes its own in it
        dir: Option<PathBuf>,
        /// Copy nothing outside any more
        #[arg(long, conflicts_with = "dir")]
        none: bool,
        /// Go on copying to where an earlier version of Recert did
        #[arg(long, conflicts_with_all = ["dir", "none"])]
        resume: bool,
    },
    /// Move the record out of a folder that is synced; the old one stays under another name
    Move {
        /// Where to [default: this computer's folder for application data]
        dir: Option<PathBuf>,
    },
}

pub(crate) fn backup(recert: &mut Recert, command: BackupCommand, json: bool) -> Result<Output, Error> {
    match command {
        BackupCommand::Create { file: None, .. } => {
            let taken = recert.back_up(&mut meter("Backing up", json))?;
            answer(json, &taken, || show::backup_taken(&taken))
        }
        BackupCommand::Create { file: Some(file), passphrase_file } => {
            let passphrase = passphrase(passphrase_file.as_deref())?;
            let taken = recert.back_up_to(&file, passphrase.as_deref(), &mut meter("Backing up", json))?;
            answer(json, &taken, || {
                let wrote = format!("Wrote {}.", file.display());
                [show::backup_taken(&taken), wrote.into()].into_iter().collect::<Text>()
            })
        }
        BackupCommand::List => {
            let backups = recert.backups()?;
            answer(json, &backups, || show::backups(&backups))
        }
        BackupCommand::Restore { which, passphrase_file, preview, yes } => {
            let passphrase = passphrase(passphrase_file.as_deref())?;
            let choice = match which.to_str() {
                Some(name) if recert.is_listed(name)? => BackupChoice::Listed(name.to_owned()),
                _ => BackupChoice::File { path: which, passphrase, even_if_costly: yes },
            };
            let (told, verb) = if preview {
                (recert.preview_restore(&choice, &mut meter("Comparing", json))?, "Would restore")
            } else {
                (recert.restore(&choice, &mut meter("Restoring", json))?, "Restored")
            };
            answer(json, &told, || show::restored(&told, verb))
        }
        BackupCommand::Place { dir, none, resume } => {
            let place = match dir {
                Some(dir) => recert.set_outside_place(&dir)?,
                None if resume => recert.resume_outside_place()?,
                None if none => {
                    recert.forget_outside_place()?;
                    None
                }
                None => recert.outside_place()?,
            };
            answer(json, &place, || show::outside_place(place.as_ref()))
        }
        BackupCommand::Move { dir } => {
            let to = dir.map_or_else(places::usual_folder, Ok)?;
            let aside = recert.move_to(&to)?;
            let (to, aside) = (to.display().to_string(), aside.display().to_string());
            answer(json, &serde_json::json!({ "vault": to, "old": aside }), || {
                format!("Moved the record to {to}. The old folder is kept as {aside}.")
            })
        }
    }
}

/// What an earlier version kept in the vault waits for her word.
pub(super) fn question(former_place: &str) -> Error {
    let message = format!(
        "Backups of this record went to “{former_place}” until now. Copy there again? If you know that folder: recert \
         backup place --resume. Otherwise: recert backup place --none, or name another folder."
    );
    Error::new(Code::NotFound, message)
}

/// The first line of a file; the line's end is no part of a passphrase, its spaces are.
fn passphrase(file: Option<&Path>) -> Result<Option<String>, Error> {
    let Some(file) = file else { return Ok(None) };
    let text = std::fs::read_to_string(file).map_err(|error| {
        Error::new(Code::FileUnreadable, format!("The passphrase in {} cannot be read: {error}.", file.display()))
    })?;
    match text.lines().next().filter(|line| !line.is_empty()) {
        Some(line) => Ok(Some(line.to_owned())),
        None => Err(Error::new(
            Code::Passphrase,
            format!("The first line of {} is empty; write the passphrase there.", file.display()),
        )),
    }
}
