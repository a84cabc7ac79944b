//! Labels for pieces of equipment: two times four on a sheet of A4, with marks to cut along.

use crate::formats::pdf::PdfError;
use crate::formats::pdf::paper::Align;
use crate::formats::pdf::paper::Color;
use crate::formats::pdf::paper::Frame;
use crate::formats::pdf::paper::HEIGHT;
use crate::formats::pdf::paper::Item;
use crate::formats::pdf::paper::Look;
use crate::formats::pdf::paper::Paper;
use crate::formats::pdf::paper::WIDTH;
use crate::formats::pdf::paper::Weight;
use crate::formats::pdf::paper::filled;
use crate::formats::pdf::paper::rule;
use crate::formats::pdf::paper::text;
use crate::formats::pdf::qr;
use crate::formats::pdf::text::fitted;
use crate::formats::pdf::text::harmless;
use crate::formats::pdf::text::size_for;

/// Labels beside each other.
const ACROSS: usize = 2;

/// Labels below each other.
const DOWN: usize = 4;

/// Of one label, points: 92 mm.
const WIDE: f32 = 260.8;

/// Of one label, points: 66 mm.
const TALL: f32 = 187.1;

/// The side of a QR code with its white border, points: 36 mm.
const CODE: f32 = 102.0;

/// The band with the warning, points.
const BAND: f32 = 62.0;

/// Within a label, points.
const INSET: f32 = 13.0;

/// The labels of some pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// `zh-CN` or `en`.
    pub language: String,
    /// What the file is called.
    pub title: String,
    /// What nobody may do, in one language and in the other.
    pub warning: [String; 2],
    /// One by one.
    pub labels: Vec<Label>,
}

/// One label.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    /// The piece's code.
    pub code: String,
    /// What it is, in one language and in the other.
    pub kind: [String; 2],
    /// Where it belongs; empty where that is not known.
    pub place: String,
    /// Its page's address, which the QR code holds.
    pub address: String,
}

impl Labels {
    /// The file.
    ///
    /// # Errors
    ///
    /// For an address that no QR code holds.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        self.paper()?.pdf()
    }

    /// The sheets.
    ///
    /// # Errors
    ///
    /// For an address that no QR code holds.
    pub fn paper(&self) -> Result<Paper, PdfError> {
        let mut paper = Paper {
            title: harmless(&self.title),
            language: self.language.clone(),
            pages: Vec::new(),
        };
        for sheet in self.labels.chunks(ACROSS * DOWN) {
            let mut page = cut_marks();
            for (index, label) in sheet.iter().enumerate() {
                let (column, row) = (index % ACROSS, index / ACROSS);
                let left = left() + column as f32 * WIDE;
                let top = top() + row as f32 * TALL;
                self.draw(&mut page, label, [left, top])?;
            }
            paper.pages.push(page);
        }
        // A file has a page, even where nothing is to be labeled.
        paper.page();
        Ok(paper)
    }

    fn draw(
        &self,
        page: &mut Vec<Item>,
        label: &Label,
        [left, top]: [f32; 2],
    ) -> Result<(), PdfError> {
        let edge = 5.0;
        let frame = Frame {
            left: left + edge,
            top: top + edge,
            right: left + WIDE - edge,
            bottom: top + TALL - edge,
        };
        let band = Frame {
            bottom: frame.top + BAND,
            ..frame
        };
        page.push(filled(band, Color::GAP));
        let middle = f32::midpoint(frame.left, frame.right);
        let room = frame.right - frame.left - 2.0 * INSET;
        let sizes = [(21.0, 29.0), (13.0, 49.0)];
        for (said, (most, y)) in self.warning.iter().zip(sizes) {
            let said = harmless(said);
            let look = Look::new(size_for(&said, most, room), Color::WHITE, Weight::Bold);
            page.push(text(&said, [middle, frame.top + y], Align::Middle, look));
        }
        let code_left = frame.right - CODE - 3.0;
        let code_top = f32::midpoint(band.bottom, frame.bottom) - CODE / 2.0;
        page.push(qr::drawn(&label.address, [code_left, code_top], CODE)?);
        let x = frame.left + INSET;
        let room = code_left - x - 2.0;
        let kind = Look::new(10.5, Color::INK, Weight::Bold);
        let other = Look::new(8.5, Color::SOFT, Weight::Regular);
        let says = |page: &mut Vec<Item>, said: &str, y: f32, look: Look| {
            let said = fitted(&harmless(said), look.size, room);
            page.push(text(&said, [x, y], Align::Left, look));
        };
        says(page, &label.kind[0], band.bottom + 21.0, kind);
        says(page, &label.kind[1], band.bottom + 34.0, other);
        let code = harmless(&label.code);
        let look = Look::new(size_for(&code, 27.0, room), Color::INK, Weight::Bold);
        page.push(text(&code, [x, band.bottom + 69.0], Align::Left, look));
        says(page, &label.place, band.bottom + 87.0, other);
        let address = harmless(&label.address);
        let address = address
            .split_once("://")
            .map_or(address.as_str(), |(_, rest)| rest);
        let size = size_for(address, 6.5, room).max(4.5);
        says(
            page,
            address,
            frame.bottom - 8.0,
            Look::new(size, Color::SOFT, Weight::Regular),
        );
        page.push(Item::Strokes {
            lines: vec![
                frame
                    .ring()
                    .into_iter()
                    .chain([[frame.left, frame.top]])
                    .collect(),
            ],
            color: Color::GAP,
            width: 1.0,
            dash: None,
        });
        Ok(())
    }
}

fn left() -> f32 {
    (WIDTH - WIDE * ACROSS as f32) / 2.0
}

fn top() -> f32 {
    (HEIGHT - TALL * DOWN as f32) / 2.0
}

/// Short lines at the edges of the sheet and crosses between the labels.
fn cut_marks() -> Vec<Item> {
    let (x, y) = (left(), top());
    let mut marks = Vec::new();
    let mut mark = |from, to| marks.push(rule(from, to, Color::SOFT, 0.4));
    let bottom = y + TALL * DOWN as f32;
    let right = x + WIDE * ACROSS as f32;
    for column in 0..=ACROSS {
        let x = x + WIDE * column as f32;
        mark([x, y - 14.0], [x, y - 4.0]);
        mark([x, bottom + 4.0], [x, bottom + 14.0]);
    }
    for row in 0..=DOWN {
        let y = y + TALL * row as f32;
        mark([x - 14.0, y], [x - 4.0, y]);
        mark([right + 4.0, y], [right + 14.0, y]);
        for column in 0..=ACROSS {
            let x = x + WIDE * column as f32;
            mark([x - 2.5, y], [x + 2.5, y]);
            mark([x, y - 2.5], [x, y + 2.5]);
        }
    }
    marks
}
