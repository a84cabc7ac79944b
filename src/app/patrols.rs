//! Plans of evenings that teams walk by: published by planners, replaced, taken back.

use crate::app::fault::Fault;
use crate::app::keeping::PatrolPage;
use crate::app::patrol::CarriedQuestion;
use crate::app::patrol::PatrolReport;
use crate::app::patrol_fault::PatrolFault;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::formats::gzip;
use crate::formats::gzip::Effort;
use crate::model::day::Day;
use crate::model::published::PatrolSummary;
use crate::model::published::Published;
use crate::plan::patrol::evening::Aim;
use crate::store::patrols::NewPatrol;

/// Whether somebody who publishes has seen what is there: the plan that holds for the evening, if there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenPatrol {
    /// They have.
    Yes,
    /// They have not said what they have seen.
    NotSaid,
    /// They have seen something else.
    Other,
}

impl Regions {
    /// Publishes the plan of a search for its evening. Once more the same, and nothing changes.
    ///
    /// # Errors
    ///
    /// If there is no such plan, it is for another evening, that evening has one already that `seen` does not know, or it cannot be
    /// kept.
    pub fn publish_patrol(
        &self,
        who: &str,
        region: &str,
        (day, search): (&Day, &str),
        seen: impl FnOnce(&Published) -> SeenPatrol,
    ) -> Result<Published, Fault> {
        let slot = self.slot(region)?;
        let turn = slot.turn();
        let before = self.keep(|store| store.patrol(&slot.id, day))?;
        // Whoever asks again since the answer got lost gets it again, also when the plan itself is forgotten.
        if let Some(before) = before.as_ref().filter(|before| before.search == search) {
            return Ok(before.clone());
        }
        let answer = self.patrol_answer(region, search)?;
        let report = &answer.report;
        if report.day != *day {
            let day = report.day.as_str().to_owned();
            return Err(PatrolFault::OtherEvening { day }.into());
        }
        if let Some(before) = &before {
            has_seen(before, seen(before), region)?;
        }
        let plan = gzip::packed(&report.json(), Effort::Thorough);
        let plan = plan.map_err(|fault| not_kept(&fault.to_string()))?;
        let new = NewPatrol {
            day,
            search,
            summary: &report.summary(),
            plan: &plan,
        };
        let act = slot.act(who);
        let published = self.keep(|store| store.publish_patrol(&act, before.as_ref(), &new))?;
        drop(turn);
        self.tell(slot, News::Patrols);
        Ok(published)
    }

    /// Takes back the plan that holds for an evening: nobody walks by it any more, and nothing is carried over from it.
    ///
    /// # Errors
    ///
    /// If there is none, it is another than `seen` knows, or that cannot be kept.
    pub fn withdraw_patrol(
        &self,
        who: &str,
        region: &str,
        day: &Day,
        seen: impl FnOnce(&Published) -> SeenPatrol,
    ) -> Result<(), Fault> {
        let slot = self.slot(region)?;
        let turn = slot.turn();
        let before = self.published(region, day)?;
        if seen(&before) == SeenPatrol::Other {
            return Err(Fault::ChangedMeanwhile {
                region: region.to_owned(),
            });
        }
        let act = slot.act(who);
        self.keep(|store| store.withdraw_patrol(&act, &before))?;
        drop(turn);
        self.tell(slot, News::Patrols);
        Ok(())
    }

    /// What holds for an evening.
    ///
    /// # Errors
    ///
    /// If nothing does, there is no such region, or the store cannot be read.
    pub fn published(&self, region: &str, day: &Day) -> Result<Published, Fault> {
        let region = &self.slot(region)?.id;
        let found = self.keep(|store| store.patrol(region, day))?;
        found.ok_or_else(|| {
            Fault::from(PatrolFault::Unpublished {
                region: region.clone(),
                day: day.as_str().to_owned(),
            })
        })
    }

    /// All of a published plan.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn published_plan(&self, published: &Published) -> Result<PatrolReport, Fault> {
        let packed = self.keep(|store| store.patrol_plan(published.number))?;
        let packed = packed.ok_or_else(|| not_kept("a published plan is gone"))?;
        let json = gzip::unpacked(&packed).map_err(|fault| not_kept(&fault.to_string()))?;
        serde_json::from_slice(&json).map_err(|fault| not_kept(&fault.to_string()))
    }

    /// A page of the plans that hold, the latest evening first.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn patrols(&self, region: &str, page: &PatrolPage) -> Result<Vec<Published>, Fault> {
        let region = &self.slot(region)?.id;
        self.keep(|store| store.patrols(region, page))
    }

    /// What the last published evening before a day has not come to.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn carried_to(&self, region: &str, day: &Day) -> Result<Vec<CarriedQuestion>, Fault> {
        let region = &self.slot(region)?.id;
        let Some(last) = self.keep(|store| store.patrol_before(region, day))? else {
            return Ok(Vec::new());
        };
        let carried = self.published_plan(&last)?.carried.into_iter();
        let carried = carried.map(|row| CarriedQuestion {
            stretch: row.stretch,
            evenings: row.evenings,
        });
        Ok(carried.collect())
    }
}

impl PatrolReport {
    /// What it was planned for, as a word.
    pub fn goal(&self) -> &'static str {
        match self.aim {
            Aim::Balanced => "balanced",
            Aim::Fewest => "fewest",
            Aim::Most => "most",
        }
    }

    /// The plan in a line.
    pub fn summary(&self) -> PatrolSummary {
        PatrolSummary {
            goal: self.goal().to_owned(),
            teams: self
                .teams
                .iter()
                .filter(|team| !team.stops.is_empty())
                .count(),
            longest_s: self.longest_s,
            shortest_s: self.shortest_s,
            required_m: self.required_m,
            seen_m: self.seen_m,
            carried_m: self.carried_m,
        }
    }
}

fn has_seen(before: &Published, seen: SeenPatrol, region: &str) -> Result<(), Fault> {
    match seen {
        SeenPatrol::Yes => Ok(()),
        SeenPatrol::NotSaid => Err(PatrolFault::Published {
            day: before.day.as_str().to_owned(),
            number: before.number.0,
        }
        .into()),
        SeenPatrol::Other => Err(Fault::ChangedMeanwhile {
            region: region.to_owned(),
        }),
    }
}

fn not_kept(why: &str) -> Fault {
    Fault::NotKept {
        reason: why.to_owned(),
    }
}
