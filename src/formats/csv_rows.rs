//! CSV that goes out: rows of texts and numbers, safe to open in a spreadsheet.

use ::csv::WriterBuilder;

/// With these a formula begins, or what a spreadsheet takes for one.
pub(super) const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text from anywhere; one that a spreadsheet would run as a formula gets an apostrophe in front.
    Text(String),
    /// A number, in the unit that its column names.
    Number(f64),
    /// Nothing.
    Empty,
}

impl Cell {
    /// A text, or nothing.
    pub fn text_or_empty(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.to_owned()))
    }

    /// A number, or nothing.
    pub fn number_or_empty(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    fn shown(&self) -> String {
        match self {
            Self::Text(text) if text.starts_with(FORMULAS) => {
                format!("'{text}")
            }
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Empty => String::new(),
        }
    }
}

/// A header and rows as CSV, UTF-8 with a line feed after each row.
pub fn bytes(header: &[&str], rows: &[Vec<Cell>]) -> Vec<u8> {
    let why = "writing to memory does not fail, and rows may differ in length";
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    writer.write_record(header).expect(why);
    for row in rows {
        writer.write_record(row.iter().map(Cell::shown)).expect(why);
    }
    writer.into_inner().expect(why)
}
