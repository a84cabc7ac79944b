//! Looking through a whole store: its pages, what its rows refer to, and whether every row is as the audit log says.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::OptionalExtension;

use crate::model::incident::IncidentId;
use crate::model::notice::NoticeId;
use crate::model::report::ReportId;
use crate::model::setting::Turned;
use crate::model::volunteer::VolunteerId;
use crate::store::StoreReport;
use crate::store::accounts::EVERYWHERE;
use crate::store::accounts::Offer;
use crate::store::fault::StoreFault;
use crate::store::sqlite::FILE;
use crate::store::sqlite::accounts;
use crate::store::sqlite::copies;
use crate::store::sqlite::corrections;
use crate::store::sqlite::crossings;
use crate::store::sqlite::equipment;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::identities;
use crate::store::sqlite::imports;
use crate::store::sqlite::incidents;
use crate::store::sqlite::invitations;
use crate::store::sqlite::keys;
use crate::store::sqlite::notices;
use crate::store::sqlite::patrols;
use crate::store::sqlite::photos;
use crate::store::sqlite::reports;
use crate::store::sqlite::rescue_points;
use crate::store::sqlite::responders;
use crate::store::sqlite::roster;
use crate::store::sqlite::settings;
use crate::store::sqlite::volunteers;
use crate::store::sqlite::waters;
use crate::store::sqlite::webhooks;

/// So many faults are told; whoever has more needs the backup anyhow.
const MOST_TOLD: usize = 20;

/// Of what the audit log says only that it has happened.
const NOT_KEPT: [&str; 3] = ["import", "password", "sign_in"];

/// What a row is about: its kind, its region and its id.
type About = (String, String, String);

/// Looks through the store of a folder, and changes nothing; a service may go on writing meanwhile.
///
/// # Errors
///
/// If there is no store, or its pages are damaged.
pub fn check(dir: &Path) -> Result<StoreReport, StoreFault> {
    let file = dir.join(FILE);
    let mut connection = copies::readable(&file)?;
    let report = || -> Result<StoreReport, Trouble> {
        // One moment for all that is compared.
        let transaction = connection.transaction()?;
        looked_through(&transaction)
    }();
    report.map_err(|trouble| trouble.with(&file))
}

fn looked_through(connection: &Connection) -> Result<StoreReport, Trouble> {
    let mut faults = Vec::new();
    let mut pages = connection.prepare("pragma integrity_check(20)")?;
    let told = pages.query_map([], |row| row.get(0))?;
    let told: Vec<String> = told.collect::<Result<_, _>>()?;
    faults.extend(told.into_iter().filter(|told| told != "ok"));
    let mut loose = connection.prepare("pragma foreign_key_check")?;
    let mut loose = loose.query([])?;
    while let Some(row) = loose.next()? {
        let (table, refers): (String, String) = (row.get(0)?, row.get(2)?);
        faults.push(format!(
            "a row of {table} refers to one of {refers} that is not there"
        ));
    }
    let mut rows = BTreeMap::new();
    for region in regions(connection)? {
        add_rows(connection, &region, &mut rows)?;
    }
    add_people(connection, &mut rows)?;
    compare(connection, &rows, &mut faults)?;
    faults.truncate(MOST_TOLD);
    let count = |table: &str| -> Result<usize, Trouble> {
        let sql = format!("select count(*) from {table}");
        let n: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        Ok(usize::try_from(n).unwrap_or_default())
    };
    Ok(StoreReport {
        crossings: count("crossing")?,
        equipment: count("equipment")?,
        water_bodies: count("water_body")?,
        rescue_points: count("rescue_point")?,
        corrections: count("correction")?,
        settings: count("setting")?,
        reports: count("report")?,
        photos: count("photo")?,
        incidents: count("incident")?,
        sendings: count("sending")?,
        notices: count("notice")?,
        patrols: count("patrol")?,
        volunteers: count("volunteer")?,
        roster_days: count("roster_day")?,
        entries: count("entry")?,
        webhooks: count("webhook")?,
        accounts: count("account")?,
        audit: count("audit")?,
        imports: imports::reports(connection)?,
        faults,
    })
}

/// Every row of those who sign in, likewise.
fn add_people(
    connection: &Connection,
    rows: &mut BTreeMap<About, (i64, String)>,
) -> Result<(), Trouble> {
    let mut add = |kind: &str, id: String, audit: i64, logged: String| {
        let about = (kind.to_owned(), EVERYWHERE.to_owned(), id);
        rows.insert(about, (audit, logged));
    };
    let mut audit = connection.prepare("select audit from account where id = ?1")?;
    for account in accounts::all(connection)? {
        let id = account.id.0;
        let number = audit.query_row([id], |row| row.get(0))?;
        add(
            "account",
            id.to_string(),
            number,
            accounts::logged(&account)?,
        );
    }
    let mut select =
        connection.prepare("select id, role, region, state, audit, volunteer from invitation")?;
    let mut invitations = select.query([])?;
    while let Some(row) = invitations.next()? {
        let grant = accounts::grant(row.get(1)?, row.get(2)?)?;
        let state: String = row.get(3)?;
        let offer = Offer {
            grant: &grant,
            volunteer: row.get::<_, Option<i64>>(5)?.map(VolunteerId),
        };
        let logged = invitations::logged(&state, offer)?;
        let id: i64 = row.get(0)?;
        add("invitation", id.to_string(), row.get(4)?, logged);
    }
    let mut select =
        connection.prepare("select id, role, region, name, is_active, audit from api_key")?;
    let mut found = select.query([])?;
    while let Some(row) = found.next()? {
        let grant = accounts::grant(row.get(1)?, row.get(2)?)?;
        let name: String = row.get(3)?;
        let logged = keys::logged(&name, row.get(4)?, &grant)?;
        let id: i64 = row.get(0)?;
        add("api_key", id.to_string(), row.get(5)?, logged);
    }
    let columns = webhooks::COLUMNS;
    let sql = format!("select {columns}, is_active, audit from webhook");
    let mut select = connection.prepare(&sql)?;
    let mut found = select.query([])?;
    while let Some(row) = found.next()? {
        let webhook = webhooks::webhook(row)?;
        let logged = webhooks::logged(&webhook, row.get(4)?)?;
        add("webhook", webhook.id.0.to_string(), row.get(5)?, logged);
    }
    let mut select = connection.prepare("select issuer, subject, account, audit from identity")?;
    let mut found = select.query([])?;
    while let Some(row) = found.next()? {
        let (issuer, subject): (String, String) = (row.get(0)?, row.get(1)?);
        let logged = identities::logged(row.get(2)?)?;
        add(
            "identity",
            identities::name(&issuer, &subject),
            row.get(3)?,
            logged,
        );
    }
    Ok(())
}

fn regions(connection: &Connection) -> Result<Vec<String>, Trouble> {
    let mut select = connection.prepare(
        "select region from crossing union select region from equipment union select region from incident union select region from responder union select region from water_body union select region from rescue_point union select region from report union select region from correction union select region from setting union select region from notice union select region from photo union select region from patrol union select region from volunteer union select region from roster_day",
    )?;
    let found = select.query_map([], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Every row of a region as the audit log would write it, with the number of the entry that it points to.
fn add_rows(
    connection: &Connection,
    region: &str,
    rows: &mut BTreeMap<About, (i64, String)>,
) -> Result<(), Trouble> {
    // The tables are these alone: no name comes from outside.
    let mut add_of = |table: &str, key: &str, id: String, logged: String| -> Result<(), Trouble> {
        let sql = format!("select audit from {table} where region = ?1 and {key} = ?2");
        let mut select = connection.prepare_cached(&sql)?;
        let audit = select.query_row([region, &id], |row| row.get(0))?;
        rows.insert((table.to_owned(), region.to_owned(), id), (audit, logged));
        Ok(())
    };
    for (id, state) in crossings::of_region(connection, region)? {
        add_of("crossing", "id", id, crossings::logged(state)?)?;
    }
    for kept in responders::of_region(connection, region)? {
        let logged = responders::logged(&kept)?;
        add_of("responder", "id", kept.id, logged)?;
    }
    for (id, risk) in waters::of_region(connection, region)? {
        add_of("water_body", "id", id, waters::logged(risk)?)?;
    }
    for kept in rescue_points::of_region(connection, region)? {
        let logged = rescue_points::logged(&kept)?;
        add_of("rescue_point", "id", kept.point.id, logged)?;
    }
    for kept in corrections::of_region(connection, region)? {
        let logged = corrections::logged(&kept)?;
        add_of("correction", "id", kept.correction.id, logged)?;
    }
    for Turned { setting, value } in settings::of_region(connection, region)? {
        let logged = settings::logged(value)?;
        add_of("setting", "name", setting.name().to_owned(), logged)?;
    }
    for kept in equipment::of_region(connection, region)? {
        let logged = equipment::logged(&kept)?;
        add_of("equipment", "id", kept.piece.id, logged)?;
    }
    let mut add = |kind: &str, id: String, audit: i64, logged: String| {
        rows.insert((kind.to_owned(), region.to_owned(), id), (audit, logged));
    };
    let mut select = connection.prepare("select id, audit from report where region = ?1")?;
    let mut all = select.query([region])?;
    while let Some(row) = all.next()? {
        let id: i64 = row.get(0)?;
        if let Some(report) = reports::one(connection, region, ReportId(id))? {
            add(
                "report",
                id.to_string(),
                row.get(1)?,
                reports::logged(&report)?,
            );
        }
    }
    for (id, audit, logged) in photos::logged(connection, region)? {
        add("photo", id.to_string(), audit, logged);
    }
    for (id, audit, logged) in patrols::logged(connection, region)? {
        add("patrol", id.to_string(), audit, logged);
    }
    for (id, audit, logged) in volunteers::logged(connection, region)? {
        add("volunteer", id.to_string(), audit, logged);
    }
    for (day, audit, logged) in roster::logged(connection, region)? {
        add("roster", day, audit, logged);
    }
    let mut select = connection.prepare("select id, audit from notice where region = ?1")?;
    let mut all = select.query([region])?;
    while let Some(row) = all.next()? {
        let id: i64 = row.get(0)?;
        if let Some(notice) = notices::one(connection, region, NoticeId(id))? {
            let logged = notices::logged(&notice)?;
            add("notice", id.to_string(), row.get(1)?, logged);
        }
    }
    let mut sent = connection.prepare("select audit from sending where id = ?1")?;
    let mut select = connection.prepare("select id, audit from incident where region = ?1")?;
    let mut incidents = select.query([region])?;
    while let Some(row) = incidents.next()? {
        let id = IncidentId(row.get(0)?);
        let Some(incident) = incidents::one(connection, region, id)? else {
            continue;
        };
        let number = id.0.to_string();
        add(
            "incident",
            number,
            row.get(1)?,
            incidents::logged(&incident)?,
        );
        for sending in &incident.sent {
            let number = sending.id.0.to_string();
            let audit = sent.query_row([&number], |row| row.get(0))?;
            let logged = incidents::logged_sending(id, sending)?;
            add("sending", number, audit, logged);
        }
    }
    Ok(())
}

/// Holds every row against the last entry about it, and every last entry against its row.
fn compare(
    connection: &Connection,
    rows: &BTreeMap<About, (i64, String)>,
    faults: &mut Vec<String>,
) -> Result<(), Trouble> {
    let mut after = connection.prepare("select after from audit where id = ?1")?;
    let mut last = connection.prepare(
        "select thing, region, thing_id, max(id) from audit group by thing, region, thing_id",
    )?;
    let mut last = last.query([])?;
    let mut n_found = 0;
    while let Some(row) = last.next()? {
        let (thing, region, id): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if NOT_KEPT.contains(&thing.as_str()) {
            continue;
        }
        let number: i64 = row.get(3)?;
        let about = (thing, region, id);
        let kept = rows.get(&about);
        let (thing, region, id) = about;
        let Some((audit, logged)) = kept else {
            faults.push(format!("{thing} {id} of {region} is in the audit log only"));
            continue;
        };
        n_found += 1;
        let after: Option<Option<String>> =
            after.query_row([number], |row| row.get(0)).optional()?;
        if *audit != number || after.flatten().as_ref() != Some(logged) {
            faults.push(format!(
                "{thing} {id} of {region} is not as the audit log says"
            ));
        }
    }
    if n_found < rows.len() {
        let n = rows.len() - n_found;
        faults.push(format!("{n} rows are not in the audit log"));
    }
    Ok(())
}
