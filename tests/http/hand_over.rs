//! An evening that one volunteer hands over and another takes.

use serde_json::Value;
use serde_json::json;
use zhugan::http::service::Service;

use super::Answer;
use super::duty::as_browser;
use super::duty::keeper;
use super::duty::volunteer;
use super::of_town;
use super::placement::town;

/// Today, as the region's clock has it.
fn today(service: &Service, cookie: &str) -> String {
    let pack = pack(service, cookie);
    pack["day"].as_str().unwrap().to_owned()
}

fn pack(service: &Service, cookie: &str) -> Value {
    as_browser(service, cookie, ("GET", &of_town("/duty")), &Value::Null).json()
}

/// These are in one team each this evening.
fn on(service: &Service, day: &str, volunteers: &[i64]) {
    let teams = volunteers.iter().map(|id| {
        let member = json!({"volunteer": id, "locked": true});
        json!({"name": format!("{id}队"), "members": [member]})
    });
    let evening = json!({"teams": teams.collect::<Vec<Value>>(), "published": true});
    keeper(
        service,
        ("PUT", &of_town(&format!("/evenings/{day}"))),
        &evening,
    );
}

fn say(service: &Service, cookie: &str, day: &str, answer: &str) -> u16 {
    let said = json!({"day": day, "answer": answer});
    as_browser(service, cookie, ("PUT", &of_town("/duty/answer")), &said).status
}

fn take(service: &Service, cookie: &str, day: &str, from: i64) -> Answer {
    let taken = json!({"day": day, "volunteer": from});
    as_browser(
        service,
        cookie,
        ("POST", &of_town("/duty/take-over")),
        &taken,
    )
}

#[test]
fn an_evening_that_is_handed_over_is_offered_to_the_others_and_the_first_has_it() {
    let (_town, service) = town();
    let (wang, wang_id) = volunteer(&service, "wang");
    let (li, li_id) = volunteer(&service, "li");
    let (zhao, _) = volunteer(&service, "zhao");
    let day = today(&service, &wang);
    on(&service, &day, &[wang_id]);
    assert_eq!(pack(&service, &li)["wanted"], json!([]));
    take(&service, &li, &day, wang_id).refused(409, "not-handed-over", &[&day]);
    assert_eq!(say(&service, &wang, &day, "hands_over"), 204);
    let own = pack(&service, &wang);
    assert_eq!(own["duty"]["answer"], "hands_over", "still on");
    assert_eq!(own["wanted"], json!([]), "not to themselves");
    let wanted = &pack(&service, &li)["wanted"];
    let offer = json!({
        "day": day, "team": 1, "team_name": format!("{wang_id}队"), "begins": null,
        "volunteer": wang_id, "name": "王wang",
    });
    assert_eq!(wanted, &json!([offer]));
    assert_eq!(take(&service, &li, &day, wang_id).status, 204);
    take(&service, &zhao, &day, wang_id).refused(409, "not-handed-over", &["faster"]);
    assert_eq!(pack(&service, &wang)["duty"], Value::Null);
    let pack = pack(&service, &li);
    assert_eq!(
        (&pack["duty"]["team"], &pack["duty"]["answer"]),
        (&json!(1), &json!("comes"))
    );
    let address = of_town(&format!("/evenings?from={day}&days=1"));
    let evening = &keeper(&service, ("GET", &address), &Value::Null)["evenings"][0];
    let member = json!({"volunteer": li_id, "locked": true});
    assert_eq!(evening["teams"][0]["members"], json!([member]));
    assert_eq!(evening["answers"][wang_id.to_string()], "cannot");
}

#[test]
fn whoever_comes_after_all_keeps_the_evening() {
    let (_town, service) = town();
    let (wang, wang_id) = volunteer(&service, "wang");
    let (li, _) = volunteer(&service, "li");
    let day = today(&service, &wang);
    on(&service, &day, &[wang_id]);
    say(&service, &wang, &day, "hands_over");
    say(&service, &wang, &day, "comes");
    assert_eq!(pack(&service, &li)["wanted"], json!([]));
    take(&service, &li, &day, wang_id).refused(409, "not-handed-over", &[]);
}

#[test]
fn nobody_walks_in_two_teams_on_an_evening_or_takes_over_one_that_is_past() {
    let (_town, service) = town();
    let (wang, wang_id) = volunteer(&service, "wang");
    let (li, li_id) = volunteer(&service, "li");
    let day = today(&service, &wang);
    on(&service, &day, &[wang_id, li_id]);
    say(&service, &wang, &day, "hands_over");
    assert_eq!(pack(&service, &li)["wanted"], json!([]));
    take(&service, &li, &day, wang_id).refused(409, "already-on", &[&day]);
    let past = "2026-07-04";
    on(&service, past, &[wang_id]);
    say(&service, &wang, past, "hands_over");
    take(&service, &li, past, wang_id).refused(409, "not-handed-over", &[past]);
}
