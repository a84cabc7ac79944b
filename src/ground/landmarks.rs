//! Landmarks: the paths and banks that places are snapped to, and the triangle to begin with, found by where they are.

use crate::ground::graph::Edge;
use crate::ground::grid::Grid;
use crate::ground::grid::Triangles;
use crate::ground::mesh::Mesh;
use crate::ground::spot::Spot;
use crate::ground::spot::nearest_share;
use crate::units::Meters;

/// What places can be snapped to.
#[derive(Debug)]
pub struct Landmarks {
    pub(super) triangles: Triangles,
    paths: Vec<PathPiece>,
    path_grid: Grid,
    banks: Vec<BankPiece>,
    bank_grid: Grid,
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

impl Landmarks {
    /// Indexes paths and banks.
    pub fn new(mesh: &Mesh, nodes: &[Spot], paths: &[Edge], bank_edges: &[Vec<[u32; 2]>]) -> Self {
        let path = |edge: &Edge| PathPiece {
            ends: [edge.from, edge.to],
            from: nodes[edge.from as usize],
            to: nodes[edge.to as usize],
            cost: edge.cost,
            is_crossing: edge.crossing.is_some(),
        };
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
        let paths: Vec<PathPiece> = paths.iter().map(path).collect();
        let banks: Vec<BankPiece> = edges.map(piece).collect();
        let path_lines: Vec<[Spot; 2]> = paths.iter().map(|p| [p.from, p.to]).collect();
        let bank_lines: Vec<[Spot; 2]> = banks.iter().map(|b| [b.from, b.to]).collect();
        Self {
            triangles: Triangles::new(mesh),
            path_grid: Grid::new(&path_lines),
            bank_grid: Grid::new(&bank_lines),
            paths,
            banks,
        }
    }

    /// The ends of each piece of a path, but of those over crossings.
    pub fn path_lines(&self) -> impl Iterator<Item = [Spot; 2]> {
        let on_land = self.paths.iter().filter(|piece| !piece.is_crossing);
        on_land.map(|piece| [piece.from, piece.to])
    }

    /// Whether a path is so near.
    pub fn has_path_within(&self, spot: Spot, within: Meters) -> bool {
        self.paths_around(spot, within.0 * 1000.0).next().is_some()
    }

    /// The pieces of paths within a distance of a spot, the nearest first, each with how far it is; millimeters.
    pub(super) fn paths_around(
        &self,
        spot: Spot,
        farthest: f64,
    ) -> impl Iterator<Item = (&PathPiece, f64)> {
        let distance = move |piece: u32, of_use: f64| {
            let piece = &self.paths[piece as usize];
            far([piece.from, piece.to], spot, of_use)
        };
        let each = |piece| piece;
        let found = self.path_grid.around(spot, farthest, each, distance);
        found.map(|(piece, far)| (&self.paths[piece as usize], far))
    }

    /// The nearest piece of every bank within a distance (millimeters) of a spot, the nearest first.
    pub(super) fn banks_around(
        &self,
        spot: Spot,
        farthest: f64,
    ) -> impl Iterator<Item = &BankPiece> {
        let bank = move |piece: u32| self.banks[piece as usize].bank;
        self.pieces_around(spot, farthest, bank)
    }

    /// Every piece of bank within a distance (millimeters) of a spot, the nearest first.
    pub(super) fn shores_around(
        &self,
        spot: Spot,
        farthest: f64,
    ) -> impl Iterator<Item = &BankPiece> {
        self.pieces_around(spot, farthest, |piece| piece)
    }

    /// Of the pieces of bank that are one to `which`, the nearest.
    fn pieces_around<'a>(
        &'a self,
        spot: Spot,
        farthest: f64,
        which: impl Fn(u32) -> u32 + 'a,
    ) -> impl Iterator<Item = &'a BankPiece> {
        let distance = move |piece: u32, of_use: f64| {
            let piece = &self.banks[piece as usize];
            far([piece.from, piece.to], spot, of_use)
        };
        let found = self.bank_grid.around(spot, farthest, which, distance);
        found.map(|(piece, _)| &self.banks[piece as usize])
    }
}

/// How far a spot is from a piece, or infinite if it is clearly farther than the farthest that is asked for; millimeters.
#[inline]
fn far([from, to]: [Spot; 2], spot: Spot, farthest: f64) -> f64 {
    // Most pieces of a cell are outside a small box around the spot, which is a millimeter larger, for rounding.
    let beside = |low: i32, high: i32, at: i32| {
        f64::from(low.min(high)) - farthest - 1.0 > f64::from(at)
            || f64::from(low.max(high)) + farthest + 1.0 < f64::from(at)
    };
    if beside(from.x, to.x, spot.x) || beside(from.y, to.y, spot.y) {
        return f64::INFINITY;
    }
    from.toward(to, nearest_share(from, to, spot))
        .millimeters_to(spot)
}
