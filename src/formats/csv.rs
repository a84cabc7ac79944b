//! Registers of equipment and of responders as CSV: any order of columns, English or Chinese headers, comma, semicolon or tab.

use ::csv::ReaderBuilder;
use ::csv::StringRecord;

use crate::formats::placing::Placing;
use crate::formats::reading::Reading;
use crate::formats::region_file::Source;
use crate::formats::report::Report;
use crate::formats::table;
use crate::formats::table::MOST_ROWS;
use crate::formats::table::Table;
use crate::formats::table::TableError;
use crate::model::oddity::OddityKind;

/// Why a CSV file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// No register.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The reader gives up.
    #[error("is no CSV: {0}; export it again as CSV in UTF-8")]
    Syntax(#[from] ::csv::Error),
}

/// The equipment of a CSV text, or the responders. A bad row is reported and left out; the good ones are kept.
///
/// # Errors
///
/// For a text without the columns that a place needs.
pub(super) fn read(text: &str, source: &Source, mut report: Report) -> Result<Reading, CsvError> {
    let text = text.trim_start_matches('\u{feff}');
    let separator = separator(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers()?.iter();
    let plan = table::plan(&headers, source, &mut report)?;
    let columns = table::columns_told(&headers, &plan);
    if !text
        .bytes()
        .filter(|&byte| byte == b'"')
        .count()
        .is_multiple_of(2)
    {
        let detail = "an odd number of quotation marks: a cell is not closed, and may have swallowed the rows after it";
        report.add(OddityKind::BadValue, source.file.as_str(), None, detail);
    }
    let datum = source.datum.unwrap_or_default();
    let converter = datum.converter().map_err(TableError::from)?;
    let mut table = Table {
        source,
        plan,
        has_decimal_commas: separator != b',',
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
    let mut record = StringRecord::new();
    let mut n_rows = 0;
    while reader.read_record(&mut record)? {
        n_rows += 1;
        if n_rows > MOST_ROWS {
            return Err(TableError::TooManyRows { limit: MOST_ROWS }.into());
        }
        let line = record
            .position()
            .map_or(0, |position| line_of(text, position));
        table.add(line, &record.iter());
    }
    let mut reading = table.reading;
    reading.layers.oddities = report.into_oddities();
    Ok(reading)
}

/// The line that a record stands on, counted from 1 as an editor counts; blank lines before it are passed over.
fn line_of(text: &str, position: &::csv::Position) -> u64 {
    let rest = text.get(position.byte() as usize..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    position.line() + rest[..blank].matches('\n').count() as u64
}

/// The separator that the header row has most of.
fn separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: u8| header.bytes().filter(|&byte| byte == separator).count();
    [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|&separator| count(separator))
        .unwrap_or(b',')
}
