//! A paper as a PDF file.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::Path;
use krilla::geom::PathBuilder;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::paint::FillRule;
use krilla::paint::LineCap;
use krilla::paint::LineJoin;
use krilla::paint::Stroke;
use krilla::paint::StrokeDash;
use krilla::surface::Surface;

use crate::formats::pdf::PdfError;
use crate::formats::pdf::paper::Color;
use crate::formats::pdf::paper::Frame;
use crate::formats::pdf::paper::HEIGHT;
use crate::formats::pdf::paper::Item;
use crate::formats::pdf::paper::Paper;
use crate::formats::pdf::paper::WIDTH;
use crate::formats::pdf::paper::Weight;
use crate::formats::pdf::text::Face;

/// The edge of a bold letter, in its size.
const BOLD: f32 = 0.035;

/// The white edge of a letter on a map, in its size.
const HALO: f32 = 0.3;

impl Paper {
    /// The file.
    ///
    /// # Errors
    ///
    /// Only for a fault of the program itself.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let face = Face::get()?;
        let mut document = Document::new();
        for items in &self.pages {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT);
            let settings = settings.ok_or_else(|| not_made(&"a page without size"))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            draw(&mut surface, face, items);
            surface.finish();
            page.finish();
        }
        let about = Metadata::new()
            .title(self.title.clone())
            .language(self.language.clone())
            .creator(format!("Zhugan {}", env!("CARGO_PKG_VERSION")));
        document.set_metadata(about);
        document.finish().map_err(|fault| not_made(&fault))
    }
}

fn not_made(fault: &impl std::fmt::Debug) -> PdfError {
    PdfError::NotMade(format!("{fault:?}"))
}

fn draw(surface: &mut Surface<'_>, face: &Face, items: &[Item]) {
    for item in items {
        match item {
            Item::Text { .. } => draw_text(surface, face, item),
            Item::Areas { rings, color } => {
                let Some(path) = path(rings, true) else {
                    continue;
                };
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*color)));
                surface.draw_path(&path);
            }
            Item::Strokes {
                lines,
                color,
                width,
                dash,
            } => {
                let Some(path) = path(lines, false) else {
                    continue;
                };
                surface.set_fill(None);
                surface.set_stroke(Some(stroke(*color, *width, *dash)));
                surface.draw_path(&path);
            }
            Item::Clipped { frame, items } => {
                let Some(path) = path(&[Frame::ring(*frame)], true) else {
                    continue;
                };
                surface.push_clip_path(&path, &FillRule::NonZero);
                draw(surface, face, items);
                surface.pop();
            }
        }
    }
}

fn draw_text(surface: &mut Surface<'_>, face: &Face, item: &Item) {
    let Item::Text {
        at: [x, y],
        size,
        color,
        weight,
        text,
    } = item
    else {
        return;
    };
    let glyphs = face.glyphs(text);
    if glyphs.is_empty() {
        return;
    }
    let mut write = |edge: Option<Stroke>, is_outline: bool| {
        surface.set_fill((!is_outline).then(|| fill(*color)));
        surface.set_stroke(edge);
        let start = Point::from_xy(*x, *y);
        // An outline is not text, so that what is copied from the page is there once.
        surface.draw_glyphs(start, &glyphs, face.font.clone(), text, *size, is_outline);
    };
    match weight {
        Weight::Regular => write(None, false),
        Weight::Bold => write(Some(stroke(*color, size * BOLD, None)), false),
        Weight::Haloed => {
            write(Some(stroke(Color::WHITE, size * HALO, None)), true);
            write(None, false);
        }
    }
}

fn path(lines: &[Vec<[f32; 2]>], is_closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for line in lines {
        let [[x, y], rest @ ..] = line.as_slice() else {
            continue;
        };
        path.move_to(*x, *y);
        for [x, y] in rest {
            path.line_to(*x, *y);
        }
        if is_closed {
            path.close();
        }
    }
    path.finish()
}

fn paint(Color(red, green, blue): Color) -> krilla::paint::Paint {
    rgb::Color::new(red, green, blue).into()
}

fn fill(color: Color) -> Fill {
    Fill {
        paint: paint(color),
        opacity: NormalizedF32::ONE,
        rule: FillRule::EvenOdd,
    }
}

fn stroke(color: Color, width: f32, dash: Option<[f32; 2]>) -> Stroke {
    Stroke {
        paint: paint(color),
        width,
        miter_limit: 4.0,
        line_cap: match dash {
            Some(_) => LineCap::Butt,
            None => LineCap::Round,
        },
        line_join: LineJoin::Round,
        opacity: NormalizedF32::ONE,
        dash: dash.map(|dash| StrokeDash {
            array: dash.to_vec(),
            offset: 0.0,
        }),
    }
}
