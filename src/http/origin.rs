//! Pages of other servers that may ask this one (CORS): those that are named, and no others.

use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;
use tower_http::csrf::CsrfLayer;
use tower_http::csrf::ProtectionError;

use crate::http::problem::Fault;
use crate::http::service::Service;

/// What a page of another server may do.
const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE";

/// What it may say beyond what every page may.
const TAKEN: &str = "authorization, content-type, if-match, if-none-match, hand-in, photo-right";

/// What it may read beyond what every page may.
const SHOWN: &str = "etag, location, retry-after, www-authenticate";

/// A browser asks again whether it may after this, seconds.
const REMEMBERED: &str = "600";

/// A server whose pages may ask this one, as browsers name it: `https://map.example:8443`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(HeaderValue);

/// Why a text is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoOrigin {
    /// Everybody.
    #[error(
        "an origin is one server by its name; name each one that may ask, since * would let every page in"
    )]
    Everybody,
    /// No scheme that pages come by.
    #[error("an origin begins with https:// or http://, like https://map.example")]
    Scheme,
    /// More or less than a server's name.
    #[error(
        "an origin is scheme, name and perhaps port, like https://map.example:8443: no path, no slash at its end, a name in ASCII"
    )]
    Server,
}

impl Origin {
    /// Checked, and written as browsers write it: in small letters, without the usual port of its scheme.
    ///
    /// # Errors
    ///
    /// For what no browser sends as an origin, and for wildcards.
    pub fn new(text: &str) -> Result<Self, NoOrigin> {
        if text.contains('*') {
            return Err(NoOrigin::Everybody);
        }
        let text = text.to_ascii_lowercase();
        let (scheme, server) = text.split_once("://").ok_or(NoOrigin::Scheme)?;
        let usual_port = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => return Err(NoOrigin::Scheme),
        };
        let server = server.strip_suffix(usual_port).unwrap_or(server);
        if !is_server(server) {
            return Err(NoOrigin::Server);
        }
        let origin = HeaderValue::from_str(&format!("{scheme}://{server}"));
        origin.map(Self).map_err(|_| NoOrigin::Server)
    }

    /// As browsers write it.
    pub fn as_str(&self) -> &str {
        // Only letters, digits and a few signs are let in.
        self.0.to_str().unwrap_or_default()
    }
}

/// Lets nothing be changed by what a page of another server has its visitor's browser send, unless that server is named.
pub(super) fn own_pages(
    named: &[Origin],
) -> CsrfLayer<impl Fn(ProtectionError) -> Response + Clone + use<>> {
    let named = named.iter().filter_map(|origin| origin.0.to_str().ok());
    let layer = named.fold(CsrfLayer::new(), |layer, origin| {
        // What is no origin after all is trusted in nothing.
        layer.clone().add_trusted_origin(origin).unwrap_or(layer)
    });
    layer.with_rejection_response(|_: ProtectionError| Fault::CrossSite.into_response())
}

/// Whether a text is a server's name or number, with a port or without.
fn is_server(text: &str) -> bool {
    let (name, port) = match text.rsplit_once(':') {
        // The colons of a number in brackets are no port's.
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (text, None),
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let is_number = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.');
    let is_known = match name.strip_prefix('[') {
        Some(number) => number
            .strip_suffix(']')
            .is_some_and(|number| number.contains(':') && number.chars().all(is_number)),
        None => name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(is_name),
    };
    let is_port =
        |port: &str| !port.starts_with('+') && port.parse::<u16>().is_ok_and(|port| 0 < port);
    // No name of the Internet is longer, and a QR code has to hold it.
    is_known && name.len() <= 253 && port.is_none_or(is_port)
}

/// Lets the pages of named servers ask; for all others nothing is added, and their browsers keep the answer from them.
pub(super) async fn shared(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    let named = &service.parts().settings.origins;
    if named.is_empty() {
        return next.run(request).await;
    }
    let origin = request.headers().get(header::ORIGIN);
    let origin = origin.filter(|origin| named.iter().any(|named| named.0 == **origin));
    let Some(origin) = origin.cloned() else {
        let mut response = next.run(request).await;
        differs_by_origin(response.headers_mut());
        return response;
    };
    let asks_whether_it_may = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let (mut response, more) = if asks_whether_it_may {
        let may = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, TAKEN),
            (header::ACCESS_CONTROL_MAX_AGE, REMEMBERED),
        ];
        (StatusCode::NO_CONTENT.into_response(), may.to_vec())
    } else {
        let shown = vec![(header::ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN)];
        (next.run(request).await, shown)
    };
    let headers = response.headers_mut();
    differs_by_origin(headers);
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    for (name, value) in more {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A cache between must not give one server's page what it got for another's.
fn differs_by_origin(headers: &mut HeaderMap) {
    headers.append(header::VARY, HeaderValue::from_static("origin"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (text, written) in [
            ("https://map.example", "https://map.example"),
            ("HTTPS://Map.Example:8443", "https://map.example:8443"),
            ("https://map.example:443", "https://map.example"),
            ("http://map.example:80", "http://map.example"),
            ("http://map.example:443", "http://map.example:443"),
            ("http://localhost:5173", "http://localhost:5173"),
            ("http://10.0.0.7:80", "http://10.0.0.7"),
            ("http://[::1]:5173", "http://[::1]:5173"),
            ("https://xn--0zwm56d.example", "https://xn--0zwm56d.example"),
        ] {
            assert_eq!(Origin::new(text).unwrap().0, written, "{text}");
        }
    }

    #[test]
    fn what_no_browser_sends_and_wildcards_are_refused() {
        for (text, why) in [
            ("*", NoOrigin::Everybody),
            ("https://*.example", NoOrigin::Everybody),
            ("null", NoOrigin::Scheme),
            ("map.example", NoOrigin::Scheme),
            ("file:///map.html", NoOrigin::Scheme),
            ("ftp://map.example", NoOrigin::Scheme),
            ("https://", NoOrigin::Server),
            ("https://map.example/", NoOrigin::Server),
            ("https://map.example/page", NoOrigin::Server),
            ("https://me@map.example", NoOrigin::Server),
            ("https://map.example:0", NoOrigin::Server),
            ("https://map.example:99999", NoOrigin::Server),
            ("https://map.example:+80", NoOrigin::Server),
            ("https://map.example:", NoOrigin::Server),
            ("https://[map]", NoOrigin::Server),
            ("https://地图.example", NoOrigin::Server),
            ("https://a.example https://b.example", NoOrigin::Server),
        ] {
            assert_eq!(Origin::new(text), Err(why), "{text}");
        }
    }
}
