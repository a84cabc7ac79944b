//! The route table: every address of the service, and what every answer goes through.

use std::sync::OnceLock;

use axum::Router;
use axum::body::Bytes;
use axum::extract::OriginalUri;
use axum::http::Method;
use axum::middleware;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as OpenApiDocument;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::accounts;
use crate::http::audit;
use crate::http::codes;
use crate::http::corrections;
use crate::http::coverage;
use crate::http::crossings;
use crate::http::described;
use crate::http::docs;
use crate::http::duty;
use crate::http::entries;
use crate::http::equipment;
use crate::http::evenings;
use crate::http::events;
use crate::http::exports;
use crate::http::gaps;
use crate::http::health;
use crate::http::imports;
use crate::http::incident_summary;
use crate::http::incidents;
use crate::http::inspections;
use crate::http::invitations;
use crate::http::journal;
use crate::http::keys;
use crate::http::metrics;
use crate::http::nearest;
use crate::http::newer_files;
use crate::http::notices;
use crate::http::origin;
use crate::http::pages;
use crate::http::papers;
use crate::http::patrol;
use crate::http::patrols;
use crate::http::photos;
use crate::http::placement;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::provider::routes as provider_routes;
use crate::http::public_pages;
use crate::http::regions;
use crate::http::register;
use crate::http::reports;
use crate::http::rescue_points;
use crate::http::responder_edits;
use crate::http::roster;
use crate::http::scenarios;
use crate::http::seen;
use crate::http::service::Service;
use crate::http::session;
use crate::http::settings;
use crate::http::tiles;
use crate::http::volunteers;
use crate::http::water_bodies;
use crate::http::webhooks;
use crate::http::wrapping;

/// Every address of the service.
pub fn router(service: &Service) -> Router {
    let (routes, openapi) = documented().split_for_parts();
    let described = DESCRIBED.get_or_init(|| Described::new(openapi));
    let about = Router::new()
        .route("/api/v1/openapi.json", get(docs::openapi))
        .route("/api/docs", get(docs::page))
        .route("/api/docs.css", get(docs::style))
        .with_state(described.clone());
    let routes = routes
        .route("/p", get(public_pages::find))
        .route("/p/", get(public_pages::find))
        .route("/p/{code}", get(public_pages::page))
        .route(
            "/join/{region}",
            get(public_pages::join).post(public_pages::apply),
        )
        .route("/metrics", get(metrics::metrics))
        .route("/tiles/{file}", get(tiles::description))
        .route("/tiles/{r}/{z}/{x}/{y}", get(tiles::tile))
        .merge(pages::pages())
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .with_state(service.clone());
    wrapped(service, routes.merge(about))
}

/// The description of the service for programs (`OpenAPI` 3.1), in lines for people; what it serves is the same without them.
pub fn description() -> String {
    let (_, mut openapi) = documented().split_for_parts();
    described::complete(&mut openapi);
    let value = serde_json::to_value(&openapi).unwrap_or_default();
    format!("{value:#}\n")
}

/// What every answer goes through, from the inside out.
pub fn wrapped(service: &Service, routes: Router) -> Router {
    let noted = middleware::from_fn_with_state(service.clone(), wrapping::noted);
    routes
        .layer(middleware::from_fn(wrapping::in_time))
        .layer(CatchPanicLayer::custom(journal::after_panic))
        .layer(origin::own_pages(&service.parts().settings.origins))
        .layer(middleware::from_fn_with_state(
            service.clone(),
            wrapping::guarded,
        ))
        .layer(middleware::from_fn_with_state(
            service.clone(),
            origin::shared,
        ))
        .layer(noted)
}

/// The addresses that programs are told of.
fn documented() -> OpenApiRouter<Service> {
    OpenApiRouter::with_openapi(docs::About::openapi())
        .merge(of_volunteers())
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(regions::regions))
        .routes(routes!(regions::region))
        .routes(routes!(settings::settings, settings::turn_settings))
        .routes(routes!(coverage::coverage))
        .routes(routes!(gaps::gaps))
        .routes(routes!(equipment::equipment, register::add_piece))
        .routes(routes!(
            equipment::piece,
            register::edit_piece,
            register::retire_piece
        ))
        .routes(routes!(exports::export))
        .routes(routes!(imports::preview_import))
        .routes(routes!(imports::import_file))
        .routes(routes!(papers::village_report))
        .routes(routes!(papers::labels))
        .routes(routes!(audit::audit))
        .routes(routes!(audit::undo))
        .routes(routes!(audit::audit_of_people))
        .routes(routes!(nearest::nearest, nearest::nearest_of_many))
        .routes(routes!(crossings::crossings))
        .routes(routes!(crossings::crossing, crossings::set_crossing))
        .routes(routes!(water_bodies::water_bodies))
        .routes(routes!(water_bodies::water_body, water_bodies::set_risk))
        .routes(routes!(
            rescue_points::rescue_points,
            rescue_points::add_rescue_point
        ))
        .routes(routes!(
            rescue_points::rescue_point,
            rescue_points::edit_rescue_point,
            rescue_points::retire_rescue_point
        ))
        .routes(routes!(corrections::corrections, corrections::correct))
        .routes(routes!(corrections::take_back_correction))
        .routes(routes!(reports::reports, reports::report))
        .routes(routes!(reports::one_report, reports::decide_report))
        .routes(routes!(photos::add_photo))
        .routes(routes!(photos::photo))
        .routes(routes!(inspections::inspections))
        .routes(routes!(inspections::inspect_piece))
        .routes(routes!(newer_files::import_report))
        .routes(routes!(codes::code))
        .routes(routes!(scenarios::evaluate))
        .routes(routes!(placement::place))
        .routes(routes!(placement::placement_job, placement::end_placement))
        .routes(routes!(patrol::plan_patrol))
        .routes(routes!(patrol::patrol_job, patrol::end_patrol))
        .routes(routes!(patrols::give_stretch))
        .routes(routes!(patrols::plan_gpx))
        .routes(routes!(patrols::patrols))
        .routes(routes!(
            patrols::patrol,
            patrols::publish_patrol,
            patrols::withdraw_patrol
        ))
        .routes(routes!(patrols::patrol_gpx))
        .routes(routes!(incidents::incidents, incidents::open_incident))
        .routes(routes!(roster::roster))
        .routes(routes!(roster::change_responder))
        .routes(routes!(responder_edits::add_responder))
        .routes(routes!(
            responder_edits::edit_responder,
            responder_edits::take_off_responder
        ))
        .routes(routes!(incident_summary::incident_summary))
        .routes(routes!(incidents::incident, incidents::close_incident))
        .routes(routes!(incidents::send))
        .routes(routes!(incidents::arrive))
        .routes(routes!(notices::notices, notices::write_notice))
        .routes(routes!(notices::notice_feed))
        .routes(routes!(notices::edit_notice, notices::withdraw_notice))
        .routes(routes!(notices::notice_cap))
        .routes(routes!(webhooks::webhooks, webhooks::add_webhook))
        .routes(routes!(webhooks::remove_webhook))
        .routes(routes!(webhooks::deliveries))
        .routes(routes!(events::events))
        .routes(routes!(
            session::session,
            session::sign_in,
            session::sign_out
        ))
        .routes(routes!(session::change_password))
        .routes(routes!(provider_routes::begin_with_provider))
        .routes(routes!(provider_routes::return_from_provider))
        .routes(routes!(invitations::invitations, invitations::invite))
        .routes(routes!(invitations::withdraw))
        .routes(routes!(invitations::look))
        .routes(routes!(invitations::accept))
        .routes(routes!(accounts::accounts))
        .routes(routes!(accounts::set_account))
        .routes(routes!(keys::keys, keys::make_key))
        .routes(routes!(keys::end_key))
}

/// Those of them that are about volunteers.
fn of_volunteers() -> OpenApiRouter<Service> {
    OpenApiRouter::new()
        .routes(routes!(volunteers::volunteers, volunteers::add_volunteer))
        .routes(routes!(volunteers::set_volunteer))
        .routes(routes!(volunteers::apply))
        .routes(routes!(evenings::evenings))
        .routes(routes!(evenings::set_evening))
        .routes(routes!(evenings::propose_evenings))
        .routes(routes!(duty::duty))
        .routes(routes!(duty::allow_hand_in))
        .routes(routes!(duty::make_calendar))
        .routes(routes!(duty::calendar))
        .routes(routes!(duty::duty_gpx))
        .routes(routes!(duty::answer_duty))
        .routes(routes!(duty::take_over))
        .routes(routes!(duty::consent))
        .routes(routes!(entries::hand_in))
        .routes(routes!(seen::seen))
        .routes(routes!(seen::seen_history))
}

/// The description of the service, written once.
#[derive(Clone)]
pub(super) struct Described {
    /// For programs.
    pub json: Bytes,
    /// For people.
    pub page: Bytes,
}

/// The routes are the same for every service, and so is their description.
static DESCRIBED: OnceLock<Described> = OnceLock::new();

impl Described {
    fn new(mut openapi: OpenApiDocument) -> Self {
        described::complete(&mut openapi);
        let value = serde_json::to_value(&openapi).unwrap_or_default();
        Self {
            json: Bytes::from(value.to_string()),
            page: Bytes::from(docs::page_of(&value)),
        }
    }
}

async fn nothing_here(OriginalUri(address): OriginalUri) -> Fault {
    Fault::NothingHere {
        path: shown(address.path()),
    }
}

async fn wrong_method(method: Method) -> Fault {
    Fault::WrongMethod {
        method: shown(method.as_str()),
    }
}
