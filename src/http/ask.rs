//! The one place where work leaves the async threads: bounded to the cores, with a short queue that turns the rest away.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::time::Instant;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Serialize;
use tokio::sync::Semaphore;

use crate::app::jobs::Job;
use crate::app::packing;
use crate::app::people::People;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::http::journal;
use crate::http::peer::Peer;
use crate::http::problem::Fault;
use crate::http::service::Limits;
use crate::http::service::Service;
use crate::http::validator::Validator;

/// Few answers about one place are longer, bytes.
const USUAL_SIZE: usize = 1_024;

/// So many headers an answer has, with those that are added on its way out.
const MOST_HEADERS: usize = 12;

/// Who does the work.
pub(super) struct Workers {
    free: Arc<Semaphore>,
    n_waiting: AtomicUsize,
    most_waiting: usize,
}

impl Workers {
    pub fn new(limits: Limits) -> Self {
        Self {
            free: Arc::new(Semaphore::new(limits.threads)),
            n_waiting: AtomicUsize::new(0),
            most_waiting: limits.waiting,
        }
    }

    /// How many questions wait.
    pub fn n_waiting(&self) -> usize {
        self.n_waiting.load(Ordering::Relaxed)
    }
}

/// One place in the queue, given back however the wait ends.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Has a question answered by a worker.
///
/// # Errors
///
/// If the question has no answer, or too many wait already.
pub(super) async fn ask<Answer: Send + 'static>(
    service: &Service,
    work: impl FnOnce(&Regions) -> Result<Answer, Fault> + Send + 'static,
) -> Result<Answer, Fault> {
    let workers = &service.parts().workers;
    let place = Waiting(&workers.n_waiting);
    if workers.n_waiting.fetch_add(1, Ordering::Relaxed) >= workers.most_waiting {
        service.parts().metrics.count_shed();
        return Err(Fault::Busy);
    }
    // The semaphore is never closed.
    let free = Arc::clone(&workers.free).acquire_owned().await;
    drop(place);
    let regions = Arc::clone(service.regions());
    let done = tokio::task::spawn_blocking(move || {
        let answer = work(&regions);
        // The worker is free when the work is done, not when somebody stops waiting for it.
        drop(free);
        answer
    });
    match done.await {
        Ok(answer) => answer,
        Err(failed) => Err(journal::mistake(&failed.to_string())),
    }
}

/// Has a search run when those before it are done; nobody waits for it.
pub(super) fn in_background(service: &Service, job: Arc<Job>) {
    let turn = Arc::clone(&service.parts().searching);
    let regions = Arc::clone(service.regions());
    drop(tokio::spawn(async move {
        // The semaphore is never closed.
        let turn = turn.acquire_owned().await;
        let (searched, told) = (Arc::clone(&regions), Arc::clone(&job));
        let done = tokio::task::spawn_blocking(move || searched.run_search(&job)).await;
        if let Err(failed) = done {
            drop(journal::mistake(&failed.to_string()));
            told.fail();
        }
        drop(turn);
    }));
}

/// Has something that is about those who sign in done by a worker.
///
/// # Errors
///
/// If it cannot be done, or too many wait already.
pub(super) async fn ask_people<Answer: Send + 'static>(
    service: &Service,
    work: impl FnOnce(&People) -> Result<Answer, Fault> + Send + 'static,
) -> Result<Answer, Fault> {
    let people = Arc::clone(&service.parts().people);
    ask(service, move |_| work(&people)).await
}

/// Who asks: the service that is asked, how the answer may be packed, and what the client has already.
pub(super) struct Caller {
    pub service: Service,
    pub takes_gzip: bool,
    if_none_match: Vec<HeaderValue>,
}

impl FromRequestParts<Service> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Infallible> {
        Ok(Self {
            service: service.clone(),
            takes_gzip: takes_gzip(&parts.headers),
            if_none_match: all(&parts.headers, &header::IF_NONE_MATCH),
        })
    }
}

impl Caller {
    /// Counts one more that somebody has sent without an account.
    ///
    /// # Errors
    ///
    /// If there are too many from their address.
    pub fn count_stranger(&self, peer: Peer) -> Result<(), Fault> {
        let rate = &self.service.parts().report_rate;
        let counted = rate.count(peer, Instant::now());
        counted.map_err(|wait| Fault::TooManyReports {
            seconds: wait.as_secs() + 1,
        })
    }
}

/// Has a question about a place or a plan answered, written as JSON and packed by a worker; nobody keeps the answer.
///
/// # Errors
///
/// If the question has no answer, or too many wait already.
pub(super) async fn ask_json<Answer: Serialize>(
    caller: &Caller,
    work: impl FnOnce(&Regions) -> Result<Answer, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let takes_gzip = caller.takes_gzip;
    let packed = ask(&caller.service, move |regions| {
        Packed::new(&work(regions)?, takes_gzip)
    });
    Ok(packed.await?.sent(None))
}

/// The same of a region as it is now: the answer has its validator, and a client that has it already is told so at once.
///
/// # Errors
///
/// If the region is not ready, the question has no answer, or too many wait already.
pub(super) async fn ask_region<Answer: Serialize>(
    caller: &Caller,
    region: &str,
    work: impl FnOnce(&Snapshot) -> Result<Answer, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let snapshot = caller.service.regions().snapshot(region)?;
    let validator = Validator::of(&snapshot);
    if let Some(known) = validator.known_as(&caller.if_none_match) {
        return Ok(not_modified(known));
    }
    let takes_gzip = caller.takes_gzip;
    let packed = ask(&caller.service, move |_| {
        Packed::new(&work(&snapshot)?, takes_gzip)
    });
    Ok(packed.await?.sent(Some(&validator)))
}

/// The same where only the work finds out of which region the answer is.
///
/// # Errors
///
/// If the question has no answer, or too many wait already.
pub(super) async fn ask_of_some_region<Answer: Serialize>(
    caller: &Caller,
    work: impl FnOnce(&Regions) -> Result<(Arc<Snapshot>, Answer), Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let (validator, packed) = ask_with_region(caller, work).await?;
    Ok(match validator.known_as(&caller.if_none_match) {
        Some(known) => not_modified(known),
        None => packed.sent(Some(&validator)),
    })
}

/// The same of all regions, whether they are ready or not: the validator is of the answer itself.
///
/// # Errors
///
/// If the question has no answer, or too many wait already.
pub(super) async fn ask_all<Answer: Serialize>(
    caller: &Caller,
    work: impl FnOnce(&Regions) -> Result<Answer, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let takes_gzip = caller.takes_gzip;
    let answered = ask(&caller.service, move |regions| {
        let text = written(&work(regions)?)?;
        let validator = Validator::of_text(&text);
        Ok((validator, Packed::of_text(text, takes_gzip)))
    });
    let (validator, packed) = answered.await?;
    Ok(match validator.known_as(&caller.if_none_match) {
        Some(known) => not_modified(known),
        None => packed.sent(Some(&validator)),
    })
}

/// Has a page written: its validator is of its text, and a browser that has it already is told so.
///
/// # Errors
///
/// If there is nothing to be shown, or too many wait already.
pub(super) async fn ask_page(
    caller: &Caller,
    work: impl FnOnce(&Regions) -> Result<String, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let takes_gzip = caller.takes_gzip;
    let written = ask(&caller.service, move |regions| {
        let text = work(regions)?.into_bytes();
        let validator = Validator::of_text(&text);
        let packed = takes_gzip.then(|| packing::gzipped_well(&text)).flatten();
        Ok((validator, Packed::either(text, packed)))
    });
    let (validator, packed) = written.await?;
    let mut page = match validator.known_as(&caller.if_none_match) {
        Some(known) => not_modified(known),
        None => packed.sent(Some(&validator)),
    };
    let headers = page.headers_mut();
    let by_language = HeaderValue::from_static("accept-encoding, accept-language");
    headers.insert(header::VARY, by_language);
    if headers.contains_key(header::CONTENT_TYPE) {
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, html);
    }
    Ok(page)
}

/// Has a change made; the answer has the validator of the region as it is afterward.
///
/// # Errors
///
/// If the change cannot be made, or too many wait already.
pub(super) async fn ask_changed<Answer: Serialize>(
    caller: &Caller,
    work: impl FnOnce(&Regions) -> Result<(Arc<Snapshot>, Answer), Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let (validator, packed) = ask_with_region(caller, work).await?;
    Ok(packed.sent(Some(&validator)))
}

/// Has something made; the answer says where it is, and has the validator of the region as it is afterward, if that is another.
///
/// # Errors
///
/// If it cannot be made, or too many wait already.
pub(super) async fn ask_created<Answer: Serialize>(
    caller: &Caller,
    work: impl FnOnce(&Regions) -> Result<(Option<Arc<Snapshot>>, String, Answer), Fault>
    + Send
    + 'static,
) -> Result<Response, Fault> {
    let takes_gzip = caller.takes_gzip;
    let made = ask(&caller.service, move |regions| {
        let (snapshot, address, answer) = work(regions)?;
        let packed = Packed::new(&answer, takes_gzip)?;
        let validator = snapshot.as_deref().map(Validator::of);
        Ok((validator, address, packed))
    });
    let (validator, address, packed) = made.await?;
    let mut response = packed.sent(validator.as_ref());
    *response.status_mut() = StatusCode::CREATED;
    // An id that was made here can be written in a header.
    if let Ok(address) = HeaderValue::try_from(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    Ok(response)
}

/// Something is taken away: the answer is nothing, and nobody keeps it.
pub(super) fn gone() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let keep = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, keep);
    response
}

/// Has something taken away; the answer is nothing but the validator of the region as it is afterward.
///
/// # Errors
///
/// If it cannot be taken away, or too many wait already.
pub(super) async fn ask_gone(
    caller: &Caller,
    work: impl FnOnce(&Regions) -> Result<Arc<Snapshot>, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let after = ask(&caller.service, work).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    add_freshness(response.headers_mut(), Validator::of(&after).header(false));
    Ok(response)
}

async fn ask_with_region<Answer: Serialize>(
    caller: &Caller,
    work: impl FnOnce(&Regions) -> Result<(Arc<Snapshot>, Answer), Fault> + Send + 'static,
) -> Result<(Validator, Packed), Fault> {
    let takes_gzip = caller.takes_gzip;
    let answered = ask(&caller.service, move |regions| {
        let (snapshot, answer) = work(regions)?;
        let packed = Packed::new(&answer, takes_gzip)?;
        Ok((Validator::of(&snapshot), packed))
    });
    answered.await
}

/// An answer that was looked up in less time than it takes to wake a worker, written as JSON and not to be kept.
///
/// It is not packed either: a few results fit into the packets that a server sends before it waits for the client, and packing
/// them takes longer than looking them up.
///
/// # Errors
///
/// If it cannot be written.
pub(super) fn json_at_once(answer: &impl Serialize) -> Result<Response, Fault> {
    Ok(Packed::new(answer, false)?.sent(None))
}

/// An answer as JSON, packed where the client takes it and it is worth it.
struct Packed {
    body: Vec<u8>,
    is_packed: bool,
}

impl Packed {
    fn new(answer: &impl Serialize, takes_gzip: bool) -> Result<Self, Fault> {
        Ok(Self::of_text(written(answer)?, takes_gzip))
    }

    fn of_text(text: Vec<u8>, takes_gzip: bool) -> Self {
        let packed = takes_gzip.then(|| packing::gzipped(&text)).flatten();
        Self::either(text, packed)
    }

    fn either(text: Vec<u8>, packed: Option<Vec<u8>>) -> Self {
        let is_packed = packed.is_some();
        let body = packed.unwrap_or(text);
        Self { body, is_packed }
    }

    fn sent(self, validator: Option<&Validator>) -> Response {
        let mut response = Response::new(Body::from(self.body));
        let headers = response.headers_mut();
        headers.reserve(MOST_HEADERS);
        let kind = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, kind);
        let tag = validator.and_then(|validator| validator.header(self.is_packed));
        add_freshness(headers, tag);
        if self.is_packed {
            let gzip = HeaderValue::from_static("gzip");
            headers.insert(header::CONTENT_ENCODING, gzip);
        }
        response
    }
}

/// The client has the answer already.
fn not_modified(known: HeaderValue) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    add_freshness(response.headers_mut(), Some(known));
    response
}

/// How long an answer may be kept: with a validator as long as it is asked for again, without one not at all.
fn add_freshness(headers: &mut HeaderMap, tag: Option<HeaderValue>) {
    let by_packing = HeaderValue::from_static("accept-encoding");
    headers.insert(header::VARY, by_packing);
    let keep = if tag.is_some() {
        "no-cache"
    } else {
        "no-store"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Some(tag) = tag {
        headers.insert(header::ETAG, tag);
    }
}

/// All values of a header.
pub(super) fn all(headers: &HeaderMap, name: &HeaderName) -> Vec<HeaderValue> {
    headers.get_all(name).iter().cloned().collect()
}

fn written(answer: &impl Serialize) -> Result<Vec<u8>, Fault> {
    let mut text = Vec::with_capacity(USUAL_SIZE);
    match serde_json::to_writer(&mut text, answer) {
        Ok(()) => Ok(text),
        Err(fault) => Err(journal::mistake(&fault.to_string())),
    }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter();
    let lists = accepted.filter_map(|list| list.to_str().ok());
    let mut codings = lists.flat_map(|list| list.split(','));
    codings.any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts
            .next()
            .is_some_and(|name| name == "gzip" || name == "*");
        // With a weight of nothing it is refused.
        let weights = parts.filter_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
        is_gzip && weights.into_iter().all(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_that_panics_is_a_mistake_and_the_next_one_is_answered() {
        let service = Service::new(&[], Limits::of_cores(1));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let failed = ask(&service, |_| -> Result<(), Fault> { panic!("on purpose") }).await;
            assert!(matches!(failed, Err(Fault::Mistake { .. })), "{failed:?}");
            let answered = ask(&service, |_| Ok(1)).await;
            assert_eq!(answered, Ok(1), "the worker is free again");
            assert_eq!(service.parts().workers.n_waiting(), 0);
        });
    }
}
