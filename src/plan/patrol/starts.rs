//! Where teams may begin that have no place of their own: amid what is due, each amid its share of it.

use super::between::at_node;
use super::stretches::Side;
use crate::ground::Ground;
use crate::ground::place::Place;
use crate::ground::spot::Spot;

/// So often shares and starts are made to fit each other.
const ROUNDS: usize = 12;

/// So many starts on banks, beside those that are known: everything that is due belongs to the nearest start, and a start lies as
/// near as possible to the middle of what belongs to it (Lloyd 1982), each stretch as often as it counts.
pub fn starts(
    ground: &Ground,
    due: &[(&Side, f64)],
    known: &[Spot],
    n_starts: usize,
) -> Vec<Place> {
    let nodes: Vec<u32> = due.iter().map(|(side, _)| side.ends(ground)[0]).collect();
    if nodes.is_empty() {
        return Vec::new();
    }
    let spot = |node: usize| ground.nodes[nodes[node] as usize];
    // Each as far as can be from those before it.
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < n_starts {
        let others = |at: Spot| {
            let near = known
                .iter()
                .copied()
                .chain(chosen.iter().map(|&node| spot(node)));
            near.map(|other| at.millimeters_to(other)).reduce(f64::min)
        };
        let far = |node: &usize| others(spot(*node)).unwrap_or(due[*node].1);
        let farthest = (0..nodes.len()).max_by(|a, b| far(a).total_cmp(&far(b)));
        chosen.push(farthest.unwrap_or(0));
    }
    for _ in 0..ROUNDS {
        let all: Vec<Spot> = chosen
            .iter()
            .map(|&node| spot(node))
            .chain(known.iter().copied())
            .collect();
        let mut shares = vec![(0.0, 0.0, 0.0); all.len()];
        for (node, (_, worth)) in due.iter().enumerate() {
            let at = spot(node);
            let nearest = (0..all.len()).min_by(|&a, &b| {
                at.millimeters_to(all[a])
                    .total_cmp(&at.millimeters_to(all[b]))
            });
            let share = &mut shares[nearest.unwrap_or(0)];
            share.0 += worth;
            share.1 += worth * f64::from(at.x);
            share.2 += worth * f64::from(at.y);
        }
        for (start, (worth, x, y)) in chosen.iter_mut().zip(shares) {
            if worth > 0.0 {
                let middle = Spot {
                    x: (x / worth) as i32,
                    y: (y / worth) as i32,
                };
                let away = |node: &usize| spot(*node).millimeters_to(middle);
                let nearest = (0..nodes.len()).min_by(|a, b| away(a).total_cmp(&away(b)));
                *start = nearest.unwrap_or(*start);
            }
        }
    }
    chosen
        .iter()
        .map(|&node| at_node(ground, nodes[node]))
        .collect()
}
