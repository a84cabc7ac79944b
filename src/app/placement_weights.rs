//! What a meter of bank counts when the next pieces are placed: the risk of its water, and whether people are near.

use serde::Serialize;

use crate::app::placement::PlacementQuestion;
use crate::app::region::LoadedRegion;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::On;
use crate::ground::spot::Spot;
use crate::model::layers::Layers;
use crate::plan::footprint::Footprint;
use crate::plan::placement::sites::at_places;
use crate::plan::placement::sites::measured;
use crate::plan::placement::weights::Weights;
use crate::units::Meters;

/// A bank is near a house that is no farther than this on foot: about a minute's walk, too short for a child to be missed.
pub const NEAR_A_HOUSE: Meters = Meters(100.0);

/// A bank is near a school that is no farther than this on foot: about five minutes.
pub const NEAR_A_SCHOOL: Meters = Meters(300.0);

/// A bank is near a past incident that is no farther than this on foot.
pub const NEAR_AN_INCIDENT: Meters = Meters(200.0);

/// Both banks count where somebody was in the water, if they are no farther than this.
const BANKS_OF_INCIDENT: Meters = Meters(60.0);

/// So many times more a meter of bank counts near these.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Nearness {
    /// Buildings.
    pub houses: f64,
    /// Schools and kindergartens.
    pub schools: f64,
    /// Where somebody was in the water before.
    pub incidents: f64,
}

/// How many of these were near banks and counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WeightedBy {
    /// Buildings.
    pub houses: usize,
    /// Schools and kindergartens.
    pub schools: usize,
    /// Past incidents.
    pub incidents: usize,
}

/// Where people are, as the region's files say.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Of each building, a corner.
    pub houses: Vec<LonLat>,
    /// The schools.
    pub schools: Vec<LonLat>,
}

impl People {
    /// Those of some layers.
    pub fn of(layers: &Layers) -> Self {
        let corner = |rings: &Vec<crate::model::water::Ring>| {
            rings.first().and_then(|ring| ring.points.first()).copied()
        };
        let buildings = layers.buildings.iter();
        Self {
            houses: buildings
                .filter_map(|building| corner(&building.rings))
                .collect(),
            schools: layers.schools.iter().map(|school| school.at).collect(),
        }
    }
}

impl LoadedRegion {
    /// What a meter of each bank counts, and what that was counted by.
    pub(super) fn weights(&self, question: &PlacementQuestion) -> (Weights, WeightedBy) {
        let banks = self.ground.banks.iter();
        let grades = banks.map(|bank| {
            if question.by_risk {
                f64::from(self.risk(bank.water_body))
            } else {
                1.0
            }
        });
        let mut weights = Weights::of_banks(grades.collect());
        let mut add = |places: &[LonLat], times: f64, near: Meters| -> usize {
            if times <= 0.0 {
                return 0;
            }
            let prints = self.banks_around(places, near);
            weights.add_near(&prints, times);
            prints.len()
        };
        let Nearness {
            houses,
            schools,
            incidents,
        } = question.near;
        let by = WeightedBy {
            houses: add(&self.people.houses, houses, NEAR_A_HOUSE),
            schools: add(&self.people.schools, schools, NEAR_A_SCHOOL),
            incidents: add(&question.incidents, incidents, NEAR_AN_INCIDENT),
        };
        (weights, by)
    }

    /// The banks around each of some places, on foot; none of a place that has none.
    fn banks_around(&self, places: &[LonLat], within: Meters) -> Vec<Footprint> {
        let (ground, closures) = (&self.ground, &self.closures);
        let spots = places.iter().filter_map(|&at| self.spot(at));
        // Farther on foot than in a straight line it is always.
        let spots = spots.filter(|&spot| ground.banks_from(spot, within).next().is_some());
        let is_wet = |spot: &Spot| ground.on(*spot, ground.near(*spot)).0 == On::Water;
        let (wet, dry): (Vec<Spot>, Vec<Spot>) = spots.partition(is_wet);
        let dry = at_places(ground, closures, &dry, within)
            .into_iter()
            .flatten();
        let mut prints: Vec<Footprint> = dry.map(|site| site.print).collect();
        prints.extend(wet.into_iter().map(|spot| {
            let banks = ground.banks_near(spot, BANKS_OF_INCIDENT);
            let around = measured(ground, closures, &banks, within).into_iter();
            Footprint(around.flat_map(|site| site.print.0).collect())
        }));
        prints.retain(|print| !print.0.is_empty());
        prints
    }
}
