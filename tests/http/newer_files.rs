//! Newer files over older ones: what people have changed stays, and what appeared, vanished and moved is told.

use std::fs;

use serde_json::Value;
use serde_json::json;
use zhugan::app::keeping;
use zhugan::http::service::Service;

use crate::commands::canal_with;
use crate::commands::register;
use crate::formats::Folder;
use crate::http::change;
use crate::http::get;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::patch;
use crate::http::program::folder;
use crate::program::zhugan;

type Piece = (&'static str, &'static str, f64, f64, &'static str);

const OLDER: [Piece; 4] = [
    ("B1", "board", -100.0, -8.0, "usable"),
    ("P1", "pole", -100.0, -6.0, "usable"),
    ("P2", "pole", 100.0, 6.0, "usable"),
    ("R1", "ring", -102.0, -6.0, "usable"),
];

/// The board has moved by 2 m, a pole by 12 m, the ring is gone, and a rope is new.
const NEWER: [Piece; 4] = [
    ("B1", "board", -98.0, -8.0, "usable"),
    ("O9", "rope", -101.0, -6.0, "usable"),
    ("P1", "pole", -100.0, -6.0, "usable"),
    ("P2", "pole", 112.0, 6.0, "usable"),
];

fn report(service: &Service) -> Value {
    change(service, ("GET", &of_town("/import-report")), "", &[]).json()
}

fn renew(town: &Folder, file: &str, with: impl FnOnce(String) -> String) {
    let file = town.path().join(file);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, with(text)).unwrap();
}

/// The canal and its bridge have other ids than before.
fn renumber(town: &Folder) {
    renew(town, "paths.geojson", |text| {
        text.replace("\"bridge\",\"kind\"", "\"new-bridge\",\"kind\"")
    });
    renew(town, "map.geojson", |text| {
        text.replace("\"canal\",\"kind\"", "\"new-canal\",\"kind\"")
    });
}

/// What is told of a kind: ids that appeared, vanished and moved.
fn told(report: &Value, thing: &str) -> [Vec<String>; 3] {
    let mut things = report["things"].as_array().unwrap().iter();
    let changes = things.find(|changes| changes["thing"] == thing);
    ["appeared", "vanished", "moved"].map(|how| {
        let first = changes.and_then(|changes| changes[how]["first"].as_array());
        let ids = first.into_iter().flatten();
        ids.map(|seen| seen["id"].as_str().unwrap().to_owned())
            .collect()
    })
}

#[test]
fn what_newer_files_hold_otherwise_is_told_once_and_until_they_differ_again() {
    let (town, data) = (canal_with(&register(&OLDER)), Folder::new(&[]));
    let nothing = json!({"region": "canal-town", "datum": "wgs84", "at": null, "things": []});
    for _ in 0..2 {
        let service = kept_in(&data, &[town.path()]);
        assert_eq!(
            report(&service),
            nothing,
            "nothing was there to compare with, or all is as it was"
        );
    }
    renew(&town, "equipment.csv", |_| register(&NEWER));
    let service = kept_in(&data, &[town.path()]);
    let first = report(&service);
    let ids = |ids: &[&str]| -> Vec<String> { ids.iter().map(|id| (*id).to_owned()).collect() };
    assert_eq!(
        told(&first, "equipment"),
        [ids(&["O9"]), ids(&["R1"]), ids(&["P2"])]
    );
    let moved = &first["things"][0]["moved"]["first"][0];
    assert!(
        (moved["moved_m"].as_f64().unwrap() - 12.0).abs() < 0.11,
        "{moved}"
    );
    assert_ne!(moved["from"], moved["to"]);
    assert_eq!(first["things"].as_array().unwrap().len(), 1);
    drop(service);
    let service = kept_in(&data, &[town.path()]);
    assert_eq!(report(&service), first, "the same files again");
    drop(service);
    renumber(&town);
    let service = kept_in(&data, &[town.path()]);
    let second = report(&service);
    assert_eq!(
        told(&second, "equipment"),
        [(); 3].map(|()| Vec::<String>::new())
    );
    for (thing, name) in [("crossing", "bridge"), ("water_body", "canal")] {
        assert_eq!(told(&second, thing), [(); 3].map(|()| Vec::<String>::new()));
        let mut things = second["things"].as_array().unwrap().iter();
        let renamed = things.find(|changes| changes["thing"] == thing).unwrap();
        let [same] = &renamed["renamed"]["first"].as_array().unwrap()[..] else {
            panic!("{second}")
        };
        let to = same["to"].as_str().unwrap();
        assert!(to.contains(&format!("new-{name}")), "{same}");
        assert_eq!(same["from"], to.replace("new-", ""));
    }
    let shifted = change(
        &service,
        ("GET", &of_town("/import-report?datum=gcj02")),
        "",
        &[],
    )
    .json();
    assert_ne!(shifted["things"], second["things"]);
    get(&service, &of_town("/import-report")).refused(401, "not-signed-in", &[]);
    drop(service);
    let said = zhugan(&["check", "--store", "--data", folder(&data)]).text();
    for words in [
        "Newer files of canal-town",
        "crossing: 1 renamed: ",
        "water_body: 1 renamed: canal is new-canal",
    ] {
        assert!(said.contains(words), "no {words:?} in {said}");
    }
    let json = zhugan(&[
        "check",
        "--store",
        "--data",
        folder(&data),
        "--format",
        "json",
    ])
    .json();
    assert_eq!(json["imports"][0]["region"], "canal-town");
}

#[test]
fn what_people_have_said_lies_over_newer_files() {
    let (town, data) = (canal_with(&register(&OLDER)), Folder::new(&[]));
    let service = kept_in(&data, &[town.path()]);
    let code = |service: &Service| {
        let piece = get(service, &of_town("/equipment/P1")).json();
        piece["properties"]["code"].clone()
    };
    let printed = code(&service);
    let first = |service: &Service, list: &str, key: &str| {
        let all = get(service, &of_town(list)).json();
        all[key][0]["id"].as_str().unwrap().to_owned()
    };
    let water = of_town(&format!(
        "/water-bodies/{}",
        first(&service, "/water-bodies", "water_bodies")
    ));
    let bridge = of_town(&format!(
        "/crossings/{}",
        first(&service, "/crossings", "features")
    ));
    patch(&service, &water, "{\"risk\":3}", &[]).json();
    patch(&service, &bridge, "{\"state\":\"closed\"}", &[]).json();
    patch(
        &service,
        &of_town("/equipment/P1"),
        "{\"condition\":\"damaged\"}",
        &[],
    )
    .json();
    patch(
        &service,
        &of_town("/equipment/R1"),
        "{\"note\":\"kept\"}",
        &[],
    )
    .json();
    let at = crate::commands::place(-100.0, -6.0);
    let body = format!("{{\"name\":\"西\",\"at\":[{at}]}}");
    let point = change(&service, ("POST", &of_town("/rescue-points")), &body, &[]);
    assert_eq!(point.status, 201);
    drop(service);
    renew(&town, "equipment.csv", |_| register(&NEWER));
    let service = kept_in(&data, &[town.path()]);
    assert_eq!(code(&service), printed, "a printed code stays its piece's");
    assert_eq!(get(&service, &water).json()["risk"], 3);
    assert_eq!(
        get(&service, &bridge).json()["properties"]["state"],
        "closed"
    );
    let pole = get(&service, &of_town("/equipment/P1")).json();
    assert_eq!(pole["properties"]["condition"], "damaged");
    let ring = get(&service, &of_town("/equipment/R1")).json();
    assert_eq!(
        ring["properties"]["note"], "kept",
        "somebody has changed it, so it stays"
    );
    let point = get(&service, &of_town("/rescue-points/rescue-point-1")).json();
    let properties = &point["properties"];
    assert_eq!(properties["pieces"], json!(["B1", "P1", "R1"]));
    assert_eq!(
        (&properties["gone"], &properties["four"]["ring"]),
        (&json!([]), &json!("usable"))
    );
    drop(service);
    // The map is numbered anew: what was said of the canal and its bridge is true of them still.
    renumber(&town);
    for _ in 0..2 {
        let service = kept_in(&data, &[town.path()]);
        get(&service, &water).refused(404, "unknown-water-body", &[]);
        let renamed = |address: &str, name: &str| {
            let (before, _) = address.rsplit_once(name).unwrap();
            let address = format!("{before}new-{name}");
            get(&service, &address).json()
        };
        assert_eq!(renamed(&water, "canal")["risk"], 3);
        assert_eq!(renamed(&bridge, "bridge")["properties"]["state"], "closed");
        let audit = change(&service, ("GET", &of_town("/audit")), "", &[]).json();
        let entries = audit["entries"].as_array().unwrap().iter();
        let carried = entries.filter(|entry| entry["who"] == "import");
        assert_eq!(carried.count(), 2, "carried over once");
    }
    let report = keeping::check(data.path()).unwrap();
    assert_eq!(report.faults, [""; 0]);
}
