//! What an import leaves out because it is in doubt: pieces on the wrong bank, files in the wrong datum.

use serde_json::Value;
use serde_json::json;
use zhugan::geometry::datum::Datum;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::http::service::Service;

use crate::commands::place;
use crate::formats::Folder;
use crate::formats::collection;
use crate::formats::feature;
use crate::formats::shared;
use crate::http::imports::brought;
use crate::http::imports::outcomes;
use crate::http::kept;

/// A river 10 m wide from west to east, a footpath along each bank; what is south of the river's middle is 南村, the rest 北村.
fn two_villages() -> Folder {
    let line = |points: &[(f64, f64)]| {
        let places = points
            .iter()
            .map(|&(east, north)| format!("[{}]", place(east, north)));
        format!("[{}]", places.collect::<Vec<_>>().join(","))
    };
    let river = feature(
        r#"{"id":"river","kind":"river","width_m":"10"}"#,
        "LineString",
        &line(&[(-400.0, 0.0), (400.0, 0.0)]),
    );
    let path = |id: &str, north: f64| {
        let properties = format!("{{\"id\":\"{id}\",\"kind\":\"footway\"}}");
        feature(
            &properties,
            "LineString",
            &line(&[(-400.0, north), (400.0, north)]),
        )
    };
    let village = |name: &str, from: f64, to: f64| {
        let ring = line(&[
            (-500.0, from),
            (500.0, from),
            (500.0, to),
            (-500.0, to),
            (-500.0, from),
        ]);
        let properties = format!("{{\"name\":\"{name}\",\"code\":\"{name}\"}}");
        feature(&properties, "Polygon", &format!("[{ring}]"))
    };
    let region = "id = \"canal-town\"\nname = { en = \"Canal Town\", zh = \"运河镇\" }\n\
        [[source]]\nfile = \"map.geojson\"\nuse = [\"water\"]\n\
        [[source]]\nfile = \"paths.geojson\"\nuse = [\"paths\"]\n\
        [[source]]\nfile = \"villages.geojson\"\nuse = [\"villages\"]\n";
    Folder::new(&[
        ("region.toml", region.as_bytes()),
        ("map.geojson", collection(&[&river]).as_bytes()),
        (
            "paths.geojson",
            collection(&[&path("s", -8.0), &path("n", 8.0)]).as_bytes(),
        ),
        (
            "villages.geojson",
            collection(&[&village("南村", -200.0, 0.0), &village("北村", 0.0, 200.0)]).as_bytes(),
        ),
    ])
}

fn preview(service: &Service, query: &str, bytes: &[u8]) -> Value {
    brought(service, "imports/preview", query, bytes).json()
}

#[test]
fn a_pole_across_the_water_from_its_village_is_left_out_and_told() {
    let town = two_villages();
    let service = kept(&[town.path()]);
    let rows: String = [
        ("A", 10.0, -6.0, "南村"),
        ("B", 40.0, 6.0, "南村村委会"),
        ("C", 70.0, 6.0, "北村"),
        ("D", 100.0, -6.0, ""),
        ("E", 130.0, -6.0, "东村"),
        ("F", 160.0, -150.0, "北村"),
    ]
    .map(|(id, east, north, village)| format!("{id},pole,{},{village}\n", place(east, north)))
    .concat();
    let file = format!("id,kind,lon,lat,village\n{rows}");
    let answer = preview(&service, "file=poles.csv", file.as_bytes());
    assert_eq!(
        outcomes(&answer),
        [
            "row 2 added",
            "row 3 skipped wrong_bank",
            "row 4 added",
            "row 5 added",
            "row 6 added",
            "row 7 added",
        ],
        "B stands in the north and says south; nobody knows 东村, and F is not at the water: {answer}"
    );
    let told = &answer["rows"][1]["properties"];
    assert_eq!(told["detail"], "南村");
    assert!(
        (10.0..13.0).contains(&told["away_m"].as_f64().unwrap()),
        "{told}"
    );
    let taken = preview(&service, "file=poles.csv&take=wrong_bank", file.as_bytes());
    assert_eq!(taken["counts"]["added"], 6);
}

/// Poles along both banks, as numbers of a datum.
fn along_the_banks(datum: Datum, n: usize) -> String {
    let converter = datum.converter().unwrap();
    let rows = (0..n).map(|number| {
        let (east, north) = (
            -380.0 + 20.0 * number as f64,
            if number % 2 == 0 { -5.5 } else { 5.5 },
        );
        let at = place(east, north);
        let (lon, lat) = at.split_once(',').unwrap();
        let at = LonLat::new(lon.parse().unwrap(), lat.parse().unwrap()).unwrap();
        let (x, y) = converter.from_wgs84(at).unwrap();
        format!("P{number},pole,{x:.9},{y:.9}\n")
    });
    format!("id,kind,lon,lat\n{}", rows.collect::<String>())
}

#[test]
fn a_file_from_a_chinese_map_is_suspected_and_comes_in_when_its_datum_is_said() {
    let town = two_villages();
    let service = kept(&[town.path()]);
    for datum in [Datum::Gcj02, Datum::Bd09] {
        let file = along_the_banks(datum, 30);
        let answer = preview(&service, "file=poles.csv", file.as_bytes());
        let suspicion = &answer["suspicion"];
        assert_eq!(suspicion["datum"], datum.to_string(), "{suspicion}");
        let off = suspicion["off_m"].as_f64().unwrap();
        assert!((400.0..1_300.0).contains(&off), "{off}");
        assert_eq!(answer["counts"]["added"], 0, "nothing comes in by mistake");
        let query = format!("file=poles.csv&datum={datum}");
        let answer = preview(&service, &query, file.as_bytes());
        assert_eq!(
            (&answer["suspicion"], &answer["counts"]["added"]),
            (&Value::Null, &json!(30))
        );
    }
    let right = along_the_banks(Datum::Wgs84, 30);
    let answer = preview(&service, "file=poles.csv", right.as_bytes());
    assert_eq!(
        (&answer["suspicion"], &answer["counts"]["added"]),
        (&Value::Null, &json!(30))
    );
    let wrong = preview(&service, "file=poles.csv&datum=gcj02", right.as_bytes());
    assert_eq!(
        wrong["suspicion"]["datum"], "wgs84",
        "the other way round, too"
    );
}

#[test]
fn a_datum_that_is_said_overrules_the_one_in_the_file() {
    let town = two_villages();
    let service = kept(&[town.path()]);
    let converter = Datum::Gcj02.converter().unwrap();
    let at = LonLat::new(120.4, 29.799_95).unwrap();
    let (x, y) = converter.from_wgs84(at).unwrap();
    let file = format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}}},"features":[{{"type":"Feature","properties":{{"id":"P","kind":"pole"}},"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}]}}"#
    );
    let answer = preview(&service, "file=poles.geojson&datum=gcj02", file.as_bytes());
    assert_eq!(answer["read_as"], "gcj02");
    let found = answer["rows"][0]["geometry"]["coordinates"][1]
        .as_f64()
        .unwrap();
    assert!((found - 29.799_95).abs() < 1e-7, "{found}");
}

/// Fengqiao's own villages around an invented river, and the same villages as a Chinese map would have them.
#[test]
fn the_villages_of_fengqiao_in_the_wrong_datum_are_about_510_m_off() {
    let Some(file) = shared("zhuji-fengqiao/330681109.json") else {
        return;
    };
    let bytes = std::fs::read(file).unwrap();
    let mut villages: Value = serde_json::from_slice(&bytes).unwrap();
    let water = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"r","kind":"river","width_m":"20"},"geometry":{"type":"LineString","coordinates":[[120.38,29.79],[120.45,29.8]]}}]}"#;
    let paths = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"p","kind":"footway"},"geometry":{"type":"LineString","coordinates":[[120.38,29.791],[120.45,29.801]]}}]}"#;
    let region = "id = \"canal-town\"\nname = { en = \"Fengqiao\", zh = \"枫桥\" }\n\
        [[source]]\nfile = \"water.geojson\"\nuse = [\"water\"]\n\
        [[source]]\nfile = \"paths.geojson\"\nuse = [\"paths\"]\n\
        [[source]]\nfile = \"villages.json\"\nuse = [\"villages\"]\n";
    let town = Folder::new(&[
        ("region.toml", region.as_bytes()),
        ("water.geojson", water.as_bytes()),
        ("paths.geojson", paths.as_bytes()),
        ("villages.json", &bytes),
    ]);
    let service = kept(&[town.path()]);
    let right = preview(&service, "file=villages.json", &bytes);
    assert_eq!(right["counts"]["villages"], 30);
    assert_eq!(right["suspicion"], Value::Null);
    shift(&mut villages["features"]);
    let shifted = villages.to_string();
    let wrong = preview(&service, "file=villages.json", shifted.as_bytes());
    assert_eq!(wrong["suspicion"]["datum"], "gcj02");
    let off = wrong["suspicion"]["off_m"].as_f64().unwrap();
    println!("Fengqiao's villages as GCJ-02: {off} m off");
    assert!((500.0..520.0).contains(&off), "{off}");
    let said = preview(
        &service,
        "file=villages.json&datum=gcj02",
        shifted.as_bytes(),
    );
    assert_eq!(said["suspicion"], Value::Null);
}

/// Every pair of numbers in a tree of JSON as GCJ-02.
fn shift(value: &mut Value) {
    match value {
        Value::Array(list) => {
            if let [Value::Number(x), Value::Number(y)] = &list[..] {
                let (x, y) = (x.as_f64().unwrap(), y.as_f64().unwrap());
                let at = LonLat::new(x, y).unwrap();
                let (x, y) = Datum::Gcj02.from_wgs84(at).unwrap();
                *value = json!([x, y]);
            } else {
                list.iter_mut().for_each(shift);
            }
        }
        Value::Object(map) => map.values_mut().for_each(shift),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_725_rows_of_a_real_register_come_in_as_about_400_lifebuoys() {
    let read = |name: &str| {
        let file = shared(&format!("rescue-equipment/{name}"))?;
        std::fs::read(file).ok()
    };
    let (Some(docks), Some(buoys)) = (
        read("haven_dokken_northsp.json"),
        read("reddingsboeien_northsp.json"),
    ) else {
        return;
    };
    let Some(areas) = read("beheergebied_northsp.json") else {
        return;
    };
    let region = "id = \"canal-town\"\nname = { en = \"North Sea Port\", zh = \"北海港\" }\ntime_zone = \"Europe/Brussels\"\n\
        [[source]]\nfile = \"docks.json\"\nuse = [\"water\"]\n\
        [[source]]\nfile = \"areas.json\"\nuse = [\"villages\"]\n";
    let town = Folder::new(&[
        ("region.toml", region.as_bytes()),
        ("docks.json", &docks),
        ("areas.json", &areas),
    ]);
    let service = kept(&[town.path()]);
    let query =
        "file=reddingsboeien.json&kind=ring&rows=5000&columns=%7B%22id%22%3A%22assetID%22%7D";
    let answer = brought(&service, "imports", query, &buoys).json();
    let counts = &answer["counts"];
    println!(
        "725 rows of lifebuoys: {counts}; suspicion {}",
        answer["suspicion"]
    );
    assert_eq!(counts["rows"], 725);
    assert_eq!(answer["suspicion"], Value::Null);
    let n_of = |reason: &str| {
        let all = outcomes(&answer);
        all.iter().filter(|row| row.ends_with(reason)).count()
    };
    let (added, repeats, outside) = (n_of("added"), n_of("duplicate"), n_of("outside"));
    assert_eq!(added + repeats + outside, 725);
    assert!(
        (380..=400).contains(&(added + outside.div_ceil(2))),
        "{added} added, {outside} outside"
    );
    assert!(repeats >= 320, "{repeats}");
    // The same file again says nothing new.
    let again = brought(&service, "imports", query, &buoys).json();
    assert_eq!(
        (&again["entry"], &again["counts"]["added"]),
        (&Value::Null, &json!(0))
    );
}
