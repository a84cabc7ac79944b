//! A search and its bound side by side: one looks for good plans, the other for what no plan can be better than.

use std::cell::Cell;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::thread;

use crate::plan::watch::Standing;
use crate::plan::watch::Watch;

/// Runs a search and the search for its bound until the one who waits has seen enough, or `is_proven` says of the best value and
/// the bound that nothing can be better. Gives what the search found, and the bound, which is `known` or better.
///
/// The bound is looked for on a thread of its own; `is_better` tells which of two bounds says more.
pub fn side_by_side<Found>(
    search: impl FnOnce(Watch<'_>) -> Found,
    bound: impl FnOnce(Watch<'_>) + Send,
    known: f64,
    is_better: fn(f64, f64) -> bool,
    is_proven: &dyn Fn(f64, f64) -> bool,
    watch: Watch<'_>,
) -> (Found, f64) {
    let is_over = AtomicBool::new(false);
    let best_bound = AtomicU64::new(known.to_bits());
    let bound_now = || f64::from_bits(best_bound.load(Ordering::Relaxed));
    let found = thread::scope(|scope| {
        if !(watch.is_over)() {
            scope.spawn(|| {
                // One thread alone writes it.
                let tell = |now: Standing| {
                    if is_better(now.bound, bound_now()) {
                        best_bound.store(now.bound.to_bits(), Ordering::Relaxed);
                    }
                };
                bound(Watch {
                    is_over: &|| is_over.load(Ordering::Relaxed),
                    tell: &tell,
                });
            });
        }
        let value = Cell::new(None);
        let is_over_now = || {
            let is_done = value
                .get()
                .is_some_and(|value| is_proven(value, bound_now()));
            is_done || (watch.is_over)()
        };
        let tell = |now: Standing| {
            value.set(Some(now.value));
            (watch.tell)(Standing {
                value: now.value,
                bound: bound_now(),
            });
        };
        let found = search(Watch {
            is_over: &is_over_now,
            tell: &tell,
        });
        is_over.store(true, Ordering::Relaxed);
        found
    });
    (found, bound_now())
}
