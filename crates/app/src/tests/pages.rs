//! The transcript's pages on their way to the screen and to paper.

use std::fs;
use std::sync::Arc;

use domain::ProofRole;

use super::{Desk, course};
use crate::wire::{Hidden, Paper, ProofOwner, SheetKind, TranscriptChoice};
use crate::{Clock, Code, Computer, Recert, draw, sweep};

fn usual() -> TranscriptChoice {
    TranscriptChoice::default()
}

#[test]
fn pages_are_composed_once_for_as_long_as_nothing_in_them_changes() {
    let mut desk = Desk::of_maria();
    desk.credit(&course()).unwrap();
    let first = desk.recert.composed("cma", &usual()).unwrap();
    assert!(Arc::ptr_eq(&first, &desk.recert.composed("cma", &usual()).unwrap()));
    let picture = draw(&first, 1, 400).unwrap();
    assert!(picture.image.starts_with("data:image/png;base64,"));
    assert_eq!(draw(&first, 99, 400).unwrap_err().code, Code::NoPreview);

    for choice in
        [TranscriptChoice { paper: Paper::A4, ..usual() }, TranscriptChoice { hide: vec![Hidden::Numbers], ..usual() }]
    {
        assert!(!Arc::ptr_eq(&first, &desk.recert.composed("cma", &choice).unwrap()), "{choice:?}");
    }
    let again = desk.recert.composed("cma", &usual()).unwrap();
    assert_eq!(first, again, "the same record makes the same bytes");

    let second = desk.credit(&course()).unwrap();
    let changed = desk.recert.composed("cma", &usual()).unwrap();
    assert_ne!(again, changed, "a credit came in");
    desk.recert.remove_credit(&second.id).unwrap();
    assert_eq!(again, desk.recert.composed("cma", &usual()).unwrap());

    let clock = Clock::fixed("2026-01-15".parse().unwrap());
    let mut other = Recert::open(desk.recert.folder(), &Computer::default(), clock).unwrap();
    other.save_credit(&course()).unwrap();
    assert_ne!(again, desk.recert.composed("cma", &usual()).unwrap(), "another program changed the record");
}

#[test]
fn the_exhibits_are_listed_with_their_pages_as_soon_as_they_are_here() {
    let mut desk = Desk::of_maria();
    let path = desk.folder.path().join("card.png");
    fs::write(&path, b"\x89PNG\r\n\x1a\n").unwrap();
    let id = desk.credit(&course()).unwrap().id;
    let before = desk.recert.composed("cma", &usual()).unwrap();
    let owner = ProofOwner::Credit(id.to_string());
    desk.recert.attach(&owner, &[path], &[ProofRole::Certificate], &mut |_, _| true).unwrap();
    let pdf = desk.recert.composed("cma", &usual()).unwrap();
    assert_ne!(before, pdf);
    assert_eq!(desk.recert.vault().unwrap().page_counts().unwrap().into_values().collect::<Vec<_>>(), [1]);
    let text = inspect::text(&pdf).unwrap();
    assert!(text.contains("Pages") && text.contains("card.png"), "{text}");
}

#[test]
fn what_is_printed_is_known_again_and_lies_apart_from_the_record_until_it_is_swept() {
    let mut desk = Desk::of_maria();
    desk.credit(&course()).unwrap();
    let printed = desk.folder.path().join("cache/printed");
    // As it may have been made by another program.
    fs::create_dir_all(&printed).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&printed, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let first = desk.recert.print_transcript("cma", &usual(), &printed).unwrap();
    let again = desk.recert.print_transcript("cma", &usual(), &printed).unwrap();
    let sheet = desk.recert.print_sheet(SheetKind::Letter, "cma", &usual(), false, &printed).unwrap();
    assert_ne!(first, again, "a viewer may still show the first");
    assert_eq!(first.file_name().unwrap(), "continuing-education-transcript-2026-01-15.pdf");
    for (file, kind) in [(&first, "transcript"), (&again, "transcript"), (&sheet, "letter")] {
        assert!(file.starts_with(&printed) && fs::read(file).unwrap().starts_with(b"%PDF-"));
        assert_eq!(desk.recert.check_written(file).unwrap().written.unwrap().kind, kind);
    }
    assert_eq!(desk.recert.saved().unwrap_err().code, Code::NotFound, "it is no file that she saved");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for (path, mode) in [(printed.as_path(), 0o700), (first.parent().unwrap(), 0o700), (&first, 0o600)] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
        }
    }
    sweep(&printed);
    assert!(!printed.exists());
    sweep(&printed);
}

#[test]
fn what_cannot_be_printed_leaves_nothing_behind() {
    let mut desk = Desk::of_maria();
    let printed = desk.folder.path().join("printed");
    assert_eq!(desk.recert.print_transcript("nobody", &usual(), &printed).unwrap_err().code, Code::NotFound);
    assert!(!printed.exists());
    fs::write(&printed, "in the way").unwrap();
    let refused = desk.recert.print_transcript("cma", &usual(), &printed).unwrap_err();
    assert_eq!(refused.code, Code::FileUnwritable);
    assert!(refused.message.contains("printed"), "{refused}");
}
