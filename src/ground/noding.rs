//! Splits lines where they meet, so that no two cross: what a constrained triangulation needs.

use rayon::prelude::*;
use rstar::AABB;
use rstar::RTree;
use rstar::RTreeObject;
use rustc_hash::FxHashMap;

use crate::ground::outline::Mark;
use crate::ground::outline::Segment;
use crate::ground::outline::add_segment;
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
    let pins = || RTree::bulk_load(points.iter().map(|&spot| Pin(spot)).collect());
    let (points, mut pieces) = rayon::join(pins, || Pieces::new(unique(segments)));
    for _ in 0..MOST_ROUNDS {
        let mut splits: Vec<(usize, Spot)> = (pieces.n_settled..pieces.all.len())
            .into_par_iter()
            .flat_map_iter(|index| meetings(index, &pieces, &points))
            .collect();
        if splits.is_empty() {
            break;
        }
        splits.sort_unstable();
        splits.dedup();
        pieces.split(&splits);
    }
    let mut lines = FxHashMap::default();
    for (piece, is_split) in pieces.all.iter().zip(&pieces.is_split) {
        if !is_split {
            let ends = ordered(piece.from, piece.to);
            let mark: &mut Mark = lines.entry(ends).or_default();
            *mark = mark.and(piece.mark);
        }
    }
    lines
}

/// Lines, and what they were split into.
struct Pieces {
    /// First the lines as they came, then what they were split into, round by round.
    all: Vec<Segment>,
    /// Whether a piece has been split and is no more.
    is_split: Vec<bool>,
    /// Pieces up to here meet none of each other.
    n_settled: usize,
    /// Each piece is in one of them.
    trees: Vec<RTree<Numbered>>,
}

impl Pieces {
    fn new(lines: Vec<Segment>) -> Self {
        let mut pieces = Self {
            all: Vec::new(),
            is_split: Vec::new(),
            n_settled: 0,
            trees: Vec::new(),
        };
        pieces.add(lines);
        pieces
    }

    /// Indexes further pieces: what is indexed already stays, for most pieces are never split.
    fn add(&mut self, mut fresh: Vec<Segment>) {
        let first = self.all.len();
        self.all.append(&mut fresh);
        self.is_split.resize(self.all.len(), false);
        let fresh = &self.all[first..];
        let n_part = fresh.len().div_ceil(4).max(1024);
        let tree = |(part, segments): (usize, &[Segment])| {
            let start = first + part * n_part;
            let numbered = (start..).zip(segments);
            let numbered = numbered.map(|(index, &segment)| Numbered { index, segment });
            RTree::bulk_load(numbered.collect())
        };
        let trees: Vec<RTree<Numbered>> = fresh.par_chunks(n_part).enumerate().map(tree).collect();
        self.trees.extend(trees);
    }

    /// The pieces whose box meets that of a line, except for one.
    fn near(&self, line: Segment, except: usize) -> impl Iterator<Item = &Numbered> {
        let found = self
            .trees
            .iter()
            .flat_map(move |tree| tree.locate_in_envelope_intersecting(envelope(line)));
        found.filter(move |other| other.index != except && !self.is_split[other.index])
    }

    /// Splits pieces at spots, given in order.
    fn split(&mut self, splits: &[(usize, Spot)]) {
        let mut fresh = Vec::with_capacity(2 * splits.len());
        for own in splits.chunk_by(|a, b| a.0 == b.0) {
            let index = own[0].0;
            let piece = self.all[index];
            self.is_split[index] = true;
            let mut spots: Vec<Spot> = own.iter().map(|&(_, spot)| spot).collect();
            spots.sort_by(|a, b| {
                let along = |spot: &Spot| piece.from.millimeters_to(*spot);
                along(a).total_cmp(&along(b))
            });
            let mut from = piece.from;
            for to in spots.into_iter().chain([piece.to]) {
                add_segment(&mut fresh, from, to, piece.mark);
                from = to;
            }
        }
        self.n_settled = self.all.len();
        self.add(fresh);
    }
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
fn meetings(index: usize, pieces: &Pieces, points: &RTree<Pin>) -> Vec<(usize, Spot)> {
    let line = pieces.all[index];
    let mut splits = Vec::new();
    for Pin(point) in points.locate_in_envelope_intersecting(envelope(line)) {
        if is_on(line, *point) {
            splits.push((index, *point));
        }
    }
    for other in pieces.near(line, index) {
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
