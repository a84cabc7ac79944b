//! The ground: where people can walk, where the banks are, and how far it is from anywhere to anywhere.

pub mod spot;
mod tree;

pub mod domain;
pub mod extent;
pub mod inside;
pub mod mesh;
pub mod noding;
pub mod obstacles;
pub mod outline;
pub mod river_ends;
pub mod strips;
pub mod waters;

pub mod bodies;
pub mod cover;
pub mod land;
pub mod passed;
pub mod sight;

pub mod banks;
mod bankside;
pub mod crossings;
pub mod shores;
pub mod spans;
pub mod ways;

pub mod build;
pub mod graph;
mod network;
mod outlined;
mod shored;

pub mod glimpse;
pub mod grid;
pub mod landmarks;
pub mod place;
pub mod reach;
pub mod route;
pub mod search;

use crate::geometry::plane::LocalPlane;
use crate::ground::cover::Cover;
use crate::ground::crossings::Crossing;
use crate::ground::graph::Graph;
use crate::ground::inside::Outlines;
use crate::ground::land::FreeLand;
use crate::ground::landmarks::Landmarks;
use crate::ground::mesh::Mesh;
use crate::ground::spot::Spot;
use crate::model::bank::Bank;
use crate::model::bank::WaterBody;
use crate::model::crossing::CrossingState;
use crate::model::region::GroundSettings;
use crate::model::village::Village;

/// The walking ground of one region. It never changes; a crossing's state is kept beside it.
#[derive(Debug)]
pub struct Ground {
    /// The region's plane.
    pub plane: LocalPlane,
    /// What a step costs, by what is underfoot.
    pub settings: GroundSettings,
    /// The triangles.
    pub mesh: Mesh,
    /// What covers each triangle.
    pub covers: Vec<Cover>,
    /// Where one may step.
    pub land: FreeLand,
    /// Where each node of the graph is: the mesh's spots first, then further sides of split spots, then those on bridges and in tunnels.
    pub nodes: Vec<Spot>,
    /// Who can be reached from where in a straight line.
    pub graph: Graph,
    /// The ways over water.
    pub crossings: Vec<Crossing>,
    /// The waters that must be covered.
    pub water_bodies: Vec<WaterBody>,
    /// Their shores.
    pub banks: Vec<Bank>,
    /// How many banks each of those waters has.
    pub n_banks_of: Vec<usize>,
    /// For every edge of every bank's line, the nodes at its ends.
    ///
    /// Where land touches a point of the line from several sides, as where a house stands at the water, the edge
    /// before it ends at one node and the edge behind it starts at another: nobody walks on along the bank there.
    pub bank_edges: Vec<Vec<[u32; 2]>>,
    /// For every node, the edges of banks that it ends.
    pub banks_of: BanksOf,
    /// The villages.
    pub villages: Vec<Village>,
    /// Where the villages are.
    pub village_outlines: Outlines,
    /// What a place can be snapped to.
    pub landmarks: Landmarks,
}

/// For every node, the edges of banks that end there.
#[derive(Clone, Debug, Default)]
pub struct BanksOf {
    first: Vec<u32>,
    edges: Vec<OnBank>,
}

/// An edge of a bank's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OnBank {
    /// Index of the bank.
    pub bank: u32,
    /// Index of the edge within the bank's line.
    pub edge: u32,
}

impl BanksOf {
    /// Turns the nodes of every edge into the edges of every node.
    pub fn new(n_nodes: usize, bank_edges: &[Vec<[u32; 2]>]) -> Self {
        let mut pairs: Vec<(u32, OnBank)> = Vec::new();
        for (bank, edges) in bank_edges.iter().enumerate() {
            for (edge, nodes) in edges.iter().enumerate() {
                let on = OnBank {
                    bank: bank as u32,
                    edge: edge as u32,
                };
                pairs.extend(nodes.map(|node| (node, on)));
            }
        }
        pairs.sort_unstable();
        let mut first = vec![0; n_nodes + 1];
        for &(node, _) in &pairs {
            first[node as usize + 1] += 1;
        }
        for i in 0..n_nodes {
            first[i + 1] += first[i];
        }
        let edges = pairs.into_iter().map(|(_, on)| on).collect();
        Self { first, edges }
    }

    /// The edges of banks that end at a node.
    pub fn of(&self, node: u32) -> &[OnBank] {
        &self.edges[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }
}

/// Which crossings nobody can use now; kept apart from the ground, so that closing one costs no new ground.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Closures(Vec<bool>);

impl Closures {
    /// The crossings that the data says are closed.
    pub fn mapped(crossings: &[Crossing]) -> Self {
        Self(
            crossings
                .iter()
                .map(|crossing| crossing.state == CrossingState::Closed)
                .collect(),
        )
    }

    /// Opens or closes a crossing.
    pub fn set(&mut self, crossing: u32, state: CrossingState) {
        self.0[crossing as usize] = state == CrossingState::Closed;
    }

    /// Whether nobody can use a crossing.
    pub fn is_closed(&self, crossing: u32) -> bool {
        self.0[crossing as usize]
    }
}
