//! Invitations: a role is offered by a link that can be used once.

use axum::extract::RawQuery;
use axum::http::HeaderMap;
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
use crate::http::ask::ask;
use crate::http::ask::ask_people;
use crate::http::body::JsonBody;
use crate::http::cookie::SESSION;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::peer::Peer;
use crate::http::problem::Fault;
use crate::http::session::SessionBody;
use crate::http::session::entered;
use crate::http::session::private;
use crate::http::visitor::Visitor;
use crate::model::account::Invitation;
use crate::model::account::InvitationId;
use crate::model::account::Role;
use crate::model::volunteer::VolunteerId;

/// The role that is offered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InvitationRequest {
    #[schema(value_type = words::AccountRole)]
    role: String,
    /// The region's id; none: in all regions.
    #[schema(example = "shuixiang")]
    region: Option<String>,
    /// The number of a volunteer of the region who has no account: its taker signs in as them.
    #[schema(example = 7)]
    volunteer: Option<i64>,
}

/// An invitation that nobody has taken.
#[derive(Serialize, ToSchema)]
pub(super) struct InvitationBody {
    #[schema(example = 2)]
    id: i64,
    #[schema(value_type = words::AccountRole)]
    role: &'static str,
    /// The region's id; none: in all regions.
    #[schema(required, example = "shuixiang")]
    region: Option<String>,
    /// The number of the volunteer whom it is for; none: nobody in particular.
    #[schema(required, example = 7)]
    volunteer: Option<i64>,
    /// Who has given it.
    #[schema(example = "wang")]
    created_by: String,
    /// It cannot be taken from then on.
    #[schema(example = "2026-12-02T02:00:00Z")]
    expires_at: String,
}

/// An invitation that has just been made.
#[derive(Serialize, ToSchema)]
pub(super) struct NewInvitationBody {
    #[serde(flatten)]
    invitation: InvitationBody,
    /// What takes it, once; it is never told again. For people: the page's address with `#invitation=` and this.
    token: String,
}

/// Invitations.
#[derive(Serialize, ToSchema)]
pub(super) struct InvitationsBody {
    /// The latest first.
    invitations: Vec<InvitationBody>,
}

/// Which invitation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LookRequest {
    token: String,
}

/// Who takes an invitation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AcceptRequest {
    token: String,
    /// What they will sign in with; whoever is signed in already leaves it out.
    #[schema(example = "li.wei")]
    name: Option<String>,
    /// 10 to 256 characters that nobody guesses.
    #[schema(example = "five words by the pond")]
    password: Option<String>,
}

/// What an invitation offers.
#[derive(Serialize, ToSchema)]
pub(super) struct OfferBody {
    #[schema(value_type = words::AccountRole)]
    role: &'static str,
    /// The region's id; none: in all regions.
    #[schema(required, example = "shuixiang")]
    region: Option<String>,
    #[schema(example = "2026-12-02T02:00:00Z")]
    expires_at: String,
}

/// Offers a role to whoever is given the token: a planner at most their own, in their own region.
#[utoipa::path(post, path = "/api/v1/invitations", tag = "accounts",
    request_body = InvitationRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = NewInvitationBody, description = "The invitation.")))]
pub(super) async fn invite(
    Visitor(visitor): Visitor,
    caller: Caller,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<InvitationRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let grant = grant(&caller, &asked.role, asked.region)?;
    let volunteer = asked.volunteer.map(VolunteerId);
    if let Some(volunteer) = volunteer {
        let Some(region) = grant.region.clone() else {
            return Err(bad(
                "volunteer",
                "volunteer is a number of one region's list; name the region",
            ));
        };
        // Who is on that list, and has no account, is told to its planners alone.
        visitor.must_hold(Role::Planner, Some(&region))?;
        ask(&caller.service, move |regions| {
            Ok(regions.must_sign_in_with_nothing(&region, volunteer)?)
        })
        .await?;
    }
    let (invitation, secret) = ask_people(&caller.service, move |people| {
        Ok(people.invite(&visitor, &grant, volunteer)?)
    })
    .await?;
    let body = NewInvitationBody {
        invitation: body(&invitation),
        token: secret.as_str().to_owned(),
    };
    Ok(private(StatusCode::CREATED, &body, None))
}

/// The invitations that nobody has taken, as far as whoever asks may take them back.
#[utoipa::path(get, path = "/api/v1/invitations", tag = "accounts",
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = InvitationsBody, description = "The invitations.")))]
pub(super) async fn invitations(
    Visitor(visitor): Visitor,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let open = ask_people(&caller.service, move |people| {
        Ok(people.invitations(&visitor)?)
    })
    .await?;
    let body = InvitationsBody {
        invitations: open.iter().map(body).collect(),
    };
    Ok(private(StatusCode::OK, &body, None))
}

/// Takes an invitation back: its link opens nothing any more.
#[utoipa::path(delete, path = "/api/v1/invitations/{id}", tag = "accounts",
    params(parameters::Number),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It is gone.")))]
pub(super) async fn withdraw(
    Visitor(visitor): Visitor,
    caller: Caller,
    Address(id): Address<i64>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask_people(&caller.service, move |people| {
        Ok(people.withdraw(&visitor, InvitationId(id))?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What an invitation offers. The token is in the body, so that it comes into no log.
#[utoipa::path(post, path = "/api/v1/invitations/look", tag = "accounts",
    request_body = LookRequest,
    responses((status = 200, body = OfferBody, description = "The offer.")))]
pub(super) async fn look(
    caller: Caller,
    Peer(from): Peer,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<LookRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let found = ask_people(&caller.service, move |people| {
        Ok(people.invitation(&asked.token, from)?)
    })
    .await?;
    let body = OfferBody {
        role: of_account_role(found.grant.role),
        region: found.grant.region,
        expires_at: clock::text(found.expires_at),
    };
    Ok(private(StatusCode::OK, &body, None))
}

/// Takes an invitation: as somebody new, who is signed in by that, or as whoever is signed in.
#[utoipa::path(post, path = "/api/v1/invitations/accept", tag = "accounts",
    request_body = AcceptRequest,
    security((), ("session" = [])),
    responses((status = 201, body = SessionBody, description = "Whoever is signed in now.", headers(("set-cookie" = String, description = "The session of somebody new.")))))]
pub(super) async fn accept(
    visitor: Option<Visitor>,
    caller: Caller,
    Peer(from): Peer,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    JsonBody(asked): JsonBody<AcceptRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let old = SESSION.shown(&headers);
    let entry = ask_people(&caller.service, move |people| {
        let AcceptRequest {
            token,
            name,
            password,
        } = asked;
        match (name, password, visitor) {
            (None, None, Some(visitor)) => Ok(people.join_as(&visitor.0, &token, from)?),
            (Some(name), Some(password), _) => {
                Ok(people.join(&token, (&name, &password), from, old.as_deref())?)
            }
            _ => Err(Fault::BadBody {
                detail: "give a name and a password, or sign in first and leave both out"
                    .to_owned(),
            }),
        }
    })
    .await?;
    Ok(entered(&caller, StatusCode::CREATED, &headers, &entry))
}

fn body(invitation: &Invitation) -> InvitationBody {
    InvitationBody {
        id: invitation.id.0,
        role: of_account_role(invitation.grant.role),
        region: invitation.grant.region.clone(),
        volunteer: invitation.volunteer.map(|volunteer| volunteer.0),
        created_by: invitation.created_by.clone(),
        expires_at: clock::text(invitation.expires_at),
    }
}
