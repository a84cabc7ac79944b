//! A survey: the ground, the pieces on it, and the reach of those that can be used and of those that cannot.

use std::borrow::Cow;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::Place;
use crate::ground::place::Standing;
use crate::ground::reach::Pieces;
use crate::ground::reach::Reach;
use crate::ground::search::FAR;
use crate::ground::search::Label;
use crate::model::equipment::Condition;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::plan::straight::PieceTree;
use crate::plan::straight::entry;

/// Everything that questions about coverage are asked of.
#[derive(Debug)]
pub struct Survey<'a> {
    /// The walking ground.
    pub ground: &'a Ground,
    /// Which crossings are closed.
    pub closures: &'a Closures,
    /// The kinds that count, one reach each.
    pub usable: Vec<Cow<'a, Reach>>,
    /// The same kinds, pieces that are damaged, missing or unverified.
    pub unusable: Vec<&'a Pieces>,
    /// Where the usable pieces are, for straight distances.
    pub usable_at: PieceTree,
}

impl<'a> Survey<'a> {
    /// A survey of the kinds whose reaches are given.
    pub fn new(
        ground: &'a Ground,
        closures: &'a Closures,
        usable: Vec<&'a Reach>,
        unusable: Vec<&'a Pieces>,
    ) -> Self {
        let usable: Vec<Cow<'a, Reach>> = usable.into_iter().map(Cow::Borrowed).collect();
        let pieces = usable.iter().flat_map(|reach| reach.pieces().iter());
        let points = pieces.map(|(piece, place)| entry(piece, place.at));
        let usable_at = PieceTree::bulk_load(points.collect());
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

    /// Where a piece that counts stands, whether it can be used or not.
    pub fn place_of(&self, piece: u32) -> Option<&Place> {
        let usable = self.usable.iter().map(|reach| reach.pieces());
        let mut all = usable.chain(self.unusable.iter().copied());
        all.find_map(|pieces| pieces.place(piece))
    }

    /// The usable pieces that count.
    pub fn pieces(&self) -> impl Iterator<Item = (u32, &Place)> {
        self.usable.iter().flat_map(|reach| reach.pieces().iter())
    }
}

fn nearest_of(reaches: &[Cow<'_, Reach>], node: u32) -> Option<Label> {
    let labels = reaches.iter().map(|reach| reach.label(node));
    labels
        .filter(|label| label.distance != FAR)
        .min_by_key(|label| (label.distance, label.origin))
}

/// The equipment of each kind, and its reach, for one ground with its crossings open or closed as they are.
///
/// A kind is searched from when it is first asked for: defibrillators need not be when poles are what counts.
#[derive(Clone, Debug)]
pub struct ReachByKind {
    usable: Vec<Pieces>,
    unusable: Vec<Pieces>,
    reach: Vec<OnceLock<Reach>>,
}

impl ReachByKind {
    /// Sorts the equipment; `standings` tells where each piece stands, if anywhere.
    pub fn new(equipment: &[Equipment], standings: &[Option<Standing>]) -> Self {
        let pieces = |kind: EquipmentKind, is_usable: bool| -> Pieces {
            let pieces = equipment.iter().zip(standings).enumerate();
            let counting = pieces.filter(|(_, (piece, _))| {
                piece.kind == kind && (piece.condition == Condition::Usable) == is_usable
            });
            counting
                .filter_map(|(number, (_, standing))| {
                    Some((number as u32, standing.as_ref()?.place.clone()))
                })
                .collect()
        };
        let each = |is_usable| {
            EquipmentKind::ALL
                .map(|kind| pieces(kind, is_usable))
                .into()
        };
        Self {
            usable: each(true),
            unusable: each(false),
            reach: vec![OnceLock::new(); EquipmentKind::ALL.len()],
        }
    }

    /// A survey in which only these kinds count.
    pub fn survey<'a>(
        &'a self,
        ground: &'a Ground,
        closures: &'a Closures,
        kinds: &[EquipmentKind],
    ) -> Survey<'a> {
        let is_wanted = |(kind, pieces): &(&EquipmentKind, &'a Pieces)| {
            kinds.contains(kind) && !pieces.is_empty()
        };
        let counting = |pieces: &'a [Pieces]| EquipmentKind::ALL.iter().zip(pieces);
        let usable: Vec<(&Pieces, &OnceLock<Reach>)> = counting(&self.usable)
            .zip(&self.reach)
            .filter(|(pieces, _)| is_wanted(pieces))
            .map(|((_, pieces), reach)| (pieces, reach))
            .collect();
        let search = |&(pieces, reach): &(&Pieces, &'a OnceLock<Reach>)| {
            reach.get_or_init(|| Reach::new(ground, closures, pieces.clone(), FAR))
        };
        let unusable = counting(&self.unusable).filter(is_wanted);
        Survey::new(
            ground,
            closures,
            usable.par_iter().map(search).collect(),
            unusable.map(|(_, pieces)| pieces).collect(),
        )
    }
}
