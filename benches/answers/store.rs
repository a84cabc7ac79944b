//! The store: an edit until it is kept and in the next answer, a large register at the start, a page of a long audit log.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::time::Duration;
use std::time::Instant;

use rusqlite::Connection;
use rusqlite::params;
use zhugan::app::keeping::Folder;
use zhugan::app::keeping::Keeping;
use zhugan::app::nearest::NearestQuestion;
use zhugan::app::regions::News;
use zhugan::app::regions::Regions;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::model::crossing::CrossingState::Closed;
use zhugan::model::crossing::CrossingState::Open;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::moment::Moment;
use zhugan::model::register::Edit;
use zhugan::store::Act;
use zhugan::store::AuditPage;
use zhugan::store::Store;
use zhugan::store::sqlite::FILE;
use zhugan::store::sqlite::SqliteStore;

use crate::clock::Row;
use crate::clock::median;
use crate::clock::middle;
use crate::clock::once;
use crate::clock::section;
use crate::places::sample;

/// The sample's id.
const REGION: &str = "liechtenstein";

/// So many pieces that people have added.
const PIECES: usize = 100_000;

/// So many changes in the audit log.
const CHANGES: i64 = 1_000_000;

/// A folder for a store; gone when it is dropped.
struct Data(PathBuf);

impl Data {
    fn new(name: &str) -> Self {
        let own = format!("zhugan-bench-store-{}-{name}", std::process::id());
        Self(std::env::temp_dir().join(own))
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn show() {
    section("the store, on the bundled sample");
    let places = edits();
    many_pieces(&places);
    long_log();
}

/// The sample with what a store holds, and how long it takes until somebody can be answered.
fn loaded(data: &Data) -> (Regions, Duration) {
    let start = Instant::now();
    let keeping = Keeping::open(&Folder::Named(data.path().to_owned())).unwrap();
    let (tell, told) = channel();
    let regions = Regions::new(&[sample()], keeping, move |event| {
        if event.news == News::Loaded {
            tell.send(start.elapsed()).unwrap();
        }
    });
    regions.load();
    (regions, told.recv().unwrap())
}

/// An edit until the next question knows it; gives where the pieces stand.
fn edits() -> Vec<LonLat> {
    let data = Data::new("edits");
    let (regions, _) = loaded(&data);
    let before = regions.snapshot(REGION).unwrap();
    let pieces = before.region.equipment.iter().zip(0_u32..);
    let is_pole = |kind| kind == EquipmentKind::Pole;
    let poles =
        pieces.filter(|(piece, _)| is_pole(piece.kind) && piece.condition == Condition::Usable);
    let mut kept = Vec::new();
    // A pole that is reported missing, and the same pole found again: the register stays as large as it is.
    let each = poles.take(41).flat_map(|(piece, number)| {
        let edits = [Condition::Missing, Condition::Usable];
        edits.map(|condition| (piece, number, condition))
    });
    let edited = each.map(|(piece, number, condition)| {
        let question = NearestQuestion {
            at: piece.at,
            kinds: vec![EquipmentKind::Pole],
            most: 1,
            with_lines: false,
            with_unusable: false,
        };
        let edit = [Edit::Condition(condition)];
        let (time, answer) = once(|| {
            let (time, after) = once(|| {
                regions
                    .edit_piece("bench", REGION, &piece.id, &edit, |_| true)
                    .unwrap()
            });
            kept.push(time);
            after.nearest(&question).unwrap()
        });
        let mut results = answer.results.iter();
        let is_known = results.any(|result| result.piece == number);
        assert_eq!(is_known, condition == Condition::Usable);
        time
    });
    let ours = middle(edited.collect());
    Row {
        what: "an edit kept, and in the next nearest",
        n: before.region.equipment.len(),
        ours,
        twin: None,
        note: format!(
            "kept after {:.2} ms, of which the store takes {:.2} ms",
            middle(kept).as_secs_f64() * 1e3,
            store_alone(&regions).as_secs_f64() * 1e3
        ),
    }
    .print();
    before
        .region
        .equipment
        .iter()
        .map(|piece| piece.at)
        .collect()
}

/// A change in the store and nowhere else.
fn store_alone(regions: &Regions) -> Duration {
    let act = Act {
        region: "nowhere",
        who: "bench",
        at: Moment { ms: 1 },
        part_of: None,
    };
    median(41, || {
        let store = &regions.keeping().store;
        store.set_crossing(&act, "bridge", Open, Closed).unwrap();
    })
}

/// Fills a store in one go, which a service never does.
fn filled(data: &Data, fill: impl FnOnce(&Connection)) {
    drop(SqliteStore::open(data.path()).unwrap());
    let connection = Connection::open(data.path().join(FILE)).unwrap();
    let whole = connection.unchecked_transaction().unwrap();
    fill(&whole);
    whole.commit().unwrap();
}

fn many_pieces(places: &[LonLat]) {
    let data = Data::new("pieces");
    filled(&data, |connection| {
        let audit = "insert into audit (at_ms, region, who, thing, thing_id, after) values (1, ?1, 'bench', 'equipment', ?2, '{}')";
        let piece = "insert into equipment (region, id, origin, presence, edited, kind, lon, lat, condition, is_illustrative, audit)
             values (?1, ?2, 'added', 'registered', 'kind,at,condition', 'pole', ?3, ?4, 'usable', 0, ?5)";
        let mut audit = connection.prepare(audit).unwrap();
        let mut piece = connection.prepare(piece).unwrap();
        for number in 0..PIECES {
            let id = format!("piece-{}", 10_001 + number);
            let at = places[number % places.len()];
            // A centimeter from one to the next, so that none is the same.
            let lon = at.lon() + 1e-7 * (number / places.len()) as f64;
            let entry = audit.insert(params![REGION, id]).unwrap();
            piece
                .insert(params![REGION, id, lon, at.lat(), entry])
                .unwrap();
        }
    });
    let ours = median(5, || {
        let store = SqliteStore::open(data.path()).unwrap();
        assert_eq!(store.register(REGION).unwrap().pieces.len(), PIECES);
    });
    let (regions, ready) = loaded(&data);
    let n_pieces = regions.snapshot(REGION).unwrap().region.equipment.len();
    assert!(PIECES < n_pieces);
    Row {
        what: "the register of a large store is read",
        n: PIECES,
        ours,
        twin: None,
        note: format!(
            "the whole start until the first answer: {:.2} s",
            ready.as_secs_f64()
        ),
    }
    .print();
}

fn long_log() {
    let data = Data::new("log");
    filled(&data, |connection| {
        let many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1)
             insert into audit (at_ms, region, who, thing, thing_id, before, after)
             select i, case i % 3 when 0 then ?2 else 'other-' || i % 7 end, 'bench', 'crossing', 'bridge-w' || i % 997,
                 '{\"state\":\"open\"}', '{\"state\":\"closed\"}' from n";
        connection.execute(many, params![CHANGES, REGION]).unwrap();
    });
    let (open, store) = once(|| SqliteStore::open(data.path()).unwrap());
    for (what, before) in [
        ("the latest page of the audit log", None),
        ("a page from the middle of it", Some(500_000)),
    ] {
        let page = AuditPage {
            part_of: None,
            before,
            limit: 100,
        };
        let ours = median(51, || {
            assert_eq!(store.audit(REGION, &page).unwrap().len(), 100);
        });
        Row {
            what,
            n: CHANGES as usize,
            ours,
            twin: None,
            note: format!("the store is opened in {:.2} s", open.as_secs_f64()),
        }
        .print();
    }
}
