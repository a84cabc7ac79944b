//! Points, lines and outlines in meters.
//!
//! Only sums, products, quotients and square roots, which every machine rounds alike: no sine, no hypotenuse.

use std::ops::Add;
use std::ops::Mul;
use std::ops::Sub;

/// A point, or the way from one point to another.
///
/// # Units
///
/// Meters east and north.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Point {
    /// East.
    pub x: f64,
    /// North.
    pub y: f64,
}

impl Point {
    /// A point.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// How far it is from the origin.
    pub fn length(self) -> f64 {
        self.dot(self).sqrt()
    }

    /// The same direction, 1 m long.
    pub fn unit(self) -> Self {
        self * (1.0 / self.length().max(1e-9))
    }

    /// A quarter turn to the left.
    pub fn left(self) -> Self {
        Self::new(-self.y, self.x)
    }

    /// The scalar product.
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// How far away another point is.
    pub fn to(self, other: Self) -> f64 {
        (other - self).length()
    }

    /// The point at a share of the way to another.
    pub fn toward(self, other: Self, share: f64) -> Self {
        self + (other - self) * share
    }
}

impl Add for Point {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

/// The directions of the compass in steps of 7.5 degrees, from the east counterclockwise.
pub fn compass() -> Vec<Point> {
    const STEP: Point = Point::new(0.991_444_861_373_810_4, 0.130_526_192_220_051_6);
    let mut directions = vec![Point::new(1.0, 0.0)];
    while directions.len() < 48 {
        let last = directions[directions.len() - 1];
        directions.push(STEP * last.x + STEP.left() * last.y);
    }
    directions
}

/// A smooth line through points (Catmull and Rom), with a point about every `step_m`.
pub fn smooth(through: &[Point], step_m: f64) -> Vec<Point> {
    let at = |i: usize| through[i.min(through.len() - 1)];
    let mut line = vec![through[0]];
    for i in 0..through.len() - 1 {
        let (a, b, c, d) = (at(i.saturating_sub(1)), at(i), at(i + 1), at(i + 2));
        let n_steps = (b.to(c) / step_m).ceil().max(1.0) as usize;
        for step in 1..=n_steps {
            let t = step as f64 / n_steps as f64;
            let (t2, t3) = (t * t, t * t * t);
            line.push(
                b + ((c - a) * t
                    + (a * 2.0 - b * 5.0 + c * 4.0 - d) * t2
                    + (b * 3.0 - a - c * 3.0 + d) * t3)
                    * 0.5,
            );
        }
    }
    line
}

/// A line with a point every `step_m`, or a little less, corners kept.
pub fn stepped(line: &[Point], step_m: f64) -> Vec<Point> {
    let mut points = vec![line[0]];
    for pair in line.windows(2) {
        let n_steps = (pair[0].to(pair[1]) / step_m).ceil().max(1.0) as usize;
        points.extend((1..=n_steps).map(|i| pair[0].toward(pair[1], i as f64 / n_steps as f64)));
    }
    points
}

/// The length of a line.
pub fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|pair| pair[0].to(pair[1])).sum()
}

/// The point of a line at a distance from its start, and the direction there; ends are not overrun.
pub fn along(line: &[Point], mut at_m: f64) -> (Point, Point) {
    for pair in line.windows(2) {
        let long = pair[0].to(pair[1]);
        if at_m <= long {
            return (
                pair[0].toward(pair[1], at_m.max(0.0) / long.max(1e-9)),
                (pair[1] - pair[0]).unit(),
            );
        }
        at_m -= long;
    }
    let [.., before, last] = line else {
        return (line[0], Point::new(1.0, 0.0));
    };
    (*last, (*last - *before).unit())
}

/// How far a point is from a line, and where along the line the nearest point is.
pub fn distance(line: &[Point], point: Point) -> (f64, f64) {
    let (mut best, mut start) = ((f64::INFINITY, 0.0), 0.0);
    for pair in line.windows(2) {
        let way = pair[1] - pair[0];
        let long = way.length().max(1e-9);
        let share = ((point - pair[0]).dot(way) / (long * long)).clamp(0.0, 1.0);
        let away = point.to(pair[0].toward(pair[1], share));
        if away < best.0 {
            best = (away, start + share * long);
        }
        start += long;
    }
    best
}

/// The line to the left of another at a distance that depends on where along it (to the right, if negative).
pub fn beside(line: &[Point], distance_m: impl Fn(f64) -> f64) -> Vec<Point> {
    let last = line.len() - 1;
    let mut at_m = 0.0;
    (0..=last)
        .map(|i| {
            if i > 0 {
                at_m += line[i - 1].to(line[i]);
            }
            let way = line[(i + 1).min(last)] - line[i.saturating_sub(1)];
            line[i] + way.unit().left() * distance_m(at_m)
        })
        .collect()
}

/// The piece of a line between two distances from its start.
pub fn piece(line: &[Point], from_m: f64, to_m: f64) -> Vec<Point> {
    let mut points = vec![along(line, from_m).0];
    let mut at_m = 0.0;
    for pair in line.windows(2) {
        at_m += pair[0].to(pair[1]);
        if from_m + 0.5 < at_m && at_m + 0.5 < to_m {
            points.push(pair[1]);
        }
    }
    points.push(along(line, to_m).0);
    points
}

/// Whether a ring holds a point (even-odd).
pub fn holds(ring: &[Point], point: Point) -> bool {
    let n = ring.len();
    let crossed = (0..n).filter(|&i| {
        let (a, b) = (ring[i], ring[(i + 1) % n]);
        (a.y > point.y) != (b.y > point.y)
            && point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
    });
    crossed.count() % 2 == 1
}

/// The middle of a ring's corners.
pub fn middle(ring: &[Point]) -> Point {
    let sum = ring.iter().fold(Point::new(0.0, 0.0), |sum, &p| sum + p);
    sum * (1.0 / ring.len() as f64)
}

/// A ring with its corners cut off (Chaikin), at a quarter of each side.
pub fn rounded(ring: &[Point]) -> Vec<Point> {
    let n = ring.len();
    let cut = |i: usize| {
        let (a, b) = (ring[i], ring[(i + 1) % n]);
        [a.toward(b, 0.25), a.toward(b, 0.75)]
    };
    (0..n).flat_map(cut).collect()
}

/// A line without the points that lie within a tolerance of the line through the others (Douglas and Peucker).
pub fn simpler(line: &[Point], tolerance_m: f64) -> Vec<Point> {
    let last = line.len() - 1;
    let chord = [line[0], line[last]];
    let farthest = (1..last)
        .map(|i| (distance(&chord, line[i]).0, i))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match farthest {
        Some((away, i)) if tolerance_m < away => {
            let mut points = simpler(&line[..=i], tolerance_m);
            points.pop();
            points.extend(simpler(&line[i..], tolerance_m));
            points
        }
        _ => chord.to_vec(),
    }
}
