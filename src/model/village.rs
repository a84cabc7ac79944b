//! Villages: administrative areas by which banks and gaps are counted.

use crate::geometry::lon_lat::LonLat;

/// A village or community; a point is inside when it is inside an odd number of the rings.
#[derive(Clone, Debug, PartialEq)]
pub struct Village {
    /// The official code where known, else where it stands in its source; stable across imports.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The official code, as text.
    pub code: Option<String>,
    /// Outer and inner rings alike, without repeating the first point at the end.
    pub rings: Vec<Vec<LonLat>>,
}
