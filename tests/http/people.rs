//! Signing in as people do: by invitation, with a password, with a session that a browser keeps.

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use serde_json::json;
use zhugan::app::clock;
use zhugan::http::routes::router;
use zhugan::http::service::Service;
use zhugan::model::account::Grant;
use zhugan::model::account::Role;

use crate::commands::canal;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::TOKEN;
use crate::http::kept;
use crate::http::of_town;
use crate::http::sent;

/// A good password.
pub const PASSWORD: &str = "four words by the river";

/// What somebody sends: method, address, body, and headers beside.
pub fn asked(
    service: &Service,
    (method, address): (&str, &str),
    body: &Value,
    headers: &[(&str, &str)],
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(address)
        .header("host", "127.0.0.1:8080");
    if !body.is_null() {
        request = request.header("content-type", "application/json");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = if body.is_null() {
        Body::empty()
    } else {
        Body::from(body.to_string())
    };
    sent(&router(service), request.body(body).unwrap())
}

/// Somebody new with a role: the cookie that their browser shows.
pub fn joined(service: &Service, name: &str, (role, region): (Role, Option<&str>)) -> String {
    let grant = Grant {
        role,
        region: region.map(str::to_owned),
    };
    let (_, secret) = service.people().invite_as_program(&grant).unwrap();
    let body = json!({"token": secret.as_str(), "name": name, "password": PASSWORD});
    let answer = asked(service, ("POST", "/api/v1/invitations/accept"), &body, &[]);
    assert_eq!(answer.status, 201, "{}", answer.text());
    cookie(&answer)
}

/// The cookie that an answer sets.
fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie");
    set.split(';').next().unwrap().to_owned()
}

fn town() -> (Folder, Service) {
    let town = canal();
    let service = kept(&[town.path()]);
    (town, service)
}

fn sign_in(service: &Service, name: &str, password: &str) -> Answer {
    let body = json!({"name": name, "password": password});
    asked(service, ("POST", "/api/v1/session"), &body, &[])
}

fn me(service: &Service, cookie: &str) -> Value {
    let answer = asked(
        service,
        ("GET", "/api/v1/session"),
        &Value::Null,
        &[("cookie", cookie)],
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()["account"].clone()
}

#[test]
fn whoever_takes_an_invitation_is_signed_in_and_it_opens_nothing_a_second_time() {
    let (_town, service) = town();
    let secret = service.people().first_invitation().unwrap();
    assert!(secret.is_none(), "there is an account, the test's own");
    let grant = Grant {
        role: Role::Planner,
        region: Some("canal-town".to_owned()),
    };
    let (_, secret) = service.people().invite_as_program(&grant).unwrap();
    let token = secret.as_str();
    let look = ("POST", "/api/v1/invitations/look");
    let offer = asked(&service, look, &json!({"token": token}), &[]).json();
    assert_eq!(
        (&offer["role"], &offer["region"]),
        (&json!("planner"), &json!("canal-town"))
    );

    let accept = ("POST", "/api/v1/invitations/accept");
    let new =
        |name: &str, password: &str| json!({"token": token, "name": name, "password": password});
    asked(&service, accept, &new("wang", "short"), &[]).refused(422, "weak-password", &["10"]);
    asked(&service, accept, &new("<b>", PASSWORD), &[]).refused(422, "bad-name", &["letters"]);
    asked(&service, accept, &new("KEEPER", PASSWORD), &[]).refused(409, "name-taken", &["KEEPER"]);
    let stranger = asked(&service, accept, &new("Stranger", PASSWORD), &[]);
    stranger.refused(409, "name-taken", &["Stranger"]);
    let answer = asked(&service, accept, &new("wang", PASSWORD), &[]);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let set = answer.header("set-cookie");
    for word in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(set.contains(word), "{set}");
    }
    let account = me(&service, &cookie(&answer));
    assert_eq!(account["name"], "wang");
    assert_eq!(
        account["roles"],
        json!([{"role": "planner", "region": "canal-town"}])
    );
    asked(&service, accept, &new("li", PASSWORD), &[]).refused(
        404,
        "unknown-invitation",
        &["used"],
    );
    asked(&service, look, &json!({"token": token}), &[]).refused(404, "unknown-invitation", &[]);
}

#[test]
fn a_wrong_name_and_a_wrong_password_are_told_alike_and_too_many_have_to_wait() {
    let (_town, service) = town();
    joined(&service, "wang", (Role::Planner, None));
    let wrong = sign_in(&service, "wang", "wrong wrong wrong");
    let unknown = sign_in(&service, "nobody", "wrong wrong wrong");
    assert_eq!(wrong.text(), unknown.text());
    wrong.refused(401, "wrong-password", &["name or the password"]);
    for _ in 0..4 {
        sign_in(&service, "wang", "wrong wrong wrong").refused(401, "wrong-password", &[]);
    }
    let wait = sign_in(&service, "Wang", PASSWORD);
    let seconds: u64 = wait.header("retry-after").parse().unwrap();
    assert!((1..=2).contains(&seconds), "{seconds}");
    wait.refused(429, "too-many-attempts", &["try again in"]);
    assert_eq!(
        sign_in(&service, "nobody", PASSWORD).status,
        401,
        "others need not"
    );
}

#[test]
fn a_session_that_somebody_has_planted_in_a_browser_is_not_the_one_after_signing_in() {
    let (_town, service) = town();
    joined(&service, "wang", (Role::Planner, None));
    let planted = "zhugan_session=0000000000000000000000000000000000000000000000000000000000000000";
    let body = json!({"name": "wang", "password": PASSWORD});
    let enter = ("POST", "/api/v1/session");
    let first = asked(&service, enter, &body, &[("cookie", planted)]);
    let first = cookie(&first);
    assert_ne!(first, planted);
    assert!(me(&service, planted).is_null());
    assert_eq!(me(&service, &first)["name"], "wang");
    let second = cookie(&asked(&service, enter, &body, &[("cookie", &first)]));
    assert!(me(&service, &first).is_null(), "the one before has ended");
    assert_eq!(me(&service, &second)["name"], "wang");
}

#[test]
fn whoever_signs_out_is_a_stranger_and_the_cookie_is_taken_back() {
    let (_town, service) = town();
    let cookie = joined(&service, "wang", (Role::Planner, None));
    let leave = ("DELETE", "/api/v1/session");
    let answer = asked(&service, leave, &Value::Null, &[("cookie", &cookie)]);
    assert_eq!(answer.status, 204);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert!(me(&service, &cookie).is_null());
    let audit = of_town("/audit");
    let audit = asked(
        &service,
        ("GET", &audit),
        &Value::Null,
        &[("cookie", &cookie)],
    );
    audit.refused(401, "not-signed-in", &["sign in"]);
}

#[test]
fn another_password_ends_every_other_session() {
    let (_town, service) = town();
    let here = joined(&service, "wang", (Role::Planner, None));
    let elsewhere = cookie(&sign_in(&service, "wang", PASSWORD));
    let change = ("POST", "/api/v1/session/password");
    let new = "five words by the pond";
    let wrong = json!({"old": "wrong wrong wrong", "new": new});
    asked(&service, change, &wrong, &[("cookie", &here)]).refused(401, "wrong-password", &[]);
    let right = json!({"old": PASSWORD, "new": new});
    let answer = asked(&service, change, &right, &[("cookie", &here)]);
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert_eq!(me(&service, &here)["name"], "wang");
    assert!(me(&service, &elsewhere).is_null());
    sign_in(&service, "wang", PASSWORD).refused(401, "wrong-password", &[]);
    assert_eq!(sign_in(&service, "wang", new).status, 200);
}

#[test]
fn what_a_page_of_another_server_sends_changes_nothing_though_the_browser_shows_the_cookie() {
    let (_town, service) = town();
    let cookie = joined(&service, "wang", (Role::Planner, None));
    let equipment = of_town("/equipment");
    let add = ("POST", equipment.as_str());
    let pole = json!({"kind": "pole", "at": [120.0001, 30.0001]});
    let by = |headers: &[(&str, &str)]| {
        let headers = [&[("cookie", cookie.as_str())], headers].concat();
        asked(&service, add, &pole, &headers)
    };
    for foreign in [
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
        [("origin", "https://evil.example")],
        [("origin", "null")],
    ] {
        by(&foreign).refused(403, "cross-site", &["another server"]);
    }
    for own in [
        vec![("sec-fetch-site", "same-origin")],
        vec![("origin", "http://127.0.0.1:8080")],
        vec![],
    ] {
        let answer = by(&own);
        assert!(
            !matches!(answer.status, 401 | 403),
            "{own:?}: {}",
            answer.text()
        );
    }
}

#[test]
fn whoever_is_shut_out_is_signed_out_and_somebody_must_be_left_to_administer() {
    let (_town, service) = town();
    let wang = joined(&service, "wang", (Role::Planner, None));
    let by = format!("Bearer {TOKEN}");
    let by = [("authorization", by.as_str())];
    let all = asked(&service, ("GET", "/api/v1/accounts"), &Value::Null, &by).json();
    let id = |name: &str| {
        let all = all["accounts"].as_array().unwrap();
        let found = all.iter().find(|account| account["name"] == name).unwrap();
        format!("/api/v1/accounts/{}", found["id"])
    };
    let shut = json!({"is_active": false});
    let last = asked(&service, ("PATCH", &id("keeper")), &shut, &by);
    last.refused(409, "last-administrator", &["somebody else"]);
    let after = asked(&service, ("PATCH", &id("wang")), &shut, &by).json();
    assert_eq!(after["is_active"], false);
    assert!(me(&service, &wang).is_null());
    sign_in(&service, "wang", PASSWORD).refused(401, "wrong-password", &[]);
    let roles = json!({"roles": [{"role": "gardener"}]});
    let wrong = asked(&service, ("PATCH", &id("wang")), &roles, &by);
    wrong.refused(400, "bad-body", &["gardener", "volunteer"]);
    let roles = json!({"roles": [{"role": "planner", "region": "atlantis"}]});
    let wrong = asked(&service, ("PATCH", &id("wang")), &roles, &by);
    wrong.refused(404, "unknown-region", &["atlantis"]);
}

#[test]
fn a_key_does_no_more_than_it_was_made_for_and_ends_with_its_owners_word() {
    let (_town, service) = town();
    let wang = joined(&service, "wang", (Role::Planner, Some("canal-town")));
    let wang = [("cookie", wang.as_str())];
    let keys = "/api/v1/keys";
    let key = |role: &str, region: Value, days: i64| {
        let body = json!({"name": "QGIS", "role": role, "region": region, "expires_in_days": days});
        asked(&service, ("POST", keys), &body, &wang)
    };
    key("planner", Value::Null, 9).refused(403, "not-allowed", &["planner"]);
    key("administrator", json!("canal-town"), 9).refused(403, "not-allowed", &[]);
    key("volunteer", json!("canal-town"), 0).refused(400, "bad-body", &["expires_in_days"]);
    key("volunteer", json!("canal-town"), 731).refused(400, "bad-body", &["730"]);
    let made = key("dispatcher", json!("canal-town"), 9);
    assert_eq!(made.status, 201, "{}", made.text());
    let made: Value = serde_json::from_slice(&made.body).unwrap();
    let secret = made["key"].as_str().unwrap();
    assert!(secret.starts_with("zk_"));
    let bearer = format!("Bearer {secret}");
    let program = [("authorization", bearer.as_str())];
    let get = |address: &str| asked(&service, ("GET", address), &Value::Null, &program);
    assert_eq!(get(&of_town("/incidents")).status, 200);
    get(&of_town("/audit")).refused(403, "not-allowed", &["planner"]);
    let more =
        json!({"name": "x", "role": "volunteer", "region": "canal-town", "expires_in_days": 9});
    let more = asked(&service, ("POST", keys), &more, &program);
    more.refused(403, "only-people", &["password"]);

    let listed = asked(&service, ("GET", keys), &Value::Null, &wang);
    assert!(!listed.text().contains(secret), "it is never told again");
    let id = &listed.json()["keys"][0]["id"];
    let end = format!("{keys}/{id}");
    assert_eq!(
        asked(&service, ("DELETE", &end), &Value::Null, &wang).status,
        204
    );
    get(&of_town("/incidents")).refused(401, "wrong-key", &[]);
    asked(&service, ("DELETE", &end), &Value::Null, &wang).refused(404, "unknown-key", &[]);
}

#[test]
fn a_planner_offers_at_most_what_they_hold_and_where_they_hold_it() {
    let (_town, service) = town();
    let wang = joined(&service, "wang", (Role::Planner, Some("canal-town")));
    let wang = [("cookie", wang.as_str())];
    let invitations = "/api/v1/invitations";
    let invite = |role: &str, region: Value| {
        let body = json!({"role": role, "region": region});
        asked(&service, ("POST", invitations), &body, &wang)
    };
    invite("administrator", json!("canal-town")).refused(403, "not-allowed", &[]);
    invite("volunteer", Value::Null).refused(403, "not-allowed", &[]);
    let given = invite("volunteer", json!("canal-town"));
    assert_eq!(given.status, 201, "{}", given.text());
    let given: Value = serde_json::from_slice(&given.body).unwrap();
    let token = given["token"].as_str().unwrap();
    let open = asked(&service, ("GET", invitations), &Value::Null, &wang);
    assert!(!open.text().contains(token), "it is never told again");
    assert_eq!(open.json()["invitations"][0]["created_by"], "wang");
    let back = format!("{invitations}/{}", given["id"]);
    assert_eq!(
        asked(&service, ("DELETE", &back), &Value::Null, &wang).status,
        204
    );
    let accept = json!({"token": token, "name": "li", "password": PASSWORD});
    let late = asked(
        &service,
        ("POST", "/api/v1/invitations/accept"),
        &accept,
        &[],
    );
    late.refused(404, "unknown-invitation", &["taken back"]);

    let li = joined(&service, "li", (Role::Volunteer, Some("canal-town")));
    let li = [("cookie", li.as_str())];
    let body = json!({"role": "volunteer", "region": "canal-town"});
    let invite = asked(&service, ("POST", invitations), &body, &li);
    invite.refused(403, "not-allowed", &["planner"]);
    let given = asked(
        &service,
        ("POST", invitations),
        &json!({"role": "dispatcher", "region": "canal-town"}),
        &wang,
    );
    let given: Value = serde_json::from_slice(&given.body).unwrap();
    let more = json!({"token": given["token"]});
    let more = asked(&service, ("POST", "/api/v1/invitations/accept"), &more, &li);
    assert_eq!(more.status, 201, "{}", more.text());
    let roles: Value = serde_json::from_slice(&more.body).unwrap();
    let expected = json!([{"role": "dispatcher", "region": "canal-town"}]);
    assert_eq!(roles["account"]["roles"], expected, "the greater of two");
}

#[test]
fn what_changes_of_those_who_sign_in_is_written_down_but_no_secret_is() {
    let (_town, service) = town();
    let wang = joined(&service, "wang", (Role::Administrator, None));
    let wang = [("cookie", wang.as_str())];
    let new = "five words by the pond";
    let change = json!({"old": PASSWORD, "new": new});
    let change = asked(
        &service,
        ("POST", "/api/v1/session/password"),
        &change,
        &wang,
    );
    assert_eq!(change.status, 204);
    let key = json!({"name": "QGIS", "role": "volunteer", "expires_in_days": 9});
    let key = asked(&service, ("POST", "/api/v1/keys"), &key, &wang);
    let key: Value = serde_json::from_slice(&key.body).unwrap();
    let log = asked(&service, ("GET", "/api/v1/audit"), &Value::Null, &wang);
    let secrets = [
        PASSWORD,
        new,
        "argon2id",
        key["key"].as_str().unwrap(),
        &wang[0].1[15..],
    ];
    for secret in secrets {
        assert!(!log.text().contains(secret), "{secret}");
    }
    let log = log.json();
    let entries = log["entries"].as_array().unwrap().iter();
    let told: Vec<String> = entries
        .map(|entry| {
            format!(
                "{} {}",
                entry["who"].as_str().unwrap(),
                entry["thing"].as_str().unwrap()
            )
        })
        .collect();
    let expected = [
        "wang api_key",
        "wang password",
        "wang account",
        "wang invitation",
        "zhugan invitation",
    ];
    assert_eq!(told[..5], expected);
}

#[test]
fn whoever_made_a_key_sees_when_it_was_last_used() {
    let (_town, service) = town();
    let wang = joined(&service, "wang", (Role::Planner, None));
    let wang = [("cookie", wang.as_str())];
    let keys = "/api/v1/keys";
    let body = json!({"name": "QGIS", "role": "volunteer", "region": null, "expires_in_days": 9});
    let made = asked(&service, ("POST", keys), &body, &wang);
    let made: Value = serde_json::from_slice(&made.body).unwrap();
    assert_eq!(made["last_used_at"], Value::Null);
    let last = || {
        let listed = asked(&service, ("GET", keys), &Value::Null, &wang).json();
        listed["keys"][0]["last_used_at"].clone()
    };
    assert_eq!(last(), Value::Null);
    let before = clock::text(clock::now());
    let bearer = format!("Bearer {}", made["key"].as_str().unwrap());
    let program = [("authorization", bearer.as_str())];
    asked(&service, ("GET", keys), &Value::Null, &program).json();
    let used = last();
    let after = clock::text(clock::now());
    let used = used.as_str().unwrap();
    assert!(before.as_str() <= used && used <= after.as_str(), "{used}");
}
