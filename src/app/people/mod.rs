//! Those who sign in: accounts, sessions, invitations, keys of programs.

pub mod fault;
mod first;
mod identities;
mod passwords;
mod secret;
mod signed_in;
mod throttle;

pub use first::NewProgram;
pub use secret::Secret;
pub(in crate::app) use secret::hash;
pub use signed_in::SignedIn;

use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use crate::app::clock;
use crate::app::keeping::Keeping;
use crate::app::people::fault::PeopleFault;
use crate::app::people::throttle::Throttle;
use crate::model::account::Account;
use crate::model::account::AccountId;
use crate::model::account::AccountName;
use crate::model::account::Grant;
use crate::model::account::Invitation;
use crate::model::account::InvitationId;
use crate::model::account::Key;
use crate::model::account::KeyId;
use crate::model::account::Role;
use crate::model::moment::Moment;
use crate::model::text::Name;
use crate::model::volunteer::VolunteerId;
use crate::store::Store;
use crate::store::accounts::AccountChange;
use crate::store::accounts::By;
use crate::store::accounts::NewKey;
use crate::store::accounts::NewSession;
use crate::store::accounts::Offer;
use crate::store::accounts::Proof;
use crate::store::accounts::Taker;
use crate::store::fault::StoreFault;

/// A session ends by itself after so many days.
pub const SESSION_DAYS: i64 = 14;

/// An invitation can be taken for so many days.
pub const INVITATION_DAYS: i64 = 7;

/// A key opens something for at most so many days.
pub const MOST_KEY_DAYS: i64 = 730;

/// What the audit log calls those who have no account; nobody is called so.
const NOBODY: [&str; 3] = ["stranger", "import", "zhugan"];

/// Those who sign in to a service.
#[derive(Debug)]
pub struct People {
    keeping: Keeping,
    /// Wrong passwords, by name and by where they come from.
    guesses: Mutex<Throttle<(String, Option<IpAddr>)>>,
    /// Wrong passwords and invitations, by where they come from.
    strangers: Mutex<Throttle<IpAddr>>,
}

/// An account, and the secret of a session that has begun for it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Whose it is.
    pub account: Account,
    /// The session's; none if there was a session already.
    pub session: Option<Secret>,
}

impl People {
    /// Those whom a store knows.
    pub fn new(keeping: Keeping) -> Self {
        Self {
            keeping,
            guesses: Mutex::new(Throttle::new(5)),
            strangers: Mutex::new(Throttle::new(30)),
        }
    }

    /// Whoever signs in with a name and a password; a session that the browser had ends.
    ///
    /// Whether a name is known cannot be told from the answer, nor from how long it takes.
    ///
    /// # Errors
    ///
    /// For a wrong name or password, and after too many of them.
    pub fn sign_in(
        &self,
        (name, password): (&str, &str),
        from: Option<IpAddr>,
        instead_of: Option<&str>,
    ) -> Result<Entry, PeopleFault> {
        let known = AccountName::new(name).ok();
        let key = known.as_ref().map_or_else(String::new, AccountName::key);
        self.may_guess(&key, from)?;
        let found = match &known {
            Some(name) => self.keep(|store| store.account_named(name))?,
            None => None,
        };
        let (account, kept) = found.unzip();
        let fits = passwords::fits(password, kept.flatten().as_deref());
        let account = account.filter(|account| fits && account.is_active);
        let Some(account) = account else {
            self.has_guessed(&key, from);
            return Err(PeopleFault::WrongPassword);
        };
        locked(&self.guesses).forget(&(key, from));
        self.enter(account, instead_of, false)
    }

    /// Whose session it is.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn of_session(&self, secret: &str) -> Result<Option<SignedIn>, PeopleFault> {
        let session = hash(secret);
        let account = self.keep(|store| store.session(&session, clock::now()))?;
        Ok(account.map(|account| SignedIn {
            account,
            key: None,
            session: Some(session),
        }))
    }

    /// Whose key it is.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn of_key(&self, secret: &str) -> Result<Option<SignedIn>, PeopleFault> {
        let now = clock::now();
        let found = self.keep(|store| store.key(&hash(secret), now))?;
        if let Some((_, key)) = found.as_ref().filter(|(_, key)| key.is_newly_used(now)) {
            // A program is let in also where this cannot be kept, as on a full disk.
            let _ = self.keep(|store| store.use_key(key.id, now));
        }
        Ok(found.map(|(account, key)| SignedIn {
            account,
            key: Some(key),
            session: None,
        }))
    }

    /// Ends a session.
    ///
    /// # Errors
    ///
    /// If that cannot be kept.
    pub fn sign_out(&self, secret: &str) -> Result<(), PeopleFault> {
        self.keep(|store| store.end_session(&hash(secret)))
    }

    /// Another password for whoever knows the old one; signs them out everywhere else.
    ///
    /// # Errors
    ///
    /// For a wrong old one, too many of them, a new one that is easy to guess, and for a program.
    pub fn change_password(
        &self,
        who: &SignedIn,
        (old, new): (&str, &str),
        from: Option<IpAddr>,
    ) -> Result<(), PeopleFault> {
        let session = who.session.ok_or(PeopleFault::OnlyPeople)?;
        let name = &who.account.name;
        let key = name.key();
        self.may_guess(&key, from)?;
        let found = self.keep(|store| store.account_named(name))?;
        let kept = found.and_then(|(_, kept)| kept);
        if !passwords::fits(old, kept.as_deref()) {
            self.has_guessed(&key, from);
            return Err(PeopleFault::WrongPassword);
        }
        let new = passwords::kept(new, name)?;
        let by = who.who();
        self.keep(|store| store.set_password(&now(&by), who.account.id, &new, &session))
    }

    /// Offers a role; gives the secret that takes it, which is never to be had again.
    ///
    /// # Errors
    ///
    /// If whoever offers it does not hold as much, or is no planner.
    pub fn invite(
        &self,
        who: &SignedIn,
        grant: &Grant,
        volunteer: Option<VolunteerId>,
    ) -> Result<(Invitation, Secret), PeopleFault> {
        who.must_hold(Role::Planner, grant.region.as_deref())?;
        who.must_hold(grant.role, grant.region.as_deref())?;
        self.offer(&who.who(), Offer { grant, volunteer })
    }

    /// The invitations that somebody may take back.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn invitations(&self, who: &SignedIn) -> Result<Vec<Invitation>, PeopleFault> {
        let open = self.keep(|store| store.invitations(clock::now()))?;
        let is_theirs = |invitation: &Invitation| {
            let Grant { role, region } = &invitation.grant;
            who.may((*role).max(Role::Planner), region.as_deref())
        };
        Ok(open.into_iter().filter(is_theirs).collect())
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    ///
    /// If there is no such one, or they could not have given it.
    pub fn withdraw(&self, who: &SignedIn, id: InvitationId) -> Result<(), PeopleFault> {
        let is_theirs = self
            .invitations(who)?
            .iter()
            .any(|invitation| invitation.id == id);
        let by = who.who();
        let is_gone = is_theirs && self.keep(|store| store.withdraw(&now(&by), id))?;
        is_gone.then_some(()).ok_or(PeopleFault::UnknownInvitation)
    }

    /// What an invitation offers.
    ///
    /// # Errors
    ///
    /// If it cannot be taken, or too many have been tried.
    pub fn invitation(
        &self,
        secret: &str,
        from: Option<IpAddr>,
    ) -> Result<Invitation, PeopleFault> {
        self.may_try(from)?;
        let found = self.keep(|store| store.invitation(&hash(secret), clock::now()))?;
        found.ok_or_else(|| {
            self.has_tried(from);
            PeopleFault::UnknownInvitation
        })
    }

    /// Takes an invitation as somebody new, who is signed in by that.
    ///
    /// # Errors
    ///
    /// If it cannot be taken, the name is taken or none, or the password is easy to guess.
    pub fn join(
        &self,
        secret: &str,
        (name, password): (&str, &str),
        from: Option<IpAddr>,
        instead_of: Option<&str>,
    ) -> Result<Entry, PeopleFault> {
        self.invitation(secret, from)?;
        let name = new_name(name)?;
        let password = passwords::kept(password, &name)?;
        let taker = Taker::New {
            name: &name,
            proof: Proof::Password(&password),
        };
        let account = self.keep(|store| store.take(&hash(secret), &taker, clock::now()))?;
        self.enter(account, instead_of, false)
    }

    /// Takes an invitation as somebody who has an account: one role more.
    ///
    /// # Errors
    ///
    /// If it cannot be taken.
    pub fn join_as(
        &self,
        who: &SignedIn,
        secret: &str,
        from: Option<IpAddr>,
    ) -> Result<Entry, PeopleFault> {
        if who.session.is_none() {
            return Err(PeopleFault::OnlyPeople);
        }
        self.invitation(secret, from)?;
        let taker = Taker::Known(who.account.id);
        let account = self.keep(|store| store.take(&hash(secret), &taker, clock::now()))?;
        Ok(Entry {
            account,
            session: None,
        })
    }

    /// The accounts that somebody may see: all, or those with a role in the regions that they plan for.
    ///
    /// # Errors
    ///
    /// If they are no planner.
    pub fn accounts(&self, who: &SignedIn) -> Result<Vec<Account>, PeopleFault> {
        if !who.may_somewhere(Role::Planner) {
            return Err(PeopleFault::NotAllowed {
                needed: Role::Planner,
            });
        }
        let all = self.keep(|store| store.accounts())?;
        let is_theirs = |account: &Account| {
            let sees = |grant: &Grant| who.may(Role::Planner, grant.region.as_deref());
            who.may(Role::Administrator, None) || account.grants.iter().any(sees)
        };
        Ok(all.into_iter().filter(is_theirs).collect())
    }

    /// Says what somebody may do from now on, and whether they may sign in.
    ///
    /// # Errors
    ///
    /// If whoever says it is no administrator of all regions, there is no such account, or nobody would be left who is.
    pub fn set_account(
        &self,
        who: &SignedIn,
        id: AccountId,
        is_active: Option<bool>,
        grants: Option<&[Grant]>,
    ) -> Result<Account, PeopleFault> {
        who.must_hold(Role::Administrator, None)?;
        let change = AccountChange {
            is_active,
            grants,
            must_leave_an_administrator: true,
        };
        let by = who.who();
        self.keep(|store| store.set_account(&now(&by), id, &change))
    }

    /// A key for a program of somebody's; gives the secret, which is never to be had again.
    ///
    /// # Errors
    ///
    /// If it may do more than its owner, lives for too long, or a program asks for it.
    pub fn make_key(
        &self,
        who: &SignedIn,
        name: &Name,
        grant: &Grant,
        days: i64,
    ) -> Result<(Key, Secret), PeopleFault> {
        if who.session.is_none() {
            return Err(PeopleFault::OnlyPeople);
        }
        who.must_hold(grant.role, grant.region.as_deref())?;
        if !(1..=MOST_KEY_DAYS).contains(&days) {
            return Err(PeopleFault::BadDays { days });
        }
        let secret = Secret::of_key()?;
        let now = clock::now();
        let key = NewKey {
            hash: secret.hash(),
            name: name.as_str(),
            grant,
            expires_at: in_days(now, days),
        };
        let by = who.who();
        let by = By { who: &by, at: now };
        let key = self.keep(|store| store.add_key(&by, who.account.id, &key))?;
        Ok((key, secret))
    }

    /// Somebody's keys.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn keys(&self, who: &SignedIn) -> Result<Vec<Key>, PeopleFault> {
        self.keep(|store| store.keys(who.account.id, clock::now()))
    }

    /// Has one of somebody's keys open nothing any more.
    ///
    /// # Errors
    ///
    /// If there is no such key of theirs.
    pub fn end_key(&self, who: &SignedIn, id: KeyId) -> Result<(), PeopleFault> {
        let by = who.who();
        let is_gone = self.keep(|store| store.end_key(&now(&by), who.account.id, id))?;
        is_gone.then_some(()).ok_or(PeopleFault::UnknownKey(id.0))
    }

    fn offer(&self, by: &str, offer: Offer<'_>) -> Result<(Invitation, Secret), PeopleFault> {
        let secret = Secret::new()?;
        let by = now(by);
        let until = in_days(by.at, INVITATION_DAYS);
        let given = self.keep(|store| store.add_invitation(&by, &secret.hash(), offer, until))?;
        Ok((given, secret))
    }

    fn enter(
        &self,
        account: Account,
        instead_of: Option<&str>,
        is_by_provider: bool,
    ) -> Result<Entry, PeopleFault> {
        // A new secret each time: whoever has planted one in a browser has planted nothing.
        let secret = Secret::new()?;
        let now = clock::now();
        let session = NewSession {
            hash: secret.hash(),
            at: now,
            expires_at: in_days(now, SESSION_DAYS),
            is_by_provider,
        };
        let instead_of = instead_of.map(hash);
        self.keep(|store| store.open_session(account.id, &session, instead_of.as_ref()))?;
        Ok(Entry {
            account,
            session: Some(secret),
        })
    }

    fn may_guess(&self, name: &str, from: Option<IpAddr>) -> Result<(), PeopleFault> {
        self.may_try(from)?;
        let wait = locked(&self.guesses).wait(&(name.to_owned(), from), clock::since_1970());
        PeopleFault::after(wait)
    }

    fn has_guessed(&self, name: &str, from: Option<IpAddr>) {
        let now = clock::since_1970();
        locked(&self.guesses).failed((name.to_owned(), from), now);
        self.has_tried(from);
    }

    fn may_try(&self, from: Option<IpAddr>) -> Result<(), PeopleFault> {
        let now = clock::since_1970();
        let wait = from.and_then(|from| locked(&self.strangers).wait(&from, now));
        PeopleFault::after(wait)
    }

    fn has_tried(&self, from: Option<IpAddr>) {
        if let Some(from) = from {
            locked(&self.strangers).failed(from, clock::since_1970());
        }
    }

    /// Asks the store.
    fn keep<T>(
        &self,
        work: impl FnOnce(&dyn Store) -> Result<T, StoreFault>,
    ) -> Result<T, PeopleFault> {
        work(&*self.keeping.store).map_err(|fault| match fault {
            StoreFault::NameTaken(name) => PeopleFault::NameTaken(name),
            StoreFault::UnknownInvitation => PeopleFault::UnknownInvitation,
            StoreFault::UnknownAccount(id) => PeopleFault::UnknownAccount(id.0),
            StoreFault::LastAdministrator => PeopleFault::LastAdministrator,
            StoreFault::TooMany(what) => PeopleFault::TooMany(what),
            other => PeopleFault::Kept(Box::new(self.keeping.fault(&other))),
        })
    }
}

/// A name that somebody new may have, if nobody has it yet.
fn new_name(text: &str) -> Result<AccountName, PeopleFault> {
    let name = AccountName::new(text)?;
    if NOBODY.contains(&name.key().as_str()) {
        return Err(PeopleFault::NameTaken(name.as_str().to_owned()));
    }
    Ok(name)
}

fn now(who: &str) -> By<'_> {
    By {
        who,
        at: clock::now(),
    }
}

fn in_days(now: Moment, days: i64) -> Moment {
    Moment {
        ms: now.ms + days * 86_400_000,
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
