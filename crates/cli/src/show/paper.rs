//! What was written on paper, as text for people.

use std::path::Path;

use app::wire::{CheckedFile, ExhibitView, PacketReport, SavedTranscript};
use domain::date::short;

use super::count;
use crate::print::Text;

/// “Wrote transcript.pdf.”, and a line for each attached file to know about.
pub(crate) fn transcript(output: &Path, saved: &SavedTranscript) -> Text {
    let wrote = format!("Wrote {}.", output.display());
    let remarks = saved.remarks.iter().map(|remark| format!("{}: {}", remark.name, remark.message));
    std::iter::once(wrote).chain(remarks).map(Text::from).collect()
}

/// “Wrote packet.pdf: 12 exhibits, 1.4 MB.”, and a line for each that is not laid out.
pub(crate) fn packet(output: &Path, report: &PacketReport) -> Text {
    let remark = |exhibit: &ExhibitView| {
        Some(format!("Exhibit {}, {}: {}", exhibit.number, exhibit.name, exhibit.remark.as_ref()?))
    };
    let hint = match report.locked {
        0 => None,
        1 => {
            Some("1 file is locked by its maker: for your own application --merge-locked puts its pages in.".to_owned())
        }
        locked => Some(format!(
            "{locked} files are locked by their makers: for your own application --merge-locked puts their pages in."
        )),
    };
    let exhibits = count(report.exhibits.len(), "exhibit");
    let wrote = format!("Wrote {}: {exhibits}, {}.", output.display(), size(report.bytes));
    let remarks = report.exhibits.iter().filter_map(remark);
    std::iter::once(wrote).chain(remarks).chain(hint).map(Text::from).collect()
}

/// “This is the transcript t.pdf that Recert wrote on 15 Jan 2026, unchanged.”
pub(crate) fn checked(checked: &CheckedFile) -> Text {
    let written = checked.written.as_ref().map(|written| {
        let day = written.at.get(..10).and_then(|day| day.parse().ok()).map_or_else(|| written.at.clone(), short);
        format!("This is the {} {} that Recert wrote on {day}, unchanged.", written.kind, written.name)
    });
    let sent = checked.submission.as_ref().map(|sent| {
        format!("This is the transcript that you sent on {} ({}), unchanged.", short(sent.sent_on), sent.id)
    });
    written.into_iter().chain(sent).map(Text::from).collect()
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
