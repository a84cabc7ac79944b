//! Secrets of sessions, invitations, keys and rights to add photos: given out once, and only their hashes are kept.

use std::fmt;
use std::fmt::Write as _;

use sha2::Digest;
use sha2::Sha256;

use crate::app::people::fault::PeopleFault;
use crate::store::accounts::SecretHash;

/// What every key of a program begins with, so that whoever finds one knows what it is.
const KEY: &str = "zk_";

/// 256 bits of chance as a text; what prints it for people who look for mistakes does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one.
    pub(super) fn new() -> Result<Self, PeopleFault> {
        Self::by_chance().map_err(|fault| PeopleFault::NoChance(fault.to_string()))
    }

    /// The same where nobody signs in.
    pub(in crate::app) fn by_chance() -> Result<Self, getrandom::Error> {
        let mut chance = [0; 32];
        getrandom::fill(&mut chance)?;
        let text = chance.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        Ok(Self(text))
    }

    /// A new one for a program.
    pub(super) fn of_key() -> Result<Self, PeopleFault> {
        let Self(text) = Self::new()?;
        Ok(Self(format!("{KEY}{text}")))
    }

    /// As it is given out.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is kept.
    pub fn hash(&self) -> SecretHash {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

/// A secret as it is kept.
///
/// 256 bits need no salt and no slow hash: nobody can try them all.
pub(in crate::app) fn hash(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_fips_180() {
        let expected = [0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea];
        assert_eq!(hash("abc")[..8], expected);
    }

    #[test]
    fn each_is_another_and_none_is_printed_by_accident() {
        let (one, other) = (Secret::new().unwrap(), Secret::of_key().unwrap());
        assert_eq!(one.as_str().len(), 64, "256 bits");
        assert!(other.as_str().starts_with("zk_") && !other.as_str().contains(one.as_str()));
        assert_ne!(one.hash(), other.hash());
        assert_eq!(format!("{one:?}"), "Secret");
    }
}
