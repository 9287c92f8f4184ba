//! A packet that is stopped.

use std::fs;

use domain::ProofRole;

use super::{Desk, course};
use crate::Code;
use crate::wire::{PacketChoice, ProofOwner};

#[test]
fn a_packet_that_is_stopped_midway_leaves_nothing_behind_and_what_was_there_as_it_was() {
    let mut desk = Desk::of_maria();
    let folder = desk.folder.path().to_owned();
    let files = ["a", "b", "c"].map(|name| {
        let path = folder.join(format!("{name}.pdf"));
        fs::write(&path, format!("%PDF-1.7 {name}")).unwrap();
        path
    });
    let credit = desk.credit(&course()).unwrap();
    let owner = ProofOwner::Credit(credit.id.to_string());
    desk.recert.attach(&owner, &files, &[ProofRole::Certificate; 3], &mut |_, _| true).unwrap();
    let choice = PacketChoice::default();
    let (file, uploads) = (folder.join("packet.pdf"), folder.join("packet"));
    fs::write(&file, "the packet before").unwrap();
    let there = || fs::read_dir(&folder).unwrap().count();
    let before = there();
    for stop in 0..3 {
        let mut step = |done: u64, all: u64| {
            assert_eq!(all, 3);
            done < stop
        };
        let stopped = desk.recert.save_packet("cma", &choice, &file, &mut step).unwrap_err();
        assert_eq!(stopped.code, Code::Cancelled);
        let stopped = desk.recert.save_packet_folder("cma", &choice, &uploads, &mut step).unwrap_err();
        assert_eq!(stopped.code, Code::Cancelled);
        assert_eq!(there(), before, "stopped after {stop}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "the packet before");
    }
}

#[test]
fn files_to_upload_are_named_by_whole_words_and_by_what_they_show() {
    let mut desk = Desk::of_maria();
    let folder = desk.folder.path().to_owned();
    let files = ["a.png", "b.png"].map(|name| folder.join(name));
    for (file, last) in files.iter().zip([1, 2]) {
        fs::write(file, [&b"\x89PNG\r\n\x1a\n"[..], &[last]].concat()).unwrap();
    }
    let mut long = course();
    long.title = "Infection control in the ambulatory setting and what follows from it for practices".to_owned();
    let credit = desk.credit(&long).unwrap();
    let owner = ProofOwner::Credit(credit.id.to_string());
    let roles = [ProofRole::Certificate, ProofRole::CourseDescription];
    desk.recert.attach(&owner, &files, &roles, &mut |_, _| true).unwrap();
    let uploads = folder.join("packet");
    desk.recert.save_packet_folder("cma", &PacketChoice::default(), &uploads, &mut |_, _| true).unwrap();
    let mut names: Vec<String> =
        fs::read_dir(&uploads).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let title = "Infection control in the ambulatory setting and what follows";
    assert_eq!(
        names,
        [
            "00 Transcript.pdf".to_owned(),
            format!("01 {title}, 4 Mar 2024.png"),
            format!("02 {title}, 4 Mar 2024, course description.png"),
        ]
    );
}
