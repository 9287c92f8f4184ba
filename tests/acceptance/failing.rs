//! A disk that fills up and rights that are gone: what was acknowledged stays, the error says what to do, and with room and
//! rights again everything goes on.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::thread;

use crate::command::{Desk, small_pdf, stderr};
use crate::dice::Dice;
use crate::work::{Work, all_work};

/// Whether a command was done; otherwise fails unless it says so in one line with these words.
fn is_done(work: &Work, output: &Output, words: &[&str]) -> bool {
    let told = stderr(output);
    assert!(told.lines().count() <= 1, "{:?}: {told}", work.words);
    // What is done although a backup by itself failed says so, too.
    let says = words.iter().all(|word| told.contains(word));
    if output.status.success() {
        assert!(told.is_empty() || says && told.contains("could not be backed up"), "{:?}: {told}", work.words);
        return true;
    }
    assert_eq!(output.status.code(), Some(1), "{:?}: {told}", work.words);
    assert!(says && output.stdout.is_empty(), "{:?}: {told}", work.words);
    false
}

/// Fails unless the vault is as it may be after what happened; then does what is left to do.
fn go_on(work: &mut Work, desk: &Desk, vault: &Path, acknowledged: bool) {
    let done = work.records.len() - 1;
    if work.sound || acknowledged {
        let at = work.require_whole(desk, vault);
        assert!(!acknowledged || at == done, "{:?} was acknowledged and is not there", work.words);
        if at == done && !work.repeats {
            return;
        }
    }
    work.finish(desk, vault);
    assert_eq!(work.require_whole(desk, vault), done, "{:?} once more", work.words);
}

/// A disk so small that it can be filled, and seen only by what runs in it.
#[cfg(target_os = "linux")]
mod disk {
    use std::io::{BufRead as _, BufReader, ErrorKind, Write as _};
    use std::process::{Child, Command};

    use super::{Desk, Path, PathBuf, Stdio, fs};

    pub struct Disk {
        keeper: Child,
        /// As it is seen from outside.
        root: PathBuf,
    }

    impl Disk {
        /// Mounts it over a folder, for whatever the desk runs from now on. A user namespace needs no rights.
        pub fn over(folder: &Path, desk: &mut Desk) -> Self {
            fs::create_dir(folder).unwrap();
            let script = r#"mount -t tmpfs -o size=24m disk "$1" && echo mounted && read -r _"#;
            let mut keeper = Command::new("unshare")
                .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"])
                .arg(folder)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut told = String::new();
            BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut told).unwrap();
            assert_eq!(told, "mounted\n", "a user may mount a disk in a namespace of its own");
            let target = keeper.id().to_string();
            let nsenter = ["nsenter", "--preserve-credentials", "--user", "--mount", "--wd=.", "--target", &target];
            desk.run_by(&nsenter, Path::new("/proc").join(&target).join("root"));
            Self { keeper, root: desk.seen(folder) }
        }

        /// Fills it until so many bytes are left.
        pub fn fill(&self, left: u64) {
            let mut filler = fs::File::create(self.root.join("filler")).unwrap();
            let page = [1; 4096];
            let mut length = 0;
            loop {
                match filler.write(&page) {
                    Ok(written) => length += u64::try_from(written).unwrap(),
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => panic!("{error}"),
                }
            }
            filler.set_len(length - left).unwrap();
        }

        pub fn make_room(&self) {
            fs::remove_file(self.root.join("filler")).unwrap();
        }
    }

    impl Drop for Disk {
        fn drop(&mut self) {
            self.keeper.kill().unwrap();
            self.keeper.wait().unwrap();
        }
    }
}

/// In kilobytes: from nothing to more than most of it needs.
#[cfg(target_os = "linux")]
const ROOM: [u64; 4] = [0, 4, 100, 500];

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_called_so_loses_nothing_and_with_room_everything_goes_on() {
    let mut desk = Desk::of_maria();
    let all = all_work(&desk);
    let folder = desk.path("small disk");
    let disk = disk::Disk::over(&folder, &mut desk);
    let vault = folder.join("vault Zoë");
    for mut work in all {
        let mut refused = 0;
        for room in ROOM {
            work.anew(&desk.seen(&vault));
            disk.fill(room * 1024);
            let output = desk.recert_on(&vault, &work.words()).output().unwrap();
            disk.make_room();
            let done = is_done(&work, &output, &["No space is left for “", "free some space"]);
            refused += u32::from(!done);
            go_on(&mut work, &desk, &vault, done);
        }
        assert!(refused > 0, "{:?} wants no room", work.words);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_packet_for_which_there_is_no_room_is_not_there_at_all() {
    let mut desk = Desk::of_maria();
    let words = ["--title", "Order of Draw", "--completed", "2024-03-04", "--amount", "1", "--unit", "contact_hour"];
    let id = desk.credit(&words);
    let mut dice = Dice::new(1);
    let noise = (0..40_000).flat_map(|_| dice.throw().to_le_bytes());
    // What follows the end of the file makes it a damaged one, which is attached byte for byte.
    desk.write("certificate.pdf", small_pdf("Order of Draw").into_iter().chain(noise).collect::<Vec<u8>>());
    desk.done(&["attach", &id, "certificate.pdf"]);
    let folder = desk.path("small disk");
    let disk = disk::Disk::over(&folder, &mut desk);
    let there = |desk: &Desk| fs::read_dir(desk.seen(&folder)).unwrap().count();
    for name in ["packet.pdf", "packet"] {
        let output = folder.join(name);
        let words = ["packet", "-o", output.to_str().unwrap()];
        let before = there(&desk);
        for room in [0, 4, 50, 200] {
            disk.fill(room * 1024);
            let told = desk.recert_on(&desk.vault(), &words).output().unwrap();
            disk.make_room();
            let told = (told.status.code(), stderr(&told));
            assert_eq!(told.0, Some(1), "{room} kB: {}", told.1);
            assert!(told.1.contains("no space is left; free some"), "{}", told.1);
            assert_eq!(there(&desk), before, "{name} in {room} kB left something behind");
        }
        desk.done_on(&desk.vault(), &words);
        assert_eq!(there(&desk), before + 1);
    }
}

/// Allows or forbids to write a vault, or only a part of it.
fn allow(part: &Path, write: bool) {
    let Ok(there) = fs::symlink_metadata(part) else { return };
    let mode = match (there.is_dir(), write) {
        (true, true) => 0o700,
        (true, false) => 0o500,
        (false, true) => 0o600,
        (false, false) => 0o400,
    };
    // Of a folder, what is in it comes first, as long as one may go into it.
    if there.is_dir() {
        for entry in fs::read_dir(part).unwrap().flatten() {
            allow(&entry.path(), write);
        }
    }
    // What passes by while this looks is gone.
    let _ = fs::set_permissions(part, Permissions::from_mode(mode));
}

const MAY_NOT: [&str; 2] = ["Recert may not use “", "Allow reading and writing there"];

/// A vault for some work that belongs to whom the command is run as.
fn hers(work: &Work, desk: &Desk) -> PathBuf {
    let vault = desk.path("rights Zoë");
    if vault.exists() {
        allow(&vault, true);
    }
    work.anew(&vault);
    desk.hand_over(&vault);
    vault
}

#[test]
fn a_folder_that_may_not_be_written_is_named_and_what_it_holds_stays_as_it_is() {
    let mut desk = Desk::of_maria();
    let all = all_work(&desk);
    desk.run_by_somebody();
    for mut work in all {
        let mut refused = 0;
        for part in ["", "recert.db", "originals", "backups"] {
            let vault = hers(&work, &desk);
            allow(&vault.join(part), false);
            let output = desk.recert_on(&vault, &work.words()).output().unwrap();
            allow(&vault, true);
            let done = is_done(&work, &output, &MAY_NOT);
            refused += u32::from(!done);
            go_on(&mut work, &desk, &vault, done);
        }
        assert!(refused > 1, "{:?} is done without being allowed to", work.words);
    }
}

#[test]
fn rights_that_are_lost_midway_lose_nothing_else() {
    let mut desk = Desk::of_maria();
    let all = all_work(&desk);
    desk.run_by_somebody();
    let (mut dice, mut refused) = (Dice::from_outside(), 0);
    for mut work in all {
        for _ in 0..3 {
            let vault = hers(&work, &desk);
            let mut command = desk.recert_on(&vault, &work.words());
            let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            thread::sleep(work.takes.mul_f64(dice.share()));
            allow(&vault, false);
            let output = child.wait_with_output().unwrap();
            allow(&vault, true);
            let done = is_done(&work, &output, &MAY_NOT);
            refused += u32::from(!done);
            go_on(&mut work, &desk, &vault, done);
        }
    }
    assert!(refused > 0, "every command was quicker");
}
