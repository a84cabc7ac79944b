//! Prints one evening's patrol as numbers, with the plans that Zhugan finds for it: the same pieces of bank, teams and walking times
//! for whoever wants to hold another solver against it.
//!
//! `cargo run --release --example patrol_field -- [--pieces 200] [--teams 5] [--choice near|spread|first] [--seconds 10,30]
//! [--seeds 1,2,3]` writes one JSON object; `benches/field/patrol_field.py` asks for it.

use std::error::Error;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use serde_json::Value;
use serde_json::json;
use zhugan::app::region::LoadedRegion;
use zhugan::ground::place::Place;
use zhugan::plan::patrol::between::at_node;
use zhugan::plan::patrol::between::lengths;
use zhugan::plan::patrol::evening::Aim;
use zhugan::plan::patrol::evening::Asked;
use zhugan::plan::patrol::evening::Due;
use zhugan::plan::patrol::evening::Evening;
use zhugan::plan::patrol::evening::Party;
use zhugan::plan::patrol::layout::Layout;
use zhugan::plan::patrol::problem::NO_WAY;
use zhugan::plan::patrol::problem::Problem;
use zhugan::plan::patrol::starts::starts;
use zhugan::plan::patrol::stretches::Side;
use zhugan::plan::walks::Walks;
use zhugan::plan::watch::Standing;
use zhugan::plan::watch::Watch;
use zhugan::units::Meters;
use zhugan::units::Seconds;

/// So long that nobody is short of time: only the longest walk counts.
const TIME: Seconds = Seconds(12.0 * 3_600.0);

/// Which pieces of bank are walked along. All are on foot from the middle of the region.
#[derive(Clone, Copy, PartialEq)]
enum Choice {
    /// Those that are nearest to the middle: teams walk side by side.
    Near,
    /// Every so manieth by bank and chainage: teams walk far apart.
    Spread,
    /// The first by bank and chainage.
    First,
}

struct Arguments {
    n_pieces: usize,
    n_teams: usize,
    choice: Choice,
    seconds: Vec<f64>,
    seeds: Vec<u64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments(std::env::args().skip(1))?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/liechtenstein");
    let region = LoadedRegion::load(&folder, None, &|_| {})?;
    let due = chosen(&region, &arguments)?;
    let sides = due.iter().map(|due| (&due.sides[0], due.worth));
    let sides: Vec<(&Side, f64)> = sides.collect();
    let begins = starts(&region.ground, &sides, &[], arguments.n_teams);
    let parties = begins.iter().map(|start| Party {
        start: start.clone(),
        end: start.clone(),
        most: TIME,
        pace: region.settings.reach.walk,
    });
    let parties: Vec<Party> = parties.collect();
    let asked = Asked {
        ground: &region.ground,
        closures: &region.closures,
        due: &due,
        parties: &parties,
        aim: Aim::Balanced,
        seed: 0,
    };
    let layout = Layout::new(asked);
    let mut answer = described(&region, &asked, layout.problem());
    let mut plans = Vec::new();
    for &seconds in &arguments.seconds {
        for &seed in &arguments.seeds {
            let evening = Evening::new(Asked { seed, ..asked }, &layout);
            plans.push(plan(&evening, seed, seconds)?);
        }
    }
    answer["zhugan"] = Value::Array(plans);
    println!("{answer}");
    Ok(())
}

/// As many pieces of bank as asked for, out of those that somebody can walk to from the middle of all bank.
fn chosen(region: &LoadedRegion, arguments: &Arguments) -> Result<Vec<Due>, Box<dyn Error>> {
    let ground = &region.ground;
    let all = region.stretches();
    let sides = all.iter().map(|stretch| &stretch.sides[0]);
    let sides: Vec<(&Side, f64)> = sides.map(|side| (side, side.length(ground).0)).collect();
    let middle = starts(ground, &sides, &[], 1);
    let middle = middle.first().ok_or("the region has no bank")?;
    let mut walks = Walks::new(ground);
    let farthest = Meters(TIME.0 / 2.0 * region.settings.reach.walk.0);
    walks.start(ground, &region.closures, middle, farthest);
    let mut near: Vec<(u32, usize)> = (0..all.len())
        .filter_map(|number| {
            let nodes = all[number].sides.iter().flat_map(|side| side.ends(ground));
            let away = nodes.map(|node| walks.labels().distance(node)).max()?;
            (f64::from(away) <= farthest.0 * 1_000.0).then_some((away, number))
        })
        .collect();
    let n_all = near.len();
    let n_pieces = arguments.n_pieces;
    if n_all < n_pieces {
        return Err(format!("only {n_all} pieces of bank can be walked to").into());
    }
    match arguments.choice {
        Choice::Near => near.sort_unstable(),
        Choice::Spread => {
            near = (0..n_pieces)
                .map(|at| near[at * n_all / n_pieces])
                .collect();
        }
        Choice::First => (),
    }
    near.truncate(n_pieces);
    let mut numbers: Vec<usize> = near.into_iter().map(|(_, number)| number).collect();
    numbers.sort_unstable();
    let due = numbers.into_iter().map(|number| {
        let sides = all[number].sides.clone();
        Due {
            worth: sides.iter().map(|side| side.length(ground).0).sum(),
            sides,
            pause: Seconds(0.0),
            owner: None,
        }
    });
    Ok(due.collect())
}

/// The evening as numbers: times in milliseconds, places by their index.
fn described(region: &LoadedRegion, asked: &Asked<'_>, problem: &Problem) -> Value {
    let ground = asked.ground;
    let n_places = problem.n_places() as u32;
    let row =
        |from: u32| -> Vec<i64> { (0..n_places).map(|to| problem.length(from, to)).collect() };
    let tasks = problem.tasks.iter().map(|task| {
        let ways = task.ways.iter();
        let ways: Vec<Value> = ways
            .map(|way| json!({ "from": way.from, "to": way.to, "cost": way.cost }))
            .collect();
        ways
    });
    let tasks: Vec<Vec<Value>> = tasks.collect();
    let teams = problem.teams.iter();
    let teams = teams.map(|team| json!({ "start": team.start, "end": team.end }));
    let lengths_m = asked.due.iter().map(|due| due.sides[0].length(ground).0);
    json!({
        "region": region.settings.id.as_str(),
        "pieces_m": lengths_m.sum::<f64>().round(),
        "between_ms": (0..n_places).map(row).collect::<Vec<_>>(),
        "tasks": tasks,
        "teams": teams.collect::<Vec<_>>(),
        "middles_ms": middles(asked),
    })
}

/// From the middle of each piece, and behind these from each team's start, to each: for who takes a piece for a point.
fn middles(asked: &Asked<'_>) -> Vec<Vec<u32>> {
    let ground = asked.ground;
    let middle = |due: &Due| -> Place {
        let side = &due.sides[0];
        let [from, to] = side.chainage(ground);
        let chainage = &ground.banks[side.bank as usize].chainage;
        let half = f64::midpoint(from.0, to.0);
        let off = |corner: &u32| (chainage[*corner as usize].0 - half).abs();
        let corner = (side.edges.start..side.edges.end).min_by(|a, b| off(a).total_cmp(&off(b)));
        let edge = corner.unwrap_or(side.edges.start) as usize;
        at_node(ground, ground.bank_edges[side.bank as usize][edge][0])
    };
    let mut places: Vec<Place> = asked.due.iter().map(middle).collect();
    places.extend(asked.parties.iter().map(|party| party.start.clone()));
    let pace = asked.parties[0].pace;
    let farthest = Meters(TIME.0 / 2.0 * pace.0);
    let all = lengths(ground, asked.closures, &places, farthest);
    let ms = |length: &u32| match *length {
        NO_WAY.. => NO_WAY,
        length => (f64::from(length) / pace.0).ceil() as u32,
    };
    let rows = all.chunks(places.len());
    rows.map(|row| row.iter().map(ms).collect()).collect()
}

/// What Zhugan plans in so many seconds: by team the pieces in order, each with the index of its way.
fn plan(evening: &Evening<'_>, seed: u64, seconds: f64) -> Result<Value, String> {
    let start = Clock::new();
    let limit = Duration::from_secs_f64(seconds);
    let watch = Watch {
        is_over: &|| start.worked() >= limit,
        tell: &|_: Standing| (),
    };
    let planned = evening.planned(watch);
    let took = start.worked().as_secs_f64();
    if planned.aim != Aim::Balanced {
        return Err("not all pieces of bank fit into the time".to_owned());
    }
    let walks = planned.rounds.iter().map(|round| {
        let stops = round.stops.iter();
        let stops: Vec<[usize; 2]> = stops
            .map(|stop| [stop.due, 2 * stop.side + usize::from(stop.is_against)])
            .collect();
        stops
    });
    Ok(json!({
        "seconds": seconds,
        "seed": seed,
        "took_s": took,
        "longest_ms": (planned.value * 1e3).round(),
        "bound_ms": (planned.bound * 1e3).round(),
        "walks": walks.collect::<Vec<_>>(),
    }))
}

/// Time of the thread that searches, as far as the system tells it: what else the machine does costs nobody anything.
struct Clock {
    begun: Instant,
    worked_before: Option<Duration>,
}

impl Clock {
    fn new() -> Self {
        Self {
            begun: Instant::now(),
            worked_before: own_work(),
        }
    }

    fn worked(&self) -> Duration {
        let worked = own_work().zip(self.worked_before);
        worked.map_or(self.begun.elapsed(), |(now, before)| {
            now.saturating_sub(before)
        })
    }
}

/// How long this thread has worked, if the system tells it.
fn own_work() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut arguments = Arguments {
        n_pieces: 200,
        n_teams: 5,
        choice: Choice::Near,
        seconds: vec![10.0],
        seeds: vec![1],
    };
    while let Some(argument) = given.next() {
        let text = given.next().unwrap_or_default();
        let unfit = || format!("{argument} does not take {text:?}");
        match argument.as_str() {
            "--pieces" => arguments.n_pieces = text.parse().map_err(|_| unfit())?,
            "--teams" => arguments.n_teams = text.parse().map_err(|_| unfit())?,
            "--seconds" => {
                let numbers: Result<Vec<f64>, _> = text.split(',').map(str::parse).collect();
                arguments.seconds = numbers.map_err(|_| unfit())?;
            }
            "--seeds" => {
                let numbers: Result<Vec<u64>, _> = text.split(',').map(str::parse).collect();
                arguments.seeds = numbers.map_err(|_| unfit())?;
            }
            "--choice" => {
                arguments.choice = match text.as_str() {
                    "near" => Choice::Near,
                    "spread" => Choice::Spread,
                    "first" => Choice::First,
                    _ => return Err(unfit()),
                };
            }
            _ => return Err(format!("{argument} is not known")),
        }
    }
    Ok(arguments)
}
