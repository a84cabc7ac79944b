//! Where a town's villages lie, and their ponds.

use super::chance::Chance;
use super::names;
use super::pools::Pool;
use super::pools::blob;
use super::raster::Raster;
use super::shapes::Point;
use super::shapes::along;
use super::shapes::beside;
use super::shapes::distance;
use super::shapes::length;
use super::shapes::stepped;
use super::tile::HEIGHT;
use super::tile::Tile;
use super::tile::WIDTH;
use super::waters::Waters;

/// A village's middle and the water that it lies on.
pub struct Village {
    /// Its name.
    pub name: &'static str,
    /// The middle of its houses.
    pub center: Point,
    /// The water's line past the village, and half its width there.
    pub front: Vec<Point>,
    /// From the line to the bank, meters.
    pub half_m: f64,
    /// Where along the line the village's middle is.
    pub at_m: f64,
    /// On which side of the line it lies: 1 left, -1 right.
    pub side: f64,
    /// How many houses it would have if there were room for all.
    pub n_houses: usize,
}

impl Village {
    /// The point so far along the water from the village's middle and so far inland from the bank; and the way inland.
    pub fn spot(&self, along_m: f64, inland_m: f64) -> (Point, Point) {
        let (foot, way) = along(&self.front, self.at_m + along_m);
        let inland = way.left() * self.side;
        (foot + inland * (self.half_m + inland_m), inland)
    }

    /// How many lanes it has along the water.
    pub fn n_lanes(&self) -> usize {
        if self.n_houses < 200 { 2 } else { 4 }
    }

    /// Whether there is water before it at all so far from its middle.
    pub fn has_front(&self, along_m: f64) -> bool {
        (0.0..length(&self.front)).contains(&(self.at_m + along_m))
    }

    /// A line along the water, so far inland.
    pub fn parallel(&self, from_m: f64, to_m: f64, inland_m: f64) -> Vec<Point> {
        let n_steps = ((to_m - from_m) / 25.0).ceil() as usize;
        let at = |i: usize| from_m + (to_m - from_m) * i as f64 / n_steps as f64;
        let steps = (0..=n_steps).map(at).filter(|&m| self.has_front(m));
        steps.map(|m| self.spot(m, inland_m).0).collect()
    }
}

/// The middle of the town's core.
pub fn core(waters: &Waters) -> Point {
    let main = &waters.flows[0].center;
    let (_, at_m) = distance(main, Point::new(WIDTH * 0.555, HEIGHT * 0.5));
    let (foot, way) = along(main, at_m);
    foot + way.left() * 90.0
}

/// The villages: two in the core, the others far apart, farther in the outskirts.
pub fn villages(tile: &Tile, waters: &Waters, raster: &Raster) -> Vec<Village> {
    let mut chance = tile.chance(2);
    let core = core(waters);
    let mut places = candidates(waters, raster, &mut chance);
    let mut found: Vec<Village> = Vec::new();
    for number in 0..names::VILLAGES.len() {
        // The two of the core face each other over the main river.
        let is_on_main = |place: &Village| distance(&waters.flows[0].center, place.center).0 < 90.0;
        let wanted = |place: &Village| match number {
            0 if place.side > 0.0 && is_on_main(place) => -place.center.to(core),
            1 if place.side < 0.0 && is_on_main(place) => -place.center.to(core),
            0 | 1 => f64::NEG_INFINITY,
            _ => {
                let room = 700.0 + 0.16 * place.center.to(core);
                let nearest = found.iter().map(|other| other.center.to(place.center));
                nearest.fold(f64::INFINITY, f64::min) / room
            }
        };
        let best =
            (0..places.len()).max_by(|&a, &b| wanted(&places[a]).total_cmp(&wanted(&places[b])));
        let Some(best) = best else { break };
        let mut village = places.swap_remove(best);
        village.n_houses = match number {
            0 => 520,
            1 => 330,
            _ if village.center.x < WIDTH * 0.3 => 45 + chance.below(35),
            _ => 95 + chance.below(85),
        };
        found.push(village);
    }
    name(&mut found, waters);
    found
}

/// Villages by a water bear its name; the others take what names are left.
fn name(villages: &mut [Village], waters: &Waters) {
    villages[0].name = names::VILLAGES[0];
    villages[1].name = names::VILLAGES[1];
    let flows = waters
        .flows
        .iter()
        .map(|flow| (flow.name, flow.center.as_slice()));
    let pools = waters
        .pools
        .iter()
        .map(|pool| (pool.name.as_str(), pool.shore.as_slice()));
    let waters: Vec<(&str, &[Point])> = flows.chain(pools).collect();
    let mut left = Vec::new();
    for name in &names::VILLAGES[2..] {
        let first = name.chars().next();
        let namesake = waters
            .iter()
            .find(|(water, _)| water.chars().next() == first);
        let nearest = namesake.and_then(|(_, line)| {
            let away = |village: &Village| distance(line, village.center).0;
            let free = villages
                .iter_mut()
                .filter(|village| village.name.is_empty());
            free.map(|village| (away(village), village))
                .min_by(|a, b| a.0.total_cmp(&b.0))
        });
        match nearest {
            Some((_, village)) => village.name = name,
            None => left.push(*name),
        }
    }
    let free = villages
        .iter_mut()
        .filter(|village| village.name.is_empty());
    for (village, name) in free.zip(left) {
        village.name = name;
    }
}

/// Places on all waters where a village could lie.
fn candidates(waters: &Waters, raster: &Raster, chance: &mut Chance) -> Vec<Village> {
    let mut places = Vec::new();
    let mut add = |front: &[Point], half_m: f64, at_m: f64, side: f64, inland_m: f64| {
        let mut place = Village {
            name: "",
            center: Point::new(0.0, 0.0),
            front: front.to_vec(),
            half_m,
            at_m,
            side,
            n_houses: 0,
        };
        place.center = place.spot(0.0, inland_m).0;
        let is_inside = (900.0..WIDTH - 900.0).contains(&place.center.x)
            && (900.0..HEIGHT - 900.0).contains(&place.center.y);
        let is_free = |m: f64| {
            let (spot, _) = place.spot(m, 60.0);
            raster.near(spot, 30.0) == 0
        };
        if is_inside && [-150.0, -70.0, 0.0, 70.0, 150.0].into_iter().all(is_free) {
            places.push(place);
        }
    };
    for flow in &waters.flows {
        for side in [0, 1] {
            let bank = if flow.banks.is_some() {
                flow.bank(side)
            } else {
                beside(&flow.center, |_| 0.0)
            };
            let half_m = if flow.banks.is_some() {
                0.0
            } else {
                flow.width_m * 0.5
            };
            let long = length(&bank);
            let mut at_m = chance.between(180.0, 300.0);
            while at_m < long - 180.0 {
                let sign = if side == 0 { 1.0 } else { -1.0 };
                add(&bank, half_m, at_m, sign, 30.0);
                at_m += chance.between(110.0, 200.0);
            }
        }
    }
    for pool in &waters.pools {
        let mut shore = pool.shore.clone();
        shore.push(shore[0]);
        let long = length(&shore);
        add(
            &stepped(&shore, 40.0),
            0.0,
            chance.between(0.2, 0.8) * long,
            -1.0,
            30.0,
        );
    }
    places
}

/// How many ponds a village has; the two in the core have less room.
pub fn n_ponds(number: usize) -> usize {
    if number < 2 { 2 } else { 3 }
}

/// The ponds of every village, off all other water; marked, too.
pub fn add_ponds(tile: &Tile, waters: &mut Waters, villages: &[Village], raster: &mut Raster) {
    let mut chance = tile.chance(3);
    for (number, village) in villages.iter().enumerate() {
        let short = village.name.trim_end_matches(['村', '社', '区']);
        for (i, word) in names::PONDS.into_iter().take(n_ponds(number)).enumerate() {
            let is_fish_pond = i == 2 && WIDTH * 0.35 < village.center.x;
            let mut far_m = if i == 2 { 260.0 } else { 120.0 };
            let shore = loop {
                let along_m = chance.between(-far_m, far_m);
                let (at, inland) = village.spot(along_m, chance.between(85.0, 100.0 + far_m));
                let shore = if is_fish_pond {
                    let (half, deep) = (chance.between(24.0, 40.0), chance.between(16.0, 26.0));
                    let turned = [(-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0)];
                    let corner =
                        |(s, t): (f64, f64)| at + inland * (half * s) + inland.left() * (deep * t);
                    let ring = turned.map(corner);
                    let closed = [ring[0], ring[1], ring[2], ring[3], ring[0]];
                    let mut ring = stepped(&closed, 20.0);
                    ring.pop();
                    ring
                } else {
                    let radius_m = [chance.between(20.0, 36.0), chance.between(11.0, 22.0)][i % 2];
                    blob(at, radius_m, 0.7, &mut chance)
                };
                let is_inside =
                    (60.0..WIDTH - 60.0).contains(&at.x) && (60.0..HEIGHT - 60.0).contains(&at.y);
                if is_inside
                    && shore
                        .iter()
                        .chain([&at])
                        .all(|&p| raster.near(p, 26.0) == 0)
                {
                    break shore;
                }
                far_m += 6.0;
            };
            let what = (waters.flows.len() + waters.pools.len()) as u16 + 1;
            raster.cover_ring(&shore, what);
            waters.pools.push(Pool {
                name: format!("{short}{word}"),
                kind: "pond",
                shore,
            });
        }
    }
}
