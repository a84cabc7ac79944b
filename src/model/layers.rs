//! Everything that a region's files say, before it becomes ground: one list per layer.

use crate::geometry::lon_lat::LonLat;
use crate::model::crossing::MappedCrossing;
use crate::model::equipment::Equipment;
use crate::model::oddity::Oddity;
use crate::model::path::Building;
use crate::model::path::FordPoint;
use crate::model::path::Path;
use crate::model::path::Wall;
use crate::model::responder::Responder;
use crate::model::school::School;
use crate::model::village::Village;
use crate::model::water::Coastline;
use crate::model::water::WaterArea;
use crate::model::water::WaterLine;

/// What one or more sources hold, layer by layer, and what was odd in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layers {
    /// Water mapped as areas.
    pub water_areas: Vec<WaterArea>,
    /// Water mapped as center lines.
    pub water_lines: Vec<WaterLine>,
    /// The sea's shore.
    pub coastlines: Vec<Coastline>,
    /// Ways that may be walked.
    pub paths: Vec<Path>,
    /// Points mapped as fords.
    pub fords: Vec<FordPoint>,
    /// Weirs, dams, lock gates, ferries.
    pub crossings: Vec<MappedCrossing>,
    /// Buildings.
    pub buildings: Vec<Building>,
    /// Walls.
    pub walls: Vec<Wall>,
    /// Schools and kindergartens.
    pub schools: Vec<School>,
    /// Villages.
    pub villages: Vec<Village>,
    /// Rescue equipment.
    pub equipment: Vec<Equipment>,
    /// Volunteers, teams, stations.
    pub responders: Vec<Responder>,
    /// The planning area, where a source is clipped to one: rings, even-odd.
    pub clip: Vec<Vec<LonLat>>,
    /// What was odd.
    pub oddities: Vec<Oddity>,
}

impl Layers {
    /// Takes in everything that another source holds.
    pub fn append(&mut self, mut other: Self) {
        self.water_areas.append(&mut other.water_areas);
        self.water_lines.append(&mut other.water_lines);
        self.coastlines.append(&mut other.coastlines);
        self.paths.append(&mut other.paths);
        self.fords.append(&mut other.fords);
        self.crossings.append(&mut other.crossings);
        self.buildings.append(&mut other.buildings);
        self.walls.append(&mut other.walls);
        self.schools.append(&mut other.schools);
        self.villages.append(&mut other.villages);
        self.equipment.append(&mut other.equipment);
        self.responders.append(&mut other.responders);
        self.clip.append(&mut other.clip);
        self.oddities.append(&mut other.oddities);
    }
}
