use app::{Error, Recert};

use super::answer;
use crate::arguments::BackupCommand;
use crate::show;

pub(crate) fn backup(recert: &mut Recert, command: BackupCommand, json: bool) -> Result<String, Error> {
    match command {
        BackupCommand::Create => {
            let taken = recert.back_up()?;
            answer(json, &taken, || show::backup_taken(&taken))
        }
        BackupCommand::List => {
            let backups = recert.backups()?;
            answer(json, &backups, || show::backups(&backups))
        }
        BackupCommand::Restore { which, preview: true } => {
            let told = recert.preview_restore(&which, &mut |_, _| {})?;
            answer(json, &told, || show::restored(&told, "Would restore"))
        }
        BackupCommand::Restore { which, preview: false } => {
            let told = recert.restore(&which, &mut |_, _| {})?;
            answer(json, &told, || show::restored(&told, "Restored"))
        }
    }
}
