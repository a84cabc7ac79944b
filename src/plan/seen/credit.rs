//! What is credited for a walk: the bank along it, what is in sight of it, and what lies over narrow water.

use crate::ground::Ground;
use crate::ground::OnBank;
use crate::ground::place::BankSpot;
use crate::ground::spot::Spot;
use crate::plan::seen::FASTEST_ON_FOOT;
use crate::plan::seen::IN_SIGHT;
use crate::plan::seen::SeenPiece;
use crate::plan::seen::candidates::View;
use crate::plan::seen::matching::Matched;
use crate::plan::seen::matching::farthest;
use crate::plan::seen::pieces::Piece;
use crate::plan::seen::pieces::along;
use crate::plan::seen::pieces::between;
use crate::plan::seen::pieces::is_walkable;
use crate::plan::seen::pieces::merged;
use crate::plan::seen::sights;
use crate::plan::seen::sights::Eye;
use crate::plan::seen::sights::bits;
use crate::plan::seen::sights::chainage;
use crate::plan::seen::sights::over_water;
use crate::plan::seen::strides::Strides;
use crate::units::Meters;

/// Somebody went along the bank, and not across a neck of land, if it is no longer than so many times the way over the ground.
const AS_LONG: f64 = 1.5;

/// Nor is this little more a neck of land, meters.
const LITTLE: f64 = 25.0;

/// On the way from one step to the next somebody looks around every so many meters.
const LOOKS: f64 = 5.0;

/// A piece of bank that was seen, and from when to when.
type Timed = (Piece, i64, i64);

/// The pieces of bank that whoever took a walk has seen, on whichever shore they may have been.
pub fn stretches(
    ground: &Ground,
    strides: &mut Strides,
    narrow: Meters,
    matched: &Matched,
    own_bank: &[Option<bool>],
) -> Vec<SeenPiece> {
    let mut crediting = Crediting {
        ground,
        matched,
        own_bank,
        walked: Vec::new(),
        seen: Vec::new(),
    };
    for at in 0..matched.steps.len() {
        crediting.at_step(at, narrow);
        crediting.at_end(at);
        if let Some(&Some(length)) = matched.links.get(at) {
            crediting.on_the_way(at, length, strides);
        }
    }
    let walked = merged(crediting.walked.clone());
    let mut seen = crediting.seen;
    over_narrow_water(ground, &walked, narrow, &mut seen);
    seen.extend(crediting.walked);
    merged(seen)
}

struct Crediting<'a> {
    ground: &'a Ground,
    matched: &'a Matched,
    own_bank: &'a [Option<bool>],
    /// Along the bank that somebody walked on: from here, one sees over narrow water.
    walked: Vec<Timed>,
    seen: Vec<Timed>,
}

impl Crediting<'_> {
    fn is_sure_of_own(&self, at: usize) -> bool {
        self.own_bank[at] == Some(true)
    }

    /// What is seen from where somebody is at a step.
    fn at_step(&mut self, at: usize, narrow: Meters) {
        let step = &self.matched.steps[at];
        let best = self.matched.best(at);
        let Some(shore) = best.shore else {
            return;
        };
        let mut pieces = Vec::new();
        if let Some(eye) = sights::eye_on(self.ground, &shore) {
            sights::over_land(self.ground, eye, IN_SIGHT, &mut pieces);
        }
        if let Some(eye) = best.eye {
            let near = (IN_SIGHT - step.noise).max(Meters::ZERO);
            sights::over_land(self.ground, eye, near, &mut pieces);
        }
        let is_sure = |piece: &Piece| {
            let at_middle = View {
                bank: piece.bank,
                at: f64::midpoint(piece.from, piece.to),
            };
            self.matched.is_sure(self.ground, at, at_middle)
        };
        let sure = pieces.into_iter().filter(is_sure);
        let timed = |piece: Piece| (piece, step.first_ms, step.last_ms);
        let (own, others): (Vec<Timed>, Vec<Timed>) = sure
            .map(timed)
            .partition(|(piece, ..)| piece.bank == shore.bank);
        self.walked.extend(own);
        self.seen.extend(others);
        if !self.is_sure_of_own(at) {
            self.over_water_from_either(at, &shore, narrow);
        }
    }

    /// A step is the middle of ten seconds: where a walk begins or ends, somebody was half a step farther out.
    fn at_end(&mut self, at: usize) {
        let is_linked = |at: usize| self.matched.links.get(at).is_some_and(Option::is_some);
        let is_first = at == 0 || !is_linked(at - 1);
        let inner = match (is_first, is_linked(at)) {
            (true, true) => at + 1,
            (false, false) => at - 1,
            (true, false) | (false, true) => return,
        };
        let (step, next) = (&self.matched.steps[at], &self.matched.steps[inner]);
        let shores = [at, inner].map(|at| self.matched.best(at).shore);
        let [Some(own), Some(other)] = shores else {
            return;
        };
        let stride = own.chainage - other.chainage;
        let seconds = step.seconds_to(next).abs();
        let within = (step.last_ms - step.first_ms) as f64 / 2000.0;
        let is_stride = own.bank == other.bank
            && stride.0.abs() <= FASTEST_ON_FOOT.0 * seconds
            && seconds > 0.0
            && [at, inner].iter().all(|&at| self.is_sure_of_own(at));
        if !is_stride {
            return;
        }
        let beyond = own.chainage.0 + stride.0 * (within / seconds).min(1.0);
        let length = self.ground.banks[own.bank as usize].length();
        let beyond = Meters(beyond).max(Meters::ZERO).min(length);
        let Some(outer) = self.ground.spot_at(own.bank, beyond) else {
            return;
        };
        let mut pieces = between(self.ground, own.bank, own.chainage.0, outer.chainage.0);
        if let Some(eye) = sights::eye_on(self.ground, &outer) {
            sights::over_land(self.ground, eye, IN_SIGHT, &mut pieces);
        }
        pieces.retain(|piece| piece.bank == own.bank);
        let timed = pieces
            .into_iter()
            .map(|piece| (piece, step.first_ms, step.last_ms));
        self.walked.extend(timed);
    }

    /// Where it is not sure on which side of a narrow water somebody is, what is seen from either side.
    fn over_water_from_either(&mut self, at: usize, shore: &BankSpot, narrow: Meters) {
        let step = &self.matched.steps[at];
        for (on, spot) in over_water(self.ground, shore.on(), shore.at, narrow) {
            let view = View {
                bank: on.bank,
                at: chainage(self.ground, on, spot),
            };
            if self.matched.is_sure(self.ground, at, view) {
                let seen = bits(self.ground, on, shore.at, narrow);
                self.seen
                    .extend(seen.map(|(piece, _)| (piece, step.first_ms, step.last_ms)));
            }
        }
    }

    /// What is seen on the way from a step to the next.
    fn on_the_way(&mut self, at: usize, length: Meters, strides: &mut Strides) {
        let (from, to) = (self.matched.best(at), self.matched.best(at + 1));
        let steps = [&self.matched.steps[at], &self.matched.steps[at + 1]];
        let times = (steps[0].last_ms, steps[1].first_ms);
        let is_sure = self.is_sure_of_own(at) && self.is_sure_of_own(at + 1);
        let shores = from.shore.zip(to.shore).filter(|_| is_sure);
        if let Some((a, b)) = shores.filter(|(a, b)| a.bank == b.bank) {
            let [a_at, b_at] = [a, b].map(|shore| shore.chainage.0);
            let bank = along(self.ground, a.bank, a_at, b_at);
            let pieces = between(self.ground, a.bank, a_at, b_at);
            let fits = farthest(steps[0], steps[1]).is_some_and(|farthest| bank <= farthest.0);
            if fits
                && bank <= AS_LONG * length.0 + LITTLE
                && pieces.iter().all(|piece| is_walkable(self.ground, piece))
            {
                let timed = pieces.into_iter().map(|piece| (piece, times.0, times.1));
                self.walked.extend(timed);
                return;
            }
        }
        if steps[0].is_before_gap(steps[1]) && (is_sure || shores.is_none()) {
            let limit = farthest(steps[0], steps[1]).unwrap_or(length);
            let way = strides.way(from, to, limit);
            self.along_way(at, &way, times);
        }
    }

    /// What is seen on a way that nobody saw being walked: of it, only that it fits the time is known.
    fn along_way(&mut self, at: usize, way: &[Spot], times: (i64, i64)) {
        let is_known = |at: usize| self.own_bank[at] != Some(false);
        if !is_known(at) || !is_known(at + 1) {
            return;
        }
        for pair in way.windows(2) {
            let n_looks = (pair[0].distance(pair[1]).0 / LOOKS).ceil().max(1.0);
            for look in 0..=n_looks as u32 {
                let spot = pair[0].toward(pair[1], f64::from(look) / n_looks);
                if let Some(eye) = self.eye_near(spot) {
                    let mut pieces = Vec::new();
                    sights::over_land(self.ground, eye, IN_SIGHT, &mut pieces);
                    let timed = pieces.into_iter().map(|piece| (piece, times.0, times.1));
                    self.seen.extend(timed);
                }
            }
        }
    }

    /// A way that is pulled taut runs along the very edge of the water: who walks it stands a step beside.
    fn eye_near(&self, spot: Spot) -> Option<Eye> {
        let on_bank = || {
            let bank = self.ground.banks_from(spot, Meters(1.0)).next()?;
            sights::eye_on(self.ground, &bank)
        };
        on_bank().or_else(|| sights::eye_at(self.ground, spot))
    }
}

/// What lies over against the bank that was walked along, no farther away than `narrow`, across nothing but water.
fn over_narrow_water(ground: &Ground, walked: &[SeenPiece], narrow: Meters, seen: &mut Vec<Timed>) {
    if narrow <= Meters::ZERO {
        return;
    }
    let walked_at = |bank: u32, at: f64| {
        let first = walked.partition_point(|piece| (piece.bank, piece.to.0) < (bank, at));
        let piece = walked.get(first)?;
        (piece.bank == bank && piece.from.0 <= at).then_some(piece)
    };
    let mut edges: Vec<OnBank> = Vec::new();
    for piece in walked {
        let bank = &ground.banks[piece.bank as usize];
        let first = bank.chainage.partition_point(|at| *at <= piece.from).max(1) - 1;
        let last = bank.chainage.partition_point(|at| *at < piece.to);
        let own = &ground.bank_edges[piece.bank as usize];
        for nodes in &own[first..last.min(own.len())] {
            for node in nodes {
                let near = ground.shore_near(ground.nodes[*node as usize], narrow * 1.5);
                edges.extend(near.map(|(on, _)| on));
            }
        }
    }
    edges.sort_unstable();
    edges.dedup();
    for on in edges {
        let length = ground.banks[on.bank as usize].length();
        let [a, _] = ground.ends(on);
        // All of the edge, in bits.
        for (piece, middle) in bits(ground, on, a, length) {
            let mut facing = over_water(ground, on, middle, narrow);
            let from =
                facing.find_map(|(near, at)| walked_at(near.bank, chainage(ground, near, at)));
            if let Some(from) = from {
                seen.push((piece, from.first_ms, from.last_ms));
            }
        }
    }
}
