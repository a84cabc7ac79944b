//! The nearest equipment on foot, or who can come first, for one place or for many.

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
use crate::http::responders;
use crate::http::responders::Call;
use crate::http::responders_body::RespondersBody;
use crate::http::visitor::Visitor;
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
    /// `equipment` or `responders`; equipment.
    #[serde(rename = "for")]
    #[schema(value_type = Option<words::Wanted>)]
    whom: Option<String>,
    /// The kinds that count, or that are fetched.
    #[schema(value_type = Option<Vec<words::Kind>>)]
    kind: Option<Vec<String>>,
    /// So many results for each bank, 1 to 20; 3.
    #[schema(minimum = 1, maximum = 20)]
    limit: Option<usize>,
    /// With `for` `responders`: `fetch` has them fetch a piece on the way.
    #[schema(value_type = Option<words::Via>)]
    via: Option<String>,
    /// With `for` `responders`: the time of day by the region's clock, like `20:15`; now.
    time: Option<String>,
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
    /// The nearest equipment.
    Found(Box<NearestBody>),
    /// Who comes first.
    Coming(Box<RespondersBody>),
    /// It does not.
    Missing {
        /// Why.
        problem: String,
        /// A mistake that is likely behind it.
        #[serde(skip_serializing_if = "Option::is_none")]
        warning: Option<String>,
    },
}

/// The answer to one place: the nearest equipment, or who comes first.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it stands for the two answers in the description")]
enum EitherBody {
    /// The nearest equipment.
    Equipment(NearestBody),
    /// Who comes first.
    Responders(RespondersBody),
}

/// How an answer is wanted.
#[derive(Clone)]
struct Wanted {
    kinds: Vec<EquipmentKind>,
    most: usize,
    with_unusable: bool,
    shape: Shape,
}

/// The nearest usable equipment on foot, with the way to it, or who can come first; the region is found by the place.
///
/// Where people live and are is told to nobody but the region's dispatchers and planners: everybody else is told of stations alone.
#[utoipa::path(get, path = "/api/v1/nearest", tag = "nearest",
    params(parameters::Lon, parameters::Lat, parameters::For, parameters::ViaFetch, parameters::AtTime, parameters::Kinds, parameters::ResultsABank, parameters::WithUnusable, parameters::WithWays, parameters::Datum),
    security((), ("bearer" = []), ("session" = [])),
    responses((status = 200, body = EitherBody, description = "The nearest equipment, or who comes first.")))]
pub(super) async fn nearest(
    caller: Caller,
    visitor: Option<Visitor>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let known = [
        "lon", "lat", "for", "via", "time", "kind", "limit", "unusable", "geometry", "datum",
    ];
    let asked = Parameters::new(query.as_deref(), &known)?;
    let are_responders = asked.word("for", &[("equipment", false), ("responders", true)])?;
    let most = asked.number("limit", &(1..=MOST_RESULTS))?;
    let yes_or_no = [("true", true), ("false", false)];
    let with_lines = asked.word("geometry", &yes_or_no)?;
    let with_unusable = asked.word("unusable", &yes_or_no)?;
    let shape = Shape {
        datum: asked.datum()?,
        with_lines: with_lines.unwrap_or(true),
    };
    let at = asked.place(&shape.datum)?;
    let call = Call {
        via_fetch: asked.word("via", &[("fetch", ())])?.is_some(),
        time: asked.text("time"),
        kinds: asked.only_kinds()?,
        with_unusable,
    };
    let most = most.unwrap_or(USUAL_RESULTS);
    if are_responders.unwrap_or(false) {
        let wanted = responders::Wanted::new(call, most, shape, visitor)?;
        return ask_json(&caller, move |regions| wanted.answer(regions, at)).await;
    }
    call.is_none_of_responders()?;
    let wanted = Wanted {
        kinds: call.kinds.unwrap_or_else(|| USUAL_KINDS.to_vec()),
        most,
        with_unusable: with_unusable.unwrap_or(false),
        shape,
    };
    if let Some(answer) = answer_at_once(caller.service.regions(), at, &wanted)? {
        return json_at_once(&answer);
    }
    ask_json(&caller, move |regions| answer(regions, at, &wanted)).await
}

/// The same for up to 1,000 places.
#[utoipa::path(post, path = "/api/v1/nearest", tag = "nearest",
    request_body = NearestRequest,
    security((), ("bearer" = []), ("session" = [])),
    responses((status = 200, body = NearestAnswers, description = "One answer per place, in order.")))]
pub(super) async fn nearest_of_many(
    caller: Caller,
    visitor: Option<Visitor>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<NearestRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let wanted = asked.wanted(visitor)?;
    let datum = converter(asked.datum.as_deref().unwrap_or("wgs84"))?;
    let places = asked.places.iter();
    let places = places.map(|&at| place(&datum, at.0, "places"));
    let places: Vec<LonLat> = places.collect::<Result<_, _>>()?;
    ask_json(&caller, move |regions| {
        let answers = places.iter().map(|&at| wanted.answer(regions, at));
        Ok(NearestAnswers {
            datum: datum.datum().to_string(),
            answers: answers.collect(),
        })
    })
    .await
}

/// What is wanted of each of many places.
enum Either {
    Equipment(Wanted),
    Responders(responders::Wanted),
}

impl Either {
    fn answer(&self, regions: &Regions, at: LonLat) -> AnswerBody {
        let found = match self {
            Self::Equipment(wanted) => answer(regions, at, wanted)
                .map(Box::new)
                .map(AnswerBody::Found),
            Self::Responders(wanted) => wanted
                .answer(regions, at)
                .map(Box::new)
                .map(AnswerBody::Coming),
        };
        found.unwrap_or_else(|fault| AnswerBody::Missing {
            problem: fault.to_string(),
            warning: fault.warning(),
        })
    }
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
    fn wanted(&self, visitor: Option<Visitor>) -> Result<Either, Fault> {
        let n_places = self.places.len();
        if MOST_PLACES < n_places {
            let detail = format!("places holds {n_places} places; give at most {MOST_PLACES}");
            return Err(bad("places", detail));
        }
        let most = self.limit.unwrap_or(USUAL_RESULTS);
        if !(1..=MOST_RESULTS).contains(&most) {
            let detail = format!("limit is {most}; give a number from 1 to {MOST_RESULTS}");
            return Err(bad("limit", detail));
        }
        let kinds = self.kind.as_ref();
        let kinds = kinds.map(|kinds| kinds.iter().map(|word| kind("kind", word)).collect());
        let shape = Shape {
            datum: converter(self.datum.as_deref().unwrap_or("wgs84"))?,
            with_lines: self.geometry.unwrap_or(false),
        };
        let call = Call {
            via_fetch: match self.via.as_deref() {
                None => false,
                Some("fetch") => true,
                Some(other) => {
                    return Err(bad("via", format!("via is {}; give fetch", shown(other))));
                }
            },
            time: self.time.as_deref(),
            kinds: kinds.transpose()?,
            with_unusable: self.unusable,
        };
        match self.whom.as_deref() {
            None | Some("equipment") => {}
            Some("responders") => {
                let wanted = responders::Wanted::new(call, most, shape, visitor)?;
                return Ok(Either::Responders(wanted));
            }
            Some(other) => {
                let detail = format!("for is {}; give equipment or responders", shown(other));
                return Err(bad("for", detail));
            }
        }
        call.is_none_of_responders()?;
        Ok(Either::Equipment(Wanted {
            kinds: call.kinds.unwrap_or_else(|| USUAL_KINDS.to_vec()),
            most,
            with_unusable: self.unusable.unwrap_or(false),
            shape,
        }))
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
