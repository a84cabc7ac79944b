//! Walks over a ground, asked for by the tests on real places.

use zhugan::ground::Closures;
use zhugan::ground::Ground;
use zhugan::ground::place::Leg;
use zhugan::ground::place::Place;
use zhugan::ground::search::FAR;
use zhugan::ground::search::Front;
use zhugan::ground::search::Label;
use zhugan::ground::search::Labels;
use zhugan::units::Meters;

/// All walks from one place.
pub struct Walks {
    pub labels: Labels,
}

impl Walks {
    /// From a node, however far.
    pub fn from(ground: &Ground, closures: &Closures, node: u32) -> Self {
        Self::from_legs(ground, closures, &[Leg { node, cost: 0 }])
    }

    /// From a node, up to an effective length.
    pub fn within(ground: &Ground, closures: &Closures, node: u32, limit: Meters) -> Self {
        let limit = (limit.0 * 1000.0) as u32;
        Self::up_to(ground, closures, &[Leg { node, cost: 0 }], limit)
    }

    /// From the ends of a place's legs, however far.
    pub fn from_legs(ground: &Ground, closures: &Closures, legs: &[Leg]) -> Self {
        Self::up_to(ground, closures, legs, FAR - 1)
    }

    fn up_to(ground: &Ground, closures: &Closures, legs: &[Leg], limit: u32) -> Self {
        let mut labels: Labels = Labels::new(ground.graph.n_nodes());
        let mut front = Front::default();
        for leg in legs {
            let label = Label {
                distance: leg.cost,
                origin: 0,
                before: None,
            };
            labels.offer(&mut front, leg.node, label);
        }
        labels.spread(&ground.graph, closures, &mut front, limit, |_| ());
        Self { labels }
    }

    /// The effective length of the walk to a node, if there is one.
    pub fn to(&self, node: u32) -> Option<Meters> {
        let distance = self.labels.distance(node);
        (distance != FAR).then(|| Meters(f64::from(distance) / 1000.0))
    }
}

/// How far the nearest point of the other bank of the same water is from a place on a bank: straight, and on foot.
pub fn to_far_bank(ground: &Ground, place: &Place) -> (Meters, Meters) {
    let own = &ground.banks[place.bank.unwrap().bank as usize];
    let banks = ground.banks.iter().zip(&ground.bank_edges);
    let across =
        banks.filter(|(bank, _)| bank.water_body == own.water_body && bank.side != own.side);
    let nodes = across.flat_map(|(_, edges)| edges.iter().map(|&[from, _]| from));
    let away = |node: &u32| ground.nodes[*node as usize].millimeters_to(place.at) as u64;
    let nearest = nodes.min_by_key(away).unwrap();
    let straight = ground.nodes[nearest as usize].distance(place.at);
    let walks = Walks::from_legs(ground, &Closures::mapped(&ground.crossings), &place.legs);
    (straight, walks.to(nearest).unwrap())
}
