//! The arguments of the command webhook.

use std::path::PathBuf;

use clap::Args;
use clap::Subcommand;

use crate::app::names;
use crate::http::sender;
use crate::model::webhook::Shape;

/// Who is told of notices, and where that is kept.
#[derive(Debug, Args)]
pub(super) struct WebhookArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: WebhookCommand,
    /// The folder that keeps it; your own data folder unless said otherwise
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum WebhookCommand {
    /// Lists who is told, and what came of it last
    List,
    /// Has an address told of the notices of all regions from now on; prints the secret that its messages are signed with, once
    Add {
        /// The address
        #[arg(value_name = "https://ADDRESS", value_parser = url)]
        url: String,
        /// In what form: json for programs, wecom for a bot of enterprise WeChat
        #[arg(long, value_name = "SHAPE", value_parser = shape, default_value = "json")]
        shape: Shape,
    },
    /// Has somebody told nothing more; what they have not been told is given up
    Remove {
        /// The number that list gives
        #[arg(value_name = "N")]
        number: i64,
    },
}

fn url(text: &str) -> Result<String, String> {
    sender::check_address(text).map(|()| text.to_owned())
}

fn shape(text: &str) -> Result<Shape, String> {
    let mut all = Shape::ALL.into_iter();
    let found = all.find(|shape| names::of_shape(*shape) == text.trim());
    found.ok_or_else(|| {
        let known = Shape::ALL.map(names::of_shape);
        format!("a shape is one of {}", known.join(", "))
    })
}
