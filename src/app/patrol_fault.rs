//! Why a patrol that is found is not changed or published as somebody wants it.

/// What is wrong with it, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatrolFault {
    /// A stretch is not where somebody takes it from.
    #[error(
        "the plan has no stretch {stretch:?} there, or no such team; look at the newest plan, and name a stretch of the team that has it"
    )]
    NotInPlan {
        /// As asked.
        stretch: String,
    },
    /// A team cannot be at a stretch and back in its time, so that nobody has measured how far it would be.
    #[error(
        "team {number}, counted from 0, gets nowhere near that stretch in its time; give it to a nearer team, or plan with more minutes"
    )]
    TooFarForTeam {
        /// Counted from 0.
        number: usize,
    },
    /// A plan that can only be looked at any more.
    #[error(
        "the plan {id:?} is not ready, or too long ago to be changed by hand; plan the evening again"
    )]
    PlanIsFinal {
        /// As asked.
        id: String,
    },
    /// Nothing was published for an evening.
    #[error("{region} has no published patrol for {day}; publish a plan with PUT")]
    Unpublished {
        /// The region's id.
        region: String,
        /// The day, as asked.
        day: String,
    },
    /// Something was published for an evening already.
    #[error(
        "{day} has a published patrol already, number {number}; look at it, and send its validator in if-match to put another in its place"
    )]
    Published {
        /// The day.
        day: String,
        /// Its number.
        number: i64,
    },
    /// A plan of another evening.
    #[error("the plan is for {day}; publish it there")]
    OtherEvening {
        /// The plan's day.
        day: String,
    },
    /// No such team.
    #[error("the plan has no team {number}, counted from 1; name one that it has")]
    UnknownTeam {
        /// As asked.
        number: usize,
    },
}
