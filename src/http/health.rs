//! Whether the service lives, and whether it can be asked.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::regions::State as RegionState;
use crate::http::described::words;
use crate::http::problem::Fault;
use crate::http::service::Service;

/// How the service is.
#[derive(Serialize, ToSchema)]
pub(super) struct Status {
    /// `ok` or `ready`.
    #[schema(value_type = words::Health)]
    status: &'static str,
}

/// The service lives. The answer is always the same.
#[utoipa::path(get, path = "/healthz", tag = "service",
    responses((status = 200, body = Status, description = "The service lives.")))]
pub(super) async fn healthz() -> Json<Status> {
    Json(Status { status: "ok" })
}

/// Every region has been loaded or has failed, and at least one can be asked.
#[utoipa::path(get, path = "/readyz", tag = "service",
    responses((status = 200, body = Status, description = "The service can be asked.")))]
pub(super) async fn readyz(State(service): State<Service>) -> Result<Response, Fault> {
    let regions = service.regions();
    let is_ready = |state: &RegionState| matches!(state, RegionState::Ready(_));
    let n_ready = regions
        .slots()
        .iter()
        .filter(|slot| is_ready(&slot.state()))
        .count();
    let n_regions = regions.slots().len();
    if !regions.are_loaded() || n_ready == 0 {
        let detail = format!("{n_ready} of {n_regions} regions are ready");
        return Err(Fault::NotReady { detail });
    }
    Ok(Json(Status { status: "ready" }).into_response())
}
