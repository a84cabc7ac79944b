//! What phones hand in: entries, each once; tracks for a while; what was seen, which stays.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::params;

use crate::geometry::lon_lat::LonLat;
use crate::model::account::Account;
use crate::model::account::AccountId;
use crate::model::day::Day;
use crate::model::entry::EntryId;
use crate::model::entry::Handed;
use crate::model::entry::NewEntry;
use crate::model::entry::TrackFix;
use crate::model::moment::Moment;
use crate::model::report::ReportId;
use crate::model::text::Note;
use crate::store::Act;
use crate::store::accounts::SecretHash;
use crate::store::entries::EntryKept;
use crate::store::entries::EntryStore;
use crate::store::entries::HandedIn;
use crate::store::entries::KeptEntry;
use crate::store::entries::KeptSeen;
use crate::store::entries::TrackSketch;
use crate::store::fault::StoreFault;
use crate::store::photos::PhotoRight;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::accounts;
use crate::store::sqlite::equipment::place;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::photos;
use crate::store::sqlite::reports;
use crate::store::sqlite::words;

/// So many rights of one account in one region; the one that would end first makes room for the next.
const MOST_RIGHTS: i64 = 20;

/// What `entry` reads.
const COLUMNS: &str = "id, account, day, at_ms, received_at_ms, patrol, team, lon, lat, what, report, digest, accuracy_m, note";

impl EntryStore for SqliteStore {
    fn allow_hand_in(
        &self,
        region: &str,
        account: AccountId,
        hash: &SecretHash,
        now: Moment,
        expires_at: Moment,
    ) -> Result<(), StoreFault> {
        self.write(|transaction| {
            transaction
                .prepare_cached("delete from hand_in_right where expires_at_ms <= ?1")?
                .execute([now.ms])?;
            let mut insert = transaction.prepare_cached(
                "insert into hand_in_right (hash, region, account, expires_at_ms) values (?1, ?2, ?3, ?4)",
            )?;
            insert.execute(params![hash, region, account.0, expires_at.ms])?;
            let mut crowd = transaction.prepare_cached(
                "delete from hand_in_right where hash in
                    (select hash from hand_in_right where account = ?1 and region = ?2
                     order by expires_at_ms desc limit -1 offset ?3)",
            )?;
            crowd.execute(params![account.0, region, MOST_RIGHTS])?;
            Ok(())
        })
    }

    fn hand_in_of(
        &self,
        region: &str,
        hash: &SecretHash,
        now: Moment,
    ) -> Result<Option<Account>, StoreFault> {
        self.read(|transaction| {
            let mut select = transaction.prepare_cached(
                "select account from hand_in_right where hash = ?1 and region = ?2 and ?3 < expires_at_ms",
            )?;
            let mut rows = select.query(params![hash, region, now.ms])?;
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            let account = accounts::one(transaction, AccountId(row.get(0)?))?;
            Ok(account.filter(|account| account.is_active))
        })
    }

    fn entry(&self, region: &str, id: &EntryId) -> Result<Option<KeptEntry>, StoreFault> {
        self.read(|transaction| one(transaction, region, id))
    }

    fn add_entry(&self, act: &Act<'_>, new: &HandedIn<'_>) -> Result<EntryKept, StoreFault> {
        self.write(|transaction| add(transaction, act, new))
    }

    fn allow_photos(
        &self,
        report: ReportId,
        right: &PhotoRight,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.write(|transaction| photos::allow(transaction, report, right, now))
    }

    fn entries(&self, region: &str, day: &Day) -> Result<Vec<KeptEntry>, StoreFault> {
        self.read(|transaction| {
            let sql = format!(
                "select {COLUMNS} from entry where region = ?1 and day = ?2 order by received_at_ms, id"
            );
            let mut select = transaction.prepare_cached(&sql)?;
            let mut rows = select.query([region, day.as_str()])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                all.push(entry(row)?);
            }
            Ok(all)
        })
    }

    fn track(
        &self,
        region: &str,
        day: &Day,
        account: AccountId,
    ) -> Result<Vec<(Moment, Vec<TrackFix>)>, StoreFault> {
        self.read(|transaction| {
            let mut select = transaction.prepare_cached(
                "select entry.at_ms, track.fixes from track
                 join entry on entry.region = track.region and entry.id = track.entry
                 where track.region = ?1 and track.day = ?2 and track.account = ?3
                 order by entry.at_ms, entry.id",
            )?;
            let mut rows = select.query(params![region, day.as_str(), account.0])?;
            let mut track = Vec::new();
            while let Some(row) = rows.next()? {
                let fixes: String = row.get(1)?;
                track.push((Moment { ms: row.get(0)? }, words::of_json(&fixes)?));
            }
            Ok(track)
        })
    }

    fn forget_places(&self, now: Moment, came_before: Moment) -> Result<usize, StoreFault> {
        self.write(|transaction| {
            let mut delete =
                transaction.prepare_cached("delete from track where expires_at_ms <= ?1")?;
            let mut update = transaction.prepare_cached(
                "update entry set lon = null, lat = null, accuracy_m = null
                 where received_at_ms < ?1 and lon is not null",
            )?;
            Ok(delete.execute([now.ms])? + update.execute([came_before.ms])?)
        })
    }

    fn forget_tracks_of(&self, region: &str, account: AccountId) -> Result<(), StoreFault> {
        self.write(|transaction| {
            let mut delete = transaction
                .prepare_cached("delete from track where region = ?1 and account = ?2")?;
            delete.execute(params![region, account.0])?;
            Ok(())
        })
    }

    fn put_seen(
        &self,
        region: &str,
        seen: &KeptSeen,
        sketch: &TrackSketch,
    ) -> Result<(), StoreFault> {
        self.write(|transaction| {
            let mut upsert = transaction.prepare_cached(
                "insert into seen (region, day, account, team, what, sketch) values (?1, ?2, ?3, ?4, ?5, ?6)
                 on conflict (region, day, account) do update set team = ?4, what = ?5, sketch = ?6",
            )?;
            let sketch: Vec<u8> = sketch.iter().flat_map(|one| one.to_le_bytes()).collect();
            upsert.execute(params![
                region,
                seen.day.as_str(),
                seen.account.0,
                seen.team,
                seen.what,
                sketch
            ])?;
            Ok(())
        })
    }

    fn sketches(
        &self,
        region: &str,
        from: &Day,
        to: &Day,
        but: AccountId,
    ) -> Result<Vec<TrackSketch>, StoreFault> {
        self.read(|transaction| {
            let mut select = transaction.prepare_cached(
                "select sketch from seen where region = ?1 and ?2 <= day and day <= ?3
                 and not (day = ?3 and account = ?4)",
            )?;
            let mut rows = select.query(params![region, from.as_str(), to.as_str(), but.0])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                let bytes: Vec<u8> = row.get(0)?;
                let (numbers, _) = bytes.as_chunks::<8>();
                all.push(numbers.iter().copied().map(u64::from_le_bytes).collect());
            }
            Ok(all)
        })
    }

    fn seen(&self, region: &str, from: &Day, to: &Day) -> Result<Vec<KeptSeen>, StoreFault> {
        self.read(|transaction| {
            let mut select = transaction.prepare_cached(
                "select day, account, team, what from seen
                 where region = ?1 and ?2 <= day and day <= ?3 order by day, account",
            )?;
            let mut rows = select.query([region, from.as_str(), to.as_str()])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                all.push(KeptSeen {
                    day: words::read(row.get(0)?)?,
                    account: AccountId(row.get(1)?),
                    team: row.get(2)?,
                    what: row.get(3)?,
                });
            }
            Ok(all)
        })
    }
}

fn add(connection: &Connection, act: &Act<'_>, new: &HandedIn<'_>) -> Result<EntryKept, Trouble> {
    let NewEntry {
        id,
        day,
        at,
        patrol,
        team,
        place,
        accuracy_m,
        note,
        what,
    } = new.entry;
    if let Some(known) = one(connection, act.region, id)? {
        let is_same = known.account == new.account && known.digest == *new.digest;
        return Ok(if is_same {
            EntryKept::Known(Box::new(known))
        } else {
            EntryKept::Other
        });
    }
    let report = new.report.map(|report| {
        // Whoever hands in is somebody: no limit of strangers counts.
        let made = reports::open(connection, act, report.what, report.heeding, usize::MAX)?;
        photos::allow(connection, made.id, report.right, act.at)?;
        Ok::<_, Trouble>(Box::new(made))
    });
    let report = report.transpose()?;
    let mut insert = connection.prepare_cached(&format!(
        "insert into entry ({COLUMNS}, region)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
    ))?;
    insert.execute(params![
        id.as_str(),
        new.account.0,
        day.as_str(),
        at.ms,
        act.at.ms,
        patrol,
        team,
        place.map(LonLat::lon),
        place.map(LonLat::lat),
        words::json(what)?,
        report.as_ref().map(|report| report.id.0),
        new.digest,
        accuracy_m,
        note.as_ref().map(Note::as_str),
        act.region,
    ])?;
    if let Handed::Track { fixes } = what {
        let mut insert = connection.prepare_cached(
            "insert into track (region, entry, account, day, fixes, expires_at_ms) values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        insert.execute(params![
            act.region,
            id.as_str(),
            new.account.0,
            day.as_str(),
            words::json(fixes)?,
            new.track_expires_at.ms
        ])?;
    }
    Ok(EntryKept::New { report })
}

fn one(connection: &Connection, region: &str, id: &EntryId) -> Result<Option<KeptEntry>, Trouble> {
    let sql = format!("select {COLUMNS} from entry where region = ?1 and id = ?2");
    let mut select = connection.prepare_cached(&sql)?;
    let mut rows = select.query([region, id.as_str()])?;
    rows.next()?.map(entry).transpose()
}

fn entry(row: &Row<'_>) -> Result<KeptEntry, Trouble> {
    let id: String = row.get(0)?;
    let id = EntryId::new(&id).ok_or_else(|| Trouble::Row(format!("{id} is no UUID")))?;
    let (lon, lat): (Option<f64>, Option<f64>) = (row.get(7)?, row.get(8)?);
    let at = lon.zip(lat).map(|(lon, lat)| place(lon, lat)).transpose()?;
    let what: String = row.get(9)?;
    let report: Option<i64> = row.get(10)?;
    let note: Option<String> = row.get(13)?;
    let note = note.map(|text| Note::new(&text)).transpose();
    Ok(KeptEntry {
        account: AccountId(row.get(1)?),
        entry: NewEntry {
            id,
            day: words::read(row.get(2)?)?,
            at: Moment { ms: row.get(3)? },
            patrol: row.get(5)?,
            team: row.get(6)?,
            place: at,
            accuracy_m: row.get(12)?,
            note: note.map_err(|fault| Trouble::Row(format!("a note that {fault}")))?,
            what: words::of_json(&what)?,
        },
        received_at: Moment { ms: row.get(4)? },
        report: report.map(ReportId),
        digest: row.get(11)?,
    })
}
