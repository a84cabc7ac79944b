//! scratch
use std::time::Instant;
use zhugan::formats::{osm, wanted::Wanted};
use zhugan::ground::{Closures, Ground, search::*};
use zhugan::model::region::*;
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let layers = osm::read("x", std::path::Path::new(&file), &Wanted::ALL, &|_| {}).unwrap();
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
    let mut exact: Vec<Vec<u32>> = vec![];
    let args: Vec<String> = std::env::args().skip(2).collect();
    for arg in args {
        let mut it = arg.split(',');
        let (t, _far) = (it.next().unwrap(), it.next().unwrap());
        let tm = Instant::now();
        let cpu = || {
            let s = std::fs::read_to_string("/proc/self/stat").unwrap();
            let f: Vec<&str> = s.rsplit(')').next().unwrap().split(' ').collect();
            f[12].parse::<f64>().unwrap() / 100.0 + f[13].parse::<f64>().unwrap() / 100.0
        };
        let c0 = cpu();
        let (ground, _) =
            Ground::build_thinned(&layers, &settings, t.parse().unwrap(), &|_| {}).unwrap();
        print!(
            "{arg}: cpu {:.2} ground {:?} edges {} ",
            cpu() - c0,
            tm.elapsed(),
            ground.graph.n_edges()
        );
        let closures = Closures::mapped(&ground.crossings);
        let n = ground.mesh.spots.len();
        let mut ratios = vec![];
        let mut search = 0.0;
        for k in 0..60usize {
            let src = (k * 7919 * 31 + 17) % n;
            let t = Instant::now();
            let mut labels = Labels::new(ground.graph.n_nodes());
            let mut front = Front::default();
            labels.offer(
                &mut front,
                src as u32,
                Label {
                    distance: 0,
                    origin: 0,
                    before: None,
                },
            );
            labels.spread(&ground.graph, &closures, &mut front, 1_000_000, |_| {});
            search += t.elapsed().as_secs_f64();
            let d: Vec<u32> = (0..n as u32).map(|v| labels.distance(v)).collect();
            if exact.len() <= k {
                exact.push(d);
            } else {
                for v in 0..n {
                    let e = exact[k][v];
                    if e != FAR && d[v] != FAR && e > 10_000 && e < 900_000 {
                        ratios.push(d[v] as f64 / e as f64 - 1.0);
                    }
                }
            }
        }
        ratios.sort_by(f64::total_cmp);
        if !ratios.is_empty() {
            let q = |p: f64| ratios[((ratios.len() - 1) as f64 * p) as usize] * 100.0;
            print!(
                "err% min {:.4} med {:.4} p90 {:.4} p99 {:.4} max {:.3} n {}",
                q(0.0),
                q(0.5),
                q(0.9),
                q(0.99),
                q(1.0),
                ratios.len()
            );
        }
        println!();
    }
}
