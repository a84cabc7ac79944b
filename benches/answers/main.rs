//! Every answer beside its slow exact twin in the same run, by size: `cargo bench`, or `cargo bench -- footprint` for some.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot go on ends, as a test would"
)]

mod answers;
mod arrivals;
mod changes;
mod clock;
mod growth;
mod places;
mod placing;
mod start_to_finish;
mod store;
mod twins;

use places::Place;

/// Prints the rows of one answer.
type Answer = fn(&Place);

fn main() {
    // Cargo passes options of its own.
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let is_wanted = |name: &str| wanted.as_ref().is_none_or(|wanted| name.contains(wanted));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!(
        "On {cores} cores. Times are medians; where they matter, only the ratios outlive this machine.\n"
    );
    clock::head();
    if is_wanted("start to finish") {
        start_to_finish::show();
    }
    if is_wanted("growth") {
        growth::show();
    }
    if is_wanted("changes") {
        changes::show();
    }
    if is_wanted("store") {
        store::show();
    }
    let answers: [(&str, Answer); 7] = [
        ("search", answers::search),
        ("footprint", answers::footprint),
        ("coverage", answers::coverage_of_all),
        ("snapping", answers::snapping),
        ("nearest", answers::nearest),
        ("arrivals", arrivals::arrivals),
        ("placing", placing::placing),
    ];
    if answers.iter().any(|(name, _)| is_wanted(name)) {
        let place = places::largest();
        for (_, show) in answers.iter().filter(|(name, _)| is_wanted(name)) {
            show(&place);
        }
    }
}
