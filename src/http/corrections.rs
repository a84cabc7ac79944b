//! Corrections of the map: ways and waters that a planner draws, or strikes out.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::corrections::Asked;
use crate::app::corrections::NewCorrection;
use crate::app::names;
use crate::app::snapshot::Snapshot;
use crate::geometry::converter::Converter;
use crate::geometry::lon_lat::LonLat;
use crate::http::ask::Caller;
use crate::http::ask::ask_created;
use crate::http::ask::ask_gone;
use crate::http::ask::ask_region;
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
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::register::name;
use crate::http::register::note;
use crate::http::validator::Seen;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::correction::Correction;
use crate::model::correction::Drawing;
use crate::model::correction::MOST_POINTS;

/// What people have put right on the map of a region.
#[derive(Serialize, ToSchema)]
pub(super) struct CorrectionsBody {
    /// The snapshot that was asked.
    version: u64,
    /// In the order in which they were made.
    corrections: Vec<CorrectionBody>,
}

/// Something of the map that somebody has put right.
#[derive(Serialize, ToSchema)]
pub(super) struct CorrectionBody {
    #[schema(example = "correction-1")]
    id: String,
    #[schema(value_type = words::Corrected)]
    what: &'static str,
    /// What kind of way or water is drawn; none of what is struck out.
    #[schema(required, example = "footway")]
    kind: Option<&'static str>,
    /// Whether a way that is drawn is a bridge.
    bridge: bool,
    /// The way; the bank of the water, without its first point again; or the one place where somebody pointed at what is
    /// struck out.
    line: Vec<Position>,
    /// What is struck out, as the files name it.
    #[schema(required)]
    source: Option<String>,
    #[schema(required)]
    name: Option<String>,
    #[schema(required)]
    note: Option<String>,
}

/// What is to be put right.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum CorrectionRequest {
    /// A way that the map lacks.
    Path {
        #[schema(value_type = words::Way)]
        kind: String,
        /// Whether it is a bridge: only its ends touch the ground.
        #[serde(default)]
        bridge: bool,
        /// At most 20 km, in the region; it joins other ways where it has a point in common with them.
        #[schema(min_items = 2, max_items = 500)]
        line: Vec<Position>,
        /// What people call it.
        #[schema(min_length = 1, max_length = 200)]
        name: Option<String>,
        /// A remark.
        #[schema(min_length = 1, max_length = 2000)]
        note: Option<String>,
    },
    /// Water that the map lacks.
    Water {
        #[schema(value_type = words::Water)]
        kind: String,
        /// Its bank, once around; at most 20 km, in the region.
        #[schema(min_items = 3, max_items = 500)]
        outline: Vec<Position>,
        /// What people call it.
        #[schema(min_length = 1, max_length = 200)]
        name: Option<String>,
        /// A remark.
        #[schema(min_length = 1, max_length = 2000)]
        note: Option<String>,
    },
    /// A way that is not there: the nearest that the files have, within 15 m.
    NoPath {
        at: Position,
        /// A remark.
        #[schema(min_length = 1, max_length = 2000)]
        note: Option<String>,
    },
    /// Water that is not there: what the files have at the place, or as a line within 15 m.
    NoWater {
        at: Position,
        /// A remark.
        #[schema(min_length = 1, max_length = 2000)]
        note: Option<String>,
    },
}

/// What people have put right on the map.
#[utoipa::path(get, path = "/api/v1/regions/{r}/corrections", tag = "map",
    params(parameters::Region, parameters::Datum),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = CorrectionsBody, description = "The corrections that hold.", headers(("etag" = String, description = "For if-match and if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn corrections(
    _: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    ask_region(&caller, &region, move |snapshot| {
        let corrections = snapshot.region.corrections.iter();
        let corrections = corrections.map(|correction| body(correction, &datum));
        Ok(CorrectionsBody {
            version: snapshot.version,
            corrections: corrections.collect::<Result<_, _>>()?,
        })
    })
    .await
}

/// Puts the map right; when it is answered, what is reached is that of the new ground, which takes a second or more.
#[utoipa::path(post, path = "/api/v1/regions/{r}/corrections", tag = "map",
    params(parameters::Region, parameters::Datum),
    request_body = CorrectionRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = CorrectionBody, description = "The correction, with its new id.", headers(("etag" = String, description = "Of the region as it is now."), ("location" = String, description = "Where it can be taken back.")))))]
pub(super) async fn correct(
    planner: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<CorrectionRequest>,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let new = asked.checked(&datum)?;
    ask_created(&caller, move |regions| {
        let (after, id) = regions.correct(&planner.who(), &region, new)?;
        let mut found = after.region.corrections.iter();
        let made = found.find(|correction| correction.id == id);
        let made = made.map(|made| body(made, &datum)).transpose()?;
        let address = format!("/api/v1/regions/{region}/corrections/{id}");
        Ok((Some(after), address, made))
    })
    .await
}

/// Takes a correction back; the map is again as its files say there.
#[utoipa::path(delete, path = "/api/v1/regions/{r}/corrections/{id}", tag = "map",
    params(parameters::Region, register_parameters::CorrectionId, parameters::IfMatch),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It is taken back.", headers(("etag" = String, description = "Of the region as it is now.")))))]
pub(super) async fn take_back_correction(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask_gone(&caller, move |regions| {
        let is_seen = |before: &Snapshot| seen.is(before);
        Ok(regions.take_back_correction(&planner.who(), &region, &id, is_seen)?)
    })
    .await
}

impl CorrectionRequest {
    fn checked(self, datum: &Converter) -> Result<NewCorrection, Fault> {
        let (asked, said, remark) = match self {
            Self::Path {
                kind,
                bridge,
                line,
                name,
                note,
            } => {
                let kind = names::path(&kind)
                    .ok_or_else(|| unknown(&kind, &names::PATHS.map(names::of_path)))?;
                let line = points(datum, "line", &line, 2)?;
                let drawing = Drawing::Path { kind, bridge, line };
                (Asked::Drawn(drawing), name, note)
            }
            Self::Water {
                kind,
                outline,
                name,
                note,
            } => {
                let kind = names::water(&kind)
                    .ok_or_else(|| unknown(&kind, &names::WATERS.map(names::of_water)))?;
                let mut outline = points(datum, "outline", &outline, 3)?;
                if outline.first() == outline.last() {
                    outline.pop();
                }
                if outline.len() < 3 {
                    return Err(too_few("outline", 3));
                }
                (Asked::Drawn(Drawing::Water { kind, outline }), name, note)
            }
            Self::NoPath { at, note } => (Asked::NoPath(place(datum, at.0, "at")?), None, note),
            Self::NoWater { at, note } => (Asked::NoWater(place(datum, at.0, "at")?), None, note),
        };
        Ok(NewCorrection {
            asked,
            name: said.map(|text| name("name", &text)).transpose()?,
            note: remark.map(|text| note(&text)).transpose()?,
        })
    }
}

fn unknown(word: &str, known: &[&str]) -> Fault {
    let (word, known) = (shown(word), known.join(", "));
    bad("kind", format!("kind is {word}; give one of {known}"))
}

fn too_few(field: &'static str, least: usize) -> Fault {
    let detail = format!("{field} has fewer than {least} different points; give at least {least}");
    bad(field, detail)
}

/// Places in a row, no two of them equal.
fn points(
    datum: &Converter,
    field: &'static str,
    positions: &[Position],
    least: usize,
) -> Result<Vec<LonLat>, Fault> {
    if MOST_POINTS < positions.len() {
        let n = positions.len();
        let detail = format!("{field} has {n} points; give at most {MOST_POINTS}");
        return Err(bad(field, detail));
    }
    let places = positions.iter().map(|at| place(datum, at.0, field));
    let mut places: Vec<LonLat> = places.collect::<Result<_, _>>()?;
    places.dedup();
    if places.len() < least {
        return Err(too_few(field, least));
    }
    Ok(places)
}

fn body(correction: &Correction, datum: &Converter) -> Result<CorrectionBody, Fault> {
    let (kind, is_bridge, line, source) = match &correction.drawing {
        Drawing::Path { kind, bridge, line } => {
            (Some(names::of_path(*kind)), *bridge, line.as_slice(), None)
        }
        Drawing::Water { kind, outline } => (
            Some(names::of_water(*kind)),
            false,
            outline.as_slice(),
            None,
        ),
        Drawing::NoPath { source, at } | Drawing::NoWater { source, at } => {
            (None, false, std::slice::from_ref(at), Some(source.clone()))
        }
    };
    let line = line.iter().map(|&at| position(datum, at));
    Ok(CorrectionBody {
        id: correction.id.clone(),
        what: names::of_correction(&correction.drawing),
        kind,
        bridge: is_bridge,
        line: line.collect::<Result<_, _>>()?,
        source,
        name: correction.name.clone(),
        note: correction.note.clone(),
    })
}
