//! Whoever is wrong too often waits, each time twice as long; bounded in memory, whoever tries.

use std::hash::Hash;
use std::time::Duration;

use rustc_hash::FxHashMap;

/// The longest that anybody waits.
const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// Whoever has not been wrong for so long begins anew.
const FORGOTTEN: Duration = Duration::from_mins(30);

/// So many are remembered; then those are forgotten who have been wrong the longest ago.
const MOST_KNOWN: usize = 10_000;

/// Wrong attempts by whoever made them. Times are since the beginning of 1970.
#[derive(Debug)]
pub(super) struct Throttle<Who> {
    /// So many are free.
    free: u32,
    wrong: FxHashMap<Who, Wrong>,
}

#[derive(Clone, Copy, Debug)]
struct Wrong {
    n: u32,
    last: Duration,
}

impl<Who: Clone + Eq + Hash> Throttle<Who> {
    pub fn new(free: u32) -> Self {
        Self {
            free,
            wrong: FxHashMap::default(),
        }
    }

    /// How long somebody has to wait from now on; none if they may try at once.
    pub fn wait(&self, who: &Who, now: Duration) -> Option<Duration> {
        let wrong = self.wrong.get(who)?;
        let n_more = wrong.n.checked_sub(self.free)?;
        let wait = Duration::from_secs(1 << n_more.min(20)).min(LONGEST_WAIT);
        let until = wrong.last + wait;
        until.checked_sub(now).filter(|wait| !wait.is_zero())
    }

    /// Somebody was wrong.
    pub fn failed(&mut self, who: Who, now: Duration) {
        if MOST_KNOWN <= self.wrong.len() && !self.wrong.contains_key(&who) {
            self.make_room(now);
        }
        let wrong = self.wrong.entry(who).or_insert(Wrong { n: 0, last: now });
        if wrong.last + FORGOTTEN < now {
            wrong.n = 0;
        }
        *wrong = Wrong {
            n: wrong.n.saturating_add(1),
            last: now,
        };
    }

    /// Somebody was right.
    pub fn forget(&mut self, who: &Who) {
        self.wrong.remove(who);
    }

    /// Forgets whoever has long been quiet, and if that is not enough, the half that has been quiet the longest.
    fn make_room(&mut self, now: Duration) {
        self.wrong.retain(|_, wrong| now <= wrong.last + FORGOTTEN);
        if self.wrong.len() < MOST_KNOWN {
            return;
        }
        let mut times: Vec<Duration> = self.wrong.values().map(|wrong| wrong.last).collect();
        times.sort_unstable();
        let middle = times[times.len() / 2];
        self.wrong.retain(|_, wrong| middle < wrong.last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(1_795_572_000 + seconds)
    }

    #[test]
    fn the_first_few_are_free_and_then_each_wait_is_twice_as_long() {
        let mut throttle = Throttle::new(3);
        for _ in 0..3 {
            assert_eq!(throttle.wait(&"wang", at(0)), None);
            throttle.failed("wang", at(0));
        }
        let wait = |throttle: &Throttle<_>| throttle.wait(&"wang", at(0)).unwrap().as_secs();
        assert_eq!(wait(&throttle), 1);
        throttle.failed("wang", at(0));
        assert_eq!(wait(&throttle), 2);
        assert_eq!(throttle.wait(&"wang", at(2)), None, "it is over");
        assert_eq!(throttle.wait(&"li", at(0)), None, "it is hers alone");
        for _ in 0..40 {
            throttle.failed("wang", at(0));
        }
        assert_eq!(wait(&throttle), 900, "never longer than that");
    }

    #[test]
    fn whoever_is_right_or_quiet_for_half_an_hour_begins_anew() {
        let mut throttle = Throttle::new(1);
        throttle.failed("wang", at(0));
        assert!(throttle.wait(&"wang", at(0)).is_some());
        throttle.forget(&"wang");
        assert_eq!(throttle.wait(&"wang", at(0)), None);
        for _ in 0..5 {
            throttle.failed("li", at(0));
        }
        throttle.failed("li", at(1_801));
        assert_eq!(throttle.wait(&"li", at(1_801)).unwrap().as_secs(), 1);
    }

    #[test]
    fn a_million_names_do_not_fill_the_memory() {
        let mut throttle = Throttle::new(1);
        for number in 0..100_000_u64 {
            throttle.failed(number, at(number / 100));
        }
        assert!(throttle.wrong.len() <= MOST_KNOWN);
        assert!(
            throttle.wait(&99_999, at(999)).is_some(),
            "the last is known"
        );
    }
}
