//! The words by which the model's enums are kept: the same as in answers.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::store::sqlite::faults::Trouble;

/// An enum of the model as its word.
pub(super) fn written(value: &impl Serialize) -> Result<String, Trouble> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        Ok(other) => Err(Trouble::Row(format!("{other} is no word"))),
        Err(fault) => Err(Trouble::Row(fault.to_string())),
    }
}

/// The enum of the model that a word stands for.
pub(super) fn read<T: DeserializeOwned>(word: String) -> Result<T, Trouble> {
    let found = serde_json::from_value(Value::String(word));
    found.map_err(|fault| Trouble::Row(format!("a word that is not known: {fault}")))
}

/// Something as JSON, for the audit log.
pub(super) fn json(value: &impl Serialize) -> Result<String, Trouble> {
    serde_json::to_string(value).map_err(|fault| Trouble::Row(fault.to_string()))
}

/// Something that the audit log has as JSON.
pub(super) fn of_json<T: DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    serde_json::from_str(text).map_err(|fault| Trouble::Row(fault.to_string()))
}
