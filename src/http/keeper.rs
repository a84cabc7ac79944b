//! The keeper of what is written: whoever shows the token may change things, and nobody else.

use axum::extract::FromRequestParts;
use axum::extract::OptionalFromRequestParts;
use axum::http::HeaderMap;
use axum::http::header;
use axum::http::request::Parts;

use crate::http::problem::Fault;
use crate::http::service::Service;

/// Stands among the arguments of every handler that changes something, before the body: a stranger's is not even read.
pub(super) struct Keeper {
    /// Under which name the changes are written down.
    pub name: &'static str,
}

/// Whoever has the token is nobody in particular, until there are accounts.
const KEEPER: Keeper = Keeper { name: "keeper" };

impl FromRequestParts<Service> for Keeper {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Fault> {
        let shown = shown(&parts.headers).ok_or(Fault::NoToken)?;
        let token = service.parts().settings.token.as_ref();
        let fits = token.is_some_and(|token| token.fits(shown));
        fits.then_some(KEEPER).ok_or(Fault::WrongToken)
    }
}

/// Where anybody may ask, and whoever shows the token is told more; a wrong one is refused, so that nobody wonders.
impl OptionalFromRequestParts<Service> for Keeper {
    type Rejection = Fault;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Service,
    ) -> Result<Option<Self>, Fault> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(None);
        }
        let keeper = <Self as FromRequestParts<Service>>::from_request_parts(parts, service);
        keeper.await.map(Some)
    }
}

/// The token that a request shows (RFC 6750).
fn shown(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.trim().split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then_some(token.trim())
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::http::Request;
    use axum::http::StatusCode;
    use axum::routing::post;
    use tower::ServiceExt;

    use super::*;
    use crate::app::token::Token;
    use crate::http::service::Limits;
    use crate::http::service::Settings;

    /// What a guarded address answers to a header: its status and what it challenges with.
    fn answered(token: Option<&str>, authorization: Option<&str>) -> (StatusCode, String) {
        let settings = Settings {
            token: token.map(Token::of),
            ..Settings::default()
        };
        let service = Service::with(settings, &[], Limits::of_cores(1));
        let routes = Router::new().route("/", post(async |_: Keeper| ()));
        let mut request = Request::post("/");
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let request = request.body(Body::empty()).unwrap();
        let answer = routes.with_state(service).oneshot(request);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let answer = runtime.block_on(answer).unwrap();
        let challenge = answer.headers().get(header::WWW_AUTHENTICATE);
        let challenge = challenge.map_or("", |challenge| challenge.to_str().unwrap());
        (answer.status(), challenge.to_owned())
    }

    #[test]
    fn whoever_shows_the_token_is_let_in() {
        for authorization in ["Bearer secret", "bearer secret", "BEARER  secret "] {
            let (status, challenge) = answered(Some("secret"), Some(authorization));
            assert_eq!((status, challenge.as_str()), (StatusCode::OK, ""));
        }
    }

    #[test]
    fn nobody_else_is_let_in_and_each_is_told_what_is_needed() {
        let refused = |authorization| answered(Some("secret"), authorization);
        let unknown = "Bearer realm=\"zhugan\"".to_owned();
        for authorization in [None, Some("secret"), Some("Basic secret"), Some("Bearer")] {
            let told = refused(authorization);
            assert_eq!(
                told,
                (StatusCode::UNAUTHORIZED, unknown.clone()),
                "{authorization:?}"
            );
        }
        let wrong = format!("{unknown}, error=\"invalid_token\"");
        for authorization in [
            "Bearer secre",
            "Bearer secret2",
            "Bearer SECRET",
            "Bearer é",
        ] {
            let (status, challenge) = refused(Some(authorization));
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{authorization}");
            assert!(
                challenge == wrong || !authorization.is_ascii(),
                "{challenge}"
            );
        }
    }

    #[test]
    fn a_service_without_a_token_lets_nobody_in() {
        for authorization in ["Bearer ", "Bearer secret"] {
            let (status, _) = answered(None, Some(authorization));
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{authorization}");
        }
    }
}
