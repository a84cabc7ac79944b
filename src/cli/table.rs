//! Text tables: columns aligned by what a terminal shows, Chinese too.

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

/// Wider cells are cut, in columns of a terminal.
const WIDEST_CELL: usize = 40;

/// Whether headings stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Nothing but text.
    Plain,
    /// Headings are bold.
    Terminal,
}

/// To which side a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// A table with its rows.
#[derive(Clone, Debug)]
pub(super) struct Table {
    columns: Vec<(&'static str, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new(columns: &[(&'static str, Align)]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row with one cell a column.
    pub fn add(&mut self, cells: &[String]) {
        let shown = cells.iter().map(|cell| cut(&one_line(cell)));
        self.rows.push(shown.collect());
    }

    /// The table, indented by two, ending with a line feed.
    pub fn text(&self) -> String {
        let header: Vec<String> = self
            .columns
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        let lines = || std::iter::once(&header).chain(&self.rows);
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|column| {
                lines()
                    .map(|cells| cells[column].width())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let mut text = String::new();
        for cells in lines() {
            let mut line = String::new();
            for ((cell, &width), (_, align)) in cells.iter().zip(&widths).zip(&self.columns) {
                let gap = " ".repeat(width - cell.width());
                line += "  ";
                let [first, second] = match align {
                    Align::Left => [cell.as_str(), &gap],
                    Align::Right => [&gap, cell.as_str()],
                };
                line += first;
                line += second;
            }
            text += line.trim_end();
            text.push('\n');
        }
        text
    }
}

/// A heading with a blank line above it.
pub(super) fn heading(text: &str, tone: Tone) -> String {
    match tone {
        Tone::Plain => format!("\n{text}\n"),
        Tone::Terminal => format!("\n\u{1b}[1m{text}\u{1b}[0m\n"),
    }
}

/// A text on one line and without signs that steer a terminal.
pub(super) fn one_line(text: &str) -> String {
    let plain = |c: char| if is_plain(c) { c } else { ' ' };
    text.chars().map(plain).collect()
}

/// Neither a control sign nor one that turns the direction of the text around.
fn is_plain(c: char) -> bool {
    let turns =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !c.is_control() && !turns
}

fn cut(cell: &str) -> String {
    if cell.width() <= WIDEST_CELL {
        return cell.to_owned();
    }
    let mut kept = String::new();
    let mut width = 1;
    for c in cell.chars() {
        width += c.width().unwrap_or(0);
        if width > WIDEST_CELL {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// A count with its thousands apart: `12,345`.
pub(super) fn count(n: usize) -> String {
    grouped(&n.to_string())
}

/// A length in whole meters, or to a decimeter below 10 m: `12,345`, `7.5`.
pub(super) fn meters(length_m: f64) -> String {
    let digits = usize::from(length_m < 9.95);
    let text = format!("{length_m:.digits$}");
    match text.split_once('.') {
        Some((whole, "0")) => grouped(whole),
        Some((whole, part)) => format!("{}.{part}", grouped(whole)),
        None => grouped(&text),
    }
}

/// A share from 0 to 1 as a percentage, rounded down: what is not whole is never shown as 100%.
pub(super) fn percent(share: f64) -> String {
    // A share like 0.29 is 28.999999999999996 hundredths.
    let tenths = (share * 1000.0 + 1e-6).floor();
    format!("{:.1}%", tenths / 10.0)
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Adds a line.
pub(super) fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("writing to a string does not fail");
}
