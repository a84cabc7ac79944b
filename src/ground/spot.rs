//! Points of the ground in whole millimeters, so that 'left of', 'on' and 'crosses' are exact.

use geo::Coord;

use crate::units::Meters;

/// A point of the region's plane.
///
/// # Units
///
/// Whole millimeters east and north of the plane's origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spot {
    /// Millimeters east.
    pub x: i32,
    /// Millimeters north.
    pub y: i32,
}

/// Ground reaches at most this far from the plane's origin: beyond it, products of differences would overflow.
///
/// # Units
///
/// Meters.
pub const FARTHEST: f64 = 500_000.0;

impl Spot {
    /// The spot nearest to a point given in meters, or none where the ground cannot reach.
    pub fn at(point: Coord) -> Option<Self> {
        let is_near = point.x.abs() <= FARTHEST && point.y.abs() <= FARTHEST;
        is_near.then(|| Self {
            x: (point.x * 1000.0).round() as i32,
            y: (point.y * 1000.0).round() as i32,
        })
    }

    /// The point in meters.
    pub fn coord(self) -> Coord {
        Coord {
            x: f64::from(self.x) / 1000.0,
            y: f64::from(self.y) / 1000.0,
        }
    }

    /// The way from here to there, in millimeters.
    pub fn to(self, other: Self) -> [f64; 2] {
        [
            f64::from(other.x) - f64::from(self.x),
            f64::from(other.y) - f64::from(self.y),
        ]
    }

    /// The straight distance, in millimeters.
    pub fn millimeters_to(self, other: Self) -> f64 {
        let [x, y] = self.to(other);
        (x * x + y * y).sqrt()
    }

    /// The straight distance.
    pub fn distance(self, other: Self) -> Meters {
        Meters(self.millimeters_to(other) / 1000.0)
    }

    /// The spot a share of the way from here to there.
    #[must_use]
    pub fn toward(self, other: Self, share: f64) -> Self {
        let [x, y] = self.to(other);
        // Half away from zero, like `round`, which takes several times as long where the processor has no word for it.
        let round = |length: f64| (length + 0.5_f64.copysign(length)) as i32;
        Self {
            x: self.x + round(x * share),
            y: self.y + round(y * share),
        }
    }
}

/// Where `c` lies seen from `a` toward `b`: positive to the left, negative to the right, zero on the line.
pub fn turn(a: Spot, b: Spot, c: Spot) -> i64 {
    let (ax, ay) = (i64::from(a.x), i64::from(a.y));
    (i64::from(b.x) - ax) * (i64::from(c.y) - ay) - (i64::from(b.y) - ay) * (i64::from(c.x) - ax)
}

/// Whether `c`, known to be on the line through `a` and `b`, lies strictly between them.
pub fn is_between(a: Spot, b: Spot, c: Spot) -> bool {
    let on = |p: i32, q: i32, r: i32| p.min(q) <= r && r <= p.max(q);
    c != a && c != b && on(a.x, b.x, c.x) && on(a.y, b.y, c.y)
}

/// Whether two spots lie in opposite directions from a place: their directions are more than a right angle apart.
pub fn lie_opposite(place: Spot, a: Spot, b: Spot) -> bool {
    let ([ax, ay], [bx, by]) = (place.to(a), place.to(b));
    ax * bx + ay * by < 0.0
}

/// Whether the inside of one line meets the inside of another in a single point.
pub fn crosses(a: Spot, b: Spot, c: Spot, d: Spot) -> bool {
    let opposite = |p: i64, q: i64| (p > 0 && q < 0) || (p < 0 && q > 0);
    opposite(turn(a, b, c), turn(a, b, d)) && opposite(turn(c, d, a), turn(c, d, b))
}

/// Where the line from `a` to `b` crosses the line through `c` and `d`, as a share of the way.
pub fn crossing_share(a: Spot, b: Spot, c: Spot, d: Spot) -> f64 {
    let (to_a, to_b) = (turn(c, d, a) as f64, turn(c, d, b) as f64);
    to_a / (to_a - to_b)
}

/// How far along the line from `a` to `b` the point of it lies that is nearest to `p`: a share from 0 to 1.
pub fn nearest_share(a: Spot, b: Spot, p: Spot) -> f64 {
    let [bx, by] = a.to(b);
    let [px, py] = a.to(p);
    let square = bx * bx + by * by;
    if square == 0.0 {
        return 0.0;
    }
    ((px * bx + py * by) / square).clamp(0.0, 1.0)
}
