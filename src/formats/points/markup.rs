//! Text that goes into XML.

use quick_xml::escape::escape;

use crate::formats::csv_rows::Cell;

/// A text with every letter that means something to XML written so that it does not, and without those that XML forbids.
pub(in crate::formats) fn plain(text: &str) -> String {
    let is_allowed = |letter: &char| {
        matches!(letter, '\t' | '\n' | '\r')
            || (*letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}'))
    };
    let allowed: String = text.chars().filter(is_allowed).collect();
    escape(allowed.as_str()).into_owned()
}

/// A cell as text, if there is anything in it.
pub(super) fn cell(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(plain(text)).filter(|text| !text.is_empty()),
        Cell::Number(number) => Some(number.to_string()),
        Cell::Empty => None,
    }
}
