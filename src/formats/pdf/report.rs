//! A village's report: what it is about, the totals, the map, and tables that go on over pages.

use crate::formats::pdf::PdfError;
use crate::formats::pdf::map;
use crate::formats::pdf::map::Map;
use crate::formats::pdf::map::Sample;
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
use crate::formats::pdf::table::Setting;
use crate::formats::pdf::text::fitted;
use crate::formats::pdf::text::harmless;
use crate::formats::pdf::text::size_for;
use crate::formats::pdf::text::width;
use crate::formats::pdf::text::wrapped;

/// Left and right of everything, points.
const SIDE: f32 = 42.0;

/// Above everything, points.
const TOP: f32 = 46.0;

/// Nothing but the foot lies below this, points.
const BOTTOM: f32 = HEIGHT - 54.0;

/// The right edge of everything, points.
const RIGHT: f32 = WIDTH - SIDE;

/// A village's report, every word in its language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// `zh-CN` or `en`.
    pub language: String,
    /// What kind of paper it is.
    pub kind: String,
    /// The village.
    pub title: String,
    /// The region, the day.
    pub subtitle: String,
    /// What must be said before anything else, such as that data are made up; empty for nothing.
    pub notice: String,
    /// The totals.
    pub figures: Vec<Figure>,
    /// The covered share of the banks, from 0 to 1; none without banks.
    pub share: Option<f64>,
    /// What the totals rest on.
    pub rests_on: String,
    /// The picture.
    pub map: Map,
    /// What the picture shows.
    pub legend: Vec<(Sample, String)>,
    /// The lists.
    pub tables: Vec<Table>,
    /// Below every page.
    pub foot: String,
}

/// One of the totals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// In large letters.
    pub value: String,
    /// What it is.
    pub name: String,
    /// What more there is to say; empty for nothing.
    pub note: String,
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Above it.
    pub title: String,
    /// Below its title; in place of its rows where there are none. Empty for nothing.
    pub note: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Above it.
    pub title: String,
    /// Its width, compared with the others.
    pub share: f32,
    /// Where its texts stand.
    pub align: Align,
}

/// A cell of a list; of a text longer than two lines the end is left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// How it says so.
    pub tone: Tone,
}

/// How a cell says what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As most.
    Plain,
    /// As what is looked for.
    Strong,
    /// As what matters less.
    Soft,
    /// As what must be mended.
    Bad,
}

impl Report {
    /// The file.
    ///
    /// # Errors
    ///
    /// Only for a fault of the program itself.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        self.paper().pdf()
    }

    /// The pages.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper {
            title: harmless(&format!("{} · {}", self.title, self.kind)),
            language: self.language.clone(),
            pages: Vec::new(),
        };
        let mut y = self.head(paper.page());
        y = self.notice(paper.page(), y);
        y = self.figures(paper.page(), y);
        y = self.picture(paper.page(), y);
        for table in &self.tables {
            y = draw_table(&mut paper, table, y);
        }
        self.feet(&mut paper);
        paper
    }

    fn head(&self, page: &mut Vec<Item>) -> f32 {
        let kind = Look::new(9.0, Color::ACCENT, Weight::Bold);
        page.push(text(&self.kind, [SIDE, TOP + 4.0], Align::Left, kind));
        let title = harmless(&self.title);
        let size = size_for(&title, 25.0, RIGHT - SIDE).max(14.0);
        let title = fitted(&title, size, RIGHT - SIDE);
        let look = Look::new(size, Color::INK, Weight::Bold);
        page.push(text(&title, [SIDE, TOP + 35.0], Align::Left, look));
        let subtitle = fitted(&harmless(&self.subtitle), 9.5, RIGHT - SIDE);
        let look = Look::new(9.5, Color::SOFT, Weight::Regular);
        page.push(text(&subtitle, [SIDE, TOP + 55.0], Align::Left, look));
        page.push(rule(
            [SIDE, TOP + 66.0],
            [RIGHT, TOP + 66.0],
            Color::ACCENT,
            1.2,
        ));
        TOP + 66.0
    }

    fn notice(&self, page: &mut Vec<Item>, top: f32) -> f32 {
        if self.notice.is_empty() {
            return top;
        }
        let lines = wrapped(&harmless(&self.notice), 8.5, RIGHT - SIDE - 20.0, 3);
        let frame = Frame {
            left: SIDE,
            top: top + 10.0,
            right: RIGHT,
            bottom: top + 10.0 + 11.0 + 11.5 * lines.len() as f32,
        };
        page.push(filled(frame, Color::MADE_UP));
        page.push(rule(
            [SIDE, frame.top],
            [SIDE, frame.bottom],
            Color::MADE_UP_LINE,
            2.0,
        ));
        for (index, line) in lines.iter().enumerate() {
            let y = frame.top + 14.0 + 11.5 * index as f32;
            let look = Look::new(8.5, Color::INK, Weight::Regular);
            page.push(text(line, [SIDE + 10.0, y], Align::Left, look));
        }
        frame.bottom
    }

    fn figures(&self, page: &mut Vec<Item>, top: f32) -> f32 {
        let step = (RIGHT - SIDE) / self.figures.len().max(1) as f32;
        for (index, figure) in self.figures.iter().enumerate() {
            let x = SIDE + step * index as f32;
            let room = step - 10.0;
            let name = fitted(&harmless(&figure.name), 8.0, room);
            let soft = Look::new(8.0, Color::SOFT, Weight::Regular);
            page.push(text(&name, [x, top + 24.0], Align::Left, soft));
            let value = harmless(&figure.value);
            let size = size_for(&value, 19.0, room);
            let look = Look::new(size, Color::INK, Weight::Bold);
            page.push(text(&value, [x, top + 47.0], Align::Left, look));
            let note = fitted(&harmless(&figure.note), 7.5, room);
            let look = Look::new(7.5, Color::SOFT, Weight::Regular);
            page.push(text(&note, [x, top + 62.0], Align::Left, look));
        }
        let mut y = top + 73.0;
        if let Some(share) = self.share {
            let middle = SIDE + (RIGHT - SIDE) * share.clamp(0.0, 1.0) as f32;
            let part = |left, right| Frame {
                left,
                top: y,
                right,
                bottom: y + 5.0,
            };
            page.push(filled(part(SIDE, RIGHT), Color::GAP));
            page.push(filled(part(SIDE, middle), Color::WITHIN));
            y += 5.0;
        }
        let look = Look::new(7.5, Color::SOFT, Weight::Regular);
        for line in wrapped(&harmless(&self.rests_on), 7.5, RIGHT - SIDE, 2) {
            y += 12.0;
            page.push(text(&line, [SIDE, y], Align::Left, look));
        }
        y + 4.0
    }

    fn picture(&self, page: &mut Vec<Item>, top: f32) -> f32 {
        let top = top + 10.0;
        let height = self.map.height();
        let frame = Frame {
            left: SIDE,
            top,
            right: SIDE + map::WIDE,
            bottom: top + height,
        };
        page.extend(self.map.drawn(frame));
        let (mut x, y) = (SIDE, frame.bottom + 14.0);
        for (sample, name) in &self.legend {
            let name = harmless(name);
            page.extend(map::sample(*sample, [x, y - 2.7]));
            let look = Look::new(7.5, Color::SOFT, Weight::Regular);
            page.push(text(&name, [x + 21.0, y], Align::Left, look));
            x += 21.0 + width(&name, 7.5) + 16.0;
        }
        y + 6.0
    }

    fn feet(&self, paper: &mut Paper) {
        let n_pages = paper.pages.len();
        let look = Look::new(7.0, Color::SOFT, Weight::Regular);
        for (index, page) in paper.pages.iter_mut().enumerate() {
            let y = HEIGHT - 36.0;
            page.push(rule([SIDE, y], [RIGHT, y], Color::LINE, 0.6));
            let foot = fitted(&harmless(&self.foot), 7.0, RIGHT - SIDE - 50.0);
            page.push(text(&foot, [SIDE, y + 12.0], Align::Left, look));
            let number = format!("{} / {n_pages}", index + 1);
            page.push(text(&number, [RIGHT, y + 12.0], Align::Right, look));
            if index > 0 {
                let head = fitted(&harmless(&paper.title), 7.5, RIGHT - SIDE);
                page.push(text(&head, [SIDE, 34.0], Align::Left, look));
            }
        }
    }
}

/// Draws a table from a height on, over as many pages as it takes; tells where it ends.
fn draw_table(paper: &mut Paper, table: &Table, top: f32) -> f32 {
    let note = wrapped(&harmless(&table.note), 8.5, RIGHT - SIDE, 3);
    let note = note.iter().filter(|line| !line.is_empty());
    let lead = 44.0 + 12.0 * note.clone().count() as f32;
    let mut y = top;
    let least = if table.rows.is_empty() {
        0.0
    } else {
        Setting::least_height()
    };
    if BOTTOM < y + lead + least {
        paper.pages.push(Vec::new());
        y = TOP - 18.0;
    }
    y += 30.0;
    let look = Look::new(12.5, Color::INK, Weight::Bold);
    paper
        .page()
        .push(text(&table.title, [SIDE, y], Align::Left, look));
    for (index, line) in note.enumerate() {
        y += if index == 0 { 17.0 } else { 12.0 };
        let look = Look::new(8.5, Color::SOFT, Weight::Regular);
        paper.page().push(text(line, [SIDE, y], Align::Left, look));
    }
    y += 9.0;
    if table.rows.is_empty() {
        return y;
    }
    let setting = Setting::new(table, [SIDE, RIGHT]);
    y = setting.head(paper.page(), y);
    for row in setting.rows() {
        if BOTTOM < y + row.height {
            paper.pages.push(Vec::new());
            y = setting.head(paper.page(), TOP);
        }
        y = setting.row(paper.page(), &row, y);
    }
    y
}
