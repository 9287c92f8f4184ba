//! The packet: the transcript with its proofs, as one file or as a folder of files to upload.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::thread;

use domain::date::short;
use domain::{Points, ProofRole, Record};
use inspect::NoPreview;
use transcript::{Content, Exhibit, Laid, Location, Proofs, Refusal, Why};
use vault::Progress;

use crate::files::{self, unwritable};
use crate::loading::{self, Loaded, Place};
use crate::location;
use crate::proofs::name_of;
use crate::strangers::{self, Fatal, Nothing, Pictures};
use crate::transcript::options;
use crate::wire::{ExhibitView, Listed, PacketChoice, PacketReport, SavedFile};
use crate::{Code, Error, Recert};

/// The longest side of a photo in pixels, and how good its JPEG is: first as a printer needs it, then smaller and smaller
/// where the packet must not be large.
const PICTURES: [(u32, u8); 4] = [(2_400, 85), (1_800, 75), (1_300, 65), (1_000, 50)];
const MEGABYTE: u64 = 1_000_000;

impl Recert {
    /// Which credits a packet lists unless she says otherwise: where some of what counts is on the issuer's own record,
    /// only the others have to be shown.
    pub fn packet_lists(&self, credential: &str) -> Result<Listed, Error> {
        let evaluation = self.evaluation(credential)?;
        let counts = |approved| {
            evaluation.credits.iter().any(|credit| credit.counted > Points::ZERO && credit.approved == Some(approved))
        };
        Ok(if counts(true) && counts(false) { Listed::OtherSources } else { Listed::All })
    }

    /// A name for the packet's file.
    pub fn packet_name(&self) -> String {
        format!("recertification-packet-{}.pdf", self.clock.today())
    }

    /// A name for the folder of a packet's files.
    pub fn packet_folder_name(&self) -> String {
        format!("Recertification packet {}", self.clock.today())
    }

    /// Writes the packet as one PDF, whole or not at all.
    pub fn save_packet(
        &mut self,
        credential: &str,
        choice: &PacketChoice,
        path: &Path,
        progress: Progress<'_>,
    ) -> Result<PacketReport, Error> {
        self.outside(path)?;
        strangers::start();
        self.count_pages()?;
        let record = self.vault()?.record()?;
        let most = choice.most_megabytes.map(|most| u64::from(most) * MEGABYTE);
        let (file, (exhibits, bytes)) = files::write_with(path, |file| {
            let mut bytes = 0;
            for picture in PICTURES {
                file.set_len(0).and_then(|()| file.rewind()).map_err(|error| unwritable(path, &error))?;
                let exhibits = self
                    .write_packet(&record, credential, choice, picture, file, progress)
                    .map_err(|error| not_written(path, error))?;
                bytes = file.metadata().map_err(|error| unwritable(path, &error))?.len();
                if most.is_none_or(|most| bytes <= most) {
                    return Ok((exhibits, bytes));
                }
            }
            Err(too_large(bytes, most.unwrap_or_default()))
        })?;
        self.note_written("packet", credential, &file, files::hash(path)?)?;
        Ok(report(file, bytes, &exhibits))
    }

    fn write_packet(
        &self,
        record: &Record,
        credential: &str,
        choice: &PacketChoice,
        (longest, quality): (u32, u8),
        file: &mut File,
        progress: Progress<'_>,
    ) -> Result<Vec<Exhibit>, NotWritten> {
        let today = self.clock.today();
        let ready = self.to_print(record, credential, today)?;
        let (fatal, name) = (Fatal::default(), RefCell::new(String::new()));
        let strip = |bytes: Vec<u8>| location::strip(bytes, &name.borrow(), &fatal);
        let draw = |pdf: &[u8]| match strangers::prints(pdf, longest, quality) {
            Ok(drawn) => Ok(drawn.pictures),
            Err(nothing) => Err(why(nothing, &fatal, &name.borrow())),
        };
        let shrink = choice.most_megabytes.map(|_| (longest, quality));
        let take_apart = |pdf: &[u8], next: u32| {
            let parts = strangers::take_apart(pdf, next, choice.merge_locked, shrink);
            parts.unwrap_or_else(|stopped| {
                fatal.note(&name.borrow(), stopped);
                Err(Refusal::Unsafe)
            })
        };
        let open = |sha256: &str| -> io::Result<Box<dyn Read>> {
            let path = self.original(sha256).map_err(|_| ErrorKind::NotFound)?;
            Ok(Box::new(File::open(path)?))
        };
        let options = options(&choice.transcript, today);
        let exhibits = transcript::proofs(ready.with(record), &options, choice.documents)?;
        let places = exhibits.iter().map(|exhibit| self.place(&exhibit.sha256)).collect();
        let written = thread::scope(|scope| {
            let loaded = loading::ahead(scope, places);
            let proofs = Proofs {
                load: &mut |sha256| {
                    name.replace(name_of(record, sha256));
                    let loaded = loaded.recv().unwrap_or_else(|_| loading::load(&self.place(sha256)));
                    content(loaded, longest, quality, |nothing| why(nothing, &fatal, &name.borrow()))
                },
                progress: &mut |done, all| progress(done as u64, all as u64) && !fatal.is_set(),
                with_documents: choice.documents,
                open: &open,
                take_apart: &take_apart,
                draw: &draw,
                strip: &strip,
            };
            let written = transcript::packet(ready.with(record), &options, proofs, BufWriter::new(file));
            drop(loaded);
            written
        });
        fatal.check()?;
        Ok(written?)
    }

    /// Where an original lies, to be loaded.
    fn place(&self, sha256: &str) -> Place {
        (sha256.to_owned(), self.original(sha256).ok())
    }

    /// Writes the transcript and every proof as files of their own, numbered and named by what they show, into a new
    /// folder: whole or not at all. What portals do not take is converted.
    pub fn save_packet_folder(
        &mut self,
        credential: &str,
        choice: &PacketChoice,
        folder: &Path,
        progress: Progress<'_>,
    ) -> Result<PacketReport, Error> {
        let failed = |error: &std::io::Error| unwritable(folder, error);
        let is_taken = fs::read_dir(folder).is_ok_and(|mut there| there.next().is_some()) || folder.is_file();
        if is_taken {
            let message = format!("{} is there already; name a new folder.", folder.display());
            return Err(Error::new(Code::FileUnwritable, message));
        }
        self.outside(folder)?;
        self.count_pages()?;
        let record = self.vault()?.record()?;
        let today = self.clock.today();
        let (ready, options) = (self.to_print(&record, credential, today)?, options(&choice.transcript, today));
        let proofs = transcript::proofs(ready.with(&record), &options, choice.documents)?;
        let parent = files::folder_of(folder).map_err(|error| failed(&error))?;
        let aside = tempfile::Builder::new().prefix(".recert-").tempdir_in(parent).map_err(|error| failed(&error))?;
        let pdf = transcript::pdf(ready.with(&record), &options, &mut |sha256| self.to_attach(sha256))?;
        let hash = files::hash_of(&pdf);
        let mut bytes = keep(aside.path(), "00 Transcript.pdf", &mut pdf.as_slice()).map_err(|error| failed(&error))?;
        let mut exhibits = Vec::new();
        let fatal = Fatal::default();
        for proof in &proofs {
            if !progress(proof.number as u64 - 1, proofs.len() as u64) {
                return Err(Error::new(Code::Cancelled, "It was stopped, and nothing was written."));
            }
            let name = readable_name(&record, proof);
            let (laid, location, files) = self.files_to_upload(&proof.sha256, &proof.name, &fatal);
            fatal.check()?;
            for Upload { page, extension, content } in files {
                let name = page.map_or_else(|| name.clone(), |page| format!("{name}, page {page}"));
                let name = format!("{name}.{extension}");
                let kept = match content {
                    Body::Bytes(bytes) => keep(aside.path(), &name, &mut bytes.as_slice()),
                    Body::File(path) => File::open(path).and_then(|mut file| keep(aside.path(), &name, &mut file)),
                };
                bytes += kept.map_err(|error| failed(&error))?;
            }
            let transcript::Proof { number, sha256, .. } = proof.clone();
            exhibits.push(Exhibit { number, name: proof.name.clone(), sha256, laid, location });
        }
        progress(proofs.len() as u64, proofs.len() as u64);
        // An empty folder that she made for it gives way.
        let _ = fs::remove_dir(folder);
        fs::rename(aside.path(), folder).map_err(|error| failed(&error))?;
        // It has another name now, under which nothing is to be removed.
        let _ = aside.keep();
        let file = files::saved(&folder.canonicalize().unwrap_or_else(|_| folder.to_owned()));
        let first = SavedFile { name: "00 Transcript.pdf".to_owned(), folder: folder.display().to_string() };
        self.note_written("transcript", credential, &first, hash)?;
        Ok(report(file, bytes, &exhibits))
    }

    /// What to upload of a proof. Portals take PDF and JPEG, and show of a TIFF the first page if any: so each of its
    /// pages becomes a JPEG. Photos are drawn anew, too: where they were taken is nobody else's business. That is removed
    /// from what stays a file of its own. A damaged PDF may be refused; beside it lie pictures of what can be seen of it.
    fn files_to_upload(&self, sha256: &str, name: &str, fatal: &Fatal) -> (Laid, Location, Vec<Upload>) {
        let (extension, bytes) = match loading::load(&self.place(sha256)) {
            Loaded::Whole(extension, bytes) => (extension, bytes),
            Loaded::Absent(reason) => return (Laid::Absent(reason.to_owned()), Location::None, Vec::new()),
            Loaded::Large(extension, _) => {
                let content = Body::File(self.original(sha256).unwrap_or_default());
                let whole = Upload { page: None, extension, content };
                return (Laid::Attached(Why::TooLarge), Location::Unknown, vec![whole]);
            }
        };
        let (longest, quality) = PICTURES[0];
        let known = if extension == "pdf" { strangers::pages(&bytes) } else { Ok(None) };
        let drawn = match known {
            Ok(Some(_)) => Ok(Pictures { pictures: Vec::new(), is_damaged: false }),
            Ok(None) => strangers::prints(&bytes, longest, quality),
            Err(nothing) => Err(nothing),
        };
        let known = known.ok().flatten();
        let is_damaged =
            drawn.as_ref().is_ok_and(|drawn| !drawn.pictures.is_empty() && (extension == "pdf" || drawn.is_damaged));
        let drawn = drawn.map(|drawn| drawn.pictures).map_err(|nothing| why(nothing, fatal, name));
        let laid = match (known, &drawn) {
            (_, Err(why)) => Laid::Attached(*why),
            (_, Ok(pictures)) if is_damaged => Laid::Redrawn(pictures.len()),
            (Some(pages), _) => Laid::Pages(pages as usize),
            (None, Ok(pictures)) => Laid::Pages(pictures.len().max(1)),
        };
        let pictures = drawn.unwrap_or_default();
        let is_whole = pictures.is_empty() || is_damaged;
        let (content, location) = if is_whole { location::strip(bytes, name, fatal) } else { (bytes, Location::None) };
        let whole = is_whole.then_some(Upload { page: None, extension, content: Body::Bytes(content) });
        let is_numbered = is_damaged || pictures.len() > 1;
        let pages = pictures.into_iter().zip(1..).map(|(picture, page)| Upload {
            page: is_numbered.then_some(page),
            extension: "jpg".to_owned(),
            content: Body::Bytes(picture.jpeg),
        });
        (laid, location, whole.into_iter().chain(pages).collect())
    }
}

/// A file of a folder to upload.
struct Upload {
    /// Which page of a proof it is, where it is not all of it.
    page: Option<usize>,
    extension: String,
    content: Body,
}

/// What is in it.
enum Body {
    Bytes(Vec<u8>),
    /// All of a file that is too large to be held in memory.
    File(PathBuf),
}

/// What is laid out of an original.
fn content(loaded: Loaded, longest: u32, quality: u8, why: impl FnOnce(Nothing) -> Why) -> Content {
    let (extension, bytes) = match loaded {
        Loaded::Absent(reason) => return Content::Absent { reason: reason.to_owned() },
        Loaded::Large(extension, size) => {
            return Content::Large { size, media_type: vault::media_type(&extension).to_owned() };
        }
        Loaded::Whole(extension, bytes) if extension == "pdf" => return Content::Pdf(bytes),
        Loaded::Whole(extension, bytes) => (extension, bytes),
    };
    let media_type = vault::media_type(&extension).to_owned();
    match strangers::prints(&bytes, longest, quality) {
        Ok(Pictures { pictures, is_damaged: true }) => Content::Damaged { bytes, media_type, pictures },
        Ok(Pictures { pictures, .. }) => Content::Pictures(pictures),
        Err(nothing) => Content::File { bytes, media_type, why: why(nothing) },
    }
}

/// Why nothing is drawn of a file, to be said at it.
fn why(nothing: Nothing, fatal: &Fatal, name: &str) -> Why {
    match nothing {
        Nothing::Told(NoPreview::Locked) => Why::Password,
        Nothing::Told(NoPreview::TooLarge) => Why::TooLarge,
        Nothing::Told(NoPreview::TooMuchWork) => Why::TooMuchWork,
        Nothing::Told(NoPreview::Damaged | NoPreview::NoSuchPage | NoPreview::Unknown) => Why::Undrawable,
        Nothing::GivenUp(stopped) => {
            fatal.note(name, stopped);
            Why::Unsafe
        }
    }
}

/// Why the packet was not written: the pages, or the file that they go to.
enum NotWritten {
    Pages(Error),
    File(ErrorKind),
}

impl From<Error> for NotWritten {
    fn from(error: Error) -> Self {
        Self::Pages(error)
    }
}

impl From<transcript::Error> for NotWritten {
    fn from(error: transcript::Error) -> Self {
        if let transcript::Error::Io { kind, .. } = error { Self::File(kind) } else { Self::Pages(error.into()) }
    }
}

fn not_written(path: &Path, error: NotWritten) -> Error {
    match error {
        NotWritten::Pages(error) => error,
        NotWritten::File(kind) => unwritable(path, &kind.into()),
    }
}

/// “03 Order of Draw, 4 Mar 2024”, “04 Order of Draw, 4 Mar 2024, course description”, “12 CPR card, valid to 4 Mar 2027”
fn readable_name(record: &Record, proof: &transcript::Proof) -> String {
    let credit = proof.credit.as_ref().and_then(|id| record.credit(id));
    let title = credit.map(|credit| credit.title.clone()).or_else(|| proof.others.first().cloned());
    let title = title.unwrap_or_else(|| stem(&proof.name));
    let title: String = title.chars().map(|c| if is_for_files(c) { c } else { ' ' }).collect();
    let title = within(&title, 60);
    let day = credit.and_then(|credit| credit.completed_on).map(|day| format!(", {}", short(day)));
    let file = credit.and_then(|credit| credit.proofs.iter().find(|file| file.sha256 == proof.sha256));
    let role = file.map(|file| file.role).filter(|role| *role != ProofRole::Certificate);
    let role = role.map(|role| format!(", {}", transcript::role(role).to_lowercase()));
    let (day, role) = (day.unwrap_or_default(), role.unwrap_or_default());
    format!("{:02} {}{day}{role}", proof.number, title.trim_matches(['.', ' ']))
}

/// As many whole words as stay within so many characters; of a longer word its beginning.
fn within(text: &str, most: usize) -> String {
    let mut cut = String::new();
    for word in text.split_whitespace() {
        let gap = usize::from(!cut.is_empty());
        if cut.chars().count() + gap + word.chars().count() > most {
            // Little more than a short word would tell nothing.
            if cut.chars().count() < most / 2 {
                cut.extend((gap > 0).then_some(' '));
                cut.extend(word.chars().take(most - cut.chars().count()));
            }
            break;
        }
        cut.extend((gap > 0).then_some(' '));
        cut.push_str(word);
    }
    cut
}

/// What no system takes amiss in a file's name.
fn is_for_files(c: char) -> bool {
    c.is_alphanumeric() || " -_,'()&".contains(c)
}

fn stem(name: &str) -> String {
    PathBuf::from(name).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn keep(folder: &Path, name: &str, content: &mut dyn Read) -> io::Result<u64> {
    let mut file = File::create(folder.join(name))?;
    let bytes = io::copy(content, &mut file)?;
    file.sync_all()?;
    Ok(bytes)
}

fn too_large(bytes: u64, most: u64) -> Error {
    let message = format!(
        "Even with its pictures as small as they can be made the packet has {:.1} MB, more than {} MB. Send it in two parts, or as a folder of files.",
        // Rounded up, or it could have what it may have.
        (megabytes(bytes) * 10.0).ceil() / 10.0,
        most / MEGABYTE
    );
    Error::new(Code::FileRefused, message)
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / MEGABYTE as f64
}

fn not_laid(why: Why) -> &'static str {
    match why {
        Why::Password => "It asks for a password.",
        Why::Locked => "Its maker locked it against being put together with others.",
        Why::Undrawable => "Its pages cannot be drawn.",
        Why::TooLarge => "It is too large to be drawn.",
        Why::TooMuchWork => "Drawing its pages would take too much work.",
        Why::Unsafe => "Its pages cannot be drawn safely.",
    }
}

fn report(file: SavedFile, bytes: u64, exhibits: &[Exhibit]) -> PacketReport {
    let view = |exhibit: &Exhibit| {
        let how = location::how(exhibit.location);
        let (pages, laid) = match &exhibit.laid {
            Laid::Pages(pages) => (*pages, None),
            Laid::Incomplete(pages) => {
                let what =
                    "Some of its notes or filled fields cannot be drawn. Its pages are there, and the file itself";
                (*pages, Some(format!("{what} {how}.")))
            }
            Laid::Redrawn(pages) => {
                let what = "It is damaged. Its pages are there as pictures of what can be seen of them, and the file itself \
                            is there";
                (*pages, Some(format!("{what} {how}. If you can, get it again.")))
            }
            Laid::Attached(why) => (0, Some(format!("{} The file is there {how}.", not_laid(*why)))),
            Laid::Absent(reason) => (0, Some(format!("It {reason}. Attach it again."))),
        };
        let location = location::remark(exhibit.location, laid.is_some()).map(ToOwned::to_owned);
        let sentences: Vec<String> = laid.into_iter().chain(location).collect();
        let remark = (!sentences.is_empty()).then(|| sentences.join(" "));
        ExhibitView { number: exhibit.number, name: exhibit.name.clone(), pages, remark }
    };
    PacketReport {
        file,
        bytes,
        locked: exhibits.iter().filter(|exhibit| exhibit.laid == Laid::Attached(Why::Locked)).count(),
        exhibits: exhibits.iter().map(view).collect(),
    }
}
