//! Things on the map: their form, from which zoom on they are drawn, and what is said of them; found by where they are.

use rstar::AABB;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rstar::primitives::Rectangle;

use crate::formats::mvt::Value;
use crate::geometry::lon_lat::LonLat;
use crate::geometry::map_point::MapBox;
use crate::geometry::map_point::MapPoint;

/// One ring; the last point joins the first.
pub type MapRing = Vec<MapPoint>;

/// What is said of a thing.
pub(super) type Properties = Vec<(&'static str, Value)>;

/// What a thing looks like.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// A point.
    Point(MapPoint),
    /// A line of at least two points.
    Line(Vec<MapPoint>),
    /// Areas, each an outer ring, clockwise on the map, and its holes.
    Areas(Vec<Vec<MapRing>>),
}

/// One thing on the map.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    /// What it looks like.
    pub form: Form,
    /// What is said of it.
    pub properties: Properties,
    /// It is drawn from this zoom on.
    pub from_zoom: u8,
    /// Where it is.
    pub bounds: MapBox,
}

/// Boxes by where they are.
pub(super) type BoxTree = RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>;

/// Things of one layer, found by where they are.
#[derive(Debug, Default)]
pub(super) struct Things {
    things: Vec<Thing>,
    tree: BoxTree,
}

impl Thing {
    /// A thing; none if its form has no points.
    pub fn new(form: Form, properties: Properties, from_zoom: u8) -> Option<Self> {
        let bounds = match &form {
            Form::Point(point) => MapBox::around([point]),
            Form::Line(line) => MapBox::around(line),
            Form::Areas(areas) => MapBox::around(areas.iter().flatten().flatten()),
        }?;
        Some(Self {
            form,
            properties,
            from_zoom,
            bounds,
        })
    }
}

impl Things {
    /// Indexes things; tiles hold them in this order.
    pub fn new(things: Vec<Thing>) -> Self {
        let tree = box_tree(things.iter().map(|thing| thing.bounds));
        Self { things, tree }
    }

    /// The things of a box at a zoom, in order.
    pub fn within(&self, bounds: &MapBox, zoom: u8) -> Vec<&Thing> {
        let found = found_in(&self.tree, bounds).into_iter();
        let things = found.map(|index| &self.things[index as usize]);
        things.filter(|thing| thing.from_zoom <= zoom).collect()
    }
}

/// Indexes boxes by their order.
pub(super) fn box_tree(boxes: impl Iterator<Item = MapBox>) -> BoxTree {
    let rectangle = |bounds: MapBox| {
        let corner = |point: MapPoint| [f64::from(point.x), f64::from(point.y)];
        Rectangle::from_corners(corner(bounds.low), corner(bounds.high))
    };
    let entries = boxes
        .enumerate()
        .map(|(index, bounds)| GeomWithData::new(rectangle(bounds), index as u32));
    RTree::bulk_load(entries.collect())
}

/// The boxes that meet another, in order.
pub(super) fn found_in(tree: &BoxTree, bounds: &MapBox) -> Vec<u32> {
    let corner = |point: MapPoint| [f64::from(point.x), f64::from(point.y)];
    let envelope = AABB::from_corners(corner(bounds.low), corner(bounds.high));
    let entries = tree.locate_in_envelope_intersecting(envelope);
    let mut found: Vec<u32> = entries.map(|entry| entry.data).collect();
    found.sort_unstable();
    found
}

/// Places as points of the map.
pub(super) fn on_map(places: &[LonLat]) -> Vec<MapPoint> {
    places.iter().map(|&place| MapPoint::of(place)).collect()
}

/// Rings of one even-odd outline as areas: which ring is whose hole is told by how deep it lies.
pub(super) fn areas_of(rings: Vec<MapRing>) -> Vec<Vec<MapRing>> {
    let mut rings: Vec<(MapRing, i64)> = rings
        .into_iter()
        .map(|ring| {
            let area = doubled_area(&ring);
            (ring, area)
        })
        .filter(|(ring, area)| ring.len() >= 3 && *area != 0)
        .collect();
    // The largest first: whatever holds a ring stands before it.
    rings.sort_by_key(|(_, area)| std::cmp::Reverse(area.abs()));
    let boxes: Vec<Option<MapBox>> = rings.iter().map(|(ring, _)| MapBox::around(ring)).collect();
    let mut areas: Vec<Vec<MapRing>> = Vec::new();
    let mut area_of: Vec<usize> = Vec::with_capacity(rings.len());
    for index in 0..rings.len() {
        let holds = |&outer: &usize| {
            let (Some(large), Some(small)) = (&boxes[outer], &boxes[index]) else {
                return false;
            };
            large.holds_box(small) && is_inside(&rings[outer].0, rings[index].0[0])
        };
        let holders: Vec<usize> = (0..index).filter(holds).collect();
        let is_hole = holders.len() % 2 == 1;
        let (ring, area) = &rings[index];
        let mut ring = ring.clone();
        if (*area > 0) == is_hole {
            ring.reverse();
        }
        match holders.last() {
            Some(&holder) if is_hole => {
                area_of.push(area_of[holder]);
                areas[area_of[holder]].push(ring);
            }
            Some(_) | None => {
                area_of.push(areas.len());
                areas.push(vec![ring]);
            }
        }
    }
    areas
}

/// Twice the area of a ring, positive where it runs clockwise on the map.
fn doubled_area(ring: &[MapPoint]) -> i64 {
    let Some(&origin) = ring.first() else {
        return 0;
    };
    let from_origin = |point: MapPoint| {
        let x = i64::from(point.x) - i64::from(origin.x);
        let y = i64::from(point.y) - i64::from(origin.y);
        (x, y)
    };
    let pairs = ring.windows(2);
    pairs
        .map(|pair| {
            let ((ax, ay), (bx, by)) = (from_origin(pair[0]), from_origin(pair[1]));
            ax * by - ay * bx
        })
        .sum()
}

fn is_inside(ring: &[MapPoint], point: MapPoint) -> bool {
    let mut is_inside = false;
    let Some(&(mut before)) = ring.last() else {
        return false;
    };
    for &corner in ring {
        if (corner.y > point.y) != (before.y > point.y) {
            let share = f64::from(point.y - corner.y) / f64::from(before.y - corner.y);
            let x = f64::from(corner.x) + share * (f64::from(before.x) - f64::from(corner.x));
            is_inside ^= f64::from(point.x) < x;
        }
        before = corner;
    }
    is_inside
}

/// A point inside the largest of some areas, for its name: the middle of the widest stretch at half its height.
pub(super) fn label_point(areas: &[Vec<MapRing>]) -> Option<MapPoint> {
    let largest = areas
        .iter()
        .max_by_key(|rings| doubled_area(&rings[0]).abs())?;
    let bounds = MapBox::around(&largest[0])?;
    let y = i32::midpoint(bounds.low.y, bounds.high.y);
    let mut meetings: Vec<f64> = Vec::new();
    for ring in largest {
        for index in 0..ring.len() {
            let (a, b) = (ring[index], ring[(index + 1) % ring.len()]);
            if (a.y > y) != (b.y > y) {
                let share = f64::from(y - a.y) / f64::from(b.y - a.y);
                meetings.push(f64::from(a.x) + share * (f64::from(b.x) - f64::from(a.x)));
            }
        }
    }
    meetings.sort_by(f64::total_cmp);
    let stretches = meetings.as_chunks::<2>().0.iter();
    let widest = stretches.max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
    let x = f64::midpoint(widest[0], widest[1]).round() as i32;
    Some(MapPoint { x, y })
}
