//! What the operations of a page take, also those that draw nothing, and the functions that its colours are made by:
//! counted before anything is interpreted.

use std::collections::{BTreeMap, BTreeSet};

use hayro::hayro_interpret::CacheKey as _;
use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::content::ops::TypedInstruction;
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro::hayro_syntax::page::{Page, Resources};

use crate::work::{MOST_WORK, NESTED};

/// An operation, and one that looks something up: a font, a state, a colour space.
const PLAIN: u64 = 100;
const NAMED: u64 = 20_000;
/// A byte that is unpacked and read.
const BYTE: u64 = 2;
/// One function of those that another is made of.
const FUNCTION: u64 = 20_000;
/// What a byte of a program takes each time it is run.
const RUN: u64 = 2;
/// As deep as what draws goes.
const MOST_DEPTH: u32 = 50;

/// What is known of a page before it is interpreted.
#[derive(Debug, Default)]
pub(crate) struct Operations {
    /// What interpreting it takes.
    pub(crate) spent: u64,
    /// What its costliest tile takes, and the costliest glyph that is drawn by operations.
    pub(crate) tile: u64,
    pub(crate) glyph: u64,
    /// What the costliest function takes each time a colour is made by it.
    pub(crate) color: u64,
    fonts: BTreeSet<u128>,
    spaces: BTreeMap<u128, u64>,
}

impl Operations {
    /// None if it is too much.
    pub(crate) fn of_page(page: &Page<'_>) -> Option<Self> {
        let mut all = Self::default();
        all.content(page.page_stream().unwrap_or_default(), page.resources(), 0)?;
        let annotations = page.raw().get::<Array<'_>>(b"Annots").unwrap_or_default();
        for annotation in annotations.iter::<Dict<'_>>() {
            let appearance = annotation.get::<Dict<'_>>(b"AP").and_then(|looks| looks.get::<Object<'_>>(b"N"));
            let state = annotation.get::<Name<'_>>(b"AS");
            let drawn = match appearance {
                Some(Object::Stream(stream)) => Some(stream),
                Some(Object::Dict(states)) => {
                    state.and_then(|state| states.get::<Stream<'_>>(state)).or_else(|| states.get::<Stream<'_>>(b"Off"))
                }
                _ => None,
            };
            if let Some(drawn) = drawn {
                all.form(&drawn, page.resources(), 0)?;
            }
        }
        Some(all)
    }

    fn charge(&mut self, units: u64) -> Option<()> {
        self.spent = self.spent.saturating_add(units);
        (self.spent <= MOST_WORK).then_some(())
    }

    /// What it takes, which is charged once.
    fn form(&mut self, form: &Stream<'_>, resources: &Resources<'_>, depth: u32) -> Option<u64> {
        let before = self.spent;
        self.charge(NESTED)?;
        if depth < MOST_DEPTH {
            let own = form.dict().get::<Dict<'_>>(b"Resources").map(Resources::new);
            let content = form.decoded_data().unwrap_or_default();
            self.content(&content, own.as_ref().unwrap_or(resources), depth + 1)?;
        }
        Some(self.spent - before)
    }

    fn content(&mut self, content: &[u8], resources: &Resources<'_>, depth: u32) -> Option<()> {
        self.charge(BYTE.saturating_mul(content.len() as u64))?;
        let mut operations = TypedIter::new(content);
        while let Some(operation) = operations.next() {
            match operation {
                TypedInstruction::TextFont(font) => {
                    self.charge(NAMED)?;
                    self.font(resources.get_font(font.0), resources, depth)?;
                }
                TypedInstruction::SetGraphicsState(state) => {
                    self.charge(NAMED)?;
                    self.state(resources.get_ext_g_state(state.0), resources, depth)?;
                }
                TypedInstruction::XObject(drawn) => {
                    self.charge(NAMED)?;
                    let drawn = resources.get_x_object(drawn.0);
                    let is_form = |drawn: &Stream<'_>| {
                        drawn.dict().get::<Name<'_>>(b"Subtype").is_some_and(|kind| *kind == *b"Form")
                    };
                    if let Some(form) = drawn.filter(is_form) {
                        self.form(&form, resources, depth)?;
                    }
                }
                TypedInstruction::ColorSpaceStroke(space) => self.space(resources.get_color_space(space.0))?,
                TypedInstruction::ColorSpaceNonStroke(space) => self.space(resources.get_color_space(space.0))?,
                TypedInstruction::Shading(shading) => self.shading(resources.get_shading(shading.0).as_ref())?,
                TypedInstruction::StrokeColorNamed(color) => {
                    self.pattern(color.1.and_then(|name| resources.get_pattern(name)), resources, depth)?;
                }
                TypedInstruction::NonStrokeColorNamed(color) => {
                    self.pattern(color.1.and_then(|name| resources.get_pattern(name)), resources, depth)?;
                }
                _ => self.charge(PLAIN)?,
            }
        }
        Some(())
    }

    /// Of a font whose glyphs are drawn by operations, each of them once.
    fn font(&mut self, font: Option<Dict<'_>>, resources: &Resources<'_>, depth: u32) -> Option<()> {
        let Some(font) = font else { return Some(()) };
        let Some(glyphs) = font.get::<Dict<'_>>(b"CharProcs").filter(|_| self.fonts.insert(font.cache_key())) else {
            return Some(());
        };
        let own = font.get::<Dict<'_>>(b"Resources").map(Resources::new);
        for name in glyphs.keys() {
            if let Some(glyph) = glyphs.get::<Stream<'_>>(name) {
                let takes = self.form(&glyph, own.as_ref().unwrap_or(resources), depth)?;
                self.glyph = self.glyph.max(takes);
            }
        }
        Some(())
    }

    fn state(&mut self, state: Option<Dict<'_>>, resources: &Resources<'_>, depth: u32) -> Option<()> {
        let Some(state) = state else { return Some(()) };
        for key in [b"TR".as_slice(), b"TR2"] {
            self.shading(state.get::<Object<'_>>(key).as_ref())?;
        }
        let Some(mask) = state.get::<Dict<'_>>(b"SMask") else { return Some(()) };
        self.shading(mask.get::<Object<'_>>(b"TR").as_ref())?;
        if let Some(group) = mask.get::<Stream<'_>>(b"G") {
            self.form(&group, resources, depth)?;
        }
        Some(())
    }

    fn pattern(&mut self, pattern: Option<Object<'_>>, resources: &Resources<'_>, depth: u32) -> Option<()> {
        match pattern {
            None => self.charge(PLAIN),
            Some(Object::Stream(tile)) => {
                let takes = self.form(&tile, resources, depth)?;
                self.tile = self.tile.max(takes);
                Some(())
            }
            Some(other) => self.shading(Some(&other)),
        }
    }

    /// It is made once.
    fn space(&mut self, space: Option<Object<'_>>) -> Option<()> {
        self.charge(NAMED)?;
        let Some(space) = space else { return Some(()) };
        let key = space.cache_key();
        if !self.spaces.contains_key(&key) {
            let takes = self.functions(&space, 0)?;
            self.color = self.color.max(takes);
            self.spaces.insert(key, takes);
        }
        Some(())
    }

    /// It is made anew each time.
    fn shading(&mut self, shading: Option<&Object<'_>>) -> Option<()> {
        self.charge(NAMED)?;
        if let Some(shading) = shading {
            let takes = self.functions(shading, 0)?;
            self.color = self.color.max(takes);
        }
        Some(())
    }

    /// What the costliest of the functions that something is made by takes each time; making them is charged.
    fn functions(&mut self, object: &Object<'_>, depth: u32) -> Option<u64> {
        if depth > MOST_DEPTH {
            return None;
        }
        let mut most = 0;
        let entries = match object {
            Object::Array(all) => {
                for one in all.iter::<Object<'_>>() {
                    most = self.functions(&one, depth + 1)?.max(most);
                }
                return Some(most);
            }
            Object::Dict(entries) => entries,
            Object::Stream(stream) => {
                most = self.packed(stream)?;
                stream.dict()
            }
            _ => return Some(0),
        };
        self.charge(FUNCTION)?;
        for key in [b"Function".as_slice(), b"Functions", b"Shading", b"ColorSpace"] {
            if let Some(part) = entries.get::<Object<'_>>(key) {
                most = self.functions(&part, depth + 1)?.max(most);
            }
        }
        Some(most)
    }

    /// ISO 32000-1, 7.10.2 and 7.10.5: a table between whose corners it is interpolated, or a program.
    fn packed(&mut self, function: &Stream<'_>) -> Option<u64> {
        let entries = function.dict();
        let kind = entries.get::<u8>(b"FunctionType");
        if kind.is_none() {
            return Some(0);
        }
        let length = function.decoded_data().map_or(0, |content| content.len() as u64);
        self.charge(BYTE.saturating_mul(length))?;
        let numbers = |key: &[u8]| entries.get::<Array<'_>>(key).map_or(0, |all| all.iter::<f32>().count() / 2);
        let (inputs, outputs) = (numbers(b"Domain").min(40), numbers(b"Range"));
        Some(if kind == Some(0) { (1 << inputs) * (inputs + outputs) as u64 } else { RUN.saturating_mul(length) })
    }
}
