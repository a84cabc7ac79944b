//! A volunteer's evening: what the phone takes along, what it hands in, and who may do that.

use serde_json::Value;
use serde_json::json;
use zhugan::http::service::Service;
use zhugan::model::account::Role;

use super::Answer;
use super::change;
use super::of_town;
use super::patrol::DAY;
use super::patrol::planned;
use super::patrol::stretches;
use super::people::asked;
use super::people::joined;
use super::placement::town;

/// Numbers as phones make them.
const FIRST: &str = "0190f3a2-7c1b-7d2e-9f00-00c0ffee0001";
const SECOND: &str = "0190f3a2-7c1b-7d2e-9f00-00c0ffee0002";

pub fn keeper(service: &Service, request: (&str, &str), body: &Value) -> Value {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    change(service, request, &text, &[]).json()
}

pub fn as_browser(service: &Service, cookie: &str, request: (&str, &str), body: &Value) -> Answer {
    asked(service, request, body, &[("cookie", cookie)])
}

/// Somebody new who may sign in, on the roster of the town: the cookie of their browser and their number.
pub fn volunteer(service: &Service, name: &str) -> (String, i64) {
    let cookie = joined(service, name, (Role::Volunteer, Some("canal-town")));
    let who = json!({"name": format!("王{name}"), "kind": "grid_worker", "phone": "0575 87000000"});
    let new = json!({"who": who, "account": name});
    let address = of_town("/volunteers");
    let made = change(service, ("POST", &address), &new.to_string(), &[]).made();
    (cookie, made["id"].as_i64().unwrap())
}

/// The day's plan is published, and these volunteers are in its first team.
pub fn on_duty(service: &Service, volunteers: &[i64]) -> Value {
    let job = planned(service, &json!({}));
    let plan = json!({"plan": job["id"]});
    keeper(
        service,
        ("PUT", &of_town(&format!("/patrols/{DAY}"))),
        &plan,
    );
    let members = volunteers.iter().map(|id| json!({"volunteer": id}));
    let members: Vec<Value> = members.collect();
    let evening = json!({"teams": [{"name": "北队", "members": members}], "published": true});
    keeper(
        service,
        ("PUT", &of_town(&format!("/evenings/{DAY}"))),
        &evening,
    );
    job
}

pub fn duty(service: &Service, cookie: &str) -> Value {
    let address = of_town(&format!("/duty?day={DAY}"));
    as_browser(service, cookie, ("GET", &address), &Value::Null).json()
}

fn right(service: &Service, cookie: &str) -> String {
    let address = of_town("/duty/hand-in");
    let allowed = as_browser(service, cookie, ("POST", &address), &Value::Null);
    allowed.made()["right"].as_str().unwrap().to_owned()
}

fn hand_in(service: &Service, right: &str, id: &str, more: &Value) -> Answer {
    let mut entry = json!({"day": DAY, "at": "2026-11-30T11:00:00Z", "kind": "start"});
    let entry_of = entry.as_object_mut().unwrap();
    entry_of.extend(more.as_object().unwrap().clone());
    let address = of_town(&format!("/entries/{id}"));
    asked(service, ("PUT", &address), &entry, &[("hand-in", right)])
}

#[test]
fn whoever_is_on_an_evening_gets_their_team_its_way_and_the_ground_around_it() {
    let (_town, service) = town();
    let (cookie, wang) = volunteer(&service, "wang");
    let (_, li) = volunteer(&service, "li");
    assert_eq!(duty(&service, &cookie)["duty"], Value::Null);
    let job = on_duty(&service, &[wang, li]);
    let pack = duty(&service, &cookie);
    assert_eq!(pack["volunteer"]["id"], wang);
    let own = &pack["duty"];
    assert_eq!(
        (&own["team"], &own["team_name"]),
        (&json!(1), &json!("北队"))
    );
    let members = own["members"].as_array().unwrap();
    assert_eq!(members.len(), 2);
    assert_eq!(members[1]["name"], "王li");
    assert_eq!(members[1]["phone"], "0575 87000000");
    let way = &pack["patrol"]["way"];
    assert_eq!(stretches(way), stretches(&job["result"]["teams"][0]));
    let ground = &pack["ground"];
    let (nodes, near) = (&ground["nodes"], ground["near"].as_array().unwrap());
    assert_eq!(nodes.as_array().unwrap().len(), near.len());
    assert!(!near.is_empty() && !ground["barriers"].as_array().unwrap().is_empty());
    let n_pieces = pack["equipment"].as_array().unwrap().len();
    for near in near.iter().flat_map(|near| near.as_array().unwrap()) {
        assert!(near[0].as_u64().unwrap() < n_pieces as u64, "{near}");
    }
    // What a node says is what the service answers there.
    for node in [0, near.len() / 2, near.len() - 1] {
        let at = &nodes[node];
        let address = format!(
            "/api/v1/nearest?lon={}&lat={}&limit=1&kind=pole,ring,rope",
            at[0], at[1]
        );
        let nearest = super::get(&service, &address).json();
        let walk = nearest["results"][0]["walk_m"].as_f64().unwrap();
        let told = near[node][0][1].as_f64().unwrap();
        // The place is told to a centimeter.
        assert!((walk - told).abs() < 0.3, "{walk} {told}");
    }
}

#[test]
fn nobody_else_is_told_who_is_in_a_team() {
    let (_town, service) = town();
    let (_, wang) = volunteer(&service, "wang");
    let (other, _) = volunteer(&service, "li");
    on_duty(&service, &[wang]);
    let pack = duty(&service, &other);
    assert_eq!(
        (&pack["duty"], &pack["patrol"]),
        (&Value::Null, &Value::Null)
    );
    assert!(!pack.to_string().contains("0575"), "no telephone number");
    let address = of_town(&format!("/duty?day={DAY}"));
    asked(&service, ("GET", &address), &Value::Null, &[]).refused(401, "not-signed-in", &[]);
}

#[test]
fn an_evening_that_is_not_published_is_nobodys_yet() {
    let (_town, service) = town();
    let (cookie, wang) = volunteer(&service, "wang");
    let evening = json!({"teams": [{"name": null, "members": [{"volunteer": wang}]}]});
    keeper(
        &service,
        ("PUT", &of_town(&format!("/evenings/{DAY}"))),
        &evening,
    );
    assert_eq!(duty(&service, &cookie)["duty"], Value::Null);
    let answer = json!({"day": DAY, "answer": "comes"});
    let request = ("PUT", of_town("/duty/answer"));
    let refused = as_browser(&service, &cookie, (request.0, &request.1), &answer);
    refused.refused(409, "not-on", &[DAY]);
}

#[test]
fn whoever_cannot_come_says_so_and_the_planner_and_the_team_see_it() {
    let (_town, service) = town();
    let (cookie, wang) = volunteer(&service, "wang");
    on_duty(&service, &[wang]);
    let answer = json!({"day": DAY, "answer": "cannot"});
    let address = of_town("/duty/answer");
    assert_eq!(
        as_browser(&service, &cookie, ("PUT", &address), &answer).status,
        204
    );
    assert_eq!(duty(&service, &cookie)["duty"]["answer"], "cannot");
    let evenings = keeper(
        &service,
        ("GET", &of_town(&format!("/evenings?from={DAY}&days=1"))),
        &Value::Null,
    );
    assert_eq!(
        evenings["evenings"][0]["answers"][wang.to_string()],
        "cannot"
    );
}

#[test]
fn what_is_handed_in_again_counts_once_and_something_else_under_its_number_is_refused() {
    let (_town, service) = town();
    let (cookie, _) = volunteer(&service, "wang");
    let right = right(&service, &cookie);
    let first = hand_in(&service, &right, FIRST, &json!({})).made();
    let again = hand_in(&service, &right, FIRST, &json!({}));
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(first, again.json());
    let other = hand_in(&service, &right, FIRST, &json!({"kind": "finish"}));
    other.refused(409, "other-entry", &["a new number for every entry"]);
    assert_eq!(hand_in(&service, &right, SECOND, &json!({})).status, 201);
}

#[test]
fn a_report_that_is_handed_in_twice_is_one_report_that_takes_photos() {
    let (_town, service) = town();
    let (cookie, _) = volunteer(&service, "wang");
    let right = right(&service, &cookie);
    let equipment = super::get(&service, &of_town("/equipment")).json();
    let piece = equipment["features"][0]["id"].as_str().unwrap().to_owned();
    let report = json!({"kind": "report", "seen": "missing", "equipment": piece});
    let first = hand_in(&service, &right, FIRST, &report).made();
    let again = hand_in(&service, &right, FIRST, &report).json();
    assert_eq!(first["report"]["id"], again["report"]["id"]);
    assert_ne!(
        first["report"]["photo_right"],
        again["report"]["photo_right"]
    );
    let reports = keeper(&service, ("GET", &of_town("/reports")), &Value::Null);
    let reports = reports["reports"].as_array().unwrap();
    assert_eq!(reports.len(), 1);
    assert_eq!(
        (&reports[0]["reporter"], &reports[0]["heeded"]),
        (&json!("wang"), &json!(true))
    );
    let now = super::get(&service, &of_town(&format!("/equipment/{piece}"))).json();
    assert_eq!(now["properties"]["condition"], "missing");
}

#[test]
fn what_was_entered_is_handed_in_for_whoever_entered_it_whoever_is_signed_in_now() {
    let (_town, service) = town();
    let (wang, _) = volunteer(&service, "wang");
    let (li, _) = volunteer(&service, "li");
    let right = right(&service, &wang);
    let out = as_browser(&service, &wang, ("DELETE", "/api/v1/session"), &Value::Null);
    assert_eq!(out.status, 204);
    let entry = json!({"day": DAY, "at": "2026-11-30T11:00:00Z", "kind": "report", "seen": "hazard",
        "place": equipment_place(&service)});
    let address = of_town(&format!("/entries/{FIRST}"));
    let headers = [("cookie", li.as_str()), ("hand-in", right.as_str())];
    let taken = asked(&service, ("PUT", &address), &entry, &headers);
    assert_eq!(taken.status, 201, "{}", taken.text());
    let reports = keeper(&service, ("GET", &of_town("/reports")), &Value::Null);
    assert_eq!(reports["reports"][0]["reporter"], "wang");
    // Whoever is signed in hands in for themselves without a right.
    let address = of_town(&format!("/entries/{SECOND}"));
    let start = json!({"day": DAY, "at": "2026-11-30T11:00:00Z", "kind": "start"});
    assert_eq!(
        as_browser(&service, &li, ("PUT", &address), &start).status,
        201
    );
}

fn equipment_place(service: &Service) -> Value {
    let equipment = super::get(service, &of_town("/equipment")).json();
    equipment["features"][0]["geometry"]["coordinates"].clone()
}

#[test]
fn nobody_hands_in_without_a_right_or_with_one_of_somebody_who_is_shut_out() {
    let (_town, service) = town();
    let (cookie, _) = volunteer(&service, "wang");
    let right = right(&service, &cookie);
    hand_in(&service, "0000", FIRST, &json!({})).refused(401, "no-hand-in-right", &["sign in"]);
    let address = of_town(&format!("/entries/{FIRST}"));
    let entry = json!({"day": DAY, "at": "2026-11-30T11:00:00Z", "kind": "start"});
    asked(&service, ("PUT", &address), &entry, &[]).refused(401, "not-signed-in", &[]);
    let accounts = keeper(&service, ("GET", "/api/v1/accounts"), &Value::Null);
    let all = accounts["accounts"].as_array().unwrap();
    let wang = all.iter().find(|one| one["name"] == "wang").unwrap();
    let address = format!("/api/v1/accounts/{}", wang["id"]);
    keeper(&service, ("PATCH", &address), &json!({"is_active": false}));
    hand_in(&service, &right, FIRST, &json!({})).refused(401, "no-hand-in-right", &["sign in"]);
}

#[test]
fn a_track_is_taken_only_of_somebody_who_has_agreed_to_it() {
    let (_town, service) = town();
    let (cookie, _) = volunteer(&service, "wang");
    let right = right(&service, &cookie);
    let at = equipment_place(&service);
    let track =
        json!({"kind": "track", "fixes": [[0, at[0], at[1], 8.0], [1000, at[0], at[1], 8.0]]});
    let refused = hand_in(&service, &right, FIRST, &track);
    refused.refused(403, "no-consent", &["agreed"]);
    let consent = of_town("/duty/consent");
    for (agrees, status) in [(true, 201), (false, 403)] {
        let says = json!({"consent": agrees});
        assert_eq!(
            as_browser(&service, &cookie, ("PUT", &consent), &says).status,
            204
        );
        let id = if agrees { FIRST } else { SECOND };
        let answer = hand_in(&service, &right, id, &track);
        assert_eq!(answer.status, status, "{}", answer.text());
    }
}

#[test]
fn an_entry_that_says_too_little_or_nonsense_is_refused_with_the_mend() {
    let (_town, service) = town();
    let (cookie, _) = volunteer(&service, "wang");
    let right = right(&service, &cookie);
    for (entry, word) in [
        (
            json!({"kind": "check_in", "how": "hand"}),
            "stretch is not given",
        ),
        (
            json!({"kind": "check_in", "stretch": "brook@0-9"}),
            "how is not given",
        ),
        (
            json!({"kind": "skip", "stretch": "brook@0-9"}),
            "reason is not given",
        ),
        (json!({"kind": "report"}), "seen is not given"),
        (json!({"kind": "track"}), "fixes is not given"),
        (json!({"kind": "track", "fixes": []}), "give from 1 to 1000"),
        (
            json!({"kind": "track", "fixes": [[-1.0, 9.0, 47.0, 5.0]]}),
            "ms after at",
        ),
        (
            json!({"kind": "track", "fixes": [[0.0, 999.0, 47.0, 5.0]]}),
            "",
        ),
        (json!({"at": "yesterday"}), "no moment"),
        (json!({"day": "2026-02-30"}), "no day"),
        (json!({"accuracy_m": -1.0}), "accuracy_m"),
    ] {
        let answer = hand_in(&service, &right, FIRST, &entry);
        answer.refused(400, "bad-parameter", &[word]);
    }
    let nowhere = json!({"kind": "report", "seen": "hazard"});
    hand_in(&service, &right, FIRST, &nowhere).refused(400, "nothing-reported", &["place"]);
    let address = of_town("/entries/no-uuid");
    let entry = json!({"day": DAY, "at": "2026-11-30T11:00:00Z", "kind": "start"});
    let answer = asked(&service, ("PUT", &address), &entry, &[("hand-in", &right)]);
    answer.refused(400, "bad-address", &["UUID"]);
}

/// A walk along a line at 1.3 m/s, a fix every five seconds, each up to two meters off, always the same.
fn walk(line: &Value) -> Vec<Value> {
    let places: Vec<[f64; 2]> = serde_json::from_value(line.clone()).unwrap();
    let meters = |from: [f64; 2], to: [f64; 2]| {
        let north = (to[1] - from[1]) * 111_195.0;
        let east = (to[0] - from[0]) * 111_195.0 * from[1].to_radians().cos();
        north.hypot(east)
    };
    let (mut fixes, mut after_s) = (Vec::new(), 0.0);
    for pair in places.windows(2) {
        let takes = meters(pair[0], pair[1]) / 1.3;
        let n = (takes / 5.0).ceil().max(1.0);
        for step in 0..n as u32 {
            let share = f64::from(step) / n;
            let at = [0, 1].map(|axis| pair[0][axis] + (pair[1][axis] - pair[0][axis]) * share);
            // Chance as `SplitMix64` has it, from the number of the fix.
            let mixed = (fixes.len() as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let off = [mixed >> 8, mixed >> 40].map(|bits| (bits & 0xff) as f64 / 255.0 - 0.5);
            let at = [0, 1].map(|axis| at[axis] + off[axis] * 4.0 / 90_000.0);
            let ms = ((after_s + takes * share) * 1000.0_f64).round();
            fixes.push(json!([ms, at[0], at[1], 5.0]));
        }
        after_s += takes;
    }
    fixes
}

/// The track of somebody who has agreed to it is handed in, as many fixes at a time as may be.
fn hand_in_track(service: &Service, (cookie, right): (&str, &str), name: char, fixes: &[Value]) {
    let says = json!({"consent": true});
    let agreed = as_browser(service, cookie, ("PUT", &of_town("/duty/consent")), &says);
    assert_eq!(agreed.status, 204);
    for (number, fixes) in fixes.chunks(1_000).enumerate() {
        let id = format!("0190f3a2-7c1b-7d2e-9f00-{name}0c0ffee{number:04}");
        let track = json!({"kind": "track", "team": 1, "fixes": fixes});
        let taken = hand_in(service, right, &id, &track);
        assert_eq!(taken.status, 201, "{}", taken.text());
    }
}

/// About how long a line is, meters.
fn length_of(line: &Value) -> f64 {
    let places: Vec<[f64; 2]> = serde_json::from_value(line.clone()).unwrap();
    let legs = places.windows(2).map(|leg| {
        let [[from, south], [to, north]] = [leg[0], leg[1]];
        let east = (to - from) * south.to_radians().cos();
        east.hypot(north - south) * 111_195.0
    });
    legs.sum()
}

#[test]
fn what_a_team_has_walked_along_is_seen_by_the_team_and_the_planner_and_nobody_else() {
    let (_town, service) = town();
    let (cookie, wang) = volunteer(&service, "wang");
    let (other, _) = volunteer(&service, "li");
    on_duty(&service, &[wang]);
    let right = right(&service, &cookie);
    let seen = of_town(&format!("/seen?day={DAY}"));
    let team = |as_of: Value| as_of["teams"][0].clone();
    let before = team(as_browser(&service, &cookie, ("GET", &seen), &Value::Null).json());
    assert_eq!(before["seen_m"], 0.0);
    let left = |team: &Value| {
        let stops = team["stops"].as_array().unwrap().iter();
        let lines = stops.flat_map(|stop| stop["left"].as_array().unwrap().clone());
        lines.map(|line| length_of(&line)).sum::<f64>()
    };
    let due = before["due_m"].as_f64().unwrap();
    assert!((left(&before) - due).abs() < 0.01 * due, "all is left");
    let way = duty(&service, &cookie)["patrol"]["way"].clone();
    hand_in(
        &service,
        &right,
        FIRST,
        &json!({"kind": "start", "team": 1}),
    );
    let stretch = way["stops"][0]["stretch"].clone();
    let check = json!({"kind": "check_in", "team": 1, "stretch": stretch, "how": "hand"});
    hand_in(&service, &right, SECOND, &check);
    hand_in_track(&service, (&cookie, &right), 'a', &walk(&way["line"]));
    let now = team(as_browser(&service, &cookie, ("GET", &seen), &Value::Null).json());
    assert_eq!(now["state"], "active");
    assert_eq!(now["started_at"], "2026-11-30T11:00:00Z");
    assert_eq!(now["stops"][0]["checked_in_at"], "2026-11-30T11:00:00Z");
    let (due, done) = (
        now["due_m"].as_f64().unwrap(),
        now["seen_m"].as_f64().unwrap(),
    );
    assert!(
        done > 0.9 * due && done <= due + 0.1,
        "{done} of {due}: {now}"
    );
    assert!(left(&now) < 0.1 * due, "{}", left(&now));
    let end = json!({"kind": "finish", "team": 1, "at": "2026-11-30T12:00:00Z"});
    hand_in(
        &service,
        &right,
        "0190f3a2-7c1b-7d2e-9f00-00c0ffee0003",
        &end,
    );
    let all = keeper(&service, ("GET", &seen), &Value::Null);
    assert_eq!(all["teams"][0]["state"], "done");
    assert_eq!(
        all["teams"].as_array().unwrap().len(),
        2,
        "the planner sees all"
    );
    let none = as_browser(&service, &other, ("GET", &seen), &Value::Null).json();
    assert_eq!(none["teams"], json!([]));
    let history = of_town(&format!("/seen/history?until={DAY}&weeks=1"));
    let history = keeper(&service, ("GET", &history), &Value::Null);
    let rows = history["stretches"].as_array().unwrap();
    let walked = rows.iter().find(|row| row["stretch"] == stretch).unwrap();
    assert_eq!(walked["seen"], 1, "{walked}");
    let before = of_town("/seen/history?until=2026-11-01&weeks=1");
    let before = keeper(&service, ("GET", &before), &Value::Null);
    let rows = before["stretches"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["seen"] == 0), "{before}");
}

#[test]
fn a_track_that_was_handed_in_before_shows_nothing() {
    let (_town, service) = town();
    let (cookie, wang) = volunteer(&service, "wang");
    let (other, li) = volunteer(&service, "li");
    on_duty(&service, &[wang, li]);
    let (own, copied) = (right(&service, &cookie), right(&service, &other));
    let way = duty(&service, &cookie)["patrol"]["way"].clone();
    let fixes = walk(&way["line"]);
    hand_in_track(&service, (&cookie, &own), 'a', &fixes);
    hand_in_track(&service, (&other, &copied), 'b', &fixes);
    let seen = keeper(
        &service,
        ("GET", &of_town(&format!("/seen?day={DAY}"))),
        &Value::Null,
    );
    let flags = seen["teams"][0]["flags"].as_array().unwrap();
    assert!(
        flags.iter().any(|flag| flag["kind"] == "replayed"),
        "{seen}"
    );
}
