//! `region.toml`: the promised example, every check, and the messages.

use zhugan::formats::region_file::parse;
use zhugan::formats::wanted::Wanted;
use zhugan::geometry::datum::Datum;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::inspection::InspectionSettings;
use zhugan::model::region::Movement;
use zhugan::model::region::WaterClass;
use zhugan::units::Meters;

const SMALLEST: &str = "id = \"a\"\n[[source]]\nfile = \"a.csv\"\nuse = [\"equipment\"]\n";

fn check_error(text: &str, parts: &[&str]) {
    let line = parse(text).unwrap_err().to_string();
    assert!(!line.contains('\n'), "{line}");
    for part in parts {
        assert!(line.contains(part), "{part:?} is not in {line:?}");
    }
}

/// As `SMALLEST`, with more lines behind it.
fn check_setting(lines: &str, parts: &[&str]) {
    check_error(&format!("{SMALLEST}{lines}"), parts);
}

#[test]
fn the_promised_example_is_read() {
    let (settings, sources) = parse(
        r#"
id = "liechtenstein"
name = { zh = "列支敦士登", en = "Liechtenstein" }
time_zone = "Europe/Vaduz"
country_calls = { police = "117", ambulance = "144" }

[[source]]
file = "liechtenstein-2013.osm.pbf" # a remark
use = ["water", "paths", "villages", "obstacles", "equipment"]
datum = "wgs84"
layer = "rivers"
columns = { name = "名称", width_m = "宽度" }
encoding = "gb18030"
clip = "villages.geojson"

[[source]]
file = "poles.csv"
use = ["equipment"]
datum = "EPSG:4549"
kind = "pole"
illustrative = true
attribution = "the town"

[reach]
target_m = 50
warn_m = 100
run_m_s = 2.0
walk_m_s = 1.3
budget_s = 60
over_water_m = { pole = 6.5, rope = 20 }

[ground]
move = "paths"
open_factor = 1.5

[water]
include = ["area", "river", "canal"]
min_area_m2 = 100
risk = { default = 3, "w123" = 4 }
"#,
    )
    .unwrap();
    assert_eq!(settings.id.as_str(), "liechtenstein");
    assert_eq!(settings.name["zh"], "列支敦士登");
    assert_eq!(settings.country_calls["police"], "117");
    assert_eq!(settings.reach.target, Meters(50.0));
    let over_water = settings.reach.over_water;
    assert_eq!(over_water.pole, Meters(6.5));
    assert_eq!(over_water.ring, Meters(25.0), "what is not named stays");
    assert_eq!(over_water.rope, Meters(20.0));
    assert_eq!(settings.ground.movement, Movement::Paths);
    assert!((settings.ground.open_factor - 1.5).abs() < 1e-12);
    assert_eq!(
        settings.water.include,
        [WaterClass::Area, WaterClass::River, WaterClass::Canal]
    );
    assert_eq!(settings.water.default_risk, 3);
    assert_eq!(settings.water.risk_by_id["w123"], 4);
    assert_eq!(sources.len(), 2);
    let but_schools = Wanted {
        schools: false,
        ..Wanted::ALL
    };
    assert_eq!(sources[0].wanted, but_schools);
    assert_eq!(sources[0].datum, Some(Datum::Wgs84));
    assert_eq!(sources[0].columns["width_m"], "宽度");
    assert_eq!(sources[0].encoding.unwrap().name(), "gb18030");
    assert_eq!(sources[0].clip.as_deref(), Some("villages.geojson"));
    assert_eq!(sources[1].datum, Some(Datum::Epsg(4549)));
    assert_eq!(sources[1].kind, Some(EquipmentKind::Pole));
    assert!(sources[1].is_illustrative);
    assert_eq!(sources[1].attribution.as_deref(), Some("the town"));
}

#[test]
fn a_place_that_is_made_up_says_so() {
    let (settings, _) = parse(&format!("invented = true\n{SMALLEST}")).unwrap();
    assert!(settings.is_invented);
    check_error(
        &format!("invented = \"yes\"\n{SMALLEST}"),
        &["invented", "true or false"],
    );
}

#[test]
fn the_letters_of_codes_are_letters() {
    let (settings, _) = parse(&format!("code = \"sx\"\n{SMALLEST}")).unwrap();
    assert_eq!(settings.code.unwrap().as_str(), "SX");
    for wrong in ["S", "SX1", "水乡", "SHUI"] {
        let text = format!("code = \"{wrong}\"\n{SMALLEST}");
        check_error(&text, &["code", "two or three", wrong]);
    }
}

#[test]
fn what_is_not_said_has_its_default() {
    let (settings, sources) = parse(SMALLEST).unwrap();
    assert_eq!(
        settings.reach,
        zhugan::model::region::ReachSettings::default()
    );
    assert_eq!(
        settings.ground,
        zhugan::model::region::GroundSettings::default()
    );
    assert_eq!(
        settings.water,
        zhugan::model::region::WaterSettings::default()
    );
    assert_eq!(settings.time_zone, "UTC");
    assert_eq!(settings.name["en"], "a");
    assert_eq!(sources[0].datum, None);
    assert!(!sources[0].is_illustrative);
    assert!(!settings.is_invented);
}

#[test]
fn an_unknown_key_is_named_with_the_closest_valid_one() {
    check_setting(
        "[reach]\ntargt_m = 50",
        &["[reach] targt_m", "\"target_m\""],
    );
    check_setting(
        "encodng = \"gbk\"",
        &["[[source]] 1: encodng", "\"encoding\""],
    );
    check_setting("[grund]\nmove = \"open\"", &["grund", "\"ground\""]);
    check_setting("columns = { nam = \"名称\" }", &["columns nam", "\"name\""]);
    check_setting(
        "[water]\nminarea = 1",
        &["[water] minarea", "\"min_area_m2\""],
    );
}

#[test]
fn numbers_are_checked_against_their_range() {
    for line in [
        "target_m = 0",
        "target_m = -1",
        "target_m = nan",
        "target_m = inf",
        "target_m = 1e999",
        "target_m = \"50\"",
        "run_m_s = 0",
        "walk_m_s = 100",
        "budget_s = 0.5",
        "budget_s = true",
    ] {
        let key = line.split(' ').next().unwrap();
        let text = format!("{SMALLEST}[reach]\n{line}");
        let error = parse(&text).unwrap_err().to_string();
        assert!(
            error.contains(key) || error.contains("line 6"),
            "{line}: {error}"
        );
    }
    check_setting(
        "[ground]\npath_factor = 0.9",
        &["path_factor", "from 1 to 10"],
    );
    check_setting("[ground]\nsteps_factor = 11", &["steps_factor", "11"]);
    check_setting(
        "[water]\nrisk = { default = 5 }",
        &["default", "1 (low) to 4"],
    );
    check_setting("[water]\nrisk = { w1 = 1.5 }", &["w1", "1.5"]);
    check_setting("[water]\nmin_area_m2 = -1", &["min_area_m2"]);
}

#[test]
fn how_often_equipment_is_looked_at_is_whole_days_by_kind() {
    let (settings, _) = parse(SMALLEST).unwrap();
    assert_eq!(settings.inspection, InspectionSettings::default());
    let own = "[inspection]\ndays = { default = 60, pole = 30, aed = 3650 }";
    let (settings, _) = parse(&format!("{SMALLEST}{own}")).unwrap();
    let days = [EquipmentKind::Pole, EquipmentKind::Aed, EquipmentKind::Ring];
    let days = days.map(|kind| settings.inspection.days(kind));
    assert_eq!(days, [30, 3650, 60]);
    for wrong in [
        "0",
        "-1",
        "3651",
        "65537",
        "9223372036854775807",
        "1.5",
        "nan",
        "\"30\"",
        "true",
        "[30]",
    ] {
        let setting = format!("[inspection]\ndays = {{ pole = {wrong} }}");
        check_setting(&setting, &["[inspection] [days] pole", "1 to 3650"]);
    }
    check_setting("[inspection]\ndays = 30", &["days", "a table"]);
    check_setting(
        "[inspection]\ndays = { poles = 30 }",
        &["poles", "\"pole\""],
    );
    check_setting("[inspection]\nday = { pole = 30 }", &["day", "\"days\""]);
}

#[test]
fn the_warning_is_never_nearer_than_the_target() {
    check_setting(
        "[reach]\ntarget_m = 80\nwarn_m = 70",
        &["warn_m", "target_m = 80", "70"],
    );
    let (settings, _) = parse(&format!("{SMALLEST}[reach]\ntarget_m = 250")).unwrap();
    assert_eq!(settings.reach.warn, Meters(250.0));
}

#[test]
fn words_are_checked_and_the_right_ones_named() {
    check_setting(
        "[ground]\nmove = \"fly\"",
        &["[ground] move", "open", "paths", "fly"],
    );
    check_setting(
        "[water]\ninclude = [\"lake\"]",
        &["include", "area", "lake"],
    );
    check_setting("[water]\ninclude = []", &["include", "at least one"]);
    check_setting(
        "datum = \"wgs48\"",
        &["[[source]] 1: datum", "wgs84", "wgs48"],
    );
    check_setting("datum = \"epsg:2334\"", &["epsg:2334", "shift"]);
    check_setting("encoding = \"klingon\"", &["encoding", "gb18030"]);
    check_setting("kind = \"boat\"", &["kind", "pole"]);
    check_setting("illustrative = \"yes\"", &["illustrative", "true or false"]);
    check_error("id = \"A B\"", &["A B", "a-z"]);
    check_error(
        "id = \"a\"\ntime_zone = \"Zhuji; rm\"",
        &["time_zone", "Asia/Shanghai"],
    );
}

#[test]
fn what_must_be_there_is_asked_for_with_an_example() {
    check_error("", &["id", "id = \"fengqiao\""]);
    check_error("id = \"a\"", &["[[source]]", "file ="]);
    check_error("id = \"a\"\nsource = []", &["[[source]]"]);
    check_error("id = \"a\"\nsource = [1]", &["[[source]]"]);
    check_error("id = \"a\"\n[[source]]\nuse = [\"water\"]", &["file"]);
    check_error("id = \"a\"\n[[source]]\nfile = \"a.csv\"", &["use"]);
    check_error(
        "id = \"a\"\n[[source]]\nfile = \"a.csv\"\nuse = []",
        &["use", "water"],
    );
    check_error(
        "id = \"a\"\n[[source]]\nfile = \"a.csv\"\nuse = [\"roads\"]",
        &["roads", "paths"],
    );
}

#[test]
fn no_file_outside_the_folder_can_be_named() {
    for name in [
        "/etc/passwd",
        "../a.csv",
        "a/../../b.csv",
        "..",
        "c:\\\\a.csv",
        "a\\u0000.csv",
        "",
    ] {
        for key in ["file", "clip"] {
            let text = format!(
                "id = \"a\"\n[[source]]\n{key} = \"{name}\"\n{}use = [\"water\"]",
                if key == "clip" {
                    "file = \"a.csv\"\n"
                } else {
                    ""
                }
            );
            check_error(&text, &[key]);
        }
    }
    parse(&SMALLEST.replace("a.csv", "sub/a.csv")).unwrap();
}

#[test]
fn a_syntax_error_is_told_with_its_line() {
    check_error("id = \"a\"\nname = {", &["line 2"]);
    check_error("id = \"a\"\nid = \"b\"", &["line 2"]);
}

#[test]
fn deep_nesting_is_an_error_not_a_crash() {
    check_error(&format!("id = {}", "[".repeat(100_000)), &["line 1"]);
    check_error(
        &format!("id = {}1{}", "{a=".repeat(50_000), "}".repeat(50_000)),
        &["line 1"],
    );
}

#[test]
fn how_far_a_piece_reaches_over_the_water_is_a_length_of_a_kind_that_can() {
    let key = "[reach] [over_water_m] ";
    for wrong in ["-5", "0", "nan", "inf", "1001", "\"5 m\""] {
        let lines = format!("[reach]\nover_water_m = {{ pole = {wrong} }}\n");
        check_setting(&lines, &[&format!("{key}pole"), "from 0.1 to 1000"]);
    }
    let board = "[reach]\nover_water_m = { board = 5 }\n";
    check_setting(board, &[&format!("{key}board"), "is no setting"]);
    check_setting(
        "[reach]\nover_water_m = 5\n",
        &["[reach] over_water_m", "a table", "not 5"],
    );
}
