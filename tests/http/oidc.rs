//! Signing in with a provider: an invitation gives the role, the provider's word opens the account, and nothing else does.

use std::net::TcpListener;

use serde_json::Value;
use serde_json::json;
use zhugan::app::keeping::Keeping;
use zhugan::http::provider::NoProvider;
use zhugan::http::provider::Provider;
use zhugan::http::service::Limits;
use zhugan::http::service::Service;
use zhugan::http::service::Settings;
use zhugan::model::account::Grant;
use zhugan::model::account::Role;

use crate::commands::canal;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::id_provider::IdProvider;
use crate::http::id_provider::PUBLIC;
use crate::http::id_provider::Wrong;
use crate::http::id_provider::known;
use crate::http::people::PASSWORD;
use crate::http::people::asked;
use crate::http::people::joined;

const BEGIN: (&str, &str) = ("POST", "/api/v1/session/oidc");

/// A browser that has been sent to the provider.
struct Away {
    location: String,
    errand: String,
}

fn service(provider: Provider) -> (Folder, Service) {
    let town = canal();
    let settings = Settings {
        provider: Some(provider),
        keeping: Keeping::default(),
        ..Settings::default()
    };
    let service = Service::with(settings, &[town.path().to_owned()], Limits::of_cores(2));
    service.load();
    (town, service)
}

/// The secret of an invitation.
fn invitation(service: &Service, role: Role) -> String {
    let grant = Grant {
        role,
        region: Some("canal-town".to_owned()),
    };
    let (_, secret) = service.people().invite_as_program(&grant).unwrap();
    secret.as_str().to_owned()
}

fn begun(service: &Service, body: &Value) -> Away {
    let answer = asked(service, BEGIN, body, &[]);
    Away {
        location: answer.json()["location"].as_str().unwrap().to_owned(),
        errand: cookie(&answer, "zhugan_errand").unwrap(),
    }
}

/// What a cookie is set to, as a browser shows it.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let all = answer.headers.get_all("set-cookie").iter();
    let mut all = all.map(|value| value.to_str().unwrap());
    let set = all.find(|set| set.starts_with(&format!("{name}=")))?;
    Some(set.split(';').next().unwrap().to_owned())
}

fn back(service: &Service, way: &str, cookies: &str) -> Answer {
    let answer = asked(service, ("GET", way), &Value::Null, &[("cookie", cookies)]);
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    answer
}

/// A whole way there and back.
fn signed_in(service: &Service, provider: &IdProvider, body: &Value) -> Answer {
    let away = begun(service, body);
    back(service, &provider.opened(&away.location), &away.errand)
}

/// The page is told that nobody is signed in, and why.
fn refused(answer: &Answer, why: &str) {
    assert_eq!(answer.header("location"), format!("/#signin={why}"));
    assert_eq!(cookie(answer, "zhugan_session"), None);
    let errand = cookie(answer, "zhugan_errand");
    assert_eq!(errand.as_deref(), Some("zhugan_errand="));
}

/// Whose session it is.
fn me(service: &Service, session: &str) -> Value {
    let who = ("GET", "/api/v1/session");
    asked(service, who, &Value::Null, &[("cookie", session)]).json()["account"].clone()
}

/// Somebody who has come with the provider: what their browser shows.
fn li(service: &Service, provider: &IdProvider, role: Role) -> String {
    let body = json!({"token": invitation(service, role), "name": "li"});
    let answer = signed_in(service, provider, &body);
    assert_eq!(answer.header("location"), "/");
    cookie(&answer, "zhugan_session").unwrap()
}

#[test]
fn an_invited_person_signs_in_with_the_provider_and_has_the_role() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    let session = li(&service, &provider, Role::Planner);
    let roles = json!([{"role": "planner", "region": "canal-town"}]);
    assert_eq!(me(&service, &session)["name"], "li");
    assert_eq!(me(&service, &session)["roles"], roles);

    let again = signed_in(&service, &provider, &json!({}));
    assert_eq!(again.header("location"), "/");
    let again = cookie(&again, "zhugan_session").unwrap();
    assert_ne!(again, session);
    assert_eq!(me(&service, &again)["id"], me(&service, &session)["id"]);
    let enter = ("POST", "/api/v1/session");
    for password in ["", PASSWORD] {
        let body = json!({"name": "li", "password": password});
        asked(&service, enter, &body, &[]).refused(401, "wrong-password", &[]);
    }
}

#[test]
fn a_stranger_to_the_service_is_refused_whatever_the_provider_says() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    li(&service, &provider, Role::Volunteer);
    provider.is_asked_by("wang-18");
    let answer = signed_in(&service, &provider, &json!({}));
    refused(&answer, "unknown-identity");
}

#[test]
fn whoever_is_shut_out_is_refused_with_or_without_another_invitation() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    let keeper = joined(&service, "keeper", (Role::Administrator, None));
    let session = li(&service, &provider, Role::Volunteer);
    let account = format!("/api/v1/accounts/{}", me(&service, &session)["id"]);
    let shut = json!({"is_active": false});
    let answer = asked(&service, ("PATCH", &account), &shut, &[("cookie", &keeper)]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let token = invitation(&service, Role::Planner);
    for body in [json!({}), json!({"token": token, "name": "li.wei"})] {
        let answer = signed_in(&service, &provider, &body);
        refused(&answer, "unknown-identity");
    }
    let look = ("POST", "/api/v1/invitations/look");
    let offer = asked(&service, look, &json!({"token": token}), &[]);
    assert_eq!(offer.status, 200, "nobody has taken it");
}

#[test]
fn another_invitation_adds_a_role_to_the_account_that_the_provider_opens() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    let first = li(&service, &provider, Role::Volunteer);
    let more = json!({"token": invitation(&service, Role::Planner), "name": "li.wei"});
    let answer = signed_in(&service, &provider, &more);
    let session = cookie(&answer, "zhugan_session").unwrap();
    let (before, after) = (me(&service, &first), me(&service, &session));
    assert_eq!(
        (&after["id"], &after["name"]),
        (&before["id"], &json!("li"))
    );
    assert_eq!(after["roles"][0]["role"], "planner");
}

#[test]
fn an_invitation_that_cannot_be_taken_is_told_before_anybody_goes_to_the_provider() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    joined(&service, "wang", (Role::Planner, None));
    let token = invitation(&service, Role::Volunteer);
    let begin = |token: &str, name: &str| {
        asked(&service, BEGIN, &json!({"token": token, "name": name}), &[])
    };
    begin("none", "li").refused(404, "unknown-invitation", &["ask whoever gave it"]);
    begin(&token, "Wang").refused(409, "name-taken", &["Wang"]);
    begin(&token, "zhugan").refused(409, "name-taken", &["zhugan"]);
    begin(&token, "<b>").refused(422, "bad-name", &["letters"]);
    let half = asked(&service, BEGIN, &json!({"token": token}), &[]);
    half.refused(400, "bad-body", &["name"]);

    let late = begun(&service, &json!({"token": token, "name": "li"}));
    li(&service, &provider, Role::Volunteer);
    provider.is_asked_by("somebody-else");
    let way = provider.opened(&late.location);
    refused(&back(&service, &way, &late.errand), "name-taken");
}

#[test]
fn what_binds_the_way_back_is_kept_from_pages_for_ten_minutes_and_no_secret_is_in_an_address() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    let token = invitation(&service, Role::Volunteer);
    let answer = asked(&service, BEGIN, &json!({"token": token, "name": "li"}), &[]);
    let set = answer.header("set-cookie");
    for word in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(set.contains(word), "{set}");
    }
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(!answer.text().contains(&token), "{}", answer.text());
    let foreign = [("origin", "https://evil.example")];
    asked(&service, BEGIN, &json!({}), &foreign).refused(403, "cross-site", &[]);
}

#[test]
fn a_word_that_is_not_the_providers_for_this_errand_and_now_lets_nobody_in() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    li(&service, &provider, Role::Volunteer);
    let mut let_in = Vec::new();
    for wrong in [
        Wrong::Signature,
        Wrong::NoSignature,
        Wrong::Audience,
        Wrong::Issuer,
        Wrong::Nonce,
        Wrong::NoNonce,
        Wrong::Expired,
        Wrong::NoToken,
    ] {
        provider.does_wrong(wrong);
        let answer = signed_in(&service, &provider, &json!({}));
        if answer.header("location") == "/" {
            let_in.push(wrong);
        } else {
            refused(&answer, "provider-refused");
        }
    }
    assert_eq!(let_in, []);
    provider.does_wrong(Wrong::Nothing);
    let answer = signed_in(&service, &provider, &json!({}));
    assert_eq!(answer.header("location"), "/", "and the right one does");
}

#[test]
fn a_way_back_is_good_once_and_in_its_own_browser_only() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    li(&service, &provider, Role::Volunteer);
    let (one, other) = (begun(&service, &json!({})), begun(&service, &json!({})));
    let way = provider.opened(&one.location);
    refused(&back(&service, &way, ""), "stale-errand");
    refused(&back(&service, &way, &other.errand), "stale-errand");
    let nowhere = "/api/v1/session/oidc/back";
    refused(&back(&service, nowhere, &one.errand), "stale-errand");
    let foreign = format!("{nowhere}?code=a&state=b");
    refused(&back(&service, &foreign, &one.errand), "stale-errand");

    let answer = back(&service, &way, &one.errand);
    assert_eq!(answer.header("location"), "/");
    let errand = cookie(&answer, "zhugan_errand");
    assert_eq!(errand.as_deref(), Some("zhugan_errand="), "it is forgotten");
    let replayed = back(&service, &way, &one.errand);
    refused(&replayed, "provider-refused");
}

#[test]
fn a_code_that_somebody_else_has_begun_for_is_not_exchanged() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    li(&service, &provider, Role::Volunteer);
    let (one, other) = (begun(&service, &json!({})), begun(&service, &json!({})));
    let way = provider.opened(&one.location);
    let part = |away: &Away, name: &str| {
        let (_, rest) = away.errand.split_once(&format!("{name}=")).unwrap();
        rest.split('&').next().unwrap().to_owned()
    };
    let mixed = one
        .errand
        .replace(&part(&one, "verifier"), &part(&other, "verifier"));
    assert_ne!(mixed, one.errand);
    refused(&back(&service, &way, &mixed), "provider-refused");
}

#[test]
fn whoever_declines_at_the_provider_is_back_and_not_signed_in() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    let away = begun(&service, &json!({}));
    let way = provider.opened(&away.location);
    let (_, state) = way.split_once("&state=").unwrap();
    let declined = format!("/api/v1/session/oidc/back?error=access_denied&state={state}");
    refused(&back(&service, &declined, &away.errand), "provider-refused");
}

#[test]
fn a_provider_that_is_down_is_told_and_keeps_nothing_else_from_working() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (_town, service) = service(known(&issuer, PUBLIC).unwrap());
    let answer = asked(&service, BEGIN, &json!({}), &[]);
    assert_eq!(answer.header("retry-after"), "1");
    answer.refused(503, "provider-down", &["Town ID", "password"]);
    let wang = joined(&service, "wang", (Role::Planner, None));
    assert_eq!(me(&service, &wang)["name"], "wang");
}

#[test]
fn an_answer_that_never_ends_or_leads_elsewhere_is_not_followed() {
    for wrong in [Wrong::VastDescription, Wrong::LedOn] {
        let provider = IdProvider::new();
        let (_town, service) = service(provider.known());
        provider.does_wrong(wrong);
        let answer = asked(&service, BEGIN, &json!({}), &[]);
        assert_eq!(answer.status, 503, "{wrong:?}");
        answer.refused(503, "provider-down", &["Town ID"]);
    }
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    let away = begun(&service, &json!({}));
    provider.does_wrong(Wrong::VastToken);
    let way = provider.opened(&away.location);
    refused(&back(&service, &way, &away.errand), "provider-down");
}

#[test]
fn a_session_that_somebody_has_planted_is_not_the_one_after_coming_back() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    let first = li(&service, &provider, Role::Volunteer);
    let planted = "zhugan_session=0000000000000000000000000000000000000000000000000000000000000000";
    for old in [planted, &first] {
        let away = begun(&service, &json!({}));
        let way = provider.opened(&away.location);
        let answer = back(&service, &way, &format!("{old}; {}", away.errand));
        let session = cookie(&answer, "zhugan_session").unwrap();
        assert_ne!(session, old);
        assert!(me(&service, old).is_null());
        assert_eq!(me(&service, &session)["name"], "li");
    }
}

#[test]
fn the_page_is_told_what_the_provider_is_called_and_the_log_who_has_come_by_it() {
    let provider = IdProvider::new();
    let (_town, service) = service(provider.known());
    let who = asked(&service, ("GET", "/api/v1/session"), &Value::Null, &[]);
    assert_eq!(
        who.json(),
        json!({"account": null, "sign_in_with": "Town ID"})
    );
    let keeper = joined(&service, "keeper", (Role::Administrator, None));
    li(&service, &provider, Role::Volunteer);
    let log = ("GET", "/api/v1/audit?limit=4");
    let log = asked(&service, log, &Value::Null, &[("cookie", &keeper)]).json();
    let entries = log["entries"].as_array().unwrap().iter();
    let told: Vec<String> = entries
        .map(|entry| format!("{} {}", entry["who"], entry["thing"]).replace('"', ""))
        .collect();
    let expected = ["li sign_in", "li identity", "li account", "li invitation"];
    assert_eq!(told, expected);
    let name = format!("{} li-17", provider.issuer);
    assert_eq!(log["entries"][1]["thing_id"], name);
}

#[test]
fn an_address_that_would_send_secrets_in_the_open_is_no_providers() {
    let refused = |issuer: &str, public: &str, wrong: &str| {
        let NoProvider::Address { option, given } = known(issuer, public).unwrap_err() else {
            panic!("{issuer} {public}");
        };
        assert_eq!(
            (option, given.as_str()),
            (
                wrong,
                if wrong == "--public-url" {
                    public
                } else {
                    issuer
                }
            )
        );
    };
    for open in [
        "http://id.example",
        "http://192.168.0.2",
        "https://me@id.example",
        "https://id.example?a=b",
        "https://id.example/#a",
        "ftp://id.example",
        "id.example",
        "",
    ] {
        refused(open, "https://map.example", "--oidc-issuer");
        refused("https://id.example", open, "--public-url");
    }
    for safe in [
        "https://id.example/realms/town",
        "http://localhost:8081",
        "http://[::1]",
    ] {
        assert!(known(safe, "https://map.example").is_ok(), "{safe}");
    }
}
