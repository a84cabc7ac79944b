//! How far each point of one bank edge is from the pieces near it: exact between the nodes, not a straight line between two numbers.

use geo::Coord;

use crate::ground::Ground;
use crate::ground::glimpse::Eye;
use crate::ground::graph::Footing;
use crate::ground::place::FARTHEST_PATH_LEG;
use crate::ground::place::Place;
use crate::ground::search::FAR;
use crate::ground::search::Labels;
use crate::ground::spot::Spot;
use crate::model::region::Movement;
use crate::plan::intervals::Intervals;

/// One edge of a bank.
#[derive(Clone, Copy, Debug)]
pub struct BankEdge {
    /// Index of the bank.
    pub bank: u32,
    /// Index of the edge within the bank's line.
    pub index: u32,
    /// Its nodes.
    pub nodes: [u32; 2],
    /// Their spots.
    pub ends: [Spot; 2],
    /// Its length in meters.
    pub length: f64,
}

impl BankEdge {
    /// An edge of a bank of the ground.
    pub fn new(ground: &Ground, bank: u32, index: u32) -> Self {
        let nodes = ground.bank_edges[bank as usize][index as usize];
        let ends = nodes.map(|node| ground.nodes[node as usize]);
        Self {
            bank,
            index,
            nodes,
            ends,
            length: ends[0].distance(ends[1]).0,
        }
    }

    /// The point some meters from the edge's start, in meters.
    fn point(&self, along: f64) -> Coord {
        let (a, b) = (self.ends[0].coord(), self.ends[1].coord());
        let share = if self.length > 0.0 {
            along / self.length
        } else {
            0.0
        };
        a + (b - a) * share
    }
}

/// A way to reach points of an edge from one piece.
#[derive(Clone, Copy, Debug)]
pub enum Approach {
    /// Along the bank from a point of the edge's line, `at` meters from its start, where the reach is `from`.
    Along {
        /// Meters from the edge's start.
        at: f64,
        /// Effective meters.
        from: f64,
        /// Effective meters per meter.
        factor: f64,
    },
    /// Straight over open ground from a spot where the reach is `from`.
    Straight {
        /// Where the straight way begins.
        eye: Eye,
        /// The same in the plane, meters.
        center: Coord,
        /// Effective meters.
        from: f64,
        /// Effective meters per meter.
        factor: f64,
        /// No straight way is longer than this, meters.
        farthest: f64,
    },
}

/// So many bends back a straight way to the edge is looked for.
const MOST_BENDS: usize = 6;

/// All ways in which the labels of one piece, which stands at `place` and looks out from `eye`, say that an edge can be reached.
///
/// The labels know the best way to each end of the edge. The best way to its middle may bend last at another spot: one that
/// is in sight from an end, or, since lines of sight are thinned, one of the last few bends before it. How much of the
/// edge each of them sees is asked where it matters.
pub fn approaches(
    ground: &Ground,
    edge: &BankEdge,
    labels: &Labels,
    (place, eye): (&Place, Option<Eye>),
    found: &mut Vec<Approach>,
) {
    found.clear();
    let settings = &ground.settings;
    if let Some(bank) = place.bank
        && (bank.bank, bank.edge) == (edge.bank, edge.index)
    {
        found.push(Approach::Along {
            at: edge.ends[0].distance(bank.at).0,
            from: bank.offset.0 * settings.open_factor,
            factor: settings.bank_factor,
        });
    }
    let mut eyes: Vec<u32> = Vec::new();
    for end in 0..2 {
        let node = edge.nodes[end];
        let label = labels.get(node);
        if label.distance == FAR {
            continue;
        }
        found.push(Approach::Along {
            at: if end == 0 { 0.0 } else { edge.length },
            from: f64::from(label.distance) / 1000.0,
            factor: settings.bank_factor,
        });
        let arcs = ground.graph.neighbors(node);
        let in_sight = arcs.filter(|(_, arc)| arc.footing() == Footing::Open);
        eyes.extend(in_sight.map(|(eye, _)| eye));
        if settings.movement == Movement::Open {
            let bends = std::iter::successors(label.before, |&bend| labels.get(bend).before);
            eyes.extend(bends.take(MOST_BENDS));
        }
    }
    eyes.sort_unstable();
    eyes.dedup();
    let farthest = match settings.movement {
        Movement::Open => f64::INFINITY,
        Movement::Paths => FARTHEST_PATH_LEG.0,
    };
    let straight = |eye: Eye, from: u32| Approach::Straight {
        eye,
        center: ground.spot_of_eye(eye).coord(),
        from: f64::from(from) / 1000.0,
        factor: settings.open_factor,
        farthest,
    };
    found.extend(eye.map(|eye| straight(eye, 0)));
    let reached = eyes.iter().map(|&node| (node, labels.distance(node)));
    let reached = reached.filter(|&(_, distance)| distance != FAR);
    found.extend(reached.map(|(node, distance)| straight(Eye::Node(node), distance)));
}

impl Approach {
    /// How far a point of the edge is, in effective meters; along a straight line that need not be free.
    pub fn reach(&self, edge: &BankEdge, along: f64) -> f64 {
        match *self {
            Self::Along { at, from, factor } => from + (along - at).abs() * factor,
            Self::Straight {
                center,
                from,
                factor,
                ..
            } => {
                let offset = edge.point(along) - center;
                from + offset.x.hypot(offset.y) * factor
            }
        }
    }

    /// The part of the edge within a limit (effective meters, inclusive), if any; along a straight line that need not be free.
    fn within(&self, edge: &BankEdge, limit: f64) -> Option<(f64, f64)> {
        let (low, high) = match *self {
            Self::Along { at, from, factor } => {
                let half = (limit - from) / factor;
                (half >= 0.0).then_some((at - half, at + half))?
            }
            Self::Straight {
                center,
                from,
                factor,
                farthest,
                ..
            } => on_circle(edge, center, ((limit - from) / factor).min(farthest))?,
        };
        let (low, high) = (low.max(0.0), high.min(edge.length));
        (low < high).then_some((low, high))
    }
}

/// The parts of an edge within a limit (effective meters, inclusive).
pub fn covered(ground: &Ground, edge: &BankEdge, approaches: &[Approach], limit: f64) -> Intervals {
    let mut straight: Vec<(Eye, (f64, f64))> = Vec::new();
    let mut along: Vec<(f64, f64)> = Vec::new();
    for approach in approaches {
        let Some(part) = approach.within(edge, limit) else {
            continue;
        };
        match *approach {
            Approach::Along { .. } => along.push(part),
            Approach::Straight { eye, .. } => straight.push((eye, part)),
        }
    }
    let mut covered = Intervals::union(along);
    let ends = edge.nodes.map(|node| ground.land.spot_of(node));
    let [Some(first), Some(last)] = ends else {
        return covered;
    };
    // The widest first, so that hardly any other needs looking around.
    straight.sort_by(|(_, a), (_, b)| (b.1 - b.0).total_cmp(&(a.1 - a.0)));
    let mut seen = Vec::new();
    for (eye, part) in straight {
        if covered.hold(part) {
            continue;
        }
        let shares = (part.0 / edge.length, part.1 / edge.length);
        ground.glimpses(eye, [first, last], shares, &mut seen);
        let parts = seen.drain(..).map(|(low, high)| {
            // What is seen to the end of the part ends at that very number.
            let from = if low <= shares.0 {
                part.0
            } else {
                low * edge.length
            };
            let to = if high >= shares.1 {
                part.1
            } else {
                high * edge.length
            };
            (from, to)
        });
        covered = Intervals::union(covered.0.into_iter().chain(parts).collect());
    }
    covered
}

/// Between which points of the edge's line a circle lies over it.
fn on_circle(edge: &BankEdge, center: Coord, radius: f64) -> Option<(f64, f64)> {
    if radius < 0.0 || edge.length == 0.0 {
        return None;
    }
    let (a, b) = (edge.ends[0].coord(), edge.ends[1].coord());
    let along = (b - a) / edge.length;
    let offset = center - a;
    let foot = offset.x * along.x + offset.y * along.y;
    let aside = offset.x * along.y - offset.y * along.x;
    let square = radius * radius - aside * aside;
    (square >= 0.0).then(|| (foot - square.sqrt(), foot + square.sqrt()))
}
