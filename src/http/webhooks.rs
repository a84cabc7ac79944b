//! Webhooks: whom the service tells of notices; set by administrators.

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::names;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::problem::Fault;
use crate::http::sender::target::Target;
use crate::http::session::private;
use crate::http::visitor::Administrator;
use crate::http::visitor::Holder;
use crate::model::webhook::Delivery;
use crate::model::webhook::DeliveryState;
use crate::model::webhook::Shape;
use crate::model::webhook::Webhook;
use crate::model::webhook::WebhookId;

/// A webhook that is added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WebhookRequest {
    /// Where it is told: https, at a server that everybody can reach.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "https://hooks.example.org/notices"
    )]
    url: String,
    #[schema(value_type = words::WebhookShape)]
    shape: Shape,
    /// The id of the region whose notices it is told; none: of all.
    #[schema(example = "shuixiang")]
    region: Option<String>,
}

/// A webhook.
#[derive(Serialize, ToSchema)]
pub(super) struct WebhookBody {
    #[schema(example = 1)]
    id: i64,
    /// Its server; what is behind that in its address may be a secret, and is not told again.
    #[schema(example = "https://hooks.example.org")]
    server: String,
    #[schema(value_type = words::WebhookShape)]
    shape: &'static str,
    /// The id of the region whose notices it is told; none: of all.
    #[schema(required, example = "shuixiang")]
    region: Option<String>,
}

/// A webhook that has just been added.
#[derive(Serialize, ToSchema)]
pub(super) struct NewWebhookBody {
    #[serde(flatten)]
    about: WebhookBody,
    /// What its messages are signed with (Standard Webhooks, `v1`); it is never told again.
    #[schema(example = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    secret: String,
}

/// Webhooks.
#[derive(Serialize, ToSchema)]
pub(super) struct WebhooksBody {
    /// The oldest first.
    webhooks: Vec<WebhookBody>,
}

/// What a webhook was told, or will be.
#[derive(Serialize, ToSchema)]
pub(super) struct DeliveryBody {
    /// Its number.
    #[schema(example = 1)]
    id: i64,
    /// The number of the notice.
    #[schema(example = 1)]
    notice: i64,
    #[schema(value_type = words::NoticeEventName)]
    event: &'static str,
    #[schema(value_type = words::DeliveryStateName)]
    state: &'static str,
    /// When that was to be told.
    #[schema(example = "2026-07-03T08:00:00Z")]
    created_at: String,
    /// How often it has been tried.
    #[schema(example = 1)]
    attempts: u32,
    /// When it is tried next; none if it is not.
    #[schema(required)]
    next_at: Option<String>,
    /// What went wrong when it was last tried.
    #[schema(required)]
    fault: Option<String>,
}

/// The latest of what a webhook was told, or will be.
#[derive(Serialize, ToSchema)]
pub(super) struct DeliveriesBody {
    /// The latest first.
    deliveries: Vec<DeliveryBody>,
}

/// The webhooks of the service.
#[utoipa::path(get, path = "/api/v1/webhooks", tag = "notices",
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = WebhooksBody, description = "The webhooks.")))]
pub(super) async fn webhooks(
    _: Holder<Administrator>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let found = ask(&caller.service, |regions| Ok(regions.webhooks()?)).await?;
    let body = WebhooksBody {
        webhooks: found.iter().map(body).collect(),
    };
    Ok(private(StatusCode::OK, &body, None))
}

/// Adds a webhook: it is told of every notice that is written, changed or withdrawn from now on.
#[utoipa::path(post, path = "/api/v1/webhooks", tag = "notices",
    request_body = WebhookRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = NewWebhookBody, description = "The webhook, and its secret.")))]
pub(super) async fn add_webhook(
    administrator: Holder<Administrator>,
    caller: Caller,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<WebhookRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let to_private = caller.service.parts().settings.telling.to_private;
    let target = Target::new(&asked.url, to_private);
    target.map_err(|fault| bad("url", format!("url {fault}")))?;
    let (webhook, secret) = ask(&caller.service, move |regions| {
        let (who, region) = (administrator.who(), asked.region.as_deref());
        Ok(regions.add_webhook(&who, &asked.url, asked.shape, region)?)
    })
    .await?;
    let body = NewWebhookBody {
        about: body(&webhook),
        secret,
    };
    Ok(private(StatusCode::CREATED, &body, None))
}

/// Has a webhook told nothing more; what it has not been told is given up.
#[utoipa::path(delete, path = "/api/v1/webhooks/{id}", tag = "notices",
    params(parameters::Number),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It is gone.")))]
pub(super) async fn remove_webhook(
    administrator: Holder<Administrator>,
    caller: Caller,
    Address(id): Address<i64>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask(&caller.service, move |regions| {
        Ok(regions.remove_webhook(&administrator.who(), WebhookId(id))?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What a webhook was told lately, or will be.
#[utoipa::path(get, path = "/api/v1/webhooks/{id}/deliveries", tag = "notices",
    params(parameters::Number),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = DeliveriesBody, description = "At most 100 deliveries.")))]
pub(super) async fn deliveries(
    _: Holder<Administrator>,
    caller: Caller,
    Address(id): Address<i64>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let found = ask(&caller.service, move |regions| {
        Ok(regions.deliveries(WebhookId(id))?)
    })
    .await?;
    let body = DeliveriesBody {
        deliveries: found.iter().map(delivery_body).collect(),
    };
    Ok(private(StatusCode::OK, &body, None))
}

fn body(webhook: &Webhook) -> WebhookBody {
    WebhookBody {
        id: webhook.id.0,
        server: webhook.origin().to_owned(),
        shape: names::of_shape(webhook.shape),
        region: webhook.region.clone(),
    }
}

fn delivery_body(delivery: &Delivery) -> DeliveryBody {
    let is_pending = delivery.state == DeliveryState::Pending;
    DeliveryBody {
        id: delivery.id,
        notice: delivery.notice.0,
        event: names::of_notice_event(delivery.event),
        state: names::of_delivery_state(delivery.state),
        created_at: clock::text(delivery.created_at),
        attempts: delivery.n_attempts,
        next_at: is_pending.then(|| clock::text(delivery.due_at)),
        fault: delivery.fault.clone(),
    }
}
