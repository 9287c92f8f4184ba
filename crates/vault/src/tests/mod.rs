//! What a vault promises.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod archive;
mod backup;
mod change;
mod computer;
mod create;
mod delete;
mod history;
mod hostile;
mod migration;
mod originals;
mod outside;
mod passing;
#[cfg(unix)]
mod private;
mod record;
mod restore;
mod search;
mod submission;
mod verify;

use domain::{Credential, Credit, Holder, ProofRole, Unit};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

use crate::{Computer, Op, Original, Owner, Stamp, Vault};

/// A place for a vault, gone at the end of the test. Its path has spaces and letters from several scripts.
struct Desk {
    root: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { root: TempDir::new().unwrap() }
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("Zoë’s records 記録")
    }

    fn database(&self) -> PathBuf {
        self.folder().join("recert.db")
    }

    /// A computer of its own for each desk.
    fn computer(&self) -> Computer {
        Computer::new(Some(self.root.path().join("settings")))
    }

    /// The file of what is set for the vault on this computer.
    fn settings_file(&self) -> PathBuf {
        self.computer().place(&self.folder()).unwrap().file().to_owned()
    }

    /// Writes a place outside into the vault, as an earlier version did and as anybody else can.
    fn keep_in_record(&self, value: &str) {
        let db = rusqlite::Connection::open(self.database()).unwrap();
        db.pragma_update(None, "ignore_check_constraints", true).unwrap();
        db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('outside', ?1)", [value]).unwrap();
    }

    fn create(&self) -> Vault {
        Vault::create(&self.folder(), &holder("Maria Delgado"), now()).unwrap()
    }

    fn open(&self) -> Vault {
        Vault::open(&self.folder(), now()).unwrap()
    }

    /// A file outside the vault.
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.root.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

fn now() -> Stamp {
    "2026-03-04T17:05:09Z".parse().unwrap()
}

fn holder(name: &str) -> Holder {
    Holder { name: name.to_owned(), ..Holder::default() }
}

fn credit(id: &str) -> Credit {
    Credit {
        title: "Order of Draw".to_owned(),
        provider: Some("Lakeside Institute".to_owned()),
        completed_on: "2024-03-04".parse().ok(),
        amount: "2.0".parse().ok(),
        unit: Some(Unit::ContactHour),
        ..Credit::empty(id)
    }
}

fn credential(id: &str) -> Credential {
    Credential {
        id: id.to_owned(),
        pack: "cma-aama".to_owned(),
        certified_on: "2021-03-17".parse().ok(),
        recertified_on: None,
        expires_on: None,
        expires_reason: None,
        periods: Vec::new(),
    }
}

fn add(vault: &mut Vault, credit: &Credit) {
    vault.transact(Op::AddCredit, now(), |change| change.put_credit(credit)).unwrap();
}

/// Stores a file of these bytes and attaches it to a credit.
fn attach(desk: &Desk, vault: &mut Vault, credit: &str, bytes: &[u8]) -> Original {
    let original = vault.store_original(&desk.file("certificate.pdf", bytes)).unwrap();
    let owner = Owner::Credit(credit);
    vault
        .transact(Op::Attach, now(), |change| change.attach(owner, &[(original.clone(), ProofRole::Certificate)]))
        .unwrap();
    original
}

/// A file with other bytes, also where it may only be read.
fn overwrite(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

/// All files below a folder with their bytes, to see that nothing was touched.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.clone(), fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
