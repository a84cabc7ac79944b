//! Points of the square that map tiles divide: Web Mercator in whole numbers.

use crate::geometry::lon_lat::LonLat;

/// The width of the world on the map: the finest tile that is cut still has four of these units to one of its own.
pub const WORLD: i32 = 1 << 30;

/// No map shows what lies nearer to the poles than this, degrees.
const FARTHEST_LAT: f64 = 85.051_128;

/// A point of the map.
///
/// # Units
///
/// 2^30 to the width of the world (about 37 mm at the equator), east from 180° west and south from 85.05° north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MapPoint {
    /// East.
    pub x: i32,
    /// South.
    pub y: i32,
}

impl MapPoint {
    /// Where a place lies on the map.
    pub fn of(place: LonLat) -> Self {
        let lat = place.lat().clamp(-FARTHEST_LAT, FARTHEST_LAT).to_radians();
        let world = f64::from(WORLD);
        let x = (place.lon() / 360.0 + 0.5) * world;
        let y = (0.5 - lat.tan().asinh() / std::f64::consts::TAU) * world;
        let whole = |part: f64| (part.round() as i32).clamp(0, WORLD);
        Self {
            x: whole(x),
            y: whole(y),
        }
    }

    /// The place at a point of the map.
    #[expect(
        clippy::missing_panics_doc,
        reason = "every point of the map is a place on the earth"
    )]
    pub fn place(self) -> LonLat {
        let share = |part: i32| f64::from(part) / f64::from(WORLD);
        let lon = (share(self.x) - 0.5) * 360.0;
        let lat = ((0.5 - share(self.y)) * std::f64::consts::TAU)
            .sinh()
            .atan();
        let inside = |degrees: f64, most: f64| degrees.clamp(-most, most);
        LonLat::new(inside(lon, 180.0), inside(lat.to_degrees(), 90.0))
            .expect("within the earth's bounds")
    }
}

/// A rectangle of the map, its edges included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapBox {
    /// The north-western corner.
    pub low: MapPoint,
    /// The south-eastern corner.
    pub high: MapPoint,
}

impl MapBox {
    /// The smallest box around some points; none around no point.
    pub fn around<'a>(points: impl IntoIterator<Item = &'a MapPoint>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = *points.next()?;
        let mut found = Self {
            low: first,
            high: first,
        };
        for point in points {
            found.low.x = found.low.x.min(point.x);
            found.low.y = found.low.y.min(point.y);
            found.high.x = found.high.x.max(point.x);
            found.high.y = found.high.y.max(point.y);
        }
        Some(found)
    }

    /// Whether a point lies in it.
    pub fn holds(&self, point: MapPoint) -> bool {
        (self.low.x..=self.high.x).contains(&point.x)
            && (self.low.y..=self.high.y).contains(&point.y)
    }

    /// Whether another box lies in it.
    pub fn holds_box(&self, other: &Self) -> bool {
        self.holds(other.low) && self.holds(other.high)
    }
}
