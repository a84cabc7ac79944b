//! How often each stretch of bank was seen over weeks, held against how often it should have been.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::app::fault::Fault;
use crate::app::patrol_rows::coords;
use crate::app::region::LoadedRegion;
use crate::app::regions::Regions;
use crate::app::seen::SeenRow;
use crate::app::seen::kept;
use crate::app::seen::seen_of;
use crate::model::day::Day;
use crate::plan::patrol::stretches::Stretch;
use crate::units::Meters;

/// A stretch counts as seen on an evening if so much of it was, as a share: noise takes some meters at either end.
const ENOUGH: f64 = 0.8;

/// How often a stretch was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct StretchHistory {
    /// Its id.
    pub stretch: String,
    /// The water body's name, if it has one.
    pub water_body: Option<String>,
    /// Its risk grade, 1 (low) to 4 (highest).
    pub risk: u8,
    /// The village's name, if it lies in one.
    pub village: Option<String>,
    /// How long it is.
    pub length: Meters,
    /// On so many evenings at least four fifths of it were seen.
    pub seen: u32,
    /// On so many it should have been.
    pub due: u32,
    /// Its first side: WGS-84 longitude and latitude.
    pub line: Vec<[f64; 2]>,
}

impl Regions {
    /// How often each stretch was seen on the evenings from one to another, both among them, and how often it should have been.
    ///
    /// # Errors
    ///
    /// If the region is not ready, or the store cannot be read.
    pub fn seen_history(
        &self,
        region: &str,
        from: &Day,
        to: &Day,
    ) -> Result<Vec<StretchHistory>, Fault> {
        let snapshot = self.snapshot(region)?;
        let id = &self.slot(region)?.id;
        let seen = self.keep(|store| store.seen(id, from, to))?;
        let mut by_day: BTreeMap<&Day, Vec<SeenRow>> = BTreeMap::new();
        for one in &seen {
            by_day.entry(&one.day).or_default().extend(kept(one).pieces);
        }
        let n_days = u16::try_from(to.days_since(from)).unwrap_or_default();
        let days: Vec<Day> = (0..=n_days).filter_map(|later| from.after(later)).collect();
        Ok(snapshot
            .region
            .history(snapshot.stretches(), &days, &by_day))
    }
}

impl LoadedRegion {
    fn history(
        &self,
        stretches: &[Stretch],
        days: &[Day],
        by_day: &BTreeMap<&Day, Vec<SeenRow>>,
    ) -> Vec<StretchHistory> {
        let seen_banks: BTreeSet<&str> = by_day
            .values()
            .flatten()
            .map(|piece| piece.bank.as_str())
            .collect();
        let rows = stretches.iter().map(|stretch| {
            let sides = stretch.sides.iter().map(|side| {
                let [from, to] = side.chainage(&self.ground);
                let bank = self.ground.banks[side.bank as usize].id.as_str();
                (bank, from.0, to.0)
            });
            let sides: Vec<(&str, f64, f64)> = sides.collect();
            let is_known = sides.iter().any(|(bank, ..)| seen_banks.contains(bank));
            let length: f64 = sides.iter().map(|(_, from, to)| to - from).sum();
            let evenings = by_day.values().filter(|pieces| {
                let (length, seen) = seen_of(&sides, pieces);
                is_known && length.0 * ENOUGH <= seen.0
            });
            let seen = u32::try_from(evenings.count()).unwrap_or(u32::MAX);
            let first = &stretch.sides[0];
            let bank = &self.ground.banks[first.bank as usize];
            let water = &self.ground.water_bodies[bank.water_body];
            let village = self.village_of(first);
            let village = village.map(|village| &self.ground.villages[village]);
            let group = village.map_or(&water.id, |village| &village.id);
            let risk = self.risk(bank.water_body);
            let due = days
                .iter()
                .map(|day| u32::from(self.settings.patrol.visits(risk, group, day)));
            StretchHistory {
                stretch: self.stretch_id(stretch),
                water_body: water.name.clone(),
                risk,
                village: village.map(|village| village.name.clone()),
                length: Meters(length),
                seen,
                due: due.sum(),
                line: self.line(&coords(&first.spots(&self.ground))),
            }
        });
        rows.collect()
    }
}
