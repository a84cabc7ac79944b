//! A judge of walks, who knows nothing of how they were found.

use zhugan::plan::patrol::network::Step;
use zhugan::plan::patrol::problem::Cost;

use super::file::ArcFile;

/// What walks take, by their steps alone: each must be connected, lead from the depot to the depot, and serve edges that it walks,
/// within the capacity; together they must serve every required edge once. Says what is wrong otherwise.
pub fn judged(file: &ArcFile, walks: &[Vec<(Step, Option<u32>)>]) -> Result<Vec<Cost>, String> {
    let edges = &file.network.edges;
    let required = edges.iter().enumerate();
    let required = required.filter(|(_, edge)| edge.required.is_some());
    let required: Vec<usize> = required.map(|(index, _)| index).collect();
    let mut served = vec![0; required.len()];
    let mut lengths = Vec::new();
    for steps in walks {
        let (mut at, mut length, mut load) = (file.depot, 0, 0);
        for &(step, task) in steps {
            let edge = edges[step.edge as usize];
            let (from, to) = match step.way {
                0 => (edge.ends[0], edge.ends[1]),
                _ => (edge.ends[1], edge.ends[0]),
            };
            if at != from {
                return Err(format!("a walk leaps from {} to {}", at + 1, from + 1));
            }
            at = to;
            length += Cost::from(edge.costs[step.way as usize]);
            if let Some(task) = task {
                if required[task as usize] != step.edge as usize {
                    return Err("a walk serves an edge that it does not walk".to_owned());
                }
                served[task as usize] += 1;
                load += edge.required.unwrap_or(0);
            }
        }
        if at != file.depot {
            return Err("a walk does not end at the depot".to_owned());
        }
        if load > file.capacity.unwrap_or(Cost::MAX) {
            return Err("a walk takes more than the capacity".to_owned());
        }
        lengths.push(length);
    }
    match served.iter().filter(|times| **times != 1).count() {
        0 => Ok(lengths),
        n_wrong => Err(format!("{n_wrong} edges are not served once")),
    }
}
