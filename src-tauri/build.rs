//! Generates the permission list of the shell's own commands.
#![expect(clippy::expect_used, reason = "a build without permissions must stop")]

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    let acl = tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*");
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(acl)).expect("tauri build script");
}
