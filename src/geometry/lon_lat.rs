//! A place on the earth in degrees, checked once.

use serde::Deserialize;
use serde::Serialize;

/// A place in WGS-84 longitude and latitude; whoever holds one holds finite numbers within the earth's bounds.
///
/// # Units
///
/// Degrees. Serialized as `[longitude, latitude]` (RFC 7946).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct LonLat {
    lon: f64,
    lat: f64,
}

/// Why two numbers are no place on the earth.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BadLonLat {
    /// Not a finite number.
    #[error("longitude {lon}, latitude {lat} is not a pair of finite numbers")]
    NotFinite {
        /// As given, degrees.
        lon: f64,
        /// As given, degrees.
        lat: f64,
    },
    /// Outside ±180 and ±90 degrees.
    #[error(
        "longitude {lon}, latitude {lat} is outside the earth's bounds (longitude first, within ±180; latitude within ±90)"
    )]
    OutOfRange {
        /// As given, degrees.
        lon: f64,
        /// As given, degrees.
        lat: f64,
    },
}

/// Degrees as they are told to others: seven decimals, about a centimeter.
pub fn told(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

impl LonLat {
    /// A place from degrees of longitude and latitude.
    pub fn new(lon: f64, lat: f64) -> Result<Self, BadLonLat> {
        if !lon.is_finite() || !lat.is_finite() {
            return Err(BadLonLat::NotFinite { lon, lat });
        }
        if lon.abs() > 180.0 || lat.abs() > 90.0 {
            return Err(BadLonLat::OutOfRange { lon, lat });
        }
        Ok(Self { lon, lat })
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// The place rounded to `1e-7` degrees (about a centimeter): equal keys are one node of the map.
    pub fn key(self) -> (i32, i32) {
        (
            (self.lon * 1e7).round() as i32,
            (self.lat * 1e7).round() as i32,
        )
    }
}

impl TryFrom<[f64; 2]> for LonLat {
    type Error = BadLonLat;

    fn try_from([lon, lat]: [f64; 2]) -> Result<Self, BadLonLat> {
        Self::new(lon, lat)
    }
}

impl From<LonLat> for [f64; 2] {
    fn from(place: LonLat) -> Self {
        [place.lon, place.lat]
    }
}
