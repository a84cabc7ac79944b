//! Nobody gets in: every route and every role, held against the routes themselves.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use zhugan::http::routes::description;
use zhugan::http::service::Service;
use zhugan::model::account::Role;

use crate::http::kept;
use crate::http::people::asked;
use crate::http::people::joined;
use crate::http::privacy::address;

/// Who may, at the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Least {
    Anybody,
    SignedIn,
    Held(Role),
}

use Least::Anybody;
use Least::Held;
use Least::SignedIn;

/// Who asks.
#[derive(Clone, Copy, Debug)]
struct Asker {
    who: &'static str,
    role: Option<Role>,
    region: Option<&'static str>,
}

const HERE: Option<&str> = Some("shuixiang");

const ASKERS: [Asker; 6] = [
    asker("stranger", None, None),
    asker(
        "administrator elsewhere",
        Some(Role::Administrator),
        Some("elsewhere"),
    ),
    asker("volunteer", Some(Role::Volunteer), HERE),
    asker("dispatcher", Some(Role::Dispatcher), HERE),
    asker("planner", Some(Role::Planner), HERE),
    asker("administrator", Some(Role::Administrator), None),
];

const fn asker(who: &'static str, role: Option<Role>, region: Option<&'static str>) -> Asker {
    Asker { who, role, region }
}

/// Every operation: who may, and what is answered to whoever may, if the examples of the description are sent; among
/// them ids that nobody has, an invitation that nobody has given, a password that has just been changed, a notice whose
/// time is over and a provider that is not set.
const TABLE: &[(&str, Least, u16)] = &[
    ("healthz", Anybody, 200),
    ("readyz", Anybody, 200),
    ("metrics", Anybody, 200),
    ("openapi", Anybody, 200),
    ("docs", Anybody, 200),
    ("regions", Anybody, 200),
    ("region", Anybody, 200),
    ("coverage", Anybody, 200),
    ("gaps", Anybody, 200),
    ("equipment", Anybody, 200),
    ("piece", Anybody, 200),
    ("export", Anybody, 200),
    ("village_report", Anybody, 200),
    ("labels", Anybody, 200),
    ("crossings", Anybody, 200),
    ("crossing", Anybody, 200),
    ("code", Anybody, 200),
    ("nearest", Anybody, 200),
    ("nearest_of_many", Anybody, 200),
    ("evaluate", Anybody, 200),
    ("tiles", Anybody, 200),
    ("tile", Anybody, 200),
    ("session", Anybody, 200),
    ("sign_in", Anybody, 401),
    ("sign_out", Anybody, 204),
    ("look", Anybody, 404),
    ("accept", Anybody, 404),
    ("begin_with_provider", Anybody, 404),
    ("return_from_provider", Anybody, 404),
    ("change_password", SignedIn, 204),
    ("invitations", SignedIn, 200),
    ("keys", SignedIn, 200),
    ("end_key", SignedIn, 404),
    ("withdraw", SignedIn, 404),
    ("roster", Held(Role::Dispatcher), 200),
    ("change_responder", Held(Role::Dispatcher), 200),
    ("add_responder", Held(Role::Planner), 201),
    ("edit_responder", Held(Role::Planner), 200),
    ("take_off_responder", Held(Role::Planner), 204),
    ("notices", Anybody, 200),
    ("notice_feed", Anybody, 200),
    ("notice_cap", Anybody, 404),
    ("write_notice", Held(Role::Planner), 400),
    ("edit_notice", Held(Role::Planner), 404),
    ("withdraw_notice", Held(Role::Planner), 404),
    ("webhooks", Held(Role::Administrator), 200),
    ("deliveries", Held(Role::Administrator), 404),
    ("add_webhook", Held(Role::Administrator), 201),
    ("remove_webhook", Held(Role::Administrator), 204),
    ("incidents", Held(Role::Dispatcher), 200),
    ("incident", Held(Role::Dispatcher), 404),
    ("open_incident", Held(Role::Dispatcher), 201),
    ("close_incident", Held(Role::Dispatcher), 200),
    ("send", Held(Role::Dispatcher), 201),
    ("arrive", Held(Role::Dispatcher), 200),
    ("incident_summary", Held(Role::Dispatcher), 200),
    ("accounts", Held(Role::Planner), 200),
    ("invite", Held(Role::Planner), 201),
    ("make_key", Held(Role::Planner), 201),
    ("audit", Held(Role::Planner), 200),
    ("undo", Held(Role::Planner), 404),
    // Without a file.
    ("place", Held(Role::Planner), 202),
    ("plan_patrol", Held(Role::Planner), 202),
    ("patrol_job", Held(Role::Planner), 404),
    ("end_patrol", Held(Role::Planner), 404),
    ("give_stretch", Held(Role::Planner), 404),
    ("plan_gpx", Held(Role::Planner), 404),
    ("patrols", Held(Role::Planner), 200),
    ("patrol", Held(Role::Planner), 404),
    ("patrol_gpx", Held(Role::Planner), 404),
    ("publish_patrol", Held(Role::Planner), 404),
    ("withdraw_patrol", Held(Role::Planner), 404),
    ("volunteers", Held(Role::Planner), 200),
    ("add_volunteer", Held(Role::Planner), 201),
    ("set_volunteer", Held(Role::Planner), 404),
    ("apply", Anybody, 201),
    ("evenings", Held(Role::Planner), 200),
    ("set_evening", Held(Role::Planner), 200),
    ("propose_evenings", Held(Role::Planner), 200),
    ("duty", Held(Role::Volunteer), 200),
    ("allow_hand_in", Held(Role::Volunteer), 201),
    // Of somebody who is not on the roster.
    ("answer_duty", Held(Role::Volunteer), 409),
    ("take_over", Held(Role::Volunteer), 409),
    ("consent", Held(Role::Volunteer), 409),
    ("make_calendar", Held(Role::Volunteer), 201),
    // With a key that nobody has given.
    ("calendar", Anybody, 404),
    // Of somebody who is not on that evening.
    ("duty_gpx", Held(Role::Volunteer), 409),
    ("seen", Held(Role::Volunteer), 200),
    ("seen_history", Held(Role::Planner), 200),
    ("hand_in", Held(Role::Volunteer), 201),
    ("placement_job", Held(Role::Planner), 404),
    ("end_placement", Held(Role::Planner), 404),
    ("preview_import", Held(Role::Planner), 422),
    ("import_file", Held(Role::Planner), 422),
    ("add_piece", Held(Role::Planner), 201),
    ("edit_piece", Held(Role::Planner), 200),
    ("retire_piece", Held(Role::Planner), 204),
    ("set_crossing", Held(Role::Planner), 200),
    ("settings", Anybody, 200),
    ("turn_settings", Held(Role::Planner), 200),
    ("water_bodies", Anybody, 200),
    ("water_body", Anybody, 200),
    ("rescue_points", Anybody, 200),
    ("rescue_point", Anybody, 404),
    ("report", Anybody, 201),
    // With a right that nobody has given.
    ("add_photo", Anybody, 403),
    ("photo", Held(Role::Planner), 404),
    ("inspections", Anybody, 200),
    ("inspect_piece", Held(Role::Volunteer), 201),
    ("reports", Held(Role::Planner), 200),
    ("one_report", Held(Role::Planner), 404),
    ("decide_report", Held(Role::Planner), 200),
    ("set_risk", Held(Role::Planner), 200),
    ("add_rescue_point", Held(Role::Planner), 201),
    ("edit_rescue_point", Held(Role::Planner), 200),
    ("retire_rescue_point", Held(Role::Planner), 204),
    ("corrections", Held(Role::Planner), 200),
    ("correct", Held(Role::Planner), 201),
    ("take_back_correction", Held(Role::Planner), 204),
    ("import_report", Held(Role::Planner), 200),
    ("audit_of_people", Held(Role::Administrator), 200),
    ("set_account", Held(Role::Administrator), 200),
];

/// Of operations whose address names no region, but which ask for a role in some region.
const SOMEWHERE: [&str; 1] = ["accounts"];

/// Of those whose body names the region.
const IN_BODY: [&str; 2] = ["invite", "make_key"];

/// Events never end; the test of them reads what they say.
const LEFT_OUT: [&str; 1] = ["events"];

/// What is asked for with a signed-in browser last, since it signs out.
const LAST: [&str; 2] = ["sign_in", "sign_out"];

struct Operation {
    id: String,
    method: String,
    path: String,
    address: String,
    body: Value,
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&description()).unwrap();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let body = &operation["requestBody"]["content"]["application/json"]["example"];
            found.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                address: address(path, operation, &[]).replace("{r}", "shuixiang"),
                body: body.clone(),
            });
        }
    }
    let methods = ["GET", "POST", "PATCH", "DELETE"];
    found.sort_by_key(|operation| {
        let last = LAST.iter().position(|id| *id == operation.id);
        let method = methods
            .iter()
            .position(|method| *method == operation.method);
        (last, method, operation.path.clone())
    });
    found
}

fn service() -> Service {
    kept(&[&Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/shuixiang")])
}

/// What is expected: the status of a refusal, or of the answer.
fn expected(operation: &Operation, asker: &Asker, (least, answered): (Least, u16)) -> u16 {
    let Some(role) = asker.role else {
        return if least == Anybody { answered } else { 401 };
    };
    let Held(needed) = least else {
        return answered;
    };
    let is_there = asker.region.is_none()
        || (operation.path.contains("{r}") || IN_BODY.contains(&operation.id.as_str()))
            && asker.region == HERE
        || SOMEWHERE.contains(&operation.id.as_str());
    if needed <= role && is_there {
        answered
    } else {
        403
    }
}

#[test]
fn every_route_answers_every_role_as_the_table_says() {
    let table: BTreeMap<&str, (Least, u16)> = TABLE
        .iter()
        .map(|&(id, least, status)| (id, (least, status)))
        .collect();
    let operations = operations();
    let mut wrong = Vec::new();
    for asker in &ASKERS {
        let service = service();
        let cookie = asker
            .role
            .map(|role| joined(&service, "wang", (role, asker.region)));
        for operation in &operations {
            if LEFT_OUT.contains(&operation.id.as_str()) {
                continue;
            }
            let headers: Vec<(&str, &str)> = cookie
                .iter()
                .map(|cookie| ("cookie", cookie.as_str()))
                .collect();
            let request = (operation.method.as_str(), operation.address.as_str());
            let got = asked(&service, request, &operation.body, &headers);
            let row = table.get(operation.id.as_str());
            let expected = row.map(|row| expected(operation, asker, *row));
            if expected != Some(got.status) {
                wrong.push(format!(
                    "{} as {}: {} instead of {expected:?}: {}",
                    operation.id,
                    asker.who,
                    got.status,
                    got.text().chars().take(200).collect::<String>()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known: Vec<&str> = operations
        .iter()
        .map(|operation| operation.id.as_str())
        .collect();
    let stale = table.keys().filter(|id| !known.contains(id));
    assert_eq!(stale.count(), 0, "the table knows a route that is gone");
}
