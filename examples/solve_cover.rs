//! Solves a set covering instance of the OR-Library (Beasley 1990): the cheapest columns that cover every row.
//!
//! `cargo run --release --example solve_cover -- FILE [--seconds S] [--unit-costs]` prints every better value and bound, and as
//! its last line one JSON object. FILE has the numbers of rows and columns, the columns' costs, and for each row how many columns
//! cover it and which.

use std::cell::RefCell;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use std::time::Instant;

use serde_json::json;
use zhugan::plan::placement::covering;
use zhugan::plan::placement::sets::Sets;
use zhugan::plan::watch::Watch;

const USAGE: &str = "usage: solve_cover FILE [--seconds S] [--unit-costs]";

fn main() -> ExitCode {
    match solved(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("solve_cover: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn solved(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let (mut file, mut seconds, mut has_unit_costs) = (None, 60.0, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--unit-costs" => has_unit_costs = true,
            "--seconds" => {
                let given = arguments.next().and_then(|given| given.parse().ok());
                let given = given.filter(|seconds| (0.0..1e6).contains(seconds));
                seconds = given.ok_or("--seconds takes a number, like 60")?;
            }
            _ if file.is_none() && !argument.starts_with("--") => file = Some(argument),
            _ => return Err(format!("{argument} is not known; {USAGE}")),
        }
    }
    let file = file.ok_or(USAGE)?;
    let text = std::fs::read_to_string(&file).map_err(|fault| format!("{file}: {fault}"))?;
    let (sets, mut costs) = read(&text).ok_or(format!("{file}: is no set covering instance"))?;
    if has_unit_costs {
        costs.fill(1.0);
    }
    let start = Instant::now();
    let limit = Duration::from_secs_f64(seconds);
    let told = RefCell::new(None);
    let cover = covering::cheapest(
        &sets,
        &costs,
        1,
        Watch {
            is_over: &|| start.elapsed() >= limit,
            tell: &|standing| {
                if told.replace(Some(standing)) != Some(standing) {
                    let seconds = start.elapsed().as_secs_f64();
                    println!("{seconds:.2} s: {} ({})", standing.value, standing.bound);
                }
            },
        },
    );
    let cover = cover.ok_or(format!("{file}: some row has no column"))?;
    let name = Path::new(&file).file_stem().unwrap_or_default();
    let answer = json!({
        "instance": name.to_string_lossy(),
        "value": cover.cost,
        "bound": cover.bound,
        "proven": cover.is_proven(),
        "seconds": (start.elapsed().as_secs_f64() * 1e3).round() / 1e3,
        "columns": cover.sites.iter().map(|site| site + 1).collect::<Vec<_>>(),
    });
    println!("{answer}");
    Ok(())
}

/// The rows that each column covers, and what the columns cost.
fn read(text: &str) -> Option<(Sets, Vec<f64>)> {
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    let mut next = || numbers.next()?.ok().filter(|number| number.is_finite());
    let (n_rows, n_columns) = (next()? as usize, next()? as usize);
    // A text has no more numbers than letters.
    if n_rows > text.len() || n_columns > text.len() {
        return None;
    }
    let costs: Vec<f64> = (0..n_columns).map(|_| next()).collect::<Option<_>>()?;
    let mut covered: Vec<Vec<u32>> = vec![Vec::new(); n_columns];
    for row in 0..n_rows {
        for _ in 0..next()? as usize {
            let column = (next()? as usize).checked_sub(1)?;
            covered.get_mut(column)?.push(row as u32);
        }
    }
    Some((Sets::new(n_rows, &covered), costs))
}
