//! Files of equipment brought in over HTTP: what a preview says is what happens, all or nothing, and can be undone whole.

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use serde_json::json;
use zhugan::http::routes::router;
use zhugan::http::service::Service;

use crate::commands::canal;
use crate::commands::place;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::TOKEN;
use crate::http::answers::features;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::sent;

fn town() -> (Folder, Service) {
    let town = canal();
    let service = kept(&[town.path()]);
    (town, service)
}

/// A file sent by an administrator's program.
pub fn brought(service: &Service, resource: &str, query: &str, bytes: &[u8]) -> Answer {
    brought_over(service, resource, query, bytes, None)
}

fn brought_over(
    service: &Service,
    resource: &str,
    query: &str,
    bytes: &[u8],
    seen: Option<&str>,
) -> Answer {
    let mut request = Request::post(of_town(&format!("/{resource}?{query}")))
        .header("authorization", format!("Bearer {TOKEN}"))
        .header("content-type", "application/octet-stream");
    if let Some(seen) = seen {
        request = request.header("if-match", seen);
    }
    sent(
        &router(service),
        request.body(Body::from(bytes.to_vec())).unwrap(),
    )
}

fn previewed(service: &Service, query: &str, text: &str) -> Value {
    brought(service, "imports/preview", query, text.as_bytes()).json()
}

fn imported(service: &Service, query: &str, text: &str) -> Value {
    brought(service, "imports", query, text.as_bytes()).json()
}

/// A register of some rows, each at meters east and north of the town's middle.
fn csv(rows: &[(&str, &str, f64, f64, &str)]) -> String {
    let row = |(id, kind, east, north, more): &(&str, &str, f64, f64, &str)| {
        format!("{id},{kind},{},{more}\n", place(*east, *north))
    };
    let rows: String = rows.iter().map(row).collect();
    format!("id,kind,lon,lat,condition,note\n{rows}")
}

/// The rows of an answer as `row outcome reason`.
pub fn outcomes(answer: &Value) -> Vec<String> {
    let rows = answer["rows"].as_array().unwrap().iter();
    let told = rows.map(|row| {
        let told = &row["properties"];
        let word = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
        format!("{} {} {}", word("row"), word("outcome"), word("reason"))
            .trim()
            .to_owned()
    });
    told.collect()
}

fn pieces(service: &Service) -> Vec<Value> {
    let answer = get(service, &of_town("/equipment")).json();
    let mut pieces: Vec<Value> = features(&answer).cloned().collect();
    pieces.sort_by_key(|piece| piece["id"].to_string());
    pieces
}

fn log(service: &Service, query: &str) -> Vec<Value> {
    let address = of_town(&format!("/audit?{query}"));
    let log = change(service, ("GET", &address), "", &[]).json();
    log["entries"].as_array().unwrap().clone()
}

fn undone(service: &Service, entry: &Value) -> Answer {
    let address = of_town(&format!("/audit/{entry}/undo"));
    change(service, ("POST", &address), "", &[])
}

#[test]
fn a_preview_tells_every_row_and_changes_nothing() {
    let (_town, service) = town();
    let (before, version) = (
        pieces(&service),
        get(&service, &of_town("")).json()["version"].clone(),
    );
    let file = csv(&[
        ("N1", "pole", 100.0, -6.0, "usable,new"),
        ("P1", "pole", -100.0, -6.0, "missing,"),
        ("", "pole", 101.0, -6.0, "usable,beside the first"),
        ("N2", "ring", 101.0, -6.0, "usable,another kind"),
        ("N3", "pole", 90_000.0, -6.0, "usable,far away"),
        ("N1", "pole", 150.0, -6.0, "usable,the same id again"),
    ]);
    let answer = previewed(&service, "file=poles.csv", &file);
    assert_eq!(
        outcomes(&answer),
        [
            "row 2 added",
            "row 3 changed",
            "row 4 skipped duplicate",
            "row 5 added",
            "row 6 skipped outside",
            "row 7 skipped duplicate",
        ],
        "{answer}"
    );
    let counts = json!({"rows": 6, "added": 2, "changed": 1, "unchanged": 0, "skipped": 3, "villages": 0, "oddities": 0});
    assert_eq!(answer["counts"], counts);
    assert_eq!(answer["entry"], Value::Null);
    let third = &answer["rows"][2]["properties"];
    assert_eq!(
        (&third["detail"], &third["away_m"]),
        (&json!("N1 (row 2)"), &json!(1.0))
    );
    assert_eq!(pieces(&service), before);
    assert_eq!(get(&service, &of_town("")).json()["version"], version);
    assert_eq!(log(&service, "limit=5"), Vec::<Value>::new());
}

#[test]
fn an_import_does_what_its_preview_says_and_is_undone_whole() {
    let (_town, service) = town();
    let before = pieces(&service);
    let file = csv(&[
        ("N1", "pole", 100.0, -6.0, "usable,new"),
        ("P1", "pole", -100.0, -6.0, "damaged,bent"),
        ("", "ring", 120.0, -6.0, "usable,"),
    ]);
    let preview = previewed(&service, "file=poles.csv", &file);
    let done = imported(&service, "file=poles.csv", &file);
    assert_eq!(outcomes(&done), outcomes(&preview));
    assert_eq!(done["counts"], preview["counts"]);
    let after = pieces(&service);
    assert_eq!(after.len(), before.len() + 2);
    let of = |id: &str| after.iter().find(|piece| piece["id"] == id).unwrap();
    assert_eq!(of("N1")["properties"]["note"], "new");
    assert_eq!(of("P1")["properties"]["condition"], "damaged");
    assert_eq!(
        of("piece-10001")["properties"]["kind"],
        "ring",
        "a row without an id has the next free one"
    );
    // One entry stands for the whole; the pieces' own are found by it.
    let entries = log(&service, "limit=5");
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!(
        (&entries[0]["thing"], &entries[0]["thing_id"]),
        (&json!("import"), &json!("poles.csv"))
    );
    assert_eq!(entries[0]["id"], done["entry"]);
    assert_eq!(entries[0]["after"]["added"], 2);
    let parts = log(&service, &format!("import={}", done["entry"]));
    assert_eq!(parts.len(), 3);
    let back = undone(&service, &done["entry"]).json();
    assert_eq!(back["thing"], "import");
    assert_eq!(pieces(&service), before);
    // What was undone can be done again: the file's ids are not taken for pieces that somebody took away.
    let again = imported(&service, "file=poles.csv", &file);
    assert_eq!(outcomes(&again)[0], "row 2 added");
    assert_eq!(pieces(&service).len(), after.len());
}

#[test]
fn what_was_imported_is_there_after_a_restart_with_the_same_codes() {
    let (town, data) = (canal(), Folder::new(&[]));
    let file = csv(&[
        ("东桥", "pole", 100.0, -6.0, "usable,"),
        ("", "ring", 120.0, -6.0, "usable,"),
    ]);
    let before = {
        let service = kept_in(&data, &[town.path()]);
        imported(&service, "file=poles.csv", &file);
        pieces(&service)
    };
    let service = kept_in(&data, &[town.path()]);
    assert_eq!(pieces(&service), before);
    let report = zhugan::app::keeping::check(data.path()).unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
}

#[test]
fn an_import_is_not_undone_over_what_somebody_has_changed_since() {
    let (_town, service) = town();
    let file = csv(&[
        ("N1", "pole", 100.0, -6.0, "usable,"),
        ("N2", "pole", 140.0, -6.0, "usable,"),
    ]);
    let entry = imported(&service, "file=poles.csv", &file)["entry"].clone();
    let one = of_town("/equipment/N2");
    change(
        &service,
        ("PATCH", &one),
        "{\"condition\":\"missing\"}",
        &[],
    )
    .json();
    let before = pieces(&service);
    undone(&service, &entry).refused(409, "changed-since", &["1 of", "poles.csv", "N2"]);
    assert_eq!(pieces(&service), before, "all or nothing");
}

#[test]
fn a_file_that_says_less_leaves_the_rest_as_it_is() {
    let (_town, service) = town();
    let at = place(-100.0, -6.0);
    change(
        &service,
        ("PATCH", &of_town("/equipment/P1")),
        "{\"note\":\"red\",\"name\":\"East\"}",
        &[],
    )
    .json();
    let standing = |service: &Service| {
        let piece = get(service, &of_town("/equipment/P1")).json();
        piece["geometry"]["coordinates"].clone()
    };
    let was = standing(&service);
    // Only a condition: note and name stay, and so does the place, which the file has to a centimeter.
    let lon_lat = format!("{},{}", was[0], was[1]);
    let file = format!("id,lon,lat,condition\nP1,{lon_lat},damaged\n");
    let answer = imported(&service, "file=poles.csv", &file);
    assert_eq!(
        answer["rows"][0]["properties"]["changes"],
        json!(["condition"]),
        "{answer}"
    );
    let piece = get(&service, &of_town("/equipment/P1")).json();
    assert_eq!(
        (&piece["properties"]["note"], &piece["properties"]["name"]),
        (&json!("red"), &json!("East"))
    );
    // A column that is there and empty takes away what was said.
    let file = format!("id,lon,lat,note\nP1,{lon_lat},\n");
    let answer = imported(&service, "file=poles.csv", &file);
    assert_eq!(answer["rows"][0]["properties"]["changes"], json!(["note"]));
    // A piece that is elsewhere in the file is moved, and the answer tells from where.
    let file = format!("id,lon,lat\nP1,{at}\n");
    let answer = imported(&service, "file=poles.csv", &file);
    if was != json!([]) && answer["counts"]["changed"] == 1 {
        assert_eq!(answer["rows"][0]["properties"]["from"], was);
    }
}

#[test]
fn a_row_is_about_the_piece_whose_code_it_has() {
    let (_town, service) = town();
    let piece = get(&service, &of_town("/equipment/P1")).json();
    let code = piece["properties"]["code"].as_str().unwrap();
    let at = &piece["geometry"]["coordinates"];
    let file = format!(
        "code,lon,lat,condition\n{},{},{},missing\n",
        code.to_lowercase(),
        at[0],
        at[1]
    );
    let answer = previewed(&service, "file=round.csv", &file);
    let row = &answer["rows"][0]["properties"];
    assert_eq!(
        (&row["id"], &row["changes"]),
        (&json!("P1"), &json!(["condition"])),
        "{answer}"
    );
}

#[test]
fn what_somebody_took_away_does_not_come_back_with_an_old_file() {
    let (_town, service) = town();
    let at = get(&service, &of_town("/equipment/P1")).json()["geometry"]["coordinates"].clone();
    change(&service, ("DELETE", &of_town("/equipment/P1")), "", &[]);
    let file = format!("id,kind,lon,lat\nP1,pole,{},{}\n", at[0], at[1]);
    assert_eq!(
        outcomes(&previewed(&service, "file=old.csv", &file)),
        ["row 2 skipped retired"]
    );
    assert_eq!(
        outcomes(&imported(&service, "file=old.csv&take=retired", &file)),
        ["row 2 added"]
    );
    assert_eq!(get(&service, &of_town("/equipment/P1")).status, 200);
}

#[test]
fn doubts_are_overruled_one_by_one() {
    let (_town, service) = town();
    let file = csv(&[
        ("N1", "pole", 100.0, -6.0, "usable,"),
        ("N2", "pole", 101.0, -6.0, "usable,"),
        ("N1", "pole", 102.0, -6.0, "usable,"),
    ]);
    let kept = previewed(&service, "file=a.csv&take=duplicate", &file);
    assert_eq!(
        outcomes(&kept),
        ["row 2 added", "row 3 added", "row 4 skipped duplicate"],
        "nobody can say two things of one id"
    );
}

#[test]
fn only_what_was_previewed_is_imported() {
    let (_town, service) = town();
    let file = csv(&[("N1", "pole", 100.0, -6.0, "usable,")]);
    let preview = brought(&service, "imports/preview", "file=a.csv", file.as_bytes());
    let seen = preview.header("etag").to_owned();
    assert_ne!(seen, "");
    change(
        &service,
        ("PATCH", &of_town("/equipment/P1")),
        "{\"condition\":\"missing\"}",
        &[],
    )
    .json();
    let late = brought_over(
        &service,
        "imports",
        "file=a.csv",
        file.as_bytes(),
        Some(&seen),
    );
    late.refused(412, "changed-meanwhile", &["canal-town"]);
    let preview = brought(&service, "imports/preview", "file=a.csv", file.as_bytes());
    let seen = preview.header("etag").to_owned();
    let done = brought_over(
        &service,
        "imports",
        "file=a.csv",
        file.as_bytes(),
        Some(&seen),
    );
    assert_eq!(done.json()["counts"]["added"], 1);
}

#[test]
fn a_file_that_changes_nothing_leaves_no_entry() {
    let (_town, service) = town();
    let export = get(&service, &of_town("/export?format=xlsx")).body;
    let done = brought(&service, "imports", "file=again.xlsx", &export).json();
    assert_eq!(done["entry"], Value::Null);
    assert_eq!(done["counts"]["unchanged"], pieces(&service).len());
    assert_eq!(log(&service, "limit=5"), Vec::<Value>::new());
}

#[test]
fn what_cannot_be_kept_is_named_with_its_column() {
    let (_town, service) = town();
    let long = "x".repeat(201);
    let file = format!(
        "id,kind,lon,lat,name\nN1,pole,{at},{long}\n{long},pole,{at},ok\nN3,pole,{at},\"two\nlines\"\n",
        at = place(100.0, -6.0)
    );
    let answer = previewed(&service, "file=a.csv", &file);
    let reasons: Vec<&str> = answer["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["properties"]["detail"].as_str().unwrap())
        .collect();
    assert_eq!(
        reasons,
        [
            "name is 201 characters long; at most 200",
            "id is 201 characters long; at most 200",
            "name must not hold the control character U+000A"
        ],
        "{answer}"
    );
}

#[test]
fn wrong_files_and_wrong_questions_are_answered_with_what_would_be_right() {
    let (_town, service) = town();
    let preview = |query: &str, bytes: &[u8]| brought(&service, "imports/preview", query, bytes);
    preview("file=poles.docx", b"PK").refused(422, "bad-file", &["poles.docx", ".xlsx", ".csv"]);
    preview("file=poles.csv", b"name,village\nx,y\n").refused(
        422,
        "bad-file",
        &["poles.csv", "lon"],
    );
    preview("file=poles.xlsx", b"PK\x03\x04 no zip").refused(422, "bad-file", &["poles.xlsx"]);
    preview("file=poles.shp", b"\0\0\x27\x0a").refused(422, "bad-file", &[".zip"]);
    preview("file=map.osm", b"<osm").refused(422, "bad-file", &["map.osm"]);
    preview("", b"x").refused(400, "bad-parameter", &["file"]);
    preview("file=a.csv&datum=mars", b"x").refused(400, "bad-parameter", &["mars"]);
    preview("file=a.csv&take=all", b"x").refused(
        400,
        "bad-parameter",
        &["duplicate", "wrong_bank"],
    );
    preview("file=a.csv&rows=9999", b"x").refused(400, "bad-parameter", &["rows", "5000"]);
    let stranger = crate::http::post(&service, &of_town("/imports?file=a.csv"), "x");
    stranger.refused(401, "not-signed-in", &[]);
}

/// The columns of an answer as `header=ours`, with `-` for those that are not read.
fn columns(answer: &Value) -> Vec<String> {
    let told = answer["columns"].as_array().unwrap().iter();
    let told = told.map(|column| {
        let header = column["header"].as_str().unwrap();
        format!("{header}={}", column["read_as"].as_str().unwrap_or("-"))
    });
    told.collect()
}

#[test]
fn a_table_whose_columns_nobody_knows_is_read_when_somebody_says_which_is_which() {
    let (_town, service) = town();
    let at = place(100.0, -6.0);
    let (lon, lat) = at.split_once(',').unwrap();
    let table = format!("牌号,器具,横,竖,,巡\nN1,竹竿,{lon},{lat},?,2024-05-03\n");
    let refused = brought(&service, "imports/preview", "file=a.csv", table.as_bytes());
    assert_eq!(refused.status, 422);
    let refused: Value = serde_json::from_str(&refused.text()).unwrap();
    // A column without a name cannot be meant.
    assert_eq!(
        columns(&refused),
        ["牌号=-", "器具=-", "横=-", "竖=-", "巡=-"]
    );
    let says = r#"{"id":"牌号","kind":"器具","lon":"横","lat":"竖"}"#;
    let says: String = form_urlencoded::byte_serialize(says.as_bytes()).collect();
    let read = previewed(&service, &format!("file=a.csv&columns={says}"), &table);
    assert_eq!(outcomes(&read), ["row 2 added"], "{read}");
    let piece = &read["rows"][0]["properties"];
    assert_eq!(
        (&piece["id"], &piece["kind"]),
        (&json!("N1"), &json!("pole"))
    );
    let now = ["牌号=id", "器具=kind", "横=lon", "竖=lat", "巡=-"];
    assert_eq!(columns(&read), now);
}

#[test]
fn only_a_table_tells_its_columns_and_no_more_of_them_than_people_look_through() {
    let (_town, service) = town();
    let many: Vec<String> = (0..300).map(|n| format!("c{n}")).collect();
    let long = "x".repeat(101);
    let table = format!("{long},编号,{}\n", many.join(","));
    let refused = brought(&service, "imports/preview", "file=a.csv", table.as_bytes());
    let told = columns(&serde_json::from_str(&refused.text()).unwrap());
    assert_eq!((told.len(), told[0].as_str()), (100, "编号=id"));
    let broken = brought(&service, "imports/preview", "file=a.geojson", b"[");
    let broken: Value = serde_json::from_str(&broken.text()).unwrap();
    assert_eq!(broken.get("columns"), None);
    let map = br#"{"type":"FeatureCollection","features":[]}"#;
    let read = brought(&service, "imports/preview", "file=a.geojson", map).json();
    assert_eq!(read["columns"], json!([]));
}

#[test]
fn illustrative_pieces_say_so_when_they_come_in_again() {
    let (_town, service) = town();
    let at = place(100.0, -6.0);
    let file = format!("id,kind,lon,lat,illustrative\nN1,pole,{at},yes\nN2,ring,{at},no\n");
    imported(&service, "file=a.csv", &file);
    let is_made_up = |id: &str| {
        let piece = get(&service, &of_town(&format!("/equipment/{id}"))).json();
        piece["properties"]["illustrative"].clone()
    };
    assert_eq!(
        (is_made_up("N1"), is_made_up("N2")),
        (json!(true), json!(false))
    );
}
