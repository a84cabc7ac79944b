//! Which of many outlines hold a point.

use geo::Coord;
use rstar::AABB;
use rstar::RTree;
use rstar::RTreeObject;

/// Outlines of one layer, indexed; a point is inside an outline when it is inside an odd number of its rings.
#[derive(Clone, Debug, Default)]
pub struct Outlines {
    tree: RTree<Boxed>,
    rings: Vec<Vec<Vec<Coord>>>,
}

#[derive(Clone, Debug)]
struct Boxed {
    index: usize,
    low: [f64; 2],
    high: [f64; 2],
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.low, self.high)
    }
}

impl Outlines {
    /// Indexes outlines, each given by its rings in the plane (meters).
    pub fn new(rings: Vec<Vec<Vec<Coord>>>) -> Self {
        let boxes = rings
            .iter()
            .enumerate()
            .filter(|(_, rings)| rings.iter().any(|ring| !ring.is_empty()))
            .map(|(index, rings)| {
                let (mut low, mut high) = ([f64::MAX; 2], [f64::MIN; 2]);
                for point in rings.iter().flatten() {
                    low = [low[0].min(point.x), low[1].min(point.y)];
                    high = [high[0].max(point.x), high[1].max(point.y)];
                }
                Boxed { index, low, high }
            })
            .collect();
        Self {
            tree: RTree::bulk_load(boxes),
            rings,
        }
    }

    /// The outlines that hold a point, in order.
    pub fn holding(&self, point: Coord) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .tree
            .locate_in_envelope_intersecting(AABB::from_point([point.x, point.y]))
            .map(|boxed| boxed.index)
            .filter(|&index| self.is_inside(index, point))
            .collect();
        found.sort_unstable();
        found
    }

    /// Whether any outline holds a point.
    pub fn hold(&self, point: Coord) -> bool {
        self.tree
            .locate_in_envelope_intersecting(AABB::from_point([point.x, point.y]))
            .any(|boxed| self.is_inside(boxed.index, point))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rings.is_empty()
    }

    /// The rings of every outline.
    pub fn all(&self) -> &[Vec<Vec<Coord>>] {
        &self.rings
    }

    /// The rings of one outline.
    pub fn rings(&self, index: usize) -> &[Vec<Coord>] {
        &self.rings[index]
    }

    fn is_inside(&self, index: usize, point: Coord) -> bool {
        self.rings[index]
            .iter()
            .filter(|ring| is_inside_ring(ring, point))
            .count()
            % 2
            == 1
    }
}

/// Whether a point lies inside a ring whose last point joins its first.
pub fn is_inside_ring(ring: &[Coord], point: Coord) -> bool {
    let mut is_inside = false;
    let Some(&(mut before)) = ring.last() else {
        return false;
    };
    for &corner in ring {
        if (corner.y > point.y) != (before.y > point.y) {
            let share = (point.y - corner.y) / (before.y - corner.y);
            if point.x < corner.x + share * (before.x - corner.x) {
                is_inside = !is_inside;
            }
        }
        before = corner;
    }
    is_inside
}

/// The area inside a ring, positive when it runs counterclockwise.
///
/// # Units
///
/// Square meters.
pub fn signed_area_m2(ring: &[Coord]) -> f64 {
    let Some(&origin) = ring.first() else {
        return 0.0;
    };
    let mut double = 0.0;
    for i in 0..ring.len() {
        let (a, b) = (ring[i] - origin, ring[(i + 1) % ring.len()] - origin);
        double += a.x * b.y - a.y * b.x;
    }
    double / 2.0
}
