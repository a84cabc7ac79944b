//! The nearest equipment on foot, for one place or for many.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::gaps::USUAL_KINDS;
use crate::app::nearest::NearestQuestion;
use crate::app::regions::Regions;
use crate::geometry::lon_lat::LonLat;
use crate::http::ask::Caller;
use crate::http::ask::ask_json;
use crate::http::ask::json_at_once;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::nearest_body::NearestBody;
use crate::http::nearest_body::Shape;
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
    /// Whether the nearest damaged, missing and unverified pieces are told, too, apart from the results; false.
    unusable: Option<bool>,
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
    with_unusable: bool,
    shape: Shape,
}

/// The nearest usable equipment on foot, with the way to it; the region is found by the place.
#[utoipa::path(get, path = "/api/v1/nearest", tag = "nearest",
    params(parameters::Lon, parameters::Lat, parameters::For, parameters::Kinds, parameters::ResultsABank, parameters::WithUnusable, parameters::WithWays, parameters::Datum),
    responses((status = 200, body = NearestBody, description = "The nearest equipment.")))]
pub(super) async fn nearest(caller: Caller, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let known = [
        "lon", "lat", "for", "kind", "limit", "unusable", "geometry", "datum",
    ];
    let asked = Parameters::new(query.as_deref(), &known)?;
    asked.word("for", &[("equipment", ())])?;
    let yes_or_no = [("true", true), ("false", false)];
    let with_lines = asked.word("geometry", &yes_or_no)?;
    let with_unusable = asked.word("unusable", &yes_or_no)?;
    let wanted = Wanted {
        kinds: asked.kinds()?,
        most: asked
            .number("limit", &(1..=MOST_RESULTS))?
            .unwrap_or(USUAL_RESULTS),
        with_unusable: with_unusable.unwrap_or(false),
        shape: Shape {
            datum: asked.datum()?,
            with_lines: with_lines.unwrap_or(true),
        },
    };
    let at = asked.place(&wanted.shape.datum)?;
    if let Some(answer) = answer_at_once(caller.service.regions(), at, &wanted)? {
        return json_at_once(&answer);
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
        .map(|&at| place(&wanted.shape.datum, at.0, "places"));
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
            datum: wanted.shape.datum.datum().to_string(),
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
            with_lines: self.shape.with_lines,
            with_unusable: self.with_unusable,
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
            with_unusable: self.unusable.unwrap_or(false),
            shape: Shape {
                datum: converter(self.datum.as_deref().unwrap_or("wgs84"))?,
                with_lines: self.geometry.unwrap_or(false),
            },
        })
    }
}

fn answer(regions: &Regions, at: LonLat, wanted: &Wanted) -> Result<NearestBody, Fault> {
    let snapshot = regions.at_given(at, wanted.shape.datum.datum())?;
    let answer = snapshot.nearest(&wanted.question(at))?;
    Ok(NearestBody::new(&snapshot, at, &answer, &wanted.shape)?)
}

/// The answer, if it takes no more than looking up.
fn answer_at_once(
    regions: &Regions,
    at: LonLat,
    wanted: &Wanted,
) -> Result<Option<NearestBody>, Fault> {
    let snapshot = regions.at_given(at, wanted.shape.datum.datum())?;
    let answer = snapshot.nearest_at_once(&wanted.question(at))?;
    let body = answer.map(|answer| NearestBody::new(&snapshot, at, &answer, &wanted.shape));
    Ok(body.transpose()?)
}
