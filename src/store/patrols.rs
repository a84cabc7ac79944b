//! What is kept of the evenings' plans that were published.

use std::fmt::Debug;

use crate::model::day::Day;
use crate::model::published::PatrolNumber;
use crate::model::published::PatrolSummary;
use crate::model::published::Published;
use crate::store::Act;
use crate::store::fault::StoreFault;

/// Keeps published plans, each with its row in the audit log, whole or not at all. Of an evening the newest holds, unless it was
/// taken back; the others stay.
pub trait PatrolStore: Debug + Send + Sync {
    /// Keeps a plan as what holds for its evening from now on.
    fn publish_patrol(
        &self,
        act: &Act<'_>,
        before: Option<&Published>,
        new: &NewPatrol<'_>,
    ) -> Result<Published, StoreFault>;

    /// Takes back the plan that holds for an evening.
    fn withdraw_patrol(&self, act: &Act<'_>, before: &Published) -> Result<(), StoreFault>;

    /// The plan that holds for an evening.
    fn patrol(&self, region: &str, day: &Day) -> Result<Option<Published>, StoreFault>;

    /// The plan that holds for the last evening before one that has any.
    fn patrol_before(&self, region: &str, day: &Day) -> Result<Option<Published>, StoreFault>;

    /// What was published under a number, as it was given.
    fn patrol_plan(&self, number: PatrolNumber) -> Result<Option<Vec<u8>>, StoreFault>;

    /// A page of the plans that hold, the latest evening first.
    fn patrols(&self, region: &str, page: &PatrolPage) -> Result<Vec<Published>, StoreFault>;
}

/// A plan that is published.
#[derive(Clone, Copy, Debug)]
pub struct NewPatrol<'a> {
    /// The evening.
    pub day: &'a Day,
    /// By what the search was known.
    pub search: &'a str,
    /// In short.
    pub summary: &'a PatrolSummary,
    /// All of it.
    pub plan: &'a [u8],
}

/// Which plans are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatrolPage {
    /// Of evenings before this one: where the page before ended.
    pub before: Option<Day>,
    /// At most so many.
    pub limit: usize,
}
