//! Responders: who comes, from where, when they are on duty, and what carries them.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;

/// What a responder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponderKind {
    /// One person, 义警.
    Volunteer,
    /// Several who come together, 队伍.
    Team,
    /// A police station, 派出所.
    Police,
    /// A village's own police workstation, 警务工作站.
    Workstation,
    /// A fire station, 消防站.
    Fire,
}

/// What carries a responder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Travel {
    /// Their feet.
    Foot,
    /// A bicycle, with or without a motor, 电动车.
    Ebike,
    /// A car.
    Car,
}

/// When a responder comes, on any day, in the region's own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// At any time.
    Always,
    /// Never: nobody knows when.
    Never,
    /// From one minute of the day up to another, which is no longer on duty; past midnight if that is the smaller one.
    Hours {
        /// Minutes since midnight, 0 to 1439.
        from: u16,
        /// Minutes since midnight, 0 to 1440.
        to: u16,
    },
}

/// Where a responder was seen last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sighting {
    /// Where.
    pub at: LonLat,
    /// When: seconds since the beginning of 1970, UTC.
    pub when: u64,
}

/// Somebody who may be called. Whereabouts and names are for those who send them, and for nobody else.
#[derive(Clone, Debug, PartialEq)]
pub struct Responder {
    /// Unique within the region; stable across imports.
    pub id: String,
    /// What they are.
    pub kind: ResponderKind,
    /// What they are called.
    pub name: Option<String>,
    /// Where they belong, like 网格员.
    pub group: Option<String>,
    /// Their village, as its register says.
    pub village: Option<String>,
    /// How they are called out.
    pub phone: Option<String>,
    /// From where they set off, unless they have been seen elsewhere lately.
    pub home: LonLat,
    /// Where they were seen last.
    pub seen: Option<Sighting>,
    /// When they come.
    pub duty: Duty,
    /// Whether they come now, where they have said so themselves: that holds whatever the hour.
    pub says_on_duty: Option<bool>,
    /// What carries them.
    pub travel: Travel,
    /// A remark.
    pub note: Option<String>,
    /// Made up for demonstration; must be said wherever it is shown.
    pub is_illustrative: bool,
    /// How often somebody has said something of them; the files' own words are not counted.
    pub version: i64,
}

impl ResponderKind {
    /// Every kind, in the order of this enum.
    pub const ALL: [Self; 5] = [
        Self::Volunteer,
        Self::Team,
        Self::Police,
        Self::Workstation,
        Self::Fire,
    ];

    /// Whether it is an office that everybody may know of, and not people.
    pub fn is_station(self) -> bool {
        match self {
            Self::Police | Self::Workstation | Self::Fire => true,
            Self::Volunteer | Self::Team => false,
        }
    }
}

impl Responder {
    /// Whether they come at a minute of the day, counted from midnight.
    pub fn is_on_duty(&self, minute: u16) -> bool {
        self.says_on_duty.unwrap_or_else(|| self.duty.holds(minute))
    }
}

impl Travel {
    /// Every means, the slowest first.
    pub const ALL: [Self; 3] = [Self::Foot, Self::Ebike, Self::Car];
}

impl Duty {
    /// Of a text like `18:00-21:00`, `always` or `never`.
    pub fn of_text(text: &str) -> Option<Self> {
        match text.trim() {
            "always" => Some(Self::Always),
            "never" => Some(Self::Never),
            hours => {
                let (from, to) = hours.split_once(['-', '–', '至'])?;
                Self::hours(minute_of_day(from)?, minute_of_day(to)?)
            }
        }
    }

    /// From a time up to another, on any day; none for the same minute twice, which may mean all day or never.
    pub fn hours(from: u16, to: u16) -> Option<Self> {
        let is_day = from < 1440 && to <= 1440;
        match (from, to) {
            (0, 1440) => Some(Self::Always),
            _ => (is_day && from != to).then_some(Self::Hours { from, to }),
        }
    }

    /// Whether they come at a minute of the day, counted from midnight.
    pub fn holds(self, minute: u16) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Hours { from, to } if from < to => (from..to).contains(&minute),
            Self::Hours { from, to } => minute >= from || minute < to,
        }
    }
}

/// Minutes since midnight of a time like `18:00`, `8:05`, `18：00` or `18:00:00`; up to 24:00.
pub fn minute_of_day(text: &str) -> Option<u16> {
    let mut parts = text.trim().split([':', '：']);
    let mut number = |most: u16| -> Option<u16> {
        let part = parts.next()?;
        let is_number =
            (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_number.then(|| part.parse().ok()).flatten()?;
        (number <= most).then_some(number)
    };
    let (hour, minute) = (number(24)?, number(59)?);
    let is_whole = match parts.next() {
        None => true,
        Some(second) => second == "00" && parts.next().is_none(),
    };
    let minutes = hour * 60 + minute;
    (is_whole && minutes <= 1440).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duty_begins_with_its_first_minute_and_ends_before_its_last() {
        let evening = Duty::hours(18 * 60, 21 * 60).unwrap();
        let holds = |minute| evening.holds(minute);
        assert!(holds(18 * 60) && holds(21 * 60 - 1));
        assert!(!holds(18 * 60 - 1) && !holds(21 * 60));
    }

    #[test]
    fn a_duty_may_go_on_past_midnight() {
        let night = Duty::hours(22 * 60, 6 * 60).unwrap();
        for (minute, on_duty) in [
            (22 * 60, true),
            (0, true),
            (359, true),
            (360, false),
            (1319, false),
        ] {
            assert_eq!(night.holds(minute), on_duty, "{minute}");
        }
    }

    #[test]
    fn all_day_is_said_from_midnight_to_midnight_and_one_minute_twice_says_nothing() {
        assert_eq!(Duty::hours(0, 1440), Some(Duty::Always));
        for (from, to) in [(480, 480), (0, 0), (1440, 60), (60, 1441)] {
            assert_eq!(Duty::hours(from, to), None, "{from} to {to}");
        }
        assert!((0..1440).all(|minute| Duty::Always.holds(minute)));
        assert!(!(0..1440).any(|minute| Duty::Never.holds(minute)));
        let until_midnight = Duty::hours(1080, 1440).unwrap();
        assert!(until_midnight.holds(1439) && !until_midnight.holds(0));
    }

    #[test]
    fn hours_are_read_from_one_text() {
        assert_eq!(Duty::of_text("18:00-21:00"), Duty::hours(1080, 1260));
        assert_eq!(Duty::of_text(" 22:00 – 06:00"), Duty::hours(1320, 360));
        assert_eq!(Duty::of_text("00:00-24:00"), Some(Duty::Always));
        assert_eq!(Duty::of_text("never"), Some(Duty::Never));
        for text in ["", "sometimes", "18:00", "18:00-18:00", "25:00-26:00"] {
            assert_eq!(Duty::of_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_of_day_is_read_as_people_write_it() {
        for (text, minute) in [
            ("18:00", 1080),
            ("8:05", 485),
            (" 00:00 ", 0),
            ("24:00", 1440),
            ("18：30", 1110),
            ("18:00:00", 1080),
        ] {
            assert_eq!(minute_of_day(text), Some(minute), "{text}");
        }
        for text in [
            "",
            "18",
            "24:01",
            "25:00",
            "18:60",
            "18:00:30",
            "18:00:00:00",
            "+8:00",
            "0018:00",
            "evening",
        ] {
            assert_eq!(minute_of_day(text), None, "{text}");
        }
    }
}
