//! The nearest pieces that cannot be used: told apart, so that nobody runs to one.

use std::collections::BTreeSet;

use crate::app::nearest::NearestQuestion;
use crate::app::scene::Scene;
use crate::app::snapshot::Snapshot;
use crate::ground::place::Place;
use crate::plan::nearest::Found;
use crate::units::Meters;

/// A damaged, missing or unverified piece that somebody can walk to.
#[derive(Clone, Debug, PartialEq)]
pub struct UnusablePiece {
    /// Its index.
    pub piece: u32,
    /// The walk from the place itself, effective meters; in the water, from the bank from which it is shorter.
    pub walk: Meters,
    /// For information only.
    pub straight: Meters,
}

impl Snapshot {
    /// The unusable pieces nearest on foot, the nearest first; for a place in the water, from either of its banks.
    ///
    /// Few pieces are unusable, so they are searched for whenever somebody asks, and not ranked at every node.
    pub(super) fn unusable(
        &self,
        question: &NearestQuestion,
        scene: &Scene<impl AsRef<Place>>,
    ) -> Vec<UnusablePiece> {
        let region = &self.region;
        let ground = &region.ground;
        // With all their legs: what is usable may be nearer, and its start has no more than that needs.
        let starts: Vec<Place> = match &scene.starts[..] {
            [(None, start)] => vec![ground.place(start.as_ref().at)],
            _ => scene
                .banks
                .iter()
                .filter_map(|&bank| ground.place_on_bank(bank))
                .collect(),
        };
        let pieces: Vec<(u32, &Place)> = region.reach.unusable_pieces(&question.kinds).collect();
        let mut found: Vec<Found> = Vec::new();
        for start in &starts {
            found.extend(self.searched(question, &pieces, start, Self::settled_unusable));
        }
        found.sort_by(|a, b| {
            let by_walk = a.walk.0.total_cmp(&b.walk.0);
            by_walk.then(a.piece.cmp(&b.piece))
        });
        let mut told = BTreeSet::new();
        found.retain(|found| told.insert(found.piece));
        let nearest = found.into_iter().take(question.most);
        nearest
            .map(|found| UnusablePiece {
                piece: region.index_of(found.piece) as u32,
                walk: found.walk,
                straight: found.straight,
            })
            .collect()
    }
}
