//! The roster: who is in which team on an evening, and what they have answered.

use serde::Deserialize;
use serde::Serialize;

use crate::model::day::Day;
use crate::model::text::Name;
use crate::model::volunteer::VolunteerId;

/// So many teams an evening has at most.
pub const MOST_TEAMS: usize = 40;

/// So many volunteers a team has at most.
pub const MOST_MEMBERS: usize = 20;

/// Somebody who is on an evening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub volunteer: VolunteerId,
    /// Whether they stay there when a week is proposed again.
    pub is_locked: bool,
}

/// A team of an evening; its number is that of the team of the evening's patrol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterTeam {
    /// What people call it.
    pub name: Option<Name>,
    /// Who is in it, each once.
    pub members: Vec<Member>,
}

/// Who is on an evening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterDay {
    /// The evening.
    pub day: Day,
    /// The teams, the first of them number 1.
    pub teams: Vec<RosterTeam>,
    /// Whether volunteers see it.
    pub is_published: bool,
    /// Counts up with every change.
    pub version: i64,
}

impl RosterDay {
    /// The number of the team that somebody is in, counted from 1.
    pub fn team_of(&self, volunteer: VolunteerId) -> Option<usize> {
        let is_in = |team: &RosterTeam| {
            let mut members = team.members.iter();
            members.any(|member| member.volunteer == volunteer)
        };
        self.teams.iter().position(is_in).map(|index| index + 1)
    }

    /// Everybody who is on it.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.teams.iter().flat_map(|team| &team.members)
    }
}

/// What somebody says of an evening that they are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyAnswer {
    /// They come.
    Comes,
    /// They cannot.
    Cannot,
    /// They are on still, and look for somebody who takes the evening over.
    HandsOver,
}

impl DutyAnswer {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Comes, Self::Cannot, Self::HandsOver];
}
