//! The provider as it is asked: its description and keys, where browsers are sent, and what it says of who comes back.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use openidconnect::AsyncHttpClient;
use openidconnect::AuthType;
use openidconnect::AuthorizationCode;
use openidconnect::ClientId;
use openidconnect::ClientSecret;
use openidconnect::CsrfToken;
use openidconnect::EndpointMaybeSet;
use openidconnect::EndpointNotSet;
use openidconnect::EndpointSet;
use openidconnect::HttpRequest;
use openidconnect::HttpResponse;
use openidconnect::IssuerUrl;
use openidconnect::Nonce;
use openidconnect::PkceCodeChallenge;
use openidconnect::PkceCodeVerifier;
use openidconnect::RedirectUrl;
use openidconnect::RequestTokenError;
use openidconnect::TokenResponse;
use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::core::CoreClient;
use openidconnect::core::CoreClientAuthMethod;
use openidconnect::core::CoreProviderMetadata;
use openidconnect::reqwest;
use openidconnect::url::Host;
use openidconnect::url::Url;
use tokio::sync::Mutex;

use crate::http::problem::Fault;
use crate::http::provider::NoProvider;
use crate::http::provider::ProviderSettings;
use crate::http::provider::errand::Errand;
use crate::http::provider::fault::ProviderFault;
use crate::model::account::Identity;

/// Where the provider sends browsers back to.
const WAY_BACK: &str = "/api/v1/session/oidc/back";

/// The provider answers one question within this: three of them fit into the time that a request has.
const LONGEST_ANSWER: Duration = Duration::from_secs(4);

/// The largest answer of a provider that is read, bytes.
const LARGEST_ANSWER: usize = 256 << 10;

/// What a provider says of itself is asked for again after this: it may have other keys.
const KNOWN_FOR: Duration = Duration::from_mins(10);

/// A provider that has not answered is asked again after this, so that few wait for it at once.
const DOWN_FOR: Duration = Duration::from_secs(3);

/// A provider whose description has been read.
type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider; its copies are one and the same.
#[derive(Clone)]
pub struct Provider(Arc<Parts>);

struct Parts {
    issuer: IssuerUrl,
    client_id: ClientId,
    secret: Option<ClientSecret>,
    name: String,
    way_back: RedirectUrl,
    web: reqwest::Client,
    known: Mutex<Option<Known>>,
}

/// What was found out, and when.
struct Known {
    at: Instant,
    client: Result<Arc<Client>, Fault>,
}

/// Why the provider has given no answer.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error(transparent)]
    Web(#[from] reqwest::Error),
    #[error("its answer is larger than {LARGEST_ANSWER} bytes")]
    TooLarge,
    #[error("its answer holds no ID token")]
    NoToken,
}

impl Provider {
    /// Checked; nobody is asked before somebody signs in, so that a provider that is down keeps nothing from starting.
    ///
    /// # Errors
    ///
    /// For addresses that would send secrets in the open.
    pub fn new(settings: ProviderSettings) -> Result<Self, NoProvider> {
        let issuer = safe("--oidc-issuer", &settings.issuer)?;
        let public = safe("--public-url", &settings.public_url)?;
        let is_here = is_loopback(&issuer);
        let mut web = reqwest::Client::builder()
            // Whoever could have the service led on could have it ask what only it can reach.
            .redirect(reqwest::redirect::Policy::none())
            .https_only(!is_here)
            .timeout(LONGEST_ANSWER)
            .pool_max_idle_per_host(0);
        if is_here {
            web = web.no_proxy();
        }
        let web = web.build();
        let wrong = |option, given: &str| NoProvider::Address {
            option,
            given: given.to_owned(),
        };
        let way_back = format!("{}{WAY_BACK}", public.origin().ascii_serialization());
        let host = issuer.host_str().unwrap_or_default().to_owned();
        Ok(Self(Arc::new(Parts {
            // As it was given: the provider must call itself the same to the letter.
            issuer: IssuerUrl::new(settings.issuer.clone())
                .map_err(|_| wrong("--oidc-issuer", &settings.issuer))?,
            client_id: ClientId::new(settings.client_id),
            secret: settings.secret.map(ClientSecret::new),
            name: settings.name.unwrap_or(host),
            way_back: RedirectUrl::new(way_back)
                .map_err(|_| wrong("--public-url", &settings.public_url))?,
            web: web.map_err(|fault| NoProvider::Tls(reasons(&fault)))?,
            known: Mutex::new(None),
        })))
    }

    /// What people call it.
    pub(crate) fn name(&self) -> &str {
        &self.0.name
    }

    /// Where a browser is sent, and what it keeps meanwhile.
    pub(in crate::http) async fn begin(&self) -> Result<(String, Errand), Fault> {
        let client = self.client().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .set_pkce_challenge(challenge)
            .url();
        let errand = Errand {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            invitation: None,
        };
        Ok((address.into(), errand))
    }

    /// Who has come back: as the provider says in a token that it has signed for this service, for this errand, just now.
    pub(in crate::http) async fn identity(
        &self,
        code: &str,
        errand: &Errand,
    ) -> Result<Identity, Fault> {
        let client = self.client().await?;
        let code = client.exchange_code(AuthorizationCode::new(code.to_owned()));
        let code = code.map_err(|fault| self.down(&fault))?;
        let verifier = PkceCodeVerifier::new(errand.verifier.clone());
        let answer = code
            .set_pkce_verifier(verifier)
            .request_async(&self.web())
            .await;
        let answer = answer.map_err(|fault| match fault {
            RequestTokenError::ServerResponse(_) => self.refused(&fault),
            RequestTokenError::Request(_)
            | RequestTokenError::Parse(..)
            | RequestTokenError::Other(_) => self.down(&fault),
        })?;
        let token = answer.id_token();
        let token = token.ok_or_else(|| self.refused(&Unanswered::NoToken))?;
        let claims = token.claims(
            &client.id_token_verifier(),
            &Nonce::new(errand.nonce.clone()),
        );
        let claims = claims.map_err(|fault| self.refused(&fault))?;
        Ok(Identity {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
        })
    }

    /// The provider as it describes itself, asked for once in a while.
    async fn client(&self) -> Result<Arc<Client>, Fault> {
        let mut known = self.0.known.lock().await;
        if let Some(Known { at, client }) = &*known {
            let holds_for = if client.is_ok() { KNOWN_FOR } else { DOWN_FOR };
            if at.elapsed() < holds_for {
                return client.clone();
            }
        }
        let client = self.found().await.map(Arc::new);
        *known = Some(Known {
            at: Instant::now(),
            client: client.clone(),
        });
        client
    }

    async fn found(&self) -> Result<Client, Fault> {
        let parts = &*self.0;
        let found = CoreProviderMetadata::discover_async(parts.issuer.clone(), &self.web()).await;
        let found = found.map_err(|fault| self.down(&fault))?;
        let ways = found.token_endpoint_auth_methods_supported();
        let takes = |way| ways.is_none_or(|ways| ways.contains(&way));
        let by_head = takes(CoreClientAuthMethod::ClientSecretBasic);
        let (id, secret) = (parts.client_id.clone(), parts.secret.clone());
        let client = CoreClient::from_provider_metadata(found, id, secret);
        let client = client.set_redirect_uri(parts.way_back.clone());
        Ok(client.set_auth_type(if by_head {
            AuthType::BasicAuth
        } else {
            AuthType::RequestBody
        }))
    }

    /// What asks, and reads no more of an answer than any honest one is long.
    fn web(&self) -> impl for<'a> AsyncHttpClient<'a, Error = Unanswered, Future: Send> + use<> {
        let web = self.0.web.clone();
        move |request| asked(web.clone(), request)
    }

    fn down(&self, fault: &dyn Error) -> Fault {
        let name = self.name().to_owned();
        tracing::warn!(provider = name, fault = reasons(fault), "cannot be asked");
        ProviderFault::Down { name }.into()
    }

    fn refused(&self, fault: &dyn Error) -> Fault {
        let name = self.name().to_owned();
        tracing::warn!(
            provider = name,
            fault = reasons(fault),
            "vouches for nobody"
        );
        ProviderFault::Refused { name }.into()
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Provider")
            .field(&self.0.name)
            .finish()
    }
}

async fn asked(web: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, Unanswered> {
    let mut answer = web.execute(request.try_into()?).await?;
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await? {
        if LARGEST_ANSWER < body.len() + part.len() {
            return Err(Unanswered::TooLarge);
        }
        body.extend_from_slice(&part);
    }
    let mut response = HttpResponse::new(body);
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    Ok(response)
}

/// An address that sends nothing in the open.
fn safe(option: &'static str, given: &str) -> Result<Url, NoProvider> {
    let address = Url::parse(given).ok();
    let is_safe = |address: &Url| {
        let is_kept =
            address.scheme() == "https" || address.scheme() == "http" && is_loopback(address);
        is_kept
            && address.has_host()
            && address.username().is_empty()
            && address.password().is_none()
            && address.query().is_none()
            && address.fragment().is_none()
    };
    address.filter(is_safe).ok_or_else(|| NoProvider::Address {
        option,
        given: given.to_owned(),
    })
}

/// Whether a server is this machine itself.
fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(number)) => IpAddr::V4(number).is_loopback(),
        Some(Host::Ipv6(number)) => IpAddr::V6(number).is_loopback(),
        None => false,
    }
}

/// A fault and all that is behind it.
fn reasons(fault: &dyn Error) -> String {
    let mut said = fault.to_string();
    let mut behind = fault.source();
    while let Some(fault) = behind {
        said.push_str(": ");
        said.push_str(&fault.to_string());
        behind = fault.source();
    }
    said
}
