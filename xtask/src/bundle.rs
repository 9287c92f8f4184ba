//! The Debian package: the window with its menu entry and icon, and the command line.

use crate::install;
use crate::places;
use crate::process::{Done, cargo, check, program, spelled};

/// Builds the package and says where it is.
pub(crate) fn deb() -> Done {
    if !cfg!(target_os = "linux") {
        return Err("The Debian package is built on Linux only.".to_owned());
    }
    install::for_the_window()?;
    install::node_modules()?;
    check(&mut cargo("build --release --locked --package cli"))?;
    let recert = places::binary("release", "recert")?;
    let files =
        format!(r#"{{"bundle":{{"linux":{{"deb":{{"files":{{"/usr/bin/recert":"{}"}}}}}}}}}}"#, recert.display());
    let mut tauri = program("npm", "exec --prefix ui -- tauri build --bundles deb --config");
    check(tauri.arg(files).env("CARGO_TARGET_DIR", places::target()?).env("CI", "true"))
        .map_err(|_| format!("The package was not built. To repeat: {}", spelled(&tauri)))?;
    println!("\nThe package is in {}", places::target()?.join("release/bundle/deb").display());
    Ok(())
}
