//! Accounts: who may do what, and in which region.

use serde::Deserialize;
use serde::Serialize;

use crate::model::moment::Moment;
use crate::model::volunteer::VolunteerId;

/// The fewest characters of an account's name.
const SHORTEST_NAME: usize = 2;

/// The most characters of an account's name.
const LONGEST_NAME: usize = 40;

/// What somebody may do; whoever holds one may do all that those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Walks the banks and reports what is seen there.
    Volunteer,
    /// Answers calls: is told who may come, sends them, records when they arrive.
    Dispatcher,
    /// Keeps the register, and reads who has changed what.
    Planner,
    /// Says who may do what.
    Administrator,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [
        Self::Volunteer,
        Self::Dispatcher,
        Self::Planner,
        Self::Administrator,
    ];
}

/// A role in one region, or in all of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The region's id; none for all regions, those that come later included.
    pub region: Option<String>,
}

impl Grant {
    /// Whether it lets its holder do what takes a role in a region, or, if no region is named, in all of them.
    pub fn covers(&self, role: Role, region: Option<&str>) -> bool {
        let is_there = self.region.is_none() || self.region.as_deref() == region;
        role <= self.role && is_there
    }
}

/// The number of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct AccountId(pub i64);

/// Somebody who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Its number; no other account has or had it.
    pub id: AccountId,
    /// What changes are signed with.
    pub name: AccountName,
    /// What its holder may do.
    pub grants: Vec<Grant>,
    /// Whether its holder can sign in.
    pub is_active: bool,
    /// When its holder signed in last.
    pub signed_in_at: Option<Moment>,
}

impl Account {
    /// Whether its holder may do what takes a role in a region, or, if no region is named, in all of them.
    pub fn may(&self, role: Role, region: Option<&str>) -> bool {
        self.is_active && self.grants.iter().any(|grant| grant.covers(role, region))
    }

    /// Whether its holder may do what takes a role in some region.
    pub fn may_somewhere(&self, role: Role) -> bool {
        self.is_active && self.grants.iter().any(|grant| role <= grant.role)
    }
}

/// The name that somebody signs in with: one word of 2 to 40 letters, digits and `.`, `_`, `-`, in any script.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct AccountName(String);

/// A text that is no account's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a name is {SHORTEST_NAME} to {LONGEST_NAME} letters, digits, dots, hyphens and underscores, the first of them a letter"
)]
pub struct BadName;

impl AccountName {
    /// A name from its text, without the blanks around it.
    ///
    /// # Errors
    ///
    /// For a text that is too short or too long or holds anything else.
    pub fn new(text: &str) -> Result<Self, BadName> {
        let text = text.trim();
        let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        let n_letters = text.chars().count();
        let is_name = (SHORTEST_NAME..=LONGEST_NAME).contains(&n_letters)
            && text.chars().next().is_some_and(char::is_alphabetic)
            && text.chars().all(is_letter);
        is_name.then(|| Self(text.to_owned())).ok_or(BadName)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same for two names that differ only in small and capital letters: nobody signs in as one who only looks like
    /// another.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Who somebody is for a provider that they sign in with (`OpenID` Connect).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider's address.
    pub issuer: String,
    /// What the provider, and nobody else, calls them.
    pub subject: String,
}

/// The number of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct InvitationId(pub i64);

/// A role that waits for somebody; whoever has its secret takes it, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Invitation {
    /// Its number.
    pub id: InvitationId,
    /// What its taker may do.
    #[serde(flatten)]
    pub grant: Grant,
    /// Whom of the region's volunteers it is for, if anybody.
    pub volunteer: Option<VolunteerId>,
    /// Who has given it; of the first, the program.
    pub created_by: String,
    /// It cannot be taken from then on.
    pub expires_at: Moment,
}

/// The number of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct KeyId(pub i64);

/// What a program shows instead of signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Key {
    /// Its number.
    pub id: KeyId,
    /// What it is for, in its owner's words.
    pub name: String,
    /// What a program with it may do, if its owner may.
    #[serde(flatten)]
    pub grant: Grant,
    /// It opens nothing from then on.
    pub expires_at: Moment,
    /// When it was last shown, to the minute, if it ever was.
    pub used_at: Option<Moment>,
}

impl Key {
    /// When it was used is kept as coarsely as this, milliseconds: not every request is a write.
    pub const USED_WITHIN_MS: i64 = 60_000;

    /// Whether it is to be kept that it is used now.
    pub fn is_newly_used(&self, now: Moment) -> bool {
        let used_at = self.used_at;
        used_at.is_none_or(|used_at| used_at.ms <= now.ms - Self::USED_WITHIN_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(role: Role, region: Option<&str>) -> Grant {
        Grant {
            role,
            region: region.map(str::to_owned),
        }
    }

    #[test]
    fn a_role_includes_those_before_it_in_its_region_alone() {
        let here = grant(Role::Dispatcher, Some("fengqiao"));
        assert!(here.covers(Role::Volunteer, Some("fengqiao")));
        assert!(here.covers(Role::Dispatcher, Some("fengqiao")));
        assert!(!here.covers(Role::Planner, Some("fengqiao")));
        assert!(!here.covers(Role::Volunteer, Some("vaduz")));
        assert!(!here.covers(Role::Volunteer, None), "not in all");
        let everywhere = grant(Role::Planner, None);
        assert!(everywhere.covers(Role::Planner, Some("vaduz")));
        assert!(everywhere.covers(Role::Planner, None));
        assert!(!everywhere.covers(Role::Administrator, None));
    }

    #[test]
    fn whoever_is_shut_out_may_nothing() {
        let mut account = Account {
            id: AccountId(1),
            name: AccountName::new("王芳").unwrap(),
            grants: vec![grant(Role::Administrator, None)],
            is_active: true,
            signed_in_at: None,
        };
        assert!(account.may(Role::Volunteer, None) && account.may_somewhere(Role::Planner));
        account.is_active = false;
        assert!(!account.may(Role::Volunteer, None) && !account.may_somewhere(Role::Volunteer));
    }

    #[test]
    fn a_name_is_one_word_and_known_whatever_the_size_of_its_letters() {
        for text in ["wang", " 王芳 ", "li.wei_2-a", "Zoë"] {
            let name = AccountName::new(text).unwrap();
            assert_eq!(name.as_str(), text.trim());
        }
        let long = "a".repeat(41);
        for text in [
            "",
            "a",
            "two words",
            "<b>",
            "1st",
            "a\u{200b}b",
            "a/b",
            &long,
        ] {
            assert_eq!(AccountName::new(text), Err(BadName), "{text:?}");
        }
        let key = |text| AccountName::new(text).unwrap().key();
        assert_eq!(key("Wang"), key("wANG"));
    }
}
