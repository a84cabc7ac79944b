//! The register: what people have changed, laid over what a region's files say.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::model::crossing::CrossingState;
use crate::model::equipment::Equipment;

/// What people have changed in one region, whatever its files say today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// Crossings that somebody has opened or closed, by id.
    pub crossings: Vec<(String, CrossingState)>,
    /// Pieces that somebody has added, edited, moved or retired.
    pub pieces: Vec<KeptPiece>,
}

/// A piece that people have changed.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptPiece {
    /// Where it comes from.
    pub origin: Origin,
    /// The piece as it was after the last change, whole: it can be shown even if it vanishes from the files.
    pub piece: Equipment,
    /// What people have said of it; the files say the rest.
    pub edited: BTreeSet<Field>,
    /// Whether it stands there or has been taken away for good.
    pub presence: Presence,
}

/// Where a piece comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The region's files.
    File,
    /// Somebody has added it.
    Added,
}

/// Whether a piece stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// In the register.
    Registered,
    /// Taken away for good; its id is not given again.
    Retired,
}

/// What can be said of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What it is.
    Kind,
    /// Where it stands.
    At,
    /// In what state.
    Condition,
    /// Its name.
    Name,
    /// The village that it is registered in.
    Village,
    /// The day of the last inspection.
    InspectedOn,
    /// A photo's file name.
    Photo,
    /// A remark.
    Note,
}

impl Field {
    /// Every field, in the order of this enum.
    pub const ALL: [Self; 8] = [
        Self::Kind,
        Self::At,
        Self::Condition,
        Self::Name,
        Self::Village,
        Self::InspectedOn,
        Self::Photo,
        Self::Note,
    ];
}

impl KeptPiece {
    /// The piece as it stands: what people have said, and of the rest what the files say today.
    pub fn over(&self, of_file: &Equipment) -> Equipment {
        let mut piece = of_file.clone();
        let kept = &self.piece;
        for field in &self.edited {
            match field {
                Field::Kind => piece.kind = kept.kind,
                Field::At => piece.at = kept.at,
                Field::Condition => piece.condition = kept.condition,
                Field::Name => piece.name.clone_from(&kept.name),
                Field::Village => piece.village.clone_from(&kept.village),
                Field::InspectedOn => piece.inspected_on.clone_from(&kept.inspected_on),
                Field::Photo => piece.photo.clone_from(&kept.photo),
                Field::Note => piece.note.clone_from(&kept.note),
            }
        }
        piece
    }
}
