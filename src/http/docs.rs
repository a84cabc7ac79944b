//! The service described: `OpenAPI` for programs, a page for people.

use std::fmt::Write;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde_json::Value;
use utoipa::Modify;
use utoipa::OpenApi;
use utoipa::openapi::security::ApiKey;
use utoipa::openapi::security::ApiKeyValue;
use utoipa::openapi::security::Http;
use utoipa::openapi::security::HttpAuthScheme;
use utoipa::openapi::security::SecurityScheme;

use crate::http::described::words;
use crate::http::events::EventBody;
use crate::http::events::JobEventBody;
use crate::http::events::ReportEventBody;
use crate::http::problem::Problem;
use crate::http::routes::Described;

/// What is said of the whole service.
#[derive(OpenApi)]
#[openapi(
    paths(
        crate::http::docs::openapi,
        crate::http::docs::page,
        crate::http::metrics::metrics,
        crate::http::tiles::description,
        crate::http::tiles::tile
    ),
    components(schemas(
        Problem,
        EventBody,
        ReportEventBody,
        JobEventBody,
        words::DoubtName,
        words::ExportFormat,
        words::PaperLanguage,
        words::Kind,
        words::PieceCondition,
        words::Counted,
        words::Passage,
        words::CoveredBy,
        words::GapOrder,
        words::Wanted,
        words::Corrected,
        words::Way,
        words::DatumName
    )),
    tags(
        (name = "nearest", description = "What somebody at a place can fetch first, on foot."),
        (name = "regions", description = "What is loaded."),
        (name = "coverage", description = "How much bank is within reach, and where the gaps are."),
        (name = "equipment", description = "What stands where, in what condition."),
        (name = "crossings", description = "The ways over water, closed and opened."),
        (name = "accounts", description = "Who signs in, and who may do what."),
        (name = "waters", description = "The water bodies and their risk grades."),
        (name = "rescue points", description = "Where equipment stands together, and what is there of 四个一."),
        (name = "map", description = "Ways and waters that planners draw on the map, or strike out of it."),
        (name = "reports", description = "What anybody has seen: missing and damaged pieces, hazards; looked into by planners."),
        (name = "inspections", description = "Which pieces are to be looked at next, and what was found."),
        (name = "responders", description = "Who may be called, and whether they are on duty now, for dispatchers."),
        (name = "incidents", description = "Calls: who should go, what was sent, when it arrived; for dispatchers."),
        (name = "notices", description = "What people are warned of, at which waters, until when; as messages of the Common Alerting Protocol, and by webhooks."),
        (name = "audit", description = "Who has changed what, for planners."),
        (name = "scenarios", description = "What would be different."),
        (name = "volunteers", description = "Who walks, on which evenings, what they need for it, and what their phones hand in."),
        (name = "patrols", description = "Who walks along which bank."),
        (name = "events", description = "What happens, as it happens."),
        (name = "tiles", description = "The map."),
        (name = "service", description = "How the service is.")
    ),
    modifiers(&Proofs),
    info(
        title = "Zhugan 竹竿",
        description = "Which banks can rescue equipment reach, on foot, without crossing the water. Coordinates are longitude, latitude; lengths are meters along the ground; errors are application/problem+json."
    )
)]
pub(super) struct About;

/// The ways to prove who one is.
struct Proofs;

impl Modify for Proofs {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let mut token = Http::new(HttpAuthScheme::Bearer);
        let about = "The key of a program (RFC 6750): it begins with zk_; people make one where they are signed in.";
        token.description = Some(about.to_owned());
        let scheme = SecurityScheme::Http(token);
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("bearer", scheme);
        let about = "The session of a person, as signing in sets it; where the page comes by https its name is __Host-zhugan_session.";
        let cookie = ApiKeyValue::with_description("zhugan_session", about);
        let scheme = SecurityScheme::ApiKey(ApiKey::Cookie(cookie));
        components.add_security_scheme("session", scheme);
    }
}

/// The description of the service for programs: `OpenAPI` 3.1.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "service",
    responses((status = 200, content_type = "application/json", body = Value, description = "The description.")))]
pub(super) async fn openapi(State(described): State<Described>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, described.json.clone()).into_response()
}

/// The description of the service for people: a page.
#[utoipa::path(get, path = "/api/docs", tag = "service", operation_id = "docs",
    responses((status = 200, content_type = "text/html", body = String, description = "The page.")))]
pub(super) async fn page(State(described): State<Described>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, described.page.clone()).into_response()
}

/// How the page looks; in a file of its own, as the security policy asks.
pub(super) async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, STYLE).into_response()
}

const STYLE: &str = "body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;color:#1f2933;background:#fff}
h2{margin-top:2.5rem;border-top:1px solid #cbd2d9;padding-top:1rem;font-size:1.1rem}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}
pre{overflow:auto;background:#f5f7fa;padding:1rem}
.method{background:#1845bc;color:#fff;padding:.1rem .5rem;border-radius:.25rem}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;border-top:1px solid #e4e7eb;padding:.3rem .6rem .3rem 0}
";

/// Writes the page from the description.
pub(super) fn page_of(openapi: &Value) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Zhugan 竹竿: the service</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body>\
         <h1>Zhugan <span lang=\"zh\">竹竿</span>: the service</h1>",
    );
    // Writing to a string does not fail.
    let _ = write!(
        page,
        "<p>{}</p><p>For programs: <a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a> (OpenAPI {}).</p>",
        escaped(text(&openapi["info"]["description"])),
        escaped(text(&openapi["openapi"])),
    );
    for (path, methods) in openapi["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            add_operation(&mut page, path, method, operation);
        }
    }
    page.push_str("<h2>What is sent</h2>");
    for (name, schema) in openapi["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let schema = serde_json::to_string_pretty(schema).unwrap_or_default();
        let (name, schema) = (escaped(name), escaped(&schema));
        let _ = write!(
            page,
            "<details id=\"{name}\"><summary><code>{name}</code></summary><pre>{schema}</pre></details>"
        );
    }
    page.push_str("</body></html>");
    page
}

fn add_operation(page: &mut String, path: &str, method: &str, operation: &Value) {
    let summary = [text(&operation["summary"]), text(&operation["description"])].join(" ");
    let _ = write!(
        page,
        "<h2><code class=\"method\">{}</code> <code>{}</code></h2><p>{}</p>",
        escaped(&method.to_uppercase()),
        escaped(path),
        escaped(summary.trim()),
    );
    let parameters = operation["parameters"].as_array();
    if let Some(parameters) = parameters.filter(|parameters| !parameters.is_empty()) {
        page.push_str("<table><thead><tr><th scope=\"col\">parameter</th><th scope=\"col\">in</th><th scope=\"col\">what it is</th></tr></thead><tbody>");
        for parameter in parameters {
            let _ = write!(
                page,
                "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
                escaped(text(&parameter["name"])),
                escaped(text(&parameter["in"])),
                escaped(text(&parameter["description"])),
            );
        }
        page.push_str("</tbody></table>");
    }
    let body = &operation["requestBody"]["content"];
    add_schemas(page, "Takes", body);
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        add_schemas(page, &format!("Answers {status}"), &response["content"]);
    }
}

fn add_schemas(page: &mut String, what: &str, content: &Value) {
    for (kind, body) in content.as_object().into_iter().flatten() {
        let reference = text(&body["schema"]["$ref"]);
        let name = escaped(reference.rsplit('/').next().unwrap_or_default());
        let _ = write!(
            page,
            "<p>{}: <code>{}</code> <a href=\"#{name}\">{name}</a></p>",
            escaped(what),
            escaped(kind),
        );
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
