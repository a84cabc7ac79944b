//! How far each point of one bank edge is from the pieces near it: exact between the nodes, not a straight line between two numbers.

use geo::Coord;

use crate::ground::Ground;
use crate::ground::graph::cost;
use crate::ground::place::Place;
use crate::ground::search::FAR;
use crate::ground::search::Label;
use crate::ground::search::Labels;
use crate::ground::spot::Spot;
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
        let nodes = &ground.bank_nodes[bank as usize];
        let nodes = [nodes[index as usize], nodes[index as usize + 1]];
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

    /// The point some meters from the edge's start, a hair inland, so that rounding does not drop it into the water.
    fn inland(&self, along: f64) -> Option<Spot> {
        let (a, b) = (self.ends[0].coord(), self.ends[1].coord());
        let [x, y] = [(b.x - a.x) / self.length, (b.y - a.y) / self.length];
        let point = self.point(along);
        Spot::at(Coord {
            x: point.x - y * 0.003,
            y: point.y + x * 0.003,
        })
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
        eye: Spot,
        /// Effective meters.
        from: f64,
        /// Effective meters per meter.
        factor: f64,
    },
}

/// So many bends back a straight way to the edge is looked for.
const MOST_BENDS: usize = 6;

/// All ways in which the labels of one piece, which stands at `place`, say that an edge can be reached.
///
/// The labels are thinned: a node's way may lead by way of others although it is in sight from farther back. So
/// straight ways are tried from the last few bends, and from the piece itself; whether they are free is asked where it matters.
pub fn approaches(
    ground: &Ground,
    edge: &BankEdge,
    labels: &Labels,
    place: &Place,
    found: &mut Vec<Approach>,
) {
    found.clear();
    if let Some(bank) = place.bank
        && (bank.bank, bank.edge) == (edge.bank, edge.index)
    {
        found.push(Approach::Along {
            at: edge.ends[0].distance(bank.at).0,
            from: bank.offset.0 * ground.settings.open_factor,
            factor: ground.settings.bank_factor,
        });
    }
    let mut eyes: Vec<Spot> = Vec::with_capacity(2 * MOST_BENDS);
    for end in 0..2 {
        let label = labels.get(edge.nodes[end]);
        if label.distance == FAR {
            continue;
        }
        found.push(Approach::Along {
            at: if end == 0 { 0.0 } else { edge.length },
            from: f64::from(label.distance) / 1000.0,
            factor: ground.settings.bank_factor,
        });
        let mut before = label.before;
        for _ in 0..MOST_BENDS {
            let Some(node) = before else {
                add_straight(
                    ground,
                    edge.ends[end],
                    label,
                    (place.at, 0),
                    &mut eyes,
                    found,
                );
                break;
            };
            let bend = labels.get(node);
            let eye = ground.nodes[node as usize];
            add_straight(
                ground,
                edge.ends[end],
                label,
                (eye, bend.distance),
                &mut eyes,
                found,
            );
            before = bend.before;
        }
    }
}

/// Adds a straight way, unless it is there already or is longer than the way that is known.
fn add_straight(
    ground: &Ground,
    end: Spot,
    label: Label,
    (eye, from): (Spot, u32),
    eyes: &mut Vec<Spot>,
    found: &mut Vec<Approach>,
) {
    let factor = ground.settings.open_factor;
    let straight = from.saturating_add(cost(eye.millimeters_to(end), factor));
    if straight <= label.distance.saturating_add(2) && !eyes.contains(&eye) {
        eyes.push(eye);
        let from = f64::from(from) / 1000.0;
        found.push(Approach::Straight { eye, from, factor });
    }
}

impl Approach {
    /// How far a point of the edge is, in effective meters; along a straight line that need not be free.
    pub fn reach(&self, edge: &BankEdge, along: f64) -> f64 {
        match *self {
            Self::Along { at, from, factor } => from + (along - at).abs() * factor,
            Self::Straight { eye, from, factor } => {
                let offset = edge.point(along) - eye.coord();
                from + offset.x.hypot(offset.y) * factor
            }
        }
    }

    /// The part of the edge within a limit (effective meters, inclusive), if any.
    pub fn covered(&self, ground: &Ground, edge: &BankEdge, limit: f64) -> Option<(f64, f64)> {
        let (low, high) = match *self {
            Self::Along { at, from, factor } => {
                let half = (limit - from) / factor;
                (half >= 0.0).then_some((at - half, at + half))?
            }
            Self::Straight { eye, from, factor } => {
                on_circle(edge, eye.coord(), (limit - from) / factor)?
            }
        };
        let (low, high) = (low.max(0.0), high.min(edge.length));
        (low < high)
            .then(|| self.free_part(ground, edge, low, high))
            .flatten()
    }

    /// The part between two points that can be seen, starting from an end that can.
    fn free_part(
        &self,
        ground: &Ground,
        edge: &BankEdge,
        low: f64,
        high: f64,
    ) -> Option<(f64, f64)> {
        let eye = match *self {
            Self::Along { .. } => return Some((low, high)),
            Self::Straight { eye, .. } => eye,
        };
        let near = ground.land.spot_of(edge.nodes[0]);
        let near = near.map_or(0, |spot| ground.mesh.triangle_of[spot as usize]);
        let start = ground.mesh.locate(eye, near)?;
        let is_free = |along: f64| {
            edge.inland(along)
                .is_some_and(|to| ground.is_free_between(eye, start, to))
        };
        match (is_free(low), is_free(high)) {
            (true, true) => Some((low, high)),
            (true, false) => Some((low, last_free(low, high, is_free))),
            (false, true) => Some((last_free(high, low, is_free), high)),
            (false, false) => None,
        }
    }
}

/// The point farthest from a free one toward one that is not, to the millimeter.
fn last_free(free: f64, barred: f64, is_free: impl Fn(f64) -> bool) -> f64 {
    let (mut free, mut barred) = (free, barred);
    while (free - barred).abs() > 0.001 {
        let middle = f64::midpoint(free, barred);
        if is_free(middle) {
            free = middle;
        } else {
            barred = middle;
        }
    }
    free
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

/// The part of an edge within a limit (effective meters, inclusive), and the ways on which it is reached.
pub fn covered(ground: &Ground, edge: &BankEdge, approaches: &[Approach], limit: f64) -> Intervals {
    // The ways along the bank need no looking around: where they cover all, nothing else is asked.
    let is_along = |approach: &&Approach| matches!(approach, Approach::Along { .. });
    let mut pieces: Vec<(f64, f64)> = approaches
        .iter()
        .filter(is_along)
        .filter_map(|approach| approach.covered(ground, edge, limit))
        .collect();
    let along = Intervals::union(pieces.clone());
    if along.length() >= edge.length {
        return along;
    }
    let others = approaches.iter().filter(|approach| !is_along(approach));
    pieces.extend(others.filter_map(|approach| approach.covered(ground, edge, limit)));
    Intervals::union(pieces)
}
