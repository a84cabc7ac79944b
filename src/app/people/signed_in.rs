//! Somebody who has shown who they are.

use crate::app::people::fault::PeopleFault;
use crate::model::account::Account;
use crate::model::account::Key;
use crate::model::account::Role;
use crate::store::accounts::SecretHash;

/// Somebody who has signed in, or a program with a key of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// The key, if it is a program.
    pub key: Option<Key>,
    /// The session, if it is a person.
    pub(super) session: Option<SecretHash>,
}

impl SignedIn {
    /// Whether they may do what takes a role in a region, or, if no region is named, in all of them: a program what both
    /// its key and its owner may.
    pub fn may(&self, role: Role, region: Option<&str>) -> bool {
        let opens = |key: &Key| key.grant.covers(role, region);
        self.account.may(role, region) && self.key.as_ref().is_none_or(opens)
    }

    /// Whether they may do what takes a role in some region.
    pub fn may_somewhere(&self, role: Role) -> bool {
        let opens = |key: &Key| role <= key.grant.role;
        self.account.may_somewhere(role) && self.key.as_ref().is_none_or(opens)
    }

    /// They hold a role in a region, or, if no region is named, in all of them.
    ///
    /// # Errors
    ///
    /// If they do not.
    pub fn must_hold(&self, role: Role, region: Option<&str>) -> Result<(), PeopleFault> {
        let fault = PeopleFault::NotAllowed { needed: role };
        self.may(role, region).then_some(()).ok_or(fault)
    }

    /// What their changes are signed with.
    pub fn who(&self) -> String {
        let name = self.account.name.as_str();
        match &self.key {
            None => name.to_owned(),
            // A program that whoever runs this one has let in goes by its own name.
            Some(key) if key.name == name => name.to_owned(),
            Some(key) => format!("{name} ({})", key.name),
        }
    }
}
