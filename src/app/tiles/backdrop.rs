//! The map behind the banks: what a region's files hold, prepared once for tiles.

use crate::app::names;
use crate::app::tiles::things::Form;
use crate::app::tiles::things::MapRing;
use crate::app::tiles::things::Properties;
use crate::app::tiles::things::Thing;
use crate::app::tiles::things::Things;
use crate::app::tiles::things::areas_of;
use crate::app::tiles::things::label_point;
use crate::app::tiles::things::on_map;
use crate::formats::mvt::Value;
use crate::geometry::lon_lat::LonLat;
use crate::geometry::map_point::MapPoint;
use crate::model::layers::Layers;
use crate::model::path::Path;
use crate::model::path::PathKind;
use crate::model::path::Span;
use crate::model::water::Course;
use crate::model::water::Ring;
use crate::model::water::WaterKind;

/// What is the same whatever happens to the equipment.
#[derive(Debug, Default)]
pub struct Backdrop {
    /// Water.
    pub(super) water: Things,
    /// Buildings.
    pub(super) buildings: Things,
    /// Ways that can be walked.
    pub(super) paths: Things,
    /// Names of villages and waters.
    pub(super) labels: Things,
    /// The areas of every village, in the ground's order.
    pub(super) villages: Vec<Vec<Vec<MapRing>>>,
}

impl Backdrop {
    /// Takes what tiles need out of a region's layers.
    pub fn new(layers: &Layers) -> Self {
        let villages = layers.villages.iter();
        let villages: Vec<Vec<Vec<MapRing>>> = villages
            .map(|village| areas_of(village.rings.iter().map(|ring| on_map(ring)).collect()))
            .collect();
        Self {
            water: Things::new(water(layers)),
            buildings: Things::new(buildings(layers)),
            paths: Things::new(layers.paths.iter().filter_map(path).collect()),
            labels: Things::new(labels(layers)),
            villages,
        }
    }
}

impl Backdrop {
    /// A point inside each village, in the ground's order.
    pub fn village_centers(&self) -> Vec<Option<LonLat>> {
        let villages = self.villages.iter();
        villages
            .map(|areas| Some(label_point(areas)?.place()))
            .collect()
    }
}

fn areas(rings: &[Ring]) -> Vec<Vec<MapRing>> {
    areas_of(rings.iter().map(|ring| on_map(&ring.points)).collect())
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn kind_and_name(kind: &str, name: Option<&str>) -> Properties {
    let mut properties = vec![("kind", text(kind))];
    properties.extend(name.map(|name| ("name", text(name))));
    properties
}

fn water(layers: &Layers) -> Vec<Thing> {
    let areas = layers.water_areas.iter().filter_map(|area| {
        let properties = kind_and_name(names::of_water(area.kind), area.name.as_deref());
        Thing::new(Form::Areas(areas(&area.rings)), properties, 0)
    });
    let lines = layers.water_lines.iter().filter_map(|line| {
        let properties = kind_and_name(names::of_water(line.kind), line.name.as_deref());
        let from_zoom = match (line.course, line.kind) {
            // Nobody sees it.
            (Course::Underground, _) => return None,
            (Course::Open, WaterKind::River | WaterKind::Canal) => 9,
            (Course::Open, WaterKind::Ditch) => 14,
            (
                Course::Open,
                WaterKind::Stream
                | WaterKind::Lake
                | WaterKind::Reservoir
                | WaterKind::Pond
                | WaterKind::Basin
                | WaterKind::Sea,
            ) => 12,
        };
        Thing::new(Form::Line(on_map(&line.points)), properties, from_zoom)
    });
    areas.chain(lines).collect()
}

fn buildings(layers: &Layers) -> Vec<Thing> {
    let buildings = layers.buildings.iter();
    buildings
        .filter_map(|building| Thing::new(Form::Areas(areas(&building.rings)), Vec::new(), 14))
        .collect()
}

fn path(path: &Path) -> Option<Thing> {
    let (kind, from_zoom) = match path.kind {
        PathKind::Street => ("street", 11),
        PathKind::Track => ("track", 13),
        PathKind::Cycleway => ("cycleway", 13),
        PathKind::Footway => ("footway", 14),
        PathKind::Steps => ("steps", 14),
    };
    let is_bridge = match path.span {
        Span::Bridge => true,
        Span::Ground | Span::Tunnel => false,
    };
    let properties = vec![("kind", text(kind)), ("bridge", Value::Flag(is_bridge))];
    Thing::new(Form::Line(on_map(&path.points)), properties, from_zoom)
}

/// Names, the more important first; `rank` says so, too.
fn labels(layers: &Layers) -> Vec<Thing> {
    let mut found = Vec::new();
    for village in &layers.villages {
        let rings = village.rings.iter().map(|ring| on_map(ring));
        if let Some(at) = label_point(&areas_of(rings.collect())) {
            found.extend(label((&village.id, &village.name), "village", at, 1, 9));
        }
    }
    for area in &layers.water_areas {
        let Some(name) = &area.name else { continue };
        let areas = areas(&area.rings);
        if let Some(at) = label_point(&areas) {
            found.extend(label((&area.source, name), "water", at, 2, 12));
        }
    }
    for line in &layers.water_lines {
        let Some(name) = &line.name else { continue };
        let rank = match line.kind {
            WaterKind::River | WaterKind::Canal => 2,
            WaterKind::Stream
            | WaterKind::Ditch
            | WaterKind::Lake
            | WaterKind::Reservoir
            | WaterKind::Pond
            | WaterKind::Basin
            | WaterKind::Sea => 3,
        };
        let middle = line.points[line.points.len() / 2];
        found.extend(label(
            (&line.source, name),
            "water",
            MapPoint::of(middle),
            rank,
            11 + rank as u8,
        ));
    }
    found
}

fn label(
    (id, name): (&str, &str),
    class: &str,
    at: MapPoint,
    rank: i64,
    from_zoom: u8,
) -> Option<Thing> {
    let properties = vec![
        ("id", text(id)),
        ("name", text(name)),
        ("class", text(class)),
        ("rank", Value::Whole(rank)),
    ];
    Thing::new(Form::Point(at), properties, from_zoom)
}
