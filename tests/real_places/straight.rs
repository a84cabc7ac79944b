//! How straight the ways over open ground are: never shorter than the truth, and hardly longer.

use rayon::prelude::*;
use zhugan::formats::read_region;
use zhugan::ground::Closures;
use zhugan::ground::Ground;
use zhugan::ground::graph::cost;
use zhugan::ground::land::Post;

use super::ALL_LAYERS;
use super::folder;
use super::town;
use crate::walks::Walks;

/// Walks from this many nodes are measured.
const N_STARTS: usize = 40;

/// Only walks of this length, in millimeters: shorter ones are mostly one line of sight.
const LENGTHS: std::ops::Range<u32> = 10_000..1_000_000;

/// Nodes spread over a ground, the same every time, at which a walk may end.
fn starts(ground: &Ground) -> Vec<u32> {
    let n = ground.mesh.spots.len();
    let nodes = (0..n).map(|i| ((i * 7919 * 31 + 17) % n) as u32);
    nodes
        .filter(|&node| ground.land.posts[node as usize] == Post::Free)
        .take(N_STARTS)
        .collect()
}

#[test]
fn ways_over_krems_are_hardly_longer_than_over_its_exact_twin() {
    let Some(town) = town("krems-2013.osm.gz") else {
        return;
    };
    let (exact, _) = Ground::build_thinned(&town.layers, &town.settings, -1.0, &|_| ()).unwrap();
    let ground = &town.ground;
    assert_eq!(ground.nodes.len(), exact.nodes.len());
    assert!(ground.graph.n_edges() < exact.graph.n_edges());
    let excesses = starts(ground).into_par_iter().flat_map_iter(|start| {
        let ours = Walks::from(ground, &town.closures, start).labels;
        let truth = Walks::from(&exact, &town.closures, start).labels;
        let pairs = (0..ground.nodes.len() as u32)
            .map(move |node| (ours.distance(node), truth.distance(node)))
            .filter(|(_, truth)| LENGTHS.contains(truth));
        pairs.map(|(ours, truth)| f64::from(ours) / f64::from(truth) - 1.0)
    });
    let mut excesses: Vec<f64> = excesses.collect();
    excesses.sort_by(f64::total_cmp);
    let at = |share: f64| excesses[((excesses.len() - 1) as f64 * share) as usize] * 100.0;
    println!(
        "{} walks: {:.4} % too long in the median, {:.3} % at the 99th percentile, {:.2} % at worst, {:.4} % at best",
        excesses.len(),
        at(0.5),
        at(0.99),
        at(1.0),
        at(0.0)
    );
    assert!(excesses.len() > 10_000);
    assert!(at(0.0) >= 0.0, "a way is shorter than the truth");
    assert!(at(0.5) <= 0.1);
    assert!(at(0.99) <= 1.0);
    assert!(at(1.0) <= 3.0);
}

#[test]
fn a_free_straight_line_is_never_beaten_by_a_longer_way() {
    let sample = {
        let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/maps/liechtenstein");
        let (settings, layers) = read_region(dir.as_ref(), &|_| ()).unwrap();
        Ground::build(&layers, &settings, &|_| ()).unwrap().0
    };
    check_free_lines("the sample", &sample);
    if let Some(folder) = folder("osm-places/krems-2013.osm.gz", ALL_LAYERS, "") {
        let (settings, layers) = read_region(folder.path(), &|_| ()).unwrap();
        check_free_lines(
            "Krems",
            &Ground::build(&layers, &settings, &|_| ()).unwrap().0,
        );
    }
}

/// The walk between two nodes with free land between them is at most 3 % longer than the straight line over open ground.
fn check_free_lines(name: &str, ground: &Ground) {
    let closures = Closures::mapped(&ground.crossings);
    let factor = ground.settings.open_factor;
    let excesses = starts(ground).into_par_iter().flat_map_iter(|start| {
        let labels = Walks::from(ground, &closures, start).labels;
        let from = ground.nodes[start as usize];
        // Every 7th node will do.
        let others = (0..ground.mesh.spots.len() as u32)
            .step_by(7)
            .filter(move |&node| {
                let straight = from.millimeters_to(ground.nodes[node as usize]);
                (10_000.0..500_000.0).contains(&straight)
                    && ground.is_free(start, ground.nodes[node as usize])
            });
        others.filter_map(move |node| {
            let straight = cost(from.millimeters_to(ground.nodes[node as usize]), factor);
            let is_node = ground.land.posts[node as usize] == Post::Free;
            is_node.then(|| (f64::from(labels.distance(node)) / f64::from(straight) - 1.0) * 100.0)
        })
    });
    let excesses: Vec<f64> = excesses.collect();
    let worst = excesses.iter().copied().fold(f64::MIN, f64::max);
    println!(
        "{name}: {} free lines, at worst {worst:.2} % too long",
        excesses.len()
    );
    assert!(excesses.len() > 500, "{name}");
    assert!(worst <= 3.0, "{name}: {worst} %");
}
