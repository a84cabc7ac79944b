//! Crossings that are no paths: weirs, dams and lock gates without one, and ferries.

use crate::formats::osm::elements::Elements;
use crate::formats::osm::elements::Way;
use crate::formats::osm::lines::from_ways;
use crate::formats::osm::lines::lines;
use crate::formats::osm::paths::path;
use crate::formats::osm::tags::Tags;
use crate::model::crossing::CrossingKind;
use crate::model::crossing::CrossingState;
use crate::model::crossing::MappedCrossing;
use crate::model::layers::Layers;
use crate::model::oddity::Oddity;

/// Adds the mapped crossings to the layers.
pub fn read(elements: &Elements, layers: &mut Layers) {
    let of_points = elements.points.iter().filter_map(|point| {
        let (kind, state) = crossing(&point.tags)?;
        Some(MappedCrossing {
            source: format!("n{}", point.id),
            name: point.tags.name(),
            kind,
            state,
            points: vec![point.at],
        })
    });
    layers.crossings.extend(of_points);
    let (mut crossings, mut odd) = from_ways(elements, |way, crossings, odd| {
        add_crossings(elements, way, crossings, odd);
    });
    layers.crossings.append(&mut crossings);
    layers.oddities.append(&mut odd);
}

fn add_crossings(
    elements: &Elements,
    way: &Way,
    made: &mut Vec<MappedCrossing>,
    odd: &mut Vec<Oddity>,
) {
    // What is a path too is given as a path.
    let Some((kind, state)) = crossing(&way.tags).filter(|_| path(&way.tags).is_none()) else {
        return;
    };
    let (pieces, missing) = lines(elements, way);
    odd.extend(missing);
    made.extend(pieces.into_iter().map(|piece| MappedCrossing {
        source: piece.source,
        name: way.tags.name(),
        kind,
        state,
        points: piece.points,
    }));
}

/// Which crossing the tags tell of, and whether people can cross; a ferry is never there when it is needed.
fn crossing(tags: &Tags) -> Option<(CrossingKind, CrossingState)> {
    let kind = match tags.get("waterway") {
        Some("weir") => CrossingKind::Weir,
        Some("dam") => CrossingKind::Dam,
        Some("lock_gate") => CrossingKind::LockGate,
        _ if tags.is("route", "ferry") => {
            return Some((CrossingKind::Ferry, CrossingState::Closed));
        }
        _ => return None,
    };
    let state = if tags.invites_feet() && !tags.bars_feet() {
        CrossingState::Open
    } else {
        CrossingState::Closed
    };
    Some((kind, state))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::osm::tags::tags;

    #[test]
    fn a_crossing_is_open_only_when_the_data_says_so() {
        use CrossingState::Closed;
        use CrossingState::Open;
        for (pairs, expected) in [
            (
                &[("waterway", "weir")][..],
                Some((CrossingKind::Weir, Closed)),
            ),
            (
                &[("waterway", "dam"), ("foot", "permissive")],
                Some((CrossingKind::Dam, Open)),
            ),
            (
                &[("waterway", "lock_gate"), ("foot", "designated")],
                Some((CrossingKind::LockGate, Open)),
            ),
            (
                &[("waterway", "lock_gate"), ("foot", "no")],
                Some((CrossingKind::LockGate, Closed)),
            ),
            (
                &[("route", "ferry"), ("foot", "yes")],
                Some((CrossingKind::Ferry, Closed)),
            ),
            (&[("waterway", "river"), ("foot", "yes")], None),
        ] {
            assert_eq!(crossing(&tags(pairs)), expected, "{pairs:?}");
        }
    }
}
