//! The structure tree: what the pages say, and in which order (ISO 32000-1, 14.7; ISO 14289-1, 7).
//!
//! Its elements are most of a file's objects, several for every credit. They are written down at once: as values of the PDF
//! library they took a sixth of the time of a long transcript.

use std::io::{self, Write};

use lopdf::{Document, ObjectId, text_string};

use crate::display::{Element, Tag};
use crate::draw::Marked;
use crate::output::{self, Output};

/// A link's annotation.
#[derive(Clone, Copy)]
pub(crate) struct Pressed {
    /// The element that holds it.
    pub(crate) element: usize,
    /// Its page, counted from 0.
    pub(crate) page: usize,
    pub(crate) id: ObjectId,
}

/// What an element holds.
#[derive(Clone, Copy)]
enum Kid {
    Element(usize),
    /// Content of a page: which page, and its number there.
    Content(usize, usize),
    /// Which of the links.
    Link(usize),
}

/// The tree of a document's elements, under numbers of its own.
pub(crate) struct Tree<'p> {
    root: u32,
    elements: &'p [Element],
    marked: &'p Marked,
    pages: Vec<ObjectId>,
    links: Vec<Pressed>,
}

impl<'p> Tree<'p> {
    /// Takes the numbers it needs. Links have keys in the parent tree after those of the pages.
    pub(crate) fn new(
        document: &mut Document,
        elements: &'p [Element],
        marked: &'p Marked,
        pages: Vec<ObjectId>,
        links: Vec<Pressed>,
    ) -> Self {
        let root = document.max_id + 1;
        // The tree itself, the document as an element, and all that it holds.
        document.max_id += 2 + output::count(elements.len());
        Self { root, elements, marked, pages, links }
    }

    pub(crate) fn root(&self) -> ObjectId {
        (self.root, 0)
    }

    fn number(&self, element: usize) -> u32 {
        self.root + 2 + output::count(element)
    }

    pub(crate) fn write(&self, output: &mut Output<impl Write>) -> io::Result<()> {
        for (index, (element, kids)) in self.elements.iter().zip(kids(self)).enumerate() {
            output.pack(self.number(index), |to| self.element(to, element, &kids))?;
        }
        output.pack(self.root + 1, |to| {
            to.extend(b"<</Type/StructElem/S/Document/P");
            output::reference(to, self.root);
            to.extend(b"/K[");
            let outermost = self.elements.iter().enumerate().filter(|(_, element)| element.parent.is_none());
            for (index, _) in outermost {
                output::reference(to, self.number(index));
            }
            to.extend(b"]>>");
        })?;
        output.pack(self.root, |to| {
            to.extend(b"<</Type/StructTreeRoot/K[");
            output::reference(to, self.root + 1);
            to.extend(b"]/ParentTree<</Nums[");
            for (page, contents) in self.marked.iter().enumerate() {
                output::integer(to, page);
                to.push(b'[');
                for element in contents {
                    output::reference(to, self.number(*element));
                }
                to.push(b']');
            }
            for (key, link) in (self.pages.len()..).zip(&self.links) {
                to.push(b' ');
                output::integer(to, key);
                output::reference(to, self.number(link.element));
            }
            to.extend(b"]>>/ParentTreeNextKey ");
            output::integer(to, self.pages.len() + self.links.len());
            to.extend(b">>");
        })
    }

    fn element(&self, to: &mut Vec<u8>, element: &Element, kids: &[Kid]) {
        to.extend(b"<</S/");
        to.extend(name(element.tag).as_bytes());
        to.extend(b"/P");
        output::reference(to, element.parent.map_or(self.root + 1, |parent| self.number(parent)));
        // Content of the element's own page is a mere number.
        let own = kids.iter().find_map(|kid| if let Kid::Content(page, _) = kid { Some(*page) } else { None });
        if let Some(page) = own {
            to.extend(b"/Pg");
            output::reference(to, self.pages[page].0);
        }
        to.extend(b"/K[");
        for kid in kids {
            match *kid {
                Kid::Element(kid) => output::reference(to, self.number(kid)),
                Kid::Content(page, content) if Some(page) == own => {
                    to.push(b' ');
                    output::integer(to, content);
                }
                Kid::Content(page, content) => {
                    to.extend(b"<</Type/MCR/Pg");
                    output::reference(to, self.pages[page].0);
                    to.extend(b"/MCID ");
                    output::integer(to, content);
                    to.extend(b">>");
                }
                Kid::Link(link) => {
                    let Pressed { page, id, .. } = self.links[link];
                    to.extend(b"<</Type/OBJR/Pg");
                    output::reference(to, self.pages[page].0);
                    to.extend(b"/Obj");
                    output::reference(to, id.0);
                    to.extend(b">>");
                }
            }
        }
        to.push(b']');
        if let Some(alt) = &element.alt {
            to.extend(b"/Alt ");
            output::value(to, &text_string(alt));
        }
        attributes(to, element);
        to.extend(b">>");
    }
}

/// What each element holds, in reading order.
fn kids(Tree { elements, marked, links, .. }: &Tree) -> Vec<Vec<Kid>> {
    let mut kids = vec![Vec::new(); elements.len()];
    for (index, element) in elements.iter().enumerate() {
        if let Some(parent) = element.parent {
            kids[parent].push((Kid::Element(index), usize::MAX));
        }
    }
    let first = first_drawn(elements, marked);
    let contents = marked.iter().enumerate().flat_map(|(page, contents)| {
        contents.iter().enumerate().map(move |(content, element)| (*element, Kid::Content(page, content)))
    });
    for (drawn, (element, content)) in contents.enumerate() {
        kids[element].push((content, drawn));
    }
    for (index, link) in links.iter().enumerate() {
        kids[link.element].push((Kid::Link(index), usize::MAX));
    }
    kids.into_iter()
        .map(|mut kids| {
            // Cells stand in the order of their columns, whether something is drawn in them or not.
            if kids.len() > 1 && kids.iter().any(|(kid, _)| matches!(kid, Kid::Content(..))) {
                kids.sort_by_key(|(kid, drawn)| if let Kid::Element(index) = kid { first[*index] } else { *drawn });
            }
            kids.into_iter().map(|(kid, _)| kid).collect()
        })
        .collect()
}

/// How much is drawn before the first content of each element and of those within it.
fn first_drawn(elements: &[Element], marked: &Marked) -> Vec<usize> {
    let mut first = vec![usize::MAX; elements.len()];
    for (drawn, element) in marked.iter().flatten().enumerate() {
        let mut at = Some(*element);
        while let Some(element) = at.filter(|element| first[*element] == usize::MAX) {
            first[element] = drawn;
            at = elements[element].parent;
        }
    }
    first
}

fn name(tag: Tag) -> &'static str {
    match tag {
        Tag::H1 => "H1",
        Tag::H2 => "H2",
        Tag::P => "P",
        Tag::List => "L",
        Tag::Item => "LI",
        Tag::ItemBody => "LBody",
        Tag::Table => "Table",
        Tag::Row => "TR",
        Tag::ColumnHead | Tag::RowHead => "TH",
        Tag::Cell => "TD",
        Tag::Link => "Link",
        Tag::Figure => "Figure",
    }
}

fn attributes(to: &mut Vec<u8>, element: &Element) {
    let scope: &[u8] = match element.tag {
        Tag::ColumnHead => b"/Scope/Column",
        Tag::RowHead => b"/Scope/Row",
        Tag::H1
        | Tag::H2
        | Tag::P
        | Tag::List
        | Tag::Item
        | Tag::ItemBody
        | Tag::Table
        | Tag::Row
        | Tag::Cell
        | Tag::Link
        | Tag::Figure => b"",
    };
    if scope.is_empty() && element.span == 1 {
        return;
    }
    to.extend(b"/A<</O/Table");
    to.extend(scope);
    if element.span > 1 {
        to.extend(b"/ColSpan ");
        output::integer(to, element.span);
    }
    to.extend(b">>");
}
