//! Webhooks: real messages to real listeners on this machine: signed, tried again, given up, never led astray.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::Hmac;
use hmac::Mac;
use serde_json::Value;
use serde_json::json;
use sha2::Sha256;
use tokio::runtime::Runtime;
use zhugan::app::keeping::Folder::Named;
use zhugan::app::keeping::Keeping;
use zhugan::http::sender;
use zhugan::http::sender::Telling;
use zhugan::http::service::Limits;
use zhugan::http::service::Service;
use zhugan::http::service::Settings;
use zhugan::model::account::Role;

use crate::commands::canal;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::TOKEN;
use crate::http::change;
use crate::http::let_in;
use crate::http::notices::notice;
use crate::http::notices::write;
use crate::http::of_town;

/// Everything that a test waits for comes within this.
const LONG: Duration = Duration::from_secs(20);

/// A message as a receiver gets it.
struct Got {
    head: String,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }
}

/// Somebody who listens, gives these answers, one to a connection, and is gone; without an answer it only holds on.
fn listener(answers: &[&str]) -> (String, Receiver<Got>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/hook?key=secret", listener.local_addr().unwrap());
    let answers: Vec<String> = answers.iter().map(|text| (*text).to_owned()).collect();
    let (told, got) = mpsc::channel();
    thread::spawn(move || {
        let end = Instant::now() + LONG;
        let mut held = Vec::new();
        for answer in answers {
            let mut stream = loop {
                match listener.accept() {
                    Ok((stream, _)) => break stream,
                    Err(_) if Instant::now() < end => thread::sleep(Duration::from_millis(5)),
                    Err(_) => return,
                }
            };
            stream.set_nonblocking(false).unwrap();
            let _ = told.send(read(&stream));
            if answer.is_empty() {
                held.push(stream);
            } else {
                let _ = stream.write_all(answer.as_bytes());
            }
        }
        // What is held on to is let go when nobody can wait for it any more.
        thread::sleep(Duration::from_secs(u64::from(!held.is_empty()) * 2));
    });
    (url, got)
}

fn read(stream: &TcpStream) -> Got {
    stream.set_read_timeout(Some(LONG)).unwrap();
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && 0 < reader.read_line(&mut head).unwrap() {}
    let mut got = Got {
        head,
        body: String::new(),
    };
    let length: u64 = got.header("content-length").parse().unwrap_or(0);
    reader.take(length).read_to_string(&mut got.body).unwrap();
    got
}

fn answer(status: &str, more: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n{more}connection: close\r\n\r\n")
}

/// Tries again soon, so that nobody waits for the test.
fn quick() -> Telling {
    Telling {
        to_private: true,
        waits: vec![Duration::from_millis(20); 2],
        within: Duration::from_millis(500),
    }
}

fn service(town: &Folder, keeping: &Keeping, telling: Telling) -> Service {
    let_in(keeping, "keeper", TOKEN, (Role::Administrator, None));
    let settings = Settings {
        keeping: keeping.clone(),
        telling,
        ..Settings::default()
    };
    let service = Service::with(settings, &[town.path().to_owned()], Limits::of_cores(2));
    service.load();
    service
}

/// A service that tells webhooks as long as it is there.
struct Teller {
    service: Service,
    _runtime: Runtime,
}

impl Teller {
    fn new(service: Service) -> Self {
        let runtime = Runtime::new().unwrap();
        runtime.spawn(sender::tell(service.clone()));
        Self {
            service,
            _runtime: runtime,
        }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.service.stop();
    }
}

fn hook(service: &Service, url: &str, shape: &str) -> Answer {
    let body = json!({"url": url, "shape": shape}).to_string();
    change(service, ("POST", "/api/v1/webhooks"), &body, &[])
}

/// The number and the secret of a new webhook.
fn hooked(service: &Service, url: &str, shape: &str) -> (i64, String) {
    let answer = hook(service, url, shape);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let made: Value = serde_json::from_slice(&answer.body).unwrap();
    (
        made["id"].as_i64().unwrap(),
        made["secret"].as_str().unwrap().to_owned(),
    )
}

fn deliveries(service: &Service, id: i64) -> Vec<Value> {
    let address = format!("/api/v1/webhooks/{id}/deliveries");
    let answer = change(service, ("GET", &address), "", &[]).json();
    answer["deliveries"].as_array().unwrap().clone()
}

/// The latest delivery of a webhook, once it is in a state.
fn once(service: &Service, id: i64, state: &str) -> Value {
    let end = Instant::now() + LONG;
    loop {
        let latest = deliveries(service, id).first().cloned().unwrap_or_default();
        if latest["state"] == state {
            return latest;
        }
        assert!(Instant::now() < end, "{latest} is not {state}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The signature that Standard Webhooks asks for.
fn signature(secret: &str, got: &Got) -> String {
    let key = STANDARD
        .decode(secret.strip_prefix("whsec_").unwrap())
        .unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    let (id, at) = (got.header("webhook-id"), got.header("webhook-timestamp"));
    mac.update(format!("{id}.{at}.{}", got.body).as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[test]
fn a_notice_goes_out_signed_at_once_and_so_do_its_change_and_its_end() {
    let (town, ok) = (canal(), answer("204 No Content", ""));
    let (url, got) = listener(&[&ok, &ok, &ok]);
    let teller = Teller::new(service(&town, &Keeping::default(), quick()));
    let (id, secret) = hooked(&teller.service, &url, "json");
    let made = write(&teller.service, &notice(-1, 60));
    let first = got.recv_timeout(LONG).unwrap();
    assert!(
        first.head.starts_with("POST /hook?key=secret HTTP/1.1\r\n"),
        "{}",
        first.head
    );
    assert_eq!(first.header("content-type"), "application/json");
    assert_eq!(
        first.header("webhook-signature"),
        signature(&secret, &first)
    );
    let body: Value = serde_json::from_str(&first.body).unwrap();
    let made: Value = serde_json::from_slice(&made.body).unwrap();
    assert_eq!(
        (&body["type"], &body["data"]["id"]),
        (&json!("notice.published"), &made["id"])
    );
    assert_eq!(body["data"]["zh"], made["zh"]);

    let address = of_town(&format!("/notices/{}", made["id"]));
    change(
        &teller.service,
        ("PATCH", &address),
        r#"{"severity":"minor"}"#,
        &[],
    )
    .json();
    let second = got.recv_timeout(LONG).unwrap();
    change(&teller.service, ("DELETE", &address), "", &[]);
    let third = got.recv_timeout(LONG).unwrap();
    let kinds = [&second, &third].map(|got| {
        let body: Value = serde_json::from_str(&got.body).unwrap();
        body["type"].clone()
    });
    assert_eq!(kinds, ["notice.changed", "notice.withdrawn"]);
    assert_ne!(first.header("webhook-id"), second.header("webhook-id"));
    let last = once(&teller.service, id, "delivered");
    assert_eq!(
        (&last["attempts"], &last["fault"]),
        (&json!(1), &Value::Null)
    );
}

#[test]
fn what_fails_is_tried_again_under_the_same_id_until_it_is_taken() {
    let (town, failed, ok) = (canal(), answer("500 Oops", ""), answer("200 OK", ""));
    let (url, got) = listener(&[&failed, &ok]);
    let teller = Teller::new(service(&town, &Keeping::default(), quick()));
    let (id, _) = hooked(&teller.service, &url, "json");
    write(&teller.service, &notice(-1, 60));
    let [first, second] = [(); 2].map(|()| got.recv_timeout(LONG).unwrap());
    assert_eq!(first.header("webhook-id"), second.header("webhook-id"));
    assert_eq!(first.body, second.body);
    assert_eq!(once(&teller.service, id, "delivered")["attempts"], 2);
}

#[test]
fn what_fails_again_and_again_is_given_up_and_shown() {
    let (town, failed) = (canal(), answer("503 Later", ""));
    let (url, _got) = listener(&[failed.as_str(); 3]);
    let teller = Teller::new(service(&town, &Keeping::default(), quick()));
    let (id, _) = hooked(&teller.service, &url, "json");
    write(&teller.service, &notice(-1, 60));
    let last = once(&teller.service, id, "given_up");
    let expected = json!([3, "it answered 503", null]);
    assert_eq!(
        json!([last["attempts"], last["fault"], last["next_at"]]),
        expected
    );
}

#[test]
fn nobody_waits_for_a_receiver_that_says_nothing() {
    let town = canal();
    let (url, _got) = listener(&[""; 3]);
    let teller = Teller::new(service(&town, &Keeping::default(), quick()));
    let (id, _) = hooked(&teller.service, &url, "json");
    write(&teller.service, &notice(-1, 60));
    let last = once(&teller.service, id, "given_up");
    assert_eq!(last["fault"], "no answer within 0.5 s");
}

#[test]
fn a_redirect_is_not_followed() {
    let (town, ok) = (canal(), answer("200 OK", ""));
    let (elsewhere, astray) = listener(&[&ok]);
    let redirect = answer("307 Elsewhere", &format!("location: {elsewhere}\r\n"));
    let (url, _got) = listener(&[redirect.as_str(); 3]);
    let teller = Teller::new(service(&town, &Keeping::default(), quick()));
    let (id, _) = hooked(&teller.service, &url, "json");
    write(&teller.service, &notice(-1, 60));
    assert_eq!(
        once(&teller.service, id, "given_up")["fault"],
        "it answered 307"
    );
    assert!(astray.try_recv().is_err(), "nobody else was told");
}

#[test]
fn only_public_servers_are_told_unless_the_service_was_started_otherwise() {
    let (town, keeping) = (canal(), Keeping::default());
    let strict = service(&town, &keeping, Telling::default());
    for (url, word) in [
        ("http://hooks.example.org/", "https://"),
        ("https://127.0.0.1/", "no public address"),
        ("https://[::1]/", "no public address"),
        ("https://192.168.1.1/", "no public address"),
        (
            "https://user:secret@hooks.example.org/",
            "name and a password",
        ),
        ("hooks", "is no address"),
    ] {
        hook(&strict, url, "json").refused(400, "bad-parameter", &["url", word]);
    }
    // Set while it was allowed, and told after it is not any more.
    let ok = answer("200 OK", "");
    let (url, got) = listener(&[&ok]);
    let loose = service(&town, &keeping, quick());
    let (id, _) = hooked(&loose, &url, "json");
    let port = url.trim_start_matches("http://127.0.0.1");
    let (secure, _) = hooked(&loose, &format!("https://localhost{port}"), "json");
    write(&loose, &notice(-1, 60));
    let short = Telling {
        waits: Vec::new(),
        ..Telling::default()
    };
    let teller = Teller::new(service(&town, &keeping, short));
    let refused = once(&teller.service, id, "given_up")["fault"].clone();
    assert!(refused.as_str().unwrap().contains("https://"), "{refused}");
    let refused = once(&teller.service, secure, "given_up")["fault"].clone();
    assert!(
        refused.as_str().unwrap().contains("no public address"),
        "{refused}"
    );
    assert!(got.try_recv().is_err(), "nobody was told");
}

#[test]
fn what_was_not_told_before_the_end_is_told_after_the_next_start() {
    let (town, data, ok) = (canal(), Folder::new(&[]), answer("200 OK", ""));
    let (url, got) = listener(&[&ok]);
    let kept = || Keeping::open(&Named(data.path().to_owned())).unwrap();
    {
        let keeping = kept();
        let silent = service(&town, &keeping, quick());
        hooked(&silent, &url, "json");
        assert_eq!(write(&silent, &notice(-1, 60)).status, 201);
    }
    let keeping = kept();
    let _teller = Teller::new(service(&town, &keeping, quick()));
    let told = got.recv_timeout(LONG).unwrap();
    assert!(told.body.contains("notice.published"), "{}", told.body);
}

#[test]
fn a_group_is_told_in_its_bot_s_own_words_and_the_bot_may_say_no() {
    let town = canal();
    let no = "{\"errcode\":45009}";
    let no = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{no}",
        no.len()
    );
    let (url, got) = listener(&[&no, &answer("200 OK", "")]);
    let teller = Teller::new(service(&town, &Keeping::default(), quick()));
    let (id, _) = hooked(&teller.service, &url, "wecom");
    let mut asked = notice(-1, 60);
    asked["villages"] = json!(["330681"]);
    write(&teller.service, &asked);
    let first = got.recv_timeout(LONG).unwrap();
    let body: Value = serde_json::from_str(&first.body).unwrap();
    let content = body["markdown"]["content"].as_str().unwrap();
    assert!(
        content.starts_with("## 薄冰：别上冰\n> ") && content.contains("\n> West\n冰很薄。"),
        "{content}"
    );
    assert_eq!(once(&teller.service, id, "delivered")["attempts"], 2);
}

#[test]
fn a_webhook_shows_neither_its_secret_nor_what_is_behind_its_server() {
    let town = canal();
    let service = service(&town, &Keeping::default(), quick());
    let url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6";
    let (id, secret) = hooked(&service, url, "wecom");
    let all = change(&service, ("GET", "/api/v1/webhooks"), "", &[]);
    let server = "https://qyapi.weixin.qq.com";
    let shown = json!([{"id": id, "server": server, "shape": "wecom", "region": null}]);
    assert_eq!(all.json()["webhooks"], shown);
    let log = change(&service, ("GET", "/api/v1/audit"), "", &[]).text();
    for text in [all.text(), log.clone()] {
        assert!(
            !text.contains("693a91f6") && !text.contains(&secret),
            "{text}"
        );
    }
    assert!(log.contains(server), "{log}");
    let address = format!("/api/v1/webhooks/{id}");
    assert_eq!(change(&service, ("DELETE", &address), "", &[]).status, 204);
    change(&service, ("DELETE", &address), "", &[]).refused(404, "unknown-webhook", &[]);
    change(&service, ("GET", &format!("{address}/deliveries")), "", &[]).refused(
        404,
        "unknown-webhook",
        &[],
    );
}

#[test]
fn a_webhook_of_another_region_is_told_nothing_and_there_are_not_too_many() {
    let town = canal();
    let service = service(&town, &Keeping::default(), quick());
    let body =
        json!({"url": "https://a.example/", "shape": "json", "region": "canal-town"}).to_string();
    let made = change(&service, ("POST", "/api/v1/webhooks"), &body, &[]);
    assert_eq!(made.status, 201, "{}", made.text());
    let other = body.replace("canal-town", "atlantis");
    let answer = change(&service, ("POST", "/api/v1/webhooks"), &other, &[]);
    answer.refused(404, "unknown-region", &["atlantis"]);
    for _ in 1..20 {
        hooked(&service, "https://a.example/", "json");
    }
    hook(&service, "https://a.example/", "json").refused(409, "too-many-webhooks", &["remove one"]);
}
