//! A country's newer map over its older one: what was said of a water is true of it still, and the rest is told.
//!
//! The objects of the older extract have been numbered anew by whoever published it, so that not one id is in both maps.

use std::fs;
use std::path::Path;

use serde_json::Value;
use serde_json::json;
use zhugan::http::service::Service;

use crate::formats::Folder;
use crate::formats::shared;
use crate::http::change;
use crate::http::get;
use crate::http::kept_in;
use crate::http::patch;

fn of(resource: &str) -> String {
    format!("/api/v1/regions/place{resource}")
}

fn ids(service: &Service, list: &str, key: &str) -> Vec<String> {
    let all = get(service, &of(list)).json();
    let all = all[key].as_array().unwrap().iter();
    all.map(|thing| thing["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The ids of waters, and of crossings.
fn things(service: &Service) -> [Vec<String>; 2] {
    [
        ids(service, "/water-bodies?limit=5000", "water_bodies"),
        ids(service, "/crossings", "features"),
    ]
}

/// What appeared and vanished is what the two maps do not share, but for what is only named anew.
fn counts(changes: &Value, thing: &str, (old, new): (&[String], &[String])) {
    let n_only = |these: &[String], others: &[String]| {
        these.iter().filter(|id| !others.contains(id)).count()
    };
    let n_renamed = changes["renamed"]["total"].as_u64().unwrap() as usize;
    let expected = (
        json!(n_only(new, old) - n_renamed),
        json!(n_only(old, new) - n_renamed),
    );
    let told = (
        changes["appeared"]["total"].clone(),
        changes["vanished"]["total"].clone(),
    );
    assert_eq!(told, expected, "{thing}");
    let (old, new) = (old.len(), new.len());
    println!("{thing}: {old} to {new}, {told:?}, renamed {n_renamed}");
}

#[test]
fn what_was_said_of_liechtensteins_waters_and_bridges_in_2013_is_true_of_them_in_2022() {
    let Some(newer) = shared("osm-places/liechtenstein-2022.osm.pbf") else {
        return;
    };
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/liechtenstein");
    let older = fs::read(sample.join("liechtenstein-2013-08-03.osm.pbf")).unwrap();
    let equipment = fs::read(sample.join("equipment.csv")).unwrap();
    let region = format!(
        "{}[[source]]\nfile = \"map.osm.pbf\"\nuse = [\"water\", \"paths\", \"villages\", \"obstacles\"]\n[[source]]\nfile = \"equipment.csv\"\nuse = [\"equipment\"]\n",
        super::REGION
    );
    let files = |map: &[u8]| {
        Folder::new(&[
            ("region.toml", region.as_bytes()),
            ("map.osm.pbf", map),
            ("equipment.csv", &equipment),
        ])
    };
    let (before, after) = (files(&older), files(&fs::read(newer).unwrap()));
    let data = Folder::new(&[]);
    let service = kept_in(&data, &[before.path()]);
    let old = things(&service);
    let graded: Vec<&String> = old[0].iter().step_by(3).collect();
    for id in &graded {
        patch(
            &service,
            &of(&format!("/water-bodies/{id}")),
            "{\"risk\":4}",
            &[],
        )
        .json();
    }
    let is_bridge = |id: &&String| id.starts_with("bridge-");
    let closed: Vec<&String> = old[1].iter().filter(is_bridge).take(20).collect();
    for id in &closed {
        let address = of(&format!("/crossings/{id}"));
        patch(&service, &address, "{\"state\":\"closed\"}", &[]).json();
    }
    drop(service);
    // What the newer map has, without anything said.
    let nothing = Folder::new(&[]);
    let bare = kept_in(&nothing, &[after.path()]);
    let new = things(&bare);
    drop(bare);
    let service = kept_in(&data, &[after.path()]);
    let report = change(&service, ("GET", &of("/import-report")), "", &[]).json();
    let of_kind = |thing: &str| {
        let mut all = report["things"].as_array().unwrap().iter();
        all.find(|changes| changes["thing"] == thing)
            .unwrap()
            .clone()
    };
    for (thing, old, new) in [
        ("water_body", &old[0], &new[0]),
        ("crossing", &old[1], &new[1]),
    ] {
        counts(&of_kind(thing), thing, (old, new));
    }
    let has_equipment = |changes: &Value| changes["thing"] == "equipment";
    assert!(
        !report["things"]
            .as_array()
            .unwrap()
            .iter()
            .any(has_equipment),
        "the same table"
    );
    let now = |thing: &str, id: &str| {
        let changes = of_kind(thing);
        let mut all = changes["renamed"]["first"].as_array().unwrap().iter();
        let same = all.find(|same| same["from"] == *id)?;
        Some(same["to"].as_str().unwrap().to_owned())
    };
    let graded_now: Vec<String> = graded
        .iter()
        .filter_map(|id| now("water_body", id))
        .collect();
    assert!(graded.len() / 2 < graded_now.len(), "{graded_now:?}");
    let waters = get(&service, &of("/water-bodies?limit=5000")).json();
    for water in waters["water_bodies"].as_array().unwrap() {
        let id = water["id"].as_str().unwrap().to_owned();
        let expected = if graded_now.contains(&id) { 4 } else { 2 };
        assert_eq!(water["risk"], expected, "{id}");
    }
    let closed_now = closed.iter().filter_map(|id| now("crossing", id));
    let closed_now: Vec<String> = closed_now.collect();
    println!("{} of {} bridges", closed_now.len(), closed.len());
    assert!(!closed_now.is_empty());
    for id in closed_now {
        let bridge = get(&service, &of(&format!("/crossings/{id}"))).json();
        assert_eq!(bridge["properties"]["state"], "closed", "{id}");
    }
    drop(service);
    let service = kept_in(&data, &[before.path()]);
    for id in &graded {
        let water = get(&service, &of(&format!("/water-bodies/{id}"))).json();
        assert_eq!(water["risk"], 4, "{id}");
    }
}
