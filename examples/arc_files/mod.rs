//! What the examples of arc routing share: their command line, and the run from a file to a judged answer.

mod file;
mod judge;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use std::time::Instant;

use serde_json::json;
use zhugan::plan::patrol::problem::Cost;
use zhugan::plan::patrol::problem::Goal;
use zhugan::plan::patrol::problem::Problem;
use zhugan::plan::patrol::search;
use zhugan::plan::watch::Watch;

use self::file::ArcFile;
use self::file::read;
use self::judge::judged;

/// What the command line says.
pub struct Arguments {
    file: String,
    /// Seconds for the search.
    seconds: f64,
    /// Vehicles, where the example takes their number.
    pub vehicles: Option<usize>,
}

/// Runs an example: reads the file, searches for the best walks, has them judged, and prints the answer.
///
/// `made` makes the problem of a file, and `least` finds what no plan can be below, knowing a value that is had; it ends soon when
/// it is over.
pub fn run(
    name: &str,
    usage: &str,
    made: impl Fn(&ArcFile, &Arguments) -> Result<Problem, String>,
    least: impl Fn(&ArcFile, &Problem, Cost, &dyn Fn() -> bool) -> Cost,
) -> ExitCode {
    match solved(usage, made, least) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{name}: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn solved(
    usage: &str,
    made: impl Fn(&ArcFile, &Arguments) -> Result<Problem, String>,
    least: impl Fn(&ArcFile, &Problem, Cost, &dyn Fn() -> bool) -> Cost,
) -> Result<(), String> {
    let arguments = arguments(std::env::args().skip(1), usage)?;
    let name = &arguments.file;
    let text = std::fs::read_to_string(name).map_err(|fault| format!("{name}: {fault}"))?;
    let file = read(&text).map_err(|fault| format!("{name}: {fault}"))?;
    let problem = made(&file, &arguments)?;
    let start = Instant::now();
    let limit = Duration::from_secs_f64(arguments.seconds);
    let watch = Watch {
        is_over: &|| start.elapsed() >= limit,
        tell: &|now| {
            let seconds = start.elapsed().as_secs_f64();
            println!("{seconds:.2} s: {} ({})", now.value, now.bound);
        },
    };
    // A quarter of the time for a plan, a quarter for the bound; the rest is for the plan again, and may find it proven.
    let early = Watch {
        is_over: &|| start.elapsed() >= limit / 4,
        ..watch
    };
    let plan = search::best(&problem, 0, 1, early);
    let bounded = Instant::now();
    let is_over = || bounded.elapsed() >= limit / 4;
    let least = least(&file, &problem, plan.value, &is_over);
    let plan = search::best_from(&problem, plan, least, 2, watch);
    let told = plan.told(&problem);
    let walks = problem.teams.iter().zip(&told);
    let walks: Vec<_> = walks
        .map(|(&team, told)| file.network.steps(team, told))
        .collect();
    let lengths = judged(&file, &walks)?;
    let value = match problem.goal {
        Goal::Total => lengths.iter().sum(),
        Goal::Longest => lengths.iter().copied().max().unwrap_or(0),
    };
    let instance = Path::new(name).file_stem().unwrap_or_default();
    let answer = json!({
        "instance": instance.to_string_lossy(),
        "value": value,
        "bound": least,
        "proven": value <= least,
        "seconds": (start.elapsed().as_secs_f64() * 1e3).round() / 1e3,
        "walks": lengths.iter().filter(|length| **length > 0).count(),
    });
    println!("{answer}");
    Ok(())
}

fn arguments(mut given: impl Iterator<Item = String>, usage: &str) -> Result<Arguments, String> {
    let (mut file, mut seconds, mut vehicles) = (None, 60.0, None);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--seconds" => {
                let number = given.next().and_then(|given| given.parse().ok());
                let number = number.filter(|seconds| (0.0..1e6).contains(seconds));
                seconds = number.ok_or("--seconds takes a number, like 60")?;
            }
            "--vehicles" => {
                let number = given.next().and_then(|given| given.parse().ok());
                let number = number.filter(|number| (1..=1_000).contains(number));
                vehicles = Some(number.ok_or("--vehicles takes a number, like 3")?);
            }
            _ if file.is_none() && !argument.starts_with("--") => file = Some(argument),
            _ => return Err(format!("{argument} is not known; {usage}")),
        }
    }
    Ok(Arguments {
        file: file.ok_or(usage)?,
        seconds,
        vehicles,
    })
}
