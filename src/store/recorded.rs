//! Entries of the audit log, read back as what they were written from.

use serde::Deserialize;

use crate::model::correction::Correction;
use crate::model::crossing::CrossingState;
use crate::model::equipment::Equipment;
use crate::model::import_summary::ImportSummary;
use crate::model::register::Presence;
use crate::model::rescue_point::RescuePoint;

/// What an entry says, as far as it can be undone.
#[derive(Clone, Debug, PartialEq)]
pub enum Recorded {
    /// A crossing was opened or closed.
    Crossing {
        /// Its id.
        id: String,
        /// How it was.
        before: CrossingState,
        /// How it was since then.
        after: CrossingState,
    },
    /// A piece was added, edited, moved or retired.
    Piece(RecordedPiece),
    /// A file was imported, or its import undone.
    Import {
        /// What it was.
        summary: ImportSummary,
        /// The pieces that it changed.
        pieces: Vec<RecordedPiece>,
    },
    /// A water was graded.
    Water {
        /// Its id.
        id: String,
        /// Its grade before.
        before: u8,
        /// Its grade since then.
        after: u8,
    },
    /// A rescue point was made, edited or given up.
    Point {
        /// Its id.
        id: String,
        /// As it was, if it was there.
        before: Option<RescuePoint>,
        /// As it was since then, unless it was given up.
        after: Option<RescuePoint>,
    },
    /// A setting was turned.
    Setting {
        /// Its name.
        name: String,
        /// What it was; none if the file's own counted.
        before: Option<f64>,
        /// What it was since then.
        after: Option<f64>,
    },
    /// A correction of the map was made or taken back.
    Correction {
        /// Its id.
        id: String,
        /// As it was, if it held.
        before: Option<Correction>,
        /// As it was since then, unless it was taken back.
        after: Option<Correction>,
    },
    /// Something that has happened in the world, and is not undone by a program.
    Other {
        /// What it is about.
        thing: String,
    },
}

/// A piece that was added, edited, moved or retired.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedPiece {
    /// Its id.
    pub id: String,
    /// The piece as it was, if it was there.
    pub before: Option<Equipment>,
    /// The piece as it was since then, unless it was retired.
    pub after: Option<Equipment>,
}

/// A crossing as an entry has it.
#[derive(Deserialize)]
pub(super) struct RecordedCrossing {
    /// How it was.
    pub state: CrossingState,
}

/// A water as an entry has it.
#[derive(Deserialize)]
pub(super) struct RecordedWater {
    /// Its grade.
    pub risk: u8,
}

/// A setting as an entry has it.
#[derive(Deserialize)]
pub(super) struct RecordedSetting {
    /// None if the file's own counted.
    pub value: Option<f64>,
}

/// Something that comes and goes, as an entry has it.
#[derive(Deserialize)]
pub(super) struct RecordedThing<T> {
    presence: Presence,
    #[serde(flatten)]
    thing: T,
}

impl<T> RecordedThing<T> {
    /// The thing, unless it was taken away.
    pub fn standing(self) -> Option<T> {
        (self.presence == Presence::Registered).then_some(self.thing)
    }
}
