//! How often strangers may do something: so many times in a while for each address, with bounded memory.

use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;

use rustc_hash::FxHashMap;

use crate::http::peer::Peer;

/// So many addresses are remembered; then the one that was seen first is forgotten.
const MOST_ADDRESSES: usize = 4_096;

/// A limit for each address.
pub(super) struct Rate {
    most: u32,
    within: Duration,
    seen: Mutex<FxHashMap<Option<IpAddr>, Seen>>,
}

/// What an address has done lately.
#[derive(Clone, Copy)]
struct Seen {
    since: Instant,
    times: u32,
}

impl Rate {
    /// At most so many times within a while.
    pub fn new(most: u32, within: Duration) -> Self {
        Self {
            most,
            within,
            seen: Mutex::default(),
        }
    }

    /// Counts one more time for an address, or says how long it has to wait.
    ///
    /// # Errors
    ///
    /// How long it has to wait.
    pub fn count(&self, peer: Peer, now: Instant) -> Result<(), Duration> {
        let address = peer.0;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.contains_key(&address) && MOST_ADDRESSES <= seen.len() {
            seen.retain(|_, seen| now.duration_since(seen.since) < self.within);
            let first = seen.iter().min_by_key(|(_, seen)| seen.since);
            let first = first.map(|(address, _)| *address);
            if let Some(first) = first.filter(|_| MOST_ADDRESSES <= seen.len()) {
                seen.remove(&first);
            }
        }
        let new = Seen {
            since: now,
            times: 0,
        };
        let known = seen.entry(address).or_insert(new);
        if self.within <= now.duration_since(known.since) {
            *known = new;
        }
        if self.most <= known.times {
            return Err(self.within.saturating_sub(now.duration_since(known.since)));
        }
        known.times += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    fn peer(address: &str) -> Peer {
        Peer(Some(address.parse().unwrap()))
    }

    #[test]
    fn an_address_waits_after_so_many_times_and_no_other_does() {
        let rate = Rate::new(2, MINUTE);
        let start = Instant::now();
        let one = peer("192.0.2.1");
        assert_eq!(rate.count(one, start), Ok(()));
        assert_eq!(rate.count(one, start + MINUTE / 2), Ok(()));
        assert_eq!(rate.count(one, start + MINUTE / 2), Err(MINUTE / 2));
        assert_eq!(rate.count(peer("192.0.2.2"), start), Ok(()));
        assert_eq!(rate.count(Peer(None), start), Ok(()));
        assert_eq!(rate.count(one, start + MINUTE), Ok(()));
    }

    #[test]
    fn no_more_than_so_many_addresses_are_remembered() {
        let rate = Rate::new(1, MINUTE);
        let start = Instant::now();
        for n in 0..10_000_u32 {
            let address = Peer(Some(std::net::Ipv4Addr::from(n).into()));
            let now = start + Duration::from_millis(n.into()) / 1_000;
            assert_eq!(rate.count(address, now), Ok(()));
        }
        assert_eq!(rate.seen.lock().unwrap().len(), MOST_ADDRESSES);
    }
}
