//! What every handler has at hand: the regions, the workers, the events, the counts.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::sync::broadcast;
use tokio::sync::watch;

use crate::app::keeping::Keeping;
use crate::app::people::People;
use crate::app::regions::Event;
use crate::app::regions::Regions;
use crate::http::ask::Workers;
use crate::http::base_map::BaseMap;
use crate::http::metrics::Metrics;
use crate::http::origin::Origin;
use crate::http::provider::Provider;
use crate::http::rate::Rate;
use crate::http::sender::Telling;

/// So many events wait for a slow page; a page that misses one asks for everything anyhow.
const EVENTS_KEPT: usize = 64;

/// So many pages can be told of events at the same time.
const MOST_STREAMS: usize = 256;

/// So many reports come from one address of strangers at most...
const MOST_REPORTS: u32 = 5;

/// ...within this.
const REPORTS_WITHIN: Duration = Duration::from_mins(10);

/// So many photos come at the same time at most: what has come of them is held in memory.
pub(super) const MOST_UPLOADS: usize = 16;

/// So many are read at the same time: the largest takes some hundreds of megabytes while it is read.
const MOST_READ: usize = 1;

/// How much work is done at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// So many questions are worked on at the same time.
    pub threads: usize,
    /// So many more wait; the next ones are turned away.
    pub waiting: usize,
}

impl Limits {
    /// The limits for a machine with so many cores.
    pub fn of_cores(threads: usize) -> Self {
        Self {
            threads,
            waiting: 32 * threads,
        }
    }
}

/// What a service is set to, beside its regions.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// A map of somebody else's to draw under the regions.
    pub base_map: Option<BaseMap>,
    /// The servers whose pages may ask, too.
    pub origins: Vec<Origin>,
    /// What people can sign in with beside a password.
    pub provider: Option<Provider>,
    /// Where browsers find the service; unless it is set, where the one who asks has found it.
    pub public_url: Option<Origin>,
    /// How webhooks are told.
    pub telling: Telling,
    /// What keeps the changes; in memory, unless it is set otherwise.
    pub keeping: Keeping,
}

/// The service; its copies are one and the same.
#[derive(Clone)]
pub struct Service(Arc<Parts>);

pub(super) struct Parts {
    pub regions: Arc<Regions>,
    pub people: Arc<People>,
    pub workers: Workers,
    pub events: broadcast::Sender<Event>,
    pub streams: Arc<Semaphore>,
    /// One search for places runs at a time.
    pub searching: Arc<Semaphore>,
    pub n_connections: AtomicUsize,
    pub metrics: Metrics,
    pub stopping: watch::Sender<bool>,
    pub settings: Settings,
    /// How often an address of a stranger may report something.
    pub report_rate: Rate,
    /// Photos that come.
    pub uploads: Arc<Semaphore>,
    /// Photos that are read.
    pub photo_readers: Arc<Semaphore>,
}

impl Service {
    /// A service for the regions of some folders; they are loaded by [`Service::load`].
    pub fn new(dirs: &[PathBuf], limits: Limits) -> Self {
        Self::with(Settings::default(), dirs, limits)
    }

    /// The same with settings.
    pub fn with(settings: Settings, dirs: &[PathBuf], limits: Limits) -> Self {
        let (events, _) = broadcast::channel(EVENTS_KEPT);
        let told = events.clone();
        // Nobody listening is no fault.
        let tell = move |event: &Event| drop(told.send(event.clone()));
        let regions = Regions::new(dirs, settings.keeping.clone(), tell);
        Self(Arc::new(Parts {
            regions: Arc::new(regions),
            people: Arc::new(People::new(settings.keeping.clone())),
            workers: Workers::new(limits),
            events,
            streams: Arc::new(Semaphore::new(MOST_STREAMS)),
            searching: Arc::new(Semaphore::new(1)),
            n_connections: AtomicUsize::new(0),
            metrics: Metrics::default(),
            stopping: watch::Sender::new(false),
            settings,
            report_rate: Rate::new(MOST_REPORTS, REPORTS_WITHIN),
            uploads: Arc::new(Semaphore::new(MOST_UPLOADS)),
            photo_readers: Arc::new(Semaphore::new(MOST_READ)),
        }))
    }

    /// The regions.
    pub fn regions(&self) -> &Arc<Regions> {
        &self.0.regions
    }

    /// Those who sign in.
    pub fn people(&self) -> &Arc<People> {
        &self.0.people
    }

    /// Loads all regions; returns when every one is ready or has failed.
    pub fn load(&self) {
        self.0.regions.load();
    }

    /// Tells everything that never ends by itself to end now.
    pub fn stop(&self) {
        self.0.regions.end_searches();
        self.0.stopping.send_replace(true);
    }

    /// Resolves when the service has been told to stop.
    pub(super) async fn stopped(&self) {
        let mut stopping = self.0.stopping.subscribe();
        // It fails only when the service itself is gone, which is a stop, too.
        drop(stopping.wait_for(|stops| *stops).await);
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.0
    }
}
