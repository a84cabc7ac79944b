//! What an import was, in a few numbers: many pieces changed at once, and undone at once.

use serde::Deserialize;
use serde::Serialize;

/// How many rows of a file became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    /// New pieces.
    pub added: usize,
    /// Pieces that are another from then on.
    pub changed: usize,
    /// Pieces that are as they were.
    pub unchanged: usize,
    /// Rows that were left out.
    pub skipped: usize,
}

/// What an import was, as the audit log keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// The file's name.
    pub file: String,
    /// In which system it was read.
    pub datum: String,
    /// How many rows became what.
    #[serde(flatten)]
    pub counts: ImportCounts,
    /// The entry of the audit log that this one undoes, if it does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub undoes: Option<i64>,
}
