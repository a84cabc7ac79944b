//! The address in the QR code of a label: it leads to the piece on the planner's page.

use std::str::FromStr;

use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;

use crate::app::fault::Fault;
use crate::http::nature;
use crate::http::service::Service;
use crate::model::code::Code;

/// What somebody reads whose code leads nowhere.
const UNKNOWN: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Zhugan 竹竿</title><h1>没有这件器材</h1><p>没有器材使用这个编码，或者它已经撤除。请对照标签再看一遍。</p><h1 lang=\"en\">No such piece</h1><p lang=\"en\">No piece of equipment has this code, or not any more. Compare it with the label.</p><p><a href=\"/\">Zhugan 竹竿</a></p></html>\n";

/// What somebody reads who comes too early.
const NOT_YET: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Zhugan 竹竿</title><h1>请稍候</h1><p>地图正在载入，请过一会儿再试。</p><h1 lang=\"en\">One moment</h1><p lang=\"en\">The map is being loaded. Try again in a moment.</p></html>\n";

/// Leads to the piece that has a code; pieces come and go, so nobody remembers where it led.
pub(super) async fn page(State(service): State<Service>, Path(code): Path<String>) -> Response {
    let mut response = match Code::from_str(&code) {
        Ok(code) => match service.regions().coded(&code) {
            Ok((snapshot, index)) => {
                let region = snapshot.region.settings.id.as_str();
                Redirect::to(&address(region, &snapshot.region.equipment[index].id)).into_response()
            }
            Err(fault) => told(&fault),
        },
        Err(_) => (StatusCode::NOT_FOUND, Html(UNKNOWN)).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn told(fault: &Fault) -> Response {
    match nature::of_unanswered(fault).0 {
        StatusCode::SERVICE_UNAVAILABLE => (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_YET)),
        _ => (StatusCode::NOT_FOUND, Html(UNKNOWN)),
    }
    .into_response()
}

/// The planner's page with a piece selected, as `web/src/shared/url.ts` reads it.
fn address(region: &str, piece: &str) -> String {
    let mut view = form_urlencoded::Serializer::new(String::new());
    view.append_pair("region", region);
    view.append_pair("sel", &format!("piece:{piece}"));
    format!("/#{}", view.finish())
}
