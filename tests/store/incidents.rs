//! Incidents: opened, sent to, arrived at, closed, listed; each step in the audit log.

use std::sync::mpsc::channel;

use zhugan::app::fault::Fault;
use zhugan::app::keeping::Keeping;
use zhugan::app::regions::News;
use zhugan::app::regions::Regions;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::model::incident::Incident;
use zhugan::model::incident::IncidentId;
use zhugan::model::incident::IncidentKind;
use zhugan::model::incident::NewIncident;
use zhugan::model::incident::Role;
use zhugan::model::incident::SendingId;
use zhugan::model::incident::Task;
use zhugan::model::moment::Moment;
use zhugan::model::text::Name;
use zhugan::model::text::Note;
use zhugan::store::IncidentPage;
use zhugan::store::Store;
use zhugan::store::fault::StoreFault;
use zhugan::store::sqlite::SqliteStore;
use zhugan::units::Seconds;

use crate::commands::canal;
use crate::formats::Folder;
use crate::store::act;
use crate::store::log;
use crate::store::opened;

const EVERYTHING: IncidentPage = IncidentPage {
    from: None,
    until: None,
    is_open: None,
    after: None,
    limit: 100,
};

fn drowning() -> NewIncident {
    NewIncident {
        kind: IncidentKind::Drowning,
        at: LonLat::new(120.4, 29.8).unwrap(),
        village: Some(Name::new("330681").unwrap()),
        note: Some(Note::new("a child,\nby the bridge").unwrap()),
    }
}

fn task(role: Role) -> Task {
    let name = |text: &str| Some(Name::new(text).unwrap());
    Task::new(role, name("R1"), name("P1"), Some(Seconds(92.5))).unwrap()
}

#[test]
fn an_incident_is_kept_from_the_call_to_its_end() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    let tasks = [task(Role::Straight), task(Role::Fetch)];
    let incident = store
        .open_incident(&act("town", 1_000), &drowning(), &tasks)
        .unwrap();
    let later = store
        .record_sending(&act("town", 2_000), incident.id, &task(Role::Station))
        .unwrap();
    let first = incident.sent[0].id;
    let arrived = store
        .record_arrival(
            &act("town", 9_000),
            incident.id,
            first,
            Moment { ms: 8_000 },
        )
        .unwrap();
    assert_eq!(arrived.arrived_at, Some(Moment { ms: 8_000 }));
    store
        .close_incident(&act("town", 9_500), incident.id, Moment { ms: 9_500 })
        .unwrap();
    drop(store);
    let store = opened(folder.path());
    let kept = store.incident("town", incident.id).unwrap().unwrap();
    let expected = Incident {
        closed_at: Some(Moment { ms: 9_500 }),
        sent: vec![arrived, incident.sent[1].clone(), later],
        ..incident
    };
    assert_eq!(kept, expected);
    let things: Vec<String> = log(&store, "town")
        .into_iter()
        .map(|row| row.thing)
        .collect();
    let expected = "incident sending sending sending sending incident";
    assert_eq!(things.join(" "), expected);
}

#[test]
fn what_makes_no_sense_is_refused_and_leaves_no_trace() {
    let store = SqliteStore::in_memory().unwrap();
    let id = store
        .open_incident(&act("town", 1_000), &drowning(), &[task(Role::Straight)])
        .unwrap()
        .id;
    let (sending, unknown) = (SendingId(1), IncidentId(7));
    let at = |ms| Moment { ms };
    let refusals = [
        store
            .record_sending(&act("town", 2_000), unknown, &task(Role::Fetch))
            .unwrap_err(),
        store
            .record_sending(&act("other", 2_000), id, &task(Role::Fetch))
            .unwrap_err(),
        store
            .record_arrival(&act("town", 2_000), id, SendingId(9), at(2_000))
            .unwrap_err(),
        store
            .record_arrival(&act("town", 2_000), id, sending, at(999))
            .unwrap_err(),
        store
            .close_incident(&act("town", 2_000), id, at(999))
            .unwrap_err(),
    ];
    let told = refusals.map(|fault| fault.to_string());
    assert!(told[0].contains('7') && told[2].contains('9'), "{told:?}");
    assert_eq!(log(&store, "town").len(), 2);
    assert_eq!(store.incident("other", id).unwrap(), None);
    store
        .close_incident(&act("town", 3_000), id, at(3_000))
        .unwrap();
    let closed = store
        .record_sending(&act("town", 4_000), id, &task(Role::Fetch))
        .unwrap_err();
    assert!(matches!(closed, StoreFault::AlreadyClosed(_)), "{closed}");
    store
        .record_arrival(&act("town", 4_000), id, sending, at(2_500))
        .unwrap();
    store
        .record_arrival(&act("town", 4_001), id, sending, at(2_600))
        .unwrap();
    let kept = store.incident("town", id).unwrap().unwrap();
    assert_eq!(kept.sent[0].arrived_at, Some(at(2_600)), "corrected");
}

#[test]
fn incidents_are_listed_by_time_in_pages() {
    let store = SqliteStore::in_memory().unwrap();
    for ms in [1, 2, 2, 3, 4] {
        store
            .open_incident(&act("town", ms), &drowning(), &[])
            .unwrap();
    }
    let closed = IncidentId(4);
    store
        .close_incident(&act("town", 9), closed, Moment { ms: 9 })
        .unwrap();
    let numbers = |page: IncidentPage| -> Vec<i64> {
        let found = store.incidents("town", &page).unwrap();
        found.iter().map(|incident| incident.id.0).collect()
    };
    assert_eq!(numbers(EVERYTHING), [5, 4, 3, 2, 1]);
    let open = |is_open| IncidentPage {
        is_open: Some(is_open),
        ..EVERYTHING
    };
    assert_eq!(numbers(open(true)), [5, 3, 2, 1]);
    assert_eq!(numbers(open(false)), [4]);
    let between = IncidentPage {
        from: Some(Moment { ms: 2 }),
        until: Some(Moment { ms: 4 }),
        ..EVERYTHING
    };
    assert_eq!(numbers(between), [4, 3, 2]);
    let third = IncidentPage {
        after: Some((Moment { ms: 2 }, IncidentId(3))),
        limit: 1,
        ..EVERYTHING
    };
    assert_eq!(numbers(third), [2], "two of the same moment are told apart");
    assert_eq!(store.incidents("other", &EVERYTHING).unwrap(), []);
}

#[test]
fn the_regions_record_incidents_and_tell_those_who_listen() {
    let town = canal();
    let (tell, told) = channel();
    let dirs = [town.path().to_owned()];
    let regions = Regions::new(&dirs, Keeping::default(), move |event| {
        tell.send((event.news, event.version)).unwrap();
    });
    regions.load();
    let (news, version) = told.recv().unwrap();
    assert_eq!(news, News::Loaded);
    let town = "canal-town";
    let incident = regions
        .open_incident("keeper", town, &drowning(), &[task(Role::Straight)])
        .unwrap();
    let (id, first) = (incident.id, incident.sent[0].clone());
    let piece = Some(Name::new("P1").unwrap());
    let whoever_is_there = Task::new(Role::Fetch, None, piece, None).unwrap();
    let stranger = regions.record_sending("keeper", town, id, &task(Role::Fetch));
    assert!(matches!(stranger, Err(Fault::UnknownResponder { .. })));
    let second = regions
        .record_sending("keeper", town, id, &whoever_is_there)
        .unwrap();
    let named = Some(Moment {
        ms: first.sent_at.ms + 60_000,
    });
    let arrived = regions.record_arrival("keeper", town, id, first.id, named);
    assert_eq!(arrived.unwrap().arrived_at, named);
    let arrived = regions.record_arrival("keeper", town, id, second.id, None);
    assert!(Some(second.sent_at) <= arrived.unwrap().arrived_at, "now");
    regions.close_incident("keeper", town, id).unwrap();
    for _ in 0..5 {
        assert_eq!(told.recv().unwrap(), (News::Incidents, version));
    }
    let kept = regions.incidents(town, &EVERYTHING).unwrap();
    assert_eq!(kept, [regions.incident(town, id).unwrap()]);
    assert!(kept[0].closed_at.is_some() && kept[0].sent.len() == 2);
    let closed = regions.close_incident("keeper", town, id);
    assert_eq!(closed, Err(Fault::IncidentClosed { id: id.0 }));
    let unknown = regions.incident(town, IncidentId(7));
    assert_eq!(unknown, Err(Fault::UnknownIncident { id: 7 }));
    let elsewhere = regions.open_incident("keeper", "atlantis", &drowning(), &[]);
    assert!(matches!(elsewhere, Err(Fault::UnknownRegion { .. })));
    assert!(
        told.try_recv().is_err(),
        "nobody is told of what is refused"
    );
}
