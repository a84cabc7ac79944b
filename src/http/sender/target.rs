//! Where a webhook is told: an address that is checked when it is set, and again, resolved, whenever something is sent there.
//!
//! Whoever sets a webhook makes the service ask a server of their choice; that must be none that only the service can reach.

use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;

use axum::http::Uri;
use tokio::net::lookup_host;

/// The longest address, bytes.
const LONGEST: usize = 2_000;

/// An address that something can be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http) struct Target {
    /// Whether the connection is encrypted.
    pub is_secure: bool,
    /// The server's name or number, without brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// As the header `host` has it.
    pub authority: String,
    /// Path and query.
    pub path: String,
}

/// Why nothing is sent to an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::http) enum BadTarget {
    /// No address of a server.
    #[error("is no address; give one like https://hooks.example.org/notices")]
    NotAnAddress,
    /// Nobody may read along.
    #[error("must begin with https://, so that nobody reads along")]
    NotSecure,
    /// A name and a password, which would be shown.
    #[error("must not hold a name and a password before an @")]
    Credentials,
    /// Too long.
    #[error("is longer than {LONGEST} bytes")]
    TooLong,
    /// A server that only the service can reach.
    #[error(
        "leads to {0}, which is no public address; start the service with --webhooks-to-private-addresses if that is meant"
    )]
    Private(IpAddr),
    /// Nobody knows the name.
    #[error("names a server that cannot be found")]
    Unknown,
}

impl Target {
    /// The target of an address; `to_private` also allows servers that only this machine's network can reach, and http to
    /// this machine itself.
    pub fn new(url: &str, to_private: bool) -> Result<Self, BadTarget> {
        if LONGEST < url.len() {
            return Err(BadTarget::TooLong);
        }
        let uri: Uri = url.parse().map_err(|_| BadTarget::NotAnAddress)?;
        let authority = uri.authority().ok_or(BadTarget::NotAnAddress)?;
        if authority.as_str().contains('@') {
            return Err(BadTarget::Credentials);
        }
        let host = uri.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() || url.contains('#') {
            return Err(BadTarget::NotAnAddress);
        }
        let is_secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") if to_private && is_this_machine(host) => false,
            Some("http") => return Err(BadTarget::NotSecure),
            _ => return Err(BadTarget::NotAnAddress),
        };
        if let Ok(ip) = host.parse()
            && !to_private
            && !is_public(ip)
        {
            return Err(BadTarget::Private(ip));
        }
        let usual = if is_secure { 443 } else { 80 };
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        Ok(Self {
            is_secure,
            host: host.to_owned(),
            port: uri.port_u16().unwrap_or(usual),
            authority: authority.as_str().to_owned(),
            path: path.to_owned(),
        })
    }

    /// Where to connect to, every address of the name being allowed.
    pub async fn resolved(&self, to_private: bool) -> Result<Vec<SocketAddr>, BadTarget> {
        let found = lookup_host((self.host.as_str(), self.port)).await;
        let found: Vec<SocketAddr> = found.map_err(|_| BadTarget::Unknown)?.collect();
        if found.is_empty() {
            return Err(BadTarget::Unknown);
        }
        let mut forbidden = found.iter().map(SocketAddr::ip);
        match forbidden.find(|ip| !to_private && !is_public(*ip)) {
            Some(ip) => Err(BadTarget::Private(ip)),
            None => Ok(found),
        }
    }
}

fn is_this_machine(host: &str) -> bool {
    let ip: Option<IpAddr> = host.parse().ok();
    host == "localhost" || ip.is_some_and(|ip| ip.is_loopback())
}

/// Whether everybody can reach an address (IANA's registries of special addresses).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let last = || {
        let [.., high, low] = ip.segments();
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    // An older address in a newer one's clothes leads where the older one does.
    if ip.to_ipv4_mapped().is_some() || (first, second) == (0x64, 0xff9b) {
        return is_public_v4(last());
    }
    // Of what is given out to anybody, without tunnels, documentation and benchmarks.
    let is_given_out = first & 0xe000 == 0x2000;
    let is_special = first == 0x2002 || first == 0x3fff || (first == 0x2001 && second < 0x200);
    is_given_out && !is_special && (first, second) != (0x2001, 0xdb8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_encrypted_addresses_of_public_servers_are_taken() {
        let strict = |url: &str| Target::new(url, false);
        let target = strict("https://hooks.example.org/a?b=c").unwrap();
        assert_eq!((target.port, target.path.as_str()), (443, "/a?b=c"));
        assert_eq!(target.host, "hooks.example.org");
        assert_eq!(strict("https://a.example:8443").unwrap().path, "/");
        assert_eq!(strict("http://a.example/"), Err(BadTarget::NotSecure));
        assert_eq!(strict("http://127.0.0.1/"), Err(BadTarget::NotSecure));
        assert_eq!(
            strict("https://a:b@c.example/"),
            Err(BadTarget::Credentials)
        );
        for odd in [
            "",
            "a",
            "/a",
            "ftp://a.example/",
            "https://",
            "https:///a",
            "file:///a",
        ] {
            assert_eq!(strict(odd), Err(BadTarget::NotAnAddress), "{odd}");
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "[::1]",
            "169.254.169.254",
            "[::ffff:10.0.0.1]",
        ] {
            let refused = strict(&format!("https://{private}/"));
            assert!(matches!(refused, Err(BadTarget::Private(_))), "{private}");
        }
        let long = format!("https://a.example/{}", "x".repeat(LONGEST));
        assert_eq!(strict(&long), Err(BadTarget::TooLong));
    }

    #[test]
    fn where_it_is_allowed_this_machine_is_told_in_the_open_and_no_other() {
        let loose = |url| Target::new(url, true);
        assert!(!loose("http://127.0.0.1:8080/x").unwrap().is_secure);
        assert_eq!(loose("http://[::1]:8080/x").unwrap().host, "::1");
        assert!(loose("https://10.0.0.1/x").is_ok());
        assert_eq!(loose("http://10.0.0.1/x"), Err(BadTarget::NotSecure));
    }

    #[test]
    fn special_addresses_are_not_public() {
        let public = |text: &str| is_public(text.parse().unwrap());
        for yes in [
            "1.1.1.1",
            "223.5.5.5",
            "192.0.1.1",
            "100.128.0.1",
            "172.32.0.1",
            "2400:3200::1",
            "64:ff9b::101:101",
        ] {
            assert!(public(yes), "{yes}");
        }
        for no in [
            "0.0.0.0",
            "127.1.2.3",
            "100.64.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "2002:a00:1::",
            "2001:db8::1",
            "2001::1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
        ] {
            assert!(!public(no), "{no}");
        }
    }

    #[test]
    fn a_name_that_leads_to_this_machine_is_refused_when_it_is_resolved() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let target = Target::new("https://localhost/x", false).unwrap();
        let resolved = runtime.block_on(target.resolved(false));
        assert!(
            matches!(resolved, Err(BadTarget::Private(_))),
            "{resolved:?}"
        );
        assert!(runtime.block_on(target.resolved(true)).is_ok());
    }
}
