//! How much work drawing a page is, counted before it is drawn: the same on every computer.
//!
//! Its operations are gone through first. Then the page is interpreted once for a device that draws nothing. It charges what the real one would do: each operation, each
//! point of a path, each pixel that is painted or decoded. What a page draws lazily (patterns, masks, the glyphs of type 3
//! fonts) is interpreted here as it will be there, as often as it will be there.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::pattern::{Pattern, TilingPattern};
use hayro::hayro_interpret::util::x_y_advances;
use hayro::hayro_interpret::{
    BlendMode, CacheKey as _, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, StrokeProps, TransformExt as _, interpret_page,
};
use hayro::hayro_syntax::object::Stream;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, ParamCurveArclen as _, Rect, Shape as _};

use crate::image_size::{Size, image_size};
use crate::operations::Operations;
use crate::preview::NoPreview;

/// What one page may take, in units of about a billionth of a second on a computer of today. Maps with a hundred thousand
/// lines, and scans of the largest size that is drawn at all, take a tenth of it.
pub(crate) const MOST_WORK: u64 = 10_000_000_000;
/// What all pages of a file may take.
pub(crate) const MOST_WORK_IN_ALL: u64 = 60_000_000_000;

/// What an operation takes: a path, a glyph, a picture, a group.
const OPERATION: u64 = 2_000;
/// A form, a pattern's cell, a clip, a mask: each is unpacked, read and set up anew.
pub(crate) const NESTED: u64 = 50_000;
const POINT: u64 = 200;
const DASH: u64 = 1_000;
const PAINTED: u64 = 1;
const SHADED: u64 = 100;
const DECODED: u64 = 20;
const LAYER: u64 = 4;

/// That there was more than may be.
struct TooMuch;

/// What drawing a page takes at a scale, or that it is too much.
pub(crate) fn of_page(page: &Page<'_>, scale: f64) -> Result<u64, NoPreview> {
    let (across, down) = page.render_dimensions();
    let target = Rect::new(0.0, 0.0, f64::from(across) * scale, f64::from(down) * scale);
    let operations = Operations::of_page(page).ok_or(NoPreview::TooMuchWork)?;
    let transform = Affine::scale(scale) * page.initial_transform(true).to_kurbo();
    let count = || {
        let cache = InterpreterCache::new();
        let mut context = Context::new(transform, target, &cache, page.xref(), InterpreterSettings::default());
        let mut spent = operations.spent;
        let mut counter = Counter { spent: &mut spent, operations: &operations, target, masks: BTreeSet::new() };
        counter.charge(LAYER * area(target));
        interpret_page(page, &mut context, &mut counter);
        spent
    };
    // A device cannot stop what interprets for it in another way.
    catch_unwind(AssertUnwindSafe(count)).map_err(|stopped| match stopped.downcast::<TooMuch>() {
        Ok(_) => NoPreview::TooMuchWork,
        Err(bug) => resume_unwind(bug),
    })
}

struct Counter<'c> {
    spent: &'c mut u64,
    operations: &'c Operations,
    /// What is drawn on.
    target: Rect,
    /// Those that are drawn already, each once for each target.
    masks: BTreeSet<u128>,
}

impl Counter<'_> {
    fn charge(&mut self, units: u64) {
        *self.spent = self.spent.saturating_add(units);
        if *self.spent > MOST_WORK {
            resume_unwind(Box::new(TooMuch));
        }
    }

    /// What is drawn on something else.
    fn on(&mut self, target: Rect) -> Counter<'_> {
        Counter { spent: self.spent, operations: self.operations, target, masks: BTreeSet::new() }
    }

    /// How many pixels of the target are within.
    fn seen(&self, bounds: Rect) -> u64 {
        area(bounds.intersect(self.target))
    }

    fn mask(&mut self, mask: Option<&SoftMask<'_>>) {
        let Some(mask) = mask else { return };
        let layer = LAYER * area(self.target);
        self.charge(OPERATION + layer);
        if self.masks.insert(mask.cache_key()) {
            self.charge(NESTED + 2 * layer);
            mask.interpret(&mut self.on(self.target));
        }
    }

    fn paint(&mut self, paint: &Paint<'_>, bounds: Rect, is_stroke: bool) {
        let seen = self.seen(bounds);
        match paint {
            Paint::Color(_) => self.charge((PAINTED * seen).saturating_add(self.operations.color)),
            Paint::Pattern(pattern) => match &**pattern {
                Pattern::Shading(_) => {
                    let each = self.operations.color.saturating_add(SHADED);
                    self.charge(each.saturating_mul(seen).saturating_add(NESTED));
                }
                Pattern::Tiling(tiling) => {
                    self.charge(PAINTED * seen);
                    self.tile(tiling, bounds.intersect(self.target), is_stroke);
                }
            },
        }
    }

    /// A cell is drawn as often as copies of it overlap, into a picture of its own.
    fn tile(&mut self, tiling: &TilingPattern<'_>, bounds: Rect, is_stroke: bool) {
        let bounds = tiling.matrix.inverse().transform_rect_bbox(bounds);
        let (across, down) = x_y_advances(&tiling.matrix);
        let x = Axis::new(across.length(), tiling.bbox.x0, tiling.bbox.x1, tiling.x_step, bounds.x0, bounds.x1);
        let y = Axis::new(down.length(), tiling.bbox.y0, tiling.bbox.y1, tiling.y_step, bounds.y0, bounds.y1);
        let target = Rect::new(0.0, 0.0, x.size, y.size);
        self.charge(NESTED + LAYER * area(target));
        let before = *self.spent;
        let to_cell = Affine::scale_non_uniform(x.scale, y.scale);
        let mut cell = self.on(target);
        cell.charge(NESTED + cell.operations.tile);
        tiling.interpret(&mut cell, to_cell, is_stroke);
        let once = *self.spent - before;
        let copies = whole(x.copies).saturating_mul(whole(y.copies));
        self.charge(once.saturating_mul(copies.saturating_sub(1)));
    }

    fn draw(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        self.charge(OPERATION + POINT * path.elements().len() as u64);
        self.mask(props.soft_mask.as_ref());
        let fill = |counter: &mut Self| {
            let bounds = props.transform.transform_rect_bbox(path.control_box());
            counter.paint(&props.paint, bounds, false);
        };
        let stroke = |counter: &mut Self, stroke: &StrokeProps| {
            counter.charge(DASH.saturating_mul(dashes(path, stroke)));
            let width = f64::from(stroke.line_width) * f64::from(stroke.miter_limit).max(1.0);
            let bounds = props.transform.transform_rect_bbox(path.control_box().inflate(width, width));
            // A line is as wide as it is, not as what it goes around; but patterns are made for all of it.
            let of_pattern = matches!(props.paint, Paint::Pattern(_));
            if of_pattern {
                counter.paint(&props.paint, bounds, true);
            } else {
                counter.charge(PAINTED * counter.seen(bounds).isqrt().saturating_mul(path.elements().len() as u64));
                counter.charge(counter.operations.color);
            }
        };
        match mode {
            DrawMode::Fill(_) => fill(self),
            DrawMode::Stroke(props) => stroke(self, props),
            DrawMode::FillAndStroke(_, props) => {
                fill(self);
                stroke(self, props);
            }
            DrawMode::Invisible => {}
        }
    }
}

impl<'a> Device<'a> for Counter<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.draw(path, &props, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.charge(NESTED + POINT * clip.path.elements().len() as u64);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.charge(OPERATION);
    }

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.charge(OPERATION);
        self.mask(mask.as_ref());
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.charge(OPERATION);
        self.mask(props.soft_mask.as_ref());
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        let is_plain = matches!(props.paint, Paint::Color(_));
        self.charge(self.operations.color);
        for glyph in run.glyphs() {
            self.charge(OPERATION);
            if let Glyph::Type3(glyph_of_forms) = &**glyph {
                self.charge(NESTED + self.operations.glyph);
                glyph_of_forms.interpret(self, props.transform, glyph.transform(), &props.paint);
            } else if !is_plain {
                // Where the glyphs lie follows from their outlines, which are not made here.
                self.paint(&props.paint, self.target, false);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let bounds = props.transform.transform_rect_bbox(size);
        self.charge(NESTED);
        self.mask(props.soft_mask.as_ref());
        let seen = self.seen(bounds);
        if seen == 0 && !bounds.overlaps(self.target) {
            return;
        }
        let size = match &image {
            Image::Raster(raster) => with_mask(raster.stream()),
            Image::Stencil(stencil) => with_mask(stencil.stream()),
        };
        if size.pixels > crate::preview::MOST_PIXELS {
            resume_unwind(Box::new(TooMuch));
        }
        self.charge(DECODED.saturating_mul(size.decoded).saturating_add(LAYER * seen));
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.draw(&rect.to_path(0.1), &props, mode);
    }
}

/// How many pixels decoding a picture makes, with its mask's.
fn with_mask(image: &Stream<'_>) -> Size {
    let mask = [b"SMask".as_slice(), b"Mask"].iter().find_map(|key| image.dict().get::<Stream<'_>>(*key));
    image_size(image).with(mask.as_ref().map(image_size).unwrap_or_default())
}

/// One direction of a tiling pattern, as hayro lays it out.
struct Axis {
    scale: f64,
    size: f64,
    copies: f64,
}

impl Axis {
    fn new(scale: f64, low: f64, high: f64, step: f32, from: f64, to: f64) -> Self {
        let step = f64::from(step.abs());
        let (width, seen) = (high - low, (to - from).max(0.0));
        let scale = (step * scale).round().max(1.0) / step;
        let most = f64::from(u16::MAX);
        if seen >= step {
            return Self { scale, size: (step * scale).round().min(most), copies: (width / step).ceil().max(1.0) };
        }
        let copies = ((to - low) / step).floor() - ((from - high) / step).ceil() + 1.0;
        Self { scale, size: (seen * scale).ceil().clamp(1.0, most), copies: copies.max(1.0) }
    }
}

fn dashes(path: &BezPath, stroke: &StrokeProps) -> u64 {
    let period: f64 = stroke.dash_array.iter().map(|dash| f64::from(dash.abs())).sum();
    if stroke.dash_array.is_empty() || period <= 0.0 {
        return 0;
    }
    let length: f64 = path.segments().map(|segment| segment.arclen(1.0)).sum();
    whole(length / period).saturating_mul(stroke.dash_array.len() as u64)
}

fn area(bounds: Rect) -> u64 {
    whole(bounds.width().max(0.0) * bounds.height().max(0.0))
}

/// What is no number, or more than there can be, counts as the most.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
fn whole(number: f64) -> u64 {
    if number.is_nan() { u64::MAX } else { number.ceil() as u64 }
}
