//! What a volunteer's phone hands in of an evening: when it set off and came back, what was looked at, the track.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::day::Day;
use crate::model::equipment::Condition;
use crate::model::moment::Moment;
use crate::model::report::ReportKind;
use crate::model::text::Note;

/// So many fixes an entry holds at most.
pub const MOST_FIXES: usize = 1_000;

/// The number that a phone has given to what it hands in: a UUID in small letters, so that it counts once however often it comes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct EntryId(String);

impl EntryId {
    /// The length of a UUID as text.
    const LENGTH: usize = 36;

    /// A number from its text: 32 hexadecimal digits in five groups (RFC 9562), large or small.
    pub fn new(text: &str) -> Option<Self> {
        let has_form = text.len() == Self::LENGTH
            && text.bytes().enumerate().all(|(place, byte)| match place {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        has_form.then(|| Self(text.to_ascii_lowercase()))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How somebody has shown that they are where they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownBy {
    /// By the code on a piece.
    Code,
    /// By where the phone is.
    Place,
    /// By nothing but their word.
    Hand,
}

impl ShownBy {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Code, Self::Place, Self::Hand];
}

/// Why a stretch was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// Nobody gets there.
    Unreachable,
    /// It was not safe.
    Unsafe,
    /// Somebody has been there already.
    AlreadyDone,
}

impl SkipReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Unreachable, Self::Unsafe, Self::AlreadyDone];
}

/// Where a phone was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrackFix {
    /// When, milliseconds since the entry's own time.
    pub after_ms: i64,
    /// Where.
    pub at: LonLat,
    /// How far off that may be, meters.
    pub accuracy_m: f64,
}

/// What is handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Handed {
    /// The team sets off.
    Start,
    /// It is back.
    Finish,
    /// Something was looked at.
    CheckIn {
        /// The stretch's id, if it is one.
        stretch: Option<String>,
        /// The piece's id, if it is one.
        equipment: Option<String>,
        /// How that was shown.
        how: ShownBy,
        /// How the piece is.
        condition: Option<Condition>,
    },
    /// A stretch was left out.
    Skip {
        /// Its id.
        stretch: String,
        /// Why.
        reason: SkipReason,
    },
    /// Somebody was in the water.
    PersonInWater,
    /// Something was seen that others must know.
    Report {
        /// What.
        seen: ReportKind,
        /// The piece's id, if it is about one.
        equipment: Option<String>,
    },
    /// Where the phone was.
    Track {
        /// Kept apart from what else is handed in, and not as long.
        #[serde(skip)]
        fixes: Vec<TrackFix>,
    },
}

/// Something that a phone hands in.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEntry {
    /// Its number.
    pub id: EntryId,
    /// The evening.
    pub day: Day,
    /// When, by the phone's clock.
    pub at: Moment,
    /// The number of the published patrol that was walked by.
    pub patrol: Option<i64>,
    /// The team's number, counted from 1.
    pub team: Option<u32>,
    /// Where the phone was.
    pub place: Option<LonLat>,
    /// How far off that may be, meters.
    pub accuracy_m: Option<f64>,
    /// In words.
    pub note: Option<Note>,
    /// What.
    pub what: Handed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_an_entry_is_a_uuid() {
        let id = EntryId::new("0190F3A2-7C1B-7D2E-9F00-00C0FFEE0001").unwrap();
        assert_eq!(id.as_str(), "0190f3a2-7c1b-7d2e-9f00-00c0ffee0001");
        for no_id in [
            "",
            "0190f3a2-7c1b-7d2e-9f00-00c0ffee000",
            "0190f3a2-7c1b-7d2e-9f00-00c0ffee000g",
            "0190f3a27-c1b-7d2e-9f00-00c0ffee0001",
            "../../../../../../../../../etc/passw",
        ] {
            assert_eq!(EntryId::new(no_id), None, "{no_id}");
        }
    }
}
