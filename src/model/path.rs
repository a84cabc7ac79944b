//! Mapped ways that can be walked, and what bars the free ground: buildings and walls.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::water::Ring;

/// What kind of way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PathKind {
    /// For feet only.
    Footway,
    /// For bicycles, and open to feet.
    Cycleway,
    /// A farm or forest track.
    Track,
    /// Any street or road that may be walked.
    Street,
    /// Stairs.
    Steps,
}

/// What carries a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// The ground.
    Ground,
    /// A bridge: its inner points do not touch the ground below.
    Bridge,
    /// A tunnel: its inner points do not touch the ground above. A passage through a building is `Ground`.
    Tunnel,
}

/// What the data says about walking through water.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ford {
    /// No ford is mapped.
    No,
    /// A ford; whether it can be walked is not said, so it counts as closed.
    Unsure,
    /// A ford that is signed or tagged as open to people on foot.
    Open,
}

/// A mapped way that may be walked. Ways join where they have a point in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Where it stands in its source; stable across imports.
    pub source: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What kind of way.
    pub kind: PathKind,
    /// What carries it.
    pub span: Span,
    /// Whether the whole way is a ford.
    pub ford: Ford,
    /// At least two.
    pub points: Vec<LonLat>,
}

/// A point on a path that is mapped as a ford.
#[derive(Clone, Debug, PartialEq)]
pub struct FordPoint {
    /// Where it stands in its source; stable across imports.
    pub source: String,
    /// The place; a path has a point there if the ford is real.
    pub at: LonLat,
    /// Open or unsure.
    pub ford: Ford,
}

/// A building; a point is inside when it is inside an odd number of the rings.
#[derive(Clone, Debug, PartialEq)]
pub struct Building {
    /// Where it stands in its source; stable across imports.
    pub source: String,
    /// Outer and inner rings alike.
    pub rings: Vec<Ring>,
}

/// A wall that nobody steps over; a path that crosses it has a gate there.
#[derive(Clone, Debug, PartialEq)]
pub struct Wall {
    /// Where it stands in its source; stable across imports.
    pub source: String,
    /// The line of the wall; closed when the last point equals the first.
    pub points: Vec<LonLat>,
    /// Gates and entrances on it: places where it can be passed.
    pub gates: Vec<LonLat>,
}
