//! Webhooks: who is told of notices. Neither the secret nor what is behind the server's name comes into the audit log.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::model::webhook::Shape;
use crate::model::webhook::Webhook;
use crate::model::webhook::WebhookId;
use crate::store::accounts::By;
use crate::store::accounts::EVERYWHERE;
use crate::store::fault::StoreFault;
use crate::store::notices::NewWebhook;
use crate::store::sqlite::accounts;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::words;

/// The columns of a webhook, in the order in which they are read.
pub(super) const COLUMNS: &str = "webhook.id, webhook.url, webhook.shape, webhook.region";

/// A webhook in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    server: &'a str,
    shape: Shape,
    region: Option<&'a str>,
    is_active: bool,
}

impl<'a> Logged<'a> {
    fn of(webhook: &'a Webhook, is_active: bool) -> Self {
        Self {
            server: webhook.origin(),
            shape: webhook.shape,
            region: webhook.region.as_deref(),
            is_active,
        }
    }
}

/// A webhook as the audit log writes it.
pub(super) fn logged(webhook: &Webhook, is_active: bool) -> Result<String, Trouble> {
    words::json(&Logged::of(webhook, is_active))
}

pub(super) fn add(
    connection: &Connection,
    by: &By<'_>,
    new: &NewWebhook<'_>,
) -> Result<Webhook, Trouble> {
    if new.most <= all(connection)?.len() {
        return Err(StoreFault::TooManyWebhooks.into());
    }
    let webhook = Webhook {
        id: WebhookId(numbers::next(connection, "webhook")?),
        url: new.url.to_owned(),
        shape: new.shape,
        region: new.region.map(str::to_owned),
    };
    let audit = audit::note(
        connection,
        &accounts::act(by),
        ("webhook", &webhook.id.0.to_string()),
        None::<&()>,
        Some(&Logged::of(&webhook, true)),
    )?;
    let mut insert = connection.prepare_cached(
        "insert into webhook (id, url, shape, region, secret, is_active, audit)
         values (?1, ?2, ?3, ?4, ?5, 1, ?6)",
    )?;
    insert.execute(params![
        webhook.id.0,
        new.url,
        words::written(&new.shape)?,
        new.region.unwrap_or(EVERYWHERE),
        new.secret,
        audit,
    ])?;
    Ok(webhook)
}

/// Those that are told of something.
pub(super) fn all(connection: &Connection) -> Result<Vec<Webhook>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {COLUMNS} from webhook where is_active order by id"
    ))?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(webhook(row)?);
    }
    Ok(found)
}

pub(super) fn remove(connection: &Connection, by: &By<'_>, id: WebhookId) -> Result<bool, Trouble> {
    let found = all(connection)?.into_iter().find(|other| other.id == id);
    let Some(webhook) = found else {
        return Ok(false);
    };
    let audit = audit::note(
        connection,
        &accounts::act(by),
        ("webhook", &id.0.to_string()),
        Some(&Logged::of(&webhook, true)),
        Some(&Logged::of(&webhook, false)),
    )?;
    let mut update =
        connection.prepare_cached("update webhook set is_active = 0, audit = ?2 where id = ?1")?;
    update.execute(params![id.0, audit])?;
    let mut end = connection.prepare_cached(
        "update delivery set state = 'given_up', fault = 'the webhook was removed'
         where webhook = ?1 and state = 'pending'",
    )?;
    end.execute([id.0])?;
    Ok(true)
}

/// The webhook at the beginning of a row.
pub(super) fn webhook(row: &Row<'_>) -> Result<Webhook, Trouble> {
    let region: String = row.get(3)?;
    Ok(Webhook {
        id: WebhookId(row.get(0)?),
        url: row.get(1)?,
        shape: words::read(row.get(2)?)?,
        region: (region != EVERYWHERE).then_some(region),
    })
}
