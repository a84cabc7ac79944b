//! Webhooks: addresses of other programs that are told of notices, and what became of telling them.

use serde::Deserialize;
use serde::Serialize;

use crate::model::moment::Moment;
use crate::model::notice::NoticeId;

/// The most webhooks of a service.
pub const MOST_WEBHOOKS: usize = 20;

/// The number of a webhook; never given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct WebhookId(pub i64);

/// In what form a webhook is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// For programs: JSON, signed as Standard Webhooks has it.
    Json,
    /// For a group of people: what a bot of enterprise `WeChat` (企业微信群机器人) takes.
    Wecom,
}

impl Shape {
    /// Every shape, in the order of this enum.
    pub const ALL: [Self; 2] = [Self::Json, Self::Wecom];
}

/// A webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its number.
    pub id: WebhookId,
    /// Where it is told; of some receivers the address itself is a secret.
    pub url: String,
    /// In what form.
    pub shape: Shape,
    /// The id of the region whose notices it is told; none: of all.
    pub region: Option<String>,
}

impl Webhook {
    /// Its address without what may be a secret: scheme, host and port.
    pub fn origin(&self) -> &str {
        let after_scheme = self.url.find("://").map_or(0, |at| at + 3);
        let rest = &self.url[after_scheme..];
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        &self.url[..after_scheme + end]
    }
}

/// What happened to a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeEvent {
    /// It was written.
    Published,
    /// It says something else.
    Changed,
    /// It was taken back.
    Withdrawn,
}

impl NoticeEvent {
    /// Every event, in the order of this enum.
    pub const ALL: [Self; 3] = [Self::Published, Self::Changed, Self::Withdrawn];
}

/// What has become of telling a webhook something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It is tried, perhaps again.
    Pending,
    /// It has taken it.
    Delivered,
    /// It is tried no more.
    GivenUp,
}

impl DeliveryState {
    /// Every state, in the order of this enum.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Delivered, Self::GivenUp];
}

/// Something that a webhook is, was or will be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its number; never given again.
    pub id: i64,
    /// Of which notice.
    pub notice: NoticeId,
    /// What happened to it.
    pub event: NoticeEvent,
    /// What has become of telling it.
    pub state: DeliveryState,
    /// When that was to be told.
    pub created_at: Moment,
    /// How often it has been tried.
    pub n_attempts: u32,
    /// When it is tried next, while it is pending.
    pub due_at: Moment,
    /// What went wrong when it was last tried.
    pub fault: Option<String>,
}

/// What is to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The number of the delivery.
    pub id: i64,
    /// To whom.
    pub webhook: Webhook,
    /// What signs it.
    pub secret: Vec<u8>,
    /// What is sent.
    pub body: String,
    /// How often it has been tried.
    pub n_attempts: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_server_of_an_address_is_shown() {
        let shown = |url: &str| {
            let webhook = Webhook {
                id: WebhookId(1),
                url: url.to_owned(),
                shape: Shape::Json,
                region: None,
            };
            webhook.origin().to_owned()
        };
        assert_eq!(shown("https://a.example/b?key=c"), "https://a.example");
        assert_eq!(
            shown("https://a.example:8443?key=c"),
            "https://a.example:8443"
        );
        assert_eq!(shown("https://a.example"), "https://a.example");
    }
}
