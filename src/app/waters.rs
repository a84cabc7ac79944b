//! Waters and the risk grades that a planner gives them: gaps and coverage follow at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::fault::Fault;
use crate::app::region::LoadedRegion;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::rescue_points::AtWater;
use crate::app::snapshot::Snapshot;

/// The grades that people have given, 1 (low) to 4 (highest), by the index of the water body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grades(BTreeMap<usize, u8>);

impl Grades {
    pub(super) fn set(&mut self, water_body: usize, risk: u8) {
        self.0.insert(water_body, risk);
    }
}

impl LoadedRegion {
    /// The risk grade of a water body as it is now, 1 (low) to 4 (highest), whatever the region's file says of it.
    pub fn risk(&self, water_body: usize) -> u8 {
        let given = self.grades.0.get(&water_body).copied();
        given.unwrap_or(self.ground.water_bodies[water_body].risk)
    }

    /// The region with a water graded, all else as it is.
    pub(super) fn with_risk(&self, water_body: usize, risk: u8) -> Self {
        let mut region = self.clone();
        region.grades.set(water_body, risk);
        region
    }
}

impl Snapshot {
    /// The indices of all water bodies, by id.
    pub fn water_bodies_by_id(&self) -> Vec<usize> {
        let bodies = &self.region.ground.water_bodies;
        let mut indices: Vec<usize> = (0..bodies.len()).collect();
        indices.sort_by(|&a, &b| bodies[a].id.cmp(&bodies[b].id));
        indices
    }

    /// What there is at each water, in the ground's order, counted once.
    pub fn at_waters(&self) -> &[AtWater] {
        self.at_waters.get_or_init(|| self.region.at_waters())
    }
}

impl Regions {
    /// Gives a water a risk grade, 1 (low) to 4 (highest), and keeps it so; if it has it already, nothing happens.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no such water, or is not `as_expected` when it is this change's turn, or if the
    /// change cannot be kept.
    pub fn set_risk(
        &self,
        who: &str,
        region: &str,
        water_body: &str,
        risk: u8,
        as_expected: impl FnOnce(&Snapshot) -> bool,
    ) -> Result<Arc<Snapshot>, Fault> {
        self.follow(region, News::WaterBodies, |before| {
            before.must_be(as_expected)?;
            let index = before.water_body(water_body)?;
            let was = before.region.risk(index);
            if was == risk {
                return Ok(None);
            }
            let after = before.region.with_risk(index, risk);
            let act = self.slot(region)?.act(who);
            self.keep(|store| store.set_risk(&act, water_body, was, risk))?;
            Ok(Some(after))
        })
    }
}
