//! Inspections: which pieces are to be looked at next, and what somebody found who looked.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::inspections::DuePiece;
use crate::app::names;
use crate::app::snapshot::Snapshot;
use crate::http::ask::Caller;
use crate::http::ask::ask_created;
use crate::http::ask::ask_json;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::register_parameters;
use crate::http::described::words;
use crate::http::equipment::PieceProperties;
use crate::http::equipment::feature;
use crate::http::geojson::Feature;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::http::register::condition;
use crate::http::register::note;
use crate::http::validator::Seen;
use crate::http::visitor::Holder;
use crate::http::visitor::Volunteer;
use crate::model::day::Day;

/// So many pieces come on a page at most.
pub(super) const MOST_DUE: usize = 5_000;

/// So many come unless another number is asked for.
const USUAL_DUE: usize = 100;

/// What is to be looked at.
#[derive(Serialize, ToSchema)]
pub(super) struct InspectionsBody {
    region: String,
    /// The snapshot that was asked.
    version: u64,
    /// The day that it is in the region's own time zone.
    #[schema(example = "2026-11-25")]
    today: String,
    /// How many pieces there are on all pages.
    total: usize,
    /// Those of them that should have been looked at already.
    overdue: usize,
    /// Those that nobody has ever looked at first, then by the day that they are due.
    inspections: Vec<DueBody>,
    /// Where the next page is, if there is one.
    #[schema(required)]
    next: Option<String>,
}

/// A piece and when it is to be looked at.
#[derive(Serialize, ToSchema)]
struct DueBody {
    /// The piece's id.
    id: String,
    /// The code that is printed on it.
    #[schema(example = "LI-0173-K")]
    code: String,
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    #[schema(value_type = words::PieceCondition)]
    condition: &'static str,
    #[schema(required)]
    name: Option<String>,
    /// The name of the village that it stands in; if it stands in none, as the register says.
    #[schema(required)]
    village: Option<String>,
    /// The day of the last inspection; none if nobody has ever looked.
    #[schema(required)]
    inspected_on: Option<String>,
    /// By which day somebody is to look again; none if nobody ever has.
    #[schema(required)]
    due_on: Option<String>,
    /// How many days ago that was, negative while it is still to come; none if nobody has ever looked.
    #[schema(required)]
    days_overdue: Option<i64>,
    /// Whether somebody should have looked already; on the very day it is in time.
    overdue: bool,
}

/// What somebody found who looked at a piece today.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InspectionRequest {
    /// In what state it is: what is damaged, missing or unverified covers nothing.
    #[schema(value_type = words::PieceCondition)]
    condition: String,
    /// A remark; unless it is given, the one that is there stays.
    #[schema(min_length = 1, max_length = 2000)]
    note: Option<String>,
}

/// The pieces by when they are to be looked at, those that nobody has ever looked at first.
#[utoipa::path(get, path = "/api/v1/regions/{r}/inspections", tag = "inspections",
    params(parameters::Region, register_parameters::Overdue, parameters::OnlyKinds, parameters::Village, register_parameters::DueAPage, register_parameters::FromDue),
    responses((status = 200, body = InspectionsBody, description = "What is to be looked at.")))]
pub(super) async fn inspections(
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let known = ["overdue", "kind", "village", "limit", "skip"];
    let asked = Parameters::new(query.as_deref(), &known)?;
    let is_overdue = asked.word("overdue", &[("true", true), ("false", false)])?;
    let kinds = asked.only_kinds()?;
    let village = asked.text("village").map(str::to_owned);
    let limit = asked.number("limit", &(1..=MOST_DUE))?.unwrap_or(USUAL_DUE);
    let skip = asked.number("skip", &(0..=u32::MAX as usize))?.unwrap_or(0);
    ask_json(&caller, move |regions| {
        let snapshot = regions.snapshot(&region)?;
        let today = snapshot.today();
        let pieces = snapshot.pieces(kinds.as_deref(), village.as_deref(), None)?;
        let mut found = snapshot.by_due_day(pieces.into_iter(), &today);
        found.retain(|due| is_overdue.is_none_or(|asked| due.is_overdue() == asked));
        let page = found.iter().skip(skip).take(limit);
        let end = skip.saturating_add(limit);
        let next = (end < found.len()).then(|| next_address(&region, query.as_deref(), end));
        Ok(InspectionsBody {
            version: snapshot.version,
            today: today.into(),
            total: found.len(),
            overdue: found.iter().filter(|due| due.is_overdue()).count(),
            inspections: page.map(|due| DueBody::new(&snapshot, due)).collect(),
            region,
            next,
        })
    })
    .await
}

/// Writes down that somebody has looked at a piece today, and in what state it was: what is reached follows at once.
#[utoipa::path(post, path = "/api/v1/regions/{r}/equipment/{id}/inspections", tag = "inspections",
    params(parameters::Region, parameters::PieceId, parameters::IfMatch, parameters::Datum),
    request_body = InspectionRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = Feature<PieceProperties>, description = "The piece as it is now.", headers(("etag" = String, description = "Of the region as it is now."), ("location" = String, description = "Where the piece is.")))))]
pub(super) async fn inspect_piece(
    volunteer: Holder<Volunteer>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<InspectionRequest>,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let found = (
        condition(&asked.condition)?,
        asked.note.as_deref().map(note).transpose()?,
    );
    ask_created(&caller, move |regions| {
        let is_seen = |before: &Snapshot| seen.is(before);
        let after = regions.inspect_piece(&volunteer.who(), &region, &id, found, is_seen)?;
        let piece = feature(&after, after.region.piece(&id)? as usize, &datum)?;
        let mut address = format!("/api/v1/regions/{region}/equipment/");
        address.extend(form_urlencoded::byte_serialize(id.as_bytes()));
        Ok((Some(after), address, piece))
    })
    .await
}

impl DueBody {
    fn new(snapshot: &Snapshot, due: &DuePiece) -> Self {
        let piece = &snapshot.region.equipment[due.piece];
        let village = snapshot.villages_of(due.piece).next();
        let village = village.map(|village| village.name.clone());
        Self {
            id: piece.id.clone(),
            code: snapshot.code(due.piece).to_string(),
            kind: names::of_equipment(piece.kind),
            condition: names::of_condition(piece.condition),
            name: piece.name.clone(),
            village: village.or_else(|| piece.village.clone()),
            inspected_on: piece.inspected_on.clone(),
            due_on: due.due.as_ref().map(Day::as_str).map(str::to_owned),
            days_overdue: due.days_overdue,
            overdue: due.is_overdue(),
        }
    }
}

fn next_address(region: &str, query: Option<&str>, skip: usize) -> String {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let mut next = form_urlencoded::Serializer::new(String::new());
    next.extend_pairs(pairs.filter(|(name, _)| name != "skip"));
    next.append_pair("skip", &skip.to_string());
    format!("/api/v1/regions/{region}/inspections?{}", next.finish())
}
