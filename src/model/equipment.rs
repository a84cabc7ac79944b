//! Rescue equipment: what stands on the bank, and in what condition.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EquipmentKind {
    /// A rescue pole, 救生竿.
    Pole,
    /// A life ring, 救生圈.
    Ring,
    /// A throw rope, 救生绳.
    Rope,
    /// A warning board, 警示牌.
    Board,
    /// A life jacket, 救生衣.
    Jacket,
    /// A defibrillator, 除颤器.
    Aed,
    /// Anything else.
    Other,
}

/// In what state a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Ready.
    Usable,
    /// There, but not to be relied on.
    Damaged,
    /// Gone.
    Missing,
    /// Nobody has looked lately; it counts as not usable until somebody does.
    Unverified,
}

/// One piece of rescue equipment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Equipment {
    /// Unique within the region; stable across imports.
    pub id: String,
    /// What it is.
    pub kind: EquipmentKind,
    /// Where it stands.
    pub at: LonLat,
    /// In what state.
    pub condition: Condition,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// The village as its register says, which need not be where it stands.
    pub village: Option<String>,
    /// The day of the last inspection, as `YYYY-MM-DD`.
    pub inspected_on: Option<String>,
    /// A photo's file name.
    pub photo: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Made up for demonstration; must be said wherever it is shown.
    pub is_illustrative: bool,
}

impl Condition {
    /// Every condition, in the order of this enum.
    pub const ALL: [Self; 4] = [Self::Usable, Self::Damaged, Self::Missing, Self::Unverified];
}

impl EquipmentKind {
    /// Every kind, in the order of this enum.
    pub const ALL: [Self; 7] = [
        Self::Pole,
        Self::Ring,
        Self::Rope,
        Self::Board,
        Self::Jacket,
        Self::Aed,
        Self::Other,
    ];
}
