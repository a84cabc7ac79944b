//! The shape of every answer, as others rely on it.

use serde_json::Value;
use serde_json::json;

use crate::commands::place;
use crate::http::canal_town;
use crate::http::get;
use crate::http::of_town;
use crate::http::post;

#[test]
fn the_service_lives_and_is_ready_when_its_regions_are() {
    let (_town, service) = canal_town();
    assert_eq!(get(&service, "/healthz").json(), json!({"status": "ok"}));
    assert_eq!(get(&service, "/readyz").json(), json!({"status": "ready"}));
}

#[test]
fn regions_say_what_is_loaded_and_how_it_is_set() {
    let (_town, service) = canal_town();
    let list = get(&service, "/api/v1/regions").json();
    let region = get(&service, &of_town("")).json();
    assert_eq!(list["regions"], json!([region]));
    assert_eq!(
        (&region["id"], &region["code"]),
        (&json!("canal-town"), &json!("CA"))
    );
    assert_eq!(region["name"]["zh"], "运河镇");
    assert_eq!(
        (&region["state"], &region["reason"]),
        (&json!("ready"), &Value::Null)
    );
    assert!(region["version"].as_u64().unwrap() > 1_700_000_000);
    assert_eq!(
        (&region["illustrative"], &region["invented"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(region["attribution"], "the town's survey");
    assert_eq!(region["stored"], "memory");
    let counts = json!({"water_bodies": 1, "banks": 2, "villages": 1, "equipment": 3, "crossings": 1, "oddities": 0});
    assert_eq!(region["counts"], counts);
    assert_eq!(region["settings"]["target_m"], 50.0);
    assert_eq!(region["settings"]["kinds"], json!(["pole", "ring", "rope"]));
    assert!(region["loaded_at"].as_str().unwrap().ends_with('Z'));
    let bounds: Vec<f64> = serde_json::from_value(region["bounds"].clone()).unwrap();
    assert!(bounds[0] < 120.399 && 120.401 < bounds[2] && bounds[1] < 29.8 && 29.8 < bounds[3]);
}

#[test]
fn coverage_is_the_same_as_the_command_says() {
    let (_town, service) = canal_town();
    let coverage = get(&service, &of_town("/coverage")).json();
    about(&coverage["bank_m"], 800.0, 1.0);
    about(&coverage["covered_m"], 100.0 / 1.1, 0.3);
    assert_eq!(coverage["limit_m"], 50.0);
    assert_eq!(coverage["kinds"], json!(["pole", "ring", "rope"]));
    assert!(coverage.get("rows").is_none() && coverage.get("elsewhere").is_none());
    let by_village = get(&service, &of_town("/coverage?by=village")).json();
    let row = &by_village["rows"][0];
    assert_eq!(
        (&row["id"], &row["name"], &row["code"]),
        (&json!("330681"), &json!("West"), &json!("330681"))
    );
    assert_eq!(row["equipment"], 1, "one pole stands in the west");
    about(&row["bank_m"], 400.0, 1.0);
    assert!(row["bounds"][0].as_f64() < row["bounds"][2].as_f64());
    about(&by_village["elsewhere"]["bank_m"], 400.0, 1.0);
    let by_water = get(
        &service,
        &of_town("/coverage?by=water_body&kind=pole&limit_m=88"),
    )
    .json();
    let row = &by_water["rows"][0];
    assert_eq!(
        (&row["kind"], &row["risk"], &row["name"]),
        (&json!("canal"), &json!(2), &json!("=Canal 运河"))
    );
    assert!(row["covered_m"].as_f64() > coverage["covered_m"].as_f64());
}

#[test]
fn pieces_in_any_condition_count_when_they_are_asked_for() {
    let (_town, service) = canal_town();
    let usable = get(&service, &of_town("/coverage")).json();
    let any = get(&service, &of_town("/coverage?condition=any")).json();
    about(
        &any["covered_m"],
        2.0 * usable["covered_m"].as_f64().unwrap(),
        0.5,
    );
    let gaps = get(&service, &of_town("/gaps?condition=any")).json();
    let reasons: Vec<&Value> = features(&gaps)
        .map(|gap| &gap["properties"]["reason"])
        .collect();
    assert!(!reasons.contains(&&json!("only_unusable")), "{reasons:?}");
}

#[test]
fn gaps_are_geojson_a_page_at_a_time() {
    let (_town, service) = canal_town();
    let all = get(&service, &of_town("/gaps")).json();
    assert_eq!(
        (&all["type"], &all["datum"]),
        (&json!("FeatureCollection"), &json!("wgs84"))
    );
    let n_gaps = features(&all).count();
    assert_eq!(all["total"], n_gaps);
    assert!(n_gaps > 2 && all["next"].is_null());
    let mut found: Vec<Value> = Vec::new();
    let mut next = of_town("/gaps?limit=1&sort=risk");
    loop {
        let page = get(&service, &next).json();
        found.extend(features(&page).cloned());
        match page["next"].as_str() {
            Some(address) => address.clone_into(&mut next),
            None => break,
        }
    }
    assert_eq!(
        json!(found),
        all["features"],
        "of one risk, the longest first"
    );
    let gap = &found[0];
    assert_eq!(gap["id"], gap["properties"]["id"]);
    assert_eq!(gap["geometry"]["type"], "LineString");
    for name in [
        "bank",
        "water_body",
        "from_m",
        "to_m",
        "length_m",
        "worst_reach_m",
        "reason",
        "nearest",
    ] {
        assert!(!gap["properties"][name].is_null(), "{name} in {gap}");
    }
}

#[test]
fn gaps_can_be_asked_for_one_village_or_one_water() {
    let (_town, service) = canal_town();
    let all = get(&service, &of_town("/gaps")).json();
    let west = get(&service, &of_town("/gaps?village=330681")).json();
    assert!(features(&west).all(|gap| gap["properties"]["village"] == "330681"));
    assert!(west["total"].as_u64() < all["total"].as_u64());
    let water = all["features"][0]["properties"]["water_body"]
        .as_str()
        .unwrap();
    let of_water = get(&service, &of_town(&format!("/gaps?water_body={water}"))).json();
    assert_eq!(of_water["total"], all["total"]);
}

#[test]
fn equipment_says_what_stands_where() {
    let (_town, service) = canal_town();
    let all = get(&service, &of_town("/equipment")).json();
    assert_eq!(all["total"], 3);
    let poles = get(&service, &of_town("/equipment?kind=pole&condition=missing")).json();
    let piece = &poles["features"][0];
    assert_eq!((features(&poles).count(), &piece["id"]), (1, &json!("P2")));
    let west = get(&service, &of_town("/equipment?village=330681")).json();
    assert_eq!(west["total"], 1);
    let one = get(&service, &of_town("/equipment/P1")).json();
    assert_eq!(one["geometry"]["type"], "Point");
    let properties = &one["properties"];
    assert_eq!(
        (&properties["kind"], &properties["condition"]),
        (&json!("pole"), &json!("usable"))
    );
    assert_eq!(
        (&properties["illustrative"], &properties["on"]),
        (&json!(true), &json!("bank"))
    );
    let next = get(&service, &of_town("/equipment?limit=2")).json();
    let rest = get(&service, next["next"].as_str().unwrap()).json();
    assert_eq!((features(&rest).count(), &rest["next"]), (1, &Value::Null));
}

#[test]
fn an_id_that_needs_it_is_percent_encoded_in_addresses() {
    let register = crate::commands::register(&[("杆/1 a", "pole", -100.0, -5.0, "usable")]);
    let town = crate::commands::canal_with(&register);
    let service = crate::http::serving(&[town.path()]);
    let one = get(&service, &of_town("/equipment/%E6%9D%86%2F1%20a")).json();
    assert_eq!(one["id"], "杆/1 a");
}

#[test]
fn the_nearest_walks_around_the_water() {
    let (_town, service) = canal_town();
    let across = place(-100.0, 5.5);
    let (lon, lat) = across.split_once(',').unwrap();
    let answer = get(
        &service,
        &format!("/api/v1/nearest?lon={lon}&lat={lat}&kind=pole"),
    )
    .json();
    assert_eq!(
        (&answer["region"], &answer["place"]["on"]),
        (&json!("canal-town"), &json!("bank"))
    );
    let found = &answer["results"][0];
    assert_eq!(
        (&found["id"], &found["bank"]),
        (&json!("P1"), &json!("other"))
    );
    about(&found["straight_m"], 10.5, 0.2);
    let walk_m = found["walk_m"].as_f64().unwrap();
    assert!(200.0 < walk_m, "by the bridge: {walk_m}");
    about(&found["run_s"], walk_m / 2.0, 0.1);
    about(&found["fetch_and_return_s"], walk_m, 0.1);
    assert_eq!(found["crossings"].as_array().unwrap().len(), 1);
    let line = found["line"].as_array().unwrap();
    assert!(
        line.len() > 3 && line[line.len() - 1] == found["at"],
        "{line:?}"
    );
    assert_eq!(found["straight_line"].as_array().unwrap().len(), 2);
    assert_eq!(answer["unreachable"], 0);
    let plain = get(
        &service,
        &format!("/api/v1/nearest?lon={lon}&lat={lat}&geometry=false"),
    )
    .json();
    assert!(plain["results"][0].get("line").is_none());
}

#[test]
fn a_place_in_the_water_is_answered_bank_by_bank() {
    let (_town, service) = canal_town();
    let wet = place(-100.0, 0.0);
    let (lon, lat) = wet.split_once(',').unwrap();
    let answer = get(
        &service,
        &format!("/api/v1/nearest?lon={lon}&lat={lat}&kind=pole&limit=1"),
    )
    .json();
    assert_eq!(answer["place"]["on"], "water");
    assert!(answer["place"]["water_body"].is_string());
    let banks = answer["place"]["banks"].as_array().unwrap();
    let results = answer["results"].as_array().unwrap();
    assert_eq!((banks.len(), results.len()), (2, 2));
    for (bank, result) in banks.iter().zip(results) {
        about(&bank["offset_m"], 5.0, 0.1);
        assert_eq!(result["from_bank"], bank["bank"]);
    }
    let walks: Vec<f64> = results
        .iter()
        .map(|result| result["walk_m"].as_f64().unwrap())
        .collect();
    assert!(
        walks.iter().any(|&walk| walk < 1.0) && walks.iter().any(|&walk| 200.0 < walk),
        "{walks:?}"
    );
}

#[test]
fn coordinates_come_and_go_in_the_datum_that_is_asked_for() {
    let (_town, service) = canal_town();
    let there = place(-100.0, -20.0);
    let (lon, lat) = there.split_once(',').unwrap();
    let (lon, lat): (f64, f64) = (lon.parse().unwrap(), lat.parse().unwrap());
    let gcj02 = zhugan::geometry::datum::Datum::Gcj02;
    let place = zhugan::geometry::lon_lat::LonLat::new(lon, lat).unwrap();
    let (x, y) = gcj02.from_wgs84(place).unwrap();
    let shifted = get(
        &service,
        &format!("/api/v1/nearest?lon={x}&lat={y}&datum=gcj02"),
    )
    .json();
    let plain = get(&service, &format!("/api/v1/nearest?lon={lon}&lat={lat}")).json();
    assert_eq!(shifted["datum"], "gcj02");
    about(&shifted["at"][0], x, 1e-6);
    about(
        &shifted["results"][0]["walk_m"],
        plain["results"][0]["walk_m"].as_f64().unwrap(),
        0.2,
    );
    let gaps = get(&service, &of_town("/gaps?datum=epsg:4549")).json();
    let east = gaps["features"][0]["geometry"]["coordinates"][0][0]
        .as_f64()
        .unwrap();
    assert!((538_000.0..539_500.0).contains(&east), "{east}");
}

#[test]
fn a_place_from_a_shifted_map_given_as_wgs84_is_warned_of() {
    use zhugan::geometry::datum::Datum;
    use zhugan::geometry::lon_lat::LonLat;

    let (_town, service) = canal_town();
    let text = place(-100.0, -20.0);
    let (lon, lat) = text.split_once(',').unwrap();
    let there = LonLat::new(lon.parse().unwrap(), lat.parse().unwrap()).unwrap();
    for datum in [Datum::Gcj02, Datum::Bd09] {
        let (x, y) = datum.from_wgs84(there).unwrap();
        let address = format!("/api/v1/nearest?lon={x}&lat={y}");
        let told = get(&service, &address).refused(404, "no-region", &["canal-town"]);
        let warning = told["warning"].as_str().unwrap();
        assert!(warning.contains(&format!("datum={datum}")), "{warning}");
        let asked = json!({"places": [[x, y]]}).to_string();
        let many = post(&service, "/api/v1/nearest", asked).json();
        assert_eq!(many["answers"][0]["warning"], warning);
        // Who names the datum is answered.
        let named = get(&service, &format!("{address}&datum={datum}"));
        assert_eq!(named.status, 200);
    }
    let elsewhere = get(&service, "/api/v1/nearest?lon=0&lat=0").refused(404, "no-region", &[]);
    assert_eq!(elsewhere["warning"], serde_json::Value::Null);
}

#[test]
fn the_counts_are_there_for_prometheus() {
    let (_town, service) = canal_town();
    get(&service, &of_town("/coverage"));
    let metrics = get(&service, "/metrics");
    assert!(metrics.header("content-type").starts_with("text/plain"));
    let text = metrics.text();
    for line in [
        "zhugan_request_seconds_count{route=\"/api/v1/regions/{r}/coverage\",status=\"200\"} 1",
        "# TYPE zhugan_request_seconds histogram",
        "zhugan_shed_total 0",
        "zhugan_region_version{region=\"canal-town\"}",
    ] {
        assert!(text.contains(line), "no {line} in\n{text}");
    }
}

#[test]
fn the_description_names_every_address_that_answers() {
    let (_town, service) = canal_town();
    let openapi = get(&service, "/api/v1/openapi.json").json();
    assert!(openapi["openapi"].as_str().unwrap().starts_with("3.1"));
    for path in [
        "/healthz",
        "/readyz",
        "/api/v1/regions",
        "/api/v1/regions/{r}",
        "/api/v1/regions/{r}/coverage",
        "/api/v1/regions/{r}/gaps",
        "/api/v1/regions/{r}/equipment",
        "/api/v1/regions/{r}/equipment/{id}",
        "/api/v1/regions/{r}/scenarios/evaluate",
        "/api/v1/regions/{r}/events",
        "/api/v1/nearest",
        "/api/v1/codes/{code}",
        "/api/v1/regions/{r}/crossings",
        "/api/v1/regions/{r}/crossings/{id}",
        "/tiles/{r}.json",
        "/tiles/{r}/{z}/{x}/{y}.mvt",
        "/metrics",
    ] {
        assert!(openapi["paths"][path].is_object(), "{path}");
    }
    assert!(openapi["paths"]["/api/v1/nearest"]["post"].is_object());
    let guarded = &openapi["paths"]["/api/v1/regions/{r}/crossings/{id}"]["patch"];
    assert_eq!(
        guarded["security"],
        json!([{"bearer": []}, {"session": []}])
    );
    let scheme = &openapi["components"]["securitySchemes"]["bearer"];
    assert_eq!(scheme["scheme"], "bearer");
}

pub fn features(collection: &Value) -> impl Iterator<Item = &Value> {
    collection["features"].as_array().unwrap().iter()
}

pub fn about(found: &Value, expected: f64, within: f64) {
    let found = found.as_f64().unwrap();
    assert!(
        (found - expected).abs() <= within,
        "{found}, not {expected}"
    );
}
