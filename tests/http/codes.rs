//! Codes over HTTP: from what is printed or read out to the piece, and to what else is near.

use std::path::Path;

use serde_json::Value;
use serde_json::json;

use crate::commands::REGION;
use crate::commands::canal;
use crate::commands::canal_with;
use crate::commands::place;
use crate::commands::register;
use crate::formats::Folder;
use crate::http::answers::about;
use crate::http::answers::features;
use crate::http::get;
use crate::http::of_town;
use crate::http::serving;

/// Four pieces stand on the southern bank, 20 m apart, and one on the northern.
fn town() -> Folder {
    canal_with(&register(&[
        ("pole-17", "pole", -100.0, -5.0, "usable"),
        ("ring-18", "ring", -80.0, -5.0, "usable"),
        ("rope-19", "rope", -60.0, -5.0, "usable"),
        ("ring-20", "ring", -40.0, -5.0, "damaged"),
        ("pole-3", "pole", 100.0, 5.0, "usable"),
    ]))
}

fn asked(text: &str) -> String {
    format!("/api/v1/codes/{}", text.replace(' ', "%20"))
}

#[test]
fn every_piece_is_found_by_the_code_that_lists_and_routes_give_it() {
    let town = town();
    let service = serving(&[town.path()]);
    let list = get(&service, &of_town("/equipment")).json();
    for piece in features(&list) {
        let properties = &piece["properties"];
        let found = get(&service, &asked(properties["code"].as_str().unwrap())).json();
        assert_eq!(found["code"], properties["code"]);
        assert_eq!(found["piece"]["id"], piece["id"]);
        assert_eq!(found["piece"]["at"], piece["geometry"]["coordinates"]);
    }
    let at = place(-100.0, -20.0);
    let (lon, lat) = at.split_once(',').unwrap();
    let nearest = get(&service, &format!("/api/v1/nearest?lon={lon}&lat={lat}")).json();
    let code = nearest["results"][0]["code"].as_str().unwrap();
    let found = get(&service, &asked(code)).json();
    assert_eq!(found["piece"]["id"], nearest["results"][0]["id"]);
}

#[test]
fn a_code_tells_what_stands_there_and_in_which_village() {
    let town = town();
    let service = serving(&[town.path()]);
    let one = get(&service, &of_town("/equipment/pole-17")).json();
    let code = one["properties"]["code"].as_str().unwrap();
    assert!(code.starts_with("CA-0017-"), "{code}");
    let found = get(&service, &asked(code)).json();
    let expected = json!({
        "datum": "wgs84",
        "code": code,
        "region": "canal-town",
        "piece": {
            "id": "pole-17",
            "kind": "pole",
            "condition": "usable",
            "at": one["geometry"]["coordinates"],
            "villages": [{"id": "330681", "name": "West"}],
            "illustrative": true,
        },
    });
    assert_eq!(found, expected);
    let shifted = get(&service, &format!("{}?datum=gcj02", asked(code))).json();
    assert_eq!(shifted["datum"], "gcj02");
    assert_ne!(shifted["piece"]["at"], found["piece"]["at"]);
}

#[test]
fn a_code_is_read_as_people_write_it() {
    let town = town();
    let service = serving(&[town.path()]);
    let code = get(&service, &of_town("/equipment/pole-17")).json()["properties"]["code"].clone();
    let letter = code.as_str().unwrap().chars().last().unwrap();
    let small = letter.to_ascii_lowercase();
    for text in [
        format!("ca-0017-{small}"),
        format!("CA 17 {letter}"),
        format!("ca17{small}"),
        format!("%EF%BC%A3%EF%BC%A1%EF%BC%8D%EF%BC%91%EF%BC%97{letter}"),
    ] {
        assert_eq!(
            get(&service, &asked(&text)).json()["piece"]["id"],
            "pole-17",
            "{text}"
        );
    }
}

#[test]
fn a_code_that_was_read_wrongly_is_to_be_read_again() {
    let town = town();
    let service = serving(&[town.path()]);
    let code = get(&service, &of_town("/equipment/pole-17")).json()["properties"]["code"].clone();
    let code = code.as_str().unwrap();
    for (text, words) in [
        (code.replace("17", "71"), ["0071", "read it again"]),
        (code.replace("17", "18"), ["0018", "read it again"]),
        (code[..7].to_owned(), ["CA-0017", "read it again"]),
        ("CA-0017-O".to_owned(), ["ends with O", "A C D E"]),
        ("pole-17".to_owned(), ["pole-17", "like LI-0173-K"]),
        ("x".repeat(3_000), ["xxx", "like LI-0173-K"]),
    ] {
        let told = get(&service, &asked(&text)).refused(400, "bad-code", &words);
        assert_eq!(told["parameter"], "code");
    }
}

#[test]
fn a_caller_beside_it_is_told_what_else_is_near() {
    let town = town();
    let service = serving(&[town.path()]);
    let code = get(&service, &of_town("/equipment/pole-17")).json()["properties"]["code"].clone();
    let code = code.as_str().unwrap();
    let at = place(-103.0, -9.0);
    let (lon, lat) = at.split_once(',').unwrap();
    let found = get(&service, &format!("{}?lon={lon}&lat={lat}", asked(code))).json();
    let near = &found["near"];
    about(&near["straight_m"], 5.0, 0.1);
    let ids: Vec<&Value> = near["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| &piece["id"])
        .collect();
    assert_eq!(
        ids,
        ["ring-18", "rope-19", "pole-3"],
        "not itself, nothing damaged"
    );
    about(&near["results"][0]["straight_m"], 20.0, 0.2);
    about(&near["results"][0]["walk_m"], 22.0, 0.3);
    assert_eq!(near["results"][2]["crossings"].as_array().unwrap().len(), 1);
    assert_eq!(
        get(
            &service,
            near["results"][0]["code"]
                .as_str()
                .map(asked)
                .as_deref()
                .unwrap()
        )
        .json()["piece"]["id"],
        "ring-18"
    );
    let half = get(&service, &format!("{}?lat={lat}", asked(code)));
    half.refused(400, "bad-parameter", &["lon is missing"]);
}

#[test]
fn codes_are_the_same_after_a_restart_and_after_a_change() {
    use zhugan::app::scenario::Change;

    let town = town();
    let codes = |service: &zhugan::http::service::Service| -> Vec<Value> {
        let list = get(service, &of_town("/equipment")).json();
        let pieces = features(&list).filter(|piece| piece["id"] != "rope-19");
        pieces
            .map(|piece| piece["properties"]["code"].clone())
            .collect()
    };
    let (service, again) = (serving(&[town.path()]), serving(&[town.path()]));
    let before = codes(&service);
    assert_eq!(before, codes(&again));
    let rope = get(&service, &of_town("/equipment/rope-19")).json()["properties"]["code"].clone();
    let gone = [Change::Remove {
        id: "rope-19".to_owned(),
    }];
    service.regions().change("canal-town", &gone).unwrap();
    assert_eq!(before, codes(&service));
    let rope = rope.as_str().unwrap();
    get(&service, &asked(rope)).refused(404, "unknown-code", &[rope, "not any more"]);
}

#[test]
fn no_two_regions_share_the_beginning_of_their_codes() {
    let named = |id: &str, code: &str| {
        let town = canal();
        let toml = REGION.replace("\"canal-town\"", &format!("\"{id}\"\n{code}"));
        std::fs::write(town.path().join("region.toml"), toml).unwrap();
        town
    };
    let towns = [
        named("canton", ""),
        named("canal-town", ""),
        named("third", "code = \"CA\""),
        named("fourth", "code = \"CA\""),
    ];
    let folders: Vec<&Path> = towns.iter().map(Folder::path).collect();
    let service = serving(&folders);
    let list = get(&service, "/api/v1/regions").json();
    let regions = list["regions"].as_array().unwrap();
    let codes: Vec<&str> = regions
        .iter()
        .map(|region| region["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        ["CN", "CL", "CA", "FO"],
        "what a file names goes first"
    );
    for region in ["canton", "canal-town", "third", "fourth"] {
        let piece = get(&service, &format!("/api/v1/regions/{region}/equipment/P2")).json();
        let code = piece["properties"]["code"].as_str().unwrap();
        assert_eq!(get(&service, &asked(code)).json()["region"], region);
    }
}
