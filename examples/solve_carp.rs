//! Solves a published instance of capacitated arc routing: the shortest walks that serve every edge with a load, each within the
//! capacity.
//!
//! `cargo run --release --example solve_carp -- FILE [--vehicles K] [--seconds S]` prints every better
//! value, and as its last line one JSON object.

mod arc_files;

use std::process::ExitCode;

use zhugan::plan::patrol::bound::Relaxation;
use zhugan::plan::patrol::problem::Cost;
use zhugan::plan::patrol::problem::Goal;
use zhugan::plan::patrol::problem::Team;
use zhugan::plan::patrol::problem::USUAL_PACE;

fn main() -> ExitCode {
    arc_files::run(
        "solve_carp",
        "usage: solve_carp FILE [--vehicles K] [--seconds S]",
        |file, arguments| {
            let capacity = file.capacity.ok_or("CAPACIDAD : is not there")?;
            let n_required = file.network.required().len();
            // As many as could ever be of use, if nobody says how many there are.
            let n_vehicles = arguments.vehicles.unwrap_or(n_required);
            let team = Team {
                start: file.depot,
                end: file.depot,
                capacity,
                most: Cost::MAX / 8,
                pace: USUAL_PACE,
            };
            Ok(file.network.problem(vec![team; n_vehicles], Goal::Total))
        },
        |file, _, _, is_over| {
            let mut relaxation = Relaxation::new(&file.network, file.depot, is_over);
            relaxation.least_total(file.capacity.unwrap_or(Cost::MAX / 8))
        },
    )
}
