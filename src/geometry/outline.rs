//! Outlines in degrees: whether one touches or crosses itself, and whether a place is inside.
//!
//! Edges are straight in longitude and latitude, as RFC 7946 (3.1.1) defines them, and the test is exact: nothing is
//! projected or rounded.

#![expect(
    clippy::float_cmp,
    reason = "the test is exact, and so is every comparison in it"
)]

use robust::Coord;
use robust::orient2d;
use rstar::AABB;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rstar::primitives::Rectangle;

use crate::geometry::lon_lat::LonLat;

/// More pairs of neighboring edges than this are not compared: an outline of a million honest edges needs a quarter.
const MOST_PAIRS: usize = 20_000_000;

/// What is wrong with an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OutlineFault {
    /// Two edges of one ring meet, or edges of two rings cross, at or near this corner.
    Touches(LonLat),
    /// So many edges lie over each other that the check was given up.
    Entangled,
}

/// An edge: its ring, its place in the ring, its ends.
struct Edge {
    ring: usize,
    index: usize,
    ring_len: usize,
    from: LonLat,
    to: LonLat,
}

/// The first fault of an outline, if it has any.
///
/// The rings do not repeat their first point at the end and have no two equal points in a row. Rings may touch each
/// other at points, but not cross or share edges; a ring may not even touch itself.
///
/// `O(n log n)` for `n` edges of usual shape; the number of comparisons is bounded.
pub fn fault(rings: &[&[LonLat]]) -> Option<OutlineFault> {
    let edges = edges(rings);
    let tree = RTree::bulk_load(
        edges
            .iter()
            .enumerate()
            .map(|(index, edge)| {
                let [from, to]: [[f64; 2]; 2] = [edge.from.into(), edge.to.into()];
                GeomWithData::new(Rectangle::from_corners(from, to), index)
            })
            .collect(),
    );
    let mut n_pairs = 0;
    for (index, edge) in edges.iter().enumerate() {
        let envelope = AABB::from_corners(edge.from.into(), edge.to.into());
        for other in tree.locate_in_envelope_intersecting(envelope) {
            n_pairs += 1;
            if n_pairs > MOST_PAIRS {
                return Some(OutlineFault::Entangled);
            }
            if other.data > index && is_fault(edge, &edges[other.data]) {
                return Some(OutlineFault::Touches(edge.from));
            }
        }
    }
    None
}

/// Where a place lies to an outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Inside an odd number of its rings.
    Inside,
    /// Exactly on an edge.
    Edge,
    /// Inside none, or an even number.
    Outside,
}

/// Where a place lies to rings that need not repeat their first point.
pub fn position<'a>(place: LonLat, rings: impl IntoIterator<Item = &'a [LonLat]>) -> Position {
    let mut is_inside = false;
    for ring in rings {
        for (index, &to) in ring.iter().enumerate() {
            let from = ring[(index + ring.len() - 1) % ring.len()];
            let is_beside = (from.lat() > place.lat()) != (to.lat() > place.lat());
            if !is_beside && from.lat() != place.lat() && to.lat() != place.lat() {
                continue;
            }
            let side = orientation(from, to, place);
            if side == 0.0 && is_between(place, from, to) {
                return Position::Edge;
            }
            if is_beside && (side > 0.0) == (to.lat() > from.lat()) {
                is_inside = !is_inside;
            }
        }
    }
    if is_inside {
        Position::Inside
    } else {
        Position::Outside
    }
}

/// Whether a place on the line through an edge lies on the edge.
fn is_between(place: LonLat, from: LonLat, to: LonLat) -> bool {
    let within = |value: f64, a: f64, b: f64| a.min(b) <= value && value <= a.max(b);
    within(place.lon(), from.lon(), to.lon()) && within(place.lat(), from.lat(), to.lat())
}

fn edges(rings: &[&[LonLat]]) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (ring, points) in rings.iter().enumerate() {
        for (index, &from) in points.iter().enumerate() {
            edges.push(Edge {
                ring,
                index,
                ring_len: points.len(),
                from,
                to: points[(index + 1) % points.len()],
            });
        }
    }
    edges
}

/// Whether two edges meet where they must not.
fn is_fault(a: &Edge, b: &Edge) -> bool {
    let from_side = orientation(a.from, a.to, b.from);
    let to_side = orientation(a.from, a.to, b.to);
    let is_collinear = from_side == 0.0 && to_side == 0.0;
    if a.ring != b.ring {
        return if is_collinear {
            overlap(a, b) > 0.0
        } else {
            from_side * to_side < 0.0
                && orientation(b.from, b.to, a.from) * orientation(b.from, b.to, a.to) < 0.0
        };
    }
    let is_neighbor =
        (a.index + 1) % a.ring_len == b.index || (b.index + 1) % a.ring_len == a.index;
    if is_neighbor || is_collinear {
        return is_collinear && (overlap(a, b) > 0.0 || (!is_neighbor && overlap(a, b) == 0.0));
    }
    let sides = orientation(b.from, b.to, a.from) * orientation(b.from, b.to, a.to);
    from_side * to_side <= 0.0 && sides <= 0.0
}

/// How far two collinear edges lie over each other along their longer axis, degrees; negative if apart.
fn overlap(a: &Edge, b: &Edge) -> f64 {
    let is_wide = (a.from.lon() - a.to.lon()).abs() >= (a.from.lat() - a.to.lat()).abs();
    let along = |place: LonLat| if is_wide { place.lon() } else { place.lat() };
    let low = |edge: &Edge| along(edge.from).min(along(edge.to));
    let high = |edge: &Edge| along(edge.from).max(along(edge.to));
    high(a).min(high(b)) - low(a).max(low(b))
}

/// 1 if `c` lies to the left of the line from `a` to `b`, -1 if to its right, 0 exactly on it.
fn orientation(a: LonLat, b: LonLat, c: LonLat) -> f64 {
    let coord = |place: LonLat| Coord {
        x: place.lon(),
        y: place.lat(),
    };
    let area = orient2d(coord(a), coord(b), coord(c));
    if area == 0.0 { 0.0 } else { area.signum() }
}
