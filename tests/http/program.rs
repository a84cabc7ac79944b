//! The built program as a service: what it prints, how it ends.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::TcpListener;
use std::net::TcpStream;
use std::process::Child;
use std::process::Command;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use crate::commands::canal;
use crate::formats::Folder;
use crate::program::PATIENCE;
use crate::program::drained;
use crate::program::ended;
use crate::program::started;
use crate::program::zhugan;

/// A service that runs; it is ended with the test.
pub struct Running {
    pub child: Child,
    pub address: String,
}

impl Running {
    pub fn new(arguments: &[&str]) -> Self {
        let mut child = started(
            &[&["serve", "--listen", "127.0.0.1:0"], arguments].concat(),
            None,
        );
        drop(drained(child.stderr.take().unwrap()));
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().trim_end_matches('/');
        let (_, address) = address.split_once("http://").unwrap();
        Self {
            address: address.to_owned(),
            child,
        }
    }

    pub fn connected(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The status line and all the rest of the answer.
    pub fn get(&self, path: &str) -> String {
        let mut stream = self.connected();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: zhugan\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    pub fn wait_until_ready(&self) {
        let start = Instant::now();
        while !self.get("/readyz").starts_with("HTTP/1.1 200") {
            assert!(start.elapsed() < PATIENCE, "{}", self.get("/readyz"));
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks the process, and no other, to end.
    pub fn terminate(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The status of signing in with a wrong password through a proxy that says where the request comes from.
fn wrong_from(running: &Running, address: &str, name: &str) -> String {
    let body = format!("{{\"name\":\"{name}\",\"password\":\"wrong wrong wrong\"}}");
    let mut stream = running.connected();
    write!(
        stream,
        "POST /api/v1/session HTTP/1.1\r\nhost: zhugan\r\nx-forwarded-for: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}

#[test]
fn whoever_has_many_addresses_guesses_no_more_passwords_than_others() {
    let town = canal();
    let running = Running::new(&[folder(&town)]);
    for n in 1..=5 {
        let address = format!("2001:db8:0:7:{n}::{n}");
        assert_eq!(wrong_from(&running, &address, "wang"), "401", "{n}");
    }
    let of_the_same = wrong_from(&running, "2001:db8:0:7:ffff::1", "wang");
    assert_eq!(of_the_same, "429");
    assert_eq!(wrong_from(&running, "2001:db8:0:8::1", "wang"), "401");
}

/// A service that runs, and what it prints in the first lines after its address.
pub fn saying(arguments: &[&str], n_lines: usize) -> (Running, String) {
    let mut child = started(
        &[&["serve", "--listen", "127.0.0.1:0"], arguments].concat(),
        None,
    );
    drop(drained(child.stderr.take().unwrap()));
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let lines: Vec<String> = lines.take(1 + n_lines).map(Result::unwrap).collect();
    let (_, address) = lines[0].split_once("http://").unwrap();
    let running = Running {
        address: address.trim_end_matches('/').to_owned(),
        child,
    };
    (running, lines[1..].join("\n"))
}

pub fn folder(town: &Folder) -> &str {
    town.path().to_str().unwrap()
}

#[test]
fn it_prints_its_address_lives_at_once_and_is_ready_soon() {
    let town = canal();
    let running = Running::new(&[folder(&town)]);
    assert!(running.get("/healthz").starts_with("HTTP/1.1 200"));
    running.wait_until_ready();
    let regions = running.get("/api/v1/regions");
    assert!(regions.contains("\"canal-town\""), "{regions}");
}

#[test]
fn without_a_region_it_serves_the_samples_from_anywhere() {
    let empty = Folder::new(&[]);
    let mut child = started(&["--help"], Some(empty.path()));
    assert_eq!(ended(&mut child), Some(0));
    let running = Running::new(&[]);
    let regions = running.get("/api/v1/regions");
    assert!(regions.contains("\"liechtenstein\""), "{regions}");
}

#[test]
fn pages_of_the_named_servers_and_no_others_may_ask() {
    let town = canal();
    let running = Running::new(&[
        folder(&town),
        "--allow-origin",
        "https://map.example",
        "--allow-origin",
        "http://localhost:5173",
    ]);
    for (origin, may) in [
        ("https://map.example", true),
        ("http://localhost:5173", true),
        ("https://other.example", false),
    ] {
        let mut stream = running.connected();
        write!(
            stream,
            "GET /healthz HTTP/1.1\r\nhost: zhugan\r\norigin: {origin}\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let allowed = format!("access-control-allow-origin: {origin}\r\n");
        assert_eq!(answer.contains(&allowed), may, "{answer}");
    }
    for wrong in ["*", "https://map.example/", "map.example"] {
        let done = zhugan(&["serve", folder(&town), "--allow-origin", wrong]);
        assert_eq!(done.code, Some(2), "{wrong}");
        assert!(done.err.contains("an origin"), "{}", done.err);
    }
}

#[test]
fn a_request_under_way_is_finished_when_it_is_asked_to_end() {
    for signal in ["-TERM", "-INT"] {
        let town = canal();
        let mut running = Running::new(&[folder(&town)]);
        running.wait_until_ready();
        let mut stream = running.connected();
        let body = "{\"changes\":[{\"remove\":{\"id\":\"P1\"}}]}";
        let (early, late) = body.split_at(10);
        let length = body.len();
        write!(stream, "POST /api/v1/regions/canal-town/scenarios/evaluate HTTP/1.1\r\nhost: zhugan\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{early}").unwrap();
        thread::sleep(Duration::from_millis(200));
        running.terminate(signal);
        thread::sleep(Duration::from_millis(200));
        assert!(
            TcpStream::connect(&running.address).is_err(),
            "nobody new is let in"
        );
        stream.write_all(late.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.contains("uncovered"),
            "{answer}"
        );
        assert_eq!(ended(&mut running.child), Some(0));
    }
}

#[test]
fn a_page_that_listens_does_not_hold_up_the_end() {
    let town = canal();
    let mut running = Running::new(&[folder(&town)]);
    running.wait_until_ready();
    let mut stream = running.connected();
    write!(
        stream,
        "GET /api/v1/regions/canal-town/events HTTP/1.1\r\nhost: zhugan\r\n\r\n"
    )
    .unwrap();
    let mut head = [0; 15];
    stream.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 200 OK");
    running.terminate("-TERM");
    assert_eq!(ended(&mut running.child), Some(0));
}

#[test]
fn what_is_no_http_is_turned_away_and_the_rest_served() {
    let town = canal();
    let running = Running::new(&[folder(&town)]);
    let garbage = [
        &b"\x16\x03\x01 tls\r\n\r\n"[..],
        b"GET / HTTP/9\r\n\r\n",
        b"\r\n\r\n\r\n\0\r\n\r\n",
    ];
    for text in garbage {
        let mut stream = running.connected();
        stream.write_all(text).unwrap();
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(
            answer.is_empty() || answer.starts_with(b"HTTP/1.1 400"),
            "{answer:?}"
        );
    }
    let mut stream = running.connected();
    write!(
        stream,
        "GET / HTTP/1.1\r\nhost: zhugan\r\nx: {}\r\n\r\n",
        "x".repeat(40_000)
    )
    .ok();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(
        answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"),
        "{answer:?}"
    );
    assert!(running.get("/healthz").starts_with("HTTP/1.1 200"));
}

#[test]
fn an_address_that_is_taken_is_one_clear_line() {
    let town = canal();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let done = zhugan(&["serve", folder(&town), "--listen", &address]);
    done.failed_with(&[&address, "--listen"]);
    let wrong = zhugan(&["serve", "--listen", "everywhere"]);
    assert_eq!(wrong.code, Some(2));
    assert_eq!(zhugan(&["serve", "--threads", "0"]).code, Some(2));
}
