//! Schools: where children are, and so where water beside them is more dangerous.

use crate::geometry::lon_lat::LonLat;

/// A school or kindergarten.
#[derive(Clone, Debug, PartialEq)]
pub struct School {
    /// Where it stands in its source; stable across imports.
    pub source: String,
    /// About its middle.
    pub at: LonLat,
}
