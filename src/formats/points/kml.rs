//! Points as KML 2.2 (OGC 07-147): a placemark each, with its cells as data.

use std::fmt::Write as _;

use crate::formats::points::Points;
use crate::formats::points::markup;

/// The document.
pub(super) fn bytes(points: &Points<'_>) -> Vec<u8> {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\n",
    );
    let why = "writing to memory does not fail";
    writeln!(text, "<name>{}</name>", markup::plain(points.name)).expect(why);
    if let Some(attribution) = points.attribution {
        writeln!(
            text,
            "<description>{}</description>",
            markup::plain(attribution)
        )
        .expect(why);
    }
    for point in &points.rows {
        write!(
            text,
            "<Placemark><name>{}</name><ExtendedData>",
            markup::plain(&point.title)
        )
        .expect(why);
        for (column, cell) in points.columns.iter().zip(&point.cells) {
            if let Some(cell) = markup::cell(cell) {
                write!(
                    text,
                    "<Data name=\"{}\"><value>{cell}</value></Data>",
                    markup::plain(column)
                )
                .expect(why);
            }
        }
        let [lon, lat] = point.at;
        writeln!(
            text,
            "</ExtendedData><Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>"
        )
        .expect(why);
    }
    text.push_str("</Document></kml>\n");
    text.into_bytes()
}
