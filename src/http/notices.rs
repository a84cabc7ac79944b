//! Notices: written by planners, read by everybody; as JSON, as messages of the Common Alerting Protocol, and as their feed.

use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::alerts;
use crate::app::clock;
use crate::app::keeping::NoticePage;
use crate::app::regions::Regions;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::ask::ask_created;
use crate::http::ask::ask_json;
use crate::http::ask::gone;
use crate::http::body::JsonBody;
use crate::http::described::notice_parameters;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::notice_body::NoticeBody;
use crate::http::notice_body::NoticesBody;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::validator::Seen;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::http::visitor::Visitor;
use crate::http::visitor::may;
use crate::model::account::Role;
use crate::model::moment::Moment;
use crate::model::notice::Content;
use crate::model::notice::Draft;
use crate::model::notice::Notice;
use crate::model::notice::NoticeEdit;
use crate::model::notice::NoticeId;
use crate::model::notice::NoticeKind;
use crate::model::notice::Severity;
use crate::model::notice::Wording;
use crate::model::said::Said;
use crate::model::text::Name;
use crate::model::text::Note;

/// So many of all notices on a page at most.
pub(super) const MOST_NOTICES: usize = 200;

/// So many unless another number is asked for.
const USUAL_NOTICES: usize = 50;

/// A notice in one language.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WordingRequest {
    /// One line.
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    /// What people should know and do.
    #[schema(min_length = 1, max_length = 2000)]
    text: String,
}

/// A notice that is written; in Chinese, in English, or in both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewNoticeRequest {
    #[schema(value_type = words::Warned)]
    kind: NoticeKind,
    #[schema(value_type = words::SeverityName)]
    severity: Severity,
    /// In Chinese.
    zh: Option<WordingRequest>,
    /// In English.
    en: Option<WordingRequest>,
    /// The ids of the villages that it is for, each once.
    #[schema(max_items = 100)]
    villages: Option<Vec<String>>,
    /// The ids of the waters that it is about; without villages and waters it is for the whole region.
    #[schema(max_items = 100)]
    water_bodies: Option<Vec<String>>,
    /// In force from then on, with its offset; from now on, unless it is given.
    #[schema(example = "2026-07-04T08:00:00+08:00")]
    from: Option<String>,
    /// In force until then, at most 30 days.
    #[schema(example = "2026-07-06T08:00:00+08:00")]
    until: String,
}

/// What is said otherwise of a notice; what is left out stays as it is, and null takes a language away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeRequest {
    #[schema(value_type = Option<words::Warned>)]
    kind: Option<NoticeKind>,
    #[schema(value_type = Option<words::SeverityName>)]
    severity: Option<Severity>,
    /// In Chinese.
    #[serde(default)]
    #[schema(value_type = Option<WordingRequest>)]
    zh: Said<WordingRequest>,
    /// In English.
    #[serde(default)]
    #[schema(value_type = Option<WordingRequest>)]
    en: Said<WordingRequest>,
    /// The ids of all villages that it is for, each once.
    #[schema(max_items = 100)]
    villages: Option<Vec<String>>,
    /// The ids of all waters that it is about.
    #[schema(max_items = 100)]
    water_bodies: Option<Vec<String>>,
    /// In force from then on, with its offset.
    #[schema(example = "2026-07-04T08:00:00+08:00")]
    from: Option<String>,
    /// In force until then, at most 30 days.
    #[schema(example = "2026-07-06T08:00:00+08:00")]
    until: Option<String>,
}

/// The notices of a region that are in force now; to planners, if they ask for it, all of them.
#[utoipa::path(get, path = "/api/v1/regions/{r}/notices", tag = "notices",
    params(parameters::Region, notice_parameters::All, notice_parameters::NoticesAPage, notice_parameters::BeforeNotice),
    security((), ("bearer" = []), ("session" = [])),
    responses((status = 200, body = NoticesBody, description = "The notices.")))]
pub(super) async fn notices(
    visitor: Option<Visitor>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["all", "limit", "before"])?;
    let all = asked.word("all", &[("true", true), ("false", false)])?;
    let limit = asked.number("limit", &(1..=MOST_NOTICES))?;
    let before = asked.number("before", &(1..=i64::MAX))?;
    if all != Some(true) {
        return ask_json(&caller, move |regions| in_force(regions, &region)).await;
    }
    match &visitor {
        Some(visitor) if may(Some(visitor), Role::Planner, &region) => {}
        Some(visitor) => visitor.0.must_hold(Role::Planner, Some(&region))?,
        None => return Err(Fault::NotSignedIn),
    }
    let limit = limit.unwrap_or(USUAL_NOTICES);
    let page = NoticePage {
        not_over_at: None,
        before,
        limit,
    };
    ask_json(&caller, move |regions| {
        let found = regions.notices(&region, &page)?;
        let mut body = NoticesBody::new(&region, &found, clock::now());
        let last = found.last().filter(|_| found.len() == limit);
        body.next = last.map(|last| {
            let before = last.id.0;
            format!("/api/v1/regions/{region}/notices?all=true&limit={limit}&before={before}")
        });
        Ok(body)
    })
    .await
}

fn in_force(regions: &Regions, region: &str) -> Result<NoticesBody, Fault> {
    let now = clock::now();
    let found = regions.notices_in_force(region, now)?;
    let mut body = NoticesBody::new(region, &found.notices, now);
    body.changes_at = found.until.map(clock::text);
    Ok(body)
}

/// Writes a notice; everybody may read it from its time on, and webhooks are told of it at once.
#[utoipa::path(post, path = "/api/v1/regions/{r}/notices", tag = "notices",
    params(parameters::Region),
    request_body = NewNoticeRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = NoticeBody, description = "The notice, with its number.", headers(("location" = String, description = "Where the notice is as a message.")))))]
pub(super) async fn write_notice(
    planner: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<NewNoticeRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let content = asked.content()?;
    ask_created(&caller, move |regions| {
        let written = regions.write_notice(&planner.who(), &region, &content)?;
        let address = alerts::address(&written.region, &written);
        Ok((None, address, NoticeBody::new(&written, clock::now())))
    })
    .await
}

/// Changes what a notice says; webhooks are told of it again.
#[utoipa::path(patch, path = "/api/v1/regions/{r}/notices/{id}", tag = "notices",
    params(parameters::Region, notice_parameters::NoticeNumber, notice_parameters::IfMatch),
    request_body = NoticeRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = NoticeBody, description = "As it is now.")))]
pub(super) async fn edit_notice(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<NoticeRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let edit = asked.edit()?;
    ask_json(&caller, move |regions| {
        let is_seen = |before: &Notice| seen.is_notice(before);
        let (who, id) = (planner.who(), NoticeId(id));
        let after = regions.edit_notice(&who, &region, id, &edit, is_seen)?;
        Ok(NoticeBody::new(&after, clock::now()))
    })
    .await
}

/// Takes a notice back for good; it stays in the record, and webhooks are told.
#[utoipa::path(delete, path = "/api/v1/regions/{r}/notices/{id}", tag = "notices",
    params(parameters::Region, notice_parameters::NoticeNumber, notice_parameters::IfMatch),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It is withdrawn.")))]
pub(super) async fn withdraw_notice(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
    seen: Seen,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask(&caller.service, move |regions| {
        let is_seen = |before: &Notice| seen.is_notice(before);
        Ok(regions.withdraw_notice(&planner.who(), &region, NoticeId(id), is_seen)?)
    })
    .await?;
    Ok(gone())
}

/// The notices in force, and those of them that were withdrawn, as an Atom feed of messages.
#[utoipa::path(get, path = "/api/v1/regions/{r}/notices/feed", tag = "notices",
    params(parameters::Region),
    responses((status = 200, content_type = "application/atom+xml", body = String, description = "The feed.")))]
pub(super) async fn notice_feed(
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let feed = ask(&caller.service, move |regions| {
        let snapshot = regions.snapshot(&region)?;
        let now = clock::now();
        let found = regions.public_notices(&region, now)?;
        Ok(alerts::feed(&snapshot, &found, now))
    });
    Ok(document("application/atom+xml", feed.await?))
}

/// A notice that is or was in force and is not over, as a message of the Common Alerting Protocol 1.2.
#[utoipa::path(get, path = "/api/v1/regions/{r}/notices/{id}/cap", tag = "notices",
    params(parameters::Region, notice_parameters::NoticeNumber),
    responses((status = 200, content_type = "application/cap+xml", body = String, description = "The message.")))]
pub(super) async fn notice_cap(
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let message = ask(&caller.service, move |regions| {
        let notice = regions.notice(&region, NoticeId(id))?;
        if !notice.is_public(clock::now()) {
            return Err(crate::app::fault::Fault::UnknownNotice { id }.into());
        }
        let snapshot = regions.snapshot(&region)?;
        Ok(alerts::alert(&snapshot, &notice))
    });
    Ok(document("application/cap+xml", message.await?))
}

fn document(kind: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from(text)).into_response()
}

impl NewNoticeRequest {
    fn content(self) -> Result<Content, Fault> {
        let from = self.from.as_deref().map(|text| moment("from", text));
        let draft = Draft {
            kind: self.kind,
            severity: self.severity,
            zh: self.zh.map(|words| wording("zh", &words)).transpose()?,
            en: self.en.map(|words| wording("en", &words)).transpose()?,
            villages: self.villages.unwrap_or_default(),
            water_bodies: self.water_bodies.unwrap_or_default(),
            from: from.transpose()?.unwrap_or_else(clock::now),
            until: moment("until", &self.until)?,
        };
        Content::new(draft).map_err(|fault| Fault::BadBody {
            detail: format!("the notice {fault}"),
        })
    }
}

impl NoticeRequest {
    fn edit(self) -> Result<NoticeEdit, Fault> {
        let from = self.from.as_deref().map(|text| moment("from", text));
        let until = self.until.as_deref().map(|text| moment("until", text));
        let edit = NoticeEdit {
            kind: self.kind,
            severity: self.severity,
            zh: self.zh.try_map(|words| wording("zh", &words))?,
            en: self.en.try_map(|words| wording("en", &words))?,
            villages: self.villages,
            water_bodies: self.water_bodies,
            from: from.transpose()?,
            until: until.transpose()?,
        };
        if edit.is_empty() {
            let detail = "the body changes nothing; give one or more of kind, severity, zh, en, villages, water_bodies, from, until";
            return Err(Fault::BadBody {
                detail: detail.to_owned(),
            });
        }
        Ok(edit)
    }
}

fn wording(language: &'static str, words: &WordingRequest) -> Result<Wording, Fault> {
    let title = Name::new(&words.title);
    let text = Note::new(&words.text);
    let of = |part, fault| bad(language, format!("the {part} of {language} {fault}"));
    Ok(Wording {
        title: title.map_err(|fault| of("title", fault))?,
        text: text.map_err(|fault| of("text", fault))?,
    })
}

fn moment(field: &'static str, text: &str) -> Result<Moment, Fault> {
    clock::parsed(text).ok_or_else(|| {
        let text = shown(text);
        let detail = format!(
            "{field} is {text}; give a time with its offset like 2026-07-04T08:00:00+08:00"
        );
        bad(field, detail)
    })
}
