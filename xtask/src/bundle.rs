//! The Debian package: the window with its menu entry and icon, and the command line.

use crate::install;
use crate::places;
use crate::process::{Done, check, program};

/// Builds the package and says where it is.
pub(crate) fn deb() -> Done {
    if !cfg!(target_os = "linux") {
        return Err("The Debian package is built on Linux only.".to_owned());
    }
    install::for_the_window()?;
    install::node_modules()?;
    let recert = places::binary("release", "recert")?;
    let files =
        format!(r#"{{"bundle":{{"linux":{{"deb":{{"files":{{"/usr/bin/recert":"{}"}}}}}}}}}}"#, recert.display());
    let mut tauri = program("npm", "exec --prefix ui -- tauri build --ci --bundles deb --config");
    tauri.arg(files).args(["--", "--locked", "--package", "recert-app", "--package", "cli"]);
    check(tauri.env("CARGO_TARGET_DIR", places::target()?))?;
    println!("\nThe package is in {}", places::target()?.join("release/bundle/deb").display());
    Ok(())
}
