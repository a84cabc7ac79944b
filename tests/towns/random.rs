//! Random towns against the slow exact judge.

use geo::Coord;
use zhugan::ground::land::Post;
use zhugan::ground::search::FAR;
use zhugan::ground::search::Front;
use zhugan::ground::search::Label;
use zhugan::ground::search::Labels;
use zhugan::ground::spot::Spot;
use zhugan::ground::spot::is_between;
use zhugan::ground::spot::turn;

use super::drawn::BuiltTown;
use super::drawn::Town;
use super::oracle::Oracle;
use crate::walks::Walks;

/// A small seeded generator (`SplitMix64`), so that a town is known by its number.
pub struct Seed(pub u64);

impl Seed {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// A town of ponds, houses, a path or two and some poles.
pub fn town(number: u64) -> Town {
    let mut seed = Seed(number);
    let (n_rows, n_columns) = (6 + seed.below(3), 8 + seed.below(5));
    let mut cells = vec![vec!['.'; n_columns]; n_rows];
    for _ in 0..2 + seed.below(3) {
        let (row, column) = (1 + seed.below(n_rows - 2), 1 + seed.below(n_columns - 2));
        let last = (row + 1 + seed.below(3)).min(n_rows - 1);
        for cells in &mut cells[row..last] {
            let end = (column + 1 + seed.below(4)).min(n_columns - 1);
            cells[column..end].fill('~');
        }
    }
    for _ in 0..seed.below(6) {
        let (row, column) = (seed.below(n_rows), seed.below(n_columns));
        if cells[row][column] == '.' {
            cells[row][column] = '#';
        }
    }
    let mut free: Vec<(usize, usize)> = (0..n_rows)
        .flat_map(|row| (0..n_columns).map(move |column| (row, column)))
        .filter(|&(row, column)| cells[row][column] == '.')
        .collect();
    let mut stands = Vec::new();
    for letter in ['P', 'Q', 'R', 'a', 'b', 'c', 'd', 'e'] {
        let (row, column) = free.swap_remove(seed.below(free.len()));
        cells[row][column] = letter;
        stands.push(Spot {
            x: i32::try_from(column).unwrap(),
            y: i32::try_from(row).unwrap(),
        });
    }
    let rows: Vec<String> = cells
        .into_iter()
        .map(|row| row.into_iter().collect())
        .collect();
    // Turned by an odd angle, so that nothing lines up with the axes.
    let turned = 0.1 + seed.below(1000) as f64 / 1000.0;
    let town = Town::drawn_turned(&rows.join("\n"), turned, Coord { x: 0.0, y: 0.0 });
    match seed.below(3) {
        0 => town,
        1 => town.path("abc"),
        _ if is_on_wall(&stands) => town.path("ab").steps("cd"),
        _ => town.path("ab").steps("cd").wall("de", ""),
    }
}

/// Whether a pole stands in the very line of the wall, where nobody can say on which side.
fn is_on_wall(stands: &[Spot]) -> bool {
    let (d, e) = (stands[6], stands[7]);
    let mut poles = stands[..3].iter();
    poles.any(|&pole| turn(d, e, pole) == 0 && is_between(d, e, pole))
}

/// By how much our walks between banks and paths are longer than the judge's, as shares.
fn excesses(town: &BuiltTown, oracle: &Oracle<'_>) -> Vec<f64> {
    let ground = &town.ground;
    let n = ground.nodes.len() as u32;
    let is_place = |node: u32| {
        let spot = ground.land.spot_of(node);
        spot.is_none_or(|spot| ground.land.posts[spot as usize] == Post::Free)
    };
    let places: Vec<u32> = (0..n).filter(|&node| is_place(node)).collect();
    let mut excesses = Vec::new();
    for &from in &places {
        let mut labels: Labels = Labels::new(n as usize);
        let mut front = Front::default();
        let start = Label {
            distance: 0,
            origin: 0,
            before: None,
        };
        labels.offer(&mut front, from, start);
        labels.spread(&ground.graph, &town.closures, &mut front, FAR - 1, |_| ());
        for &to in places.iter().filter(|&&to| to != from) {
            let truth = oracle.walks[from as usize][to as usize];
            let ours = labels.distance(to);
            assert_eq!(
                truth.is_infinite(),
                ours == FAR,
                "{from} {to}: who gets where"
            );
            // A step between two spots a millimeter apart is all rounding.
            if ours != FAR && truth > 1.0 {
                let ours = f64::from(ours) / 1000.0;
                assert!(
                    ours >= truth - 1e-6,
                    "{from} {to}: {ours} is less than {truth}"
                );
                excesses.push(ours / truth - 1.0);
            }
        }
    }
    excesses
}

#[test]
fn walks_are_never_shorter_than_the_truth_and_hardly_longer() {
    let mut all = Vec::new();
    for number in 0..120 {
        let town = town(number).built();
        let oracle = Oracle::new(&town);
        all.extend(excesses(&town, &oracle));
    }
    all.sort_by(f64::total_cmp);
    let at = |share: f64| all[((all.len() - 1) as f64 * share) as usize];
    let (median, most, worst) = (at(0.5), at(0.99), at(1.0));
    println!(
        "{} walks: {:.4} % too long in the median, {:.4} % at the 99th percentile, {:.4} % at worst",
        all.len(),
        median * 100.0,
        most * 100.0,
        worst * 100.0
    );
    assert!(all.len() > 15_000, "{}", all.len());
    assert!(median <= 0.001 && most <= 0.01 && worst <= 0.03);
}

#[test]
fn a_route_pulled_taut_is_no_longer_than_the_walk_and_never_shorter_than_the_truth() {
    let mut n_pulled = 0;
    for number in 300..360 {
        let town = town(number).built();
        let oracle = Oracle::new(&town);
        let ground = &town.ground;
        for standing in town.standings.iter().flatten() {
            let truth = oracle.walks_from(&standing.place);
            let walks = Walks::from_legs(ground, &town.closures, &standing.place.legs);
            for (node, &least) in (0..).zip(&truth) {
                let Some(route) = ground.route(&walks.labels, node, (0, &standing.place)) else {
                    continue;
                };
                let walk = f64::from(walks.labels.distance(node)) / 1000.0;
                let length = route.length.0;
                assert!(
                    length <= walk && length >= least - 1e-6,
                    "town {number}, node {node}: {length} of {walk}, at least {least}"
                );
                n_pulled += usize::from(length < walk);
            }
        }
    }
    assert!(n_pulled > 20, "only {n_pulled} routes were pulled taut");
}

/// Where the judge says that the covered parts of a bank end, found by looking every few centimeters.
fn judged_ends(town: &BuiltTown, oracle: &Oracle<'_>, bank: usize, limit: f64) -> Vec<bool> {
    let poles: Vec<_> = town
        .standings
        .iter()
        .flatten()
        .map(|standing| (&standing.place, oracle.walks_from(&standing.place)))
        .collect();
    let edges = &town.ground.bank_edges[bank];
    let line = &town.ground.banks[bank];
    let mut is_covered = Vec::new();
    let n_looks = (line.length().0 / LOOK).floor() as usize;
    for look in 0..n_looks {
        let along = (look as f64 + 0.5) * LOOK;
        let edge = line
            .chainage
            .partition_point(|c| c.0 <= along)
            .clamp(1, edges.len())
            - 1;
        let (a, b) = (line.line[edge], line.line[edge + 1]);
        let length = (line.chainage[edge + 1] - line.chainage[edge]).0;
        let (x, y) = ((b.x - a.x) / length, (b.y - a.y) / length);
        let on = along - line.chainage[edge].0;
        let point = Coord {
            x: a.x + x * on - y * 0.003,
            y: a.y + y * on + x * 0.003,
        };
        let bank_factor = town.ground.settings.bank_factor;
        let reach = poles.iter().map(|(place, from)| {
            let [start, end] = edges[edge];
            let by_bank = [(start, on), (end, length - on)]
                .map(|(node, rest)| from[node as usize] + rest * bank_factor);
            oracle
                .reach_from(from, place, point)
                .min(by_bank[0])
                .min(by_bank[1])
        });
        is_covered.push(reach.fold(f64::INFINITY, f64::min) <= limit);
    }
    is_covered
}

/// Meters between two looks of the judge.
const LOOK: f64 = 0.1;

#[test]
fn gaps_end_within_half_a_meter_of_where_the_judge_says() {
    let mut n_ends = 0;
    for number in 200..300 {
        let town = town(number).built();
        let oracle = Oracle::new(&town);
        for limit in [25.0, 45.0] {
            let coverage = town.coverage(limit);
            for bank in 0..town.ground.banks.len() {
                let judged = judged_ends(&town, &oracle, bank, limit);
                let covered = &coverage.banks[bank].covered;
                let is_ours = |along: f64| {
                    covered
                        .0
                        .iter()
                        .any(|&(from, to)| from <= along && along <= to)
                };
                // Where the judge is of one mind for a meter around, we agree.
                for look in 5..judged.len().saturating_sub(5) {
                    let around = &judged[look - 5..=look + 5];
                    if around.iter().all(|&is| is == around[0]) {
                        let along = (look as f64 + 0.5) * LOOK;
                        assert_eq!(
                            is_ours(along),
                            around[0],
                            "town {number}, bank {bank}, limit {limit}, at {along:.2} m"
                        );
                    }
                }
                n_ends += judged.windows(2).filter(|pair| pair[0] != pair[1]).count();
            }
        }
    }
    assert!(n_ends > 60, "only {n_ends} ends were judged");
}
