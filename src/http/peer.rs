//! Where a request comes from: so that whoever guesses too often can be made to wait.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::http::service::Service;

/// The address of whoever has connected, as the server has put it among the request's extensions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Connected(pub IpAddr);

/// Where a request comes from; none if nobody knows, as on the machine itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub Option<IpAddr>);

impl FromRequestParts<Service> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Service) -> Result<Self, Infallible> {
        let connected = parts.extensions.get::<Connected>();
        Ok(Self(peer(
            connected.map(|connected| connected.0),
            &parts.headers,
        )))
    }
}

/// Whoever has connected; if that is a proxy on this machine, whom it has named last. What others say of themselves in that
/// header counts for nothing.
fn peer(connected: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
    let connected = connected?;
    if !connected.is_loopback() {
        return Some(connected);
    }
    let said = headers.get_all("x-forwarded-for").iter().next_back()?;
    let last = said.to_str().ok()?.rsplit(',').next()?;
    last.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_on_this_machine_is_believed_and_only_its_own_word() {
        let of = |connected: &str, said: &str| {
            let mut headers = HeaderMap::new();
            if !said.is_empty() {
                headers.insert("x-forwarded-for", said.parse().unwrap());
            }
            peer(connected.parse().ok(), &headers).map(|peer| peer.to_string())
        };
        assert_eq!(of("203.0.113.5", "").as_deref(), Some("203.0.113.5"));
        assert_eq!(
            of("203.0.113.5", "10.0.0.1").as_deref(),
            Some("203.0.113.5")
        );
        assert_eq!(
            of("127.0.0.1", "10.0.0.1, 203.0.113.7").as_deref(),
            Some("203.0.113.7")
        );
        assert_eq!(of("127.0.0.1", ""), None);
        assert_eq!(of("::1", "nobody"), None);
    }
}
