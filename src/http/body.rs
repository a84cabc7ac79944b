//! The body of a request, JSON or a file, bounded and checked at the door.

use axum::body::Bytes;
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

/// The largest file that is taken, bytes: 64 MiB, a hundred thousand pieces in any format with room to spare.
pub(super) const LARGEST_FILE: usize = 64 << 20;

/// The largest photo that is taken, bytes: 8 MiB.
pub(super) const LARGEST_PHOTO: usize = 8 << 20;

/// A body of JSON.
pub(super) struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fault> {
        if !is_json(request.headers()) {
            return Err(Fault::NotJson);
        }
        let bytes = bytes(request, LARGEST_BODY).await?;
        let read = serde_json::from_slice(&bytes).map(Self);
        read.map_err(|fault| Fault::BadBody {
            detail: format!("the body cannot be read: {}", shown(&fault.to_string())),
        })
    }
}

/// A body that is a file of any kind.
pub(super) struct FileBody(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for FileBody {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fault> {
        bytes(request, LARGEST_FILE).await.map(Self)
    }
}

/// A body of at most so many bytes.
pub(super) async fn bytes(request: Request, most: usize) -> Result<Bytes, Fault> {
    let too_large = Fault::BodyTooLarge { most };
    if length(request.headers()).is_some_and(|length| most < length) {
        return Err(too_large);
    }
    // Whoever has hung up does not read the answer either.
    to_bytes(request.into_body(), most)
        .await
        .map_err(|_| too_large)
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
