//! Paragraphs and tables on pages: measures, wraps, breaks. Knows neither credits nor PDF.
//!
//! Lengths are points; `y` grows downwards. Everything drawn either belongs to an [`Element`] of the reading order or is
//! an artifact: lines, marks, repeated heads, running feet.

use crate::Error;
use crate::fonts::{Face, Fonts, Printable};
use crate::wrap::wrap;

/// 18 mm.
pub(crate) const MARGIN: f32 = 51.02;
/// White space between two columns.
const GUTTER: f32 = 10.0;
/// White space between a column of figures and words to its right.
const WIDE_GUTTER: f32 = 18.0;
/// The line that names a table again overleaf, with the space below it.
const CONTINUED: f32 = 16.0;
const HAIRLINE: f32 = 0.4;
const RULE: f32 = 0.8;

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
    /// Width and height.
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::Letter => (612.0, 792.0),
            Self::A4 => (595.28, 841.89),
        }
    }
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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// What is drawn.
    pub items: Vec<Item>,
}

/// All pages with their reading order, ready for any backend.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// The paper.
    pub paper: Paper,
    /// The pages.
    pub pages: Vec<Page>,
    /// The reading order; parents come before their children.
    pub elements: Vec<Element>,
}

/// A sign that repeats a status in a shape, for people who look rather than read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Tick,
    Cross,
    Dash,
}

impl Mark {
    /// Within a square of one unit, from its top left corner.
    fn strokes(self) -> Vec<Vec<(f32, f32)>> {
        match self {
            Self::Tick => vec![vec![(0.0, 0.55), (0.35, 0.9), (1.0, 0.1)]],
            Self::Cross => vec![vec![(0.1, 0.1), (0.9, 0.9)], vec![(0.1, 0.9), (0.9, 0.1)]],
            Self::Dash => vec![vec![(0.0, 0.5), (1.0, 0.5)]],
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    /// On the decimal point.
    Decimal,
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) head: &'static str,
    pub(crate) width: f32,
    pub(crate) align: Align,
}

#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) tag: Tag,
    pub(crate) span: usize,
    pub(crate) mark: Option<Mark>,
    /// Paragraphs, one below the other.
    pub(crate) texts: Vec<(Style, Printable)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line of a list, close to its neighbours.
    Plain,
    /// Stays whole unless it is taller than a page.
    Body,
    /// Names the rows that follow; repeated with “continued” where they go on overleaf.
    Group,
    /// Closes the rows before it, never alone on a page.
    Total,
}

#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) kind: Kind,
    pub(crate) cells: Vec<Cell>,
}

#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    /// Whether the columns' heads are shown.
    pub(crate) headed: bool,
    pub(crate) style: Style,
    pub(crate) rows: Vec<Row>,
}

/// A cell with its lines broken.
struct SetCell {
    tag: Tag,
    span: usize,
    left: f32,
    right: f32,
    align: Align,
    /// The room kept for the digits after the point.
    decimals: f32,
    mark: Option<Mark>,
    lines: Vec<(Style, String)>,
}

/// A row with its lines broken; every line is as high as the table's leading.
struct SetRow {
    kind: Kind,
    slots: usize,
    cells: Vec<SetCell>,
}

/// What comes again at the top of a page on which a table goes on.
struct Again<'t> {
    heading: Option<Printable>,
    head: Option<&'t SetRow>,
    group: Option<SetRow>,
}

impl Again<'_> {
    fn height(&self, table: &Table) -> f32 {
        let heading = if self.heading.is_some() { CONTINUED } else { 0.0 };
        heading + self.head.into_iter().chain(&self.group).map(|row| height(table, row)).sum::<f32>()
    }
}

/// Fills pages from top to bottom.
pub(crate) struct Flow<'f> {
    pub(crate) fonts: &'f Fonts,
    paper: Paper,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    y: f32,
    pages: Vec<Page>,
    elements: Vec<Element>,
}

impl<'f> Flow<'f> {
    /// Leaves `foot` free above the lower margin.
    pub(crate) fn new(fonts: &'f Fonts, paper: Paper, foot: f32) -> Self {
        let (width, height) = paper.size();
        Self {
            fonts,
            paper,
            left: MARGIN,
            right: width - MARGIN,
            top: MARGIN,
            bottom: height - MARGIN - foot,
            y: MARGIN,
            pages: vec![Page::default()],
            elements: Vec::new(),
        }
    }

    pub(crate) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(crate) fn finish(self) -> Pages {
        Pages { paper: self.paper, pages: self.pages, elements: self.elements }
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
        self.pages.push(Page::default());
        self.y = self.top;
    }

    fn element(&mut self, tag: Tag, parent: Option<usize>, span: usize) -> usize {
        self.elements.push(Element { tag, parent, span });
        self.elements.len() - 1
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
        let bounds = (self.left + from, self.left + to);
        for text in wrap(self.fonts, style, text, bounds.1 - bounds.0) {
            self.need(style.leading);
            let baseline = self.y + baseline(style);
            self.draw(Some(element), Shape::Text { x: bounds.0, y: baseline, style, text, bounds });
            self.y += style.leading;
        }
    }

    /// A short paragraph at `from` that takes no height of its own.
    pub(crate) fn label(&mut self, style: Style, text: &Printable, from: f32) {
        let element = self.element(Tag::P, None, 1);
        let bounds = (self.left + from, self.right);
        let y = self.y + baseline(style);
        let text = text.as_str().to_owned();
        self.draw(Some(element), Shape::Text { x: bounds.0, y, style, text, bounds });
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
            self.draw(None, Shape::Stroke { points, weight: style.size * 0.13, ink: style.ink });
        }
    }

    /// A table under its heading. The heads come again on every page it reaches, rows stay whole.
    pub(crate) fn table(&mut self, heading: Option<(Style, &Printable)>, table: &Table) -> Result<(), Error> {
        let decimals = self.decimals(table);
        let head = self.head(table)?;
        let head_height = head.as_ref().map_or(0.0, |head| height(table, head));
        let rows: Vec<SetRow> = table.rows.iter().map(|row| self.set(table, &decimals, row)).collect();
        let opening = head_height + rows.first().map_or(0.0, |_| chain(table, &rows, 0).min(120.0));
        match heading {
            Some((style, text)) => {
                self.heading(Tag::H2, style, text, opening + 4.0);
                self.y += 4.0;
            }
            None => self.need(opening),
        }
        let element = self.element(Tag::Table, None, 1);
        if let Some(head) = &head {
            self.place(table, head, 0..head.slots, Some(element));
        }
        let heading = heading.map(|(_, text)| self.continued(text)).transpose()?;
        let mut again = Again { heading, head: head.as_ref(), group: None };
        for (index, row) in rows.iter().enumerate() {
            if row.kind == Kind::Group {
                again.group = None;
            }
            let reopened = again.height(table);
            let fresh = self.bottom - self.top - reopened;
            let whole = height(table, row);
            let chain = chain(table, &rows, index);
            let wanted = if chain <= fresh { chain } else { whole };
            if self.y + wanted > self.bottom && wanted <= fresh {
                self.reopen(table, &again);
            }
            let parent = self.element(Tag::Row, Some(element), 1);
            let cells = self.elements.len();
            for cell in &row.cells {
                self.element(cell.tag, Some(parent), cell.span);
            }
            let mut from = 0;
            while from < row.slots {
                // One line may stand alone only where no page has more room, or this would never end.
                let fresh_page = self.y <= self.top + reopened;
                let fitting = self.fitting(table, row).max(usize::from(fresh_page));
                let least = if fresh_page { 1 } else { 2.min(row.slots - from) };
                let to = row.slots.min(from + fitting);
                if to - from >= least {
                    self.put(table, row, from..to, Some(cells));
                    from = to;
                }
                if from < row.slots {
                    self.reopen(table, &again);
                }
            }
            if row.kind == Kind::Group {
                again.group =
                    table.rows.get(index).map(|group| self.continued_group(table, &decimals, group)).transpose()?;
            }
        }
        Ok(())
    }

    /// Turns the page and says what goes on: artifacts, since a reader has heard it all before.
    fn reopen(&mut self, table: &Table, again: &Again) {
        self.turn();
        if let Some(heading) = &again.heading {
            let style = Style { face: Face::Semibold, ..table.style };
            let bounds = (self.left, self.right);
            for text in wrap(self.fonts, style, heading, bounds.1 - bounds.0).into_iter().take(1) {
                let y = self.y + baseline(style);
                self.draw(None, Shape::Text { x: bounds.0, y, style, text, bounds });
            }
            self.y += CONTINUED;
        }
        for row in again.head.into_iter().chain(&again.group) {
            self.put(table, row, 0..row.slots, None);
        }
    }

    /// How many lines of a row still fit on the page.
    fn fitting(&self, table: &Table, row: &SetRow) -> usize {
        let free = self.bottom - self.y - padding(row.kind).0 - padding(row.kind).1;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page has fewer than 100 lines")]
        let lines = (free / table.style.leading + 0.001).max(0.0) as usize;
        lines
    }

    fn head(&self, table: &Table) -> Result<Option<SetRow>, Error> {
        if !table.headed {
            return Ok(None);
        }
        let style = Style { face: Face::Semibold, ..table.style };
        let cells = table
            .columns
            .iter()
            .map(|column| {
                let text = self.fonts.printable("a table’s head", column.head)?;
                Ok(Cell { tag: Tag::ColumnHead, span: 1, mark: None, texts: vec![(style, text)] })
            })
            .collect::<Result<_, Error>>()?;
        Ok(Some(self.set(table, &vec![0.0; table.columns.len()], &Row { kind: Kind::Body, cells })))
    }

    fn continued(&self, text: &Printable) -> Result<Printable, Error> {
        self.fonts.printable("a heading", &format!("{} (continued)", text.as_str()))
    }

    fn continued_group(&self, table: &Table, decimals: &[f32], group: &Row) -> Result<SetRow, Error> {
        let mut group = group.clone();
        for (_, text) in group.cells.iter_mut().flat_map(|cell| &mut cell.texts) {
            *text = self.continued(text)?;
        }
        Ok(self.set(table, decimals, &group))
    }

    /// For each column the room that the digits after the point take.
    fn decimals(&self, table: &Table) -> Vec<f32> {
        let mut decimals = vec![0.0_f32; table.columns.len()];
        for row in &table.rows {
            let mut at = 0;
            for cell in &row.cells {
                for (style, text) in &cell.texts {
                    if let (Some(column), Some((_, after))) = (decimals.get_mut(at), text.as_str().split_once('.')) {
                        let room = self.fonts.width(style.face, style.size, &format!(".{after}"));
                        *column = column.max(room);
                    }
                }
                at += cell.span;
            }
        }
        decimals
    }

    fn set(&self, table: &Table, decimals: &[f32], row: &Row) -> SetRow {
        let mut cells = Vec::new();
        let mut at = 0;
        let mut left = self.left;
        for cell in &row.cells {
            let end = (at + cell.span).min(table.columns.len());
            let width: f32 = table.columns[at..end].iter().map(|column| column.width).sum();
            let right = left + width - gutter(&table.columns, end);
            let inset = if cell.mark.is_some() { mark_side(table.style) + 4.0 } else { 0.0 };
            let mut lines = Vec::new();
            for (style, text) in &cell.texts {
                let broken = wrap(self.fonts, *style, text, right - left - inset);
                lines.extend(broken.into_iter().map(|line| (*style, line)));
            }
            let align = if cell.span == 1 { table.columns[at].align } else { Align::Left };
            cells.push(SetCell {
                tag: cell.tag,
                span: cell.span,
                left,
                right,
                align,
                decimals: decimals[at],
                mark: cell.mark,
                lines,
            });
            left += width;
            at = end;
        }
        let slots = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        SetRow { kind: row.kind, slots, cells }
    }

    /// Draws a whole row with elements of its own.
    fn place(&mut self, table: &Table, row: &SetRow, slots: std::ops::Range<usize>, parent: Option<usize>) {
        let parent = self.element(Tag::Row, parent, 1);
        let first = self.elements.len();
        for cell in &row.cells {
            self.element(cell.tag, Some(parent), cell.span);
        }
        self.put(table, row, slots, Some(first));
    }

    /// Draws some lines of a row; its cells' elements begin at `first`, without one they are artifacts.
    fn put(&mut self, table: &Table, row: &SetRow, slots: std::ops::Range<usize>, first: Option<usize>) {
        let (above, below) = padding(row.kind);
        let is_head = row.cells.iter().all(|cell| cell.tag == Tag::ColumnHead);
        if row.kind == Kind::Total {
            self.rule(0.0, self.width(), HAIRLINE, 0.0);
        }
        self.y += above;
        for (index, cell) in row.cells.iter().enumerate() {
            let element = first.map(|first| first + index);
            for (offset, line) in cell.lines.iter().take(slots.end).skip(slots.start).enumerate() {
                #[allow(clippy::cast_precision_loss, reason = "a page has fewer than 100 lines")]
                let y = self.y + offset as f32 * table.style.leading + baseline(table.style);
                self.cell_line(table.style, cell, line, y, element);
                if let (Some(mark), 0, 0) = (cell.mark, offset, slots.start) {
                    self.strokes(mark, table.style, cell.left, y);
                }
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "a page has fewer than 100 lines")]
        let lines = slots.len() as f32;
        self.y += lines * table.style.leading + below;
        if is_head {
            self.rule(0.0, self.width(), RULE, 0.0);
        } else if row.kind == Kind::Body {
            self.rule(0.0, self.width(), HAIRLINE, 0.75);
        }
    }

    fn cell_line(
        &mut self,
        table: Style,
        cell: &SetCell,
        (style, text): &(Style, String),
        y: f32,
        element: Option<usize>,
    ) {
        let inset = if cell.mark.is_some() { mark_side(table) + 4.0 } else { 0.0 };
        let bounds = (cell.left + inset, cell.right);
        let x = match cell.align {
            Align::Left => bounds.0,
            Align::Decimal => {
                let seen = text.trim_end();
                let after =
                    seen.find('.').map_or(0.0, |point| self.fonts.width(style.face, style.size, &seen[point..]));
                let hanging = if seen.starts_with(|c: char| c.is_ascii_digit()) { cell.decimals - after } else { 0.0 };
                let width = self.fonts.width(style.face, style.size, seen);
                (bounds.1 - hanging - width).max(bounds.0)
            }
        };
        self.draw(element, Shape::Text { x, y, style: *style, text: text.clone(), bounds });
    }
}

/// Space above and below a row's lines.
fn padding(kind: Kind) -> (f32, f32) {
    match kind {
        Kind::Plain => (0.5, 1.5),
        Kind::Body => (3.0, 3.5),
        Kind::Group => (9.0, 2.5),
        Kind::Total => (3.0, 5.0),
    }
}

/// White space to the left of column `next`; none at the page's edge.
fn gutter(columns: &[Column], next: usize) -> f32 {
    let before = next.checked_sub(1).and_then(|before| columns.get(before)).map(|column| column.align);
    match (before, columns.get(next).map(|column| column.align)) {
        (_, None) => 0.0,
        (Some(Align::Decimal), Some(Align::Left)) => WIDE_GUTTER,
        (Some(Align::Left | Align::Decimal) | None, Some(Align::Left | Align::Decimal)) => GUTTER,
    }
}

fn height(table: &Table, row: &SetRow) -> f32 {
    let (above, below) = padding(row.kind);
    #[allow(clippy::cast_precision_loss, reason = "exact below 16 million lines")]
    let slots = row.slots as f32;
    slots * table.style.leading + above + below
}

/// The height of a row and of those that must stand on the same page.
fn chain(table: &Table, rows: &[SetRow], index: usize) -> f32 {
    let mut sum = 0.0;
    for (offset, row) in rows[index..].iter().enumerate() {
        sum += height(table, row);
        let next = rows.get(index + offset + 1).map(|next| next.kind);
        let joined = next.is_some_and(|next| row.kind == Kind::Group || next == Kind::Total);
        if !joined {
            break;
        }
    }
    sum
}

/// From the top of a line to its baseline: the capitals stand in the middle of the leading.
fn baseline(style: Style) -> f32 {
    const CAPITALS: f32 = 0.66;
    f32::midpoint(style.leading, style.size * CAPITALS)
}

fn mark_side(style: Style) -> f32 {
    style.size * 0.66
}
