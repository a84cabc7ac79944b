//! A plan once it is found: changed by hand, taken along, published, carried over, taken back.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt as _;
use serde_json::Value;
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tower::ServiceExt as _;
use zhugan::http::routes::router;
use zhugan::http::service::Service;

use super::Answer;
use super::change;
use super::kept;
use super::of_town;
use super::patrol::DAY;
use super::patrol::planned;
use super::patrol::stretches;
use super::placement::town;

fn plan_of(job: &Value) -> String {
    of_town(&format!("/patrol-plans/{}", job["id"].as_str().unwrap()))
}

fn look(service: &Service, address: &str) -> Answer {
    change(service, ("GET", address), "", &[])
}

fn give(service: &Service, job: &Value, given: &Value) -> Answer {
    let address = format!("{}/moves", plan_of(job));
    change(service, ("POST", &address), &given.to_string(), &[])
}

fn publish(service: &Service, day: &str, job: &Value, headers: &[(&str, &str)]) -> Answer {
    let address = of_town(&format!("/patrols/{day}"));
    let body = json!({"plan": job["id"]}).to_string();
    change(service, ("PUT", &address), &body, headers)
}

/// A team that has a stretch, and the stretch.
fn some_stretch(job: &Value) -> (usize, String) {
    let teams = job["result"]["teams"].as_array().unwrap();
    let team = teams.iter().position(|team| !stretches(team).is_empty());
    let team = team.unwrap();
    (team, stretches(&teams[team])[0].to_owned())
}

#[test]
fn a_stretch_that_is_given_to_another_team_is_its_and_the_plan_before_is_still_there() {
    let (_town, service) = town();
    let first = planned(&service, &json!({}));
    let (from, stretch) = some_stretch(&first);
    let to = 1 - from;
    let second = give(
        &service,
        &first,
        &json!({"stretch": stretch, "from": from, "to": to}),
    );
    let second = second.json();
    assert_ne!(first["id"], second["id"]);
    assert_eq!(second["state"], "done");
    let teams = &second["result"]["teams"];
    assert!(stretches(&teams[to]).contains(&stretch.as_str()));
    assert!(!stretches(&teams[from]).contains(&stretch.as_str()));
    let number = |job: &Value, name: &str| job["result"][name].as_f64().unwrap();
    assert!((number(&first, "seen_m") - number(&second, "seen_m")).abs() < 0.2);
    assert!(number(&second, "bound") <= number(&second, "value"));
    assert_eq!(
        look(&service, &plan_of(&first)).json()["result"],
        first["result"]
    );
    assert_eq!(
        look(&service, &plan_of(&second)).json()["result"],
        second["result"]
    );
    // Nobody comes to it, and then somebody does again.
    let third = give(&service, &second, &json!({"stretch": stretch, "from": to})).json();
    let carried = &third["result"]["carried"];
    assert_eq!(carried[0]["stretch"], stretch.as_str());
    assert!(number(&third, "carried_m") > 0.0);
    let fourth = give(&service, &third, &json!({"stretch": stretch, "to": from})).json();
    assert!(stretches(&fourth["result"]["teams"][from]).contains(&stretch.as_str()));
    assert_eq!(fourth["result"]["carried"], json!([]));
}

#[test]
fn somebody_may_be_given_more_than_fits_and_the_plan_says_so() {
    let (_town, service) = town();
    let first = planned(&service, &json!({"minutes": 4}));
    let carried = first["result"]["carried"][0]["stretch"].as_str().unwrap();
    let more = give(&service, &first, &json!({"stretch": carried, "to": 0})).json();
    let team = &more["result"]["teams"][0];
    assert!(team["takes_s"].as_f64().unwrap() > team["most_s"].as_f64().unwrap());
    assert_eq!(more["result"]["proven"], false);
}

#[test]
fn a_team_that_gets_nowhere_near_in_its_time_is_given_nothing_there() {
    let (_town, service) = town();
    // With two minutes each stays where it begins, and those are far apart.
    let first = planned(&service, &json!({"minutes": 2}));
    let (from, stretch) = some_stretch(&first);
    let given = json!({"stretch": stretch, "from": from, "to": 1 - from});
    let answer = give(&service, &first, &given);
    answer.refused(
        400,
        "too-far-for-team",
        &["gets nowhere near", "more minutes"],
    );
}

#[test]
fn what_cannot_be_given_is_refused_with_the_mend() {
    let (_town, service) = town();
    let first = planned(&service, &json!({}));
    let (from, stretch) = some_stretch(&first);
    for given in [
        json!({"stretch": "nowhere@0-1", "from": from, "to": 1 - from}),
        json!({"stretch": stretch, "from": 1 - from, "to": from}),
        json!({"stretch": stretch, "from": from, "to": from}),
        json!({"stretch": stretch, "from": from, "to": 2}),
        json!({"stretch": stretch, "from": 7, "to": 0}),
        json!({"stretch": stretch, "to": 0}),
    ] {
        let answer = give(&service, &first, &given);
        answer.refused(400, "not-in-plan", &["look at the newest plan"]);
    }
    // A closed bridge makes it another evening.
    let closed = json!({"state": "closed"}).to_string();
    let crossings = look(&service, &of_town("/crossings")).json();
    let bridge = crossings["features"][0]["id"].as_str().unwrap();
    let address = of_town(&format!("/crossings/{bridge}"));
    change(&service, ("PATCH", &address), &closed, &[]).json();
    let answer = give(
        &service,
        &first,
        &json!({"stretch": stretch, "from": from, "to": 1 - from}),
    );
    answer.refused(409, "plan-is-final", &["plan the evening again"]);
}

#[test]
fn only_so_many_searches_can_be_changed_by_hand() {
    let (_town, service) = town();
    let first = planned(&service, &json!({"seconds": 0}));
    let (from, stretch) = some_stretch(&first);
    let given = json!({"stretch": stretch, "from": from, "to": 1 - from});
    for seed in 0..4 {
        planned(&service, &json!({"seconds": 0, "seed": seed}));
    }
    let fifth = planned(&service, &json!({"seconds": 0}));
    let answer = give(&service, &first, &given);
    answer.refused(409, "plan-is-final", &["too long ago"]);
    assert_eq!(
        look(&service, &plan_of(&first)).status,
        200,
        "it can be looked at"
    );
    let (from, stretch) = some_stretch(&fifth);
    let given = json!({"stretch": stretch, "from": from, "to": 1 - from});
    assert_eq!(give(&service, &fifth, &given).status, 200);
}

#[test]
fn each_team_takes_its_way_along_as_gpx() {
    let (_town, service) = town();
    let job = planned(&service, &json!({}));
    let gpx = |query: &str| look(&service, &format!("{}/gpx{query}", plan_of(&job)));
    let all = gpx("");
    assert_eq!(all.header("content-type"), "application/gpx+xml");
    let n_ways = |answer: &Answer| answer.text().matches("<rte>").count();
    let walking = job["result"]["teams"].as_array().unwrap().iter();
    let walking = walking.filter(|team| !stretches(team).is_empty()).count();
    assert_eq!(n_ways(&all), walking);
    let (team, _) = some_stretch(&job);
    assert_eq!(n_ways(&gpx(&format!("?team={}", team + 1))), 1);
    gpx("?team=3").refused(404, "unknown-team", &["no team 3"]);
    publish(&service, DAY, &job, &[]).json();
    let published = look(&service, &of_town(&format!("/patrols/{DAY}/gpx")));
    assert_eq!(published.text(), all.text());
}

#[test]
fn a_published_patrol_is_found_again_after_a_restart_and_replaced_only_by_whoever_has_seen_it() {
    let (folder, service) = town();
    let address = of_town(&format!("/patrols/{DAY}"));
    look(&service, &address).refused(404, "unknown-patrol", &[DAY, "with PUT"]);
    let first = planned(&service, &json!({}));
    let published = publish(&service, DAY, &first, &[]).json();
    assert_eq!(published["plan_id"], first["id"]);
    let again = publish(&service, DAY, &first, &[]).json();
    assert_eq!(again, published, "once more changes nothing");
    let other = publish(&service, "2026-11-29", &first, &[]);
    other.refused(400, "other-evening", &["is for 2026-11-28"]);
    let whole = look(&service, &address).json();
    assert_eq!(whole["plan"], first["result"]);
    assert_eq!(whole["validator"], published["validator"]);
    // A second planner has not seen it.
    let second = planned(&service, &json!({"seed": 2, "begins": "7:5"}));
    assert_eq!(second["result"]["begins"], "07:05");
    let unseen = publish(&service, DAY, &second, &[]);
    unseen.refused(409, "patrol-published", &["send its validator in if-match"]);
    let wrong = publish(&service, DAY, &second, &[("if-match", "\"patrol-0-0\"")]);
    wrong.refused(412, "changed-meanwhile", &[]);
    let validator = published["validator"].as_str().unwrap();
    let replaced = publish(&service, DAY, &second, &[("if-match", validator)]).json();
    assert!(replaced["number"].as_i64() > published["number"].as_i64());
    let late = change(
        &service,
        ("DELETE", &address),
        "",
        &[("if-match", validator)],
    );
    late.refused(412, "changed-meanwhile", &[]);
    let list = look(&service, &of_town("/patrols")).json();
    assert_eq!(list["patrols"], json!([replaced]));
    assert_eq!(list["next"], Value::Null);
    let log = look(&service, &of_town("/audit")).json();
    assert_eq!(log["entries"][0]["thing"], "patrol", "{log}");
    let gone = change(&service, ("DELETE", &address), "", &[]);
    assert_eq!(gone.status, 204);
    look(&service, &address).refused(404, "unknown-patrol", &[]);
    assert_eq!(
        look(&service, &of_town("/patrols")).json()["patrols"],
        json!([])
    );
    // Nothing of it is known to a service that keeps nothing.
    drop(service);
    let other = kept(&[folder.path()]);
    look(&other, &address).refused(404, "unknown-patrol", &[]);
}

#[test]
fn what_one_evening_did_not_come_to_is_due_on_the_next_by_itself_and_counts_more() {
    let (_town, service) = town();
    let first = planned(&service, &json!({"minutes": 4}));
    let missed: Vec<&str> = first["result"]["carried"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["stretch"].as_str().unwrap())
        .collect();
    assert!(!missed.is_empty());
    let next_day = json!({"day": "2026-11-29"});
    let evenings = |job: &Value| -> Vec<(String, u64)> {
        let teams = job["result"]["teams"].as_array().unwrap().iter();
        let stops = teams.flat_map(|team| team["stops"].as_array().unwrap());
        let late = stops.filter(|stop| stop["evenings"] != 0);
        late.map(|stop| {
            let stretch = stop["stretch"].as_str().unwrap().to_owned();
            (stretch, stop["evenings"].as_u64().unwrap())
        })
        .collect()
    };
    let before = planned(&service, &next_day);
    assert!(evenings(&before).is_empty(), "nothing was published");
    publish(&service, DAY, &first, &[]).json();
    let after = planned(&service, &next_day);
    let late = evenings(&after);
    for stretch in &missed {
        assert!(
            late.contains(&((*stretch).to_owned(), 1)),
            "{stretch} {late:?}"
        );
    }
    let mut none = next_day.clone();
    none["carried"] = json!([]);
    assert!(
        evenings(&planned(&service, &none)).is_empty(),
        "unless told otherwise"
    );
    let same_day = planned(&service, &json!({}));
    assert!(
        evenings(&same_day).is_empty(),
        "an evening does not follow itself"
    );
}

#[test]
fn pages_are_told_when_a_patrol_is_published() {
    let (_town, service) = town();
    let job = planned(&service, &json!({}));
    let runtime = Runtime::new().unwrap();
    let listen = Request::get(of_town("/events"))
        .body(Body::empty())
        .unwrap();
    let response = runtime.block_on(router(&service).oneshot(listen)).unwrap();
    publish(&service, DAY, &job, &[]).json();
    let mut told = response.into_body().into_data_stream();
    let chunk = runtime.block_on(async { timeout(Duration::from_secs(5), told.next()).await });
    let chunk = chunk.unwrap().unwrap().unwrap();
    let text = String::from_utf8_lossy(&chunk);
    assert!(text.starts_with("event: patrol\n"), "{text}");
}
