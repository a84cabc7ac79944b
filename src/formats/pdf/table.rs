//! Tables that go on over pages, with their headings on each.

use crate::formats::pdf::paper::Align;
use crate::formats::pdf::paper::Color;
use crate::formats::pdf::paper::Frame;
use crate::formats::pdf::paper::Item;
use crate::formats::pdf::paper::Look;
use crate::formats::pdf::paper::Weight;
use crate::formats::pdf::paper::filled;
use crate::formats::pdf::paper::rule;
use crate::formats::pdf::paper::text;
use crate::formats::pdf::report::Cell;
use crate::formats::pdf::report::Column;
use crate::formats::pdf::report::Table;
use crate::formats::pdf::report::Tone;
use crate::formats::pdf::text::fitted;
use crate::formats::pdf::text::harmless;
use crate::formats::pdf::text::wrapped;

/// Of the letters in a cell, points.
const SIZE: f32 = 8.0;

/// Of the letters in the headings, points.
const HEADING: f32 = 7.5;

/// From one base line to the next, points.
const LEADING: f32 = 11.5;

/// Above and below the lines of a row, points.
const PADDING: f32 = 3.75;

/// Between two columns, points.
const GUTTER: f32 = 9.0;

/// The row of headings, points.
const HEAD: f32 = 18.0;

/// A cell has so many lines at most.
const MOST_LINES: usize = 2;

/// Where a table stands on its page, and where its columns are.
pub(super) struct Setting<'a> {
    table: &'a Table,
    left: f32,
    right: f32,
    /// Left and right of each column.
    columns: Vec<[f32; 2]>,
}

/// A row that is ready to be drawn.
pub(super) struct Row {
    cells: Vec<(Vec<String>, Tone)>,
    /// Points.
    pub height: f32,
}

impl<'a> Setting<'a> {
    /// A table between two edges.
    pub fn new(table: &'a Table, [left, right]: [f32; 2]) -> Self {
        let all: f32 = table.columns.iter().map(|column| column.share).sum();
        let gutters = GUTTER * (table.columns.len() as f32 + 1.0);
        let room = right - left - gutters;
        let mut x = left + GUTTER;
        let place = |column: &Column| {
            let from = x;
            x += room * column.share / all + GUTTER;
            [from, x - GUTTER]
        };
        Self {
            columns: table.columns.iter().map(place).collect(),
            table,
            left,
            right,
        }
    }

    /// The height of the headings with the first row below them, points.
    pub fn least_height() -> f32 {
        HEAD + LEADING * MOST_LINES as f32 + 2.0 * PADDING
    }

    /// The rows, their texts cut into lines.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.table.rows.iter().map(|row| {
            let cells = row.iter().zip(&self.columns);
            let lines = |(cell, [from, to]): (&Cell, &[f32; 2])| {
                let lines = wrapped(&harmless(&cell.text), SIZE, to - from, MOST_LINES);
                (lines, cell.tone)
            };
            let cells: Vec<_> = cells.map(lines).collect();
            let most = cells.iter().map(|(lines, _)| lines.len()).max();
            Row {
                height: most.unwrap_or(1) as f32 * LEADING + 2.0 * PADDING,
                cells,
            }
        })
    }

    /// Draws the headings at a height; tells where the rows begin.
    pub fn head(&self, page: &mut Vec<Item>, top: f32) -> f32 {
        let frame = Frame {
            left: self.left,
            top,
            right: self.right,
            bottom: top + HEAD,
        };
        page.push(filled(frame, Color::PALE));
        let look = Look::new(HEADING, Color::ACCENT, Weight::Bold);
        for (column, &[from, to]) in self.table.columns.iter().zip(&self.columns) {
            let title = fitted(&harmless(&column.title), HEADING, to - from);
            let (x, align) = side(column, from, to);
            page.push(text(&title, [x, top + 11.8], align, look));
        }
        top + HEAD
    }

    /// Draws a row at a height; tells where the next one begins.
    pub fn row(&self, page: &mut Vec<Item>, row: &Row, top: f32) -> f32 {
        let columns = self.table.columns.iter().zip(&self.columns);
        for ((lines, tone), (column, &[from, to])) in row.cells.iter().zip(columns) {
            let (color, weight) = match tone {
                Tone::Plain => (Color::INK, Weight::Regular),
                Tone::Strong => (Color::INK, Weight::Bold),
                Tone::Soft => (Color::SOFT, Weight::Regular),
                Tone::Bad => (Color::GAP, Weight::Bold),
            };
            let (x, align) = side(column, from, to);
            for (index, line) in lines.iter().enumerate() {
                let y = top + PADDING + 8.6 + index as f32 * LEADING;
                page.push(text(line, [x, y], align, Look::new(SIZE, color, weight)));
            }
        }
        let bottom = top + row.height;
        page.push(rule(
            [self.left, bottom],
            [self.right, bottom],
            Color::LINE,
            0.5,
        ));
        bottom
    }
}

fn side(column: &Column, from: f32, to: f32) -> (f32, Align) {
    match column.align {
        Align::Left => (from, Align::Left),
        Align::Right => (to, Align::Right),
        Align::Middle => (f32::midpoint(from, to), Align::Middle),
    }
}
