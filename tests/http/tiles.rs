//! Vector tiles: what is in them, how they are sent, how small they are.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use serde_json::json;
use zhugan::app::coverage::Counting;
use zhugan::app::tiles::TileQuestion;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::geometry::map_point::MapPoint;
use zhugan::geometry::map_point::WORLD;
use zhugan::http::routes::router;
use zhugan::http::service::Service;

use crate::http::Answer;
use crate::http::answers::about;
use crate::http::canal_town;
use crate::http::get;
use crate::http::of_town;
use crate::http::sample;
use crate::http::sent;
use crate::http::serving;
use crate::http::tile_text;
use crate::http::tile_text::Layer;
use crate::http::tile_text::doubled_area;

/// The tile that holds a place.
fn address(lon: f64, lat: f64, z: u8) -> String {
    let point = MapPoint::of(LonLat::new(lon, lat).unwrap());
    let side = WORLD >> z;
    format!(
        "/tiles/canal-town/{z}/{}/{}.mvt",
        point.x / side,
        point.y / side
    )
}

fn layers(service: &Service, address: &str) -> BTreeMap<String, Layer> {
    let tile = get(service, address);
    assert_eq!(tile.status, 200, "{}", tile.text());
    tile_text::layers(&tile.body)
}

fn asked(service: &Service, address: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    sent(&router(service), request.body(Body::empty()).unwrap())
}

#[test]
fn a_tile_holds_the_town() {
    let (_town, service) = canal_town();
    let found = layers(&service, &address(120.4, 29.8, 14));
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "banks",
            "crossings",
            "equipment",
            "gaps",
            "labels",
            "paths",
            "villages",
            "water"
        ]
    );
    for (name, layer) in &found {
        assert_eq!((layer.version, layer.extent), (2, 4096), "{name}");
        assert!(!layer.features.is_empty(), "{name}");
    }
    let water = &found["water"].features[0];
    assert_eq!(water.properties["kind"], "canal");
    assert_eq!(water.properties["name"], "=Canal 运河");
    let village = &found["villages"].features[0];
    assert_eq!(
        (village.kind, &village.properties["id"]),
        (3, &json!("330681"))
    );
    about(&village.properties["bank_m"], 400.0, 1.0);
    about(&village.properties["covered_m"], 91.0, 1.0);
    let paths: BTreeSet<bool> = found["paths"]
        .features
        .iter()
        .map(|path| path.properties["bridge"] == true)
        .collect();
    assert_eq!(paths, [false, true].into());
    let crossing = &found["crossings"].features[0];
    assert_eq!(
        (&crossing.properties["kind"], &crossing.properties["state"]),
        (&json!("bridge"), &json!("open"))
    );
    let pieces: BTreeSet<&str> = found["equipment"]
        .features
        .iter()
        .map(|piece| piece.properties["id"].as_str().unwrap())
        .collect();
    assert_eq!(pieces, ["B1", "P1", "P2"].into());
    let classes: BTreeSet<&str> = found["labels"]
        .features
        .iter()
        .map(|label| label.properties["class"].as_str().unwrap())
        .collect();
    assert_eq!(classes, ["village", "water"].into());
}

#[test]
fn every_edge_of_a_bank_says_how_far_each_kind_is() {
    let (_town, service) = canal_town();
    let banks = &layers(&service, &address(120.4, 29.8, 14))["banks"];
    let coverage = get(&service, &of_town("/coverage?kind=pole&limit_m=50")).json();
    let of = |edge: &tile_text::Feature, name: &str| {
        edge.properties
            .get(name)
            .map(|value| value.as_i64().unwrap())
    };
    let mut covered_m = 0;
    for edge in &banks.features {
        let (from_m, to_m) = (of(edge, "from_m").unwrap(), of(edge, "to_m").unwrap());
        assert!(0 < to_m - from_m && to_m - from_m <= 11, "{from_m} {to_m}");
        assert!(
            of(edge, "board").is_some() && of(edge, "ring").is_none(),
            "absent where nothing is"
        );
        if of(edge, "pole").unwrap() <= 50 {
            covered_m += to_m - from_m;
        }
    }
    let exact = coverage["covered_m"].as_f64().unwrap();
    assert!(
        (covered_m as f64 - exact).abs() < 22.0,
        "to an edge at each end: {covered_m} {exact}"
    );
}

#[test]
fn banks_count_pieces_in_any_condition_when_they_are_asked_for() {
    let (_town, service) = canal_town();
    let address = address(120.4, 29.8, 14);
    let n_near = |address: &str| {
        let banks = &layers(&service, address)["banks"];
        let near = |edge: &&tile_text::Feature| edge.properties["pole"].as_i64().unwrap() <= 50;
        banks.features.iter().filter(near).count()
    };
    let any = format!("{address}?condition=any");
    assert!(
        n_near(&address) * 3 / 2 < n_near(&any),
        "one of two poles is missing"
    );
}

#[test]
fn neighbors_of_about_the_same_reach_are_one_where_nobody_sees_the_difference() {
    let (_town, service) = canal_town();
    let fine = &layers(&service, &address(120.4, 29.8, 14))["banks"];
    let coarse = &layers(&service, &address(120.4, 29.8, 12))["banks"];
    assert!(coarse.features.len() * 2 < fine.features.len());
    let length = |layer: &Layer| -> i64 {
        let edges = layer.features.iter().map(|edge| &edge.properties);
        edges
            .map(|edge| edge["to_m"].as_i64().unwrap() - edge["from_m"].as_i64().unwrap())
            .sum()
    };
    assert_eq!(length(coarse), length(fine), "nothing is lost");
}

#[test]
fn gaps_of_a_tile_are_those_of_the_region() {
    let (_town, service) = canal_town();
    let drawn = &layers(&service, &address(120.4, 29.8, 14))["gaps"];
    let drawn: BTreeSet<&str> = drawn
        .features
        .iter()
        .map(|gap| gap.properties["id"].as_str().unwrap())
        .collect();
    let gaps = get(&service, &of_town("/gaps")).json();
    let gaps: BTreeSet<&str> = gaps["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| gap["id"].as_str().unwrap())
        .collect();
    assert_eq!(drawn, gaps);
}

#[test]
fn areas_are_closed_and_turn_the_right_way() {
    let service = serving(&[&sample()]);
    let mut n_holes = 0;
    for (z, x, y) in [
        (9, 269, 179),
        (11, 1078, 719),
        (13, 4313, 2874),
        (14, 8626, 5750),
    ] {
        let found = layers(&service, &format!("/tiles/liechtenstein/{z}/{x}/{y}.mvt"));
        for feature in found
            .values()
            .flat_map(|layer| &layer.features)
            .filter(|feature| feature.kind == 3)
        {
            assert!(
                doubled_area(&feature.parts[0]) > 0,
                "an outer ring comes first"
            );
            for ring in &feature.parts {
                assert!(ring.len() >= 3 && doubled_area(ring) != 0);
                n_holes += usize::from(doubled_area(ring) < 0);
            }
        }
        for feature in found
            .values()
            .flat_map(|layer| &layer.features)
            .filter(|feature| feature.kind == 2)
        {
            assert!(feature.parts.iter().all(|line| line.len() >= 2));
        }
        for point in found
            .values()
            .flat_map(|layer| &layer.features)
            .flat_map(|feature| feature.parts.iter().flatten())
        {
            assert!(
                point.iter().all(|part| (-65..=4161).contains(part)),
                "clipped: {point:?}"
            );
        }
    }
    assert!(n_holes > 0, "some area has a hole");
}

#[test]
fn no_tile_of_the_sample_is_too_large() {
    let service = serving(&[&sample()]);
    let snapshot = service.regions().snapshot("liechtenstein").unwrap();
    let [west, south, east, north] = snapshot.base.bounds.region;
    let mut n_tiles = 0;
    for z in 5..=13_u8 {
        let side = WORLD >> z;
        let low = MapPoint::of(LonLat::new(west, north).unwrap());
        let high = MapPoint::of(LonLat::new(east, south).unwrap());
        for x in low.x / side..=high.x / side {
            for y in low.y / side..=high.y / side {
                let tile = zhugan::geometry::map_tile::MapTile::new(z, x as u32, y as u32).unwrap();
                let asked = TileQuestion {
                    tile,
                    counting: Counting::Usable,
                };
                let size = snapshot.tile(asked).gzipped.len();
                assert!(size <= 100_000, "{z}/{x}/{y}: {size}");
                n_tiles += 1;
            }
        }
    }
    assert!(n_tiles > 50);
}

#[test]
fn a_tile_is_gzipped_and_known_again() {
    let (_town, service) = canal_town();
    let address = address(120.4, 29.8, 14);
    let packed = asked(&service, &address, &[("accept-encoding", "br, gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_eq!(
        packed.header("content-type"),
        "application/vnd.mapbox-vector-tile"
    );
    assert!(packed.header("vary").contains("accept-encoding"));
    assert!(packed.body.starts_with(&[0x1f, 0x8b]));
    let refused = asked(&service, &address, &[("accept-encoding", "gzip;q=0")]);
    assert_eq!(refused.header("content-encoding"), "");
    assert_eq!(refused.body, get(&service, &address).body);
    let etag = packed.header("etag");
    let known = asked(&service, &address, &[("if-none-match", etag)]);
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert_eq!(known.header("etag"), etag);
    let other = asked(&service, &address, &[("if-none-match", "\"x\", W/\"y\"")]);
    assert_eq!(other.status, 200);
}

#[test]
fn a_tile_of_a_named_version_is_kept_for_good_and_any_other_asked_for_again() {
    let (_town, service) = canal_town();
    let region = get(&service, &of_town("")).json();
    let address = address(120.4, 29.8, 14);
    let now = get(&service, &format!("{address}?v={}", region["version"]));
    assert!(now.header("cache-control").contains("immutable"));
    for before in [address.clone(), format!("{address}?v=1")] {
        assert_eq!(
            get(&service, &before).header("cache-control"),
            "public, no-cache"
        );
    }
}

#[test]
fn where_nothing_is_a_tile_is_empty() {
    let (_town, service) = canal_town();
    let tile = get(&service, "/tiles/canal-town/14/0/0.mvt");
    assert_eq!((tile.status, tile.body.len()), (204, 0));
}

#[test]
fn tiles_are_described() {
    let (_town, service) = canal_town();
    let described = get(&service, "/tiles/canal-town.json").json();
    let region = get(&service, &of_town("")).json();
    let tiles = format!(
        "/tiles/canal-town/{{z}}/{{x}}/{{y}}.mvt?v={}",
        region["version"]
    );
    assert_eq!(described["tiles"], json!([tiles]));
    assert_eq!(
        (&described["minzoom"], &described["maxzoom"]),
        (&json!(5), &json!(16))
    );
    assert_eq!(described["bounds"], region["bounds"]);
    let layers: Vec<&Value> = described["vector_layers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|layer| &layer["id"])
        .collect();
    assert!(layers.contains(&&json!("banks")) && layers.contains(&&json!("gaps")));
}
