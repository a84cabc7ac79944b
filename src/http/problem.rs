//! Errors as RFC 9457 problems: what is wrong, with which parameter, and what would be right.

use axum::Json;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::fault::Fault as Unanswered;
use crate::app::people::fault::PeopleFault;
use crate::http::column_body::ColumnBody;
use crate::http::nature::of_people;
use crate::http::nature::of_provider;
use crate::http::nature::of_unanswered;
use crate::http::provider::fault::ProviderFault;
use crate::model::code::BadCode;

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum Fault {
    /// The question has no answer.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// A parameter of the query that the resource does not have.
    #[error("there is no parameter {name}; there is {known}")]
    UnknownParameter {
        /// As sent, cut short.
        name: String,
        /// All of them.
        known: String,
    },
    /// A parameter with a value that makes no sense.
    #[error("{detail}")]
    BadParameter {
        /// Its name.
        name: &'static str,
        /// What it is, and what would be right.
        detail: String,
    },
    /// A part of the address that makes no sense.
    #[error("{detail}")]
    BadAddress {
        /// What it is, and what would be right.
        detail: String,
    },
    /// A code that was read or typed wrongly.
    #[error(transparent)]
    BadCode(#[from] BadCode),
    /// A body that cannot be read, or says something that makes no sense.
    #[error("{detail}")]
    BadBody {
        /// What it is, and what would be right.
        detail: String,
    },
    /// A body of another kind than JSON.
    #[error("send the body as JSON, with content-type: application/json")]
    NotJson,
    /// A body that is too large.
    #[error("the body is larger than {most} bytes; send less at once")]
    BodyTooLarge {
        /// The most that is taken, bytes.
        most: usize,
    },
    /// Something that a stranger must not do or read.
    #[error(
        "this takes an account: sign in, or, as a program, send the header authorization: Bearer KEY"
    )]
    NotSignedIn,
    /// A key that opens nothing.
    #[error(
        "the key opens nothing: it is wrong, has ended or has expired; make another where you are signed in, or with zhugan user key"
    )]
    WrongKey,
    /// Nobody is signed in by a provider.
    #[error(transparent)]
    Provider(#[from] ProviderFault),
    /// A page of another server that uses what a browser shows for its owner.
    #[error("this was sent by a page of another server; open the page of this one")]
    CrossSite,
    /// Somebody is not let in, or may not do it.
    #[error(transparent)]
    People(#[from] PeopleFault),
    /// Nothing is at this address.
    #[error("nothing is at {path}; /api/docs lists what there is")]
    NothingHere {
        /// As sent, cut short.
        path: String,
    },
    /// The address exists, but not for this method.
    #[error("{method} is not possible here; the allow header names what is")]
    WrongMethod {
        /// As sent, cut short.
        method: String,
    },
    /// A tile that is never served.
    #[error("{detail}")]
    NoSuchTile {
        /// Why.
        detail: String,
    },
    /// No region can be asked yet.
    #[error("{detail}")]
    NotReady {
        /// How far it is.
        detail: String,
    },
    /// Too much from one address that nobody signs in for.
    #[error(
        "so much has been sent from your address lately that no more is taken; send it again in {seconds} s"
    )]
    TooManyReports {
        /// How long it takes until more are taken.
        seconds: u64,
    },
    /// Too many questions wait already.
    #[error("too many questions at once; ask again in a moment")]
    Busy,
    /// The answer, or the request itself, took too long.
    #[error("no answer within {seconds} s; ask again, or for less at once")]
    TooSlow {
        /// The limit.
        seconds: u64,
    },
    /// A fault of the program.
    #[error("the service has made a mistake; it is in its log under {code}")]
    Mistake {
        /// Under which it stands in the log.
        code: String,
    },
}

/// A problem as it is sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Which kind of problem; stable.
    #[serde(rename = "type")]
    #[schema(example = "/problems/bad-parameter")]
    kind: String,
    /// The same for people.
    title: &'static str,
    /// The HTTP status.
    #[schema(example = 400)]
    status: u16,
    /// What is wrong here, and what would be right.
    #[schema(example = "limit_m is -3; give a number from 1 to 1000")]
    detail: String,
    /// The parameter that is wrong, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    /// A mistake that is likely behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "the place reads like gcj02, not wgs84; ask again with datum=gcj02")]
    warning: Option<String>,
    /// Of a table in which a column that is needed was not found, those that it has: `columns` can say which is which.
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<Vec<ColumnBody>>,
}

impl Fault {
    /// The status, the stable name and the title of every fault.
    fn nature(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Unanswered(fault) => of_unanswered(fault),
            Self::UnknownParameter { .. } => (
                StatusCode::BAD_REQUEST,
                "unknown-parameter",
                "There is no such parameter",
            ),
            Self::BadParameter { .. } => (
                StatusCode::BAD_REQUEST,
                "bad-parameter",
                "A parameter makes no sense",
            ),
            Self::BadCode(_) => (
                StatusCode::BAD_REQUEST,
                "bad-code",
                "The code was not read right",
            ),
            Self::BadAddress { .. } => (
                StatusCode::BAD_REQUEST,
                "bad-address",
                "The address makes no sense",
            ),
            Self::BadBody { .. } => (
                StatusCode::BAD_REQUEST,
                "bad-body",
                "The body makes no sense",
            ),
            Self::NotJson => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not-json",
                "The body is not JSON",
            ),
            Self::BodyTooLarge { .. } => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "body-too-large",
                "The body is too large",
            ),
            Self::NotSignedIn => (
                StatusCode::UNAUTHORIZED,
                "not-signed-in",
                "This takes an account",
            ),
            Self::WrongKey => (
                StatusCode::UNAUTHORIZED,
                "wrong-key",
                "The key opens nothing",
            ),
            Self::Provider(fault) => of_provider(fault),
            Self::CrossSite => (
                StatusCode::FORBIDDEN,
                "cross-site",
                "A page of another server sent this",
            ),
            Self::People(fault) => of_people(fault),
            Self::NothingHere { .. } => (StatusCode::NOT_FOUND, "nothing-here", "Nothing is here"),
            Self::WrongMethod { .. } => (
                StatusCode::METHOD_NOT_ALLOWED,
                "wrong-method",
                "The method is not possible here",
            ),
            Self::NoSuchTile { .. } => (
                StatusCode::NOT_FOUND,
                "no-such-tile",
                "There is no such tile",
            ),
            Self::NotReady { .. } => (
                StatusCode::SERVICE_UNAVAILABLE,
                "not-ready",
                "The service is not ready",
            ),
            Self::TooManyReports { .. } => (
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-reports",
                "Too many reports",
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "The service is busy",
            ),
            Self::TooSlow { .. } => (
                StatusCode::SERVICE_UNAVAILABLE,
                "too-slow",
                "It took too long",
            ),
            Self::Mistake { .. } => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "mistake",
                "The service has made a mistake",
            ),
        }
    }

    /// The HTTP status.
    pub(super) fn status(&self) -> u16 {
        self.nature().0.as_u16()
    }

    /// The stable name.
    pub(super) fn name(&self) -> &'static str {
        self.nature().1
    }

    /// What it is called, for people.
    pub(super) fn title(&self) -> &'static str {
        self.nature().2
    }

    /// As it is sent.
    pub(super) fn problem(&self) -> Problem {
        let (status, name, title) = self.nature();
        Problem {
            kind: format!("/problems/{name}"),
            title,
            status: status.as_u16(),
            detail: self.to_string(),
            parameter: self.parameter(),
            warning: self.warning(),
            columns: self.columns(),
        }
    }

    /// How a caller proves to be one who may, where that is what is missing (RFC 6750).
    fn challenge(&self) -> Option<&'static str> {
        match self {
            Self::NotSignedIn | Self::People(PeopleFault::WrongPassword) => {
                Some("Bearer realm=\"zhugan\"")
            }
            Self::WrongKey => Some("Bearer realm=\"zhugan\", error=\"invalid_token\""),
            _ => None,
        }
    }

    /// After how many seconds it is worth while to ask again, where it is.
    fn wait_s(&self) -> Option<u64> {
        match self {
            Self::TooManyReports { seconds } => Some(*seconds),
            Self::People(PeopleFault::TooManyAttempts { wait_s }) => Some(*wait_s),
            Self::Unanswered(Unanswered::ReportsWait | Unanswered::PhotosWait) => Some(3_600),
            _ => (self.nature().0 == StatusCode::SERVICE_UNAVAILABLE).then_some(1),
        }
    }

    /// The mistake that is likely behind it, where there is one.
    pub(super) fn warning(&self) -> Option<String> {
        match self {
            Self::Unanswered(Unanswered::Misread { datum, .. }) => Some(format!(
                "the place reads like {datum}, not wgs84; ask again with datum={datum}"
            )),
            _ => None,
        }
    }

    /// The columns of a table in which one that is needed was not found.
    fn columns(&self) -> Option<Vec<ColumnBody>> {
        match self {
            Self::Unanswered(Unanswered::BadFile { columns, .. }) if !columns.is_empty() => {
                Some(ColumnBody::all(columns))
            }
            _ => None,
        }
    }

    /// The parameter that is wrong, where it is one.
    fn parameter(&self) -> Option<String> {
        match self {
            Self::BadParameter { name, .. } => Some((*name).to_owned()),
            Self::UnknownParameter { name, .. } => Some(name.clone()),
            Self::BadCode(_) => Some("code".to_owned()),
            Self::Unanswered(fault) => match fault {
                Unanswered::UnknownVillage { .. } | Unanswered::TooManyLabels { .. } => {
                    Some("village".to_owned())
                }
                Unanswered::UnknownWaterBody { .. } => Some("water_body".to_owned()),
                Unanswered::UnknownBank { .. } => Some("forbidden".to_owned()),
                Unanswered::StandsNowhere { .. } => Some("required".to_owned()),
                Unanswered::TeamNowhere { .. } => Some("teams".to_owned()),
                Unanswered::AtOtherPoint { .. } => Some("pieces".to_owned()),
                Unanswered::OffBank { .. } | Unanswered::NothingThere { .. } => {
                    Some("at".to_owned())
                }
                Unanswered::WarnsTooSoon { .. } => Some("warn_m".to_owned()),
                Unanswered::Datum(_) => Some("datum".to_owned()),
                Unanswered::Points(_) => Some("format".to_owned()),
                Unanswered::Pdf(_)
                | Unanswered::UnknownRegion { .. }
                | Unanswered::Loading { .. }
                | Unanswered::Failed { .. }
                | Unanswered::NoRegion { .. }
                | Unanswered::NoRegionYet { .. }
                | Unanswered::Misread { .. }
                | Unanswered::Patrol(_)
                | Unanswered::Duty(_)
                | Unanswered::UnknownJob { .. }
                | Unanswered::TooManyJobs { .. }
                | Unanswered::UnknownEquipment { .. }
                | Unanswered::UnknownCrossing { .. }
                | Unanswered::UnknownRescuePoint { .. }
                | Unanswered::UnknownCorrection { .. }
                | Unanswered::CannotDraw { .. }
                | Unanswered::OtherFiles { .. }
                | Unanswered::ChangedMeanwhile { .. }
                | Unanswered::UnknownPrefix { .. }
                | Unanswered::UnknownCode { .. }
                | Unanswered::AlreadyRemoved { .. }
                | Unanswered::UnknownResponder { .. }
                | Unanswered::TooManyResponders { .. }
                | Unanswered::UnknownIncident { .. }
                | Unanswered::UnknownSending { .. }
                | Unanswered::IncidentClosed { .. }
                | Unanswered::UnknownReport { .. }
                | Unanswered::ReportDecided { .. }
                | Unanswered::ReportsWait
                | Unanswered::Photo(_)
                | Unanswered::NoPhotoRight { .. }
                | Unanswered::TooManyPhotos { .. }
                | Unanswered::PhotosWait
                | Unanswered::UnknownPhoto { .. }
                | Unanswered::UnknownNotice { .. }
                | Unanswered::NoticeWithdrawn { .. }
                | Unanswered::ChangedTooOften { .. }
                | Unanswered::TooManyNotices
                | Unanswered::BadNotice { .. }
                | Unanswered::UnknownWebhook { .. }
                | Unanswered::TooManyWebhooks
                | Unanswered::NoChance { .. }
                | Unanswered::BeforeItBegan
                | Unanswered::UnknownEntry { .. }
                | Unanswered::ChangedSince { .. }
                | Unanswered::ImportChangedSince { .. }
                | Unanswered::BadFile { .. }
                | Unanswered::NotUndoable { .. }
                | Unanswered::OutsideRegion { .. }
                | Unanswered::NotKept { .. } => None,
            },
            Self::BadAddress { .. }
            | Self::BadBody { .. }
            | Self::NotJson
            | Self::BodyTooLarge { .. }
            | Self::NotSignedIn
            | Self::WrongKey
            | Self::Provider(_)
            | Self::CrossSite
            | Self::People(_)
            | Self::NothingHere { .. }
            | Self::WrongMethod { .. }
            | Self::NoSuchTile { .. }
            | Self::NotReady { .. }
            | Self::TooManyReports { .. }
            | Self::Busy
            | Self::TooSlow { .. }
            | Self::Mistake { .. } => None,
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, _, _) = self.nature();
        let wait = self.wait_s();
        let mut response = (status, Json(self.problem())).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(challenge) = self.challenge() {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static(challenge),
            );
        }
        if let Some(seconds) = wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What somebody sent, short enough to be sent back.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let start: String = text.chars().take(MOST).collect();
    format!("{start}…")
}
