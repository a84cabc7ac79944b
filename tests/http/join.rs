//! The open call: a page that works without a script.

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use serde_json::json;
use zhugan::http::service::Service;

use super::Answer;
use super::change;
use super::get;
use super::kept;
use super::of_town;
use super::piece_page::MOST_BYTES;
use super::piece_page::at;
use super::sent;
use crate::commands::canal;
use crate::formats::Folder;
use zhugan::http::routes::router;

const GOOD: &str =
    "name=%E7%8E%8B%E8%8A%B3&phone=0575-87000000&kind=grid_worker&skill=boat&day=1&day=6";

fn town() -> (Folder, Service) {
    let town = canal();
    let service = kept(&[town.path()]);
    (town, service)
}

fn submitted(service: &Service, form: &str) -> Answer {
    let request = Request::post("/join/canal-town?lang=en")
        .header("content-type", "application/x-www-form-urlencoded");
    sent(
        &router(service),
        request.body(Body::from(form.to_owned())).unwrap(),
    )
}

fn applied(service: &Service) -> Value {
    let list = change(service, ("GET", &of_town("/volunteers")), "", &[]).json();
    list["volunteers"].clone()
}

#[test]
fn whoever_fills_in_the_form_waits_on_the_planners_list() {
    let (_town, service) = town();
    let page = get(&service, "/join/canal-town");
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.len() < MOST_BYTES, "{} bytes", text.len());
    at(&text, "一起巡河");
    at(
        &text,
        "method=\"post\" action=\"/join/canal-town?lang=zh-CN\"",
    );
    assert!(!text.contains("<script"), "no script at all");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'none'") && policy.contains("form-action 'self'"));
    let answer = submitted(&service, GOOD);
    assert_eq!(answer.status, 303, "{}", answer.text());
    let next = answer.header("location");
    at(&get(&service, next).text(), "We have it. Thank you!");
    let all = applied(&service);
    let one = &all[0];
    assert_eq!(one["state"], "applied");
    let who = json!({
        "name": "王芳", "kind": "grid_worker", "skills": ["boat"], "weekdays": [1, 6], "phone": "0575-87000000",
    });
    assert_eq!(one["who"], who);
}

#[test]
fn what_is_wrong_is_said_above_what_somebody_has_written_and_nothing_is_kept() {
    let (_town, service) = town();
    for (wrong, words) in [
        (
            GOOD.replace("0575-87000000", "call+me"),
            "no telephone number",
        ),
        (
            GOOD.replace("name=%E7%8E%8B%E8%8A%B3", "name=+"),
            "Write your name",
        ),
        (GOOD.replace("grid_worker", "king"), "where you come from"),
        (GOOD.replace("&day=1&day=6", ""), "at least one evening"),
        (GOOD.replace("day=6", "day=9"), "at least one evening"),
        ("%FF%00=<b>".to_owned(), "at least one evening"),
    ] {
        let answer = submitted(&service, &wrong);
        assert_eq!(answer.status, 400, "{wrong}: {}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store");
        let text = answer.text();
        let main = &text[at(&text, "<main>")..];
        assert!(main.contains(words), "{wrong}: no {words:?} in {main}");
        if wrong.contains("skill=boat") {
            at(main, "value=\"boat\" checked");
        }
    }
    let script = GOOD.replace("0575-87000000", "%3Cscript%3E");
    assert!(!submitted(&service, &script).text().contains("<script"));
    assert_eq!(applied(&service), json!([]));
}

#[test]
fn a_region_that_is_not_here_has_no_call_and_too_many_from_one_place_wait() {
    let (_town, service) = town();
    let none = get(&service, "/join/nowhere?lang=en");
    assert_eq!(none.status, 404);
    at(&none.text(), "no such region");
    for _ in 0..5 {
        assert_eq!(submitted(&service, GOOD).status, 303);
    }
    let more = submitted(&service, GOOD);
    assert_eq!(more.status, 429);
    at(&more.text(), "try again in a few minutes");
    at(&more.text(), "value=\"王芳\"");
}
