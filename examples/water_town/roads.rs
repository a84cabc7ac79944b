//! Roads between villages: found over a grid of points, so that they bend around water and hills, share their way, and bridge water seldom.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::BinaryHeap;

use super::chance::rolling;
use super::raster::Raster;
use super::shapes::Point;
use super::shapes::simpler;
use super::tile::HEIGHT;
use super::tile::Tile;
use super::tile::WIDTH;

/// From one point of the grid to the next, meters.
const STEP_M: f64 = 50.0;

/// What a way costs more for every 10 m over flowing water, meters.
const WET_M: f64 = 170.0;

/// The way to each neighbor in the grid.
const WAYS: [(isize, isize); 8] = [
    (1, 0),
    (1, 1),
    (0, 1),
    (-1, 1),
    (-1, 0),
    (-1, -1),
    (0, -1),
    (1, -1),
];

/// What a road that is there costs, of its length.
const USED: f64 = 0.45;

/// A cost that nobody has asked for yet.
const UNKNOWN: u64 = u64::MAX;

/// The grid and the roads found so far.
pub struct Roads<'a> {
    raster: &'a Raster,
    n_flows: u16,
    n_columns: usize,
    n_rows: usize,
    seed: u64,
    /// What each way from each point costs, millimeters; found out when it is first asked for.
    costs: Vec<u64>,
    used: BTreeSet<(usize, usize)>,
    ends: BTreeSet<usize>,
}

impl<'a> Roads<'a> {
    /// No roads yet; waters up to `n_flows` can be bridged, others cannot.
    pub fn new(tile: &Tile, raster: &'a Raster, n_flows: usize) -> Self {
        let n_columns = (WIDTH / STEP_M) as usize + 1;
        let n_rows = (HEIGHT / STEP_M) as usize + 1;
        Self {
            raster,
            n_flows: n_flows as u16,
            n_columns,
            n_rows,
            costs: vec![UNKNOWN; n_columns * n_rows * WAYS.len()],
            seed: tile.number as u64,
            used: BTreeSet::new(),
            ends: BTreeSet::new(),
        }
    }

    /// The roads of a town: as few as join everything, and the short ones besides.
    pub fn join(&mut self, places: &[Point], n_villages: usize) {
        let cost = |a: Point, b: Point| a.to(b) + 0.35 * WET_M * self.n_wet(a, b);
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for a in 0..places.len() {
            for b in a + 1..places.len() {
                pairs.push((cost(places[a], places[b]), a, b));
            }
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut group: Vec<usize> = (0..places.len()).collect();
        let mut chosen = Vec::new();
        for &(cost_m, a, b) in &pairs {
            let (of_a, of_b) = (group[a], group[b]);
            // A pair of neighbors: no third village lies between them.
            let is_between =
                |c: &Point| c.to(places[a]).max(c.to(places[b])) < 0.88 * places[a].to(places[b]);
            let are_villages = b < n_villages;
            let are_near = are_villages
                && cost_m < 1.9 * places[a].to(places[b])
                && !places[..n_villages].iter().any(is_between);
            if of_a == of_b && !are_near {
                continue;
            }
            for other in &mut group {
                if *other == of_b {
                    *other = of_a;
                }
            }
            chosen.push((a, b));
        }
        for (a, b) in chosen {
            self.find(places[a], places[b]);
        }
    }

    fn n_wet(&self, a: Point, b: Point) -> f64 {
        let n_steps = (a.to(b) / 10.0).ceil().max(1.0) as usize;
        let at = |i: usize| self.raster.at(a.toward(b, i as f64 / n_steps as f64));
        (0..n_steps).filter(|&i| at(i) != 0).count() as f64
    }

    fn point(&self, node: usize) -> Point {
        Point::new(
            (node % self.n_columns) as f64 * STEP_M,
            (node / self.n_columns) as f64 * STEP_M,
        )
    }

    fn node(&self, at: Point) -> usize {
        let clamped =
            |value: f64, n: usize| ((value / STEP_M).round().max(0.0) as usize).min(n - 1);
        clamped(at.y, self.n_rows) * self.n_columns + clamped(at.x, self.n_columns)
    }

    /// The points around a point, each with the number of the way there.
    fn neighbors(&self, node: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (n_columns, n_rows) = (self.n_columns, self.n_rows);
        let (column, row) = (node % n_columns, node / n_columns);
        let ways = WAYS.into_iter().enumerate();
        ways.filter_map(move |(way, (east, north))| {
            let column = column
                .checked_add_signed(east)
                .filter(|column| *column < n_columns)?;
            let row = row.checked_add_signed(north).filter(|row| *row < n_rows)?;
            Some((way, row * n_columns + column))
        })
    }

    /// What it costs to build, or to use, the road between two neighbors.
    fn cost(&mut self, from: usize, way: usize, to: usize) -> u64 {
        let index = from * WAYS.len() + way;
        if self.costs[index] == UNKNOWN {
            let (a, b) = (self.point(from), self.point(to));
            self.costs[index] = if self.used.contains(&(from.min(to), from.max(to))) {
                millimeters(USED * a.to(b))
            } else {
                millimeters(self.building_cost(a, b))
            };
        }
        self.costs[index]
    }

    fn building_cost(&self, a: Point, b: Point) -> f64 {
        let hilly = if a.x < WIDTH * 0.3 { 2.6 } else { 1.7 };
        let mut cost = a.to(b) * (1.0 + hilly * rolling(a, 520.0, self.seed));
        for i in 0..8 {
            let at = a.toward(b, f64::from(i) / 8.0);
            let what = self.raster.at(at);
            if what > self.n_flows {
                cost += 3_000.0;
            } else if what != 0 {
                cost += WET_M * a.to(b) / 80.0;
            } else if i == 0 && self.raster.near(at, 30.0) != 0 {
                cost += 0.8 * a.to(b);
            }
        }
        cost
    }

    /// The cheapest road between two places, added to the others.
    fn find(&mut self, from: Point, to: Point) {
        let (start, end) = (self.node(from), self.node(to));
        self.ends.extend([start, end]);
        let goal = self.point(end);
        let mut best = vec![(UNKNOWN, start); self.n_columns * self.n_rows];
        best[start].0 = 0;
        let mut heap = BinaryHeap::from([Reverse((0, 0, start))]);
        while let Some(Reverse((_, cost, node))) = heap.pop() {
            if node == end {
                break;
            }
            if best[node].0 < cost {
                continue;
            }
            for (way, next) in self.neighbors(node) {
                let through = cost + self.cost(node, way, next);
                if through < best[next].0 {
                    best[next] = (through, node);
                    let least = millimeters(USED * self.point(next).to(goal));
                    heap.push(Reverse((through + least, through, next)));
                }
            }
        }
        let mut node = end;
        while node != start && best[node].0 != UNKNOWN {
            let before = best[node].1;
            self.used.insert((node.min(before), node.max(before)));
            for (one, other) in [(node, before), (before, node)] {
                for (way, next) in self.neighbors(one) {
                    if next == other {
                        self.costs[one * WAYS.len() + way] = UNKNOWN;
                    }
                }
            }
            node = before;
        }
    }

    /// How far a road sways from the grid: up to 60 m in open country, less by the water.
    fn sway(&self, at: Point) -> Point {
        let room_m = if self.raster.near(at, 60.0) != 0 {
            0.0
        } else if self.raster.near(at, 110.0) != 0 {
            35.0
        } else {
            130.0
        };
        let share = |seed: u64| rolling(at, 480.0, self.seed + seed) - 0.5;
        Point::new(share(1), share(2)) * room_m
    }

    /// The roads as lines from fork to fork, their corners rounded; ends at one of `places` lead right to it.
    pub fn lines(&self, places: &[Point]) -> Vec<Vec<Point>> {
        let mut next: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &(a, b) in &self.used {
            next.entry(a).or_default().push(b);
            next.entry(b).or_default().push(a);
        }
        let is_end = |node: usize| next[&node].len() != 2 || self.ends.contains(&node);
        let exact = |node: usize| {
            let place = places.iter().find(|place| self.node(**place) == node);
            place.copied().unwrap_or(self.point(node))
        };
        let mut done = BTreeSet::new();
        let mut lines = Vec::new();
        for (&start, ways) in next.iter().filter(|(node, _)| is_end(**node)) {
            for &first in ways {
                if !done.insert((start.min(first), start.max(first))) {
                    continue;
                }
                let mut nodes = vec![start, first];
                while let [.., before, node] = nodes[..]
                    && !is_end(node)
                {
                    let onward = next[&node].iter().find(|other| **other != before);
                    let Some(&onward) = onward else { break };
                    done.insert((node.min(onward), node.max(onward)));
                    nodes.push(onward);
                }
                let mut line: Vec<Point> = nodes.iter().map(|&node| self.point(node)).collect();
                let last = line.len() - 1;
                line[0] = exact(nodes[0]);
                line[last] = exact(nodes[last]);
                for point in &mut line[1..last] {
                    *point = *point + self.sway(*point);
                }
                for _ in 0..4 {
                    let rounded = |three: &[Point]| (three[0] + three[1] * 2.0 + three[2]) * 0.25;
                    let inner: Vec<Point> = line.windows(3).map(rounded).collect();
                    line[1..last].copy_from_slice(&inner);
                }
                lines.push(simpler(&line, 3.0));
            }
        }
        lines
    }
}

fn millimeters(meters: f64) -> u64 {
    (meters * 1000.0) as u64
}
