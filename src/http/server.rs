//! The server: the address, bounded connections, slow clients cut off, requests under way finished at the end.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use axum::Router;
use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::rt::TokioTimer;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tower::Service as _;

use crate::app::keeping::Folder;
use crate::app::keeping::Keeping;
use crate::app::keeping::Place;
use crate::app::keeping::StoreFault;
use crate::app::people::Secret;
use crate::app::people::fault::PeopleFault;
use crate::http::base_map::BaseMap;
use crate::http::forgetting;
use crate::http::journal;
use crate::http::origin::Origin;
use crate::http::peer::Connected;
use crate::http::problem::Fault;
use crate::http::provider::Provider;
use crate::http::routes::router;
use crate::http::sender;
use crate::http::sender::Telling;
use crate::http::service::Limits;
use crate::http::service::Service;
use crate::http::service::Settings;

/// So many connections at the same time; below the number of files that a process may usually have open.
const MOST_CONNECTIONS: usize = 768;

/// So many more are told that there is no place; the next ones are cut off.
const MOST_TURNED_AWAY: usize = 64;

/// A client has this long to send the head of a request, and a connection may be idle this long.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// A client that takes nothing of its answer for this long is cut off.
const TAKE_TIME: Duration = Duration::from_secs(20);

/// The largest head of a request, bytes.
const LARGEST_HEAD: usize = 16 << 10;

/// The most headers of a request.
const MOST_HEADERS: usize = 64;

/// Who has connected just before the end has this long to begin.
const LAST_MOMENT: Duration = Duration::from_millis(500);

/// Requests under way have this long to finish when the service ends.
const FAREWELL: Duration = Duration::from_secs(30);

/// What is served, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folders of the regions.
    pub regions: Vec<PathBuf>,
    /// The address to listen at; port 0 takes a free one.
    pub listen: SocketAddr,
    /// So many questions are worked on at the same time.
    pub threads: usize,
    /// The folder of what is kept from one start to the next.
    pub data: Folder,
    /// A map of somebody else's to draw under the regions.
    pub base_map: Option<BaseMap>,
    /// The servers whose pages may ask, too.
    pub origins: Vec<Origin>,
    /// What people can sign in with beside a password.
    pub provider: Option<Provider>,
    /// Where browsers find the service, where that is known.
    pub public_url: Option<Origin>,
    /// Whether webhooks may lead to servers that only this machine's network can reach.
    pub webhooks_to_private: bool,
}

/// Why there is no service.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened at.
    #[error("{listen}: cannot listen there ({source}); give another address with --listen")]
    Listen {
        /// As asked.
        listen: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// What people have changed cannot be had or kept.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The system gives no threads or signals.
    #[error("the system does not let the service start: {0}")]
    System(#[from] io::Error),
}

/// What lets the first administrator in; none if there are accounts already. A store that takes nothing more is still read.
pub type First = Result<Option<Secret>, PeopleFault>;

/// Serves until SIGTERM or SIGINT; `begun` is told the address, what lets the first administrator in, and where changes are kept.
///
/// # Errors
///
/// If it cannot listen at the address, or cannot use the store.
pub fn serve(
    options: &Options,
    begun: impl FnOnce(SocketAddr, &First, &Place),
) -> Result<(), ServeError> {
    journal::begin();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(options.threads.max(2))
        .max_blocking_threads(options.threads + 8)
        .enable_all()
        .build()?;
    runtime
        .block_on(async {
            let listener = TcpListener::bind(options.listen).await;
            let listener = listener.map_err(|source| ServeError::Listen {
                listen: options.listen,
                source,
            })?;
            let stop = asked_to_stop()?;
            // Not before it is sure that there will be a service: an invitation is given out only once.
            let keeping = Keeping::open(&options.data)?;
            let place = keeping.place.clone();
            let settings = Settings {
                base_map: options.base_map.clone(),
                origins: options.origins.clone(),
                provider: options.provider.clone(),
                public_url: options.public_url.clone(),
                telling: Telling {
                    to_private: options.webhooks_to_private,
                    ..Telling::default()
                },
                keeping,
            };
            let limits = Limits::of_cores(options.threads);
            let service = Service::with(settings, &options.regions, limits);
            let first = service.people().first_invitation();
            begun(listener.local_addr()?, &first, &place);
            let loading = service.clone();
            thread::Builder::new()
                .name("loading".to_owned())
                .spawn(move || loading.load())?;
            accept(listener, &service, stop).await;
            Ok(())
        })
        // A region that is still being loaded, or a question that nobody waits for, does not hold up the end.
        .inspect(|()| tracing::info!("stopped"))
}

/// Takes connections and tells webhooks until `stop`, then lets the requests under way finish.
pub async fn accept(listener: TcpListener, service: &Service, stop: impl Future<Output = ()>) {
    let (open, mut all_closed) = mpsc::channel::<()>(1);
    let door = Door {
        service: service.clone(),
        router: router(service),
        places: Arc::new(Semaphore::new(MOST_CONNECTIONS)),
        turned_away: Arc::new(Semaphore::new(MOST_TURNED_AWAY)),
        open,
    };
    // What it has not told when the service ends is told after the next start.
    tokio::spawn(sender::tell(service.clone()));
    tokio::spawn(forgetting::forget(service.clone()));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => door.let_in(stream),
            Err(fault) => {
                // No more files: wait until some are free.
                tracing::warn!(%fault, "no connection taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    // Whoever knocked before the end is still answered.
    while let Some(Ok((stream, _))) = listener.accept().now_or_never() {
        door.let_in(stream);
    }
    drop(listener);
    drop(door);
    service.stop();
    tracing::info!("stopping: requests under way are finished");
    // Nothing is ever sent: the channel ends when the last connection has.
    if timeout(FAREWELL, all_closed.recv()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

/// Where connections come in.
struct Door {
    service: Service,
    router: Router,
    places: Arc<Semaphore>,
    turned_away: Arc<Semaphore>,
    /// Held by every connection, so that the end can wait for all of them.
    open: mpsc::Sender<()>,
}

impl Door {
    /// Serves a connection, or turns it away if there is no place for it.
    fn let_in(&self, stream: TcpStream) {
        let (place, is_served) = match Arc::clone(&self.places).try_acquire_owned() {
            Ok(place) => (place, true),
            Err(_) => match Arc::clone(&self.turned_away).try_acquire_owned() {
                Ok(place) => (place, false),
                // Even to be told that there is no place takes one.
                Err(_) => return,
            },
        };
        guard(&stream);
        let router = if is_served {
            self.router.clone()
        } else {
            Router::new().fallback(async || Fault::Busy)
        };
        let (service, open) = (self.service.clone(), self.open.clone());
        tokio::spawn(async move {
            let n_connections = &service.parts().n_connections;
            n_connections.fetch_add(1, Ordering::Relaxed);
            if has_begun(&stream, &service).await {
                serve_connection(stream, router, is_served, &service).await;
            }
            n_connections.fetch_sub(1, Ordering::Relaxed);
            drop((place, open));
        });
    }
}

/// Waits for the first byte: hyper would close a connection of which it has read nothing when the service ends, though a
/// request may have come already.
async fn has_begun(stream: &TcpStream, service: &Service) -> bool {
    let nothing_more = async {
        service.stopped().await;
        tokio::time::sleep(LAST_MOMENT).await;
    };
    tokio::select! {
        biased;
        begun = timeout(HEAD_TIME, stream.readable()) => begun.is_ok_and(|begun| begun.is_ok()),
        () = nothing_more => false,
    }
}

/// Serves one connection until it ends, or until the service does and its request is answered.
async fn serve_connection(stream: TcpStream, router: Router, may_stay: bool, service: &Service) {
    let peer = stream.peer_addr().map(|peer| Connected(peer.ip())).ok();
    let known = tower::service_fn(move |mut request: hyper::Request<Incoming>| {
        // Only what changes something has to know where it comes from.
        if let Some(peer) = peer.filter(|_| !request.method().is_safe()) {
            request.extensions_mut().insert(peer);
        }
        router.clone().call(request)
    });
    let connection = connection_builder(may_stay)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(known));
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        // What has come is read before anybody is told to end.
        biased;
        ended = connection.as_mut() => ended,
        () = service.stopped() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(fault) = ended {
        tracing::debug!(%fault, "connection ended");
    }
}

fn connection_builder(may_stay: bool) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .keep_alive(may_stay);
    builder
}

/// Has the system end a connection whose client takes nothing.
fn guard(stream: &TcpStream) {
    // Without these options the service still works, only less well.
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    let _ = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(TAKE_TIME));
}

/// Resolves when the process is asked to end.
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::SignalKind;
    use tokio::signal::unix::signal;

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
