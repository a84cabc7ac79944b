//! The fixes of a track gathered into steps of about ten seconds, and those left out that nobody takes on foot.

use crate::ground::spot::Spot;
use crate::plan::seen::FASTEST_ON_FOOT;
use crate::plan::seen::Fix;
use crate::plan::seen::Flag;
use crate::plan::seen::FlagKind;
use crate::plan::seen::LEAST_NOISE;
use crate::units::Meters;

/// Fixes of so long are one step: in the time somebody walks 14 m, and noise that comes and goes is evened out.
const STEP_MS: i64 = 10_000;

/// Noise of a receiver lasts about this long: what it says within less is not said twice.
const LASTING_S: f64 = 75.0;

/// Two fixes that are further apart have a gap between them.
pub const GAP_MS: i64 = 30_000;

/// Speed is taken over at least so long, since noise makes a short while look fast.
const SPEED_MS: i64 = 30_000;

/// Over that long, noise adds so many times what the fixes may be off.
const NOISE: f64 = 2.5;

/// A step of at least this speed (meters per second) belongs to a ride, if it lies within one.
const RIDING: f64 = 2.5;

/// A car that stands for less than this, as at a light, is still a car.
const STOP_MS: i64 = 45_000;

/// Where somebody was, on average over about ten seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The middle of the fixes.
    pub at: Spot,
    /// When: the middle, too.
    pub at_ms: i64,
    /// When the first fix was.
    pub first_ms: i64,
    /// When the last fix was.
    pub last_ms: i64,
    /// How far off it may be.
    pub noise: Meters,
    /// How much it says, as a share of what a fix says whose noise has nothing to do with that of any other.
    pub weight: f64,
    /// Whether nobody walked here from the step before, since there was a ride between.
    pub is_after_ride: bool,
}

impl Step {
    /// Whether the signal was gone between this step and a later one.
    pub fn is_before_gap(&self, later: &Self) -> bool {
        later.first_ms - self.last_ms > GAP_MS
    }

    /// Seconds from this step to a later one.
    pub fn seconds_to(&self, later: &Self) -> f64 {
        (later.at_ms - self.at_ms) as f64 / 1000.0
    }
}

/// The steps that somebody took on foot, and when they did not go on foot.
pub fn on_foot(fixes: &[Fix]) -> (Vec<Step>, Vec<Flag>) {
    let steps = gathered(fixes);
    let rides = rides(&steps);
    let is_ridden = |step: &Step| {
        let mut within = rides.iter();
        within.any(|flag| flag.from_ms <= step.at_ms && step.at_ms <= flag.to_ms)
    };
    let mut walked = Vec::with_capacity(steps.len());
    let mut last: Option<Step> = None;
    for step in steps.iter().filter(|step| !is_ridden(step)) {
        let is_between =
            |ride: &Flag, before: &Step| before.at_ms < ride.to_ms && ride.from_ms < step.at_ms;
        let is_after_ride =
            last.is_some_and(|before| rides.iter().any(|ride| is_between(ride, &before)));
        last = Some(*step);
        walked.push(Step {
            is_after_ride,
            ..*step
        });
    }
    (walked, rides)
}

/// Fixes of ten seconds as one.
fn gathered(fixes: &[Fix]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut from = 0;
    while from < fixes.len() {
        let start = fixes[from].at_ms;
        let n = fixes[from..].partition_point(|fix| fix.at_ms - start < STEP_MS);
        steps.push(mean(&fixes[from..from + n]));
        from += n;
    }
    for at in 0..steps.len() {
        let before = at
            .checked_sub(1)
            .map(|before| steps[before].seconds_to(&steps[at]));
        steps[at].weight = before.map_or(1.0, |seconds| (seconds / LASTING_S).min(1.0));
    }
    steps
}

fn mean(fixes: &[Fix]) -> Step {
    let n = fixes.len() as f64;
    let mean = |of: fn(&Fix) -> i32| {
        let total: f64 = fixes.iter().map(|fix| f64::from(of(fix))).sum();
        (total / n).round() as i32
    };
    let noise = fixes.iter().map(|fix| fix.accuracy.max(LEAST_NOISE));
    let (first_ms, last_ms) = (fixes[0].at_ms, fixes[fixes.len() - 1].at_ms);
    Step {
        at: Spot {
            x: mean(|fix| fix.at.x),
            y: mean(|fix| fix.at.y),
        },
        at_ms: i64::midpoint(first_ms, last_ms),
        first_ms,
        last_ms,
        noise: Meters(noise.sum::<Meters>().0 / n),
        weight: 1.0,
        is_after_ride: false,
    }
}

/// When somebody was faster than on foot, in order.
fn rides(steps: &[Step]) -> Vec<Flag> {
    let mut rides: Vec<Flag> = Vec::new();
    let mut to = 0;
    for from in 0..steps.len() {
        let later = |to: usize| steps[to].at_ms - steps[from].at_ms;
        while to < steps.len() && later(to) < SPEED_MS {
            to += 1;
        }
        if to == steps.len() {
            break;
        }
        if !is_too_fast(&steps[from], &steps[to]) {
            continue;
        }
        // At its ends a ride may be a walk to the car.
        let (mut first, mut last) = (from, to);
        while last - first > 1 && !is_ride(&steps[first], &steps[first + 1]) {
            first += 1;
        }
        while last - first > 1 && !is_ride(&steps[last - 1], &steps[last]) {
            last -= 1;
        }
        // Or it goes on where what is left of the track is too short to judge by itself.
        while first > 0 && is_ride(&steps[first - 1], &steps[first]) {
            first -= 1;
        }
        while last + 1 < steps.len() && is_ride(&steps[last], &steps[last + 1]) {
            last += 1;
        }
        // The steps at its ends are walked for the greater part, but where the track itself begins or ends.
        let from_ms = if first == 0 {
            steps[first].first_ms
        } else {
            steps[first].last_ms
        };
        let to_ms = if last + 1 == steps.len() {
            steps[last].last_ms
        } else {
            steps[last].first_ms.max(from_ms)
        };
        match rides.last_mut() {
            Some(ride) if from_ms - ride.to_ms <= STOP_MS => ride.to_ms = ride.to_ms.max(to_ms),
            Some(_) | None => rides.push(Flag {
                from_ms,
                to_ms,
                kind: FlagKind::TooFast,
            }),
        }
    }
    rides
}

fn is_ride(from: &Step, to: &Step) -> bool {
    from.at.distance(to.at).0 > RIDING * from.seconds_to(to)
}

fn is_too_fast(from: &Step, to: &Step) -> bool {
    let noise = NOISE * from.noise.max(to.noise).0;
    let gone = from.at.distance(to.at).0 - noise;
    gone > FASTEST_ON_FOOT.0 * from.seconds_to(to)
}
