//! A provider that people sign in with (`OpenID` Connect): it says who they are, never what they may do.

#[cfg(not(feature = "oidc"))]
mod absent;
mod errand;
pub(super) mod fault;
#[cfg(feature = "oidc")]
mod openid;
pub(super) mod routes;

#[cfg(not(feature = "oidc"))]
pub use absent::Provider;
#[cfg(feature = "oidc")]
pub use openid::Provider;

/// Which provider, and what this service is to it.
pub struct ProviderSettings {
    /// The provider's address, as its own description says it to the letter.
    pub issuer: String,
    /// What the provider calls this service.
    pub client_id: String,
    /// What shows the provider that it is this service; none if the provider asks for nothing.
    pub secret: Option<String>,
    /// What people call the provider; the name of its server unless it is given.
    pub name: Option<String>,
    /// Where browsers find this service: scheme, name and perhaps port.
    pub public_url: String,
}

/// Why there is no provider.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoProvider {
    /// The program cannot ask one.
    #[error(
        "this program was built without signing in by a provider; build it with --features oidc, or leave out --oidc-issuer"
    )]
    NotBuilt,
    /// An address that would send secrets in the open, or none at all.
    #[error(
        "{option} is {given}; give an address that begins with https:// and a server's name, or with http:// on this machine itself"
    )]
    Address {
        /// Where it was said.
        option: &'static str,
        /// As given.
        given: String,
    },
    /// The system lets nobody ask over TLS.
    #[error("nobody can be asked over TLS: {0}")]
    Tls(String),
}
