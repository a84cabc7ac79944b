//! The columns of a table that somebody brings, as they are sent.

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::import::COLUMNS;
use crate::app::import::FileColumn;

/// A column of a table.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ColumnBody {
    /// As the table's first row has it.
    #[schema(example = "经度")]
    header: String,
    /// Which of ours it was taken to be; none: it is not read.
    #[schema(required, example = "lon")]
    read_as: Option<&'static str>,
}

impl ColumnBody {
    /// The columns of a table in order.
    pub fn all(columns: &[FileColumn]) -> Vec<Self> {
        let body = |column: &FileColumn| Self {
            header: column.header.clone(),
            // What other tables than those of equipment hold is not read here.
            read_as: column.read_as.filter(|name| COLUMNS.contains(name)),
        };
        columns.iter().map(body).collect()
    }
}
