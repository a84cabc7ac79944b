//! Reports: what somebody has seen of equipment or of a hazard, heeded at once or looked into first.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::equipment::Condition;
use crate::model::moment::Moment;
use crate::model::photo::Photo;
use crate::model::text::Note;

/// What was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// A piece is gone.
    Missing,
    /// A piece is there, but not to be relied on.
    Damaged,
    /// Something else that may become an accident, 隐患: a dead street lamp, a broken rail.
    Hazard,
}

impl ReportKind {
    /// Every kind, in the order of this enum.
    pub const ALL: [Self; 3] = [Self::Missing, Self::Damaged, Self::Hazard];

    /// In what state the piece is if the report is right.
    pub fn condition(self) -> Option<Condition> {
        match self {
            Self::Missing => Some(Condition::Missing),
            Self::Damaged => Some(Condition::Damaged),
            Self::Hazard => None,
        }
    }
}

/// What has become of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Nobody has looked into it.
    Open,
    /// It is so.
    Confirmed,
    /// It is not so.
    Rejected,
}

impl ReportState {
    /// Every state, in the order of this enum.
    pub const ALL: [Self; 3] = [Self::Open, Self::Confirmed, Self::Rejected];
}

/// The number of a report; unique in the whole store, and never given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ReportId(pub i64);

/// About what a report is.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// A piece, by its id.
    Piece(String),
    /// A place where no piece is meant.
    Place(LonLat),
}

/// A report that is about to be made; when is said beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReport {
    /// What was seen.
    pub kind: ReportKind,
    /// Of what.
    pub about: About,
    /// In words.
    pub note: Option<Note>,
    /// Who has seen it; none if a stranger has.
    pub reporter: Option<String>,
}

/// A report as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its number.
    pub id: ReportId,
    /// What was seen, and by whom.
    pub what: NewReport,
    /// When it was made.
    pub reported_at: Moment,
    /// What has become of it.
    pub state: ReportState,
    /// The entry of the audit log by which the piece became what the report says, if it has been heeded.
    pub heeded: Option<i64>,
    /// What was added to it, in the order in which it came.
    pub photos: Vec<Photo>,
}
