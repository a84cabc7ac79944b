//! What no walks on a network can be below: a linear relaxation that knows how often each edge is walked, with cuts.
//!
//! Around every set of vertices without the depot, walks go in and out in pairs: as often as vehicles are needed within, and once more
//! where an odd number of required edges lead out (Belenguer and Benavent 2003). Which sets the relaxation breaks is found by growing
//! them from each vertex; a set that is not found makes the bound weaker, never wrong.

use microlp::ComparisonOp;
use microlp::LinearExpr;
use microlp::OptimizationDirection;
use microlp::Variable;

use super::network::Edge;
use super::network::Network;
use super::problem::Cost;

/// So many rounds of cuts at most.
const MOST_ROUNDS: usize = 120;

/// So many cuts are added in a round.
const MOST_CUTS: usize = 40;

/// By less a cut is not broken.
const BROKEN: f64 = 1e-4;

/// A vertex beyond an edge that is not walked is drawn in all the same, if no other is.
const FAINT: f64 = 1e-6;

/// By so much the relaxation may be wrong, as a share.
const INEXACT: f64 = 1e-7;

/// A set of vertices, and how often walks must cross its border.
struct Cut {
    is_within: Vec<bool>,
    crossings: f64,
}

/// The relaxation of walks from one depot.
pub struct Relaxation<'a> {
    network: &'a Network,
    depot: u32,
    cuts: Vec<Cut>,
    /// Whether to end with what is known.
    is_over: &'a dyn Fn() -> bool,
}

impl<'a> Relaxation<'a> {
    /// Without cuts yet.
    pub fn new(network: &'a Network, depot: u32, is_over: &'a dyn Fn() -> bool) -> Self {
        Self {
            network,
            depot,
            cuts: Vec::new(),
            is_over,
        }
    }

    /// What no walks are below together that serve every required edge within a capacity each.
    pub fn least_total(&mut self, capacity: Cost) -> Cost {
        let edges = self.network.edges.as_slice();
        let needed = |is_within: &[bool]| {
            let loads = touching(edges, is_within).map(|edge| edge.required.unwrap_or(0));
            let load: Cost = loads.sum();
            Some((load + capacity - 1) / capacity)
        };
        (self.tightened(&needed, f64::INFINITY) * (1.0 - INEXACT)).ceil() as Cost
    }

    /// What the longest of so many walks cannot be below, if it cannot be below `least`. `known` is a longest walk that somebody has.
    pub fn least_longest(&mut self, n_vehicles: usize, least: Cost, known: Cost) -> Cost {
        let mut least = least.max(self.least_alone());
        if least >= known {
            return least;
        }
        // What several walk together is at least what one does who walks everything.
        let edges = self.network.edges.as_slice();
        let one =
            |is_within: &[bool]| Some(Cost::from(touching(edges, is_within).next().is_some()));
        let total = self.tightened(&one, f64::INFINITY) * (1.0 - INEXACT);
        least = least.max((total / n_vehicles as f64).ceil() as Cost);
        // The shortest limit that is not refuted, between what is refuted and what is known.
        let mut open = known;
        while least < open && !(self.is_over)() {
            let limit = (least + open - 1) / 2;
            if self.is_refuted(limit, n_vehicles) {
                least = limit + 1;
            } else {
                open = limit;
            }
        }
        least
    }

    /// The longest way to a required edge, over it and back.
    fn least_alone(&self) -> Cost {
        let required = self.network.required().into_iter();
        let alone = required.map(|edge| {
            let edge = self.network.edges[edge];
            let [a, b] = edge.ends;
            let round = |from, to, cost| {
                self.network.length(self.depot, from)
                    + Cost::from(cost)
                    + self.network.length(to, self.depot)
            };
            round(a, b, edge.costs[0]).min(round(b, a, edge.costs[1]))
        });
        alone.max().unwrap_or(0)
    }

    /// Whether so many vehicles cannot serve everything, none walking longer than a limit.
    fn is_refuted(&mut self, limit: Cost, n_vehicles: usize) -> bool {
        let network = self.network;
        let depot = self.depot;
        let n_vehicles = i64::try_from(n_vehicles).unwrap_or(i64::MAX);
        let needed = |is_within: &[bool]| {
            let (mut work, mut there, mut back) = (0, Cost::MAX / 4, Cost::MAX / 4);
            for edge in touching(&network.edges, is_within) {
                work += Cost::from(edge.costs[0].min(edge.costs[1]));
                for end in edge.ends {
                    there = there.min(network.length(depot, end));
                    back = back.min(network.length(end, depot));
                }
            }
            if work == 0 {
                return Some(0);
            }
            // Whoever serves some of these edges goes to the first and comes back from the last.
            let left = limit - there - back;
            (left > 0)
                .then(|| (work + left - 1) / left)
                .filter(|needed| *needed <= n_vehicles)
        };
        let kept = self.cuts.len();
        let most = limit as f64 * n_vehicles as f64;
        let total = self.tightened(&needed, most);
        // Cuts for this limit are none for a longer one.
        self.cuts.truncate(kept);
        total * (1.0 - INEXACT) > most
    }

    /// The relaxation's value with the cuts that are found, infinite if nothing fits. It may stop above `enough`.
    fn tightened(&mut self, needed: &dyn Fn(&[bool]) -> Option<Cost>, enough: f64) -> f64 {
        let mut value = 0.0;
        for _ in 0..MOST_ROUNDS {
            // What the solver cannot solve proves nothing.
            let Some((now, walked)) = self.solved() else {
                break;
            };
            value = f64::max(value, now);
            if value * (1.0 - INEXACT) > enough || (self.is_over)() {
                break;
            }
            let Some(cuts) = self.broken(&walked, needed) else {
                return f64::INFINITY;
            };
            if cuts.is_empty() {
                break;
            }
            self.cuts.extend(cuts);
        }
        value
    }

    /// The relaxation's value, and how often each edge is walked; none if it cannot be solved.
    fn solved(&self) -> Option<(f64, Vec<f64>)> {
        let edges = &self.network.edges;
        let mut program = microlp::Problem::new(OptimizationDirection::Minimize);
        let costs = edges.iter().map(|edge| edge.costs);
        let walked: Vec<[Variable; 2]> = costs
            .map(|costs| costs.map(|cost| program.add_var(f64::from(cost), (0.0, f64::INFINITY))))
            .collect();
        for (edge, [there, back]) in edges.iter().zip(&walked) {
            if edge.required.is_some() {
                program.add_constraint([(*there, 1.0), (*back, 1.0)], ComparisonOp::Ge, 1.0);
            }
        }
        for vertex in 0..self.network.n_vertices() as u32 {
            // Whoever comes goes on.
            let mut flow = LinearExpr::empty();
            for (edge, [there, back]) in edges.iter().zip(&walked) {
                let sign = |end: u32| f64::from(u8::from(end == vertex));
                let out = sign(edge.ends[0]) - sign(edge.ends[1]);
                if out != 0.0 {
                    flow.add(*there, out);
                    flow.add(*back, -out);
                }
            }
            program.add_constraint(flow, ComparisonOp::Eq, 0.0);
        }
        for cut in &self.cuts {
            let mut crossing = LinearExpr::empty();
            for (edge, [there, back]) in edges.iter().zip(&walked) {
                if is_crossing(edge.ends, &cut.is_within) {
                    crossing.add(*there, 1.0);
                    crossing.add(*back, 1.0);
                }
            }
            program.add_constraint(crossing, ComparisonOp::Ge, cut.crossings);
        }
        let solution = program.solve().ok()?.into_solution().ok()?;
        let each = walked.iter();
        let each = each.map(|[there, back]| solution.var_value(*there) + solution.var_value(*back));
        Some((solution.objective(), each.collect()))
    }

    /// Cuts that the relaxation breaks, the worst first; none if some set needs more than there is.
    fn broken(&self, walked: &[f64], needed: &dyn Fn(&[bool]) -> Option<Cost>) -> Option<Vec<Cut>> {
        let edges = self.network.edges.iter().zip(walked);
        let beyond =
            edges.map(|(edge, times)| times - f64::from(u8::from(edge.required.is_some())));
        let beyond: Vec<f64> = beyond.collect();
        let mut found: Vec<(f64, Cut)> = Vec::new();
        for seed in self.but_depot() {
            for pull in [walked, &beyond] {
                let mut is_within = vec![false; self.network.n_vertices()];
                let mut next = Some(seed);
                while let Some(vertex) = next {
                    is_within[vertex] = true;
                    let border = self.border(&is_within, walked, pull);
                    let vehicles = needed(&is_within)?;
                    let pairs = border.n_required + border.n_required % 2;
                    let crossings = pairs.max(2 * vehicles as usize) as f64;
                    if border.walked < crossings - BROKEN {
                        let cut = Cut {
                            is_within: is_within.clone(),
                            crossings,
                        };
                        found.push((crossings - border.walked, cut));
                    }
                    let outside = self.but_depot().filter(|other| border.pulls[*other] > 0.0);
                    next = outside.max_by(|a, b| border.pulls[*a].total_cmp(&border.pulls[*b]));
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut cuts: Vec<Cut> = Vec::new();
        for (_, cut) in found {
            if cuts.len() >= MOST_CUTS {
                break;
            }
            if cuts.iter().all(|other| other.is_within != cut.is_within) {
                cuts.push(cut);
            }
        }
        Some(cuts)
    }

    fn but_depot(&self) -> impl Iterator<Item = usize> + use<'a> {
        let depot = self.depot as usize;
        (0..self.network.n_vertices()).filter(move |vertex| *vertex != depot)
    }

    /// What crosses the border of a set.
    fn border(&self, is_within: &[bool], walked: &[f64], pull: &[f64]) -> Border {
        let mut border = Border {
            walked: 0.0,
            n_required: 0,
            pulls: vec![0.0; is_within.len()],
        };
        for (edge, (times, pull)) in self.network.edges.iter().zip(walked.iter().zip(pull)) {
            if !is_crossing(edge.ends, is_within) {
                continue;
            }
            let [a, b] = edge.ends.map(|end| end as usize);
            border.pulls[if is_within[a] { b } else { a }] += pull + FAINT;
            border.walked += times;
            border.n_required += usize::from(edge.required.is_some());
        }
        border
    }
}

/// What crosses the border of a set of vertices.
struct Border {
    /// How often walks cross it.
    walked: f64,
    /// How many required edges do.
    n_required: usize,
    /// How strongly each vertex beyond is drawn in.
    pulls: Vec<f64>,
}

fn is_crossing(ends: [u32; 2], is_within: &[bool]) -> bool {
    is_within[ends[0] as usize] != is_within[ends[1] as usize]
}

/// The required edges with a vertex in a set.
fn touching<'a>(edges: &'a [Edge], is_within: &'a [bool]) -> impl Iterator<Item = &'a Edge> {
    let touches = |edge: &Edge| edge.ends.iter().any(|end| is_within[*end as usize]);
    let required = edges.iter().filter(|edge| edge.required.is_some());
    required.filter(move |edge| touches(edge))
}
