//! What covers each patch of a town's tile, so that new things keep off what is there.

use super::shapes::Point;
use super::shapes::stepped;

/// The side of a patch, meters.
const PATCH_M: f64 = 10.0;

/// A grid of patches; what covers one is a number, 0 for nothing.
pub struct Raster {
    low: Point,
    n_columns: usize,
    n_rows: usize,
    patches: Vec<u16>,
}

impl Raster {
    /// An empty grid between two corners.
    pub fn new(low: Point, high: Point) -> Self {
        let n_columns = ((high.x - low.x) / PATCH_M).ceil() as usize;
        let n_rows = ((high.y - low.y) / PATCH_M).ceil() as usize;
        Self {
            low,
            n_columns,
            n_rows,
            patches: vec![0; n_columns * n_rows],
        }
    }

    fn index(&self, at: Point) -> Option<usize> {
        let (column, row) = ((at.x - self.low.x) / PATCH_M, (at.y - self.low.y) / PATCH_M);
        let is_inside = 0.0 <= column
            && column < self.n_columns as f64
            && 0.0 <= row
            && row < self.n_rows as f64;
        is_inside.then(|| row as usize * self.n_columns + column as usize)
    }

    /// What covers a point.
    pub fn at(&self, point: Point) -> u16 {
        self.index(point).map_or(0, |index| self.patches[index])
    }

    /// What covers any patch within some meters of a point; 0 if nothing does.
    pub fn near(&self, point: Point, within_m: f64) -> u16 {
        let reach = (within_m / PATCH_M).ceil() as i32;
        let offset = |i: i32| f64::from(i) * PATCH_M;
        let mut found = 0;
        for i in -reach..=reach {
            for j in -reach..=reach {
                let way = Point::new(offset(i), offset(j));
                if found == 0 && way.length() <= within_m {
                    found = self.at(point + way);
                }
            }
        }
        found
    }

    /// Covers a disc.
    pub fn cover(&mut self, center: Point, radius_m: f64, what: u16) {
        let reach = (radius_m / PATCH_M).ceil() as i32;
        for i in -reach..=reach {
            for j in -reach..=reach {
                let at = center + Point::new(f64::from(i) * PATCH_M, f64::from(j) * PATCH_M);
                let Some(index) = self.index(at) else {
                    continue;
                };
                let patch = Point::new(
                    self.low.x + ((index % self.n_columns) as f64 + 0.5) * PATCH_M,
                    self.low.y + ((index / self.n_columns) as f64 + 0.5) * PATCH_M,
                );
                // The patch in which the middle lies is covered, however thin the disc is.
                if patch.to(center) <= radius_m || (i, j) == (0, 0) {
                    self.patches[index] = what;
                }
            }
        }
    }

    /// Covers a line and what lies beside it.
    pub fn cover_line(&mut self, line: &[Point], half_m: f64, what: u16) {
        for point in stepped(line, 5.0) {
            self.cover(point, half_m, what);
        }
    }

    /// Covers an outline and what it holds.
    pub fn cover_ring(&mut self, ring: &[Point], what: u16) {
        let (mut low, mut high) = (ring[0], ring[0]);
        for corner in ring {
            low = Point::new(low.x.min(corner.x), low.y.min(corner.y));
            high = Point::new(high.x.max(corner.x), high.y.max(corner.y));
        }
        let steps = |low: f64, high: f64| ((high - low) / PATCH_M) as usize;
        for j in 0..=steps(low.y, high.y) {
            let y = low.y + j as f64 * PATCH_M;
            let crossed = crossings(ring, y);
            for i in 0..=steps(low.x, high.x) {
                let x = low.x + i as f64 * PATCH_M;
                let n_east = crossed.iter().filter(|&&crossing| x < crossing).count();
                if n_east % 2 == 1 {
                    self.cover(Point::new(x, y), 0.0, what);
                }
            }
        }
        let mut closed = ring.to_vec();
        closed.push(ring[0]);
        self.cover_line(&closed, 3.0, what);
    }
}

/// Where a ring crosses a line from west to east.
fn crossings(ring: &[Point], y: f64) -> Vec<f64> {
    let n = ring.len();
    let sides = (0..n).map(|i| (ring[i], ring[(i + 1) % n]));
    sides
        .filter(|(a, b)| (a.y > y) != (b.y > y))
        .map(|(a, b)| a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
        .collect()
}
