//! Volunteers: kept by planners, joined by an open call.

use crate::app::duty_fault::DutyFault;
use crate::app::evenings::MOST_DAYS;
use crate::app::fault::Fault;
use crate::app::regions::Regions;
use crate::app::reports::STRANGER;
use crate::model::account::AccountId;
use crate::model::account::AccountName;
use crate::model::volunteer::Volunteer;
use crate::model::volunteer::VolunteerId;
use crate::model::volunteer::VolunteerSays;
use crate::model::volunteer::VolunteerState;
use crate::store::Act;

/// So many volunteers a region has at most.
pub const MOST_VOLUNTEERS: usize = 5_000;

/// So many who have applied wait at most.
pub const MOST_APPLIED: usize = 500;

/// What is new of a volunteer.
#[derive(Clone, Debug, PartialEq)]
pub struct VolunteerChange {
    /// Who they are.
    pub says: VolunteerSays,
    /// The name of the account that they sign in with.
    pub account: Option<String>,
    /// Whether they are on the roster.
    pub state: VolunteerState,
}

/// A volunteer, and the name of their account.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownVolunteer {
    /// The volunteer.
    pub volunteer: Volunteer,
    /// What they sign in with.
    pub account: Option<String>,
}

impl Regions {
    /// Everybody of a region who has not left.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn volunteers(&self, region: &str) -> Result<Vec<KnownVolunteer>, Fault> {
        let region = &self.slot(region)?.id;
        let (all, accounts) =
            self.keep(|store| Ok((store.volunteers(region)?, store.accounts()?)))?;
        let known = all.into_iter().map(|volunteer| {
            let mut accounts = accounts.iter();
            let account = accounts.find(|account| Some(account.id) == volunteer.account);
            KnownVolunteer {
                account: account.map(|account| account.name.as_str().to_owned()),
                volunteer,
            }
        });
        Ok(known.collect())
    }

    /// Puts somebody on the list.
    ///
    /// # Errors
    ///
    /// If there is no such region or account, the account is another volunteer's, there are too many, or it cannot be kept.
    pub fn add_volunteer(
        &self,
        who: &str,
        region: &str,
        new: &VolunteerSays,
        account: Option<&str>,
    ) -> Result<KnownVolunteer, Fault> {
        let slot = self.slot(region)?;
        let account = account.map(|name| self.account_named(name)).transpose()?;
        let id = account.as_ref().map(|(id, _)| *id);
        let state = VolunteerState::Active;
        let act = slot.act(who);
        let volunteer =
            self.keep(|store| store.add_volunteer(&act, new, id, state, MOST_VOLUNTEERS))?;
        Ok(KnownVolunteer {
            volunteer,
            account: account.map(|(_, name)| name),
        })
    }

    /// Somebody answers the open call; a planner decides.
    ///
    /// # Errors
    ///
    /// If there is no such region, too many wait, or it cannot be kept.
    pub fn apply(&self, region: &str, new: &VolunteerSays) -> Result<Volunteer, Fault> {
        let act = self.slot(region)?.act(STRANGER);
        let state = VolunteerState::Applied;
        self.keep(|store| store.add_volunteer(&act, new, None, state, MOST_APPLIED))
    }

    /// Changes what is said of a volunteer, if whoever does it has `seen` how they are now.
    ///
    /// # Errors
    ///
    /// If there is no such region, volunteer or account, somebody else was faster, or it cannot be kept.
    pub fn set_volunteer(
        &self,
        who: &str,
        region: &str,
        id: VolunteerId,
        change: VolunteerChange,
        seen: impl FnOnce(&Volunteer) -> bool,
    ) -> Result<KnownVolunteer, Fault> {
        let slot = self.slot(region)?;
        let _turn = slot.turn();
        let before = self.keep(|store| store.volunteer(&slot.id, id))?;
        let before = before.filter(|before| before.state != VolunteerState::Left);
        let before = before.ok_or(DutyFault::UnknownVolunteer { id: id.0 })?;
        if !seen(&before) {
            return Err(Fault::ChangedMeanwhile {
                region: region.to_owned(),
            });
        }
        let name = change.account.as_deref();
        let account = name.map(|name| self.account_named(name)).transpose()?;
        let after = Volunteer {
            says: change.says,
            account: account.as_ref().map(|(id, _)| *id),
            state: change.state,
            ..before.clone()
        };
        let act = slot.act(who);
        let volunteer = self.keep(|store| store.set_volunteer(&act, &after))?;
        if volunteer.state == VolunteerState::Left {
            self.take_off(&act, id)?;
            if let Some(account) = before.account {
                self.keep(|store| store.forget_tracks_of(&slot.id, account))?;
            }
        }
        Ok(KnownVolunteer {
            account: volunteer.account.and(account).map(|(_, name)| name),
            volunteer,
        })
    }

    /// That somebody is on the list and signs in with nothing yet, so that an invitation may be theirs.
    ///
    /// # Errors
    ///
    /// If there is no such region or volunteer, or they have an account.
    pub fn must_sign_in_with_nothing(&self, region: &str, id: VolunteerId) -> Result<(), Fault> {
        let region = &self.slot(region)?.id;
        let found = self.keep(|store| store.volunteer(region, id))?;
        let found = found.filter(|found| found.state == VolunteerState::Active);
        let found = found.ok_or(DutyFault::UnknownVolunteer { id: id.0 })?;
        match found.account {
            Some(_) => Err(DutyFault::HasAccount { id: id.0 }.into()),
            None => Ok(()),
        }
    }

    /// Keeps whether somebody's way may be recorded; if not, what is kept of it is deleted.
    ///
    /// # Errors
    ///
    /// If there is no such region, they are no volunteer there, or it cannot be kept.
    pub fn consent(
        &self,
        who: &str,
        region: &str,
        account: AccountId,
        consents: bool,
    ) -> Result<(), Fault> {
        let slot = self.slot(region)?;
        let _turn = slot.turn();
        let before = self.keep(|store| store.volunteer_of(&slot.id, account))?;
        let before = before.ok_or(DutyFault::NotOnRoster)?;
        let after = Volunteer {
            consents: Some(consents),
            ..before
        };
        let act = slot.act(who);
        self.keep(|store| store.set_volunteer(&act, &after))?;
        if !consents {
            self.keep(|store| store.forget_tracks_of(&slot.id, account))?;
        }
        Ok(())
    }

    /// Takes somebody who leaves off the evenings that are still to come.
    fn take_off(&self, act: &Act<'_>, id: VolunteerId) -> Result<(), Fault> {
        let today = self.day_or_today(act.region, None)?;
        for evening in self.evenings(act.region, &today, MOST_DAYS)? {
            let mut day = evening.day;
            if day.team_of(id).is_none() {
                continue;
            }
            for team in &mut day.teams {
                team.members.retain(|member| member.volunteer != id);
            }
            self.keep(|store| store.set_roster(act, &day))?;
        }
        Ok(())
    }

    fn account_named(&self, name: &str) -> Result<(AccountId, String), Fault> {
        let unknown = || DutyFault::UnknownAccount {
            name: name.chars().take(80).collect(),
        };
        let known = AccountName::new(name).map_err(|_| unknown())?;
        let found = self.keep(|store| store.account_named(&known))?;
        let (account, _) = found.ok_or_else(unknown)?;
        Ok((account.id, account.name.as_str().to_owned()))
    }
}
