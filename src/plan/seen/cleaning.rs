//! A track in order: without repeats, without fixes that say nothing, without jumps.

use crate::plan::seen::Fix;
use crate::plan::seen::Flag;
use crate::plan::seen::FlagKind;
use crate::units::Meters;
use crate::units::MetersPerSecond;

/// A fix that is off by more than this says nothing about a bank.
const WORST_ACCURACY: Meters = Meters(60.0);

/// Nothing on these roads is faster.
const FASTEST: MetersPerSecond = MetersPerSecond(40.0);

/// Noise makes a step look longer by up to so many times what the fixes may be off: of ten million steps, one is longer.
const NOISE: f64 = 8.0;

/// From a run of fixes it is asked back over so many runs before it, whether one leads to it.
const RUNS_BACK: usize = 40;

/// Whoever is away for no longer than this, and back where they were, was never away.
const SHORT_AWAY_MS: i64 = 60_000;

/// Somebody who is away and back on foot is no faster than this.
const AWAY_AND_BACK: MetersPerSecond = MetersPerSecond(8.0);

/// The fixes by time, one at a time, without jumps; and a flag for each jump.
pub fn clean(fixes: &[Fix]) -> (Vec<Fix>, Vec<Flag>) {
    let mut sorted: Vec<Fix> = fixes.iter().copied().filter(is_of_use).collect();
    // The last keys only make the order of repeats, and so the answer, certain.
    sorted.sort_by(|a, b| {
        let key = |fix: &Fix| (fix.at_ms, (fix.accuracy.0 * 1000.0) as i64, fix.at);
        key(a).cmp(&key(b))
    });
    sorted.dedup_by_key(|fix| fix.at_ms);
    let runs = runs(&sorted, |a, b| is_possible(a, b, FASTEST));
    let mut kept = heaviest_chain(&runs);
    let mut flags = flags_of_left_out(&runs, &kept);
    let joined: Vec<Fix> = kept.drain(..).flat_map(|run| runs[run].to_vec()).collect();
    let (clean, away) = without_spikes(&joined);
    flags.extend(away);
    flags.sort_unstable();
    (clean, flags)
}

fn is_of_use(fix: &Fix) -> bool {
    let accuracy = fix.accuracy.0;
    accuracy.is_finite() && (0.0..=WORST_ACCURACY.0).contains(&accuracy)
}

/// Whether something that fast gets from one fix to the other, if both are off.
fn is_possible(a: &Fix, b: &Fix, fastest: MetersPerSecond) -> bool {
    let seconds = (b.at_ms - a.at_ms) as f64 / 1000.0;
    let off = NOISE * a.accuracy.0.max(b.accuracy.0).max(super::LEAST_NOISE.0);
    a.at.distance(b.at).0 <= fastest.0 * seconds + off
}

/// Fixes that follow each other, cut where they do not.
fn runs(fixes: &[Fix], follows: impl Fn(&Fix, &Fix) -> bool) -> Vec<&[Fix]> {
    fixes.chunk_by(|a, b| follows(a, b)).collect()
}

/// The runs, one after the other, that hold the most fixes and can follow each other.
fn heaviest_chain(runs: &[&[Fix]]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(runs.len());
    for (number, run) in runs.iter().enumerate() {
        let before = number.saturating_sub(RUNS_BACK)..number;
        let leads = before.filter(|&other| {
            let ends = runs[other].last().zip(run.first());
            ends.is_some_and(|(last, first)| is_possible(last, first, FASTEST))
        });
        let lead = leads.max_by_key(|&other| (best[other].0, other));
        let n_before = lead.map_or(0, |other| best[other].0);
        best.push((n_before + run.len(), lead));
    }
    let mut at = (0..runs.len()).max_by_key(|&run| best[run].0);
    let mut chain = Vec::new();
    while let Some(run) = at {
        chain.push(run);
        at = best[run].1;
    }
    chain.reverse();
    chain
}

fn flags_of_left_out(runs: &[&[Fix]], kept: &[usize]) -> Vec<Flag> {
    let mut next = kept.iter().copied().peekable();
    let mut flags: Vec<Flag> = Vec::new();
    let mut goes_on = false;
    for (number, run) in runs.iter().enumerate() {
        if next.next_if_eq(&number).is_some() {
            goes_on = false;
            continue;
        }
        match flags.last_mut().filter(|_| goes_on) {
            Some(flag) => flag.to_ms = run[run.len() - 1].at_ms,
            None => flags.push(jump(run)),
        }
        goes_on = true;
    }
    flags
}

fn jump(run: &[Fix]) -> Flag {
    Flag {
        from_ms: run[0].at_ms,
        to_ms: run[run.len() - 1].at_ms,
        kind: FlagKind::Jump,
    }
}

/// Leaves out what is away for a moment, at a speed that nobody has on foot there and back.
///
/// A car is as fast, but does not come back: so it is left in, to be flagged as what it is.
fn without_spikes(fixes: &[Fix]) -> (Vec<Fix>, Vec<Flag>) {
    let runs = runs(fixes, |a, b| is_possible(a, b, AWAY_AND_BACK));
    let mut clean: Vec<Fix> = Vec::with_capacity(fixes.len());
    let mut flags = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        let last = clean.last().copied();
        // The next run that goes on where the last one that was kept ended.
        let back = last.and_then(|last| {
            let is_soon = |run: &&[Fix]| run[0].at_ms - last.at_ms <= SHORT_AWAY_MS;
            let mut later = runs[at..]
                .iter()
                .take(RUNS_BACK)
                .take_while(|run| is_soon(run));
            later.position(|run| is_possible(&last, &run[0], AWAY_AND_BACK))
        });
        for away in &runs[at..at + back.unwrap_or(0)] {
            flags.push(jump(away));
        }
        at += back.unwrap_or(0);
        clean.extend_from_slice(runs[at]);
        at += 1;
    }
    (clean, flags)
}
