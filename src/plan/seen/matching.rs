//! The walk over the ground that explains all fixes of a track best, and how sure it is.
//!
//! A hidden Markov model: at every step somebody was at one of a few places ([`candidates`]), each more or less likely by the
//! fixes, and from step to step they walked over the ground, the more likely the less of a detour that is. Over water nobody
//! walks but by an open crossing, so a whole walk on the wrong bank has to explain every single fix across the river. The most
//! likely walk is found forward, and the most likely one through any other place forward and backward: what both have in
//! common is sure.

use crate::ground::Ground;
use crate::plan::seen::FASTEST_ON_FOOT;
use crate::plan::seen::Flag;
use crate::plan::seen::FlagKind;
use crate::plan::seen::WALKING_PACE;
use crate::plan::seen::candidates::Candidate;
use crate::plan::seen::candidates::View;
use crate::plan::seen::candidates::candidates;
use crate::plan::seen::steps::Step;
use crate::plan::seen::strides::Strides;
use crate::units::Meters;

/// A walk that is less likely by this factor (a logarithm) is out of the question.
const SURE: f64 = 9.0;

/// Going away from a bank, to one or from one to another costs this much, so that a single wild step does not do it.
const CHANGE: f64 = 1.0;

/// A detour of so many times the noise from one step to the next is less likely by a factor of e.
const DETOUR: f64 = 0.6;

/// Of a walk without a signal, nobody knows how straight it was: for each second, a detour of so many meters more is as likely.
const DETOUR_PER_SECOND: f64 = 0.4;

/// Going on where nobody can have walked to: the map lacks a bridge, or the receiver was wrong for long.
const RESTART: f64 = 20.0;

/// Nothing is known of longer than this without a signal, seconds.
const LONGEST_GAP_S: f64 = 900.0;

/// Ways of more than this are searched for at most [`MOST_LONG_WAYS`] times, however many gaps a track has.
const LONG_WAY: Meters = Meters(250.0);

/// See [`LONG_WAY`].
const MOST_LONG_WAYS: usize = 100;

/// Two views of a bank that are no further apart than this are of the same place, meters.
const SAME_PLACE: f64 = 60.0;

/// Not knowing which bank it is for so many steps is worth telling.
const LONG_UNSURE: usize = 3;

/// Positions of so many steps to each side are averaged before the way along them is measured.
const SMOOTHED: usize = 3;

/// The most likely walk.
#[derive(Debug, Default)]
pub struct Matched {
    /// The steps that somebody can have been at on land.
    pub steps: Vec<Step>,
    /// Where they may have been.
    pub candidates: Vec<Vec<Candidate>>,
    /// Where they most likely were.
    pub chosen: Vec<usize>,
    /// From each step to the next: how far they walked, if they can have.
    pub links: Vec<Option<Meters>>,
    /// The cost of the most likely walk through every candidate.
    through: Vec<Vec<f64>>,
}

/// From the candidates of one step to those of the next.
struct Transition {
    /// How far each is from each.
    lengths: Vec<Vec<Option<Meters>>>,
    /// What each costs.
    costs: Vec<Vec<f64>>,
    /// What it costs to go on anywhere, without a walk.
    restart: f64,
}

/// The walk that explains the steps best.
pub fn matched(
    ground: &Ground,
    strides: &mut Strides,
    narrow: Meters,
    steps: Vec<Step>,
) -> Matched {
    let mut all = Matched::default();
    let mut is_after_ride = false;
    for step in steps {
        is_after_ride |= step.is_after_ride;
        let candidates = candidates(ground, &step, narrow);
        if !candidates.is_empty() {
            all.steps.push(Step {
                is_after_ride,
                ..step
            });
            all.candidates.push(candidates);
            is_after_ride = false;
        }
    }
    if all.steps.is_empty() {
        return all;
    }
    let mut n_long_ways = 0;
    let mut transitions = Vec::with_capacity(all.steps.len());
    for at in 1..all.steps.len() {
        transitions.push(transition(&all, at, strides, &mut n_long_ways));
    }
    all.choose(&transitions);
    all
}

/// How far somebody can have walked from one step to the next; none if nothing is known about it.
pub fn farthest(from: &Step, to: &Step) -> Option<Meters> {
    let seconds = from.seconds_to(to);
    let noise = from.noise.max(to.noise);
    if to.is_after_ride || seconds > LONGEST_GAP_S {
        None
    } else if from.is_before_gap(to) {
        Some(Meters(WALKING_PACE.0 * seconds) + noise * 2.0)
    } else {
        Some(Meters(FASTEST_ON_FOOT.0 * seconds) + noise * 3.0)
    }
}

fn transition(
    all: &Matched,
    at: usize,
    strides: &mut Strides,
    n_long_ways: &mut usize,
) -> Transition {
    let (from, to) = (&all.steps[at - 1], &all.steps[at]);
    let (before, after) = (&all.candidates[at - 1], &all.candidates[at]);
    let mut limit = farthest(from, to);
    if limit.is_some_and(|limit| limit > LONG_WAY) {
        *n_long_ways += 1;
        limit = limit.filter(|_| *n_long_ways <= MOST_LONG_WAYS);
    }
    let lengths: Vec<Vec<Option<Meters>>> = before
        .iter()
        .map(|one| match limit {
            Some(limit) => strides.lengths(one, after, limit),
            None => vec![None; after.len()],
        })
        .collect();
    let moved = from.at.distance(to.at).0;
    let mut detour = DETOUR * from.noise.max(to.noise).0;
    if from.is_before_gap(to) {
        detour += DETOUR_PER_SECOND * from.seconds_to(to);
    }
    let cost = |one: &Candidate, other: &Candidate, length: Option<Meters>| match length {
        None => f64::INFINITY,
        Some(length) => {
            let bank = |candidate: &Candidate| candidate.shore.map(|shore| shore.bank);
            let change = if bank(one) == bank(other) {
                0.0
            } else {
                CHANGE
            };
            change + (length.0 - moved).max(0.0) / detour
        }
    };
    let costs = before.iter().zip(&lengths).map(|(one, lengths)| {
        let costs = after.iter().zip(lengths);
        costs
            .map(|(other, &length)| cost(one, other, length))
            .collect()
    });
    Transition {
        costs: costs.collect(),
        lengths,
        restart: if to.is_after_ride { 0.0 } else { RESTART },
    }
}

impl Matched {
    /// Finds the best walk, and the best one through every candidate.
    fn choose(&mut self, transitions: &[Transition]) {
        let own = |at: usize| self.candidates[at].iter().map(|candidate| candidate.cost);
        let last = self.steps.len() - 1;
        let mut forward: Vec<Vec<f64>> = vec![own(0).collect()];
        for (at, transition) in transitions.iter().enumerate() {
            let before = &forward[at];
            let restart = least(before.iter().copied()) + transition.restart;
            let reached = own(at + 1).enumerate().map(|(to, cost)| {
                let ways = before.iter().zip(&transition.costs);
                cost + least(ways.map(|(before, costs)| before + costs[to])).min(restart)
            });
            forward.push(reached.collect());
        }
        let mut backward: Vec<Vec<f64>> = vec![vec![0.0; self.candidates[last].len()]];
        for (at, transition) in transitions.iter().enumerate().rev() {
            let after = &backward[backward.len() - 1];
            let onward: Vec<f64> = own(at + 1)
                .zip(after)
                .map(|(cost, after)| cost + after)
                .collect();
            let restart = least(onward.iter().copied()) + transition.restart;
            let left = transition.costs.iter().map(|costs| {
                let ways = costs.iter().zip(&onward);
                least(ways.map(|(cost, onward)| cost + onward)).min(restart)
            });
            backward.push(left.collect());
        }
        backward.reverse();
        let sums = forward.iter().zip(&backward).map(|(before, after)| {
            let sums = before.iter().zip(after);
            sums.map(|(before, after)| before + after).collect()
        });
        self.through = sums.collect();
        self.trace(&forward, transitions);
    }

    /// Walks back along the best walk.
    fn trace(&mut self, forward: &[Vec<f64>], transitions: &[Transition]) {
        let last = forward.len() - 1;
        let mut at = first_least(&forward[last]);
        self.chosen = vec![at];
        for (before, transition) in forward.iter().zip(transitions).rev() {
            let costs: Vec<f64> = before
                .iter()
                .zip(&transition.costs)
                .map(|(before, costs)| before + costs[at])
                .collect();
            let best = first_least(&costs);
            let anywhere = first_least(before);
            let is_walked = costs[best] <= before[anywhere] + transition.restart;
            let from = if is_walked { best } else { anywhere };
            let length = transition.lengths[from][at].filter(|_| is_walked);
            self.links.push(length);
            self.chosen.push(from);
            at = from;
        }
        self.chosen.reverse();
        self.links.reverse();
    }

    /// Where somebody most likely was at a step.
    pub fn best(&self, at: usize) -> &Candidate {
        &self.candidates[at][self.chosen[at]]
    }

    /// Whether a bank was seen at a step by whoever took it, on whatever shore they may have been.
    pub fn is_sure(&self, ground: &Ground, at: usize, view: View) -> bool {
        let through = &self.through[at];
        let best = through[self.chosen[at]];
        let others = self.candidates[at].iter().zip(through);
        let mut rivals = others.filter(|(other, cost)| {
            *cost - best < SURE && other.shore.is_some() && !other.sees(ground, view, SAME_PLACE)
        });
        rivals.next().is_none()
    }

    /// Whether it is sure which bank somebody walked along at each step; none where they were away from all.
    pub fn own_bank(&self, ground: &Ground) -> Vec<Option<bool>> {
        let steps = 0..self.steps.len();
        steps
            .map(|at| {
                let own = self.best(at).views.first();
                own.map(|view| self.is_sure(ground, at, *view))
            })
            .collect()
    }

    /// The gaps, and where it is not sure which bank it was.
    pub fn flags(&self, own_bank: &[Option<bool>]) -> Vec<Flag> {
        let mut flags: Vec<Flag> = Vec::new();
        for (at, link) in self.links.iter().enumerate() {
            let (from, to) = (&self.steps[at], &self.steps[at + 1]);
            if to.is_after_ride || !(from.is_before_gap(to) || link.is_none()) {
                continue;
            }
            let gap = Flag {
                from_ms: from.last_ms,
                to_ms: to.first_ms,
                kind: if link.is_some() {
                    FlagKind::BridgedGap
                } else {
                    FlagKind::Gap
                },
            };
            match flags.last_mut() {
                Some(last) if last.kind == gap.kind && last.to_ms == gap.from_ms => {
                    last.to_ms = gap.to_ms;
                }
                Some(_) | None => flags.push(gap),
            }
        }
        let mut at = 0;
        for run in own_bank.chunk_by(|a, b| a == b) {
            let steps = &self.steps[at..at + run.len()];
            at += run.len();
            if run[0] == Some(false) && run.len() >= LONG_UNSURE {
                flags.push(Flag {
                    from_ms: steps[0].first_ms,
                    to_ms: steps[steps.len() - 1].last_ms,
                    kind: FlagKind::Unsure,
                });
            }
        }
        flags
    }

    /// How far somebody walked, with the noise smoothed out.
    pub fn walked(&self) -> Meters {
        let mut walked = Meters::ZERO;
        let mut from = 0;
        for at in 0..self.steps.len() {
            let link = self.links.get(at).copied().flatten();
            let is_end = link.is_none() || self.steps[at].is_before_gap(&self.steps[at + 1]);
            if is_end {
                walked += self.smooth_length(from, at);
                walked += link.unwrap_or(Meters::ZERO);
                from = at + 1;
            }
        }
        walked
    }

    /// The length of the way from one step to another, each moved to the middle of those around it.
    fn smooth_length(&self, from: usize, to: usize) -> Meters {
        let smooth = |at: usize| {
            // As many before as after, so that the ends stay where they are.
            let beside = SMOOTHED.min(at - from).min(to - at);
            let spots = (at - beside..=at + beside).map(|at| self.best(at).at.coord());
            let sum = spots.fold(geo::Coord { x: 0.0, y: 0.0 }, |sum, spot| sum + spot);
            sum / (2 * beside + 1) as f64
        };
        let length = |at: usize| {
            let step = smooth(at + 1) - smooth(at);
            Meters(step.x.hypot(step.y))
        };
        (from..to).map(length).sum()
    }
}

fn least(costs: impl Iterator<Item = f64>) -> f64 {
    costs.fold(f64::INFINITY, f64::min)
}

fn first_least(costs: &[f64]) -> usize {
    let least = (0..costs.len()).min_by(|&a, &b| costs[a].total_cmp(&costs[b]));
    least.unwrap_or(0)
}
