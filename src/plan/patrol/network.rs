//! Edges that are walked: some must be, in either direction, and each direction may take its own time.

use super::problem::Cost;
use super::problem::Goal;
use super::problem::NO_WAY;
use super::problem::Problem;
use super::problem::Task;
use super::problem::Team;
use super::problem::Way;

/// An edge between two vertices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Its vertices.
    pub ends: [u32; 2],
    /// What it takes from the first to the second, and back.
    pub costs: [u32; 2],
    /// Its load, if it must be walked once with attention.
    pub required: Option<Cost>,
}

/// An edge, walked from its first vertex to its second, or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The edge's index.
    pub edge: u32,
    /// 0 from the first vertex to the second, 1 back.
    pub way: u32,
}

/// Vertices from 0 on, and edges between them.
#[derive(Clone, Debug)]
pub struct Network {
    n_vertices: usize,
    /// Its edges.
    pub edges: Vec<Edge>,
    /// From each vertex to each, the shortest way.
    lengths: Vec<u32>,
    /// The first step of it.
    first: Vec<Step>,
}

impl Network {
    /// Finds the shortest ways between all vertices (Floyd 1962).
    ///
    /// # Panics
    ///
    /// If an edge has a vertex that is not there.
    pub fn new(n_vertices: usize, edges: Vec<Edge>) -> Self {
        let mut lengths = vec![NO_WAY; n_vertices * n_vertices];
        let nowhere = Step { edge: 0, way: 0 };
        let mut first = vec![nowhere; n_vertices * n_vertices];
        for vertex in 0..n_vertices {
            lengths[vertex * n_vertices + vertex] = 0;
        }
        for (number, edge) in (0_u32..).zip(&edges) {
            let [a, b] = edge.ends;
            for (from, to, way) in [(a, b, 0), (b, a, 1)] {
                assert!((from as usize) < n_vertices && (to as usize) < n_vertices);
                let pair = from as usize * n_vertices + to as usize;
                if edge.costs[way as usize] < lengths[pair] {
                    lengths[pair] = edge.costs[way as usize];
                    first[pair] = Step { edge: number, way };
                }
            }
        }
        for via in 0..n_vertices {
            for from in 0..n_vertices {
                let there = lengths[from * n_vertices + via];
                if there >= NO_WAY {
                    continue;
                }
                for to in 0..n_vertices {
                    let length = there.saturating_add(lengths[via * n_vertices + to]);
                    if length < lengths[from * n_vertices + to] {
                        lengths[from * n_vertices + to] = length;
                        first[from * n_vertices + to] = first[from * n_vertices + via];
                    }
                }
            }
        }
        Self {
            n_vertices,
            edges,
            lengths,
            first,
        }
    }

    /// How many vertices there are.
    pub fn n_vertices(&self) -> usize {
        self.n_vertices
    }

    /// The edges that must be walked, by their indices: the tasks of [`Network::problem`], in order.
    pub fn required(&self) -> Vec<usize> {
        let edges = self.edges.iter().enumerate();
        let required = edges.filter(|(_, edge)| edge.required.is_some());
        required.map(|(index, _)| index).collect()
    }

    /// What is to be walked by teams that start and end at vertices. Each required edge is a task with two ways.
    pub fn problem(&self, teams: Vec<Team>, goal: Goal) -> Problem {
        let required = self.required().into_iter().map(|index| {
            let edge = &self.edges[index];
            let [a, b] = edge.ends;
            let ways = [(a, b, edge.costs[0]), (b, a, edge.costs[1])];
            let ways = ways.map(|(from, to, cost)| Way {
                from,
                to,
                cost: Cost::from(cost),
            });
            Task {
                load: edge.required.unwrap_or(0),
                ..Task::new(ways.to_vec())
            }
        });
        let tasks = required.collect();
        Problem::new(self.n_vertices, self.lengths.clone(), tasks, teams, goal)
    }

    /// How far it is from one vertex to another.
    pub fn length(&self, from: u32, to: u32) -> Cost {
        Cost::from(self.lengths[from as usize * self.n_vertices + to as usize])
    }

    /// The steps of a walk that does some tasks in their ways, as [`super::walk::Plan::told`] tells them, and with each step the
    /// task that it does, if any.
    pub fn steps(&self, team: Team, told: &[(u32, usize)]) -> Vec<(Step, Option<u32>)> {
        let required = self.required();
        let mut steps = Vec::new();
        let mut at = team.start;
        for &(task, way) in told {
            let edge = required[task as usize];
            let ends = self.edges[edge].ends;
            self.go(&mut steps, at, ends[way]);
            let step = Step {
                edge: edge as u32,
                way: way as u32,
            };
            steps.push((step, Some(task)));
            at = ends[1 - way];
        }
        if !told.is_empty() {
            self.go(&mut steps, at, team.end);
        }
        steps
    }

    /// Goes from a vertex to another, along the shortest way.
    fn go(&self, steps: &mut Vec<(Step, Option<u32>)>, from: u32, to: u32) {
        let mut at = from;
        // A shortest way meets no vertex twice.
        for _ in 0..self.n_vertices {
            if at == to || self.length(at, to) >= Cost::from(NO_WAY) {
                return;
            }
            let step = self.first[at as usize * self.n_vertices + to as usize];
            steps.push((step, None));
            at = self.edges[step.edge as usize].ends[1 - step.way as usize];
        }
    }
}
