//! Who may be called, as planners keep the list: put on it, described anew, taken off it.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::names;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::ask::ask_created;
use crate::http::ask::ask_json;
use crate::http::ask::gone;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::register_parameters;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::converter;
use crate::http::parameters::place;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::register::name;
use crate::http::register::note;
use crate::http::roster::RosterEntry;
use crate::http::validator::Seen;
use crate::http::validator::Validator;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::fnv::fnv1a;
use crate::model::kept_responder::ResponderSays;
use crate::model::responder::Duty;
use crate::model::responder::Responder;
use crate::model::responder::ResponderKind;
use crate::model::responder::Travel;

/// Who a responder is, whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResponderRequest {
    #[schema(value_type = words::Responder)]
    kind: String,
    #[schema(min_length = 1, max_length = 200, example = "王芳")]
    name: Option<String>,
    /// Where they belong.
    #[schema(min_length = 1, max_length = 200, example = "网格员")]
    group: Option<String>,
    #[schema(min_length = 1, max_length = 200, example = "南埠社区")]
    village: Option<String>,
    #[schema(min_length = 1, max_length = 200, example = "0575 8700 0000")]
    phone: Option<String>,
    /// What carries them; their feet, unless it is given.
    #[schema(value_type = Option<words::Carried>)]
    travel: Option<String>,
    /// From where they set off, unless they were seen elsewhere lately.
    home: Position,
    /// From when to when they come on any day, like `18:00-21:00`; `never`; `always`, unless it is given.
    #[schema(example = "18:00-21:00")]
    duty: Option<String>,
    note: Option<String>,
    /// Of home.
    #[schema(value_type = Option<words::DatumName>)]
    datum: Option<String>,
}

/// Puts somebody on the list of those who may be called; who comes first follows at once.
#[utoipa::path(post, path = "/api/v1/regions/{r}/responders", tag = "responders",
    params(parameters::Region),
    request_body = ResponderRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = RosterEntry, description = "They are on it.", headers(("location" = String, description = "Where they are changed.")))))]
pub(super) async fn add_responder(
    planner: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<ResponderRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let datum = converter(asked.datum.as_deref().unwrap_or("wgs84"))?;
    let says = asked.read(&datum)?;
    ask_created(&caller, move |regions| {
        let (snapshot, responder) = regions.add_responder(&planner.who(), &region, says)?;
        let address = format!("/api/v1/regions/{region}/responders/{}", responder.id);
        let entry = RosterEntry::new(&responder, snapshot.now(), &datum)?;
        Ok((None, address, entry))
    })
    .await
}

/// Says anew who a responder is, whether the files or a planner have said it before. What is left out is nobody's to know any more.
#[utoipa::path(put, path = "/api/v1/regions/{r}/responders/{id}", tag = "responders",
    params(parameters::Region, parameters::ResponderId, register_parameters::IfResponder),
    request_body = ResponderRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = RosterEntry, description = "As they are now.")))]
pub(super) async fn edit_responder(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<ResponderRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let datum = converter(asked.datum.as_deref().unwrap_or("wgs84"))?;
    let says = asked.read(&datum)?;
    ask_json(&caller, move |regions| {
        let has_seen = |now: &Responder| seen.is_version(&kept_as(&now.id), now.version);
        let who = planner.who();
        let (snapshot, after) = regions.edit_responder(&who, &region, &id, says, has_seen)?;
        Ok(RosterEntry::new(&after, snapshot.now(), &datum)?)
    })
    .await
}

/// Takes somebody off the list. Of them nothing is kept but the id, so that the files do not bring them back.
#[utoipa::path(delete, path = "/api/v1/regions/{r}/responders/{id}", tag = "responders",
    params(parameters::Region, parameters::ResponderId, register_parameters::IfResponder),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "They are off it.")))]
pub(super) async fn take_off_responder(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask(&caller.service, move |regions| {
        let has_seen = |now: &Responder| seen.is_version(&kept_as(&now.id), now.version);
        Ok(regions.take_off_responder(&planner.who(), &region, &id, has_seen)?)
    })
    .await?;
    Ok(gone())
}

impl ResponderRequest {
    fn read(self, datum: &Converter) -> Result<ResponderSays, Fault> {
        let word = |name: &'static str, text: &str, known: &str| {
            let text = shown(text);
            bad(name, format!("{name} is {text}; give one of {known}"))
        };
        let kinds = ResponderKind::ALL.into_iter();
        let mut kinds = kinds.filter(|kind| names::of_responder(*kind) == self.kind);
        let travel = self.travel.as_deref().unwrap_or("foot");
        let mut carried = Travel::ALL.into_iter();
        let duty = self.duty.as_deref().unwrap_or("always");
        let text = |field: &'static str, text: Option<String>| {
            text.map(|text| name(field, &text)).transpose()
        };
        Ok(ResponderSays {
            kind: kinds.next().ok_or_else(|| {
                word(
                    "kind",
                    &self.kind,
                    "volunteer, team, police, workstation, fire",
                )
            })?,
            travel: carried
                .find(|known| names::of_travel(*known) == travel)
                .ok_or_else(|| word("travel", travel, "foot, ebike, car"))?,
            duty: Duty::of_text(duty)
                .ok_or_else(|| word("duty", duty, "always, never, hours like 18:00-21:00"))?,
            home: place(datum, self.home.0, "home")?,
            name: text("name", self.name)?,
            group: text("group", self.group)?,
            village: text("village", self.village)?,
            phone: text("phone", self.phone)?,
            note: self.note.as_deref().map(note).transpose()?,
        })
    }
}

/// What shows that somebody has seen a responder as they are. An id may be in any script; a header is not.
pub(super) fn validator(responder: &Responder) -> String {
    Validator::of_version(&kept_as(&responder.id), responder.version).text()
}

fn kept_as(id: &str) -> String {
    format!("responder-{:016x}", fnv1a(id.bytes()))
}
