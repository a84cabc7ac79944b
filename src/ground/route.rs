//! The way itself: the nodes from a place to its origin, pulled taut, and the crossings on it.

use crate::ground::Ground;
use crate::ground::graph::Footing;
use crate::ground::graph::cost;
use crate::ground::land::Post;
use crate::ground::mesh::NONE;
use crate::ground::passed::first_toward;
use crate::ground::place::Place;
use crate::ground::search::Labels;
use crate::ground::spot::Spot;
use crate::ground::spot::turn;
use crate::units::Meters;

/// A walk over the ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// From the node that asks to the origin's place.
    pub spots: Vec<Spot>,
    /// Effective length.
    pub length: Meters,
    /// Indices of the crossings used, in order.
    pub crossings: Vec<u32>,
}

/// One straight piece of a way.
#[derive(Clone, Copy)]
struct Piece {
    to: Spot,
    to_node: Option<u32>,
    cost: u32,
    is_open: bool,
    crossing: Option<u32>,
}

impl Ground {
    /// The way from a node to one of the origins that it knows, which stands at `place`; none if it does not know it.
    pub fn route<const K: usize>(
        &self,
        labels: &Labels<K>,
        node: u32,
        (origin, place): (u32, &Place),
    ) -> Option<Route> {
        let (mut at, mut label) = (node, labels.of(node, origin)?);
        let mut pieces = Vec::new();
        while let Some(before) = label.before {
            let next = labels.of(before, origin)?;
            pieces.push(self.piece(at, before, label.distance - next.distance));
            (at, label) = (before, next);
        }
        pieces.push(Piece {
            to: place.at,
            to_node: None,
            cost: label.distance,
            is_open: true,
            crossing: None,
        });
        Some(self.taut(node, pieces))
    }

    /// The crossings on the way from a node to one of the origins that it knows, in order.
    ///
    /// As [`Ground::route`] has them, without pulling the way taut.
    pub fn crossings_on<const K: usize>(
        &self,
        labels: &Labels<K>,
        node: u32,
        origin: u32,
    ) -> Vec<u32> {
        let (mut at, mut known) = (node, labels.of(node, origin));
        let mut crossings = Vec::new();
        while let Some((label, before)) = known.and_then(|label| Some((label, label.before?))) {
            let next = labels.of(before, origin);
            // Arcs over crossings are the last of a node.
            let arcs = self.graph.arcs(at);
            if let (Some(next), Some(Footing::Crossing)) =
                (next, arcs.last().map(|arc| arc.footing()))
            {
                let piece = self.piece(at, before, label.distance - next.distance);
                crossings.extend(piece.crossing);
            }
            (at, known) = (before, next);
        }
        crossings.dedup();
        crossings
    }

    fn piece(&self, from: u32, to: u32, cost: u32) -> Piece {
        let arc = self
            .graph
            .neighbors(from)
            .filter(|&(next, arc)| next == to && arc.cost == cost)
            .map(|(_, arc)| arc)
            .min();
        let footing = arc.map_or(Footing::Open, super::graph::Arc::footing);
        let crossing = match (footing, arc) {
            (Footing::Crossing, Some(arc)) => Some(self.graph.over[arc.to() as usize].crossing),
            _ => None,
        };
        Piece {
            to: self.nodes[to as usize],
            to_node: Some(to),
            cost,
            is_open: footing == Footing::Open,
            crossing,
        }
    }

    /// Skips spots between two open pieces where the straight way is free too.
    fn taut(&self, start: u32, pieces: Vec<Piece>) -> Route {
        let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let mut piece = piece;
            while let Some(last) = kept.last().copied() {
                let from = match kept.len() {
                    1 => Some(start),
                    n => kept[n - 2].to_node,
                };
                let Some(from) = from.filter(|_| last.is_open && piece.is_open) else {
                    break;
                };
                let straight = cost(
                    self.nodes[from as usize].millimeters_to(piece.to),
                    self.settings.open_factor,
                );
                let is_free = self.is_free(from, piece.to)
                    && piece.to_node.is_none_or(|to| self.faces(to, from));
                if straight > last.cost + piece.cost || !is_free {
                    break;
                }
                piece.cost = straight;
                kept.pop();
            }
            kept.push(piece);
        }
        let mut crossings: Vec<u32> = kept.iter().filter_map(|piece| piece.crossing).collect();
        crossings.dedup();
        let total: u64 = kept.iter().map(|piece| u64::from(piece.cost)).sum();
        let spots = std::iter::once(self.nodes[start as usize]);
        Route {
            spots: spots.chain(kept.iter().map(|piece| piece.to)).collect(),
            length: Meters(total as f64 / 1000.0),
            crossings,
        }
    }

    /// Whether the straight way from a node to a spot lies on free land; a way that only grazes a corner may count as not free.
    pub fn is_free(&self, node: u32, to: Spot) -> bool {
        let spot = self.land.spot_of(node);
        let toward = |spot: u32| {
            let triangle = first_toward(&self.mesh, spot, to)?;
            // From one side of a split spot nobody gets to what lies on another.
            (self.land.node_in(spot, triangle) == node).then_some(triangle)
        };
        spot.and_then(toward)
            .is_some_and(|start| self.is_free_from(self.nodes[node as usize], start, to))
    }

    /// Whether whoever comes straight from one node to another arrives on the side of it that the node stands for.
    fn faces(&self, node: u32, from: u32) -> bool {
        let Some(spot) = self.land.spot_of(node) else {
            return false;
        };
        let from = self.nodes[from as usize];
        let mut sides = self.land.facing(&self.mesh, spot, from);
        self.land.posts[spot as usize] != Post::Split || sides.any(|side| side.node == node)
    }

    /// Whether the straight way from a spot, which lies in or on the triangle `start`, to another lies on free land.
    pub fn is_free_from(&self, from: Spot, start: u32, to: Spot) -> bool {
        let mut triangle = start;
        if !self.land.is_land[triangle as usize] {
            return false;
        }
        for _ in 0..self.mesh.n_triangles() {
            let corners = self.mesh.spots_of(triangle);
            let exit = (0..3).find(|&i| {
                let (a, b) = (corners[i], corners[(i + 1) % 3]);
                turn(a, b, to) < 0 && turn(from, to, a) <= 0 && turn(from, to, b) >= 0
            });
            match exit {
                None => return true,
                Some(side) => triangle = self.land.next[triangle as usize][side],
            }
            if triangle == NONE {
                return false;
            }
        }
        false
    }
}
