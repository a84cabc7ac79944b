//! Why something about volunteers, their evenings or what they hand in cannot be done.

use crate::model::roster::MOST_MEMBERS;
use crate::model::roster::MOST_TEAMS;

/// What is wrong with it, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DutyFault {
    /// No such volunteer in the region.
    #[error("no volunteer of this region has the number {id}; look at the list for those it has")]
    UnknownVolunteer {
        /// As asked.
        id: i64,
    },
    /// No account has this name.
    #[error("no account is called {name:?}; invite them first, or leave the account out")]
    UnknownAccount {
        /// As asked.
        name: String,
    },
    /// More than a region keeps.
    #[error(
        "there are too many volunteers here; decide about those who have applied, or let some leave"
    )]
    TooManyVolunteers,
    /// An account is one volunteer's at most.
    #[error("that account is another volunteer's already; take it from them first")]
    AccountTaken,
    /// Whoever asks is no volunteer of the region.
    #[error("your account is no volunteer's here; ask a planner to put you on the list")]
    NotOnRoster,
    /// Whoever answers is not on that evening.
    #[error("you are not on the evening of {day}; ask for your duty again")]
    NotOn {
        /// The evening.
        day: String,
    },
    /// Whoever takes an evening over is on it.
    #[error("you are on the evening of {day} already; somebody else has to take it over")]
    AlreadyOn {
        /// The evening.
        day: String,
    },
    /// Nobody hands the evening over, or not any more.
    #[error(
        "the evening of {day} is not handed over by them any more: somebody else was faster, or they come themselves; ask for your duty again"
    )]
    NotHandedOver {
        /// The evening.
        day: String,
    },
    /// An invitation for somebody who signs in already.
    #[error(
        "volunteer {id} has an account already; take it from them first, or invite without a volunteer"
    )]
    HasAccount {
        /// Their number.
        id: i64,
    },
    /// A roster that makes no sense.
    #[error(
        "the evening {why}; it takes at most {MOST_TEAMS} teams of at most {MOST_MEMBERS}, each volunteer once"
    )]
    BadRoster {
        /// What is wrong.
        why: String,
    },
    /// A report of nothing.
    #[error("the report is about nothing; give equipment, the id of a piece, or place")]
    NothingReported,
    /// A calendar that there is not.
    #[error(
        "no calendar is known by this key; ask for its address again with POST …/duty/calendar"
    )]
    NoCalendar,
    /// A number counts once.
    #[error("something else was handed in as {id} before; make a new number for every entry")]
    OtherEntry {
        /// The entry's number.
        id: String,
    },
    /// A right that is unknown or over.
    #[error(
        "the hand-in right is unknown or over; sign in and get another with POST …/duty/hand-in, then send the same again"
    )]
    NoHandInRight,
    /// A track without consent.
    #[error(
        "a track is kept only of somebody who has agreed to it; ask them, and send their answer with PUT …/duty/consent first"
    )]
    NoConsent,
}
