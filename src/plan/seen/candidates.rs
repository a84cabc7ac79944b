//! Where somebody may have been at a step of a walk: along each shore nearby, or away from all of them.

use crate::ground::Ground;
use crate::ground::place::BankSpot;
use crate::ground::place::On;
use crate::ground::spot::Spot;
use crate::plan::seen::IN_SIGHT;
use crate::plan::seen::pieces::Piece;
use crate::plan::seen::pieces::along;
use crate::plan::seen::sights;
use crate::plan::seen::sights::Eye;
use crate::plan::seen::steps::Step;
use crate::units::Meters;

/// A fix may be off by so many times its noise.
const FARTHEST_OFF: f64 = 3.5;

/// Of each step at most so many shores are thought of, the nearest.
const MOST_SHORES: usize = 5;

/// Two parts of the same bank nearer than this along it are one shore, meters.
const ONE_SHORE: f64 = 30.0;

/// So are two that are no further apart along the bank than so many times the straight way: a bend.
const BEND: f64 = 1.6;

/// Being away from all banks is as likely as being on one that lies so many times the noise beyond what is in sight.
const AWAY: f64 = 1.2;

/// A point of a bank, by chainage in meters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Index of the bank.
    pub bank: u32,
    /// Chainage.
    pub at: f64,
}

/// Where somebody may have been at a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The place.
    pub at: Spot,
    /// The shore that they were at; none if away from all.
    pub shore: Option<BankSpot>,
    /// What they look from; none where they cannot be on open land, as on a bridge or in a house.
    pub eye: Option<Eye>,
    /// How unlikely it is by the fixes alone: minus the logarithm of a likelihood.
    pub cost: f64,
    /// Every bank that is seen from here, where it is nearest; the own one first.
    pub views: Vec<View>,
}

impl Candidate {
    /// Whether a bank is seen from here at a chainage, or near enough that nobody would know the difference.
    pub fn sees(&self, ground: &Ground, view: View, nearly: f64) -> bool {
        let mut same = self.views.iter().filter(|own| own.bank == view.bank);
        same.any(|own| along(ground, view.bank, own.at, view.at) <= nearly)
    }
}

/// All places where somebody may have been at a step; none if only a boat gets there.
pub fn candidates(ground: &Ground, step: &Step, narrow: Meters) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let (on, triangle) = ground.on(step.at, ground.near(step.at));
    let own = (on == On::Land).then_some(Eye {
        at: step.at,
        triangle,
    });
    let farthest = IN_SIGHT + step.noise * FARTHEST_OFF;
    let mut shores: Vec<View> = Vec::new();
    for (edge, at) in ground.shore_near(step.at, farthest) {
        let view = View {
            bank: edge.bank,
            at: sights::chainage(ground, edge, at),
        };
        let is_known = found.iter().zip(&shores).any(|(other, known)| {
            let apart = along(ground, view.bank, known.at, view.at);
            known.bank == view.bank && apart < ONE_SHORE.max(BEND * other.foot().distance(at).0)
        });
        if is_known {
            continue;
        }
        let bank = BankSpot {
            bank: edge.bank,
            edge: edge.edge,
            chainage: Meters(view.at),
            offset: step.at.distance(at),
            at,
        };
        if let Some(candidate) = on_shore(ground, step, own, bank, narrow) {
            found.push(candidate);
            shores.push(view);
        }
        if found.len() == MOST_SHORES {
            break;
        }
    }
    // Who is in the water by their fix was on some shore, on a bridge or in a boat, but not away on the land.
    let is_away = match on {
        On::Land | On::Bank | On::Obstacle | On::Outside => true,
        On::Water => found.is_empty(),
    };
    if is_away {
        found.push(Candidate {
            at: step.at,
            shore: None,
            eye: own,
            cost: step.weight * AWAY * AWAY / 2.0,
            views: Vec::new(),
        });
    }
    found
}

impl Candidate {
    fn foot(&self) -> Spot {
        self.shore.map_or(self.at, |shore| shore.at)
    }
}

/// Somebody on a shore, or beside it in open sight; none where nobody can stand.
fn on_shore(
    ground: &Ground,
    step: &Step,
    own: Option<Eye>,
    bank: BankSpot,
    narrow: Meters,
) -> Option<Candidate> {
    let edge = bank.on();
    let stands = sights::eye_on(ground, &bank)?;
    let is_beside = own.is_some_and(|own| sights::is_in_sight(ground, own, edge, bank.at));
    let off = if is_beside {
        (bank.offset - IN_SIGHT).max(Meters::ZERO)
    } else {
        bank.offset
    };
    let times = off.0 / step.noise.0;
    let eye = own.filter(|_| is_beside).and_then(|own| {
        if bank.offset <= IN_SIGHT {
            return Some(own);
        }
        // As far from the bank as it is still in sight, so that noise does not make them leap to its edge.
        sights::eye_at(ground, bank.at.toward(step.at, IN_SIGHT.0 / bank.offset.0))
    });
    let eye = eye.unwrap_or(stands);
    let mut candidate = Candidate {
        at: eye.at,
        shore: Some(bank),
        eye: Some(eye),
        cost: step.weight * times * times / 2.0,
        views: vec![View {
            bank: bank.bank,
            at: bank.chainage.0,
        }],
    };
    let mut pieces: Vec<Piece> = Vec::new();
    let near = (IN_SIGHT - step.noise).max(Meters::ZERO);
    sights::over_land(ground, eye, near, &mut pieces);
    sights::over_land(ground, stands, IN_SIGHT, &mut pieces);
    for piece in pieces {
        candidate.add(ground, piece.bank, f64::midpoint(piece.from, piece.to));
    }
    for (over, at) in sights::over_water(ground, edge, bank.at, narrow) {
        candidate.add(ground, over.bank, sights::chainage(ground, over, at));
    }
    Some(candidate)
}

impl Candidate {
    fn add(&mut self, ground: &Ground, bank: u32, at: f64) {
        let view = View { bank, at };
        if !self.sees(ground, view, ONE_SHORE) {
            self.views.push(view);
        }
    }
}
