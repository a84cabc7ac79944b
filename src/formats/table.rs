//! A register as a table of rows, whatever file it stands in: which column is what, and a piece or a responder of every row.

use std::collections::BTreeMap;

use crate::formats::angle;
use crate::formats::columns;
use crate::formats::columns::Fit;
use crate::formats::csv_rows::FORMULAS;
use crate::formats::pieces::FileColumn;
use crate::formats::placing::Placing;
use crate::formats::reading::Reading;
use crate::formats::reading::Row;
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
pub(super) const MOST_ROWS: usize = 1_000_000;

/// So many columns of a table are told; more are no register's.
const MOST_COLUMNS_TOLD: usize = 100;

/// A header that is longer than this is a sentence, and not told; characters.
const LONGEST_HEADER_TOLD: usize = 100;

/// Why a table is no register.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
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
        /// The same, each with what it was taken to be.
        columns: Box<[FileColumn]>,
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
        /// The same, each with what it was taken to be.
        columns: Box<[FileColumn]>,
    },
    /// More than a register.
    #[error("has more than {limit} rows; split it by region")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// A datum that cannot be converted.
    #[error(transparent)]
    Datum(#[from] DatumError),
}

/// The position of each of our columns among the headers.
pub(super) type Plan = BTreeMap<&'static str, usize>;

/// The plan of a header row; a second column for the same thing is reported.
///
/// # Errors
///
/// For headers without a place, or without one that the region's file maps.
pub(super) fn plan<'h>(
    headers: &(impl Iterator<Item = &'h str> + Clone),
    source: &Source,
    report: &mut Report,
) -> Result<Plan, TableError> {
    if headers.clone().all(|header| header.trim().is_empty()) {
        return Err(TableError::Empty);
    }
    let found = || shortened_text(&headers.clone().collect::<Vec<_>>().join(", "));
    let mut best: BTreeMap<&'static str, (Fit, usize)> = BTreeMap::new();
    for (index, header) in headers.clone().enumerate() {
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
            return Err(TableError::NoMappedColumn {
                column: column.clone(),
                header: header.clone(),
                found: found(),
                columns: columns_told(headers, &places(&best)).into(),
            });
        }
    }
    for column in ["lon", "lat"] {
        if !best.contains_key(column) {
            return Err(TableError::NoColumn {
                column,
                found: found(),
                columns: columns_told(headers, &places(&best)).into(),
            });
        }
    }
    Ok(places(&best))
}

fn places(best: &BTreeMap<&'static str, (Fit, usize)>) -> Plan {
    best.iter()
        .map(|(name, (_, index))| (*name, *index))
        .collect()
}

/// The columns of a table, each with what it is taken to be: those with a name by which somebody could mean them.
pub(super) fn columns_told<'h>(
    headers: &(impl Iterator<Item = &'h str> + Clone),
    plan: &Plan,
) -> Vec<FileColumn> {
    let mut told: Vec<FileColumn> = Vec::new();
    for (index, header) in headers.clone().enumerate() {
        let header = header.trim();
        let is_long = LONGEST_HEADER_TOLD < header.chars().count();
        // Of two columns of one name, only the first can be meant.
        if header.is_empty() || is_long || told.iter().any(|column| column.header == header) {
            continue;
        }
        if told.len() == MOST_COLUMNS_TOLD {
            break;
        }
        let read_as = plan.iter().find(|(_, place)| **place == index);
        told.push(FileColumn {
            header: header.to_owned(),
            read_as: read_as.map(|(name, _)| *name),
        });
    }
    told
}

/// Whether a row names the columns of a place, as only a header does.
pub(super) fn is_header<'h>(
    cells: &(impl Iterator<Item = &'h str> + Clone),
    source: &Source,
) -> bool {
    let has = |wanted: &str| {
        cells.clone().any(|header| {
            columns::meaning(header, &source.columns).is_some_and(|(name, _)| name == wanted)
        })
    };
    has("lon") && has("lat")
}

/// A register being read, row by row.
pub(super) struct Table<'a> {
    /// What the region's file says of it.
    pub source: &'a Source,
    /// Which column is what.
    pub plan: Plan,
    /// Whether `29,79` is a number.
    pub has_decimal_commas: bool,
    /// What has been read.
    pub reading: Reading,
    /// To places, and to the report.
    pub placing: Placing<'a>,
}

impl Table<'_> {
    /// Takes a row in: `line` is its number as an editor counts. A bad row is reported and left out.
    pub fn add<'c>(&mut self, line: u64, cells: &(impl Iterator<Item = &'c str> + Clone)) {
        let row = format!("row {line}");
        if cells.clone().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if let Some(cell) = cells.clone().find(|cell| cell.len() > LONGEST_CELL) {
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
            let cell = without_guard(cells.clone().nth(*plan.get(name)?)?.trim());
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
        let said = register::said(&cell, &|name| self.plan.contains_key(name), &piece);
        let row = Row {
            name: row,
            has_id: cell("id").is_some(),
            code: cell("code"),
            said,
        };
        self.reading.add_equipment(piece, row);
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from running it (`csv_rows` puts it there).
fn without_guard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(guarded) if guarded.starts_with(FORMULAS) => guarded,
        Some(_) | None => cell,
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
    angle::degrees(&plain).ok_or_else(|| {
        format!(
            "{:?} is no number like 120.4112, nor degrees like 120°24'40\"",
            shortened_text(&text)
        )
    })
}
