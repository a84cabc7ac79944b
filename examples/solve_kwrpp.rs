//! Solves a published instance of the min-max rural postman on a windy graph: so many walks from the first vertex and back that serve
//! every required edge, the longest as short as it can be.
//!
//! `cargo run --release --example solve_kwrpp -- FILE --vehicles K [--seconds S]` prints every better value, and as its last line one
//! JSON object.

mod arc_files;

use std::process::ExitCode;

use zhugan::plan::patrol::bound::Relaxation;
use zhugan::plan::patrol::problem::Cost;
use zhugan::plan::patrol::problem::Goal;
use zhugan::plan::patrol::problem::Team;
use zhugan::plan::patrol::problem::USUAL_PACE;
use zhugan::plan::patrol::subset;

fn main() -> ExitCode {
    let usage = "usage: solve_kwrpp FILE --vehicles K [--seconds S]";
    arc_files::run(
        "solve_kwrpp",
        usage,
        |file, arguments| {
            let n_vehicles = arguments.vehicles.ok_or(usage)?;
            let team = Team {
                start: file.depot,
                end: file.depot,
                capacity: Cost::MAX / 8,
                most: Cost::MAX / 8,
                pace: USUAL_PACE,
            };
            Ok(file.network.problem(vec![team; n_vehicles], Goal::Longest))
        },
        |file, problem, known, is_over| {
            let mut relaxation = Relaxation::new(&file.network, file.depot, is_over);
            let (n_teams, is_small) = (
                problem.teams.len(),
                problem.tasks.len() <= subset::MOST_TASKS,
            );
            let least = if is_small {
                0
            } else {
                relaxation.least_longest(n_teams, 0, known)
            };
            if least == known {
                least
            } else {
                least.max(subset::least_by_hardest(problem, is_over))
            }
        },
    )
}
