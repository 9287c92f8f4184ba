//! What the pages hold, as a list of drawn things with their reading order: free of any backend.
//!
//! Lengths are points; `y` grows downwards. Everything drawn either belongs to an [`Element`] of the reading order or is
//! an artifact: lines, marks, repeated heads, running feet.

use crate::fonts::Face;

/// The paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// 8.5 × 11 inches.
    #[default]
    Letter,
    /// 210 × 297 millimetres.
    A4,
}

impl Paper {
    /// Width and height, upright.
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::Letter => (612.0, 792.0),
            Self::A4 => (595.28, 841.89),
        }
    }
}

/// How large it is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Print {
    /// 9 points and more, on upright paper.
    #[default]
    Regular,
    /// 12 points and more, on paper turned on its side, so that a line holds as much.
    Large,
}

impl Print {
    pub(crate) const LARGER: f32 = 4.0 / 3.0;

    /// What pages are set in; they are enlarged when they are set.
    pub(crate) fn room(self, paper: Paper) -> Room {
        let ((width, height), margin) = (paper.size(), Room::MARGIN);
        match self {
            Self::Regular => Room { width, height, margin },
            Self::Large => {
                let [width, height, margin] = [height, width, margin].map(|length| length / Self::LARGER);
                Room { width, height, margin }
            }
        }
    }
}

/// A page, and what stays white around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) margin: f32,
}

impl Room {
    /// 18 mm.
    const MARGIN: f32 = 51.02;
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// The weight.
    pub face: Face,
    /// The size.
    pub size: f32,
    /// From one baseline to the next.
    pub leading: f32,
    /// Grey: 0 is black, 1 is paper.
    pub ink: f32,
}

/// What an element of the reading order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// The title.
    H1,
    /// A section's heading.
    H2,
    /// A paragraph.
    P,
    /// A list; its children are items.
    List,
    /// An item of a list; its child is what it says.
    Item,
    /// What an item says.
    ItemBody,
    /// A table; its children are rows.
    Table,
    /// A row; its children are cells.
    Row,
    /// A cell that heads a column.
    ColumnHead,
    /// A cell that heads a row.
    RowHead,
    /// Any other cell.
    Cell,
    /// Words that lead to another place.
    Link,
    /// A picture; its element has the words that stand for it.
    Figure,
}

/// A place that links lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// The row of the credit with this number.
    Credit(usize),
    /// The exhibit with this number: its pages, or its row where they are not here.
    Exhibit(usize),
}

/// Where an anchor stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The anchor.
    pub anchor: Anchor,
    /// The page, counted from 0.
    pub page: usize,
    /// From the top of the page.
    pub y: f32,
}

/// Where a link can be pressed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The link's element.
    pub element: usize,
    /// Where it leads.
    pub to: Anchor,
    /// The page, counted from 0.
    pub page: usize,
    /// Left, top, right, bottom.
    pub bounds: (f32, f32, f32, f32),
}

/// One element of the reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub tag: Tag,
    /// The element it lies in: an earlier one of the same list.
    pub parent: Option<usize>,
    /// How many columns a cell spans.
    pub span: usize,
    /// The words that stand for a figure.
    pub alt: Option<String>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One line of text.
    Text {
        /// The left end of the baseline.
        x: f32,
        /// The baseline.
        y: f32,
        /// How it looks.
        style: Style,
        /// Ends with a space where the next line goes on with another word.
        text: String,
        /// The left and right edge it must stay between.
        bounds: (f32, f32),
    },
    /// A line through points.
    Stroke {
        /// The points.
        points: Vec<(f32, f32)>,
        /// The line's width.
        weight: f32,
        /// Grey: 0 is black, 1 is paper.
        ink: f32,
    },
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The element it is part of; an artifact if absent.
    pub element: Option<usize>,
    /// What is drawn.
    pub shape: Shape,
}

/// One page: what is drawn on it, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Width and height.
    pub size: (f32, f32),
    /// What is drawn.
    pub items: Vec<Item>,
}

/// All pages with their reading order, ready for any backend.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// The pages.
    pub pages: Vec<Page>,
    /// The reading order; parents come before their children.
    pub elements: Vec<Element>,
    /// Where links lead.
    pub places: Vec<Place>,
    /// Where they can be pressed.
    pub links: Vec<Area>,
}

impl Pages {
    /// Everything larger by a factor, the pages too.
    pub(crate) fn enlarged(mut self, by: f32) -> Self {
        for page in &mut self.pages {
            page.size = (page.size.0 * by, page.size.1 * by);
        }
        for place in &mut self.places {
            place.y *= by;
        }
        for link in &mut self.links {
            let (left, top, right, bottom) = link.bounds;
            link.bounds = (left * by, top * by, right * by, bottom * by);
        }
        for item in self.pages.iter_mut().flat_map(|page| &mut page.items) {
            match &mut item.shape {
                Shape::Text { x, y, style, bounds, .. } => {
                    for length in [x, y, &mut style.size, &mut style.leading, &mut bounds.0, &mut bounds.1] {
                        *length *= by;
                    }
                }
                Shape::Stroke { points, weight, .. } => {
                    *weight *= by;
                    for (x, y) in points {
                        *x *= by;
                        *y *= by;
                    }
                }
            }
        }
        self
    }
}
