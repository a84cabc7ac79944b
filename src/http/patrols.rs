//! Plans of evenings once they are found: changed by hand, taken along as GPX, published and taken back.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::exports::Export;
use crate::app::fault::Fault as Unanswered;
use crate::app::keeping::PatrolPage;
use crate::app::patrol::Given;
use crate::app::patrol::PatrolReport;
use crate::app::patrol_fault::PatrolFault;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::ask::ask_json;
use crate::http::ask::gone;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::patrols as described;
use crate::http::described::placement;
use crate::http::described::words;
use crate::http::exports::sent;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::converter;
use crate::http::patrol_body::PatrolBody;
use crate::http::patrol_body::PatrolJobBody;
use crate::http::problem::Fault;
use crate::http::validator::Seen;
use crate::http::validator::Validator;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::day::Day;
use crate::model::published::Published;

/// What the files are.
pub(super) const GPX: &str = "application/gpx+xml";

/// So many published patrols on a page at most.
pub(super) const MOST_PATROLS: usize = 200;

/// So many unless another number is asked for.
const USUAL_PATROLS: usize = 31;

/// A stretch that is given to another team by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenRequest {
    /// The stretch's id.
    #[schema(max_length = 200)]
    stretch: String,
    /// The team that has it, counted from 0; without one it is among what is carried over.
    #[schema(maximum = 39)]
    from: Option<usize>,
    /// The team that has it from now on, counted from 0; without one it is carried over.
    #[schema(maximum = 39)]
    to: Option<usize>,
}

/// A plan that is published.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PublishRequest {
    /// By what the search is known whose plan it is.
    #[schema(min_length = 16, max_length = 16, example = "00c0ffee00c0ffee")]
    plan: String,
}

/// A published patrol in a line.
#[derive(Serialize, ToSchema)]
pub(super) struct PublishedBody {
    /// The region's id.
    region: String,
    /// The evening.
    #[schema(format = Date)]
    day: String,
    /// Its number; a newer one of the same evening has a larger one.
    number: i64,
    /// For `if-match`, to put another plan in its place or to take it back.
    validator: String,
    #[schema(format = DateTime)]
    published_at: String,
    /// Who has published it.
    by: String,
    /// By what the search was known.
    plan_id: String,
    #[schema(value_type = words::PatrolAim)]
    goal: String,
    /// How many teams walk.
    n_teams: usize,
    longest_s: f64,
    shortest_s: f64,
    required_m: f64,
    seen_m: f64,
    carried_m: f64,
}

/// A published patrol, whole.
#[derive(Serialize, ToSchema)]
pub(super) struct PublishedPlanBody {
    #[serde(flatten)]
    of: PublishedBody,
    plan: PatrolBody,
}

/// Published patrols, the latest evening first.
#[derive(Serialize, ToSchema)]
pub(super) struct PublishedListBody {
    patrols: Vec<PublishedBody>,
    /// Where the next page is.
    #[schema(required)]
    next: Option<String>,
}

/// Gives a stretch of a plan to another team, or to none, where it costs least. What comes of it is a plan of its own, at its own address, so that the plan before is still there; it may take a team longer than it has, and then says so.
#[utoipa::path(post, path = "/api/v1/regions/{r}/patrol-plans/{id}/moves", tag = "patrols",
    params(parameters::Region, placement::JobName),
    request_body = GivenRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = PatrolJobBody, description = "The changed plan.")))]
pub(super) async fn give_stretch(
    caller: Caller,
    _: Holder<Planner>,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<GivenRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let datum = converter("wgs84")?;
    let given = Given {
        stretch: asked.stretch,
        from: asked.from,
        to: asked.to,
    };
    ask_json(&caller, move |regions| {
        regions.slot(&region)?;
        PatrolJobBody::new(&*regions.give_stretch(&region, &id, &given)?, &datum)
    })
    .await
}

/// A plan as GPX 1.1, each team's way as a route and as a track.
#[utoipa::path(get, path = "/api/v1/regions/{r}/patrol-plans/{id}/gpx", tag = "patrols",
    params(parameters::Region, placement::JobName, described::Team),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, content_type = "application/gpx+xml", body = String, description = "The ways.")))]
pub(super) async fn plan_gpx(
    caller: Caller,
    _: Holder<Planner>,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let team = team(query.as_deref())?;
    let gpx = ask(&caller.service, move |regions| {
        regions.slot(&region)?;
        Ok(gpx(&regions.patrol_answer(&region, &id)?.report, team)?)
    });
    Ok(sent(gpx.await?, GPX))
}

/// The published patrols, the latest evening first.
#[utoipa::path(get, path = "/api/v1/regions/{r}/patrols", tag = "patrols",
    params(parameters::Region, described::PatrolsAPage, described::BeforeEvening),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = PublishedListBody, description = "The patrols.")))]
pub(super) async fn patrols(
    caller: Caller,
    _: Holder<Planner>,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["limit", "before"])?;
    let limit = asked.number("limit", &(1..=MOST_PATROLS))?;
    let limit = limit.unwrap_or(USUAL_PATROLS);
    let before = asked.day("before")?;
    let page = PatrolPage { before, limit };
    ask_json(&caller, move |regions| {
        let found = regions.patrols(&region, &page)?;
        let last = found.last().filter(|_| found.len() == limit);
        let next = last.map(|last| {
            let before = last.day.as_str();
            format!("/api/v1/regions/{region}/patrols?limit={limit}&before={before}")
        });
        let patrols = found.iter();
        Ok(PublishedListBody {
            patrols: patrols
                .map(|one| PublishedBody::new(&region, one))
                .collect(),
            next,
        })
    })
    .await
}

/// What holds for an evening.
#[utoipa::path(get, path = "/api/v1/regions/{r}/patrols/{day}", tag = "patrols",
    params(parameters::Region, described::Evening, parameters::Datum),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = PublishedPlanBody, description = "The patrol.")))]
pub(super) async fn patrol(
    caller: Caller,
    _: Holder<Planner>,
    Address((region, day)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let day = evening(&day)?;
    ask_json(&caller, move |regions| {
        let published = regions.published(&region, &day)?;
        let plan = regions.published_plan(&published)?;
        Ok(PublishedPlanBody {
            of: PublishedBody::new(&region, &published),
            plan: PatrolBody::new(&plan, &datum)?,
        })
    })
    .await
}

/// What holds for an evening as GPX 1.1, each team's way as a route and as a track.
#[utoipa::path(get, path = "/api/v1/regions/{r}/patrols/{day}/gpx", tag = "patrols",
    params(parameters::Region, described::Evening, described::Team),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, content_type = "application/gpx+xml", body = String, description = "The ways.")))]
pub(super) async fn patrol_gpx(
    caller: Caller,
    _: Holder<Planner>,
    Address((region, day)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let team = team(query.as_deref())?;
    let day = evening(&day)?;
    let gpx = ask(&caller.service, move |regions| {
        let published = regions.published(&region, &day)?;
        Ok(gpx(&regions.published_plan(&published)?, team)?)
    });
    Ok(sent(gpx.await?, GPX))
}

/// Publishes the plan of a search for its evening. Where that evening has one already, `if-match` says which is replaced. The same plan once more changes nothing.
#[utoipa::path(put, path = "/api/v1/regions/{r}/patrols/{day}", tag = "patrols",
    params(parameters::Region, described::Evening, described::IfMatch),
    request_body = PublishRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = PublishedBody, description = "It is published.")))]
pub(super) async fn publish_patrol(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, day)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<PublishRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let day = evening(&day)?;
    ask_json(&caller, move |regions| {
        let what = (&day, asked.plan.as_str());
        let seen = |before: &Published| seen.patrol(before);
        let published = regions.publish_patrol(&planner.who(), &region, what, seen)?;
        Ok(PublishedBody::new(&region, &published))
    })
    .await
}

/// Takes back what is published for an evening: nobody walks by it any more. It stays in the record.
#[utoipa::path(delete, path = "/api/v1/regions/{r}/patrols/{day}", tag = "patrols",
    params(parameters::Region, described::Evening, described::IfMatch),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It is withdrawn.")))]
pub(super) async fn withdraw_patrol(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, day)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let day = evening(&day)?;
    ask(&caller.service, move |regions| {
        let seen = |before: &Published| seen.patrol(before);
        Ok(regions.withdraw_patrol(&planner.who(), &region, &day, seen)?)
    })
    .await?;
    Ok(gone())
}

impl PublishedBody {
    fn new(region: &str, published: &Published) -> Self {
        let summary = &published.summary;
        Self {
            region: region.to_owned(),
            day: published.day.as_str().to_owned(),
            number: published.number.0,
            validator: Validator::of_patrol(published).text(),
            published_at: clock::text(published.at),
            by: published.who.clone(),
            plan_id: published.search.clone(),
            goal: summary.goal.clone(),
            n_teams: summary.teams,
            longest_s: summary.longest_s,
            shortest_s: summary.shortest_s,
            required_m: summary.required_m,
            seen_m: summary.seen_m,
            carried_m: summary.carried_m,
        }
    }
}

/// The evening of an address.
pub(super) fn evening(day: &str) -> Result<Day, Fault> {
    Day::new(day).map_err(|fault| Fault::BadAddress {
        detail: format!("the day in the address {fault}"),
    })
}

/// Of which team the way is asked for; none: of all.
fn team(query: Option<&str>) -> Result<Option<usize>, Fault> {
    Parameters::new(query, &["team"])?.number("team", &(1..=usize::MAX))
}

/// A team's way, or that of all, as a file.
fn gpx(plan: &PatrolReport, team: Option<usize>) -> Result<Export, Unanswered> {
    if let Some(number) = team.filter(|number| plan.teams.len() < *number) {
        return Err(PatrolFault::UnknownTeam { number }.into());
    }
    Ok(Export::of_ways(plan, team))
}
