//! Those who sign in, as the store's trait has it.

use crate::model::account::Account;
use crate::model::account::AccountId;
use crate::model::account::AccountName;
use crate::model::account::Identity;
use crate::model::account::Invitation;
use crate::model::account::InvitationId;
use crate::model::account::Key;
use crate::model::account::KeyId;
use crate::model::moment::Moment;
use crate::store::accounts::AccountChange;
use crate::store::accounts::AccountStore;
use crate::store::accounts::By;
use crate::store::accounts::NewKey;
use crate::store::accounts::NewSession;
use crate::store::accounts::Offer;
use crate::store::accounts::SecretHash;
use crate::store::accounts::Taker;
use crate::store::fault::StoreFault;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::accounts;
use crate::store::sqlite::identities;
use crate::store::sqlite::invitations;
use crate::store::sqlite::keys;
use crate::store::sqlite::sessions;

impl AccountStore for SqliteStore {
    fn accounts(&self) -> Result<Vec<Account>, StoreFault> {
        self.read(|transaction| accounts::all(transaction))
    }

    fn account_named(
        &self,
        name: &AccountName,
    ) -> Result<Option<(Account, Option<String>)>, StoreFault> {
        self.read(|transaction| accounts::named(transaction, name))
    }

    fn account_of(&self, identity: &Identity) -> Result<Option<Account>, StoreFault> {
        self.read(|transaction| identities::account_of(transaction, identity))
    }

    fn set_account(
        &self,
        by: &By<'_>,
        id: AccountId,
        change: &AccountChange<'_>,
    ) -> Result<Account, StoreFault> {
        self.write(|transaction| accounts::set(transaction, by, id, change))
    }

    fn set_password(
        &self,
        by: &By<'_>,
        id: AccountId,
        password: &str,
        but: &SecretHash,
    ) -> Result<(), StoreFault> {
        self.write(|transaction| accounts::set_password(transaction, by, id, password, but))
    }

    fn open_session(
        &self,
        account: AccountId,
        session: &NewSession,
        instead_of: Option<&SecretHash>,
    ) -> Result<(), StoreFault> {
        self.write(|transaction| sessions::open(transaction, account, session, instead_of))
    }

    fn session(&self, hash: &SecretHash, now: Moment) -> Result<Option<Account>, StoreFault> {
        self.read(|transaction| sessions::of(transaction, hash, now))
    }

    fn end_session(&self, hash: &SecretHash) -> Result<(), StoreFault> {
        self.write(|transaction| sessions::end(transaction, hash))
    }

    fn add_invitation(
        &self,
        by: &By<'_>,
        hash: &SecretHash,
        offer: Offer<'_>,
        expires_at: Moment,
    ) -> Result<Invitation, StoreFault> {
        self.write(|transaction| invitations::add(transaction, by, hash, offer, expires_at))
    }

    fn invitations(&self, now: Moment) -> Result<Vec<Invitation>, StoreFault> {
        self.read(|transaction| invitations::open(transaction, now))
    }

    fn invitation(&self, hash: &SecretHash, now: Moment) -> Result<Option<Invitation>, StoreFault> {
        self.read(|transaction| invitations::of_secret(transaction, hash, now))
    }

    fn withdraw(&self, by: &By<'_>, id: InvitationId) -> Result<bool, StoreFault> {
        self.write(|transaction| invitations::withdraw(transaction, by, id))
    }

    fn take(
        &self,
        hash: &SecretHash,
        taker: &Taker<'_>,
        at: Moment,
    ) -> Result<Account, StoreFault> {
        self.write(|transaction| invitations::take(transaction, hash, taker, at))
    }

    fn add_key(
        &self,
        by: &By<'_>,
        account: AccountId,
        key: &NewKey<'_>,
    ) -> Result<Key, StoreFault> {
        self.write(|transaction| keys::add(transaction, by, account, key))
    }

    fn keys(&self, account: AccountId, now: Moment) -> Result<Vec<Key>, StoreFault> {
        self.read(|transaction| keys::of_account(transaction, account, now))
    }

    fn end_key(&self, by: &By<'_>, account: AccountId, id: KeyId) -> Result<bool, StoreFault> {
        self.write(|transaction| keys::end(transaction, by, account, id))
    }

    fn key(&self, hash: &SecretHash, now: Moment) -> Result<Option<(Account, Key)>, StoreFault> {
        self.read(|transaction| keys::of_secret(transaction, hash, now))
    }

    fn use_key(&self, id: KeyId, now: Moment) -> Result<(), StoreFault> {
        self.write(|transaction| keys::used(transaction, id, now))
    }
}
