//! Evening patrols over HTTP: a search that becomes better, can be ended, and keeps what a planner has settled.

use std::time::Duration;

use serde_json::Value;
use serde_json::json;
use tokio::runtime::Runtime;
use zhugan::http::routes::router;
use zhugan::http::service::Service;

use super::change;
use super::get;
use super::of_town;
use super::placement::MOST_LOOKS;
use super::placement::asked;
use super::placement::searched_at;
use super::placement::town;

/// A day on which both halves of the canal are due.
pub(super) const DAY: &str = "2026-11-28";

pub(super) fn planned(service: &Service, more: &Value) -> Value {
    let mut question = json!({
        "teams": [{"name": "East"}, {"name": "West"}],
        "minutes": 90, "day": DAY, "seconds": 1,
    });
    for (name, value) in more.as_object().unwrap() {
        question[name] = value.clone();
    }
    let (job, _) = searched_at(service, &of_town("/patrol-plans"), &question, false);
    job
}

pub(super) fn stretches(team: &Value) -> Vec<&str> {
    let stops = team["stops"].as_array().unwrap().iter();
    stops
        .map(|stop| stop["stretch"].as_str().unwrap())
        .collect()
}

#[test]
fn a_plan_sees_all_that_is_due_or_names_what_it_carries_over() {
    let (_town, service) = town();
    for minutes in [1, 4, 90] {
        let job = planned(&service, &json!({"minutes": minutes}));
        let plan = &job["result"];
        let number = |name: &str| plan[name].as_f64().unwrap();
        assert!(number("required_m") > 500.0, "{plan}");
        assert!((number("seen_m") + number("carried_m") - number("required_m")).abs() < 0.2);
        assert_eq!(
            plan["carried"].as_array().unwrap().is_empty(),
            minutes == 90
        );
        for team in plan["teams"].as_array().unwrap() {
            assert!(team["takes_s"].as_f64().unwrap() <= f64::from(minutes) * 60.0);
            assert_eq!(team["start_is_chosen"], true);
        }
        let (value, bound) = (number("value"), number("bound"));
        match plan["objective"].as_str().unwrap() {
            "longest_s" => assert!(bound <= value),
            "weighted_m" => assert!(value <= bound),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn a_patrol_has_a_first_plan_at_once_and_can_be_ended() {
    let (_town, service) = town();
    let question = json!({
        "teams": [{}, {}], "minutes": 4, "day": DAY, "seconds": 60,
    });
    let (job, seen) = searched_at(&service, &of_town("/patrol-plans"), &question, true);
    assert!(!job["result"].is_null());
    assert!(job["seconds"].as_f64().unwrap() < 55.0);
    assert!(seen[0]["result"].is_null(), "it waits at first");
}

#[test]
fn what_is_moved_by_hand_stays_where_it_was_put_and_tells_what_it_costs() {
    let (_town, service) = town();
    let first = planned(&service, &json!({}));
    let teams = &first["result"]["teams"];
    let (from, to) = if stretches(&teams[0]).is_empty() {
        (1, 0)
    } else {
        (0, 1)
    };
    let moved = stretches(&teams[from])[0];
    let mut kept = vec![json!({"stretch": moved, "team": to, "locked": true})];
    for team in [0, 1] {
        let others = stretches(&teams[team])
            .into_iter()
            .filter(|one| *one != moved);
        kept.extend(others.map(|one| json!({"stretch": one, "team": team, "locked": true})));
    }
    let second = planned(&service, &json!({"kept": kept}));
    let plan = &second["result"];
    assert!(stretches(&plan["teams"][to]).contains(&moved), "{plan}");
    for team in [0, 1] {
        for one in stretches(&teams[team])
            .into_iter()
            .filter(|one| *one != moved)
        {
            assert!(stretches(&plan["teams"][team]).contains(&one), "{one}");
        }
    }
    let longest = |job: &Value| job["result"]["longest_s"].as_f64().unwrap();
    assert!(
        longest(&second) >= longest(&first) - 0.2,
        "by hand is not better than the best"
    );
    let gone = planned(
        &service,
        &json!({"carried": [{"stretch": "nowhere@0-1", "evenings": 1}]}),
    );
    assert_eq!(gone["result"]["unknown"], json!(["nowhere@0-1"]));
}

#[test]
fn what_cannot_be_planned_is_refused_with_the_mend() {
    let (_town, service) = town();
    let refused = |question: Value, words: &[&str]| {
        let address = of_town("/patrol-plans");
        let answer = change(&service, ("POST", &address), &question.to_string(), &[]);
        answer.refused(400, "bad-parameter", words);
    };
    let team = json!([{}]);
    refused(
        json!({"teams": [], "minutes": 90}),
        &["teams has 0 teams", "1 to 40"],
    );
    refused(
        json!({"teams": team, "minutes": 0}),
        &["minutes is 0", "1 to 720"],
    );
    refused(
        json!({"teams": team, "minutes": 90, "goal": "fast"}),
        &["balanced, fewest, most"],
    );
    refused(
        json!({"teams": team, "minutes": 90, "day": "tonight"}),
        &["is no day like"],
    );
    refused(
        json!({"teams": team, "minutes": 90, "begins": "25:00"}),
        &["no time like 19:00"],
    );
    refused(
        json!({"teams": team, "minutes": 90, "seconds": 61}),
        &["0 to 60"],
    );
    refused(
        json!({"teams": [{"walk_m_s": 9}], "minutes": 90}),
        &["0.2 to 5"],
    );
    refused(
        json!({"teams": [{"minutes": -1}], "minutes": 90}),
        &["1 to 720"],
    );
    refused(
        json!({"teams": team, "minutes": 90, "kept": [{"stretch": "a@0-1", "team": 1}]}),
        &["team 1, counted from 0; there are 1"],
    );
    let unknown = get(&service, &of_town("/patrol-plans/00c0ffee00c0ffee"));
    assert_eq!(unknown.status, 401, "for planners");
}

#[test]
fn a_team_that_starts_nowhere_fails_the_search_in_words_and_each_kind_of_search_has_its_own_address()
 {
    let (_town, service) = town();
    let router = router(&service);
    let question = json!({"teams": [{"start": [0, 0]}], "minutes": 9}).to_string();
    let (failed, elsewhere) = Runtime::new().unwrap().block_on(async {
        let begun = asked(&router, "POST", &of_town("/patrol-plans"), &question).await;
        let address = begun.header("location").to_owned();
        let other = address.replace("patrol-plans", "placement");
        let elsewhere = asked(&router, "GET", &other, "").await;
        for _ in 0..MOST_LOOKS {
            let now = asked(&router, "GET", &address, "").await.json();
            if now["state"] == "failed" {
                return (now, elsewhere);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        (Value::Null, elsewhere)
    });
    let fault = failed["fault"].as_str().unwrap();
    assert!(
        fault.contains("team 0") && fault.contains("give a place on land"),
        "{fault}"
    );
    assert_eq!(elsewhere.status, 404);
}
