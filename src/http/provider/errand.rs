//! What a browser keeps while it is away at the provider: what binds the way back to this browser, and the invitation.
//!
//! It is kept in a cookie and not by the service: whoever begins and never comes back costs nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;

use form_urlencoded::Serializer;

/// What a browser is away for.
pub(in crate::http) struct Errand {
    /// What the provider hands back: another browser's way back has another.
    pub state: String,
    /// What the provider signs: a token of another errand has another.
    pub nonce: String,
    /// What shows the provider that whoever has begun is who ends (PKCE).
    pub verifier: String,
    /// The invitation that is to be taken.
    pub invitation: Option<Taken>,
}

/// An invitation that is to be taken.
pub(in crate::http) struct Taken {
    /// Its secret.
    pub token: String,
    /// Under which name, by somebody new.
    pub name: String,
}

impl Errand {
    /// As a cookie holds it.
    pub fn written(&self) -> String {
        let mut text = Serializer::new(String::new());
        text.append_pair("state", &self.state)
            .append_pair("nonce", &self.nonce)
            .append_pair("verifier", &self.verifier);
        if let Some(Taken { token, name }) = &self.invitation {
            text.append_pair("token", token).append_pair("name", name);
        }
        text.finish()
    }

    /// From a cookie.
    pub fn read(text: &str) -> Option<Self> {
        let mut found: BTreeMap<Cow<'_, str>, Cow<'_, str>> =
            form_urlencoded::parse(text.as_bytes()).collect();
        let mut take = |name: &str| found.remove(name).map(Cow::into_owned);
        let (state, nonce, verifier) = (take("state")?, take("nonce")?, take("verifier")?);
        let invitation = take("token").zip(take("name"));
        Some(Self {
            state,
            nonce,
            verifier,
            invitation: invitation.map(|(token, name)| Taken { token, name }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_fits_into_a_cookie() {
        let errand = Errand {
            state: "s+/=".to_owned(),
            nonce: "n".to_owned(),
            verifier: "v".to_owned(),
            invitation: Some(Taken {
                token: "t".to_owned(),
                name: "小明; a=b".to_owned(),
            }),
        };
        let text = errand.written();
        let is_kept = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | ',' | ';' | '\\');
        assert!(text.chars().all(is_kept), "{text}");
        let again = Errand::read(&text).unwrap();
        assert_eq!(again.written(), text);
        assert_eq!(again.invitation.unwrap().name, "小明; a=b");
        assert!(Errand::read("state=s&nonce=n").is_none());
    }
}
