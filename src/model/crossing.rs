//! Crossings: the only ways over water.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;

/// What kind of crossing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrossingKind {
    /// A bridge.
    Bridge,
    /// A path over narrow water without a bridge tag.
    Culvert,
    /// A tunnel under the water.
    Tunnel,
    /// A weir.
    Weir,
    /// A dam.
    Dam,
    /// A lock gate with a walkway.
    LockGate,
    /// A path through the water.
    Ford,
    /// A boat.
    Ferry,
    /// A path over wide water where no bridge is mapped.
    Unbridged,
}

/// Whether people can cross now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrossingState {
    /// People can cross.
    Open,
    /// Nobody crosses.
    Closed,
}

/// A weir, dam, lock gate or ferry as it is mapped; bridges and fords come from paths.
#[derive(Clone, Debug, PartialEq)]
pub struct MappedCrossing {
    /// Where it stands in its source; stable across imports.
    pub source: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Weir, dam, lock gate or ferry.
    pub kind: CrossingKind,
    /// Open only if the data says that it can be walked.
    pub state: CrossingState,
    /// One point on the water's center line, or a line over the water.
    pub points: Vec<LonLat>,
}
