//! Published patrols: the newest of an evening holds, all are kept, and what holds is found again after a restart.

use zhugan::model::day::Day;
use zhugan::model::published::PatrolSummary;
use zhugan::model::published::Published;
use zhugan::store::patrols::NewPatrol;
use zhugan::store::patrols::PatrolPage;
use zhugan::store::patrols::PatrolStore;
use zhugan::store::sqlite::SqliteStore;
use zhugan::store::sqlite::check;

use crate::formats::Folder;
use crate::store::act;
use crate::store::log;
use crate::store::opened;

fn day(text: &str) -> Day {
    Day::new(text).unwrap()
}

fn publish(
    store: &SqliteStore,
    (region, on): (&str, &str),
    before: Option<&Published>,
    plan: &str,
) -> Published {
    let summary = PatrolSummary {
        goal: "most".to_owned(),
        teams: 4,
        longest_s: 5_400.0,
        shortest_s: 5_000.5,
        required_m: 100.0,
        seen_m: 90.0,
        carried_m: 10.0,
    };
    let new = NewPatrol {
        day: &day(on),
        search: plan,
        summary: &summary,
        plan: plan.as_bytes(),
    };
    store.publish_patrol(&act(region, 7), before, &new).unwrap()
}

fn evenings(store: &SqliteStore, region: &str, before: Option<&str>, limit: usize) -> Vec<String> {
    let page = PatrolPage {
        before: before.map(day),
        limit,
    };
    let found = store.patrols(region, &page).unwrap().into_iter();
    found
        .map(|one| format!("{} {}", one.day.as_str(), one.search))
        .collect()
}

#[test]
fn the_newest_plan_of_an_evening_holds_and_the_older_ones_stay() {
    let dir = Folder::new(&[]);
    let store = opened(dir.path());
    let first = publish(&store, ("here", "2026-11-27"), None, "first");
    publish(&store, ("here", "2026-11-29"), None, "later");
    publish(&store, ("elsewhere", "2026-11-28"), None, "elsewhere");
    let second = publish(&store, ("here", "2026-11-27"), Some(&first), "second");
    assert!(first.number.0 < second.number.0);
    let found = store.patrol("here", &day("2026-11-27")).unwrap();
    assert_eq!(found, Some(second.clone()));
    assert_eq!(store.patrol("here", &day("2026-11-28")).unwrap(), None);
    for (number, plan) in [(first.number, "first"), (second.number, "second")] {
        assert_eq!(store.patrol_plan(number).unwrap(), Some(plan.into()));
    }
    assert_eq!(
        evenings(&store, "here", None, 9),
        ["2026-11-29 later", "2026-11-27 second"]
    );
    assert_eq!(evenings(&store, "here", None, 1), ["2026-11-29 later"]);
    assert_eq!(
        evenings(&store, "here", Some("2026-11-29"), 9),
        ["2026-11-27 second"]
    );
    drop(store);
    let again = opened(dir.path());
    assert_eq!(
        again.patrol("here", &day("2026-11-27")).unwrap(),
        Some(second)
    );
    let report = check(dir.path()).unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    assert_eq!(report.patrols, 4);
}

#[test]
fn what_is_taken_back_holds_no_more_and_neither_does_what_it_replaced() {
    let dir = Folder::new(&[]);
    let store = opened(dir.path());
    let eve = publish(&store, ("here", "2026-11-26"), None, "eve");
    let first = publish(&store, ("here", "2026-11-27"), None, "first");
    let second = publish(&store, ("here", "2026-11-27"), Some(&first), "second");
    let before = |on: &str| {
        let found = store.patrol_before("here", &day(on)).unwrap();
        found.map(|found| found.search)
    };
    assert_eq!(before("2026-11-28"), Some("second".to_owned()));
    store.withdraw_patrol(&act("here", 9), &second).unwrap();
    assert_eq!(store.patrol("here", &day("2026-11-27")).unwrap(), None);
    assert_eq!(before("2026-11-28"), Some(eve.search));
    assert_eq!(before("2026-11-26"), None);
    assert_eq!(evenings(&store, "here", None, 9), ["2026-11-26 eve"]);
    let third = publish(&store, ("here", "2026-11-27"), None, "third");
    assert_eq!(
        store.patrol("here", &day("2026-11-27")).unwrap(),
        Some(third)
    );
    let log = log(&store, "here");
    let told: Vec<bool> = log
        .iter()
        .map(|entry| {
            entry
                .after
                .as_deref()
                .unwrap()
                .contains("\"is_withdrawn\":true")
        })
        .collect();
    assert_eq!(told, [false, false, false, true, false]);
    assert!(
        log.iter()
            .all(|entry| entry.thing == "patrol" && entry.who == "keeper")
    );
    assert!(log[2].before.is_some(), "what it replaces is told");
    assert_eq!(check(dir.path()).unwrap().faults, Vec::<String>::new());
}
