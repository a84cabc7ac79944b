//! The command serve: which regions, at which address, on how many cores.

use std::net::SocketAddr;
use std::thread;

use anyhow::Context;

use crate::app::keeping::Folder;
use crate::app::keeping::Place;
use crate::app::people::INVITATION_DAYS;
use crate::app::people::Secret;
use crate::cli::arguments::ServeArguments;
use crate::cli::keeping;
use crate::cli::output;
use crate::cli::sample;
use crate::http::base_map::BaseMap;
use crate::http::server;
use crate::http::server::First;
use crate::http::server::Options;

/// Serves until it is asked to end.
pub(super) fn serve(asked: ServeArguments) -> anyhow::Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = asked.threads.map_or(cores, usize::from);
    let regions = if asked.regions.is_empty() {
        sample::folders()?
    } else {
        asked.regions
    };
    let attribution = asked.base_map_attribution.unwrap_or_default();
    let base_map = asked
        .base_map
        .map(|tiles| BaseMap::new(&tiles, &attribution));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build_global().context("cannot start the threads")?;
    let options = Options {
        regions,
        data: asked.data.map_or_else(keeping::usual, Folder::Named),
        listen: asked.listen,
        threads,
        base_map: base_map.transpose()?,
        origins: asked.origins,
        provider: asked.provider.provider(asked.public_url.as_ref())?,
        public_url: asked.public_url,
        webhooks_to_private: asked.webhooks_to_private_addresses,
    };
    server::serve(&options, announce)?;
    Ok(())
}

fn announce(address: SocketAddr, first: &First, place: &Place) {
    let shown = match address.ip() {
        // What listens everywhere is found on this machine.
        ip if ip.is_unspecified() => SocketAddr::new([127, 0, 0, 1].into(), address.port()),
        _ => address,
    };
    // Nobody reads it, where nobody sees standard output.
    let page = format!("http://{shown}/");
    let first = match first {
        Ok(None) => String::new(),
        Ok(Some(secret)) => link(&page, secret),
        Err(fault) => format!("Nobody has an account yet, and nobody can be invited: {fault}\n"),
    };
    let said = format!("Zhugan 竹竿: {page}\n{first}{}", kept(place));
    let _ = output::print(said.as_bytes());
}

/// What whoever runs the program must know of what is changed.
fn kept(place: &Place) -> String {
    match place {
        Place::InFile(_) => String::new(),
        Place::InMemory(why) => format!("Changes live until the program ends: {why}.\n"),
    }
}

/// What lets whoever runs the program in, as long as nobody else has an account.
fn link(page: &str, first: &Secret) -> String {
    format!(
        "Nobody has an account yet. This link makes the first, once, within {INVITATION_DAYS} days; it may do everything:\n{page}#invitation={}\n",
        first.as_str()
    )
}
