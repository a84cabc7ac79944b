//! Killed at any moment, the program loses nothing that it has acknowledged, and keeps nothing by halves.

use std::collections::BTreeMap;
use std::env;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::model::incident::IncidentId;
use zhugan::model::incident::IncidentKind;
use zhugan::model::incident::NewIncident;
use zhugan::model::incident::Role;
use zhugan::model::incident::Task;
use zhugan::model::moment::Moment;
use zhugan::model::text::Name;
use zhugan::store::Store;
use zhugan::store::sqlite;

use crate::commands::canal;
use crate::commands::place;
use crate::formats::Folder;
use crate::http::program::Running;
use crate::http::program::folder;
use crate::http::restart::token;
use crate::store::act;
use crate::store::opened;

/// So often the service is killed.
const KILLS: u64 = 50;

/// No writer writes more between two kills: whatever happens, a test ends.
const MOST_CHANGES: u64 = 5_000;

/// A number that looks like chance and is the same in every run.
fn chance(seed: u64) -> u64 {
    let mixed = (seed ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ (mixed >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 33
}

/// A connection that is used for one request after the other.
struct Writer<'a> {
    stream: BufReader<TcpStream>,
    token: &'a str,
}

impl<'a> Writer<'a> {
    fn new(running: &Running, token: &'a str) -> Self {
        let stream = running.connected();
        stream.set_nodelay(true).unwrap();
        Self {
            stream: BufReader::new(stream),
            token,
        }
    }

    /// A request; its status and answer, or none if the service is gone before it is acknowledged.
    fn ask(&mut self, method: &str, address: &str, body: &str) -> Option<(u16, Value)> {
        let (token, length) = (self.token, body.len());
        let request = format!(
            "{method} {address} HTTP/1.1\r\nhost: zhugan\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.stream.get_mut().write_all(request.as_bytes()).ok()?;
        let (mut status, mut length) = (None, 0);
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let line = line.trim_end().to_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().ok();
            } else if let Some(rest) = line.strip_prefix("content-length: ") {
                length = rest.parse().ok()?;
            } else if line.is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer).ok()?;
        Some((status?, serde_json::from_slice(&answer).unwrap_or_default()))
    }
}

/// What a writer knows of the pieces: how each was acknowledged last, and what it asked for last.
#[derive(Default)]
struct Pieces {
    acknowledged: BTreeMap<String, Option<u64>>,
    asked: Option<(Option<String>, Option<u64>)>,
    n_asked: u64,
}

/// What a piece is said to be by the change of a number: all of it together, so that half of it would be seen.
fn said(number: u64) -> String {
    let words = ["usable", "damaged", "missing", "unverified"];
    let condition = words[(number % 4) as usize];
    let day = 1 + number % 28;
    format!(
        "\"condition\":\"{condition}\",\"inspected_on\":\"2026-11-{day:02}\",\"note\":\"{number}\""
    )
}

const EQUIPMENT: &str = "/api/v1/regions/canal-town/equipment";

impl Pieces {
    /// Adds, edits and retires pieces until the service is gone.
    fn write(&mut self, writer: &mut Writer<'_>) {
        for _ in 0..MOST_CHANGES {
            self.n_asked += 1;
            let number = self.n_asked;
            let there = self
                .acknowledged
                .iter()
                .filter(|(_, state)| state.is_some());
            let there: Vec<String> = there.map(|(id, _)| id.clone()).collect();
            let some = there.get(chance(number) as usize % there.len().max(1));
            let (method, id, body) = match (some, chance(number + 1) % 8) {
                (Some(id), 0) if 12 < there.len() => ("DELETE", Some(id), String::new()),
                (Some(id), 1..=5) => ("PATCH", Some(id), format!("{{{}}}", said(number))),
                _ => {
                    let at = place(-100.0 + (number % 200) as f64, -6.0);
                    let said = said(number);
                    let body = format!("{{\"kind\":\"pole\",\"at\":[{at}],{said}}}");
                    ("POST", None, body)
                }
            };
            let becomes = (method != "DELETE").then_some(number);
            self.asked = Some((id.cloned(), becomes));
            let address = id.map_or(EQUIPMENT.to_owned(), |id| format!("{EQUIPMENT}/{id}"));
            let Some((status, answer)) = writer.ask(method, &address, &body) else {
                return;
            };
            assert!((200..300).contains(&status), "{method} {body}: {answer}");
            let id = id.map_or_else(|| answer["id"].as_str().unwrap().to_owned(), Clone::clone);
            self.acknowledged.insert(id, becomes);
            self.asked = None;
        }
    }

    /// What is there is what was acknowledged; what was only asked for is there as a whole or not at all.
    fn check(&mut self, writer: &mut Writer<'_>) {
        let (_, all) = writer
            .ask("GET", &format!("{EQUIPMENT}?limit=5000"), "")
            .unwrap();
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for piece in all["features"].as_array().unwrap() {
            let properties = &piece["properties"];
            let id = properties["id"].as_str().unwrap().to_owned();
            if let Some(note) = properties["note"].as_str() {
                let number: u64 = note.parse().unwrap();
                let whole = said(number);
                for field in ["condition", "inspected_on"] {
                    let value = properties[field].as_str().unwrap();
                    assert!(whole.contains(value), "half of {whole}: {properties}");
                }
                found.insert(id, number);
            }
        }
        if let Some((id, becomes)) = self.asked.take() {
            let new = || found.keys().find(|id| !self.acknowledged.contains_key(*id));
            let id = id.or_else(|| new().cloned());
            // It may have been kept just before the end, and is from now on part of what there is.
            if let Some(id) = id.filter(|id| found.get(id).copied() == becomes) {
                self.acknowledged.insert(id, becomes);
            }
        }
        let there = self.acknowledged.iter();
        let there = there.filter_map(|(id, state)| Some((id.clone(), (*state)?)));
        assert_eq!(found, there.collect::<BTreeMap<_, _>>());
    }
}

/// What a writer knows of the bridge.
#[derive(Default)]
struct Bridge {
    address: String,
    is_closed: bool,
    is_asked: bool,
}

impl Bridge {
    /// Closes and opens the bridge until the service is gone.
    fn write(&mut self, writer: &mut Writer<'_>) {
        for _ in 0..MOST_CHANGES {
            self.is_asked = true;
            let state = if self.is_closed { "open" } else { "closed" };
            let body = format!("{{\"state\":\"{state}\"}}");
            let Some((status, answer)) = writer.ask("PATCH", &self.address, &body) else {
                return;
            };
            assert_eq!(status, 200, "{answer}");
            self.is_closed = !self.is_closed;
            self.is_asked = false;
        }
    }

    fn check(&mut self, writer: &mut Writer<'_>) {
        let all = "/api/v1/regions/canal-town/crossings";
        let (_, all) = writer.ask("GET", all, "").unwrap();
        let properties = &all["features"][0]["properties"];
        let id = properties["id"].as_str().unwrap();
        self.address = format!("/api/v1/regions/canal-town/crossings/{id}");
        let is_closed = properties["state"] == "closed";
        assert!(is_closed == self.is_closed || self.is_asked, "{properties}");
        (self.is_closed, self.is_asked) = (is_closed, false);
    }
}

/// The store is whole, every row is as the audit log says; the number of entries.
fn entries(dir: &Path) -> usize {
    let report = sqlite::check(dir).unwrap();
    assert_eq!(report.faults, [""; 0]);
    report.audit
}

#[test]
fn a_service_that_is_killed_at_any_moment_loses_nothing_that_it_acknowledged() {
    let (town, kept) = (canal(), Folder::new(&[]));
    let data = folder(&kept);
    let token = token(data);
    let (mut pieces, mut bridge) = (Pieces::default(), Bridge::default());
    let mut n_entries = 0;
    for kill in 0..=KILLS {
        let mut running = Running::new(&[folder(&town), "--data", data]);
        running.wait_until_ready();
        let mut one = Writer::new(&running, &token);
        let mut other = Writer::new(&running, &token);
        pieces.check(&mut one);
        bridge.check(&mut other);
        if kill == KILLS {
            break;
        }
        thread::scope(|scope| {
            scope.spawn(|| pieces.write(&mut one));
            scope.spawn(|| bridge.write(&mut other));
            thread::sleep(Duration::from_micros(chance(kill) % 120_000));
            running.child.kill().unwrap();
        });
        running.child.wait().unwrap();
        let now = entries(kept.path());
        assert!(n_entries <= now, "an entry of the log is gone");
        n_entries = now;
    }
    let n_acknowledged = pieces.acknowledged.len();
    assert!(
        20 < n_acknowledged && 100 < n_entries,
        "too little was written to prove anything: {n_acknowledged} pieces, {n_entries} changes"
    );
}

/// Where the writer below writes; it does nothing unless a test has started it.
const WHERE: &str = "ZHUGAN_TEST_INCIDENTS";

/// No test of its own: the program that the next one kills.
#[test]
fn incidents_are_written_until_the_end() {
    let Some(dir) = env::var_os(WHERE) else {
        return;
    };
    let store = opened(Path::new(&dir));
    let what = NewIncident {
        kind: IncidentKind::Drowning,
        at: LonLat::new(120.4, 29.8).unwrap(),
        village: None,
        note: None,
    };
    let name = Name::new("R1").unwrap();
    let task = Task::new(Role::Straight, Some(name), None, None).unwrap();
    let two = [task.clone(), task.clone()];
    for _ in 0..MOST_CHANGES {
        let id = store
            .open_incident(&act("town", 1), &what, &two)
            .unwrap()
            .id;
        println!("\nacknowledged {} 2", id.0);
        let third = store.record_sending(&act("town", 2), id, &task).unwrap();
        println!("\nacknowledged {} 3", id.0);
        let at = Moment { ms: 3 };
        store
            .record_arrival(&act("town", 3), id, third.id, at)
            .unwrap();
        println!("\nacknowledged {} 4", id.0);
        store
            .close_incident(&act("town", 4), id, Moment { ms: 4 })
            .unwrap();
        println!("\nacknowledged {} 5", id.0);
    }
}

#[test]
fn a_writer_of_incidents_that_is_killed_at_any_moment_loses_nothing_either() {
    let kept = Folder::new(&[]);
    let mut steps: BTreeMap<i64, usize> = BTreeMap::new();
    for kill in 0..20 {
        let mut writer = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "store::crash::incidents_are_written_until_the_end",
            ])
            .args(["--nocapture", "--test-threads", "1"])
            .env(WHERE, kept.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(writer.stdout.take().unwrap());
        let mut told = out.lines().map_while(Result::ok);
        // The first change tells that it has begun.
        let first = told.find(|line| line.starts_with("acknowledged"));
        thread::sleep(Duration::from_micros(chance(kill) % 60_000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        for line in first.into_iter().chain(told) {
            let Some(rest) = line.strip_prefix("acknowledged ") else {
                continue;
            };
            // The last line may be cut.
            if let Some((id, step)) = rest.split_once(' ')
                && let (Ok(id), Ok(step)) = (id.parse(), step.parse())
            {
                steps.insert(id, step);
            }
        }
        entries(kept.path());
        let store = opened(kept.path());
        for (&id, &step) in &steps {
            let kept = store.incident("town", IncidentId(id)).unwrap();
            let kept = kept.unwrap_or_else(|| panic!("{id} was acknowledged"));
            let n_sent = kept.sent.len();
            let n_arrived = kept.sent.iter().filter(|sent| sent.arrived_at.is_some());
            let n_done = n_sent + n_arrived.count() + usize::from(kept.closed_at.is_some());
            assert!((step..=step + 1).contains(&n_done), "{id}: {step} {n_done}");
            assert!(2 <= n_sent, "opened with all that was sent at once");
        }
    }
    assert!(20 <= steps.len(), "too little was written: {}", steps.len());
}
