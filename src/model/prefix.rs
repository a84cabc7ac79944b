//! Prefixes: the letters that all codes of a region begin with.

use std::fmt;

/// Two or three letters, like `LI`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Prefix(String);

/// Why a text is no prefix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the prefix {0:?} must be two or three of the letters A to Z")]
pub struct BadPrefix(pub String);

impl Prefix {
    /// A prefix from its text; small letters are taken for large ones.
    ///
    /// # Errors
    ///
    /// For anything but two or three letters of the Latin alphabet.
    pub fn new(text: &str) -> Result<Self, BadPrefix> {
        let is_letters = text.chars().all(|c| c.is_ascii_alphabetic());
        if !(2..=3).contains(&text.len()) || !is_letters {
            return Err(BadPrefix(text.to_owned()));
        }
        Ok(Self(text.to_ascii_uppercase()))
    }

    /// The prefix of a region that names none: made of the letters of its id, and not one that is taken.
    ///
    /// The first two letters if they can be had; else the first and a later one, the first and any, any two, any three.
    pub fn of_region(id: &str, is_taken: impl Fn(&Self) -> bool) -> Self {
        let letters = id.bytes().filter(u8::is_ascii_alphabetic);
        let letters: Vec<u8> = letters.map(|letter| letter.to_ascii_uppercase()).collect();
        let own = letters.iter().skip(1).copied().chain(b'A'..=b'Z');
        let with_first = letters.first().into_iter().flat_map(|&first| {
            let own = own.clone();
            own.map(move |second| vec![first, second])
        });
        let mut all = with_first.chain(of_length(2)).chain(of_length(3));
        let free = all.find_map(|letters| {
            let prefix = Self(letters.into_iter().map(char::from).collect());
            (!is_taken(&prefix)).then_some(prefix)
        });
        // There are 18,252 prefixes, and nobody loads so many regions together.
        free.unwrap_or_else(|| Self("ZZZ".to_owned()))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// All texts of so many letters, in order.
fn of_length(n_letters: u32) -> impl Iterator<Item = Vec<u8>> {
    let letter = move |number: u32, place: u32| b'A' + (number / 26_u32.pow(place) % 26) as u8;
    (0..26_u32.pow(n_letters)).map(move |number| {
        let places = (0..n_letters).rev();
        places.map(|place| letter(number, place)).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn beside(id: &str, taken: &[&str]) -> String {
        let is_taken = |prefix: &Prefix| taken.contains(&prefix.as_str());
        Prefix::of_region(id, is_taken).to_string()
    }

    #[test]
    fn a_region_is_known_by_the_letters_of_its_id() {
        assert_eq!(beside("liechtenstein", &[]), "LI");
        assert_eq!(beside("x-7-town", &[]), "XT");
        assert_eq!(beside("q", &[]), "QA");
        assert_eq!(beside("330681", &[]), "AA");
    }

    #[test]
    fn no_two_regions_are_known_by_the_same_letters() {
        assert_eq!(beside("lido", &["LI"]), "LD");
        assert_eq!(beside("li", &["LI", "LA"]), "LB");
        let mut taken = BTreeSet::new();
        for _ in 0..1_000 {
            let next = Prefix::of_region("li", |prefix| taken.contains(prefix));
            assert!(taken.insert(next.clone()), "{next} is given twice");
        }
        assert_eq!(
            taken.iter().filter(|prefix| prefix.0.len() == 2).count(),
            676
        );
    }

    #[test]
    fn a_prefix_is_letters() {
        assert_eq!(Prefix::new("sx").unwrap().as_str(), "SX");
        for text in ["", "L", "LIEC", "L1", "水乡", "L-"] {
            let fault = Prefix::new(text).unwrap_err().to_string();
            assert!(fault.contains("two or three"), "{fault}");
        }
    }
}
