//! Reach: how far every node is from the nearest usable piece, and which one that is; repaired when a piece comes or goes.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::Place;
use crate::ground::search::Front;
use crate::ground::search::Label;
use crate::ground::search::Labels;

/// So many neighboring nodes keep their legs together, as a power of two.
const NODES_TOGETHER: u32 = 6;

/// Pieces on the ground, each known by its number.
///
/// A copy shares all places, and the legs to the nodes at which nothing changes: a region is copied whenever a piece comes
/// or goes.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    places: FxHashMap<u32, Arc<Place>>,
    /// For some nodes together, the legs to them in order.
    legs: Vec<Arc<Vec<LegTo>>>,
}

/// A leg to a node from the piece that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct LegTo {
    node: u32,
    piece: u32,
    cost: u32,
}

impl Pieces {
    /// Where a piece stands, if it is one of these.
    pub fn place(&self, piece: u32) -> Option<&Place> {
        self.places.get(&piece).map(|place| &**place)
    }

    /// The pieces by number.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Place)> {
        let mut numbers: Vec<u32> = self.places.keys().copied().collect();
        numbers.sort_unstable();
        numbers
            .into_iter()
            .map(|number| (number, &*self.places[&number]))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The pieces that have a leg to a node, with the leg's cost.
    pub fn legs_at(&self, node: u32) -> impl Iterator<Item = (u32, u32)> {
        let together = self.legs.get((node >> NODES_TOGETHER) as usize);
        let together = together.map_or(&[][..], |legs| legs);
        let first = together.partition_point(|leg| leg.node < node);
        let own = together[first..].iter();
        own.take_while(move |leg| leg.node == node)
            .map(|leg| (leg.piece, leg.cost))
    }

    /// Puts a piece at a place.
    pub fn put(&mut self, piece: u32, place: Place) {
        for leg in &place.legs {
            let together = (leg.node >> NODES_TOGETHER) as usize;
            if self.legs.len() <= together {
                self.legs.resize_with(together + 1, Arc::default);
            }
            let legs = Arc::make_mut(&mut self.legs[together]);
            let new = LegTo {
                node: leg.node,
                piece,
                cost: leg.cost,
            };
            legs.insert(legs.partition_point(|known| *known < new), new);
        }
        self.places.insert(piece, place.into());
    }

    /// Takes a piece away; tells where it stood.
    pub fn take(&mut self, piece: u32) -> Option<Arc<Place>> {
        let place = self.places.remove(&piece)?;
        for leg in &place.legs {
            if let Some(legs) = self.legs.get_mut((leg.node >> NODES_TOGETHER) as usize) {
                Arc::make_mut(legs).retain(|known| known.piece != piece);
            }
        }
        Some(place)
    }
}

impl FromIterator<(u32, Place)> for Pieces {
    /// All at once: the legs are put in order when they are all there, however many pieces stand at one spot.
    fn from_iter<I: IntoIterator<Item = (u32, Place)>>(pieces: I) -> Self {
        let mut places = FxHashMap::default();
        let mut legs: Vec<Vec<LegTo>> = Vec::new();
        for (piece, place) in pieces {
            for leg in &place.legs {
                let together = (leg.node >> NODES_TOGETHER) as usize;
                if legs.len() <= together {
                    legs.resize_with(together + 1, Vec::new);
                }
                legs[together].push(LegTo {
                    node: leg.node,
                    piece,
                    cost: leg.cost,
                });
            }
            places.insert(piece, Arc::new(place));
        }
        let in_order = legs.into_iter().map(|mut legs| {
            legs.sort_unstable();
            Arc::new(legs)
        });
        Self {
            legs: in_order.collect(),
            places,
        }
    }
}

/// The reach of one set of pieces: of every node, the `K` nearest.
#[derive(Clone, Debug)]
pub struct Reach<const K: usize = 1> {
    labels: Labels<K>,
    /// Shared with whoever else knows them, until one comes or goes.
    pieces: Arc<Pieces>,
    limit: u32,
}

/// What a change of the pieces changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The nodes with another label.
    pub n_nodes: usize,
    /// The banks on which such nodes lie, in order.
    pub banks: Vec<u32>,
}

impl<const K: usize> Reach<K> {
    /// One search from all pieces at once, up to a limit (effective millimeters; [`FAR`](crate::ground::search::FAR) for none).
    ///
    /// `O((V + E) log V)`, whatever the number of pieces.
    pub fn new(
        ground: &Ground,
        closures: &Closures,
        pieces: impl Into<Arc<Pieces>>,
        limit: u32,
    ) -> Self {
        let mut reach = Self {
            labels: Labels::new(ground.graph.n_nodes()),
            pieces: pieces.into(),
            limit,
        };
        let mut front = Front::default();
        let pieces = Arc::clone(&reach.pieces);
        for (piece, place) in pieces.iter() {
            reach.seed(&mut front, piece, place, &mut |_| {});
        }
        reach
            .labels
            .spread(&ground.graph, closures, &mut front, limit, |_| {});
        reach
    }

    /// The reach of the same pieces when only the nearest of every node is asked for: `O(V)`, without a search.
    #[must_use]
    pub fn nearest(&self) -> Reach {
        Reach {
            labels: self.labels.nearest(),
            pieces: Arc::clone(&self.pieces),
            limit: self.limit,
        }
    }

    /// What is known of a node's nearest piece.
    pub fn label(&self, node: u32) -> Label {
        self.labels.get(node)
    }

    /// The labels of all nodes: equal labels are equal reach.
    pub fn labels(&self) -> &Labels<K> {
        &self.labels
    }

    /// The pieces that count.
    pub fn pieces(&self) -> &Pieces {
        &self.pieces
    }

    /// Adds a piece; only what it is nearest to is touched.
    pub fn add(
        &mut self,
        ground: &Ground,
        closures: &Closures,
        piece: u32,
        place: Place,
    ) -> Changed {
        let mut nodes = Vec::new();
        let mut front = Front::default();
        self.seed(&mut front, piece, &place, &mut |node| nodes.push(node));
        Arc::make_mut(&mut self.pieces).put(piece, place);
        self.labels
            .spread(&ground.graph, closures, &mut front, self.limit, |node| {
                nodes.push(node);
            });
        Changed::at(ground, nodes)
    }

    /// Removes a piece; only what it was nearest to is touched.
    pub fn remove(&mut self, ground: &Ground, closures: &Closures, piece: u32) -> Changed {
        let Some(place) = Arc::make_mut(&mut self.pieces).take(piece) else {
            return Changed::default();
        };
        let orphans = self.forget(ground, piece, &place);
        let mut front = Front::default();
        self.ask_around(ground, closures, &mut front, &orphans);
        self.labels
            .spread(&ground.graph, closures, &mut front, self.limit, |_| {});
        Changed::at(ground, orphans)
    }

    /// The reach once the pieces are others, of which `gone` are no longer where they were and `come` are new there; a piece
    /// that has moved is both.
    ///
    /// The labels are copied and only what the changed pieces were or become nearest to is searched again.
    #[must_use]
    pub fn followed_by(
        &self,
        (ground, closures): (&Ground, &Closures),
        pieces: Arc<Pieces>,
        gone: &[u32],
        come: &[u32],
    ) -> Self {
        let before = &self.pieces;
        let mut after = Self {
            labels: self.labels.clone(),
            pieces,
            limit: self.limit,
        };
        let mut orphans = Vec::new();
        // All that is gone is forgotten before anybody is asked, or a neighbor might tell of it.
        for &piece in gone {
            if let Some(place) = before.place(piece) {
                orphans.extend(after.forget(ground, piece, place));
            }
        }
        let mut front = Front::default();
        after.ask_around(ground, closures, &mut front, &orphans);
        let pieces = Arc::clone(&after.pieces);
        for &piece in come {
            if let Some(place) = pieces.place(piece) {
                after.seed(&mut front, piece, place, &mut |_| {});
            }
        }
        after
            .labels
            .spread(&ground.graph, closures, &mut front, self.limit, |_| {});
        after
    }

    /// Forgets a piece at all nodes that know of it; tells which they are.
    fn forget(&mut self, ground: &Ground, piece: u32, place: &Place) -> Vec<u32> {
        let orphans = self.nodes_of(ground, piece, place);
        for &node in &orphans {
            self.labels.forget_origin(node, piece);
        }
        orphans
    }

    /// Offers nodes what the pieces in their sight and their neighbors know.
    fn ask_around(
        &mut self,
        ground: &Ground,
        closures: &Closures,
        front: &mut Front,
        nodes: &[u32],
    ) {
        let pieces = Arc::clone(&self.pieces);
        for &node in nodes {
            for (piece, cost) in pieces.legs_at(node) {
                let label = Label {
                    distance: cost,
                    origin: piece,
                    before: None,
                };
                if cost <= self.limit {
                    self.labels.offer(front, node, label);
                }
            }
            self.offer_from_around(ground, closures, front, node);
        }
    }

    fn seed(&mut self, front: &mut Front, piece: u32, place: &Place, changed: &mut dyn FnMut(u32)) {
        for leg in place.legs.iter().filter(|leg| leg.cost <= self.limit) {
            let label = Label {
                distance: leg.cost,
                origin: piece,
                before: None,
            };
            if self.labels.offer(front, leg.node, label) {
                changed(leg.node);
            }
        }
    }

    /// The nodes that know of a piece: they hang together, from its legs on.
    fn nodes_of(&self, ground: &Ground, piece: u32, place: &Place) -> Vec<u32> {
        let is_own = |node: u32| self.labels.of(node, piece).is_some();
        let mut found: Vec<u32> = place
            .legs
            .iter()
            .map(|leg| leg.node)
            .filter(|&node| is_own(node))
            .collect();
        found.sort_unstable();
        found.dedup();
        let mut is_found: FxHashSet<u32> = found.iter().copied().collect();
        let mut at = 0;
        while at < found.len() {
            for (next, _) in ground.graph.neighbors(found[at]) {
                if is_own(next) && is_found.insert(next) {
                    found.push(next);
                }
            }
            at += 1;
        }
        found
    }

    /// Offers a node what its neighbors know.
    fn offer_from_around(
        &mut self,
        ground: &Ground,
        closures: &Closures,
        front: &mut Front,
        node: u32,
    ) {
        for (neighbor, arc) in ground.graph.open_neighbors(node, closures) {
            for rank in 0..K {
                let Some(label) = self.labels.at_rank(neighbor, rank) else {
                    break;
                };
                let distance = label.distance.saturating_add(arc.cost);
                if distance <= self.limit {
                    let label = Label {
                        distance,
                        origin: label.origin,
                        before: Some(neighbor),
                    };
                    self.labels.offer(front, node, label);
                }
            }
        }
    }
}

impl Changed {
    fn at(ground: &Ground, mut nodes: Vec<u32>) -> Self {
        nodes.sort_unstable();
        nodes.dedup();
        let points = nodes.iter().flat_map(|&node| ground.banks_of.of(node));
        let mut banks: Vec<u32> = points.map(|point| point.bank).collect();
        banks.sort_unstable();
        banks.dedup();
        Self {
            n_nodes: nodes.len(),
            banks,
        }
    }
}
