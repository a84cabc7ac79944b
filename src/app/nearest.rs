//! The nearest equipment to a place, as INTERFACE promises it.

use crate::app::fault::Fault;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::BankSpot;
use crate::ground::place::On;
use crate::ground::place::Place;
use crate::ground::place::SURVEY_ERROR;
use crate::ground::spot::Spot;
use crate::model::equipment::EquipmentKind;
use crate::plan::nearest;
use crate::plan::nearest::Found;
use crate::units::Meters;
use crate::units::Seconds;

/// What is asked about a place.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestQuestion {
    /// Where somebody stands, or is in the water.
    pub at: LonLat,
    /// The kinds that count.
    pub kinds: Vec<EquipmentKind>,
    /// So many results at most, for each bank that is served.
    pub most: usize,
}

/// The nearest pieces, and what the place is.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestAnswer {
    /// What the place is on.
    pub on: On,
    /// The index of the water body that it lies in.
    pub water_body: Option<usize>,
    /// The banks at the place; in the water, the one on each side.
    pub banks: Vec<BankSpot>,
    /// The nearest first; in the water, bank by bank.
    pub results: Vec<NearestPiece>,
    /// How many usable pieces of these kinds nobody can walk to from here; in the water, from any side.
    pub n_unreachable: usize,
}

/// One piece that somebody can walk to.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestPiece {
    /// Its number.
    pub piece: u32,
    /// The bank from which the walk begins, where the place is in the water.
    pub from_bank: Option<u32>,
    /// The walk from the place itself, effective meters.
    pub walk: Meters,
    /// For information only.
    pub straight: Meters,
    /// At the region's running speed.
    pub run: Seconds,
    /// Where the piece stands, seen from the place.
    pub bank: BankRelation,
    /// Indices of the crossings on the way, in order.
    pub crossings: Vec<u32>,
    /// The way, pulled taut.
    pub line: Vec<LonLat>,
}

/// Where a piece stands, seen from a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankRelation {
    /// On the same bank.
    Same,
    /// On another bank of the same water.
    Other,
    /// On no bank of this water, or the place is at no water.
    None,
}

impl Snapshot {
    /// The nearest usable pieces on foot.
    ///
    /// # Errors
    ///
    /// If the place lies beyond the region's plane.
    pub fn nearest(&self, question: &NearestQuestion) -> Result<NearestAnswer, Fault> {
        let ground = &self.region.ground;
        let outside = Fault::NoRegion {
            lon: question.at.lon(),
            lat: question.at.lat(),
        };
        let spot = Spot::at(ground.plane.to_plane(question.at)).ok_or(outside)?;
        let place = ground.place(spot);
        let is_in_water = place.on == On::Water && place.legs.is_empty();
        let banks = if is_in_water {
            nearest::sides(ground, spot)
        } else {
            ground.banks_near(spot, SURVEY_ERROR)
        };
        let mut answer = NearestAnswer {
            on: place.on,
            water_body: banks
                .first()
                .filter(|_| is_in_water)
                .map(|bank| ground.banks[bank.bank as usize].water_body),
            banks,
            results: Vec::new(),
            n_unreachable: 0,
        };
        let starts: Vec<(Option<BankSpot>, Place)> = if is_in_water {
            let sides = answer.banks.iter();
            sides
                .filter_map(|&bank| Some((Some(bank), ground.place_on_bank(bank)?)))
                .collect()
        } else {
            vec![(None, place)]
        };
        self.add_results(question, &starts, &mut answer);
        Ok(answer)
    }

    fn add_results(
        &self,
        question: &NearestQuestion,
        starts: &[(Option<BankSpot>, Place)],
        answer: &mut NearestAnswer,
    ) {
        let region = &self.region;
        let ground = &region.ground;
        let usable = EquipmentKind::ALL.iter().zip(&region.reach.usable);
        let counting = usable.filter(|(kind, _)| question.kinds.contains(kind));
        let pieces: Vec<(u32, &Place)> = counting.flat_map(|(_, reach)| reach.pieces()).collect();
        let islands = self.islands();
        let mut is_reached = vec![false; pieces.len()];
        for (side, start) in starts {
            let mut reachable = Vec::new();
            for (index, &(piece, place)) in pieces.iter().enumerate() {
                if islands.are_joined(ground, start, place) {
                    is_reached[index] = true;
                    reachable.push((piece, place));
                }
            }
            if reachable.is_empty() {
                continue;
            }
            let found = self.surveyors().with(ground, |surveyor| {
                let walks = surveyor.walks();
                nearest::nearest(
                    ground,
                    &region.closures,
                    walks,
                    &reachable,
                    start,
                    question.most,
                )
            });
            let here = side.or(start.bank).or(answer.banks.first().copied());
            let pieces = found.into_iter();
            answer
                .results
                .extend(pieces.map(|found| self.nearest_piece(found, *side, here)));
        }
        answer.n_unreachable = is_reached.iter().filter(|reached| !**reached).count();
    }

    fn nearest_piece(
        &self,
        found: Found,
        side: Option<BankSpot>,
        here: Option<BankSpot>,
    ) -> NearestPiece {
        let ground = &self.region.ground;
        let places = found.way.line.iter();
        let line = places.filter_map(|spot| ground.plane.to_lon_lat(spot.coord()).ok());
        NearestPiece {
            piece: found.piece,
            from_bank: side.map(|side| side.bank),
            walk: found.walk,
            straight: found.straight,
            run: found.walk / self.region.settings.reach.run,
            bank: self.relation(here, found.piece),
            crossings: found.way.crossings,
            line: line.collect(),
        }
    }

    fn relation(&self, here: Option<BankSpot>, piece: u32) -> BankRelation {
        let ground = &self.region.ground;
        let standing = self.region.standings[piece as usize].as_ref();
        // Of two banks that are near, as at a narrow canal, it stands on the nearer.
        let there = standing.and_then(|standing| {
            let banks = ground.banks_near(standing.place.at, SURVEY_ERROR);
            standing.place.bank.or(banks.first().copied())
        });
        let (Some(here), Some(there)) = (here, there) else {
            return BankRelation::None;
        };
        let water = |bank: u32| ground.banks[bank as usize].water_body;
        if there.bank == here.bank {
            BankRelation::Same
        } else if water(there.bank) == water(here.bank) {
            BankRelation::Other
        } else {
            BankRelation::None
        }
    }
}
