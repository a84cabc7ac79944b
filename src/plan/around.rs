//! The walking ground around a way, small enough for a phone: with it the nearest equipment is found where there is no signal.
//!
//! For every node near the way, its nearest pieces and how far they are are known already (`plan/ranked`). Somebody who stands among the
//! nodes walks to one that they see, and on from there; what bars the view is the water's edge, houses and walls.

use std::collections::BTreeMap;

use crate::ground::Ground;
use crate::ground::mesh::NONE;
use crate::ground::spot::Spot;
use crate::ground::spot::nearest_share;
use crate::plan::ranked::RANKED;
use crate::plan::ranked::RankedKind;
use crate::units::Meters;

/// More nodes than these are not taken along: the farthest from the way are left out.
pub const MOST_NODES: usize = 20_000;

/// Pieces by their numbers, with effective millimeters, the nearest first.
type NearPieces = Vec<(u32, u32)>;

/// The ground around a way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Around {
    /// Where one turns.
    pub nodes: Vec<Spot>,
    /// The nearest pieces of each node.
    pub near: Vec<NearPieces>,
    /// What nobody walks through.
    pub barriers: Vec<[Spot; 2]>,
}

/// The ground within `radius` of a way, with the nearest pieces of some kinds together.
///
/// `O(n + m)` for `n` nodes and `m` triangles of the region, each held against the cells of a grid that the way passes.
pub fn around(ground: &Ground, kinds: &[RankedKind<'_>], way: &[Spot], radius: Meters) -> Around {
    let near = Near::new(way, radius);
    let count = u32::try_from(ground.nodes.len()).unwrap_or(u32::MAX);
    let nodes = (0..count).filter_map(|node| {
        let spot = ground.nodes[node as usize];
        let distance = near.distance(spot)?;
        let pieces = nearest(kinds, node);
        (!pieces.is_empty()).then_some((distance, node, pieces))
    });
    let mut nodes: Vec<(f64, u32, NearPieces)> = nodes.collect();
    if MOST_NODES < nodes.len() {
        nodes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        nodes.truncate(MOST_NODES);
        nodes.sort_by_key(|(_, node, _)| *node);
    }
    let barriers = (0..ground.mesh.n_triangles()).filter(|&triangle| ground.land.is_land[triangle]);
    let barriers = barriers.flat_map(|triangle| {
        let corners = ground.mesh.corners[triangle];
        (0..3).filter_map(move |side| {
            let ends = [corners[side], corners[(side + 1) % 3]];
            let ends = ends.map(|spot| ground.mesh.spots[spot as usize]);
            (ground.land.next[triangle][side] == NONE).then_some(ends)
        })
    });
    let barriers = barriers.filter(|ends| ends.iter().any(|end| near.distance(*end).is_some()));
    Around {
        barriers: barriers.collect(),
        near: nodes.iter().map(|(_, _, near)| near.clone()).collect(),
        nodes: nodes
            .iter()
            .map(|(_, node, _)| ground.nodes[*node as usize])
            .collect(),
    }
}

/// The nearest pieces of a node, of all kinds together.
fn nearest(kinds: &[RankedKind<'_>], node: u32) -> NearPieces {
    let labels = kinds
        .iter()
        .flat_map(|kind| kind.reach.labels().ranked(node));
    let mut found: Vec<(u32, u32)> = labels.map(|label| (label.distance, label.origin)).collect();
    found.sort_unstable();
    found.truncate(RANKED);
    found
        .into_iter()
        .map(|(distance, piece)| (piece, distance))
        .collect()
}

/// What is near a way.
struct Near {
    cells: BTreeMap<(i64, i64), Vec<[Spot; 2]>>,
    radius: f64,
}

impl Near {
    fn new(way: &[Spot], radius: Meters) -> Self {
        let mut near = Self {
            cells: BTreeMap::new(),
            radius: radius.0,
        };
        // A way of one place is a step from there to there.
        let last = way.last().map(|&last| [last; 2]);
        let steps = way.windows(2).map(|pair| [pair[0], pair[1]]).chain(last);
        for step in steps {
            let [from, to] = step.map(Spot::coord);
            let low = near.cell(from.x.min(to.x) - radius.0, from.y.min(to.y) - radius.0);
            let high = near.cell(from.x.max(to.x) + radius.0, from.y.max(to.y) + radius.0);
            for column in low.0..=high.0 {
                for row in low.1..=high.1 {
                    near.cells.entry((column, row)).or_default().push(step);
                }
            }
        }
        near
    }

    fn cell(&self, x: f64, y: f64) -> (i64, i64) {
        (
            (x / self.radius).floor() as i64,
            (y / self.radius).floor() as i64,
        )
    }

    /// How far a spot is from the way, meters; none if that is too far.
    fn distance(&self, spot: Spot) -> Option<f64> {
        let at = spot.coord();
        let steps = self.cells.get(&self.cell(at.x, at.y))?;
        let distances = steps.iter().map(|[from, to]| {
            let share = nearest_share(*from, *to, spot);
            from.toward(*to, share).distance(spot).0
        });
        let least = distances.fold(f64::INFINITY, f64::min);
        (least <= self.radius).then_some(least)
    }
}
