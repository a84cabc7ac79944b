//! The settings of a region that a planner can turn while it is served.

use std::ops::RangeInclusive;

use serde::Deserialize;
use serde::Serialize;

use crate::model::region::RegionSettings;
use crate::units::Meters;
use crate::units::MetersPerSecond;
use crate::units::Seconds;

/// A number that a region's file gives, and that somebody may have set otherwise. The unit is the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// A bank within this of usable equipment is covered.
    TargetM,
    /// A bank beyond this is a warning.
    WarnM,
    /// Running speed, meters per second.
    RunMS,
    /// The first responder should be there within this.
    ArrivalS,
    /// A piece of a kind that has no days of its own is to be looked at again within so many days.
    InspectDays,
}

/// What somebody has set otherwise than the region's file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turned {
    /// Which setting.
    pub setting: Setting,
    /// To what; none if the file's own counts again.
    pub value: Option<f64>,
}

impl Setting {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::TargetM,
        Self::WarnM,
        Self::RunMS,
        Self::ArrivalS,
        Self::InspectDays,
    ];

    /// Its name, as the service and the store write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::TargetM => "target_m",
            Self::WarnM => "warn_m",
            Self::RunMS => "run_m_s",
            Self::ArrivalS => "arrival_s",
            Self::InspectDays => "inspect_days",
        }
    }

    /// The setting of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.name() == name)
    }

    /// What it can be set to.
    pub fn range(self) -> RangeInclusive<f64> {
        match self {
            Self::TargetM | Self::WarnM => 1.0..=1_000.0,
            Self::RunMS => 0.5..=8.0,
            Self::ArrivalS => 30.0..=7_200.0,
            Self::InspectDays => 1.0..=3_650.0,
        }
    }

    /// What it is in a region.
    pub fn of(self, settings: &RegionSettings) -> f64 {
        match self {
            Self::TargetM => settings.reach.target.0,
            Self::WarnM => settings.reach.warn.0,
            Self::RunMS => settings.reach.run.0,
            Self::ArrivalS => settings.responders.arrival.0,
            Self::InspectDays => f64::from(settings.inspection.default_days),
        }
    }

    /// Sets it in a region to a value of its range.
    pub fn set(self, settings: &mut RegionSettings, value: f64) {
        match self {
            Self::TargetM => settings.reach.target = Meters(value),
            Self::WarnM => settings.reach.warn = Meters(value),
            Self::RunMS => settings.reach.run = MetersPerSecond(value),
            Self::ArrivalS => settings.responders.arrival = Seconds(value),
            Self::InspectDays => settings.inspection.default_days = value as u16,
        }
    }
}
