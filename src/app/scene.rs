//! The scene of a question: what its place is, and from where the ground is asked; in the water, from the bank on each side.

use crate::ground::Ground;
use crate::ground::place::BankSpot;
use crate::ground::place::On;
use crate::ground::place::Place;
use crate::ground::place::SURVEY_ERROR;
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
pub(super) struct Scene<Start = Place> {
    /// What the place is on.
    pub on: On,
    /// The index of the water body that it lies in.
    pub water_body: Option<usize>,
    /// The banks at the place; in the water, the one on each side.
    pub banks: Vec<BankSpot>,
    /// From where the ground is asked: the place itself, or in the water the nearest point of the bank on each side.
    pub starts: Vec<(Option<BankSpot>, Start)>,
}

impl<Start: AsRef<Place>> Scene<Start> {
    /// The scene of a place; `on_bank` tells from where a point of a bank is asked, if anybody can stand there.
    pub fn new(ground: &Ground, here: Start, on_bank: impl Fn(BankSpot) -> Option<Start>) -> Self {
        let place = here.as_ref();
        let on = place.on;
        if !is_in_water(place) {
            return Self {
                on,
                water_body: None,
                banks: ground.banks_near(place.at, SURVEY_ERROR),
                starts: vec![(None, here)],
            };
        }
        let banks = nearest::sides(ground, place.at);
        let start = |&bank| Some((Some(bank), on_bank(bank)?));
        Self {
            on,
            water_body: banks
                .first()
                .map(|bank| ground.banks[bank.bank as usize].water_body),
            starts: banks.iter().filter_map(start).collect(),
            banks,
        }
    }

    /// The sides from which a casualty in the water is reached.
    pub fn sides(&self) -> impl Iterator<Item = BankSpot> {
        self.starts.iter().filter_map(|(side, _)| *side)
    }

    /// All places from which the ground is asked.
    pub fn all_starts(&self) -> Vec<&Place> {
        let starts = self.starts.iter();
        starts.map(|(_, start)| start.as_ref()).collect()
    }
}

/// Whether somebody at a place is in the water, and nobody gets there on foot.
pub(super) fn is_in_water(place: &Place) -> bool {
    place.on == On::Water && place.legs.is_empty()
}
