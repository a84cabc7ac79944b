//! Why nobody is signed in by a provider.

/// Why nobody is signed in by a provider.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::http) enum ProviderFault {
    /// Nobody can sign in with a provider here.
    #[error("this service has no provider to sign in with; sign in with a name and a password")]
    None,
    /// A provider that gives no answer, or none that can be read.
    #[error("{name} cannot be asked now; try again in a moment, or sign in with a password")]
    Down {
        /// What people call it.
        name: String,
    },
    /// A provider that vouches for nobody, or not so that it can be believed.
    #[error("{name} does not vouch for you; sign in there again, or here with a password")]
    Refused {
        /// What people call it.
        name: String,
    },
    /// A way back from the provider that this browser has not begun lately.
    #[error("this browser has not begun to sign in, or too long ago; begin again")]
    StaleErrand,
}
