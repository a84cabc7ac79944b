//! Keys of programs: what they show instead of signing in.

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::names::of_account_role;
use crate::http::accounts::grant;
use crate::http::ask::Caller;
use crate::http::ask::ask_people;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::http::session::private;
use crate::http::visitor::Visitor;
use crate::model::account::Key;
use crate::model::account::KeyId;
use crate::model::text::Name;

/// A key that is to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyRequest {
    /// What it is for.
    #[schema(example = "QGIS")]
    name: String,
    /// At most one's own.
    #[schema(value_type = words::AccountRole)]
    role: String,
    /// The region's id; none: in all regions.
    #[schema(example = "shuixiang")]
    region: Option<String>,
    /// It opens nothing after so many days.
    #[schema(minimum = 1, maximum = 730, example = 90)]
    expires_in_days: i64,
}

/// A key.
#[derive(Serialize, ToSchema)]
pub(super) struct KeyBody {
    #[schema(example = 1)]
    id: i64,
    /// What it is for.
    #[schema(example = "QGIS")]
    name: String,
    #[schema(value_type = words::AccountRole)]
    role: &'static str,
    /// The region's id; none: in all regions.
    #[schema(required, example = "shuixiang")]
    region: Option<String>,
    /// It opens nothing from then on.
    #[schema(example = "2027-02-23T02:00:00Z")]
    expires_at: String,
    /// When it was last shown, to the minute; none if it never was.
    #[schema(required, example = "2026-11-25T02:00:00Z")]
    last_used_at: Option<String>,
}

/// A key that has just been made.
#[derive(Serialize, ToSchema)]
pub(super) struct NewKeyBody {
    #[serde(flatten)]
    about: KeyBody,
    /// What the program shows, as `authorization: Bearer zk_…`; it is never told again.
    key: String,
}

/// Keys.
#[derive(Serialize, ToSchema)]
pub(super) struct KeysBody {
    /// The oldest first.
    keys: Vec<KeyBody>,
}

/// The keys of whoever is signed in.
#[utoipa::path(get, path = "/api/v1/keys", tag = "accounts",
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = KeysBody, description = "The keys.")))]
pub(super) async fn keys(
    Visitor(visitor): Visitor,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let found = ask_people(&caller.service, move |people| Ok(people.keys(&visitor)?)).await?;
    let body = KeysBody {
        keys: found.iter().map(body).collect(),
    };
    Ok(private(StatusCode::OK, &body, None))
}

/// Makes a key for a program; whoever shows a key makes no other.
#[utoipa::path(post, path = "/api/v1/keys", tag = "accounts",
    request_body = KeyRequest,
    security(("session" = [])),
    responses((status = 201, body = NewKeyBody, description = "The key.")))]
pub(super) async fn make_key(
    Visitor(visitor): Visitor,
    caller: Caller,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<KeyRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let grant = grant(&caller, &asked.role, asked.region)?;
    let name = Name::new(&asked.name).map_err(|fault| Fault::BadBody {
        detail: format!("name {fault}"),
    })?;
    let days = asked.expires_in_days;
    let (key, secret) = ask_people(&caller.service, move |people| {
        Ok(people.make_key(&visitor, &name, &grant, days)?)
    })
    .await?;
    let body = NewKeyBody {
        about: body(&key),
        key: secret.as_str().to_owned(),
    };
    Ok(private(StatusCode::CREATED, &body, None))
}

/// Has a key open nothing any more.
#[utoipa::path(delete, path = "/api/v1/keys/{id}", tag = "accounts",
    params(parameters::Number),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It is gone.")))]
pub(super) async fn end_key(
    Visitor(visitor): Visitor,
    caller: Caller,
    Address(id): Address<i64>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask_people(&caller.service, move |people| {
        Ok(people.end_key(&visitor, KeyId(id))?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn body(key: &Key) -> KeyBody {
    KeyBody {
        id: key.id.0,
        name: key.name.clone(),
        role: of_account_role(key.grant.role),
        region: key.grant.region.clone(),
        expires_at: clock::text(key.expires_at),
        last_used_at: key.used_at.map(clock::text),
    }
}
