//! Where a river mapped as an area ends in the map but not in the world: nobody walks around it there.

use crate::ground::domain::Domain;
use crate::ground::domain::NEAR_EDGE;
use crate::ground::inside::Outlines;
use crate::ground::outline::Mark;
use crate::ground::outline::Segment;
use crate::ground::outline::add_segment;
use crate::ground::spot::Spot;

/// A center line that ends in an area has run in it for at least this long; a tributary's mouth has not.
///
/// # Units
///
/// Millimeters.
const SHORTEST_RUN_MM: f64 = 200_000.0;

/// An end of a center line within an area, with no other line to go on.
#[derive(Clone, Copy, Debug)]
struct End {
    area: usize,
    at: Spot,
    /// A spot of the line some way before the end.
    before: Spot,
}

/// The ends of all rivers and canals that lie in areas.
#[derive(Clone, Debug, Default)]
pub struct RiverEnds(Vec<End>);

impl RiverEnds {
    /// Takes in a center line; `area_of` tells the area of each spot, `is_open` whether it goes on before its start and after its end.
    pub fn add(&mut self, spots: &[Spot], area_of: &[Option<usize>], is_open: [bool; 2]) {
        let both: Vec<(Spot, Option<usize>)> =
            spots.iter().copied().zip(area_of.iter().copied()).collect();
        let onward = is_open[1].then(|| end(both.iter().rev().copied()));
        let back = is_open[0].then(|| end(both.into_iter()));
        self.0.extend(onward.flatten());
        self.0.extend(back.flatten());
    }

    /// Closes the land between each such end and the edge of the map, unless the area itself reaches the edge near there.
    pub fn close(&self, segments: &mut Vec<Segment>, areas: &Outlines, domain: &Domain) {
        for end in &self.0 {
            let points = areas.rings(end.area).iter().flatten();
            let reaches_edge = points.filter_map(|&point| Spot::at(point)).any(|spot| {
                !domain.holds(spot) && spot.millimeters_to(end.at) <= NEAR_EDGE.0 * 1000.0
            });
            if reaches_edge {
                continue;
            }
            if let Some(exit) = domain.exit(end.at, end.before.to(end.at)) {
                add_segment(segments, end.at, exit, Mark::WALL);
            }
        }
    }
}

/// The end of a line that is given from that end on, if the line stays in one area for long.
fn end(mut line: impl Iterator<Item = (Spot, Option<usize>)>) -> Option<End> {
    let (at, own) = line.next()?;
    let mut area = own;
    for (spot, other) in line {
        // The end itself may lie on the outline.
        area = area.or(other);
        if area.is_none() || other != area {
            return None;
        }
        if spot.millimeters_to(at) >= SHORTEST_RUN_MM {
            return area.map(|area| End {
                area,
                at,
                before: spot,
            });
        }
    }
    None
}
