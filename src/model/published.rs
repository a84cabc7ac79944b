//! An evening's plan that was published: from then on teams walk by it.

use serde::Deserialize;
use serde::Serialize;

use crate::model::day::Day;
use crate::model::moment::Moment;

/// The number of a published plan: counts up with each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatrolNumber(pub i64);

/// What is known of a published plan without reading it.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// Its number.
    pub number: PatrolNumber,
    /// The evening.
    pub day: Day,
    /// Whether it was taken back.
    pub is_withdrawn: bool,
    /// When.
    pub at: Moment,
    /// Who has done it.
    pub who: String,
    /// By what the search was known whose plan it is.
    pub search: String,
    /// In short.
    pub summary: PatrolSummary,
}

/// A plan in a line. Lengths are rounded to decimeters, times to tenths of a second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatrolSummary {
    /// What it was planned for: `balanced`, `fewest` or `most`.
    pub goal: String,
    /// How many teams walk.
    pub teams: usize,
    /// The longest walk, seconds.
    pub longest_s: f64,
    /// The shortest walk, seconds.
    pub shortest_s: f64,
    /// How much bank was due, meters.
    pub required_m: f64,
    /// How much of that is seen, meters.
    pub seen_m: f64,
    /// How much of that is carried over, meters.
    pub carried_m: f64,
}
