//! A file of equipment that somebody brings: every piece as its row has it, and what that row says itself.

use crate::formats::input::Input;
use crate::formats::reading::Row;
use crate::formats::region_file::Source;
use crate::formats::source;
use crate::formats::source::Format;
use crate::formats::source::SourceError;
use crate::formats::wanted::Wanted;
use crate::geometry::datum::Datum;
use crate::model::equipment::Equipment;
use crate::model::oddity::Oddity;
use crate::model::register::Field;
use crate::model::village::Village;

/// What the columns of a file of equipment can be called here; its own names can be mapped to these.
pub const COLUMNS: [&str; 12] = [
    "id",
    "kind",
    "lon",
    "lat",
    "condition",
    "name",
    "village",
    "inspected_on",
    "photo",
    "note",
    "code",
    "illustrative",
];

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileColumn {
    /// As the table's first row has it.
    pub header: String,
    /// Which of ours it was taken to be; none: it is not read.
    pub read_as: Option<&'static str>,
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct PieceFile {
    /// In the file's order; nothing is left out because it stands there twice.
    pub pieces: Vec<ReadPiece>,
    /// Its villages, if it holds no equipment.
    pub villages: Vec<Village>,
    /// In which system its coordinates were taken to be.
    pub datum: Datum,
    /// What was odd, the rows that could not be read among it.
    pub oddities: Vec<Oddity>,
    /// Of a table, its columns in order, as far as they can be named; else none.
    pub columns: Vec<FileColumn>,
}

/// One piece and its row.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadPiece {
    /// The piece; what its row does not say is as in any register.
    pub piece: Equipment,
    /// The row or feature, like `row 12`.
    pub row: String,
    /// Whether the id is the file's own; else it is made of the row's number.
    pub has_id: bool,
    /// The code that is printed on it, as the file has it.
    pub code: Option<String>,
    /// What the row says.
    pub said: Vec<Field>,
}

/// The equipment of a file, which `source` names and describes.
///
/// # Errors
///
/// For bytes that cannot be read at all; single bad rows and features are oddities.
pub fn read(bytes: &[u8], source: &Source) -> Result<PieceFile, SourceError> {
    let wanting = |wanted| Source {
        wanted,
        ..source.clone()
    };
    let equipment = wanting(Wanted {
        equipment: true,
        ..Wanted::default()
    });
    let input = Input::Bytes(bytes);
    let reading = source::read(&input, &equipment)?;
    let mut layers = reading.layers;
    let known = reading.rows.len();
    let unnamed: Vec<Row> = layers.equipment[known..].iter().map(Row::of).collect();
    let rows = reading.rows.into_iter().chain(unnamed);
    let pieces = std::mem::take(&mut layers.equipment).into_iter().zip(rows);
    let pieces: Vec<ReadPiece> = pieces
        .map(|(piece, row)| ReadPiece {
            piece,
            row: row.name,
            has_id: row.has_id,
            code: row.code,
            said: row.said,
        })
        .collect();
    let may_hold_villages = !matches!(
        Format::of(&source.file),
        Some(Format::Osm | Format::Csv | Format::Xlsx) | None
    );
    let villages = if pieces.is_empty() && may_hold_villages {
        let villages = wanting(Wanted {
            villages: true,
            ..Wanted::default()
        });
        source::read(&input, &villages)?.layers.villages
    } else {
        Vec::new()
    };
    Ok(PieceFile {
        pieces,
        villages,
        datum: reading.datum,
        oddities: layers.oddities,
        columns: reading.columns,
    })
}
