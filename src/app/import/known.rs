//! The pieces that stand somewhere, found by kind and place.

use geo::Coord;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rustc_hash::FxHashMap;

use crate::geometry::plane::LocalPlane;
use crate::ground::spot::Spot;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::units::Meters;

/// A piece that stands somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Neighbor {
    /// One of the register, by its index.
    Piece(usize),
    /// One of the file, by the place of its row in the preview.
    Row(usize),
}

/// Where pieces stand.
pub(super) struct Known(FxHashMap<EquipmentKind, RTree<GeomWithData<[f64; 2], Neighbor>>>);

impl Known {
    /// Where the pieces of a register stand.
    pub fn of(plane: &LocalPlane, equipment: &[Equipment]) -> Self {
        let mut by_kind: FxHashMap<EquipmentKind, Vec<GeomWithData<[f64; 2], Neighbor>>> =
            FxHashMap::default();
        for (index, piece) in equipment.iter().enumerate() {
            let Coord { x, y } = plane.to_plane(piece.at);
            let of_kind = by_kind.entry(piece.kind).or_default();
            of_kind.push(GeomWithData::new([x, y], Neighbor::Piece(index)));
        }
        let trees = by_kind.into_iter();
        Self(
            trees
                .map(|(kind, pieces)| (kind, RTree::bulk_load(pieces)))
                .collect(),
        )
    }

    /// Takes in a piece.
    pub fn add(&mut self, kind: EquipmentKind, spot: Spot, who: Neighbor) {
        let Coord { x, y } = spot.coord();
        let tree = self.0.entry(kind).or_default();
        tree.insert(GeomWithData::new([x, y], who));
    }

    /// The nearest piece of a kind, if it is no farther than that.
    pub fn nearest(
        &self,
        kind: EquipmentKind,
        spot: Spot,
        within: Meters,
    ) -> Option<(Neighbor, Meters)> {
        let Coord { x, y } = spot.coord();
        let (found, squared) = self
            .0
            .get(&kind)?
            .nearest_neighbor_iter_with_distance_2([x, y])
            .next()?;
        // Spots are whole millimeters: a distance that equals the limit is within it.
        let away = Meters(squared.sqrt());
        (away.0 <= within.0 + 0.001).then_some((found.data, away))
    }
}
