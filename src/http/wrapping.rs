//! What every answer goes through: time limit, counts, log, security headers.

use std::time::Duration;
use std::time::Instant;

use axum::extract::MatchedPath;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::header;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;

use crate::http::base_map::BaseMap;
use crate::http::journal;
use crate::http::problem::Fault;
use crate::http::service::Service;

/// No request takes longer to be read and answered than this.
const LONGEST_ANSWER: Duration = Duration::from_secs(15);

/// A file takes longer to come where the line is slow.
const LONGEST_UPLOAD: Duration = Duration::from_mins(3);

/// What a page may load: its own files, pictures and workers that it makes itself, and the tiles of a base map's server.
fn content_security_policy(base_map: Option<&BaseMap>) -> Option<HeaderValue> {
    let server = base_map.map_or(String::new(), |map| format!(" {}", map.origin()));
    let policy = format!(
        "default-src 'self'; img-src 'self' data: blob:{server}; style-src 'self'; worker-src 'self'; \
         connect-src 'self'{server}; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).ok()
}

/// Headers of every answer, unless the handler has set its own.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Answers within the time limit, or says that it cannot.
pub(super) async fn in_time(request: Request, next: Next) -> Response {
    let is_upload = |route: &MatchedPath| {
        ["/imports", "/photos"]
            .iter()
            .any(|part| route.as_str().contains(part))
    };
    let longest = match request.extensions().get::<MatchedPath>() {
        Some(route) if is_upload(route) => LONGEST_UPLOAD,
        Some(_) | None => LONGEST_ANSWER,
    };
    let answered = tokio::time::timeout(longest, next.run(request)).await;
    answered.unwrap_or_else(|_| {
        let seconds = longest.as_secs();
        Fault::TooSlow { seconds }.into_response()
    })
}

/// Counts the request and writes its line into the log.
pub(super) async fn noted(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), start.elapsed());
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    service.parts().metrics.count(route, status, took);
    journal::request(method.as_str(), &path, status, took);
    response
}

/// Adds the headers that keep a page to itself.
pub(super) async fn guarded(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    let is_unhashed = !request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if is_html(headers) && !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let base_map = service.parts().settings.base_map.as_ref();
        // A base map's server is checked when the service starts; without a policy no page goes out.
        let policy = content_security_policy(base_map);
        let policy = policy.unwrap_or(HeaderValue::from_static("default-src 'none'"));
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if is_unhashed && is_forever(headers) {
        // A service worker or a manifest keeps its name when its contents change.
        let ask = HeaderValue::from_static("no-cache");
        headers.insert(header::CACHE_CONTROL, ask);
    }
    response
}

fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Whether a file of the page is to be kept for good; tiles that are say so in public.
fn is_forever(headers: &HeaderMap) -> bool {
    let keep = headers.get(header::CACHE_CONTROL);
    keep.is_some_and(|keep| keep.as_bytes().starts_with(b"max-age=31536000"))
}
