//! Entries of the audit log, read back as what they were written from.

use serde::Deserialize;

use crate::model::crossing::CrossingState;
use crate::model::equipment::Equipment;
use crate::model::register::Presence;

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

/// A piece as an entry has it.
#[derive(Deserialize)]
pub(super) struct RecordedPiece {
    presence: Presence,
    #[serde(flatten)]
    piece: Equipment,
}

impl RecordedPiece {
    /// The piece, unless it was retired.
    pub fn standing(self) -> Option<Equipment> {
        (self.presence == Presence::Registered).then_some(self.piece)
    }
}
