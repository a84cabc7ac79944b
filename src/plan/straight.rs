//! What is nearest to a line as the crow flies.

use geo::Coord;
use rstar::AABB;
use rstar::PointDistance;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::ground::spot::Spot;
use crate::ground::spot::nearest_share;
use crate::units::Meters;

/// Where numbered pieces are, in whole millimeters, for straight distances.
pub type PieceTree = RTree<GeomWithData<[f64; 2], u32>>;

/// A piece's entry in the tree.
pub fn entry(piece: u32, at: Spot) -> GeomWithData<[f64; 2], u32> {
    GeomWithData::new([f64::from(at.x), f64::from(at.y)], piece)
}

/// The spots of a line given in meters.
pub fn spots_of(line: &[Coord]) -> Vec<Spot> {
    line.iter().filter_map(|&point| Spot::at(point)).collect()
}

/// The spot of a line that is nearest to another.
pub fn nearest_on_line(line: &[Spot], at: Spot) -> Option<Spot> {
    let on_edge = |pair: &[Spot]| nearest_on_edge(pair[0], pair[1], at);
    line.windows(2)
        .map(on_edge)
        .min_by(|a, b| a.millimeters_to(at).total_cmp(&b.millimeters_to(at)))
}

fn nearest_on_edge(from: Spot, to: Spot, at: Spot) -> Spot {
    from.toward(to, nearest_share(from, to, at))
}

/// Every so many spots of a line are asked first, so that a good bound is known before the rest is.
const STRIDE: usize = 32;

/// The piece nearest to a line, and how far it is; of several, the one with the lowest number.
///
/// A long line is asked only where a nearer piece can be: the distance to the nearest piece falls by no more than the
/// way along the line. So it is about `O(n + m log k)` for `n` spots, of which `m` are near the answer, and `k` pieces.
pub fn nearest_to_line(pieces: &PieceTree, line: &[Spot]) -> Option<(u32, Meters)> {
    let mut best = Nearest {
        distance: f64::INFINITY,
        piece: u32::MAX,
    };
    for &spot in line.iter().step_by(STRIDE) {
        best.take(distance_to_piece(pieces, spot)?);
    }
    // From a spot on, so far along the line, every piece is farther than this less the way.
    let mut clear = 0.0_f64;
    for pair in line.windows(2) {
        let length = pair[0].millimeters_to(pair[1]);
        if clear - length <= best.distance {
            clear = distance_to_piece(pieces, pair[0])?.distance;
        }
        if clear - length <= best.distance {
            let wide = best.distance.min(clear) + 1.0;
            for found in pieces.locate_in_envelope_intersecting(around(pair, wide)) {
                let at = Spot {
                    x: found.geom()[0] as i32,
                    y: found.geom()[1] as i32,
                };
                best.take(Nearest {
                    distance: nearest_on_edge(pair[0], pair[1], at).millimeters_to(at),
                    piece: found.data,
                });
            }
        }
        clear -= length;
    }
    Some((best.piece, Meters(best.distance / 1000.0)))
}

/// A piece, and how far it is in millimeters.
#[derive(Clone, Copy)]
struct Nearest {
    distance: f64,
    piece: u32,
}

impl Nearest {
    fn take(&mut self, other: Self) {
        if (other.distance, other.piece) < (self.distance, self.piece) {
            *self = other;
        }
    }
}

fn distance_to_piece(pieces: &PieceTree, spot: Spot) -> Option<Nearest> {
    let here = [f64::from(spot.x), f64::from(spot.y)];
    let nearest = pieces.nearest_neighbor(here)?;
    Some(Nearest {
        distance: nearest.distance_2(&here).sqrt(),
        piece: nearest.data,
    })
}

fn around(pair: &[Spot], wide: f64) -> AABB<[f64; 2]> {
    let low = |p: i32, q: i32| f64::from(p.min(q)) - wide;
    let high = |p: i32, q: i32| f64::from(p.max(q)) + wide;
    AABB::from_corners(
        [low(pair[0].x, pair[1].x), low(pair[0].y, pair[1].y)],
        [high(pair[0].x, pair[1].x), high(pair[0].y, pair[1].y)],
    )
}
