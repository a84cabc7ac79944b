//! The crew: the responders of a region on its ground, and who of them counts at a moment.

use crate::geometry::lon_lat::LonLat;
use crate::ground::Ground;
use crate::ground::place::Place;
use crate::ground::reach::Pieces;
use crate::ground::spot::Spot;
use crate::model::region::ResponderSettings;
use crate::model::responder::Responder;
use crate::model::responder::Travel;
use crate::plan::call::OwnStands;
use crate::plan::call::Party;
use crate::plan::call::Wheels;
use crate::units::MetersPerSecond;

/// A moment, as duty hours and the age of a position take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Seconds since the beginning of 1970, UTC.
    pub since_1970: u64,
    /// Minutes since midnight, in the region's own time.
    pub minute_of_day: u16,
}

/// From where somebody sets off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetsOff {
    /// From home.
    Home,
    /// From where they were seen last.
    LastSeen,
}

/// The responders of a region. Each stands in it twice: at home, and where they were seen last.
#[derive(Clone, Debug, Default)]
pub struct Crew {
    responders: Vec<Responder>,
    /// Where each can set off: from home, and from where they were seen last.
    places: Vec<[Option<Place>; 2]>,
    /// In the order of [`Travel::ALL`].
    by_travel: [OwnStands; Travel::ALL.len()],
}

impl Crew {
    /// Puts responders on the ground.
    pub fn new(ground: &Ground, responders: Vec<Responder>) -> Self {
        let places = responders
            .iter()
            .map(|responder| places_of(ground, responder));
        let places = places.collect();
        Self::placed(responders, places)
    }

    fn placed(responders: Vec<Responder>, places: Vec<[Option<Place>; 2]>) -> Self {
        let mut by_travel: [Pieces; Travel::ALL.len()] = Default::default();
        for (index, responder) in responders.iter().enumerate() {
            let stands = &mut by_travel[responder.travel as usize];
            for (place, from) in places[index].iter().zip([SetsOff::Home, SetsOff::LastSeen]) {
                if let Some(place) = place {
                    stands.put(number(index, from), place.clone());
                }
            }
        }
        Self {
            by_travel: by_travel.map(OwnStands::new),
            responders,
            places,
        }
    }

    /// The crew with one responder as they are now.
    #[must_use]
    pub fn with(&self, ground: &Ground, index: usize, responder: Responder) -> Self {
        let (mut responders, mut places) = (self.responders.clone(), self.places.clone());
        let before = &self.responders[index];
        let (has_stayed, is_carried_alike) = (
            (before.home, before.seen) == (responder.home, responder.seen),
            before.travel == responder.travel,
        );
        if has_stayed && is_carried_alike {
            let mut after = self.clone();
            after.responders[index] = responder;
            return after;
        }
        places[index] = places_of(ground, &responder);
        responders[index] = responder;
        Self::placed(responders, places)
    }

    /// The crew with somebody new.
    #[must_use]
    pub fn with_new(&self, ground: &Ground, responder: Responder) -> Self {
        let (mut responders, mut places) = (self.responders.clone(), self.places.clone());
        places.push(places_of(ground, &responder));
        responders.push(responder);
        Self::placed(responders, places)
    }

    /// The crew without one of them.
    #[must_use]
    pub fn without(&self, index: usize) -> Self {
        let (mut responders, mut places) = (self.responders.clone(), self.places.clone());
        responders.remove(index);
        places.remove(index);
        Self::placed(responders, places)
    }

    /// The index of a responder.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.responders
            .iter()
            .position(|responder| responder.id == id)
    }

    /// The responders, in the order of their files.
    pub fn responders(&self) -> &[Responder] {
        &self.responders
    }

    /// Those who can set off from nowhere: they never come.
    pub fn nowhere(&self) -> impl Iterator<Item = &Responder> {
        let all = self.responders.iter().zip(&self.places);
        let nowhere = all.filter(|(_, places)| places.iter().all(Option::is_none));
        nowhere.map(|(responder, _)| responder)
    }

    /// The parties in which they come.
    pub fn parties(
        &self,
        settings: &ResponderSettings,
        run: MetersPerSecond,
    ) -> [Party<'_>; Travel::ALL.len()] {
        let share = |speed: MetersPerSecond| run.0 / speed.0;
        Travel::ALL.map(|travel| Party {
            stands: self.by_travel[travel as usize].stands(),
            ride: match travel {
                Travel::Foot => None,
                Travel::Ebike => Some((Wheels::Bicycle, share(settings.ebike))),
                Travel::Car => Some((Wheels::Car, share(settings.car))),
            },
        })
    }

    /// Whether whoever has a number in the parties sets off from there at a moment: on duty, and not seen elsewhere lately.
    pub fn counts(&self, number: u32, settings: &ResponderSettings, now: Now) -> bool {
        let (index, from) = of_number(number);
        let responder = &self.responders[index];
        responder.is_on_duty(now.minute_of_day) && from == self.sets_off(index, settings, now)
    }

    /// Who has a number in the parties, and from where they set off.
    pub fn of_number(&self, number: u32) -> (&Responder, SetsOff) {
        let (index, from) = of_number(number);
        (&self.responders[index], from)
    }

    /// The places from which those on duty set off at a moment, with their numbers in the parties.
    pub fn on_duty<'a>(
        &'a self,
        settings: &'a ResponderSettings,
        now: Now,
    ) -> impl Iterator<Item = (u32, &'a Place)> {
        let stands = self.by_travel.iter().map(OwnStands::stands);
        let places = stands.flat_map(|stands| stands.places.iter());
        places.filter(move |(number, _)| self.counts(*number, settings, now))
    }

    fn sets_off(&self, index: usize, settings: &ResponderSettings, now: Now) -> SetsOff {
        let seen = self.responders[index]
            .seen
            .filter(|_| self.places[index][1].is_some());
        let is_lately = seen.is_some_and(|seen| {
            // A clock that is a little ahead is no reason to look for somebody at home.
            now.since_1970.saturating_sub(seen.when) as f64 <= settings.position_age.0
        });
        if is_lately {
            SetsOff::LastSeen
        } else {
            SetsOff::Home
        }
    }
}

fn places_of(ground: &Ground, responder: &Responder) -> [Option<Place>; 2] {
    let seen = responder.seen;
    [
        place(ground, responder.home),
        seen.and_then(|seen| place(ground, seen.at)),
    ]
}

fn place(ground: &Ground, at: LonLat) -> Option<Place> {
    let spot = Spot::at(ground.plane.to_plane(at))?;
    let standing = ground.standing(spot)?;
    (!standing.place.legs.is_empty()).then_some(standing.place)
}

fn number(index: usize, from: SetsOff) -> u32 {
    2 * index as u32 + u32::from(from == SetsOff::LastSeen)
}

fn of_number(number: u32) -> (usize, SetsOff) {
    let from = match number % 2 {
        0 => SetsOff::Home,
        _ => SetsOff::LastSeen,
    };
    (number as usize / 2, from)
}
