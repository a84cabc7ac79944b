//! The frame of one town: a tile of the region, with places on its border where rivers and roads go on into the next.

use super::chance::Chance;
use super::raster::Raster;
use super::shapes::Point;

/// From west to east, meters.
pub const WIDTH: f64 = 13_600.0;

/// From south to north, meters.
pub const HEIGHT: f64 = 12_200.0;

/// How far rivers are drawn beyond the outermost tiles, so that nobody walks around their ends.
pub const BEYOND_M: f64 = 1_500.0;

/// The tiles of a region, as square as their number allows.
#[derive(Clone, Copy)]
pub struct Grid {
    /// From west to east.
    pub n_columns: usize,
    /// From south to north.
    pub n_rows: usize,
}

impl Grid {
    /// So many tiles.
    pub fn of(n_towns: usize) -> Self {
        let n_columns = (1..=n_towns)
            .find(|n| n_towns.is_multiple_of(*n) && n_towns <= n * n)
            .unwrap_or(n_towns);
        Self {
            n_columns,
            n_rows: n_towns / n_columns,
        }
    }

    /// How many tiles there are.
    pub fn n_towns(self) -> usize {
        self.n_columns * self.n_rows
    }
}

/// One tile; its own corner in the southwest is the origin.
#[derive(Clone, Copy)]
pub struct Tile {
    /// Counted from 0.
    pub number: usize,
    /// The tiles of the region.
    pub grid: Grid,
    column: usize,
    row: usize,
}

impl Tile {
    /// The tile of a number.
    pub fn new(number: usize, grid: Grid) -> Self {
        Self {
            number,
            grid,
            column: number % grid.n_columns,
            row: number / grid.n_columns,
        }
    }

    /// Its corner in the southwest, seen from the region's.
    pub fn origin(&self) -> Point {
        Point::new(self.column as f64 * WIDTH, self.row as f64 * HEIGHT)
    }

    /// An empty grid over a tile, and over what is drawn beyond it.
    pub fn raster() -> Raster {
        let beyond = Point::new(BEYOND_M + 300.0, BEYOND_M + 300.0);
        Raster::new(beyond * -1.0, Point::new(WIDTH, HEIGHT) + beyond)
    }

    /// Chance of its own, for one purpose.
    pub fn chance(&self, purpose: u64) -> Chance {
        Chance::of(&[purpose, self.number as u64])
    }

    fn port(axis: u64, column: usize, row: usize, low: f64, high: f64) -> f64 {
        let mut chance = Chance::of(&[50 + axis, column as u64, row as u64]);
        chance.between(low, high)
    }

    /// Where the main river comes in.
    pub fn port_west(&self) -> Point {
        let y = Self::port(0, self.column, self.row, 0.46, 0.54) * HEIGHT;
        Point::new(0.0, y)
    }

    /// Where the main river leaves.
    pub fn port_east(&self) -> Point {
        let y = Self::port(0, self.column + 1, self.row, 0.46, 0.54) * HEIGHT;
        Point::new(WIDTH, y)
    }

    /// Where the northern river comes in.
    pub fn port_north(&self) -> Point {
        let x = Self::port(1, self.column, self.row + 1, 0.60, 0.70) * WIDTH;
        Point::new(x, HEIGHT)
    }

    /// Where the southern river leaves.
    pub fn port_south(&self) -> Point {
        let x = Self::port(1, self.column, self.row, 0.60, 0.70) * WIDTH;
        Point::new(x, 0.0)
    }

    /// The main river's bed up to well inside the western border, from the west; it crosses the border at a right angle.
    pub fn beyond_west(&self, port: Point) -> Vec<Point> {
        let mut bed = Vec::new();
        if self.column == 0 {
            bed.push(port + Point::new(-BEYOND_M, -160.0));
            bed.push(port + Point::new(-0.5 * BEYOND_M, 120.0));
        }
        bed.extend([0.0, 300.0, 600.0].map(|x| port + Point::new(x, 0.0)));
        bed
    }

    /// The main river's bed from well inside the eastern border.
    pub fn beyond_east(&self, port: Point) -> Vec<Point> {
        let mut bed = [-600.0, -300.0, 0.0]
            .map(|x| port + Point::new(x, 0.0))
            .to_vec();
        if self.column + 1 == self.grid.n_columns {
            bed.push(port + Point::new(0.5 * BEYOND_M, -120.0));
            bed.push(port + Point::new(BEYOND_M, 160.0));
        }
        bed
    }

    /// The northern river's bed down to the northern border and a little inside.
    pub fn beyond_north(&self, port: Point) -> Vec<Point> {
        let mut bed = Vec::new();
        if self.row + 1 == self.grid.n_rows {
            bed.push(port + Point::new(140.0, BEYOND_M));
            bed.push(port + Point::new(-120.0, 0.5 * BEYOND_M));
        }
        bed.extend([0.0, -300.0].map(|y| port + Point::new(0.0, y)));
        bed
    }

    /// The southern river's bed from a little inside the southern border on.
    pub fn beyond_south(&self, port: Point) -> Vec<Point> {
        let mut bed = [300.0, 0.0].map(|y| port + Point::new(0.0, y)).to_vec();
        if self.row == 0 {
            bed.push(port + Point::new(120.0, -0.5 * BEYOND_M));
            bed.push(port + Point::new(-140.0, -BEYOND_M));
        }
        bed
    }
}
