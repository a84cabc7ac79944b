//! Paths: every way that may be walked, and the fords on them.

use crate::formats::osm::elements::Elements;
use crate::formats::osm::elements::Way;
use crate::formats::osm::lines::from_ways;
use crate::formats::osm::lines::lines;
use crate::formats::osm::tags::Tags;
use crate::model::layers::Layers;
use crate::model::oddity::Oddity;
use crate::model::path::Ford;
use crate::model::path::FordPoint;
use crate::model::path::Path;
use crate::model::path::PathKind;
use crate::model::path::Span;

/// Values of `highway` that are no way, or one that nobody walks.
const NOT_WALKED: [&str; 14] = [
    "abandoned",
    "bus_guideway",
    "construction",
    "demolished",
    "dismantled",
    "disused",
    "motorway",
    "motorway_link",
    "no",
    "planned",
    "proposed",
    "raceway",
    "razed",
    "removed",
];
/// Values of `bridge` that are no bridge (any more, or yet).
const NO_BRIDGE: [&str; 9] = [
    "abandoned",
    "collapsed",
    "construction",
    "demolished",
    "destroyed",
    "no",
    "proposed",
    "razed",
    "removed",
];
/// Values of `tunnel` that do not leave the ground: passages through and under buildings.
const NO_TUNNEL: [&str; 5] = [
    "arcade",
    "avalanche_protector",
    "building_passage",
    "covered",
    "no",
];

/// Adds paths and ford points to the layers.
pub fn read(elements: &Elements, layers: &mut Layers) {
    let (mut paths, mut odd) = from_ways(elements, |way, paths, odd| {
        add_paths(elements, way, paths, odd);
    });
    layers.paths.append(&mut paths);
    layers.oddities.append(&mut odd);
    layers
        .fords
        .extend(elements.points.iter().filter_map(|point| {
            let ford = ford(&point.tags);
            (ford != Ford::No).then(|| FordPoint {
                source: format!("n{}", point.id),
                at: point.at,
                ford,
            })
        }));
}

fn add_paths(elements: &Elements, way: &Way, made: &mut Vec<Path>, odd: &mut Vec<Oddity>) {
    let Some((kind, span)) = path(&way.tags) else {
        return;
    };
    let (pieces, missing) = lines(elements, way);
    odd.extend(missing);
    made.extend(pieces.into_iter().map(|piece| Path {
        source: piece.source,
        name: way.tags.name(),
        kind,
        span,
        ford: ford(&way.tags),
        points: piece.points,
    }));
}

/// What kind of path the tags tell of, and what carries it; nothing if it may not be walked.
pub fn path(tags: &Tags) -> Option<(PathKind, Span)> {
    if tags.bars_feet() || tags.is("route", "ferry") {
        return None;
    }
    let is_pier = tags.is("man_made", "pier");
    if is_walkable_highway(tags) {
        let span = if is_pier || is_over_water(tags) {
            Span::Bridge
        } else {
            span(tags)
        };
        return Some((path_kind(tags.get("highway")?), span));
    }
    // A pier stands over the water and leads nowhere but back.
    is_pier.then_some((PathKind::Footway, Span::Bridge))
}

/// Whether the tags tell of a highway that may be walked, if feet are not barred from it.
fn is_walkable_highway(tags: &Tags) -> bool {
    let Some(highway) = tags.get("highway") else {
        return false;
    };
    !NOT_WALKED.contains(&highway)
        && (tags.invites_feet() || !is_for_cars_only(highway, tags) || has_sidewalk(tags))
}

fn is_for_cars_only(highway: &str, tags: &Tags) -> bool {
    matches!(highway, "trunk" | "trunk_link") || tags.is("motorroad", "yes")
}

fn has_sidewalk(tags: &Tags) -> bool {
    let has_one = |key| {
        tags.get(key)
            .is_some_and(|value| !matches!(value, "no" | "none" | "separate"))
    };
    has_one("sidewalk")
        || has_one("sidewalk:both")
        || has_one("sidewalk:left")
        || has_one("sidewalk:right")
}

fn path_kind(highway: &str) -> PathKind {
    match highway {
        "footway" | "path" | "pedestrian" | "bridleway" | "corridor" | "via_ferrata" => {
            PathKind::Footway
        }
        "cycleway" => PathKind::Cycleway,
        "track" => PathKind::Track,
        "steps" => PathKind::Steps,
        _ => PathKind::Street,
    }
}

/// Whether the way leads over a weir, a dam or a lock gate.
fn is_over_water(tags: &Tags) -> bool {
    tags.is_one_of("waterway", &["weir", "dam", "lock_gate"])
}

fn span(tags: &Tags) -> Span {
    let is_real = |key: &str, unreal: &[&str]| tags.says(key) && !tags.is_one_of(key, unreal);
    if is_real("bridge", &NO_BRIDGE) {
        Span::Bridge
    } else if is_real("tunnel", &NO_TUNNEL) {
        Span::Tunnel
    } else {
        Span::Ground
    }
}

/// Whether the tags tell of a ford, and whether it is open to people on foot.
fn ford(tags: &Tags) -> Ford {
    if !tags.says("ford") && !tags.is("highway", "ford") {
        Ford::No
    } else if tags.invites_feet() && !tags.bars_feet() {
        Ford::Open
    } else {
        Ford::Unsure
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::osm::tags::tags;

    #[test]
    fn who_may_walk_where() {
        let street = Some((PathKind::Street, Span::Ground));
        for (pairs, expected) in [
            (&[("highway", "residential")][..], street),
            (&[("highway", "motorway")], None),
            (&[("highway", "trunk")], None),
            (&[("highway", "trunk"), ("foot", "yes")], street),
            (&[("highway", "trunk"), ("sidewalk", "both")], street),
            (&[("highway", "trunk"), ("sidewalk", "no")], None),
            (&[("highway", "primary"), ("motorroad", "yes")], None),
            (&[("highway", "construction"), ("foot", "yes")], None),
            (&[("highway", "proposed")], None),
            (&[("highway", "service"), ("access", "private")], None),
            (
                &[
                    ("highway", "service"),
                    ("access", "no"),
                    ("foot", "designated"),
                ],
                street,
            ),
            (&[("highway", "footway"), ("foot", "no")], None),
            (
                &[("highway", "path"), ("bridge", "boardwalk")],
                Some((PathKind::Footway, Span::Bridge)),
            ),
            (
                &[("highway", "path"), ("bridge", "collapsed")],
                Some((PathKind::Footway, Span::Ground)),
            ),
            (
                &[("highway", "steps"), ("tunnel", "building_passage")],
                Some((PathKind::Steps, Span::Ground)),
            ),
            (
                &[("highway", "cycleway"), ("tunnel", "yes")],
                Some((PathKind::Cycleway, Span::Tunnel)),
            ),
            (
                &[("highway", "track"), ("covered", "yes")],
                Some((PathKind::Track, Span::Ground)),
            ),
            (
                &[("highway", "footway"), ("waterway", "lock_gate")],
                Some((PathKind::Footway, Span::Bridge)),
            ),
            (
                &[("man_made", "pier")],
                Some((PathKind::Footway, Span::Bridge)),
            ),
            (&[("man_made", "pier"), ("access", "private")], None),
            (&[("railway", "rail")], None),
            (&[("highway", "footway"), ("route", "ferry")], None),
        ] {
            assert_eq!(path(&tags(pairs)), expected, "{pairs:?}");
        }
    }

    #[test]
    fn a_ford_is_open_only_when_the_data_says_so() {
        for (pairs, expected) in [
            (&[("highway", "track")][..], Ford::No),
            (&[("highway", "track"), ("ford", "no")], Ford::No),
            (&[("highway", "track"), ("ford", "yes")], Ford::Unsure),
            (&[("highway", "ford")], Ford::Unsure),
            (&[("ford", "stepping_stones")], Ford::Unsure),
            (&[("ford", "stepping_stones"), ("foot", "yes")], Ford::Open),
            (&[("ford", "yes"), ("foot", "no")], Ford::Unsure),
        ] {
            assert_eq!(ford(&tags(pairs)), expected, "{pairs:?}");
        }
    }
}
