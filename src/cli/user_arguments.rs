//! The arguments of the command user.

use std::path::PathBuf;

use clap::Args;
use clap::Subcommand;

use crate::app::names;
use crate::model::account::AccountName;
use crate::model::account::Grant;
use crate::model::account::Role;

/// Who signs in, and where that is kept.
#[derive(Debug, Args)]
pub(super) struct UserArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: UserCommand,
    /// The folder that keeps it; your own data folder unless said otherwise
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Lists who can sign in, and what they may do
    List,
    /// Prints what takes a role, once: the page's address with it behind signs somebody in
    Invite(GrantArguments),
    /// Prints a key for a program, which shows it as a bearer token; it changes things under the name
    Key {
        /// The program's name
        #[arg(value_name = "NAME", value_parser = name)]
        name: AccountName,
        #[command(flatten)]
        grant: GrantArguments,
        /// It opens nothing after so many days
        #[arg(long, value_name = "N", default_value_t = 365)]
        days: i64,
    },
    /// Reads a new password from standard input, for somebody who has forgotten theirs
    Password {
        /// Whose it is
        #[arg(value_name = "NAME", value_parser = name)]
        name: AccountName,
    },
    /// Lets somebody sign in no more, and signs them out everywhere
    Shut {
        /// Whom
        #[arg(value_name = "NAME", value_parser = name)]
        name: AccountName,
    },
    /// Lets somebody sign in again
    Open {
        /// Whom
        #[arg(value_name = "NAME", value_parser = name)]
        name: AccountName,
    },
}

/// A role in one region, or in all.
#[derive(Debug, Args)]
pub(super) struct GrantArguments {
    /// The role: volunteer, dispatcher, planner or administrator; each may do what those before it may
    #[arg(long, value_name = "ROLE", value_parser = role)]
    pub role: Role,
    /// The id of the region; all regions unless it is given
    #[arg(long, value_name = "ID")]
    pub region: Option<String>,
}

impl From<GrantArguments> for Grant {
    fn from(asked: GrantArguments) -> Self {
        Self {
            role: asked.role,
            region: asked.region,
        }
    }
}

fn name(text: &str) -> Result<AccountName, String> {
    AccountName::new(text).map_err(|fault| fault.to_string())
}

fn role(text: &str) -> Result<Role, String> {
    let mut all = Role::ALL.into_iter();
    let found = all.find(|role| names::of_account_role(*role) == text.trim());
    found.ok_or_else(|| {
        let known = Role::ALL.map(names::of_account_role);
        format!("a role is one of {}", known.join(", "))
    })
}
