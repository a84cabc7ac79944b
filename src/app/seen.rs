//! What of the banks was seen on an evening: worked out from each track as it comes, held against the published plan.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::patrol_rows::StopRow;
use crate::app::patrol_rows::TeamRow;
use crate::app::region::LoadedRegion;
use crate::app::regions::Regions;
use crate::ground::spot::Spot;
use crate::model::account::AccountId;
use crate::model::day::Day;
use crate::model::entry::Handed;
use crate::model::entry::NewEntry;
use crate::model::entry::SkipReason;
use crate::model::entry::TrackFix;
use crate::model::moment::Moment;
use crate::plan::coverage;
use crate::plan::seen;
use crate::plan::seen::Fix;
use crate::plan::seen::FlagKind;
use crate::plan::seen::Judging;
use crate::plan::seen::replay::Sketch;
use crate::store::entries::KeptEntry;
use crate::store::entries::KeptSeen;
use crate::units::Meters;

/// A track is held against those of so many days before: a replay of an older one is nobody's habit.
const HELD_AGAINST_DAYS: u16 = 120;

/// A team that has not set off so many milliseconds after it should is overdue: a quarter of an hour.
const OVERDUE_MS: i64 = 15 * 60 * 1_000;

/// What is left of a stretch is shown where it is at least so long.
const LEFT_AT_LEAST: Meters = Meters(5.0);

/// A piece of a bank that was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenRow {
    /// The bank's id.
    pub bank: String,
    /// Chainage where it begins, meters.
    pub from_m: f64,
    /// Chainage where it ends, meters.
    pub to_m: f64,
    /// When it was first seen, milliseconds since the beginning of 1970.
    pub first_ms: i64,
    /// When it was last seen.
    pub last_ms: i64,
}

/// Something odd about a track.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlagRow {
    /// What.
    pub kind: FlagKind,
    /// When it begins, milliseconds since the beginning of 1970.
    pub from_ms: i64,
    /// When it ends.
    pub to_ms: i64,
}

/// What is kept of a track when the track itself is deleted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub pieces: Vec<SeenRow>,
    flags: Vec<FlagRow>,
    walked_m: f64,
}

/// What an evening's teams have seen.
#[derive(Clone, Debug, PartialEq)]
pub struct EveningSeen {
    /// The number of the published patrol; none: none is published.
    pub patrol: Option<i64>,
    /// Team by team.
    pub teams: Vec<TeamSeen>,
}

/// How far a team is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamState {
    /// It has not set off, and need not have.
    Scheduled,
    /// It should have set off a while ago.
    Overdue,
    /// It is on its way.
    Active,
    /// It is back.
    Done,
}

impl TeamState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Scheduled, Self::Overdue, Self::Active, Self::Done];
}

/// What a team has seen.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamSeen {
    /// Counted from 1.
    pub number: usize,
    /// What people call it.
    pub name: Option<String>,
    /// How far it is.
    pub state: TeamState,
    /// When it set off, by the phones' clocks.
    pub started_at: Option<Moment>,
    /// When it came back.
    pub finished_at: Option<Moment>,
    /// How much bank it is to see, meters.
    pub due: Meters,
    /// How much of that it has seen, meters.
    pub seen: Meters,
    /// What is odd about its tracks.
    pub flags: Vec<FlagRow>,
    /// Stretch by stretch, in order.
    pub stops: Vec<StopSeen>,
    /// Pieces that were looked at, by their ids, the last time each.
    pub pieces: BTreeMap<String, Moment>,
}

/// What was seen of a stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct StopSeen {
    /// Counted from 1.
    pub rank: usize,
    /// The stretch's id.
    pub stretch: String,
    /// The water body's name, if it has one.
    pub water_body: Option<String>,
    /// The village's name, if it lies in one.
    pub village: Option<String>,
    /// How long it is, with what is seen over the water.
    pub length: Meters,
    /// How much of that was seen.
    pub seen: Meters,
    /// What of it was not: lines, WGS-84 longitude and latitude.
    pub left: Vec<Vec<[f64; 2]>>,
    /// When somebody checked in there.
    pub checked_in_at: Option<Moment>,
    /// Why it was left out.
    pub skipped: Option<SkipReason>,
}

impl Regions {
    /// Works out what somebody has seen on an evening from all of their track that has come, and keeps it.
    ///
    /// # Errors
    ///
    /// If the region is not ready, or the store cannot be used.
    pub(super) fn work_out_seen(
        &self,
        region: &str,
        account: AccountId,
        (day, team): (&Day, Option<u32>),
    ) -> Result<(), Fault> {
        let snapshot = self.snapshot(region)?;
        let region = &self.slot(region)?.id;
        let track = self.keep(|store| store.track(region, day, account))?;
        let fixes = snapshot.region.fixes(&track);
        let first = day.before(HELD_AGAINST_DAYS).unwrap_or_else(|| day.clone());
        let earlier = self.keep(|store| store.sketches(region, &first, day, account))?;
        let earlier: Vec<Sketch> = earlier.into_iter().map(Sketch).collect();
        let what = snapshot.region.judged(&fixes, &earlier);
        let seen = KeptSeen {
            day: day.clone(),
            account,
            team,
            what: serde_json::to_string(&what).unwrap_or_default(),
        };
        let Sketch(sketch) = Sketch::of(&fixes);
        self.keep(|store| store.put_seen(region, &seen, &sketch))
    }

    /// What the teams of an evening have seen; of one of them, if it is named.
    ///
    /// # Errors
    ///
    /// If the region is not ready, or the store cannot be read.
    pub fn evening_seen(
        &self,
        region: &str,
        day: &Day,
        only: Option<usize>,
    ) -> Result<EveningSeen, Fault> {
        let snapshot = self.snapshot(region)?;
        let region = &self.slot(region)?.id;
        let (published, entries, seen) = self.keep(|store| {
            Ok((
                store.patrol(region, day)?,
                store.entries(region, day)?,
                store.seen(region, day, day)?,
            ))
        })?;
        let Some(published) = published else {
            return Ok(EveningSeen {
                patrol: None,
                teams: Vec::new(),
            });
        };
        let plan = self.published_plan(&published)?;
        let zone = &snapshot.region.settings.time_zone;
        let is_late = is_late(zone, day, plan.begins.as_deref());
        let teams = plan.teams.iter();
        let teams = teams.filter(|team| only.is_none_or(|only| only == team.number));
        let region = &snapshot.region;
        let teams = teams.map(|team| region.team_seen(team, &entries, &seen, is_late));
        Ok(EveningSeen {
            patrol: Some(published.number.0),
            teams: teams.collect(),
        })
    }

    /// The number of the team that an account is in on an evening.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn team_of(
        &self,
        region: &str,
        account: AccountId,
        day: &Day,
    ) -> Result<Option<usize>, Fault> {
        let slot = &self.slot(region)?.id;
        let volunteer = self.keep(|store| store.volunteer_of(slot, account))?;
        let evening = self.evening(region, day)?.day;
        let team = volunteer.and_then(|volunteer| evening.team_of(volunteer.id));
        Ok(team.filter(|_| evening.is_published))
    }
}

/// Whether a team that should set off then should have done so a while ago.
fn is_late(zone: &str, day: &Day, begins: Option<&str>) -> bool {
    let begins = begins.and_then(|begins| clock::moment_at(zone, day, begins));
    let is_overdue = |begins: Moment| begins.ms + OVERDUE_MS < clock::now().ms;
    *day < clock::day(zone, clock::since_1970()) || begins.is_some_and(is_overdue)
}

/// What is kept of somebody's evening. What an older program wrote otherwise says nothing.
pub(super) fn kept(seen: &KeptSeen) -> Kept {
    serde_json::from_str(&seen.what).unwrap_or_default()
}

fn is_of_walk(what: &Handed) -> bool {
    matches!(
        what,
        Handed::CheckIn { .. } | Handed::Skip { .. } | Handed::Track { .. }
    )
}

fn looked_at(own: &[&NewEntry]) -> BTreeMap<String, Moment> {
    let mut pieces: BTreeMap<String, Moment> = BTreeMap::new();
    for entry in own {
        if let Handed::CheckIn {
            equipment: Some(piece),
            ..
        } = &entry.what
        {
            let last = pieces.entry(piece.clone()).or_insert(entry.at);
            *last = entry.at.max(*last);
        }
    }
    pieces
}

/// How long some pieces of banks are together, and how much of them was seen.
pub(super) fn seen_of(sides: &[(&str, f64, f64)], pieces: &[SeenRow]) -> (Meters, Meters) {
    let length: f64 = sides.iter().map(|(_, from, to)| to - from).sum();
    let left = sides.iter().flat_map(|&side| unseen(side, pieces));
    let left: f64 = left.map(|(from, to)| to - from).sum();
    (Meters(length), Meters(length - left))
}

/// What of a piece of a bank was not seen, in order.
fn unseen((bank, from, to): (&str, f64, f64), pieces: &[SeenRow]) -> Vec<(f64, f64)> {
    let on_it = pieces.iter().filter(|piece| piece.bank == bank);
    let on_it = on_it.map(|piece| (piece.from_m.max(from), piece.to_m.min(to)));
    let mut on_it: Vec<(f64, f64)> = on_it.filter(|(from, to)| from < to).collect();
    on_it.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut left, mut end) = (Vec::new(), from);
    for (from, to) in on_it.into_iter().chain([(to, to)]) {
        if end < from {
            left.push((end, from));
        }
        end = end.max(to);
    }
    left
}

impl LoadedRegion {
    /// A track on the region's ground; what lies beyond it is left out.
    fn fixes(&self, track: &[(Moment, Vec<TrackFix>)]) -> Vec<Fix> {
        let all = track
            .iter()
            .flat_map(|(at, fixes)| fixes.iter().map(move |fix| (at, fix)));
        let fixes = all.filter_map(|(at, fix)| {
            Some(Fix {
                at: Spot::at(self.ground.plane.to_plane(fix.at))?,
                at_ms: at.ms + fix.after_ms,
                accuracy: Meters(fix.accuracy_m),
            })
        });
        // Whoever walks for longer than that has been seen enough.
        fixes.take(seen::MOST_FIXES).collect()
    }

    fn team_seen(
        &self,
        team: &TeamRow,
        entries: &[KeptEntry],
        seen: &[KeptSeen],
        is_late: bool,
    ) -> TeamSeen {
        let number = u32::try_from(team.number).ok();
        let own = entries.iter().map(|kept| &kept.entry);
        let own: Vec<&NewEntry> = own.filter(|entry| entry.team == number).collect();
        let when = |is: fn(&Handed) -> bool| {
            let found = own.iter().filter(move |entry| is(&entry.what));
            found.map(|entry| entry.at)
        };
        let started_at = when(|what| matches!(what, Handed::Start)).min();
        let finished_at = when(|what| matches!(what, Handed::Finish)).max();
        let finished_at = finished_at.filter(|end| started_at.is_none_or(|start| start <= *end));
        let has_begun = started_at.is_some() || own.iter().any(|entry| is_of_walk(&entry.what));
        let state = match (finished_at, has_begun) {
            (Some(_), _) => TeamState::Done,
            (None, true) => TeamState::Active,
            (None, false) if is_late => TeamState::Overdue,
            (None, false) => TeamState::Scheduled,
        };
        let own_seen = seen.iter().filter(|one| one.team == number).map(kept);
        let (mut pieces, mut flags) = (Vec::new(), Vec::new());
        for one in own_seen {
            pieces.extend(one.pieces);
            flags.extend(one.flags);
        }
        flags.sort_by_key(|flag| (flag.from_ms, flag.to_ms));
        let stops = team
            .stops
            .iter()
            .map(|stop| self.stop_seen(stop, &own, &pieces));
        let stops: Vec<StopSeen> = stops.collect();
        TeamSeen {
            number: team.number,
            name: team.name.clone(),
            state,
            started_at,
            finished_at,
            due: stops.iter().map(|stop| stop.length).sum(),
            seen: stops.iter().map(|stop| stop.seen).sum(),
            flags,
            pieces: looked_at(&own),
            stops,
        }
    }

    fn stop_seen(&self, stop: &StopRow, own: &[&NewEntry], pieces: &[SeenRow]) -> StopSeen {
        let is_here = |stretch: &str| stretch == stop.stretch;
        let checked_in = own.iter().filter(|entry| match &entry.what {
            Handed::CheckIn { stretch, .. } => stretch.as_deref().is_some_and(is_here),
            _ => false,
        });
        let checked_in_at = checked_in.map(|entry| entry.at).min();
        let skipped = own.iter().rev().find_map(|entry| match &entry.what {
            Handed::Skip { stretch, reason } if is_here(stretch) => Some(*reason),
            _ => None,
        });
        let sides = [&stop.along].into_iter().chain(&stop.also_sees);
        let sides: Vec<(&str, f64, f64)> = sides
            .map(|side| {
                let (from, to) = (side.from_m.min(side.to_m), side.from_m.max(side.to_m));
                (side.bank.as_str(), from, to)
            })
            .collect();
        let (length, seen) = seen_of(&sides, pieces);
        StopSeen {
            rank: stop.rank,
            stretch: stop.stretch.clone(),
            water_body: stop.water_body_name.clone(),
            village: stop.village_name.clone(),
            length,
            seen,
            left: self.left(&sides, pieces),
            checked_in_at,
            skipped: skipped.filter(|_| checked_in_at.is_none()),
        }
    }

    /// What of some pieces of banks was not seen, as lines. What is shorter than the ends of a walk can be told is left out, and so is
    /// a bank that the region does not have any more.
    fn left(&self, sides: &[(&str, f64, f64)], pieces: &[SeenRow]) -> Vec<Vec<[f64; 2]>> {
        let mut lines = Vec::new();
        for &(id, from, to) in sides {
            let Some(bank) = self.ground.banks.iter().position(|bank| bank.id == id) else {
                continue;
            };
            let length = self.ground.banks[bank].length().0;
            for (from, to) in unseen((id, from, to.min(length)), pieces) {
                if LEFT_AT_LEAST.0 <= to - from {
                    let line = coverage::line_between(&self.ground, bank as u32, from, to);
                    lines.push(self.line(&line));
                }
            }
        }
        lines
    }

    fn judged(&self, fixes: &[Fix], earlier: &[Sketch]) -> Kept {
        let judging = Judging {
            narrow: self.settings.patrol.narrow,
            earlier,
        };
        let found = seen::seen(&self.ground, &self.closures, fixes, judging);
        // There are no more fixes than may be.
        let found = found.unwrap_or_default();
        let pieces = found.stretches.iter().map(|piece| SeenRow {
            bank: self.ground.banks[piece.bank as usize].id.clone(),
            from_m: piece.from.tenths(),
            to_m: piece.to.tenths(),
            first_ms: piece.first_ms,
            last_ms: piece.last_ms,
        });
        let flags = found.flags.iter().map(|flag| FlagRow {
            kind: flag.kind,
            from_ms: flag.from_ms,
            to_ms: flag.to_ms,
        });
        Kept {
            pieces: pieces.collect(),
            flags: flags.collect(),
            walked_m: found.walked.tenths(),
        }
    }
}
