//! Signing in with a provider: it says who somebody is, an invitation what they may do.

use std::net::IpAddr;

use crate::app::clock;
use crate::app::people::Entry;
use crate::app::people::People;
use crate::app::people::fault::PeopleFault;
use crate::app::people::new_name;
use crate::app::people::secret::hash;
use crate::model::account::Account;
use crate::model::account::AccountName;
use crate::model::account::Identity;
use crate::store::accounts::Proof;
use crate::store::accounts::Taker;

impl People {
    /// The name under which somebody new could take an invitation: who cannot is told before going to the provider.
    ///
    /// # Errors
    ///
    /// If it cannot be taken, or the name is taken or none.
    pub fn could_join(
        &self,
        secret: &str,
        name: &str,
        from: Option<IpAddr>,
    ) -> Result<AccountName, PeopleFault> {
        self.invitation(secret, from)?;
        let name = new_name(name)?;
        match self.keep(|store| store.account_named(&name))? {
            Some(_) => Err(PeopleFault::NameTaken(name.as_str().to_owned())),
            None => Ok(name),
        }
    }

    /// Whoever a provider vouches for; a session that the browser had ends.
    ///
    /// # Errors
    ///
    /// If no account is theirs, or they are shut out.
    pub fn sign_in_as(
        &self,
        identity: &Identity,
        instead_of: Option<&str>,
    ) -> Result<Entry, PeopleFault> {
        let account = self.account_of(identity)?;
        let account = account.ok_or(PeopleFault::UnknownIdentity)?;
        self.enter(account, instead_of, true)
    }

    /// Takes an invitation as whoever a provider vouches for: somebody new under a name, or one role more of whoever has
    /// come with that provider before.
    ///
    /// # Errors
    ///
    /// If it cannot be taken, the name is taken or none, or they are shut out.
    pub fn join_with(
        &self,
        secret: &str,
        name: &str,
        identity: &Identity,
        instead_of: Option<&str>,
    ) -> Result<Entry, PeopleFault> {
        let known = self.account_of(identity)?;
        let name = new_name(name)?;
        let taker = match &known {
            Some(account) => Taker::Known(account.id),
            None => Taker::New {
                name: &name,
                proof: Proof::Identity(identity),
            },
        };
        let account = self.keep(|store| store.take(&hash(secret), &taker, clock::now()))?;
        self.enter(account, instead_of, true)
    }

    /// The account of an identity, if there is one.
    fn account_of(&self, identity: &Identity) -> Result<Option<Account>, PeopleFault> {
        let found = self.keep(|store| store.account_of(identity))?;
        match found {
            Some(account) if !account.is_active => Err(PeopleFault::UnknownIdentity),
            found => Ok(found),
        }
    }
}
