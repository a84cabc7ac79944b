//! The nearest equipment on foot, for one place or for many.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::gaps::USUAL_KINDS;
use crate::app::names;
use crate::app::nearest::NearestAnswer;
use crate::app::nearest::NearestPiece;
use crate::app::nearest::NearestQuestion;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::geometry::converter::Converter;
use crate::geometry::lon_lat::LonLat;
use crate::http::ask::Caller;
use crate::http::ask::ask_json;
use crate::http::ask::json_at_once;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::converter;
use crate::http::parameters::kind;
use crate::http::parameters::place;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::model::equipment::EquipmentKind;

/// So many results for each bank at most.
pub(super) const MOST_RESULTS: usize = 20;

/// So many unless another number is asked for.
const USUAL_RESULTS: usize = 3;

/// So many places at once.
const MOST_PLACES: usize = 1_000;

/// The nearest equipment to one place.
#[derive(Serialize, ToSchema)]
pub(super) struct NearestBody {
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    /// The place as it was asked for.
    at: Position,
    /// The region that the place lies in; of several, the smallest.
    region: String,
    /// What is there.
    place: PlaceBody,
    /// The nearest first; for a place in the water, bank by bank.
    results: Vec<ResultBody>,
    /// How many usable pieces of these kinds nobody can walk to from here.
    unreachable: usize,
}

/// What is at a place.
#[derive(Serialize, ToSchema)]
struct PlaceBody {
    /// `land`, `bank`, `water`, `obstacle` or `outside`.
    #[schema(value_type = words::Standing)]
    on: &'static str,
    /// The water body's id, for a place in the water.
    #[schema(required)]
    water_body: Option<String>,
    /// The banks at the place; in the water, the nearest point on each side.
    banks: Vec<BankBody>,
}

/// A bank at a place.
#[derive(Serialize, ToSchema)]
struct BankBody {
    bank: String,
    /// Where on the bank, meters from its start.
    chainage_m: f64,
    /// How far from the place, straight, meters.
    offset_m: f64,
}

/// One piece that somebody can walk to.
#[derive(Serialize, ToSchema)]
struct ResultBody {
    id: String,
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    #[schema(value_type = words::PieceCondition)]
    condition: &'static str,
    at: Position,
    /// The walk from the place itself: effective meters, which count what is underfoot.
    walk_m: f64,
    /// For information only, never for order.
    straight_m: f64,
    /// At the region's running speed.
    run_s: f64,
    /// There and back.
    fetch_and_return_s: f64,
    /// `same`: on the same bank; `other`: on another bank of the same water; `none`: elsewhere.
    #[schema(value_type = words::Relation)]
    bank: &'static str,
    /// The bank that it serves, for a place in the water.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_bank: Option<String>,
    /// The ids of the crossings on the way.
    crossings: Vec<String>,
    code: String,
    /// The way, pulled taut.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<Vec<Position>>,
    /// As the crow flies.
    #[serde(skip_serializing_if = "Option::is_none")]
    straight_line: Option<Vec<Position>>,
}

/// Many places at once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NearestRequest {
    /// At most 1,000.
    #[schema(max_items = 1000)]
    places: Vec<Position>,
    /// `equipment`.
    #[serde(rename = "for")]
    #[schema(value_type = Option<words::Wanted>)]
    whom: Option<String>,
    /// The kinds that count.
    #[schema(value_type = Option<Vec<words::Kind>>)]
    kind: Option<Vec<String>>,
    /// So many results for each bank, 1 to 20; 3.
    #[schema(minimum = 1, maximum = 20)]
    limit: Option<usize>,
    /// Whether the ways are sent.
    geometry: Option<bool>,
    /// Of all coordinates.
    #[schema(value_type = Option<words::DatumName>)]
    datum: Option<String>,
}

/// One answer per place, in order.
#[derive(Serialize, ToSchema)]
pub(super) struct NearestAnswers {
    #[schema(value_type = words::DatumName)]
    datum: String,
    /// For a place in no region, `{"problem": "…"}`.
    answers: Vec<AnswerBody>,
}

/// The answer to one of many places.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum AnswerBody {
    /// The place lies in a region.
    Found(Box<NearestBody>),
    /// It does not.
    Missing {
        /// Why.
        problem: String,
        /// A mistake that is likely behind it.
        #[serde(skip_serializing_if = "Option::is_none")]
        warning: Option<String>,
    },
}

/// How an answer is wanted.
#[derive(Clone)]
struct Wanted {
    kinds: Vec<EquipmentKind>,
    most: usize,
    with_lines: bool,
    datum: Converter,
}

/// The nearest usable equipment on foot, with the way to it; the region is found by the place.
#[utoipa::path(get, path = "/api/v1/nearest", tag = "nearest",
    params(parameters::Lon, parameters::Lat, parameters::For, parameters::Kinds, parameters::ResultsABank, parameters::WithWays, parameters::Datum),
    responses((status = 200, body = NearestBody, description = "The nearest equipment.")))]
pub(super) async fn nearest(caller: Caller, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let known = ["lon", "lat", "for", "kind", "limit", "geometry", "datum"];
    let asked = Parameters::new(query.as_deref(), &known)?;
    asked.word("for", &[("equipment", ())])?;
    let with_lines = asked.word("geometry", &[("true", true), ("false", false)])?;
    let wanted = Wanted {
        kinds: asked.kinds()?,
        most: asked
            .number("limit", &(1..=MOST_RESULTS))?
            .unwrap_or(USUAL_RESULTS),
        with_lines: with_lines.unwrap_or(true),
        datum: asked.datum()?,
    };
    let at = asked.place(&wanted.datum)?;
    if let Some(answer) = answer_at_once(caller.service.regions(), at, &wanted)? {
        return json_at_once(&caller, &answer);
    }
    ask_json(&caller, move |regions| answer(regions, at, &wanted)).await
}

/// The same for up to 1,000 places.
#[utoipa::path(post, path = "/api/v1/nearest", tag = "nearest",
    request_body = NearestRequest,
    responses((status = 200, body = NearestAnswers, description = "One answer per place, in order.")))]
pub(super) async fn nearest_of_many(
    caller: Caller,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<NearestRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let wanted = asked.wanted()?;
    let places = asked
        .places
        .iter()
        .map(|&at| place(&wanted.datum, at.0, "places"));
    let places: Vec<LonLat> = places.collect::<Result<_, _>>()?;
    ask_json(&caller, move |regions| {
        let answers = places.iter().map(|&at| match answer(regions, at, &wanted) {
            Ok(found) => AnswerBody::Found(Box::new(found)),
            Err(fault) => AnswerBody::Missing {
                problem: fault.to_string(),
                warning: fault.warning(),
            },
        });
        Ok(NearestAnswers {
            datum: wanted.datum.datum().to_string(),
            answers: answers.collect(),
        })
    })
    .await
}

impl Wanted {
    fn question(&self, at: LonLat) -> NearestQuestion {
        NearestQuestion {
            at,
            kinds: self.kinds.clone(),
            most: self.most,
            with_lines: self.with_lines,
        }
    }
}

impl NearestRequest {
    fn wanted(&self) -> Result<Wanted, Fault> {
        let n_places = self.places.len();
        if MOST_PLACES < n_places {
            let detail = format!("places holds {n_places} places; give at most {MOST_PLACES}");
            return Err(bad("places", detail));
        }
        if let Some(whom) = self.whom.as_deref().filter(|whom| *whom != "equipment") {
            return Err(bad(
                "for",
                format!("for is {}; give equipment", shown(whom)),
            ));
        }
        let most = self.limit.unwrap_or(USUAL_RESULTS);
        if !(1..=MOST_RESULTS).contains(&most) {
            let detail = format!("limit is {most}; give a number from 1 to {MOST_RESULTS}");
            return Err(bad("limit", detail));
        }
        let kinds = self.kind.as_ref();
        let kinds = kinds.map(|kinds| kinds.iter().map(|word| kind("kind", word)).collect());
        Ok(Wanted {
            kinds: kinds.unwrap_or_else(|| Ok(USUAL_KINDS.to_vec()))?,
            most,
            with_lines: self.geometry.unwrap_or(false),
            datum: converter(self.datum.as_deref().unwrap_or("wgs84"))?,
        })
    }
}

fn answer(regions: &Regions, at: LonLat, wanted: &Wanted) -> Result<NearestBody, Fault> {
    let snapshot = regions.at_given(at, wanted.datum.datum())?;
    let answer = snapshot.nearest(&wanted.question(at))?;
    body(&snapshot, at, &answer, wanted)
}

/// The answer, if it takes no more than looking up.
fn answer_at_once(
    regions: &Regions,
    at: LonLat,
    wanted: &Wanted,
) -> Result<Option<NearestBody>, Fault> {
    let snapshot = regions.at_given(at, wanted.datum.datum())?;
    let answer = snapshot.nearest_at_once(&wanted.question(at))?;
    answer
        .map(|answer| body(&snapshot, at, &answer, wanted))
        .transpose()
}

fn body(
    snapshot: &Snapshot,
    at: LonLat,
    answer: &NearestAnswer,
    wanted: &Wanted,
) -> Result<NearestBody, Fault> {
    let results = answer.results.iter();
    Ok(NearestBody {
        datum: wanted.datum.datum().to_string(),
        at: position(&wanted.datum, at)?,
        region: snapshot.region.settings.id.as_str().to_owned(),
        place: place_body(snapshot, answer),
        results: results
            .map(|found| result(snapshot, found, at, wanted))
            .collect::<Result<_, _>>()?,
        unreachable: answer.n_unreachable,
    })
}

fn place_body(snapshot: &Snapshot, answer: &NearestAnswer) -> PlaceBody {
    let ground = &snapshot.region.ground;
    let banks = answer.banks.iter();
    PlaceBody {
        on: names::of_on(answer.on),
        water_body: answer
            .water_body
            .map(|body| ground.water_bodies[body].id.clone()),
        banks: banks
            .map(|bank| BankBody {
                bank: ground.banks[bank.bank as usize].id.clone(),
                chainage_m: tenths(bank.chainage.0),
                offset_m: tenths(bank.offset.0),
            })
            .collect(),
    }
}

fn result(
    snapshot: &Snapshot,
    found: &NearestPiece,
    from: LonLat,
    wanted: &Wanted,
) -> Result<ResultBody, Fault> {
    let ground = &snapshot.region.ground;
    let piece = &snapshot.region.equipment[found.piece as usize];
    let crossings = found.crossings.iter();
    let on_map = |line: &[LonLat]| -> Result<Option<Vec<Position>>, Fault> {
        let places = line.iter().map(|&place| position(&wanted.datum, place));
        wanted.with_lines.then(|| places.collect()).transpose()
    };
    Ok(ResultBody {
        id: piece.id.clone(),
        kind: names::of_equipment(piece.kind),
        condition: names::of_condition(piece.condition),
        at: position(&wanted.datum, piece.at)?,
        walk_m: tenths(found.walk.0),
        straight_m: tenths(found.straight.0),
        run_s: tenths(found.run.0),
        fetch_and_return_s: tenths(2.0 * found.run.0),
        bank: names::of_relation(found.bank),
        from_bank: found
            .from_bank
            .map(|bank| ground.banks[bank as usize].id.clone()),
        crossings: crossings
            .map(|&crossing| ground.crossings[crossing as usize].id.clone())
            .collect(),
        code: snapshot.code(found.piece as usize).to_string(),
        line: on_map(&found.line)?,
        straight_line: on_map(&[from, piece.at])?,
    })
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
