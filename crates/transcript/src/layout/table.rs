//! Tables: columns, aligned figures, heads that come again, rows that stay whole.

use rayon::prelude::*;

use super::{Flow, Mark, baseline, mark_side};
use crate::Error;
use crate::display::{Anchor, Shape, Style, Tag};
use crate::fonts::{Face, Fonts, Printable};
use crate::wrap::wrap;

/// White space between two columns.
pub(crate) const GUTTER: f32 = 10.0;
/// White space between a column of figures and words to its right.
const WIDE_GUTTER: f32 = 18.0;
/// The line that names a table again overleaf, with the space below it.
const CONTINUED: f32 = 16.0;
const HAIRLINE: f32 = 0.4;
const RULE: f32 = 0.8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Align {
    Left,
    /// On the decimal point.
    Decimal,
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    head: String,
    pub(crate) width: f32,
    align: Align,
}

impl Column {
    /// Words, from the left.
    pub(crate) fn left(head: impl Into<String>, width: f32) -> Self {
        Self { head: head.into(), width, align: Align::Left }
    }

    /// Figures, on the decimal point.
    pub(crate) fn figures(head: impl Into<String>, width: f32) -> Self {
        Self { head: head.into(), width, align: Align::Decimal }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) tag: Tag,
    pub(crate) span: usize,
    pub(crate) mark: Option<Mark>,
    /// Paragraphs, one below the other.
    pub(crate) texts: Vec<(Style, Printable)>,
    /// Those of them, by their place in the list, that lead somewhere.
    pub(crate) links: Vec<(usize, Anchor)>,
    /// What leads to where this cell begins.
    pub(crate) anchor: Option<Anchor>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line of a list, close to its neighbours.
    Plain,
    /// Like `Body`, but closer to its neighbours.
    Close,
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
    lines: Vec<Line>,
    anchor: Option<Anchor>,
}

/// A line of a cell.
struct Line {
    style: Style,
    text: String,
    /// Where it leads, and the paragraph whose link it is.
    to: Option<(usize, Anchor)>,
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

impl Flow<'_> {
    /// A table under its heading. The heads come again on every page it reaches, rows stay whole.
    pub(crate) fn table(&mut self, heading: Option<(Style, &Printable)>, table: &Table) -> Result<(), Error> {
        let decimals = self.decimals(table);
        let head = self.head(table)?;
        let head_height = head.as_ref().map_or(0.0, |head| height(table, head));
        let rows: Vec<SetRow> = table.rows.par_iter().map(|row| self.set(table, &decimals, row)).collect();
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
            let cells = self.cells_of(row, Some(element));
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

    /// Two tables without heads beside each other, or one below the other where the page has no room for them so.
    pub(crate) fn side_by_side(&mut self, one: &Table, other: &Table) -> Result<(), Error> {
        let tall = |table: &Table| {
            let rows = table.rows.iter().map(|row| height(table, &self.set(table, &self.decimals(table), row)));
            rows.sum::<f32>()
        };
        if self.y + tall(one).max(tall(other)) > self.bottom {
            self.table(None, one)?;
            return self.table(None, other);
        }
        let (left, top) = (self.left, self.y);
        self.table(None, one)?;
        let end = self.y;
        (self.left, self.y) = (f32::midpoint(left, self.right), top);
        let set = self.table(None, other);
        (self.left, self.y) = (left, self.y.max(end));
        set
    }

    /// Goes to a new page if a table that does not fit here, with `above` over it, would be whole there.
    pub(crate) fn keep_whole(&mut self, above: f32, table: &Table) -> Result<(), Error> {
        let decimals = self.decimals(table);
        let head = self.head(table)?;
        let rows = table.rows.iter().map(|row| self.set(table, &decimals, row));
        let whole = above + head.into_iter().chain(rows).map(|row| height(table, &row)).sum::<f32>();
        if whole <= self.bottom - self.top {
            self.need(whole);
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
                let text = self.fonts.printable("a table’s head", &column.head)?;
                let texts = vec![(style, text)];
                Ok(Cell { tag: Tag::ColumnHead, span: 1, mark: None, texts, links: Vec::new(), anchor: None })
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
            let mut lines: Vec<Line> = Vec::new();
            for (paragraph, (style, text)) in cell.texts.iter().enumerate() {
                // A reader who joins the paragraphs must not join their words.
                if let Some(last) = lines.last_mut() {
                    last.text.push(' ');
                }
                let link = cell.links.iter().find(|(linked, _)| *linked == paragraph).copied();
                let broken = wrap(self.fonts, *style, text, right - left - inset);
                lines.extend(broken.into_iter().map(|text| Line { style: *style, text, to: link }));
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
                anchor: cell.anchor,
            });
            left += width;
            at = end;
        }
        let slots = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        SetRow { kind: row.kind, slots, cells }
    }

    /// Draws a whole row with elements of its own.
    fn place(&mut self, table: &Table, row: &SetRow, slots: std::ops::Range<usize>, parent: Option<usize>) {
        let first = self.cells_of(row, parent);
        self.put(table, row, slots, Some(first));
    }

    /// The elements of a row's cells, the first of them; those of links follow.
    fn cells_of(&mut self, row: &SetRow, parent: Option<usize>) -> usize {
        let parent = self.element(Tag::Row, parent, 1);
        let first = self.elements.len();
        for cell in &row.cells {
            self.element(cell.tag, Some(parent), cell.span);
        }
        first
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
            if let (Some(anchor), Some(_), 0) = (cell.anchor, element, slots.start) {
                self.anchor(anchor);
            }
            let mut link: Option<(usize, usize)> = None;
            for (offset, line) in cell.lines.iter().take(slots.end).skip(slots.start).enumerate() {
                #[allow(clippy::cast_precision_loss, reason = "a page has fewer than 100 lines")]
                let y = self.y + offset as f32 * table.style.leading + baseline(table.style);
                let element = match (element, line.to) {
                    (Some(cell), Some((paragraph, _))) => {
                        let known = link.filter(|(of, _)| *of == paragraph).map(|(_, element)| element);
                        let element = known.unwrap_or_else(|| self.element(Tag::Link, Some(cell), 1));
                        link = Some((paragraph, element));
                        Some(element)
                    }
                    (element, _) => element,
                };
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
        } else if matches!(row.kind, Kind::Body | Kind::Close) {
            self.rule(0.0, self.width(), HAIRLINE, 0.75);
        }
    }

    fn cell_line(&mut self, table: Style, cell: &SetCell, line: &Line, y: f32, element: Option<usize>) {
        let Line { style, text, to } = line;
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
        if let (Some(element), Some((_, to))) = (element, to) {
            self.press(element, *to, *style, (x, y), text);
        }
        self.draw(element, Shape::Text { x, y, style: *style, text: text.clone(), bounds });
    }
}

/// The width of the column at `at`, without white space, in which none of its lines breaks.
pub(crate) fn widest(fonts: &Fonts, rows: &mut dyn Iterator<Item = &Row>, at: usize) -> f32 {
    let cells = rows.filter_map(|row| {
        let mut column = 0;
        row.cells.iter().find(|cell| {
            let here = column == at && cell.span == 1;
            column += cell.span;
            here
        })
    });
    let texts = cells.flat_map(|cell| &cell.texts);
    texts.map(|(style, text)| fonts.width(style.face, style.size, text.as_str())).fold(0.0, f32::max)
}

/// Space above and below a row's lines.
fn padding(kind: Kind) -> (f32, f32) {
    match kind {
        Kind::Plain => (0.5, 1.5),
        Kind::Close => (1.5, 2.0),
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
