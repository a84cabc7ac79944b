//! What has been read of one source, from which rows its equipment came, and what those rows say themselves.

use crate::formats::pieces::FileColumn;
use crate::geometry::datum::Datum;
use crate::model::equipment::Equipment;
use crate::model::layers::Layers;
use crate::model::register::Field;

/// The layers of one source.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What it holds.
    pub layers: Layers,
    /// The row or feature of every piece of equipment, in the same order.
    pub rows: Vec<Row>,
    /// In which system its coordinates were taken to be; of several layers, those of the last.
    pub datum: Datum,
    /// Of a table, its columns in order, as far as they can be named.
    pub columns: Vec<FileColumn>,
}

/// Where a piece of equipment stands in its source.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// As messages name it, like `row 12`.
    pub name: String,
    /// Whether the id is the source's own; else it is made of the row's number.
    pub has_id: bool,
    /// The code that is printed on it, as the source has it.
    pub code: Option<String>,
    /// What the source says of it: also that it has no note, where there is a column for notes.
    pub said: Vec<Field>,
}

impl Row {
    /// Of a piece whose source has no rows but ids, like a map: what is there has been said.
    pub fn of(piece: &Equipment) -> Self {
        let optional = [
            (Field::Name, piece.name.is_some()),
            (Field::Village, piece.village.is_some()),
            (Field::InspectedOn, piece.inspected_on.is_some()),
            (Field::Photo, piece.photo.is_some()),
            (Field::Note, piece.note.is_some()),
        ];
        let said = optional.into_iter().filter(|(_, is_there)| *is_there);
        let always = [Field::Kind, Field::At, Field::Condition];
        Self {
            name: piece.id.clone(),
            has_id: true,
            code: None,
            said: always
                .into_iter()
                .chain(said.map(|(field, _)| field))
                .collect(),
        }
    }
}

impl Reading {
    /// Takes in a piece and where it stands in its source.
    pub fn add_equipment(&mut self, piece: Equipment, row: Row) {
        self.layers.equipment.push(piece);
        self.rows.push(row);
    }
}

/// A file's name without folder and extensions: what ids are made of where the file has none.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}
