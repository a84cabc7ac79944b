//! The graph that every search runs on: who can be reached from where in a straight line, and at what cost.

use rayon::prelude::*;

use crate::ground::mesh::Mesh;
use crate::ground::sight::FreeLand;
use crate::ground::sight::Looker;
use crate::ground::sight::Post;

/// No node.
pub const NO_NODE: u32 = u32::MAX;

/// What is underfoot on an arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Footing {
    /// Open ground, along a line of sight.
    Open,
    /// Along a bank.
    Bank,
    /// Along a mapped path.
    Path,
    /// Over a crossing, which may be closed.
    Crossing,
}

/// One direction of an edge; the footing is packed into the upper bits, so that eight bytes suffice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arc {
    packed: u32,
    /// Effective millimeters, rounded up, so that no way is ever shorter than the truth.
    pub cost: u32,
}

const FOOTING_SHIFT: u32 = 29;
const HEAD: u32 = (1 << FOOTING_SHIFT) - 1;

impl Arc {
    /// An arc to a node, or, over a crossing, to an entry of the graph's `over`.
    pub fn new(to: u32, footing: Footing, cost: u32) -> Self {
        Self { packed: to | ((footing as u32) << FOOTING_SHIFT), cost }
    }

    /// Where it leads: a node, or, over a crossing, an entry of the graph's `over`.
    pub fn to(self) -> u32 {
        self.packed & HEAD
    }

    /// What is underfoot.
    pub fn footing(self) -> Footing {
        match self.packed >> FOOTING_SHIFT {
            0 => Footing::Open,
            1 => Footing::Bank,
            2 => Footing::Path,
            _ => Footing::Crossing,
        }
    }
}

/// The far end of an arc over a crossing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
    /// The node.
    pub to: u32,
    /// The crossing's index.
    pub crossing: u32,
}

/// An undirected edge before it is packed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// One end.
    pub from: u32,
    /// The other end.
    pub to: u32,
    /// Effective millimeters.
    pub cost: u32,
    /// What is underfoot.
    pub footing: Footing,
    /// The crossing that it belongs to.
    pub crossing: Option<u32>,
}

/// All arcs, by the node that they leave.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    first: Vec<u32>,
    arcs: Vec<Arc>,
    /// The far ends of arcs over crossings.
    pub over: Vec<Over>,
}

/// Effective millimeters for a length, rounded up.
pub fn cost(length_mm: f64, factor: f64) -> u32 {
    (length_mm * factor).ceil().min(f64::from(u32::MAX / 4)) as u32
}

impl Graph {
    /// Packs edges; of several between two nodes, the cheapest stays (those over crossings all stay).
    pub fn new(n_nodes: usize, edges: &[Edge]) -> Self {
        let mut first = vec![0_u32; n_nodes + 1];
        for edge in edges {
            first[edge.from as usize + 1] += 1;
            first[edge.to as usize + 1] += 1;
        }
        for i in 0..n_nodes {
            first[i + 1] += first[i];
        }
        let mut fill = first.clone();
        let mut arcs = vec![Arc { packed: 0, cost: 0 }; edges.len() * 2];
        let mut over = Vec::new();
        for edge in edges {
            for (from, to) in [(edge.from, edge.to), (edge.to, edge.from)] {
                let head = match edge.crossing {
                    Some(crossing) => {
                        over.push(Over { to, crossing });
                        over.len() as u32 - 1
                    }
                    None => to,
                };
                let slot = &mut fill[from as usize];
                arcs[*slot as usize] = Arc::new(head, edge.footing, edge.cost);
                *slot += 1;
            }
        }
        Self::tidied(&first, arcs, over)
    }

    /// Drops arcs that have a cheaper twin, and closes the gaps.
    fn tidied(first: &[u32], mut arcs: Vec<Arc>, over: Vec<Over>) -> Self {
        let n_nodes = first.len() - 1;
        let mut packed_first = vec![0_u32; n_nodes + 1];
        let mut end = 0;
        for node in 0..n_nodes {
            let (from, to) = (first[node] as usize, first[node + 1] as usize);
            let is_over = |arc: &Arc| arc.footing() == Footing::Crossing;
            arcs[from..to].sort_unstable_by_key(|arc| (is_over(arc), arc.to(), arc.cost, *arc));
            let mut last: Option<Arc> = None;
            for at in from..to {
                let arc = arcs[at];
                let is_twin = last.is_some_and(|last| last.to() == arc.to() && !is_over(&last));
                if is_over(&arc) || !is_twin {
                    arcs[end] = arc;
                    end += 1;
                }
                last = Some(arc);
            }
            packed_first[node + 1] = end as u32;
        }
        arcs.truncate(end);
        arcs.shrink_to_fit();
        Self { first: packed_first, arcs, over }
    }

    /// The arcs that leave a node.
    pub fn arcs(&self, node: u32) -> &[Arc] {
        &self.arcs[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// The arcs that leave a node, with their far ends.
    pub fn neighbors(&self, node: u32) -> impl Iterator<Item = (u32, Arc)> {
        self.arcs(node).iter().map(|&arc| match arc.footing() {
            Footing::Open | Footing::Bank | Footing::Path => (arc.to(), arc),
            Footing::Crossing => (self.over[arc.to() as usize].to, arc),
        })
    }

    /// How many nodes there are.
    pub fn n_nodes(&self) -> usize {
        self.first.len() - 1
    }

    /// How many edges there are.
    pub fn n_edges(&self) -> usize {
        self.arcs.len() / 2
    }
}

/// The thinned lines of sight over open ground, each once: those that `counts` lets pass, up to `farthest_mm`.
pub fn sight_edges(
    mesh: &Mesh,
    land: &FreeLand,
    factor: f64,
    farthest_mm: f64,
    counts: impl Fn(u32, u32) -> bool + Sync,
) -> Vec<Edge> {
    const CHUNK: u32 = 512;
    let n = mesh.spots.len() as u32;
    let mut edges: Vec<(u32, u32, u32)> = (0..n.div_ceil(CHUNK))
        .into_par_iter()
        .flat_map_iter(|chunk| {
            let mut looker = Looker::new(mesh, land);
            let mut found = Vec::new();
            for spot in chunk * CHUNK..n.min((chunk + 1) * CHUNK) {
                if matches!(land.posts[spot as usize], Post::Off | Post::Hollow) {
                    continue;
                }
                let seen = looker.from_spot(spot, farthest_mm).iter();
                let seen = seen.filter(|seen| counts(spot, seen.spot));
                found.extend(seen.map(|seen| {
                    let (low, high) = (spot.min(seen.spot), spot.max(seen.spot));
                    (low, high, cost(seen.distance, factor))
                }));
            }
            found
        })
        .collect();
    edges.par_sort_unstable();
    edges.dedup();
    let edge = |(from, to, cost)| Edge { from, to, cost, footing: Footing::Open, crossing: None };
    edges.into_iter().map(edge).collect()
}
