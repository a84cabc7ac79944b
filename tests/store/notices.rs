//! Notices and what is to be told of them: written together, found again after a restart.

use zhugan::model::moment::Moment;
use zhugan::model::notice::Content;
use zhugan::model::notice::Draft;
use zhugan::model::notice::Notice;
use zhugan::model::notice::NoticeKind;
use zhugan::model::notice::Severity;
use zhugan::model::notice::Wording;
use zhugan::model::text::Name;
use zhugan::model::text::Note;
use zhugan::model::webhook::DeliveryState;
use zhugan::model::webhook::NoticeEvent;
use zhugan::model::webhook::Shape;
use zhugan::model::webhook::Webhook;
use zhugan::store::accounts::By;
use zhugan::store::fault::StoreFault;
use zhugan::store::notices::Attempt;
use zhugan::store::notices::NewWebhook;
use zhugan::store::notices::NoticeChange;
use zhugan::store::notices::NoticePage;
use zhugan::store::notices::NoticeStore;
use zhugan::store::sqlite::SqliteStore;
use zhugan::store::sqlite::check;

use crate::formats::Folder;
use crate::store::act;
use crate::store::log;
use crate::store::opened;

fn content(until: i64) -> Content {
    let draft = Draft {
        kind: NoticeKind::Heat,
        severity: Severity::Minor,
        zh: None,
        en: Some(Wording {
            title: Name::new("Hot").unwrap(),
            text: Note::new("Stay\nout").unwrap(),
        }),
        villages: vec!["a".to_owned()],
        water_bodies: vec!["b".to_owned(), "c".to_owned()],
        from: Moment { ms: 0 },
        until: Moment { ms: until },
    };
    Content::new(draft).unwrap()
}

fn told(notice: &Notice, event: NoticeEvent, shape: Shape) -> String {
    format!("{} {event:?} {shape:?}", notice.id.0)
}

fn put(
    store: &SqliteStore,
    (region, ms): (&str, i64),
    before: Option<&Notice>,
    is_withdrawn: bool,
) -> Result<Notice, StoreFault> {
    let change = NoticeChange {
        before,
        content: &content(1_000),
        is_withdrawn,
        most: 3,
    };
    store.put_notice(&act(region, ms), &change, &told)
}

fn hook(store: &SqliteStore, region: Option<&str>) -> Webhook {
    let by = By {
        who: "keeper",
        at: Moment { ms: 0 },
    };
    let new = NewWebhook {
        url: "https://a.example/x",
        shape: Shape::Json,
        region,
        secret: b"secret",
        most: 9,
    };
    store.add_webhook(&by, &new).unwrap()
}

fn due(store: &SqliteStore, ms: i64) -> Vec<(i64, String)> {
    let due = store.due(Moment { ms }, 10).unwrap().into_iter();
    due.map(|due| (due.webhook.id.0, due.body)).collect()
}

const NOW: NoticePage = NoticePage {
    not_over_at: Some(Moment { ms: 500 }),
    before: None,
    limit: 10,
};

#[test]
fn a_notice_and_what_is_to_be_told_of_it_survive_a_restart() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    let (everywhere, here) = (hook(&store, None), hook(&store, Some("town")));
    hook(&store, Some("elsewhere"));
    let first = put(&store, ("town", 10), None, false).unwrap();
    let second = put(&store, ("town", 20), Some(&first), true).unwrap();
    assert_eq!(second.told_at, [10, 20].map(|ms| Moment { ms }));
    drop(store);
    let store = opened(folder.path());
    assert_eq!(
        store.notices("town", &NOW).unwrap(),
        std::slice::from_ref(&second)
    );
    assert_eq!(store.notice("town", first.id).unwrap(), Some(second));
    assert_eq!(store.notice("elsewhere", first.id).unwrap(), None);
    let expected = [everywhere, here].map(|hook| (hook.id.0, "1 Published Json".to_owned()));
    assert_eq!(due(&store, 20), expected, "the oldest of each");
    let things: Vec<String> = log(&store, "town")
        .into_iter()
        .map(|entry| entry.thing)
        .collect();
    assert_eq!(things, ["notice", "notice"]);
    drop(store);
    assert_eq!(check(folder.path()).unwrap().faults, [""; 0]);
}

#[test]
fn what_is_told_or_given_up_is_due_no_more_and_what_failed_is_due_later() {
    let store = SqliteStore::in_memory().unwrap();
    let hook = hook(&store, None);
    put(&store, ("town", 10), None, false).unwrap();
    put(&store, ("town", 20), None, false).unwrap();
    assert_eq!(store.next_due().unwrap(), Some(Moment { ms: 10 }));
    assert_eq!(due(&store, 9), []);
    let record = |id, state, ms| {
        let attempt = Attempt {
            state,
            due_at: Moment { ms },
            fault: Some("no"),
        };
        store.record_attempt(id, &attempt).unwrap();
    };
    record(1, DeliveryState::Pending, 100);
    assert_eq!(
        due(&store, 50),
        [(hook.id.0, "2 Published Json".to_owned())]
    );
    record(2, DeliveryState::Delivered, 50);
    assert_eq!(due(&store, 99), []);
    assert_eq!(
        due(&store, 100),
        [(hook.id.0, "1 Published Json".to_owned())]
    );
    record(1, DeliveryState::GivenUp, 100);
    assert_eq!(store.next_due().unwrap(), None);
    let all = store.deliveries(hook.id, 10).unwrap().unwrap();
    let states: Vec<(i64, DeliveryState, u32)> = all
        .iter()
        .map(|it| (it.id, it.state, it.n_attempts))
        .collect();
    let expected = [
        (2, DeliveryState::Delivered, 1),
        (1, DeliveryState::GivenUp, 2),
    ];
    assert_eq!(states, expected);
}

#[test]
fn a_webhook_that_is_removed_is_told_nothing_more() {
    let store = SqliteStore::in_memory().unwrap();
    let hook = hook(&store, None);
    put(&store, ("town", 10), None, false).unwrap();
    let by = By {
        who: "keeper",
        at: Moment { ms: 20 },
    };
    assert!(store.remove_webhook(&by, hook.id).unwrap());
    assert!(!store.remove_webhook(&by, hook.id).unwrap());
    put(&store, ("town", 30), None, false).unwrap();
    assert_eq!(due(&store, 100), []);
    assert_eq!(store.deliveries(hook.id, 10).unwrap(), None);
}

#[test]
fn only_so_many_notices_are_not_over() {
    let store = SqliteStore::in_memory().unwrap();
    let all = [1, 2, 3].map(|ms| put(&store, ("town", ms), None, false).unwrap());
    let full = put(&store, ("town", 4), None, false);
    assert!(matches!(full, Err(StoreFault::TooManyNotices)), "{full:?}");
    assert!(put(&store, ("elsewhere", 5), None, false).is_ok());
    put(&store, ("town", 6), Some(&all[0]), true).unwrap();
    assert!(put(&store, ("town", 7), None, false).is_ok());
    assert!(
        put(&store, ("town", 1_000), None, false).is_ok(),
        "all others are over"
    );
}

#[test]
fn of_what_has_been_told_only_the_latest_is_kept() {
    let store = SqliteStore::in_memory().unwrap();
    let hook = hook(&store, None);
    let mut notice = put(&store, ("town", 0), None, false).unwrap();
    for ms in 1..260 {
        notice = put(&store, ("town", ms), Some(&notice), false).unwrap();
        let attempt = Attempt {
            state: DeliveryState::Delivered,
            due_at: Moment { ms },
            fault: None,
        };
        store.record_attempt(ms + 1, &attempt).unwrap();
    }
    let all = store.deliveries(hook.id, 1_000).unwrap().unwrap();
    assert_eq!(all.len(), 201, "200, and the first, which was never told");
}
