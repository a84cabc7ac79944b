//! The scene of a question: what its place is, and from where the ground is asked; in the water, from the bank on each side.

use crate::ground::Ground;
use crate::ground::place::BankSpot;
use crate::ground::place::On;
use crate::ground::place::Place;
use crate::ground::place::SURVEY_ERROR;
use crate::ground::spot::Spot;
use crate::plan::nearest;

/// What a place is, as answers tell it.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// What the place is on.
    pub on: On,
    /// The index of the water body that it lies in.
    pub water_body: Option<usize>,
    /// The banks at the place; in the water, the one on each side.
    pub banks: &'a [BankSpot],
}

/// What a place is, and from where the ground is asked.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// What the place is on.
    pub on: On,
    /// The banks at the place; in the water, the one on each side.
    pub banks: Vec<BankSpot>,
    /// From where the ground is asked: the place itself, or in the water the nearest point of the bank on each side.
    pub starts: Vec<(Option<BankSpot>, Place)>,
}

impl Scene {
    /// The scene of a place.
    pub fn new(ground: &Ground, spot: Spot) -> Self {
        let place = ground.place(spot);
        let on = place.on;
        if on != On::Water || !place.legs.is_empty() {
            return Self {
                on,
                banks: ground.banks_near(place.at, SURVEY_ERROR),
                starts: vec![(None, place)],
            };
        }
        let banks = nearest::sides(ground, place.at);
        let start = |&bank| Some((Some(bank), ground.place_on_bank(bank)?));
        Self {
            on,
            starts: banks.iter().filter_map(start).collect(),
            banks,
        }
    }

    /// The sides from which a casualty in the water is reached.
    pub fn sides(&self) -> impl Iterator<Item = BankSpot> {
        self.starts.iter().filter_map(|(side, _)| *side)
    }

    /// The index of the water body in which the place lies.
    pub fn water_body(&self, ground: &Ground) -> Option<usize> {
        let side = self.sides().next()?;
        Some(ground.banks[side.bank as usize].water_body)
    }
}
