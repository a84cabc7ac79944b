//! The core of patrols, free of geography: equal to brute force where that is possible, and to published values.

#[path = "../examples/arc_files/file.rs"]
mod file;
#[path = "../examples/arc_files/judge.rs"]
mod judge;

use std::cell::Cell;

use proptest::prelude::*;
use zhugan::plan::patrol::bound::Relaxation;
use zhugan::plan::patrol::network::Edge;
use zhugan::plan::patrol::network::Network;
use zhugan::plan::patrol::problem::Cost;
use zhugan::plan::patrol::problem::Goal;
use zhugan::plan::patrol::problem::Problem;
use zhugan::plan::patrol::problem::Team;
use zhugan::plan::patrol::problem::USUAL_PACE;
use zhugan::plan::patrol::search;
use zhugan::plan::patrol::subset;
use zhugan::plan::patrol::walk::Plan;
use zhugan::plan::watch::Watch;

use self::file::ArcFile;
use self::judge::judged;
use crate::formats::shared;

/// Longer and heavier than anything.
const MUCH: Cost = 1 << 40;

/// The best plan after so many looks at whether to end, if no plan below `least` is possible.
fn best(problem: &Problem, least: Cost, looks: u32) -> Plan {
    let left = Cell::new(looks);
    let is_over = || left.replace(left.get().saturating_sub(1)) == 0;
    let watch = Watch {
        is_over: &is_over,
        ..Watch::NOBODY
    };
    search::best(problem, least, 1, watch)
}

/// Teams that are all the same.
fn teams(file: &ArcFile, n_teams: usize) -> Vec<Team> {
    let team = Team {
        start: file.depot,
        end: file.depot,
        capacity: file.capacity.unwrap_or(MUCH),
        most: MUCH,
        pace: USUAL_PACE,
    };
    vec![team; n_teams]
}

/// The lengths of a plan's walks, as the judge finds them.
fn judged_lengths(file: &ArcFile, problem: &Problem, plan: &Plan) -> Vec<Cost> {
    let told = plan.told(problem);
    let walks = problem.teams.iter().zip(&told);
    let walks: Vec<_> = walks
        .map(|(&team, told)| file.network.steps(team, told))
        .collect();
    judged(file, &walks).unwrap()
}

/// A small network: a ring of up to 6 vertices with chords, in which each direction has its own cost; up to 5 edges are required.
fn networks() -> impl Strategy<Value = ArcFile> {
    (3_u32..=6).prop_flat_map(|n_vertices| {
        let edge = (0..n_vertices, 0..n_vertices, 1_u32..30, 1_u32..30, 1_i64..5);
        let costs = prop::collection::vec((1_u32..30, 1_u32..30), n_vertices as usize);
        (costs, prop::collection::vec(edge, 1..=5)).prop_map(move |(ring, chords)| {
            let ring = (0..n_vertices)
                .zip(ring)
                .map(|(vertex, (there, back))| Edge {
                    ends: [vertex, (vertex + 1) % n_vertices],
                    costs: [there, back],
                    required: None,
                });
            let chords = chords.into_iter().map(|(a, b, there, back, load)| Edge {
                ends: [a, if a == b { (b + 1) % n_vertices } else { b }],
                costs: [there, back],
                required: Some(load),
            });
            ArcFile {
                network: Network::new(n_vertices as usize, ring.chain(chords).collect()),
                capacity: Some(8),
                depot: 0,
            }
        })
    })
}

/// The shortest walk that does some tasks, by trying every order and direction.
fn shortest(problem: &Problem, team: Team, at: u32, left: &[u32]) -> Cost {
    if left.is_empty() {
        return problem.length(at, team.end);
    }
    let firsts = left.iter().flat_map(|&task| {
        let rest: Vec<u32> = left
            .iter()
            .copied()
            .filter(|other| *other != task)
            .collect();
        let ways = problem.tasks[task as usize].ways.iter();
        ways.map(move |way| {
            problem.length(at, way.from) + way.cost + shortest(problem, team, way.to, &rest)
        })
        .collect::<Vec<_>>()
    });
    firsts.min().unwrap_or(0)
}

/// The best value, by trying every way to share the tasks out.
fn by_trying_everything(problem: &Problem) -> Option<Cost> {
    let (n_tasks, n_teams) = (problem.tasks.len() as u32, problem.teams.len());
    let shares = 0..n_teams.pow(n_tasks);
    let values = shares.filter_map(|mut share| {
        let mut of_team = vec![Vec::new(); n_teams];
        for task in 0..n_tasks {
            of_team[share % n_teams].push(task);
            share /= n_teams;
        }
        let walks = of_team.iter().zip(&problem.teams);
        let lengths = walks.map(|(tasks, &team)| {
            let load: Cost = tasks
                .iter()
                .map(|&task| problem.tasks[task as usize].load)
                .sum();
            let length = shortest(problem, team, team.start, tasks);
            let length = if tasks.is_empty() { 0 } else { length };
            (load <= team.capacity).then_some(length)
        });
        let lengths: Vec<Cost> = lengths.collect::<Option<_>>()?;
        match problem.goal {
            Goal::Total => Some(lengths.iter().sum()),
            Goal::Longest => lengths.iter().copied().max(),
        }
    });
    values.min()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_shortest_longest_walk_is_that_of_trying_everything(file in networks(), n_teams in 1_usize..=3) {
        let mut teams = teams(&file, n_teams);
        for team in &mut teams {
            team.capacity = MUCH;
        }
        let problem = file.network.problem(teams, Goal::Longest);
        let shortest = by_trying_everything(&problem).unwrap();
        let plan = best(&problem, 0, 200);
        prop_assert_eq!(plan.value, shortest);
        let free = ArcFile { capacity: None, ..file };
        prop_assert_eq!(judged_lengths(&free, &problem, &plan).into_iter().max(), Some(shortest));
        let all: Vec<u32> = (0..problem.tasks.len() as u32).collect();
        prop_assert_eq!(subset::least_longest(&problem, &all), Some(shortest));
        let least = Relaxation::new(&free.network, 0, &|| false).least_longest(n_teams, 0, shortest + 9);
        prop_assert!(least <= shortest, "{} is no bound of {}", least, shortest);
    }

    #[test]
    fn the_shortest_walks_within_the_capacity_are_those_of_trying_everything(file in networks()) {
        let problem = file.network.problem(teams(&file, 4), Goal::Total);
        let shortest = by_trying_everything(&problem).unwrap();
        let plan = best(&problem, 0, 200);
        prop_assert_eq!(plan.value, shortest);
        prop_assert_eq!(judged_lengths(&file, &problem, &plan).into_iter().sum::<Cost>(), shortest);
        let least = Relaxation::new(&file.network, 0, &|| false).least_total(8);
        prop_assert!(least <= shortest, "{} is no bound of {}", least, shortest);
    }

    #[test]
    fn walks_from_two_places_are_those_of_trying_everything(file in networks(), end in 0_u32..3) {
        let mut teams = teams(&file, 2);
        teams[0].end = end;
        teams[1].start = 2;
        let problem = file.network.problem(teams, Goal::Longest);
        let shortest = by_trying_everything(&problem);
        let plan = best(&problem, 0, 200);
        prop_assert_eq!(shortest, plan.left_out.is_empty().then_some(plan.value));
    }
}

/// A published file, where it is there.
fn published(name: &str) -> Option<ArcFile> {
    let path = shared(&format!("arc-routing/{name}"))?;
    Some(file::read(&std::fs::read_to_string(path).unwrap()).unwrap())
}

#[test]
fn published_values_of_capacitated_arc_routing_are_reached() {
    for (name, value) in [
        ("gdb1", 316),
        ("gdb15", 58),
        ("gdb19", 55),
        ("gdb23", 233),
        ("kshs3", 9320),
        ("val1A", 173),
        ("val3C", 138),
    ] {
        let Some(file) = published(&format!("carp/{name}.dat")) else {
            return;
        };
        let n_required = file.network.required().len();
        let problem = file.network.problem(teams(&file, n_required), Goal::Total);
        let plan = best(&problem, value, 4_000);
        assert_eq!(plan.value, value, "{name}");
        let lengths = judged_lengths(&file, &problem, &plan);
        assert_eq!(lengths.into_iter().sum::<Cost>(), value, "{name}");
    }
}

#[test]
fn published_networks_are_shared_out_at_best_where_the_tasks_are_few() {
    for (name, n_teams) in [("P01110", 2), ("P0915", 3), ("P11110", 4), ("P132500", 5)] {
        let Some(file) = published(&format!("min-max-windy-rural-postman/{name}")) else {
            return;
        };
        let problem = file.network.problem(teams(&file, n_teams), Goal::Longest);
        let least = subset::least_by_hardest(&problem, &|| false);
        let plan = best(&problem, least, 10_000);
        assert_eq!(plan.value, least, "{name}, {n_teams} teams");
        let lengths = judged_lengths(&file, &problem, &plan);
        assert_eq!(lengths.into_iter().max(), Some(least), "{name}");
    }
}

#[test]
fn the_same_seed_and_steps_give_the_same_plan() {
    let edges = (0..12_u32).map(|vertex| Edge {
        ends: [vertex, (vertex * 5 + 1) % 12],
        costs: [vertex % 7 + 3, vertex % 5 + 4],
        required: Some(1),
    });
    let network = Network::new(12, edges.collect());
    let team = Team {
        start: 0,
        end: 0,
        capacity: MUCH,
        most: MUCH,
        pace: USUAL_PACE,
    };
    let problem = network.problem(vec![team; 3], Goal::Longest);
    let told = [0, 1].map(|_| best(&problem, 0, 50).told(&problem));
    assert_eq!(told[0], told[1]);
}

#[test]
fn what_cannot_be_done_in_time_is_left_out_where_it_is_worth_least() {
    // A street of four edges of 10 each: within 40, a walk there and back does two.
    let edges = (0..4_u32).map(|vertex| Edge {
        ends: [vertex, vertex + 1],
        costs: [10, 10],
        required: Some(0),
    });
    let network = Network::new(5, edges.collect());
    let team = Team {
        start: 0,
        end: 0,
        capacity: MUCH,
        most: 40,
        pace: USUAL_PACE,
    };
    let mut problem = network.problem(vec![team], Goal::Total);
    for task in &mut problem.tasks {
        task.worth = Some(1_000);
    }
    let plan = best(&problem, 0, 50);
    let mut left_out = plan.left_out.clone();
    left_out.sort_unstable();
    assert_eq!((left_out, plan.value), (vec![2, 3], 40));
}
