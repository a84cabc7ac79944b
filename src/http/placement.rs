//! Where the next pieces go: a planner asks, a search begins, and its answer becomes better until it is final.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::jobs::Search;
use crate::app::jobs::SearchKind;
use crate::app::names;
use crate::app::placement::Forbidden;
use crate::app::placement::PlacementQuestion;
use crate::app::placement_kinds::ByKind;
use crate::app::placement_weights::Nearness;
use crate::app::regions::Regions;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask_json;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::placement;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::converter;
use crate::http::parameters::kind;
use crate::http::parameters::kinds;
use crate::http::parameters::limit;
use crate::http::parameters::place as read_place;
use crate::http::placement_body::JobBody;
use crate::http::problem::Fault;
use crate::http::searches::begun;
use crate::http::searches::how_long;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::equipment::EquipmentKind;
use crate::plan::placement::proposed::Goal;
use crate::units::Meters;

/// So many places at most, proposed, required or given.
const MOST_SITES: usize = 1_000;

/// So many moves at most.
const MOST_MOVES: usize = 200;

/// So many stretches where nothing can stand.
const MOST_STRETCHES: usize = 1_000;

/// So many times more a meter counts near people at most.
const MOST_TIMES: f64 = 10.0;

/// How far apart the places on the banks are that are looked at.
const SPACING: Meters = Meters(10.0);

/// What is asked: `sites`, `cover_percent` or the `sites` of single kinds, one of the three.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlacementRequest {
    /// So many new pieces, where together they cover the most.
    #[schema(minimum = 1, maximum = 1000)]
    sites: Option<usize>,
    /// As few new pieces as cover so much of all bank, percent.
    #[schema(exclusive_minimum = 0, maximum = 100)]
    cover_percent: Option<f64>,
    /// How far a bank may be from equipment, 1 to 1000 meters; the region's target.
    #[schema(minimum = 1, maximum = 1000)]
    limit_m: Option<f64>,
    /// The kinds that count; the first is what is put up, unless `by_kind` tells a number of others.
    #[schema(value_type = Option<Vec<words::Kind>>, min_items = 1)]
    kinds: Option<Vec<String>>,
    /// Kinds with a reach of their own, and how many of which kind are put up; each kind once, and one of those that count.
    #[serde(default)]
    #[schema(max_items = 7)]
    by_kind: Vec<ByKindRequest>,
    /// Every meter by two pieces: a second piece counts as much as the first.
    #[serde(default)]
    backup: bool,
    /// Whether a meter counts as often as its water's risk grade says; it does unless told otherwise.
    by_risk: Option<bool>,
    /// How many times more a meter counts within 100 m of a building, on foot: with 1 it counts twice.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10)]
    near_houses: f64,
    /// How many times more a meter counts within 300 m of a school or kindergarten, on foot.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10)]
    near_schools: f64,
    /// How many times more a meter counts within 200 m of where somebody was in the water before, on foot.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10)]
    near_incidents: f64,
    /// Whether a piece may stand on a path beside a bank, too; it may unless told otherwise.
    beside: Option<bool>,
    /// So many pieces that stand badly may be moved, beside the new ones; of the first kind that is put up, and not with
    /// `cover_percent`.
    #[serde(default)]
    #[schema(maximum = 200)]
    moves: usize,
    /// Every village has at least so much of its bank covered first, percent, as far as the pieces go; not with
    /// `cover_percent`.
    #[schema(exclusive_minimum = 0, maximum = 100)]
    fair_percent: Option<f64>,
    /// Where a piece must stand, whatever else; they are among the `sites`.
    #[serde(default)]
    #[schema(max_items = 1000)]
    required: Vec<Position>,
    /// Stretches of bank where none can stand.
    #[serde(default)]
    #[schema(max_items = 1000)]
    forbidden: Vec<ForbiddenRequest>,
    /// The only places where one can stand; anywhere on the banks, unless they are given.
    #[schema(max_items = 1000)]
    only: Option<Vec<Position>>,
    /// How long to look for something better at most; 10.
    #[schema(minimum = 0, maximum = 60)]
    seconds: Option<f64>,
    /// Of equally good choices, another seed may give another.
    seed: Option<u64>,
    /// Of all coordinates.
    #[schema(value_type = Option<words::DatumName>)]
    datum: Option<String>,
}

/// What is special about a kind.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ByKindRequest {
    #[schema(value_type = words::Kind)]
    kind: String,
    /// How far a bank may be from a piece of it, 1 to 1000 meters; `limit_m`.
    #[schema(minimum = 1, maximum = 1000)]
    limit_m: Option<f64>,
    /// So many of it are put up.
    #[schema(minimum = 1, maximum = 1000)]
    sites: Option<usize>,
}

/// A stretch of bank where nothing can stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ForbiddenRequest {
    /// The bank's id.
    bank: String,
    /// Meters from the bank's start.
    from_m: f64,
    /// Meters from the bank's start.
    to_m: f64,
}

/// Asks where the next pieces go. The search runs in the background, one at a time: `GET` at its address tells how far it is, and so does the event `job`.
#[utoipa::path(post, path = "/api/v1/regions/{r}/placement", tag = "scenarios",
    params(parameters::Region),
    request_body = PlacementRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 202, body = JobBody, description = "It waits or runs; its address is in `location`.")))]
pub(super) async fn place(
    caller: Caller,
    _: Holder<Planner>,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<PlacementRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let datum = converter(asked.datum.as_deref().unwrap_or("wgs84"))?;
    let mut question = asked.question(&datum)?;
    let most = how_long(asked.seconds)?;
    let name = region.clone();
    let begin = move |regions: &Regions| {
        if question.near.incidents > 0.0 {
            question.incidents = regions.where_in_water(&name)?;
        }
        let search = Search::Placement(question);
        Ok(regions.begin_search(&name, search, most)?)
    };
    let searches = format!("/api/v1/regions/{region}/placement");
    begun(&caller, &searches, begin, move |job| {
        JobBody::new(job, &datum)
    })
    .await
}

/// How far a search is, and its answer as soon as there is one. Only the newest few are kept.
#[utoipa::path(get, path = "/api/v1/regions/{r}/placement/{id}", tag = "scenarios",
    params(parameters::Region, placement::JobName, parameters::Datum),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = JobBody, description = "The search.")))]
pub(super) async fn placement_job(
    caller: Caller,
    _: Holder<Planner>,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    ask_json(&caller, move |regions| {
        regions.slot(&region)?;
        JobBody::new(&*regions.job(&region, SearchKind::Placement, &id)?, &datum)
    })
    .await
}

/// Ends a search: what is best so far becomes its answer.
#[utoipa::path(delete, path = "/api/v1/regions/{r}/placement/{id}", tag = "scenarios",
    params(parameters::Region, placement::JobName),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = JobBody, description = "The search, which is done in a moment.")))]
pub(super) async fn end_placement(
    caller: Caller,
    _: Holder<Planner>,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let datum = converter("wgs84")?;
    ask_json(&caller, move |regions| {
        regions.slot(&region)?;
        JobBody::new(
            &*regions.end_search(&region, SearchKind::Placement, &id)?,
            &datum,
        )
    })
    .await
}

impl PlacementRequest {
    fn question(&self, datum: &Converter) -> Result<PlacementQuestion, Fault> {
        let kinds = kinds(self.kinds.as_deref())?;
        if kinds.is_empty() {
            let detail = "kinds is empty; name what is to be put up, like pole".to_owned();
            return Err(bad("kinds", detail));
        }
        let by_kind = self.by_kind(&kinds)?;
        let only = self.only.as_ref();
        let only = only.map(|only| places(datum, only, "only")).transpose()?;
        Ok(PlacementQuestion {
            goal: self.goal(&by_kind)?,
            kinds,
            limit: limit(self.limit_m)?,
            by_kind,
            backup: self.backup,
            spacing: SPACING,
            beside: self.beside.unwrap_or(true),
            by_risk: self.by_risk.unwrap_or(true),
            near: self.near()?,
            // They are in the store, which is asked later.
            incidents: Vec::new(),
            moves: self.moves()?,
            fair: self.fair()?,
            required: places(datum, &self.required, "required")?,
            forbidden: self.forbidden()?,
            only,
            seed: self.seed.unwrap_or(1),
        })
    }

    fn goal(&self, by_kind: &[ByKind]) -> Result<Goal, Fault> {
        if let Some(goal) = PlacementQuestion::goal_of(by_kind) {
            if self.sites.is_some() || self.cover_percent.is_some() {
                let detail =
                    "by_kind tells numbers of kinds; give sites or cover_percent, or those";
                return Err(bad("sites", detail.to_owned()));
            }
            return Ok(goal);
        }
        match (self.sites, self.cover_percent) {
            (Some(sites), None) if (1..=MOST_SITES).contains(&sites) => Ok(Goal::Best(sites)),
            (Some(sites), None) => {
                let detail = format!("sites is {sites}; give a number from 1 to {MOST_SITES}");
                Err(bad("sites", detail))
            }
            (None, Some(percent)) if 0.0 < percent && percent <= 100.0 => {
                Ok(Goal::Fewest(percent / 100.0))
            }
            (None, Some(percent)) => {
                let detail = format!(
                    "cover_percent is {percent}; give a number of more than 0 and at most 100"
                );
                Err(bad("cover_percent", detail))
            }
            (Some(_), Some(_)) | (None, None) => {
                let detail = "give sites or cover_percent, one of the two, or a number of each kind in by_kind".to_owned();
                Err(bad("sites", detail))
            }
        }
    }

    fn by_kind(&self, kinds: &[EquipmentKind]) -> Result<Vec<ByKind>, Fault> {
        let wrong = |detail: String| Err(bad("by_kind", detail));
        let mut by_kind: Vec<ByKind> = Vec::new();
        for one in &self.by_kind {
            let kind = kind("by_kind", &one.kind)?;
            let name = names::of_equipment(kind);
            if !kinds.contains(&kind) {
                return wrong(format!(
                    "{name} is none of the kinds that count; add it to kinds"
                ));
            }
            if by_kind.iter().any(|known| known.kind == kind) {
                return wrong(format!("{name} is named twice; name each kind once"));
            }
            if one.sites == Some(0) {
                return wrong(format!(
                    "0 pieces of {name}; give a number from 1 to {MOST_SITES}"
                ));
            }
            by_kind.push(ByKind {
                kind,
                limit: limit(one.limit_m)?,
                sites: one.sites,
            });
        }
        let all = by_kind.iter().filter_map(|one| one.sites);
        let all = all.fold(0_usize, usize::saturating_add);
        if all > MOST_SITES {
            return wrong(format!("{all} pieces together; give at most {MOST_SITES}"));
        }
        Ok(by_kind)
    }

    fn near(&self) -> Result<Nearness, Fault> {
        let times = |name: &'static str, times: f64| {
            if (0.0..=MOST_TIMES).contains(&times) {
                return Ok(times);
            }
            let detail = format!("{name} is {times}; give a number from 0 to {MOST_TIMES}");
            Err(bad(name, detail))
        };
        Ok(Nearness {
            houses: times("near_houses", self.near_houses)?,
            schools: times("near_schools", self.near_schools)?,
            incidents: times("near_incidents", self.near_incidents)?,
        })
    }

    fn moves(&self) -> Result<usize, Fault> {
        if self.moves > MOST_MOVES || (self.moves > 0 && self.cover_percent.is_some()) {
            let detail = format!(
                "moves does not go with cover_percent; give a number from 0 to {MOST_MOVES}"
            );
            return Err(bad("moves", detail));
        }
        Ok(self.moves)
    }

    fn fair(&self) -> Result<Option<f64>, Fault> {
        let is_fit =
            |percent: f64| 0.0 < percent && percent <= 100.0 && self.cover_percent.is_none();
        if self.fair_percent.is_some_and(|percent| !is_fit(percent)) {
            let detail = "fair_percent does not go with cover_percent; give a number of more than 0 and at most 100";
            return Err(bad("fair_percent", detail.to_owned()));
        }
        Ok(self.fair_percent.map(|percent| percent / 100.0))
    }

    fn forbidden(&self) -> Result<Vec<Forbidden>, Fault> {
        if self.forbidden.len() > MOST_STRETCHES {
            let detail = format!("forbidden has too many stretches; give at most {MOST_STRETCHES}");
            return Err(bad("forbidden", detail));
        }
        let stretches = self.forbidden.iter().map(|one| Forbidden {
            bank: one.bank.clone(),
            from: Meters(one.from_m),
            to: Meters(one.to_m),
        });
        Ok(stretches.collect())
    }
}

fn places(
    datum: &Converter,
    places: &[Position],
    name: &'static str,
) -> Result<Vec<crate::geometry::lon_lat::LonLat>, Fault> {
    if places.len() > MOST_SITES {
        let detail = format!("{name} has too many places; give at most {MOST_SITES}");
        return Err(bad(name, detail));
    }
    let places = places.iter().map(|at| read_place(datum, at.0, name));
    places.collect()
}
