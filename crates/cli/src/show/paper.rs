//! What was written on paper, as text for people.

use std::path::Path;

use app::wire::{CheckedFile, ExhibitView, PacketReport};
use domain::date::short;

use super::count;

/// “Wrote packet.pdf: 12 exhibits, 1.4 MB.”, and a line for each that is not laid out.
pub(crate) fn packet(output: &Path, report: &PacketReport) -> String {
    let remark = |exhibit: &ExhibitView| {
        Some(format!("Exhibit {}, {}: {}\n", exhibit.number, exhibit.name, exhibit.remark.as_ref()?))
    };
    let remarks = report.exhibits.iter().filter_map(remark).collect::<Vec<_>>().concat();
    let hint = match report.locked {
        0 => String::new(),
        1 => "1 file is locked by its maker: for your own application --merge-locked puts its pages in.\n".to_owned(),
        locked => format!(
            "{locked} files are locked by their makers: for your own application --merge-locked puts their pages in.\n"
        ),
    };
    let exhibits = count(report.exhibits.len(), "exhibit");
    format!("Wrote {}: {exhibits}, {}.\n{remarks}{hint}", output.display(), size(report.bytes))
}

/// “This is the transcript t.pdf that Recert wrote on 15 Jan 2026, unchanged.”
pub(crate) fn checked(checked: &CheckedFile) -> String {
    let written = checked.written.as_ref().map(|written| {
        let day = written.at.get(..10).and_then(|day| day.parse().ok()).map_or_else(|| written.at.clone(), short);
        format!("This is the {} {} that Recert wrote on {day}, unchanged.\n", written.kind, written.name)
    });
    let sent = checked.submission.as_ref().map(|sent| {
        format!("This is the transcript that you sent on {} ({}), unchanged.\n", short(sent.sent_on), sent.id)
    });
    written.into_iter().chain(sent).collect()
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
