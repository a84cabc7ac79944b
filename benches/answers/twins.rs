//! The slow exact twins: each answer in the plainest way that is right.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use zhugan::ground::Closures;
use zhugan::ground::Ground;
use zhugan::ground::graph::Footing;
use zhugan::ground::place::Leg;
use zhugan::ground::place::Place as Stand;
use zhugan::ground::search::FAR;
use zhugan::ground::spot::Spot;
use zhugan::ground::spot::nearest_share;
use zhugan::plan::placement::demand::Demand;
use zhugan::plan::placement::maximal;
use zhugan::plan::placement::maximal::Question;
use zhugan::plan::placement::sites::Site;
use zhugan::units::Meters;

/// Effective millimeters from one place to all nodes, up to a limit: plain Dijkstra, with a heap that keeps stale entries.
pub fn walks_from(ground: &Ground, closures: &Closures, place: &Stand, limit: u32) -> Vec<u32> {
    let mut walks = vec![FAR; ground.graph.n_nodes()];
    let mut heap = BinaryHeap::new();
    for leg in place.legs.iter().filter(|leg| leg.cost <= limit) {
        heap.push(Reverse((leg.cost, leg.node)));
    }
    while let Some(Reverse((walk, node))) = heap.pop() {
        if walks[node as usize] <= walk {
            continue;
        }
        walks[node as usize] = walk;
        for (next, arc) in ground.graph.neighbors(node) {
            let is_closed = arc.footing() == Footing::Crossing
                && closures.is_closed(ground.graph.over[arc.to() as usize].crossing);
            let to_next = walk.saturating_add(arc.cost);
            if !is_closed && to_next <= limit && to_next < walks[next as usize] {
                heap.push(Reverse((to_next, next)));
            }
        }
    }
    walks
}

/// The least walk from any of many places, one search after another.
pub fn least_walks(
    ground: &Ground,
    closures: &Closures,
    places: &[&Stand],
    limit: u32,
) -> Vec<u32> {
    let mut least = vec![FAR; ground.graph.n_nodes()];
    for place in places {
        let walks = walks_from(ground, closures, place, limit);
        for (least, walk) in least.iter_mut().zip(walks) {
            *least = walk.min(*least);
        }
    }
    least
}

/// How far apart the points of a bank are that the plain count asks.
const LOOK: f64 = 0.1;

/// Covered bank, counted point by point along all banks: a point is covered if some end of its edge is near enough, or
/// some pole in sight is. It asks every pole at every point.
pub fn covered(ground: &Ground, closures: &Closures, places: &[&Stand], limit: Meters) -> Meters {
    let all: Vec<Vec<u32>> = places
        .iter()
        .map(|place| walks_from(ground, closures, place, FAR - 1))
        .collect();
    let bank_factor = ground.settings.bank_factor;
    let open_factor = ground.settings.open_factor;
    let mut covered = 0.0;
    for edges in &ground.bank_edges {
        for pair in edges {
            let [a, b] = [pair[0], pair[1]].map(|node| ground.nodes[node as usize]);
            let length = a.distance(b).0;
            // The land lies to the left of a bank.
            let ends = [pair[0], pair[1]].map(|node| ground.land.spot_of(node).unwrap());
            let inland = ground.mesh.left_of(ends[0], ends[1]);
            let n_looks = (length / LOOK).ceil();
            for look in 0..n_looks as usize {
                let share = (look as f64 + 0.5) / n_looks;
                let spot = a.toward(b, share);
                let reaches = |(walks, place): (&Vec<u32>, &&Stand)| {
                    let by = |node: u32, rest: f64| {
                        let walk = walks[node as usize];
                        walk != FAR && f64::from(walk) / 1000.0 + rest * bank_factor <= limit.0
                    };
                    by(pair[0], share * length)
                        || by(pair[1], (1.0 - share) * length)
                        || (place.at.distance(spot).0 * open_factor <= limit.0
                            && inland.is_some_and(|land| ground.is_free_from(spot, land, place.at)))
                };
                if all.iter().zip(places).any(reaches) {
                    covered += length / n_looks;
                }
            }
        }
    }
    Meters(covered)
}

/// The nearest point of any bank, found by looking at every edge of every bank: the bank, and how far it is.
pub fn nearest_bank(ground: &Ground, spot: Spot) -> Option<(u32, Meters)> {
    let edges = ground
        .bank_edges
        .iter()
        .enumerate()
        .flat_map(|(bank, edges)| {
            edges.iter().map(move |pair| {
                let [a, b] = [pair[0], pair[1]].map(|node| ground.nodes[node as usize]);
                let at = a.toward(b, nearest_share(a, b, spot));
                (bank as u32, spot.distance(at))
            })
        });
    edges.min_by(|a, b| a.1.0.total_cmp(&b.1.0))
}

/// How far everybody is by way of the best of all poles, the nearest first: one whole search from the place to the poles, and
/// one from all poles, each as far away as it is from the place.
pub fn fetching(
    ground: &Ground,
    closures: &Closures,
    place: &Stand,
    poles: &[Stand],
    comers: &[Stand],
) -> Vec<(Meters, u32)> {
    let to_poles = walks_from(ground, closures, place, FAR - 1);
    let to_pole = |pole: &Stand| walk_to(ground, &to_poles, place, pole);
    let far: Vec<u32> = poles.iter().map(to_pole).collect();
    let mut seeds = Stand {
        legs: Vec::new(),
        ..place.clone()
    };
    for (pole, &far) in poles.iter().zip(&far).filter(|(_, far)| **far != FAR) {
        let legs = pole.legs.iter().map(|leg| Leg {
            cost: leg.cost + far,
            ..*leg
        });
        seeds.legs.extend(legs);
    }
    let from_poles = walks_from(ground, closures, &seeds, FAR - 1);
    let mut all: Vec<(u32, u32)> = Vec::new();
    for (number, comer) in (0..).zip(comers) {
        let by_nodes = comer
            .legs
            .iter()
            .map(|leg| from_poles[leg.node as usize].saturating_add(leg.cost));
        let in_sight = poles.iter().zip(&far).filter_map(|(pole, &far)| {
            let walk = walk_beside(ground, pole, comer)?;
            Some(far.saturating_add(walk))
        });
        all.extend(by_nodes.chain(in_sight).min().map(|way| (way, number)));
    }
    all.sort_unstable();
    let meters = |(way, number): (u32, u32)| (Meters(f64::from(way) / 1000.0), number);
    all.into_iter().map(meters).collect()
}

fn walk_to(ground: &Ground, walks: &[u32], from: &Stand, to: &Stand) -> u32 {
    let by_nodes = to
        .legs
        .iter()
        .map(|leg| walks[leg.node as usize].saturating_add(leg.cost));
    let by_nodes = by_nodes.min().unwrap_or(FAR);
    walk_beside(ground, from, to).map_or(by_nodes, |walk| walk.min(by_nodes))
}

/// Straight, or along the bank.
fn walk_beside(ground: &Ground, from: &Stand, to: &Stand) -> Option<u32> {
    let near = from.at.distance(to.at).0 < 2_000.0;
    let straight = near.then(|| ground.straight(from, to)).flatten();
    let along = zhugan::plan::nearest::along_bank(ground, from, to);
    [straight, along].into_iter().flatten().min()
}

/// Asks each site of each stretch whether it covers its middle; how many stretches have the sites that the sets say.
pub fn stretches_covered(demand: &Demand, sites: &[Site]) -> usize {
    for stretch in &demand.stretches {
        let middle = f64::midpoint(stretch.from.0, stretch.to.0);
        let covers = |site: &Site| {
            let own = site
                .print
                .0
                .iter()
                .filter(|(bank, _)| *bank == stretch.bank);
            let mut parts = own.flat_map(|(_, covered)| &covered.0);
            parts.any(|&(from, to)| from <= middle && middle <= to)
        };
        let covering = (0_u32..).zip(sites).filter(|(_, site)| covers(site));
        let covering: Vec<u32> = covering.map(|(number, _)| number).collect();
        let known = stretch.demand.map(|number| demand.sets.covering(number));
        assert_eq!(known.unwrap_or_default(), covering, "{stretch:?}");
    }
    demand.stretches.len()
}

/// The most that any choice covers.
pub fn best_of_every_choice(asked: Question<'_>) -> f64 {
    let n_sites = asked.sets.n_sites() as u32;
    let choices =
        (0_u32..1 << n_sites).filter(|chosen| chosen.count_ones() as usize <= asked.n_sites);
    let values = choices.map(|chosen| {
        let sites = (0..n_sites).filter(|site| chosen & (1 << site) != 0);
        maximal::value(asked, &sites.collect::<Vec<u32>>())
    });
    values.fold(0.0, f64::max)
}
