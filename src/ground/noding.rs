//! Splits lines where they meet, so that no two cross: what a constrained triangulation needs.

use rayon::prelude::*;
use rstar::AABB;
use rstar::RTree;
use rstar::RTreeObject;
use rustc_hash::FxHashMap;

use crate::ground::outline::Mark;
use crate::ground::outline::Segment;
use crate::ground::spot::Spot;
use crate::ground::spot::crosses;
use crate::ground::spot::crossing_share;
use crate::ground::spot::nearest_share;
use crate::ground::spot::turn;

/// Rounding a meeting point to the millimeter may make a new meeting; after so many rounds the rest is left to the triangulation.
const MOST_ROUNDS: usize = 12;

/// Lines that meet only at their ends, and touch the given points only at their ends; equal lines are one, with both marks.
///
/// `O(n log n)` for `n` lines that meet few others.
pub fn noded(segments: Vec<Segment>, points: &[Spot]) -> FxHashMap<(Spot, Spot), Mark> {
    let points: Vec<Pin> = points.iter().map(|&spot| Pin(spot)).collect();
    let points = RTree::bulk_load(points);
    let mut pieces = unique(segments);
    let mut n_settled = 0;
    for _ in 0..MOST_ROUNDS {
        let tree = RTree::bulk_load(
            pieces
                .iter()
                .enumerate()
                .map(|(index, &segment)| Numbered { index, segment })
                .collect(),
        );
        let mut splits: Vec<(usize, Spot)> = (n_settled..pieces.len())
            .into_par_iter()
            .flat_map_iter(|index| meetings(index, pieces[index], &tree, &points))
            .collect();
        if splits.is_empty() {
            break;
        }
        splits.sort_unstable();
        splits.dedup();
        (pieces, n_settled) = split(&pieces, &splits);
    }
    let mut lines = FxHashMap::default();
    for piece in pieces {
        let ends = ordered(piece.from, piece.to);
        let mark: &mut Mark = lines.entry(ends).or_default();
        *mark = mark.and(piece.mark);
    }
    lines
}

/// The two ends of a line, the lower first: the key of a line that has no direction.
pub fn ordered(a: Spot, b: Spot) -> (Spot, Spot) {
    if a <= b { (a, b) } else { (b, a) }
}

/// A line in the tree.
struct Numbered {
    index: usize,
    segment: Segment,
}

impl RTreeObject for Numbered {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        envelope(self.segment)
    }
}

/// A point in the tree.
struct Pin(Spot);

impl RTreeObject for Pin {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_point([f64::from(self.0.x), f64::from(self.0.y)])
    }
}

fn envelope(segment: Segment) -> AABB<[f64; 2]> {
    let low = |p: i32, q: i32| f64::from(p.min(q)) - 1.0;
    let high = |p: i32, q: i32| f64::from(p.max(q)) + 1.0;
    let (a, b) = (segment.from, segment.to);
    AABB::from_corners(
        [low(a.x, b.x), low(a.y, b.y)],
        [high(a.x, b.x), high(a.y, b.y)],
    )
}

/// Where this line and the lines that it meets must be split.
fn meetings(
    index: usize,
    line: Segment,
    lines: &RTree<Numbered>,
    points: &RTree<Pin>,
) -> Vec<(usize, Spot)> {
    let mut splits = Vec::new();
    for Pin(point) in points.locate_in_envelope_intersecting(envelope(line)) {
        if is_on(line, *point) {
            splits.push((index, *point));
        }
    }
    for other in lines.locate_in_envelope_intersecting(envelope(line)) {
        if other.index == index {
            continue;
        }
        let (a, b, c, d) = (line.from, line.to, other.segment.from, other.segment.to);
        if crosses(a, b, c, d) {
            let spot = a.toward(b, crossing_share(a, b, c, d));
            if spot != a && spot != b {
                splits.push((index, spot));
            }
            if spot != c && spot != d {
                splits.push((other.index, spot));
            }
            continue;
        }
        splits.extend(
            [c, d]
                .into_iter()
                .filter(|&p| is_on(line, p))
                .map(|p| (index, p)),
        );
        let on_other = [a, b].into_iter().filter(|&p| is_on(other.segment, p));
        splits.extend(on_other.map(|p| (other.index, p)));
    }
    splits
}

/// Whether a point that is no end of a line lies on it, to the millimeter: a line that passes that near goes through it.
///
/// Without this, rounding would leave chinks of less than a millimeter between outlines that touch.
fn is_on(line: Segment, point: Spot) -> bool {
    if point == line.from || point == line.to {
        return false;
    }
    let share = nearest_share(line.from, line.to, point);
    let [x, y] = line.from.to(line.to);
    let length = x.hypot(y);
    let is_between = share * length >= 1.0 && (1.0 - share) * length >= 1.0;
    is_between && (turn(line.from, line.to, point) as f64).abs() <= length
}

/// The lines after splitting: those left whole first, and how many they are.
fn split(pieces: &[Segment], splits: &[(usize, Spot)]) -> (Vec<Segment>, usize) {
    let mut whole = Vec::with_capacity(pieces.len() + splits.len());
    let mut fresh = Vec::new();
    let mut rest = splits;
    for (index, &piece) in pieces.iter().enumerate() {
        let n_own = rest.iter().take_while(|&&(of, _)| of == index).count();
        if n_own == 0 {
            whole.push(piece);
            continue;
        }
        let mut spots: Vec<Spot> = rest[..n_own].iter().map(|&(_, spot)| spot).collect();
        rest = &rest[n_own..];
        spots.sort_by(|a, b| {
            let along = |spot: &Spot| piece.from.millimeters_to(*spot);
            along(a).total_cmp(&along(b))
        });
        let mut from = piece.from;
        for to in spots.into_iter().chain([piece.to]) {
            if from != to {
                fresh.push(Segment {
                    from,
                    to,
                    mark: piece.mark,
                });
            }
            from = to;
        }
    }
    let n_whole = whole.len();
    whole.append(&mut fresh);
    (whole, n_whole)
}

/// Every line once; equal lines are one, with both marks.
fn unique(segments: Vec<Segment>) -> Vec<Segment> {
    let mut marks: FxHashMap<(Spot, Spot), Mark> = FxHashMap::default();
    for segment in segments {
        let mark = marks.entry(ordered(segment.from, segment.to)).or_default();
        *mark = mark.and(segment.mark);
    }
    let mut lines: Vec<Segment> = marks
        .into_iter()
        .map(|((from, to), mark)| Segment { from, to, mark })
        .collect();
    lines.sort_unstable_by_key(|line| (line.from, line.to));
    lines
}
