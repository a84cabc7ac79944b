//! The provider of a program that was built without: there is none.

use crate::http::problem::Fault;
use crate::http::provider::NoProvider;
use crate::http::provider::ProviderSettings;
use crate::http::provider::errand::Errand;
use crate::model::account::Identity;

/// No provider at all.
#[derive(Clone, Debug)]
pub enum Provider {}

impl Provider {
    /// Refused: the program cannot ask one.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn new(_: ProviderSettings) -> Result<Self, NoProvider> {
        Err(NoProvider::NotBuilt)
    }

    pub(crate) fn name(&self) -> &str {
        match *self {}
    }

    #[expect(clippy::unused_async, reason = "the one that there may be asks")]
    pub(super) async fn begin(&self) -> Result<(String, Errand), Fault> {
        match *self {}
    }

    #[expect(clippy::unused_async, reason = "the one that there may be asks")]
    pub(super) async fn identity(&self, _: &str, _: &Errand) -> Result<Identity, Fault> {
        match *self {}
    }
}
