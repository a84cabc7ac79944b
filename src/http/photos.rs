//! Photos of reports: sent by whoever has made the report, looked at by whoever keeps the region.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Serialize;
use tokio::time::timeout;
use utoipa::ToSchema;

use crate::http::ask::Caller;
use crate::http::ask::all;
use crate::http::ask::ask;
use crate::http::ask::ask_created;
use crate::http::body::LARGEST_PHOTO;
use crate::http::body::bytes;
use crate::http::described::parameters::Region;
use crate::http::described::register_parameters as parameters;
use crate::http::described::words::FileBytes;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::http::validator::Validator;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::photo::Photo;
use crate::model::report::ReportId;

/// A photo has come whole within this, or it is not waited for.
const LONGEST_WAY: Duration = Duration::from_mins(1);

/// By which whoever has made a report is known again.
pub(super) const PHOTO_RIGHT: HeaderName = HeaderName::from_static("photo-right");

/// A photo of a report.
#[derive(Serialize, ToSchema)]
pub(super) struct PhotoBody {
    /// Where whoever keeps the region gets it, as JPEG.
    #[schema(example = "/api/v1/regions/shuixiang/reports/1/photos/1")]
    url: String,
    /// Pixels.
    #[schema(example = 2048)]
    width: u32,
    /// Pixels.
    #[schema(example = 1536)]
    height: u32,
}

impl PhotoBody {
    pub fn new(region: &str, report: ReportId, photo: Photo) -> Self {
        let (report, number) = (report.0, photo.number);
        Self {
            url: format!("/api/v1/regions/{region}/reports/{report}/photos/{number}"),
            width: photo.width,
            height: photo.height,
        }
    }
}

/// Adds a photo to a report that the sender has just made: up to 3 of them, within an hour, with the `photo_right` of the
/// report's answer.
///
/// Only what is seen on it is kept, as JPEG of at most 2,048 pixels: no place, no name, nothing else that the file says. What
/// kind of file it is, is found out from its bytes; a name is not asked for. The same photo twice is kept once.
#[utoipa::path(post, path = "/api/v1/regions/{r}/reports/{id}/photos", tag = "reports",
    params(Region, parameters::ReportNumber, parameters::PhotoRight),
    request_body(description = "JPEG, PNG or WebP, at most 8 MiB and 40 million pixels.", content((FileBytes = "image/jpeg"), (FileBytes = "image/png"), (FileBytes = "image/webp"))),
    responses((status = 201, body = PhotoBody, description = "As it is kept.", headers(("location" = String, description = "Where whoever keeps the region gets it.")))))]
pub(super) async fn add_photo(
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let right = headers.get(&PHOTO_RIGHT);
    let right = right.and_then(|right| right.to_str().ok());
    let right = right.unwrap_or_default().to_owned();
    let parts = caller.service.parts();
    // Nothing is read of what a stranger sends before it is known that they may.
    let shown = (region.clone(), right.clone());
    ask(&caller.service, move |regions| {
        Ok(regions.must_take_photos(&shown.0, ReportId(id), &shown.1)?)
    })
    .await?;
    let Ok(coming) = Arc::clone(&parts.uploads).try_acquire_owned() else {
        return Err(Fault::Busy);
    };
    let photo = in_time(request, LONGEST_WAY).await?;
    // The semaphore is never closed.
    let reading = Arc::clone(&parts.photo_readers).acquire_owned().await;
    ask_created(&caller, move |regions| {
        let added = regions.add_photo(&region, ReportId(id), &right, &photo);
        // The next one is read when this one has been, not when somebody stops waiting for it.
        drop((reading, coming));
        let photo = added?;
        let body = PhotoBody::new(&region, ReportId(id), photo);
        Ok((None, body.url.clone(), body))
    })
    .await
}

/// A photo of a report, as JPEG.
#[utoipa::path(get, path = "/api/v1/regions/{r}/reports/{id}/photos/{number}", tag = "reports",
    params(Region, parameters::ReportNumber, parameters::PhotoNumber),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, description = "The photo.", content((FileBytes = "image/jpeg")), headers(("etag" = String, description = "Of the photo."))),
        (status = 304, description = "The client has it already.")))]
pub(super) async fn photo(
    _: Holder<Planner>,
    caller: Caller,
    headers: HeaderMap,
    Address((region, id, number)): Address<(String, i64, u8)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let known = all(&headers, &header::IF_NONE_MATCH);
    let (jpeg, tag) = ask(&caller.service, move |regions| {
        let jpeg = regions.photo(&region, ReportId(id), number)?;
        let validator = Validator::of_text(&jpeg);
        let jpeg = validator.known_as(&known).is_none().then_some(jpeg);
        Ok((jpeg, validator.header(false)))
    })
    .await?;
    Ok(sent(jpeg, tag))
}

/// A photo as browsers show it: as a picture and nothing else, and for whoever asked alone.
fn sent(jpeg: Option<Vec<u8>>, tag: Option<HeaderValue>) -> Response {
    let mut response = match jpeg {
        Some(jpeg) => Body::from(jpeg).into_response(),
        None => StatusCode::NOT_MODIFIED.into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
        (header::CACHE_CONTROL, "private, no-cache"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(tag) = tag {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The bytes of a photo, if they all come soon.
async fn in_time(request: Request, longest: Duration) -> Result<Bytes, Fault> {
    let come = timeout(longest, bytes(request, LARGEST_PHOTO)).await;
    come.unwrap_or_else(|_| {
        let seconds = longest.as_secs();
        Err(Fault::TooSlow { seconds })
    })
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt;
    use futures_util::stream;

    use super::*;

    #[tokio::test]
    async fn whoever_sends_a_byte_now_and_then_is_not_waited_for() {
        let byte = stream::once(async { Ok::<_, std::io::Error>("\u{1}") });
        let drip = byte.chain(stream::pending());
        let request = Request::new(Body::from_stream(drip));
        let come = in_time(request, Duration::from_millis(50)).await;
        assert_eq!(come, Err(Fault::TooSlow { seconds: 0 }));
    }
}
