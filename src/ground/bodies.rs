//! Which parts of the mapped water are one water body.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::ground::cover::Cover;
use crate::ground::mesh::Mesh;
use crate::ground::mesh::NONE;
use crate::ground::waters::Part;
use crate::ground::waters::Waters;
use crate::model::bank::WaterBody;
use crate::model::region::WaterSettings;
use crate::model::water::WaterKind;

/// The water bodies, and to which of them each part belongs (none without banks).
///
/// A river, canal or stream is one body wherever it has the same name; standing water is one body where it touches.
pub fn bodies(
    mesh: &Mesh,
    covers: &[Cover],
    waters: &Waters,
    settings: &WaterSettings,
) -> (Vec<WaterBody>, Vec<Option<usize>>) {
    let mut group = Groups::new(waters.parts.len());
    let mut by_name: BTreeMap<(WaterKind, &str), usize> = BTreeMap::new();
    for (index, part) in waters.parts.iter().enumerate() {
        if let (true, Some(name)) = (is_flowing(part.kind), &part.name) {
            let first = *by_name.entry((part.kind, name)).or_insert(index);
            group.join(first, index);
        }
    }
    for (a, b) in touching(mesh, covers) {
        if is_one(&waters.parts[a], &waters.parts[b]) {
            group.join(a, b);
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..waters.parts.len() {
        if waters.parts[index].has_banks {
            members.entry(group.first(index)).or_default().push(index);
        }
    }
    let mut body_of = vec![None; waters.parts.len()];
    let mut found: Vec<(WaterBody, Vec<usize>)> = members
        .into_values()
        .map(|members| (body(&members, waters, settings), members))
        .collect();
    found.sort_by(|a, b| by_number(&a.0.id, &b.0.id));
    let mut bodies = Vec::with_capacity(found.len());
    for (body, members) in found {
        for member in members {
            body_of[member] = Some(bodies.len());
        }
        bodies.push(body);
    }
    (bodies, body_of)
}

fn body(members: &[usize], waters: &Waters, settings: &WaterSettings) -> WaterBody {
    let parts = || members.iter().map(|&member| &waters.parts[member]);
    let id = parts()
        .map(|part| part.source.as_str())
        .min_by(|a, b| by_number(a, b))
        .unwrap_or_default()
        .to_owned();
    WaterBody {
        name: parts().find_map(|part| part.name.clone()),
        kind: parts().next().map_or(WaterKind::Lake, |part| part.kind),
        risk: settings.risk_of(&id),
        id,
    }
}

/// Orders ids like `w9`, `w10` by their numbers, so that the oldest object of a map, which is the likeliest to stay, comes first.
pub fn by_number(a: &str, b: &str) -> std::cmp::Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

fn is_flowing(kind: WaterKind) -> bool {
    match kind {
        WaterKind::River | WaterKind::Canal | WaterKind::Stream | WaterKind::Ditch => true,
        WaterKind::Lake
        | WaterKind::Reservoir
        | WaterKind::Pond
        | WaterKind::Basin
        | WaterKind::Sea => false,
    }
}

/// Whether two parts that touch are one water body.
fn is_one(a: &Part, b: &Part) -> bool {
    if a.kind != b.kind {
        return false;
    }
    match (&a.name, &b.name) {
        (None, None) => true,
        (Some(one), Some(other)) => one == other,
        // An unnamed reach may lie between two rivers of different names: it joins neither.
        (Some(_), None) | (None, Some(_)) => !is_flowing(a.kind),
    }
}

/// Pairs of parts that lie on the two sides of some edge.
fn touching(mesh: &Mesh, covers: &[Cover]) -> Vec<(usize, usize)> {
    let mut pairs = FxHashSet::default();
    for (triangle, cover) in covers.iter().enumerate() {
        let Cover::Water(here) = *cover else { continue };
        for next in mesh.across[triangle] {
            if next == NONE {
                continue;
            }
            match covers[next as usize] {
                Cover::Water(there) if here < there => {
                    pairs.insert((here as usize, there as usize));
                }
                Cover::Water(_) | Cover::Land | Cover::Building | Cover::Outside => {}
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
    pairs.sort_unstable();
    pairs
}

/// Sets that can be joined.
struct Groups(Vec<usize>);

impl Groups {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn first(&mut self, mut member: usize) -> usize {
        while self.0[member] != member {
            self.0[member] = self.0[self.0[member]];
            member = self.0[member];
        }
        member
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }
}
