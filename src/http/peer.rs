//! Where a request comes from: so that whoever guesses too often can be made to wait.

use std::convert::Infallible;
use std::net::IpAddr;
use std::net::Ipv6Addr;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::http::service::Service;

/// The address of whoever has connected, as the server has put it among the request's extensions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Connected(pub IpAddr);

/// Where a request comes from: the household that has its address; none if nobody knows, as on the machine itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub Option<IpAddr>);

impl FromRequestParts<Service> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Service) -> Result<Self, Infallible> {
        let connected = parts.extensions.get::<Connected>();
        let found = peer(connected.map(|connected| connected.0), &parts.headers);
        Ok(Self(found.map(household)))
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

/// What one household has: an address of IPv4, or a /64 of IPv6 (RFC 6177).
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) >> 64 << 64).into(),
    }
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
    #[test]
    fn a_household_is_one_address_however_many_it_has() {
        let of = |address: &str| household(address.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
