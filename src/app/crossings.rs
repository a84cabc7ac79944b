//! Crossings that a planner closes and opens again: what is reached follows at once.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::app::region::LoadedRegion;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::model::crossing::CrossingState;

impl LoadedRegion {
    /// The index of a crossing.
    ///
    /// # Errors
    ///
    /// If there is none of this id.
    pub fn crossing(&self, id: &str) -> Result<usize, Fault> {
        let mut crossings = self.ground.crossings.iter();
        let found = crossings.position(|crossing| crossing.id == id);
        found.ok_or_else(|| Fault::UnknownCrossing {
            region: self.settings.id.as_str().to_owned(),
            id: id.chars().take(80).collect(),
        })
    }

    /// Whether people can use a crossing now, whatever the map says of it.
    pub fn crossing_state(&self, crossing: usize) -> CrossingState {
        if self.closures.is_closed(crossing as u32) {
            CrossingState::Closed
        } else {
            CrossingState::Open
        }
    }

    /// The region with a crossing opened or closed, its ground and its equipment as they are.
    pub(super) fn with_crossing(&self, crossing: usize, state: CrossingState) -> Self {
        let mut closures = self.closures.clone();
        closures.set(crossing as u32, state);
        Self {
            closures,
            reach: self.reach.elsewhere_closed(),
            ..self.clone()
        }
    }
}

impl Snapshot {
    /// The ids of some crossings, in their order.
    pub fn crossing_ids<'a>(&'a self, crossings: &'a [u32]) -> impl Iterator<Item = &'a str> {
        let all = &self.region.ground.crossings;
        crossings
            .iter()
            .map(|&crossing| all[crossing as usize].id.as_str())
    }
}

impl Regions {
    /// Opens or closes a crossing, and keeps it so; if it is so already, nothing happens.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no such crossing, or is not `as_expected` when it is this change's turn, or if the
    /// change cannot be kept.
    pub fn set_crossing(
        &self,
        who: &str,
        region: &str,
        crossing: &str,
        state: CrossingState,
        as_expected: impl FnOnce(&Snapshot) -> bool,
    ) -> Result<Arc<Snapshot>, Fault> {
        self.follow(region, News::Crossings, |before| {
            before.must_be(as_expected)?;
            let index = before.region.crossing(crossing)?;
            let was = before.region.crossing_state(index);
            if was == state {
                return Ok(None);
            }
            let after = before.region.with_crossing(index, state);
            let act = self.slot(region)?.act(who);
            self.keep(|store| store.set_crossing(&act, crossing, was, state))?;
            Ok(Some(after))
        })
    }
}
