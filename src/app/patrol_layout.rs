//! An evening laid out on a region's ground: what is due, who walks, and where from.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::app::fault::Fault;
use crate::app::patrol::PatrolQuestion;
use crate::app::region::LoadedRegion;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::BankSpot;
use crate::ground::place::Place;
use crate::ground::spot::Spot;
use crate::model::day::Day;
use crate::plan::patrol::between::at_node;
use crate::plan::patrol::evening::Asked;
use crate::plan::patrol::evening::Due;
use crate::plan::patrol::evening::Evening;
use crate::plan::patrol::evening::Party;
use crate::plan::patrol::layout::Layout;
use crate::plan::patrol::starts::starts;
use crate::plan::patrol::stretches::Side;
use crate::plan::patrol::stretches::Stretch;
use crate::units::Meters;
use crate::units::Seconds;

/// A hot spot farther than this from every bank is at none.
const FARTHEST_HOT_SPOT: Meters = Meters(50.0);

/// An evening laid out: worked out once, for a search and for what is changed by hand afterward.
#[derive(Debug)]
pub struct LaidOut {
    pub(super) due: Vec<DueStretch>,
    pub(super) parties: Parties,
    /// Stretches that were named and that the region does not have.
    pub(super) unknown: Vec<String>,
    /// How long it took.
    pub(super) took: Seconds,
    /// What is walked along, as `due` has it.
    dues: Vec<Due>,
    layout: Layout,
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
#[derive(Debug)]
pub(super) struct Parties {
    pub parties: Vec<Party>,
    /// Whether each start was chosen here.
    pub is_chosen: Vec<bool>,
}

impl LaidOut {
    /// The evening, to be planned or changed.
    pub(super) fn evening<'a>(
        &'a self,
        region: &'a LoadedRegion,
        question: &PatrolQuestion,
    ) -> Evening<'a> {
        Evening::new(
            asked(region, question, &self.dues, &self.parties),
            &self.layout,
        )
    }
}

fn asked<'a>(
    region: &'a LoadedRegion,
    question: &PatrolQuestion,
    due: &'a [Due],
    parties: &'a Parties,
) -> Asked<'a> {
    Asked {
        ground: &region.ground,
        closures: &region.closures,
        due,
        parties: &parties.parties,
        aim: question.aim,
        seed: question.seed ^ question.day.number().cast_unsigned(),
    }
}

impl LoadedRegion {
    /// Lays an evening out, of stretches from [`LoadedRegion::stretches`].
    ///
    /// # Errors
    ///
    /// For a team that starts or ends where nobody stands.
    pub fn lay_out(
        &self,
        question: &PatrolQuestion,
        stretches: &[Stretch],
    ) -> Result<LaidOut, Fault> {
        let start = Instant::now();
        let (due, unknown) = self.due(question, stretches);
        let mut parties = self.parties(question, &due)?;
        let dues: Vec<Due> = due.iter().map(|one| one.due.clone()).collect();
        // Who is to end somewhere begins where they would.
        let ends = question.teams.iter().map(|team| team.end.is_none());
        let is_free = parties.is_chosen.iter().zip(ends);
        let is_free: Vec<bool> = is_free.map(|(chosen, free)| *chosen && free).collect();
        let asked = asked(self, question, &dues, &parties);
        let layout = Layout::new(asked).amid(asked, &is_free, &|| false);
        for (number, party) in parties.parties.iter_mut().enumerate() {
            if is_free[number] && !dues.is_empty() {
                party.start = layout.start(number);
                party.end = party.start.clone();
            }
        }
        Ok(LaidOut {
            due,
            parties,
            unknown,
            took: Seconds(start.elapsed().as_secs_f64()),
            dues,
            layout,
        })
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
            // Where nothing is due, nobody goes anywhere: then any place will do.
            let anywhere = || (!self.ground.nodes.is_empty()).then(|| at_node(&self.ground, 0));
            let start = start.or_else(|| chosen.next());
            let Some(start) = start.or_else(|| end.clone()).or_else(anywhere) else {
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
