//! The cookies: read by nobody but the service, sent by no page of another server.

use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::header;
use axum_extra::extract::cookie::Cookie;
use axum_extra::extract::cookie::CookieJar;
use axum_extra::extract::cookie::SameSite;

use crate::app::people::SESSION_DAYS;
use crate::app::people::Secret;

/// A session.
pub(super) const SESSION: Kept = Kept {
    safe: "__Host-zhugan_session",
    on_loopback: "zhugan_session",
};

/// What a browser is away for at the provider.
pub(super) const ERRAND: Kept = Kept {
    safe: "__Host-zhugan_errand",
    on_loopback: "zhugan_errand",
};

/// A cookie, by its names.
pub(super) struct Kept {
    /// Where the connection is safe: a browser takes it from no other server and no other path.
    safe: &'static str,
    /// On the machine itself, where people try the program out without a certificate.
    on_loopback: &'static str,
}

impl Kept {
    /// What a request shows.
    pub fn shown(&self, headers: &HeaderMap) -> Option<String> {
        if !headers.contains_key(header::COOKIE) {
            return None;
        }
        let jar = CookieJar::from_headers(headers);
        let found = jar.get(self.name(headers))?;
        Some(found.value().to_owned())
    }

    /// Has a browser keep the secret of a session.
    pub fn of(&self, headers: &HeaderMap, secret: &Secret) -> Option<HeaderValue> {
        self.kept(headers, secret.as_str(), SESSION_DAYS * 86_400)
    }

    /// Has a browser forget it.
    pub fn forgotten(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        self.kept(headers, "", 0)
    }

    /// Has a browser keep something for so many seconds.
    pub fn kept(&self, headers: &HeaderMap, value: &str, seconds: i64) -> Option<HeaderValue> {
        let cookie = Cookie::build((self.name(headers), value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(!is_on_loopback(headers));
        let text = format!("{}; Max-Age={seconds}", cookie.build());
        HeaderValue::from_str(&text).ok()
    }

    fn name(&self, headers: &HeaderMap) -> &'static str {
        if is_on_loopback(headers) {
            self.on_loopback
        } else {
            self.safe
        }
    }
}

/// Whether a browser has named this machine itself, and no proxy that it has come through safely.
fn is_on_loopback(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if text("x-forwarded-proto") == Some("https") {
        return false;
    }
    let host = text("host").unwrap_or_default();
    let name = match host.rsplit_once(':') {
        // The colons of a number in brackets are no port's.
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    };
    matches!(name, "localhost" | "[::1]") || name.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn it_is_for_the_service_alone_and_safe_but_on_the_machine_itself() {
        let written = |host| {
            let value = SESSION
                .kept(&headers(&[("host", host)]), "secret", 60)
                .unwrap();
            value.to_str().unwrap().to_owned()
        };
        for host in [
            "map.example",
            "map.example:8443",
            "192.168.0.2:8080",
            "localhost.example",
            "",
        ] {
            assert_eq!(
                written(host),
                "__Host-zhugan_session=secret; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60",
                "{host}"
            );
        }
        for host in ["127.0.0.1:8080", "localhost", "localhost:80", "[::1]:8080"] {
            assert_eq!(
                written(host),
                "zhugan_session=secret; HttpOnly; SameSite=Lax; Path=/; Max-Age=60",
                "{host}"
            );
        }
        let behind = headers(&[("host", "127.0.0.1"), ("x-forwarded-proto", "https")]);
        let value = SESSION.kept(&behind, "secret", 60).unwrap();
        assert!(value.to_str().unwrap().contains("; Secure;"));
    }

    #[test]
    fn one_that_is_not_safe_counts_only_on_the_machine_itself() {
        let cookie = "a=b; zhugan_session=plain; __Host-zhugan_session=safe";
        let at = |host| SESSION.shown(&headers(&[("host", host), ("cookie", cookie)]));
        assert_eq!(at("map.example").as_deref(), Some("safe"));
        assert_eq!(at("127.0.0.1:8080").as_deref(), Some("plain"));
        assert_eq!(SESSION.shown(&headers(&[("host", "127.0.0.1")])), None);
    }
}
