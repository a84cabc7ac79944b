//! Volunteers: who walks the banks in the evening, what they can do, and on which weekdays they come.

use serde::Deserialize;
use serde::Serialize;

use crate::model::account::AccountId;
use crate::model::day::Day;
use crate::model::text::Name;

/// The number of a volunteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VolunteerId(pub i64);

/// The four kinds of volunteers that Fengqiao has, and others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VolunteerKind {
    /// 村干部.
    VillageCadre,
    /// 网格员.
    GridWorker,
    /// 救援队员.
    RescueTeam,
    /// 党员志愿者.
    PartyVolunteer,
    /// Somebody else.
    Other,
}

impl VolunteerKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::VillageCadre,
        Self::GridWorker,
        Self::RescueTeam,
        Self::PartyVolunteer,
        Self::Other,
    ];
}

/// What somebody can do besides walking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skill {
    /// Swims well enough to rescue.
    Swimmer,
    /// First aid.
    FirstAid,
    /// Has a boat, or steers one.
    Boat,
}

impl Skill {
    /// Every skill.
    pub const ALL: [Self; 3] = [Self::Swimmer, Self::FirstAid, Self::Boat];
}

/// On which days of the week somebody comes; Monday is the lowest of seven bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Weekdays(u8);

impl Weekdays {
    /// Every day.
    pub const ALL: Self = Self(0b111_1111);

    /// The days of some numbers, 1 (Monday) to 7 (Sunday, as ISO 8601 counts); none for any other number.
    pub fn of(days: impl IntoIterator<Item = u8>) -> Option<Self> {
        let mut bits = 0;
        for day in days {
            (1..=7).contains(&day).then_some(())?;
            bits |= 1 << (day - 1);
        }
        Some(Self(bits))
    }

    /// Their numbers, 1 (Monday) to 7 (Sunday).
    pub fn numbers(self) -> impl Iterator<Item = u8> {
        (1..=7).filter(move |day| self.0 & (1 << (day - 1)) != 0)
    }

    /// Whether a day is one of them.
    pub fn holds(self, day: &Day) -> bool {
        // The first day of 1970 was a Thursday.
        let weekday = (day.number() + 3).rem_euclid(7);
        self.0 & (1 << weekday) != 0
    }
}

impl TryFrom<u8> for Weekdays {
    type Error = &'static str;

    fn try_from(bits: u8) -> Result<Self, Self::Error> {
        (bits <= Self::ALL.0)
            .then_some(Self(bits))
            .ok_or("a week has seven days")
    }
}

impl From<Weekdays> for u8 {
    fn from(days: Weekdays) -> Self {
        days.0
    }
}

/// How somebody stands to the volunteers of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VolunteerState {
    /// They have answered the open call, and nobody has decided yet.
    Applied,
    /// They are on the roster.
    Active,
    /// They are not any more.
    Left,
}

impl VolunteerState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Applied, Self::Active, Self::Left];
}

/// What is said of a volunteer.
#[derive(Clone, Debug, PartialEq)]
pub struct VolunteerSays {
    /// What people call them.
    pub name: Name,
    /// Where they come from.
    pub kind: VolunteerKind,
    /// What they can do, each once, in order.
    pub skills: Vec<Skill>,
    /// When they come.
    pub weekdays: Weekdays,
    /// Where their team calls them.
    pub phone: Option<Name>,
}

/// Somebody who walks the banks.
#[derive(Clone, Debug, PartialEq)]
pub struct Volunteer {
    /// Their number.
    pub id: VolunteerId,
    /// Who they are.
    pub says: VolunteerSays,
    /// The account that they sign in with.
    pub account: Option<AccountId>,
    /// Whether they are on the roster.
    pub state: VolunteerState,
    /// Whether their way may be recorded; none: they have not been asked.
    pub consents: Option<bool>,
    /// Counts up with every change.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        let days = Weekdays::of([5, 7]).unwrap();
        assert!(days.holds(&Day::new("2026-11-27").unwrap()), "a Friday");
        assert!(!days.holds(&Day::new("2026-11-28").unwrap()), "a Saturday");
        assert!(days.holds(&Day::new("2026-11-29").unwrap()), "a Sunday");
        assert!(days.holds(&Day::new("1969-12-28").unwrap()), "before 1970");
        assert_eq!(days.numbers().collect::<Vec<_>>(), [5, 7]);
        assert_eq!(Weekdays::of([8]), None);
        assert_eq!(Weekdays::of([0]), None);
        assert!(Weekdays::try_from(128).is_err());
    }
}
