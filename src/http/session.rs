//! Signing in and out.

use axum::Json;
use axum::extract::RawQuery;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::names::of_account_role;
use crate::app::people::Entry;
use crate::http::ask::Caller;
use crate::http::ask::ask_people;
use crate::http::body::JsonBody;
use crate::http::cookie::SESSION;
use crate::http::described::words;
use crate::http::parameters::Parameters;
use crate::http::peer::Peer;
use crate::http::problem::Fault;
use crate::http::visitor::Visitor;
use crate::model::account::Account;
use crate::model::account::Grant;

/// Who is signed in.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionBody {
    /// None: a stranger.
    #[schema(required)]
    account: Option<AccountBody>,
    /// What people call the provider that they can sign in with, too; none: there is none.
    #[schema(required, example = "Town ID")]
    sign_in_with: Option<String>,
}

/// An account.
#[derive(Serialize, ToSchema)]
pub(super) struct AccountBody {
    #[schema(example = 1)]
    id: i64,
    /// What its holder signs in with, and what changes are signed with.
    #[schema(example = "wang")]
    name: String,
    /// What its holder may do.
    roles: Vec<GrantBody>,
    /// Whether its holder can sign in.
    is_active: bool,
    /// When its holder signed in last.
    #[schema(required, example = "2026-11-25T02:00:00Z")]
    signed_in_at: Option<String>,
}

/// A role in one region or in all.
#[derive(Serialize, ToSchema)]
pub(super) struct GrantBody {
    #[schema(value_type = words::AccountRole)]
    pub role: &'static str,
    /// The region's id; none: in all regions.
    #[schema(required, example = "liechtenstein")]
    pub region: Option<String>,
}

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInRequest {
    /// Small and capital letters are the same.
    #[schema(example = "wang")]
    name: String,
    #[schema(example = "four words by the river")]
    password: String,
}

/// Another password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordRequest {
    /// The one until now.
    #[schema(example = "four words by the river")]
    old: String,
    /// 10 to 256 characters that nobody guesses.
    #[schema(example = "five words by the pond")]
    new: String,
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/session", tag = "accounts",
    security((), ("bearer" = []), ("session" = [])),
    responses((status = 200, body = SessionBody, description = "Whoever asks.")))]
pub(super) async fn session(
    visitor: Option<Visitor>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let account = visitor.as_ref().map(|visitor| &visitor.0.account);
    let body = session_body(&caller, account);
    Ok(private(StatusCode::OK, &body, None))
}

/// Signs in: the answer sets a cookie that a browser shows from then on.
#[utoipa::path(post, path = "/api/v1/session", tag = "accounts",
    request_body = SignInRequest,
    responses((status = 200, body = SessionBody, description = "Whoever is signed in now.", headers(("set-cookie" = String, description = "The session.")))))]
pub(super) async fn sign_in(
    caller: Caller,
    Peer(from): Peer,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    JsonBody(asked): JsonBody<SignInRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let old = SESSION.shown(&headers);
    let entry = ask_people(&caller.service, move |people| {
        Ok(people.sign_in((&asked.name, &asked.password), from, old.as_deref())?)
    })
    .await?;
    Ok(entered(&caller, StatusCode::OK, &headers, &entry))
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "accounts",
    responses((status = 204, description = "Nobody is signed in any more.", headers(("set-cookie" = String, description = "The end of the session.")))))]
pub(super) async fn sign_out(
    caller: Caller,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    if let Some(session) = SESSION.shown(&headers) {
        ask_people(
            &caller.service,
            move |people| Ok(people.sign_out(&session)?),
        )
        .await?;
    }
    let mut answer = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = SESSION.forgotten(&headers) {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}

/// Changes the password of whoever is signed in, who is signed out everywhere else by that.
#[utoipa::path(post, path = "/api/v1/session/password", tag = "accounts",
    request_body = PasswordRequest,
    security(("session" = [])),
    responses((status = 204, description = "It holds from now on.")))]
pub(super) async fn change_password(
    Visitor(visitor): Visitor,
    caller: Caller,
    Peer(from): Peer,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<PasswordRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask_people(&caller.service, move |people| {
        Ok(people.change_password(&visitor, (&asked.old, &asked.new), from)?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The answer to whoever has just come in.
pub(super) fn entered(
    caller: &Caller,
    status: StatusCode,
    headers: &HeaderMap,
    entry: &Entry,
) -> Response {
    let body = session_body(caller, Some(&entry.account));
    let secret = entry.session.as_ref();
    let cookie = secret.and_then(|secret| SESSION.of(headers, secret));
    private(status, &body, cookie)
}

fn session_body(caller: &Caller, account: Option<&Account>) -> SessionBody {
    let provider = caller.service.parts().settings.provider.as_ref();
    SessionBody {
        account: account.map(account_body),
        sign_in_with: provider.map(|provider| provider.name().to_owned()),
    }
}

/// An answer that is for one alone, and that nothing between here and there keeps.
pub(super) fn private<T: Serialize>(
    status: StatusCode,
    body: &T,
    cookie: Option<HeaderValue>,
) -> Response {
    let mut answer = (status, Json(body)).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(cookie) = cookie {
        headers.insert(header::SET_COOKIE, cookie);
    }
    answer
}

pub(super) fn account_body(account: &Account) -> AccountBody {
    AccountBody {
        id: account.id.0,
        name: account.name.as_str().to_owned(),
        roles: account.grants.iter().map(grant_body).collect(),
        is_active: account.is_active,
        signed_in_at: account.signed_in_at.map(clock::text),
    }
}

pub(super) fn grant_body(grant: &Grant) -> GrantBody {
    GrantBody {
        role: of_account_role(grant.role),
        region: grant.region.clone(),
    }
}
