//! Codes: what is printed on a piece of equipment and read out over the telephone, like `LI-0173-K`.

use std::fmt;
use std::str::FromStr;

use crate::model::prefix::Prefix;

/// The letters that a code can end with, each at the remainder that it stands for.
///
/// Left out is whatever is taken for a digit or for another letter, printed, worn off or by hand: B (8), G (6), I (1),
/// O and Q (0), S (5), Z (2), U and V for each other. The seventeen that are left are a prime number, which the check
/// needs.
const CHECK_LETTERS: &[u8; 17] = b"ACDEFHJKLMNPRTWXY";

/// The most digits that a code can have.
const MOST_DIGITS: usize = 7;

/// So much of what was read is repeated in a fault.
const MOST_SHOWN: usize = 24;

/// The code of one piece, unique among all regions that are loaded together.
///
/// Its last letter is a check: a wrong digit, or two neighboring digits the wrong way round, never fit it.
/// A wrong letter in front, or two of them the wrong way round, fit it only if they are 17 apart in the alphabet, like
/// A and R; any other mistake fits it once in 17 times.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    /// The region's letters.
    pub prefix: Prefix,
    /// The piece's number within the region.
    pub number: u32,
}

/// Why a text is no code; each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCode {
    /// Something else altogether.
    #[error("{0:?} is no code; a code is letters, a number and one more letter, like LI-0173-K")]
    Form(String),
    /// It stops too early.
    #[error("{0} lacks the letter at its end; read it again to the end, like LI-0173-K")]
    Cut(String),
    /// A last letter that no code has.
    #[error(
        "no code ends with {0}; read the last letter again: it is one of A C D E F H J K L M N P R T W X Y"
    )]
    NoSuchLetter(char),
    /// The last letter does not fit the rest.
    #[error("{0} was not read right: its last letter does not fit the rest; read it again")]
    Misread(String),
}

impl Code {
    /// The letter at its end.
    ///
    /// A weighted sum modulo 17: the weights of neighbors differ and none is a multiple of 17, so that neither one wrong
    /// digit nor two that have changed places leave the sum as it is. Zeros in front change nothing.
    pub fn check_letter(&self) -> char {
        let digits = std::iter::successors(Some(self.number), |rest| Some(rest / 10))
            .take_while(|&rest| rest > 0)
            .map(|rest| rest % 10);
        let weights = (0..15).map(|place| 2 + place).cycle();
        let of_number: u32 = digits
            .zip(weights)
            .map(|(digit, weight)| digit * weight)
            .sum();
        let letters = self.prefix.as_str().bytes();
        let letters = letters.map(|letter| u32::from(letter - b'A'));
        let weights = [9, 8, 7];
        let of_prefix: u32 = letters
            .zip(weights)
            .map(|(letter, weight)| letter * weight)
            .sum();
        char::from(CHECK_LETTERS[(of_number + of_prefix) as usize % CHECK_LETTERS.len()])
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}-{:04}-{}",
            self.prefix,
            self.number,
            self.check_letter()
        )
    }
}

impl FromStr for Code {
    type Err = BadCode;

    /// Reads a code as people write it: in small letters, with spaces or without dashes, in full-width signs.
    fn from_str(text: &str) -> Result<Self, BadCode> {
        let shown: String = text.trim().chars().take(MOST_SHOWN).collect();
        let form = || BadCode::Form(shown.clone());
        let plain: String = text
            .chars()
            .take(2 * MOST_SHOWN)
            .filter_map(plain)
            .collect();
        let (letters, rest) = split(&plain, |c| c.is_ascii_alphabetic());
        let (digits, last) = split(rest, |c| c.is_ascii_digit());
        let prefix = Prefix::new(letters).map_err(|_| form())?;
        if !(1..=MOST_DIGITS).contains(&digits.len()) {
            return Err(form());
        }
        let number = digits.parse().map_err(|_| form())?;
        let code = Self { prefix, number };
        let mut last = last.chars();
        match (last.next(), last.next()) {
            (None, _) => Err(BadCode::Cut(format!("{}-{digits}", code.prefix))),
            (Some(letter), None) if code.check_letter() == letter => Ok(code),
            (Some(letter), None)
                if CHECK_LETTERS.contains(&(letter as u8)) && letter.is_ascii() =>
            {
                let read = format!("{}-{digits}-{letter}", code.prefix);
                Err(BadCode::Misread(read))
            }
            (Some(letter), None) if letter.is_ascii_alphabetic() => {
                Err(BadCode::NoSuchLetter(letter))
            }
            (Some(_), _) => Err(form()),
        }
    }
}

/// The start whose signs are all of a kind, and the rest.
fn split(text: &str, is_of_kind: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !is_of_kind(c)).unwrap_or(text.len());
    text.split_at(end)
}

/// A sign in its plain form; none for what only sets the parts apart.
fn plain(sign: char) -> Option<char> {
    let sign = match sign {
        // The full-width forms stand in the order of the plain ones.
        '！'..='～' => char::from_u32(u32::from(sign) - 0xFEE0)?,
        _ => sign,
    };
    let sets_apart = sign.is_whitespace() || "-‐‑‒–—―−﹣ー·・._".contains(sign);
    (!sets_apart).then(|| sign.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn code(prefix: &str, number: u32) -> Code {
        let prefix = Prefix::new(prefix).unwrap();
        Code { prefix, number }
    }

    fn with_digits(text: &str, digits: &[u8], letter: char) -> String {
        let digits: String = digits.iter().copied().map(char::from).collect();
        format!("{text}-{digits}-{letter}")
    }

    fn are_told_apart(a: char, b: char) -> bool {
        !(a as u8).abs_diff(b as u8).is_multiple_of(17)
    }

    /// Every number of four digits, and as many of five to seven.
    fn numbers() -> impl Iterator<Item = u32> {
        let longer = (0..10_000).map(|step| 10_000 + step * 997);
        (0..10_000).chain(longer)
    }

    #[test]
    fn no_wrong_digit_goes_unnoticed() {
        for number in numbers() {
            let right = code("LI", number);
            let digits = format!("{number:04}").into_bytes();
            for place in 0..digits.len() {
                for digit in (b'0'..=b'9').filter(|&digit| digit != digits[place]) {
                    let mut wrong = digits.clone();
                    wrong[place] = digit;
                    let read = with_digits("LI", &wrong, right.check_letter());
                    let found = Code::from_str(&read);
                    assert!(
                        matches!(found, Err(BadCode::Misread(_))),
                        "{right} as {read}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_two_neighbors_change_places_unnoticed() {
        for number in numbers() {
            let right = code("SX", number);
            let digits = format!("{number:04}").into_bytes();
            for place in (1..digits.len()).filter(|&place| digits[place] != digits[place - 1]) {
                let mut wrong = digits.clone();
                wrong.swap(place, place - 1);
                let read = with_digits("SX", &wrong, right.check_letter());
                let found = Code::from_str(&read);
                assert!(
                    matches!(found, Err(BadCode::Misread(_))),
                    "{right} as {read}"
                );
            }
        }
    }

    #[test]
    fn a_wrong_letter_is_noticed_unless_it_is_17_apart() {
        let all = || (b'A'..=b'Z').map(char::from);
        for (first, second) in all().flat_map(|first| all().map(move |second| (first, second))) {
            let right = code(&format!("{first}{second}"), 173);
            let letter = right.check_letter();
            let noticed =
                |wrong: String| Code::from_str(&format!("{wrong}-0173-{letter}")).is_err();
            for wrong in all().filter(|&wrong| are_told_apart(wrong, first)) {
                assert!(
                    noticed(format!("{wrong}{second}")),
                    "{right} as {wrong}{second}"
                );
            }
            let differ = are_told_apart(first, second);
            assert!(
                !differ || noticed(format!("{second}{first}")),
                "{right} the wrong way round"
            );
        }
    }

    #[test]
    fn no_wrong_last_letter_fits() {
        let right = code("LI", 173);
        for letter in ('A'..='Z').filter(|&letter| letter != right.check_letter()) {
            assert!(
                Code::from_str(&format!("LI-0173-{letter}")).is_err(),
                "{letter}"
            );
        }
    }

    #[test]
    fn a_code_is_written_as_it_is_printed_and_read_as_people_write_it() {
        let printed = code("LI", 173).to_string();
        assert_eq!(printed, "LI-0173-K");
        assert_eq!(code("SX", 43_017).to_string().len(), "SX-43017-X".len());
        for text in [
            "LI-0173-K",
            "li-0173-k",
            " Li 0173 k ",
            "LI0173K",
            "li173k",
            "ＬＩ－０１７３－Ｋ",
            "LI—0173—K",
            "L I 0 1 7 3 K",
            "LI\u{3000}0173\u{3000}K",
        ] {
            assert_eq!(Code::from_str(text), Ok(code("LI", 173)), "{text}");
        }
        for number in numbers() {
            let code = code("QZ", number);
            assert_eq!(code.to_string().parse(), Ok(code));
        }
    }

    #[test]
    fn what_is_no_code_is_told_apart() {
        let fault = |text: &str| Code::from_str(text).unwrap_err();
        for text in [
            "",
            "LI",
            "0173-K",
            "L-0173-K",
            "LIEC-0173-K",
            "LI-K",
            "LI-00000173-K",
            "LI-0173-KK",
            "LI-0173-水",
            "pole-17 / 杆",
        ] {
            let told = fault(text);
            assert!(matches!(told, BadCode::Form(_)), "{text}: {told}");
            assert!(told.to_string().contains("like LI-0173-K"), "{told}");
        }
        assert_eq!(fault("LI-0173"), BadCode::Cut("LI-0173".to_owned()));
        assert_eq!(fault("LI-0173-O"), BadCode::NoSuchLetter('O'));
        assert_eq!(fault("li 0137 k"), BadCode::Misread("LI-0137-K".to_owned()));
        assert!(fault(&"9".repeat(5_000)).to_string().len() < 200);
    }

    #[test]
    fn the_last_letters_look_like_nothing_else() {
        let letters: BTreeSet<u8> = CHECK_LETTERS.iter().copied().collect();
        assert_eq!(letters.len(), 17);
        assert!(b"BGIOQSUVZ".iter().all(|letter| !letters.contains(letter)));
        let named = BadCode::NoSuchLetter('O').to_string();
        let (_, named) = named.split_once("one of ").unwrap();
        let named: BTreeSet<u8> = named.bytes().filter(|&letter| letter != b' ').collect();
        assert_eq!(named, letters, "the fault names them all");
    }
}
