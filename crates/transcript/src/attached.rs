//! The files of exhibits that a document carries (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8).

use domain::unseen::Unseen;
use lopdf::{Document, Object, ObjectId, text_string};

use crate::fonts::seen;
use crate::packet::Location;
use crate::{Error, pass};

/// A file as it was added to the record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Original {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: String,
}

/// Gives the original with this hash, or says why it is not there, as what follows “it ”: `is not on this computer`.
pub type Load<'l> = &'l mut dyn FnMut(&str) -> Result<Original, String>;

/// The stream of a file that a document carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub id: ObjectId,
    pub media_type: String,
}

/// Lists a file, whose stream is there already, among those that the document carries. Exhibits come in the order of
/// their numbers.
pub(crate) fn carry(
    document: &mut Document,
    number: usize,
    name: &str,
    location: Location,
    file: &File,
) -> Result<(), Error> {
    let how = match location {
        Location::Removed { .. } => Location::REMOVED,
        Location::None | Location::Kept | Location::Unknown => "as it was added to the record",
    };
    let about = format!("Exhibit {number}: {}, {how}", seen(name));
    let entry = document.add_object(pass::file_entry(
        &file_name(number, name, &file.media_type),
        &about,
        "Supplement",
        file.id,
    ));
    let catalog = document.catalog_mut()?;
    catalog.get_mut(b"AF").and_then(Object::as_array_mut)?.push(entry.into());
    let names = catalog.get_mut(b"Names").and_then(Object::as_dict_mut)?;
    let names = names.get_mut(b"EmbeddedFiles").and_then(Object::as_dict_mut)?;
    let names = names.get_mut(b"Names").and_then(Object::as_array_mut)?;
    // Sorted by bytes, and “exhibit-…” stands before “record.json”. The files' names would not sort: those with accents
    // are written in another encoding.
    let last = names.len().saturating_sub(2);
    names.splice(last..last, [text_string(&format!("exhibit-{number:05}")), entry.into()]);
    Ok(())
}

/// The extensions of a format. A system opens a file by them, whatever is in it.
fn extensions(media_type: &str) -> &'static [&'static str] {
    match media_type {
        "application/pdf" => &["pdf"],
        "image/jpeg" => &["jpg", "jpeg"],
        "image/png" => &["png"],
        "image/tiff" => &["tif", "tiff"],
        "image/heif" => &["heic", "heif"],
        "image/webp" => &["webp"],
        _ => &["bin"],
    }
}

/// `exhibit-03 certificate.pdf`: the number leads to the pages, and no two are the same. What would be a folder, what a
/// system takes amiss, and what cannot be seen is replaced. It ends as files of its format do.
fn file_name(number: usize, name: &str, media_type: &str) -> String {
    let is_safe = |c: char| !c.is_control() && Unseen::of(c).is_none() && !r#"/\:*?"<>|"#.contains(c);
    let safe = |c: char| if is_safe(c) { c } else { '_' };
    let safe: String = name.chars().map(safe).collect();
    let extensions = extensions(media_type);
    let own = safe.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let is_of_its_format = own.is_some_and(|own| extensions.contains(&own.as_str()));
    let ending = if is_of_its_format { String::new() } else { format!(".{}", extensions[0]) };
    format!("exhibit-{number:02} {safe}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &str = "application/pdf";

    #[test]
    fn a_name_keeps_what_it_says_and_names_no_folder() {
        assert_eq!(file_name(3, "Zertifikat – Übung (2).pdf", PDF), "exhibit-03 Zertifikat – Übung (2).pdf");
        assert_eq!(file_name(104, "../a\\b:\r.pdf", PDF), "exhibit-104 .._a_b__.pdf");
    }

    #[test]
    fn a_name_reads_one_way_only() {
        assert_eq!(file_name(3, "invoice\u{202e}fdp.exe\u{feff}", PDF), "exhibit-03 invoice_fdp.exe_.pdf");
        assert_eq!(file_name(3, "\u{1b}[2J\u{9b}\u{2066}משה\u{200f}.pdf", PDF), "exhibit-03 _[2J__משה_.pdf");
    }

    #[test]
    fn a_name_ends_as_files_of_its_format_do_whatever_it_was_called() {
        for (name, media_type, ends) in [
            ("cert.html", PDF, "cert.html.pdf"),
            ("cert.js", "image/jpeg", "cert.js.jpg"),
            ("scan.JPEG", "image/jpeg", "scan.JPEG"),
            ("scan", "image/tiff", "scan.tif"),
            ("a.pdf.exe", PDF, "a.pdf.exe.pdf"),
        ] {
            assert_eq!(file_name(3, name, media_type), format!("exhibit-03 {ends}"));
        }
    }
}
