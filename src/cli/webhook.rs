//! The command webhook: who is told of notices, said by whoever runs the program.

use crate::app::clock;
use crate::app::keeping::Keeping;
use crate::app::names;
use crate::app::regions::Regions;
use crate::cli::keeping;
use crate::cli::output;
use crate::cli::table::one_line;
use crate::cli::webhook_arguments::WebhookArguments;
use crate::cli::webhook_arguments::WebhookCommand;
use crate::model::webhook::Delivery;
use crate::model::webhook::Webhook;
use crate::model::webhook::WebhookId;

/// Under which name stands in the audit log what is said from the command line.
const WHO: &str = "zhugan webhook";

/// Does what is asked; a service may go on meanwhile.
pub(super) fn webhook(asked: WebhookArguments) -> anyhow::Result<()> {
    let keeping = Keeping::beside(&keeping::dir(asked.data)?)?;
    // Webhooks are kept for all regions together: none has to be there.
    let regions = Regions::new(&[], keeping, |_| ());
    let told = match asked.command {
        WebhookCommand::List => {
            let mut told = String::new();
            for webhook in regions.webhooks()? {
                told += &line(&webhook, regions.deliveries(webhook.id)?.first());
            }
            told
        }
        WebhookCommand::Add { url, shape } => {
            let (webhook, secret) = regions.add_webhook(WHO, &url, shape, None)?;
            format!(
                "{secret}\nIt signs what {} is told as webhook {} from now on (Standard Webhooks), and is not told again.\n",
                webhook.origin(),
                webhook.id.0
            )
        }
        WebhookCommand::Remove { number } => {
            regions.remove_webhook(WHO, WebhookId(number))?;
            format!("Webhook {number} is told nothing more.\n")
        }
    };
    output::print(told.as_bytes())
}

fn line(webhook: &Webhook, last: Option<&Delivery>) -> String {
    let last = last.map_or_else(
        || "nothing to tell yet".to_owned(),
        |last| {
            let fault = last.fault.as_ref();
            let fault = fault.map_or_else(String::new, |fault| format!(": {}", one_line(fault)));
            format!(
                "notice {} {} at {}, {}{fault}",
                last.notice.0,
                names::of_notice_event(last.event),
                clock::text(last.created_at),
                names::of_delivery_state(last.state).replace('_', " ")
            )
        },
    );
    let region = webhook.region.as_deref().unwrap_or("all regions");
    let (id, origin) = (webhook.id.0, webhook.origin());
    let shape = names::of_shape(webhook.shape);
    format!("{id}: {origin}, {shape}, {region}; {last}\n")
}
