//! Who can be at a place first, straight or with what they fetch on the way.

use crate::app::fault::Fault;
use crate::app::nearest::SideReach;
use crate::app::scene::Here;
use crate::app::scene::Scene;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::BankSpot;
use crate::ground::place::On;
use crate::ground::place::Place;
use crate::ground::search::FAR;
use crate::model::equipment::EquipmentKind;
use crate::plan::arrivals;
use crate::plan::arrivals::Arrival;
use crate::plan::call::Call;
use crate::plan::crew::Crew;
use crate::plan::crew::Now;
use crate::plan::crew::SetsOff;
use crate::plan::islands::Settled;
use crate::units::Meters;
use crate::units::Seconds;

/// Who is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Everybody on duty.
    All,
    /// Stations alone: where people live and are is not for strangers.
    Stations,
    /// Volunteers and teams alone.
    People,
}

/// What is asked about a place.
#[derive(Clone, Debug, PartialEq)]
pub struct RespondersQuestion {
    /// Where somebody is to go.
    pub at: LonLat,
    /// Who.
    pub whom: Whom,
    /// What they are to fetch on the way, one piece of these kinds; nothing unless it is given.
    ///
    /// For a casualty in the water, of the kinds that reach from the bank to which they come, if any of these can be had.
    pub fetch: Option<Vec<EquipmentKind>>,
    /// So many at most, for each bank that is served.
    pub most: usize,
    /// When.
    pub now: Now,
}

/// Who comes, and what the place is.
#[derive(Clone, Debug, PartialEq)]
pub struct RespondersAnswer {
    /// What the place is on.
    pub on: On,
    /// The index of the water body that it lies in.
    pub water_body: Option<usize>,
    /// The banks at the place; in the water, the one on each side.
    pub banks: Vec<BankSpot>,
    /// The first first; in the water, bank by bank.
    pub comers: Vec<Comer>,
    /// How many are on duty, of those who are asked for.
    pub n_on_duty: usize,
    /// How many of them cannot get here; in the water, to no side.
    pub n_unreachable: usize,
    /// What reaches a casualty in the water, side by side.
    pub over_water: Vec<SideReach>,
}

/// Somebody who comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Comer {
    /// Who, by the number in the crew's parties.
    pub number: u32,
    /// From where.
    pub from: SetsOff,
    /// The bank to which they come, where the place is in the water.
    pub from_bank: Option<u32>,
    /// How long the way takes, with what is fetched.
    pub takes: Seconds,
    /// Whether that is within the place's own standard; just as long is.
    pub is_in_time: bool,
    /// How long the way is on the ground.
    pub length: Meters,
    /// What they fetch.
    pub fetches: Option<Fetched>,
    /// Indices of the crossings on the way, in order.
    pub crossings: Vec<u32>,
    /// The way, from where they set off to the place.
    pub line: Vec<LonLat>,
}

/// What somebody fetches on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetched {
    /// The piece's index.
    pub piece: u32,
    /// The part of the way from the piece to the place, effective meters.
    pub carry: Meters,
    /// Whether it reaches the casualty over the water from there, where the place is in the water.
    pub reaches: Option<bool>,
}

impl RespondersAnswer {
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
    /// Who can be at a place first.
    ///
    /// # Errors
    ///
    /// If the place lies beyond the region's plane.
    pub fn responders(
        &self,
        crew: &Crew,
        question: &RespondersQuestion,
    ) -> Result<RespondersAnswer, Fault> {
        let ground = &self.region.ground;
        let place = ground.place(self.spot(question.at)?);
        let scene = Scene::new(ground, place, |bank| ground.place_on_bank(bank));
        let settings = &self.region.settings.responders;
        let is_asked_for = |number: u32| {
            let (responder, _) = crew.of_number(number);
            match question.whom {
                Whom::All => true,
                Whom::Stations => responder.kind.is_station(),
                Whom::People => !responder.kind.is_station(),
            }
        };
        let on_duty = crew.on_duty(settings, question.now);
        let on_duty: Vec<&Place> = on_duty
            .filter(|(number, _)| is_asked_for(*number))
            .map(|(_, place)| place)
            .collect();
        let settled = Settled::new(self.islands(), on_duty.iter().copied());
        let n_unreachable = |starts: &[&Place]| {
            settled.n_unreachable(&self.region.ground, &self.islands().of_all(starts), starts)
        };
        let mut answer = RespondersAnswer {
            on: scene.on,
            water_body: scene.water_body,
            n_on_duty: on_duty.len(),
            n_unreachable: n_unreachable(&scene.all_starts()),
            over_water: self.over_water(scene.sides()),
            comers: Vec::new(),
            banks: scene.banks,
        };
        let counts =
            |number: u32| is_asked_for(number) && crew.counts(number, settings, question.now);
        for (side, start) in &scene.starts {
            // Whoever cannot come would be looked for in the whole region.
            let n_comers = on_duty.len() - n_unreachable(&[start]);
            let most = question.most.min(n_comers);
            let kinds = question.fetch.as_deref();
            let kinds = kinds.map(|kinds| self.of_use(kinds, *side, start));
            let arrivals = self.arrivals(crew, kinds.as_deref(), start, (&counts, most));
            let comers = arrivals.into_iter();
            answer
                .comers
                .extend(comers.map(|arrival| self.comer(crew, arrival, *side)));
        }
        Ok(answer)
    }

    /// The kinds that reach the casualty from a side of the water; all of them if nothing of such kinds can be had, and on land.
    fn of_use(
        &self,
        kinds: &[EquipmentKind],
        side: Option<BankSpot>,
        start: &Place,
    ) -> Vec<EquipmentKind> {
        let settings = &self.region.settings.reach.over_water;
        let reaches =
            |kind: &EquipmentKind| side.is_some_and(|side| settings.reaches(*kind, side.offset));
        let reaching: Vec<EquipmentKind> = kinds.iter().copied().filter(reaches).collect();
        if self.can_be_fetched(&reaching, start) {
            reaching
        } else {
            kinds.to_vec()
        }
    }

    fn arrivals(
        &self,
        crew: &Crew,
        kinds: Option<&[EquipmentKind]>,
        start: &Place,
        (counts, most): (&dyn Fn(u32) -> bool, usize),
    ) -> Vec<Arrival> {
        let region = &self.region;
        let fetch = kinds.map(|kinds| region.reach.stands(kinds));
        if kinds.is_some_and(|kinds| !self.can_be_fetched(kinds, start)) {
            return Vec::new();
        }
        let parties = crew.parties(&region.settings.responders, region.settings.reach.run);
        let call = Call {
            parties: &parties,
            counts,
            fetch: fetch.as_deref(),
            most,
            farthest: FAR - 1,
        };
        arrivals::arrivals(&region.ground, &region.closures, start, &call)
    }

    /// Whether there is anything of some kinds to which somebody can walk.
    fn can_be_fetched(&self, kinds: &[EquipmentKind], start: &Place) -> bool {
        let (ground, here) = (&self.region.ground, self.islands().of(start));
        let stands = self.region.reach.stands(kinds);
        let n_pieces: usize = stands.iter().map(|stands| stands.places.len()).sum();
        let mut each_once: Vec<EquipmentKind> = kinds.to_vec();
        each_once.sort_unstable();
        each_once.dedup();
        let n_unreachable = |kind: &EquipmentKind| {
            let settled = self.settled(*kind);
            settled.n_unreachable(ground, &here, &[start])
        };
        n_pieces > each_once.iter().map(n_unreachable).sum()
    }

    fn comer(&self, crew: &Crew, arrival: Arrival, side: Option<BankSpot>) -> Comer {
        let settings = &self.region.settings;
        let takes = arrival.way / settings.reach.run;
        let pairs = arrival.line.windows(2);
        let length = pairs.map(|pair| pair[0].distance(pair[1]).0).sum();
        let plane = &self.region.ground.plane;
        let places = arrival.line.iter();
        let line = places.filter_map(|spot| plane.to_lon_lat(spot.coord()).ok());
        let (_, from) = crew.of_number(arrival.comer);
        Comer {
            number: arrival.comer,
            from,
            from_bank: side.map(|side| side.bank),
            takes,
            is_in_time: takes <= settings.responders.arrival,
            length: Meters(length),
            fetches: arrival.fetched.map(|(piece, carry)| {
                let index = self.region.index_of(piece);
                Fetched {
                    piece: index as u32,
                    carry,
                    reaches: side.map(|side| {
                        let kind = self.region.equipment[index].kind;
                        settings.reach.over_water.reaches(kind, side.offset)
                    }),
                }
            }),
            crossings: arrival.crossings,
            line: line.collect(),
        }
    }
}
