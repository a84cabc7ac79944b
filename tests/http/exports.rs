//! The register as a file, over HTTP and from the command line.

use serde_json::Value;
use serde_json::json;

use crate::commands::canal;
use crate::formats::Folder;
use crate::http::canal_town;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::kept_in;
use crate::http::of_town;
use crate::program::zhugan;

#[test]
fn every_format_is_sent_under_its_media_type_and_a_name_that_says_what_it_is() {
    let (_town, service) = canal_town();
    for (format, media_type, head) in [
        (
            "csv",
            "text/csv; charset=utf-8",
            &b"\xef\xbb\xbfid,code,"[..],
        ),
        (
            "geojson",
            "application/geo+json",
            b"{\"type\":\"FeatureCollection\"",
        ),
        (
            "gpkg",
            "application/geopackage+sqlite3",
            b"SQLite format 3\0",
        ),
        ("gpx", "application/gpx+xml", b"<?xml"),
        ("kml", "application/vnd.google-earth.kml+xml", b"<?xml"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK",
        ),
    ] {
        let answer = get(&service, &of_town(&format!("/export?format={format}")));
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("content-type"), media_type);
        let name = format!("attachment; filename=\"canal-town.{format}\"");
        assert_eq!(answer.header("content-disposition"), name);
        assert!(answer.body.starts_with(head), "{format}");
    }
    let usual = get(&service, &of_town("/export"));
    assert_eq!(usual.header("content-type"), "text/csv; charset=utf-8");
}

#[test]
fn what_a_planner_has_changed_is_in_the_file() {
    let town = canal();
    let service = kept(&[town.path()]);
    let csv = || get(&service, &of_town("/export")).text();
    assert!(
        csv().contains("P1,") && csv().contains("pole,usable"),
        "{}",
        csv()
    );
    let piece = of_town("/equipment/P1");
    let etag = get(&service, &piece).header("etag").to_owned();
    let body = json!({"condition": "damaged", "name": "=SUM(1)"}).to_string();
    let answer = change(&service, ("PATCH", &piece), &body, &[("if-match", &etag)]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let row = csv()
        .lines()
        .find(|row| row.starts_with("P1,"))
        .unwrap()
        .to_owned();
    assert!(row.contains("pole,damaged,'=SUM(1)"), "{row}");
}

#[test]
fn another_datum_is_in_the_name_and_in_the_coordinates_or_is_refused() {
    let (_town, service) = canal_town();
    let answer = get(&service, &of_town("/export?format=geojson&datum=gcj02"));
    assert!(
        answer
            .header("content-disposition")
            .contains("canal-town-gcj02.geojson")
    );
    let file: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(file["datum"], "gcj02");
    let same = get(&service, &of_town("/equipment?datum=gcj02")).json();
    let written = &file["features"][0];
    let mut told = same["features"].as_array().unwrap().iter();
    let is_same = |one: &&Value| one["properties"]["id"] == written["properties"]["id"];
    let told = told.find(is_same).unwrap();
    for axis in 0..2 {
        let [a, b] =
            [written, told].map(|one| one["geometry"]["coordinates"][axis].as_f64().unwrap());
        assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    }
    let refused = get(&service, &of_town("/export?format=kml&datum=gcj02"));
    refused.refused(422, "not-in-this-format", &["KML", "gcj02", "datum=wgs84"]);
    let refused = get(&service, &of_town("/export?format=dwg"));
    refused.refused(400, "bad-parameter", &["format", "csv", "gpkg"]);
}

#[test]
fn the_command_writes_what_the_service_sends_and_needs_no_store() {
    let town = canal();
    let data = Folder::new(&[]);
    let service = kept_in(&data, &[town.path()]);
    let piece = of_town("/equipment/P1");
    let etag = get(&service, &piece).header("etag").to_owned();
    let answer = change(&service, ("DELETE", &piece), "", &[("if-match", &etag)]);
    assert_eq!(answer.status, 204, "{}", answer.text());

    let folder = town.path().to_str().unwrap();
    let untouched = zhugan(&["export", folder]).text();
    assert!(
        untouched.contains("\nP1,"),
        "without a store, what the files say: {untouched}"
    );
    let named = data.path().to_str().unwrap();
    let changed = zhugan(&["export", folder, "--data", named]).text();
    assert_eq!(changed, get(&service, &of_town("/export")).text());
    assert!(!changed.contains("\nP1,"), "{changed}");

    let empty = Folder::new(&[]);
    let nowhere = empty.path().to_str().unwrap();
    zhugan(&["export", folder, "--data", nowhere]).failed_with(&["zhugan.sqlite"]);
    zhugan(&["export", folder, "--format", "gpx", "--datum", "bd09"])
        .failed_with(&["GPX", "wgs84"]);
}
