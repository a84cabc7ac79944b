//! An evening's patrol: what is due, who walks, and the plan, as INTERFACE promises it.

use std::collections::BTreeMap;
use std::time::Instant;

use serde::Deserialize;
use serde::Serialize;

use crate::app::fault::Fault;
use crate::app::patrol_rows::CarriedRow;
use crate::app::patrol_rows::TeamRow;
use crate::app::region::LoadedRegion;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::BankSpot;
use crate::ground::place::Place;
use crate::ground::spot::Spot;
use crate::model::day::Day;
use crate::plan::patrol::evening::Aim;
use crate::plan::patrol::evening::Asked;
use crate::plan::patrol::evening::Due;
use crate::plan::patrol::evening::Evening;
use crate::plan::patrol::evening::Hold;
use crate::plan::patrol::evening::Party;
use crate::plan::patrol::evening::Planned;
use crate::plan::patrol::starts::starts;
use crate::plan::patrol::stretches::Side;
use crate::plan::patrol::stretches::Stretch;
use crate::plan::watch::Watch;
use crate::units::Meters;
use crate::units::MetersPerSecond;
use crate::units::Seconds;

/// A hot spot farther than this from every bank is at none.
const FARTHEST_HOT_SPOT: Meters = Meters(50.0);

/// A gap to what is possible that is as good as none, as a share.
const ENOUGH: f64 = 1e-5;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct PatrolQuestion {
    /// Who walks.
    pub teams: Vec<TeamQuestion>,
    /// How long each may be on its way, unless it says otherwise.
    pub time: Seconds,
    /// What makes the evening good.
    pub aim: Aim,
    /// Which evening.
    pub day: Day,
    /// Where teams linger.
    pub hot_spots: Vec<LonLat>,
    /// Whether they look at equipment whose inspection is due.
    pub inspects: bool,
    /// What earlier evenings have not come to.
    pub carried: Vec<CarriedQuestion>,
    /// Whose some stretches are already.
    pub kept: Vec<KeptQuestion>,
    /// Of equally good plans, another seed gives another.
    pub seed: u64,
}

/// Who walks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamQuestion {
    /// Their name, if they have one.
    pub name: Option<String>,
    /// Where they begin; somewhere good, unless it is given.
    pub start: Option<LonLat>,
    /// Where they end; where they began, unless it is given.
    pub end: Option<LonLat>,
    /// How long they have.
    pub time: Option<Seconds>,
    /// How fast they walk; as the region says, unless it is given.
    pub pace: Option<MetersPerSecond>,
}

/// A stretch that earlier evenings have not come to.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CarriedQuestion {
    /// The stretch's id.
    pub stretch: String,
    /// How many.
    pub evenings: u32,
}

/// A stretch that is a team's already.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptQuestion {
    /// The stretch's id.
    pub stretch: String,
    /// The team, by its index.
    pub team: usize,
    /// How firmly.
    pub hold: Hold,
}

/// An evening's patrol. Lengths are rounded to decimeters, times to tenths of a second.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PatrolReport {
    /// The region's id.
    pub region: String,
    /// Of all coordinates.
    pub datum: &'static str,
    /// The evening.
    pub day: Day,
    /// What it was planned for: `balanced`, `fewest` or `most`. Where not everything can be seen in time, it is `most`.
    pub aim: Aim,
    /// What is made as small, or as large, as possible: `longest_s`, `teams` or `weighted_m`.
    pub objective: Objective,
    /// What the plan is worth in that.
    pub value: f64,
    /// No plan for these teams and stretches is better than this.
    pub bound: f64,
    /// How much better another plan could be at most, percent of the value.
    pub gap_percent: f64,
    /// Whether none is better by more than a thousandth of a percent.
    pub proven: bool,
    /// How much bank is due, each meter as often as it is to be seen, meters.
    pub required_m: f64,
    /// How much of that is seen, meters.
    pub seen_m: f64,
    /// How much of that is carried over to the next evening, meters.
    pub carried_m: f64,
    /// The longest walk, seconds.
    pub longest_s: f64,
    /// The shortest walk of a team that walks, seconds.
    pub shortest_s: f64,
    /// How long the planning took, seconds.
    pub seconds: f64,
    /// Who must be named wherever this is shown.
    pub attribution: Option<String>,
    /// What each team does.
    pub teams: Vec<TeamRow>,
    /// What nobody comes to this evening.
    pub carried: Vec<CarriedRow>,
    /// Stretches that were named and that the region does not have, since its map has changed.
    pub unknown: Vec<String>,
}

/// What is made as small, or as large, as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// Seconds of the longest walk; the fewer, the better.
    LongestS,
    /// Teams; the fewer, the better.
    Teams,
    /// Meters seen, each as often as it counts; the more, the better.
    WeightedM,
}

/// A stretch that is due this evening, and why.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DueStretch {
    /// The stretch's id.
    pub id: String,
    /// What is walked along and seen.
    pub due: Due,
    /// What of the stretch's sides is seen.
    pub seen: Vec<Side>,
    /// How many evenings have not come to it.
    pub evenings: u32,
    /// The hot spots at it, by their index.
    pub hot_spots: Vec<usize>,
    /// The equipment to look at, by its index.
    pub pieces: Vec<usize>,
}

/// The teams as they walk.
pub(super) struct Parties {
    pub parties: Vec<Party>,
    /// Whether each start was chosen here.
    pub is_chosen: Vec<bool>,
}

impl LoadedRegion {
    /// The day's patrol, of stretches from [`LoadedRegion::stretches`].
    ///
    /// # Errors
    ///
    /// For a team that starts or ends where nobody stands.
    pub fn patrol(
        &self,
        question: &PatrolQuestion,
        stretches: &[Stretch],
        watch: Watch<'_>,
    ) -> Result<PatrolReport, Fault> {
        let start = Instant::now();
        let (due, unknown) = self.due(question, stretches);
        let parties = self.parties(question, &due)?;
        let dues: Vec<Due> = due.iter().map(|one| one.due.clone()).collect();
        let evening = Evening::new(Asked {
            ground: &self.ground,
            closures: &self.closures,
            due: &dues,
            parties: &parties.parties,
            aim: question.aim,
            seed: question.seed ^ question.day.number().cast_unsigned(),
        });
        let planned = evening.planned(watch);
        let mut report = self.patrol_report(question, &due, &parties, &planned);
        report.unknown = unknown;
        report.seconds = (start.elapsed().as_secs_f64() * 1e3).round() / 1e3;
        Ok(report)
    }

    /// All bank as stretches.
    pub fn stretches(&self) -> Vec<Stretch> {
        crate::plan::patrol::stretches::stretches(&self.ground, self.settings.patrol.narrow)
    }

    /// By what a stretch is known: the bank and the chainage of its first side.
    pub(super) fn stretch_id(&self, stretch: &Stretch) -> String {
        let side = &stretch.sides[0];
        let [from, to] = side.chainage(&self.ground).map(Meters::tenths);
        format!("{}@{from}-{to}", self.ground.banks[side.bank as usize].id)
    }

    /// The village in which most of a side lies, by its index.
    pub(super) fn village_of(&self, side: &Side) -> Option<usize> {
        let [from, to] = side.chainage(&self.ground);
        let parts = self.ground.banks[side.bank as usize].by_village();
        let within =
            parts.map(|(start, end, village)| (end.min(to).0 - start.max(from).0, village));
        let most = within.max_by(|a, b| a.0.total_cmp(&b.0));
        most.and_then(|(_, village)| village)
    }

    fn due(
        &self,
        question: &PatrolQuestion,
        stretches: &[Stretch],
    ) -> (Vec<DueStretch>, Vec<String>) {
        let ids = stretches.iter().map(|stretch| self.stretch_id(stretch));
        let ids: Vec<String> = ids.collect();
        let by_id: BTreeMap<&str, usize> = ids.iter().map(String::as_str).zip(0..).collect();
        let mut unknown = Vec::new();
        let mut known = |id: &String| {
            let found = by_id.get(id.as_str()).copied();
            if found.is_none() && !unknown.contains(id) {
                unknown.push(id.clone());
            }
            found
        };
        let mut evenings = vec![0; stretches.len()];
        for carried in &question.carried {
            if let Some(stretch) = known(&carried.stretch) {
                evenings[stretch] = carried.evenings;
            }
        }
        let mut owners = vec![None; stretches.len()];
        for kept in &question.kept {
            if let Some(stretch) = known(&kept.stretch) {
                owners[stretch] = Some((kept.team, kept.hold));
            }
        }
        let on = OnStretches::new(self, stretches);
        let mut hot_spots = vec![Vec::new(); stretches.len()];
        for (number, &at) in question.hot_spots.iter().enumerate() {
            let near = self.spot(at);
            let near = near.and_then(|spot| self.ground.banks_from(spot, FARTHEST_HOT_SPOT).next());
            if let Some((stretch, _)) = near.and_then(|at| on.of(at)) {
                hot_spots[stretch].push(number);
            }
        }
        let mut pieces: Vec<Vec<(usize, usize)>> = vec![Vec::new(); stretches.len()];
        if question.inspects {
            for piece in self.due_pieces(&question.day) {
                let bank = self.standings[piece]
                    .as_ref()
                    .and_then(|standing| standing.bank);
                if let Some((stretch, side)) = bank.and_then(|at| on.of(at)) {
                    pieces[stretch].push((side, piece));
                }
            }
        }
        let settings = &self.settings.patrol;
        let mut due = Vec::new();
        for (number, stretch) in stretches.iter().enumerate() {
            let side = &stretch.sides[0];
            let bank = &self.ground.banks[side.bank as usize];
            let village = self.village_of(side);
            let group = match village {
                Some(village) => &self.ground.villages[village].id,
                None => &self.ground.water_bodies[bank.water_body].id,
            };
            let grade = self.risk(bank.water_body);
            let visits = settings.visits(grade, group, &question.day);
            let is_wanted =
                evenings[number] > 0 || !hot_spots[number].is_empty() || owners[number].is_some();
            for (visit, walked) in (0..visits.max(u8::from(is_wanted))).flat_map(|visit| {
                // What stands on a side is looked at from that side.
                let walks = walked(stretch, &pieces[number], visit);
                walks.into_iter().map(move |one| (visit, one))
            }) {
                let (sides, seen, own) = walked;
                let seen_m: Meters = seen.iter().map(|side| side.length(&self.ground)).sum();
                let times = f64::from(grade) * f64::from(1 + evenings[number]);
                let at_hot_spots = if visit == 0 {
                    hot_spots[number].clone()
                } else {
                    Vec::new()
                };
                let pause = settings.linger.0 * at_hot_spots.len() as f64
                    + settings.inspect.0 * own.len() as f64;
                due.push(DueStretch {
                    id: ids[number].clone(),
                    due: Due {
                        sides,
                        worth: seen_m.0 * times,
                        pause: Seconds(pause),
                        owner: owners[number],
                    },
                    seen,
                    evenings: evenings[number],
                    hot_spots: at_hot_spots,
                    pieces: own,
                });
            }
        }
        (due, unknown)
    }

    /// The usable pieces that should have been looked at by a day, by their index.
    fn due_pieces(&self, day: &Day) -> Vec<usize> {
        let pieces = self.equipment.iter().enumerate();
        let due = pieces.filter(|(_, piece)| {
            let due = self.settings.inspection.due(piece);
            due.is_none_or(|due| due < *day)
        });
        due.map(|(index, _)| index).collect()
    }

    fn parties(&self, question: &PatrolQuestion, due: &[DueStretch]) -> Result<Parties, Fault> {
        let given = question.teams.iter().enumerate();
        let given = given.map(|(number, team)| {
            let at = |at: Option<LonLat>| at.map(|at| self.team_place(at, number)).transpose();
            Ok((at(team.start)?, at(team.end)?))
        });
        let given: Vec<(Option<Place>, Option<Place>)> = given.collect::<Result<_, Fault>>()?;
        let known: Vec<Spot> = given
            .iter()
            .filter_map(|(start, _)| start.as_ref().map(|start| start.at))
            .collect();
        let n_chosen = given.len() - known.len();
        let sides = due.iter().map(|one| (&one.due.sides[0], one.due.worth));
        let sides: Vec<(&Side, f64)> = sides.collect();
        let mut chosen = starts(&self.ground, &sides, &known, n_chosen).into_iter();
        let mut is_chosen = Vec::new();
        let mut parties = Vec::new();
        for (team, (start, end)) in question.teams.iter().zip(given) {
            is_chosen.push(start.is_none());
            // Where nothing is due, nobody goes anywhere.
            let Some(start) = start.or_else(|| chosen.next()).or_else(|| end.clone()) else {
                continue;
            };
            parties.push(Party {
                end: end.unwrap_or_else(|| start.clone()),
                start,
                most: team.time.unwrap_or(question.time),
                pace: team.pace.unwrap_or(self.settings.reach.walk),
            });
        }
        Ok(Parties { parties, is_chosen })
    }

    fn team_place(&self, at: LonLat, number: usize) -> Result<Place, Fault> {
        let standing = self.spot(at).and_then(|spot| self.ground.standing(spot));
        let place = standing.map(|standing| standing.place);
        let place = place.filter(|place| !place.legs.is_empty());
        place.ok_or(Fault::TeamNowhere { number })
    }

    fn patrol_report(
        &self,
        question: &PatrolQuestion,
        due: &[DueStretch],
        parties: &Parties,
        planned: &Planned,
    ) -> PatrolReport {
        let teams = self.team_rows(question, due, parties, planned);
        let carried = self.carried_rows(due, planned);
        let length = |one: &DueStretch| -> Meters {
            one.seen.iter().map(|side| side.length(&self.ground)).sum()
        };
        let required: Meters = due.iter().map(length).sum();
        let missed = planned.left_out.iter().chain(&planned.out_of_reach);
        let missed: Meters = missed.map(|&one| length(&due[one])).sum();
        let walks = planned
            .rounds
            .iter()
            .filter(|round| !round.stops.is_empty());
        let walks: Vec<f64> = walks.map(|round| round.takes.tenths()).collect();
        let (objective, is_proven) = match planned.aim {
            Aim::Balanced => (
                Objective::LongestS,
                planned.value <= planned.bound * (1.0 + ENOUGH),
            ),
            Aim::Fewest => (Objective::Teams, planned.value <= planned.bound),
            Aim::Most => (
                Objective::WeightedM,
                planned.value * (1.0 + ENOUGH) >= planned.bound,
            ),
        };
        let gap = (planned.bound - planned.value).abs() / planned.value.max(1e-9);
        PatrolReport {
            region: self.settings.id.as_str().to_owned(),
            datum: "wgs84",
            day: question.day.clone(),
            aim: planned.aim,
            objective,
            value: Meters(planned.value).tenths(),
            bound: Meters(planned.bound).tenths(),
            gap_percent: if is_proven {
                0.0
            } else {
                (gap * 1e5).ceil() / 1e3
            },
            proven: is_proven,
            required_m: required.tenths(),
            seen_m: (required - missed).tenths(),
            carried_m: missed.tenths(),
            longest_s: walks.iter().copied().fold(0.0, f64::max),
            shortest_s: walks.iter().copied().reduce(f64::min).unwrap_or(0.0),
            seconds: 0.0,
            attribution: self.settings.attribution.clone(),
            teams,
            carried,
            unknown: Vec::new(),
        }
    }
}

/// Along which sides a stretch is walked on one visit, what is seen from there, and which pieces are looked at: one way to do
/// it, or one for each side if pieces stand on both.
fn walked(
    stretch: &Stretch,
    pieces: &[(usize, usize)],
    visit: u8,
) -> Vec<(Vec<Side>, Vec<Side>, Vec<usize>)> {
    let of_side = |side: usize| -> Vec<usize> {
        let own = pieces.iter().filter(|(other, _)| *other == side);
        own.map(|(_, piece)| *piece).collect()
    };
    let with: Vec<usize> = (0..stretch.sides.len())
        .filter(|&side| visit == 0 && !of_side(side).is_empty())
        .collect();
    match with[..] {
        [] => vec![(stretch.sides.clone(), stretch.sides.clone(), Vec::new())],
        [only] => vec![(
            vec![stretch.sides[only].clone()],
            stretch.sides.clone(),
            of_side(only),
        )],
        _ => with
            .iter()
            .map(|&side| {
                let own = vec![stretch.sides[side].clone()];
                (own.clone(), own, of_side(side))
            })
            .collect(),
    }
}

/// Of which stretch each edge of a bank is.
struct OnStretches(Vec<Vec<Option<(usize, usize)>>>);

impl OnStretches {
    fn new(region: &LoadedRegion, stretches: &[Stretch]) -> Self {
        let edges = region.ground.bank_edges.iter();
        let mut on: Vec<Vec<_>> = edges.map(|edges| vec![None; edges.len()]).collect();
        for (number, stretch) in stretches.iter().enumerate() {
            for (side_number, side) in stretch.sides.iter().enumerate() {
                for edge in side.edges.clone() {
                    on[side.bank as usize][edge as usize] = Some((number, side_number));
                }
            }
        }
        Self(on)
    }

    /// The stretch and the side of it, by their indices.
    fn of(&self, at: BankSpot) -> Option<(usize, usize)> {
        self.0[at.bank as usize][at.edge as usize]
    }
}
