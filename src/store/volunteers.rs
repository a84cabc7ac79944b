//! What is kept of volunteers and of the evenings that they are on.

use std::fmt::Debug;

use crate::model::account::AccountId;
use crate::model::day::Day;
use crate::model::moment::Moment;
use crate::model::roster::DutyAnswer;
use crate::model::roster::RosterDay;
use crate::model::volunteer::Volunteer;
use crate::model::volunteer::VolunteerId;
use crate::model::volunteer::VolunteerSays;
use crate::model::volunteer::VolunteerState;
use crate::store::Act;
use crate::store::accounts::SecretHash;
use crate::store::fault::StoreFault;

/// Keeps volunteers and rosters, each change with its row in the audit log, whole or not at all. The log knows volunteers by their
/// numbers alone.
pub trait VolunteerStore: Debug + Send + Sync {
    /// Everybody of a region who has not left, by number.
    fn volunteers(&self, region: &str) -> Result<Vec<Volunteer>, StoreFault>;

    /// One of them.
    fn volunteer(&self, region: &str, id: VolunteerId) -> Result<Option<Volunteer>, StoreFault>;

    /// Whoever of a region signs in with an account.
    fn volunteer_of(
        &self,
        region: &str,
        account: AccountId,
    ) -> Result<Option<Volunteer>, StoreFault>;

    /// Keeps somebody new; of those who have applied a region has at most `most_waiting`.
    fn add_volunteer(
        &self,
        act: &Act<'_>,
        new: &VolunteerSays,
        account: Option<AccountId>,
        state: VolunteerState,
        most: usize,
    ) -> Result<Volunteer, StoreFault>;

    /// Keeps how somebody is from now on; of somebody who leaves, neither telephone number nor account is kept.
    fn set_volunteer(&self, act: &Act<'_>, after: &Volunteer) -> Result<Volunteer, StoreFault>;

    /// The evenings of a region from one to another, both among them, that have a roster.
    fn roster(&self, region: &str, from: &Day, to: &Day) -> Result<Vec<RosterDay>, StoreFault>;

    /// Keeps who is on an evening.
    fn set_roster(&self, act: &Act<'_>, after: &RosterDay) -> Result<RosterDay, StoreFault>;

    /// What people have said of the evenings from one to another, both among them.
    fn duty_answers(
        &self,
        region: &str,
        from: &Day,
        to: &Day,
    ) -> Result<Vec<(Day, VolunteerId, DutyAnswer)>, StoreFault>;

    /// Keeps by which secret the calendar of an account in a region is known, in place of the one before.
    fn set_calendar_key(
        &self,
        region: &str,
        account: AccountId,
        hash: &SecretHash,
        now: Moment,
    ) -> Result<(), StoreFault>;

    /// Whose calendar a secret opens, and of which region; none if its account is shut out.
    fn calendar_of(&self, hash: &SecretHash) -> Result<Option<(String, AccountId)>, StoreFault>;

    /// Keeps what somebody says of an evening.
    fn answer_duty(
        &self,
        act: &Act<'_>,
        day: &Day,
        volunteer: VolunteerId,
        answer: DutyAnswer,
    ) -> Result<(), StoreFault>;

    /// Keeps an evening that somebody has taken over: who is on it, that one cannot, and that the other comes.
    fn hand_over(
        &self,
        act: &Act<'_>,
        after: &RosterDay,
        from: VolunteerId,
        to: VolunteerId,
    ) -> Result<(), StoreFault>;
}
