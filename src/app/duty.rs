//! A volunteer's evening: their team, its way, and the ground around it, for a phone without signal.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::clock;
use crate::app::evenings::Evening;
use crate::app::fault::Fault;
use crate::app::gaps::USUAL_KINDS;
use crate::app::hand_over::Wanted;
use crate::app::patrol_rows::TeamRow;
use crate::app::region::LoadedRegion;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::LonLat;
use crate::ground::spot::Spot;
use crate::model::account::AccountId;
use crate::model::day::Day;
use crate::model::notice::Notice;
use crate::model::published::Published;
use crate::model::roster::DutyAnswer;
use crate::model::volunteer::Volunteer;
use crate::model::volunteer::VolunteerState;
use crate::plan::around;
use crate::units::Meters;

/// The ground is taken along this far from the way.
const AROUND: Meters = Meters(150.0);

/// What somebody needs for an evening.
#[derive(Debug)]
pub struct DutyPack {
    /// The region as it is now.
    pub snapshot: Arc<Snapshot>,
    /// The evening.
    pub day: Day,
    /// Who they are; none: their account is nobody's on the roster.
    pub volunteer: Option<Volunteer>,
    /// What they are to do; none: nothing.
    pub duty: Option<OwnDuty>,
    /// When teams set off, as `19:00`, if that is known.
    pub begins: Option<String>,
    /// The way of their team, if one is published.
    pub way: Option<(Published, Box<TeamRow>)>,
    /// The ground around it.
    pub ground: PackedGround,
    /// The pieces that are told of, by their index in the register, in order.
    pub pieces: Vec<u32>,
    /// What they could take over from others.
    pub wanted: Vec<Wanted>,
    /// What everybody in the region is told now, the latest first.
    pub notices: Vec<Notice>,
}

/// The ground around a way, WGS-84 longitude and latitude.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackedGround {
    /// Where one turns.
    pub nodes: Vec<[f64; 2]>,
    /// Of each node its nearest pieces: index among those that are told of, and effective meters on foot.
    pub near: Vec<Vec<(usize, f64)>>,
    /// What nobody walks through.
    pub barriers: Vec<[[f64; 2]; 2]>,
}

/// What somebody is to do on an evening.
#[derive(Debug)]
pub struct OwnDuty {
    /// The number of their team, counted from 1.
    pub team: usize,
    /// What people call it.
    pub name: Option<String>,
    /// Everybody who is in it, and what they say.
    pub members: Vec<(Volunteer, Option<DutyAnswer>)>,
}

impl Regions {
    /// What somebody needs for an evening; today's, unless another is named.
    ///
    /// # Errors
    ///
    /// If there is no such region, it is not ready, or the store cannot be read.
    pub fn duty(
        &self,
        region: &str,
        account: AccountId,
        day: Option<Day>,
    ) -> Result<DutyPack, Fault> {
        let snapshot = self.snapshot(region)?;
        let day = day.unwrap_or_else(|| snapshot.today());
        let region = &self.slot(region)?.id;
        let volunteer = self.keep(|store| store.volunteer_of(region, account))?;
        let duty = match &volunteer {
            Some(volunteer) => self.own_duty(region, volunteer, &self.evening(region, &day)?)?,
            None => None,
        };
        let wanted = volunteer.as_ref().map(|me| self.wanted(region, me));
        let wanted = wanted.transpose()?.unwrap_or_default();
        let notices = self.notices_in_force(region, clock::now())?.notices;
        let (mut begins, mut way) = (None, None);
        let published = self.keep(|store| store.patrol(region, &day))?;
        if let (Some(published), Some(duty)) = (published, &duty) {
            let plan = self.published_plan(&published)?;
            begins = plan.begins;
            let mut teams = plan.teams.into_iter();
            let team = teams.find(|team| team.number == duty.team);
            way = team.map(|team| (published, Box::new(team)));
        }
        let (pieces, ground) = match &way {
            Some((_, team)) => snapshot.region.around(team),
            None => Default::default(),
        };
        Ok(DutyPack {
            snapshot,
            day,
            volunteer,
            duty,
            begins,
            way,
            ground,
            pieces,
            wanted,
            notices,
        })
    }

    fn own_duty(
        &self,
        region: &str,
        volunteer: &Volunteer,
        evening: &Evening,
    ) -> Result<Option<OwnDuty>, Fault> {
        let number = evening.day.team_of(volunteer.id);
        let Some(number) = number.filter(|_| evening.day.is_published) else {
            return Ok(None);
        };
        let team = &evening.day.teams[number - 1];
        let mut members = Vec::new();
        for member in &team.members {
            let found = self.keep(|store| store.volunteer(region, member.volunteer))?;
            let found = found.filter(|found| found.state != VolunteerState::Left);
            let answer = evening.answers.get(&member.volunteer).copied();
            members.extend(found.map(|found| (found, answer)));
        }
        Ok(Some(OwnDuty {
            team: number,
            name: team.name.as_ref().map(|name| name.as_str().to_owned()),
            members,
        }))
    }
}

impl LoadedRegion {
    /// The pieces along a team's way, by their index in the register and in order, and the ground around it.
    fn around(&self, team: &TeamRow) -> (Vec<u32>, PackedGround) {
        let places = team.line.iter().filter_map(|&[lon, lat]| {
            let at = LonLat::new(lon, lat).ok()?;
            Spot::at(self.ground.plane.to_plane(at))
        });
        let way: Vec<Spot> = places.collect();
        // Right after a change the pieces are not ranked yet; they are before anybody has walked far.
        let ranked = self.reach.ranked(&USUAL_KINDS).unwrap_or_default();
        let around = around::around(&self.ground, &ranked, &way, AROUND);
        let near = around.near.iter().map(|near| {
            let near = near.iter();
            near.map(|&(piece, cost)| (self.index_of(piece) as u32, cost))
                .collect()
        });
        let near: Vec<Vec<(u32, u32)>> = near.collect();
        let looked_at = team.stops.iter().flat_map(|stop| &stop.inspect);
        let looked_at = looked_at.filter_map(|id| self.piece(id).ok());
        let pieces = near.iter().flatten().map(|(piece, _)| *piece);
        let pieces: BTreeSet<u32> = pieces.chain(looked_at).collect();
        let pieces: Vec<u32> = pieces.into_iter().collect();
        let packed = near.into_iter().map(|near| {
            let near = near.into_iter().filter_map(|(piece, cost)| {
                let index = pieces.binary_search(&piece).ok()?;
                Some((index, Meters(f64::from(cost) / 1000.0).tenths()))
            });
            near.collect()
        });
        let ground = PackedGround {
            near: packed.collect(),
            nodes: around.nodes.iter().map(|&at| self.degrees(at)).collect(),
            barriers: around
                .barriers
                .iter()
                .map(|ends| ends.map(|at| self.degrees(at)))
                .collect(),
        };
        (pieces, ground)
    }
}
