//! Photos of reports, and who may add them.

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::params;
use serde::Serialize;

use crate::model::moment::Moment;
use crate::model::photo::MOST_PHOTOS;
use crate::model::photo::Photo;
use crate::model::report::ReportId;
use crate::store::Act;
use crate::store::accounts::SecretHash;
use crate::store::fault::StoreFault;
use crate::store::photos::NewPhoto;
use crate::store::photos::PhotoRight;
use crate::store::photos::PhotoStore;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::words;

/// A day, milliseconds.
const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// A photo in the audit log.
#[derive(Serialize)]
struct Logged {
    report: ReportId,
    #[serde(flatten)]
    photo: Photo,
    bytes: usize,
}

impl PhotoStore for SqliteStore {
    fn may_add_photo(
        &self,
        region: &str,
        report: ReportId,
        secret: &SecretHash,
        now: Moment,
    ) -> Result<bool, StoreFault> {
        self.read(|transaction| may_add(transaction, region, report, secret, now))
    }

    fn add_photo(&self, act: &Act<'_>, new: &NewPhoto<'_>) -> Result<Photo, StoreFault> {
        self.write(|transaction| add(transaction, act, new))
    }

    fn photo(
        &self,
        region: &str,
        report: ReportId,
        number: u8,
    ) -> Result<Option<Vec<u8>>, StoreFault> {
        self.read(|transaction| one(transaction, region, report, number))
    }
}

/// Lets whoever has made a report add photos; rights that have ended are forgotten.
pub(super) fn allow(
    connection: &Connection,
    report: ReportId,
    right: &PhotoRight,
    now: Moment,
) -> Result<(), Trouble> {
    connection
        .prepare_cached("delete from photo_right where expires_at_ms <= ?1")?
        .execute([now.ms])?;
    let mut insert = connection.prepare_cached(
        "insert into photo_right (hash, report, expires_at_ms) values (?1, ?2, ?3)",
    )?;
    insert.execute(params![right.hash, report.0, right.expires_at.ms])?;
    Ok(())
}

fn may_add(
    connection: &Connection,
    region: &str,
    report: ReportId,
    secret: &SecretHash,
    now: Moment,
) -> Result<bool, Trouble> {
    let mut select = connection.prepare_cached(
        "select exists (select 1 from photo_right join report on report.id = photo_right.report
         where hash = ?1 and report = ?2 and region = ?3 and ?4 < expires_at_ms)",
    )?;
    let may = select.query_row(params![secret, report.0, region, now.ms], |row| row.get(0))?;
    Ok(may)
}

fn add(connection: &Connection, act: &Act<'_>, new: &NewPhoto<'_>) -> Result<Photo, Trouble> {
    let (report, picture) = (new.report, new.picture);
    if !may_add(connection, act.region, report, new.secret, act.at)? {
        return Err(StoreFault::NoPhotoRight(report).into());
    }
    if let Some(same) = same(connection, report, &picture.jpeg)? {
        return Ok(same);
    }
    let number = of_report(connection, report)?.len() + 1;
    if MOST_PHOTOS < number {
        return Err(StoreFault::TooManyPhotos(report).into());
    }
    if is_of_stranger(connection, report)?
        && new.most_bytes_a_day < bytes_of_strangers(connection, act)? + picture.jpeg.len()
    {
        return Err(StoreFault::TooManyPhotosToday.into());
    }
    let photo = Photo {
        number: number as u8,
        width: picture.width,
        height: picture.height,
    };
    let id = numbers::next(connection, "photo")?;
    let after = Logged {
        report,
        photo,
        bytes: picture.jpeg.len(),
    };
    let name = id.to_string();
    let audit = audit::note(connection, act, ("photo", &name), None::<&()>, Some(&after))?;
    let mut insert = connection.prepare_cached(
        "insert into photo (id, region, report, number, made_at_ms, width, height, audit, jpeg)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    insert.execute(params![
        id,
        act.region,
        report.0,
        photo.number,
        act.at.ms,
        photo.width,
        photo.height,
        audit,
        picture.jpeg
    ])?;
    Ok(photo)
}

/// The photo of a report that is the very same: whoever did not get the answer has sent it again.
fn same(connection: &Connection, report: ReportId, jpeg: &[u8]) -> Result<Option<Photo>, Trouble> {
    let mut select = connection.prepare_cached(
        "select number, width, height from photo where report = ?1 and jpeg = ?2",
    )?;
    let mut rows = select.query(params![report.0, jpeg])?;
    Ok(rows.next()?.map(photo).transpose()?)
}

fn is_of_stranger(connection: &Connection, report: ReportId) -> Result<bool, Trouble> {
    let mut select =
        connection.prepare_cached("select reporter is null from report where id = ?1")?;
    Ok(select.query_row([report.0], |row| row.get(0))?)
}

/// What the photos of strangers' reports of the last day take, bytes.
fn bytes_of_strangers(connection: &Connection, act: &Act<'_>) -> Result<usize, Trouble> {
    let mut select = connection.prepare_cached(
        "select coalesce(sum(length(photo.jpeg)), 0) from photo join report on report.id = photo.report
         where photo.region = ?1 and ?2 < photo.made_at_ms and report.reporter is null",
    )?;
    let since = act.at.ms - DAY_MS;
    let bytes: i64 = select.query_row(params![act.region, since], |row| row.get(0))?;
    Ok(usize::try_from(bytes).unwrap_or_default())
}

/// The photos of a report, in the order in which they came.
pub(super) fn of_report(connection: &Connection, report: ReportId) -> Result<Vec<Photo>, Trouble> {
    let mut select = connection.prepare_cached(
        "select number, width, height from photo where report = ?1 order by number",
    )?;
    let mut rows = select.query([report.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(photo(row)?);
    }
    Ok(found)
}

fn one(
    connection: &Connection,
    region: &str,
    report: ReportId,
    number: u8,
) -> Result<Option<Vec<u8>>, Trouble> {
    let mut select = connection.prepare_cached(
        "select jpeg from photo where region = ?1 and report = ?2 and number = ?3",
    )?;
    let found = select.query_row(params![region, report.0, number], |row| row.get(0));
    Ok(found.optional()?)
}

/// Every photo of a region as the audit log writes it: its id, its entry, and the text.
pub(super) fn logged(
    connection: &Connection,
    region: &str,
) -> Result<Vec<(i64, i64, String)>, Trouble> {
    let mut select = connection.prepare(
        "select number, width, height, id, audit, report, length(jpeg) from photo where region = ?1",
    )?;
    let mut rows = select.query([region])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let bytes: i64 = row.get(6)?;
        let logged = Logged {
            report: ReportId(row.get(5)?),
            photo: photo(row)?,
            bytes: usize::try_from(bytes).unwrap_or_default(),
        };
        found.push((row.get(3)?, row.get(4)?, words::json(&logged)?));
    }
    Ok(found)
}

fn photo(row: &rusqlite::Row<'_>) -> rusqlite::Result<Photo> {
    Ok(Photo {
        number: row.get(0)?,
        width: row.get(1)?,
        height: row.get(2)?,
    })
}
