//! What can be said of a provider that people sign in with.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::http::origin::Origin;
use crate::http::provider::Provider;
use crate::http::provider::ProviderSettings;

/// Which variable of the environment holds what shows the provider that it is this service.
const SECRET: &str = "ZHUGAN_OIDC_CLIENT_SECRET";

/// Which provider, and what this service is to it.
#[derive(Debug, Default, Args)]
#[expect(clippy::struct_field_names, reason = "each is the name of its option")]
pub(super) struct ProviderArguments {
    /// A provider that people sign in with, too, by OIDC; it takes a program built with --features oidc
    #[arg(long, value_name = "https://HOST", requires_all = ["oidc_client_id", "public_url"])]
    pub oidc_issuer: Option<String>,
    /// What the provider calls this service
    #[arg(long, value_name = "ID", requires = "oidc_issuer")]
    pub oidc_client_id: Option<String>,
    /// The file of the secret that the provider has given this service; else `ZHUGAN_OIDC_CLIENT_SECRET` holds it
    #[arg(long, value_name = "FILE", requires = "oidc_issuer")]
    pub oidc_client_secret_file: Option<PathBuf>,
    /// What people call the provider; the name of its server unless said otherwise
    #[arg(long, value_name = "NAME", requires = "oidc_issuer")]
    pub oidc_name: Option<String>,
}

impl ProviderArguments {
    /// The provider, if there is to be one; it sends browsers back to `/api/v1/session/oidc/back` at the public address.
    pub fn provider(self, public_url: Option<&Origin>) -> anyhow::Result<Option<Provider>> {
        let Some(issuer) = self.oidc_issuer else {
            return Ok(None);
        };
        let secret = match self.oidc_client_secret_file {
            Some(file) => {
                let text = fs::read_to_string(&file);
                Some(text.with_context(|| format!("{}: cannot be read", file.display()))?)
            }
            None => env::var(SECRET).ok(),
        };
        let secret = secret.map(|text| text.trim().to_owned());
        let settings = ProviderSettings {
            issuer,
            client_id: self.oidc_client_id.unwrap_or_default(),
            secret: secret.filter(|secret| !secret.is_empty()),
            name: self.oidc_name,
            public_url: public_url.map_or("", Origin::as_str).to_owned(),
        };
        Ok(Some(Provider::new(settings)?))
    }
}
