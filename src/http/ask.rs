//! The one place where work leaves the async threads: bounded to the cores, with a short queue that turns the rest away.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use axum::http::HeaderValue;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Serialize;
use tokio::sync::Semaphore;

use crate::app::regions::Regions;
use crate::http::journal;
use crate::http::problem::Fault;
use crate::http::service::Limits;
use crate::http::service::Service;

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

/// Has a question answered and written as JSON by a worker.
///
/// # Errors
///
/// If the question has no answer, or too many wait already.
pub(super) async fn ask_json<Answer: Serialize>(
    service: &Service,
    work: impl FnOnce(&Regions) -> Result<Answer, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let text = ask(service, move |regions| written(&work(regions)?)).await?;
    let json = HeaderValue::from_static("application/json");
    let fresh = HeaderValue::from_static("no-cache");
    let headers = [(header::CONTENT_TYPE, json), (header::CACHE_CONTROL, fresh)];
    Ok((headers, text).into_response())
}

fn written(answer: &impl Serialize) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(answer).map_err(|fault| journal::mistake(&fault.to_string()))
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
