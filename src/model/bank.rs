//! Banks: the shore lines of a water body, each with its own chainage.

use geo::Coord;
use serde::Deserialize;
use serde::Serialize;

use crate::model::water::WaterKind;
use crate::units::Meters;

/// One water: a river reach, a canal, a lake, a pond.
#[derive(Clone, Debug, PartialEq)]
pub struct WaterBody {
    /// Derived from its sources; stable across imports.
    pub id: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What kind of water.
    pub kind: WaterKind,
    /// Risk grade, 1 (low) to 4 (highest).
    pub risk: u8,
}

/// On which side of its water a bank lies, looking downstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// On the left.
    Left,
    /// On the right.
    Right,
    /// Around standing water or an island, or where the flow is not known.
    Shore,
}

/// One oriented shore line; the water lies on its right.
#[derive(Clone, Debug, PartialEq)]
pub struct Bank {
    /// Derived from its water body's id; stable across imports.
    pub id: String,
    /// Index of its water body.
    pub water_body: usize,
    /// Left, right or shore.
    pub side: Side,
    /// The line in the region's plane, meters; of a ring, the last point equals the first.
    pub line: Vec<Coord>,
    /// Distance from the start, for every point of the line.
    pub chainage: Vec<Meters>,
    /// From which chainage on the bank lies in which village (an index, or none), in order, the first at 0.
    pub villages: Vec<(Meters, Option<usize>)>,
}

impl Bank {
    /// The bank's length.
    pub fn length(&self) -> Meters {
        self.chainage.last().copied().unwrap_or(Meters::ZERO)
    }

    /// The bank cut at village borders: from, to, and the village (an index, or none), in order.
    pub fn by_village(&self) -> impl Iterator<Item = (Meters, Meters, Option<usize>)> {
        let borders = self.villages.iter().enumerate();
        borders.map(|(i, &(from, village))| {
            let to = self.villages.get(i + 1);
            (from, to.map_or(self.length(), |next| next.0), village)
        })
    }
}
