//! Arrivals: who can be at a place first, searched back from it: on foot, by way of what is to be fetched, and on wheels before that.
//!
//! One search answers for everybody. Lengths are those of somebody who runs: a way on wheels counts as much shorter as it
//! is quicker, so that seconds follow from one speed.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::graph::cost;
use crate::ground::place::Place;
use crate::ground::search::FAR;
use crate::ground::spot::Spot;
use crate::plan::call::Call;
use crate::plan::call::Party;
use crate::plan::call::Stands;
use crate::plan::nearest::along_bank;
use crate::units::Meters;

/// Somebody who can come.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// Who.
    pub comer: u32,
    /// The whole way, as somebody runs it: effective meters.
    pub way: Meters,
    /// What is fetched on the way, and how far that is from the place.
    pub fetched: Option<(u32, Meters)>,
    /// Indices of the crossings on the way, in order.
    pub crossings: Vec<u32>,
    /// From whoever comes to the place.
    pub line: Vec<Spot>,
}

/// With what has been fetched, or without anything to fetch: the last part of the way.
const LAST: u32 = 0;
/// On foot, before anything is fetched.
const ON_FOOT: u32 = 1;
/// On wheels, before that: those of the first party, then those of the second, and so on.
const ON_WHEELS: u32 = 2;

/// What the search comes upon, by the distance from the place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A node, in one of the parts of the way.
    Node(u32),
    /// Something to fetch.
    Stop(u32),
    /// Somebody who comes.
    Comer(u32),
    /// What may be in sight of a place, by the number of the view.
    View(u32),
}

/// From where something was come upon.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    /// The place itself.
    Place,
    /// A node in a part of the way.
    State(u32),
    /// Something that was fetched.
    Stop(u32),
}

/// What is known of a node, something to fetch or somebody.
#[derive(Clone, Copy)]
struct Known {
    distance: u32,
    from: From,
    stop: Option<u32>,
    is_final: bool,
}

/// What stands around a place, the nearest first: to what is in sight one goes straight.
///
/// It is looked at only as far as the search has come.
struct View<'a> {
    from: &'a Place,
    distance: u32,
    origin: From,
    stop: Option<u32>,
    /// Number and place, and what the way is at least, effective millimeters.
    around: Box<dyn Iterator<Item = (u32, &'a Place, u32)> + 'a>,
    next: Option<(u32, &'a Place)>,
}

/// Who can be at a place first, the first first; equal ones by number.
///
/// `O(k log k)` for the `k` nodes that are not farther away than the last who comes, whatever the number of those who may.
pub fn arrivals(
    ground: &Ground,
    closures: &Closures,
    place: &Place,
    call: &Call<'_>,
) -> Vec<Arrival> {
    let mut search = Search {
        ground,
        closures,
        call,
        place,
        states: FxHashMap::default(),
        stops: FxHashMap::default(),
        comers: FxHashMap::default(),
        views: Vec::new(),
        heap: BinaryHeap::new(),
    };
    search.start();
    let mut found = Vec::new();
    while found.len() < call.most {
        let Some(Reverse((distance, event))) = search.heap.pop() else {
            break;
        };
        match event {
            Event::Node(state) => search.pass_node(distance, state),
            Event::Stop(stop) => search.pass_stop(distance, stop),
            Event::View(view) => search.look(view),
            Event::Comer(comer) => {
                if search.comers.get_mut(&comer).is_some_and(settle) {
                    found.push(search.arrival(comer));
                }
            }
        }
    }
    found
}

/// Marks something as final; true if it was not yet.
fn settle(known: &mut Known) -> bool {
    !std::mem::replace(&mut known.is_final, true)
}

struct Search<'a> {
    ground: &'a Ground,
    closures: &'a Closures,
    call: &'a Call<'a>,
    place: &'a Place,
    states: FxHashMap<u32, Known>,
    stops: FxHashMap<u32, Known>,
    comers: FxHashMap<u32, Known>,
    views: Vec<View<'a>>,
    heap: BinaryHeap<Reverse<(u32, Event)>>,
}

impl<'a> Search<'a> {
    fn start(&mut self) {
        let first_part = if self.call.fetch.is_some() {
            LAST
        } else {
            ON_FOOT
        };
        for leg in &self.place.legs {
            self.offer_node(first_part, leg.node, leg.cost, From::Place, None);
        }
        match self.call.fetch {
            Some(fetch) => {
                for &stands in fetch {
                    self.open_view(self.place, 0, From::Place, None, stands);
                }
            }
            None => self.open_views_of_comers(self.place, 0, From::Place, None),
        }
    }

    fn open_views_of_comers(
        &mut self,
        from: &'a Place,
        distance: u32,
        origin: From,
        stop: Option<u32>,
    ) {
        for party in self.call.parties {
            self.open_view(from, distance, origin, stop, party.stands);
        }
    }

    fn open_view(
        &mut self,
        from: &'a Place,
        distance: u32,
        origin: From,
        stop: Option<u32>,
        stands: Stands<'a>,
    ) {
        let settings = &self.ground.settings;
        let least_factor = settings.open_factor.min(settings.bank_factor);
        let here = [f64::from(from.at.x), f64::from(from.at.y)];
        let near = stands.at.nearest_neighbor_iter_with_distance_2(here);
        let around = near.filter_map(move |(entry, square)| {
            let place = stands.places.place(entry.data)?;
            Some((entry.data, place, cost(square.sqrt(), least_factor)))
        });
        self.views.push(View {
            from,
            distance,
            origin,
            stop,
            around: Box::new(around),
            next: None,
        });
        self.look(self.views.len() as u32 - 1);
    }

    /// Offers the straight way to what comes next in a view, and puts off what comes after it.
    fn look(&mut self, index: u32) {
        let view = &mut self.views[index as usize];
        let (from, distance, origin, stop) = (view.from, view.distance, view.origin, view.stop);
        let seen = view.next.take();
        if let Some((number, place, least)) = view.around.next() {
            view.next = Some((number, place));
            let next = distance.saturating_add(least);
            if next <= self.call.farthest {
                self.heap.push(Reverse((next, Event::View(index))));
            }
        }
        let Some((number, to)) = seen else {
            return;
        };
        let walks = [
            along_bank(self.ground, from, to),
            self.ground.straight(from, to),
        ];
        if let Some(walk) = walks.into_iter().flatten().min() {
            let way = distance.saturating_add(walk);
            if origin == From::Place && self.call.fetch.is_some() {
                self.offer_stop(number, way, origin);
            } else {
                self.offer_comer(number, way, origin, stop);
            }
        }
    }

    fn state(&self, part: u32, node: u32) -> u32 {
        part * self.ground.graph.n_nodes() as u32 + node
    }

    fn offer_node(&mut self, part: u32, node: u32, distance: u32, from: From, stop: Option<u32>) {
        let state = self.state(part, node);
        if offer(
            &mut self.states,
            state,
            distance,
            self.call.farthest,
            from,
            stop,
        ) {
            self.heap.push(Reverse((distance, Event::Node(state))));
        }
    }

    fn offer_stop(&mut self, stop: u32, distance: u32, from: From) {
        if offer(
            &mut self.stops,
            stop,
            distance,
            self.call.farthest,
            from,
            None,
        ) {
            self.heap.push(Reverse((distance, Event::Stop(stop))));
        }
    }

    fn offer_comer(&mut self, comer: u32, distance: u32, from: From, stop: Option<u32>) {
        let counts = (self.call.counts)(comer);
        if counts
            && offer(
                &mut self.comers,
                comer,
                distance,
                self.call.farthest,
                from,
                stop,
            )
        {
            self.heap.push(Reverse((distance, Event::Comer(comer))));
        }
    }

    fn pass_node(&mut self, distance: u32, state: u32) {
        let Some(known) = self.states.get_mut(&state) else {
            return;
        };
        let (stop, is_late) = (known.stop, known.distance != distance);
        if is_late || !settle(known) {
            return;
        }
        let n_nodes = self.ground.graph.n_nodes() as u32;
        let (part, node) = (state / n_nodes, state % n_nodes);
        let from = From::State(state);
        let call = self.call;
        match part {
            LAST => {
                for stands in call.fetch.into_iter().flatten() {
                    for (piece, leg) in stands.places.legs_at(node) {
                        self.offer_stop(piece, distance.saturating_add(leg), from);
                    }
                }
            }
            ON_FOOT => {
                for party in call.parties {
                    self.offer_comers_at(node, party, distance, from, stop);
                }
            }
            _ => {
                if let Some(party) = self.party_of(part) {
                    self.offer_comers_at(node, party, distance, from, stop);
                }
            }
        }
        let ground = self.ground;
        for (to, arc) in ground.graph.open_neighbors(node, self.closures) {
            let underfoot = ground.graph.underfoot(arc);
            let ride = |party: &Party| party.ride.filter(|(wheels, _)| wheels.may_go(underfoot));
            if let Some(party) = self.party_of(part) {
                if let Some((_, share)) = ride(party) {
                    let next = distance.saturating_add(cost(f64::from(arc.cost), share));
                    self.offer_node(part, to, next, from, stop);
                }
                continue;
            }
            self.offer_node(part, to, distance.saturating_add(arc.cost), from, stop);
            if part == ON_FOOT {
                for (number, party) in (ON_WHEELS..).zip(call.parties) {
                    if ride(party).is_some() {
                        // Here they get off.
                        self.offer_node(number, node, distance, from, stop);
                    }
                }
            }
        }
    }

    /// The party that is on wheels in a part of the way, if anybody is.
    fn party_of(&self, part: u32) -> Option<&'a Party<'a>> {
        let number = part.checked_sub(ON_WHEELS)?;
        self.call.parties.get(number as usize)
    }

    fn offer_comers_at(
        &mut self,
        node: u32,
        party: &'a Party<'a>,
        distance: u32,
        from: From,
        stop: Option<u32>,
    ) {
        for (comer, leg) in party.stands.places.legs_at(node) {
            self.offer_comer(comer, distance.saturating_add(leg), from, stop);
        }
    }

    /// From where somebody comes.
    fn home_of(&self, comer: u32) -> Option<&'a Place> {
        let mut parties = self.call.parties.iter();
        parties.find_map(|party| party.stands.places.place(comer))
    }

    /// Where something to fetch stands.
    fn place_of(&self, stop: u32) -> Option<&'a Place> {
        let mut fetch = self.call.fetch.into_iter().flatten();
        fetch.find_map(|stands| stands.places.place(stop))
    }

    fn pass_stop(&mut self, distance: u32, stop: u32) {
        let Some(known) = self.stops.get_mut(&stop) else {
            return;
        };
        if known.distance != distance || !settle(known) {
            return;
        }
        let Some(place) = self.place_of(stop) else {
            return;
        };
        let from = From::Stop(stop);
        for leg in &place.legs {
            let next = distance.saturating_add(leg.cost);
            self.offer_node(ON_FOOT, leg.node, next, from, Some(stop));
        }
        self.open_views_of_comers(place, distance, from, Some(stop));
    }

    fn arrival(&self, comer: u32) -> Arrival {
        let known = self.comers[&comer];
        let meters = |millimeters: u32| Meters(f64::from(millimeters) / 1000.0);
        let mut line: Vec<Spot> = Vec::new();
        let mut crossings = Vec::new();
        line.extend(self.home_of(comer).map(|place| place.at));
        let n_nodes = self.ground.graph.n_nodes() as u32;
        let mut from = known.from;
        loop {
            match from {
                From::Place => break,
                From::State(state) => {
                    let node = state % n_nodes;
                    line.push(self.ground.nodes[node as usize]);
                    from = self.states[&state].from;
                    if let From::State(next) = from {
                        crossings.extend(self.crossing_between(node, next % n_nodes));
                    }
                }
                From::Stop(stop) => {
                    line.extend(self.place_of(stop).map(|place| place.at));
                    from = self.stops[&stop].from;
                }
            }
        }
        line.push(self.place.at);
        line.dedup();
        crossings.dedup();
        Arrival {
            comer,
            way: meters(known.distance),
            fetched: known
                .stop
                .map(|stop| (stop, meters(self.stops[&stop].distance))),
            crossings,
            line,
        }
    }

    /// The crossing that one goes over from one node to the next, if there is no other way between them that is as short.
    fn crossing_between(&self, from: u32, to: u32) -> Option<u32> {
        let graph = &self.ground.graph;
        let open = graph.open_neighbors(from, self.closures);
        let arcs = open.filter(|(next, _)| *next == to);
        let (_, shortest) = arcs.min_by_key(|(_, arc)| (arc.cost, arc.is_over()))?;
        shortest
            .is_over()
            .then(|| graph.over[shortest.to() as usize].crossing)
    }
}

/// Takes in what is known of something, if that is nearer than what was known.
fn offer(
    all: &mut FxHashMap<u32, Known>,
    key: u32,
    distance: u32,
    farthest: u32,
    from: From,
    stop: Option<u32>,
) -> bool {
    if distance > farthest || distance == FAR {
        return false;
    }
    let new = Known {
        distance,
        from,
        stop,
        is_final: false,
    };
    match all.entry(key) {
        std::collections::hash_map::Entry::Vacant(free) => {
            free.insert(new);
            true
        }
        std::collections::hash_map::Entry::Occupied(mut known) => {
            let is_nearer = distance < known.get().distance;
            if is_nearer {
                known.insert(new);
            }
            is_nearer
        }
    }
}
