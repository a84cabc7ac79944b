//! Texts that people enter: a name of one line, a note of several, neither empty nor without end.

use serde::Deserialize;
use serde::Serialize;

/// The most characters of a name.
const MOST_OF_NAME: usize = 200;

/// The most characters of a note.
const MOST_OF_NOTE: usize = 2_000;

/// One line: a name, an id, whoever did something.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Name(String);

/// A remark, of one line or more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Note(String);

/// Why a text is no name and no note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing but blanks.
    #[error("must not be empty")]
    Empty,
    /// Too long.
    #[error("is {n_characters} characters long; at most {most}")]
    TooLong {
        /// As given.
        n_characters: usize,
        /// The limit.
        most: usize,
    },
    /// A character that nobody sees, like a zero byte or, in a name, the end of a line.
    #[error("must not hold the control character U+{0:04X}")]
    Control(u32),
}

impl Name {
    /// A name from its text, without the blanks around it.
    pub fn new(text: &str) -> Result<Self, BadText> {
        checked(text, MOST_OF_NAME, |_| false).map(Self)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Note {
    /// A note from its text, without the blanks around it.
    pub fn new(text: &str) -> Result<Self, BadText> {
        checked(text, MOST_OF_NOTE, |c| c == '\n' || c == '\t').map(Self)
    }

    /// The note as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Name {
    type Error = BadText;

    fn try_from(text: String) -> Result<Self, BadText> {
        Self::new(&text)
    }
}

impl TryFrom<String> for Note {
    type Error = BadText;

    fn try_from(text: String) -> Result<Self, BadText> {
        Self::new(&text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

impl From<Note> for String {
    fn from(note: Note) -> Self {
        note.0
    }
}

fn checked(text: &str, most: usize, may_be: impl Fn(char) -> bool) -> Result<String, BadText> {
    let text = text.trim();
    let n_characters = text.chars().count();
    if text.is_empty() {
        return Err(BadText::Empty);
    }
    if most < n_characters {
        return Err(BadText::TooLong { n_characters, most });
    }
    match text.chars().find(|&c| c.is_control() && !may_be(c)) {
        Some(control) => Err(BadText::Control(control.into())),
        None => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_says_something() {
        assert_eq!(Name::new("  东桥 1 ").unwrap().as_str(), "东桥 1");
        for empty in ["", " \t\n"] {
            assert_eq!(Name::new(empty), Err(BadText::Empty));
        }
        assert_eq!(Name::new("a\nb"), Err(BadText::Control(10)));
        assert_eq!(Name::new("a\0b"), Err(BadText::Control(0)));
        assert!(Name::new(&"水".repeat(200)).is_ok());
        let fault = Name::new(&"水".repeat(201)).unwrap_err().to_string();
        assert_eq!(fault, "is 201 characters long; at most 200");
    }

    #[test]
    fn a_note_may_have_several_lines() {
        assert_eq!(Note::new("one\n\ttwo").unwrap().as_str(), "one\n\ttwo");
        assert_eq!(Note::new("one\u{7f}"), Err(BadText::Control(0x7f)));
        assert!(Note::new(&"x".repeat(2_001)).is_err());
    }
}
