//! Landmarks: the paths and banks that places are snapped to, found by where they are.

use rstar::AABB;
use rstar::PointDistance;
use rstar::RTree;
use rstar::RTreeObject;

use crate::ground::graph::Edge;
use crate::ground::spot::Spot;
use crate::ground::tree::box_of;
use crate::ground::tree::square_to;

/// What places can be snapped to.
#[derive(Debug, Default)]
pub struct Landmarks {
    pub(super) paths: RTree<PathPiece>,
    pub(super) banks: RTree<BankPiece>,
}

#[derive(Debug)]
pub(super) struct PathPiece {
    pub ends: [u32; 2],
    pub from: Spot,
    pub to: Spot,
    pub cost: u32,
    pub is_crossing: bool,
}

#[derive(Debug)]
pub(super) struct BankPiece {
    pub bank: u32,
    pub edge: u32,
    pub from: Spot,
    pub to: Spot,
}

impl RTreeObject for PathPiece {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        box_of(self.from, self.to)
    }
}

impl PointDistance for PathPiece {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        square_to(self.from, self.to, *point)
    }
}

impl RTreeObject for BankPiece {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        box_of(self.from, self.to)
    }
}

impl PointDistance for BankPiece {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        square_to(self.from, self.to, *point)
    }
}

impl Landmarks {
    /// Indexes paths and banks.
    pub fn new(nodes: &[Spot], paths: &[Edge], bank_edges: &[Vec<[u32; 2]>]) -> Self {
        let path = |edge: &Edge| PathPiece {
            ends: [edge.from, edge.to],
            from: nodes[edge.from as usize],
            to: nodes[edge.to as usize],
            cost: edge.cost,
            is_crossing: edge.crossing.is_some(),
        };
        let bank_pieces = || {
            let edges = bank_edges.iter().enumerate().flat_map(|(bank, edges)| {
                let edges = edges.iter().enumerate();
                edges.map(move |(edge, nodes)| (bank as u32, edge as u32, nodes))
            });
            let piece = |(bank, edge, &[from, to]): (u32, u32, &[u32; 2])| BankPiece {
                bank,
                edge,
                from: nodes[from as usize],
                to: nodes[to as usize],
            };
            RTree::bulk_load(edges.map(piece).collect())
        };
        let (paths, banks) = rayon::join(
            || RTree::bulk_load(paths.iter().map(path).collect()),
            bank_pieces,
        );
        Self { paths, banks }
    }
}
