//! scratch
use std::time::Instant;
use zhugan::formats::{osm, wanted::Wanted};
use zhugan::ground::{Closures, Ground, search::*};
use zhugan::model::region::*;
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let t = Instant::now();
    let layers = osm::read("x", std::path::Path::new(&file), &Wanted::ALL, &|_| {}).unwrap();
    println!("read {:?}", t.elapsed());
    println!(
        "areas {} lines {} coasts {} paths {} fords {} crossings {} buildings {} walls {} villages {} equipment {} oddities {}",
        layers.water_areas.len(),
        layers.water_lines.len(),
        layers.coastlines.len(),
        layers.paths.len(),
        layers.fords.len(),
        layers.crossings.len(),
        layers.buildings.len(),
        layers.walls.len(),
        layers.villages.len(),
        layers.equipment.len(),
        layers.oddities.len()
    );
    let settings = RegionSettings {
        id: RegionId::new("x").unwrap(),
        name: Default::default(),
        time_zone: "UTC".into(),
        country_calls: Default::default(),
        reach: Default::default(),
        ground: Default::default(),
        water: Default::default(),
        attribution: None,
    };
    let t = Instant::now();
    let last = std::sync::Mutex::new((Instant::now(), None));
    let (ground, odd) = Ground::build(&layers, &settings, &|step| {
        let mut l = last.lock().unwrap();
        println!("  {:?} done in {:?}", l.1, l.0.elapsed());
        *l = (Instant::now(), Some(step));
    })
    .unwrap();
    println!(
        "ground {:?}; spots {} nodes {} edges {} tri {} banks {} bodies {} crossings {} lost {} oddities {}",
        t.elapsed(),
        ground.mesh.spots.len(),
        ground.nodes.len(),
        ground.graph.n_edges(),
        ground.mesh.n_triangles(),
        ground.banks.len(),
        ground.water_bodies.len(),
        ground.crossings.len(),
        ground.mesh.n_lost,
        odd.len()
    );
    let total: f64 = ground.banks.iter().map(|b| b.length().0).sum();
    println!("bank {total}");
    let mut bodies: Vec<_> = ground
        .water_bodies
        .iter()
        .enumerate()
        .map(|(i, b)| {
            (
                ground
                    .banks
                    .iter()
                    .filter(|k| k.water_body == i)
                    .map(|k| k.length().0)
                    .sum::<f64>(),
                ground.banks.iter().filter(|k| k.water_body == i).count(),
                b.clone(),
            )
        })
        .collect();
    bodies.sort_by(|a, b| b.0.total_cmp(&a.0));
    for b in bodies.iter().take(12) {
        println!("{:?}", b);
    }
    let closures = Closures::mapped(&ground.crossings);
    for n in [500usize, 5000] {
        let nodes: Vec<u32> = ground.bank_nodes.iter().flatten().copied().collect();
        let picks: Vec<u32> = (0..n).map(|i| nodes[i * nodes.len() / n]).collect();
        for _ in 0..3 {
            let t = Instant::now();
            let mut labels = Labels::new(ground.graph.n_nodes());
            let mut front = Front::default();
            for (i, &p) in picks.iter().enumerate() {
                labels.offer(
                    &mut front,
                    p,
                    Label {
                        distance: 0,
                        origin: i as u32,
                        before: None,
                    },
                );
            }
            labels.spread(&ground.graph, &closures, &mut front, 200_000, |_| {});
            println!(
                "search {n}: {:?} reached {}",
                t.elapsed(),
                (0..ground.nodes.len() as u32)
                    .filter(|&v| labels.distance(v) != FAR)
                    .count()
            );
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!(
        "{}",
        status.lines().find(|l| l.starts_with("VmHWM")).unwrap()
    );
}
