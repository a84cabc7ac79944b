//! An evening's patrol: a planner asks, a search begins, and its plan becomes better until it is final.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::jobs::Search;
use crate::app::jobs::SearchKind;
use crate::app::patrol::CarriedQuestion;
use crate::app::patrol::KeptQuestion;
use crate::app::patrol::PatrolQuestion;
use crate::app::patrol::TeamQuestion;
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
use crate::http::parameters::day;
use crate::http::parameters::place as read_place;
use crate::http::patrol_body::PatrolJobBody;
use crate::http::problem::Fault;
use crate::http::searches::begun;
use crate::http::searches::how_long;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::day::Day;
use crate::model::responder::minute_of_day;
use crate::plan::patrol::evening::Aim;
use crate::plan::patrol::evening::Hold;
use crate::units::MetersPerSecond;
use crate::units::Seconds;

/// So many teams at most.
const MOST_TEAMS: usize = 40;

/// So many hot spots, and stretches that are carried over or kept, at most.
const MOST_SPOTS: usize = 200;
const MOST_STRETCHES: usize = 20_000;

/// Nobody is on patrol for longer.
const MOST_MINUTES: f64 = 720.0;

/// The question, as soon as it is known for which day, and what is carried over to it.
type Question = Box<dyn FnOnce(Day, Vec<CarriedQuestion>) -> PatrolQuestion + Send>;

/// What is asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PatrolRequest {
    /// Who walks.
    #[schema(min_items = 1, max_items = 40)]
    teams: Vec<TeamRequest>,
    /// How long each team may be on its way, unless it says otherwise.
    #[schema(minimum = 1, maximum = 720)]
    minutes: f64,
    /// What makes the evening good; `balanced` unless told otherwise. Where not everything can be seen in time, it is `most`.
    #[schema(value_type = Option<words::PatrolAim>)]
    goal: Option<String>,
    /// The evening; today by the region's own calendar.
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<String>,
    /// When teams set off, by the region's clock.
    #[schema(example = "19:00")]
    begins: Option<String>,
    /// Where teams linger.
    #[serde(default)]
    #[schema(max_items = 200)]
    hot_spots: Vec<Position>,
    /// Whether teams look at equipment whose inspection is overdue.
    #[serde(default)]
    inspect: bool,
    /// What earlier evenings did not come to, as their plans say: it is due, and counts more. What the last published evening before
    /// did not come to, unless it is given.
    #[schema(max_items = 20000)]
    carried: Option<Vec<CarriedRequest>>,
    /// Whose some stretches are: as planned before, or as moved by hand.
    #[serde(default)]
    #[schema(max_items = 20000)]
    kept: Vec<KeptRequest>,
    /// How long to look for something better at most; 10.
    #[schema(minimum = 0, maximum = 60)]
    seconds: Option<f64>,
    /// Of equally good plans, another seed gives another; so does another day.
    seed: Option<u64>,
    /// Of all coordinates.
    #[schema(value_type = Option<words::DatumName>)]
    datum: Option<String>,
}

/// A team.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TeamRequest {
    /// What it is called.
    #[schema(max_length = 100)]
    name: Option<String>,
    /// Where it begins; amid what is due, unless it is given.
    start: Option<Position>,
    /// Where it ends; where it began, unless it is given.
    end: Option<Position>,
    /// How long it has.
    #[schema(minimum = 1, maximum = 720)]
    minutes: Option<f64>,
    /// How fast it walks, meters per second; as the region says, unless it is given.
    #[schema(minimum = 0.2, maximum = 5)]
    walk_m_s: Option<f64>,
}

/// A stretch that earlier evenings did not come to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CarriedRequest {
    /// The stretch's id.
    stretch: String,
    /// How many.
    #[schema(maximum = 1000)]
    evenings: u32,
}

/// A stretch that is a team's.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KeptRequest {
    /// The stretch's id.
    stretch: String,
    /// The team, counted from 0.
    team: usize,
    /// Whether no other team may have it; else it goes to another only where that saves minutes.
    #[serde(default)]
    locked: bool,
}

/// Asks for an evening's patrol. The search runs in the background, one at a time: `GET` at its address tells how far it is, and so does the event `job`.
#[utoipa::path(post, path = "/api/v1/regions/{r}/patrol-plans", tag = "patrols",
    params(parameters::Region),
    request_body = PatrolRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 202, body = PatrolJobBody, description = "It waits or runs; its address is in `location`.")))]
pub(super) async fn plan_patrol(
    caller: Caller,
    _: Holder<Planner>,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<PatrolRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let datum = converter(asked.datum.as_deref().unwrap_or("wgs84"))?;
    let most = how_long(asked.seconds)?;
    let day = asked.day()?;
    let (carried, question) = asked.question(&datum)?;
    let name = region.clone();
    let begin = move |regions: &Regions| {
        let today = regions.snapshot(&name)?.today();
        let day = day.unwrap_or(today);
        let carried = match carried {
            Some(carried) => carried,
            None => regions.carried_to(&name, &day)?,
        };
        let search = Search::Patrol(question(day, carried));
        Ok(regions.begin_search(&name, search, most)?)
    };
    let searches = format!("/api/v1/regions/{region}/patrol-plans");
    begun(&caller, &searches, begin, move |job| {
        PatrolJobBody::new(job, &datum)
    })
    .await
}

/// How far a search for a patrol is, and its plan as soon as there is one. Only the newest few are kept.
#[utoipa::path(get, path = "/api/v1/regions/{r}/patrol-plans/{id}", tag = "patrols",
    params(parameters::Region, placement::JobName, parameters::Datum),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = PatrolJobBody, description = "The search.")))]
pub(super) async fn patrol_job(
    caller: Caller,
    _: Holder<Planner>,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    ask_json(&caller, move |regions| {
        regions.slot(&region)?;
        PatrolJobBody::new(&*regions.job(&region, SearchKind::Patrol, &id)?, &datum)
    })
    .await
}

/// Ends a search for a patrol: the best plan so far becomes its answer.
#[utoipa::path(delete, path = "/api/v1/regions/{r}/patrol-plans/{id}", tag = "patrols",
    params(parameters::Region, placement::JobName),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = PatrolJobBody, description = "The search, which is done in a moment.")))]
pub(super) async fn end_patrol(
    caller: Caller,
    _: Holder<Planner>,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let datum = converter("wgs84")?;
    ask_json(&caller, move |regions| {
        regions.slot(&region)?;
        PatrolJobBody::new(
            &*regions.end_search(&region, SearchKind::Patrol, &id)?,
            &datum,
        )
    })
    .await
}

impl PatrolRequest {
    /// The question, as soon as the day is known, and what is carried over to it.
    fn question(
        self,
        datum: &Converter,
    ) -> Result<(Option<Vec<CarriedQuestion>>, Question), Fault> {
        let n_teams = self.teams.len();
        if !(1..=MOST_TEAMS).contains(&n_teams) {
            let detail = format!("teams has {n_teams} teams; give 1 to {MOST_TEAMS}");
            return Err(bad("teams", detail));
        }
        let n_carried = self.carried.as_ref().map_or(0, Vec::len);
        for (name, n_given, most) in [
            ("hot_spots", self.hot_spots.len(), MOST_SPOTS),
            ("carried", n_carried, MOST_STRETCHES),
            ("kept", self.kept.len(), MOST_STRETCHES),
        ] {
            if n_given > most {
                return Err(bad(
                    name,
                    format!("{name} has too many; give at most {most}"),
                ));
            }
        }
        if let Some(kept) = self.kept.iter().find(|kept| kept.team >= n_teams) {
            let detail = format!(
                "kept names the team {}, counted from 0; there are {n_teams}",
                kept.team
            );
            return Err(bad("kept", detail));
        }
        let aim = match self.goal.as_deref() {
            None | Some("balanced") => Aim::Balanced,
            Some("fewest") => Aim::Fewest,
            Some("most") => Aim::Most,
            Some(_) => {
                let detail = "goal is none of balanced, fewest, most".to_owned();
                return Err(bad("goal", detail));
            }
        };
        let time = minutes(self.minutes, "minutes")?;
        let begins = self.begins.as_deref().map(|text| {
            let minute = minute_of_day(text).filter(|minute| *minute < 1_440);
            let told = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
            let detail = || "begins is no time like 19:00".to_owned();
            minute.map(told).ok_or_else(|| bad("begins", detail()))
        });
        let begins = begins.transpose()?;
        let teams = self.teams.iter().map(|team| team.question(datum));
        let teams = teams.collect::<Result<Vec<_>, Fault>>()?;
        let hot_spots = self.hot_spots.iter();
        let hot_spots = hot_spots.map(|at| read_place(datum, at.0, "hot_spots"));
        let hot_spots = hot_spots.collect::<Result<Vec<_>, Fault>>()?;
        let carried = self.carried.map(|carried| {
            let carried = carried.into_iter().map(|one| CarriedQuestion {
                stretch: one.stretch,
                evenings: one.evenings.min(1_000),
            });
            carried.collect()
        });
        let kept = self.kept.into_iter().map(|one| KeptQuestion {
            stretch: one.stretch,
            team: one.team,
            hold: if one.locked { Hold::Fixed } else { Hold::Loose },
        });
        let kept = kept.collect();
        let (inspects, seed) = (self.inspect, self.seed.unwrap_or(1));
        let question = move |day, carried| PatrolQuestion {
            teams,
            time,
            aim,
            day,
            begins,
            hot_spots,
            inspects,
            carried,
            kept,
            seed,
        };
        Ok((carried, Box::new(question)))
    }

    fn day(&self) -> Result<Option<Day>, Fault> {
        let text = self.day.as_deref();
        text.map(|text| day("day", text)).transpose()
    }
}

impl TeamRequest {
    fn question(&self, datum: &Converter) -> Result<TeamQuestion, Fault> {
        let at = |at: &Option<Position>| {
            let place = at.as_ref().map(|at| read_place(datum, at.0, "teams"));
            place.transpose()
        };
        if self
            .name
            .as_ref()
            .is_some_and(|name| name.chars().count() > 100)
        {
            let detail = "a team's name has at most 100 letters".to_owned();
            return Err(bad("teams", detail));
        }
        if let Some(pace) = self.walk_m_s
            && !(0.2..=5.0).contains(&pace)
        {
            let detail = format!("walk_m_s is {pace}; give a number from 0.2 to 5");
            return Err(bad("teams", detail));
        }
        Ok(TeamQuestion {
            name: self.name.clone(),
            start: at(&self.start)?,
            end: at(&self.end)?,
            time: self
                .minutes
                .map(|time| minutes(time, "teams"))
                .transpose()?,
            pace: self.walk_m_s.map(MetersPerSecond),
        })
    }
}

fn minutes(minutes: f64, name: &'static str) -> Result<Seconds, Fault> {
    if !(1.0..=MOST_MINUTES).contains(&minutes) {
        let detail = format!("minutes is {minutes}; give a number from 1 to {MOST_MINUTES}");
        return Err(bad(name, detail));
    }
    Ok(Seconds(minutes * 60.0))
}
