//! Points as CSV.

use crate::formats::csv_rows;
use crate::formats::csv_rows::Cell;
use crate::formats::points::Points;

/// By this a spreadsheet knows UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The table with `lon`, `lat` and `datum` after its own columns.
pub(super) fn bytes(points: &Points<'_>) -> Vec<u8> {
    let columns: Vec<&str> = points
        .columns
        .iter()
        .copied()
        .chain(["lon", "lat", "datum"])
        .collect();
    let datum = points.datum.to_string();
    let rows = points.rows.iter().map(|point| {
        let place = point.at.map(Cell::Number);
        let cells = point.cells.iter().cloned().chain(place);
        cells.chain([Cell::Text(datum.clone())]).collect()
    });
    let mut bytes = MARK.to_vec();
    bytes.extend(csv_rows::bytes(&columns, &rows.collect::<Vec<_>>()));
    bytes
}
