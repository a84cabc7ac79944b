//! Coordinates of one system to WGS-84 and back, prepared once for many places.

use proj4rs::Proj;
use proj4rs::transform::transform;

use crate::geometry::datum::Datum;
use crate::geometry::datum::DatumError;
use crate::geometry::gcj02;
use crate::geometry::lon_lat::LonLat;

/// Gauss-Krueger codes of CGCS2000: 3-degree zones 25 to 45, then by central meridian 75 to 135 degrees east.
const GAUSS_KRUEGER_3_DEGREES: std::ops::RangeInclusive<u32> = 4513..=4554;

/// The same in 6-degree zones 13 to 23, then by central meridian.
const GAUSS_KRUEGER_6_DEGREES: std::ops::RangeInclusive<u32> = 4491..=4512;

/// Half the width of an easting's range around its false easting, meters: more than any zone is wide.
const ZONE_HALF_WIDTH_M: f64 = 500_000.0;

/// No northing of the northern hemisphere is larger, meters.
const LARGEST_NORTHING_M: f64 = 10_002_000.0;

/// Coordinates that do not come back to within this are outside their projection's reach: 1 m or foot, or 1e-5 degrees.
const LARGEST_MISFIT: f64 = 1.0;

/// Where WGS-84 coordinates and those of another system meet.
#[derive(Clone, Debug)]
pub struct Converter {
    datum: Datum,
    way: Way,
}

/// In which order two coordinates were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisOrder {
    /// Easting or longitude first, as we expect.
    EastFirst,
    /// Northing first, as EPSG defines the Chinese survey systems: a classic swap, undone on reading.
    NorthFirst,
}

/// How coordinates are converted.
#[derive(Clone, Debug)]
enum Way {
    /// Not at all.
    Same,
    /// GCJ-02.
    Gcj02,
    /// BD-09.
    Bd09,
    /// By projection.
    Projected(Box<Projected>),
}

/// A projection, or degrees on another reference frame.
#[derive(Clone, Debug)]
struct Projected {
    wgs84: Proj,
    system: Proj,
    /// False easting, meters, where the swap of axes can be told from the numbers.
    swappable_at: Option<f64>,
}

impl Converter {
    /// The conversion for a datum.
    ///
    /// # Errors
    ///
    /// For an EPSG code that is unknown, is no map projection, or has no known shift to WGS-84.
    pub fn new(datum: Datum) -> Result<Self, DatumError> {
        let way = match datum {
            Datum::Wgs84 | Datum::Cgcs2000 => Way::Same,
            Datum::Gcj02 => Way::Gcj02,
            Datum::Bd09 => Way::Bd09,
            Datum::Epsg(code) => Way::Projected(Box::new(Projected::new(code)?)),
        };
        Ok(Self { datum, way })
    }

    /// The system that this converts.
    pub fn datum(&self) -> Datum {
        self.datum
    }

    /// In which order two coordinates of a Chinese survey system are: swapped only if they make sense no other way.
    ///
    /// Of any other system the order cannot be told, and is taken as expected.
    pub fn axis_order(&self, x: f64, y: f64) -> AxisOrder {
        let Way::Projected(projected) = &self.way else {
            return AxisOrder::EastFirst;
        };
        let Some(false_easting) = projected.swappable_at else {
            return AxisOrder::EastFirst;
        };
        let is_place = |easting: f64, northing: f64| {
            (easting - false_easting).abs() <= ZONE_HALF_WIDTH_M
                && (0.0..=LARGEST_NORTHING_M).contains(&northing)
        };
        if !is_place(x, y) && is_place(y, x) {
            AxisOrder::NorthFirst
        } else {
            AxisOrder::EastFirst
        }
    }

    /// The place at coordinates of this system, swapped back where [`Converter::axis_order`] says so.
    ///
    /// GCJ-02 and BD-09 are within 1 m of published pairs. A system on another reference frame is as exact as its
    /// seven-parameter shift: Belgian Lambert 72 (EPSG:31370) and RD New (EPSG:28992) within 0.5 m.
    ///
    /// # Errors
    ///
    /// For coordinates that are not finite or no place in the system.
    pub fn to_wgs84(&self, x: f64, y: f64) -> Result<LonLat, DatumError> {
        let (lon, lat) = match &self.way {
            Way::Same => (x, y),
            Way::Gcj02 => {
                LonLat::new(x, y)?;
                gcj02::wgs84_from_gcj02((x, y))
            }
            Way::Bd09 => {
                LonLat::new(x, y)?;
                gcj02::wgs84_from_bd09((x, y))
            }
            Way::Projected(projected) => {
                let (x, y) = match self.axis_order(x, y) {
                    AxisOrder::EastFirst => (x, y),
                    AxisOrder::NorthFirst => (y, x),
                };
                projected
                    .degrees_at(x, y)
                    .ok_or(DatumError::OutsideSystem {
                        x,
                        y,
                        datum: self.datum,
                    })?
            }
        };
        Ok(LonLat::new(lon, lat)?)
    }

    /// The coordinates of a place in this system, longitude or easting first.
    ///
    /// # Errors
    ///
    /// For a place that the system has no coordinates for, like a pole in Web Mercator.
    pub fn from_wgs84(&self, place: LonLat) -> Result<(f64, f64), DatumError> {
        let degrees = (place.lon(), place.lat());
        match &self.way {
            Way::Same => Ok(degrees),
            Way::Gcj02 => Ok(gcj02::gcj02_from_wgs84(degrees)),
            Way::Bd09 => Ok(gcj02::bd09_from_wgs84(degrees)),
            Way::Projected(projected) => {
                projected
                    .coordinates_at(degrees)
                    .ok_or(DatumError::OutsideSystem {
                        x: place.lon(),
                        y: place.lat(),
                        datum: self.datum,
                    })
            }
        }
    }
}

impl Projected {
    fn new(code: u32) -> Result<Self, DatumError> {
        let unknown = || DatumError::UnknownEpsg(code);
        let definition = u16::try_from(code)
            .ok()
            .and_then(crs_definitions::from_code)
            .ok_or_else(unknown)?
            .proj4;
        if !has_known_shift(definition) {
            return Err(DatumError::UnknownShift(code));
        }
        let system = Proj::from_proj_string(definition).map_err(|_| unknown())?;
        if system.is_geocent() || !system.has_inverse() || !system.has_forward() {
            return Err(unknown());
        }
        let is_swappable =
            GAUSS_KRUEGER_3_DEGREES.contains(&code) || GAUSS_KRUEGER_6_DEGREES.contains(&code);
        Ok(Self {
            wgs84: Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs")
                .expect("a constant definition"),
            swappable_at: is_swappable.then(|| system.false_easting()),
            system,
        })
    }

    fn degrees_at(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let mut point = if self.system.is_latlong() {
            (x.to_radians(), y.to_radians(), 0.0)
        } else {
            (x, y, 0.0)
        };
        transform(&self.system, &self.wgs84, &mut point).ok()?;
        let degrees = finite(point.0.to_degrees(), point.1.to_degrees())?;
        let (x_again, y_again) = self.coordinates_at(degrees)?;
        let tolerance = if self.system.is_latlong() {
            LARGEST_MISFIT * 1e-5
        } else {
            LARGEST_MISFIT
        };
        let is_place = (x_again - x).abs() <= tolerance && (y_again - y).abs() <= tolerance;
        is_place.then_some(degrees)
    }

    fn coordinates_at(&self, (lon, lat): (f64, f64)) -> Option<(f64, f64)> {
        let mut point = (lon.to_radians(), lat.to_radians(), 0.0);
        transform(&self.wgs84, &self.system, &mut point).ok()?;
        if self.system.is_latlong() {
            finite(point.0.to_degrees(), point.1.to_degrees())
        } else {
            finite(point.0, point.1)
        }
    }
}

/// Whether a definition says how its reference frame lies in WGS-84: by a shift, or because it is the same frame.
///
/// NAD27 is known by grid files only, which we do not carry.
fn has_known_shift(definition: &str) -> bool {
    let same_frame = ["+ellps=GRS80", "+ellps=WGS84", "+datum=", "+nadgrids=@null"];
    definition.contains("+towgs84=")
        || (same_frame.iter().any(|part| definition.contains(part))
            && !definition.contains("+datum=NAD27"))
}

fn finite(x: f64, y: f64) -> Option<(f64, f64)> {
    (x.is_finite() && y.is_finite()).then_some((x, y))
}
