//! Webhooks: set by administrators; what they are to be told is signed, tried, tried again later, and at last given up.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::Hmac;
use hmac::Mac;
use sha2::Sha256;

use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::regions::Regions;
use crate::model::moment::Moment;
use crate::model::webhook::Delivery;
use crate::model::webhook::DeliveryState;
use crate::model::webhook::Due;
use crate::model::webhook::MOST_WEBHOOKS;
use crate::model::webhook::Shape;
use crate::model::webhook::Webhook;
use crate::model::webhook::WebhookId;
use crate::store::accounts::By;
use crate::store::notices::Attempt;
use crate::store::notices::NewWebhook;

/// After the first attempt, and each one that fails, so long is waited; after the last it is given up.
pub const WAITS: [Duration; 6] = [
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_mins(2),
    Duration::from_mins(10),
    Duration::from_hours(1),
    Duration::from_hours(6),
];

/// So many deliveries of a webhook are shown.
pub const MOST_SHOWN: usize = 100;

/// The most of a fault that is kept, characters.
const MOST_OF_FAULT: usize = 200;

/// What secrets of webhooks begin with (Standard Webhooks).
const PREFIX: &str = "whsec_";

/// The bytes of a secret.
const SECRET_BYTES: usize = 32;

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has taken it.
    Taken,
    /// It has not, for this reason; it may later.
    Failed(String),
    /// It never will.
    Refused(String),
}

/// The headers of a message, by Standard Webhooks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The same at every attempt, so that a receiver can tell what it has been told already.
    pub id: String,
    /// Of this attempt, seconds since the beginning of 1970.
    pub timestamp: String,
    /// Of id, timestamp and body.
    pub signature: String,
}

impl Regions {
    /// Adds a webhook; gives the secret that its messages are signed with, which is never told again.
    ///
    /// # Errors
    ///
    /// If there is no such region, there are too many already, or it cannot be kept.
    pub fn add_webhook(
        &self,
        who: &str,
        url: &str,
        shape: Shape,
        region: Option<&str>,
    ) -> Result<(Webhook, String), Fault> {
        if let Some(region) = region {
            self.slot(region)?;
        }
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret).map_err(|fault| Fault::NoChance {
            reason: fault.to_string(),
        })?;
        let new = NewWebhook {
            url,
            shape,
            region,
            secret: &secret,
            most: MOST_WEBHOOKS,
        };
        let by = By {
            who,
            at: clock::now(),
        };
        let webhook = self.keep(|store| store.add_webhook(&by, &new))?;
        Ok((webhook, format!("{PREFIX}{}", STANDARD.encode(secret))))
    }

    /// Every webhook.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn webhooks(&self) -> Result<Vec<Webhook>, Fault> {
        self.keep(|store| store.webhooks())
    }

    /// Has a webhook told nothing more; what it has not been told is given up.
    ///
    /// # Errors
    ///
    /// If there is no such webhook, or that cannot be kept.
    pub fn remove_webhook(&self, who: &str, id: WebhookId) -> Result<(), Fault> {
        let by = By {
            who,
            at: clock::now(),
        };
        let was_there = self.keep(|store| store.remove_webhook(&by, id))?;
        was_there
            .then_some(())
            .ok_or(Fault::UnknownWebhook { id: id.0 })
    }

    /// What a webhook was told lately, or will be, the latest first.
    ///
    /// # Errors
    ///
    /// If there is no such webhook, or the store cannot be read.
    pub fn deliveries(&self, id: WebhookId) -> Result<Vec<Delivery>, Fault> {
        let found = self.keep(|store| store.deliveries(id, MOST_SHOWN))?;
        found.ok_or(Fault::UnknownWebhook { id: id.0 })
    }

    /// What webhooks are to be told now.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn due(&self, most: usize) -> Result<Vec<Due>, Fault> {
        self.keep(|store| store.due(clock::now(), most))
    }

    /// How long it is until webhooks are to be told something; none if there is nothing.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn until_next_due(&self) -> Result<Option<Duration>, Fault> {
        let next = self.keep(|store| store.next_due())?;
        Ok(next.map(|next| {
            let ms = next.ms.saturating_sub(clock::now().ms);
            Duration::from_millis(u64::try_from(ms).unwrap_or_default())
        }))
    }

    /// Keeps how an attempt ended; `waits` are the times until the next ones.
    ///
    /// # Errors
    ///
    /// If that cannot be kept.
    pub fn attempted(&self, due: &Due, outcome: &Outcome, waits: &[Duration]) -> Result<(), Fault> {
        let now = clock::now();
        let wait = usize::try_from(due.n_attempts).ok();
        let wait = wait.and_then(|n| waits.get(n));
        let (state, due_at, fault) = match (outcome, wait) {
            (Outcome::Taken, _) => (DeliveryState::Delivered, now, None),
            (Outcome::Failed(fault), Some(wait)) => {
                (DeliveryState::Pending, later(now, *wait), Some(fault))
            }
            (Outcome::Failed(fault), None) | (Outcome::Refused(fault), _) => {
                (DeliveryState::GivenUp, now, Some(fault))
            }
        };
        let fault: Option<String> = fault.map(|fault| fault.chars().take(MOST_OF_FAULT).collect());
        let attempt = Attempt {
            state,
            due_at,
            fault: fault.as_deref(),
        };
        self.keep(|store| store.record_attempt(due.id, &attempt))
    }
}

/// A time to wait, and up to a quarter of it more: receivers that failed together are not asked together again.
fn later(now: Moment, wait: Duration) -> Moment {
    let mut chance = [0; 1];
    // Without chance they are, which does no harm.
    let _ = getrandom::fill(&mut chance);
    let more = wait / 4 * u32::from(chance[0]) / 255;
    let ms = i64::try_from((wait + more).as_millis()).unwrap_or(i64::MAX);
    Moment {
        ms: now.ms.saturating_add(ms),
    }
}

/// The headers of an attempt (Standard Webhooks, HMAC-SHA256).
pub fn signed(due: &Due) -> Signed {
    sign(
        &due.secret,
        format!("zhugan-{}", due.id),
        clock::since_1970().as_secs(),
        &due.body,
    )
}

fn sign(secret: &[u8], id: String, timestamp: u64, body: &str) -> Signed {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length is one");
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    Signed {
        id,
        timestamp: timestamp.to_string(),
        signature: format!("v1,{signature}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_standard_s_own_example() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned();
        let signed = sign(&secret, id, 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(
            signed.signature,
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn the_next_attempt_comes_after_the_wait_and_at_most_a_quarter_later() {
        let now = Moment { ms: 1_000 };
        for _ in 0..100 {
            let at = later(now, Duration::from_secs(4)).ms;
            assert!((5_000..=6_000).contains(&at), "{at}");
        }
    }
}
