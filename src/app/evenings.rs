//! Who is on which evening: proposed, changed by planners, published, answered by volunteers.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::app::duty_fault::DutyFault;
use crate::app::fault::Fault;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::model::account::AccountId;
use crate::model::day::Day;
use crate::model::roster::DutyAnswer;
use crate::model::roster::MOST_MEMBERS;
use crate::model::roster::MOST_TEAMS;
use crate::model::roster::RosterDay;
use crate::model::roster::RosterTeam;
use crate::model::volunteer::VolunteerId;
use crate::model::volunteer::VolunteerState;
use crate::plan::fair_share;
use crate::plan::fair_share::Candidate;
use crate::plan::fair_share::Share;
use crate::plan::fair_share::Wanted;

/// So many evenings are looked at together at most.
pub const MOST_DAYS: u16 = 62;

/// How often somebody was on counts over so many days.
pub const SHARED_OVER_DAYS: u16 = 28;

/// An evening, and what those who are on it have answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Evening {
    /// Who is on it.
    pub day: RosterDay,
    /// What they say.
    pub answers: BTreeMap<VolunteerId, DutyAnswer>,
}

/// A week as it might be.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedRoster {
    /// The evenings, none of them kept.
    pub days: Vec<RosterDay>,
    /// How fair it is.
    pub share: Share,
}

impl Regions {
    /// So many evenings from a day on, also those that nobody is on yet.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn evenings(&self, region: &str, from: &Day, days: u16) -> Result<Vec<Evening>, Fault> {
        let region = &self.slot(region)?.id;
        let days = days.clamp(1, MOST_DAYS);
        let all: Vec<Day> = (0..days).filter_map(|n| from.after(n)).collect();
        let Some(to) = all.last() else {
            return Ok(Vec::new());
        };
        let (kept, said) = self.keep(|store| {
            Ok((
                store.roster(region, from, to)?,
                store.duty_answers(region, from, to)?,
            ))
        })?;
        let mut kept: BTreeMap<Day, RosterDay> =
            kept.into_iter().map(|day| (day.day.clone(), day)).collect();
        let mut answers: BTreeMap<Day, BTreeMap<VolunteerId, DutyAnswer>> = BTreeMap::new();
        for (day, volunteer, answer) in said {
            answers.entry(day).or_default().insert(volunteer, answer);
        }
        let evenings = all.into_iter().map(|day| Evening {
            answers: answers.remove(&day).unwrap_or_default(),
            day: kept.remove(&day).unwrap_or_else(|| empty(day)),
        });
        Ok(evenings.collect())
    }

    /// One evening.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn evening(&self, region: &str, day: &Day) -> Result<Evening, Fault> {
        let found = self.evenings(region, day, 1)?.pop();
        Ok(found.unwrap_or_else(|| Evening {
            day: empty(day.clone()),
            answers: BTreeMap::new(),
        }))
    }

    /// Keeps who is on an evening, if whoever does it has `seen` how it is now.
    ///
    /// # Errors
    ///
    /// If there is no such region or volunteer, somebody is in two teams, somebody else was faster, or it cannot be kept.
    pub fn set_evening(
        &self,
        who: &str,
        region: &str,
        after: &RosterDay,
        seen: impl FnOnce(&RosterDay) -> bool,
    ) -> Result<Evening, Fault> {
        let slot = self.slot(region)?;
        let _turn = slot.turn();
        if !seen(&self.evening(region, &after.day)?.day) {
            return Err(Fault::ChangedMeanwhile {
                region: region.to_owned(),
            });
        }
        let known = self.keep(|store| store.volunteers(&slot.id))?;
        let known: BTreeSet<VolunteerId> = known
            .iter()
            .filter(|volunteer| volunteer.state == VolunteerState::Active)
            .map(|volunteer| volunteer.id)
            .collect();
        must_make_sense(after, &known)?;
        let act = slot.act(who);
        self.keep(|store| store.set_roster(&act, after))?;
        self.tell(slot, News::Patrols);
        self.evening(region, &after.day)
    }

    /// Evenings from a day on as they might be: so many teams of so many, everybody as often as others, locked ones where they are.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn propose_evenings(
        &self,
        region: &str,
        from: &Day,
        days: u16,
        wanted: Wanted,
    ) -> Result<ProposedRoster, Fault> {
        let evenings = self.evenings(region, from, days)?;
        let all = self.volunteers(region)?;
        let active = all.into_iter().map(|known| known.volunteer);
        let active = active.filter(|volunteer| volunteer.state == VolunteerState::Active);
        let past = self.past(region, from)?;
        let candidates = active.map(|volunteer| Candidate {
            id: volunteer.id,
            weekdays: volunteer.says.weekdays,
            skills: volunteer.says.skills,
            times: past.get(&volunteer.id).copied().unwrap_or(0),
        });
        let candidates: Vec<Candidate> = candidates.collect();
        let days: Vec<fair_share::Evening> = evenings
            .into_iter()
            .map(|evening| fair_share::Evening {
                cannot: evening
                    .answers
                    .iter()
                    .filter(|(_, answer)| **answer != DutyAnswer::Comes)
                    .map(|(volunteer, _)| *volunteer)
                    .collect(),
                day: evening.day,
            })
            .collect();
        let (days, share) = fair_share::proposed(&days, &candidates, wanted);
        Ok(ProposedRoster { days, share })
    }

    /// Keeps whether somebody comes on an evening that they are on.
    ///
    /// # Errors
    ///
    /// If there is no such region, they are no volunteer there or not on that evening, or it cannot be kept.
    pub fn answer_duty(
        &self,
        who: &str,
        region: &str,
        account: AccountId,
        (day, answer): (&Day, DutyAnswer),
    ) -> Result<(), Fault> {
        let slot = self.slot(region)?;
        let volunteer = self.keep(|store| store.volunteer_of(&slot.id, account))?;
        let volunteer = volunteer.ok_or(DutyFault::NotOnRoster)?;
        let evening = self.evening(region, day)?.day;
        if !evening.is_published || evening.team_of(volunteer.id).is_none() {
            let day = day.as_str().to_owned();
            return Err(DutyFault::NotOn { day }.into());
        }
        let act = slot.act(who);
        self.keep(|store| store.answer_duty(&act, day, volunteer.id, answer))?;
        self.tell(slot, News::Patrols);
        Ok(())
    }

    /// How often everybody was on in the weeks before a day.
    fn past(&self, region: &str, day: &Day) -> Result<BTreeMap<VolunteerId, u32>, Fault> {
        let region = &self.slot(region)?.id;
        let mut times = BTreeMap::new();
        let (Some(first), Some(last)) = (day.before(SHARED_OVER_DAYS), day.before(1)) else {
            return Ok(times);
        };
        for evening in self.keep(|store| store.roster(region, &first, &last))? {
            for member in evening.members().filter(|_| evening.is_published) {
                *times.entry(member.volunteer).or_default() += 1;
            }
        }
        Ok(times)
    }
}

fn empty(day: Day) -> RosterDay {
    RosterDay {
        day,
        teams: Vec::new(),
        is_published: false,
        version: 0,
    }
}

fn must_make_sense(day: &RosterDay, known: &BTreeSet<VolunteerId>) -> Result<(), Fault> {
    let bad = |why: String| Err(DutyFault::BadRoster { why }.into());
    if MOST_TEAMS < day.teams.len() {
        return bad(format!("has {} teams", day.teams.len()));
    }
    let is_large = |team: &RosterTeam| MOST_MEMBERS < team.members.len();
    if let Some(number) = day.teams.iter().position(is_large) {
        return bad(format!("has too many in team {}", number + 1));
    }
    let mut seen = BTreeSet::new();
    for member in day.members() {
        let id = member.volunteer;
        if !known.contains(&id) {
            return Err(DutyFault::UnknownVolunteer { id: id.0 }.into());
        }
        if !seen.insert(id) {
            return bad(format!("has volunteer {} twice", id.0));
        }
    }
    Ok(())
}
