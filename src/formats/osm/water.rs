//! Water: areas, center lines and coastlines.

use crate::formats::osm::areas::areas;
use crate::formats::osm::budget::Budget;
use crate::formats::osm::elements::Elements;
use crate::formats::osm::elements::Way;
use crate::formats::osm::elements::oddity;
use crate::formats::osm::fault::Fault;
use crate::formats::osm::lines::Line;
use crate::formats::osm::lines::from_ways;
use crate::formats::osm::lines::lines;
use crate::formats::osm::tags::Tags;
use crate::model::layers::Layers;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;
use crate::model::water::Coastline;
use crate::model::water::Course;
use crate::model::water::WaterArea;
use crate::model::water::WaterKind;
use crate::model::water::WaterLine;
use crate::units::Meters;

const METERS_PER_FOOT: f64 = 0.3048;
/// No river is wider than this; what is, is a slip of the pen.
const MAX_WIDTH: f64 = 50_000.0;

/// Adds the water to the layers.
pub fn read(elements: &Elements, budget: &Budget, layers: &mut Layers) -> Result<(), Fault> {
    let (areas, mut odd) = areas(elements, &area_kind, budget)?;
    layers.oddities.append(&mut odd);
    layers
        .water_areas
        .extend(areas.into_iter().map(|area| WaterArea {
            source: area.source,
            name: area.name,
            kind: area.kind,
            rings: area.rings,
        }));
    let (mut water_lines, mut odd) = from_ways(elements, |way, lines, odd| {
        add_water_lines(elements, way, lines, odd);
    });
    layers.water_lines.append(&mut water_lines);
    layers.oddities.append(&mut odd);
    let (mut coastlines, mut odd) = from_ways(elements, |way, coastlines, odd| {
        add_coastlines(elements, way, coastlines, odd);
    });
    layers.coastlines.append(&mut coastlines);
    layers.oddities.append(&mut odd);
    Ok(())
}

/// What kind of water area the tags tell of, old tagging and new; a swimming pool is none.
fn area_kind(tags: &Tags) -> Option<WaterKind> {
    if tags.is_underground() {
        return None;
    }
    if tags.is("natural", "water") {
        return Some(kind_of_water(tags));
    }
    match (tags.get("waterway"), tags.get("landuse")) {
        (Some("riverbank"), _) => Some(WaterKind::River),
        (Some("dock"), _) | (_, Some("basin")) => Some(WaterKind::Basin),
        (_, Some("reservoir")) => Some(WaterKind::Reservoir),
        (Some(waterway), _) if tags.is("area", "yes") => line_kind_of(waterway),
        _ => None,
    }
}

/// What kind of water `natural=water` is.
fn kind_of_water(tags: &Tags) -> WaterKind {
    match tags.get("water") {
        Some("river" | "rapids" | "fish_pass" | "lock") => WaterKind::River,
        Some("canal") => WaterKind::Canal,
        Some("stream" | "stream_pool") => WaterKind::Stream,
        Some("ditch" | "drain" | "moat") => WaterKind::Ditch,
        Some("reservoir") => WaterKind::Reservoir,
        Some("pond" | "fishpond" | "reflecting_pool") => WaterKind::Pond,
        Some(
            "basin" | "harbour" | "harbor" | "dock" | "wastewater" | "fountain" | "shallow_pool",
        ) => WaterKind::Basin,
        Some("sea" | "bay" | "tidal" | "cove") => WaterKind::Sea,
        _ => WaterKind::Lake,
    }
}

/// What kind of water line the tags tell of.
fn line_kind(tags: &Tags) -> Option<WaterKind> {
    let kind = line_kind_of(tags.get("waterway")?);
    kind.filter(|_| area_kind(tags).is_none())
}

fn line_kind_of(waterway: &str) -> Option<WaterKind> {
    match waterway {
        "river" => Some(WaterKind::River),
        "canal" => Some(WaterKind::Canal),
        "stream" | "tidal_channel" => Some(WaterKind::Stream),
        "ditch" | "drain" => Some(WaterKind::Ditch),
        _ => None,
    }
}

fn add_water_lines(
    elements: &Elements,
    way: &Way,
    made: &mut Vec<WaterLine>,
    odd: &mut Vec<Oddity>,
) {
    let Some(kind) = line_kind(&way.tags) else {
        return;
    };
    let (pieces, missing) = lines(elements, way);
    odd.extend(missing);
    let (width, bad_width) = width(&way.tags);
    let place = pieces.first().map(|piece| piece.points[0]);
    odd.extend(
        bad_width.map(|detail| oddity(format!("w{}", way.id), place, OddityKind::BadValue, detail)),
    );
    let course = if way.tags.is_underground() {
        Course::Underground
    } else {
        Course::Open
    };
    made.extend(pieces.into_iter().map(|piece| WaterLine {
        source: piece.source,
        name: way.tags.name(),
        kind,
        width,
        course,
        points: piece.points,
        is_cut_at_start: piece.is_cut_at_start,
        is_cut_at_end: piece.is_cut_at_end,
    }));
}

fn add_coastlines(
    elements: &Elements,
    way: &Way,
    made: &mut Vec<Coastline>,
    odd: &mut Vec<Oddity>,
) {
    if way.tags.is("natural", "coastline") {
        let (pieces, missing) = lines(elements, way);
        odd.extend(missing);
        made.extend(
            pieces
                .into_iter()
                .map(|Line { source, points, .. }| Coastline { source, points }),
        );
    }
}

/// The mapped width, else the estimated one; and what was wrong with them.
fn width(tags: &Tags) -> (Option<Meters>, Option<String>) {
    let mut bad = None;
    for key in ["width", "est_width"] {
        let Some(text) = tags.text(key) else {
            continue;
        };
        match meters(&text) {
            Some(width) => return (Some(width), bad),
            None => bad = Some(format!("{key} is {text:?}, which is no width: ignored")),
        }
    }
    (None, bad)
}

/// A length like `12`, `12.5 m`, `12,5m`, `40 ft` or `40'`; a number alone is meters.
fn meters(text: &str) -> Option<Meters> {
    let text = text.trim();
    let n_digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(n_digits);
    let number: f64 = number.replace(',', ".").parse().ok()?;
    let scale = match unit.trim() {
        "" | "m" | "meter" | "meters" | "metre" | "metres" => 1.0,
        "km" => 1000.0,
        "cm" => 0.01,
        "ft" | "feet" | "'" => METERS_PER_FOOT,
        _ => return None,
    };
    let width = number * scale;
    (width > 0.0 && width <= MAX_WIDTH).then_some(Meters(width))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::osm::tags::tags;

    #[test]
    fn widths_are_read_in_the_ways_that_people_write_them() {
        let feet = Some(Meters(40.0 * METERS_PER_FOOT));
        for (text, width) in [
            ("12", Some(Meters(12.0))),
            ("12 m", Some(Meters(12.0))),
            ("12,5", Some(Meters(12.5))),
            (" 2.5m ", Some(Meters(2.5))),
            ("40 ft", feet),
            ("40'", feet),
            ("0", None),
            ("-3", None),
            ("5-8", None),
            ("~10", None),
            ("wide", None),
            ("1e300", None),
            ("999999", None),
            ("", None),
        ] {
            assert_eq!(meters(text), width, "{text:?}");
        }
    }

    #[test]
    fn a_bad_width_gives_way_to_the_estimate_and_is_told() {
        let (width, bad) = width(&tags(&[("width", "5-8"), ("est_width", "6")]));
        assert_eq!(width, Some(Meters(6.0)));
        assert_eq!(bad.unwrap(), "width is \"5-8\", which is no width: ignored");
    }

    #[test]
    fn water_is_told_by_old_tags_and_by_new_ones() {
        for (pairs, kind) in [
            (&[("natural", "water")][..], Some(WaterKind::Lake)),
            (
                &[("natural", "water"), ("water", "river")],
                Some(WaterKind::River),
            ),
            (
                &[("natural", "water"), ("water", "oxbow")],
                Some(WaterKind::Lake),
            ),
            (
                &[("natural", "water"), ("water", "harbour")],
                Some(WaterKind::Basin),
            ),
            (
                &[("natural", "water"), ("intermittent", "yes")],
                Some(WaterKind::Lake),
            ),
            (&[("natural", "water"), ("covered", "yes")], None),
            (&[("natural", "water"), ("tunnel", "culvert")], None),
            (&[("natural", "water"), ("location", "underground")], None),
            (&[("waterway", "riverbank")], Some(WaterKind::River)),
            (&[("waterway", "dock")], Some(WaterKind::Basin)),
            (&[("landuse", "reservoir")], Some(WaterKind::Reservoir)),
            (&[("landuse", "basin")], Some(WaterKind::Basin)),
            (&[("waterway", "river")], None),
            (
                &[("waterway", "river"), ("area", "yes")],
                Some(WaterKind::River),
            ),
            (&[("leisure", "swimming_pool")], None),
            (&[("natural", "wetland")], None),
        ] {
            let kept: Vec<_> = pairs.iter().filter(|(k, _)| *k != "intermittent").collect();
            let pairs: Vec<(&str, &str)> = kept.into_iter().copied().collect();
            assert_eq!(area_kind(&tags(&pairs)), kind, "{pairs:?}");
        }
    }
}
