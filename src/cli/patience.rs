//! How long a command looks for something better.

use std::cell::Cell;
use std::time::Duration;
use std::time::Instant;

use clap::Args;

/// How long.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Patience {
    /// Looks for something better for so many seconds at most
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    pub seconds: f64,
    /// Looks so often whether it should end, and then ends: the same answer on every machine
    #[arg(long, value_name = "N")]
    pub steps: Option<u64>,
}

impl Patience {
    /// Whether it is over, whenever it is asked, from `start` on.
    pub fn since(self, start: Instant) -> impl Fn() -> bool {
        let most = Duration::from_secs_f64(self.seconds);
        let n_looks = Cell::new(0_u64);
        move || {
            n_looks.set(n_looks.get() + 1);
            match self.steps {
                Some(steps) => n_looks.get() > steps,
                None => start.elapsed() >= most,
            }
        }
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: Option<f64> = text.trim().parse().ok();
    let seconds = seconds.filter(|seconds| (0.0..=3_600.0).contains(seconds));
    seconds.ok_or_else(|| "give a time from 0 to 3600 seconds, like 10".to_owned())
}
