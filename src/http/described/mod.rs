//! What the description says of every operation alike: problems, validators, examples. The rest stands at each handler.

mod changes;
pub(super) mod duties;
pub(super) mod import_parameters;
pub(super) mod notice_parameters;
mod notices;
pub(super) mod parameters;
pub(super) mod patrols;
mod people;
pub(super) mod placement;
pub(super) mod provider_parameters;
mod refusals;
pub(super) mod register_parameters;
pub(super) mod words;

use std::sync::LazyLock;

use serde_json::Value;
use utoipa::openapi::Content;
use utoipa::openapi::OpenApi;
use utoipa::openapi::PathItem;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::Operation;

/// What the service really answered for the sample town, by operation, shortened to a few things of each kind.
static EXAMPLES: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("examples.json")).unwrap_or_default());

/// Completes a description whose handlers have said what they take and what they answer when all is well.
pub(super) fn complete(openapi: &mut OpenApi) {
    for item in openapi.paths.paths.values_mut() {
        for operation in operations(item) {
            add_refusals(operation);
            add_freshness(operation);
            add_examples(operation);
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let methods = [
        &mut item.get,
        &mut item.post,
        &mut item.put,
        &mut item.patch,
        &mut item.delete,
    ];
    methods.into_iter().flatten()
}

fn add_refusals(operation: &mut Operation) {
    let id = operation.operation_id.clone().unwrap_or_default();
    for (status, answer) in refusals::answers(&id) {
        let responses = &mut operation.responses.responses;
        responses.insert(status.to_string(), RefOr::T(answer));
    }
}

/// An answer that may be left out when it is known has a validator, and takes the one that is known.
fn add_freshness(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    if responses.contains_key("304") {
        let parameters = operation.parameters.get_or_insert_default();
        parameters.push(RefOr::T(parameters::if_none_match()));
    }
    for (status, response) in responses {
        if let ("200" | "201" | "202" | "204" | "304", RefOr::T(response)) =
            (status.as_str(), response)
        {
            let keep = refusals::text(
                "Whether the answer may be kept, and whether it must be asked for again (RFC 9111).",
            );
            response
                .headers
                .insert("cache-control".to_owned(), RefOr::T(keep));
        }
    }
}

/// Puts an example beside the schema of each kind of content that has none.
fn add_example<'a>(contents: impl Iterator<Item = &'a mut RefOr<Content>>, example: &Value) {
    for content in contents.filter(|_| !example.is_null()) {
        if let RefOr::T(content) = content {
            content.example.get_or_insert_with(|| example.clone());
        }
    }
}

fn add_examples(operation: &mut Operation) {
    let id = operation.operation_id.clone().unwrap_or_default();
    let examples = &EXAMPLES[id.as_str()];
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        add_example(body.content.values_mut(), &examples["question"]);
    }
    for status in ["200", "201", "202"] {
        if let Some(RefOr::T(response)) = operation.responses.responses.get_mut(status) {
            add_example(response.content.values_mut(), &examples["answer"]);
        }
    }
}
