//! What is kept of notices, of the webhooks that are told of them, and of what is still to be told.

use std::fmt::Debug;

use crate::model::moment::Moment;
use crate::model::notice::Content;
use crate::model::notice::Notice;
use crate::model::notice::NoticeId;
use crate::model::webhook::Delivery;
use crate::model::webhook::DeliveryState;
use crate::model::webhook::Due;
use crate::model::webhook::NoticeEvent;
use crate::model::webhook::Shape;
use crate::model::webhook::Webhook;
use crate::model::webhook::WebhookId;
use crate::store::Act;
use crate::store::accounts::By;
use crate::store::fault::StoreFault;

/// What a webhook of a shape is told of a notice.
pub type Told<'a> = &'a dyn Fn(&Notice, NoticeEvent, Shape) -> String;

/// Keeps notices, each change with its row in the audit log and with what the webhooks are to be told, whole or not at all.
pub trait NoticeStore: Debug + Send + Sync {
    /// Keeps a notice as it is after a change, and what every webhook of its region is to be told.
    fn put_notice(
        &self,
        act: &Act<'_>,
        change: &NoticeChange<'_>,
        told: Told<'_>,
    ) -> Result<Notice, StoreFault>;

    /// A notice of a region, if there is one of this number.
    fn notice(&self, region: &str, id: NoticeId) -> Result<Option<Notice>, StoreFault>;

    /// A page of a region's notices, the latest first.
    fn notices(&self, region: &str, page: &NoticePage) -> Result<Vec<Notice>, StoreFault>;

    /// Keeps a webhook.
    fn add_webhook(&self, by: &By<'_>, new: &NewWebhook<'_>) -> Result<Webhook, StoreFault>;

    /// The webhooks that are told of something.
    fn webhooks(&self) -> Result<Vec<Webhook>, StoreFault>;

    /// Has a webhook told nothing more; says whether there was one.
    fn remove_webhook(&self, by: &By<'_>, id: WebhookId) -> Result<bool, StoreFault>;

    /// The latest of what a webhook was or is to be told; none if there is no such webhook.
    fn deliveries(&self, id: WebhookId, most: usize) -> Result<Option<Vec<Delivery>>, StoreFault>;

    /// What is to be told now, the longest due first: of each webhook at most one, which is its oldest.
    fn due(&self, now: Moment, most: usize) -> Result<Vec<Due>, StoreFault>;

    /// When something is due next.
    fn next_due(&self) -> Result<Option<Moment>, StoreFault>;

    /// Keeps how an attempt ended.
    fn record_attempt(&self, id: i64, attempt: &Attempt<'_>) -> Result<(), StoreFault>;
}

/// What becomes of a notice.
#[derive(Clone, Copy, Debug)]
pub struct NoticeChange<'a> {
    /// As it was, if it was there.
    pub before: Option<&'a Notice>,
    /// What it says from now on.
    pub content: &'a Content,
    /// Whether it is taken back.
    pub is_withdrawn: bool,
    /// A region has at most so many that are not over; the next one is refused.
    pub most: usize,
}

/// Which notices are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticePage {
    /// Only those that are not over at this moment.
    pub not_over_at: Option<Moment>,
    /// Older than this one: where the page before ended.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: usize,
}

/// A webhook that is added.
#[derive(Clone, Copy, Debug)]
pub struct NewWebhook<'a> {
    /// Where it is told.
    pub url: &'a str,
    /// In what form.
    pub shape: Shape,
    /// The id of the region; none: all.
    pub region: Option<&'a str>,
    /// What signs.
    pub secret: &'a [u8],
    /// There are at most so many.
    pub most: usize,
}

/// How an attempt to tell a webhook something ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt<'a> {
    /// What has become of it.
    pub state: DeliveryState,
    /// When it is tried again, if it is.
    pub due_at: Moment,
    /// What went wrong.
    pub fault: Option<&'a str>,
}
