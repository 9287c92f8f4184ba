//! The pictures of the pages of a PDF.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{DynamicImage, RgbImage};

use crate::preview::{NoPreview, Preview, scale};
use crate::print::MOST_PAGES;
use crate::weight::{weigh, weigh_packed_again};
use crate::work;

/// A picture of one page, so many pixels wide.
pub(crate) fn draw(bytes: Vec<u8>, page: u32, width: u32) -> Result<Preview, NoPreview> {
    let pdf = opened(bytes)?;
    let (page, across, down) = chosen(&pdf, page)?;
    let scale = scale(across, down, width);
    work::of_page(page, scale)?;
    picture(&pdf, page, scale)
}

/// The same of a PDF that was composed here.
pub(crate) fn draw_composed(bytes: Vec<u8>, page: u32, width: u32) -> Result<Preview, NoPreview> {
    let pdf = open(bytes)?;
    let (page, across, down) = chosen(&pdf, page)?;
    picture(&pdf, page, scale(across, down, width))
}

fn chosen(pdf: &Pdf, page: u32) -> Result<(&Page<'_>, f64, f64), NoPreview> {
    let index = usize::try_from(page).ok().and_then(|page| page.checked_sub(1)).ok_or(NoPreview::NoSuchPage)?;
    let page = pdf.pages().get(index).ok_or(NoPreview::NoSuchPage)?;
    let (across, down) = size(page)?;
    Ok((page, across, down))
}

fn picture(pdf: &Pdf, page: &Page<'_>, scale: f64) -> Result<Preview, NoPreview> {
    let image = drawn(page, scale).into_png().map_err(|_| NoPreview::Damaged)?;
    let pages = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    Ok(Preview { image, media_type: "image/png", pages })
}

/// Every page as a picture whose longest side has so many pixels, one after the other.
pub(crate) fn each(
    bytes: Vec<u8>,
    longest: u32,
    mut take: impl FnMut(DynamicImage) -> Result<(), NoPreview>,
) -> Result<(), NoPreview> {
    let pdf = opened(bytes)?;
    let pages = pdf.pages();
    let mut all = 0_u64;
    if pages.is_empty() {
        return Err(NoPreview::Damaged);
    }
    if pages.len() > MOST_PAGES {
        return Err(NoPreview::TooLarge);
    }
    for page in pages.iter() {
        let (across, down) = size(page)?;
        let scale = f64::from(longest) / across.max(down);
        all = all.saturating_add(work::of_page(page, scale)?);
        if all > work::MOST_WORK_IN_ALL {
            return Err(NoPreview::TooMuchWork);
        }
        let picture = drawn(page, scale);
        let (width, height) = (u32::from(picture.width()), u32::from(picture.height()));
        // On white paper nothing is transparent.
        let pixels = picture.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        take(RgbImage::from_raw(width, height, pixels).ok_or(NoPreview::Damaged)?.into())?;
    }
    Ok(())
}

fn size(page: &Page<'_>) -> Result<(f64, f64), NoPreview> {
    let (across, down) = page.render_dimensions();
    if across >= 1.0 && down >= 1.0 { Ok((across.into(), down.into())) } else { Err(NoPreview::Damaged) }
}

fn drawn(page: &Page<'_>, scale: f64) -> Pixmap {
    #[expect(clippy::cast_possible_truncation, reason = "a scale of a few digits is enough")]
    let scale = scale as f32;
    let paper = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    render(page, &RenderCache::new(), &InterpreterSettings::default(), &RenderSettings::default(), &paper)
}

fn open(bytes: Vec<u8>) -> Result<Pdf, NoPreview> {
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => NoPreview::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => NoPreview::Damaged,
    })
}

/// A stranger's PDF.
fn opened(bytes: Vec<u8>) -> Result<Pdf, NoPreview> {
    weigh(&bytes)?;
    open(bytes)
}

/// Whether all pages of a PDF can be drawn with the work that drawing may take.
pub(crate) fn count_work(bytes: Vec<u8>, longest: u32) -> Result<(), NoPreview> {
    weigh_packed_again(&bytes)?;
    let pdf = open(bytes)?;
    let mut all = 0_u64;
    for page in pdf.pages().iter() {
        let Ok((across, down)) = size(page) else { continue };
        all = all.saturating_add(work::of_page(page, f64::from(longest) / across.max(down))?);
        if all > work::MOST_WORK_IN_ALL {
            return Err(NoPreview::TooMuchWork);
        }
    }
    Ok(())
}
