//! Signing in with a provider: a browser is sent there, and comes back.

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

use crate::app::people::Entry;
use crate::http::ask::Caller;
use crate::http::ask::ask_people;
use crate::http::body::JsonBody;
use crate::http::cookie::ERRAND;
use crate::http::cookie::SESSION;
use crate::http::described::provider_parameters;
use crate::http::parameters::Parameters;
use crate::http::peer::Peer;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::provider::Provider;
use crate::http::provider::errand::Errand;
use crate::http::provider::errand::Taken;
use crate::http::provider::fault::ProviderFault;
use crate::http::session::private;

/// A browser may be away for so long, seconds.
const AWAY_S: i64 = 600;

/// Who begins.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct BeginRequest {
    /// Of an invitation that is to be taken.
    token: Option<String>,
    /// With an invitation: what changes of somebody new are signed with.
    #[schema(example = "li.wei")]
    name: Option<String>,
}

/// Where to go.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct BeginBody {
    /// The provider's page that the browser is to open in the place of this one.
    location: String,
}

/// Begins to sign in with the provider, perhaps to take an invitation; the answer sets a cookie that binds the way back to
/// this browser for ten minutes.
#[utoipa::path(post, path = "/api/v1/session/oidc", tag = "accounts",
    request_body = BeginRequest,
    responses((status = 200, body = BeginBody, description = "Where to go.", headers(("set-cookie" = String, description = "What binds the way back to this browser.")))))]
pub(in crate::http) async fn begin_with_provider(
    caller: Caller,
    Peer(from): Peer,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    JsonBody(asked): JsonBody<BeginRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let provider = provider(&caller)?;
    let invitation = match (asked.token, asked.name) {
        (None, None) => None,
        (Some(token), Some(name)) => {
            let found = ask_people(&caller.service, move |people| {
                let name = people.could_join(&token, &name, from)?;
                let name = name.as_str().to_owned();
                Ok(Taken { token, name })
            });
            Some(found.await?)
        }
        (Some(_), None) | (None, Some(_)) => {
            let detail = "give a name with the token of an invitation, or neither".to_owned();
            return Err(Fault::BadBody { detail });
        }
    };
    let (location, errand) = provider.begin().await?;
    let errand = Errand {
        invitation,
        ..errand
    };
    let cookie = ERRAND.kept(&headers, &errand.written(), AWAY_S);
    Ok(private(StatusCode::OK, &BeginBody { location }, cookie))
}

/// Where the provider sends browsers back to. Whoever it vouches for is signed in; the page is told of a refusal behind
/// `#signin=`, by the name of the problem.
#[utoipa::path(get, path = "/api/v1/session/oidc/back", tag = "accounts",
    params(provider_parameters::State, provider_parameters::Code, provider_parameters::Refusal),
    responses((status = 303, description = "Back to the page.", headers(
        ("location" = String, description = "The page; behind `#signin=` the name of a problem, if there is one: `unknown-identity`, `unknown-invitation`, `name-taken`, `provider-down`, `provider-refused`, `stale-errand`."),
        ("set-cookie" = String, description = "The session, and the end of what bound the way back to this browser.")))))]
pub(in crate::http) async fn return_from_provider(
    caller: Caller,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let provider = provider(&caller)?;
    let entry = returned(provider, &caller, query.unwrap_or_default(), &headers).await;
    let (page, session) = match entry {
        Ok(entry) => {
            let session = entry.session.as_ref();
            let session = session.and_then(|secret| SESSION.of(&headers, secret));
            ("/".to_owned(), session)
        }
        Err(fault) => (format!("/#signin={}", fault.name()), None),
    };
    let mut answer = StatusCode::SEE_OTHER.into_response();
    let sent = answer.headers_mut();
    if let Ok(page) = HeaderValue::from_str(&page) {
        sent.insert(header::LOCATION, page);
    }
    sent.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in session.into_iter().chain(ERRAND.forgotten(&headers)) {
        sent.append(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}

/// Whoever has come back.
async fn returned(
    provider: &Provider,
    caller: &Caller,
    query: String,
    headers: &HeaderMap,
) -> Result<Entry, Fault> {
    let errand = ERRAND.shown(headers);
    let errand = errand.and_then(|text| Errand::read(&text));
    let errand = errand.ok_or(ProviderFault::StaleErrand)?;
    // Providers add parameters of their own.
    let said = |name: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        let found = pairs.find(|(other, _)| other == name);
        found.map(|(_, value)| value.into_owned())
    };
    if said("state").as_deref() != Some(errand.state.as_str()) {
        return Err(ProviderFault::StaleErrand.into());
    }
    let Some(code) = said("code") else {
        let error = said("error").unwrap_or_default();
        tracing::info!(error = shown(&error), "the provider has sent somebody back");
        let name = provider.name().to_owned();
        return Err(ProviderFault::Refused { name }.into());
    };
    let identity = provider.identity(&code, &errand).await?;
    let old = SESSION.shown(headers);
    ask_people(&caller.service, move |people| {
        let old = old.as_deref();
        Ok(match errand.invitation {
            Some(Taken { token, name }) => people.join_with(&token, &name, &identity, old)?,
            None => people.sign_in_as(&identity, old)?,
        })
    })
    .await
}

fn provider(caller: &Caller) -> Result<&Provider, Fault> {
    let settings = &caller.service.parts().settings;
    Ok(settings.provider.as_ref().ok_or(ProviderFault::None)?)
}
