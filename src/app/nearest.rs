//! The nearest equipment to a place, as INTERFACE promises it.

use crate::app::fault::Fault;
use crate::app::scene::Here;
use crate::app::scene::Scene;
use crate::app::snapshot::Snapshot;
use crate::app::unusable::UnusablePiece;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::BankSpot;
use crate::ground::place::FARTHEST_LEG;
use crate::ground::place::On;
use crate::ground::place::Place;
use crate::ground::spot::Spot;
use crate::model::equipment::EquipmentKind;
use crate::plan::islands::Settled;
use crate::plan::nearest;
use crate::plan::nearest::Found;
use crate::plan::ranked;
use crate::plan::ranked::RANKED;
use crate::plan::ranked::RankedKind;
use crate::plan::ranked::Start;
use crate::units::Meters;
use crate::units::Seconds;

/// Whoever has to look around no farther is answered at once.
const AT_ONCE: Meters = Meters(300.0);

/// What is asked about a place.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestQuestion {
    /// Where somebody stands, or is in the water.
    pub at: LonLat,
    /// The kinds that count.
    pub kinds: Vec<EquipmentKind>,
    /// So many results at most, for each bank that is served.
    pub most: usize,
    /// Whether the ways are wanted, pulled taut.
    pub with_lines: bool,
    /// Whether the nearest pieces that cannot be used are wanted, too.
    pub with_unusable: bool,
}

impl NearestQuestion {
    /// The kinds that count, each once however often it is named.
    pub(super) fn each_kind(&self) -> impl Iterator<Item = EquipmentKind> {
        let all = EquipmentKind::ALL.into_iter();
        all.filter(|kind| self.kinds.contains(kind))
    }
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
    /// What reaches a casualty in the water, side by side; nothing for a place that is not in the water.
    pub over_water: Vec<SideReach>,
    /// Pieces that cannot be used, apart from the results, where they were asked for.
    pub unusable: Option<Vec<UnusablePiece>>,
}

/// What reaches a casualty over the water from one side.
#[derive(Clone, Debug, PartialEq)]
pub struct SideReach {
    /// The nearest point of the bank on that side.
    pub bank: BankSpot,
    /// The kinds that reach from there.
    pub kinds: Vec<EquipmentKind>,
}

/// One piece that somebody can walk to.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestPiece {
    /// Its index.
    pub piece: u32,
    /// The bank from which the walk begins, where the place is in the water.
    pub from_bank: Option<u32>,
    /// Whether it reaches the casualty over the water once it is there, where the place is in the water.
    pub reaches: Option<bool>,
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
    /// The way, pulled taut; empty if it was not asked for.
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

impl NearestAnswer {
    /// What the place is.
    pub fn here(&self) -> Here<'_> {
        Here {
            on: self.on,
            water_body: self.water_body,
            banks: &self.banks,
        }
    }
}

impl Snapshot {
    /// The nearest usable pieces on foot.
    ///
    /// # Errors
    ///
    /// If the place lies beyond the region's plane.
    pub fn nearest(&self, question: &NearestQuestion) -> Result<NearestAnswer, Fault> {
        let ground = &self.region.ground;
        let spot = self.spot(question.at)?;
        // While the pieces are not ranked yet, and where more are wanted than are known, the ground is searched.
        let looked_up = self.ranked(question).and_then(|kinds| {
            let look = (question.most, FARTHEST_LEG);
            let start = ranked::nearest(ground, &kinds, spot, look)?;
            Some(self.looked_up(question, &kinds, start))
        });
        Ok(looked_up.unwrap_or_else(|| {
            let place = ground.place(spot);
            let scene = Scene::new(ground, place, |bank| ground.place_on_bank(bank));
            let pieces: Vec<(u32, &Place)> =
                self.region.reach.usable_pieces(&question.kinds).collect();
            self.answer(question, scene, |start| {
                self.searched(question, &pieces, start, Self::settled)
            })
        }))
    }

    /// The same where it takes no more than looking up: near equipment, without ways.
    ///
    /// # Errors
    ///
    /// If the place lies beyond the region's plane.
    pub fn nearest_at_once(
        &self,
        question: &NearestQuestion,
    ) -> Result<Option<NearestAnswer>, Fault> {
        let ground = &self.region.ground;
        let is_looked_up = !question.with_lines && !question.with_unusable;
        let Some(kinds) = self.ranked(question).filter(|_| is_looked_up) else {
            return Ok(None);
        };
        let look = (question.most, AT_ONCE);
        let start = ranked::nearest(ground, &kinds, self.spot(question.at)?, look);
        Ok(start.map(|start| self.looked_up(question, &kinds, start)))
    }

    /// The answer from a place whose nearest pieces are known; in the water, from its banks.
    fn looked_up(
        &self,
        question: &NearestQuestion,
        kinds: &[RankedKind<'_>],
        start: Start,
    ) -> NearestAnswer {
        let ground = &self.region.ground;
        let scene = Scene::new(ground, start, |bank| {
            ranked::nearest_to_bank(ground, kinds, bank, question.most)
        });
        self.answer(question, scene, |start| {
            let near = start.near.iter();
            near.map(|near| ranked::found(ground, kinds, &start.place, near, question.with_lines))
                .collect()
        })
    }

    fn ranked(&self, question: &NearestQuestion) -> Option<Vec<RankedKind<'_>>> {
        let kinds = self.region.reach.ranked(&question.kinds);
        kinds.filter(|_| question.most <= RANKED)
    }

    pub(super) fn spot(&self, at: LonLat) -> Result<Spot, Fault> {
        let (lon, lat) = (at.lon(), at.lat());
        Spot::at(self.region.ground.plane.to_plane(at)).ok_or(Fault::NoRegion { lon, lat })
    }

    fn answer<Start: AsRef<Place>>(
        &self,
        question: &NearestQuestion,
        scene: Scene<Start>,
        found: impl Fn(&Start) -> Vec<Found>,
    ) -> NearestAnswer {
        let mut answer = NearestAnswer {
            on: scene.on,
            water_body: scene.water_body,
            results: Vec::new(),
            n_unreachable: self.n_unreachable(question, &scene.all_starts(), Self::settled),
            over_water: self.over_water(scene.sides()),
            unusable: question
                .with_unusable
                .then(|| self.unusable(question, &scene)),
            banks: scene.banks,
        };
        for (side, start) in &scene.starts {
            let here = side.or(start.as_ref().bank);
            let here = here.or(answer.banks.first().copied());
            for found in found(start) {
                let piece = self.nearest_piece(found, *side, here);
                answer.results.push(piece);
            }
        }
        answer
    }

    /// The pieces nearest to a place by a search from it; `settled` tells how many of each kind stand where.
    pub(super) fn searched(
        &self,
        question: &NearestQuestion,
        pieces: &[(u32, &Place)],
        start: &Place,
        settled: fn(&Self, EquipmentKind) -> &Settled,
    ) -> Vec<Found> {
        let (ground, closures) = (&self.region.ground, &self.region.closures);
        // What nobody can walk to would be looked for in the whole region.
        let n_reachable = pieces.len() - self.n_unreachable(question, &[start], settled);
        let most = question.most.min(n_reachable);
        self.surveyors().with(ground, |surveyor| {
            nearest::nearest(ground, closures, surveyor.walks(), pieces, start, most)
        })
    }

    /// How many pieces of the kinds that are asked for nobody can walk to from any of some places.
    fn n_unreachable(
        &self,
        question: &NearestQuestion,
        starts: &[&Place],
        settled: fn(&Self, EquipmentKind) -> &Settled,
    ) -> usize {
        let (ground, here) = (&self.region.ground, self.islands().of_all(starts));
        let of_kind = |kind| settled(self, kind).n_unreachable(ground, &here, starts);
        question.each_kind().map(of_kind).sum()
    }

    /// What reaches a casualty from each side on which somebody can stand.
    pub(super) fn over_water(&self, sides: impl Iterator<Item = BankSpot>) -> Vec<SideReach> {
        let settings = &self.region.settings.reach.over_water;
        sides
            .map(|bank| SideReach {
                bank,
                kinds: settings.reaching(bank.offset),
            })
            .collect()
    }

    fn nearest_piece(
        &self,
        found: Found,
        side: Option<BankSpot>,
        here: Option<BankSpot>,
    ) -> NearestPiece {
        let ground = &self.region.ground;
        let index = self.region.index_of(found.piece);
        let places = found.way.line.iter();
        let line = places.filter_map(|spot| ground.plane.to_lon_lat(spot.coord()).ok());
        NearestPiece {
            piece: index as u32,
            from_bank: side.map(|side| side.bank),
            reaches: side.map(|side| {
                let kind = self.region.equipment[index].kind;
                let settings = &self.region.settings.reach.over_water;
                settings.reaches(kind, side.offset)
            }),
            walk: found.walk,
            straight: found.straight,
            run: found.walk / self.region.settings.reach.run,
            bank: self.relation(here, index),
            crossings: found.way.crossings,
            line: line.collect(),
        }
    }

    fn relation(&self, here: Option<BankSpot>, piece: usize) -> BankRelation {
        let ground = &self.region.ground;
        let standing = self.region.standings[piece].as_ref();
        let there = standing.and_then(|standing| standing.bank);
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
