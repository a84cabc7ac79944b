//! Points as GPX 1.1: a waypoint each, with its cells as extensions.

use std::fmt::Write as _;

use crate::formats::points::Points;
use crate::formats::points::markup;

/// The document.
pub(super) fn bytes(points: &Points<'_>) -> Vec<u8> {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"zhugan\" \
         xmlns=\"http://www.topografix.com/GPX/1/1\" xmlns:z=\"urn:zhugan:register\">\n",
    );
    let why = "writing to memory does not fail";
    write!(
        text,
        "<metadata><name>{}</name>",
        markup::plain(points.name)
    )
    .expect(why);
    if let Some(attribution) = points.attribution {
        write!(text, "<desc>{}</desc>", markup::plain(attribution)).expect(why);
    }
    text.push_str("</metadata>\n");
    let kind = points.columns.iter().position(|column| *column == "kind");
    for point in &points.rows {
        let [lon, lat] = point.at;
        let name = markup::plain(&point.title);
        write!(text, "<wpt lat=\"{lat}\" lon=\"{lon}\"><name>{name}</name>").expect(why);
        if let Some(kind) = kind.and_then(|kind| markup::cell(&point.cells[kind])) {
            write!(text, "<type>{kind}</type>").expect(why);
        }
        text.push_str("<extensions>");
        for (column, cell) in points.columns.iter().zip(&point.cells) {
            if let Some(cell) = markup::cell(cell) {
                write!(text, "<z:{column}>{cell}</z:{column}>").expect(why);
            }
        }
        text.push_str("</extensions></wpt>\n");
    }
    text.push_str("</gpx>\n");
    text.into_bytes()
}
