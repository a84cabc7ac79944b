//! What volunteers' phones hand in: each entry once, by the number that the phone gave it.

use axum::extract::FromRequest;
use axum::extract::FromRequestParts;
use axum::extract::OptionalFromRequestParts;
use axum::extract::RawQuery;
use axum::extract::Request;
use axum::http::HeaderName;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::body::JsonBody;
use crate::http::described::duties as words;
use crate::http::described::parameters;
use crate::http::described::words::PieceCondition;
use crate::http::described::words::Seen as SeenName;
use crate::http::geojson::Position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::converter;
use crate::http::parameters::day;
use crate::http::parameters::place;
use crate::http::problem::Fault;
use crate::http::register::note;
use crate::http::service::Service;
use crate::http::session::private;
use crate::http::visitor::Visitor;
use crate::model::account::Account;
use crate::model::account::Role;
use crate::model::entry::EntryId;
use crate::model::entry::Handed;
use crate::model::entry::MOST_FIXES;
use crate::model::entry::NewEntry;
use crate::model::entry::ShownBy;
use crate::model::entry::SkipReason;
use crate::model::entry::TrackFix;
use crate::model::equipment::Condition;
use crate::model::report::ReportKind;

/// By which a phone is known, whoever is signed in on it.
pub(super) const HAND_IN: HeaderName = HeaderName::from_static("hand-in");

/// The most characters of an id.
const MOST_OF_ID: usize = 200;

/// A fix is at most so far off, or nothing is known of where the phone was, meters.
const WORST_ACCURACY_M: f64 = 10_000.0;

/// So long after its own time a track's last fix may lie, milliseconds: a day.
const LONGEST_TRACK_MS: i64 = 24 * 3_600 * 1_000;

/// What is handed in.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum EntryKind {
    /// The team sets off.
    Start,
    /// It is back.
    Finish,
    /// Something was looked at: `how` is needed, and `stretch` or `equipment`.
    CheckIn,
    /// A stretch was left out: `stretch` and `reason` are needed.
    Skip,
    /// Somebody was in the water.
    PersonInWater,
    /// Something was seen that others must know: `seen` is needed, and `equipment` or `place`.
    Report,
    /// Where the phone was: `fixes` is needed, and the consent of whoever carried it.
    Track,
}

/// Something that a phone hands in.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryRequest {
    /// The evening.
    #[schema(format = Date, example = "2026-07-04")]
    day: String,
    /// When, by the phone's clock.
    #[schema(format = DateTime, example = "2026-07-04T11:00:00Z")]
    at: String,
    kind: EntryKind,
    /// The number of the published patrol that is walked by.
    #[schema(example = 7)]
    patrol: Option<i64>,
    /// The team's number, counted from 1.
    #[schema(minimum = 1, maximum = 40)]
    team: Option<u32>,
    /// The stretch's id.
    #[schema(max_length = 200)]
    stretch: Option<String>,
    /// The id of a piece.
    #[schema(max_length = 200)]
    equipment: Option<String>,
    /// How it was shown that somebody was there.
    #[schema(value_type = Option<words::ShownByName>)]
    how: Option<ShownBy>,
    /// How the piece is.
    #[schema(value_type = Option<PieceCondition>)]
    condition: Option<Condition>,
    #[schema(value_type = Option<words::SkipReasonName>)]
    reason: Option<SkipReason>,
    /// What is reported.
    #[schema(value_type = Option<SeenName>)]
    seen: Option<ReportKind>,
    /// Where the phone was.
    place: Option<Position>,
    /// How far off that may be, meters.
    #[schema(minimum = 0, maximum = 10000)]
    accuracy_m: Option<f64>,
    /// In words.
    #[schema(min_length = 1, max_length = 2000)]
    note: Option<String>,
    /// Milliseconds after `at`, longitude, latitude, and how far off that may be in meters.
    #[schema(value_type = Option<Vec<Vec<f64>>>, max_items = 1000, example = json!([[0, 123.0118, 29.8021, 8.0]]))]
    fixes: Option<Vec<[f64; 4]>>,
}

/// What has become of it.
#[derive(Serialize, ToSchema)]
pub(super) struct EntryReceipt {
    #[schema(example = "0190f3a2-7c1b-7d2e-9f00-00c0ffee0001")]
    id: String,
    /// When it came first.
    #[schema(format = DateTime)]
    received_at: String,
    /// The report that it made.
    #[schema(required)]
    report: Option<EntryReportBody>,
}

/// A report that was handed in.
#[derive(Serialize, ToSchema)]
pub(super) struct EntryReportBody {
    /// Its number.
    #[schema(example = 1)]
    id: i64,
    /// Whoever shows it in the header `photo-right` may add up to 3 photos to the report, for an hour; the same entry sent again gives another.
    #[schema(example = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c")]
    photo_right: String,
}

/// The right that a phone shows, if it shows one.
pub(super) struct Shown(Option<String>);

impl FromRequestParts<Service> for Shown {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Service) -> Result<Self, Fault> {
        let shown = parts.headers.get(HAND_IN);
        let shown = shown.and_then(|shown| shown.to_str().ok());
        Ok(Self(shown.map(str::to_owned)))
    }
}

/// Takes what a phone hands in. It may come any number of times, and counts once. The header `hand-in` says for whom it is, whoever is signed in.
#[utoipa::path(put, path = "/api/v1/regions/{r}/entries/{id}", tag = "volunteers",
    params(parameters::Region, words::EntryNumber, words::HandInRight),
    request_body = EntryRequest,
    security((), ("bearer" = []), ("session" = [])),
    responses((status = 200, body = EntryReceipt, description = "It had been taken before."), (status = 201, body = EntryReceipt, description = "It is taken.")))]
pub(super) async fn hand_in(
    shown: Shown,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let service = caller.service.clone();
    let (mut parts, body) = request.into_parts();
    let account = account_of(&mut parts, &service, &region, shown).await?;
    let request = Request::from_parts(parts, body);
    let JsonBody(asked) = JsonBody::<EntryRequest>::from_request(request, &service).await?;
    let text = serde_json::to_vec(&asked).unwrap_or_default();
    let entry = asked.read(&id, &converter("wgs84")?)?;
    let taken = ask(&service, move |regions| {
        let taken = regions.hand_in(&region, &account, &entry, &text)?;
        Ok((entry.id, taken))
    });
    let (id, taken) = taken.await?;
    let status = if taken.is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let receipt = EntryReceipt {
        id: id.as_str().to_owned(),
        received_at: clock::text(taken.received_at),
        report: taken.report.map(|(report, right)| EntryReportBody {
            id: report.0,
            photo_right: right.as_str().to_owned(),
        }),
    };
    Ok(private(status, &receipt, None))
}

/// For whom something is handed in: whoever the right is for, or whoever is signed in. Nothing is read of a stranger's body.
async fn account_of(
    parts: &mut Parts,
    service: &Service,
    region: &str,
    shown: Shown,
) -> Result<Account, Fault> {
    if let Some(right) = shown.0 {
        let region = region.to_owned();
        return ask(service, move |regions| {
            Ok(regions.hand_in_of(&region, &right)?)
        })
        .await;
    }
    let visitor =
        <Visitor as OptionalFromRequestParts<Service>>::from_request_parts(parts, service).await?;
    let visitor = visitor.ok_or(Fault::NotSignedIn)?;
    visitor.0.must_hold(Role::Volunteer, Some(region))?;
    Ok(visitor.0.account.clone())
}

impl EntryRequest {
    fn read(self, id: &str, datum: &Converter) -> Result<NewEntry, Fault> {
        let id = EntryId::new(id).ok_or_else(|| Fault::BadAddress {
            detail: "the number in the address is no UUID; make one with crypto.randomUUID()"
                .to_owned(),
        })?;
        let day = day("day", &self.day)?;
        let at = clock::parsed(&self.at);
        let at = at.ok_or_else(|| bad("at", "at is no moment like 2026-07-04T11:00:00Z"))?;
        let place = self.place.map(|at| place(datum, at.0, "place")).transpose();
        let accuracy_m = self.accuracy_m;
        let accuracy = accuracy_m.unwrap_or(0.0);
        if !(0.0..=WORST_ACCURACY_M).contains(&accuracy) {
            return Err(bad(
                "accuracy_m",
                format!("accuracy_m is {accuracy}; give meters up to {WORST_ACCURACY_M}"),
            ));
        }
        Ok(NewEntry {
            id,
            day,
            at,
            patrol: self.patrol,
            team: self.team,
            place: place?,
            accuracy_m,
            note: self.note.as_deref().map(note).transpose()?,
            what: self.what(datum)?,
        })
    }

    fn what(self, datum: &Converter) -> Result<Handed, Fault> {
        let needed = |name: &'static str, kind: &str| {
            bad(name, format!("{name} is not given; {kind} needs it"))
        };
        let stretch = self.stretch.map(|id| short("stretch", id)).transpose()?;
        let equipment = self.equipment.map(|id| short("equipment", id));
        let equipment = equipment.transpose()?;
        Ok(match self.kind {
            EntryKind::Start => Handed::Start,
            EntryKind::Finish => Handed::Finish,
            EntryKind::PersonInWater => Handed::PersonInWater,
            EntryKind::CheckIn => {
                if stretch.is_none() && equipment.is_none() {
                    return Err(needed("stretch", "check_in, unless it names equipment,"));
                }
                Handed::CheckIn {
                    stretch,
                    equipment,
                    how: self.how.ok_or_else(|| needed("how", "check_in"))?,
                    condition: self.condition,
                }
            }
            EntryKind::Skip => Handed::Skip {
                stretch: stretch.ok_or_else(|| needed("stretch", "skip"))?,
                reason: self.reason.ok_or_else(|| needed("reason", "skip"))?,
            },
            EntryKind::Report => Handed::Report {
                seen: self.seen.ok_or_else(|| needed("seen", "report"))?,
                equipment,
            },
            EntryKind::Track => {
                let fixes = self.fixes.ok_or_else(|| needed("fixes", "track"))?;
                if fixes.is_empty() || MOST_FIXES < fixes.len() {
                    let n = fixes.len();
                    let detail = format!("fixes are {n}; give from 1 to {MOST_FIXES}");
                    return Err(bad("fixes", detail));
                }
                let fixes = fixes.into_iter().map(|fix| track_fix(fix, datum));
                Handed::Track {
                    fixes: fixes.collect::<Result<_, _>>()?,
                }
            }
        })
    }
}

fn track_fix(
    [after_ms, lon, lat, accuracy_m]: [f64; 4],
    datum: &Converter,
) -> Result<TrackFix, Fault> {
    let is_time = (0.0..=LONGEST_TRACK_MS as f64).contains(&after_ms);
    if !is_time || !(0.0..=WORST_ACCURACY_M).contains(&accuracy_m) {
        let detail = format!(
            "a fix is {after_ms} ms after at and {accuracy_m} m off; give up to {LONGEST_TRACK_MS} ms and {WORST_ACCURACY_M} m"
        );
        return Err(bad("fixes", detail));
    }
    Ok(TrackFix {
        after_ms: after_ms as i64,
        at: place(datum, [lon, lat], "fixes")?,
        accuracy_m,
    })
}

fn short(name: &'static str, id: String) -> Result<String, Fault> {
    let n = id.chars().count();
    if n == 0 || MOST_OF_ID < n {
        let detail = format!("{name} has {n} characters; give from 1 to {MOST_OF_ID}");
        return Err(bad(name, detail));
    }
    Ok(id)
}
