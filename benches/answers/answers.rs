//! Search, footprint, coverage and snapping, each beside its twin.

use std::time::Duration;

use zhugan::formats::read_region;
use zhugan::ground::Ground;
use zhugan::ground::place::FARTHEST_LEG;
use zhugan::ground::place::On;
use zhugan::ground::place::Place as Stand;
use zhugan::ground::search::Front;
use zhugan::ground::search::Label;
use zhugan::ground::search::Labels;
use zhugan::ground::spot::Spot;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::layers::Layers;
use zhugan::plan::coverage::coverage;
use zhugan::plan::footprint::Surveyor;
use zhugan::plan::live::LiveCoverage;
use zhugan::plan::nearest::nearest as search_nearest;
use zhugan::plan::ranked;
use zhugan::plan::survey::ReachByKind;
use zhugan::units::Meters;

use crate::clock::Row;
use crate::clock::median;
use crate::clock::middle;
use crate::clock::once;
use crate::clock::section;
use crate::places::Place;
use crate::places::Seed;
use crate::places::bank_nodes;
use crate::places::built;
use crate::places::poles;
use crate::places::sample;
use crate::twins;

/// One search within 200 m from all pieces at once, beside one search for each.
pub fn search(place: &Place) {
    const LIMIT: u32 = 200_000;
    section(&format!(
        "search within 200 m, on {}; n is pieces",
        place.file
    ));
    for n in [500, 5_000] {
        let (_, standings) = poles(&place.ground, n);
        let places: Vec<&Stand> = standings.iter().flatten().map(|s| &s.place).collect();
        let run = || {
            let mut labels: Labels = Labels::new(place.ground.graph.n_nodes());
            let mut front = Front::default();
            for (origin, stand) in places.iter().enumerate() {
                for leg in stand.legs.iter().filter(|leg| leg.cost <= LIMIT) {
                    let label = Label {
                        distance: leg.cost,
                        origin: origin as u32,
                        before: None,
                    };
                    labels.offer(&mut front, leg.node, label);
                }
            }
            labels.spread(
                &place.ground.graph,
                &place.closures,
                &mut front,
                LIMIT,
                |_| (),
            );
            labels
        };
        let ours = median(15, || drop(run()));
        let (twin, walks) =
            once(|| twins::least_walks(&place.ground, &place.closures, &places, LIMIT));
        let labels = run();
        let n_reached = walks.iter().filter(|&&walk| walk <= LIMIT).count();
        assert!((0..walks.len()).all(|node| walks[node] == labels.distance(node as u32)));
        Row {
            what: "from all pieces at once, by search for each",
            n,
            ours,
            twin: Some(twin),
            note: format!("{n_reached} nodes reached, all alike"),
        }
        .print();
    }
}

/// One piece added, removed, moved, and the banks it touches recounted, beside counting all anew.
pub fn footprint(place: &Place) {
    const LIMIT: Meters = Meters(50.0);
    const N_CHANGES: usize = 300;
    section(&format!(
        "footprint: one change and all gaps of the banks it touches at 50 m, on {}; n is pieces",
        place.file
    ));
    for n in [500, 5_000] {
        let (equipment, standings) = poles(&place.ground, n);
        let reach = ReachByKind::new(&equipment, &standings);
        let kinds = [EquipmentKind::Pole];
        let survey = reach.survey(&place.ground, &place.closures, &kinds);
        let mut anew = None;
        let twin = median(3, || anew = Some(coverage(&survey, LIMIT)));
        let mut own_reach = survey.usable[0].clone().into_owned();
        let mut live = LiveCoverage::new(survey, LIMIT);
        let (_, others) = poles(&place.ground, n + N_CHANGES);
        let others: Vec<Stand> = others.into_iter().flatten().map(|s| s.place).collect();
        let mut surveyor = Surveyor::new(&place.ground);
        let surveyed = others[n..].iter();
        let surveying = surveyed.map(|stand| {
            once(|| surveyor.footprint(&place.ground, &place.closures, stand, LIMIT)).0
        });
        let surveying = surveying.collect();
        let mut repairing = Vec::new();
        for stand in &others[n..] {
            let (ground, closures) = (&place.ground, &place.closures);
            let repair = || own_reach.add(ground, closures, u32::MAX - 1, stand.clone());
            repairing.push(once(repair).0);
            own_reach.remove(ground, closures, u32::MAX - 1);
        }
        let (mut adding, mut removing, mut moving) = (Vec::new(), Vec::new(), Vec::new());
        let mut n_banks = 0;
        // The first change of a kind takes a copy of its reach, once.
        live.add(u32::MAX - 1, others[0].clone());
        live.remove(u32::MAX - 1);
        for change in 0..N_CHANGES {
            let number = (n + change) as u32;
            let (time, banks) = once(|| live.add(number, others[n + change].clone()));
            adding.push(time);
            n_banks += banks.len();
            let to = others[change].clone();
            moving.push(once(|| live.move_to(number, to)).0);
            removing.push(once(|| live.remove(number)).0);
        }
        assert_eq!(live.banks(), &anew.unwrap().banks[..]);
        let add = |what, times: Vec<Duration>| {
            let worst = times.iter().max().copied().unwrap_or_default();
            Row {
                what,
                n,
                ours: middle(times),
                twin: Some(twin),
                note: format!("worst {:.2} ms", worst.as_secs_f64() * 1e3),
            }
            .print();
        };
        add("thereof its footprint", surveying);
        add("thereof repairing the reach", repairing);
        add("adding one piece, by full recount", adding);
        add("removing one piece, by full recount", removing);
        add("moving one piece, by full recount", moving);
        println!(
            "   {:.1} banks recounted for an added piece; after all changes, all banks are as before",
            n_banks as f64 / N_CHANGES as f64
        );
    }
}

/// Coverage of a part of the sample, beside a count of every point of bank from every pole.
pub fn coverage_of_all(_: &Place) {
    const LIMIT: Meters = Meters(50.0);
    section("coverage at 50 m, on the middle of the bundled sample; n is edges of banks");
    let (settings, layers) = read_region(&sample(), &|_| ()).unwrap();
    let town = built("the sample's middle", &middle_of(layers), &settings);
    let (equipment, standings) = poles(&town.ground, 40);
    let reach = ReachByKind::new(&equipment, &standings);
    let survey = reach.survey(&town.ground, &town.closures, &[EquipmentKind::Pole]);
    let mut counted = Meters::ZERO;
    let ours = median(15, || counted = coverage(&survey, LIMIT).total.covered);
    let places: Vec<&Stand> = standings.iter().flatten().map(|s| &s.place).collect();
    let (twin, looked) = once(|| twins::covered(&town.ground, &town.closures, &places, LIMIT));
    Row {
        what: "40 poles, by looking every decimeter",
        n: town.ground.bank_edges.iter().map(Vec::len).sum(),
        ours,
        twin: Some(twin),
        note: format!("{counted} covered; the plain count says {looked}"),
    }
    .print();
}

/// What lies within a square of 3 km around the middle path of a region.
fn middle_of(mut layers: Layers) -> Layers {
    let middle = layers.paths[layers.paths.len() / 2].points[0];
    let is_near = |place: &zhugan::geometry::lon_lat::LonLat| {
        (place.lon() - middle.lon()).abs() < 0.02 && (place.lat() - middle.lat()).abs() < 0.0135
    };
    layers.water_areas.retain(|area| {
        area.rings
            .iter()
            .all(|ring| ring.points.iter().all(is_near))
    });
    layers
        .water_lines
        .retain(|line| line.points.iter().any(is_near));
    layers.paths.retain(|path| path.points.iter().all(is_near));
    let is_house_near = |house: &zhugan::model::path::Building| {
        house
            .rings
            .iter()
            .all(|ring| ring.points.iter().all(is_near))
    };
    layers.buildings.retain(is_house_near);
    layers.walls.retain(|wall| wall.points.iter().all(is_near));
    layers.crossings.clear();
    layers.equipment.clear();
    for line in &mut layers.water_lines {
        let first = line.points.iter().position(is_near).unwrap_or(0);
        let rest = &line.points[first..];
        let n = rest.iter().take_while(|place| is_near(place)).count();
        line.points = rest[..n].to_vec();
    }
    layers.water_lines.retain(|line| line.points.len() > 1);
    layers
}

/// The bank nearest to a place, by the tree, beside a look at every edge of every bank.
pub fn snapping(place: &Place) {
    section(&format!(
        "snapping to the nearest bank, on {}; n is edges of banks",
        place.file
    ));
    let nodes = bank_nodes(&place.ground);
    let mut seed = Seed(7);
    let mut near = || {
        let spot = place.ground.nodes[nodes[seed.below(nodes.len())] as usize];
        let mut aside = || i32::try_from(seed.below(20_000)).unwrap() - 10_000;
        Spot {
            x: spot.x + aside(),
            y: spot.y + aside(),
        }
    };
    let spots: Vec<Spot> = (0..200).map(|_| near()).collect();
    let ours = |spot: Spot| {
        let found = place.ground.banks_near(spot, Meters(20.0));
        found.first().map(|bank| bank.offset)
    };
    let per_spot = |total: Duration| total / spots.len() as u32;
    let time = median(15, || {
        for &spot in &spots {
            std::hint::black_box(ours(spot));
        }
    });
    let (twin, distances) = once(|| {
        let twin = |&spot: &Spot| twins::nearest_bank(&place.ground, spot).unwrap().1;
        spots.iter().map(twin).collect::<Vec<Meters>>()
    });
    for (&spot, &distance) in spots.iter().zip(&distances) {
        assert_eq!(ours(spot), Some(distance));
    }
    Row {
        what: "one place, by linear scan",
        n: place.ground.bank_edges.iter().map(Vec::len).sum(),
        ours: per_spot(time),
        twin: Some(per_spot(twin)),
        note: "all alike".to_owned(),
    }
    .print();
    let standing = median(3, || {
        for &spot in &spots {
            std::hint::black_box(place.ground.standing(spot));
        }
    });
    Row {
        what: "one place with all its legs of sight",
        n: place.ground.graph.n_nodes(),
        ours: per_spot(standing),
        twin: None,
        note: String::new(),
    }
    .print();
}

/// The three nearest pieces of a place by looking them up at every node, beside a search from the place.
pub fn nearest(place: &Place) {
    const N_PLACES: usize = 2_000;
    const MOST: usize = 3;
    section(&format!(
        "nearest: the {MOST} nearest pieces of a place, with its legs, on {}; n is pieces",
        place.file
    ));
    let ground = &place.ground;
    let (near_banks, anywhere) = (
        places_near_banks(ground, N_PLACES),
        places_on_land(ground, N_PLACES),
    );
    for n in [500, 5_000] {
        let (equipment, standings) = poles(ground, n);
        let reach = ReachByKind::new(&equipment, &standings);
        let ranking = once(|| reach.rank(ground, &place.closures)).0;
        let kinds = reach.ranked(&[EquipmentKind::Pole]).unwrap();
        Row {
            what: "the three nearest of every node",
            n: ground.graph.n_nodes(),
            ours: ranking,
            twin: None,
            note: format!("{n} pieces, once"),
        }
        .print();
        let pieces: Vec<(u32, &Stand)> = reach.usable_pieces(&[EquipmentKind::Pole]).collect();
        let mut surveyor = Surveyor::new(ground);
        for (what, spots) in [
            ("near a bank, by search", &near_banks),
            ("anywhere on land, by search", &anywhere),
        ] {
            let (mut times, mut twins) = (Vec::new(), Vec::new());
            for (index, &spot) in spots.iter().enumerate() {
                let (time, found) = once(|| {
                    let look = (MOST, FARTHEST_LEG);
                    ranked::nearest(ground, &kinds, spot, look).unwrap().near
                });
                times.push(time);
                if index % 20 == 0 {
                    let (time, searched) = once(|| {
                        let from = ground.place(spot);
                        let walks = surveyor.walks();
                        search_nearest(ground, &place.closures, walks, &pieces, &from, MOST)
                    });
                    twins.push(time);
                    let ours = found
                        .iter()
                        .map(|near| (near.piece, f64::from(near.cost) / 1000.0));
                    let theirs = searched.iter().map(|found| (found.piece, found.walk.0));
                    assert!(ours.eq(theirs), "{spot:?}: {found:?} {searched:?}");
                }
            }
            times.sort_unstable();
            let (late, last) = (times[times.len() * 99 / 100], times[times.len() - 1]);
            Row {
                what,
                n,
                ours: middle(times),
                twin: Some(middle(twins)),
                note: format!(
                    "99 % within {:.1} us, all within {:.1} us",
                    late.as_secs_f64() * 1e6,
                    last.as_secs_f64() * 1e6
                ),
            }
            .print();
        }
    }
}

/// Places on land within 10 m of a bank.
fn places_near_banks(ground: &Ground, n: usize) -> Vec<Spot> {
    let nodes = bank_nodes(ground);
    let mut seed = Seed(11);
    let places = std::iter::repeat_with(|| {
        let spot = ground.nodes[nodes[seed.below(nodes.len())] as usize];
        let mut aside = || i32::try_from(seed.below(20_000)).unwrap() - 10_000;
        Spot {
            x: spot.x + aside(),
            y: spot.y + aside(),
        }
    });
    places
        .filter(|&spot| ground.on(spot, 0).0 == On::Land)
        .take(n)
        .collect()
}

/// Places on land, evenly spread over the region.
fn places_on_land(ground: &Ground, n: usize) -> Vec<Spot> {
    let (mut low, mut high) = (ground.nodes[0], ground.nodes[0]);
    for node in &ground.nodes {
        low = Spot {
            x: low.x.min(node.x),
            y: low.y.min(node.y),
        };
        high = Spot {
            x: high.x.max(node.x),
            y: high.y.max(node.y),
        };
    }
    let mut seed = Seed(12);
    let mut share = || seed.below(1_000_000) as f64 / 1e6;
    let places = std::iter::repeat_with(|| Spot {
        x: low.toward(high, share()).x,
        y: low.toward(high, share()).y,
    });
    places
        .filter(|&spot| ground.on(spot, 0).0 == On::Land)
        .take(n)
        .collect()
}
