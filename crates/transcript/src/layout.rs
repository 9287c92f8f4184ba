//! Sets paragraphs and tables on pages: measures, wraps, breaks. Knows neither credits nor PDF.

mod table;

use crate::display::{Anchor, Area, Element, Item, Page, Pages, Place, Room, Shape, Style, Tag};
use crate::fonts::{Fonts, Printable};
use crate::wrap::wrap;

pub(crate) use table::{Cell, Column, GUTTER, Kind, Row, Table, widest};

/// A sign that repeats a status in a shape, for people who look rather than read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Tick,
    Cross,
    Dash,
    /// To be ticked by hand.
    Square,
}

impl Mark {
    /// Within a square of one unit, from its top left corner.
    fn strokes(self) -> Vec<Vec<(f32, f32)>> {
        match self {
            Self::Tick => vec![vec![(0.0, 0.55), (0.35, 0.9), (1.0, 0.1)]],
            Self::Cross => vec![vec![(0.1, 0.1), (0.9, 0.9)], vec![(0.1, 0.9), (0.9, 0.1)]],
            Self::Dash => vec![vec![(0.0, 0.5), (1.0, 0.5)]],
            Self::Square => vec![vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]],
        }
    }

    /// Of its lines, where a letter is one high.
    fn weight(self) -> f32 {
        match self {
            Self::Tick | Self::Cross | Self::Dash => 0.13,
            Self::Square => 0.06,
        }
    }
}

/// Fills pages from top to bottom.
pub(crate) struct Flow<'f> {
    pub(crate) fonts: &'f Fonts,
    size: (f32, f32),
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    y: f32,
    pages: Vec<Page>,
    elements: Vec<Element>,
    places: Vec<Place>,
    links: Vec<Area>,
}

impl<'f> Flow<'f> {
    /// Leaves `foot` free above the lower margin.
    pub(crate) fn new(fonts: &'f Fonts, room: Room, foot: f32) -> Self {
        let Room { width, height, margin } = room;
        let size = (width, height);
        Self {
            fonts,
            size,
            left: margin,
            right: width - margin,
            top: margin,
            bottom: height - margin - foot,
            y: margin,
            pages: vec![Page { size, items: Vec::new() }],
            elements: Vec::new(),
            places: Vec::new(),
            links: Vec::new(),
        }
    }

    pub(crate) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// How many pages there are so far.
    pub(crate) fn pages(&self) -> usize {
        self.pages.len()
    }

    pub(crate) fn finish(self) -> Pages {
        Pages { pages: self.pages, elements: self.elements, places: self.places, links: self.links }
    }

    /// White space, unless the page has just begun.
    pub(crate) fn space(&mut self, height: f32) {
        if self.y > self.top {
            self.y += height;
        }
    }

    /// Goes to a new page unless `height` is free, or nothing would be gained.
    pub(crate) fn need(&mut self, height: f32) {
        if self.y + height > self.bottom && self.y > self.top {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.pages.push(Page { size: self.size, items: Vec::new() });
        self.y = self.top;
    }

    fn element(&mut self, tag: Tag, parent: Option<usize>, span: usize) -> usize {
        self.elements.push(Element { tag, parent, span, alt: None });
        self.elements.len() - 1
    }

    /// Where the next line begins is where this anchor leads.
    fn anchor(&mut self, anchor: Anchor) {
        self.places.push(Place { anchor, page: self.pages.len() - 1, y: self.y });
    }

    /// A text that leads somewhere can be pressed where it stands.
    fn press(&mut self, element: usize, to: Anchor, style: Style, (x, baseline): (f32, f32), text: &str) {
        let width = self.fonts.width(style.face, style.size, text.trim_end());
        let bounds = (x, baseline - style.size * 0.8, x + width, baseline + style.size * 0.25);
        self.links.push(Area { element, to, page: self.pages.len() - 1, bounds });
    }

    fn draw(&mut self, element: Option<usize>, shape: Shape) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item { element, shape });
        }
    }

    /// A line across the text area, or part of it.
    pub(crate) fn rule(&mut self, from: f32, to: f32, weight: f32, ink: f32) {
        let (left, y) = (self.left, self.y);
        self.draw(None, Shape::Stroke { points: vec![(left + from, y), (left + to, y)], weight, ink });
    }

    /// A heading that stays with `keep` of what follows.
    pub(crate) fn heading(&mut self, tag: Tag, style: Style, text: &Printable, keep: f32) {
        let lines = wrap(self.fonts, style, text, self.width());
        #[allow(clippy::cast_precision_loss, reason = "a heading has few lines")]
        let height = lines.len() as f32 * style.leading;
        self.need(height + keep);
        self.paragraph(tag, style, text, 0.0);
    }

    /// A paragraph, indented by `indent`; goes on overleaf where it must.
    pub(crate) fn paragraph(&mut self, tag: Tag, style: Style, text: &Printable, indent: f32) {
        self.paragraph_within(tag, style, text, indent, self.width());
    }

    /// A paragraph between two distances from the left edge.
    pub(crate) fn paragraph_within(&mut self, tag: Tag, style: Style, text: &Printable, from: f32, to: f32) {
        let element = self.element(tag, None, 1);
        self.lines(element, style, text, from, to);
    }

    /// A list: each item beside its mark, `gap` below the one before.
    pub(crate) fn list(&mut self, mark: Mark, style: Style, items: &[Printable], gap: f32) {
        let list = self.element(Tag::List, None, 1);
        for text in items {
            let item = self.element(Tag::Item, Some(list), 1);
            let body = self.element(Tag::ItemBody, Some(item), 1);
            self.need(style.leading);
            self.mark(mark, style, 0.0);
            self.lines(body, style, text, 18.0, self.width());
            self.space(gap);
        }
    }

    fn lines(&mut self, element: usize, style: Style, text: &Printable, from: f32, to: f32) {
        let bounds = (self.left + from, self.left + to);
        for text in wrap(self.fonts, style, text, bounds.1 - bounds.0) {
            self.need(style.leading);
            let baseline = self.y + baseline(style);
            self.draw(Some(element), Shape::Text { x: bounds.0, y: baseline, style, text, bounds });
            self.y += style.leading;
        }
    }

    /// A paragraph up to `to`, and beside its first line a short one from `from` on.
    pub(crate) fn two_beside(&mut self, style: Style, (left, to): (&Printable, f32), (right, from): (&Printable, f32)) {
        let (page, y) = (self.pages.len() - 1, self.y + baseline(style));
        self.paragraph_within(Tag::P, style, left, 0.0, to);
        let element = Some(self.element(Tag::P, None, 1));
        let bounds = (self.left + from, self.right);
        let text = right.as_str().to_owned();
        self.pages[page].items.push(Item { element, shape: Shape::Text { x: bounds.0, y, style, text, bounds } });
    }

    /// A mark whose top left corner stands `from` the left edge, beside a line of `style`.
    pub(crate) fn mark(&mut self, mark: Mark, style: Style, from: f32) {
        let (x, y) = (self.left + from, self.y + baseline(style));
        self.strokes(mark, style, x, y);
    }

    fn strokes(&mut self, mark: Mark, style: Style, x: f32, baseline: f32) {
        let side = mark_side(style);
        for points in mark.strokes() {
            let points = points.into_iter().map(|(dx, dy)| (x + dx * side, baseline - side + dy * side)).collect();
            self.draw(None, Shape::Stroke { points, weight: style.size * mark.weight(), ink: style.ink });
        }
    }
}

/// From the top of a line to its baseline: the capitals stand in the middle of the leading.
fn baseline(style: Style) -> f32 {
    const CAPITALS: f32 = 0.66;
    f32::midpoint(style.leading, style.size * CAPITALS)
}

fn mark_side(style: Style) -> f32 {
    style.size * 0.66
}
