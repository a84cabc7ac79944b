//! The invented water town: made again byte for byte, with all that its paper says is in it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use zhugan::app::check::CheckReport;
use zhugan::app::gaps::GapsQuestion;
use zhugan::app::gaps::USUAL_KINDS;
use zhugan::app::region::LoadedRegion;
use zhugan::formats::read_region;
use zhugan::geometry::converter::Converter;
use zhugan::geometry::datum::Datum;
use zhugan::ground::spot::Spot;
use zhugan::model::crossing::CrossingKind;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::oddity::OddityKind;
use zhugan::model::water::WaterKind;
use zhugan::units::Meters;

use crate::formats::Folder;
use crate::walks::to_far_bank;

#[path = "../examples/water_town/mod.rs"]
mod rule;

use rule::region;

static TOWN: LazyLock<LoadedRegion> =
    LazyLock::new(|| LoadedRegion::load(&folder(), None, &|_| ()).unwrap());

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("maps/shuixiang")
}

fn n_bodies(report: &CheckReport) -> BTreeMap<WaterKind, usize> {
    let rows = report.water_bodies.iter();
    rows.map(|row| (row.kind, row.water_bodies)).collect()
}

#[test]
fn the_committed_files_are_what_the_rule_makes() {
    for (name, made) in region(1) {
        let committed = fs::read_to_string(folder().join(name)).unwrap();
        let differ = made.lines().zip(committed.lines()).find(|(a, b)| a != b);
        assert_eq!(differ, None, "the first line of {name} that differs");
        assert_eq!(made.len(), committed.len(), "{name}");
    }
}

#[test]
fn the_folder_is_small_and_says_that_it_is_invented() {
    let files = fs::read_dir(folder()).unwrap();
    let bytes: u64 = files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    assert!(bytes < 2_000_000, "{bytes} bytes");
    assert!(TOWN.settings.is_invented);
    assert!(TOWN.settings.name["zh"].contains("虚构"));
    assert!(TOWN.settings.name["en"].contains("invented"));
    let attribution = TOWN.settings.attribution.as_deref().unwrap();
    assert!(attribution.contains("虚构") && attribution.contains("invented"));
    for piece in &TOWN.equipment {
        assert!(piece.is_illustrative, "{}", piece.id);
    }
}

#[test]
fn there_are_29_villages_with_codes_that_nobody_has() {
    let villages = &TOWN.ground.villages;
    assert_eq!(villages.len(), 29);
    for village in villages {
        let code = village.code.as_deref().unwrap();
        assert!(code.len() == 12 && code.starts_with("990000"), "{code}");
        assert!(village.name.ends_with(['村', '区']), "{}", village.name);
    }
}

#[test]
fn there_are_110_waters_and_the_dangerous_ones_are_graded() {
    let kinds = [
        (WaterKind::River, 9),
        (WaterKind::Canal, 6),
        (WaterKind::Lake, 4),
        (WaterKind::Reservoir, 6),
        (WaterKind::Pond, 85),
    ];
    assert_eq!(n_bodies(&TOWN.check()), kinds.into());
    for body in &TOWN.ground.water_bodies {
        let name = body.name.as_deref().unwrap();
        let risk = match (name, body.kind) {
            ("云渡江", _) => 4,
            (_, WaterKind::Reservoir) => 3,
            _ => 2,
        };
        assert_eq!(body.risk, risk, "{name}");
    }
}

#[test]
fn nothing_is_odd_but_the_crossings_that_are_closed_on_purpose() {
    let report = TOWN.check();
    let mut closed: Vec<&str> = Vec::new();
    for oddity in &report.oddities {
        assert_eq!(oddity.kind, OddityKind::ClosedCrossing, "{oddity:?}");
        closed.push(oddity.id.split_once('-').unwrap().0);
    }
    closed.sort_unstable();
    assert_eq!(closed, ["ford", "lock", "weir", "weir"]);
    let open = |kind| {
        let rows = report.crossings.iter().filter(|row| row.kind == kind);
        rows.map(|row| row.open).sum::<usize>()
    };
    assert_eq!(
        [open(CrossingKind::Weir), open(CrossingKind::LockGate)],
        [1, 1]
    );
    assert!((20..=40).contains(&open(CrossingKind::Bridge)));
}

#[test]
fn about_400_pieces_stand_on_the_ground_most_of_them_in_sets() {
    let pieces = &TOWN.equipment;
    assert!((380..=440).contains(&pieces.len()), "{}", pieces.len());
    let mut points: BTreeMap<&str, Vec<EquipmentKind>> = BTreeMap::new();
    for piece in pieces {
        points
            .entry(piece.name.as_deref().unwrap())
            .or_default()
            .push(piece.kind);
    }
    let n_with = |n: usize| points.values().filter(|kinds| kinds.len() == n).count();
    assert!(n_with(4) > 60, "{} complete sets", n_with(4));
    assert!(n_with(3) > 5, "{} incomplete sets", n_with(3));
    for condition in [
        Condition::Damaged,
        Condition::Missing,
        Condition::Unverified,
    ] {
        let n = pieces
            .iter()
            .filter(|piece| piece.condition == condition)
            .count();
        assert!((8..60).contains(&n), "{condition:?}: {n}");
    }
    for (piece, standing) in pieces.iter().zip(&TOWN.standings) {
        let standing = standing.as_ref().unwrap();
        assert_eq!(standing.moved, Meters::ZERO, "{}", piece.id);
    }
}

#[test]
fn the_core_is_covered_in_part_and_the_outskirts_hardly() {
    let gaps = TOWN.gaps(&GapsQuestion {
        kinds: USUAL_KINDS.to_vec(),
        limit: Some(Meters(100.0)),
    });
    let share = |is_core: bool| {
        let rows = gaps
            .villages
            .iter()
            .filter(|row| row.name.ends_with("社区") == is_core);
        let sums = rows.fold((0.0, 0.0), |(bank, covered), row| {
            (bank + row.bank_m, covered + row.covered_m)
        });
        sums.1 / sums.0
    };
    assert!((0.5..0.7).contains(&share(true)), "core: {}", share(true));
    assert!(
        (0.03..0.2).contains(&share(false)),
        "outskirts: {}",
        share(false)
    );
}

#[test]
fn a_set_across_the_river_is_near_on_the_map_and_far_on_foot() {
    let ground = &TOWN.ground;
    let is_across = |note: Option<&str>| note.is_some_and(|note| note.contains("隔江"));
    let piece = TOWN
        .equipment
        .iter()
        .find(|piece| is_across(piece.note.as_deref()))
        .unwrap();
    let at = Spot::at(ground.plane.to_plane(piece.at)).unwrap();
    let here = ground.standing(at).unwrap().place;
    let (straight, walk) = to_far_bank(ground, &here);
    assert!(
        straight < Meters(120.0) && Meters(1_500.0) < walk,
        "{straight}, {walk}"
    );
}

#[test]
fn it_lies_where_chinese_map_programs_shift_places() {
    let converter: Converter = Datum::Gcj02.converter().unwrap();
    let place = TOWN.equipment[0].at;
    let shifted = converter.to_wgs84(place.lon(), place.lat()).unwrap();
    let plane = &TOWN.ground.plane;
    let (a, b) = (plane.to_plane(place), plane.to_plane(shifted));
    let meters = (a.x - b.x).hypot(a.y - b.y);
    assert!((100.0..1_000.0).contains(&meters), "{meters} m");
}

#[test]
fn stations_and_volunteers_stand_in_villages_of_the_town() {
    let names: Vec<&str> = TOWN
        .ground
        .villages
        .iter()
        .map(|village| village.name.as_str())
        .collect();
    let crew = TOWN.crew.responders();
    let n_stations = crew.iter().filter(|one| one.kind.is_station()).count();
    assert_eq!(
        (n_stations, crew.len() - n_stations),
        (35, 70),
        "all are read"
    );
    assert_eq!(TOWN.crew.nowhere().count(), 0, "everybody can set off");
    assert!(crew.iter().all(|one| one.is_illustrative));
    for (file, column, least) in [("stations.csv", 3, 31), ("volunteers.csv", 3, 50)] {
        let table = fs::read_to_string(folder().join(file)).unwrap();
        let rows: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split(',').collect())
            .collect();
        assert!(least < rows.len(), "{file}: {} rows", rows.len());
        assert_eq!(rows[0][column], "village");
        for row in &rows[1..] {
            assert_eq!(row.len(), rows[0].len(), "{file}: {row:?}");
            assert!(names.contains(&row[column]), "{file}: {row:?}");
        }
    }
}

/// The folder of a region of so many towns.
fn towns(n_towns: usize) -> Folder {
    let settings = fs::read_to_string(folder().join("region.toml")).unwrap();
    let mut files = vec![("region.toml", settings)];
    files.extend(region(n_towns));
    let bytes = files.iter().map(|(name, text)| (*name, text.as_bytes()));
    let files: Vec<(&str, &[u8])> = bytes.collect();
    Folder::new(&files)
}

#[test]
fn ten_towns_have_ten_times_as_much_under_names_of_their_own() {
    let folder = towns(10);
    let (_, layers) = read_region(folder.path(), &|_| ()).unwrap();
    assert_eq!(layers.oddities, []);
    assert_eq!(layers.villages.len(), 290);
    let areas = layers.water_areas.iter().map(|area| &area.name);
    let lines = layers.water_lines.iter().map(|line| &line.name);
    let names: BTreeSet<&str> = areas.chain(lines).filter_map(Option::as_deref).collect();
    assert_eq!(names.len(), 1_100);
    assert!((3_500..4_500).contains(&layers.equipment.len()));
}

#[test]
fn towns_side_by_side_join_without_anything_odd() {
    let folder = towns(2);
    let towns = LoadedRegion::load(folder.path(), None, &|_| ()).unwrap();
    let report = towns.check();
    assert_eq!(n_bodies(&report).values().sum::<usize>(), 220);
    for oddity in &report.oddities {
        assert_eq!(oddity.kind, OddityKind::ClosedCrossing, "{oddity:?}");
    }
}
