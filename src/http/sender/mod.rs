//! Telling webhooks of notices: what the store says is due is sent, side by side, until the service ends.

mod post;
pub(super) mod target;

use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::sleep;

use crate::app::regions::News;
use crate::app::webhooks::WAITS;
use crate::http::ask::ask;
use crate::http::problem::Fault;
use crate::http::sender::target::Target;
use crate::http::service::Service;
use crate::model::webhook::Due;

/// So many webhooks are told at the same time, each of one thing.
const AT_ONCE: usize = 8;

/// Nobody is waited for longer than this before the store is asked again: another program may have written to it.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// What cannot be kept now is tried again after this.
const AFTER_FAULT: Duration = Duration::from_secs(5);

/// How webhooks are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Whether also those in networks that only this machine can reach.
    pub to_private: bool,
    /// How long is waited after each attempt that fails; after the last it is given up.
    pub waits: Vec<Duration>,
    /// An attempt has this long.
    pub within: Duration,
}

impl Default for Telling {
    fn default() -> Self {
        Self {
            to_private: false,
            waits: WAITS.to_vec(),
            within: Duration::from_secs(10),
        }
    }
}

/// Whether an address may be told, as far as that can be known before it is resolved. Whether it may also be one of this
/// machine's network is for the service that tells it to say.
///
/// # Errors
///
/// Says what is wrong with it, and what would be right.
pub fn check_address(url: &str) -> Result<(), String> {
    let target = Target::new(url, true);
    target.map(|_| ()).map_err(|fault| format!("it {fault}"))
}

/// Tells webhooks what they are to be told, until the service stops.
pub async fn tell(service: Service) {
    let mut events = service.parts().events.subscribe();
    let telling = async {
        loop {
            let wait = match round(&service).await {
                Ok(wait) => wait,
                Err(fault) => {
                    tracing::warn!(%fault, "webhooks wait");
                    AFTER_FAULT
                }
            };
            let written = async {
                // A lagging or ended channel is as good a reason to look again.
                while let Ok(event) = events.recv().await {
                    if event.news == News::Notices {
                        break;
                    }
                }
            };
            tokio::select! {
                () = sleep(wait) => {}
                () = written => {}
            }
        }
    };
    tokio::select! {
        () = telling => {}
        () = service.stopped() => {}
    }
}

/// Sends what is due; says how long it is until something is again.
async fn round(service: &Service) -> Result<Duration, Fault> {
    let due = ask(service, |regions| Ok(regions.due(AT_ONCE)?)).await?;
    let told = join_all(due.into_iter().map(|due| one(service, due))).await;
    told.into_iter().collect::<Result<(), Fault>>()?;
    let next = ask(service, |regions| Ok(regions.until_next_due()?)).await?;
    Ok(next.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT))
}

async fn one(service: &Service, due: Due) -> Result<(), Fault> {
    let telling = service.parts().settings.telling.clone();
    let outcome = post::post(&due, telling.to_private, telling.within).await;
    ask(service, move |regions| {
        Ok(regions.attempted(&due, &outcome, &telling.waits)?)
    })
    .await
}
