//! Measuring, and the table of what was measured.

use std::time::Duration;
use std::time::Instant;

/// One row.
pub struct Row<'a> {
    /// What was asked, and of what.
    pub what: &'a str,
    /// How large it was: the `n` of the cost.
    pub n: usize,
    /// How long our answer took.
    pub ours: Duration,
    /// How long the slow exact twin took.
    pub twin: Option<Duration>,
    /// What else there is to say.
    pub note: String,
}

/// The head of the table.
pub fn head() {
    println!(
        "{:46} {:>9} {:>12} {:>12} {:>9} {:>10} {:>8}",
        "answer", "n", "ours", "slow twin", "ratio", "ns/n log n", "peak MB"
    );
}

/// A heading within the table.
pub fn section(of: &str) {
    println!("-- {of}");
}

impl Row<'_> {
    /// Prints the row as soon as it is known.
    pub fn print(&self) {
        let row = self;
        let per_n = row.ours.as_secs_f64() * 1e9 / (row.n as f64 * (row.n as f64).log2().max(1.0));
        let twin = row.twin.map_or_else(String::new, shown);
        let ratio = row.twin.map_or_else(String::new, |twin| {
            format!("{:.0}x", twin.as_secs_f64() / row.ours.as_secs_f64())
        });
        let peak = peak_mb().map_or_else(String::new, |peak| peak.to_string());
        println!(
            "{:46} {:>9} {:>12} {twin:>12} {ratio:>9} {per_n:>10.2} {peak:>8}  {}",
            row.what,
            row.n,
            shown(row.ours),
            row.note
        );
    }
}

fn shown(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 0.001 {
        format!("{:.1} us", seconds * 1e6)
    } else if seconds < 1.0 {
        format!("{:.2} ms", seconds * 1e3)
    } else {
        format!("{seconds:.2} s")
    }
}

/// The median time of something, over so many runs.
pub fn median(n_runs: usize, mut run: impl FnMut()) -> Duration {
    let times = (0..n_runs).map(|_| once(&mut run).0).collect();
    middle(times)
}

/// The middle of some times.
pub fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The time of something, and what came of it.
pub fn once<T>(run: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = std::hint::black_box(run());
    (start.elapsed(), result)
}

/// Forgets the most memory that was held until now, where the system lets us.
pub fn forget_peak() {
    // Elsewhere the peak is that of the whole run.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that was held, in millions of bytes.
pub fn peak_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024 / 1_000_000)
}
