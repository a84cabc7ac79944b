//! Invitations: roles that wait for whoever has their secret.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::model::account::Account;
use crate::model::account::Grant;
use crate::model::account::Invitation;
use crate::model::account::InvitationId;
use crate::model::moment::Moment;
use crate::model::volunteer::VolunteerId;
use crate::store::Act;
use crate::store::accounts::AccountChange;
use crate::store::accounts::By;
use crate::store::accounts::Offer;
use crate::store::accounts::Proof;
use crate::store::accounts::SecretHash;
use crate::store::accounts::Taker;
use crate::store::fault::StoreFault;
use crate::store::sqlite::accounts;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::identities;
use crate::store::sqlite::numbers;
use crate::store::sqlite::volunteers;
use crate::store::sqlite::words;

/// So many can wait at the same time.
const MOST_OPEN: i64 = 1_000;

/// An invitation in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    state: &'a str,
    #[serde(flatten)]
    grant: &'a Grant,
    #[serde(skip_serializing_if = "Option::is_none")]
    volunteer: Option<VolunteerId>,
}

impl<'a> Logged<'a> {
    fn of(state: &'a str, offer: Offer<'a>) -> Self {
        Self {
            state,
            grant: offer.grant,
            volunteer: offer.volunteer,
        }
    }
}

const COLUMNS: &str = "id, role, region, created_by, expires_at_ms, volunteer";

pub(super) fn add(
    connection: &Connection,
    by: &By<'_>,
    hash: &SecretHash,
    offer: Offer<'_>,
    expires_at: Moment,
) -> Result<Invitation, Trouble> {
    let mut count = connection.prepare_cached(
        "select count(*) from invitation where state = 'open' and ?1 < expires_at_ms",
    )?;
    let n_open: i64 = count.query_row([by.at.ms], |row| row.get(0))?;
    if MOST_OPEN <= n_open {
        return Err(StoreFault::TooMany("invitations that nobody has taken").into());
    }
    let id = InvitationId(numbers::next(connection, "invitation")?);
    let audit = note(connection, by, id, offer, (None, "open"))?;
    let mut insert = connection.prepare_cached(
        "insert into invitation (id, hash, role, region, created_by, expires_at_ms, state, audit, volunteer)
         values (?1, ?2, ?3, ?4, ?5, ?6, 'open', ?7, ?8)",
    )?;
    insert.execute(params![
        id.0,
        hash,
        words::written(&offer.grant.role)?,
        accounts::region(offer.grant),
        by.who,
        expires_at.ms,
        audit,
        offer.volunteer.map(|volunteer| volunteer.0)
    ])?;
    Ok(Invitation {
        id,
        grant: offer.grant.clone(),
        volunteer: offer.volunteer,
        created_by: by.who.to_owned(),
        expires_at,
    })
}

pub(super) fn open(connection: &Connection, now: Moment) -> Result<Vec<Invitation>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {COLUMNS} from invitation where state = 'open' and ?1 < expires_at_ms order by id desc"
    ))?;
    let mut rows = select.query([now.ms])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(invitation(row)?);
    }
    Ok(found)
}

pub(super) fn of_secret(
    connection: &Connection,
    hash: &SecretHash,
    now: Moment,
) -> Result<Option<Invitation>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {COLUMNS} from invitation where hash = ?1 and state = 'open' and ?2 < expires_at_ms"
    ))?;
    let mut rows = select.query(params![hash, now.ms])?;
    rows.next()?.map(invitation).transpose()
}

pub(super) fn withdraw(
    connection: &Connection,
    by: &By<'_>,
    id: InvitationId,
) -> Result<bool, Trouble> {
    let open = open(connection, by.at)?;
    let Some(found) = open.into_iter().find(|invitation| invitation.id == id) else {
        return Ok(false);
    };
    end(connection, by, &found, "withdrawn")?;
    Ok(true)
}

/// Takes an invitation; the same secret opens nothing a second time.
pub(super) fn take(
    connection: &Connection,
    hash: &SecretHash,
    taker: &Taker<'_>,
    at: Moment,
) -> Result<Account, Trouble> {
    let found = of_secret(connection, hash, at)?.ok_or(StoreFault::UnknownInvitation)?;
    let known = match taker {
        Taker::New { .. } => None,
        Taker::Known(id) => {
            Some(accounts::one(connection, *id)?.ok_or(StoreFault::UnknownAccount(*id))?)
        }
    };
    let who = match (taker, &known) {
        (Taker::New { name, .. }, _) => name.as_str().to_owned(),
        (_, Some(account)) => account.name.as_str().to_owned(),
        (Taker::Known(_), None) => String::new(),
    };
    let by = By { who: &who, at };
    end(connection, &by, &found, "taken")?;
    let account = joined(connection, &by, &found, (taker, known))?;
    if let (Some(volunteer), Some(region)) = (found.volunteer, &found.grant.region) {
        let act = Act {
            region,
            ..accounts::act(&by)
        };
        volunteers::tie(connection, &act, volunteer, account.id)?;
    }
    Ok(account)
}

/// The account with what an invitation offers: a new one, or that of somebody known.
fn joined(
    connection: &Connection,
    by: &By<'_>,
    found: &Invitation,
    (taker, known): (&Taker<'_>, Option<Account>),
) -> Result<Account, Trouble> {
    match (taker, known) {
        (Taker::New { name, proof }, _) => {
            let password = match proof {
                Proof::Password(hash) => Some(*hash),
                Proof::Identity(_) | Proof::Key => None,
            };
            let account = accounts::add(connection, by, name, password, &found.grant)?;
            if let Proof::Identity(identity) = proof {
                identities::add(connection, by, identity, account.id)?;
            }
            Ok(account)
        }
        (Taker::Known(id), account) => {
            let account = account.ok_or(StoreFault::UnknownAccount(*id))?;
            let mut grants = account.grants;
            let here = grants
                .iter_mut()
                .find(|grant| grant.region == found.grant.region);
            match here {
                Some(grant) => grant.role = grant.role.max(found.grant.role),
                None => grants.push(found.grant.clone()),
            }
            let change = AccountChange {
                is_active: None,
                grants: Some(&grants),
                must_leave_an_administrator: false,
            };
            accounts::set(connection, by, *id, &change)
        }
    }
}

/// An invitation as the audit log writes it.
pub(super) fn logged(state: &str, offer: Offer<'_>) -> Result<String, Trouble> {
    words::json(&Logged::of(state, offer))
}

fn end(
    connection: &Connection,
    by: &By<'_>,
    invitation: &Invitation,
    state: &str,
) -> Result<(), Trouble> {
    let audit = note(
        connection,
        by,
        invitation.id,
        Offer {
            grant: &invitation.grant,
            volunteer: invitation.volunteer,
        },
        (Some("open"), state),
    )?;
    let mut update =
        connection.prepare_cached("update invitation set state = ?2, audit = ?3 where id = ?1")?;
    update.execute(params![invitation.id.0, state, audit])?;
    Ok(())
}

fn note(
    connection: &Connection,
    by: &By<'_>,
    id: InvitationId,
    offer: Offer<'_>,
    (before, after): (Option<&str>, &str),
) -> Result<i64, Trouble> {
    let number = id.0.to_string();
    let before = before.map(|state| Logged::of(state, offer));
    let after = Logged::of(after, offer);
    let about = ("invitation", number.as_str());
    audit::note(
        connection,
        &accounts::act(by),
        about,
        before.as_ref(),
        Some(&after),
    )
}

fn invitation(row: &Row<'_>) -> Result<Invitation, Trouble> {
    Ok(Invitation {
        id: InvitationId(row.get(0)?),
        grant: accounts::grant(row.get(1)?, row.get(2)?)?,
        created_by: row.get(3)?,
        expires_at: Moment { ms: row.get(4)? },
        volunteer: row.get::<_, Option<i64>>(5)?.map(VolunteerId),
    })
}
