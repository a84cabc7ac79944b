//! Rescue points: places on a bank where equipment stands together, complete when it has 四个一.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::equipment::Condition;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::model::register::Presence;
use crate::model::text::Name;
use crate::model::text::Note;

/// 四个一: one warning board, one life ring, one rope, one pole at every water (county notices, 2025), in that order.
pub const FOUR: [EquipmentKind; 4] = [
    EquipmentKind::Board,
    EquipmentKind::Ring,
    EquipmentKind::Rope,
    EquipmentKind::Pole,
];

/// The most pieces of one rescue point.
pub const MOST_PIECES: usize = 50;

/// A place where equipment stands together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RescuePoint {
    /// Unique within the region; never given again.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub at: LonLat,
    /// A remark.
    pub note: Option<String>,
    /// The ids of its pieces, each at no other rescue point.
    pub pieces: Vec<String>,
}

/// A rescue point that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptPoint {
    /// As it was after the last change.
    pub point: RescuePoint,
    /// Whether it is there or has been given up for good.
    pub presence: Presence,
}

/// One thing that is said of a rescue point.
#[derive(Clone, Debug, PartialEq)]
pub enum PointEdit {
    /// What people call it.
    Name(Name),
    /// Where it is.
    At(LonLat),
    /// A remark, or that there is none.
    Note(Option<Note>),
    /// All of its pieces.
    Pieces(Vec<String>),
}

impl PointEdit {
    /// Says it of a rescue point.
    pub fn apply(&self, point: &mut RescuePoint) {
        match self {
            Self::Name(name) => name.as_str().clone_into(&mut point.name),
            Self::At(at) => point.at = *at,
            Self::Note(note) => point.note = note.clone().map(Into::into),
            Self::Pieces(pieces) => point.pieces.clone_from(pieces),
        }
    }
}

/// What there is of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Supply {
    /// Nothing.
    #[default]
    None,
    /// Only what nobody can use.
    Unusable,
    /// At least one usable piece.
    Usable,
}

/// What there is of 四个一, in the order of [`FOUR`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FourOnes(pub [Supply; 4]);

impl FourOnes {
    /// Every supply, for words.
    pub const SUPPLIES: [Supply; 3] = [Supply::Usable, Supply::Unusable, Supply::None];

    /// Counts a piece in.
    pub fn add(&mut self, piece: &Equipment) {
        let found = match piece.condition {
            Condition::Usable => Supply::Usable,
            Condition::Damaged | Condition::Missing | Condition::Unverified => Supply::Unusable,
        };
        for (kind, supply) in FOUR.into_iter().zip(&mut self.0) {
            if kind == piece.kind {
                *supply = found.max(*supply);
            }
        }
    }

    /// Those of which nothing usable is there.
    pub fn missing(self) -> impl Iterator<Item = EquipmentKind> {
        let all = FOUR.into_iter().zip(self.0);
        all.filter(|(_, supply)| *supply != Supply::Usable)
            .map(|(kind, _)| kind)
    }

    /// Whether all four can be used.
    pub fn is_complete(self) -> bool {
        self.missing().next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn four(pieces: &[(EquipmentKind, Condition)]) -> FourOnes {
        let mut four = FourOnes::default();
        for &(kind, condition) in pieces {
            four.add(&Equipment {
                id: String::new(),
                kind,
                at: LonLat::new(0.0, 0.0).unwrap(),
                condition,
                name: None,
                village: None,
                inspected_on: None,
                photo: None,
                note: None,
                is_illustrative: false,
            });
        }
        four
    }

    #[test]
    fn all_four_usable_are_complete_and_one_broken_is_not() {
        use Condition::Damaged;
        use Condition::Usable;
        let all = FOUR.map(|kind| (kind, Usable));
        assert!(four(&all).is_complete());
        let mut broken = all;
        broken[2].1 = Damaged;
        let missing: Vec<EquipmentKind> = four(&broken).missing().collect();
        assert_eq!(missing, [EquipmentKind::Rope]);
        assert_eq!(four(&broken).0[2], Supply::Unusable);
        let mended = [broken.as_slice(), &[(EquipmentKind::Rope, Usable)]].concat();
        assert!(four(&mended).is_complete(), "the order does not matter");
        assert_eq!(four(&[]).missing().count(), 4);
        assert_eq!(
            four(&[(EquipmentKind::Jacket, Usable)]).missing().count(),
            4
        );
    }
}
