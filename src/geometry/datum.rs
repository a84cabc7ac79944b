//! In which system coordinates are given: WGS-84, the shifted Chinese ones, or any with an EPSG code.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::converter::Converter;
use crate::geometry::lon_lat::BadLonLat;
use crate::geometry::lon_lat::LonLat;

/// A coordinate system, as `region.toml`, a file or a request names it.
///
/// Written and read as `wgs84`, `gcj02`, `bd09`, `cgcs2000` or `epsg:4549`; reading does not mind the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Datum {
    /// WGS-84 longitude and latitude, degrees; also EPSG:4326.
    #[default]
    Wgs84,
    /// GCJ-02 longitude and latitude, degrees: Amap, Tencent, WeChat.
    Gcj02,
    /// BD-09 longitude and latitude, degrees: Baidu.
    Bd09,
    /// CGCS2000 longitude and latitude, degrees; also EPSG:4490. It equals WGS-84 within decimeters and is taken as equal.
    Cgcs2000,
    /// Any other system with an EPSG code, in its own unit; easting or longitude first.
    Epsg(u32),
}

/// Why a datum, or coordinates in it, cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DatumError {
    /// No name of a datum.
    #[error(
        "no datum is called {0:?}; use wgs84, gcj02, bd09, cgcs2000 or an EPSG code like epsg:4549"
    )]
    UnknownName(String),
    /// An EPSG code that is not in the table of definitions, or that is no map projection.
    #[error(
        "no usable coordinate system has the code epsg:{0}; for Chinese survey data use epsg:4513 to epsg:4554 \
         (like epsg:4549 for 120° E), for Web Mercator epsg:3857, else convert the data to wgs84"
    )]
    UnknownEpsg(u32),
    /// A system on another reference frame, of which no shift to WGS-84 is known: it could be 100 m off.
    #[error(
        "epsg:{0} has no known shift to WGS-84, so places could be 100 m off; \
         have the data converted to cgcs2000 or wgs84 by its survey office"
    )]
    UnknownShift(u32),
    /// Coordinates that the system has no place for.
    #[error(
        "{x}, {y} is no place in {datum}; easting or longitude comes first, in the system's own unit"
    )]
    OutsideSystem {
        /// First coordinate, as given.
        x: f64,
        /// Second coordinate, as given.
        y: f64,
        /// In which system.
        datum: Datum,
    },
    /// Degrees that are no place on the earth.
    #[error(transparent)]
    NotOnEarth(#[from] BadLonLat),
}

impl Datum {
    /// The conversion to and from WGS-84, prepared once for many places.
    ///
    /// # Errors
    ///
    /// For an EPSG code that is unknown or cannot be converted well enough.
    pub fn converter(self) -> Result<Converter, DatumError> {
        Converter::new(self)
    }

    /// The place at coordinates in this system. For many places prepare a [`Converter`] once.
    ///
    /// # Errors
    ///
    /// For an EPSG code that is unknown, and for coordinates that are no place in the system.
    pub fn to_wgs84(self, x: f64, y: f64) -> Result<LonLat, DatumError> {
        self.converter()?.to_wgs84(x, y)
    }

    /// The coordinates of a place in this system, longitude or easting first.
    ///
    /// # Errors
    ///
    /// For an EPSG code that is unknown, and for a place that the system has no coordinates for.
    pub fn from_wgs84(self, place: LonLat) -> Result<(f64, f64), DatumError> {
        self.converter()?.from_wgs84(place)
    }

    /// Whether coordinates in both systems mean the same places: WGS-84 and CGCS2000 do.
    pub fn is_same_as(self, other: Self) -> bool {
        let unshifted = |datum: Self| match datum {
            Self::Wgs84 | Self::Cgcs2000 => true,
            Self::Gcj02 | Self::Bd09 | Self::Epsg(_) => false,
        };
        self == other || (unshifted(self) && unshifted(other))
    }
}

impl FromStr for Datum {
    type Err = DatumError;

    fn from_str(text: &str) -> Result<Self, DatumError> {
        let unknown = || DatumError::UnknownName(text.chars().take(64).collect());
        let name = text.trim().to_ascii_lowercase();
        if let Some(code) = name.strip_prefix("epsg:") {
            return Ok(Self::of_epsg(
                code.trim().parse::<u32>().map_err(|_| unknown())?,
            ));
        }
        match name.replace(['-', '_', ' '], "").as_str() {
            "wgs84" => Ok(Self::Wgs84),
            "gcj02" => Ok(Self::Gcj02),
            "bd09" => Ok(Self::Bd09),
            "cgcs2000" => Ok(Self::Cgcs2000),
            _ => Err(unknown()),
        }
    }
}

impl Datum {
    /// The datum with an EPSG code; whether the code is known shows in [`Datum::converter`].
    pub fn of_epsg(code: u32) -> Self {
        match code {
            4326 => Self::Wgs84,
            4490 => Self::Cgcs2000,
            other => Self::Epsg(other),
        }
    }
}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wgs84 => f.write_str("wgs84"),
            Self::Gcj02 => f.write_str("gcj02"),
            Self::Bd09 => f.write_str("bd09"),
            Self::Cgcs2000 => f.write_str("cgcs2000"),
            Self::Epsg(code) => write!(f, "epsg:{code}"),
        }
    }
}

impl TryFrom<String> for Datum {
    type Error = DatumError;

    fn try_from(text: String) -> Result<Self, DatumError> {
        text.parse()
    }
}

impl From<Datum> for String {
    fn from(datum: Datum) -> Self {
        datum.to_string()
    }
}
