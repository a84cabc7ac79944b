//! What people change in the register: kept with its row in the audit log, found again after a restart.

use serde_json::Value;
use serde_json::json;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::model::crossing::CrossingState::Closed;
use zhugan::model::crossing::CrossingState::Open;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::Equipment;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::kept_responder::KeptResponder;
use zhugan::model::register::Field;
use zhugan::model::register::Origin;
use zhugan::model::register::Presence;
use zhugan::store::PieceChange;
use zhugan::store::Store;
use zhugan::store::sqlite::SqliteStore;
use zhugan::store::sqlite::check;

use crate::formats::Folder;
use crate::store::act;
use crate::store::log;
use crate::store::opened;

fn pole(id: &str) -> Equipment {
    Equipment {
        id: id.to_owned(),
        kind: EquipmentKind::Pole,
        at: LonLat::new(120.4, 29.8).unwrap(),
        condition: Condition::Usable,
        name: Some("东桥".to_owned()),
        village: None,
        inspected_on: Some("2026-11-25".to_owned()),
        photo: None,
        note: None,
        is_illustrative: true,
    }
}

fn edit<'a>(before: &'a Equipment, after: &'a Equipment, edited: &'a [Field]) -> PieceChange<'a> {
    PieceChange {
        before: Some(before),
        after,
        origin: Origin::File,
        edited,
        presence: Presence::Registered,
    }
}

fn json_of(text: Option<&String>) -> Value {
    serde_json::from_str(text.unwrap()).unwrap()
}

#[test]
fn crossings_are_kept_by_region_with_who_did_what_and_when() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    for (region, ms, before, after) in [
        ("town", 1, Open, Closed),
        ("other", 2, Open, Closed),
        ("town", 3, Closed, Open),
    ] {
        store
            .set_crossing(&act(region, ms), "bridge-w1", before, after)
            .unwrap();
    }
    drop(store);
    let store = opened(folder.path());
    let kept = store.register("town").unwrap();
    assert_eq!(kept.crossings, [("bridge-w1".to_owned(), Open)]);
    assert_eq!(store.register("nowhere").unwrap().crossings, []);
    let log = log(&store, "town");
    assert_eq!(log.len(), 2);
    let last = &log[1];
    assert_eq!(
        (last.id, last.at_ms.ms, last.who.as_str()),
        (3, 3, "keeper")
    );
    let thing = (last.thing.as_str(), last.thing_id.as_str());
    assert_eq!(thing, ("crossing", "bridge-w1"));
    assert_eq!(json_of(last.before.as_ref()), json!({"state": "closed"}));
    assert_eq!(json_of(last.after.as_ref()), json!({"state": "open"}));
}

#[test]
fn a_piece_is_kept_whole_with_all_that_people_have_said_of_it() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    let first = pole("P1");
    let missing = Equipment {
        condition: Condition::Missing,
        ..first.clone()
    };
    let moved = Equipment {
        at: LonLat::new(120.5, 29.9).unwrap(),
        note: Some("two\nlines".to_owned()),
        ..missing.clone()
    };
    let change = edit(&first, &missing, &[Field::Condition]);
    store.put_piece(&act("town", 1), &change).unwrap();
    let change = edit(&missing, &moved, &[Field::At, Field::Note]);
    store.put_piece(&act("town", 2), &change).unwrap();
    drop(store);
    let store = opened(folder.path());
    let kept = store.register("town").unwrap().pieces;
    assert_eq!(kept.len(), 1);
    assert_eq!((&kept[0].piece, kept[0].origin), (&moved, Origin::File));
    let edited: Vec<Field> = kept[0].edited.iter().copied().collect();
    assert_eq!(edited, [Field::At, Field::Condition, Field::Note]);
    let log = log(&store, "town");
    assert_eq!(json_of(log[0].before.as_ref())["condition"], "usable");
    assert_eq!(log[0].after, log[1].before, "one follows the other");
}

#[test]
fn what_people_have_not_said_of_a_piece_the_files_say() {
    let store = SqliteStore::in_memory().unwrap();
    let first = pole("P1");
    let missing = Equipment {
        condition: Condition::Missing,
        ..first.clone()
    };
    let change = edit(&first, &missing, &[Field::Condition]);
    store.put_piece(&act("town", 1), &change).unwrap();
    let newer = Equipment {
        name: Some("西桥".to_owned()),
        condition: Condition::Unverified,
        ..first
    };
    let kept = store.register("town").unwrap().pieces;
    let expected = Equipment {
        condition: Condition::Missing,
        ..newer.clone()
    };
    assert_eq!(kept[0].over(&newer), expected);
}

#[test]
fn an_id_is_given_once_even_after_its_piece_is_gone() {
    let store = SqliteStore::in_memory().unwrap();
    let is_taken = |id: &str| id == "piece-10001";
    let id = store.free_piece_id("town", &is_taken).unwrap();
    assert_eq!(id, "piece-10002");
    let piece = pole(&id);
    let retired = PieceChange {
        origin: Origin::Added,
        presence: Presence::Retired,
        ..edit(&piece, &piece, &Field::ALL)
    };
    store.put_piece(&act("town", 1), &retired).unwrap();
    assert_eq!(
        store.free_piece_id("town", &is_taken).unwrap(),
        "piece-10003"
    );
    assert_eq!(
        store.free_piece_id("other", &|_| false).unwrap(),
        "piece-10001"
    );
    let kept = store.register("town").unwrap().pieces;
    assert_eq!(kept[0].presence, Presence::Retired);
}

#[test]
fn the_log_comes_in_pages() {
    let store = SqliteStore::in_memory().unwrap();
    for ms in 0..7 {
        store
            .set_crossing(&act("town", ms), "bridge-w1", Open, Closed)
            .unwrap();
    }
    let mut before = None;
    let mut times = Vec::new();
    for _ in 0..4 {
        let page = zhugan::store::AuditPage {
            part_of: None,
            before,
            limit: 2,
        };
        let entries = store.audit("town", &page).unwrap();
        times.extend(entries.iter().map(|entry| entry.at_ms.ms));
        before = entries.last().map(|entry| entry.id);
    }
    assert_eq!(times, [6, 5, 4, 3, 2, 1, 0]);
}

#[test]
fn grades_and_duties_are_kept_and_as_the_log_says() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    store.set_risk(&act("town", 1), "w1", 2, 4).unwrap();
    store.set_risk(&act("town", 2), "w1", 4, 3).unwrap();
    let on_duty = KeptResponder {
        id: "V-1".to_owned(),
        says_on_duty: Some(true),
        change: None,
        version: 0,
    };
    store
        .put_responder(&act("town", 3), None, &on_duty)
        .unwrap();
    drop(store);
    let store = opened(folder.path());
    let kept = store.register("town").unwrap();
    assert_eq!(kept.risks, [("w1".to_owned(), 3)]);
    assert_eq!(kept.responders, [on_duty]);
    let log = log(&store, "town");
    assert_eq!(log[0].thing, "water_body");
    assert_eq!(json_of(log[0].before.as_ref()), json!({"risk": 2}));
    assert_eq!(log[0].after, log[1].before, "one follows the other");
    let report = check(folder.path()).unwrap();
    assert_eq!(report.faults, [""; 0]);
    assert_eq!((report.water_bodies, report.audit), (1, 3));
}
