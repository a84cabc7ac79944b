//! A cache with a bound: what has been worked out once is not worked out again while there is room.

use std::collections::VecDeque;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::OnceLock;
use std::sync::PoisonError;

use rustc_hash::FxHashMap;

/// Answers by question; the oldest go first when there are too many.
#[derive(Debug)]
pub struct Cache<K, V> {
    entries: Mutex<Entries<K, V>>,
    most: usize,
}

#[derive(Debug)]
struct Entries<K, V> {
    cells: FxHashMap<K, Arc<OnceLock<Arc<V>>>>,
    order: VecDeque<(K, usize)>,
    weight: usize,
}

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    /// An empty cache that keeps answers of at most this weight together, in whatever unit the weights have.
    pub fn new(most: usize) -> Self {
        let entries = Entries {
            cells: FxHashMap::default(),
            order: VecDeque::new(),
            weight: 0,
        };
        Self {
            entries: Mutex::new(entries),
            most,
        }
    }

    /// What is known already.
    pub fn get(&self, key: &K) -> Option<Arc<V>> {
        self.lock().cells.get(key)?.get().cloned()
    }

    /// What is known, or is worked out now. Whoever asks the same meanwhile waits for it instead of working it out, too.
    pub fn get_or(
        &self,
        key: &K,
        weight: impl FnOnce(&V) -> usize,
        work_out: impl FnOnce() -> V,
    ) -> Arc<V> {
        let cell = Arc::clone(self.lock().cells.entry(key.clone()).or_default());
        let mut is_new = false;
        let answer = cell.get_or_init(|| {
            is_new = true;
            Arc::new(work_out())
        });
        if is_new {
            self.keep(key, weight(answer));
        }
        Arc::clone(answer)
    }

    fn keep(&self, key: &K, weight: usize) {
        let mut entries = self.lock();
        entries.weight += weight;
        entries.order.push_back((key.clone(), weight));
        while self.most < entries.weight {
            let Some((oldest, weight)) = entries.order.pop_front() else {
                break;
            };
            entries.weight -= weight;
            entries.cells.remove(&oldest);
        }
    }

    /// A panic while the lock is held leaves the entries whole: nothing is worked out under it.
    fn lock(&self) -> MutexGuard<'_, Entries<K, V>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
