//! How the first come in, before there is anybody who could invite them: by whoever runs the program.

use crate::app::clock;
use crate::app::people::MOST_KEY_DAYS;
use crate::app::people::People;
use crate::app::people::Secret;
use crate::app::people::fault::PeopleFault;
use crate::app::people::in_days;
use crate::app::people::now;
use crate::app::people::passwords;
use crate::model::account::Account;
use crate::model::account::AccountName;
use crate::model::account::Grant;
use crate::model::account::Invitation;
use crate::model::account::Role;
use crate::store::accounts::AccountChange;
use crate::store::accounts::NewKey;
use crate::store::accounts::Proof;
use crate::store::accounts::Taker;

/// Who has given what nobody with an account has.
const PROGRAM: &str = "zhugan";

/// A program that is let in by whoever runs this one.
#[derive(Clone, Debug)]
pub struct NewProgram<'a> {
    /// Under which name it changes things.
    pub name: &'a AccountName,
    /// What it may do.
    pub grant: &'a Grant,
    /// For so many days.
    pub days: i64,
}

impl People {
    /// The secret of an invitation for the first administrator, if there is no account yet; one from an earlier start opens
    /// nothing any more.
    ///
    /// # Errors
    ///
    /// If it cannot be kept.
    pub fn first_invitation(&self) -> Result<Option<Secret>, PeopleFault> {
        if !self.keep(|store| store.accounts())?.is_empty() {
            return Ok(None);
        }
        for old in self.keep(|store| store.invitations(clock::now()))? {
            self.keep(|store| store.withdraw(&now(PROGRAM), old.id))?;
        }
        let grant = Grant {
            role: Role::Administrator,
            region: None,
        };
        self.offer(PROGRAM, (&grant).into())
            .map(|(_, secret)| Some(secret))
    }

    /// Offers a role, asked for by whoever runs the program.
    ///
    /// # Errors
    ///
    /// If it cannot be kept.
    pub fn invite_as_program(&self, grant: &Grant) -> Result<(Invitation, Secret), PeopleFault> {
        self.offer(PROGRAM, grant.into())
    }

    /// A key for a program; its account is made if it is not there.
    ///
    /// # Errors
    ///
    /// If the account is somebody's who may not do as much, or the days are too many.
    pub fn let_program_in(&self, program: &NewProgram<'_>) -> Result<Secret, PeopleFault> {
        let days = program.days;
        if !(1..=MOST_KEY_DAYS).contains(&days) {
            return Err(PeopleFault::BadDays { days });
        }
        let account = match self.keep(|store| store.account_named(program.name))? {
            Some((account, _)) => account,
            None => self.add_program(program)?,
        };
        if !account.may(program.grant.role, program.grant.region.as_deref()) {
            return Err(PeopleFault::NotAllowed {
                needed: program.grant.role,
            });
        }
        let secret = Secret::of_key()?;
        let by = now(PROGRAM);
        let key = NewKey {
            hash: secret.hash(),
            name: account.name.as_str(),
            grant: program.grant,
            expires_at: in_days(by.at, days),
        };
        self.keep(|store| store.add_key(&by, account.id, &key))?;
        Ok(secret)
    }

    /// Another password for somebody who has forgotten theirs, set by whoever runs the program; signs them out everywhere.
    ///
    /// # Errors
    ///
    /// If there is nobody of the name, or the password is easy to guess.
    pub fn reset_password(&self, name: &AccountName, password: &str) -> Result<(), PeopleFault> {
        let account = self.named(name)?;
        let kept = passwords::kept(password, name)?;
        // No session has this hash.
        let none = [0; 32];
        self.keep(|store| store.set_password(&now(PROGRAM), account.id, &kept, &none))
    }

    /// Everybody who can sign in, for whoever runs the program.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn everybody(&self) -> Result<Vec<Account>, PeopleFault> {
        self.keep(|store| store.accounts())
    }

    /// Lets somebody sign in or not, said by whoever runs the program.
    ///
    /// # Errors
    ///
    /// If there is nobody of the name.
    pub fn shut(&self, name: &AccountName, is_active: bool) -> Result<(), PeopleFault> {
        let account = self.named(name)?;
        let by = now(PROGRAM);
        // Whoever runs the program can let somebody in again.
        let change = AccountChange {
            is_active: Some(is_active),
            grants: None,
            must_leave_an_administrator: false,
        };
        self.keep(|store| store.set_account(&by, account.id, &change))
            .map(drop)
    }

    fn named(&self, name: &AccountName) -> Result<Account, PeopleFault> {
        let found = self.keep(|store| store.account_named(name))?;
        let (account, _) =
            found.ok_or_else(|| PeopleFault::UnknownName(name.as_str().to_owned()))?;
        Ok(account)
    }

    /// An account that nobody signs in to: it takes an invitation without a password.
    fn add_program(&self, program: &NewProgram<'_>) -> Result<Account, PeopleFault> {
        let (_, secret) = self.offer(PROGRAM, program.grant.into())?;
        let taker = Taker::New {
            name: program.name,
            proof: Proof::Key,
        };
        self.keep(|store| store.take(&secret.hash(), &taker, clock::now()))
    }
}
