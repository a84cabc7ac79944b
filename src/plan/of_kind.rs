//! The pieces of one kind, usable or not, and all that is worked out about them alone.

use std::sync::Arc;
use std::sync::OnceLock;

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::Place;
use crate::ground::reach::Pieces;
use crate::ground::reach::Reach;
use crate::ground::search::FAR;
use crate::model::equipment::EquipmentKind;
use crate::plan::islands::Islands;
use crate::plan::islands::Settled;
use crate::plan::ranked::RANKED;
use crate::plan::straight::PieceTree;
use crate::plan::straight::entry;

/// The pieces of one kind, and what somebody has asked of them once.
#[derive(Clone, Debug)]
pub(super) struct OfKind {
    pub kind: EquipmentKind,
    pub pieces: Arc<Pieces>,
    reach: OnceLock<Reach>,
    /// The few nearest of every node; takes a few times as long as the nearest alone.
    ranked: OnceLock<Reach<RANKED>>,
    at: OnceLock<PieceTree>,
    settled: OnceLock<Settled>,
}

impl OfKind {
    pub fn new(kind: EquipmentKind, pieces: Arc<Pieces>) -> Self {
        Self {
            kind,
            pieces,
            reach: OnceLock::new(),
            ranked: OnceLock::new(),
            at: OnceLock::new(),
            settled: OnceLock::new(),
        }
    }

    /// Where the pieces are, for straight distances.
    pub fn at(&self) -> &PieceTree {
        self.at.get_or_init(|| {
            let points = self.pieces.iter();
            let points = points.map(|(piece, place)| entry(piece, place.at));
            PieceTree::bulk_load(points.collect())
        })
    }

    pub fn reach(&self, ground: &Ground, closures: &Closures) -> &Reach {
        self.reach.get_or_init(|| match self.ranked.get() {
            Some(ranked) => ranked.nearest(),
            None => Reach::new(ground, closures, Arc::clone(&self.pieces), FAR),
        })
    }

    /// Ranks the pieces at every node.
    pub fn rank(&self, ground: &Ground, closures: &Closures) {
        if !self.pieces.is_empty() {
            self.at();
            let ranked = || Reach::new(ground, closures, Arc::clone(&self.pieces), FAR);
            self.ranked.get_or_init(ranked);
        }
    }

    /// The few nearest of every node, once they have been ranked.
    pub fn ranked(&self) -> Option<&Reach<RANKED>> {
        self.ranked.get()
    }

    /// How many pieces stand on each part of the ground.
    pub fn settled(&self, islands: &Islands) -> &Settled {
        self.settled.get_or_init(|| {
            let places = self.pieces.iter().map(|(_, place)| place);
            Settled::new(islands, places)
        })
    }

    /// The same kind once some pieces are no longer where they were, and others, or the same elsewhere, are new there.
    ///
    /// What has been worked out is repaired rather than worked out again, so it is at hand at once.
    pub fn followed_by(
        &self,
        (ground, closures): (&Ground, &Closures),
        islands: &Islands,
        gone: &[u32],
        come: &[(u32, &Place)],
    ) -> Self {
        let mut pieces = Pieces::clone(&self.pieces);
        let (mut at, mut settled) = (self.at.get().cloned(), self.settled.get().cloned());
        for &piece in gone {
            let Some(place) = pieces.take(piece) else {
                continue;
            };
            if let Some(at) = &mut at {
                at.remove(&entry(piece, place.at));
            }
            if let Some(settled) = &mut settled {
                settled.remove(islands, &place);
            }
        }
        for &(piece, place) in come {
            pieces.put(piece, place.clone());
            if let Some(at) = &mut at {
                at.insert(entry(piece, place.at));
            }
            if let Some(settled) = &mut settled {
                settled.add(islands, place);
            }
        }
        let pieces = Arc::new(pieces);
        let come: Vec<u32> = come.iter().map(|(piece, _)| *piece).collect();
        let on = (ground, closures);
        let ranked = self.ranked.get();
        let ranked = ranked.map(|ranked| ranked.followed_by(on, Arc::clone(&pieces), gone, &come));
        // Where the few nearest are known, so is the nearest.
        let reach = self.reach.get().filter(|_| ranked.is_none());
        let reach = reach.map(|reach| reach.followed_by(on, Arc::clone(&pieces), gone, &come));
        Self {
            reach: known(reach),
            ranked: known(ranked),
            at: known(at),
            settled: known(settled),
            ..Self::new(self.kind, pieces)
        }
    }
}

fn known<T>(what: Option<T>) -> OnceLock<T> {
    what.map_or_else(OnceLock::new, OnceLock::from)
}
