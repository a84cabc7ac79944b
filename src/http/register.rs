//! The register, written by whoever keeps it: pieces added, edited, moved, retired.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::names;
use crate::app::snapshot::Snapshot;
use crate::geometry::converter::Converter;
use crate::geometry::lon_lat::LonLat;
use crate::http::ask::Caller;
use crate::http::ask::ask_changed;
use crate::http::ask::ask_created;
use crate::http::ask::ask_gone;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::equipment::PieceProperties;
use crate::http::equipment::feature;
use crate::http::geojson::Feature;
use crate::http::geojson::Position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::kind;
use crate::http::parameters::place;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::validator::Seen;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::day::Day;
use crate::model::equipment::Condition;
use crate::model::equipment::EquipmentKind;
use crate::model::register::Edit;
use crate::model::said::Said;
use crate::model::text::Name;
use crate::model::text::Note;

/// A piece that is put up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPieceRequest {
    /// What it is.
    #[schema(value_type = words::Kind)]
    kind: String,
    /// Where it stands.
    at: Position,
    /// In what state; usable unless said otherwise.
    #[schema(value_type = Option<words::PieceCondition>)]
    condition: Option<String>,
    /// One line.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// The village that it is registered in.
    #[schema(min_length = 1, max_length = 200)]
    village: Option<String>,
    /// The day of the last inspection, `YYYY-MM-DD`.
    #[schema(example = "2026-11-25", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    inspected_on: Option<String>,
    /// A remark.
    #[schema(min_length = 1, max_length = 2000)]
    note: Option<String>,
}

/// What is said of a piece; what is left out stays as it is, and null takes away what was said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PieceRequest {
    /// What it is.
    #[schema(value_type = Option<words::Kind>)]
    kind: Option<String>,
    /// Where it stands from now on.
    at: Option<Position>,
    /// In what state: what is damaged, missing or unverified covers nothing.
    #[schema(value_type = Option<words::PieceCondition>)]
    condition: Option<String>,
    /// One line.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    name: Said<String>,
    /// The village that it is registered in.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    village: Said<String>,
    /// The day of the last inspection, `YYYY-MM-DD`.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "2026-11-25", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    inspected_on: Said<String>,
    /// A remark.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000)]
    note: Said<String>,
}

/// Puts up a piece: what is reached, what is nearest and the map follow at once.
#[utoipa::path(post, path = "/api/v1/regions/{r}/equipment", tag = "equipment",
    params(parameters::Region, parameters::Datum),
    request_body = NewPieceRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = Feature<PieceProperties>, description = "The piece, with its new id.", headers(("etag" = String, description = "Of the region as it is now."), ("location" = String, description = "Where the piece is.")))))]
pub(super) async fn add_piece(
    planner: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<NewPieceRequest>,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let (new, edits) = asked.read(&datum)?;
    ask_created(&caller, move |regions| {
        let (after, id) = regions.add_piece(&planner.who(), &region, new, &edits)?;
        let added = feature(&after, after.region.piece(&id)? as usize, &datum)?;
        let address = format!("/api/v1/regions/{region}/equipment/{id}");
        Ok((Some(after), address, added))
    })
    .await
}

/// Changes what is said of a piece, like its condition, or moves it: what is reached, what is nearest and the map follow at
/// once.
#[utoipa::path(patch, path = "/api/v1/regions/{r}/equipment/{id}", tag = "equipment",
    params(parameters::Region, parameters::PieceId, parameters::IfMatch, parameters::Datum),
    request_body = PieceRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = Feature<PieceProperties>, description = "As it is now.", headers(("etag" = String, description = "Of the region as it is now.")))))]
pub(super) async fn edit_piece(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<PieceRequest>,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let edits = asked.edits(&datum)?;
    ask_changed(&caller, move |regions| {
        let is_seen = |before: &Snapshot| seen.is(before);
        let after = regions.edit_piece(&planner.who(), &region, &id, &edits, is_seen)?;
        let edited = feature(&after, after.region.piece(&id)? as usize, &datum)?;
        Ok((after, edited))
    })
    .await
}

/// Takes a piece away for good: what is reached, what is nearest and the map follow at once.
#[utoipa::path(delete, path = "/api/v1/regions/{r}/equipment/{id}", tag = "equipment",
    params(parameters::Region, parameters::PieceId, parameters::IfMatch),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It is gone.", headers(("etag" = String, description = "Of the region as it is now.")))))]
pub(super) async fn retire_piece(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask_gone(&caller, move |regions| {
        let is_seen = |before: &Snapshot| seen.is(before);
        Ok(regions.retire_piece(&planner.who(), &region, &id, is_seen)?)
    })
    .await
}

impl NewPieceRequest {
    /// What it is and where, and what else is said of it.
    fn read(&self, datum: &Converter) -> Result<((EquipmentKind, LonLat), Vec<Edit>), Fault> {
        let new = (kind("kind", &self.kind)?, place(datum, self.at.0, "at")?);
        let edits = [
            self.condition.as_deref().map(edit_of_condition),
            self.name
                .as_deref()
                .map(|text| Ok(Edit::Name(Some(name("name", text)?)))),
            self.village
                .as_deref()
                .map(|text| Ok(Edit::Village(Some(name("village", text)?)))),
            self.inspected_on
                .as_deref()
                .map(|text| Ok(Edit::InspectedOn(Some(day(text)?)))),
            self.note
                .as_deref()
                .map(|text| Ok(Edit::Note(Some(note(text)?)))),
        ];
        let edits = edits.into_iter().flatten();
        Ok((new, edits.collect::<Result<_, Fault>>()?))
    }
}

impl PieceRequest {
    /// What is said, one field after the other.
    fn edits(&self, datum: &Converter) -> Result<Vec<Edit>, Fault> {
        let edits = [
            self.kind
                .as_deref()
                .map(|word| Ok(Edit::Kind(kind("kind", word)?))),
            self.at.map(|at| Ok(Edit::At(place(datum, at.0, "at")?))),
            self.condition.as_deref().map(edit_of_condition),
            edit_of(&self.name, Edit::Name, |text| name("name", text)),
            edit_of(&self.village, Edit::Village, |text| name("village", text)),
            edit_of(&self.inspected_on, Edit::InspectedOn, day),
            edit_of(&self.note, Edit::Note, note),
        ];
        let edits: Vec<Edit> = edits.into_iter().flatten().collect::<Result<_, Fault>>()?;
        if edits.is_empty() {
            return Err(Fault::BadBody {
                detail: "the body changes nothing; give one or more of kind, at, condition, name, village, inspected_on, note".to_owned(),
            });
        }
        Ok(edits)
    }
}

/// The edit that a text stands for, if anything is said.
fn edit_of<T>(
    said: &Said<String>,
    edit: impl FnOnce(Option<T>) -> Edit,
    read: impl FnOnce(&str) -> Result<T, Fault>,
) -> Option<Result<Edit, Fault>> {
    match said {
        Said::Nothing => None,
        Said::None => Some(Ok(edit(None))),
        Said::This(text) => Some(read(text).map(|text| edit(Some(text)))),
    }
}

fn edit_of_condition(word: &str) -> Result<Edit, Fault> {
    condition(word).map(Edit::Condition)
}

pub(super) fn condition(word: &str) -> Result<Condition, Fault> {
    let found = names::condition(word.trim());
    found.ok_or_else(|| {
        let all = Condition::ALL.map(names::of_condition).join(", ");
        let word = shown(word);
        bad(
            "condition",
            format!("condition is {word}; give one of {all}"),
        )
    })
}

pub(super) fn name(field: &'static str, text: &str) -> Result<Name, Fault> {
    Name::new(text).map_err(|fault| bad(field, format!("{field} {fault}")))
}

pub(super) fn note(text: &str) -> Result<Note, Fault> {
    Note::new(text).map_err(|fault| bad("note", format!("note {fault}")))
}

fn day(text: &str) -> Result<Day, Fault> {
    let day = Day::new(text.trim());
    day.map_err(|fault| {
        bad(
            "inspected_on",
            format!("inspected_on is {}, which {fault}", shown(text)),
        )
    })
}
