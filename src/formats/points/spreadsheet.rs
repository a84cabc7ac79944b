//! Points as XLSX: one sheet with a header that stays in sight.

use rust_xlsxwriter::Format;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::XlsxError;

use crate::formats::csv_rows::Cell;
use crate::formats::points::Points;
use crate::formats::points::PointsError;

/// Rows of a sheet, less the header.
const MOST_ROWS: usize = 1_048_575;

/// Letters of a cell.
const LONGEST_CELL: usize = 32_767;

/// How wide a column is, in letters.
const COLUMN_WIDTH: f64 = 14.0;

/// The workbook. Every text is a text to the program that opens it, whatever it begins with.
pub(super) fn bytes(points: &Points<'_>) -> Result<Vec<u8>, PointsError> {
    if points.rows.len() > MOST_ROWS {
        return Err(PointsError::TooManyRows);
    }
    workbook(points).map_err(|error| PointsError::Failed {
        format: "XLSX",
        fault: error.to_string(),
    })
}

fn workbook(points: &Points<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("register")?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    let datum = points.datum.to_string();
    let columns = points
        .columns
        .iter()
        .copied()
        .chain(["lon", "lat", "datum"]);
    for (column, header) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, header, &bold)?;
        sheet.set_column_width(column, COLUMN_WIDTH)?;
    }
    for (row, point) in (1..).zip(&points.rows) {
        let place = point.at.map(Cell::Number);
        let about = [Cell::Text(datum.clone())];
        let cells = point.cells.iter().chain(&place).chain(&about);
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) if text.encode_utf16().count() > LONGEST_CELL => {
                    // Letters beyond the first plane count twice.
                    let text: String = text.chars().take(LONGEST_CELL / 2).collect();
                    sheet.write_string(row, column, text)?;
                }
                Cell::Text(text) => {
                    sheet.write_string(row, column, text)?;
                }
                Cell::Number(number) => {
                    sheet.write_number(row, column, *number)?;
                }
                Cell::Empty => {}
            }
        }
    }
    if let Some(attribution) = points.attribution {
        let about = book.add_worksheet();
        about.set_name("source")?;
        about.write_string(0, 0, attribution)?;
    }
    book.save_to_buffer()
}
