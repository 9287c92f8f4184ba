//! Where things lie on this computer unless she says otherwise.

use std::path::PathBuf;

use vault::Computer;

use crate::{Code, Error};

/// The vault's folder: `given`, else the environment's `RECERT_VAULT`, else the platform's data folder.
#[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
pub fn vault_folder(given: Option<PathBuf>) -> Result<PathBuf, Error> {
    let named = given.or_else(|| std::env::var_os("RECERT_VAULT").filter(|name| !name.is_empty()).map(PathBuf::from));
    named.map_or_else(usual_folder, Ok)
}

/// The vault's folder where nobody says otherwise.
pub fn usual_folder() -> Result<PathBuf, Error> {
    dirs::data_dir().map(|data| data.join("recert")).ok_or_else(|| {
        let message =
            "This computer names no folder for application data. Say where your record lies with --vault DIR.";
        Error::new(Code::FileUnreadable, message)
    })
}

/// This computer, by the platform's folder for settings that stay on it.
pub fn computer() -> Computer {
    // Not `recert`: on macOS that is the vault, as data and settings have one folder there.
    Computer::new(dirs::config_local_dir().map(|settings| settings.join("recert-settings")))
}
