//! Validators: whether a client's copy of an answer is the newest, and whether its change is made to what is there now.

use std::convert::Infallible;
use std::hash::Hasher;

use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header;
use axum::http::request::Parts;
use rustc_hash::FxHasher;

use crate::app::patrols::SeenPatrol;
use crate::app::snapshot::Snapshot;
use crate::http::ask::all;
use crate::model::notice::Notice;
use crate::model::published::Published;

/// What a packed answer's validator has more than the plain one's: its bytes are others.
const PACKED: &str = "-gzip";

/// The validator of everything that one snapshot of a region answers (RFC 9110, section 8.8.3).
///
/// A snapshot never changes, so that the same question to it has the same answer to the byte: the validator is strong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Validator(String);

impl Validator {
    /// The version alone could come again after a restart; not so together with when the region was loaded.
    pub fn of(snapshot: &Snapshot) -> Self {
        let loaded = snapshot.loaded_at.chars();
        let loaded: String = loaded.filter(char::is_ascii_digit).collect();
        Self(format!("{}-{loaded}", snapshot.version))
    }

    /// The validator of an answer that is not of one snapshot alone.
    pub fn of_text(text: &[u8]) -> Self {
        let mut hasher = FxHasher::default();
        hasher.write(text);
        Self(format!("{:016x}-{:x}", hasher.finish(), text.len()))
    }

    /// The validator of a notice: another after every change, and never that of another service's notice.
    pub fn of_notice(notice: &Notice) -> Self {
        let (id, n_told, last) = (notice.id.0, notice.told_at.len(), notice.last_told().ms);
        Self(format!("notice-{id}-{n_told}-{last}"))
    }

    /// The validator of a published patrol: another after every publication, and never that of another service's patrol.
    pub fn of_patrol(patrol: &Published) -> Self {
        Self(format!("patrol-{}-{}", patrol.number.0, patrol.at.ms))
    }

    /// The validator of something of a region that counts its changes.
    pub fn of_version(what: &str, version: i64) -> Self {
        Self(format!("{what}-{version}"))
    }

    /// As it is sent within an answer.
    pub fn text(&self) -> String {
        format!("\"{}\"", self.0)
    }

    /// As it is sent with an answer.
    pub fn header(&self, is_packed: bool) -> Option<HeaderValue> {
        let packed = if is_packed { PACKED } else { "" };
        HeaderValue::from_str(&format!("\"{}{packed}\"", self.0)).ok()
    }

    /// The one of the `if-none-match` validators by which a client has the answer already, packed or not.
    pub fn known_as(&self, if_none_match: &[HeaderValue]) -> Option<HeaderValue> {
        let strong = tags(if_none_match).map(|tag| tag.strip_prefix("W/").unwrap_or(tag));
        let mut known = strong.filter(|tag| self.is(tag));
        known.next().and_then(|tag| HeaderValue::from_str(tag).ok())
    }

    /// Whether a client that changes something has seen what is there now, or does not mind.
    pub fn is_expected(&self, if_match: &[HeaderValue]) -> bool {
        if_match.is_empty() || tags(if_match).any(|tag| tag == "*" || self.is(tag))
    }

    fn is(&self, tag: &str) -> bool {
        let text = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
        text.is_some_and(|text| text.strip_suffix(PACKED).unwrap_or(text) == self.0)
    }
}

/// Which states of a region whoever changes something has seen; stands among the arguments of every handler that changes it.
pub(super) struct Seen(Vec<HeaderValue>);

impl<S: Send + Sync> FromRequestParts<S> for Seen {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(all(&parts.headers, &header::IF_MATCH)))
    }
}

impl Seen {
    /// Whether the region as it is now is among them, or nobody minds.
    pub fn is(&self, now: &Snapshot) -> bool {
        Validator::of(now).is_expected(&self.0)
    }

    /// Whether a notice as it is now is among them, or nobody minds.
    pub fn is_notice(&self, now: &Notice) -> bool {
        Validator::of_notice(now).is_expected(&self.0)
    }

    /// Whether something that counts its changes is among them as it is now, or nobody minds.
    pub fn is_version(&self, what: &str, version: i64) -> bool {
        Validator::of_version(what, version).is_expected(&self.0)
    }

    /// Whether a published patrol as it is now is among them.
    pub fn patrol(&self, now: &Published) -> SeenPatrol {
        if self.0.is_empty() {
            SeenPatrol::NotSaid
        } else if Validator::of_patrol(now).is_expected(&self.0) {
            SeenPatrol::Yes
        } else {
            SeenPatrol::Other
        }
    }
}

/// The validators of a header, as they are written there.
fn tags(lists: &[HeaderValue]) -> impl Iterator<Item = &str> {
    let lists = lists.iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(text: &str) -> [HeaderValue; 1] {
        [HeaderValue::from_str(text).unwrap()]
    }

    #[test]
    fn a_copy_is_known_by_its_validator_in_any_form() {
        let validator = Validator("7-2026".to_owned());
        assert_eq!(validator.header(false).unwrap(), "\"7-2026\"");
        assert_eq!(validator.header(true).unwrap(), "\"7-2026-gzip\"");
        for (known, form) in [
            ("\"7-2026\"", "\"7-2026\""),
            ("\"7-2026-gzip\"", "\"7-2026-gzip\""),
            ("W/\"7-2026\"", "\"7-2026\""),
            ("\"1\", \"7-2026\"", "\"7-2026\""),
        ] {
            assert_eq!(validator.known_as(&lists(known)).unwrap(), form, "{known}");
        }
        for other in ["\"6-2026\"", "7-2026", "\"7-2025\"", "", "\""] {
            assert_eq!(validator.known_as(&lists(other)), None, "{other}");
        }
        assert_eq!(validator.known_as(&[]), None);
    }

    #[test]
    fn a_change_is_expected_only_by_whoever_has_seen_the_newest() {
        let validator = Validator("7-2026".to_owned());
        assert!(
            validator.is_expected(&[]),
            "who does not say so does not mind"
        );
        for seen in [
            "\"7-2026\"",
            "\"7-2026-gzip\"",
            "*",
            "\"6-2026\", \"7-2026\"",
        ] {
            assert!(validator.is_expected(&lists(seen)), "{seen}");
        }
        // A weak validator does not tell whether it is the very same (RFC 9110, section 13.1.1).
        for other in ["\"6-2026\"", "W/\"7-2026\"", "", "7"] {
            assert!(!validator.is_expected(&lists(other)), "{other}");
        }
    }
}
