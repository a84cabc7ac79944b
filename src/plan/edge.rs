//! How far each point of one bank edge is from the pieces near it: exact between the nodes, not a straight line between two numbers.

use geo::Coord;

use crate::ground::Ground;
use crate::ground::graph::Footing;
use crate::ground::graph::cost;
use crate::ground::place::BankSpot;
use crate::ground::place::Place;
use crate::ground::search::Label;
use crate::ground::sight::THINNING;
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

/// A way to reach points of an edge.
#[derive(Clone, Copy, Debug)]
pub struct Approach {
    /// The piece.
    pub origin: u32,
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Along the bank from a point of the edge's line, `at` meters from its start, where the reach is `from`.
    Along { at: f64, from: f64, factor: f64 },
    /// Straight over open ground from a spot where the reach is `from`; the node, if it is one.
    Straight {
        eye: Spot,
        node: Option<u32>,
        from: f64,
        factor: f64,
    },
}

/// All ways in which the labels of an edge's two ends say that it can be reached.
///
/// `place_of` tells where a piece stands.
pub fn approaches<'a>(
    ground: &Ground,
    edge: &BankEdge,
    labels: [&[Label]; 2],
    place_of: impl Fn(u32) -> Option<&'a Place>,
) -> Vec<Approach> {
    let mut found: Vec<Approach> = Vec::new();
    for end in 0..2 {
        for label in labels[end] {
            let at = if end == 0 { 0.0 } else { edge.length };
            let factor = ground.settings.bank_factor;
            let from = f64::from(label.distance) / 1000.0;
            found.push(Approach {
                origin: label.origin,
                kind: Kind::Along { at, from, factor },
            });
            let by_node = label
                .before
                .and_then(|node| straight_from_node(ground, edge, end, label, node));
            // The piece itself may see the edge, though the labels, which are thinned, come by way of some node.
            let from_piece = place_of(label.origin)
                .filter(|place| may_be_in_sight(ground, edge.ends[end], label, place))
                .map(|place| straight_from_place(ground, edge, place));
            let kinds = by_node.into_iter().chain(from_piece);
            found.extend(kinds.map(|kind| Approach {
                origin: label.origin,
                kind,
            }));
        }
    }
    found
}

fn straight_from_node(
    ground: &Ground,
    edge: &BankEdge,
    end: usize,
    label: &Label,
    node: u32,
) -> Option<Kind> {
    let eye = ground.nodes[node as usize];
    let factor = ground.settings.open_factor;
    let straight = cost(eye.millimeters_to(edge.ends[end]), factor);
    let is_open = ground
        .graph
        .arcs(edge.nodes[end])
        .iter()
        .any(|arc| arc.to() == node && arc.footing() == Footing::Open && arc.cost == straight);
    let from = f64::from(label.distance.checked_sub(straight)?) / 1000.0;
    is_open.then_some(Kind::Straight {
        eye,
        node: Some(node),
        from,
        factor,
    })
}

/// Whether the end of an edge may be in sight of the piece that is nearest to it: then its label is hardly longer than the straight way.
fn may_be_in_sight(ground: &Ground, end: Spot, label: &Label, place: &Place) -> bool {
    let straight = cost(place.at.millimeters_to(end), ground.settings.open_factor);
    f64::from(label.distance) <= f64::from(straight) * (1.0 + 3.0 * THINNING) + 1.0
        || place.bank.is_some()
}

fn straight_from_place(ground: &Ground, edge: &BankEdge, place: &Place) -> Kind {
    let stands_here = |bank: &BankSpot| bank.bank == edge.bank && bank.edge == edge.index;
    if let Some(bank) = place.bank.filter(stands_here) {
        let factor = ground.settings.bank_factor;
        let at = edge.ends[0].distance(bank.at).0;
        let from = bank.offset.0 * ground.settings.open_factor;
        return Kind::Along { at, from, factor };
    }
    let factor = ground.settings.open_factor;
    Kind::Straight {
        eye: place.at,
        node: None,
        from: 0.0,
        factor,
    }
}

impl Approach {
    /// How far a point of the edge is, in effective meters; along a straight line that need not be free.
    pub fn reach(&self, edge: &BankEdge, along: f64) -> f64 {
        match self.kind {
            Kind::Along { at, from, factor } => from + (along - at).abs() * factor,
            Kind::Straight {
                eye, from, factor, ..
            } => {
                let offset = edge.point(along) - eye.coord();
                from + offset.x.hypot(offset.y) * factor
            }
        }
    }

    /// The part of the edge within a limit (effective meters, inclusive), if any.
    pub fn covered(&self, ground: &Ground, edge: &BankEdge, limit: f64) -> Option<(f64, f64)> {
        let (low, high) = match self.kind {
            Kind::Along { at, from, factor } => {
                let half = (limit - from) / factor;
                (half >= 0.0).then_some((at - half, at + half))?
            }
            Kind::Straight {
                eye, from, factor, ..
            } => on_circle(edge, eye.coord(), (limit - from) / factor)?,
        };
        let (low, high) = (low.max(0.0), high.min(edge.length));
        (low < high)
            .then(|| self.free_part(ground, edge, low, high))
            .flatten()
    }

    /// The part between two points that can be seen, starting from the end that is known to be.
    fn free_part(
        &self,
        ground: &Ground,
        edge: &BankEdge,
        low: f64,
        high: f64,
    ) -> Option<(f64, f64)> {
        let (eye, node) = match self.kind {
            Kind::Along { .. } => return Some((low, high)),
            Kind::Straight { eye, node, .. } => (eye, node),
        };
        let is_free = |along: f64| {
            edge.inland(along).is_some_and(|to| match node {
                Some(node) => ground.is_free(node, to),
                None => {
                    let near = ground.land.spot_of(edge.nodes[0]);
                    let near = near.map_or(0, |spot| ground.mesh.triangle_of[spot as usize]);
                    let start = ground.mesh.locate(eye, near);
                    start.is_some_and(|start| ground.is_free_from(eye, start, to))
                }
            })
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
        let middle = (free + barred) / 2.0;
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

/// The covered part of an edge within a limit (effective meters): by any piece.
pub fn covered(ground: &Ground, edge: &BankEdge, approaches: &[Approach], limit: f64) -> Intervals {
    // The ways along the bank need no looking around: where they cover all, nothing else is asked.
    let is_along = |approach: &&Approach| matches!(approach.kind, Kind::Along { .. });
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

/// The covered part of an edge within a limit (effective meters): by at least two different pieces.
pub fn covered_twice(
    ground: &Ground,
    edge: &BankEdge,
    approaches: &[Approach],
    limit: f64,
) -> Intervals {
    let mut origins: Vec<u32> = approaches.iter().map(|approach| approach.origin).collect();
    origins.sort_unstable();
    origins.dedup();
    let by_origin = |origin: u32| {
        let own: Vec<Approach> = approaches
            .iter()
            .filter(|approach| approach.origin == origin)
            .copied()
            .collect();
        covered(ground, edge, &own, limit)
    };
    Intervals::at_least_two(&origins.into_iter().map(by_origin).collect::<Vec<_>>())
}
