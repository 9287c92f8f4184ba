//! The packet: the transcript's pages, then every proof's pages, each below a band that names its exhibit.
//!
//! Strangers' pages end conformance to PDF/A and PDF/UA, so neither is claimed; the structure, the links and the words for
//! what is only seen are there all the same. Proofs are taken one at a time and written out at once, the transcript
//! last: the order of the pages is that of the page tree.

mod bands;
mod exhibit;
mod numbers;

use std::borrow::Cow;
use std::io::{Read, Write};

use lopdf::{Document, Object, ObjectId, Stream, dictionary};

use crate::display::Pages;
use crate::fonts::{Fonts, Printable};
use crate::output::Output;
use crate::pages::Foot;
use crate::seal::Seal;
use crate::{Error, Material, Options, Transcript, attached as attachments, draw, pages, papers, pass, words};

use exhibit::{Drawing, Layer, Part};

pub use exhibit::{Parts, Refusal, take_apart};

/// What a proof consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A PDF's bytes.
    Pdf(Vec<u8>),
    /// The pages of a photo or a scan.
    Pictures(Vec<Picture>),
    /// What can be seen of a damaged photo or scan.
    Damaged {
        /// The file's bytes.
        bytes: Vec<u8>,
        /// Its media type.
        media_type: String,
        /// Its pages.
        pictures: Vec<Picture>,
    },
    /// A file whose pages cannot be drawn. It is attached.
    File {
        /// Its bytes.
        bytes: Vec<u8>,
        /// Its media type.
        media_type: String,
        /// Why they cannot.
        why: Why,
    },
    /// A file that is too large to be looked into, or to be held in memory. It is attached.
    Large {
        /// In bytes.
        size: u64,
        /// Its media type.
        media_type: String,
    },
    /// The file is not at hand, or is no longer what it was.
    Absent {
        /// Why, as what follows “it ”: `is not on this computer`.
        reason: String,
    },
}

/// A page as a JPEG, upright.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its bytes.
    pub jpeg: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Whether it has no colours.
    pub is_grey: bool,
}

/// A proof as the pages number it, before anything became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// As on the pages.
    pub number: usize,
    /// The file's name.
    pub name: String,
    /// Its hash.
    pub sha256: String,
    /// The first credit it shows, if it shows any.
    pub credit: Option<String>,
    /// What else it shows: `CPR card, valid to 4 Mar 2027`.
    pub others: Vec<String>,
}

/// What a packet holds, in the order of the numbers.
pub fn proofs(material: Material<'_>, options: &Options, with_documents: bool) -> Result<Vec<Proof>, Error> {
    let mut transcript = Transcript::new(material, options)?;
    if with_documents {
        papers::add_documents(&mut transcript.entries, material.record, options);
    }
    let by_number = |number: usize| transcript.entries.all().find(|entry| entry.number == number);
    let exhibits = transcript.entries.exhibits.iter().enumerate();
    let proof = |(index, exhibit): (usize, &crate::entries::Exhibit)| Proof {
        number: index + 1,
        name: exhibit.name.to_string(),
        sha256: exhibit.sha256.to_owned(),
        credit: exhibit.credits.first().and_then(|first| by_number(*first)).map(|entry| entry.credit.id.to_string()),
        others: exhibit.others.clone(),
    };
    Ok(exhibits.map(proof).collect())
}

/// What became of an exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Laid {
    /// Its pages are there.
    Pages(usize),
    /// Its pages are there, but not all that readers show on them, and it is attached as well.
    Incomplete(usize),
    /// It is damaged: its pages are there as pictures of what can be seen of them, and it is attached as well.
    Redrawn(usize),
    /// It is attached, and a page says why.
    Attached(Why),
    /// It is not there, and a page says why.
    Absent(String),
}

impl Laid {
    /// How many pages of the packet are the exhibit's.
    pub(crate) fn pages(&self) -> usize {
        match self {
            Self::Pages(pages) | Self::Incomplete(pages) | Self::Redrawn(pages) => *pages,
            Self::Attached(_) | Self::Absent(_) => 1,
        }
    }
}

/// Why an exhibit's pages are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It cannot be read without a password.
    Password,
    /// Its maker locked it against being put together with others, and she was not asked yet or does not want to.
    Locked,
    /// It is damaged, or of a kind that cannot be drawn.
    Undrawable,
    /// It has more bytes, pages or pixels than can be drawn.
    TooLarge,
    /// Drawing its pages is more work than any page is.
    TooMuchWork,
    /// What reads it failed.
    Unsafe,
}

/// One exhibit of a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit {
    /// As on the pages.
    pub number: usize,
    /// The file's name.
    pub name: String,
    /// Its hash.
    pub sha256: String,
    /// What became of it.
    pub laid: Laid,
    /// What its file tells of where photos were taken, if that is there as a whole.
    pub location: Location,
}

/// Where proofs come from, and who hears how far it is.
pub struct Proofs<'p> {
    /// The content of the original with this hash.
    pub load: &'p mut dyn FnMut(&str) -> Content,
    /// Told how many of how many exhibits are done; `false` stops.
    pub progress: &'p mut dyn FnMut(usize, usize) -> bool,
    /// Whether documents of the holder come along.
    pub with_documents: bool,
    /// Opens the original with this hash, to be read bit by bit.
    pub open: Open<'p>,
    /// Takes a PDF apart, as [`take_apart`] does.
    pub take_apart: TakeApart<'p>,
    /// Draws the pages of a PDF that is too damaged to be taken apart, as far as they can be seen.
    pub draw: Draw<'p>,
    /// Removes from a file that is attached where photos were taken.
    pub strip: StripFile<'p>,
}

/// Removes from a file that leaves as a whole where photos were taken.
pub type StripFile<'s> = &'s dyn Fn(Vec<u8>) -> (Vec<u8>, Location);

/// A stream of a PDF with nothing in it but what it is drawn by, or nothing if it is no picture though it claims to be one.
pub type StripStream = for<'s> fn(&Document, &'s Stream) -> Option<Cow<'s, Stream>>;

/// What a file that leaves as a whole tells of where its photos were taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Location {
    /// Nothing, and it is what it was.
    #[default]
    None,
    /// Nothing: that was removed.
    Removed {
        /// Whether its signature does not hold any more.
        was_signed: bool,
    },
    /// It does or may, and that cannot be removed.
    Kept,
    /// It cannot be looked into.
    Unknown,
}

impl Location {
    /// How a file is there of which something was removed.
    pub(crate) const REMOVED: &str = "without what told where a photo was taken";
}

/// Opens an original.
pub type Open<'o> = &'o dyn Fn(&str) -> std::io::Result<Box<dyn Read>>;

/// Takes a PDF apart into drawings whose objects are numbered from a number on.
pub type TakeApart<'t> = &'t dyn Fn(&[u8], u32) -> Result<Parts, Refusal>;

/// Draws every page of a PDF, or says why not.
pub type Draw<'d> = &'d dyn Fn(&[u8]) -> Result<Vec<Picture>, Why>;

/// Makes a picture within a PDF smaller, if it can.
pub type Shrink<'s> = &'s dyn Fn(Source<'_>) -> Option<Picture>;

/// A picture within a PDF.
#[derive(Debug)]
pub enum Source<'s> {
    /// A JPEG.
    Jpeg(&'s [u8]),
    /// Row by row from the top.
    Pixels {
        /// One byte for each grey, three for each colour.
        bytes: Vec<u8>,
        /// Width and height.
        size: (u32, u32),
        /// Whether it has no colours.
        is_grey: bool,
    },
}

/// Writes the packet, and says what became of each exhibit.
pub fn packet(
    material: Material<'_>,
    options: &Options,
    mut proofs: Proofs<'_>,
    to: impl Write,
) -> Result<Vec<Exhibit>, Error> {
    let fonts = Fonts::new()?;
    let mut transcript = Transcript::new(material, options)?;
    if proofs.with_documents {
        papers::add_documents(&mut transcript.entries, material.record, options);
    }
    let names = transcript.entries.exhibits.iter().map(|exhibit| words::file_name(&fonts, &exhibit.name));
    let names: Vec<Printable> = names.collect::<Result<_, _>>()?;
    let mut output = Output::new(to)?;
    let taken = take(&transcript, &mut proofs, &mut output)?;
    let seal = Seal::new(&transcript)?.with(contents(&transcript, &taken, output.written()));
    let laid: Vec<Laid> = taken.iter().map(|exhibit| exhibit.laid.clone()).collect();
    let compose = |transcript: &Transcript| pages::compose(&fonts, transcript)?.finish(&seal);
    // The list of the exhibits says on which pages they are: its own length has to be known first.
    transcript.packed = Some((laid.clone(), 1));
    let before = compose(&transcript)?.pages.len();
    transcript.packed = Some((laid, before + 1));
    let mut set = compose(&transcript)?;
    if set.pages.len() != before {
        // Longer numbers took a line more; more than one page it cannot be.
        transcript.packed = transcript.packed.take().map(|(laid, _)| (laid, set.pages.len() + 1));
        set = compose(&transcript)?;
    }
    let frames = exhibits(&fonts, &transcript, &seal, &names, &taken, &mut set)?;
    let title = transcript.titled("Continuing education transcript with exhibits");
    let title = fonts.printable("the document’s title", &title)?;
    let (mut document, mut marked) = draw::draw(&fonts, &set)?;
    numbers::raise(&mut document, output.next());
    let places: Vec<(usize, usize)> = frames
        .iter()
        .map(|(frame, _)| {
            marked[frame.page].push(frame.figure);
            (frame.page, marked[frame.page].len() - 1)
        })
        .collect();
    let tree = pass::dress(&mut document, &set, &marked, &transcript, &seal, title.as_str(), &pass::Dress::Packet)?;
    for (index, (name, taken)) in names.iter().zip(&taken).enumerate() {
        if let Some(file) = &taken.attached {
            attachments::carry(&mut document, index + 1, name.as_str(), taken.location, file)?;
        }
    }
    let layers: Vec<Layer> = taken.iter().flat_map(|taken| taken.layers.iter().copied()).collect();
    set_layers(&mut document, &layers)?;
    let page_ids: Vec<ObjectId> = document.get_pages().into_values().collect();
    for ((frame, drawing), (page, content)) in frames.iter().zip(places) {
        let stream = figure(&mut document, page_ids[page], frame, drawing, content)?;
        let id = (document.max_id + 1, 0);
        document.max_id += 1;
        document.objects.insert(id, stream.into());
        underlay(&mut document, page_ids[page], id)?;
    }
    pass::write(&document, &tree, output)?;
    let exhibits = transcript.entries.exhibits.iter().zip(taken).enumerate();
    Ok(exhibits
        .map(|(index, (exhibit, taken))| Exhibit {
            number: index + 1,
            name: exhibit.name.to_string(),
            sha256: exhibit.sha256.to_owned(),
            laid: taken.laid,
            location: taken.location,
        })
        .collect())
}

/// Adds the exhibits' pages, and says where each drawing belongs.
fn exhibits(
    fonts: &Fonts,
    transcript: &Transcript,
    seal: &Seal,
    names: &[Printable],
    taken: &[Taken],
    set: &mut Pages,
) -> Result<Vec<(bands::Frame, Drawing)>, Error> {
    let (paper, before) = (transcript.options.paper, set.pages.len());
    let mut frames = Vec::new();
    for (index, (exhibit, taken)) in transcript.entries.exhibits.iter().zip(taken).enumerate() {
        let shows = transcript.entries.all().find(|entry| exhibit.credits.first() == Some(&entry.number));
        let banded = bands::Exhibit {
            number: index + 1,
            title: shows.map(|entry| entry.credit.title.as_str()).filter(|title| !title.trim().is_empty()),
            name: names[index].as_str(),
            credits: &exhibit.credits,
            others: &exhibit.others,
            laid: &taken.laid,
        };
        for (page, drawing) in taken.drawings.iter().enumerate() {
            let of = (page, taken.drawings.len());
            let frame = bands::page(fonts, set, paper, &banded, of, drawing.size)?;
            frames.push((frame, *drawing));
        }
        if let Some(words) = missing(&taken.laid, taken.location, banded.name) {
            bands::sheet(fonts, set, paper, &banded, &words)?;
        }
    }
    let foot = Foot::new(fonts, transcript)?;
    let all = set.pages.len();
    for (index, page) in set.pages.iter_mut().enumerate().skip(before) {
        foot.strip(fonts, page, seal, (index + 1, all), bands::EDGE)?;
    }
    Ok(frames)
}

/// An exhibit whose pages are in the file already.
struct Taken {
    laid: Laid,
    drawings: Vec<Drawing>,
    layers: Vec<Layer>,
    /// The stream of the file, where it is attached.
    attached: Option<attachments::File>,
    /// What it tells of where photos were taken.
    location: Location,
}

/// Writes every proof's drawings, one proof after the other.
fn take(
    transcript: &Transcript,
    proofs: &mut Proofs<'_>,
    output: &mut Output<impl Write>,
) -> Result<Vec<Taken>, Error> {
    let exhibits = &transcript.entries.exhibits;
    let mut all = Vec::new();
    for (index, exhibit) in exhibits.iter().enumerate() {
        if !(proofs.progress)(index, exhibits.len()) {
            return Err(Error::Cancelled);
        }
        let content = (proofs.load)(exhibit.sha256);
        all.push(take_one(exhibit.sha256, content, proofs, output)?);
    }
    (proofs.progress)(exhibits.len(), exhibits.len());
    Ok(all)
}

fn take_one(
    sha256: &str,
    content: Content,
    proofs: &Proofs<'_>,
    output: &mut Output<impl Write>,
) -> std::io::Result<Taken> {
    let strip = proofs.strip;
    match content {
        Content::Pdf(bytes) => {
            let next = output.next();
            let parts = (proofs.take_apart)(&bytes, next);
            let parts =
                parts.and_then(|parts| if parts.holds(next, &bytes) { Ok(parts) } else { Err(Refusal::Unsafe) });
            let why = match parts {
                Ok(parts) if parts.is_incomplete => {
                    // First what is numbered already.
                    let laid = lay(parts, &bytes, output)?;
                    let attached = attach(bytes, "application/pdf", Why::Undrawable, strip, output)?;
                    let (attached, location) = (attached.attached, attached.location);
                    return Ok(Taken { laid: Laid::Incomplete(laid.drawings.len()), attached, location, ..laid });
                }
                Ok(parts) => return lay(parts, &bytes, output),
                Err(Refusal::Password) => Why::Password,
                Err(Refusal::Locked) => Why::Locked,
                Err(Refusal::TooMuchWork) => Why::TooMuchWork,
                Err(Refusal::Unsafe) => Why::Unsafe,
                Err(Refusal::Damaged) => match (proofs.draw)(&bytes) {
                    Ok(pictures) => return redrawn(pictures, bytes, "application/pdf", strip, output),
                    Err(why) => why,
                },
            };
            attach(bytes, "application/pdf", why, strip, output)
        }
        Content::Damaged { bytes, media_type, pictures } => redrawn(pictures, bytes, &media_type, strip, output),
        Content::Pictures(pictures) => lay(exhibit::pictures(pictures, output.next())?, b"", output),
        Content::File { bytes, media_type, why } => attach(bytes, &media_type, why, strip, output),
        Content::Large { size, media_type } => {
            let mut file = (proofs.open)(sha256)?.take(size);
            let file = output.add_from(pass::embedded_head(size, &media_type, None), &mut file)?;
            Ok(attached(file, &media_type, Why::TooLarge, Location::Unknown))
        }
        Content::Absent { reason } => {
            let (drawings, layers) = (Vec::new(), Vec::new());
            Ok(Taken { laid: Laid::Absent(reason), drawings, layers, attached: None, location: Location::None })
        }
    }
}

/// What can be seen of a damaged file, and the file itself.
fn redrawn(
    pictures: Vec<Picture>,
    bytes: Vec<u8>,
    media_type: &str,
    strip: StripFile<'_>,
    output: &mut Output<impl Write>,
) -> std::io::Result<Taken> {
    let file = attach(bytes, media_type, Why::Undrawable, strip, output)?;
    let laid = lay(exhibit::pictures(pictures, output.next())?, b"", output)?;
    let (attached, location) = (file.attached, file.location);
    Ok(Taken { laid: Laid::Redrawn(laid.drawings.len()), attached, location, ..laid })
}

fn lay(parts: Parts, file: &[u8], output: &mut Output<impl Write>) -> std::io::Result<Taken> {
    output.keep(parts.last());
    for (number, part) in parts.objects(file) {
        match part {
            Part::Small(bytes) => output.pack(number, |to| to.extend_from_slice(bytes))?,
            Part::Stream(begin, body) => output.write_ready(number, begin, body)?,
        }
    }
    let Parts { drawings, layers, .. } = parts;
    Ok(Taken { laid: Laid::Pages(drawings.len()), drawings, layers, attached: None, location: Location::None })
}

fn attach(
    bytes: Vec<u8>,
    media_type: &str,
    why: Why,
    strip: StripFile<'_>,
    output: &mut Output<impl Write>,
) -> std::io::Result<Taken> {
    let (bytes, location) = strip(bytes);
    let id = output.add(&pass::embedded_file(bytes, media_type, None).into())?;
    Ok(attached(id, media_type, why, location))
}

fn attached(id: ObjectId, media_type: &str, why: Why, location: Location) -> Taken {
    let (drawings, layers) = (Vec::new(), Vec::new());
    let file = attachments::File { id, media_type: media_type.to_owned() };
    Taken { laid: Laid::Attached(why), drawings, layers, attached: Some(file), location }
}

/// What stands on the page of an exhibit that is not laid out.
fn missing(laid: &Laid, location: Location, name: &str) -> Option<String> {
    let reason = match laid {
        Laid::Pages(_) | Laid::Incomplete(_) | Laid::Redrawn(_) => return None,
        Laid::Absent(reason) => return Some(format!("The file “{name}” is not part of this document: it {reason}.")),
        Laid::Attached(Why::Password) => "it asks for a password",
        Laid::Attached(Why::Locked) => "its maker locked it against being put together with other pages",
        Laid::Attached(Why::Undrawable) => "its pages cannot be drawn",
        Laid::Attached(Why::TooLarge) => "it is too large for its pages to be drawn",
        Laid::Attached(Why::TooMuchWork) => "drawing its pages would take too much work",
        Laid::Attached(Why::Unsafe) => "its pages cannot be drawn safely",
    };
    let how = match location {
        Location::Removed { .. } => Location::REMOVED,
        Location::None | Location::Kept | Location::Unknown => "as it is",
    };
    Some(format!(
        "The file “{name}” is attached to this document {how}, because {reason}. On paper, print that file by itself and lay \
         it behind this page."
    ))
}

/// What is in the packet besides the transcript's pages.
fn contents(transcript: &Transcript, taken: &[Taken], written: u64) -> String {
    let exhibits = transcript.entries.exhibits.iter().zip(taken);
    let exhibits: Vec<_> = exhibits.map(|(exhibit, taken)| (exhibit.sha256, &taken.laid)).collect();
    format!("packet {written} {exhibits:?}")
}

/// The content that draws a proof on its page, and the name it is drawn by among the page's resources.
fn figure(
    document: &mut Document,
    page: ObjectId,
    frame: &bands::Frame,
    drawing: &Drawing,
    content: usize,
) -> Result<Stream, Error> {
    let (width, height) = if drawing.is_picture { drawing.size } else { (1.0, 1.0) };
    let (across, up) = (frame.scale * width, frame.scale * height);
    let (x, y) = frame.at;
    let resources =
        document.get_object(page).and_then(Object::as_dict).and_then(|page| page.get(b"Resources")).cloned();
    let resources = if let Object::Reference(id) = resources? {
        document.get_object_mut(id).and_then(Object::as_dict_mut)?
    } else {
        let page = document.get_object_mut(page).and_then(Object::as_dict_mut)?;
        page.get_mut(b"Resources").and_then(Object::as_dict_mut)?
    };
    let mut objects = resources.get(b"XObject").and_then(Object::as_dict).cloned().unwrap_or_default();
    // One name for each page: pages may share their resources.
    let name = format!("Proof{}", drawing.object.0);
    objects.set(name.as_str(), drawing.object);
    resources.set("XObject", objects);
    let drawn = format!("/Figure <</MCID {content}>> BDC q {across} 0 0 {up} {x} {y} cm /{name} Do Q EMC\n");
    Ok(Stream::new(dictionary! {}, drawn.into_bytes()))
}

/// What a proof hides stays hidden.
fn set_layers(document: &mut Document, layers: &[Layer]) -> Result<(), Error> {
    if layers.is_empty() {
        return Ok(());
    }
    let listed = |hidden: bool| -> Object {
        let listed = layers.iter().filter(|layer| !hidden || !layer.is_seen);
        listed.map(|layer| layer.object.into()).collect::<Vec<Object>>().into()
    };
    let usual = dictionary! { "OFF" => listed(true) };
    let catalog = document.catalog_mut()?;
    catalog.set("OCProperties", dictionary! { "OCGs" => listed(false), "D" => usual });
    Ok(())
}

/// Puts a content stream below what a page draws already, where nothing has set a colour, a width or a dash yet: a form
/// draws with what it finds.
fn underlay(document: &mut Document, page: ObjectId, stream: ObjectId) -> Result<(), Error> {
    let page = document.get_object_mut(page).and_then(Object::as_dict_mut)?;
    let contents = match page.get(b"Contents").cloned() {
        Ok(Object::Array(all)) => std::iter::once(stream.into()).chain(all).collect(),
        Ok(only @ Object::Reference(_)) => vec![stream.into(), only],
        _ => vec![stream.into()],
    };
    page.set("Contents", contents);
    Ok(())
}
