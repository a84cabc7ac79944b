//! Chance with a seed: the same numbers on every machine, since nothing here but sums, products and shifts is used.

use super::shapes::Point;

/// `SplitMix64`.
pub struct Chance(u64);

impl Chance {
    /// Chance that depends on nothing but these numbers.
    pub fn of(numbers: &[u64]) -> Self {
        let mut chance = Self(0x005e_ed0f_2024);
        for &number in numbers {
            chance.0 ^= number.wrapping_mul(0xd6e8_feb8_6659_fd93);
            chance.next();
        }
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to just below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// A number from 0 to just below 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number between two others.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// True in so many of all cases.
    pub fn is(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// A point up to so many meters east or west, north or south of another.
    pub fn near(&mut self, at: Point, within_m: f64) -> Point {
        let east = self.between(-within_m, within_m);
        Point::new(at.x + east, at.y + self.between(-within_m, within_m))
    }

    /// A direction.
    pub fn direction(&mut self) -> Point {
        loop {
            let point = self.near(Point::new(0.0, 0.0), 1.0);
            if (0.1..1.0).contains(&point.length()) {
                return point.unit();
            }
        }
    }
}

/// Rolling ground from 0 to 1, with hills of a given size.
pub fn rolling(at: Point, size_m: f64, seed: u64) -> f64 {
    let (x, y) = (at.x / size_m, at.y / size_m);
    let corner = |i: f64, j: f64| {
        let number = |k: f64| (k as i64).cast_unsigned();
        Chance::of(&[seed, number(i), number(j)]).share()
    };
    let ease = |t: f64| t * t * (3.0 - 2.0 * t);
    let (i, j) = (x.floor(), y.floor());
    let (s, t) = (ease(x - i), ease(y - j));
    let south = corner(i, j) * (1.0 - s) + corner(i + 1.0, j) * s;
    let north = corner(i, j + 1.0) * (1.0 - s) + corner(i + 1.0, j + 1.0) * s;
    south * (1.0 - t) + north * t
}
