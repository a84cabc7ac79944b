//! A survey: the ground, the pieces on it, and the reach of those that can be used and of those that cannot.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::Standing;
use crate::ground::reach::Reach;
use crate::ground::search::FAR;
use crate::ground::search::Label;
use crate::ground::spot::Spot;
use crate::model::equipment::Condition;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;

/// Everything that questions about coverage are asked of.
#[derive(Debug)]
pub struct Survey<'a> {
    /// The walking ground.
    pub ground: &'a Ground,
    /// Which crossings are closed.
    pub closures: &'a Closures,
    /// The kinds that count, one reach each.
    pub usable: Vec<&'a Reach>,
    /// The same kinds, pieces that are damaged, missing or unverified.
    pub unusable: Vec<&'a Reach>,
    /// Where the usable pieces are, for straight distances.
    pub usable_at: RTree<GeomWithData<[f64; 2], u32>>,
}

impl<'a> Survey<'a> {
    /// A survey of the kinds whose reaches are given.
    pub fn new(
        ground: &'a Ground,
        closures: &'a Closures,
        usable: Vec<&'a Reach>,
        unusable: Vec<&'a Reach>,
    ) -> Self {
        let pieces = usable.iter().flat_map(|reach| reach.pieces());
        let points = pieces.map(|(piece, place)| {
            GeomWithData::new([f64::from(place.at.x), f64::from(place.at.y)], piece)
        });
        let usable_at = RTree::bulk_load(points.collect());
        Self {
            ground,
            closures,
            usable,
            unusable,
            usable_at,
        }
    }

    /// The nearest usable piece of any kind that counts, if the node is reached at all.
    pub fn nearest(&self, node: u32) -> Option<Label> {
        nearest_of(&self.usable, node)
    }

    /// Where a piece of any of these reaches stands.
    pub fn spot_of(&self, piece: u32) -> Option<Spot> {
        let places = self.usable.iter().chain(&self.unusable);
        places
            .filter_map(|reach| reach.place(piece))
            .map(|place| place.at)
            .next()
    }
}

fn nearest_of(reaches: &[&Reach], node: u32) -> Option<Label> {
    let labels = reaches.iter().map(|reach| reach.label(node));
    labels
        .filter(|label| label.distance != FAR)
        .min_by_key(|label| (label.distance, label.origin))
}

/// The reach of each kind of equipment, of usable and of unusable pieces apart.
#[derive(Clone, Debug)]
pub struct ReachByKind {
    /// In the order of [`EquipmentKind::ALL`].
    pub usable: Vec<Reach>,
    /// In the order of [`EquipmentKind::ALL`].
    pub unusable: Vec<Reach>,
}

impl ReachByKind {
    /// One search for each kind; `standings` tells where each piece stands, if anywhere.
    pub fn new(
        ground: &Ground,
        closures: &Closures,
        equipment: &[Equipment],
        standings: &[Option<Standing>],
    ) -> Self {
        use rayon::prelude::*;

        let reach = |&(kind, is_usable): &(EquipmentKind, bool)| {
            let pieces = equipment.iter().zip(standings).enumerate();
            let counting = pieces.filter(|(_, (piece, _))| {
                piece.kind == kind && (piece.condition == Condition::Usable) == is_usable
            });
            let places = counting.filter_map(|(number, (_, standing))| {
                Some((number as u32, standing.as_ref()?.place.clone()))
            });
            Reach::new(ground, closures, places.collect::<Vec<_>>(), FAR)
        };
        let each = |is_usable| -> Vec<Reach> {
            let kinds: Vec<_> = EquipmentKind::ALL
                .iter()
                .map(|&kind| (kind, is_usable))
                .collect();
            kinds.par_iter().map(reach).collect()
        };
        Self {
            usable: each(true),
            unusable: each(false),
        }
    }

    /// A survey in which only these kinds count.
    pub fn survey<'a>(
        &'a self,
        ground: &'a Ground,
        closures: &'a Closures,
        kinds: &[EquipmentKind],
    ) -> Survey<'a> {
        let (usable, unusable) = (of(&self.usable, kinds), of(&self.unusable, kinds));
        Survey::new(ground, closures, usable, unusable)
    }

    /// A survey in which only these kinds count, and all pieces of them, whatever their condition.
    pub fn survey_of_any_condition<'a>(
        &'a self,
        ground: &'a Ground,
        closures: &'a Closures,
        kinds: &[EquipmentKind],
    ) -> Survey<'a> {
        let mut all = of(&self.usable, kinds);
        all.extend(of(&self.unusable, kinds));
        Survey::new(ground, closures, all, Vec::new())
    }
}

/// The reaches of some kinds, where there are pieces.
fn of<'a>(reaches: &'a [Reach], kinds: &[EquipmentKind]) -> Vec<&'a Reach> {
    let counting = EquipmentKind::ALL.iter().zip(reaches);
    let wanted = counting.filter(|(kind, reach)| kinds.contains(kind) && !reach.is_empty());
    wanted.map(|(_, reach)| reach).collect()
}
