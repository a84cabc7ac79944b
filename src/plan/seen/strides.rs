//! How far it is over the ground from where somebody may have been at one step to where they may have been at the next.

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::FARTHEST_PATH_LEG;
use crate::ground::place::Place;
use crate::ground::search::FAR;
use crate::ground::sight::Outlook;
use crate::ground::spot::Spot;
use crate::model::region::Movement;
use crate::plan::nearest::nearest;
use crate::plan::seen::candidates::Candidate;
use crate::plan::seen::pieces::along;
use crate::plan::seen::pieces::between;
use crate::plan::seen::pieces::is_walkable;
use crate::plan::walks::Walks;
use crate::units::Meters;

/// Along a bank that bends no more than this, nobody needs to be searched a way: so many times the straight line.
const BEND: f64 = 1.3;

/// So little more is never a detour, meters.
const LITTLE: f64 = 5.0;

/// Walks between the steps of a track, in the same memory.
pub struct Strides<'a> {
    ground: &'a Ground,
    closures: &'a Closures,
    walks: Walks,
}

impl<'a> Strides<'a> {
    /// Working memory for one track.
    pub fn new(ground: &'a Ground, closures: &'a Closures) -> Self {
        Self {
            ground,
            closures,
            walks: Walks::new(ground),
        }
    }

    /// How far it is on foot from one candidate to each of some others; none if that is beyond the limit.
    ///
    /// # Units
    ///
    /// Meters over open ground: paths, which are easier to walk, count for less than they are long.
    pub fn lengths(
        &mut self,
        from: &Candidate,
        to: &[Candidate],
        limit: Meters,
    ) -> Vec<Option<Meters>> {
        let direct = to.iter().map(|to| self.direct(from, to));
        let mut lengths: Vec<Option<Meters>> = direct.collect();
        let is_searched = |(to, length): (&Candidate, &Option<Meters>)| {
            length.is_none() && from.at.distance(to.at) <= limit
        };
        let is_open: Vec<bool> = to.iter().zip(&lengths).map(is_searched).collect();
        if is_open.contains(&true) {
            let factor = self.ground.settings.open_factor;
            let start = self.place(from, limit);
            self.walks
                .start(self.ground, self.closures, &start, limit * factor);
            for (i, end) in to.iter().enumerate().filter(|(i, _)| is_open[*i]) {
                let place = self.place(end, limit);
                let by_node = place.legs.iter().filter_map(|leg| {
                    let distance = self.walks.labels().distance(leg.node);
                    (distance != FAR).then(|| distance.saturating_add(leg.cost))
                });
                lengths[i] = by_node
                    .min()
                    .map(|cost| Meters(f64::from(cost) / 1000.0 / factor));
            }
        }
        for length in &mut lengths {
            *length = length.filter(|length| *length <= limit);
        }
        lengths
    }

    /// The shortest way over the ground from one candidate to another that somebody can walk to.
    pub fn way(&mut self, from: &Candidate, to: &Candidate, limit: Meters) -> Vec<Spot> {
        let (start, end) = (self.place(from, limit), self.place(to, limit));
        let walks = &mut self.walks;
        let found = nearest(self.ground, self.closures, walks, &[(0, &end)], &start, 1);
        let found = found.into_iter().next();
        found.map_or_else(Vec::new, |found| found.way.line)
    }

    /// What needs no search: a straight line over open ground, or the bank.
    fn direct(&self, from: &Candidate, to: &Candidate) -> Option<Meters> {
        let straight = from.at.distance(to.at);
        let goes_straight = match self.ground.settings.movement {
            Movement::Open => true,
            // There may be fences that nobody mapped, but not within a few steps.
            Movement::Paths => straight <= FARTHEST_PATH_LEG,
        };
        let is_free = |eye: crate::plan::seen::sights::Eye| {
            self.ground.is_free_from(eye.at, eye.triangle, to.at)
        };
        if goes_straight && to.eye.is_some() && from.eye.is_some_and(is_free) {
            return Some(straight);
        }
        let (a, b) = (from.shore?, to.shore?);
        if a.bank != b.bank {
            return None;
        }
        let length = along(self.ground, a.bank, a.chainage.0, b.chainage.0);
        let pieces = between(self.ground, a.bank, a.chainage.0, b.chainage.0);
        let is_direct = length <= BEND * a.at.distance(b.at).0 + LITTLE;
        (is_direct && pieces.iter().all(|piece| is_walkable(self.ground, piece)))
            .then_some(Meters(length))
    }

    fn place(&self, candidate: &Candidate, limit: Meters) -> Place {
        let how_far = || Outlook {
            farthest: limit.0 * 1000.0,
            ..Outlook::default()
        };
        let on_bank = candidate.shore.filter(|_| candidate.eye.is_none());
        let place =
            on_bank.and_then(|bank| self.ground.place_on_bank_looking(bank, |_, _| how_far()));
        place.unwrap_or_else(|| self.ground.place_looking(candidate.at, |_, _| how_far()))
    }
}
