//! The graph that every search runs on: who can be reached from where in a straight line, and at what cost.

use rayon::prelude::*;

use crate::ground::Closures;
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
    /// Along a street, where anybody may drive.
    Street,
    /// Along a cycleway or a track, where bicycles may go.
    Cycleway,
    /// Along any other mapped path.
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

    /// Whether it leads over a crossing.
    pub fn is_over(self) -> bool {
        self.packed >> FOOTING_SHIFT == Footing::Crossing as u32
    }

    /// The order of a node's arcs in one number: those over crossings last, then by far end, cost (under 2^31) and footing.
    fn rank(self) -> u64 {
        (u64::from(self.is_over()) << 63)
            | (u64::from(self.to()) << 34)
            | (u64::from(self.cost) << 3)
            | u64::from(self.packed >> FOOTING_SHIFT)
    }

    fn of_rank(rank: u64) -> Self {
        Self {
            packed: ((rank >> 34) as u32 & HEAD) | ((rank as u32 & 7) << FOOTING_SHIFT),
            cost: (rank >> 3) as u32 & (u32::MAX >> 1),
        }
    }

    /// What is underfoot.
    pub fn footing(self) -> Footing {
        match self.packed >> FOOTING_SHIFT {
            0 => Footing::Open,
            1 => Footing::Bank,
            2 => Footing::Street,
            3 => Footing::Cycleway,
            4 => Footing::Path,
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
    /// What is underfoot on it.
    pub footing: Footing,
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
    /// What is underfoot, on a crossing too.
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
    let exact = (length_mm * factor).min(f64::from(u32::MAX / 4));
    let whole = exact as u32;
    // What `ceil` says, which takes several times as long where the processor has no word for it.
    whole + u32::from(f64::from(whole) < exact)
}

/// So many nodes have their arcs packed at a time, on one core.
const BLOCK: usize = 1 << 14;

impl Graph {
    /// Packs edges and lines of sight; of several between two nodes, the cheapest stays (those over crossings all stay).
    ///
    /// `O(n)` for `n` lines of sight, whose arcs come in order from both their ends: they are merged, not sorted.
    pub fn new(n_nodes: usize, edges: &[Edge], sights: Vec<Sights>) -> Self {
        let mut over = Vec::new();
        let mut own = Vec::with_capacity(2 * edges.len());
        for edge in edges {
            for (from, to) in [(edge.from, edge.to), (edge.to, edge.from)] {
                let (head, footing) = match edge.crossing {
                    Some(crossing) => {
                        let footing = edge.footing;
                        over.push(Over {
                            to,
                            crossing,
                            footing,
                        });
                        (over.len() as u32 - 1, Footing::Crossing)
                    }
                    None => (to, edge.footing),
                };
                own.push((from, Arc::new(head, footing, edge.cost).rank()));
            }
        }
        own.par_sort_unstable();
        let mut forward: Vec<&[Arc]> = vec![&[]; n_nodes];
        let mut seers: Vec<Vec<&Sights>> = vec![Vec::new(); n_nodes.div_ceil(BLOCK)];
        for run in &sights {
            run.iter()
                .for_each(|(node, seen)| forward[node as usize] = seen);
            run.blocks
                .iter()
                .for_each(|&block| seers[block as usize].push(run));
        }
        let blocks: Vec<(Vec<u32>, Vec<Arc>)> = seers
            .par_iter()
            .enumerate()
            .map(|(block, seers)| {
                let start = block * BLOCK;
                packed(
                    start as u32,
                    &forward[start..n_nodes.min(start + BLOCK)],
                    &own,
                    seers,
                )
            })
            .collect();
        drop((own, forward, seers));
        drop(sights);
        let mut first = Vec::with_capacity(n_nodes + 1);
        first.push(0);
        let mut arcs = Vec::with_capacity(blocks.iter().map(|(_, arcs)| arcs.len()).sum());
        for (ends, block) in blocks {
            let start = arcs.len() as u32;
            first.extend(ends.into_iter().map(|end| start + end));
            arcs.extend(block);
        }
        Self { first, arcs, over }
    }

    /// The arcs that leave a node.
    pub fn arcs(&self, node: u32) -> &[Arc] {
        &self.arcs[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// The arcs that leave a node, with their far ends.
    pub fn neighbors(&self, node: u32) -> impl Iterator<Item = (u32, Arc)> {
        self.arcs(node).iter().map(|&arc| {
            if arc.is_over() {
                (self.over[arc.to() as usize].to, arc)
            } else {
                (arc.to(), arc)
            }
        })
    }

    /// The same without those over closed crossings.
    pub fn open_neighbors(
        &self,
        node: u32,
        closures: &Closures,
    ) -> impl Iterator<Item = (u32, Arc)> {
        let is_open =
            |arc: Arc| !arc.is_over() || !closures.is_closed(self.over[arc.to() as usize].crossing);
        self.neighbors(node).filter(move |&(_, arc)| is_open(arc))
    }

    /// What is underfoot on an arc, on a crossing too.
    pub fn underfoot(&self, arc: Arc) -> Footing {
        if arc.is_over() {
            self.over[arc.to() as usize].footing
        } else {
            arc.footing()
        }
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

/// Where the arcs of each node of a block end, and the arcs: those that its nodes see, and those back to whoever sees them.
fn packed(
    start: u32,
    forward: &[&[Arc]],
    own: &[(u32, u64)],
    seers: &[&Sights],
) -> (Vec<u32>, Vec<Arc>) {
    let n_nodes = forward.len();
    let nodes = start..start + n_nodes as u32;
    let mut starts = vec![0_u32; n_nodes + 1];
    for (_, seen) in seers.iter().flat_map(|run| run.iter()) {
        for arc in seen.iter().filter(|arc| nodes.contains(&arc.to())) {
            starts[(arc.to() - nodes.start) as usize + 1] += 1;
        }
    }
    for node in 0..n_nodes {
        starts[node + 1] += starts[node];
    }
    let mut fill = starts.clone();
    let mut backward = vec![Arc { packed: 0, cost: 0 }; starts[n_nodes] as usize];
    for (from, seen) in seers.iter().flat_map(|run| run.iter()) {
        for arc in seen.iter().filter(|arc| nodes.contains(&arc.to())) {
            let slot = &mut fill[(arc.to() - nodes.start) as usize];
            backward[*slot as usize] = Arc::new(from, Footing::Open, arc.cost);
            *slot += 1;
        }
    }
    let mut ends = Vec::with_capacity(n_nodes);
    let n_forward: usize = forward.iter().map(|seen| seen.len()).sum();
    let mut arcs = Vec::with_capacity(n_forward + backward.len());
    let mut rest = &own[own.partition_point(|&(from, _)| from < nodes.start)..];
    for node in 0..n_nodes {
        let (start, end) = (starts[node] as usize, starts[node + 1] as usize);
        // Whoever sees this node comes in order, save for the further sides of split spots.
        let backward = &mut backward[start..end];
        if !backward.is_sorted_by_key(|arc| arc.rank()) {
            backward.sort_unstable_by_key(|arc| arc.rank());
        }
        let n_own = rest.partition_point(|&(from, _)| from <= nodes.start + node as u32);
        let (own, others) = rest.split_at(n_own);
        rest = others;
        add_merged(&mut arcs, own, forward[node], backward);
        ends.push(arcs.len() as u32);
    }
    arcs.shrink_to_fit();
    (ends, arcs)
}

/// Adds the arcs of one node, each kind in order, and drops those that have a cheaper twin.
fn add_merged(into: &mut Vec<Arc>, own: &[(u32, u64)], forward: &[Arc], backward: &[Arc]) {
    let start = into.len();
    let mut own = own.iter().map(|&(_, rank)| rank).peekable();
    let mut forward = forward.iter().map(|arc| arc.rank()).peekable();
    let mut backward = backward.iter().map(|arc| arc.rank()).peekable();
    loop {
        let next_own = own.peek().copied().unwrap_or(u64::MAX);
        let next_forward = forward.peek().copied().unwrap_or(u64::MAX);
        let next_backward = backward.peek().copied().unwrap_or(u64::MAX);
        let least = next_own.min(next_forward).min(next_backward);
        if least == u64::MAX {
            return;
        }
        if least == next_own {
            own.next();
        } else if least == next_forward {
            forward.next();
        } else {
            backward.next();
        }
        let arc = Arc::of_rank(least);
        let is_twin = into[start..]
            .last()
            .is_some_and(|last| last.to() == arc.to() && !last.is_over() && !arc.is_over());
        if !is_twin {
            into.push(arc);
        }
    }
}

/// The lines of sight from some nodes.
#[derive(Debug, Default)]
pub struct Sights {
    /// Each node, and where its arcs end.
    ends: Vec<(u32, u32)>,
    arcs: Vec<Arc>,
    /// The blocks in which the nodes lie that are seen.
    blocks: Vec<u32>,
}

impl Sights {
    fn finish(&mut self) {
        for arc in &self.arcs {
            let block = arc.to() / BLOCK as u32;
            if self.blocks.last() != Some(&block) && !self.blocks.contains(&block) {
                self.blocks.push(block);
            }
        }
        self.arcs.shrink_to_fit();
    }

    /// Each node, and its arcs in order.
    fn iter(&self) -> impl Iterator<Item = (u32, &[Arc])> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|&(_, end)| end));
        starts
            .zip(&self.ends)
            .map(|(start, &(node, end))| (node, &self.arcs[start as usize..end as usize]))
    }

    fn push(&mut self, node: u32, seen: &[Seen], factor: f64, counts: impl Fn(u32, u32) -> bool) {
        let start = self.arcs.len();
        let seen = seen.iter().filter(|seen| counts(node, seen.node));
        let arc = |seen: &Seen| Arc::new(seen.node, Footing::Open, cost(seen.distance, factor));
        self.arcs.extend(seen.map(arc));
        self.arcs[start..].sort_unstable_by_key(|arc| arc.rank());
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
            sights.finish();
            sights
        })
        .collect()
}
