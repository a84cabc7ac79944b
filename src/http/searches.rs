//! What all searches that run in the background have in common: how long they may take, and how one begins.

use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Response;
use serde::Serialize;

use crate::app::jobs::Job;
use crate::app::regions::Regions;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::ask::ask_json;
use crate::http::ask::in_background;
use crate::http::parameters::bad;
use crate::http::problem::Fault;

/// So long a search may take at most.
const MOST_SECONDS: f64 = 60.0;

/// How long it takes unless said otherwise.
const USUAL_SECONDS: f64 = 10.0;

/// How long a search may take, as it is asked for.
///
/// # Errors
///
/// For longer than a minute, and for what is no time.
pub(super) fn how_long(seconds: Option<f64>) -> Result<Duration, Fault> {
    let seconds = seconds.unwrap_or(USUAL_SECONDS);
    if !(0.0..=MOST_SECONDS).contains(&seconds) {
        let detail = format!("seconds is {seconds}; give a number from 0 to {MOST_SECONDS}");
        return Err(bad("seconds", detail));
    }
    Ok(Duration::from_secs_f64(seconds))
}

/// Begins a search, has it run when those before it are done, and tells under which address of `searches` it is found.
///
/// # Errors
///
/// If it cannot begin.
pub(super) async fn begun<Body: Serialize>(
    caller: &Caller,
    searches: &str,
    begin: impl FnOnce(&Regions) -> Result<Arc<Job>, Fault> + Send + 'static,
    body: impl FnOnce(&Job) -> Result<Body, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let job = ask(&caller.service, begin).await?;
    let address = format!("{searches}/{}", job.id);
    let told = job.clone();
    in_background(&caller.service, job);
    let mut response = ask_json(caller, move |_| body(&told)).await?;
    *response.status_mut() = StatusCode::ACCEPTED;
    if let Ok(address) = HeaderValue::try_from(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    Ok(response)
}
