//! Registers of equipment and of responders as CSV: any order of columns, English or Chinese headers, comma, semicolon or tab.

use std::collections::BTreeMap;

use ::csv::ReaderBuilder;
use ::csv::StringRecord;

use crate::formats::columns;
use crate::formats::columns::Fit;
use crate::formats::placing::Placing;
use crate::formats::reading::Reading;
use crate::formats::reading::stem;
use crate::formats::region_file::Source;
use crate::formats::register;
use crate::formats::report::Report;
use crate::formats::roster;
use crate::formats::roster::RosterRow;
use crate::formats::section::shortened_text;
use crate::geometry::datum::DatumError;
use crate::model::oddity::OddityKind;

/// A cell longer than this is a mistake, most likely a quotation mark that is never closed; bytes.
const LONGEST_CELL: usize = 1 << 20;

/// More rows than this are no register of one region.
const MOST_ROWS: usize = 1_000_000;

/// Why a CSV file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// Not even a header.
    #[error("is empty; its first row must name the columns, like id,kind,lon,lat,condition")]
    Empty,
    /// No column for a coordinate.
    #[error(
        "has no column {column}, only {found}; name the columns in its first row, or in region.toml like columns = {{ {column} = \"...\" }}"
    )]
    NoColumn {
        /// Ours.
        column: &'static str,
        /// The headers that it has.
        found: String,
    },
    /// A header that `region.toml` maps, and that is not there.
    #[error(
        "has no column {header:?}, which region.toml names for {column}; its columns are {found}"
    )]
    NoMappedColumn {
        /// Ours.
        column: String,
        /// As `region.toml` names it.
        header: String,
        /// The headers that it has.
        found: String,
    },
    /// More than a register.
    #[error("has more than {limit} rows; split it by region")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// The reader gives up.
    #[error("is no CSV: {0}; export it again as CSV in UTF-8")]
    Syntax(#[from] ::csv::Error),
    /// A datum that cannot be converted.
    #[error(transparent)]
    Datum(#[from] DatumError),
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
    let plan = plan(reader.headers()?, source, &mut report)?;
    if !text
        .bytes()
        .filter(|&byte| byte == b'"')
        .count()
        .is_multiple_of(2)
    {
        let detail = "an odd number of quotation marks: a cell is not closed, and may have swallowed the rows after it";
        report.add(OddityKind::BadValue, source.file.as_str(), None, detail);
    }
    let converter = source.datum.unwrap_or_default().converter()?;
    let mut register = Register {
        source,
        plan,
        has_decimal_commas: separator != b',',
        reading: Reading::default(),
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
            return Err(CsvError::TooManyRows { limit: MOST_ROWS });
        }
        let line = record
            .position()
            .map_or(0, |position| line_of(text, position));
        register.add(line, &record);
    }
    let mut reading = register.reading;
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

/// The position of each of our columns among the headers.
fn plan(
    headers: &StringRecord,
    source: &Source,
    report: &mut Report,
) -> Result<BTreeMap<&'static str, usize>, CsvError> {
    if headers.iter().all(|header| header.trim().is_empty()) {
        return Err(CsvError::Empty);
    }
    let found = || shortened_text(&headers.iter().collect::<Vec<_>>().join(", "));
    let mut best: BTreeMap<&'static str, (Fit, usize)> = BTreeMap::new();
    for (index, header) in headers.iter().enumerate() {
        let Some((name, fit)) = columns::meaning(header, &source.columns) else {
            continue;
        };
        match best.get(name) {
            Some((other, _)) if *other <= fit => {
                let detail = format!("a second column for {name}; left out");
                let id = format!("column {}", shortened_text(header));
                report.add(OddityKind::Ignored, id, None, detail);
            }
            _ => {
                best.insert(name, (fit, index));
            }
        }
    }
    for (column, header) in &source.columns {
        if !best.contains_key(column.as_str()) {
            return Err(CsvError::NoMappedColumn {
                column: column.clone(),
                header: header.clone(),
                found: found(),
            });
        }
    }
    for column in ["lon", "lat"] {
        if !best.contains_key(column) {
            let found = found();
            return Err(CsvError::NoColumn { column, found });
        }
    }
    Ok(best
        .into_iter()
        .map(|(name, (_, index))| (name, index))
        .collect())
}

/// A register being read.
struct Register<'a> {
    source: &'a Source,
    plan: BTreeMap<&'static str, usize>,
    has_decimal_commas: bool,
    reading: Reading,
    placing: Placing<'a>,
}

impl Register<'_> {
    fn add(&mut self, line: u64, record: &StringRecord) {
        let row = format!("row {line}");
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if let Some(cell) = record.iter().find(|cell| cell.len() > LONGEST_CELL) {
            let detail = format!(
                "a cell of {} bytes; is a quotation mark missing? left out",
                cell.len()
            );
            self.placing
                .report
                .add(OddityKind::BadValue, row, None, detail);
            return;
        }
        let plan = &self.plan;
        let cell = |name: &str| -> Option<String> {
            let cell = record.get(*plan.get(name)?)?.trim();
            (!cell.is_empty()).then(|| cell.to_owned())
        };
        let mut coordinate = |column: &str| {
            coordinate(cell(column), self.has_decimal_commas)
                .map_err(|fault| {
                    let id = format!("{row}, column {column}");
                    let detail = format!("{fault}; the row is left out");
                    self.placing
                        .report
                        .add(OddityKind::BadPlace, id, None, detail);
                })
                .ok()
        };
        let (Some(x), Some(y)) = (coordinate("lon"), coordinate("lat")) else {
            return;
        };
        let id = cell("id").unwrap_or_else(|| format!("{}-{line}", stem(&self.source.file)));
        let columns = format!("{row}, columns lon and lat");
        let Some(at) = self.placing.point(&columns, [x, y]) else {
            return;
        };
        if self.source.wanted.responders {
            let label = &row;
            let row = RosterRow {
                id,
                label,
                home: at,
            };
            let responder = roster::responder(&cell, row, self.source, &mut self.placing);
            self.reading.layers.responders.push(responder);
            return;
        }
        let (piece, odd) = register::equipment(&cell, id, at, self.source);
        for (column, kind, detail) in odd {
            if self.plan.contains_key(column) {
                let id = format!("{row}, column {column}");
                self.placing.report.add(kind, id, Some(at), detail);
            } else {
                self.placing.report.tally(kind, &row, &detail);
            }
        }
        self.reading.add_equipment(piece, row);
    }
}

/// A cell as a number, or what is wrong with it.
fn coordinate(cell: Option<String>, has_decimal_commas: bool) -> Result<f64, String> {
    let text = cell.ok_or("is empty")?;
    let plain = if has_decimal_commas {
        text.replace(',', ".")
    } else {
        text.clone()
    };
    plain
        .parse()
        .map_err(|_| format!("{:?} is no number like 120.4112", shortened_text(&text)))
}
