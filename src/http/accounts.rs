//! Accounts: who may do what.

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::names::of_account_role;
use crate::http::ask::Caller;
use crate::http::ask::ask_people;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::session::AccountBody;
use crate::http::session::account_body;
use crate::http::session::private;
use crate::http::visitor::Administrator;
use crate::http::visitor::Holder;
use crate::http::visitor::Visitor;
use crate::model::account::AccountId;
use crate::model::account::Grant;
use crate::model::account::Role;

/// So many roles of one account at most.
const MOST_ROLES: usize = 200;

/// Accounts.
#[derive(Serialize, ToSchema)]
pub(super) struct AccountsBody {
    /// By name.
    accounts: Vec<AccountBody>,
}

/// What changes of an account; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountRequest {
    /// Whether its holder can sign in; who cannot is signed out everywhere.
    is_active: Option<bool>,
    /// All that they may do from now on.
    #[schema(max_items = 200)]
    roles: Option<Vec<GrantRequest>>,
}

/// A role in one region or in all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantRequest {
    #[schema(value_type = words::AccountRole)]
    role: String,
    /// The region's id; none: in all regions.
    #[schema(example = "shuixiang")]
    region: Option<String>,
}

/// Who can sign in: for an administrator everybody, for a planner those with a role in their regions.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "accounts",
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = AccountsBody, description = "The accounts.")))]
pub(super) async fn accounts(
    Visitor(visitor): Visitor,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let found = ask_people(
        &caller.service,
        move |people| Ok(people.accounts(&visitor)?),
    );
    let body = AccountsBody {
        accounts: found.await?.iter().map(account_body).collect(),
    };
    Ok(private(StatusCode::OK, &body, None))
}

/// Changes what somebody may do, or shuts them out.
#[utoipa::path(patch, path = "/api/v1/accounts/{id}", tag = "accounts",
    params(parameters::Number),
    request_body = AccountRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = AccountBody, description = "As it is now.")))]
pub(super) async fn set_account(
    administrator: Holder<Administrator>,
    caller: Caller,
    Address(id): Address<i64>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<AccountRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let AccountRequest { is_active, roles } = asked;
    if roles.as_ref().is_some_and(|roles| MOST_ROLES < roles.len()) {
        let detail = format!("there are too many roles; give at most {MOST_ROLES}");
        return Err(Fault::BadBody { detail });
    }
    let grants = roles.map(|roles| {
        let each = roles.into_iter();
        each.map(|asked| grant(&caller, &asked.role, asked.region))
            .collect()
    });
    let grants: Option<Vec<Grant>> = grants.transpose()?;
    let visitor = administrator.visitor();
    let after = ask_people(&caller.service, move |people| {
        Ok(people.set_account(&visitor.0, AccountId(id), is_active, grants.as_deref())?)
    })
    .await?;
    Ok(private(StatusCode::OK, &account_body(&after), None))
}

/// A role as somebody names it; a region that is named must be there.
pub(super) fn grant(caller: &Caller, word: &str, region: Option<String>) -> Result<Grant, Fault> {
    let found = Role::ALL
        .into_iter()
        .find(|known| of_account_role(*known) == word);
    let found = found.ok_or_else(|| {
        let known = Role::ALL.map(of_account_role).join(", ");
        let word = shown(word);
        let detail = format!("role is {word}; give one of {known}");
        Fault::BadBody { detail }
    })?;
    if let Some(region) = &region {
        caller.service.regions().slot(region)?;
    }
    Ok(Grant {
        role: found,
        region,
    })
}
