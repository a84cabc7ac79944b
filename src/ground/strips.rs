//! Water that is mapped as a line, widened to a strip with two sides.

use rstar::AABB;
use rstar::PointDistance;
use rstar::RTreeObject;

use crate::ground::domain::Domain;
use crate::ground::outline::BANK_STEP_MM;
use crate::ground::outline::Mark;
use crate::ground::outline::Segment;
use crate::ground::outline::add_line;
use crate::ground::outline::add_segment;
use crate::ground::outline::densified;
use crate::ground::spot::Spot;
use crate::ground::tree::square_to;

/// A run of a center line outside all areas, with the lines half a width to its left and right.
#[derive(Debug)]
pub struct Strip {
    /// The center line.
    pub center: Vec<Spot>,
    /// The line half a width to its left.
    pub left: Vec<Spot>,
    /// The line half a width to its right.
    pub right: Vec<Spot>,
    /// Whether it is cut off, or leaves the map, at its start and at its end.
    pub is_open: [bool; 2],
}

/// One piece of a strip's center line, in the tree.
#[derive(Debug)]
pub struct StripPiece {
    /// Index of the part.
    pub part: usize,
    /// Where it starts.
    pub from: Spot,
    /// Where it ends.
    pub to: Spot,
    /// Half the width of the water, millimeters.
    pub half_mm: f64,
    /// Nothing of the strip lies before its first or behind its last piece.
    pub is_end: [bool; 2],
}

impl RTreeObject for StripPiece {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        let low = |p: i32, q: i32| f64::from(p.min(q)) - self.half_mm;
        let high = |p: i32, q: i32| f64::from(p.max(q)) + self.half_mm;
        AABB::from_corners(
            [low(self.from.x, self.to.x), low(self.from.y, self.to.y)],
            [high(self.from.x, self.to.x), high(self.from.y, self.to.y)],
        )
    }
}

impl PointDistance for StripPiece {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        square_to(self.from, self.to, *point)
    }
}

/// Adds both sides and both ends of a strip, and walls to the edge of the map where it goes on beyond.
pub fn add_strip(segments: &mut Vec<Segment>, strip: &Strip, domain: &Domain) {
    add_line(segments, &densified(&strip.left, BANK_STEP_MM), Mark::SHORE);
    add_line(
        segments,
        &densified(&strip.right, BANK_STEP_MM),
        Mark::SHORE,
    );
    let n = strip.center.len();
    let ends = [
        (0, strip.center[1].to(strip.center[0])),
        (n - 1, strip.center[n - 2].to(strip.center[n - 1])),
    ];
    for ((end, outward), is_open) in ends.into_iter().zip(strip.is_open) {
        let corners = [strip.left[end], strip.right[end]];
        let exits = corners.map(|corner| domain.exit(corner, outward));
        let leaves = is_open && (exits[0].is_some() || !domain.holds(corners[0]));
        let mark = if leaves { Mark::CUT } else { Mark::SHORE };
        add_line(segments, &densified(&corners, BANK_STEP_MM), mark);
        for (corner, exit) in corners.into_iter().zip(exits) {
            if let (true, Some(exit)) = (leaves, exit) {
                add_segment(segments, corner, exit, Mark::WALL);
            }
        }
    }
}

/// The line a distance to the left of another (to the right, if negative), mitered at its bends.
pub fn beside(center: &[Spot], distance_mm: f64) -> Vec<Spot> {
    let n = center.len();
    let unit = |a: Spot, b: Spot| {
        let [x, y] = a.to(b);
        let length = x.hypot(y).max(1.0);
        [x / length, y / length]
    };
    (0..n)
        .map(|i| {
            let before = unit(center[i.max(1) - 1], center[i.max(1)]);
            let after = unit(center[i.min(n - 2)], center[i.min(n - 2) + 1]);
            let sum = [before[0] + after[0], before[1] + after[1]];
            let square = sum[0] * sum[0] + sum[1] * sum[1];
            // A miter longer than twice the width stands off too far at sharp bends: it is cut there.
            let stretch = (2.0 / square.max(0.25)).min(2.0);
            Spot {
                x: center[i].x - (sum[1] * stretch * distance_mm).round() as i32,
                y: center[i].y + (sum[0] * stretch * distance_mm).round() as i32,
            }
        })
        .collect()
}
