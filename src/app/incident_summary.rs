//! A month of incidents, village by village: how many there were, and how soon somebody was there.

use std::collections::BTreeMap;

use crate::app::fault::Fault;
use crate::app::keeping::IncidentPage;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::model::incident::Incident;
use crate::model::moment::Moment;
use crate::units::Seconds;

/// So many incidents are read at a time.
const PAGE: usize = 500;

/// A month has at most so many; more are no incidents of one region.
const MOST_PAGES: usize = 200;

/// A month of a region's incidents.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// All of them.
    pub total: Figures,
    /// Those of each village by its id, and those that lie in none.
    pub villages: BTreeMap<Option<String>, Figures>,
}

/// Figures of some incidents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// How many there were.
    pub n_incidents: usize,
    /// The time from the call until the first who was sent arrived, of each where somebody has, the shortest first.
    pub first_arrivals: Vec<Seconds>,
    /// How many of these were within the place's own standard; just as long is.
    pub n_in_time: usize,
}

impl Figures {
    fn add(&mut self, first_arrival: Option<Seconds>, standard: Seconds) {
        self.n_incidents += 1;
        if let Some(first) = first_arrival {
            self.first_arrivals.push(first);
            self.n_in_time += usize::from(first <= standard);
        }
    }

    /// The middle of the first arrivals; of an even number, the later one of the two.
    pub fn middle(&self) -> Option<Seconds> {
        self.first_arrivals
            .get(self.first_arrivals.len() / 2)
            .copied()
    }
}

impl Incident {
    /// The time from the call until the first who was sent arrived.
    pub fn first_arrival(&self) -> Option<Seconds> {
        let arrived = self.sent.iter().filter_map(|sent| sent.arrived_at).min()?;
        let ms = arrived.ms.saturating_sub(self.opened_at.ms).max(0);
        Some(Seconds(ms as f64 / 1_000.0))
    }
}

impl Regions {
    /// The incidents opened from a moment on and before another.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn incident_summary(
        &self,
        snapshot: &Snapshot,
        (from, until): (Moment, Moment),
    ) -> Result<Summary, Fault> {
        let settings = &snapshot.region.settings;
        let standard = settings.responders.arrival;
        let mut summary = Summary {
            total: Figures::default(),
            villages: BTreeMap::new(),
        };
        let mut after = None;
        for _ in 0..MOST_PAGES {
            let page = IncidentPage {
                from: Some(from),
                until: Some(until),
                is_open: None,
                after,
                limit: PAGE,
            };
            let incidents = self.incidents(settings.id.as_str(), &page)?;
            for incident in &incidents {
                let village = incident.what.village.as_ref();
                let village = village.map(|village| village.as_str().to_owned());
                let first = incident.first_arrival();
                summary.total.add(first, standard);
                let of_village = summary.villages.entry(village).or_default();
                of_village.add(first, standard);
            }
            after = incidents.last().map(|last| (last.opened_at, last.id));
            if incidents.len() < PAGE {
                break;
            }
        }
        for figures in summary.villages.values_mut().chain([&mut summary.total]) {
            let arrivals = &mut figures.first_arrivals;
            arrivals.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        Ok(summary)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_there_when_the_standard_runs_out_is_in_time_and_a_moment_later_is_late() {
        let standard = Seconds(300.0);
        for (first, n_in_time) in [(299.999, 1), (300.0, 1), (300.001, 0)] {
            let mut figures = Figures::default();
            figures.add(Some(Seconds(first)), standard);
            assert_eq!(figures.n_in_time, n_in_time, "{first} s");
        }
    }
}
