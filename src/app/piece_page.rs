//! What somebody is told who has scanned the label of a piece: whom to call, what to say, what else is near.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::Digest;
use sha2::Sha256;

use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::gaps::USUAL_KINDS;
use crate::app::nearest::BankRelation;
use crate::app::nearest::NearestPiece;
use crate::app::nearest::NearestQuestion;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::geometry::compass::Compass;
use crate::geometry::compass::bearing;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::BankSpot;
use crate::ground::spot::Spot;
use crate::model::code::Code;
use crate::model::day::Day;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::model::region::RegionSettings;
use crate::model::report::ReportKind;
use crate::model::water::WaterKind;
use crate::units::Meters;
use crate::units::Seconds;

/// So many other pieces are told to somebody beside one.
pub const MOST_NEAR: usize = 3;

/// A bridge that is farther away says nothing about where one stands.
const LANDMARK_WITHIN: Meters = Meters(300.0);

/// Which way a bank faces is told by so much of it on either side: a bend of a meter is none.
const FACING: Meters = Meters(25.0);

/// Whom to call where a region's file names nobody.
const USUAL_CALLS: [(&str, &str); 2] = [("police", "110"), ("ambulance", "120")];

/// The services of which people think first; whichever others a region's file names come behind them.
const FIRST_CALLS: [&str; 3] = ["police", "ambulance", "fire"];

/// A number to call in an emergency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Like `police`.
    pub service: String,
    /// As people know it.
    pub number: String,
}

/// A piece as its page shows it.
#[derive(Clone, Debug)]
pub struct PiecePage {
    /// As it is printed.
    pub code: Code,
    /// The piece.
    pub piece: Equipment,
    /// Its region.
    pub settings: RegionSettings,
    /// Where it is, in words.
    pub stand: Stand,
    /// What somebody says of it that nobody has looked into, and on which day they said so.
    pub reported: Option<(ReportKind, Day)>,
    /// The other usable pieces that are nearest on foot.
    pub others: Vec<OtherPiece>,
}

/// Where a piece is, in words that can be said on the telephone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stand {
    /// The water at which it stands, and on which side of it.
    pub water: Option<Bankside>,
    /// The village.
    pub village: Option<String>,
    /// A bridge near it that has a name.
    pub landmark: Option<Landmark>,
}

/// A side of a water.
#[derive(Clone, Debug, PartialEq)]
pub struct Bankside {
    /// The water's name, if it has one.
    pub name: Option<String>,
    /// What kind of water.
    pub kind: WaterKind,
    /// The side, seen from the water.
    pub side: Compass,
}

/// Something that people know, and where the piece lies from there.
#[derive(Clone, Debug, PartialEq)]
pub struct Landmark {
    /// Its name.
    pub name: String,
    /// From it to the piece.
    pub toward: Compass,
    /// As the crow flies.
    pub straight: Meters,
}

/// Another piece that somebody can walk to.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherPiece {
    /// As it is printed.
    pub code: Code,
    /// What it is.
    pub kind: EquipmentKind,
    /// Where it stands.
    pub at: LonLat,
    /// Which way it lies, degrees clockwise from the north.
    pub bearing: f64,
    /// The walk, effective meters.
    pub walk: Meters,
    /// At the region's walking speed.
    pub takes: Seconds,
    /// On which bank it stands.
    pub bank: BankRelation,
    /// Whether the way leads over water.
    pub is_over_water: bool,
}

impl Regions {
    /// The page of the piece that has a code.
    ///
    /// # Errors
    ///
    /// If no piece has it, or its region is not ready.
    pub fn piece_page(&self, code: &Code) -> Result<PiecePage, Fault> {
        let (snapshot, index) = self.coded(code)?;
        let piece = snapshot.region.equipment[index].clone();
        let settings = &snapshot.region.settings;
        let open = self.keep(|store| store.open_report_of(settings.id.as_str(), &piece.id));
        // Whoever stands at the water is told everything else also while the store cannot be read.
        let reported = open.ok().flatten().map(|report| {
            let day = clock::day_of(&settings.time_zone, report.reported_at);
            (report.what.kind, day)
        });
        Ok(PiecePage {
            code: snapshot.code(index),
            settings: settings.clone(),
            stand: snapshot.stand(index),
            reported,
            others: snapshot.others_to_run_to(index)?,
            piece,
        })
    }

    /// Whom to call where nobody knows in which region somebody is: the numbers of all regions, if they are the same.
    pub fn calls(&self) -> Vec<Call> {
        let of_regions = self.slots().iter();
        let of_regions = of_regions.filter_map(|slot| slot.settings.as_ref().map(calls));
        let mut all: Vec<Vec<Call>> = of_regions.collect();
        all.dedup();
        match <[Vec<Call>; 1]>::try_from(all) {
            Ok([same]) => same,
            Err(_) => usual_calls(),
        }
    }
}

impl Snapshot {
    /// The other usable pieces nearest on foot, from where a piece stands.
    ///
    /// # Errors
    ///
    /// If it stands beyond the region's plane.
    pub fn others_near(&self, index: usize) -> Result<Vec<NearestPiece>, Fault> {
        let answer = self.nearest(&NearestQuestion {
            at: self.region.equipment[index].at,
            kinds: USUAL_KINDS.to_vec(),
            // The piece itself is found, too.
            most: MOST_NEAR + 1,
            with_lines: false,
            with_unusable: false,
        })?;
        // Of a piece that was surveyed in the water, each bank tells its nearest; another piece may be so to both.
        let mut others = answer.results;
        others.sort_by(|a, b| a.walk.0.total_cmp(&b.walk.0));
        let mut told = BTreeSet::from([index as u32]);
        others.retain(|found| told.insert(found.piece));
        others.truncate(MOST_NEAR);
        Ok(others)
    }

    fn others_to_run_to(&self, index: usize) -> Result<Vec<OtherPiece>, Fault> {
        let plane = &self.region.ground.plane;
        let from = plane.to_plane(self.region.equipment[index].at);
        let others = self.others_near(index)?.into_iter();
        let told = others.map(|found| {
            let piece = &self.region.equipment[found.piece as usize];
            let to = plane.to_plane(piece.at);
            OtherPiece {
                code: self.code(found.piece as usize),
                kind: piece.kind,
                at: piece.at,
                bearing: bearing(to.x - from.x, to.y - from.y),
                walk: found.walk,
                takes: found.walk / self.region.settings.reach.walk,
                bank: found.bank,
                is_over_water: !found.crossings.is_empty(),
            }
        });
        Ok(told.collect())
    }

    fn stand(&self, index: usize) -> Stand {
        let piece = &self.region.equipment[index];
        let village = self.villages_of(index).next();
        let village = village.map(|village| village.name.clone());
        let village = village.filter(|name| !name.is_empty());
        let standing = self.region.standings[index].as_ref();
        Stand {
            water: standing.and_then(|standing| standing.bank).map(|bank| {
                let ground = &self.region.ground;
                let water = ground.banks[bank.bank as usize].water_body;
                let water = &ground.water_bodies[water];
                Bankside {
                    name: water.name.clone(),
                    kind: water.kind,
                    side: self.side(&bank),
                }
            }),
            village: village.or_else(|| piece.village.clone()),
            landmark: self.landmark(piece.at),
        }
    }

    /// On which side of its water a bank lies where something stands at it: the water is on the right of every bank.
    fn side(&self, at: &BankSpot) -> Compass {
        let ground = &self.region.ground;
        let length = ground.banks[at.bank as usize].length();
        // Around a small pond, a fixed length would be half of it.
        let part = FACING.min(length * 0.125);
        let end = |chainage: Meters| {
            let within = chainage.max(Meters::ZERO).min(length);
            ground
                .spot_at(at.bank, within)
                .map_or(at.at, |spot| spot.at)
        };
        let (before, after) = (end(at.chainage - part), end(at.chainage + part));
        let [east, north] = before.to(after);
        Compass::of_bearing(bearing(-north, east))
    }

    fn landmark(&self, at: LonLat) -> Option<Landmark> {
        let ground = &self.region.ground;
        let here = Spot::at(ground.plane.to_plane(at))?;
        let named = ground.crossings.iter();
        let named = named.filter_map(|crossing| Some((crossing.name.as_ref()?, crossing.at)));
        let near = named.map(|(name, there)| (name, there, there.distance(here)));
        let near = near.filter(|(_, _, straight)| *straight <= LANDMARK_WITHIN);
        let (name, there, straight) = near.min_by(|a, b| a.2.0.total_cmp(&b.2.0))?;
        let [east, north] = there.to(here);
        Some(Landmark {
            name: name.clone(),
            toward: Compass::of_bearing(bearing(east, north)),
            straight,
        })
    }
}

/// Whom to call in a region: first those of whom people think first.
pub fn calls(settings: &RegionSettings) -> Vec<Call> {
    let named = settings.country_calls.iter();
    let mut named: Vec<Call> = named
        .filter(|(_, number)| number.contains(|c: char| c.is_ascii_digit()))
        .map(|(service, number)| Call {
            service: service.clone(),
            number: number.clone(),
        })
        .collect();
    let place = |call: &Call| FIRST_CALLS.iter().position(|first| *first == call.service);
    named.sort_by_key(|call| place(call).unwrap_or(FIRST_CALLS.len()));
    if named.is_empty() {
        return usual_calls();
    }
    named
}

fn usual_calls() -> Vec<Call> {
    let calls = USUAL_CALLS.map(|(service, number)| Call {
        service: service.to_owned(),
        number: number.to_owned(),
    });
    calls.into()
}

/// By what a page's policy lets in a script or a style that stands in the page itself (CSP, section 2.3.1).
pub fn inline_hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}
