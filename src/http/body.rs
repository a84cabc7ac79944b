//! The JSON body of a request, bounded and checked at the door.

use axum::body::to_bytes;
use axum::extract::FromRequest;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header;
use serde::de::DeserializeOwned;

use crate::http::problem::Fault;
use crate::http::problem::shown;

/// The largest body that is taken, bytes: a thousand places or changes with room to spare.
pub(super) const LARGEST_BODY: usize = 256 << 10;

/// A body of JSON.
pub(super) struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fault> {
        if !is_json(request.headers()) {
            return Err(Fault::NotJson);
        }
        let too_large = Fault::BodyTooLarge { most: LARGEST_BODY };
        if length(request.headers()).is_some_and(|length| LARGEST_BODY < length) {
            return Err(too_large);
        }
        let Ok(bytes) = to_bytes(request.into_body(), LARGEST_BODY).await else {
            // Whoever has hung up does not read the answer either.
            return Err(too_large);
        };
        let read = serde_json::from_slice(&bytes).map(Self);
        read.map_err(|fault| Fault::BadBody {
            detail: format!("the body cannot be read: {}", shown(&fault.to_string())),
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn length(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}
