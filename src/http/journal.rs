//! The log: one line for each request, and the mistakes of the program.

use std::any::Any;
use std::io::IsTerminal;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::response::IntoResponse;
use axum::response::Response;
use tracing::Level;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::app::clock;
use crate::http::problem::Fault;

/// Which lines are written: `error`, `warn`, `info`, `debug`, `trace` or `off`.
const LEVEL: &str = "ZHUGAN_LOG";

/// Begins the log on standard error: for people on a terminal, as JSON elsewhere.
pub(super) fn begin() {
    let level = std::env::var(LEVEL).ok();
    let level = level.and_then(|level| level.parse::<LevelFilter>().ok());
    let level = level.unwrap_or(LevelFilter::INFO);
    // The crate that holds the pages would list every file of them.
    let pages = LevelFilter::WARN.min(level);
    let wanted = Targets::new()
        .with_default(level)
        .with_target("memory_serve", pages);
    let lines = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_target(false)
        .with_writer(std::io::stderr);
    // A second service in one program, as in a test, writes into the log of the first.
    if std::io::stderr().is_terminal() {
        drop(lines.finish().with(wanted).try_init());
    } else {
        let lines = lines.json().flatten_event(true);
        drop(lines.finish().with(wanted).try_init());
    }
}

/// Writes a mistake of the program into the log and gives it a code to be asked about.
pub(super) fn mistake(what: &str) -> Fault {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let code = format!("{:x}-{number}", clock::since_1970().as_secs());
    tracing::error!(code, what, "mistake");
    Fault::Mistake { code }
}

/// The answer to a request whose handler panicked; the service lives on.
#[expect(
    clippy::needless_pass_by_value,
    reason = "whoever catches a panic hands it over"
)]
pub(super) fn after_panic(panic: Box<dyn Any + Send>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    mistake(text.unwrap_or("panicked")).into_response()
}

/// One line for a request. The query is left out: a place in it is somebody's whereabouts.
pub(super) fn request(method: &str, path: &str, status: u16, took: Duration) {
    let took_ms = (took.as_secs_f64() * 1e4).round() / 10.0;
    let is_frequent = !path.starts_with("/api/");
    match status {
        500.. => tracing::warn!(method, path, status, took_ms, "request"),
        400..500 if is_frequent => tracing::debug!(method, path, status, took_ms, "request"),
        _ if is_frequent => tracing::debug!(method, path, status, took_ms, "request"),
        _ => tracing::event!(Level::INFO, method, path, status, took_ms, "request"),
    }
}
