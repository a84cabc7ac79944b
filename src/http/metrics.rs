//! Counts for Prometheus: requests by route and status, how long they took, what waits and what was turned away.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;

use crate::app::regions;
use crate::http::service::Service;

/// Upper ends of the classes of duration, seconds.
const CLASSES_S: [f64; 9] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5, 10.0];

/// All counts since the start. There are only so many routes and statuses, so this does not grow.
#[derive(Default)]
pub(super) struct Metrics {
    requests: Mutex<BTreeMap<(String, u16), Requests>>,
    n_shed: AtomicU64,
}

#[derive(Clone, Copy, Default)]
struct Requests {
    n: u64,
    sum_s: f64,
    n_within: [u64; CLASSES_S.len()],
}

impl Metrics {
    /// Counts one request; `route` is the route's pattern, not the address.
    pub fn count(&self, route: &str, status: u16, took: Duration) {
        let took_s = took.as_secs_f64();
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (route.to_owned(), status);
        let requests = requests.entry(key).or_default();
        requests.n += 1;
        requests.sum_s += took_s;
        for (n_within, class) in requests.n_within.iter_mut().zip(CLASSES_S) {
            *n_within += u64::from(took_s <= class);
        }
    }

    /// Counts a question that was turned away.
    pub fn count_shed(&self) {
        self.n_shed.fetch_add(1, Ordering::Relaxed);
    }
}

/// The counts as Prometheus reads them.
#[utoipa::path(get, path = "/metrics", tag = "service",
    responses((status = 200, content_type = "text/plain", body = String, description = "The counts, as Prometheus reads them.")))]
pub(super) async fn metrics(State(service): State<Service>) -> Response {
    let text = text(&service);
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

fn text(service: &Service) -> String {
    let parts = service.parts();
    let mut text = String::new();
    let requests = parts.metrics.requests.lock();
    let requests = requests.unwrap_or_else(PoisonError::into_inner).clone();
    head(
        &mut text,
        "zhugan_request_seconds",
        "histogram",
        "How long requests took.",
    );
    for ((route, status), requests) in &requests {
        let labels = format!("route=\"{route}\",status=\"{status}\"");
        for (n_within, class) in requests.n_within.iter().zip(CLASSES_S) {
            let name = format!("zhugan_request_seconds_bucket{{{labels},le=\"{class}\"}}");
            line(&mut text, &name, n_within);
        }
        let name =
            |what: &str, more: &str| format!("zhugan_request_seconds_{what}{{{labels}{more}}}");
        line(&mut text, &name("bucket", ",le=\"+Inf\""), requests.n);
        line(&mut text, &name("sum", ""), requests.sum_s);
        line(&mut text, &name("count", ""), requests.n);
    }
    head(
        &mut text,
        "zhugan_shed_total",
        "counter",
        "Questions turned away because too many waited.",
    );
    line(
        &mut text,
        "zhugan_shed_total",
        parts.metrics.n_shed.load(Ordering::Relaxed),
    );
    head(
        &mut text,
        "zhugan_waiting",
        "gauge",
        "Questions that wait for a worker.",
    );
    line(&mut text, "zhugan_waiting", parts.workers.n_waiting());
    head(
        &mut text,
        "zhugan_connections",
        "gauge",
        "Open connections.",
    );
    line(
        &mut text,
        "zhugan_connections",
        parts.n_connections.load(Ordering::Relaxed),
    );
    head(
        &mut text,
        "zhugan_region_version",
        "gauge",
        "The version of each region that is ready.",
    );
    for slot in parts.regions.slots() {
        match &*slot.state() {
            regions::State::Ready(snapshot) => {
                let name = format!("zhugan_region_version{{region=\"{}\"}}", slot.id);
                line(&mut text, &name, snapshot.version);
            }
            regions::State::Loading | regions::State::Failed(_) => {}
        }
    }
    text
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(text: &mut String, name: &str, value: impl std::fmt::Display) {
    let _ = writeln!(text, "{name} {value}");
}
