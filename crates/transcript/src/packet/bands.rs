//! The pages of the exhibits, but for the proofs themselves: a band above each that says which exhibit it is, and where
//! the proof is to be drawn below it.

use crate::display::{Anchor, Area, Element, Item, Page, Pages, Paper, Place, Shape, Style, Tag};
use crate::fonts::{Face, Fonts};
use crate::pages::{BODY, NOTE};
use crate::wrap::wrap;
use crate::{Error, Laid};

/// Left and right of the band and of the proof.
pub(crate) const EDGE: f32 = 28.0;
/// Below the proof: the foot stands there.
const FOOT: f32 = 36.0;
/// The band's height.
const BAND: f32 = 50.0;
const STRONG: Style = Style { face: Face::Semibold, size: 10.0, leading: 14.0, ink: 0.0 };

/// A page's frame for one drawing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    /// The page, counted from 0.
    pub(crate) page: usize,
    /// The element of the figure.
    pub(crate) figure: usize,
    /// From the drawing's own measure to the page's, and where its lower left corner comes.
    pub(crate) scale: f32,
    pub(crate) at: (f32, f32),
}

/// An exhibit as its pages name it.
pub(crate) struct Exhibit<'e> {
    pub(crate) number: usize,
    /// What the first activity that it shows is called, if it shows one.
    pub(crate) title: Option<&'e str>,
    /// The file's name as it can be printed.
    pub(crate) name: &'e str,
    pub(crate) credits: &'e [usize],
    pub(crate) others: &'e [String],
    pub(crate) laid: &'e Laid,
}

/// Adds a page for one of an exhibit's drawings, and says where that is to be drawn.
pub(crate) fn page(
    fonts: &Fonts,
    pages: &mut Pages,
    paper: Paper,
    exhibit: &Exhibit<'_>,
    (index, count): (usize, usize),
    (width, height): (f32, f32),
) -> Result<Frame, Error> {
    let (across, down) = paper.size();
    // A wide certificate gets wide paper.
    let size = if width > height { (down, across) } else { (across, down) };
    let page_of = if count > 1 { format!("Exhibit page {} of {count}", index + 1) } else { String::new() };
    band(fonts, pages, size, exhibit, index, &page_of)?;
    let room = (size.0 - 2.0 * EDGE, size.1 - BAND - FOOT);
    let scale = (room.0 / width).min(room.1 / height).min(1.0);
    let at = ((size.0 - width * scale) / 2.0, size.1 - BAND - height * scale);
    let alt = format!("Page {} of {count} of {}", index + 1, exhibit.name);
    let figure = element(pages, Tag::Figure, None, Some(alt));
    Ok(Frame { page: pages.pages.len() - 1, figure, scale, at })
}

/// Adds the page of an exhibit that cannot be laid out: it says why, and where the file is.
pub(crate) fn sheet(
    fonts: &Fonts,
    pages: &mut Pages,
    paper: Paper,
    exhibit: &Exhibit<'_>,
    words: &str,
) -> Result<(), Error> {
    let size = paper.size();
    band(fonts, pages, size, exhibit, 0, "")?;
    let text = fonts.printable("the name of a file", words)?;
    let paragraph = element(pages, Tag::P, None, None);
    let bounds = (EDGE, size.0 - EDGE);
    let mut y = BAND + 28.0;
    for text in wrap(fonts, BODY, &text, bounds.1 - bounds.0) {
        draw(pages, Some(paragraph), Shape::Text { x: EDGE, y, style: BODY, text, bounds });
        y += BODY.leading;
    }
    Ok(())
}

fn band(
    fonts: &Fonts,
    pages: &mut Pages,
    size: (f32, f32),
    exhibit: &Exhibit<'_>,
    index: usize,
    page_of: &str,
) -> Result<(), Error> {
    pages.pages.push(Page { size, items: Vec::new() });
    let page = pages.pages.len() - 1;
    let place = "the title of an activity";
    let (left, right) = (EDGE, size.0 - EDGE);
    let page_width = fonts.width(NOTE.face, NOTE.size, page_of);
    if !page_of.is_empty() {
        let text = fonts.printable("a label", page_of)?.as_str().to_owned();
        let x = right - page_width;
        draw(pages, None, Shape::Text { x, y: 24.0, style: NOTE, text, bounds: (x - 1.0, right) });
    }
    // What does not fit stands whole in the index and in the activity's row.
    let title = exhibit.title.or(exhibit.others.first().map(String::as_str)).unwrap_or(exhibit.name);
    let title = fonts.printable(place, &format!("Exhibit {}: {title}", exhibit.number))?;
    let room = right - left - page_width - 18.0;
    let mut lines = wrap(fonts, STRONG, &title, room).into_iter();
    let mut text = lines.next().unwrap_or_default();
    if lines.next().is_some() {
        while fonts.width(STRONG.face, STRONG.size, &format!("{text}…")) > room && text.pop().is_some() {}
        text.push('…');
    }
    let bounds = (left, left + room);
    let heading = (index == 0).then(|| {
        pages.places.push(Place { anchor: Anchor::Exhibit(exhibit.number), page, y: 0.0 });
        element(pages, Tag::H2, None, None)
    });
    draw(pages, heading, Shape::Text { x: left, y: 24.0, style: STRONG, text, bounds });
    shown(fonts, pages, exhibit, page, heading.is_some(), (left, right))?;
    let points = vec![(left, 43.0), (right, 43.0)];
    draw(pages, None, Shape::Stroke { points, weight: 0.4, ink: 0.6 });
    Ok(())
}

/// What stands below an exhibit's name, piece by piece: “Shows activities 4, 7”. Each number leads back to its row.
fn said(fonts: &Fonts, exhibit: &Exhibit<'_>) -> Result<Vec<(String, Option<Anchor>)>, Error> {
    let opening = match exhibit.credits.len() {
        0 => "Shows: ",
        1 => "Shows activity ",
        _ => "Shows activities ",
    };
    let mut said = vec![(opening.to_owned(), None)];
    for (index, credit) in exhibit.credits.iter().enumerate() {
        if index > 0 {
            said.push((", ".to_owned(), None));
        }
        said.push((credit.to_string(), Some(Anchor::Credit(*credit))));
    }
    for (index, other) in exhibit.others.iter().enumerate() {
        let other = fonts.printable("the name of a card or another paper", other)?;
        let before = if index > 0 || !exhibit.credits.is_empty() { "; " } else { "" };
        said.push((format!("{before}{}", other.as_str()), None));
    }
    let more = match exhibit.laid {
        Laid::Redrawn(_) => {
            " · The file is damaged: these pages are pictures of what can be seen of it, and it is attached."
        }
        Laid::Incomplete(_) => " · Some of its notes or fields cannot be drawn here; the file is attached.",
        Laid::Pages(_) | Laid::Attached(_) | Laid::Absent(_) => "",
    };
    said.push((more.to_owned(), None));
    said.push((format!(" · {}", exhibit.name), None));
    Ok(said)
}

/// What does not fit is left to the index.
fn shown(
    fonts: &Fonts,
    pages: &mut Pages,
    exhibit: &Exhibit<'_>,
    page: usize,
    is_first: bool,
    bounds: (f32, f32),
) -> Result<(), Error> {
    const BASELINE: f32 = 37.0;
    let paragraph = is_first.then(|| element(pages, Tag::P, None, None));
    let mut x = bounds.0;
    for (text, to) in said(fonts, exhibit)? {
        let width = fonts.width(NOTE.face, NOTE.size, &text);
        if x + width > bounds.1 {
            break;
        }
        let of = match (paragraph, to) {
            (Some(paragraph), Some(to)) => {
                let link = element(pages, Tag::Link, Some(paragraph), None);
                let area = (x, BASELINE - NOTE.size * 0.8, x + width, BASELINE + NOTE.size * 0.25);
                pages.links.push(Area { element: link, to, page, bounds: area });
                Some(link)
            }
            (of, _) => of,
        };
        draw(pages, of, Shape::Text { x, y: BASELINE, style: NOTE, text, bounds });
        x += width;
    }
    Ok(())
}

fn element(pages: &mut Pages, tag: Tag, parent: Option<usize>, alt: Option<String>) -> usize {
    pages.elements.push(Element { tag, parent, span: 1, alt });
    pages.elements.len() - 1
}

fn draw(pages: &mut Pages, element: Option<usize>, shape: Shape) {
    if let Some(page) = pages.pages.last_mut() {
        page.items.push(Item { element, shape });
    }
}
