//! Walks that are made up, second by second, the noise of a receiver, and a judge of what was truly seen.

use std::collections::BTreeSet;
use std::f64::consts::TAU;

use geo::Coord;
use zhugan::ground::Ground;
use zhugan::ground::place::On;
use zhugan::ground::spot::Spot;
use zhugan::model::path::Ford;
use zhugan::model::path::Path;
use zhugan::model::path::PathKind;
use zhugan::model::path::Span;
use zhugan::model::water::Course;
use zhugan::model::water::WaterKind;
use zhugan::model::water::WaterLine;
use zhugan::plan::seen::Fix;
use zhugan::plan::seen::FlagKind;
use zhugan::plan::seen::IN_SIGHT;
use zhugan::plan::seen::Judging;
use zhugan::plan::seen::Seen;
use zhugan::plan::seen::replay::Sketch;
use zhugan::plan::seen::seen;
use zhugan::units::Meters;

use super::drawn::BuiltTown;
use super::drawn::Town;

pub const NARROW: f64 = 15.0;
pub const WALKING: f64 = 1.4;

/// How a receiver errs: by how many meters, and for how many seconds it goes on erring the same way.
#[derive(Clone, Copy, Debug)]
pub struct Noise {
    pub sigma: f64,
    pub lasting: f64,
}

pub const fn white(sigma: f64) -> Noise {
    Noise {
        sigma,
        lasting: 0.0,
    }
}

pub const fn lasting(sigma: f64) -> Noise {
    Noise {
        sigma,
        lasting: 40.0,
    }
}

/// Chance with a seed.
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let (a, b) = (self.next().max(1e-12), self.next());
        (-2.0 * a.ln()).sqrt() * (TAU * b).cos()
    }
}

/// Where somebody truly was, second by second.
#[derive(Clone, Default)]
pub struct Truth(pub Vec<Coord>);

impl Truth {
    /// Goes on along a line.
    pub fn along(mut self, line: &[Coord], speed: f64) -> Self {
        let mut gone = 0.0;
        for pair in line.windows(2) {
            let step = pair[1] - pair[0];
            let length = step.x.hypot(step.y);
            while gone < length {
                self.0.push(pair[0] + step * (gone / length));
                gone += speed;
            }
            gone -= length;
        }
        self
    }

    pub fn track(&self, scene: &Scene, noise: Noise, seed: u64) -> Vec<Fix> {
        let mut chance = Chance(seed.wrapping_mul(7919).wrapping_add(13));
        let stays = if noise.lasting > 0.0 {
            (-1.0 / noise.lasting).exp()
        } else {
            0.0
        };
        let fresh = (1.0 - stays * stays).sqrt();
        let mut off = [chance.normal(), chance.normal()];
        let fixes = (0_i64..).zip(&self.0).map(|(second, at)| {
            off = off.map(|off| off * stays + fresh * chance.normal());
            let error = Coord {
                x: off[0] * noise.sigma,
                y: off[1] * noise.sigma,
            };
            Fix {
                at: scene.spot(*at + error),
                at_ms: second * 1000,
                accuracy: Meters(noise.sigma),
            }
        });
        fixes.collect()
    }
}

/// A river in its valley, or a town drawn as text.
pub struct Scene {
    pub town: BuiltTown,
    pub width: f64,
}

impl Scene {
    /// A river that winds from west to east, 1,600 m; with a bridge in the middle, if any.
    pub fn river(width: f64, has_bridge: bool) -> Self {
        let mut town = Town::drawn("a");
        let points = (-20..=180).map(|x| town.place(center(f64::from(x) * 10.0)));
        town.layers.water_lines.push(WaterLine {
            source: "w9".to_owned(),
            name: None,
            kind: WaterKind::River,
            width: Some(Meters(width)),
            course: Course::Open,
            points: points.collect(),
            is_cut_at_start: true,
            is_cut_at_end: true,
        });
        let mut way = |points: [Coord; 2], span: Span| {
            let path = Path {
                source: format!("w{}", town.layers.paths.len() + 1),
                name: None,
                kind: PathKind::Footway,
                span,
                ford: Ford::No,
                points: points.map(|point| town.place(point)).to_vec(),
            };
            town.layers.paths.push(path);
        };
        for y in [-150.0, 150.0] {
            way([(-100.0, y), (1_700.0, y)].map(Coord::from), Span::Ground);
        }
        if has_bridge {
            let ends = [1.0, -1.0].map(|side| beside(800.0, side * (width / 2.0 + 2.0)));
            way(ends, Span::Bridge);
        }
        Self {
            town: town.built(),
            width,
        }
    }

    pub fn drawn(town: Town) -> Self {
        Self {
            town: town.built(),
            width: 0.0,
        }
    }

    /// A line along the river between two places of it, so far inland of its left (1) or right bank (-1).
    pub fn bank(&self, side: f64, inland: f64, from: f64, to: f64) -> Vec<Coord> {
        let n_steps = ((to - from).abs() / 5.0).ceil();
        let at = |step: u32| from + (to - from) * f64::from(step) / n_steps;
        let steps = 0..=n_steps as u32;
        steps
            .map(|step| beside(at(step), side * (self.width / 2.0 + inland)))
            .collect()
    }

    pub fn ground(&self) -> &Ground {
        &self.town.ground
    }

    fn spot(&self, at: Coord) -> Spot {
        let place = self.town.town.place(at);
        Spot::at(self.ground().plane.to_plane(place)).unwrap()
    }

    pub fn seen(&self, track: &[Fix]) -> Seen {
        self.seen_after(track, &[])
    }

    pub fn seen_after(&self, track: &[Fix], earlier: &[Sketch]) -> Seen {
        let judging = Judging {
            narrow: Meters(NARROW),
            earlier,
        };
        seen(self.ground(), &self.town.closures, track, judging).unwrap()
    }

    /// What the true positions saw, meter by meter of every bank: the judge, who tries everything.
    pub fn truth(&self, walks: &[Truth]) -> Meter {
        let ground = self.ground();
        let mut stood: Vec<Spot> = Vec::new();
        for at in walks.iter().flat_map(|walk| &walk.0) {
            stood.push(self.spot(*at));
        }
        let mut near = self.meters(|spot| {
            let mut stood = stood.iter().filter(|at| at.distance(spot) <= IN_SIGHT);
            stood.any(|at| is_all(ground, *at, spot, On::Land))
        });
        let seen: Vec<Spot> = self.spots_of(&near);
        let over = self.meters(|spot| {
            let mut facing = seen.iter().filter(|at| at.distance(spot).0 <= NARROW);
            facing.any(|at| is_all(ground, *at, spot, On::Water))
        });
        near.0.extend(over.0);
        near
    }

    /// What was credited, meter by meter.
    pub fn credited(&self, seen: &Seen) -> Meter {
        let all = self.all_meters();
        let is_in = |&(bank, meter): &(u32, u32)| {
            let at = f64::from(meter) + 0.5;
            let mut own = seen.stretches.iter().filter(|piece| piece.bank == bank);
            own.any(|piece| piece.from.0 <= at && at <= piece.to.0)
        };
        Meter(all.filter(is_in).collect())
    }

    fn all_meters(&self) -> impl Iterator<Item = (u32, u32)> {
        let banks = (0_u32..).zip(&self.ground().banks);
        banks.flat_map(|(number, bank)| {
            (0..bank.length().0.floor() as u32).map(move |meter| (number, meter))
        })
    }

    fn meters(&self, is_seen: impl Fn(Spot) -> bool) -> Meter {
        let all = self.all_meters();
        let seen = all.filter(|&at| is_seen(self.spot_of(at)));
        Meter(seen.collect())
    }

    fn spots_of(&self, meters: &Meter) -> Vec<Spot> {
        meters.0.iter().map(|&at| self.spot_of(at)).collect()
    }

    fn spot_of(&self, (bank, meter): (u32, u32)) -> Spot {
        let bank = &self.ground().banks[bank as usize];
        let at = f64::from(meter) + 0.5;
        let edge = bank.chainage.partition_point(|c| c.0 <= at) - 1;
        let [from, to] = [bank.line[edge], bank.line[edge + 1]];
        let length = (bank.chainage[edge + 1] - bank.chainage[edge]).0;
        let share = (at - bank.chainage[edge].0) / length;
        Spot::at(from + (to - from) * share).unwrap()
    }
}

/// Meters of banks: which bank, which meter.
pub struct Meter(pub BTreeSet<(u32, u32)>);

/// Where the middle of the river lies.
fn center(x: f64) -> Coord {
    Coord {
        x,
        y: 45.0 * (x / 150.0).sin(),
    }
}

/// So far to the left of the middle of the river.
fn beside(x: f64, left: f64) -> Coord {
    let step = center(x + 0.5) - center(x - 0.5);
    let length = step.x.hypot(step.y);
    center(x)
        + Coord {
            x: -step.y,
            y: step.x,
        } * (left / length)
}

/// Whether there is nothing but land, or water, between a place and a point of a bank.
fn is_all(ground: &Ground, from: Spot, bank: Spot, what: On) -> bool {
    let length = from.distance(bank).0;
    let near = ground.near(from);
    let n = length.ceil() as u32;
    (1..n).all(|step| {
        let (on, _) = ground.on(from.toward(bank, f64::from(step) / f64::from(n)), near);
        on == what
    })
}

/// How what was credited compares with the truth.
#[derive(Clone, Copy, Debug, Default)]
pub struct Off {
    pub truth: f64,
    pub credited: f64,
    /// Credited, but not seen.
    pub wrong: f64,
    /// Seen, but not credited.
    pub missed: f64,
    /// Credited on a bank of which nothing was seen.
    pub other_bank: f64,
}

impl Off {
    pub fn new(truth: &Meter, credited: &Meter) -> Self {
        let is_seen = |at: &&(u32, u32)| truth.0.contains(at);
        let is_credited = |at: &&(u32, u32)| credited.0.contains(at);
        let n = |n: usize| n as f64;
        let is_of_seen = |bank: u32| truth.0.iter().any(|at| at.0 == bank);
        let other_bank = credited.0.iter().filter(|at| !is_of_seen(at.0));
        Self {
            truth: n(truth.0.len()),
            credited: n(credited.0.len()),
            wrong: n(credited.0.iter().filter(|at| !is_seen(at)).count()),
            missed: n(truth.0.iter().filter(|at| !is_credited(at)).count()),
            other_bank: n(other_bank.count()),
        }
    }

    /// By how much the sum is off, as a share of the truth.
    pub fn share(&self) -> f64 {
        (self.credited - self.truth).abs() / self.truth
    }

    /// How much was judged wrongly, as a share of the truth.
    pub fn misjudged(&self) -> f64 {
        (self.wrong + self.missed) / self.truth
    }
}

pub fn has(seen: &Seen, kind: FlagKind) -> bool {
    seen.flags.iter().any(|flag| flag.kind == kind)
}

/// Takes some minutes out of a track.
pub fn without_signal(track: &[Fix], from_s: i64, seconds: i64) -> Vec<Fix> {
    let gone = from_s * 1000..(from_s + seconds) * 1000;
    let left = track.iter().filter(|fix| !gone.contains(&fix.at_ms));
    left.copied().collect()
}
