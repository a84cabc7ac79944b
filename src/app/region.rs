//! A loaded region: everything that questions are asked of, from its folder to its reach.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use crate::app::files::Files;
use crate::app::pieces;
use crate::app::placement_weights::People;
use crate::app::standing;
use crate::app::waters::Grades;
use crate::formats::ReadError;
use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::build::NoGround;
use crate::ground::build::Step;
use crate::ground::place::Standing;
use crate::model::correction::Correction;
use crate::model::equipment::Equipment;
use crate::model::layers::Layers;
use crate::model::oddity::Oddity;
use crate::model::order::Order;
use crate::model::region::RegionSettings;
use crate::model::rescue_point::RescuePoint;
use crate::model::setting::Turned;
use crate::plan::crew::Crew;
use crate::plan::survey::ReachByKind;

/// One region as it is at one moment; it never changes.
#[derive(Clone, Debug)]
pub struct LoadedRegion {
    /// Its name and settings, as they are now.
    pub settings: RegionSettings,
    /// Which of them somebody has set otherwise than its file.
    pub turned: Arc<Vec<Turned>>,
    /// Its ground, which the region keeps whatever happens to its equipment.
    pub ground: Arc<Ground>,
    /// Which crossings are closed.
    pub closures: Closures,
    /// The risk grades that people have given to its waters.
    pub grades: Grades,
    /// Its rescue points, sorted by id.
    pub rescue_points: Arc<Vec<RescuePoint>>,
    /// What people have put right on its map, in the order in which they did.
    pub corrections: Arc<Vec<Correction>>,
    /// Its rescue equipment, sorted by id.
    pub equipment: Vec<Equipment>,
    /// By which numbers the reach knows the pieces.
    pub order: Order,
    /// Where each piece stands, if it stands anywhere.
    pub standings: Vec<Option<Standing>>,
    /// What the pieces reach.
    pub reach: ReachByKind,
    /// Its responders as its files list them.
    pub crew: Arc<Crew>,
    /// Where people are, as its files say.
    pub people: Arc<People>,
    /// What was odd in its files, in its ground and about its equipment.
    pub oddities: Arc<Vec<Oddity>>,
    /// How much its files hold.
    pub counts: LayerCounts,
    /// How long it took to load, and how large it is.
    pub figures: BuildFigures,
}

/// How many things of each layer the files hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LayerCounts {
    /// Water mapped as areas.
    pub water_areas: usize,
    /// Water mapped as center lines.
    pub water_lines: usize,
    /// Pieces of the sea's shore.
    pub coastlines: usize,
    /// Ways that may be walked.
    pub paths: usize,
    /// Points mapped as fords.
    pub fords: usize,
    /// Weirs, dams, lock gates, ferries.
    pub mapped_crossings: usize,
    /// Buildings.
    pub buildings: usize,
    /// Walls.
    pub walls: usize,
    /// Schools and kindergartens.
    pub schools: usize,
    /// Villages.
    pub villages: usize,
    /// Rescue equipment.
    pub equipment: usize,
    /// Volunteers, teams, stations.
    pub responders: usize,
}

/// How long the region took, and how large its ground is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct BuildFigures {
    /// Reading and parsing, seconds.
    pub read_s: f64,
    /// Shores, mesh and indexes, seconds.
    pub ground_s: f64,
    /// Snapping the equipment and the search; in an answer about gaps, these too; seconds.
    pub reach_s: f64,
    /// Nodes of the graph.
    pub nodes: usize,
    /// Edges of the graph.
    pub edges: usize,
    /// The most memory that the program has held, millions of bytes; none where the system does not say.
    pub peak_rss_mb: Option<u64>,
}

/// A stage of loading, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The files are read.
    Reading {
        /// How many have been read.
        n_done: usize,
        /// How many there are; 0 while that is not known.
        n_files: usize,
    },
    /// Outlines are taken into the plane and split where they meet.
    Outlines,
    /// The land is triangulated.
    Mesh,
    /// Banks are strung together and named.
    Banks,
    /// Lines of sight and paths become the graph.
    Graph,
    /// The equipment is put on the ground.
    Equipment,
}

impl Stage {
    /// How many stages there are.
    pub const COUNT: usize = 6;

    /// How many stages come before this one.
    pub fn number(self) -> usize {
        match self {
            Self::Reading { .. } => 0,
            Self::Outlines => 1,
            Self::Mesh => 2,
            Self::Banks => 3,
            Self::Graph => 4,
            Self::Equipment => 5,
        }
    }

    /// What is done now, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading { .. } => "reading the files",
            Self::Outlines => "splitting outlines",
            Self::Mesh => "cutting the land into triangles",
            Self::Banks => "stringing banks together",
            Self::Graph => "looking along lines of sight",
            Self::Equipment => "placing the equipment",
        }
    }
}

impl From<Step> for Stage {
    fn from(step: Step) -> Self {
        match step {
            Step::Outlines => Self::Outlines,
            Step::Mesh => Self::Mesh,
            Step::Banks => Self::Banks,
            Step::Graph => Self::Graph,
        }
    }
}

/// Why a region cannot be loaded; always one line that names the file, the fault and what to do.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No such folder.
    #[error("{dir}: is no folder; give the folder that holds the region's region.toml")]
    NoFolder {
        /// As it was given.
        dir: String,
    },
    /// A folder that is no region.
    #[error(
        "{dir}: holds no region.toml; write one as maps/README.md says, or give another folder"
    )]
    NoRegion {
        /// As it was given.
        dir: String,
    },
    /// The file that replaces the region's equipment is not there.
    #[error("{file}: is no file; check the name after --equipment")]
    NoEquipmentFile {
        /// As it was given.
        file: String,
    },
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// There is nothing to walk on.
    #[error("{dir}: {source}")]
    NoGround {
        /// As it was given.
        dir: String,
        /// Why.
        source: NoGround,
    },
}

impl LoadedRegion {
    /// The region of a folder; a file of `equipment` takes the place of the region's own.
    ///
    /// # Errors
    ///
    /// For a folder or a file that cannot be read at all; what is odd is an oddity.
    pub fn load(
        dir: &Path,
        equipment: Option<&Path>,
        progress: &(dyn Fn(Stage) + Sync),
    ) -> Result<Self, LoadError> {
        Self::of(Files::read(dir, equipment, progress)?, progress)
    }

    /// The region of files that have been read.
    ///
    /// # Errors
    ///
    /// If there is nothing to walk on; what is odd is an oddity.
    pub fn of(files: Files, progress: &(dyn Fn(Stage) + Sync)) -> Result<Self, LoadError> {
        let Files {
            settings,
            mut layers,
            dir,
            read_s,
        } = files;
        let start = Instant::now();
        let built = Ground::build(&layers, &settings, &|step| progress(step.into()));
        let (ground, of_ground) = built.map_err(|source| LoadError::NoGround { dir, source })?;
        let ground_s = start.elapsed().as_secs_f64();
        let counts = LayerCounts::of(&layers);
        let mut equipment = std::mem::take(&mut layers.equipment);
        pieces::sort(&mut equipment);
        let responders = std::mem::take(&mut layers.responders);
        let mut oddities = std::mem::take(&mut layers.oddities);
        let people = People::of(&layers);
        drop(layers);

        let start = Instant::now();
        progress(Stage::Equipment);
        let closures = Closures::mapped(&ground.crossings);
        let order = Order::even(equipment.len());
        let standings = pieces::standings(&ground, &equipment);
        let reach = pieces::reach(&order, &equipment, &standings);
        let crew = Crew::new(&ground, responders);
        let reach_s = start.elapsed().as_secs_f64();
        oddities.extend(of_ground);
        oddities.extend(standing::oddities(&ground, &equipment, &standings));
        oddities.extend(standing::of_responders(&crew));
        let figures = BuildFigures {
            read_s,
            ground_s,
            reach_s,
            nodes: ground.graph.n_nodes(),
            edges: ground.graph.n_edges(),
            peak_rss_mb: peak_rss_mb(),
        };
        Ok(Self {
            settings,
            turned: Arc::default(),
            ground: Arc::new(ground),
            closures,
            grades: Grades::default(),
            rescue_points: Arc::default(),
            corrections: Arc::default(),
            equipment,
            order,
            standings,
            reach,
            crew: Arc::new(crew),
            people: Arc::new(people),
            oddities: Arc::new(oddities),
            counts,
            figures,
        })
    }
}

impl LayerCounts {
    fn of(layers: &Layers) -> Self {
        Self {
            water_areas: layers.water_areas.len(),
            water_lines: layers.water_lines.len(),
            coastlines: layers.coastlines.len(),
            paths: layers.paths.len(),
            fords: layers.fords.len(),
            mapped_crossings: layers.crossings.len(),
            buildings: layers.buildings.len(),
            walls: layers.walls.len(),
            schools: layers.schools.len(),
            villages: layers.villages.len(),
            equipment: layers.equipment.len(),
            responders: layers.responders.len(),
        }
    }
}

/// The most memory that this program has held, in millions of bytes, where the system says so.
pub(super) fn peak_rss_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024 / 1_000_000)
}
