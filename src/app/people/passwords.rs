//! Passwords: argon2id, and none that is easy to guess.

use argon2::Argon2;
use argon2::PasswordHasher;
use argon2::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;

use crate::app::people::fault::PeopleFault;
use crate::model::account::AccountName;

/// The fewest characters.
pub(super) const SHORTEST: usize = 10;

/// The most characters: nobody has the service hash a novel.
const LONGEST: usize = 256;

/// The fewest different characters.
const FEWEST_DIFFERENT: usize = 5;

/// A hash that no password fits, of the same cost as every other: whoever tries a name that nobody has waits as long.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdA$RdescudvJCsgt3ub+b4dWRWJTmaaJObG6yDc3qfyJ1A";

/// A new password as it is kept: a PHC string of argon2id with 19 MiB and two passes, as OWASP recommends (Password
/// Storage Cheat Sheet), and 16 bytes of salt.
pub(super) fn kept(password: &str, name: &AccountName) -> Result<String, PeopleFault> {
    let weak = |why| Err(PeopleFault::WeakPassword(why));
    let n_characters = password.chars().count();
    if n_characters < SHORTEST {
        return weak("is too short");
    }
    if LONGEST < n_characters {
        return weak("is longer than 256 characters");
    }
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < FEWEST_DIFFERENT {
        return weak("repeats the same few characters");
    }
    if password.to_lowercase().contains(&name.key())
        && n_characters < SHORTEST + name.key().chars().count()
    {
        return weak("is little more than the name");
    }
    let is_row = |step: i64| {
        let codes: Vec<i64> = password.chars().map(|c| i64::from(u32::from(c))).collect();
        codes
            .windows(2)
            .filter(|pair| pair[1] - pair[0] == step)
            .count()
            + 3
            >= codes.len()
    };
    if is_row(1) || is_row(-1) {
        return weak("is a row of characters in order");
    }
    let hash = Argon2::default().hash_password(password.as_bytes());
    let hash = hash.map_err(|fault| PeopleFault::NoChance(fault.to_string()))?;
    Ok(hash.to_string())
}

/// Whether a password is that of a hash; it takes as long where there is none.
pub(super) fn fits(password: &str, kept: Option<&str>) -> bool {
    if LONGEST < password.chars().count() {
        return false;
    }
    let hash = PasswordHash::new(kept.unwrap_or(NOBODYS));
    let fits = hash.is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    });
    fits && kept.is_some()
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn wang() -> AccountName {
        AccountName::new("Wang").unwrap()
    }

    #[test]
    fn a_password_fits_its_own_hash_and_no_other() {
        let one = kept("four words by the river", &wang()).unwrap();
        let same = kept("four words by the river", &wang()).unwrap();
        assert_ne!(one, same, "each has a salt of its own");
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert!(fits("four words by the river", Some(&one)));
        assert!(fits("four words by the river", Some(&same)));
        for other in ["", "four words by the rive", "Four words by the river"] {
            assert!(!fits(other, Some(&one)), "{other}");
        }
        assert!(!fits("four words by the river", None));
        assert!(!fits("", Some("no hash")));
    }

    #[test]
    fn a_name_that_nobody_has_takes_as_long_as_one_that_somebody_has() {
        assert!(PasswordHash::new(NOBODYS).is_ok());
        let hash = kept("four words by the river", &wang()).unwrap();
        let took = |kept: Option<&str>| {
            let mut times: Vec<_> = (0..5)
                .map(|_| {
                    let start = Instant::now();
                    assert!(!fits("wrong", kept));
                    start.elapsed()
                })
                .collect();
            times.sort_unstable();
            times[0]
        };
        let (known, unknown) = (took(Some(&hash)), took(None));
        let ratio = known.as_secs_f64() / unknown.as_secs_f64();
        assert!((0.2..5.0).contains(&ratio), "{ratio}");
    }

    #[test]
    fn what_is_easy_to_guess_is_refused_with_the_reason() {
        let why = |password: &str| match kept(password, &wang()) {
            Err(PeopleFault::WeakPassword(why)) => why,
            other => panic!("{password}: {other:?}"),
        };
        assert_eq!(why("short"), "is too short");
        assert_eq!(why(&"long".repeat(65)), "is longer than 256 characters");
        assert_eq!(why("abababababab"), "repeats the same few characters");
        assert_eq!(why("1234567890"), "is a row of characters in order");
        assert_eq!(why("9876543210"), "is a row of characters in order");
        assert_eq!(why("my-wang-2026"), "is little more than the name");
        assert!(kept("竹竿放在河岸上大家都看得见", &wang()).is_ok());
    }
}
