//! A survey: the ground, the pieces on it, and the reach of those that can be used and of those that cannot.

use std::borrow::Cow;
use std::sync::Arc;
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
use crate::plan::call::Stands;
use crate::plan::ranked::RANKED;
use crate::plan::ranked::RankedKind;
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
    /// In the order of [`EquipmentKind::ALL`].
    usable: Vec<OfKind>,
    /// Damaged, missing or unverified; in the order of [`EquipmentKind::ALL`].
    unusable: Vec<OfKind>,
}

/// The pieces of one kind, and their reach once somebody has asked for it.
#[derive(Clone, Debug)]
struct OfKind {
    kind: EquipmentKind,
    pieces: Arc<Pieces>,
    reach: OnceLock<Reach>,
    /// The few nearest of every node; takes a few times as long as the nearest alone.
    ranked: OnceLock<Reach<RANKED>>,
    /// Where the pieces are, for straight distances.
    at: OnceLock<PieceTree>,
}

impl OfKind {
    fn at(&self) -> &PieceTree {
        self.at.get_or_init(|| {
            let points = self.pieces.iter();
            let points = points.map(|(piece, place)| entry(piece, place.at));
            PieceTree::bulk_load(points.collect())
        })
    }

    fn reach(&self, ground: &Ground, closures: &Closures) -> &Reach {
        self.reach
            .get_or_init(|| Reach::new(ground, closures, Arc::clone(&self.pieces), FAR))
    }
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
            let of_kind = |kind| OfKind {
                kind,
                pieces: pieces(kind, is_usable).into(),
                reach: OnceLock::new(),
                ranked: OnceLock::new(),
                at: OnceLock::new(),
            };
            EquipmentKind::ALL.map(of_kind).into()
        };
        Self {
            usable: each(true),
            unusable: each(false),
        }
    }

    /// The pieces of some kinds that can be used.
    pub fn usable_pieces(&self, kinds: &[EquipmentKind]) -> impl Iterator<Item = (u32, &Place)> {
        wanted(&self.usable, kinds)
            .into_iter()
            .flat_map(|of| of.pieces.iter())
    }

    /// The pieces of some kinds that are damaged, missing or unverified.
    pub fn unusable_pieces(&self, kinds: &[EquipmentKind]) -> impl Iterator<Item = (u32, &Place)> {
        wanted(&self.unusable, kinds)
            .into_iter()
            .flat_map(|of| of.pieces.iter())
    }

    /// The usable pieces of some kinds, to be come upon by whoever passes; none of a kind without any.
    pub fn stands(&self, kinds: &[EquipmentKind]) -> Vec<Stands<'_>> {
        wanted(&self.usable, kinds)
            .into_iter()
            .map(|of| Stands {
                places: &of.pieces,
                at: of.at(),
            })
            .collect()
    }

    /// Ranks the usable pieces of every kind at every node, so that they can be looked up.
    pub fn rank(&self, ground: &Ground, closures: &Closures) {
        self.usable.par_iter().for_each(|of| {
            if !of.pieces.is_empty() {
                of.at();
                let ranked = || Reach::new(ground, closures, Arc::clone(&of.pieces), FAR);
                of.ranked.get_or_init(ranked);
            }
        });
    }

    /// The usable pieces of some kinds, to be looked up; none of a kind without any.
    ///
    /// Nothing at all until all of them have been ranked.
    pub fn ranked(&self, kinds: &[EquipmentKind]) -> Option<Vec<RankedKind<'_>>> {
        let wanted = wanted(&self.usable, kinds).into_iter();
        wanted
            .map(|of| {
                Some(RankedKind {
                    reach: of.ranked.get()?,
                    at: of.at(),
                })
            })
            .collect()
    }

    /// The reach of the usable pieces of every kind, in the order of [`EquipmentKind::ALL`]; none for a kind without any.
    pub fn of_usable(&self, ground: &Ground, closures: &Closures) -> Vec<Option<&Reach>> {
        of_every_kind(&self.usable, ground, closures)
    }

    /// The same of the damaged, missing and unverified pieces.
    pub fn of_unusable(&self, ground: &Ground, closures: &Closures) -> Vec<Option<&Reach>> {
        of_every_kind(&self.unusable, ground, closures)
    }

    /// A survey in which only these kinds count.
    pub fn survey<'a>(
        &'a self,
        ground: &'a Ground,
        closures: &'a Closures,
        kinds: &[EquipmentKind],
    ) -> Survey<'a> {
        let usable = searched(wanted(&self.usable, kinds), ground, closures);
        let unusable = wanted(&self.unusable, kinds);
        let unusable = unusable.into_iter().map(|of| &*of.pieces);
        Survey::new(ground, closures, usable, unusable.collect())
    }

    /// A survey in which only these kinds count, and all pieces of them, whatever their condition.
    pub fn survey_of_any_condition<'a>(
        &'a self,
        ground: &'a Ground,
        closures: &'a Closures,
        kinds: &[EquipmentKind],
    ) -> Survey<'a> {
        let mut all = wanted(&self.usable, kinds);
        all.extend(wanted(&self.unusable, kinds));
        Survey::new(
            ground,
            closures,
            searched(all, ground, closures),
            Vec::new(),
        )
    }
}

fn of_every_kind<'a>(
    all: &'a [OfKind],
    ground: &Ground,
    closures: &Closures,
) -> Vec<Option<&'a Reach>> {
    all.par_iter()
        .map(|of| (!of.pieces.is_empty()).then(|| of.reach(ground, closures)))
        .collect()
}

/// Those of some kinds of which there are pieces.
fn wanted<'a>(all: &'a [OfKind], kinds: &[EquipmentKind]) -> Vec<&'a OfKind> {
    let counting = all.iter();
    counting
        .filter(|of| kinds.contains(&of.kind) && !of.pieces.is_empty())
        .collect()
}

/// The reaches, those that nobody has asked for yet searched on all cores.
fn searched<'a>(all: Vec<&'a OfKind>, ground: &Ground, closures: &Closures) -> Vec<&'a Reach> {
    all.into_par_iter()
        .map(|of| of.reach(ground, closures))
        .collect()
}
