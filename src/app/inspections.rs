//! Inspections: which pieces are to be looked at next, and what was found.

use std::sync::Arc;

use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::model::day::Day;
use crate::model::equipment::Condition;
use crate::model::register::Edit;
use crate::model::text::Note;

/// A piece and when it is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuePiece {
    /// Its index.
    pub piece: usize,
    /// By which day; none if nobody has ever looked.
    pub due: Option<Day>,
    /// How many days ago that was, negative while it is still to come; none if nobody has ever looked.
    pub days_overdue: Option<i64>,
}

impl DuePiece {
    /// Whether it should have been looked at; on the very day it is in time.
    pub fn is_overdue(&self) -> bool {
        self.days_overdue.is_none_or(|days| 0 < days)
    }
}

impl Snapshot {
    /// Today, by the calendar of the region's own time zone.
    pub fn today(&self) -> Day {
        clock::day(&self.region.settings.time_zone, clock::since_1970())
    }

    /// Some pieces by when they are to be looked at: those that nobody ever has first, then the longest overdue; equal ones
    /// by id.
    pub fn by_due_day(&self, pieces: impl Iterator<Item = usize>, today: &Day) -> Vec<DuePiece> {
        let settings = &self.region.settings.inspection;
        let due = |piece: usize| {
            let due = settings.due(&self.region.equipment[piece]);
            DuePiece {
                piece,
                days_overdue: due.as_ref().map(|due| today.days_since(due)),
                due,
            }
        };
        let mut found: Vec<DuePiece> = pieces.map(due).collect();
        // Equipment is sorted by id, and none comes before any day.
        found.sort_by(|a, b| (&a.due, a.piece).cmp(&(&b.due, b.piece)));
        found
    }
}

impl Regions {
    /// A day, or today by the calendar of a region.
    ///
    /// # Errors
    ///
    /// If there is no such region, or it is not ready.
    pub fn day_or_today(&self, region: &str, day: Option<Day>) -> Result<Day, Fault> {
        match day {
            Some(day) => Ok(day),
            None => Ok(self.snapshot(region)?.today()),
        }
    }

    /// Writes down that somebody has looked at a piece today, and in what state it was.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no such piece, or is not `as_expected` when it is this change's turn, or if the
    /// inspection cannot be kept.
    pub fn inspect_piece(
        &self,
        who: &str,
        region: &str,
        id: &str,
        (condition, note): (Condition, Option<Note>),
        as_expected: impl FnOnce(&Snapshot) -> bool,
    ) -> Result<Arc<Snapshot>, Fault> {
        let today = self.snapshot(region)?.today();
        let mut edits = vec![Edit::Condition(condition), Edit::InspectedOn(Some(today))];
        edits.extend(note.map(|note| Edit::Note(Some(note))));
        self.edit_piece(who, region, id, &edits, as_expected)
    }
}
