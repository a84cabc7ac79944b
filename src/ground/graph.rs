//! The graph that every search runs on: who can be reached from where in a straight line, and at what cost.

use rayon::prelude::*;

use crate::ground::land::FreeLand;
use crate::ground::land::Post;
use crate::ground::mesh::Mesh;
use crate::ground::sight::Looker;
use crate::ground::sight::Seen;

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
        Self {
            packed: to | ((footing as u32) << FOOTING_SHIFT),
            cost,
        }
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
    /// Packs edges and lines of sight; of several between two nodes, the cheapest stays (those over crossings all stay).
    pub fn new(n_nodes: usize, edges: &[Edge], sights: Vec<Sights>) -> Self {
        let mut first = vec![0_u32; n_nodes + 1];
        for edge in edges {
            first[edge.from as usize + 1] += 1;
            first[edge.to as usize + 1] += 1;
        }
        for (from, arc) in sights.iter().flat_map(Sights::iter) {
            first[from as usize + 1] += 1;
            first[arc.to() as usize + 1] += 1;
        }
        for i in 0..n_nodes {
            first[i + 1] += first[i];
        }
        let mut fill = first.clone();
        let mut arcs = vec![Arc { packed: 0, cost: 0 }; first[n_nodes] as usize];
        let mut put = |from: u32, arc: Arc| {
            let slot = &mut fill[from as usize];
            arcs[*slot as usize] = arc;
            *slot += 1;
        };
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
                put(from, Arc::new(head, edge.footing, edge.cost));
            }
        }
        for (from, arc) in sights.iter().flat_map(Sights::iter) {
            put(from, arc);
            put(arc.to(), Arc::new(from, Footing::Open, arc.cost));
        }
        drop(sights);
        Self::tidied(&first, arcs, over)
    }

    /// Drops arcs that have a cheaper twin, and closes the gaps.
    fn tidied(first: &[u32], mut arcs: Vec<Arc>, over: Vec<Over>) -> Self {
        let n_nodes = first.len() - 1;
        let mut lists: Vec<(&mut [Arc], usize)> = Vec::with_capacity(n_nodes);
        let mut rest = arcs.as_mut_slice();
        for node in 0..n_nodes {
            let (list, others) = rest.split_at_mut((first[node + 1] - first[node]) as usize);
            lists.push((list, 0));
            rest = others;
        }
        lists
            .par_iter_mut()
            .with_min_len(1024)
            .for_each(|(list, n)| *n = without_twins(list));
        let lengths: Vec<usize> = lists.into_iter().map(|(_, n)| n).collect();
        let mut packed_first = vec![0_u32; n_nodes + 1];
        let mut end = 0;
        for (node, length) in lengths.into_iter().enumerate() {
            let from = first[node] as usize;
            arcs.copy_within(from..from + length, end);
            end += length;
            packed_first[node + 1] = end as u32;
        }
        arcs.truncate(end);
        arcs.shrink_to_fit();
        Self {
            first: packed_first,
            arcs,
            over,
        }
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

/// Sorts the arcs of one node and moves those that stay to the front; tells how many they are.
fn without_twins(arcs: &mut [Arc]) -> usize {
    let is_over = |arc: &Arc| arc.footing() == Footing::Crossing;
    arcs.sort_unstable_by_key(|arc| (is_over(arc), arc.to(), arc.cost, *arc));
    let mut n = 0;
    for at in 0..arcs.len() {
        let arc = arcs[at];
        let is_twin = n > 0 && arcs[n - 1].to() == arc.to() && !is_over(&arcs[n - 1]);
        if is_over(&arc) || !is_twin {
            arcs[n] = arc;
            n += 1;
        }
    }
    n
}

/// The lines of sight from some nodes.
#[derive(Debug, Default)]
pub struct Sights {
    /// Each node, and where its arcs end.
    ends: Vec<(u32, u32)>,
    arcs: Vec<Arc>,
}

impl Sights {
    fn iter(&self) -> impl Iterator<Item = (u32, Arc)> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|&(_, end)| end));
        starts.zip(&self.ends).flat_map(|(start, &(node, end))| {
            let arcs = &self.arcs[start as usize..end as usize];
            arcs.iter().map(move |&arc| (node, arc))
        })
    }

    fn push(&mut self, node: u32, seen: &[Seen], factor: f64, counts: impl Fn(u32, u32) -> bool) {
        let seen = seen.iter().filter(|seen| counts(node, seen.node));
        let arc = |seen: &Seen| Arc::new(seen.node, Footing::Open, cost(seen.distance, factor));
        self.arcs.extend(seen.map(arc));
        self.ends.push((node, self.arcs.len() as u32));
    }
}

/// The thinned lines of sight over open ground: those that `counts` lets pass, up to `farthest_mm`.
///
/// A line that is kept at one end need not be at the other; the graph has it both ways all the same.
pub fn sights(
    mesh: &Mesh,
    land: &FreeLand,
    factor: f64,
    farthest_mm: f64,
    thinning: f64,
    counts: impl Fn(u32, u32) -> bool + Sync,
) -> Vec<Sights> {
    const RUN: u32 = 512;
    let n = mesh.spots.len() as u32;
    (0..n.div_ceil(RUN))
        .into_par_iter()
        .map(|run| {
            let mut looker = Looker::new(mesh, land, thinning);
            let mut sights = Sights::default();
            for spot in run * RUN..n.min((run + 1) * RUN) {
                match land.posts[spot as usize] {
                    Post::Off | Post::Hollow => {}
                    Post::Free | Post::Corner(..) => {
                        sights.push(spot, looker.from_spot(spot, farthest_mm), factor, &counts);
                    }
                    Post::Split => {
                        for sector in &land.split[&spot] {
                            let seen = looker.from_sector(spot, sector, farthest_mm);
                            sights.push(sector.node, seen, factor, &counts);
                        }
                    }
                }
            }
            sights.arcs.shrink_to_fit();
            sights
        })
        .collect()
}
