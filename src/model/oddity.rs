//! Oddities: what was strange in the data, where, and what was done about it.

use serde::Serialize;

use crate::geometry::lon_lat::LonLat;

/// One strange thing in the data. Odd data is reported, never an error and never silence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Oddity {
    /// The file's name within the region's folder.
    pub file: String,
    /// The object: an id in its source, or `row 12, column lon`.
    pub id: String,
    /// Where, if it has a place.
    pub place: Option<LonLat>,
    /// What is strange.
    pub kind: OddityKind,
    /// The particulars in words: what was found and what was done.
    pub detail: String,
}

/// What is strange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OddityKind {
    /// A ring that does not close: closed by a straight edge that is no bank.
    UnclosedRing,
    /// A way or relation names members that the file does not hold.
    MissingMember,
    /// An outline that touches or crosses itself.
    InvalidOutline,
    /// An outline or line with too few points: left out.
    TooFewPoints,
    /// A coordinate that is no place on the earth: left out.
    BadPlace,
    /// A cell, tag or property that cannot be read: left out or taken as silent.
    BadValue,
    /// The same piece or area twice: the first is kept.
    Duplicate,
    /// Two sources of truth disagree, like a datum in the region's file and one in the data.
    Contradiction,
    /// Equipment in the water, on a building, or far from any ground.
    OffGround,
    /// Equipment that may belong to either bank.
    EitherBank,
    /// A crossing that counts as closed: a ford, a ferry, an unbridged path over wide water.
    ClosedCrossing,
    /// Something named in the file that no layer takes.
    Ignored,
    /// Water, land or a village inside another.
    Overlap,
    /// Outside the region.
    Outside,
    /// Something that people have changed and that the files have no longer: kept.
    Vanished,
}
