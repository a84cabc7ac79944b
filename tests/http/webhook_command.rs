//! Webhooks from the terminal: added, listed and removed beside the service, with the secret told once.

use std::io::Read;
use std::io::Write;
use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::commands::canal;
use crate::formats::Folder;
use crate::http::notices::notice;
use crate::http::program::Running;
use crate::http::program::folder;
use crate::http::restart::asked;
use crate::http::restart::token;
use crate::program::zhugan;

const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_webhook_is_added_listed_and_removed_from_the_terminal() {
    let kept = Folder::new(&[]);
    let data = folder(&kept);
    let webhook = |more: &[&str]| {
        let mut arguments = vec!["webhook"];
        arguments.extend_from_slice(more);
        arguments.extend_from_slice(&["--data", data]);
        zhugan(&arguments)
    };
    let added = webhook(&["add", "https://hooks.example.org/a?key=hidden"]).text();
    let secret = added.lines().next().unwrap();
    assert!(secret.starts_with("whsec_"), "{added}");
    webhook(&["add", "https://bots.example.org/b", "--shape", "wecom"]).text();
    let listed = webhook(&["list"]).text();
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(
        lines,
        [
            "1: https://hooks.example.org, json, all regions; nothing to tell yet",
            "2: https://bots.example.org, wecom, all regions; nothing to tell yet",
        ]
    );
    // Neither the secret nor what is behind the server in the address is told again.
    assert!(
        !listed.contains(secret) && !listed.contains("hidden"),
        "{listed}"
    );
    webhook(&["remove", "1"]).text();
    assert!(webhook(&["list"]).text().starts_with("2: "));
    let gone = webhook(&["remove", "1"]);
    assert!(
        gone.code == Some(1) && gone.err.contains('1'),
        "{}",
        gone.err
    );
    let open = webhook(&["add", "http://hooks.example.org/a"]);
    assert!(
        open.code == Some(2) && open.err.contains("https://"),
        "{}",
        open.err
    );
    let odd = webhook(&["add", "https://a.example/", "--shape", "pigeon"]);
    assert!(
        odd.code == Some(2) && odd.err.contains("json, wecom"),
        "{}",
        odd.err
    );
}

#[test]
fn a_webhook_that_is_added_beside_the_service_is_told_of_the_next_notice() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (told, got) = channel();
    thread::spawn(move || {
        let Ok((mut stream, _)) = listener.accept() else {
            return;
        };
        stream.set_read_timeout(Some(LONG)).unwrap();
        let mut head = [0; 4_096];
        let n = stream.read(&mut head).unwrap_or(0);
        let _ = told.send(String::from_utf8_lossy(&head[..n]).into_owned());
        let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
    });
    let (town, kept) = (canal(), Folder::new(&[]));
    let data = folder(&kept);
    let token = token(data);
    let running = Running::new(&[
        folder(&town),
        "--data",
        data,
        "--webhooks-to-private-addresses",
    ]);
    running.wait_until_ready();
    zhugan(&["webhook", "add", &url, "--data", data]).text();
    let address = ("POST", "/api/v1/regions/canal-town/notices");
    let (status, written) = asked(&running, address, &token, &notice(-1, 60).to_string());
    assert_eq!(status, 201, "{written}");
    let head = got.recv_timeout(LONG).unwrap();
    assert!(
        head.starts_with("POST /hook ") && head.contains("webhook-signature: v1,"),
        "{head}"
    );
}
