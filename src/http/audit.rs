//! The audit log: who has changed what and when, as it was before and since; for whoever keeps the region.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::keeping::AuditEntry;
use crate::app::keeping::AuditPage;
use crate::app::undo::Undone;
use crate::http::ask::Caller;
use crate::http::ask::ask_changed;
use crate::http::ask::ask_json;
use crate::http::described::import_parameters::OfImport;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::http::visitor::Administrator;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;

/// So many entries come on a page at most.
pub(super) const MOST_ENTRIES: usize = 1_000;

/// So many come unless another number is asked for.
const USUAL_ENTRIES: usize = 100;

/// A page of the audit log.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditBody {
    /// None: the log of those who sign in.
    #[schema(required, example = "shuixiang")]
    region: Option<String>,
    /// Of all coordinates, as they are kept.
    #[schema(value_type = words::DatumName)]
    datum: &'static str,
    /// The latest first.
    entries: Vec<EntryBody>,
    /// Where the next page is, if there is one.
    #[schema(required)]
    next: Option<String>,
}

/// One change.
#[derive(Serialize, ToSchema)]
struct EntryBody {
    /// Counts up with every change of any region.
    id: i64,
    /// When, UTC.
    #[schema(example = "2026-11-25T02:00:00Z")]
    at: String,
    /// Who did it.
    who: String,
    /// What was changed: `crossing`, `equipment`, `water_body`, `rescue_point`, `correction`, `setting`, `report`, `responder`, `incident`, `sending`, `notice` or `patrol`.
    thing: String,
    /// Its id.
    thing_id: String,
    /// How it was; null if it was not there.
    #[schema(required, value_type = Option<Object>)]
    before: Option<Box<RawValue>>,
    /// How it is since then.
    #[schema(required, value_type = Option<Object>)]
    after: Option<Box<RawValue>>,
}

/// What has been undone.
#[derive(Serialize, ToSchema)]
pub(super) struct UndoneBody {
    /// The new entry of the log.
    id: i64,
    /// What it is about: `crossing`, `equipment`, `water_body`, `rescue_point`, `correction` or `setting`.
    thing: &'static str,
    /// Its id.
    thing_id: String,
}

/// The audit log of a region, the latest change first.
#[utoipa::path(get, path = "/api/v1/regions/{r}/audit", tag = "audit",
    params(parameters::Region, parameters::EntriesAPage, parameters::BeforeEntry, OfImport),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = AuditBody, description = "A page of the log.")))]
pub(super) async fn audit(
    _: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let page = page(query.as_deref(), &["limit", "before", "import"])?;
    ask_json(&caller, move |regions| {
        let entries = regions.audit(&region, &page)?;
        let address = format!("/api/v1/regions/{region}/audit");
        Ok(page_body(Some(region), &address, &page, entries))
    })
    .await
}

/// The audit log of accounts, invitations and keys, the latest change first; secrets are in no log.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit",
    params(parameters::EntriesAPage, parameters::BeforeEntry),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = AuditBody, description = "A page of the log.")))]
pub(super) async fn audit_of_people(
    _: Holder<Administrator>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let page = page(query.as_deref(), &["limit", "before"])?;
    ask_json(&caller, move |regions| {
        let entries = regions.audit_of_people(&page)?;
        Ok(page_body(None, "/api/v1/audit", &page, entries))
    })
    .await
}

/// Which page is asked for.
fn page(query: Option<&str>, known: &[&'static str]) -> Result<AuditPage, Fault> {
    let asked = Parameters::new(query, known)?;
    let limit = asked.number("limit", &(1..=MOST_ENTRIES))?;
    Ok(AuditPage {
        part_of: asked.number("import", &(1..=i64::MAX))?,
        before: asked.number("before", &(1..=i64::MAX))?,
        limit: limit.unwrap_or(USUAL_ENTRIES),
    })
}

fn page_body(
    region: Option<String>,
    address: &str,
    page: &AuditPage,
    entries: Vec<AuditEntry>,
) -> AuditBody {
    let limit = page.limit;
    let last = entries.last().filter(|_| entries.len() == limit);
    let of_import = page
        .part_of
        .map_or(String::new(), |import| format!("&import={import}"));
    let next = last.map(|last| format!("{address}?limit={limit}&before={}{of_import}", last.id));
    AuditBody {
        region,
        datum: "wgs84",
        entries: entries.into_iter().map(body).collect(),
        next,
    }
}

/// Puts things back as they were before a change; that is a change, too, and can be undone like any other.
#[utoipa::path(post, path = "/api/v1/regions/{r}/audit/{id}/undo", tag = "audit",
    params(parameters::Region, parameters::Number),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = UndoneBody, description = "What has been undone.", headers(("etag" = String, description = "Of the region as it is now.")))))]
pub(super) async fn undo(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask_changed(&caller, move |regions| {
        let (after, undone) = regions.undo(&planner.who(), &region, id)?;
        let Undone { entry, thing, id } = undone;
        let body = UndoneBody {
            id: entry,
            thing,
            thing_id: id,
        };
        Ok((after, body))
    })
    .await
}

fn body(entry: AuditEntry) -> EntryBody {
    let json = |text: Option<String>| text.and_then(|text| RawValue::from_string(text).ok());
    EntryBody {
        id: entry.id,
        at: clock::text(entry.at_ms),
        who: entry.who,
        thing: entry.thing,
        thing_id: entry.thing_id,
        before: json(entry.before),
        after: json(entry.after),
    }
}
