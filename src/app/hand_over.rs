//! Handing an evening over: whoever is on it asks, and somebody who is not takes it.

use crate::app::duty_fault::DutyFault;
use crate::app::evenings::Evening;
use crate::app::fault::Fault;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::model::account::AccountId;
use crate::model::day::Day;
use crate::model::roster::DutyAnswer;
use crate::model::volunteer::Volunteer;
use crate::model::volunteer::VolunteerId;
use crate::model::volunteer::VolunteerState;

/// Of so many evenings, from today on, it is told who looks for somebody.
const AHEAD_DAYS: u16 = 14;

/// An evening that somebody hands over.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The evening.
    pub day: Day,
    /// The number of the team, counted from 1.
    pub team: usize,
    /// What people call it.
    pub team_name: Option<String>,
    /// When teams set off, as `19:00`, if that is known.
    pub begins: Option<String>,
    /// Whoever hands it over.
    pub volunteer: VolunteerId,
    /// What they are called.
    pub name: String,
}

impl Regions {
    /// The evenings that others hand over and a volunteer could take, the next first.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub(super) fn wanted(&self, region: &str, me: &Volunteer) -> Result<Vec<Wanted>, Fault> {
        let mut all = Vec::new();
        if me.state != VolunteerState::Active {
            return Ok(all);
        }
        let today = self.day_or_today(region, None)?;
        for evening in self.evenings(region, &today, AHEAD_DAYS)? {
            let asking: Vec<VolunteerId> = asking(&evening).collect();
            if asking.is_empty() || evening.day.team_of(me.id).is_some() {
                continue;
            }
            let begins = self.begins(region, &evening.day.day)?;
            for volunteer in asking {
                let found = self.keep(|store| store.volunteer(region, volunteer))?;
                let (Some(found), Some(team)) = (found, evening.day.team_of(volunteer)) else {
                    continue;
                };
                let name = evening.day.teams[team - 1].name.as_ref();
                all.push(Wanted {
                    day: evening.day.day.clone(),
                    team,
                    team_name: name.map(|name| name.as_str().to_owned()),
                    begins: begins.clone(),
                    volunteer,
                    name: found.says.name.as_str().to_owned(),
                });
            }
        }
        Ok(all)
    }

    /// Puts whoever asks in the place of somebody who hands an evening over.
    ///
    /// # Errors
    ///
    /// If there is no such region, they are no volunteer there or on that evening already, it is not handed over (any more), or it
    /// cannot be kept.
    pub fn take_over(
        &self,
        who: &str,
        region: &str,
        account: AccountId,
        (day, from): (&Day, VolunteerId),
    ) -> Result<(), Fault> {
        let slot = self.slot(region)?;
        let _turn = slot.turn();
        let me = self.keep(|store| store.volunteer_of(&slot.id, account))?;
        let me = me.filter(|me| me.state == VolunteerState::Active);
        let me = me.ok_or(DutyFault::NotOnRoster)?.id;
        let evening = self.evening(region, day)?;
        let of_day = || day.as_str().to_owned();
        let is_past = *day < self.day_or_today(region, None)?;
        if is_past || !asking(&evening).any(|asks| asks == from) {
            return Err(DutyFault::NotHandedOver { day: of_day() }.into());
        }
        let mut after = evening.day;
        if after.team_of(me).is_some() {
            return Err(DutyFault::AlreadyOn { day: of_day() }.into());
        }
        let members = after.teams.iter_mut().flat_map(|team| &mut team.members);
        for member in members.filter(|member| member.volunteer == from) {
            member.volunteer = me;
        }
        let act = slot.act(who);
        self.keep(|store| store.hand_over(&act, &after, from, me))?;
        self.tell(slot, News::Patrols);
        Ok(())
    }

    /// When the teams of an evening set off, if that is known.
    fn begins(&self, region: &str, day: &Day) -> Result<Option<String>, Fault> {
        let published = self.keep(|store| store.patrol(region, day))?;
        let plan = published.map(|published| self.published_plan(&published));
        Ok(plan.transpose()?.and_then(|plan| plan.begins))
    }
}

/// Those on a published evening who hand it over.
fn asking(evening: &Evening) -> impl Iterator<Item = VolunteerId> {
    let members = evening.day.members().map(|member| member.volunteer);
    members.filter(|volunteer| {
        evening.day.is_published && evening.answers.get(volunteer) == Some(&DutyAnswer::HandsOver)
    })
}
