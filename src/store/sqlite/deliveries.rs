//! What webhooks are to be told: written with the notice that it is about, and kept until it has been told or given up.

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::params;

use crate::model::moment::Moment;
use crate::model::notice::Notice;
use crate::model::notice::NoticeId;
use crate::model::webhook::Delivery;
use crate::model::webhook::Due;
use crate::model::webhook::NoticeEvent;
use crate::model::webhook::WebhookId;
use crate::store::notices::Attempt;
use crate::store::notices::Told;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::webhooks;
use crate::store::sqlite::words;

/// So many of what has been told or given up are kept of each webhook.
const MOST_KEPT: i64 = 200;

/// Writes down what every webhook of a notice's region is to be told.
pub(super) fn enqueue(
    connection: &Connection,
    at: Moment,
    (notice, event): (&Notice, NoticeEvent),
    told: Told<'_>,
) -> Result<(), Trouble> {
    let all = webhooks::all(connection)?.into_iter();
    let is_for = |region: &Option<String>| region.as_ref().is_none_or(|it| *it == notice.region);
    for webhook in all.filter(|webhook| is_for(&webhook.region)) {
        let mut insert = connection.prepare_cached(
            "insert into delivery (webhook, notice, event, body, state, created_at_ms, n_attempts, due_at_ms)
             values (?1, ?2, ?3, ?4, 'pending', ?5, 0, ?5)",
        )?;
        insert.execute(params![
            webhook.id.0,
            notice.id.0,
            words::written(&event)?,
            told(notice, event, webhook.shape),
            at.ms,
        ])?;
        let mut forget = connection.prepare_cached(
            "delete from delivery where webhook = ?1 and state <> 'pending' and id <=
                (select id from delivery where webhook = ?1 order by id desc limit 1 offset ?2)",
        )?;
        forget.execute(params![webhook.id.0, MOST_KEPT])?;
    }
    Ok(())
}

/// What is to be told now: of each webhook the oldest that is due.
pub(super) fn due(connection: &Connection, now: Moment, most: usize) -> Result<Vec<Due>, Trouble> {
    let columns = webhooks::COLUMNS;
    let mut select = connection.prepare_cached(&format!(
        "select {columns}, delivery.id, webhook.secret, delivery.body, delivery.n_attempts
         from delivery join webhook on webhook.id = delivery.webhook
         where delivery.id in
            (select min(id) from delivery where state = 'pending' and due_at_ms <= ?1 group by webhook)
         order by delivery.due_at_ms, delivery.id limit ?2"
    ))?;
    let mut rows = select.query(params![now.ms, i64::try_from(most).unwrap_or(i64::MAX)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Due {
            webhook: webhooks::webhook(row)?,
            id: row.get(4)?,
            secret: row.get(5)?,
            body: row.get(6)?,
            n_attempts: row.get(7)?,
        });
    }
    Ok(found)
}

/// When something is due next.
pub(super) fn next_due(connection: &Connection) -> Result<Option<Moment>, Trouble> {
    let mut select =
        connection.prepare_cached("select min(due_at_ms) from delivery where state = 'pending'")?;
    let ms: Option<i64> = select.query_row([], |row| row.get(0))?;
    Ok(ms.map(|ms| Moment { ms }))
}

/// Writes down how an attempt ended; what was given up meanwhile stays so.
pub(super) fn record(
    connection: &Connection,
    id: i64,
    attempt: &Attempt<'_>,
) -> Result<(), Trouble> {
    let mut update = connection.prepare_cached(
        "update delivery set state = ?2, due_at_ms = ?3, fault = ?4, n_attempts = n_attempts + 1
         where id = ?1 and state = 'pending'",
    )?;
    update.execute(params![
        id,
        words::written(&attempt.state)?,
        attempt.due_at.ms,
        attempt.fault
    ])?;
    Ok(())
}

/// The latest of a webhook, the latest first; none if there is no such webhook.
pub(super) fn of_webhook(
    connection: &Connection,
    id: WebhookId,
    most: usize,
) -> Result<Option<Vec<Delivery>>, Trouble> {
    let mut known =
        connection.prepare_cached("select 1 from webhook where id = ?1 and is_active")?;
    let known: Option<i64> = known.query_row([id.0], |row| row.get(0)).optional()?;
    if known.is_none() {
        return Ok(None);
    }
    let mut select = connection.prepare_cached(
        "select id, notice, event, state, created_at_ms, n_attempts, due_at_ms, fault
         from delivery where webhook = ?1 order by id desc limit ?2",
    )?;
    let mut rows = select.query(params![id.0, i64::try_from(most).unwrap_or(i64::MAX)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Delivery {
            id: row.get(0)?,
            notice: NoticeId(row.get(1)?),
            event: words::read(row.get(2)?)?,
            state: words::read(row.get(3)?)?,
            created_at: Moment { ms: row.get(4)? },
            n_attempts: row.get(5)?,
            due_at: Moment { ms: row.get(6)? },
            fault: row.get(7)?,
        });
    }
    Ok(Some(found))
}
