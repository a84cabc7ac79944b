//! Reports: what anybody has seen of equipment and hazards, looked into by whoever keeps the region.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::names;
use crate::app::reports::ReportPage;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask_created;
use crate::http::ask::ask_json;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::register_parameters;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::place;
use crate::http::peer::Peer;
use crate::http::photos::PhotoBody;
use crate::http::problem::Fault;
use crate::http::register::note;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::http::visitor::Visitor;
use crate::model::account::Role;
use crate::model::report::About;
use crate::model::report::NewReport;
use crate::model::report::Report;
use crate::model::report::ReportId;
use crate::model::report::ReportKind;
use crate::model::report::ReportState;
use crate::model::text::Note;

/// So many reports come on a page at most.
pub(super) const MOST_REPORTS: usize = 1_000;

/// So many come unless another number is asked for.
const USUAL_REPORTS: usize = 100;

/// What somebody has seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewReportRequest {
    #[schema(value_type = words::Seen)]
    kind: ReportKind,
    /// The id of the piece; `missing` and `damaged` need one.
    #[schema(max_length = 200)]
    equipment: Option<String>,
    /// Where; a hazard needs it unless it is at a piece. It is not kept where a piece is named: whoever reports may stand there.
    at: Option<Position>,
    /// In words.
    #[schema(min_length = 1, max_length = 2000)]
    note: Option<String>,
}

/// What is decided of a report.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportDecision {
    state: DecidedRequest,
}

/// Whether it is so.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DecidedRequest {
    /// It is so: the piece is as the report says.
    Confirmed,
    /// It is not: the piece is as it was before, if nobody has changed it since.
    Rejected,
}

/// What whoever reports is told.
#[derive(Serialize, ToSchema)]
pub(super) struct ReportReceipt {
    /// Its number.
    id: i64,
    #[schema(value_type = words::Seen)]
    kind: &'static str,
    #[schema(value_type = words::ReportStateName)]
    state: &'static str,
    /// Whether the piece is taken to be so at once; a stranger's report waits until somebody confirms it.
    heeded: bool,
    /// Whoever shows it in the header `photo-right` may add up to 3 photos to the report, for an hour. Nobody is told it again.
    #[schema(example = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c")]
    photo_right: String,
}

/// A report.
#[derive(Serialize, ToSchema)]
pub(super) struct ReportBody {
    /// Its number.
    id: i64,
    #[schema(value_type = words::Seen)]
    kind: &'static str,
    #[schema(value_type = words::ReportStateName)]
    state: &'static str,
    /// The id of the piece that it is about.
    #[schema(required)]
    equipment: Option<String>,
    /// Where it is, if it is about no piece.
    #[schema(required)]
    at: Option<Position>,
    #[schema(required)]
    note: Option<String>,
    /// Who has made it; none if a stranger has.
    #[schema(required)]
    reporter: Option<String>,
    /// When, UTC.
    #[schema(example = "2026-11-25T02:00:00Z")]
    reported_at: String,
    /// Whether the piece was taken to be so at once.
    heeded: bool,
    /// What was added to it, in the order in which it came.
    #[schema(max_items = 3)]
    photos: Vec<PhotoBody>,
}

/// A page of reports.
#[derive(Serialize, ToSchema)]
pub(super) struct ReportsBody {
    region: String,
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    /// The latest first.
    reports: Vec<ReportBody>,
    /// Where the next page is, if there is one.
    #[schema(required)]
    next: Option<String>,
}

/// Takes a report from anybody. A volunteer's is heeded at once: a piece that is missing or damaged covers nothing from
/// then on. A stranger's changes nothing until somebody confirms it; at most 5 in ten minutes from one address.
#[utoipa::path(post, path = "/api/v1/regions/{r}/reports", tag = "reports",
    params(parameters::Region, parameters::Datum),
    request_body = NewReportRequest,
    security((), ("bearer" = []), ("session" = [])),
    responses((status = 201, body = ReportReceipt, description = "What was taken down.", headers(("location" = String, description = "Where whoever keeps the region reads it.")))))]
pub(super) async fn report(
    visitor: Option<Visitor>,
    peer: Peer,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<NewReportRequest>,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let volunteer = visitor.filter(|visitor| visitor.0.may(Role::Volunteer, Some(&region)));
    let what = asked.read(&datum, volunteer.map(|volunteer| volunteer.0.who()))?;
    if what.reporter.is_none() {
        caller.count_stranger(peer)?;
    }
    ask_created(&caller, move |regions| {
        let made = regions.report(&region, &what)?;
        let photo_right = made.photo_right.as_str().to_owned();
        let made = made.report;
        let address = format!("/api/v1/regions/{region}/reports/{}", made.id.0);
        let receipt = ReportReceipt {
            id: made.id.0,
            kind: names::of_report(made.what.kind),
            state: names::of_report_state(made.state),
            heeded: made.heeded.is_some(),
            photo_right,
        };
        Ok((None, address, receipt))
    })
    .await
}

/// The reports of a region, the latest first.
#[utoipa::path(get, path = "/api/v1/regions/{r}/reports", tag = "reports",
    params(parameters::Region, register_parameters::ReportStateAsked, register_parameters::ReportsAPage, register_parameters::BeforeReport, parameters::Datum),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = ReportsBody, description = "A page of reports.")))]
pub(super) async fn reports(
    _: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["state", "limit", "before", "datum"])?;
    let states = ReportState::ALL.map(|state| (names::of_report_state(state), state));
    let state = asked.word("state", &states)?;
    let limit = asked
        .number("limit", &(1..=MOST_REPORTS))?
        .unwrap_or(USUAL_REPORTS);
    let before = asked.number("before", &(1..=i64::MAX))?;
    let datum = asked.datum()?;
    let (page, of_state) = (
        ReportPage {
            state,
            before,
            limit,
        },
        state.map(names::of_report_state),
    );
    ask_json(&caller, move |regions| {
        let found = regions.reports(&region, &page)?;
        let last = found.last().filter(|_| found.len() == limit);
        let next = last.map(|last| {
            let state = of_state.map_or_else(String::new, |state| format!("state={state}&"));
            let (datum, id) = (datum.datum(), last.id.0);
            format!(
                "/api/v1/regions/{region}/reports?{state}limit={limit}&datum={datum}&before={id}"
            )
        });
        let reports = found
            .iter()
            .map(|report| ReportBody::new(&region, report, &datum));
        Ok(ReportsBody {
            reports: reports.collect::<Result<_, _>>()?,
            datum: datum.datum().to_string(),
            region,
            next,
        })
    })
    .await
}

/// One report.
#[utoipa::path(get, path = "/api/v1/regions/{r}/reports/{id}", tag = "reports",
    params(parameters::Region, register_parameters::ReportNumber, parameters::Datum),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = ReportBody, description = "The report.")))]
pub(super) async fn one_report(
    _: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    ask_json(&caller, move |regions| {
        let report = regions.kept_report(&region, ReportId(id))?;
        ReportBody::new(&region, &report, &datum)
    })
    .await
}

/// Confirms or rejects an open report: its piece, and what is reached, follow at once.
#[utoipa::path(patch, path = "/api/v1/regions/{r}/reports/{id}", tag = "reports",
    params(parameters::Region, register_parameters::ReportNumber, parameters::Datum),
    request_body = ReportDecision,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = ReportBody, description = "As it is now.")))]
pub(super) async fn decide_report(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<ReportDecision>,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let is_confirmed = match asked.state {
        DecidedRequest::Confirmed => true,
        DecidedRequest::Rejected => false,
    };
    ask_json(&caller, move |regions| {
        let report = regions.decide_report(&planner.who(), &region, ReportId(id), is_confirmed)?;
        ReportBody::new(&region, &report, &datum)
    })
    .await
}

impl NewReportRequest {
    fn read(self, datum: &Converter, reporter: Option<String>) -> Result<NewReport, Fault> {
        let note = self.note.as_deref().map(note).transpose()?;
        let about = match (self.equipment, self.at) {
            (Some(piece), _) => About::Piece(piece),
            (None, Some(at)) if self.kind == ReportKind::Hazard => {
                About::Place(place(datum, at.0, "at")?)
            }
            (None, Some(_) | None) if self.kind != ReportKind::Hazard => {
                let detail = "equipment is not given; give the id of the piece that is so";
                return Err(bad("equipment", detail));
            }
            (None, Some(_) | None) => {
                let detail = "at is not given; give a place, or equipment, the id of a piece";
                return Err(bad("at", detail));
            }
        };
        Ok(NewReport {
            kind: self.kind,
            about,
            note,
            reporter,
        })
    }
}

impl ReportBody {
    fn new(region: &str, report: &Report, datum: &Converter) -> Result<Self, Fault> {
        let what = &report.what;
        let (equipment, at) = match &what.about {
            About::Piece(piece) => (Some(piece.clone()), None),
            About::Place(at) => (None, Some(position(datum, *at)?)),
        };
        Ok(Self {
            id: report.id.0,
            kind: names::of_report(what.kind),
            state: names::of_report_state(report.state),
            equipment,
            at,
            note: what.note.as_ref().map(Note::as_str).map(str::to_owned),
            reporter: what.reporter.clone(),
            reported_at: clock::text(report.reported_at),
            heeded: report.heeded.is_some(),
            photos: report
                .photos
                .iter()
                .map(|photo| PhotoBody::new(region, report.id, *photo))
                .collect(),
        })
    }
}
