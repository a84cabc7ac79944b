//! Rivers, canals, streams, reservoirs and lakes of one town; its ponds come with its villages.

use super::chance::Chance;
use super::chance::rolling;
use super::names;
use super::pools::Pool;
use super::pools::blob;
use super::pools::dam;
use super::pools::reservoir;
use super::raster::Raster;
use super::shapes::Point;
use super::shapes::beside;
use super::shapes::distance;
use super::shapes::holds;
use super::shapes::length;
use super::shapes::middle;
use super::shapes::smooth;
use super::tile::HEIGHT;
use super::tile::Tile;
use super::tile::WIDTH;

/// Water that flows along a center line.
pub struct Flow {
    /// Its name; a field stream has none.
    pub name: &'static str,
    /// As the water layer spells it.
    pub kind: &'static str,
    /// From bank to bank, on the average.
    pub width_m: f64,
    /// Downstream.
    pub center: Vec<Point>,
    /// Left and right bank, point for point beside the center line, where it is mapped as an area.
    pub banks: Option<[Vec<Point>; 2]>,
    /// An island in it.
    pub island: Option<Vec<Point>>,
}

/// All water of a town.
pub struct Waters {
    /// The main river first.
    pub flows: Vec<Flow>,
    /// Reservoirs, lakes, then ponds.
    pub pools: Vec<Pool>,
}

impl Flow {
    fn line(name: &'static str, kind: &'static str, width_m: f64, center: Vec<Point>) -> Self {
        Self {
            name,
            kind,
            width_m,
            center,
            banks: None,
            island: None,
        }
    }

    /// A river that is mapped as an area, wider in some places than in others, as wide as said at both ends.
    fn wide(name: &'static str, width_m: f64, center: Vec<Point>, seed: u64) -> Self {
        let long = length(&center);
        let half = |at_m: f64, side: f64| {
            let taper = at_m.min(long - at_m).clamp(0.0, 1500.0) / 1500.0;
            let swell = rolling(Point::new(at_m, side * 5000.0), 400.0, seed);
            width_m * 0.5 * (1.0 + 0.6 * taper * swell)
        };
        let left = beside(&center, |at_m| half(at_m, 1.0));
        let right = beside(&center, |at_m| -half(at_m, -1.0));
        Self {
            banks: Some([left, right]),
            ..Self::line(name, "river", width_m, center)
        }
    }

    /// Widens the left bank around a distance from the start, and puts an island there.
    fn add_island(&mut self, around_m: f64) {
        let Some([left, _]) = &mut self.banks else {
            return;
        };
        let (mut near, mut far) = (Vec::new(), Vec::new());
        let mut at_m = 0.0;
        for (i, bank) in left.iter_mut().enumerate() {
            if i > 0 {
                at_m += self.center[i - 1].to(self.center[i]);
            }
            let share = (at_m - around_m) / 450.0;
            let bulge = if share.abs() < 1.0 {
                95.0 * (1.0 - share * share) * (1.0 - share * share)
            } else {
                0.0
            };
            let out = (*bank - self.center[i]).unit();
            if 32.0 < bulge {
                near.push(*bank + out * 2.0);
                far.push(*bank + out * (bulge - 24.0));
            }
            *bank = *bank + out * bulge;
        }
        far.reverse();
        near.extend(far);
        self.island = Some(near);
    }

    /// The line of one bank, downstream: 0 left, 1 right.
    pub fn bank(&self, side: usize) -> Vec<Point> {
        if let Some(banks) = &self.banks {
            return banks[side].clone();
        }
        let half = self.width_m * if side == 0 { 0.5 } else { -0.5 };
        beside(&self.center, |_| half)
    }

    /// Whether its banks count among the town's waters.
    pub fn is_counted(&self) -> bool {
        self.kind != "stream"
    }
}

impl Waters {
    /// The waters of a tile, without ponds.
    pub fn of(tile: &Tile) -> Self {
        let mut chance = tile.chance(1);
        let main = main_river(tile, &mut chance);
        let mut waters = Self {
            flows: vec![main],
            pools: Vec::new(),
        };
        waters.add_hill_waters(&mut chance);
        waters.add_side_rivers(tile, &mut chance);
        waters.add_southern_brook(&mut chance);
        waters.add_canals_and_lakes(&mut chance);
        waters.add_creeks(&mut Tile::raster(), &mut chance);
        waters
    }

    /// A flow by its name.
    pub fn named(&self, name: &str) -> &Flow {
        let found = self.flows.iter().find(|flow| flow.name == name);
        found.unwrap_or(&self.flows[0])
    }

    fn add_hill_waters(&mut self, chance: &mut Chance) {
        // Middle of the reservoir as shares of the tile, size in meters.
        let places = [
            (0.13, 0.80, 330.0),
            (0.15, 0.19, 370.0),
            (0.075, 0.635, 230.0),
            (0.31, 0.90, 200.0),
            (0.07, 0.33, 210.0),
            (0.33, 0.085, 190.0),
        ];
        let mut dams = Vec::new();
        for (name, (x, y, size_m)) in names::RESERVOIRS.into_iter().zip(places) {
            let at = chance.near(Point::new(x * WIDTH, y * HEIGHT), 220.0);
            let down = (Point::new(WIDTH * 0.55, HEIGHT * 0.5) - at).unit();
            let (shore, dam) = reservoir(at, down, size_m, chance);
            for finger in [0.5, -0.5] {
                let from = at - down * (size_m * 0.9) + down.left() * (size_m * finger);
                let spring = chance.near(at - down * (size_m * 3.4), size_m * 1.2);
                let bed = winding(spring, from, 4, 60.0, chance);
                self.flows.push(Flow::line("", "stream", 1.5, bed));
            }
            dams.push(dam);
            self.pools.push(Pool {
                name: name.to_owned(),
                kind: "reservoir",
                shore,
            });
        }
        let main = self.flows[0].center.clone();
        let mouth = |x: f64| vertex_near(&main, Point::new(x * WIDTH, HEIGHT * 0.5));
        let north = winding(dams[0], mouth(0.31), 9, 170.0, chance);
        let brook = winding(dams[2], north[north.len() * 11 / 20], 5, 110.0, chance);
        let south = winding(dams[1], mouth(0.37), 10, 190.0, chance);
        let outlet = vertex_near(&south, Point::new(WIDTH * 0.24, HEIGHT * 0.3));
        let bed = winding(dams[4], outlet, 6, 60.0, chance);
        self.flows.push(Flow::line("", "stream", 1.5, bed));
        let through = Point::new(WIDTH * 0.42, HEIGHT * 0.78);
        let mut bed = bends(dams[3], through, 3, 150.0, chance);
        bed.extend(bends(through, mouth(0.475), 6, 190.0, chance).split_off(1));
        let bed = smooth(&bed, 25.0);
        self.flows
            .push(Flow::line(names::BROOKS[3], "river", 12.0, bed));
        self.flows
            .push(Flow::line(names::BROOKS[0], "river", 14.0, north));
        self.flows
            .push(Flow::line(names::BROOKS[1], "river", 16.0, south));
        self.flows
            .push(Flow::line(names::BROOKS[2], "river", 8.0, brook));
    }

    /// The river from the last reservoir into the southern river; it needs that one's bed.
    fn add_southern_brook(&mut self, chance: &mut Chance) {
        let last = &self.pools[5];
        let [from, to] = dam(last);
        let crest = from.toward(to, 0.5);
        let start = crest + (crest - middle(&last.shore)).unit() * 14.0;
        let south = self.named(names::SOUTH).center.clone();
        let through = Point::new(WIDTH * 0.46, HEIGHT * 0.19);
        let into = vertex_near(&south, Point::new(WIDTH * 0.64, HEIGHT * 0.34));
        let mut bed = bends(start, through, 3, 160.0, chance);
        bed.extend(bends(through, into, 5, 220.0, chance).split_off(1));
        let bed = smooth(&bed, 25.0);
        self.flows
            .push(Flow::line(names::BROOKS[4], "river", 12.0, bed));
    }

    /// Creeks without an outlet, the way they reach into the fields of the plain; each belongs to the water it opens into.
    fn add_creeks(&mut self, raster: &mut Raster, chance: &mut Chance) {
        self.draw(raster);
        let n_flows = self.flows.len();
        let mut n_creeks = 0;
        for _ in 0..2_000 {
            let flow = &self.flows[chance.below(n_flows)];
            let vertex = 1 + chance.below(flow.center.len().saturating_sub(2).max(1));
            let mouth = flow.center[vertex.min(flow.center.len() - 1)];
            let is_plain = WIDTH * 0.36 < mouth.x && mouth.x < WIDTH - 800.0;
            if n_creeks == 18 || !flow.is_counted() || !is_plain {
                continue;
            }
            let sign = if chance.is(0.5) { 1.0 } else { -1.0 };
            let way = (flow.center[vertex] - flow.center[vertex - 1])
                .unit()
                .left()
                * sign;
            let end = mouth
                + (way + way.left() * chance.between(-0.4, 0.4)).unit()
                    * chance.between(260.0, 620.0);
            let own = flow.width_m * 0.8 + 45.0;
            let bed = bends(mouth, end, 3, 55.0, chance);
            let clear = |share: f64| {
                let at = mouth.toward(end, share);
                at.to(mouth) < own || raster.near(at, 90.0) == 0
            };
            let steps = (1..=12).map(|i| f64::from(i) / 12.0);
            if steps.into_iter().all(clear) {
                let (name, kind) = (flow.name, flow.kind);
                let creek = Flow::line(name, kind, 7.0, smooth(&bed, 25.0));
                raster.cover_line(&creek.center, 8.0, 1);
                self.flows.push(creek);
                n_creeks += 1;
            }
        }
    }

    fn add_side_rivers(&mut self, tile: &Tile, chance: &mut Chance) {
        let main = self.flows[0].center.clone();
        let at = |x: f64| vertex_near(&main, Point::new(x * WIDTH, HEIGHT * 0.5));
        let (from, into) = (at(0.43), at(0.57));
        let across = (into - from).left() * -1.0;
        let bow = [
            from,
            from + across * 0.22 + (into - from) * 0.03,
            from + across * 0.62 + (into - from) * 0.2,
            from + across * 0.6 + (into - from) * 0.42,
            from + across * 0.72 + (into - from) * 0.63,
            from + across * 0.45 + (into - from) * 0.88,
            from + across * 0.2 + (into - from) * 0.98,
            into,
        ];
        let arm = smooth(&bow, 25.0);
        self.flows.push(Flow::line(names::ARM, "river", 18.0, arm));
        let north = tile.port_north();
        let south = tile.port_south();
        let mut bed = tile.beyond_north(north);
        let mouth = at(0.615);
        bed.extend(bends(
            north - Point::new(0.0, 600.0),
            mouth,
            6,
            230.0,
            chance,
        ));
        let bed = smooth(&bed, 22.0);
        let seed = tile.number as u64 * 7 + 3;
        self.flows.push(Flow::wide(names::NORTH, 24.0, bed, seed));
        let head = at(0.70);
        let mut bed = bends(head, south + Point::new(0.0, 600.0), 6, 240.0, chance);
        bed.extend(tile.beyond_south(south));
        let bed = smooth(&bed, 22.0);
        self.flows
            .push(Flow::wide(names::SOUTH, 24.0, bed, seed + 1));
    }

    fn add_canals_and_lakes(&mut self, chance: &mut Chance) {
        let share = |x: f64, y: f64| Point::new(x * WIDTH, y * HEIGHT);
        let main = self.flows[0].center.clone();
        let on_main = |x: f64| vertex_near(&main, share(x, 0.5));
        let north = self.named(names::NORTH).center.clone();
        let south = self.named(names::SOUTH).center.clone();
        let lakes = [(0.855, 0.87), (0.875, 0.14), (0.955, 0.29), (0.965, 0.70)];
        let sizes = [260.0, 230.0, 190.0, 210.0];
        let mut middles = Vec::new();
        for ((name, (x, y)), size_m) in names::LAKES.into_iter().zip(lakes).zip(sizes) {
            let at = chance.near(share(x, y), 150.0);
            middles.push(at);
            self.pools.push(Pool {
                name: name.to_owned(),
                kind: "lake",
                shore: blob(at, size_m, 0.45, chance),
            });
        }
        let mut canal = |name: &'static str, width_m: f64, corners: &[Point]| {
            self.flows
                .push(Flow::line(name, "canal", width_m, corners.to_vec()));
        };
        // Two long canals cut the plain; the others start from corners of these.
        let joint = share(0.845, 0.745);
        canal(names::CANALS[0], 14.0, &[on_main(0.83), joint, middles[0]]);
        let elbow = share(0.865, 0.275);
        canal(names::CANALS[1], 12.0, &[on_main(0.85), elbow, middles[1]]);
        let bank = vertex_near(&north, share(0.64, 0.755));
        let crook = share(0.745, 0.75);
        canal(names::CANALS[2], 12.0, &[bank, crook, joint]);
        let bank = vertex_near(&south, share(0.67, 0.255));
        let hook = share(0.77, 0.26);
        canal(names::CANALS[3], 10.0, &[bank, hook, elbow, middles[2]]);
        canal(
            names::CANALS[4],
            12.0,
            &[crook, share(0.752, 0.62), on_main(0.735)],
        );
        // The town's own canal, around the old core.
        let mouth = on_main(0.525);
        let away = vertex_near(&north, Point::new(WIDTH * 0.62, mouth.y + 900.0));
        let corners = [
            mouth,
            Point::new(mouth.x + 60.0, mouth.y + 430.0),
            Point::new(mouth.x + 420.0, mouth.y + 640.0),
            away,
        ];
        canal(names::CANALS[5], 9.0, &corners);
    }

    /// Marks all water; a flow is its index plus one, a pool counts on from there.
    pub fn draw(&self, raster: &mut Raster) {
        for (i, flow) in self
            .flows
            .iter()
            .enumerate()
            .filter(|(_, flow)| flow.is_counted())
        {
            let what = i as u16 + 1;
            raster.cover_line(&flow.center, flow.width_m * 0.5 + 3.0, what);
            if let Some([left, right]) = &flow.banks {
                let mut ring = left.clone();
                ring.extend(right.iter().rev());
                raster.cover_ring(&ring, what);
            }
        }
        for (i, pool) in self.pools.iter().enumerate() {
            raster.cover_ring(&pool.shore, (self.flows.len() + i) as u16 + 1);
        }
    }

    /// Whether a point is no water, exactly, with a hand's breadth to spare.
    pub fn is_dry(&self, point: Point) -> bool {
        let in_flow = |flow: &Flow| match (&flow.banks, &flow.island) {
            (Some([left, right]), island) => {
                let mut ring = left.clone();
                ring.extend(right.iter().rev());
                holds(&ring, point) && !island.as_ref().is_some_and(|ring| holds(ring, point))
            }
            (None, _) => distance(&flow.center, point).0 < flow.width_m * 0.5 + 0.4,
        };
        let flows = self.flows.iter().filter(|flow| flow.is_counted());
        !flows.into_iter().any(in_flow) && !self.pools.iter().any(|pool| holds(&pool.shore, point))
    }
}

fn main_river(tile: &Tile, chance: &mut Chance) -> Flow {
    let (west, east) = (tile.port_west(), tile.port_east());
    let mut bed = tile.beyond_west(west);
    let (from, to) = (west.x + 600.0, east.x - 600.0);
    let seed = tile.number as u64 * 7;
    let (mut share, mut side) = (chance.between(0.03, 0.07), 1.0);
    while share < 0.97 {
        // Bends are small where the valley is narrow, and wide in the plain; the valley itself wanders, too.
        let swing = chance.between(110.0, 430.0) + 190.0 * share;
        let ends = (share.min(1.0 - share) * 6.0).min(1.0);
        let drift = 1_500.0 * (rolling(Point::new(share * 3.3, 0.5), 1.0, seed) - 0.5);
        let level = west.y + (east.y - west.y) * share;
        let y = level + ends * (drift + side * swing);
        bed.push(Point::new(from + (to - from) * share, y));
        share += chance.between(0.04, 0.085);
        if chance.is(0.93) {
            side = -side;
        }
    }
    bed.extend(tile.beyond_east(east));
    let center = smooth(&bed, 20.0);
    let (_, around_m) = distance(&center, Point::new(WIDTH * 0.775, HEIGHT * 0.5));
    let mut river = Flow::wide(names::MAIN, 40.0, center, seed + 1);
    river.add_island(around_m);
    river
}

/// Points that swing from side to side of the straight way, ends included.
fn bends(from: Point, to: Point, n_bends: usize, swing_m: f64, chance: &mut Chance) -> Vec<Point> {
    let across = (to - from).unit().left();
    let mut points = vec![from];
    for i in 1..n_bends {
        let share = (i as f64 + chance.between(-0.2, 0.2)) / n_bends as f64;
        let side = if i % 2 == 0 { 1.0 } else { -1.0 };
        let swing = side * swing_m * chance.between(0.55, 1.15);
        points.push(from.toward(to, share) + across * swing);
    }
    points.push(to);
    points
}

fn winding(
    from: Point,
    to: Point,
    n_bends: usize,
    swing_m: f64,
    chance: &mut Chance,
) -> Vec<Point> {
    smooth(&bends(from, to, n_bends, swing_m, chance), 25.0)
}

/// The point of a line that is nearest to a place, so that lines join where they say they do.
fn vertex_near(line: &[Point], place: Point) -> Point {
    let nearer = |a: &&Point, b: &&Point| a.to(place).total_cmp(&b.to(place));
    line.iter().min_by(nearer).copied().unwrap_or(place)
}
