//! A grid over the plane: which pieces of lines, or which triangle, a spot is near. On a ground that never changes it is found
//! faster there than in a tree.

use crate::ground::mesh::Mesh;
use crate::ground::spot::Spot;

/// No cell is smaller than this, millimeters.
const SMALLEST_CELL: f64 = 12_000.0;

/// Cells of a square grid.
#[derive(Clone, Copy, Debug)]
struct Cells {
    low: [f64; 2],
    /// Millimeters.
    side: f64,
    n: [i64; 2],
}

impl Cells {
    /// At most so many cells, more or less, over all spots.
    fn over(spots: &[Spot], most: usize) -> Self {
        let all = |of: fn(Spot) -> i32| spots.iter().copied().map(of);
        let low = [all(|s| s.x).min(), all(|s| s.y).min()].map(|low| f64::from(low.unwrap_or(0)));
        let high =
            [all(|s| s.x).max(), all(|s| s.y).max()].map(|high| f64::from(high.unwrap_or(0)));
        let size = [high[0] - low[0], high[1] - low[1]];
        let most = (most as f64).max(1.0);
        // However long and narrow the ground is, there are not more.
        let side = (size[0] * size[1] / most)
            .sqrt()
            .max((size[0] + size[1]) / most)
            .max(SMALLEST_CELL);
        Self {
            low,
            side,
            n: size.map(|size| (size / side) as i64 + 1),
        }
    }

    /// The column or row of a coordinate, perhaps outside the grid.
    fn at(&self, axis: usize, value: f64) -> i64 {
        ((value - self.low[axis]) / self.side).floor() as i64
    }

    fn index(&self, column: i64, row: i64) -> usize {
        (row * self.n[0] + column) as usize
    }

    fn count(&self) -> usize {
        (self.n[0] * self.n[1]) as usize
    }

    /// Calls `take` with every cell that a piece of a line passes, and perhaps with some beside.
    fn passed(&self, [from, to]: [Spot; 2], mut take: impl FnMut(usize)) {
        let (left, right) = if from.x <= to.x {
            (from, to)
        } else {
            (to, from)
        };
        let [width, rise] = left.to(right);
        let height_at = |x: f64| {
            let share = if width > 0.0 {
                (x - f64::from(left.x)) / width
            } else {
                0.0
            };
            f64::from(left.y) + rise * share.clamp(0.0, 1.0)
        };
        let columns = self.at(0, f64::from(left.x))..=self.at(0, f64::from(right.x));
        for column in columns {
            let x = self.low[0] + column as f64 * self.side;
            let mut ends = [height_at(x), height_at(x + self.side)];
            if width == 0.0 {
                ends = [f64::from(left.y), f64::from(right.y)];
            }
            // A millimeter more, for rounding.
            let low = self.at(1, ends[0].min(ends[1]) - 1.0).max(0);
            let high = self.at(1, ends[0].max(ends[1]) + 1.0).min(self.n[1] - 1);
            for row in low..=high {
                take(self.index(column, row));
            }
        }
    }
}

/// Pieces of lines by the cells that they pass.
#[derive(Debug)]
pub struct Grid {
    cells: Cells,
    /// Where the pieces of each cell begin.
    first: Vec<u32>,
    pieces: Vec<u32>,
}

impl Grid {
    /// Lays a grid over straight pieces, each between two spots.
    pub fn new(lines: &[[Spot; 2]]) -> Self {
        let cells = Cells::over(lines.as_flattened(), 4 * lines.len());
        let mut first = vec![0; cells.count() + 1];
        for &line in lines {
            cells.passed(line, |cell| first[cell + 1] += 1);
        }
        for cell in 1..first.len() {
            first[cell] += first[cell - 1];
        }
        let mut free = first.clone();
        let mut pieces = vec![0; first.last().map_or(0, |&n| n as usize)];
        for (piece, &line) in lines.iter().enumerate() {
            cells.passed(line, |cell| {
                pieces[free[cell] as usize] = piece as u32;
                free[cell] += 1;
            });
        }
        Self {
            cells,
            first,
            pieces,
        }
    }

    /// The nearest piece of every group within a distance (millimeters) of a spot, the nearest first, each with how far it is;
    /// of equal ones the first.
    ///
    /// `group` tells to which group a piece belongs, and `distance` how far a piece is, or infinity where that is clearly more
    /// than so much. Cells are looked into ring by ring, and no farther out than the caller goes on asking.
    pub fn around<'a, G, F>(
        &'a self,
        spot: Spot,
        farthest: f64,
        group: G,
        distance: F,
    ) -> Around<'a, G, F>
    where
        G: Fn(u32) -> u32 + 'a,
        F: Fn(u32, f64) -> f64 + 'a,
    {
        let here = [f64::from(spot.x), f64::from(spot.y)];
        let own = [0, 1].map(|axis| self.cells.at(axis, here[axis]));
        let low = [0, 1].map(|axis| self.cells.at(axis, here[axis] - farthest).max(0));
        let high = [0, 1].map(|axis| {
            let last = self.cells.n[axis] - 1;
            self.cells.at(axis, here[axis] + farthest).min(last)
        });
        let mut edge = f64::INFINITY;
        for axis in [0, 1] {
            let within = here[axis] - self.cells.low[axis] - own[axis] as f64 * self.cells.side;
            edge = edge.min(within).min(self.cells.side - within);
        }
        // Outside the grid the first rings are empty.
        let beyond = |axis: usize| (low[axis] - own[axis]).max(own[axis] - high[axis]);
        Around {
            grid: self,
            own,
            low,
            high,
            edge,
            farthest,
            next_ring: beyond(0).max(beyond(1)).max(0),
            clear: -1.0,
            nearest: Vec::new(),
            group,
            distance,
        }
    }
}

/// The nearest pieces around a spot, group by group.
pub struct Around<'a, G, F> {
    grid: &'a Grid,
    own: [i64; 2],
    /// The cells that are near enough.
    low: [i64; 2],
    high: [i64; 2],
    /// From the spot to the nearest edge of its own cell.
    edge: f64,
    farthest: f64,
    next_ring: i64,
    /// All pieces up to this distance have been found.
    clear: f64,
    nearest: Vec<Nearest>,
    group: G,
    distance: F,
}

/// The nearest piece of a group, as far as is known.
struct Nearest {
    group: u32,
    piece: u32,
    far: f64,
    is_told: bool,
}

impl<G: Fn(u32) -> u32, F: Fn(u32, f64) -> f64> Around<'_, G, F> {
    fn look(&mut self) {
        let ring = self.next_ring;
        let (own, low, high) = (self.own, self.low, self.high);
        for row in low[1].max(own[1] - ring)..=high[1].min(own[1] + ring) {
            if (row - own[1]).abs() == ring {
                for column in low[0].max(own[0] - ring)..=high[0].min(own[0] + ring) {
                    self.look_into(column, row);
                }
                continue;
            }
            for column in [own[0] - ring, own[0] + ring] {
                if low[0] <= column && column <= high[0] {
                    self.look_into(column, row);
                }
            }
        }
        let side = self.grid.cells.side;
        self.clear = ring as f64 * side + self.edge;
        let reach = |axis: usize| (own[axis] - low[axis]).max(high[axis] - own[axis]);
        self.next_ring += 1;
        if reach(0).max(reach(1)) < self.next_ring {
            self.clear = f64::INFINITY;
        }
    }

    fn look_into(&mut self, column: i64, row: i64) {
        let grid = self.grid;
        let cell = grid.cells.index(column, row);
        let own = grid.first[cell] as usize..grid.first[cell + 1] as usize;
        for &piece in &grid.pieces[own] {
            let group = (self.group)(piece);
            let mut known = self.nearest.iter_mut();
            if let Some(nearest) = known.find(|nearest| nearest.group == group) {
                // What was told is not told again, though some piece of the group may pass a cell farther out.
                if !nearest.is_told {
                    let far = (self.distance)(piece, nearest.far);
                    if (far, piece) < (nearest.far, nearest.piece) {
                        (nearest.far, nearest.piece) = (far, piece);
                    }
                }
                continue;
            }
            let far = (self.distance)(piece, self.farthest);
            if far <= self.farthest {
                self.nearest.push(Nearest {
                    group,
                    piece,
                    far,
                    is_told: false,
                });
            }
        }
    }
}

impl<G: Fn(u32) -> u32, F: Fn(u32, f64) -> f64> Iterator for Around<'_, G, F> {
    type Item = (u32, f64);

    fn next(&mut self) -> Option<(u32, f64)> {
        loop {
            let untold = self.nearest.iter_mut().filter(|nearest| !nearest.is_told);
            let near = untold.filter(|nearest| nearest.far <= self.clear);
            let next = near.min_by(|a, b| a.far.total_cmp(&b.far).then(a.piece.cmp(&b.piece)));
            if let Some(next) = next {
                next.is_told = true;
                return Some((next.piece, next.far));
            }
            if self.clear >= self.farthest {
                return None;
            }
            self.look();
        }
    }
}

/// For each cell a triangle that is near it.
#[derive(Debug)]
pub struct Triangles {
    cells: Cells,
    of: Vec<u32>,
}

impl Triangles {
    /// Lays a grid over a mesh.
    pub fn new(mesh: &Mesh) -> Self {
        let cells = Cells::over(&mesh.spots, 2 * mesh.spots.len());
        let mut of: Vec<Option<u32>> = vec![None; cells.count()];
        for (spot, &triangle) in mesh.spots.iter().zip(&mesh.triangle_of) {
            let [column, row] = [f64::from(spot.x), f64::from(spot.y)];
            of[cells.index(cells.at(0, column), cells.at(1, row))] = Some(triangle);
        }
        // A cell without a spot starts from a neighbor's.
        let width = cells.n[0] as usize;
        for row in of.chunks_mut(width.max(1)) {
            for column in 1..row.len() {
                row[column] = row[column].or(row[column - 1]);
            }
            for column in (1..row.len()).rev() {
                row[column - 1] = row[column - 1].or(row[column]);
            }
        }
        for cell in width..of.len() {
            of[cell] = of[cell].or(of[cell - width]);
        }
        Self {
            cells,
            of: of.into_iter().map(Option::unwrap_or_default).collect(),
        }
    }

    /// A triangle near a spot.
    pub fn near(&self, spot: Spot) -> u32 {
        let at = |axis: usize, value: i32| {
            let last = self.cells.n[axis] - 1;
            self.cells.at(axis, f64::from(value)).clamp(0, last)
        };
        let cell = self.cells.index(at(0, spot.x), at(1, spot.y));
        self.of.get(cell).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ground::spot::nearest_share;

    /// A small generator (`SplitMix64`): a number from 0 to below `n`.
    fn below(seed: &mut u64, n: i32) -> i32 {
        *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as i32
    }

    fn far([from, to]: [Spot; 2], spot: Spot) -> f64 {
        from.toward(to, nearest_share(from, to, spot))
            .millimeters_to(spot)
    }

    #[test]
    fn of_every_group_what_is_found_around_is_what_a_look_at_every_piece_finds_the_nearest_first() {
        let mut seed = 1;
        for n_lines in [0, 1, 7, 300] {
            let mut spot = |most: i32| Spot {
                x: below(&mut seed, most) - most / 2,
                y: below(&mut seed, most) - most / 2,
            };
            let lines: Vec<[Spot; 2]> = (0..n_lines)
                .map(|index| {
                    let from = spot(900_000);
                    let aside = spot(if index % 9 == 0 { 600_000 } else { 30_000 });
                    let to = Spot {
                        x: from.x + aside.x,
                        y: from.y + aside.y,
                    };
                    // Some upright, some level.
                    match index % 5 {
                        0 => [from, Spot { x: from.x, ..to }],
                        1 => [from, Spot { y: from.y, ..to }],
                        _ => [from, to],
                    }
                })
                .collect();
            let grid = Grid::new(&lines);
            for look in 0..400 {
                let here = spot(if look % 8 == 0 { 6_000_000 } else { 1_200_000 });
                for farthest in [0.0, 2_000.0, 15_000.0, 1_000_000.0] {
                    let distance = |piece: u32, _| far(lines[piece as usize], here);
                    for n_groups in [1, 5, n_lines.max(1)] {
                        let group = |piece| piece % n_groups;
                        let found = grid.around(here, farthest, group, distance);
                        let found: Vec<(u32, f64)> = found.collect();
                        let all = (0..n_lines).map(|piece| (piece, distance(piece, farthest)));
                        let mut truth: Vec<(u32, f64)> =
                            all.filter(|(_, far)| *far <= farthest).collect();
                        truth.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
                        let mut seen = BTreeSet::new();
                        truth.retain(|(piece, _)| seen.insert(group(*piece)));
                        assert_eq!(
                            found, truth,
                            "{here:?} within {farthest}, {n_groups} groups"
                        );
                    }
                }
            }
        }
    }
}
