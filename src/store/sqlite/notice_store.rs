//! Notices and who is told of them, as the store's trait has it.

use crate::model::moment::Moment;
use crate::model::notice::Notice;
use crate::model::notice::NoticeId;
use crate::model::webhook::Delivery;
use crate::model::webhook::Due;
use crate::model::webhook::Webhook;
use crate::model::webhook::WebhookId;
use crate::store::Act;
use crate::store::accounts::By;
use crate::store::fault::StoreFault;
use crate::store::notices::Attempt;
use crate::store::notices::NewWebhook;
use crate::store::notices::NoticeChange;
use crate::store::notices::NoticePage;
use crate::store::notices::NoticeStore;
use crate::store::notices::Told;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::deliveries;
use crate::store::sqlite::notices;
use crate::store::sqlite::webhooks;

impl NoticeStore for SqliteStore {
    fn put_notice(
        &self,
        act: &Act<'_>,
        change: &NoticeChange<'_>,
        told: Told<'_>,
    ) -> Result<Notice, StoreFault> {
        self.write(|transaction| notices::put(transaction, act, change, told))
    }

    fn notice(&self, region: &str, id: NoticeId) -> Result<Option<Notice>, StoreFault> {
        self.read(|transaction| notices::one(transaction, region, id))
    }

    fn notices(&self, region: &str, page: &NoticePage) -> Result<Vec<Notice>, StoreFault> {
        self.read(|transaction| notices::page(transaction, region, page))
    }

    fn add_webhook(&self, by: &By<'_>, new: &NewWebhook<'_>) -> Result<Webhook, StoreFault> {
        self.write(|transaction| webhooks::add(transaction, by, new))
    }

    fn webhooks(&self) -> Result<Vec<Webhook>, StoreFault> {
        self.read(|transaction| webhooks::all(transaction))
    }

    fn remove_webhook(&self, by: &By<'_>, id: WebhookId) -> Result<bool, StoreFault> {
        self.write(|transaction| webhooks::remove(transaction, by, id))
    }

    fn deliveries(&self, id: WebhookId, most: usize) -> Result<Option<Vec<Delivery>>, StoreFault> {
        self.read(|transaction| deliveries::of_webhook(transaction, id, most))
    }

    fn due(&self, now: Moment, most: usize) -> Result<Vec<Due>, StoreFault> {
        self.read(|transaction| deliveries::due(transaction, now, most))
    }

    fn next_due(&self) -> Result<Option<Moment>, StoreFault> {
        self.read(|transaction| deliveries::next_due(transaction))
    }

    fn record_attempt(&self, id: i64, attempt: &Attempt<'_>) -> Result<(), StoreFault> {
        self.write(|transaction| deliveries::record(transaction, id, attempt))
    }
}
