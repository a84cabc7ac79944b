//! What people walk on: roads cut into pieces and bridges, village lanes, field roads, footpaths, steps, weirs and gates.

use super::chance::Chance;
use super::names;
use super::pools::dam;
use super::raster::Raster;
use super::roads::Roads;
use super::shapes::Point;
use super::shapes::along;
use super::shapes::beside;
use super::shapes::distance;
use super::shapes::length;
use super::shapes::middle;
use super::shapes::piece;
use super::shapes::simpler;
use super::shapes::stepped;
use super::tile::HEIGHT;
use super::tile::Tile;
use super::tile::WIDTH;
use super::villages::Village;
use super::waters::Flow;
use super::waters::Waters;

/// A mapped way.
pub struct Way {
    /// As the path layer spells it.
    pub kind: &'static str,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Further properties and their values.
    pub says: Vec<(&'static str, &'static str)>,
    /// The river or canal that it leads over.
    pub bridges: Option<&'static str>,
    /// Its course.
    pub line: Vec<Point>,
}

impl Way {
    fn plain(kind: &'static str, line: Vec<Point>) -> Self {
        Self {
            kind,
            name: None,
            says: Vec::new(),
            bridges: None,
            line,
        }
    }
}

/// A weir or a gate in the water.
pub struct Barrage {
    /// As the water layer spells it.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Whether people may walk over it.
    pub is_open: bool,
    /// From bank to bank and a little farther.
    pub line: Vec<Point>,
}

/// All ways of a town, and what bars its waters.
pub struct Ways {
    /// Roads, lanes, paths.
    pub all: Vec<Way>,
    /// The middle of every bridge.
    pub bridges: Vec<Point>,
    /// Weirs and gates.
    pub barrages: Vec<Barrage>,
}

impl Ways {
    /// The ways of a tile; they are marked in `built`, so that no house stands on them.
    pub fn of(
        tile: &Tile,
        waters: &Waters,
        villages: &[Village],
        wet: &Raster,
        built: &mut Raster,
    ) -> Self {
        let mut ways = Self {
            all: Vec::new(),
            bridges: Vec::new(),
            barrages: Vec::new(),
        };
        let mut places: Vec<Point> = villages.iter().map(|village| village.center).collect();
        let n_villages = places.len();
        let beside_river = Point::new(0.0, 700.0);
        places.push(tile.port_west() + beside_river);
        places.push(tile.port_east() + beside_river);
        places.push(tile.port_north() + Point::new(-650.0, 0.0));
        places.push(tile.port_south() + Point::new(-650.0, 0.0));
        let mut roads = Roads::new(tile, wet, waters.flows.len());
        roads.join(&places, n_villages);
        for line in roads.lines(&places) {
            ways.add_road(&line, wet, waters);
        }
        for village in villages {
            ways.add_lanes(village, wet);
        }
        let mut chance = tile.chance(4);
        for village in &villages[2..] {
            ways.add_tracks(village, wet, &mut chance);
        }
        ways.add_footpaths(waters, villages, wet);
        ways.add_barrages(waters);
        for way in &ways.all {
            let half_m = if way.kind == "street" { 4.0 } else { 1.0 };
            built.cover_line(&way.line, half_m, 1);
        }
        ways
    }

    fn add(&mut self, kind: &'static str, line: Vec<Point>) {
        self.all.push(Way::plain(kind, line));
    }

    /// Cuts a road where it goes over water: there, a bridge.
    fn add_road(&mut self, line: &[Point], wet: &Raster, waters: &Waters) {
        let long = length(line);
        let n_steps = (long / 2.0).ceil() as usize;
        let at = |i: usize| long * i as f64 / n_steps as f64;
        // Flowing water with some room beside it; standing water only where it is.
        let water_at = |i: usize| {
            let point = along(line, at(i)).0;
            let what = usize::from(wet.at(point));
            if what <= waters.flows.len() || !waters.is_dry(point) {
                what
            } else {
                0
            }
        };
        let mut start_m = 0.0;
        let mut i = 0;
        while i <= n_steps {
            let what = water_at(i);
            if what == 0 {
                i += 1;
                continue;
            }
            let from_m = (at(i) - 7.0).max(start_m);
            let mut last = i;
            // Waters close together have one bridge.
            while last < n_steps && (last + 1..last + 13).any(|j| water_at(j) != 0) {
                last += 1;
            }
            let to_m = (at(last) + 7.0).min(long);
            if from_m - start_m > 1.0 {
                self.add("street", piece(line, start_m, from_m));
            }
            let middle = along(line, f64::midpoint(from_m, to_m)).0;
            let flow = waters.flows.get(what - 1);
            let name = flow.map(|flow| flow.name).filter(|name| !name.is_empty());
            let n = 1 + self.all.iter().filter(|way| way.bridges == name).count();
            self.all.push(Way {
                name: name.map(|name| format!("{name}{n}号桥")),
                says: vec![("bridge", "yes")],
                bridges: name,
                ..Way::plain("street", piece(line, from_m, to_m))
            });
            self.bridges.push(middle);
            start_m = to_m;
            i = last + 1;
            while i <= n_steps && at(i) <= to_m {
                i += 1;
            }
        }
        if long - start_m > 1.0 {
            self.add("street", piece(line, start_m, long));
        }
    }

    /// The dry pieces of a line, as long as said.
    fn add_dry(
        &mut self,
        kind: &'static str,
        line: &[Point],
        margin_m: f64,
        shortest_m: f64,
        wet: &Raster,
    ) {
        let points = stepped(line, 12.0);
        let is_dry = |point: &Point| {
            let is_inside =
                (20.0..WIDTH - 20.0).contains(&point.x) && (20.0..HEIGHT - 20.0).contains(&point.y);
            is_inside && wet.near(*point, margin_m) == 0
        };
        for run in points.split(|point| !is_dry(point)) {
            if 1 < run.len() && shortest_m <= length(run) {
                self.add(kind, simpler(run, 1.5));
            }
        }
    }

    /// Lanes along the water, each between two rows of houses, and some from the water inland.
    fn add_lanes(&mut self, village: &Village, wet: &Raster) {
        let half_m = 130.0 + 0.6 * village.n_houses as f64;
        let far_m = 30.0 + 49.0 * (village.n_lanes() - 1) as f64;
        for inland_m in [30.0, 79.0, 128.0, 177.0]
            .into_iter()
            .take(village.n_lanes())
        {
            let lane = village.parallel(-half_m, half_m, inland_m);
            if 1 < lane.len() {
                self.add_dry("residential", &lane, 6.0, 60.0, wet);
            }
        }
        for along_m in [-0.75, -0.4, 0.0, 0.35, 0.8].map(|share| share * half_m) {
            let across = [
                village.spot(along_m, 12.0).0,
                village.spot(along_m, far_m + 28.0).0,
            ];
            self.add_dry("residential", &across, 0.0, 40.0, wet);
        }
    }

    /// Straight roads into the fields, from the lanes to the next water.
    fn add_tracks(&mut self, village: &Village, wet: &Raster, chance: &mut Chance) {
        let is_hilly = village.center.x < WIDTH * 0.3;
        let n_tracks = if is_hilly { 1 } else { 4 };
        let (_, inland) = village.spot(0.0, 0.0);
        let spread = chance.between(190.0, 260.0);
        let out = (inland + inland.left() * chance.between(-0.15, 0.15)).unit();
        let middle = village.spot(0.0, 128.0).0;
        for i in 0..n_tracks {
            let share = f64::from(i) - f64::from(n_tracks - 1) / 2.0;
            let far_m = chance.between(420.0, 1_150.0);
            self.add_until_wet(middle + out.left() * (share * spread), out, far_m, wet);
        }
        if !is_hilly {
            for far_m in [170.0, 400.0, 640.0] {
                for side in [out.left(), out.left() * -1.0] {
                    let long_m = spread * chance.between(0.9, 2.4);
                    self.add_until_wet(middle + out * far_m, side, long_m, wet);
                }
            }
        }
    }

    fn add_until_wet(&mut self, start: Point, out: Point, far_m: f64, wet: &Raster) {
        let is_free = |at: Point| {
            let is_inside =
                (30.0..WIDTH - 30.0).contains(&at.x) && (30.0..HEIGHT - 30.0).contains(&at.y);
            is_inside && wet.near(at, 12.0) == 0
        };
        let mut reach_m = 0.0;
        while reach_m < far_m && is_free(start + out * reach_m) {
            reach_m += 10.0;
        }
        if 100.0 < reach_m {
            self.add("track", vec![start, start + out * (reach_m - 10.0)]);
        }
    }

    /// Few footpaths: along the water in the core with steps up to the lane, over the dams, and a ford.
    fn add_footpaths(&mut self, waters: &Waters, villages: &[Village], wet: &Raster) {
        for village in &villages[..2] {
            let walk = stepped(&village.parallel(-520.0, 520.0, 5.0), 4.0);
            for run in walk
                .split(|&at| !waters.is_dry(at))
                .filter(|run| 5 < run.len())
            {
                self.add("footway", simpler(run, 0.8));
            }
            for along_m in [-160.0, 60.0, 240.0] {
                let steps = [village.spot(along_m, 5.0).0, village.spot(along_m, 30.0).0];
                self.add("steps", steps.to_vec());
            }
        }
        let town_canal = waters.named(names::CANALS[5]);
        for side_m in [8.5, -8.5] {
            let walk = beside(&stepped(&town_canal.center, 30.0), |_| side_m);
            let long = length(&walk);
            self.add_dry("footway", &piece(&walk, 60.0, long - 60.0), 0.0, 60.0, wet);
        }
        for pool in waters.pools.iter().filter(|pool| pool.kind == "reservoir") {
            let [from, to] = dam(pool);
            let out = (middle(&pool.shore) - from.toward(to, 0.5)).unit() * -5.0;
            self.add("footway", vec![from + out, to + out]);
        }
        let brook = waters.named(names::BROOKS[1]);
        let (at, way) = along(&brook.center, length(&brook.center) * 0.47);
        let across = way.left() * 45.0;
        self.all.push(Way {
            name: Some(format!("{}漫水路", names::BROOKS[1])),
            says: vec![("ford", "yes")],
            ..Way::plain("track", vec![at - across, at, at + across])
        });
    }

    fn add_barrages(&mut self, waters: &Waters) {
        let places = [
            ("weir", names::BROOKS[0], 0.34, "堰", false),
            ("weir", names::BROOKS[1], 0.72, "堰", true),
            ("weir", names::BROOKS[2], 0.50, "堰", false),
            ("lock_gate", names::CANALS[4], 0.86, "闸", true),
            ("lock_gate", names::CANALS[1], 0.10, "闸", false),
        ];
        for (kind, river, share, word, is_open) in places {
            let flow = waters.named(river);
            let at_m = self.off_bridges(flow, share);
            let (at, way) = along(&flow.center, at_m);
            let across = way.left() * (flow.width_m * 0.5 + 5.0);
            self.barrages.push(Barrage {
                kind,
                name: format!("{river}{word}"),
                is_open,
                line: vec![at - across, at, at + across],
            });
        }
    }

    /// A place on a flow near a share of its length that is no bridge.
    fn off_bridges(&self, flow: &Flow, share: f64) -> f64 {
        let long = length(&flow.center);
        let mut at_m = share * long;
        while at_m < long - 120.0 {
            let at = along(&flow.center, at_m).0;
            if self.bridges.iter().all(|bridge| 90.0 < bridge.to(at)) {
                break;
            }
            at_m += 30.0;
        }
        at_m
    }

    /// How far a point is from the nearest bridge.
    pub fn to_bridge(&self, point: Point) -> f64 {
        let away = self.bridges.iter().map(|bridge| bridge.to(point));
        away.fold(f64::INFINITY, f64::min)
    }

    /// The nearest point of a street, and the direction there.
    pub fn street_near(&self, point: Point) -> (Point, Point) {
        let streets = self
            .all
            .iter()
            .filter(|way| way.says.is_empty() && way.kind != "steps");
        let nearest = streets
            .map(|way| (distance(&way.line, point), way))
            .min_by(|a, b| a.0.0.total_cmp(&b.0.0));
        nearest.map_or((point, Point::new(1.0, 0.0)), |((_, at_m), way)| {
            along(&way.line, at_m)
        })
    }
}
