//! Scenarios: pieces that are added, moved or removed, tried out; nothing is kept.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::coverage::Counting;
use crate::app::names;
use crate::app::scenario::Change;
use crate::app::scenario::Placed;
use crate::app::scenario::ScenarioAnswer;
use crate::app::scenario::ScenarioQuestion;
use crate::app::snapshot::Snapshot;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask_json;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Collection;
use crate::http::geojson::Feature;
use crate::http::geojson::Geometry;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::geojson::positions;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::converter;
use crate::http::parameters::kind;
use crate::http::parameters::kinds;
use crate::http::parameters::limit;
use crate::http::parameters::place;
use crate::http::problem::Fault;
use crate::plan::scenario;
use crate::plan::scenario::Covered;
use crate::plan::scenario::Stretch;

/// So many changes at once.
const MOST_CHANGES: usize = 500;

/// What is tried out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScenarioRequest {
    /// How far a bank may be from equipment, 1 to 1000 meters; the region's target.
    #[schema(minimum = 1, maximum = 1000)]
    limit_m: Option<f64>,
    /// The kinds that count.
    #[schema(value_type = Option<Vec<words::Kind>>)]
    kinds: Option<Vec<String>>,
    /// Which conditions count; only usable pieces unless said otherwise.
    #[serde(default)]
    condition: ConditionRequest,
    /// One after another, at most 500.
    #[schema(max_items = 500)]
    changes: Vec<ChangeRequest>,
    /// Of all coordinates.
    #[schema(value_type = Option<words::DatumName>)]
    datum: Option<String>,
}

/// Which conditions count.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ConditionRequest {
    /// Usable pieces only.
    #[default]
    Usable,
    /// Damaged, missing and unverified ones, too.
    Any,
}

/// One change.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ChangeRequest {
    /// A usable piece is put up.
    Add {
        /// What it is.
        #[schema(value_type = words::Kind)]
        kind: String,
        /// Where.
        at: Position,
    },
    /// A piece is taken elsewhere.
    Move {
        /// Which.
        id: String,
        /// Where to.
        at: Position,
    },
    /// A piece is taken away.
    Remove {
        /// Which.
        id: String,
    },
}

/// Coverage before and after, and what changes.
#[derive(Serialize, ToSchema)]
pub(super) struct ScenarioBody {
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    /// The snapshot that was asked.
    version: u64,
    limit_m: f64,
    before: CoveredBody,
    after: CoveredBody,
    /// The stretches whose coverage changes.
    changed: Collection<StretchProperties>,
    /// Where each added or moved piece really stands.
    placed: Vec<PlacedBody>,
    /// The villages whose coverage changes.
    villages: Vec<VillageBody>,
}

/// How much is covered.
#[derive(Serialize, ToSchema)]
struct CoveredBody {
    /// Meters.
    bank_m: f64,
    /// Meters.
    covered_m: f64,
}

/// A stretch whose coverage changes.
#[derive(Serialize, ToSchema)]
pub(super) struct StretchProperties {
    bank: String,
    /// Meters from the bank's start.
    from_m: f64,
    /// Meters from the bank's start.
    to_m: f64,
    /// `covered` or `uncovered`.
    #[schema(value_type = words::StretchChange)]
    change: &'static str,
    /// The village's id.
    #[schema(required)]
    village: Option<String>,
}

/// Where a piece really stands.
#[derive(Serialize, ToSchema)]
struct PlacedBody {
    /// Which change, counted from 0.
    change: usize,
    at: Position,
    /// `land`, `bank`, `water`, `obstacle` or `outside`.
    #[schema(value_type = words::Standing)]
    on: &'static str,
    /// How far it was moved to where it can stand, meters.
    moved_m: f64,
    /// Whether it stands anywhere at all; else it reaches nothing.
    stands: bool,
}

/// A village whose coverage changes.
#[derive(Serialize, ToSchema)]
struct VillageBody {
    id: String,
    before: CoveredBody,
    after: CoveredBody,
}

/// Tries out changes of the equipment: coverage before and after, and the stretches that change. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/regions/{r}/scenarios/evaluate", tag = "scenarios",
    params(parameters::Region),
    request_body = ScenarioRequest,
    responses((status = 200, body = ScenarioBody, description = "Coverage before and after.")))]
pub(super) async fn evaluate(
    caller: Caller,
    Address(id): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<ScenarioRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let datum = converter(asked.datum.as_deref().unwrap_or("wgs84"))?;
    let limit = limit(asked.limit_m)?;
    let kinds = kinds(asked.kinds.as_deref())?;
    let counting = match asked.condition {
        ConditionRequest::Usable => Counting::Usable,
        ConditionRequest::Any => Counting::AnyCondition,
    };
    let changes = asked.changes(&datum)?;
    ask_json(&caller, move |regions| {
        let snapshot = regions.snapshot(&id)?;
        let question = ScenarioQuestion {
            kinds,
            counting,
            limit: limit.unwrap_or(snapshot.region.settings.reach.target),
            changes,
        };
        let answer = snapshot.evaluate(&question)?;
        body(&snapshot, &question, &answer, &datum)
    })
    .await
}

impl ScenarioRequest {
    fn changes(&self, datum: &Converter) -> Result<Vec<Change>, Fault> {
        let n_changes = self.changes.len();
        if MOST_CHANGES < n_changes {
            let detail = format!("changes holds {n_changes} changes; give at most {MOST_CHANGES}");
            return Err(bad("changes", detail));
        }
        self.changes
            .iter()
            .map(|change| change.read(datum))
            .collect()
    }
}

impl ChangeRequest {
    fn read(&self, datum: &Converter) -> Result<Change, Fault> {
        match self {
            Self::Add { kind: word, at } => Ok(Change::Add {
                kind: kind("kind", word)?,
                at: place(datum, at.0, "at")?,
            }),
            Self::Move { id, at } => Ok(Change::Move {
                id: id.clone(),
                at: place(datum, at.0, "at")?,
            }),
            Self::Remove { id } => Ok(Change::Remove { id: id.clone() }),
        }
    }
}

fn body(
    snapshot: &Snapshot,
    question: &ScenarioQuestion,
    answer: &ScenarioAnswer,
    datum: &Converter,
) -> Result<ScenarioBody, Fault> {
    let outcome = &answer.outcome;
    let stretches = outcome.changed.iter();
    let stretches = stretches.map(|stretch| stretch_feature(snapshot, stretch, datum));
    let villages = outcome.villages.iter();
    Ok(ScenarioBody {
        datum: datum.datum().to_string(),
        version: snapshot.version,
        limit_m: question.limit.0,
        before: covered(outcome.before),
        after: covered(outcome.after),
        changed: Collection::new(datum, stretches.collect::<Result<_, _>>()?),
        placed: answer
            .placed
            .iter()
            .map(|placed| placed_body(placed, datum))
            .collect::<Result<_, _>>()?,
        villages: villages
            .map(|&(village, before, after)| VillageBody {
                id: snapshot.region.ground.villages[village].id.clone(),
                before: covered(before),
                after: covered(after),
            })
            .collect(),
    })
}

fn stretch_feature(
    snapshot: &Snapshot,
    stretch: &Stretch,
    datum: &Converter,
) -> Result<Feature<StretchProperties>, Fault> {
    let ground = &snapshot.region.ground;
    let properties = StretchProperties {
        bank: ground.banks[stretch.bank as usize].id.clone(),
        from_m: stretch.from.tenths(),
        to_m: stretch.to.tenths(),
        change: match stretch.change {
            scenario::Change::Covered => "covered",
            scenario::Change::Uncovered => "uncovered",
        },
        village: stretch
            .village
            .map(|village| ground.villages[village].id.clone()),
    };
    let line = positions(datum, &snapshot.region.line(&stretch.line))?;
    Ok(Feature::new(None, Geometry::LineString(line), properties))
}

fn placed_body(placed: &Placed, datum: &Converter) -> Result<PlacedBody, Fault> {
    Ok(PlacedBody {
        change: placed.change,
        at: position(datum, placed.at)?,
        on: names::of_on(placed.on),
        moved_m: placed.moved.tenths(),
        stands: placed.stands,
    })
}

fn covered(covered: Covered) -> CoveredBody {
    CoveredBody {
        bank_m: covered.bank.tenths(),
        covered_m: covered.covered.min(covered.bank).tenths(),
    }
}
