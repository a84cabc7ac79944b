//! Why somebody is not let in, or may not do what they ask for.

use std::time::Duration;

use crate::app::fault::Fault;
use crate::app::names::of_account_role;
use crate::app::people::MOST_KEY_DAYS;
use crate::app::people::passwords::SHORTEST;
use crate::model::account::BadName;
use crate::model::account::Role;

/// Why somebody is not let in, or may not do what they ask for.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PeopleFault {
    /// A name and a password that do not go together; which of them is wrong is told to nobody.
    #[error("the name or the password is wrong")]
    WrongPassword,
    /// Somebody whom a provider vouches for, and who has no account here or is shut out.
    #[error(
        "no account here is yours by that provider; ask an administrator or a planner for an invitation, and take it with the provider"
    )]
    UnknownIdentity,
    /// Too many wrong ones.
    #[error("too many wrong attempts; try again in {wait_s} s")]
    TooManyAttempts {
        /// Seconds until the next is looked at.
        wait_s: u64,
    },
    /// A password that is easy to guess.
    #[error(
        "the password {0}; take at least {SHORTEST} characters that nobody guesses, such as four words"
    )]
    WeakPassword(&'static str),
    /// A text that is no name.
    #[error(transparent)]
    BadName(#[from] BadName),
    /// Somebody has the name already.
    #[error("there is somebody of the name {0} already; take another")]
    NameTaken(String),
    /// An invitation that cannot be taken.
    #[error(
        "there is no such invitation, or it has been used or taken back, or it has expired; ask whoever gave it for another"
    )]
    UnknownInvitation,
    /// No such account.
    #[error("there is no account {0}")]
    UnknownAccount(i64),
    /// Nobody of this name.
    #[error("there is nobody of the name {0}; zhugan user list tells who there is")]
    UnknownName(String),
    /// No such key.
    #[error("there is no key {0} of yours")]
    UnknownKey(i64),
    /// Somebody without the role that it takes.
    #[error("this takes the role {}; ask an administrator for it", of_account_role(*.needed))]
    NotAllowed {
        /// The least role that may.
        needed: Role,
    },
    /// A program that does what only people can.
    #[error("a program with a key cannot do this; sign in with a password")]
    OnlyPeople,
    /// Nobody would be left who can say who may do what.
    #[error("nobody else is an administrator of all regions; make somebody else one first")]
    LastAdministrator,
    /// A key for too long, or for no time.
    #[error("expires_in_days is {days}; give a number from 1 to {MOST_KEY_DAYS}")]
    BadDays {
        /// As asked.
        days: i64,
    },
    /// More than anybody needs.
    #[error("there are too many {0} already; end some of them first")]
    TooMany(&'static str),
    /// The system gives no chance for a secret.
    #[error("the system gives no random numbers: {0}")]
    NoChance(String),
    /// The store cannot do it.
    #[error(transparent)]
    Kept(Box<Fault>),
}

impl PeopleFault {
    /// None if nobody has to wait.
    pub(super) fn after(wait: Option<Duration>) -> Result<(), Self> {
        let Some(wait) = wait else {
            return Ok(());
        };
        let wait_s = wait.as_secs() + u64::from(wait.subsec_nanos() != 0);
        Err(Self::TooManyAttempts { wait_s })
    }
}
