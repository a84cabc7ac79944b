//! Banks from shores: which side, which village, which name, how long.

use std::collections::BTreeMap;

use geo::Coord;
use rayon::prelude::*;
use rstar::AABB;
use rstar::PointDistance;
use rstar::RTree;
use rstar::RTreeObject;

use crate::ground::inside::Outlines;
use crate::ground::inside::signed_area_m2;
use crate::ground::mesh::Mesh;
use crate::ground::shores::Shore;
use crate::ground::spot::Spot;
use crate::ground::spot::nearest_share;
use crate::ground::spot::turn;
use crate::ground::tree::box_of;
use crate::ground::tree::square_to;
use crate::ground::waters::Waters;
use crate::model::bank::Bank;
use crate::model::bank::Side;
use crate::model::bank::WaterBody;
use crate::units::Meters;

/// A change of side shorter than this is noise of a bending center line, not another bank.
const SHORTEST_SIDE: Meters = Meters(50.0);

/// A center line farther away than this tells nothing about a shore.
const FARTHEST_LINE: Meters = Meters(1000.0);

/// The banks, each with the mesh's spots along it.
pub fn banks(
    mesh: &Mesh,
    shores: Vec<Shore>,
    waters: &Waters,
    bodies: &[WaterBody],
    body_of: &[Option<usize>],
    villages: &Outlines,
) -> Vec<(Bank, Vec<u32>)> {
    let lines = Flows::new(waters, body_of);
    let mut sided: Vec<(usize, Side, Vec<u32>)> = shores
        .into_iter()
        .flat_map(|shore| by_side(mesh, shore, &lines))
        .collect();
    // In an order that does not depend on how the triangles are numbered.
    sided.sort_by_key(|(body, side, spots)| {
        let first = mesh.spots[spots[0] as usize];
        (*body, *side, first, spots.len())
    });
    let mut n_of: BTreeMap<(usize, Side), usize> = BTreeMap::new();
    let named: Vec<(String, usize, Side, Vec<u32>)> = sided
        .into_iter()
        .map(|(body, side, spots)| {
            let n = n_of.entry((body, side)).or_default();
            *n += 1;
            let letter = match side {
                Side::Left => 'l',
                Side::Right => 'r',
                Side::Shore => 's',
            };
            (
                format!("{}-{letter}{n}", bodies[body].id),
                body,
                side,
                spots,
            )
        })
        .collect();
    named
        .into_par_iter()
        .map(|(id, water_body, side, spots)| {
            let line: Vec<Coord> = spots
                .iter()
                .map(|&spot| mesh.spots[spot as usize].coord())
                .collect();
            let chainage = chainage(&line);
            let villages = villages_along(&line, &chainage, villages);
            (
                Bank {
                    id,
                    water_body,
                    side,
                    line,
                    chainage,
                    villages,
                },
                spots,
            )
        })
        .collect()
}

/// Distances from the start of a line.
fn chainage(line: &[Coord]) -> Vec<Meters> {
    let mut at = Meters::ZERO;
    let mut chainage = vec![at];
    for pair in line.windows(2) {
        at += Meters((pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y));
        chainage.push(at);
    }
    chainage
}

/// Center lines of flowing water, by water body.
struct Flows(BTreeMap<usize, RTree<Flow>>);

struct Flow {
    from: Spot,
    to: Spot,
    /// Whether no other line of the body goes on before `from` and after `to`.
    is_end: [bool; 2],
}

impl RTreeObject for Flow {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        box_of(self.from, self.to)
    }
}

impl PointDistance for Flow {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        square_to(self.from, self.to, *point)
    }
}

impl Flows {
    fn new(waters: &Waters, body_of: &[Option<usize>]) -> Self {
        let mut flows: BTreeMap<usize, Vec<Flow>> = BTreeMap::new();
        for (part, spots) in &waters.center_lines {
            if let Some(body) = body_of[*part] {
                let pieces = spots.windows(2).map(|pair| Flow {
                    from: pair[0],
                    to: pair[1],
                    is_end: [false; 2],
                });
                flows.entry(body).or_default().extend(pieces);
            }
        }
        for pieces in flows.values_mut() {
            let mut n_at: BTreeMap<Spot, usize> = BTreeMap::new();
            for spot in pieces.iter().flat_map(|flow| [flow.from, flow.to]) {
                *n_at.entry(spot).or_default() += 1;
            }
            for flow in pieces {
                flow.is_end = [flow.from, flow.to].map(|spot| n_at[&spot] == 1);
            }
        }
        Self(
            flows
                .into_iter()
                .map(|(body, flows)| (body, RTree::bulk_load(flows)))
                .collect(),
        )
    }

    /// The side of a shore's point, and whether it lies beyond the end of the line, where that says little.
    fn side(&self, body: usize, spot: Spot) -> (Side, bool) {
        let here = [f64::from(spot.x), f64::from(spot.y)];
        let nearest = self
            .0
            .get(&body)
            .and_then(|flows| flows.nearest_neighbor(here));
        match nearest {
            Some(flow) if flow.distance_2(&here).sqrt() <= FARTHEST_LINE.0 * 1000.0 => {
                let share = nearest_share(flow.from, flow.to, spot);
                let is_beyond =
                    (flow.is_end[0] && share <= 0.0) || (flow.is_end[1] && share >= 1.0);
                let is_left = turn(flow.from, flow.to, spot) > 0;
                (if is_left { Side::Left } else { Side::Right }, is_beyond)
            }
            Some(_) | None => (Side::Shore, false),
        }
    }
}

/// The side of every edge of a shore. Beyond the end of the line, the river may bend: there, an edge has the side of its
/// neighbors, if they agree, and what the line's last piece says only where the shore turns around the end.
fn sides(mesh: &Mesh, shore: &Shore, flows: &Flows) -> Vec<Side> {
    let spot = |spot: u32| mesh.spots[spot as usize];
    let middles = shore
        .spots
        .windows(2)
        .map(|pair| spot(pair[0]).toward(spot(pair[1]), 0.5));
    let told: Vec<(Side, bool)> = middles
        .map(|middle| flows.side(shore.water_body, middle))
        .collect();
    let known = |i: usize| (!told[i].1).then_some(told[i].0);
    let n = told.len();
    let around = if shore.is_ring() { n } else { 0 };
    let mut before: Vec<Option<Side>> = vec![None; n];
    let mut after = before.clone();
    let mut last = None;
    for i in 0..n + around {
        last = known(i % n).or(last);
        before[i % n] = last;
    }
    last = None;
    for i in (0..n + around).rev() {
        last = known(i % n).or(last);
        after[i % n] = last;
    }
    let side = |i: usize| match (before[i], after[i]) {
        (Some(a), Some(b)) if a != b => told[i].0,
        (Some(side), _) | (None, Some(side)) => side,
        (None, None) => told[i].0,
    };
    (0..n).map(side).collect()
}

/// A shore cut where its side changes.
fn by_side(mesh: &Mesh, shore: Shore, flows: &Flows) -> Vec<(usize, Side, Vec<u32>)> {
    let body = shore.water_body;
    let coords: Vec<Coord> = shore
        .spots
        .iter()
        .map(|&spot| mesh.spots[spot as usize].coord())
        .collect();
    // With the land on the left, a ring that runs counterclockwise encloses land: an island.
    let is_island = shore.is_ring() && signed_area_m2(&coords) > 0.0;
    if is_island || !flows.0.contains_key(&body) {
        return vec![(body, Side::Shore, from_west(mesh, shore))];
    }
    let mut runs: Vec<(Side, Meters, Vec<u32>)> = Vec::new();
    for (pair, side) in shore.spots.windows(2).zip(sides(mesh, &shore, flows)) {
        let [a, b] = [mesh.spots[pair[0] as usize], mesh.spots[pair[1] as usize]];
        match runs.last_mut() {
            Some((last, length, spots)) if *last == side => {
                *length += a.distance(b);
                spots.push(pair[1]);
            }
            _ => runs.push((side, a.distance(b), pair.to_vec())),
        }
    }
    while runs.len() > 1 {
        let length = |i: &usize| runs[*i].1;
        let shortest = (0..runs.len()).min_by(|i, j| length(i).0.total_cmp(&length(j).0));
        let Some(i) = shortest.filter(|&i| runs[i].1 < SHORTEST_SIDE) else {
            break;
        };
        swallow(&mut runs, i);
    }
    if shore.is_ring() && runs.len() > 1 && runs[0].0 == runs[runs.len() - 1].0 {
        // The ring's start lies inside a run: it is no end of a bank.
        let (_, _, head) = runs.remove(0);
        if let Some((_, _, tail)) = runs.last_mut() {
            tail.extend_from_slice(&head[1..]);
        }
    }
    if let [(side, _, _)] = runs[..] {
        return vec![(body, side, from_west(mesh, shore))];
    }
    runs.into_iter()
        .map(|(side, _, spots)| (body, side, spots))
        .collect()
}

/// Gives a run to its neighbors, which then are one.
fn swallow(runs: &mut Vec<(Side, Meters, Vec<u32>)>, i: usize) {
    let (_, length, spots) = runs.remove(i);
    if i == 0 {
        let (_, next_length, next) = &mut runs[0];
        *next_length += length;
        let mut joined = spots;
        joined.extend_from_slice(&next[1..]);
        *next = joined;
        return;
    }
    runs[i - 1].1 += length;
    runs[i - 1].2.extend_from_slice(&spots[1..]);
    if i < runs.len() && runs[i].0 == runs[i - 1].0 {
        let (_, length, spots) = runs.remove(i);
        runs[i - 1].1 += length;
        runs[i - 1].2.extend_from_slice(&spots[1..]);
    }
}

/// The spots of a ring from its westernmost on (an open run as it is), so that chainage does not depend on numbering.
fn from_west(mesh: &Mesh, shore: Shore) -> Vec<u32> {
    let mut spots = shore.spots;
    if spots.first() != spots.last() {
        return spots;
    }
    spots.pop();
    let west = (0..spots.len())
        .min_by_key(|&i| mesh.spots[spots[i] as usize])
        .unwrap_or(0);
    spots.rotate_left(west);
    spots.push(spots[0]);
    spots
}

/// In which village a bank lies, from which chainage on.
fn villages_along(
    line: &[Coord],
    chainage: &[Meters],
    villages: &Outlines,
) -> Vec<(Meters, Option<usize>)> {
    let middle = |i: usize| (chainage[i] + chainage[i + 1]) * 0.5;
    let mut along = vec![(
        Meters::ZERO,
        village_at(line, chainage, middle(0), villages),
    )];
    for i in 1..line.len() - 1 {
        let before = along[along.len() - 1].1;
        let here = village_at(line, chainage, middle(i), villages);
        if here == before {
            continue;
        }
        let (mut low, mut high) = (middle(i - 1), middle(i));
        while (high - low).0 > 0.01 {
            let between = (low + high) * 0.5;
            if village_at(line, chainage, between, villages) == before {
                low = between;
            } else {
                high = between;
            }
        }
        along.push((high, here));
    }
    along
}

/// The smallest village that holds a point of a bank, taken half a meter inland, since many a border runs along the water.
fn village_at(
    line: &[Coord],
    chainage: &[Meters],
    at: Meters,
    villages: &Outlines,
) -> Option<usize> {
    let i = chainage
        .partition_point(|&c| c <= at)
        .clamp(1, line.len() - 1);
    let (a, b) = (line[i - 1], line[i]);
    let length = (chainage[i] - chainage[i - 1]).0.max(1e-9);
    let share = (at - chainage[i - 1]).0 / length;
    let (x, y) = ((b.x - a.x) / length, (b.y - a.y) / length);
    let inland = Coord {
        x: a.x + (b.x - a.x) * share - y * 0.5,
        y: a.y + (b.y - a.y) * share + x * 0.5,
    };
    let area = |index: &usize| -> f64 {
        villages
            .rings(*index)
            .iter()
            .map(|ring| signed_area_m2(ring).abs())
            .sum()
    };
    let holding = villages.holding(inland);
    match holding[..] {
        [] => None,
        [one] => Some(one),
        _ => holding
            .into_iter()
            .min_by(|a, b| area(a).total_cmp(&area(b))),
    }
}
