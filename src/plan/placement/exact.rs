//! The exact solve of a small problem by a solver of mixed-integer programs: `microlp`, and `HiGHS` after it
//! where that is built in.
//!
//! Each site is taken or not; a demand counts up to the number of sites taken that cover it. Demands that the same sites cover
//! are one, and what only one site covers is told with the site: of a river, little is left.

use std::collections::BTreeMap;

use crate::plan::placement::taking::Question;
use crate::plan::placement::taking::value;

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exact {
    /// The best sites that were found.
    pub sites: Vec<u32>,
    /// No choice is worth more.
    pub bound: f64,
    /// Whether the solver came to its end.
    pub is_done: bool,
}

/// A problem as a solver takes it.
struct Program<'a> {
    asked: Question<'a>,
    /// Of each site, what only it covers, and what else it is worth.
    alone: Vec<f64>,
    /// Demands that several sites cover: which, how many of them it needs, and what it counts.
    shared: Vec<(&'a [u32], u8, f64)>,
}

/// The best choice of a problem whose sites cover no more than so many demands together, where each site is worth something `extra`,
/// if that is told; none if the problem is too large, or too hard. `known` is a choice to begin with.
pub(super) fn solved(
    asked: Question<'_>,
    most_pairs: usize,
    (extra, known): (&[f64], &[u32]),
    is_over: &dyn Fn() -> bool,
) -> Option<Exact> {
    let program = Program::new(asked, extra);
    if asked.sets.n_sites() == 0 {
        return Some(Exact {
            sites: Vec::new(),
            bound: 0.0,
            is_done: true,
        });
    }
    if program.n_pairs() > most_pairs {
        return None;
    }
    let exact = in_rust::solved(&program, known, is_over);
    #[cfg(feature = "highs")]
    let exact = in_cpp::gone_on(&program, exact, known, is_over);
    let exact = exact?;
    // A solver counts to a millionth: what a choice is worth is counted here.
    let more = exact
        .sites
        .iter()
        .filter_map(|&site| extra.get(site as usize));
    let value = value(asked, &exact.sites) + more.sum::<f64>();
    let bound = exact.bound.max(value);
    Some(Exact { bound, ..exact })
}

impl<'a> Program<'a> {
    fn new(asked: Question<'a>, extra: &[f64]) -> Self {
        let mut alone = extra.to_vec();
        alone.resize(asked.sets.n_sites(), 0.0);
        let mut shared: BTreeMap<(&[u32], u8), f64> = BTreeMap::new();
        for demand in 0..asked.sets.n_demands() as u32 {
            let (weight, needs) = (asked.weights[demand as usize], asked.needs[demand as usize]);
            match asked.sets.covering(demand) {
                _ if needs == 0 || weight <= 0.0 => {}
                [] => {}
                [site] => alone[*site as usize] += weight,
                sites => *shared.entry((sites, needs)).or_default() += weight,
            }
        }
        let shared = shared.into_iter();
        Self {
            asked,
            alone,
            shared: shared
                .map(|((sites, needs), weight)| (sites, needs, weight))
                .collect(),
        }
    }

    fn n_pairs(&self) -> usize {
        self.shared.iter().map(|(sites, ..)| sites.len()).sum()
    }

    /// The sites of each kind, and how many of them may be taken.
    fn kinds(&self) -> Vec<(Vec<u32>, usize)> {
        let room = self.asked.room().into_iter();
        let mut kinds: Vec<(Vec<u32>, usize)> = room.map(|room| (Vec::new(), room)).collect();
        for site in 0..self.asked.sets.n_sites() as u32 {
            kinds[self.asked.kind(site)].0.push(site);
        }
        kinds
    }

    /// What each shared demand counts if these sites are taken.
    fn met(&self, taken: &[bool]) -> impl Iterator<Item = f64> {
        self.shared.iter().map(|(sites, needs, _)| {
            let n_taken = sites.iter().filter(|&&site| taken[site as usize]).count();
            n_taken.min(usize::from(*needs)) as f64
        })
    }
}

/// A solver in Rust, for what is small.
mod in_rust {
    use core::time::Duration;

    use microlp::ComparisonOp;
    use microlp::OptimizationDirection;
    use microlp::Problem;
    use microlp::ResumeOptions;
    use microlp::SolveOptions;
    use microlp::SolveOutcome;
    use microlp::Variable;

    use super::Exact;
    use super::Program;

    /// A problem is too hard if it takes more steps than this; what the clock says changes nothing in what is found.
    const MOST_STEPS: u64 = 8_000;

    /// After so long the solver lets itself be asked whether it is over, and goes on from there.
    const PATIENCE: Duration = Duration::from_millis(100);

    pub fn solved(
        program: &Program<'_>,
        known: &[u32],
        is_over: &dyn Fn() -> bool,
    ) -> Option<Exact> {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let sites = program.alone.iter();
        let sites: Vec<Variable> = sites.map(|&alone| problem.add_binary_var(alone)).collect();
        let shared = program.shared.iter().map(|(covering, needs, weight)| {
            let met = problem.add_var(*weight, (0.0, f64::from(*needs)));
            let terms = covering.iter().map(|&site| (sites[site as usize], -1.0));
            problem.add_constraint(terms.chain([(met, 1.0)]), ComparisonOp::Le, 0.0);
            met
        });
        let shared: Vec<Variable> = shared.collect();
        for (of_kind, most) in program.kinds() {
            let terms = of_kind.into_iter().map(|site| (sites[site as usize], 1.0));
            problem.add_constraint(terms, ComparisonOp::Le, most as f64);
        }
        let mut taken = vec![false; sites.len()];
        for &site in known {
            taken[site as usize] = true;
        }
        let start = sites.iter().zip(&taken);
        let start = start.map(|(&site, &taken)| (site, f64::from(u8::from(taken))));
        let start = start.chain(shared.iter().copied().zip(program.met(&taken)));
        let mut options = SolveOptions::default();
        options.time_limit = Some(PATIENCE);
        options.warm_start = Some(start.collect());
        let mut outcome = problem.solve_with(options).ok()?;
        while !outcome.is_optimal() {
            if is_over() || outcome.stats().lp_iterations > MOST_STEPS {
                break;
            }
            let mut more = ResumeOptions::default();
            more.time_limit = Some(PATIENCE);
            outcome = outcome.resume_with(more).ok()?;
        }
        let (bound, is_done) = (outcome.stats().best_bound, outcome.is_optimal());
        let SolveOutcome::Solution(solution) = outcome else {
            return None;
        };
        let is_taken = |site: &u32| solution.var_value(sites[*site as usize]) > 0.5;
        Some(Exact {
            sites: (0..sites.len() as u32).filter(is_taken).collect(),
            bound: bound.unwrap_or(f64::INFINITY),
            is_done,
        })
    }
}

/// One in C++, which goes on where that gives up; it takes a quarter of an hour to build.
#[cfg(feature = "highs")]
mod in_cpp {
    use highs::HighsModelStatus;
    use highs::HighsSolutionStatus;
    use highs::RowProblem;
    use highs::Sense;

    use super::Exact;
    use super::Program;

    /// It cannot be asked in between whether it is over, and so it has only so long; seconds.
    const PATIENCE: f64 = 4.0;

    /// What comes of what has been found, if that is not the best yet.
    pub fn gone_on(
        program: &Program<'_>,
        found: Option<Exact>,
        known: &[u32],
        is_over: &dyn Fn() -> bool,
    ) -> Option<Exact> {
        if found.as_ref().is_some_and(|found| found.is_done) || is_over() {
            return found;
        }
        let start = found.as_ref().map_or(known, |found| &found.sites);
        let more = solved(program, start);
        let bounds = [&found, &more].into_iter().flatten();
        let bound = bounds
            .map(|exact| exact.bound)
            .fold(f64::INFINITY, f64::min);
        let best = more.or(found)?;
        Some(Exact { bound, ..best })
    }

    fn solved(program: &Program<'_>, known: &[u32]) -> Option<Exact> {
        let mut problem = RowProblem::default();
        let sites = program.alone.iter();
        let sites: Vec<highs::Col> = sites
            .map(|&alone| problem.add_integer_column(alone, 0.0..=1.0))
            .collect();
        let mut terms = Vec::new();
        for (covering, needs, weight) in &program.shared {
            let met = problem.add_column(*weight, 0.0..=f64::from(*needs));
            terms.clear();
            terms.extend(covering.iter().map(|&site| (sites[site as usize], -1.0)));
            terms.push((met, 1.0));
            problem.add_row(..=0.0, &terms);
        }
        for (of_kind, most) in program.kinds() {
            terms.clear();
            terms.extend(of_kind.into_iter().map(|site| (sites[site as usize], 1.0)));
            problem.add_row(..=most as f64, &terms);
        }
        let mut taken = vec![false; sites.len()];
        for &site in known {
            taken[site as usize] = true;
        }
        let start = taken.iter().map(|&taken| f64::from(u8::from(taken)));
        let mut best: Vec<f64> = start.chain(program.met(&taken)).collect();
        let mut model = problem.try_optimise(Sense::Maximise).ok()?;
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("time_limit", PATIENCE);
        model.set_option("mip_rel_gap", 1e-6);
        // Only to begin with: it does without, too.
        let _ = model.try_set_solution(Some(&best), None, None, None);
        let solved = model.try_solve().ok()?;
        let bound = solved.double_info_value(c"mip_dual_bound").ok();
        if solved.primal_solution_status() == HighsSolutionStatus::Feasible {
            best = solved.get_solution().columns().to_vec();
        }
        let is_taken = |site: &u32| best[*site as usize] > 0.5;
        Some(Exact {
            sites: (0..sites.len() as u32).filter(is_taken).collect(),
            bound: bound.unwrap_or(f64::INFINITY),
            is_done: solved.status() == HighsModelStatus::Optimal,
        })
    }
}
