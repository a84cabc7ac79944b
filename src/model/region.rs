//! A region: one place that is loaded and planned together, with its settings.

use std::collections::BTreeMap;

use crate::model::inspection::InspectionSettings;
use crate::model::over_water::OverWater;
use crate::model::patrol::PatrolSettings;
use crate::model::prefix::Prefix;
use crate::model::water::WaterKind;
use crate::units::Meters;
use crate::units::MetersPerSecond;
use crate::units::Seconds;

/// A region's id: lower-case letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegionId(String);

/// Why a text is no region id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the id {0:?} must be 1 to 64 of a-z, 0-9 and -")]
pub struct BadRegionId(pub String);

impl RegionId {
    /// An id from its text.
    pub fn new(text: &str) -> Result<Self, BadRegionId> {
        let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.is_empty() || text.len() > 64 || !text.chars().all(is_allowed) {
            return Err(BadRegionId(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A region's name and settings, as its `region.toml` gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionSettings {
    /// Unique among the regions that are loaded together.
    pub id: RegionId,
    /// The letters that the codes of its pieces begin with, where the region's file names them.
    pub code: Option<Prefix>,
    /// The name by language, like `zh` and `en`; at least one.
    pub name: BTreeMap<String, String>,
    /// IANA name, like `Asia/Shanghai`.
    pub time_zone: String,
    /// Emergency numbers by service, like `police`.
    pub country_calls: BTreeMap<String, String>,
    /// What volunteers read out or play on their evening walk, by language; those that are not named have the usual words.
    pub reminder: BTreeMap<String, String>,
    /// Whether the whole place is made up: nobody lives there, and whoever sees it must be told so.
    pub is_invented: bool,
    /// How far and how fast.
    pub reach: ReachSettings,
    /// How people move.
    pub ground: GroundSettings,
    /// Which water counts.
    pub water: WaterSettings,
    /// How fast responders come, and how soon they should.
    pub responders: ResponderSettings,
    /// How often equipment is to be looked at.
    pub inspection: InspectionSettings,
    /// How patrols are planned.
    pub patrol: PatrolSettings,
    /// Who must be named wherever the map is shown, like `© OpenStreetMap contributors`.
    pub attribution: Option<String>,
    /// The day of the map data as `YYYY-MM-DD`, where it is known.
    pub map_date: Option<String>,
}

/// How far rescue equipment may be, and how fast people are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReachSettings {
    /// A bank within this of usable equipment is covered.
    pub target: Meters,
    /// A bank beyond this is a warning.
    pub warn: Meters,
    /// Running speed.
    pub run: MetersPerSecond,
    /// Walking speed.
    pub walk: MetersPerSecond,
    /// Time for fetching and returning.
    pub budget: Seconds,
    /// How far a piece reaches over the water from the bank.
    pub over_water: OverWater,
}

impl Default for ReachSettings {
    /// RoSPA: equipment every 100 m, so at most 50 m away; speeds after Jonsson 2020 and Gramm 2025, rounded down.
    fn default() -> Self {
        Self {
            target: Meters(50.0),
            warn: Meters(100.0),
            run: MetersPerSecond(2.0),
            walk: MetersPerSecond(1.3),
            budget: Seconds(60.0),
            over_water: OverWater::default(),
        }
    }
}

/// How fast responders come, and how soon they should. On foot they run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResponderSettings {
    /// On a bicycle, with or without a motor.
    pub ebike: MetersPerSecond,
    /// In a car.
    pub car: MetersPerSecond,
    /// The place's own standard: the first should be there within this; just as long is kept.
    pub arrival: Seconds,
    /// A position older than this is no longer where somebody is: they are taken to be at home.
    pub position_age: Seconds,
}

impl Default for ResponderSettings {
    /// An e-bicycle at 20 km/h and a car at 30 km/h on village roads; five minutes, the usual promise of a town's own
    /// responders and the time within which submersion is likely to be survived (Quan et al. 2016).
    fn default() -> Self {
        Self {
            ebike: MetersPerSecond(5.5),
            car: MetersPerSecond(8.3),
            arrival: Seconds(300.0),
            position_age: Seconds(900.0),
        }
    }
}

/// Where people may walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// Over any free land.
    Open,
    /// Along mapped paths and banks, and a short leg to them.
    Paths,
}

/// How people move over the ground: effective meters per meter, by what is underfoot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroundSettings {
    /// Where people may walk.
    pub movement: Movement,
    /// Factor on paths, streets and bridges.
    pub path_factor: f64,
    /// Factor along a bank.
    pub bank_factor: f64,
    /// Factor over open ground.
    pub open_factor: f64,
    /// Factor on stairs.
    pub steps_factor: f64,
}

impl GroundSettings {
    /// No meter costs less, whatever is underfoot.
    pub fn least_factor(&self) -> f64 {
        let factors = [self.path_factor, self.bank_factor, self.steps_factor];
        factors.into_iter().fold(self.open_factor, f64::min)
    }
}

impl Default for GroundSettings {
    fn default() -> Self {
        Self {
            movement: Movement::Open,
            path_factor: 1.0,
            bank_factor: 1.1,
            open_factor: 1.25,
            steps_factor: 1.5,
        }
    }
}

/// Which mapped water has banks that must be covered.
#[derive(Clone, Debug, PartialEq)]
pub struct WaterSettings {
    /// Classes of water that have banks.
    pub include: Vec<WaterClass>,
    /// Smaller areas are left out.
    pub min_area_m2: f64,
    /// Risk grade, 1 (low) to 4 (highest), of a water body that has none of its own.
    pub default_risk: u8,
    /// Risk grades by water body id.
    pub risk_by_id: BTreeMap<String, u8>,
}

impl WaterSettings {
    /// The risk grade of a water body, 1 (low) to 4 (highest).
    pub fn risk_of(&self, water_body: &str) -> u8 {
        self.risk_by_id
            .get(water_body)
            .copied()
            .unwrap_or(self.default_risk)
    }
}

impl Default for WaterSettings {
    fn default() -> Self {
        Self {
            include: vec![WaterClass::Area, WaterClass::River, WaterClass::Canal],
            min_area_m2: 100.0,
            default_risk: 2,
            risk_by_id: BTreeMap::new(),
        }
    }
}

/// A class of mapped water, as `region.toml` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WaterClass {
    /// Anything mapped as an area, the sea too.
    Area,
    /// A river mapped as a line.
    River,
    /// A canal mapped as a line.
    Canal,
    /// A stream mapped as a line.
    Stream,
    /// A ditch or drain mapped as a line.
    Ditch,
}

impl WaterClass {
    /// The class of water of a kind that is mapped as a line.
    pub fn of_line(kind: WaterKind) -> Self {
        match kind {
            WaterKind::Canal => Self::Canal,
            WaterKind::Stream => Self::Stream,
            WaterKind::Ditch => Self::Ditch,
            WaterKind::River
            | WaterKind::Lake
            | WaterKind::Reservoir
            | WaterKind::Pond
            | WaterKind::Basin
            | WaterKind::Sea => Self::River,
        }
    }
}
