//! Solves a maximal covering instance: so many sites that cover the most demand within a radius.
//!
//! `cargo run --release --example solve_mclp -- DISTANCES.csv DEMAND.csv --sites N --radius R [--seconds S]` prints every better
//! value and bound, and as its last line one JSON object. DISTANCES.csv has a row for each pair (columns `name`, `DestinationName`,
//! `distance`), DEMAND.csv one for each demand (`NAME` or `GEOID`-like first column that the pairs name, `POP2000`).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Duration;
use std::time::Instant;

use serde_json::json;
use zhugan::plan::placement::maximal;
use zhugan::plan::placement::maximal::Kinds;
use zhugan::plan::placement::maximal::Question;
use zhugan::plan::placement::sets::Sets;
use zhugan::plan::watch::Watch;

fn main() -> ExitCode {
    match solved(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("solve_mclp: {fault}");
            ExitCode::FAILURE
        }
    }
}

const USAGE: &str = "usage: solve_mclp DISTANCES.csv DEMAND.csv --sites N --radius R [--seconds S]";

/// What is asked.
struct Asked {
    distances: String,
    demand: String,
    n_sites: usize,
    radius: f64,
    seconds: f64,
}

fn asked(mut arguments: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut files = Vec::new();
    let mut numbers = BTreeMap::new();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--sites" | "--radius" | "--seconds" => {
                let given = arguments.next().and_then(|given| given.parse::<f64>().ok());
                let given = given.filter(|number| (0.0..1e9).contains(number));
                let number = given.ok_or(format!("{argument} takes a number; {USAGE}"))?;
                numbers.insert(argument, number);
            }
            _ if argument.starts_with("--") => {
                return Err(format!("{argument} is not known; {USAGE}"));
            }
            _ => files.push(argument),
        }
    }
    let number = |name: &str| numbers.get(name).copied();
    let [distances, demand] = <[String; 2]>::try_from(files).map_err(|_| USAGE.to_owned())?;
    Ok(Asked {
        distances,
        demand,
        n_sites: number("--sites").ok_or(USAGE)? as usize,
        radius: number("--radius").ok_or(USAGE)?,
        seconds: number("--seconds").unwrap_or(60.0),
    })
}

fn solved(arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let asked = asked(arguments)?;
    let demands = demands(&asked.demand)?;
    let (names, sets) = sets(&asked, &demands)?;
    let weights: Vec<f64> = demands.iter().map(|(_, weight)| *weight).collect();
    let start = Instant::now();
    let limit = Duration::from_secs_f64(asked.seconds);
    let question = Question {
        sets: &sets,
        weights: &weights,
        needs: &vec![1; weights.len()],
        n_sites: asked.n_sites,
        kinds: Kinds::default(),
        enough: 0.0,
    };
    let told = RefCell::new(None);
    let watch = Watch {
        is_over: &|| start.elapsed() >= limit,
        tell: &|standing| {
            if told.replace(Some(standing)) != Some(standing) {
                let seconds = start.elapsed().as_secs_f64();
                println!("{seconds:.2} s: {} ({})", standing.value, standing.bound);
            }
        },
    };
    let choice = maximal::best(question, 1, watch);
    let sites = choice
        .sites
        .iter()
        .map(|&site| names[site as usize].as_str());
    let mut sites: Vec<&str> = sites.collect();
    sites.sort_unstable();
    let answer = json!({
        "instance": format!("radius {}, {} sites", asked.radius, asked.n_sites),
        "value": choice.value,
        "bound": choice.bound,
        "proven": choice.gap() == 0.0,
        "seconds": (start.elapsed().as_secs_f64() * 1e3).round() / 1e3,
        "sites": sites,
        "total": weights.iter().sum::<f64>(),
    });
    println!("{answer}");
    Ok(())
}

/// Every demand's name and weight.
fn demands(file: &str) -> Result<Vec<(String, f64)>, String> {
    let bad = |fault: &dyn std::fmt::Display| format!("{file}: {fault}");
    let mut reader = csv::Reader::from_path(file).map_err(|fault| bad(&fault))?;
    let headers = reader.headers().map_err(|fault| bad(&fault))?;
    let column = |name: &str| headers.iter().position(|header| header == name);
    let (name, weight) = (column("NAME"), column("POP2000"));
    let (Some(name), Some(weight)) = (name, weight) else {
        return Err(bad(&"has no columns NAME and POP2000"));
    };
    let mut found = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|fault| bad(&fault))?;
        let cell = |index: usize| row.get(index).unwrap_or_default();
        let number: f64 = cell(weight).parse().map_err(|fault| bad(&fault))?;
        found.push((cell(name).to_owned(), number));
    }
    Ok(found)
}

/// The sites by name, and which demands each covers.
fn sets(asked: &Asked, demands: &[(String, f64)]) -> Result<(Vec<String>, Sets), String> {
    let file = &asked.distances;
    let bad = |fault: &dyn std::fmt::Display| format!("{file}: {fault}");
    let numbers = demands.iter().zip(0_u32..);
    let numbers: BTreeMap<&str, u32> = numbers
        .map(|((name, _), number)| (name.as_str(), number))
        .collect();
    let mut reader = csv::Reader::from_path(file).map_err(|fault| bad(&fault))?;
    let headers = reader.headers().map_err(|fault| bad(&fault))?;
    let column = |name: &str| headers.iter().position(|header| header == name);
    let columns = (
        column("distance"),
        column("name"),
        column("DestinationName"),
    );
    let (Some(distance), Some(site), Some(demand)) = columns else {
        return Err(bad(&"has no columns distance, name and DestinationName"));
    };
    let mut covered: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(|fault| bad(&fault))?;
        let cell = |index: usize| row.get(index).unwrap_or_default();
        let meters: f64 = cell(distance).parse().map_err(|fault| bad(&fault))?;
        let covers = covered.entry(cell(site).to_owned()).or_default();
        if meters <= asked.radius {
            let number = numbers.get(cell(demand));
            covers.push(*number.ok_or_else(|| bad(&"names a demand that is not there"))?);
        }
    }
    let names = covered.keys().cloned().collect();
    let lists: Vec<Vec<u32>> = covered.into_values().collect();
    Ok((names, Sets::new(demands.len(), &lists)))
}
