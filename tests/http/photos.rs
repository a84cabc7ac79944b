//! Photos of reports over HTTP: who adds them, who sees them, and what is not let in.

use std::convert::Infallible;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::Body;
use axum::body::Bytes;
use axum::http::Request;
use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream;
use image::ImageFormat;
use serde_json::Value;
use serde_json::json;
use sha2::Digest;
use sha2::Sha256;
use tokio::runtime::Runtime;
use tokio::time::sleep;
use zhugan::app::clock;
use zhugan::app::keeping;
use zhugan::http::routes::router;
use zhugan::http::service::Service;
use zhugan::model::moment::Moment;
use zhugan::model::report::About;
use zhugan::model::report::NewReport;
use zhugan::model::report::ReportKind;
use zhugan::store::Act;
use zhugan::store::photos::PhotoRight;

use crate::commands::canal;
use crate::formats::Folder;
use crate::formats::photo::claiming;
use crate::formats::photo::encoded;
use crate::formats::photo::flag;
use crate::formats::photo::with_exif;
use crate::http::Answer;
use crate::http::answer;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::post;
use crate::http::sent;

const MISSING: &str = "{\"kind\":\"missing\",\"equipment\":\"P1\"}";

fn town() -> (Folder, Service) {
    let town = canal();
    let service = kept(&[town.path()]);
    (town, service)
}

/// A stranger's report: its number and what lets the stranger add photos.
fn reported(service: &Service) -> (i64, String) {
    let made = post(service, &of_town("/reports"), MISSING);
    assert_eq!(made.status, 201, "{}", made.text());
    let receipt: Value = serde_json::from_slice(&made.body).unwrap();
    let right = receipt["photo_right"].as_str().unwrap();
    assert_eq!(right.len(), 64, "256 bits");
    (receipt["id"].as_i64().unwrap(), right.to_owned())
}

fn request((id, right): &(i64, String), body: impl Into<Body>) -> Request<Body> {
    let address = of_town(&format!("/reports/{id}/photos"));
    let request = Request::post(address)
        .header("content-type", "image/jpeg")
        .header("photo-right", right);
    request.body(body.into()).unwrap()
}

/// What a stranger who adds a photo is answered.
fn added(service: &Service, report: &(i64, String), photo: &[u8]) -> Answer {
    sent(&router(service), request(report, photo.to_vec()))
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(flag(width, height), ImageFormat::Jpeg)
}

/// What a planner gets.
fn seen(service: &Service, address: &str, headers: &[(&str, &str)]) -> Answer {
    change(service, ("GET", address), "", headers)
}

/// Every file of a folder and of those in it.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut left = vec![dir.to_owned()];
    while let Some(dir) = left.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_planner_sees_the_photos_of_a_strangers_report() {
    let (_town, service) = town();
    let report = reported(&service);
    let answer = added(&service, &report, &with_exif(&jpeg(3_000, 1_500), 6));
    assert_eq!(answer.status, 201, "{}", answer.text());
    let url = of_town("/reports/1/photos/1");
    assert_eq!(answer.header("location"), url);
    let photo = json!({"url": url, "width": 1_024, "height": 2_048});
    let made: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(made, photo);
    assert_eq!(added(&service, &report, &jpeg(40, 30)).status, 201);
    let list = seen(&service, &of_town("/reports"), &[]).json();
    let photos = &list["reports"][0]["photos"];
    assert_eq!(photos[0], photo);
    assert_eq!(photos[1]["url"], of_town("/reports/1/photos/2"));
    let one = seen(&service, &of_town("/reports/1"), &[]).json();
    assert_eq!(&one["photos"], photos);

    let shown = seen(&service, &url, &[]);
    assert_eq!(shown.status, 200);
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("x-content-type-options", "nosniff"),
        ("content-disposition", "inline"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cache-control", "private, no-cache"),
    ] {
        assert_eq!(shown.header(name), value);
    }
    let image = image::load_from_memory_with_format(&shown.body, ImageFormat::Jpeg).unwrap();
    assert_eq!((image.width(), image.height()), (1_024, 2_048));
    let known = [("if-none-match", shown.header("etag"))];
    let again = seen(&service, &url, &known);
    assert_eq!((again.status, again.body.len()), (304, 0));

    get(&service, &url).refused(401, "not-signed-in", &[]);
    seen(&service, &of_town("/reports/1/photos/3"), &[]).refused(404, "unknown-photo", &["3"]);
    seen(&service, &of_town("/reports/2/photos/1"), &[]).refused(404, "unknown-photo", &["2"]);
    seen(&service, &of_town("/reports/1/photos/x"), &[]).refused(400, "bad-address", &[]);
}

#[test]
fn only_whoever_has_made_a_report_adds_photos_to_it() {
    let (_town, service) = town();
    let (report, other) = (reported(&service), reported(&service));
    let photo = jpeg(40, 30);
    let stolen = (report.0, other.1.clone());
    let guessed = (report.0, "0".repeat(64));
    let none = (report.0, String::new());
    let nowhere = (99, report.1.clone());
    for wrong in [&stolen, &guessed, &none, &nowhere] {
        added(&service, wrong, &photo).refused(403, "no-photo-right", &["an hour"]);
    }
    let address = of_town("/reports/1/photos");
    change(&service, ("POST", &address), "", &[]).refused(403, "no-photo-right", &[]);
    // In the database there is nothing that could be shown.
    let hash = format!("{:x}", Sha256::digest(report.1.as_bytes()));
    let by_hash = (report.0, hash);
    added(&service, &by_hash, &photo).refused(403, "no-photo-right", &[]);
    assert_eq!(added(&service, &report, &photo).status, 201);
}

#[test]
fn the_right_to_add_photos_ends_after_an_hour() {
    let (_town, service) = town();
    let what = NewReport {
        kind: ReportKind::Missing,
        about: About::Piece("P1".to_owned()),
        note: None,
        reporter: None,
    };
    let now = clock::now();
    let (mut ids, secret) = (Vec::new(), "an-unguessable-text");
    for (name, ms) in [(secret, -1), ("another", 60_000)] {
        let act = Act {
            region: "canal-town",
            who: "stranger",
            at: Moment {
                ms: now.ms - 3_600_000,
            },
            part_of: None,
        };
        let right = PhotoRight {
            hash: Sha256::digest(name.as_bytes()).into(),
            expires_at: Moment { ms: now.ms + ms },
        };
        let store = &service.regions().keeping().store;
        let made = store.open_report(&act, &what, None, &right, 200).unwrap();
        ids.push((made.id.0, name.to_owned()));
    }
    let photo = jpeg(40, 30);
    added(&service, &ids[0], &photo).refused(403, "no-photo-right", &[]);
    assert_eq!(added(&service, &ids[1], &photo).status, 201);
    // As it is given out: an hour from the report on.
    let made = reported(&service);
    let secret: [u8; 32] = Sha256::digest(made.1.as_bytes()).into();
    let store = &service.regions().keeping().store;
    let id = zhugan::model::report::ReportId(made.0);
    let may = |minutes: i64| {
        let then = Moment {
            ms: clock::now().ms + 60_000 * minutes,
        };
        store
            .may_add_photo("canal-town", id, &secret, then)
            .unwrap()
    };
    assert_eq!([may(0), may(59), may(61)], [true, true, false]);
}

#[test]
fn a_report_has_three_photos_and_the_same_one_is_kept_once() {
    let (_town, service) = town();
    let report = reported(&service);
    for width in [40, 50, 40, 50, 60] {
        assert_eq!(added(&service, &report, &jpeg(width, 30)).status, 201);
    }
    added(&service, &report, &jpeg(70, 30)).refused(409, "too-many-photos", &["3"]);
    let answer = added(&service, &report, &jpeg(50, 30));
    assert_eq!(answer.header("location"), of_town("/reports/1/photos/2"));
    let one = seen(&service, &of_town("/reports/1"), &[]).json();
    assert_eq!(one["photos"].as_array().unwrap().len(), 3);
}

#[test]
fn what_is_sent_is_known_by_its_bytes_and_nothing_else_of_it_is_heeded() {
    let data = Folder::new(&[]);
    let town = canal();
    let service = kept_in(&data, &[town.path()]);
    let report = reported(&service);
    let (before, beside) = (files(data.path()), files(town.path()));
    let address = of_town("/reports/1/photos");
    let name = format!("zhugan-was-here-{}.jpg", std::process::id());
    let outside = std::env::temp_dir().join(name);
    let path = format!("../../../../../..{}", outside.display());
    let named = |request: axum::http::request::Builder| {
        request
            .header("photo-right", &report.1)
            .header("content-type", "text/html")
            .header(
                "content-disposition",
                format!("attachment; filename=\"{path}\""),
            )
            .header("x-file-name", &path)
            .header("slug", &path)
    };
    for query in ["?file=", "?name=", "?path="] {
        let request = named(Request::post(format!("{address}{query}{path}")));
        let request = request.body(Body::from(jpeg(40, 30))).unwrap();
        sent(&router(&service), request).refused(400, "unknown-parameter", &["none"]);
    }
    let request = named(Request::post(&address));
    let request = request.body(Body::from(jpeg(40, 30))).unwrap();
    assert_eq!(sent(&router(&service), request).status, 201);
    for climbing in [
        "/reports/1/photos/..%2f..%2fzhugan.sqlite",
        "/reports/1/photos/..%2f1",
    ] {
        seen(&service, &of_town(climbing), &[]).refused(400, "bad-address", &[]);
    }
    assert!(!outside.exists());
    assert_eq!((files(data.path()), files(town.path())), (before, beside));
    let audit = seen(&service, &of_town("/audit"), &[]).text();
    assert!(
        audit.contains("\"photo\"") && !audit.contains("was-here"),
        "{audit}"
    );
}

#[test]
fn what_is_no_photo_is_refused_and_leaves_no_trace() {
    let (_town, service) = town();
    let report = reported(&service);
    let whole = jpeg(400, 300);
    for (wrong, words) in [
        (b"<html><script>alert(1)</script></html>".to_vec(), "JPEG"),
        (Vec::new(), "JPEG"),
        (claiming(60_000, 60_000), "60000 x 60000"),
        (whole[..whole.len() / 2].to_vec(), "too early"),
    ] {
        added(&service, &report, &wrong).refused(422, "bad-photo", &[words]);
    }
    let one = seen(&service, &of_town("/reports/1"), &[]).json();
    assert_eq!(one["photos"], json!([]));
}

#[test]
fn a_photo_of_more_than_8_mib_is_refused_whether_it_says_so_or_not() {
    const MOST: usize = 8 << 20;
    let (_town, service) = town();
    let report = reported(&service);
    added(&service, &report, &vec![0; MOST + 1]).refused(413, "body-too-large", &["8388608"]);
    let mebibyte = Bytes::from(vec![0; 1 << 20]);
    let endless = stream::repeat_with(move || Ok::<_, Infallible>(mebibyte.clone()));
    let request = request(&report, Body::from_stream(endless));
    sent(&router(&service), request).refused(413, "body-too-large", &[]);
}

#[test]
fn nothing_is_read_of_what_a_stranger_sends_who_may_not() {
    let (_town, service) = town();
    let (id, _) = reported(&service);
    let body = stream::poll_fn(|_| -> std::task::Poll<Option<io::Result<Bytes>>> {
        panic!("somebody reads it")
    });
    let wrong = (id, "0".repeat(64));
    let request = request(&wrong, Body::from_stream(body));
    sent(&router(&service), request).refused(403, "no-photo-right", &[]);
}

#[test]
fn slow_senders_hold_up_a_few_others_and_nobody_else() {
    const AT_ONCE: usize = 16;
    let (_town, service) = town();
    let report = reported(&service);
    let router = router(&service);
    Runtime::new().unwrap().block_on(async {
        let n_waited_for = Arc::new(AtomicUsize::new(0));
        let drip = || {
            let n_waited_for = Arc::clone(&n_waited_for);
            let begin = stream::once(async move {
                n_waited_for.fetch_add(1, Ordering::Relaxed);
                Ok::<_, io::Error>(Bytes::from_static(b"\xff\xd8"))
            });
            Body::from_stream(begin.chain(stream::pending()))
        };
        let slow = (0..AT_ONCE).map(|_| answer(&router, request(&report, drip())));
        let slow = join_all(slow);
        let others = async {
            for _ in 0..1_000 {
                if n_waited_for.load(Ordering::Relaxed) == AT_ONCE {
                    break;
                }
                sleep(Duration::from_millis(10)).await;
            }
            let turned_away = answer(&router, request(&report, jpeg(40, 30))).await;
            turned_away.refused(503, "busy", &["again"]);
            assert_eq!(turned_away.header("retry-after"), "1");
            let health = Request::get("/healthz").body(Body::empty()).unwrap();
            assert_eq!(answer(&router, health).await.status, 200);
        };
        tokio::select! {
            () = others => {}
            _ = slow => panic!("a body that never ends was read"),
        }
        // Whoever has hung up makes room.
        let photo = request(&report, jpeg(40, 30));
        assert_eq!(answer(&router, photo).await.status, 201);
    });
}

#[test]
fn photos_outlive_the_program_and_go_along_into_a_backup() {
    let (town, data) = (canal(), Folder::new(&[]));
    let service = kept_in(&data, &[town.path()]);
    let report = reported(&service);
    assert_eq!(added(&service, &report, &jpeg(40, 30)).status, 201);
    let url = of_town("/reports/1/photos/1");
    let before = seen(&service, &url, &[]).body;
    drop(service);
    let (copies, restored) = (Folder::new(&[]), Folder::new(&[]));
    let copy = copies.path().join("copy.sqlite");
    keeping::backup(data.path(), &copy).unwrap();
    keeping::restore(restored.path(), &copy).unwrap();
    for kept in [&data, &restored] {
        let service = kept_in(kept, &[town.path()]);
        assert_eq!(seen(&service, &url, &[]).body, before);
        drop(service);
        let report = keeping::check(kept.path()).unwrap();
        assert_eq!((report.photos, report.faults), (1, Vec::<String>::new()));
    }
}
