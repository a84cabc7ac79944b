//! Water as it is mapped: areas, center lines, coast lines.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::units::Meters;

/// What kind of water.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaterKind {
    /// A river, 河.
    River,
    /// A canal, 运河.
    Canal,
    /// A stream, 溪.
    Stream,
    /// A ditch or drain, 沟渠.
    Ditch,
    /// A lake, 湖.
    Lake,
    /// A reservoir, 水库.
    Reservoir,
    /// A pond, 池塘.
    Pond,
    /// A dock, harbor or other basin, 港池.
    Basin,
    /// The sea, 海.
    Sea,
}

/// One ring of an outline; the last point joins the first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ring {
    /// The corners, without repeating the first at the end; at least three.
    pub points: Vec<LonLat>,
    /// Indices of edges that are no shore: edge `i` runs from point `i` to the next, and was drawn to close what the extract cut.
    pub cuts: Vec<u32>,
}

/// Water mapped as an area; a point is inside when it is inside an odd number of the rings.
#[derive(Clone, Debug, PartialEq)]
pub struct WaterArea {
    /// Where it stands in its source, like `w123`, `r5` or `lakes-3`; stable across imports.
    pub source: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What kind of water.
    pub kind: WaterKind,
    /// Outer and inner rings alike.
    pub rings: Vec<Ring>,
}

/// Whether a water line runs under the sky.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It has banks.
    Open,
    /// In a pipe or tunnel: it has no banks and bars nobody.
    Underground,
}

/// Water mapped as a center line, drawn downstream.
#[derive(Clone, Debug, PartialEq)]
pub struct WaterLine {
    /// Where it stands in its source; stable across imports.
    pub source: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What kind of water.
    pub kind: WaterKind,
    /// Its mapped width; a default by kind counts where there is none.
    pub width: Option<Meters>,
    /// Under the sky or not.
    pub course: Course,
    /// From upstream to downstream; at least two.
    pub points: Vec<LonLat>,
    /// Whether the extract cut it off before its first point.
    pub is_cut_at_start: bool,
    /// Whether the extract cut it off after its last point.
    pub is_cut_at_end: bool,
}

/// A piece of the sea's shore, drawn with the sea on its right.
#[derive(Clone, Debug, PartialEq)]
pub struct Coastline {
    /// Where it stands in its source; stable across imports.
    pub source: String,
    /// The shore; closed when the last point equals the first.
    pub points: Vec<LonLat>,
}
