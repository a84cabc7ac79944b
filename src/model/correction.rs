//! Corrections of the map: ways and waters that the region's files lack, or have although they are not there.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::path::PathKind;
use crate::model::register::Presence;
use crate::model::water::WaterKind;

/// The most points of what is drawn: every one of them stands in the audit log.
pub const MOST_POINTS: usize = 500;

/// Something of the map that somebody has put right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Unique within the region; never given again. What is drawn is known to the ground by it.
    pub id: String,
    /// What.
    #[serde(flatten)]
    pub drawing: Drawing,
    /// What people call it.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// What is drawn, or struck out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Drawing {
    /// A way that the files lack.
    Path {
        /// What kind of way.
        kind: PathKind,
        /// Whether it is a bridge: only its ends touch the ground.
        bridge: bool,
        /// At least two points.
        line: Vec<LonLat>,
    },
    /// Water that the files lack.
    Water {
        /// What kind of water.
        kind: WaterKind,
        /// Its bank, without the first point at the end again; at least three points.
        outline: Vec<LonLat>,
    },
    /// A way that the files have, and that is not there.
    NoPath {
        /// Where it stands in the files.
        source: String,
        /// Where somebody pointed at it.
        at: LonLat,
    },
    /// Water that the files have, and that is not there.
    NoWater {
        /// Where it stands in the files.
        source: String,
        /// Where somebody pointed at it.
        at: LonLat,
    },
}

/// A correction that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptCorrection {
    /// As it was made.
    pub correction: Correction,
    /// Whether it holds or has been taken back.
    pub presence: Presence,
}
