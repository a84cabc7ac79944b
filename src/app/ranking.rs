//! Ranking behind: after a change the nearest pieces are searched for, until every node knows its own again.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use crate::app::snapshot::Snapshot;

/// Who ranks the snapshots of one region, one after the other; of those that come meanwhile, only the last.
#[derive(Debug, Default)]
pub struct Ranking(Mutex<Turn>);

#[derive(Debug, Default)]
struct Turn {
    is_running: bool,
    next: Option<Arc<Snapshot>>,
}

impl Snapshot {
    /// Has this snapshot ranked soon, unless another follows before its turn.
    pub fn rank_soon(self: &Arc<Self>) {
        let mut turn = self.base.ranking.turn();
        turn.next = Some(Arc::clone(self));
        if !std::mem::replace(&mut turn.is_running, true) {
            let base = Arc::clone(&self.base);
            rayon::spawn(move || {
                while let Some(snapshot) = base.ranking.next() {
                    snapshot.rank();
                }
            });
        }
    }

    /// Ranks the pieces at every node.
    pub(super) fn rank(&self) {
        let region = &self.region;
        region.reach.rank(&region.ground, &region.closures);
    }
}

impl Ranking {
    fn turn(&self) -> std::sync::MutexGuard<'_, Turn> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The snapshot that is to be ranked next; if there is none, the work is over.
    fn next(&self) -> Option<Arc<Snapshot>> {
        let mut turn = self.turn();
        let next = turn.next.take();
        turn.is_running = next.is_some();
        next
    }
}
