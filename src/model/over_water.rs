//! How far rescue equipment reaches over the water from the bank.

use crate::model::equipment::EquipmentKind;
use crate::units::Meters;

/// How far the pieces of each kind reach that can be held or thrown out to a casualty.
///
/// # Units
///
/// Meters, straight over the water.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OverWater {
    /// A pole, held.
    pub pole: Meters,
    /// A life ring, thrown on its line.
    pub ring: Meters,
    /// A throw rope.
    pub rope: Meters,
}

impl Default for OverWater {
    /// A pole of 5 m as they stand in Chibi, the shortest in use; rings on 25 m of rope as in Ireland.
    fn default() -> Self {
        Self {
            pole: Meters(5.0),
            ring: Meters(25.0),
            rope: Meters(25.0),
        }
    }
}

impl OverWater {
    /// How far a kind reaches; nothing that cannot be held or thrown out reaches anybody.
    pub fn of(&self, kind: EquipmentKind) -> Option<Meters> {
        match kind {
            EquipmentKind::Pole => Some(self.pole),
            EquipmentKind::Ring => Some(self.ring),
            EquipmentKind::Rope => Some(self.rope),
            EquipmentKind::Board
            | EquipmentKind::Jacket
            | EquipmentKind::Aed
            | EquipmentKind::Other => None,
        }
    }

    /// Whether a kind reaches a casualty so far from the bank; exactly as far is reached.
    ///
    /// In whole millimeters, like the ground, so that rounding never decides.
    pub fn reaches(&self, kind: EquipmentKind, offset: Meters) -> bool {
        let millimeters = |length: Meters| (length.0 * 1000.0).round();
        let reach = self.of(kind);
        reach.is_some_and(|reach| millimeters(offset) <= millimeters(reach))
    }

    /// The kinds that reach a casualty so far from the bank, in the order of [`EquipmentKind::ALL`].
    pub fn reaching(&self, offset: Meters) -> Vec<EquipmentKind> {
        let all = EquipmentKind::ALL.into_iter();
        all.filter(|&kind| self.reaches(kind, offset)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_casualty_exactly_as_far_out_as_a_piece_reaches_is_reached() {
        let usual = OverWater::default();
        let reaching = |offset| usual.reaching(Meters(offset));
        let [pole, ring, rope] = [
            EquipmentKind::Pole,
            EquipmentKind::Ring,
            EquipmentKind::Rope,
        ];
        assert_eq!(reaching(0.0), [pole, ring, rope]);
        assert_eq!(reaching(5.0), [pole, ring, rope]);
        assert_eq!(reaching(5.001), [ring, rope]);
        assert_eq!(reaching(25.0), [ring, rope]);
        assert_eq!(reaching(25.001), []);
    }

    #[test]
    fn rounding_does_not_decide_who_is_reached() {
        let long = OverWater {
            pole: Meters(0.1 + 0.2),
            ..OverWater::default()
        };
        assert!(long.reaches(EquipmentKind::Pole, Meters(0.3)));
        let short = OverWater {
            pole: Meters(0.3),
            ..OverWater::default()
        };
        assert!(short.reaches(EquipmentKind::Pole, Meters(0.1 + 0.2)));
    }
}
