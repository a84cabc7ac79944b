//! The roster: who may be called, whether they are on duty now, and where they were seen last; for dispatchers alone.

use std::time::Duration;

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::fault::Fault as Unanswered;
use crate::app::names;
use crate::app::roster::RosterChange;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask_json;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::converter;
use crate::http::parameters::place;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::responder_edits::validator;
use crate::http::visitor::Dispatcher;
use crate::http::visitor::Holder;
use crate::model::responder::Duty;
use crate::model::responder::Responder;
use crate::model::responder::Sighting;
use crate::model::said::Said;
use crate::plan::crew::Now;

/// Nobody was seen in the future; a clock may be so many seconds ahead.
const CLOCK_ERROR_S: u64 = 60;

/// Everybody who may be called.
#[derive(Serialize, ToSchema)]
pub(super) struct RosterBody {
    region: String,
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    responders: Vec<RosterEntry>,
}

/// Somebody who may be called.
#[derive(Serialize, ToSchema)]
pub(super) struct RosterEntry {
    id: String,
    #[schema(value_type = words::Responder)]
    kind: &'static str,
    #[schema(required)]
    name: Option<String>,
    #[schema(required)]
    group: Option<String>,
    #[schema(required)]
    village: Option<String>,
    #[schema(required)]
    phone: Option<String>,
    #[schema(value_type = words::Carried)]
    travel: &'static str,
    /// From where they set off, unless they were seen elsewhere lately.
    home: Position,
    /// Where they were seen last, however long ago.
    #[schema(required)]
    seen: Option<SeenBody>,
    /// From when to when they come on any day, like `18:00-21:00`; `always`, or `never`.
    #[schema(example = "18:00-21:00")]
    duty: String,
    /// What they have said themselves, which holds whatever the hour; none if their hours hold.
    #[schema(required)]
    says_on_duty: Option<bool>,
    /// Whether they come now.
    on_duty: bool,
    #[schema(required)]
    note: Option<String>,
    /// Made up for demonstration.
    illustrative: bool,
    /// For `if-match`, to describe them anew or to take them off the list.
    #[schema(example = "\"responder-a430d84680aabd0b-1\"")]
    validator: String,
}

/// Where and when somebody was seen.
#[derive(Serialize, ToSchema)]
struct SeenBody {
    at: Position,
    #[schema(example = "2026-11-25T12:15:00Z")]
    when: String,
}

/// What is new of a responder; what is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RosterRequest {
    /// Whether they come now, whatever the hour; null: their hours hold again. It is kept.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    on_duty: Said<bool>,
    /// Where they are; null: nobody knows any more. It is never written to disk, and forgotten when the program ends.
    #[serde(default)]
    #[schema(value_type = Option<SeenRequest>)]
    seen: Said<SeenRequest>,
    /// Of all coordinates.
    #[schema(value_type = Option<words::DatumName>)]
    datum: Option<String>,
}

/// Where and when somebody was seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SeenRequest {
    at: Position,
    /// With its offset, like `2026-11-25T20:15:00+08:00`; now, unless it is given.
    #[schema(example = "2026-11-25T20:15:00+08:00")]
    when: Option<String>,
}

/// Everybody who may be called, and whether they are on duty now.
#[utoipa::path(get, path = "/api/v1/regions/{r}/responders", tag = "responders",
    params(parameters::Region, parameters::Datum),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = RosterBody, description = "The roster.")))]
pub(super) async fn roster(
    _: Holder<Dispatcher>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    ask_json(&caller, move |regions| {
        let snapshot = regions.snapshot(&region)?;
        let (crew, now) = (snapshot.crew(), snapshot.now());
        let all = crew.responders().iter();
        let entries = all.map(|responder| RosterEntry::new(responder, now, &datum));
        Ok(RosterBody {
            responders: entries.collect::<Result<_, _>>()?,
            datum: datum.datum().to_string(),
            region,
        })
    })
    .await
}

/// Says whether somebody is on duty now, and where they are: whoever comes first follows at once.
#[utoipa::path(patch, path = "/api/v1/regions/{r}/responders/{id}", tag = "responders",
    params(parameters::Region, parameters::ResponderId),
    request_body = RosterRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = RosterEntry, description = "As they are now.")))]
pub(super) async fn change_responder(
    dispatcher: Holder<Dispatcher>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<RosterRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let datum = converter(asked.datum.as_deref().unwrap_or("wgs84"))?;
    let change = RosterChange {
        on_duty: asked.on_duty,
        seen: asked.seen.try_map(|seen| seen.sighting(&datum))?,
    };
    ask_json(&caller, move |regions| {
        let (snapshot, after) =
            regions.change_responder(&dispatcher.who(), &region, &id, &change)?;
        Ok(RosterEntry::new(&after, snapshot.now(), &datum)?)
    })
    .await
}

impl SeenRequest {
    fn sighting(&self, datum: &Converter) -> Result<Sighting, Fault> {
        let now = clock::since_1970().as_secs();
        let wrong = |text: &str| {
            let text = shown(text);
            let detail = format!(
                "when is {text}; give a time that has been, with its offset, like 2026-11-25T20:15:00+08:00"
            );
            bad("when", detail)
        };
        let when = match self.when.as_deref() {
            None => now,
            Some(text) => {
                let moment = clock::parsed(text).ok_or_else(|| wrong(text))?;
                let seconds = u64::try_from(moment.ms / 1_000).ok();
                let seconds = seconds.filter(|seconds| *seconds <= now + CLOCK_ERROR_S);
                seconds.ok_or_else(|| wrong(text))?
            }
        };
        Ok(Sighting {
            at: place(datum, self.at.0, "seen")?,
            when,
        })
    }
}

impl RosterEntry {
    pub(super) fn new(
        responder: &Responder,
        now: Now,
        datum: &Converter,
    ) -> Result<Self, Unanswered> {
        let seen = responder.seen.map(|seen| -> Result<SeenBody, Unanswered> {
            Ok(SeenBody {
                at: position(datum, seen.at)?,
                when: clock::utc(Duration::from_secs(seen.when)),
            })
        });
        Ok(Self {
            id: responder.id.clone(),
            kind: names::of_responder(responder.kind),
            name: responder.name.clone(),
            group: responder.group.clone(),
            village: responder.village.clone(),
            phone: responder.phone.clone(),
            travel: names::of_travel(responder.travel),
            home: position(datum, responder.home)?,
            seen: seen.transpose()?,
            duty: hours(responder.duty),
            says_on_duty: responder.says_on_duty,
            on_duty: responder.is_on_duty(now.minute_of_day),
            note: responder.note.clone(),
            illustrative: responder.is_illustrative,
            validator: validator(responder),
        })
    }
}

fn hours(duty: Duty) -> String {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    match duty {
        Duty::Always => "always".to_owned(),
        Duty::Never => "never".to_owned(),
        Duty::Hours { from, to } => format!("{}-{}", time(from), time(to)),
    }
}
