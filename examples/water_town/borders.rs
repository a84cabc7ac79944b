//! The villages' outlines: all that is nearer to one village than to any other, with borders that wander a little.

use super::chance::Chance;
use super::shapes::Point;
use super::tile::Grid;
use super::tile::HEIGHT;
use super::tile::WIDTH;

/// No two villages that share a border are farther apart, meters.
const FARTHEST_M: f64 = 9_000.0;

/// The outline of each of the region's villages, given all their middles.
pub fn outlines(middles: &[Point], grid: Grid) -> Vec<Vec<Point>> {
    let mut seeds = middles.to_vec();
    seeds.extend(outside(middles, grid));
    (0..middles.len()).map(|own| outline(&seeds, own)).collect()
}

/// Made-up middles beyond the edges of the region, about as far out as the villages lie inside: so it has an edge.
fn outside(middles: &[Point], grid: Grid) -> Vec<Point> {
    let (wide, high) = (grid.n_columns as f64 * WIDTH, grid.n_rows as f64 * HEIGHT);
    let mut chance = Chance::of(&[9, grid.n_columns as u64, grid.n_rows as u64]);
    let mut points = Vec::new();
    for at in middles {
        let beyond = |value: f64, end: f64| {
            [
                (value, true),
                (-value, value < 4_000.0),
                (2.0 * end - value, end - 4_000.0 < value),
            ]
        };
        for (x, is_x) in beyond(at.x, wide) {
            for (y, is_y) in beyond(at.y, high) {
                if is_x && is_y && (x, y) != (at.x, at.y) {
                    points.push(chance.near(Point::new(x, y), 420.0));
                }
            }
        }
    }
    points
}

/// The cell of one seed: a large square, cut at half the way to every other seed near by.
fn outline(seeds: &[Point], own: usize) -> Vec<Point> {
    let at = seeds[own];
    let mut others: Vec<usize> = (0..seeds.len()).collect();
    others.retain(|&other| other != own && seeds[other].to(at) < FARTHEST_M);
    others.sort_by(|&a, &b| at.to(seeds[a]).total_cmp(&at.to(seeds[b])));
    // Corners, each with the seed beyond the edge that starts there.
    let square = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
    let corner = |(x, y): (f64, f64)| (at + Point::new(x, y) * FARTHEST_M, usize::MAX);
    let mut cell: Vec<(Point, usize)> = square.map(corner).to_vec();
    for other in others {
        let halfway = at.toward(seeds[other], 0.5);
        let away = seeds[other] - at;
        let beyond = |point: Point| (point - halfway).dot(away);
        let mut cut = Vec::new();
        for i in 0..cell.len() {
            let ((a, edge), (b, _)) = (cell[i], cell[(i + 1) % cell.len()]);
            let (from, to) = (beyond(a), beyond(b));
            let meet = || a.toward(b, from / (from - to));
            match (from <= 0.0, to <= 0.0) {
                (true, true) => cut.push((a, edge)),
                (true, false) => cut.extend([(a, edge), (meet(), other)]),
                (false, true) => cut.push((meet(), edge)),
                (false, false) => {}
            }
        }
        cell = cut;
    }
    let n = cell.len();
    // Every cell computes a corner from the same three seeds in the same order, so that neighbors agree to the last bit.
    let corners: Vec<Point> = (0..n)
        .map(|i| {
            let mut three = [own, cell[(i + n - 1) % n].1, cell[i].1];
            three.sort_unstable();
            if three[2] == usize::MAX {
                return cell[i].0;
            }
            middle_of_three(three.map(|seed| seeds[seed]))
        })
        .collect();
    let mut ring = Vec::new();
    for i in 0..n {
        let numbers = [own.min(cell[i].1) as u64, own.max(cell[i].1) as u64];
        let mut side = wandering(corners[i], corners[(i + 1) % n], numbers);
        side.pop();
        ring.extend(side);
    }
    ring
}

/// The point that is as far from each of three points.
fn middle_of_three([a, b, c]: [Point; 3]) -> Point {
    let (b, c) = (b - a, c - a);
    let twice = 2.0 * (b.x * c.y - b.y * c.x);
    let (bb, cc) = (b.dot(b), c.dot(c));
    a + Point::new(c.y * bb - b.y * cc, b.x * cc - c.x * bb) * (1.0 / twice)
}

/// A border from corner to corner, the same from either side.
fn wandering(from: Point, to: Point, numbers: [u64; 2]) -> Vec<Point> {
    let is_turned = to < from;
    let (a, b) = if is_turned { (to, from) } else { (from, to) };
    let mut chance = Chance::of(&[10, numbers[0], numbers[1]]);
    let mut line = vec![a, b];
    while 260.0 < line[0].to(line[1]) {
        let mut finer = vec![line[0]];
        for pair in line.windows(2) {
            let across = (pair[1] - pair[0]).left() * chance.between(-0.11, 0.11);
            finer.extend([pair[0].toward(pair[1], 0.5) + across, pair[1]]);
        }
        line = finer;
    }
    if is_turned {
        line.reverse();
    }
    line
}
