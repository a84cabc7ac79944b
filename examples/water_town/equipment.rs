//! Rescue points on the banks: full sets and single poles, some incomplete, damaged, missing or unverified.

use super::chance::Chance;
use super::names;
use super::pools::dam;
use super::shapes::Point;
use super::shapes::along;
use super::shapes::distance;
use super::shapes::holds;
use super::shapes::length;
use super::shapes::middle;
use super::tile::Tile;
use super::villages::Village;
use super::villages::n_ponds;
use super::waters::Flow;
use super::waters::Waters;
use super::ways::Ways;

/// A full set, 四个一: a board, a ring, a rope and a pole.
const SET: [&str; 4] = ["警示牌", "救生圈", "救生绳", "救生竿"];

/// One piece of equipment.
pub struct Piece {
    /// The rescue point that it belongs to.
    pub point: usize,
    /// As the register spells it.
    pub kind: &'static str,
    /// Where it stands.
    pub at: Point,
    /// As the register spells it.
    pub condition: &'static str,
    /// The day of its inspection, or nothing.
    pub inspected_on: String,
    /// The village nearest to it.
    pub village: &'static str,
    /// What else there is to say.
    pub note: &'static str,
}

/// All equipment of a tile.
pub fn equipment(tile: &Tile, waters: &Waters, villages: &[Village], ways: &Ways) -> Vec<Piece> {
    let mut register = Register {
        waters,
        villages,
        chance: tile.chance(6),
        n_points: 0,
        pieces: Vec::new(),
    };
    register.add_core(villages);
    for (number, village) in villages.iter().enumerate() {
        register.add_village(number, village);
    }
    register.add_lonely();
    register.add_across(ways);
    register.pieces
}

struct Register<'a> {
    waters: &'a Waters,
    villages: &'a [Village],
    chance: Chance,
    n_points: usize,
    pieces: Vec<Piece>,
}

impl Register<'_> {
    /// Points on both banks of the waters in the core, with holes between them.
    fn add_core(&mut self, villages: &[Village]) {
        let waters = self.waters;
        let core = villages[0].center;
        let spaced = [
            (waters.named(names::MAIN), 1_300.0, 160.0, 0.64),
            (waters.named(names::CANALS[5]), 1_700.0, 180.0, 0.6),
            (waters.named(names::NORTH), 1_000.0, 200.0, 0.6),
            (waters.named(names::ARM), 1_400.0, 230.0, 0.5),
        ];
        for (flow, within_m, step_m, share) in spaced {
            for side in [0, 1] {
                let bank = flow.bank(side);
                let long = length(&bank);
                let mut at_m = 40.0;
                while at_m < long - 30.0 {
                    let (foot, _) = along(&bank, at_m);
                    if foot.to(core) < within_m {
                        if self.chance.is(share) {
                            let is_set = self.chance.is(0.52);
                            self.add_on_bank(flow, side, at_m, is_set, "");
                        }
                        at_m += step_m * self.chance.between(0.85, 1.2);
                    } else {
                        at_m += 20.0;
                    }
                }
            }
        }
    }

    /// In a village of the outskirts: one point on its water, and on some of its ponds.
    fn add_village(&mut self, number: usize, village: &Village) {
        if 1 < number && self.chance.is(0.8) {
            let (at, inland) = village.spot(self.chance.between(-60.0, 60.0), 1.5);
            let is_set = self.chance.is(0.7);
            self.add(at, inland.left(), is_set, "");
        }
        if 1 < number && self.chance.is(0.5) {
            let along_m = if self.chance.is(0.5) { 190.0 } else { -190.0 };
            let (at, inland) = village.spot(along_m, 1.5);
            let is_set = self.chance.is(0.3);
            self.add(at, inland.left(), is_set, "");
        }
        let before: usize = (0..number).map(n_ponds).sum();
        let first = 10 + before;
        for pond in first..first + n_ponds(number) {
            let (share_set, share_any) = if number < 2 {
                (0.7, 0.95)
            } else {
                (0.44, 0.70)
            };
            let draw = self.chance.share();
            if draw < share_any {
                self.add_on_shore(pond, draw < share_set);
            }
        }
    }

    /// On the dams of reservoirs and on lakes; at one reservoir all of it is gone.
    fn add_lonely(&mut self) {
        let waters = self.waters;
        for (index, pool) in waters.pools.iter().enumerate() {
            match pool.kind {
                "reservoir" => {
                    let [from, to] = dam(pool);
                    let out = (middle(&pool.shore) - from.toward(to, 0.5)).unit() * -1.5;
                    let at = from.toward(to, self.chance.between(0.3, 0.7)) + out;
                    let n_before = self.pieces.len();
                    self.add(at, (to - from).unit(), true, "");
                    if pool.name == names::RESERVOIRS[3] {
                        for piece in &mut self.pieces[n_before..] {
                            piece.condition = "缺失";
                            piece.note = "整组缺失";
                        }
                    }
                }
                "lake" => self.add_on_shore(index, true),
                _ => {}
            }
        }
    }

    /// A set across the main river from a bank that has none, far from every bridge.
    fn add_across(&mut self, ways: &Ways) {
        let main = &self.waters.flows[0];
        let long = length(&main.center);
        let worth = |at_m: f64| {
            let (at, _) = along(&main.center, at_m);
            let village = self.villages.iter().map(|village| village.center.to(at));
            let bridge = ways.to_bridge(at).min(900.0);
            bridge - 0.5 * village.fold(f64::INFINITY, f64::min)
        };
        let mut best = (f64::NEG_INFINITY, 0.0);
        let mut at_m = 2_500.0;
        while at_m < long - 2_500.0 {
            let found = worth(at_m);
            if best.0 < found && self.is_bare(along(&main.center, at_m).0) {
                best = (found, at_m);
            }
            at_m += 20.0;
        }
        let (at, way) = along(&main.center, best.1);
        let nearest = |village: &&Village| village.center.to(at);
        let village = self
            .villages
            .iter()
            .min_by(|a, b| nearest(a).total_cmp(&nearest(b)));
        let is_left = village.is_some_and(|village| 0.0 < (village.center - at).dot(way.left()));
        let far_side = usize::from(is_left);
        let (_, on_bank) = distance(&main.bank(far_side), at);
        self.add_on_bank(
            main,
            far_side,
            on_bank,
            true,
            "示例：与村庄隔江相望，过桥绕行很远",
        );
    }

    fn is_bare(&self, at: Point) -> bool {
        self.pieces.iter().all(|piece| 260.0 < piece.at.to(at))
    }

    fn add_on_bank(
        &mut self,
        flow: &Flow,
        side: usize,
        at_m: f64,
        is_set: bool,
        note: &'static str,
    ) {
        let (foot, way) = along(&flow.bank(side), at_m);
        let out = way.left() * if side == 0 { 1.5 } else { -1.5 };
        self.add(foot + out, way, is_set, note);
    }

    fn add_on_shore(&mut self, pool: usize, is_set: bool) {
        let shore = &self.waters.pools[pool].shore;
        let corner = self.chance.below(shore.len());
        let (a, b) = (shore[corner], shore[(corner + 1) % shore.len()]);
        let along_shore = (b - a).unit();
        let foot = a.toward(b, 0.5);
        let left = foot + along_shore.left() * 1.5;
        let right = foot - along_shore.left() * 1.5;
        let at = if holds(shore, left) { right } else { left };
        self.add(at, along_shore, is_set, "");
    }

    /// A rescue point: a set side by side, or a pole by itself. A place in other water has none.
    fn add(&mut self, at: Point, beside: Point, is_set: bool, note: &'static str) {
        if !self.waters.is_dry(at) || !self.waters.is_dry(at + beside * 2.1) {
            return;
        }
        self.n_points += 1;
        let kinds = if is_set { &SET[..] } else { &SET[3..] };
        let lost = if is_set && self.chance.is(0.18) {
            self.chance.below(4)
        } else {
            4
        };
        let nearest = |village: &&Village| village.center.to(at);
        let village = self
            .villages
            .iter()
            .min_by(|a, b| nearest(a).total_cmp(&nearest(b)));
        for (i, &kind) in kinds.iter().enumerate() {
            let condition = match self.chance.below(100) {
                0..5 => "损坏",
                5..9 => "缺失",
                9..15 => "未核实",
                _ => "完好",
            };
            let (month, day) = (self.chance.below(6) + 4, self.chance.below(28) + 1);
            if i == lost {
                continue;
            }
            let inspected_on = match condition {
                "未核实" => String::new(),
                _ => format!("2026-{month:02}-{day:02}"),
            };
            self.pieces.push(Piece {
                point: self.n_points,
                kind,
                at: at + beside * (0.7 * i as f64),
                condition,
                inspected_on,
                village: village.map_or("", |village| village.name),
                note,
            });
        }
    }
}
