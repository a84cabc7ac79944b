//! What has been read of one source, and from which rows its equipment came.

use crate::model::equipment::Equipment;
use crate::model::layers::Layers;

/// The layers of one source.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What it holds.
    pub layers: Layers,
    /// The row or feature of every piece of equipment, in the same order, as messages name it.
    pub rows: Vec<String>,
}

impl Reading {
    /// Takes in a piece and where it stands in its source.
    pub fn add_equipment(&mut self, piece: Equipment, row: String) {
        self.layers.equipment.push(piece);
        self.rows.push(row);
    }
}

/// A file's name without folder and extensions: what ids are made of where the file has none.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}
