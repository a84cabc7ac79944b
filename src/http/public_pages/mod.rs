//! The public pages: what somebody reads who has scanned the label of a piece, has typed its code, or has none; and the open call.

mod call;
mod find;
mod frame;
mod join;
mod nearest;
mod piece;
mod report;
mod steps;
mod words;

use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::RawQuery;
use axum::extract::rejection::BytesRejection;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;

use crate::app::paper_words::Language;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::ask::ask_page;
use crate::http::peer::Peer;
use crate::http::problem::Fault;
use crate::http::public_pages::find::Why;
use crate::http::public_pages::frame::Script;
use crate::http::public_pages::join::Filled;
use crate::http::public_pages::join::Step;
use crate::model::code::Code;

/// Whoever comes too early is asked to come again after this, seconds.
const LATER: HeaderValue = HeaderValue::from_static("5");

/// The page of the piece that has a code: readable as it comes, kept by browsers and asked for again.
pub(super) async fn page(
    caller: Caller,
    code: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let language = language(query.as_deref(), &headers);
    // What is no text is no code either.
    let asked = code.map(|Path(code)| code).unwrap_or_default();
    let answered = match Code::from_str(&asked) {
        Ok(code) => {
            ask_page(&caller, move |regions| {
                Ok(piece::page(language, &regions.piece_page(&code)?))
            })
            .await
        }
        Err(fault) => Err(Fault::from(fault)),
    };
    answered.map_or_else(
        |fault| instead(&caller, language, Why::Unknown(&asked), fault),
        |page| with_policy(page, &frame::OF_PIECE),
    )
}

/// The page without a piece; a code that was typed there leads to its own.
pub(super) async fn find(
    caller: Caller,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let language = language(query.as_deref(), &headers);
    let code = asked(query.as_deref(), "code");
    if let Some(code) = code.filter(|code| !code.trim().is_empty()) {
        let address = find::address(code.trim());
        let language = asked(query.as_deref(), "lang").map(|_| language.tag());
        let lang = language.map_or_else(String::new, |tag| format!("?lang={tag}"));
        return Redirect::to(&format!("{address}{lang}")).into_response();
    }
    let page = ask_page(&caller, move |regions| {
        Ok(find::page(language, Why::NoCode, &regions.calls()))
    });
    page.await.map_or_else(
        |fault| instead(&caller, language, Why::NoCode, fault),
        |page| with_policy(page, &frame::OF_FIND),
    )
}

/// The open call of a region.
pub(super) async fn join(
    caller: Caller,
    region: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let language = language(query.as_deref(), &headers);
    let step = match asked(query.as_deref(), "done") {
        Some(_) => Step::Done,
        None => Step::Asked,
    };
    let region = region.map(|Path(region)| region).unwrap_or_default();
    let page = ask_page(&caller, move |regions| {
        let settings = regions.settings_of_files(&region)?;
        Ok(join::page(language, settings, &Filled::nothing(), step))
    });
    page.await.map_or_else(
        |fault| instead(&caller, language, Why::NoRegion, fault),
        |page| with_policy(page, &frame::OF_FORM),
    )
}

/// Takes what somebody has filled in; what is wrong with it is said above what they have written.
pub(super) async fn apply(
    caller: Caller,
    region: Result<Path<String>, PathRejection>,
    peer: Peer,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let language = language(query.as_deref(), &headers);
    let region = region.map(|Path(region)| region).unwrap_or_default();
    // What is too long was written by nobody who wants to walk along.
    let filled = Filled::of_form(&body.unwrap_or_default());
    let applied = async {
        let says = filled.who()?.read()?;
        caller.count_stranger(peer)?;
        let region = region.clone();
        ask(&caller.service, move |regions| {
            Ok(regions.apply(&region, &says)?)
        })
        .await
    };
    let Err(fault) = applied.await else {
        let address = join::address(&region);
        let lang = language.tag();
        return Redirect::to(&format!("{address}?lang={lang}&done")).into_response();
    };
    let why = why_not(language, &fault);
    let status = fault.into_response().status();
    let page = ask_page(&caller, move |regions| {
        let settings = regions.settings_of_files(&region)?;
        Ok(join::page(language, settings, &filled, Step::Wrong(&why)))
    });
    match page.await {
        Ok(mut page) => {
            *page.status_mut() = status;
            let keep = HeaderValue::from_static("no-store");
            page.headers_mut().insert(header::CACHE_CONTROL, keep);
            with_policy(page, &frame::OF_FORM)
        }
        Err(fault) => instead(&caller, language, Why::NoRegion, fault),
    }
}

/// Why somebody could not be put on the list, and what they can do.
fn why_not(language: Language, fault: &Fault) -> String {
    let text = match fault {
        Fault::BadParameter { name: "phone", .. } => language.of(
            "电话无法识别，请检查后再提交。",
            "That is no telephone number; look at it once more.",
        ),
        Fault::BadParameter { name: "name", .. } => language.of(
            "请填写姓名（不超过 100 字）。",
            "Write your name, in at most 100 characters.",
        ),
        Fault::BadParameter { name: "kind", .. } => {
            language.of("请选择您的身份。", "Choose where you come from.")
        }
        Fault::BadParameter { name: "weekdays", .. } => language.of(
            "请至少选择一个可以来的晚上。",
            "Choose at least one evening on which you can come.",
        ),
        Fault::TooManyReports { .. } => language.of(
            "短时间内提交过多，请过几分钟再试。",
            "Too many have come from your connection lately; try again in a few minutes.",
        ),
        _ => language.of(
            "暂时无法登记，所填内容保留，请稍后再试或直接联系村委会。",
            "It could not be written down; what you wrote is kept here. Try again soon, or ask at the village office.",
        ),
    };
    text.to_owned()
}

/// What is shown instead of what was asked for: whom to call, whatever is wrong.
fn instead(caller: &Caller, language: Language, why: Why<'_>, fault: Fault) -> Response {
    let calls = caller.service.regions().calls();
    let is_unknown = fault.into_response().status().is_client_error();
    let (status, why) = if is_unknown {
        (StatusCode::NOT_FOUND, why)
    } else {
        let code = match why {
            Why::Unknown(code) => code,
            _ => "",
        };
        (StatusCode::SERVICE_UNAVAILABLE, Why::NotYet(code))
    };
    let mut response = (status, Html(find::page(language, why, &calls))).into_response();
    let headers = response.headers_mut();
    let keep = HeaderValue::from_static("no-store");
    headers.insert(header::CACHE_CONTROL, keep);
    if !is_unknown {
        headers.insert(header::RETRY_AFTER, LATER);
    }
    with_policy(response, &frame::OF_FIND)
}

/// The page lets in its own style and script, and nothing else.
fn with_policy(mut page: Response, script: &Script) -> Response {
    let headers = page.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, script.policy.clone());
    page
}

/// The address first, then what the browser asks for; somebody whose languages are others reads English.
fn language(query: Option<&str>, headers: &HeaderMap) -> Language {
    let of_address = asked(query, "lang");
    let wanted = headers.get(header::ACCEPT_LANGUAGE);
    let wanted = wanted.and_then(|wanted| wanted.to_str().ok());
    let tags = of_address.as_deref().into_iter();
    // Browsers send them in the order in which they are wanted.
    let tags = tags.chain(wanted.iter().flat_map(|wanted| wanted.split(',')));
    let mut known =
        tags.filter_map(
            |tag| match tag.trim().get(..2)?.to_ascii_lowercase().as_str() {
                "zh" => Some(Language::Chinese),
                "en" => Some(Language::English),
                _ => None,
            },
        );
    known.next().unwrap_or(match wanted {
        Some(wanted) if !wanted.trim().is_empty() && wanted.trim() != "*" => Language::English,
        Some(_) | None => Language::Chinese,
    })
}

/// A parameter of the address; whatever else stands there, a page comes.
fn asked(query: Option<&str>, name: &str) -> Option<String> {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let mut values = pairs.filter(|(known, _)| known == name);
    values.next().map(|(_, value)| value.into_owned())
}
