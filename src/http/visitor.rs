//! Who asks: whoever stands among the arguments of a handler must be signed in, with the role that the handler takes.
//!
//! A person shows the cookie of a session, a program a key as a bearer token (RFC 6750). Nothing is read of a stranger's
//! body.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::RequestPartsExt;
use axum::extract::FromRequestParts;
use axum::extract::OptionalFromRequestParts;
use axum::extract::RawPathParams;
use axum::http::HeaderMap;
use axum::http::header;
use axum::http::request::Parts;

use crate::app::people::SignedIn;
use crate::http::ask::ask_people;
use crate::http::cookie::SESSION;
use crate::http::problem::Fault;
use crate::http::service::Service;
use crate::model::account::Role;

/// Somebody who is signed in, whatever they may do.
#[derive(Clone)]
pub(super) struct Visitor(pub Arc<SignedIn>);

/// Somebody who holds a role in the region of the address, or, if it has none, in all regions.
pub(super) struct Holder<R> {
    visitor: Visitor,
    role: PhantomData<fn() -> R>,
}

/// A role that a handler takes.
pub(super) trait Takes {
    /// The least that may.
    const ROLE: Role;
}

/// Whoever walks the banks.
pub(super) struct Volunteer;

/// Whoever answers calls.
pub(super) struct Dispatcher;

/// Whoever keeps the register.
pub(super) struct Planner;

/// Whoever says who may do what.
pub(super) struct Administrator;

impl Takes for Volunteer {
    const ROLE: Role = Role::Volunteer;
}

impl Takes for Dispatcher {
    const ROLE: Role = Role::Dispatcher;
}

impl Takes for Planner {
    const ROLE: Role = Role::Planner;
}

impl Takes for Administrator {
    const ROLE: Role = Role::Administrator;
}

impl<R> Holder<R> {
    /// Who they are.
    pub fn visitor(&self) -> Visitor {
        self.visitor.clone()
    }

    /// What their changes are signed with.
    pub fn who(&self) -> String {
        self.visitor.0.who()
    }
}

/// Whether somebody, if it is anybody, may do what takes a role in a region.
pub(super) fn may(visitor: Option<&Visitor>, role: Role, region: &str) -> bool {
    visitor.is_some_and(|visitor| visitor.0.may(role, Some(region)))
}

impl FromRequestParts<Service> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Fault> {
        let found = Option::<Self>::from_request_parts(parts, service).await?;
        found.ok_or(Fault::NotSignedIn)
    }
}

/// Where anybody may ask, and some are told more. A key that opens nothing is refused, so that nobody wonders; a session
/// that has ended is a stranger's.
impl OptionalFromRequestParts<Service> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Service,
    ) -> Result<Option<Self>, Fault> {
        if parts.headers.contains_key(header::AUTHORIZATION) {
            let key = bearer(&parts.headers).ok_or(Fault::NotSignedIn)?.to_owned();
            let found = ask_people(service, move |people| Ok(people.of_key(&key)?)).await?;
            let found = found.ok_or(Fault::WrongKey)?;
            return Ok(Some(Self(Arc::new(found))));
        }
        let Some(session) = SESSION.shown(&parts.headers) else {
            return Ok(None);
        };
        let found = ask_people(service, move |people| Ok(people.of_session(&session)?)).await?;
        Ok(found.map(Arc::new).map(Self))
    }
}

impl<R: Takes> FromRequestParts<Service> for Holder<R> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Fault> {
        let found = <Visitor as FromRequestParts<Service>>::from_request_parts(parts, service);
        let visitor = found.await?;
        let path = parts.extract::<RawPathParams>().await;
        let region = path.as_ref().ok();
        let region = region.and_then(|path| path.iter().find(|(name, _)| *name == "r"));
        visitor
            .0
            .must_hold(R::ROLE, region.map(|(_, region)| region))?;
        Ok(Self {
            visitor,
            role: PhantomData,
        })
    }
}

/// The token that a request shows (RFC 6750).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.trim().split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then_some(token.trim())
}
