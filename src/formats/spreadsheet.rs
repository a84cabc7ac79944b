//! Registers as XLSX: the first sheet that is a register, or the one that the region's file names.

use std::cmp::Reverse;
use std::io::Cursor;

use calamine::DataRef;
use calamine::Reader;
use calamine::Xlsx;
use calamine::XlsxError;

use crate::formats::archive;
use crate::formats::archive::ArchiveError;
use crate::formats::placing::Placing;
use crate::formats::reading::Reading;
use crate::formats::region_file::Source;
use crate::formats::report::Report;
use crate::formats::section::shortened_text;
use crate::formats::table;
use crate::formats::table::MOST_ROWS;
use crate::formats::table::Table;
use crate::formats::table::TableError;

/// Above the header stand titles and dates, at most so many rows.
const MOST_TITLES: usize = 20;

/// Columns further right than this are no register's.
const MOST_COLUMNS: u32 = 500;

/// Why a spreadsheet cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SpreadsheetError {
    /// No archive, or a bomb.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// Not a workbook.
    #[error(
        "is no XLSX workbook that can be read ({0}); save it again as .xlsx, or as CSV in UTF-8"
    )]
    Broken(String),
    /// No such sheet.
    #[error("has no sheet {wanted:?}; its sheets are {found}")]
    NoSheet {
        /// As the region's file names it.
        wanted: String,
        /// Those that it has.
        found: String,
    },
    /// No register.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl From<XlsxError> for SpreadsheetError {
    fn from(error: XlsxError) -> Self {
        Self::Broken(shortened_text(&error.to_string()))
    }
}

/// One row: its number as the program shows it, and its cells as text.
type Row = (u64, Vec<String>);

/// The equipment or the responders of a workbook.
///
/// # Errors
///
/// For bytes that are no workbook, or hold no register.
pub(super) fn read(
    bytes: &[u8],
    source: &Source,
    mut report: Report,
) -> Result<Reading, SpreadsheetError> {
    archive::checked(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let (rows, header) = sheet(&mut book, source)?;
    let headers = rows[header].1.iter().map(String::as_str);
    let plan = table::plan(&headers, source, &mut report)?;
    let columns = table::columns_told(&headers, &plan);
    let datum = source.datum.unwrap_or_default();
    let converter = datum.converter().map_err(TableError::from)?;
    let mut table = Table {
        source,
        plan,
        has_decimal_commas: true,
        reading: Reading {
            datum,
            columns,
            ..Reading::default()
        },
        placing: Placing {
            converter: &converter,
            report: &mut report,
        },
    };
    for (number, cells) in &rows[header + 1..] {
        table.add(*number, &cells.iter().map(String::as_str));
    }
    let mut reading = table.reading;
    reading.layers.oddities = report.into_oddities();
    Ok(reading)
}

/// The rows of the sheet that is a register, and which of them is the header.
fn sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    source: &Source,
) -> Result<(Vec<Row>, usize), SpreadsheetError> {
    let mut names = book.sheet_names();
    if let Some(wanted) = &source.layer {
        let found = shortened_text(&names.join(", "));
        names.retain(|name| name == wanted);
        if names.is_empty() {
            let wanted = wanted.clone();
            return Err(SpreadsheetError::NoSheet { wanted, found });
        }
    }
    let mut first = None;
    for name in names {
        let rows = rows(book, &name)?;
        let cells = |row: &Row| table::is_header(&row.1.iter().map(String::as_str), source);
        if let Some(header) = rows.iter().take(MOST_TITLES).position(cells) {
            return Ok((rows, header));
        }
        if first.is_none() && !rows.is_empty() {
            first = Some(rows);
        }
    }
    // What is wrong with the header is told as of any table; of the first rows it has the most cells, and a title has few.
    let rows = first.ok_or(TableError::Empty)?;
    let n_filled = |row: &Row| row.1.iter().filter(|cell| !cell.trim().is_empty()).count();
    let header = rows.iter().take(MOST_TITLES).enumerate();
    let header = header.max_by_key(|(index, row)| (n_filled(row), Reverse(*index)));
    let header = header.map_or(0, |(index, _)| index);
    Ok((rows, header))
}

/// The rows of a sheet that are not blank. Cells come one by one, so a sheet that claims to be a million columns wide costs nothing.
fn rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, SpreadsheetError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let number = u64::from(row) + 1;
        let text = text(cell.get_value());
        if text.is_empty() || column >= MOST_COLUMNS {
            continue;
        }
        if rows.last().is_none_or(|(last, _)| *last != number) {
            if rows.len() > MOST_ROWS {
                return Err(TableError::TooManyRows { limit: MOST_ROWS }.into());
            }
            rows.push((number, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            let column = column as usize;
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = text;
        }
    }
    Ok(rows)
}

/// A cell as somebody would write it.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
