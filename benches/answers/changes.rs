//! What a reader notices of a writer: nearest while a piece is moved 20 times a second, beside nearest alone.
//!
//! Times are those that a thread was really at work, so that whatever else the machine does counts little.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;

use zhugan::app::gaps::USUAL_KINDS;
use zhugan::app::keeping::Keeping;
use zhugan::app::nearest::NearestQuestion;
use zhugan::app::regions::Regions;
use zhugan::app::scenario::Change;
use zhugan::formats::read_region;
use zhugan::geometry::lon_lat::LonLat;

use crate::clock::middle;
use crate::clock::section;
use crate::places::Folder;
use crate::places::built;
use crate::places::poles;
use crate::places::sample;
use crate::places::shared;

const CHANGES_A_SECOND: u32 = 20;

const N_ROUNDS: usize = 7;

const ROUND: Duration = Duration::from_secs(1);

/// Reads on one thread, with a writer on another and without, turn by turn.
pub fn show() {
    section("changes: nearest on one thread while another moves a piece 20 times a second");
    for n in [500, 5_000] {
        match shared("liechtenstein-2022.osm.pbf") {
            Some(extract) => run(n, &Folder::of(&extract)),
            None => println!("   the extract is not at hand in ../shared/data/osm-places"),
        }
    }
    let regions = loaded(sample());
    read_and_write("the bundled sample", &regions);
}

fn run(n: usize, folder: &Folder) {
    let (settings, layers) = read_region(folder.path(), &|_| ()).unwrap();
    let place = built("the extract", &layers, &settings);
    let (equipment, _) = poles(&place.ground, n);
    let rows = equipment.iter().map(|piece| {
        let (lon, lat) = (piece.at.lon(), piece.at.lat());
        format!("{},pole,{lon:.7},{lat:.7},usable\n", piece.id)
    });
    let table = format!("id,kind,lon,lat,condition\n{}", rows.collect::<String>());
    folder.add_equipment(&table);
    let regions = loaded(folder.path().to_owned());
    read_and_write(&format!("{n} pieces"), &regions);
}

fn loaded(folder: PathBuf) -> Regions {
    let regions = Regions::new(&[folder], Keeping::default(), |_| ());
    regions.load();
    regions
}

fn read_and_write(what: &str, regions: &Regions) {
    let id = &regions.slots()[0].id;
    let snapshot = regions.snapshot(id).unwrap();
    let pieces: Vec<(String, LonLat)> = snapshot
        .region
        .equipment
        .iter()
        .map(|piece| (piece.id.clone(), piece.at))
        .collect();
    let is_over = AtomicBool::new(false);
    let (mut alone, mut beside, mut times) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..N_ROUNDS {
        alone.push(reads(regions, &pieces));
        is_over.store(false, Ordering::Relaxed);
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| writes(regions, id, &pieces, &is_over));
            beside.push(reads(regions, &pieces));
            is_over.store(true, Ordering::Relaxed);
            times.extend(writer.join().unwrap());
        });
    }
    let middle_of = |mut rates: Vec<f64>| {
        rates.sort_unstable_by(f64::total_cmp);
        rates[N_ROUNDS / 2]
    };
    let (alone, beside) = (middle_of(alone), middle_of(beside));
    let worst = times.iter().max().copied().unwrap_or_default();
    let all: Duration = times.iter().sum();
    let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
    // Where readers keep every core at work, the writer takes its time from them.
    let taken = all.as_secs_f64() / times.len() as f64 * f64::from(CHANGES_A_SECOND);
    let left = 1.0 - taken / n_cores as f64;
    println!(
        "   {what}: {beside:.0} answers a second beside the writer, {alone:.0} alone: ratio {:.3}; with the writer's share of {n_cores} cores {:.3}; a change takes {:.2} ms, at worst {:.2} ms",
        beside / alone,
        beside / alone * left,
        middle(times).as_secs_f64() * 1e3,
        worst.as_secs_f64() * 1e3
    );
}

/// How long this thread has been at work, where the system says so; else since the start of the program.
fn at_work(start: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// How many questions are answered in a second of work.
fn reads(regions: &Regions, pieces: &[(String, LonLat)]) -> f64 {
    let start = Instant::now();
    let before = at_work(start);
    let mut n_answers = 0;
    while start.elapsed() < ROUND {
        let (_, at) = pieces[n_answers * 7_919 % pieces.len()];
        let at = LonLat::new(at.lon() + 0.0002, at.lat() + 0.0001).unwrap();
        let question = NearestQuestion {
            at,
            kinds: USUAL_KINDS.to_vec(),
            most: 3,
            with_lines: false,
            with_unusable: false,
        };
        if let Ok(snapshot) = regions.at(at) {
            let answer = snapshot.nearest_at_once(&question).unwrap();
            std::hint::black_box(answer.unwrap_or_else(|| snapshot.nearest(&question).unwrap()));
        }
        n_answers += 1;
    }
    n_answers as f64 / at_work(start).saturating_sub(before).as_secs_f64()
}

/// Moves one piece after the other to where another is and back; tells how long each change took.
fn writes(
    regions: &Regions,
    id: &str,
    pieces: &[(String, LonLat)],
    is_over: &AtomicBool,
) -> Vec<Duration> {
    let mut times = Vec::new();
    let mut turn = 0;
    while !is_over.load(Ordering::Relaxed) {
        let start = Instant::now();
        let (piece, home) = &pieces[turn / 2 * 31 % pieces.len()];
        let at = if turn % 2 == 0 {
            pieces[(turn / 2 * 31 + 1) % pieces.len()].1
        } else {
            *home
        };
        let change = Change::Move {
            id: piece.clone(),
            at,
        };
        let before = at_work(start);
        drop(regions.change(id, &[change]).unwrap());
        times.push(at_work(start).saturating_sub(before));
        turn += 1;
        std::thread::sleep(
            (Duration::from_secs(1) / CHANGES_A_SECOND).saturating_sub(start.elapsed()),
        );
    }
    times
}
