//! Entries of the audit log, read back as what they were written from.

use serde::Deserialize;

use crate::model::correction::Correction;
use crate::model::crossing::CrossingState;
use crate::model::equipment::Equipment;
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
    Piece {
        /// Its id.
        id: String,
        /// The piece as it was, if it was there.
        before: Option<Equipment>,
        /// The piece as it was since then, unless it was retired.
        after: Option<Equipment>,
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
