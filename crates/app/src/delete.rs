//! Deleting everything, with a list of it.

use vault::{Deletion, Kind, Vault};

use crate::wire::{DeletionView, GoingKind, GoingView, OutsideGoing};
use crate::{Error, Recert};

impl Recert {
    /// What [`Recert::delete`] would delete.
    pub fn preview_deletion(&self, with_outside: bool) -> Result<DeletionView, Error> {
        Ok(self.told(&Vault::deletion(&self.folder, &self.computer, with_outside)?))
    }

    /// Deletes everything that Recert made in the folder of the record, and if wanted its copies outside. The record is
    /// closed first: where it is open it could not be removed on every system.
    pub fn delete(&mut self, with_outside: bool) -> Result<DeletionView, Error> {
        let was_open = self.vault.take().is_some();
        let deleted = Vault::delete(&self.folder, &self.computer, with_outside);
        if deleted.is_err() && was_open {
            self.vault = Vault::open(&self.folder, self.clock.now()).ok();
        }
        let told = self.told(&deleted?);
        *self = Self::closed(&self.folder, &self.computer, self.clock)?;
        Ok(told)
    }

    fn told(&self, deletion: &Deletion) -> DeletionView {
        let mut going: Vec<GoingView> = Vec::new();
        for one in &deletion.going {
            let kind = GoingKind::from(one.kind);
            match going.iter_mut().find(|view| view.kind == kind) {
                Some(view) => view.files += 1,
                None => going.push(GoingView { kind, files: 1 }),
            }
        }
        going.sort_by_key(|view| view.kind);
        DeletionView {
            folder: self.folder.display().to_string(),
            going,
            paths: deletion.going.iter().map(|going| going.path.display().to_string()).collect(),
            staying: deletion.staying.iter().map(|path| path.display().to_string()).collect(),
            outside: deletion.outside.as_ref().map(|outside| OutsideGoing {
                folder: outside.folder.display().to_string(),
                reachable: outside.is_reachable(),
            }),
            former_place: deletion.former_outside.as_ref().map(|folder| folder.display().to_string()),
        }
    }
}

impl From<Kind> for GoingKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Record => Self::Record,
            Kind::Original => Self::Certificate,
            Kind::Backup => Self::Backup,
            Kind::Copy => Self::Copy,
            Kind::SetAside => Self::SetAside,
            Kind::Other => Self::Other,
        }
    }
}
