//! QR codes as the dark squares that they are made of.

use fast_qr::ECL;
use fast_qr::QRBuilder;

use crate::formats::pdf::PdfError;
use crate::formats::pdf::paper::Color;
use crate::formats::pdf::paper::Frame;
use crate::formats::pdf::paper::Item;

/// The white border that readers need around it, squares.
pub const QUIET: usize = 4;

/// Which squares of a code are dark, row by row, without the white border.
///
/// A quarter of it may be worn off.
///
/// # Errors
///
/// For a text that no code holds.
pub fn squares(text: &str) -> Result<Vec<Vec<bool>>, PdfError> {
    let code = QRBuilder::new(text).ecl(ECL::Q).build();
    let code = code.map_err(|_| PdfError::TooLong(text.chars().take(80).collect()))?;
    let row = |row: usize| code[row].iter().map(|square| square.value()).collect();
    Ok((0..code.size).map(row).collect())
}

/// The code of a text in a square frame, its white border included.
pub(super) fn drawn(text: &str, [left, top]: [f32; 2], side: f32) -> Result<Item, PdfError> {
    let squares = squares(text)?;
    let step = side / (squares.len() + 2 * QUIET) as f32;
    let at = |index: usize| (index + QUIET) as f32 * step;
    let mut rings = Vec::new();
    for (y, row) in squares.iter().enumerate() {
        let mut x = 0;
        // Neighbors in a row are one bar, so that no hairline shows between them.
        while x < row.len() {
            let length = row[x..].iter().take_while(|dark| **dark).count();
            if length > 0 {
                let bar = Frame {
                    left: left + at(x),
                    top: top + at(y),
                    right: left + at(x + length),
                    bottom: top + at(y + 1),
                };
                rings.push(bar.ring());
            }
            x += length.max(1);
        }
    }
    Ok(Item::Areas {
        rings,
        color: Color(0, 0, 0),
    })
}
