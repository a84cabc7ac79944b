//! Who can come first, over HTTP: in which order, at which hour, with what, and how much a stranger is told.

use std::time::Duration;
use std::time::SystemTime;
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use serde_json::json;
use zhugan::app::clock;
use zhugan::app::region::LoadedRegion;
use zhugan::app::responders::RespondersQuestion;
use zhugan::app::responders::Whom;
use zhugan::app::snapshot::Snapshot;
use zhugan::geometry::datum::Datum;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::http::routes::router;
use zhugan::http::service::Service;
use zhugan::plan::crew::Now;

use crate::commands::REGION;
use crate::commands::canal;
use crate::commands::canal_with;
use crate::commands::place;
use crate::commands::register;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::TOKEN;
use crate::http::answers::about;
use crate::http::get;
use crate::http::kept;
use crate::http::of_town;
use crate::http::patch;
use crate::http::sent;

/// Somebody at a place some meters east and north of the center: id, kind, place, travel, hours, what follows.
pub type Row<'a> = (&'a str, &'a str, (f64, f64), &'a str, &'a str, &'a str);

const PEOPLE: [Row; 4] = [
    ("S1", "police", (0.0, -60.0), "car", "00:00,24:00", ""),
    (
        "V1",
        "volunteer",
        (-100.0, -30.0),
        "foot",
        "18:00,21:00",
        "",
    ),
    (
        "V2",
        "volunteer",
        (-100.0, 30.0),
        "ebike",
        "00:00,24:00",
        "",
    ),
    ("V3", "volunteer", (-80.0, -40.0), "foot", "06:00,09:00", ""),
];

/// The canal town with a bridge in the middle, a pole on the southern bank, and people on both.
pub fn folder(people: &[Row]) -> Folder {
    peopled(canal(), people)
}

fn peopled(town: Folder, people: &[Row]) -> Folder {
    let rows = people
        .iter()
        .map(|(id, kind, (east, north), travel, hours, seen)| {
            let home = place(*east, *north);
            format!("{id},{kind},Wang {id},139{id},{home},{travel},{hours},{seen}\n")
        });
    let header = "id,kind,name,phone,lon,lat,travel,duty_from,duty_to,seen_lon,seen_lat,seen_at\n";
    let people = format!("{header}{}", rows.collect::<String>());
    let region = format!(
        "{REGION}[[source]]\nfile = \"people.csv\"\nuse = [\"responders\"]\nillustrative = true\n"
    );
    std::fs::write(town.path().join("people.csv"), people).unwrap();
    std::fs::write(town.path().join("region.toml"), region).unwrap();
    town
}

pub fn town(people: &[Row]) -> (Folder, Service) {
    let town = folder(people);
    let service = kept(&[town.path()]);
    (town, service)
}

fn address((east, north): (f64, f64), more: &str) -> String {
    let there = place(east, north);
    let (lon, lat) = there.split_once(',').unwrap();
    format!("/api/v1/nearest?lon={lon}&lat={lat}&for=responders{more}")
}

pub fn by(token: &str, service: &Service, address: &str) -> Answer {
    let request = Request::get(address).header("authorization", format!("Bearer {token}"));
    sent(&router(service), request.body(Body::empty()).unwrap())
}

/// Who comes, for whoever has the token.
pub fn coming(service: &Service, there: (f64, f64), more: &str) -> Value {
    by(TOKEN, service, &address(there, more)).json()
}

pub fn ids(answer: &Value) -> Vec<&str> {
    let results = answer["results"].as_array().unwrap().iter();
    results.map(|one| one["id"].as_str().unwrap()).collect()
}

const NEAR_BANK: (f64, f64) = (-100.0, -6.0);

fn near_bank() -> LonLat {
    let there = place(NEAR_BANK.0, NEAR_BANK.1);
    let (lon, lat) = there.split_once(',').unwrap();
    LonLat::new(lon.parse().unwrap(), lat.parse().unwrap()).unwrap()
}

#[test]
fn whoever_is_on_duty_comes_in_the_order_of_arrival_and_not_of_the_straight_line() {
    let (_town, service) = town(&PEOPLE);
    let evening = coming(&service, NEAR_BANK, "&time=20:00");
    assert_eq!(
        ids(&evening),
        ["V1", "S1", "V2"],
        "V2 is nearer, but beyond the canal"
    );
    assert_eq!(
        (&evening["on_duty"], &evening["unreachable"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(evening["time"], "20:00");
    let [first, station, last] = [0, 1, 2].map(|index| &evening["results"][index]);
    // 24 m of open ground count 1.25 times; somebody who runs is at 2 m/s.
    about(&first["arrival_s"], 15.0, 0.1);
    about(&first["way_m"], 24.0, 0.1);
    about(&first["straight_m"], 24.0, 0.1);
    assert_eq!(first["crossings"], json!([]));
    assert_eq!(station["kind"], "police");
    assert_eq!(last["crossings"].as_array().unwrap().len(), 1, "{last}");
    assert!(last["straight_m"].as_f64() < station["straight_m"].as_f64());
    assert_eq!(
        ids(&coming(&service, NEAR_BANK, "&time=07:00")),
        ["V3", "S1", "V2"]
    );
    assert_eq!(
        ids(&coming(&service, NEAR_BANK, "&time=21:00")),
        ["S1", "V2"]
    );
    assert_eq!(
        ids(&coming(&service, NEAR_BANK, "&time=20:00&limit=1")),
        ["V1"]
    );
}

#[test]
fn whoever_fetches_goes_by_the_pole_and_the_answer_names_it() {
    let (_town, service) = town(&PEOPLE);
    let there = (-60.0, -6.0);
    let straight = coming(&service, there, "&time=20:00&limit=1");
    let fetching = coming(&service, there, "&time=20:00&limit=1&via=fetch&kind=pole");
    let one = &fetching["results"][0];
    assert_eq!(one["id"], "V1");
    let pole = &one["fetches"];
    assert_eq!((&pole["id"], &pole["kind"]), (&json!("P1"), &json!("pole")));
    assert!(pole["code"].as_str().unwrap().starts_with("CA-"), "{pole}");
    // From the pole to the place it is 40 m along the bank, at 1.1 effective meters a meter, and a step.
    about(&pole["carry_m"], 44.5, 1.0);
    assert!(straight["results"][0]["arrival_s"].as_f64() < one["arrival_s"].as_f64());
    let line = one["line"].as_array().unwrap();
    assert!(line.contains(&pole["at"]), "{line:?} by {pole}");
    let none = coming(&service, there, "&time=20:00&via=fetch&kind=aed");
    assert_eq!(none["results"], json!([]), "there is none to fetch");
}

#[test]
fn a_casualty_in_the_water_is_reached_from_both_banks() {
    let (_town, service) = town(&PEOPLE);
    let answer = coming(
        &service,
        (-100.0, 1.0),
        "&time=20:00&via=fetch&kind=pole&limit=1",
    );
    assert_eq!(answer["place"]["on"], "water");
    let results = answer["results"].as_array().unwrap();
    let banks: Vec<&Value> = results.iter().map(|one| &one["from_bank"]).collect();
    let sides = answer["over_water"].as_array().unwrap();
    let of_sides: Vec<&Value> = sides.iter().map(|side| &side["from_bank"]).collect();
    assert_eq!(banks, of_sides);
    // Four meters to the north, six to the south: a pole reaches five.
    assert_eq!(results[0]["fetches"]["reaches"], true, "{answer}");
    assert_eq!(results[1]["fetches"]["reaches"], false, "{answer}");
    assert_eq!(
        results[0]["crossings"].as_array().unwrap().len(),
        1,
        "the pole comes over the bridge"
    );
}

#[test]
fn what_reaches_a_casualty_is_fetched_before_what_is_nearer_and_too_short() {
    let pieces = [
        ("P1", "pole", -95.0, -6.0, "usable"),
        ("R1", "ring", -60.0, -6.0, "usable"),
    ];
    let fetched = |pieces: &[_], there| {
        let town = peopled(canal_with(&register(pieces)), &PEOPLE);
        let service = kept(&[town.path()]);
        let answer = coming(&service, there, "&time=20:00&via=fetch&limit=1");
        answer["results"].as_array().unwrap().last().unwrap()["fetches"].clone()
    };
    // The southern bank, which comes last of the two, is six meters away; then four.
    let ring = fetched(&pieces, (-100.0, 1.0));
    assert_eq!(
        (&ring["id"], &ring["reaches"]),
        (&json!("R1"), &json!(true))
    );
    let pole = fetched(&pieces[..1], (-100.0, 1.0));
    assert_eq!(
        (&pole["id"], &pole["reaches"]),
        (&json!("P1"), &json!(false))
    );
}

#[test]
fn when_the_bridge_is_closed_whoever_is_beyond_it_does_not_come() {
    let (_town, service) = town(&PEOPLE);
    let bridges = get(&service, &of_town("/crossings")).json();
    let id = bridges["features"][0]["id"].as_str().unwrap();
    let bridge = of_town(&format!("/crossings/{id}"));
    assert_eq!(
        patch(&service, &bridge, "{\"state\":\"closed\"}", &[]).status,
        200
    );
    let answer = coming(&service, NEAR_BANK, "&time=20:00");
    assert_eq!(ids(&answer), ["V1", "S1"]);
    assert_eq!(
        (&answer["on_duty"], &answer["unreachable"]),
        (&json!(3), &json!(1))
    );
}

#[test]
fn a_stranger_is_told_of_stations_alone_and_a_wrong_token_is_refused() {
    let (_town, service) = town(&PEOPLE);
    let asked = address(NEAR_BANK, "&time=20:00&via=fetch");
    let told = get(&service, &asked);
    assert_eq!(ids(&told.json()), ["S1"]);
    assert_eq!(told.json()["told"], "stations");
    assert_eq!(told.json()["on_duty"], 1, "not even how many there are");
    assert_eq!(told.json()["results"][0].get("phone"), None);
    let all = by(TOKEN, &service, &asked).json();
    assert_eq!(all["told"], "everybody");
    assert_eq!(all["results"][0]["phone"], "139V1");
    by("guess", &service, &asked).refused(401, "wrong-key", &[]);
    assert_eq!(
        told.header("cache-control"),
        "no-store",
        "it holds for a minute at most"
    );
}

#[test]
fn whoever_was_seen_lately_sets_off_from_there_and_from_home_again_when_that_is_old() {
    let ago = |seconds: u64| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        clock::utc(now.saturating_sub(Duration::from_secs(seconds)))
    };
    let far = (100.0, -30.0);
    for (seconds, from, seen) in [(60, "last_seen", true), (1_200, "home", false)] {
        let sighting = format!("{},{}", place(-100.0, -10.0), ago(seconds));
        let people = [(
            "V1",
            "volunteer",
            far,
            "foot",
            "00:00,24:00",
            sighting.as_str(),
        )];
        let (_town, service) = town(&people);
        let answer = coming(&service, NEAR_BANK, "");
        let one = &answer["results"][0];
        assert_eq!(one["from"], from, "{seconds} s ago");
        assert_eq!(one["seen_at"].is_string(), seen);
        assert_eq!(one["arrival_s"].as_f64().unwrap() < 10.0, seen, "{one}");
    }
}

#[test]
fn an_arrival_that_takes_just_as_long_as_the_standard_is_in_time() {
    let town = folder(&PEOPLE);
    let mut region = LoadedRegion::load(town.path(), None, &|_| {}).unwrap();
    let question = RespondersQuestion {
        at: near_bank(),
        whom: Whom::People,
        fetch: None,
        most: 1,
        now: Now {
            since_1970: 0,
            minute_of_day: 20 * 60,
        },
    };
    let asked = |region: LoadedRegion| {
        let snapshot = Snapshot::alone(region);
        let crew = snapshot.crew();
        let answer = snapshot.responders(&crew, &question).unwrap();
        (answer.comers[0].takes, answer.comers[0].is_in_time)
    };
    let (takes, in_time) = asked(region.clone());
    assert!(in_time && takes.0 > 10.0, "{takes}");
    region.settings.responders.arrival = takes;
    assert_eq!(asked(region.clone()), (takes, true));
    region.settings.responders.arrival.0 -= 1e-6;
    assert_eq!(asked(region), (takes, false));
}

#[test]
fn many_places_are_asked_about_at_once_in_any_datum() {
    let (_town, service) = town(&PEOPLE);
    let at = near_bank();
    let body = json!({"places": [[at.lon(), at.lat()], [9.5, 40.1]], "for": "responders", "via": "fetch",
        "kind": ["pole"], "time": "20:00", "limit": 2});
    let request = Request::post("/api/v1/nearest")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {TOKEN}"))
        .body(Body::from(body.to_string()))
        .unwrap();
    let many = sent(&router(&service), request).json();
    let alone = coming(
        &service,
        NEAR_BANK,
        "&via=fetch&kind=pole&time=20:00&limit=2&geometry=false",
    );
    assert_eq!(many["answers"][0], alone);
    assert!(many["answers"][1]["problem"].is_string());
    let shifted = coming(&service, NEAR_BANK, "&time=20:00");
    assert_eq!(shifted["datum"], "wgs84");
    let converter = Datum::Gcj02.converter().unwrap();
    let (x, y) = converter.from_wgs84(at).unwrap();
    let asked = format!("/api/v1/nearest?lon={x}&lat={y}&for=responders&time=20:00&datum=gcj02");
    let answer = by(TOKEN, &service, &asked).json();
    assert_eq!(answer["datum"], "gcj02");
    assert_eq!(ids(&answer), ids(&shifted));
    assert_ne!(answer["results"][0]["at"], shifted["results"][0]["at"]);
    about(
        &answer["results"][0]["arrival_s"],
        shifted["results"][0]["arrival_s"].as_f64().unwrap(),
        0.2,
    );
}
