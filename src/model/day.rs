//! Days: when a piece was inspected.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// A day of the calendar, as `2026-11-25`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(String);

/// Why a text is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no day like 2026-11-25")]
pub struct BadDay;

impl Day {
    /// A day from its text: four digits, two, and two, and a day that there is.
    pub fn new(text: &str) -> Result<Self, BadDay> {
        let bytes = text.as_bytes();
        let has_form = bytes.len() == 10
            && bytes.iter().enumerate().all(|(place, byte)| match place {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !has_form {
            return Err(BadDay);
        }
        let day: Date = text.parse().map_err(|_| BadDay)?;
        let is_known = (1900..=2200).contains(&day.year());
        is_known.then(|| Self(text.to_owned())).ok_or(BadDay)
    }

    /// So many days later; none beyond the year 2200.
    pub fn after(&self, days: u16) -> Option<Self> {
        let later = self.date()?.checked_add(i64::from(days).days()).ok()?;
        Self::new(&later.to_string()).ok()
    }

    /// So many days earlier; none before the year 1900.
    pub fn before(&self, days: u16) -> Option<Self> {
        let earlier = self.date()?.checked_sub(i64::from(days).days()).ok()?;
        Self::new(&earlier.to_string()).ok()
    }

    /// How many days there are from another day to this one; negative if that one is later.
    pub fn days_since(&self, other: &Self) -> i64 {
        let days = self.date().zip(other.date());
        // Whoever is a day has a date.
        days.map_or(0, |(to, from)| {
            i64::from(from.until(to).map_or(0, |span| span.get_days()))
        })
    }

    /// How many days there are from the beginning of 1970 to this one.
    pub fn number(&self) -> i64 {
        // The text is one that `new` has seen.
        let first = Self("1970-01-01".to_owned());
        self.days_since(&first)
    }

    fn date(&self) -> Option<Date> {
        self.0.parse().ok()
    }

    /// The day as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Day {
    type Error = BadDay;

    fn try_from(text: String) -> Result<Self, BadDay> {
        Self::new(&text)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years() {
        let day = |text| Day::new(text).unwrap();
        assert_eq!(day("2024-02-01").after(29), Some(day("2024-03-01")));
        assert_eq!(day("2026-11-25").after(0), Some(day("2026-11-25")));
        assert_eq!(day("2200-12-31").after(1), None);
        assert_eq!(day("2024-03-01").before(29), Some(day("2024-02-01")));
        assert_eq!(day("1900-01-01").before(1), None);
        assert_eq!(day("2024-03-01").days_since(&day("2023-03-01")), 366);
        assert_eq!(day("2023-03-01").days_since(&day("2024-03-01")), -366);
        assert_eq!(day("2200-12-31").days_since(&day("1900-01-01")), 109_937);
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        for day in ["2026-11-25", "2024-02-29", "2000-02-29", "1900-01-01"] {
            assert_eq!(Day::new(day).unwrap().as_str(), day);
        }
        for no_day in [
            "",
            "2026-11-31",
            "2023-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-1-1",
            "0001-01-01",
            "2026-11-2５",
            "2026/11/25",
            "+026-11-25",
        ] {
            assert_eq!(Day::new(no_day), Err(BadDay), "{no_day}");
        }
    }
}
