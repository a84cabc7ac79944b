//! The command serve: which regions, at which address, on how many cores.

use std::net::SocketAddr;
use std::thread;

use anyhow::Context;

use crate::cli::arguments::ServeArguments;
use crate::cli::output;
use crate::cli::sample;
use crate::http::base_map::BaseMap;
use crate::http::server;
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
        listen: asked.listen,
        threads,
        base_map: base_map.transpose()?,
    };
    if asked.data.is_some() {
        eprintln!(
            "zhugan: --data is for the register, which does not exist yet: changes are kept in memory"
        );
    }
    server::serve(&options, announce)?;
    Ok(())
}

fn announce(address: SocketAddr) {
    let shown = match address.ip() {
        // What listens everywhere is found on this machine.
        ip if ip.is_unspecified() => SocketAddr::new([127, 0, 0, 1].into(), address.port()),
        _ => address,
    };
    // Nobody reads it, where nobody sees standard output.
    let _ = output::print(format!("Zhugan 竹竿: http://{shown}/\n").as_bytes());
}
