//! Map tiles: which square of the map an address of zoom, column and row names.

use crate::geometry::map_point::MapBox;
use crate::geometry::map_point::MapPoint;
use crate::geometry::map_point::WORLD;

/// The parts that a tile's side is divided into.
pub const EXTENT: i32 = 4096;

/// What lies this far beyond a tile's edge is drawn into it, so that seams do not show; parts of a tile.
pub const BUFFER: i32 = 64;

/// The finest zoom that the map's units are fine enough for.
pub const FINEST: u8 = 18;

/// One tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MapTile {
    z: u8,
    x: u32,
    y: u32,
}

impl MapTile {
    /// The tile at an address; none where the zoom is finer than the map or the zoom has no such column or row.
    pub fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        let is_there = z <= FINEST && x < 1 << z && y < 1 << z;
        is_there.then_some(Self { z, x, y })
    }

    /// The zoom: each step halves a tile's side.
    pub fn z(self) -> u8 {
        self.z
    }

    /// The column, from the west.
    pub fn x(self) -> u32 {
        self.x
    }

    /// The row, from the north.
    pub fn y(self) -> u32 {
        self.y
    }

    /// What is drawn into the tile: its square and a buffer around it.
    pub fn drawn(self) -> MapBox {
        let side = self.side();
        let buffer = i32::try_from(i64::from(side) * i64::from(BUFFER) / i64::from(EXTENT));
        let buffer = buffer.unwrap_or(side);
        let corner = self.corner();
        MapBox {
            low: MapPoint {
                x: corner.x.saturating_sub(buffer),
                y: corner.y.saturating_sub(buffer),
            },
            high: MapPoint {
                x: corner.x.saturating_add(side).saturating_add(buffer),
                y: corner.y.saturating_add(side).saturating_add(buffer),
            },
        }
    }

    /// A point in the tile's own parts, from its north-western corner.
    pub fn parts(self, point: MapPoint) -> [i32; 2] {
        let corner = self.corner();
        let parts = |from: i32, to: i32| {
            let offset = i64::from(to) - i64::from(from);
            let side = i64::from(self.side());
            // Rounded to the nearest part, also where the point lies before the corner.
            ((offset * i64::from(EXTENT) * 2 + side).div_euclid(side * 2)) as i32
        };
        [parts(corner.x, point.x), parts(corner.y, point.y)]
    }

    fn side(self) -> i32 {
        WORLD >> self.z
    }

    fn corner(self) -> MapPoint {
        let at = |index: u32| index.cast_signed().saturating_mul(self.side());
        MapPoint {
            x: at(self.x),
            y: at(self.y),
        }
    }
}
