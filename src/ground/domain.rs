//! How far a region's ground goes: around all land that the map knows, with a margin.

use geo::Coord;
use geo::MultiPoint;
use geo::Point;
use geo::Polygon;
use geo::algorithm::ConvexHull;
use rayon::prelude::*;

use crate::ground::outline::Mark;
use crate::ground::outline::Segment;
use crate::ground::outline::add_line;
use crate::ground::spot::Spot;
use crate::ground::spot::crosses;
use crate::ground::spot::nearest_share;
use crate::ground::spot::turn;
use crate::units::Meters;

/// Free land around the outermost things that the map knows.
pub const MARGIN: Meters = Meters(200.0);

/// Water that ends this near to the edge of the map is taken to go on beyond it.
pub const NEAR_EDGE: Meters = Meters(1000.0);

/// The convex outline of the ground.
#[derive(Clone, Debug)]
pub struct Domain {
    corners: Vec<Spot>,
}

impl Domain {
    /// The convex outline around points of the plane (meters), a margin wider.
    pub fn around(points: &[Coord]) -> Self {
        let reach = MARGIN.0;
        // The hull of the hulls of parts is the hull of the whole, and parts keep all cores busy.
        let outermost: Vec<Coord> = points
            .par_chunks(1 << 14)
            .flat_map_iter(|part| hull(part).into_inner().0.into_inner())
            .collect();
        let hull = hull(&outermost);
        let diagonal = reach * std::f64::consts::FRAC_1_SQRT_2;
        let widened: MultiPoint = hull
            .exterior()
            .coords()
            .flat_map(|&Coord { x, y }| {
                [
                    (x + reach, y),
                    (x + diagonal, y + diagonal),
                    (x, y + reach),
                    (x - diagonal, y + diagonal),
                    (x - reach, y),
                    (x - diagonal, y - diagonal),
                    (x, y - reach),
                    (x + diagonal, y - diagonal),
                ]
            })
            .map(Point::from)
            .collect();
        let outline = widened.convex_hull();
        let mut corners: Vec<Spot> = outline
            .exterior()
            .coords()
            .filter_map(|&point| Spot::at(point))
            .collect();
        corners.pop();
        corners.dedup();
        // Rounding to the millimeter may leave a corner a hair inside: the outline is made convex again.
        loop {
            let n = corners.len();
            let hollow = (0..n)
                .find(|&i| turn(corners[(i + n - 1) % n], corners[i], corners[(i + 1) % n]) <= 0);
            match hollow {
                Some(i) if n > 3 => corners.remove(i),
                _ => break,
            };
        }
        Self { corners }
    }

    /// Adds the outline itself.
    pub fn add_edge(&self, segments: &mut Vec<Segment>) {
        add_line(segments, &self.corners, Mark::EDGE);
        if let (Some(&first), Some(&last)) = (self.corners.first(), self.corners.last()) {
            add_line(segments, &[last, first], Mark::EDGE);
        }
    }

    /// Whether a point lies inside or on the outline.
    pub fn holds(&self, spot: Spot) -> bool {
        self.sides().all(|(a, b)| turn(a, b, spot) >= 0)
    }

    /// Whether any part of a line lies inside.
    pub fn touches(&self, a: Spot, b: Spot) -> bool {
        self.holds(a) || self.holds(b) || self.sides().any(|(c, d)| crosses(a, b, c, d))
    }

    /// Where a straight way from inside toward a direction leaves the ground, if that is near: a spot just outside.
    pub fn exit(&self, from: Spot, direction: [f64; 2]) -> Option<Spot> {
        let length = direction[0].hypot(direction[1]);
        if length == 0.0 || !self.holds(from) {
            return None;
        }
        let far = NEAR_EDGE.0 * 1000.0 / length;
        let to = Spot {
            x: from.x + (direction[0] * far) as i32,
            y: from.y + (direction[1] * far) as i32,
        };
        let leaves = |(a, b): (Spot, Spot)| {
            let (inside, outside) = (turn(a, b, from), turn(a, b, to));
            (outside < 0).then(|| inside as f64 / (inside as f64 - outside as f64))
        };
        let share = self.sides().filter_map(leaves).reduce(f64::min)?;
        // A meter beyond, so that rounding leaves no chink.
        let beyond = share + 1000.0 / (NEAR_EDGE.0 * 1000.0);
        Some(from.toward(to, beyond))
    }

    /// Where the shortest way from inside to the edge of the ground leaves it, if that is near: a spot just outside.
    pub fn nearest_exit(&self, from: Spot) -> Option<Spot> {
        if !self.holds(from) {
            return None;
        }
        let feet = self
            .sides()
            .map(|(a, b)| a.toward(b, nearest_share(a, b, from)));
        let nearest =
            feet.min_by(|a, b| from.millimeters_to(*a).total_cmp(&from.millimeters_to(*b)))?;
        let distance = from.millimeters_to(nearest);
        let is_near = 0.0 < distance && distance <= NEAR_EDGE.0 * 1000.0;
        // A meter beyond, so that rounding leaves no chink.
        is_near.then(|| from.toward(nearest, 1.0 + 1000.0 / distance))
    }

    fn sides(&self) -> impl Iterator<Item = (Spot, Spot)> {
        let n = self.corners.len();
        (0..n).map(move |i| (self.corners[i], self.corners[(i + 1) % n]))
    }
}

fn hull(points: &[Coord]) -> Polygon {
    let points = points.iter().map(|&point| Point::from(point));
    points.collect::<MultiPoint>().convex_hull()
}
