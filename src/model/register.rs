//! The register: what people have changed, laid over what a region's files say.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::correction::KeptCorrection;
use crate::model::crossing::CrossingState;
use crate::model::day::Day;
use crate::model::equipment::Condition;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::model::kept_responder::KeptResponder;
use crate::model::rescue_point::KeptPoint;
use crate::model::setting::Turned;
use crate::model::text::Name;
use crate::model::text::Note;

/// What people have changed in one region, whatever its files say today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// Crossings that somebody has opened or closed, by id.
    pub crossings: Vec<(String, CrossingState)>,
    /// Pieces that somebody has added, edited, moved or retired.
    pub pieces: Vec<KeptPiece>,
    /// Responders of whom somebody has said something, by id.
    pub responders: Vec<KeptResponder>,
    /// Waters that somebody has graded, by id, 1 (low) to 4 (highest).
    pub risks: Vec<(String, u8)>,
    /// Rescue points that somebody has made.
    pub points: Vec<KeptPoint>,
    /// Settings that somebody has turned.
    pub settings: Vec<Turned>,
    /// Corrections of the map, in the order in which they were made.
    pub corrections: Vec<KeptCorrection>,
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

    /// Whether two pieces are not the same in this.
    pub fn differs(self, one: &Equipment, other: &Equipment) -> bool {
        match self {
            Self::Kind => one.kind != other.kind,
            Self::At => one.at != other.at,
            Self::Condition => one.condition != other.condition,
            Self::Name => one.name != other.name,
            Self::Village => one.village != other.village,
            Self::InspectedOn => one.inspected_on != other.inspected_on,
            Self::Photo => one.photo != other.photo,
            Self::Note => one.note != other.note,
        }
    }

    /// Makes a piece the same as another in this.
    pub fn copy(self, from: &Equipment, to: &mut Equipment) {
        match self {
            Self::Kind => to.kind = from.kind,
            Self::At => to.at = from.at,
            Self::Condition => to.condition = from.condition,
            Self::Name => to.name.clone_from(&from.name),
            Self::Village => to.village.clone_from(&from.village),
            Self::InspectedOn => to.inspected_on.clone_from(&from.inspected_on),
            Self::Photo => to.photo.clone_from(&from.photo),
            Self::Note => to.note.clone_from(&from.note),
        }
    }
}

impl KeptPiece {
    /// The piece as it stands: what people have said, and of the rest what the files say today.
    pub fn over(&self, of_file: &Equipment) -> Equipment {
        let mut piece = of_file.clone();
        for field in &self.edited {
            field.copy(&self.piece, &mut piece);
        }
        piece
    }
}

/// One thing that is said of a piece.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// What it is.
    Kind(EquipmentKind),
    /// Where it stands.
    At(LonLat),
    /// In what state.
    Condition(Condition),
    /// Its name, or that it has none.
    Name(Option<Name>),
    /// The village that it is registered in.
    Village(Option<Name>),
    /// The day of the last inspection.
    InspectedOn(Option<Day>),
    /// A remark.
    Note(Option<Note>),
}

impl Edit {
    /// Of what it speaks.
    pub fn field(&self) -> Field {
        match self {
            Self::Kind(_) => Field::Kind,
            Self::At(_) => Field::At,
            Self::Condition(_) => Field::Condition,
            Self::Name(_) => Field::Name,
            Self::Village(_) => Field::Village,
            Self::InspectedOn(_) => Field::InspectedOn,
            Self::Note(_) => Field::Note,
        }
    }

    /// Says it of a piece.
    pub fn apply(&self, piece: &mut Equipment) {
        match self {
            Self::Kind(kind) => piece.kind = *kind,
            Self::At(at) => piece.at = *at,
            Self::Condition(condition) => piece.condition = *condition,
            Self::Name(name) => piece.name = name.clone().map(Into::into),
            Self::Village(village) => piece.village = village.clone().map(Into::into),
            Self::InspectedOn(day) => piece.inspected_on = day.clone().map(Into::into),
            Self::Note(note) => piece.note = note.clone().map(Into::into),
        }
    }
}
