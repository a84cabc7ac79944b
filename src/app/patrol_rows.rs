//! A patrol as rows: what each team walks along, when, and what nobody comes to.

use geo::Coord;
use serde::Deserialize;
use serde::Serialize;

use crate::app::patrol::PatrolQuestion;
use crate::app::patrol_layout::DueStretch;
use crate::app::patrol_layout::Parties;
use crate::app::region::LoadedRegion;
use crate::ground::spot::Spot;
use crate::model::bank::Side as BankSide;
use crate::plan::patrol::evening::Planned;
use crate::plan::patrol::rounds::Round;
use crate::plan::patrol::rounds::Stop;
use crate::plan::patrol::stretches::Side;
use crate::units::Meters;

/// What one team does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamRow {
    /// Counted from 1.
    pub number: usize,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Where it begins: WGS-84 longitude and latitude, degrees.
    pub start: [f64; 2],
    /// Where it ends.
    pub end: [f64; 2],
    /// Whether the start was chosen by the planner.
    pub start_is_chosen: bool,
    /// How long it has, seconds.
    pub most_s: f64,
    /// How fast it walks, meters per second.
    pub walk_m_s: f64,
    /// How long it is on its way, with what it lingers, seconds.
    pub takes_s: f64,
    /// How far it walks, meters.
    pub walk_m: f64,
    /// How much bank it sees, meters.
    pub seen_m: f64,
    /// The stretches, in order.
    pub stops: Vec<StopRow>,
    /// The ids of the crossings that it uses, in order.
    pub crossings: Vec<String>,
    /// All of its way.
    pub line: Vec<[f64; 2]>,
}

/// One stretch of a team's way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StopRow {
    /// Counted from 1.
    pub rank: usize,
    /// The stretch's id.
    pub stretch: String,
    /// What is walked along.
    #[serde(flatten)]
    pub along: AlongRow,
    /// What is seen over the water beside, if it is narrow.
    pub also_sees: Vec<AlongRow>,
    /// The water body's id.
    pub water_body: String,
    /// The water body's name, if it has one.
    pub water_body_name: Option<String>,
    /// The water body's risk grade, 1 (low) to 4 (highest).
    pub risk: u8,
    /// The village's id, if it lies in one.
    pub village: Option<String>,
    /// The village's name, if it lies in one.
    pub village_name: Option<String>,
    /// How much bank is seen, meters.
    pub seen_m: f64,
    /// When it is reached, seconds from setting off.
    pub after_s: f64,
    /// What the team lingers there, seconds.
    pub pause_s: f64,
    /// How many evenings have not come to it.
    pub evenings: u32,
    /// The hot spots at it, as they were given, counted from 0.
    pub hot_spots: Vec<usize>,
    /// The equipment to look at.
    pub inspect: Vec<String>,
    /// The stretch, as it is walked.
    pub line: Vec<[f64; 2]>,
}

/// A piece of a bank, as it is walked or seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlongRow {
    /// The bank's id.
    pub bank: String,
    /// On which side of its water the bank lies.
    pub side: BankSide,
    /// Chainage where it begins, meters; more than `to_m` if it is walked against the bank.
    pub from_m: f64,
    /// Chainage where it ends, meters.
    pub to_m: f64,
}

/// A stretch that nobody comes to this evening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CarriedRow {
    /// The stretch's id.
    pub stretch: String,
    /// Its sides.
    pub banks: Vec<AlongRow>,
    /// The water body's id.
    pub water_body: String,
    /// The water body's name, if it has one.
    pub water_body_name: Option<String>,
    /// The water body's risk grade, 1 (low) to 4 (highest).
    pub risk: u8,
    /// The village's id, if it lies in one.
    pub village: Option<String>,
    /// The village's name, if it lies in one.
    pub village_name: Option<String>,
    /// How much bank it is, meters.
    pub length_m: f64,
    /// How many evenings have not come to it, with this one.
    pub evenings: u32,
    /// Why.
    pub reason: CarriedReason,
    /// Its first side.
    pub line: Vec<[f64; 2]>,
}

/// Why nobody comes to a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarriedReason {
    /// Other stretches were worth more within the time.
    NoTime,
    /// No team can go there and be back in time.
    OutOfReach,
}

/// What a stretch is, whoever asks.
struct Named {
    water_body: String,
    water_body_name: Option<String>,
    risk: u8,
    village: Option<String>,
    village_name: Option<String>,
}

impl LoadedRegion {
    pub(super) fn team_rows(
        &self,
        question: &PatrolQuestion,
        due: &[DueStretch],
        parties: &Parties,
        planned: &Planned,
    ) -> Vec<TeamRow> {
        let ground = &self.ground;
        let rounds = planned.rounds.iter().zip(&parties.parties).enumerate();
        let rows = rounds.map(|(index, (round, party))| {
            let spots = self.whole_line(due, round);
            let length: Meters = spots.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
            let stops = round.stops.iter().enumerate();
            let stops: Vec<StopRow> = stops
                .map(|(index, stop)| self.stop_row(index + 1, &due[stop.due], stop))
                .collect();
            let ways = round.stops.iter().map(|stop| &stop.way);
            let crossings = ways.chain([&round.back]).flat_map(|way| &way.crossings);
            TeamRow {
                number: index + 1,
                name: question.teams[index].name.clone(),
                start: self.degrees(party.start.at),
                end: self.degrees(party.end.at),
                start_is_chosen: parties.is_chosen[index],
                most_s: party.most.tenths(),
                walk_m_s: party.pace.0,
                takes_s: round.takes.tenths(),
                walk_m: length.tenths(),
                seen_m: Meters(stops.iter().map(|stop| stop.seen_m).sum()).tenths(),
                crossings: crossings
                    .map(|&crossing| ground.crossings[crossing as usize].id.clone())
                    .collect(),
                line: if spots.is_empty() {
                    Vec::new()
                } else {
                    self.line(&coords(&spots))
                },
                stops,
            }
        });
        rows.collect()
    }

    pub(super) fn carried_rows(&self, due: &[DueStretch], planned: &Planned) -> Vec<CarriedRow> {
        let no_time = planned
            .left_out
            .iter()
            .map(|&one| (one, CarriedReason::NoTime));
        let out_of_reach = planned.out_of_reach.iter();
        let out_of_reach = out_of_reach.map(|&one| (one, CarriedReason::OutOfReach));
        let mut missed: Vec<(usize, CarriedReason)> = no_time.chain(out_of_reach).collect();
        missed.sort_by_key(|(one, _)| *one);
        let rows = missed.into_iter().map(|(one, reason)| {
            let one = &due[one];
            let named = self.named(&one.seen[0]);
            let length: Meters = one.seen.iter().map(|side| side.length(&self.ground)).sum();
            CarriedRow {
                stretch: one.id.clone(),
                banks: one
                    .seen
                    .iter()
                    .map(|side| self.along(side, false))
                    .collect(),
                water_body: named.water_body,
                water_body_name: named.water_body_name,
                risk: named.risk,
                village: named.village,
                village_name: named.village_name,
                length_m: length.tenths(),
                evenings: one.evenings + 1,
                reason,
                line: self.line(&coords(&one.seen[0].spots(&self.ground))),
            }
        });
        rows.collect()
    }

    fn stop_row(&self, rank: usize, one: &DueStretch, stop: &Stop) -> StopRow {
        let walked = &one.due.sides[stop.side];
        let named = self.named(walked);
        let others = one.seen.iter().filter(|side| *side != walked);
        let seen: Meters = one.seen.iter().map(|side| side.length(&self.ground)).sum();
        StopRow {
            rank,
            stretch: one.id.clone(),
            along: self.along(walked, stop.is_against),
            also_sees: others.map(|side| self.along(side, false)).collect(),
            water_body: named.water_body,
            water_body_name: named.water_body_name,
            risk: named.risk,
            village: named.village,
            village_name: named.village_name,
            seen_m: seen.tenths(),
            after_s: stop.after.tenths(),
            pause_s: one.due.pause.tenths(),
            evenings: one.evenings,
            hot_spots: one.hot_spots.clone(),
            inspect: one
                .pieces
                .iter()
                .map(|&piece| self.equipment[piece].id.clone())
                .collect(),
            line: self.line(&coords(&self.walked_line(one, stop))),
        }
    }

    fn along(&self, side: &Side, is_against: bool) -> AlongRow {
        let bank = &self.ground.banks[side.bank as usize];
        let mut ends = side.chainage(&self.ground).map(Meters::tenths);
        if is_against {
            ends.reverse();
        }
        AlongRow {
            bank: bank.id.clone(),
            side: bank.side,
            from_m: ends[0],
            to_m: ends[1],
        }
    }

    fn named(&self, side: &Side) -> Named {
        let bank = &self.ground.banks[side.bank as usize];
        let body = &self.ground.water_bodies[bank.water_body];
        let village = self.village_of(side);
        let village = village.map(|village| &self.ground.villages[village]);
        Named {
            water_body: body.id.clone(),
            water_body_name: body.name.clone(),
            risk: self.risk(bank.water_body),
            village: village.map(|village| village.id.clone()),
            village_name: village.map(|village| village.name.clone()),
        }
    }

    /// A stretch as it is walked.
    fn walked_line(&self, one: &DueStretch, stop: &Stop) -> Vec<Spot> {
        let mut spots = one.due.sides[stop.side].spots(&self.ground);
        if stop.is_against {
            spots.reverse();
        }
        spots
    }

    fn whole_line(&self, due: &[DueStretch], round: &Round) -> Vec<Spot> {
        let mut spots = Vec::new();
        for stop in &round.stops {
            spots.extend(&stop.way.line);
            spots.extend(self.walked_line(&due[stop.due], stop));
        }
        spots.extend(&round.back.line);
        spots.dedup();
        spots
    }
}

pub(super) fn coords(spots: &[Spot]) -> Vec<Coord> {
    spots.iter().map(|spot| spot.coord()).collect()
}
