//! What phones hand in is kept whole and once; where they were goes after a while, and what was seen stays.

use zhugan::geometry::lon_lat::LonLat;
use zhugan::model::account::AccountId;
use zhugan::model::account::Grant;
use zhugan::model::account::Role;
use zhugan::model::day::Day;
use zhugan::model::entry::EntryId;
use zhugan::model::entry::Handed;
use zhugan::model::entry::NewEntry;
use zhugan::model::entry::SkipReason;
use zhugan::model::entry::TrackFix;
use zhugan::model::moment::Moment;
use zhugan::model::text::Note;
use zhugan::store::accounts::AccountStore;
use zhugan::store::accounts::By;
use zhugan::store::accounts::Proof;
use zhugan::store::accounts::Taker;
use zhugan::store::entries::EntryKept;
use zhugan::store::entries::EntryStore;
use zhugan::store::entries::HandedIn;
use zhugan::store::entries::KeptSeen;
use zhugan::store::sqlite::SqliteStore;

use crate::formats::Folder;
use crate::store::act;
use crate::store::opened;

const DAY: &str = "2026-11-27";

fn day(text: &str) -> Day {
    Day::new(text).unwrap()
}

fn at(ms: i64) -> Moment {
    Moment { ms }
}

/// Somebody who signs in.
fn account(store: &SqliteStore, name: &str) -> AccountId {
    let by = By {
        who: "keeper",
        at: at(1),
    };
    let grant = Grant {
        role: Role::Volunteer,
        region: None,
    };
    let hash = [name.len() as u8; 32];
    store
        .add_invitation(&by, &hash, (&grant).into(), at(1_000))
        .unwrap();
    let name = zhugan::model::account::AccountName::new(name).unwrap();
    let taker = Taker::New {
        name: &name,
        proof: Proof::Password("hash"),
    };
    store.take(&hash, &taker, at(2)).unwrap().id
}

fn entry(number: u8, what: Handed) -> NewEntry {
    let id = format!("0190f3a2-7c1b-7d2e-9f00-0000000000{number:02x}");
    NewEntry {
        id: EntryId::new(&id).unwrap(),
        day: day(DAY),
        at: at(5_000),
        patrol: Some(7),
        team: Some(2),
        place: LonLat::new(9.5, 47.1).ok(),
        accuracy_m: Some(8.5),
        note: Note::new("岸边有人").ok(),
        what,
    }
}

fn skip(number: u8) -> NewEntry {
    let what = Handed::Skip {
        stretch: "brook:left@0-300".to_owned(),
        reason: SkipReason::Unsafe,
    };
    entry(number, what)
}

fn track(number: u8) -> NewEntry {
    let fix = TrackFix {
        after_ms: 250,
        at: LonLat::new(9.5, 47.1).unwrap(),
        accuracy_m: 5.0,
    };
    entry(number, Handed::Track { fixes: vec![fix] })
}

fn hand_in(
    store: &SqliteStore,
    (account, received): (AccountId, i64),
    entry: &NewEntry,
    digest: u8,
) -> EntryKept {
    let new = HandedIn {
        account,
        entry,
        digest: &[digest; 32],
        track_expires_at: at(20_000),
        report: None,
    };
    store.add_entry(&act("here", received), &new).unwrap()
}

#[test]
fn an_entry_is_kept_whole_and_once_and_its_number_is_that_of_nothing_else() {
    let dir = Folder::new(&[]);
    let store = opened(dir.path());
    let (wang, li) = (account(&store, "wang"), account(&store, "li"));
    let first = skip(1);
    let new = EntryKept::New { report: None };
    assert_eq!(hand_in(&store, (wang, 7), &first, 1), new);
    let EntryKept::Known(kept) = hand_in(&store, (wang, 9), &first, 1) else {
        panic!("it is known");
    };
    assert_eq!(
        (&kept.entry, kept.account, kept.report),
        (&first, wang, None)
    );
    assert_eq!(hand_in(&store, (wang, 9), &first, 2), EntryKept::Other);
    assert_eq!(hand_in(&store, (li, 9), &first, 1), EntryKept::Other);
    drop(store);
    let store = opened(dir.path());
    let found = store.entries("here", &day(DAY)).unwrap();
    assert_eq!(found, [*kept]);
    assert_eq!(store.entries("elsewhere", &day(DAY)).unwrap(), []);
}

#[test]
fn where_phones_were_goes_when_its_time_is_over_and_the_entries_stay() {
    let dir = Folder::new(&[]);
    let store = opened(dir.path());
    let wang = account(&store, "wang");
    hand_in(&store, (wang, 7), &skip(1), 1);
    hand_in(&store, (wang, 8), &track(2), 2);
    let kept = store.track("here", &day(DAY), wang).unwrap();
    let Handed::Track { fixes } = track(2).what else {
        unreachable!("it is a track");
    };
    assert_eq!(kept, [(at(5_000), fixes)]);
    assert_eq!(store.forget_places(at(19_999), at(0)).unwrap(), 0);
    assert_eq!(store.forget_places(at(20_000), at(i64::MAX)).unwrap(), 3);
    assert_eq!(store.track("here", &day(DAY), wang).unwrap(), []);
    let found = store.entries("here", &day(DAY)).unwrap();
    let places: Vec<_> = found
        .iter()
        .map(|kept| (kept.entry.place, kept.entry.accuracy_m))
        .collect();
    assert_eq!(places, [(None, None); 2]);
}

#[test]
fn what_was_seen_is_replaced_and_its_sketch_is_held_against_those_of_others_and_of_other_days() {
    let dir = Folder::new(&[]);
    let store = opened(dir.path());
    let (wang, li) = (account(&store, "wang"), account(&store, "li"));
    let put = |on: &str, account, what: &str, sketch: &[u64]| {
        let seen = KeptSeen {
            day: day(on),
            account,
            team: Some(1),
            what: what.to_owned(),
        };
        store.put_seen("here", &seen, &sketch.to_vec()).unwrap();
    };
    put("2026-11-26", wang, "[1]", &[1, u64::MAX]);
    put(DAY, wang, "[2]", &[2]);
    put(DAY, wang, "[3]", &[3]);
    put(DAY, li, "[4]", &[]);
    let seen = store.seen("here", &day(DAY), &day(DAY)).unwrap();
    let seen: Vec<&str> = seen.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(seen, ["[3]", "[4]"]);
    let first = day("2026-11-01");
    let of_others = store.sketches("here", &first, &day(DAY), wang).unwrap();
    assert_eq!(of_others, [vec![1, u64::MAX], vec![]]);
    assert_eq!(
        store.sketches("here", &day(DAY), &day(DAY), li).unwrap(),
        [vec![3]]
    );
}

#[test]
fn a_right_to_hand_in_holds_in_its_region_until_it_is_over() {
    let dir = Folder::new(&[]);
    let store = opened(dir.path());
    let wang = account(&store, "wang");
    let hash = [7; 32];
    store
        .allow_hand_in("here", wang, &hash, at(10), at(100))
        .unwrap();
    let of = |region: &str, now: i64| {
        let found = store.hand_in_of(region, &hash, at(now)).unwrap();
        found.map(|account| account.id)
    };
    assert_eq!(of("here", 99), Some(wang));
    assert_eq!((of("here", 100), of("elsewhere", 50)), (None, None));
}
