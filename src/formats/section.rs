//! One table of `region.toml`: its keys are taken one by one, and what is left over is an error.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use toml::Table;
use toml::Value;

use crate::formats::region_file::RegionFileError;

/// A table whose keys are taken by name.
pub(super) struct Section {
    /// As it stands in the file, like `[reach] `; empty for the top.
    place: String,
    table: Table,
    /// Every key that was asked for: the valid ones.
    valid: Vec<&'static str>,
}

impl Section {
    /// A table; `place` is how messages name it.
    pub fn new(place: impl Into<String>, table: Table) -> Self {
        Self {
            place: place.into(),
            table,
            valid: Vec::new(),
        }
    }

    /// A key's place in the file, for messages.
    pub fn place_of(&self, key: &str) -> String {
        format!("{}{key}", self.place)
    }

    /// The value of a key, if it is there.
    pub fn take(&mut self, key: &'static str) -> Option<Value> {
        self.valid.push(key);
        self.table.remove(key)
    }

    /// A table within this one; empty if it is not there.
    pub fn section(&mut self, key: &'static str) -> Result<Self, RegionFileError> {
        let place = format!("{}[{key}] ", self.place);
        match self.take(key) {
            None => Ok(Self::new(place, Table::new())),
            Some(Value::Table(table)) => Ok(Self::new(place, table)),
            Some(other) => Err(self.wrong(key, "a table", &other)),
        }
    }

    /// Everything that is in the table, whatever its keys.
    pub fn into_entries(self) -> Table {
        self.table
    }

    /// Text that is not blank.
    pub fn text(&mut self, key: &'static str) -> Result<Option<String>, RegionFileError> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text)),
            Some(other) => Err(self.wrong(key, "text in quotation marks, not blank", &other)),
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Result<Option<bool>, RegionFileError> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Boolean(value)) => Ok(Some(value)),
            Some(other) => Err(self.wrong(key, "true or false", &other)),
        }
    }

    /// A number within a range.
    pub fn number(
        &mut self,
        key: &'static str,
        range: RangeInclusive<f64>,
    ) -> Result<Option<f64>, RegionFileError> {
        let expected = || format!("a number from {} to {}", range.start(), range.end());
        match self.take(key) {
            None => Ok(None),
            Some(Value::Integer(value)) if range.contains(&(value as f64)) => {
                Ok(Some(value as f64))
            }
            Some(Value::Float(value)) if range.contains(&value) => Ok(Some(value)),
            Some(other) => Err(self.wrong(key, &expected(), &other)),
        }
    }

    /// A whole number within a range.
    pub fn whole(
        &mut self,
        key: &'static str,
        range: RangeInclusive<u16>,
    ) -> Result<Option<u16>, RegionFileError> {
        let Some(value) = self.take(key) else {
            return Ok(None);
        };
        let number = value
            .as_integer()
            .and_then(|value| u16::try_from(value).ok());
        let number = number.filter(|number| range.contains(number));
        let expected = || format!("a whole number from {} to {}", range.start(), range.end());
        number
            .map(Some)
            .ok_or_else(|| self.wrong(key, &expected(), &value))
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'static str) -> Result<Option<Vec<String>>, RegionFileError> {
        let expected = "a list of texts like [\"area\"]";
        let list = match self.take(key) {
            None => return Ok(None),
            Some(Value::Array(list)) => list,
            Some(other) => return Err(self.wrong(key, expected, &other)),
        };
        let mut texts = Vec::with_capacity(list.len());
        for value in list {
            match value {
                Value::String(text) => texts.push(text),
                other => return Err(self.wrong(key, expected, &other)),
            }
        }
        Ok(Some(texts))
    }

    /// A table of texts; numbers are taken as text.
    pub fn text_table(
        &mut self,
        key: &'static str,
    ) -> Result<BTreeMap<String, String>, RegionFileError> {
        let section = self.section(key)?;
        let place = section.place.clone();
        let mut texts = BTreeMap::new();
        for (name, value) in section.into_entries() {
            let text = match value {
                Value::String(text) if !text.trim().is_empty() => text,
                Value::Integer(number) => number.to_string(),
                other => {
                    return Err(RegionFileError::WrongValue {
                        key: format!("{place}{name}"),
                        expected: "text in quotation marks, not blank".to_owned(),
                        found: shortened(&other),
                    });
                }
            };
            texts.insert(name, text);
        }
        Ok(texts)
    }

    /// The error for a value that is not what was expected.
    pub fn wrong(&self, key: &str, expected: &str, found: &Value) -> RegionFileError {
        RegionFileError::WrongValue {
            key: self.place_of(key),
            expected: expected.to_owned(),
            found: shortened(found),
        }
    }

    /// The end of the table.
    ///
    /// # Errors
    ///
    /// For a key that nobody asked for; the message names the valid key that is most like it.
    pub fn finish(self) -> Result<(), RegionFileError> {
        let Some(key) = self.table.keys().next() else {
            return Ok(());
        };
        Err(RegionFileError::UnknownKey {
            key: format!("{}{}", self.place, shortened_text(key)),
            closest: closest(key, &self.valid),
        })
    }
}

/// The candidate most like a word: a misspelling's likely meaning.
pub(super) fn closest(word: &str, candidates: &[&str]) -> String {
    let word: String = word.chars().take(64).collect();
    candidates
        .iter()
        .min_by_key(|candidate| strsim::damerau_levenshtein(&word, candidate))
        .copied()
        .unwrap_or_default()
        .to_owned()
}

/// A value as it stands in the file, cut to a line's length.
fn shortened(value: &Value) -> String {
    shortened_text(&value.to_string())
}

/// A text on one line, cut to a line's length.
pub(super) fn shortened_text(text: &str) -> String {
    let mut short: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(60)
        .collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
