//! Papers to print: a village's report and the labels of its equipment, as PDF with the font in it.
//!
//! The font is a part of Noto Sans CJK SC (see `noto-sans-sc.md`): the letters of Western Europe and the hanzi of GB 2312.
//! A rarer character is drawn as an empty box; nothing tells which one it was.

mod file;
pub mod labels;
pub mod map;
pub mod paper;
pub mod qr;
pub mod report;
mod table;
pub mod text;

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// The font in the program, or what was drawn, is not taken.
    #[error("the PDF cannot be made, which is a fault of the program itself: {0}")]
    NotMade(String),
    /// An address that no QR code holds.
    #[error("{0} is too long for a QR code; give a shorter address")]
    TooLong(String),
}
