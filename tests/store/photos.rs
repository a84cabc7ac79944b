//! Photos in the store: how much strangers may send in a day, and that what is kept is what the audit log says.

use rusqlite::Connection;
use zhugan::model::moment::Moment;
use zhugan::model::photo::Photo;
use zhugan::model::photo::Picture;
use zhugan::model::report::About;
use zhugan::model::report::NewReport;
use zhugan::model::report::ReportId;
use zhugan::model::report::ReportKind;
use zhugan::store::Store;
use zhugan::store::fault::StoreFault;
use zhugan::store::photos::NewPhoto;
use zhugan::store::photos::PhotoRight;
use zhugan::store::photos::PhotoStore;
use zhugan::store::sqlite;
use zhugan::store::sqlite::FILE;
use zhugan::store::sqlite::SqliteStore;

use crate::formats::Folder;
use crate::store::act;
use crate::store::log;
use crate::store::opened;

const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// Whoever has made a report: its region, its number, and the hash of what they show.
struct Reporter<'a> {
    region: &'a str,
    report: ReportId,
    secret: [u8; 32],
}

impl<'a> Reporter<'a> {
    fn new(store: &SqliteStore, region: &'a str, name: Option<&str>, secret: u8) -> Self {
        let what = NewReport {
            kind: ReportKind::Missing,
            about: About::Piece("P1".to_owned()),
            note: None,
            reporter: name.map(str::to_owned),
        };
        let right = PhotoRight {
            hash: [secret; 32],
            expires_at: Moment { ms: i64::MAX },
        };
        let made = store.open_report(&act(region, 0), &what, None, &right, 10);
        Self {
            region,
            report: made.unwrap().id,
            secret: right.hash,
        }
    }

    /// Adds a photo of so many bytes; strangers may send 100 a day.
    fn add(&self, store: &SqliteStore, at_ms: i64, jpeg: &[u8]) -> Result<Photo, StoreFault> {
        let picture = Picture {
            jpeg: jpeg.to_vec(),
            width: 4,
            height: 3,
        };
        let new = NewPhoto {
            report: self.report,
            secret: &self.secret,
            picture: &picture,
            most_bytes_a_day: 100,
        };
        store.add_photo(&act(self.region, at_ms), &new)
    }
}

#[test]
fn strangers_send_so_much_a_day_and_those_who_are_known_are_not_counted() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    let stranger = Reporter::new(&store, "here", None, 1);
    let other = Reporter::new(&store, "here", None, 2);
    let known = Reporter::new(&store, "here", Some("wang"), 3);
    let elsewhere = Reporter::new(&store, "there", None, 4);
    assert!(known.add(&store, 0, &[0; 5_000]).is_ok());
    assert!(stranger.add(&store, 0, &[1; 60]).is_ok());
    let much = other.add(&store, 1, &[2; 41]);
    assert!(
        matches!(much, Err(StoreFault::TooManyPhotosToday)),
        "{much:?}"
    );
    assert!(other.add(&store, 1, &[2; 40]).is_ok());
    assert!(stranger.add(&store, 2, &[3; 1]).is_err());
    assert!(known.add(&store, 2, &[4; 5_000]).is_ok());
    assert!(elsewhere.add(&store, 2, &[5; 100]).is_ok());
    // What came a day ago counts no longer; a minute earlier it does.
    assert!(stranger.add(&store, DAY_MS - 1, &[6; 60]).is_err());
    assert!(stranger.add(&store, DAY_MS, &[6; 60]).is_ok());
}

#[test]
fn nobody_adds_a_photo_to_another_report_by_asking_the_store_itself() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    let mine = Reporter::new(&store, "here", None, 1);
    let theirs = Reporter::new(&store, "here", None, 2);
    for wrong in [
        Reporter {
            report: theirs.report,
            ..mine
        },
        Reporter {
            region: "there",
            report: ReportId(1),
            secret: [1; 32],
        },
    ] {
        let refused = wrong.add(&store, 0, &[1; 9]);
        assert!(
            matches!(refused, Err(StoreFault::NoPhotoRight(_))),
            "{refused:?}"
        );
    }
    assert_eq!(store.photo("there", ReportId(1), 1).unwrap(), None);
}

#[test]
fn a_photo_is_in_the_log_and_one_that_is_not_as_the_log_says_is_found() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    let wang = Reporter::new(&store, "here", Some("wang"), 1);
    let photo = wang.add(&store, 5, &[1; 9]).unwrap();
    assert_eq!((photo.number, photo.width, photo.height), (1, 4, 3));
    let last = log(&store, "here").pop().unwrap();
    assert_eq!((last.thing.as_str(), last.at_ms.ms), ("photo", 5));
    let after = "{\"report\":1,\"number\":1,\"width\":4,\"height\":3,\"bytes\":9}";
    assert_eq!((last.before, last.after.as_deref()), (None, Some(after)));
    drop(store);
    let faults = || sqlite::check(folder.path()).unwrap().faults;
    assert_eq!(faults(), Vec::<String>::new());
    let by_hand = Connection::open(folder.path().join(FILE)).unwrap();
    by_hand
        .execute("update photo set jpeg = x'00'", [])
        .unwrap();
    assert_eq!(faults(), ["photo 1 of here is not as the audit log says"]);
    by_hand.execute("delete from photo", []).unwrap();
    assert_eq!(faults(), ["photo 1 of here is in the audit log only"]);
}
