//! The command user: who signs in, said by whoever runs the program.

use std::io::Read;

use anyhow::Context;

use crate::app::clock;
use crate::app::keeping::Keeping;
use crate::app::names;
use crate::app::people::INVITATION_DAYS;
use crate::app::people::NewProgram;
use crate::app::people::People;
use crate::cli::keeping;
use crate::cli::output;
use crate::cli::user_arguments::UserArguments;
use crate::cli::user_arguments::UserCommand;
use crate::model::account::Account;
use crate::model::account::Grant;

/// The most bytes of a password that are read; more is no password.
const LONGEST_PASSWORD: u64 = 4_096;

/// Does what is asked; a service may go on meanwhile.
pub(super) fn user(asked: UserArguments) -> anyhow::Result<()> {
    let people = People::new(Keeping::beside(&keeping::dir(asked.data)?)?);
    let told = match asked.command {
        UserCommand::List => people.everybody()?.iter().map(line).collect(),
        UserCommand::Invite(grant) => {
            let (_, secret) = people.invite_as_program(&grant.into())?;
            format!(
                "#invitation={}\nPut it behind the page's address; it works once, within {INVITATION_DAYS} days.\n",
                secret.as_str()
            )
        }
        UserCommand::Key { name, grant, days } => {
            let (name, grant) = (&name, &Grant::from(grant));
            let secret = people.let_program_in(&NewProgram { name, grant, days })?;
            format!("{}\n", secret.as_str())
        }
        UserCommand::Password { name } => {
            people.reset_password(&name, &password()?)?;
            format!(
                "{} has another password, and is signed out everywhere.\n",
                name.as_str()
            )
        }
        UserCommand::Shut { name } => {
            people.shut(&name, false)?;
            format!("{} can sign in no more.\n", name.as_str())
        }
        UserCommand::Open { name } => {
            people.shut(&name, true)?;
            format!("{} can sign in again.\n", name.as_str())
        }
    };
    output::print(told.as_bytes())
}

fn line(account: &Account) -> String {
    let grants = account.grants.iter().map(|grant| {
        let region = grant.region.as_deref().unwrap_or("all regions");
        format!("{} in {region}", names::of_account_role(grant.role))
    });
    let grants: Vec<String> = grants.collect();
    let last = account.signed_in_at.map(clock::text);
    let last = last.map_or_else(
        || "never signed in".to_owned(),
        |last| format!("signed in last at {last}"),
    );
    let shut = if account.is_active { "" } else { ", shut out" };
    let name = account.name.as_str();
    format!("{name}: {}; {last}{shut}\n", grants.join(", "))
}

/// The first line of standard input.
fn password() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .take(LONGEST_PASSWORD)
        .read_to_string(&mut text)
        .context("cannot read the password from standard input")?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
