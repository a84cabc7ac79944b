//! Standing water: rounded ponds and lakes, dammed valleys.

use super::chance::Chance;
use super::chance::rolling;
use super::shapes::Point;
use super::shapes::compass;
use super::shapes::rounded;

/// Standing water.
pub struct Pool {
    /// Its name.
    pub name: String,
    /// As the water layer spells it.
    pub kind: &'static str,
    /// Its shore.
    pub shore: Vec<Point>,
}

/// A rounded outline; `ruggedness` from 0, a circle, to 1.
pub fn blob(at: Point, radius_m: f64, ruggedness: f64, chance: &mut Chance) -> Vec<Point> {
    let (seed, long) = (chance.below(1 << 20) as u64, chance.direction());
    let step = if radius_m < 80.0 { 4 } else { 2 };
    let corner = |way: Point| {
        let uneven = rolling(way * 1.7, 1.0, seed) - 0.4;
        let stretch = 1.0 + 0.45 * way.dot(long).abs();
        at + way * (radius_m * stretch * (0.8 + ruggedness * uneven))
    };
    let ring: Vec<Point> = compass().into_iter().step_by(step).map(corner).collect();
    rounded(&ring)
}

/// A dammed valley: a straight dam downstream, fingers upstream; and the middle of the dam.
pub fn reservoir(at: Point, down: Point, size_m: f64, chance: &mut Chance) -> (Vec<Point>, Point) {
    let seed = chance.below(1 << 20) as u64;
    let up = down * -1.0;
    let fingers: Vec<Point> = [-0.9, 0.0, 0.8]
        .into_iter()
        .map(|turn| (up + up.left() * (turn + chance.between(-0.15, 0.15))).unit())
        .collect();
    let dam_m = size_m * 0.42;
    let corner = |way: Point| {
        let finger = fingers
            .iter()
            .map(|finger| way.dot(*finger))
            .fold(0.0, f64::max);
        let sharp = finger * finger * finger * finger;
        let reach = 0.5 + 0.95 * sharp * sharp * sharp + 0.3 * rolling(way * 3.0, 1.0, seed);
        let radius_m = size_m * reach;
        let ahead = way.dot(down) * radius_m;
        if dam_m < ahead {
            at + way * (radius_m * dam_m / ahead)
        } else {
            at + way * radius_m
        }
    };
    let shore: Vec<Point> = compass().into_iter().map(corner).collect();
    (rounded(&shore), at + down * (dam_m + 14.0))
}

/// The ends of a reservoir's dam: the longest straight piece of its shore.
pub fn dam(pool: &Pool) -> [Point; 2] {
    let n = pool.shore.len();
    let at = |i: usize| pool.shore[i % n];
    let is_straight = |i: usize| {
        let (before, after) = (at(i + 1) - at(i), at(i + 2) - at(i + 1));
        before.unit().dot(after.unit()) > 0.999_9
    };
    let mut longest = [at(0), at(1)];
    for start in 0..n {
        let mut end = start + 1;
        while is_straight(end - 1) && end < start + n {
            end += 1;
        }
        if longest[0].to(longest[1]) < at(start).to(at(end)) {
            longest = [at(start), at(end)];
        }
    }
    longest
}
