//! What is kept of those who sign in.

use std::fmt::Debug;

use crate::model::account::Account;
use crate::model::account::AccountId;
use crate::model::account::AccountName;
use crate::model::account::Grant;
use crate::model::account::Identity;
use crate::model::account::Invitation;
use crate::model::account::InvitationId;
use crate::model::account::Key;
use crate::model::account::KeyId;
use crate::model::moment::Moment;
use crate::model::volunteer::VolunteerId;
use crate::store::fault::StoreFault;

/// Under which region the audit log keeps what belongs to none.
pub const EVERYWHERE: &str = "";

/// The hash of a secret; the secret itself is kept nowhere.
pub type SecretHash = [u8; 32];

/// Keeps accounts and what lets people in, each change with its row in the audit log (of no region), whole or not at all.
pub trait AccountStore: Debug + Send + Sync {
    /// Every account, by name.
    fn accounts(&self) -> Result<Vec<Account>, StoreFault>;

    /// The account of a name, whatever the size of its letters, with the hash of its password.
    fn account_named(
        &self,
        name: &AccountName,
    ) -> Result<Option<(Account, Option<String>)>, StoreFault>;

    /// The account that an identity opens.
    fn account_of(&self, identity: &Identity) -> Result<Option<Account>, StoreFault>;

    /// Keeps what somebody may do, and whether they may sign in at all; who may not is signed out everywhere.
    fn set_account(
        &self,
        by: &By<'_>,
        id: AccountId,
        change: &AccountChange<'_>,
    ) -> Result<Account, StoreFault>;

    /// Keeps another password; every session but one ends.
    fn set_password(
        &self,
        by: &By<'_>,
        id: AccountId,
        password: &str,
        but: &SecretHash,
    ) -> Result<(), StoreFault>;

    /// Opens a session of an account; one that its holder had in the same browser ends.
    fn open_session(
        &self,
        account: AccountId,
        session: &NewSession,
        instead_of: Option<&SecretHash>,
    ) -> Result<(), StoreFault>;

    /// Whose session it is, unless it has ended or its holder is shut out.
    fn session(&self, hash: &SecretHash, now: Moment) -> Result<Option<Account>, StoreFault>;

    /// Ends a session.
    fn end_session(&self, hash: &SecretHash) -> Result<(), StoreFault>;

    /// Offers a role.
    fn add_invitation(
        &self,
        by: &By<'_>,
        hash: &SecretHash,
        offer: Offer<'_>,
        expires_at: Moment,
    ) -> Result<Invitation, StoreFault>;

    /// Invitations that can be taken.
    fn invitations(&self, now: Moment) -> Result<Vec<Invitation>, StoreFault>;

    /// The invitation of a secret, if it can be taken.
    fn invitation(&self, hash: &SecretHash, now: Moment) -> Result<Option<Invitation>, StoreFault>;

    /// Takes an offer back; says whether there was one.
    fn withdraw(&self, by: &By<'_>, id: InvitationId) -> Result<bool, StoreFault>;

    /// Takes an invitation: a new account with its role, or one more role of an account.
    fn take(&self, hash: &SecretHash, taker: &Taker<'_>, at: Moment)
    -> Result<Account, StoreFault>;

    /// Keeps a key of an account.
    fn add_key(&self, by: &By<'_>, account: AccountId, key: &NewKey<'_>)
    -> Result<Key, StoreFault>;

    /// The keys of an account that open something.
    fn keys(&self, account: AccountId, now: Moment) -> Result<Vec<Key>, StoreFault>;

    /// Has a key of an account open nothing any more; says whether there was one.
    fn end_key(&self, by: &By<'_>, account: AccountId, id: KeyId) -> Result<bool, StoreFault>;

    /// Whose key it is, unless it has ended or its owner is shut out.
    fn key(&self, hash: &SecretHash, now: Moment) -> Result<Option<(Account, Key)>, StoreFault>;

    /// Keeps that a key has been used, if that was not kept within the last minute.
    fn use_key(&self, id: KeyId, now: Moment) -> Result<(), StoreFault>;
}

/// Who changes something, and when.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The name of an account, or the program.
    pub who: &'a str,
    /// When.
    pub at: Moment,
}

/// A session that begins.
#[derive(Clone, Copy, Debug)]
pub struct NewSession {
    /// Of its secret.
    pub hash: SecretHash,
    /// When it begins.
    pub at: Moment,
    /// When it ends by itself.
    pub expires_at: Moment,
    /// Whether a provider has vouched for its holder, which is written down.
    pub is_by_provider: bool,
}

/// What changes of an account; what is left out stays.
#[derive(Clone, Copy, Debug)]
pub struct AccountChange<'a> {
    /// Whether its holder can sign in.
    pub is_active: Option<bool>,
    /// All that they may do from now on.
    pub grants: Option<&'a [Grant]>,
    /// Refused if nobody would be left who administers all regions.
    pub must_leave_an_administrator: bool,
}

/// A key that is made.
#[derive(Clone, Copy, Debug)]
pub struct NewKey<'a> {
    /// Of its secret.
    pub hash: SecretHash,
    /// What it is for.
    pub name: &'a str,
    /// What it may be used for.
    pub grant: &'a Grant,
    /// When it ends by itself.
    pub expires_at: Moment,
}

/// What an invitation offers.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// What its taker may do.
    pub grant: &'a Grant,
    /// Whom of the volunteers of the region it is for: from then on its taker signs in as them.
    pub volunteer: Option<VolunteerId>,
}

impl<'a> From<&'a Grant> for Offer<'a> {
    fn from(grant: &'a Grant) -> Self {
        Self {
            grant,
            volunteer: None,
        }
    }
}

/// Who takes an invitation.
#[derive(Clone, Copy, Debug)]
pub enum Taker<'a> {
    /// Somebody new.
    New {
        /// Under this name.
        name: &'a AccountName,
        /// With this to show.
        proof: Proof<'a>,
    },
    /// Somebody who has an account.
    Known(AccountId),
}

/// What somebody new shows from then on.
#[derive(Clone, Copy, Debug)]
pub enum Proof<'a> {
    /// A password, of which this is the hash.
    Password(&'a str),
    /// The word of a provider.
    Identity(&'a Identity),
    /// The key of a program.
    Key,
}
