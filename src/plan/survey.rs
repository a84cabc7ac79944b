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
use crate::plan::islands::Islands;
use crate::plan::islands::Settled;
use crate::plan::of_kind::OfKind;
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

/// A piece as it counts.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// Its number: of two that are equally far, the lower is the nearer.
    pub number: u32,
    /// What it is.
    pub kind: EquipmentKind,
    /// Whether it can be used.
    pub is_usable: bool,
    /// Where it stands, if anywhere.
    pub place: Option<&'a Place>,
}

impl<'a> Counted<'a> {
    /// A piece of a register.
    pub fn new(number: u32, piece: &Equipment, standing: Option<&'a Standing>) -> Self {
        Self {
            number,
            kind: piece.kind,
            is_usable: piece.condition == Condition::Usable,
            place: standing.map(|standing| &standing.place),
        }
    }
}

/// The equipment of each kind, and its reach, for one ground with its crossings open or closed as they are.
///
/// A kind is searched from when it is first asked for: defibrillators need not be when poles are what counts. After a
/// change the kinds that it does not touch are shared with what was before.
#[derive(Clone, Debug)]
pub struct ReachByKind {
    /// In the order of [`EquipmentKind::ALL`].
    usable: Vec<Arc<OfKind>>,
    /// Damaged, missing or unverified; in the order of [`EquipmentKind::ALL`].
    unusable: Vec<Arc<OfKind>>,
    islands: Arc<OnceLock<Islands>>,
}

impl ReachByKind {
    /// Sorts the equipment, its numbers its indices; `standings` tells where each piece stands, if anywhere.
    pub fn new(equipment: &[Equipment], standings: &[Option<Standing>]) -> Self {
        let pieces = equipment.iter().zip(standings).enumerate();
        let counted = pieces
            .map(|(index, (piece, standing))| Counted::new(index as u32, piece, standing.as_ref()));
        Self::of(&counted.collect::<Vec<_>>())
    }

    /// Sorts pieces by kind.
    pub fn of(pieces: &[Counted<'_>]) -> Self {
        let each = |is_usable| {
            let of_kind = |kind| {
                let own = pieces.iter();
                let own = own.filter(|piece| (piece.kind, piece.is_usable) == (kind, is_usable));
                let own = own.filter_map(|piece| Some((piece.number, piece.place?.clone())));
                Arc::new(OfKind::new(kind, Arc::new(own.collect())))
            };
            EquipmentKind::ALL.map(of_kind).into()
        };
        Self {
            usable: each(true),
            unusable: each(false),
            islands: Arc::default(),
        }
    }

    /// The same pieces where other crossings are closed.
    #[must_use]
    pub fn elsewhere_closed(&self) -> Self {
        let again = |all: &[Arc<OfKind>]| {
            let of = all.iter();
            of.map(|of| Arc::new(OfKind::new(of.kind, Arc::clone(&of.pieces))))
                .collect()
        };
        Self {
            usable: again(&self.usable),
            unusable: again(&self.unusable),
            islands: Arc::default(),
        }
    }

    /// The reach once some pieces are no longer as they were, and others, or the same ones, are as told.
    ///
    /// Whether a piece came, went, moved, or became usable or unusable is all the same: it is in `gone` as it was and in
    /// `come` as it is. What has been worked out for a kind is repaired around these pieces and is at hand at once.
    #[must_use]
    pub fn followed_by(
        &self,
        ground: &Ground,
        closures: &Closures,
        gone: &[Counted<'_>],
        come: &[Counted<'_>],
    ) -> Self {
        let each = |all: &[Arc<OfKind>], is_usable: bool| {
            let after = all.iter().map(|of| {
                let is_own =
                    |piece: &&Counted<'_>| (piece.kind, piece.is_usable) == (of.kind, is_usable);
                let gone = gone.iter().filter(is_own).map(|piece| piece.number);
                let gone: Vec<u32> = gone.collect();
                let come = come.iter().filter(is_own);
                let come = come.filter_map(|piece| Some((piece.number, piece.place?)));
                let come: Vec<(u32, &Place)> = come.collect();
                if gone.is_empty() && come.is_empty() {
                    return Arc::clone(of);
                }
                let islands = self.islands(ground, closures);
                Arc::new(of.followed_by((ground, closures), islands, &gone, &come))
            });
            after.collect()
        };
        let after = Self {
            usable: each(&self.usable, true),
            unusable: each(&self.unusable, false),
            islands: Arc::clone(&self.islands),
        };
        if self.ranked(&EquipmentKind::ALL).is_some() {
            // The first piece of its kind has nothing to be repaired.
            after.rank(ground, closures);
        }
        after
    }

    /// Which parts of the ground are joined.
    pub fn islands(&self, ground: &Ground, closures: &Closures) -> &Islands {
        self.islands.get_or_init(|| Islands::new(ground, closures))
    }

    /// How many usable pieces of a kind stand on each part of the ground.
    pub fn settled(&self, ground: &Ground, closures: &Closures, kind: EquipmentKind) -> &Settled {
        self.usable[number_of(kind)].settled(self.islands(ground, closures))
    }

    /// The same of the pieces that cannot be used.
    pub fn settled_unusable(
        &self,
        ground: &Ground,
        closures: &Closures,
        kind: EquipmentKind,
    ) -> &Settled {
        self.unusable[number_of(kind)].settled(self.islands(ground, closures))
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
        let all = self.usable.par_iter();
        all.for_each(|of| of.rank(ground, closures));
    }

    /// The usable pieces of some kinds, to be looked up; none of a kind without any.
    ///
    /// Nothing at all until all of them have been ranked.
    pub fn ranked(&self, kinds: &[EquipmentKind]) -> Option<Vec<RankedKind<'_>>> {
        let wanted = wanted(&self.usable, kinds).into_iter();
        wanted
            .map(|of| {
                Some(RankedKind {
                    reach: of.ranked()?,
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
    all: &'a [Arc<OfKind>],
    ground: &Ground,
    closures: &Closures,
) -> Vec<Option<&'a Reach>> {
    all.par_iter()
        .map(|of| (!of.pieces.is_empty()).then(|| of.reach(ground, closures)))
        .collect()
}

/// Where a kind stands in [`EquipmentKind::ALL`].
fn number_of(kind: EquipmentKind) -> usize {
    let mut all = EquipmentKind::ALL.iter();
    all.position(|&other| other == kind).unwrap_or_default()
}

/// Those of some kinds of which there are pieces.
fn wanted<'a>(all: &'a [Arc<OfKind>], kinds: &[EquipmentKind]) -> Vec<&'a OfKind> {
    let counting = all.iter().map(|of| &**of);
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
