//! A file of equipment brought by somebody: what would become of every row, and then all of it at once or nothing.

mod known;
mod rows;
mod suspicion;
mod wrong_bank;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::app::fault::Fault;
pub use crate::app::import::suspicion::Suspicion;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::formats::pieces;
pub use crate::formats::pieces::COLUMNS;
pub use crate::formats::pieces::FileColumn;
use crate::formats::pieces::PieceFile;
use crate::formats::region_file::Source;
use crate::formats::source::SourceError;
use crate::formats::wanted::Wanted;
use crate::geometry::datum::Datum;
use crate::geometry::lon_lat::LonLat;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::model::import_summary::ImportCounts;
use crate::model::import_summary::ImportSummary;
use crate::model::oddity::Oddity;
use crate::model::register::Field;
use crate::model::register::Origin;
use crate::model::register::Presence;
use crate::store::EntryId;
use crate::store::PieceChange;
use crate::units::Meters;

/// More rows than this are not taken at once.
pub const MOST_ROWS: usize = 200_000;

/// What somebody brings, and how it is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportQuestion {
    /// The file's name, by which its format is known.
    pub file: String,
    /// In which system its coordinates are, whatever the file itself says; else as it says, or WGS-84.
    pub datum: Option<Datum>,
    /// The layer or sheet, of a file with several.
    pub layer: Option<String>,
    /// The file's own names of columns or properties, by ours (one of [`COLUMNS`]).
    pub columns: BTreeMap<String, String>,
    /// The kind of every piece that names none.
    pub kind: Option<EquipmentKind>,
    /// Whether it is made up for demonstration.
    pub is_illustrative: bool,
    /// What is taken although it is in doubt.
    pub takes: BTreeSet<Doubt>,
}

/// Why a row would be left out, unless somebody says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// A piece of its kind stands there already, or in an earlier row.
    Duplicate,
    /// It stands across the water from the village that it is registered in.
    WrongBank,
    /// The whole file seems to be in another system than it was read in.
    WrongDatum,
    /// Somebody has taken this piece away for good.
    Retired,
}

impl Doubt {
    /// Every doubt.
    pub const ALL: [Self; 4] = [
        Self::Duplicate,
        Self::WrongBank,
        Self::WrongDatum,
        Self::Retired,
    ];
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A new piece.
    Added,
    /// A piece that is there is another in these ways.
    Changed(Vec<Field>),
    /// A piece that is there, as it is there.
    Unchanged,
    /// Left out.
    Skipped(Skip),
}

/// Why a row is left out.
#[derive(Clone, Debug, PartialEq)]
pub enum Skip {
    /// It is taken for another piece of its kind.
    Duplicate {
        /// The other's id, and its row if it stands in the file.
        of: String,
        /// How far away.
        away: Meters,
    },
    /// It lies outside the region.
    Outside,
    /// It stands across the water from its village.
    WrongBank {
        /// The village that it is registered in.
        village: String,
        /// How far that village's bank is.
        away: Meters,
    },
    /// The file seems to be in another system.
    WrongDatum,
    /// Its id is that of a piece that was taken away for good.
    Retired,
    /// Something in it cannot be kept.
    BadValue {
        /// Of which column.
        column: &'static str,
        /// What is wrong, for people.
        fault: String,
    },
}

/// One row, and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewRow {
    /// As the file's program shows it, like `row 12`.
    pub row: String,
    /// The piece as it would be from then on.
    pub piece: Equipment,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Where the piece stands until then, if it is moved.
    pub from: Option<LonLat>,
}

/// What an import would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// In which system the file was read.
    pub datum: Datum,
    /// Every row that could be read, in order.
    pub rows: Vec<PreviewRow>,
    /// Whether it should be read in another.
    pub suspicion: Option<Suspicion>,
    /// How many villages it holds: a file of boundaries is no register.
    pub n_villages: usize,
    /// What was odd, rows that could not be read among it.
    pub oddities: Vec<Oddity>,
    /// Of a table, its columns in order, as far as they can be named; else none.
    pub columns: Vec<FileColumn>,
}

impl Preview {
    /// How many rows become what.
    pub fn counts(&self) -> ImportCounts {
        let mut counts = ImportCounts::default();
        for row in &self.rows {
            match row.outcome {
                Outcome::Added => counts.added += 1,
                Outcome::Changed(_) => counts.changed += 1,
                Outcome::Unchanged => counts.unchanged += 1,
                Outcome::Skipped(_) => counts.skipped += 1,
            }
        }
        counts
    }
}

impl ImportQuestion {
    fn source(&self) -> Source {
        let wanted = Wanted {
            equipment: true,
            ..Wanted::default()
        };
        Source {
            datum: self.datum,
            overrules_datum: self.datum.is_some(),
            layer: self.layer.clone(),
            columns: self.columns.clone(),
            kind: self.kind,
            is_illustrative: self.is_illustrative,
            ..Source::new(self.file.as_str(), wanted)
        }
    }

    fn read(&self, bytes: &[u8]) -> Result<PieceFile, Fault> {
        let read = pieces::read(bytes, &self.source());
        let refused = |fault: &SourceError| self.unreadable(&fault.to_string(), fault.columns());
        let file = read.map_err(|fault| refused(&fault))?;
        if file.pieces.len() > MOST_ROWS {
            let fault = format!("has more than {MOST_ROWS} pieces; split it");
            return Err(self.unreadable(&fault, &[]));
        }
        Ok(file)
    }

    fn unreadable(&self, fault: &str, columns: &[FileColumn]) -> Fault {
        Fault::BadFile {
            file: self.file.chars().take(80).collect(),
            fault: fault.to_owned(),
            columns: columns.to_vec(),
        }
    }
}

impl Regions {
    /// What an import would do to a region as it is now; nothing is kept.
    ///
    /// # Errors
    ///
    /// If the region is not ready, or the file cannot be read at all.
    pub fn preview_import(
        &self,
        region: &str,
        asked: &ImportQuestion,
        bytes: &[u8],
    ) -> Result<(Arc<Snapshot>, Preview), Fault> {
        let snapshot = self.snapshot(region)?;
        let file = asked.read(bytes)?;
        let retired = self.retired(region)?;
        let preview = snapshot.preview(asked, file, &retired);
        Ok((snapshot, preview))
    }

    /// Imports a file: all that its preview says, or nothing. Gives the region as it is now, what has been done, and the entry
    /// of the audit log by which it can be undone; none if there was nothing to do.
    ///
    /// # Errors
    ///
    /// If the region is not ready, is not `as_expected` when it is this change's turn, the file cannot be read, or the change
    /// cannot be kept.
    pub fn import(
        &self,
        who: &str,
        region: &str,
        asked: &ImportQuestion,
        bytes: &[u8],
        as_expected: impl FnOnce(&Snapshot) -> bool,
    ) -> Result<(Arc<Snapshot>, Preview, Option<EntryId>), Fault> {
        // Reading takes longest, and nobody has to wait for it.
        let file = asked.read(bytes)?;
        let mut done = None;
        let after = self.follow(region, News::Equipment, |before| {
            before.must_be(as_expected)?;
            let retired = self.retired(region)?;
            let preview = before.preview(asked, file, &retired);
            let changes = before.changes(&preview);
            if changes.is_empty() {
                done = Some((preview, None));
                return Ok(None);
            }
            let summary = ImportSummary {
                file: asked.file.clone(),
                datum: preview.datum.to_string(),
                counts: preview.counts(),
                undoes: None,
            };
            let next = before.region.with_changes(&changes);
            let act = self.slot(region)?.act(who);
            let entry = self.keep(|store| store.put_pieces(&act, &summary, &changes))?;
            drop(changes);
            done = Some((preview, Some(entry)));
            Ok(Some(next))
        })?;
        let (preview, entry) = done.unwrap_or_else(|| unreachable!("the turn has been taken"));
        Ok((after, preview, entry))
    }

    /// The pieces that somebody has taken away by hand. What an import has brought and its undoing took away may come again.
    fn retired(&self, region: &str) -> Result<FxHashSet<String>, Fault> {
        let region = &self.slot(region)?.id;
        let retired = self.keep(|store| store.retired_pieces(region))?;
        Ok(retired.into_iter().collect())
    }
}

impl Snapshot {
    /// The changes of a preview, as they are kept.
    fn changes<'a>(&'a self, preview: &'a Preview) -> Vec<PieceChange<'a>> {
        let change = |row: &'a PreviewRow| {
            let (before, edited): (_, &[Field]) = match &row.outcome {
                Outcome::Added => (None, &Field::ALL),
                Outcome::Changed(fields) => {
                    let index = self.region.piece(&row.piece.id).ok()?;
                    (Some(&self.region.equipment[index as usize]), fields)
                }
                Outcome::Unchanged | Outcome::Skipped(_) => return None,
            };
            Some(PieceChange {
                before,
                after: &row.piece,
                origin: if before.is_some() {
                    Origin::File
                } else {
                    Origin::Added
                },
                edited,
                presence: Presence::Registered,
            })
        };
        preview.rows.iter().filter_map(change).collect()
    }
}
