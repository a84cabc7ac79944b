//! Notices to the public.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::model::moment::Moment;
use crate::model::notice::Content;
use crate::model::notice::Draft;
use crate::model::notice::Notice;
use crate::model::notice::NoticeId;
use crate::model::notice::Wording;
use crate::model::text::Name;
use crate::model::text::Note;
use crate::model::webhook::NoticeEvent;
use crate::store::Act;
use crate::store::fault::StoreFault;
use crate::store::notices::NoticeChange;
use crate::store::notices::NoticePage;
use crate::store::notices::Told;
use crate::store::sqlite::audit;
use crate::store::sqlite::deliveries;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::words;

/// The columns of a notice, in the order in which they are read.
const COLUMNS: &str = "id, region, kind, severity, zh_title, zh_text, en_title, en_text, villages, water_bodies, from_ms, until_ms, is_withdrawn, told_at_ms";

/// A notice in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    #[serde(flatten)]
    content: &'a Content,
    is_withdrawn: bool,
    told_at_ms: &'a [Moment],
}

impl<'a> Logged<'a> {
    fn of(notice: &'a Notice) -> Self {
        Self {
            content: &notice.content,
            is_withdrawn: notice.is_withdrawn,
            told_at_ms: &notice.told_at,
        }
    }
}

/// A notice as the audit log writes it.
pub(super) fn logged(notice: &Notice) -> Result<String, Trouble> {
    words::json(&Logged::of(notice))
}

pub(super) fn put(
    connection: &Connection,
    act: &Act<'_>,
    change: &NoticeChange<'_>,
    told: Told<'_>,
) -> Result<Notice, Trouble> {
    let (id, mut told_at) = if let Some(before) = change.before {
        (before.id, before.told_at.clone())
    } else {
        has_room(connection, act, change.most)?;
        (NoticeId(numbers::next(connection, "notice")?), Vec::new())
    };
    told_at.push(act.at);
    let after = Notice {
        id,
        region: act.region.to_owned(),
        content: change.content.clone(),
        is_withdrawn: change.is_withdrawn,
        told_at,
    };
    let audit = audit::note(
        connection,
        act,
        ("notice", &id.0.to_string()),
        change.before.map(Logged::of).as_ref(),
        Some(&Logged::of(&after)),
    )?;
    write(connection, &after, audit)?;
    let event = match (change.before, change.is_withdrawn) {
        (None, _) => NoticeEvent::Published,
        (Some(_), false) => NoticeEvent::Changed,
        (Some(_), true) => NoticeEvent::Withdrawn,
    };
    deliveries::enqueue(connection, act.at, (&after, event), told)?;
    Ok(after)
}

fn has_room(connection: &Connection, act: &Act<'_>, most: usize) -> Result<(), Trouble> {
    let mut count = connection.prepare_cached(
        "select count(*) from notice where region = ?1 and until_ms > ?2 and not is_withdrawn",
    )?;
    let n: i64 = count.query_row(params![act.region, act.at.ms], |row| row.get(0))?;
    if most <= usize::try_from(n).unwrap_or_default() {
        return Err(StoreFault::TooManyNotices.into());
    }
    Ok(())
}

fn write(connection: &Connection, notice: &Notice, audit: i64) -> Result<(), Trouble> {
    let content = &notice.content;
    let title = |wording: &Option<Wording>| wording.as_ref().map(|it| it.title.as_str().to_owned());
    let text = |wording: &Option<Wording>| wording.as_ref().map(|it| it.text.as_str().to_owned());
    let mut insert = connection.prepare_cached(&format!(
        "insert into notice ({COLUMNS}, audit)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         on conflict (id) do update set kind = excluded.kind, severity = excluded.severity,
            zh_title = excluded.zh_title, zh_text = excluded.zh_text,
            en_title = excluded.en_title, en_text = excluded.en_text,
            villages = excluded.villages, water_bodies = excluded.water_bodies,
            from_ms = excluded.from_ms, until_ms = excluded.until_ms,
            is_withdrawn = excluded.is_withdrawn, told_at_ms = excluded.told_at_ms,
            audit = excluded.audit"
    ))?;
    insert.execute(params![
        notice.id.0,
        notice.region,
        words::written(&content.kind)?,
        words::written(&content.severity)?,
        title(&content.zh),
        text(&content.zh),
        title(&content.en),
        text(&content.en),
        words::json(&content.villages)?,
        words::json(&content.water_bodies)?,
        content.from.ms,
        content.until.ms,
        notice.is_withdrawn,
        words::json(&notice.told_at)?,
        audit,
    ])?;
    Ok(())
}

pub(super) fn one(
    connection: &Connection,
    region: &str,
    id: NoticeId,
) -> Result<Option<Notice>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {COLUMNS} from notice where region = ?1 and id = ?2"
    ))?;
    let mut rows = select.query(params![region, id.0])?;
    rows.next()?.map(notice).transpose()
}

pub(super) fn page(
    connection: &Connection,
    region: &str,
    page: &NoticePage,
) -> Result<Vec<Notice>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {COLUMNS} from notice where region = ?1 and until_ms > ?2 and id < ?3
         order by id desc limit ?4"
    ))?;
    let mut rows = select.query(params![
        region,
        page.not_over_at.map_or(i64::MIN, |at| at.ms),
        page.before.unwrap_or(i64::MAX),
        i64::try_from(page.limit).unwrap_or(i64::MAX),
    ])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(notice(row)?);
    }
    Ok(found)
}

fn notice(row: &Row<'_>) -> Result<Notice, Trouble> {
    let (villages, water_bodies, told_at): (String, String, String) =
        (row.get(8)?, row.get(9)?, row.get(13)?);
    let draft = Draft {
        kind: words::read(row.get(2)?)?,
        severity: words::read(row.get(3)?)?,
        zh: wording(row.get(4)?, row.get(5)?)?,
        en: wording(row.get(6)?, row.get(7)?)?,
        villages: words::of_json(&villages)?,
        water_bodies: words::of_json(&water_bodies)?,
        from: Moment { ms: row.get(10)? },
        until: Moment { ms: row.get(11)? },
    };
    let content = Content::new(draft);
    let told_at: Vec<i64> = words::of_json(&told_at)?;
    Ok(Notice {
        id: NoticeId(row.get(0)?),
        region: row.get(1)?,
        content: content.map_err(|fault| Trouble::Row(format!("a notice that {fault}")))?,
        is_withdrawn: row.get(12)?,
        told_at: told_at.into_iter().map(|ms| Moment { ms }).collect(),
    })
}

fn wording(title: Option<String>, text: Option<String>) -> Result<Option<Wording>, Trouble> {
    let (Some(title), Some(text)) = (title, text) else {
        return Ok(None);
    };
    let read = || {
        Ok(Wording {
            title: Name::new(&title)?,
            text: Note::new(&text)?,
        })
    };
    let read = read();
    read.map(Some)
        .map_err(|fault: crate::model::text::BadText| Trouble::Row(format!("a text that {fault}")))
}
