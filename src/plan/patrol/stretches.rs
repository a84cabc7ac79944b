//! All bank, cut into stretches that a team walks in one go; narrow water is one stretch with two sides, seen from either.

use std::ops::Range;

use crate::ground::Ground;
use crate::ground::OnBank;
use crate::ground::graph::cost;
use crate::ground::place::On;
use crate::ground::spot::Spot;
use crate::ground::spot::nearest_share;
use crate::units::Meters;

/// No stretch is shorter than this on purpose, or much longer than that, however much bank a region has.
const SHORTEST: Meters = Meters(100.0);
const LONGEST: Meters = Meters(600.0);

/// As many stretches are about right for a region.
const MANY: f64 = 700.0;

/// Two sides of a narrow water shorter than this are not worth being one stretch.
const SHORTEST_TWO_SIDED: Meters = Meters(30.0);

/// The far bank may lie this much further along between one edge and the next, and still be one bank over against the other.
const WIDEST_STEP: Meters = Meters(25.0);

/// A piece of a bank from one of its corners to another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Side {
    /// Index of the bank.
    pub bank: u32,
    /// The edges of its line.
    pub edges: Range<u32>,
}

/// A piece of bank that is walked in one go, with what is seen over narrow water.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Whoever walks along any of these has seen all of them: one, or the two sides of a narrow water.
    pub sides: Vec<Side>,
}

impl Side {
    /// Chainage of its beginning and its end.
    pub fn chainage(&self, ground: &Ground) -> [Meters; 2] {
        let chainage = &ground.banks[self.bank as usize].chainage;
        [self.edges.start, self.edges.end].map(|corner| chainage[corner as usize])
    }

    /// How long it is.
    pub fn length(&self, ground: &Ground) -> Meters {
        let [from, to] = self.chainage(ground);
        to - from
    }

    /// The nodes of the graph at its beginning and its end.
    pub fn ends(&self, ground: &Ground) -> [u32; 2] {
        let edges = &ground.bank_edges[self.bank as usize];
        let last = self.edges.end as usize - 1;
        [edges[self.edges.start as usize][0], edges[last][1]]
    }

    /// What walking along it takes, effective millimeters: the graph's own edges.
    pub fn cost(&self, ground: &Ground) -> u32 {
        let edges = self.spots_of_edges(ground);
        let costs = edges.map(|[from, to]| {
            let length = from.millimeters_to(to);
            cost(length, ground.settings.bank_factor)
        });
        costs.sum()
    }

    /// Its line.
    pub fn spots(&self, ground: &Ground) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::with_capacity(self.edges.len() + 1);
        for [from, to] in self.spots_of_edges(ground) {
            if spots.is_empty() {
                spots.push(from);
            }
            spots.push(to);
        }
        spots
    }

    fn spots_of_edges(&self, ground: &Ground) -> impl Iterator<Item = [Spot; 2]> {
        let all = &ground.bank_edges[self.bank as usize];
        let edges = &all[self.edges.start as usize..self.edges.end as usize];
        edges
            .iter()
            .map(|nodes| nodes.map(|node| ground.nodes[node as usize]))
    }
}

/// All bank as stretches, by bank and chainage: always the same for a region. Water up to `narrow` wide is seen from either side.
pub fn stretches(ground: &Ground, narrow: Meters) -> Vec<Stretch> {
    let all: Meters = ground
        .banks
        .iter()
        .map(crate::model::bank::Bank::length)
        .sum();
    let usual = Meters((all.0 / MANY).clamp(SHORTEST.0, LONGEST.0));
    let cutting = Cutting {
        ground,
        narrow,
        usual,
    };
    let mut is_taken: Vec<Vec<bool>> = ground
        .bank_edges
        .iter()
        .map(|edges| vec![false; edges.len()])
        .collect();
    let mut found = Vec::new();
    for (number, edges) in (0_u32..).zip(&ground.bank_edges) {
        let whole = Side {
            bank: number,
            edges: 0..edges.len() as u32,
        };
        for run in cutting.facing_runs(&whole, &is_taken) {
            for near in cutting.evenly(&run.near) {
                cutting.add_two_sided(&run, near, &mut is_taken, &mut found);
            }
        }
    }
    for (bank, taken) in (0_u32..).zip(&is_taken) {
        for run in cutting.runs(bank, |edge| taken[edge]) {
            let pieces = cutting.evenly(&run).into_iter();
            found.extend(pieces.map(|side| Stretch { sides: vec![side] }));
        }
    }
    found.sort_by(|a, b| {
        let first = |stretch: &Stretch| (stretch.sides[0].bank, stretch.sides[0].edges.start);
        first(a).cmp(&first(b))
    });
    found
}

/// Edges of a bank one after the other, each with what lies over against it.
struct Facing {
    near: Side,
    /// The edge over against each, all of one bank, and in its order or against it.
    far: Vec<OnBank>,
}

impl Facing {
    /// What lies over against a piece of a run, up to what lies over against the next piece.
    fn far_side(&self, near: &Side) -> Side {
        let over = |edge: u32| self.far[(edge - self.near.edges.start) as usize];
        let first = over(near.edges.start);
        let last = over(near.edges.end - 1);
        let (from, to) = (first.edge.min(last.edge), first.edge.max(last.edge));
        // The edge that two pieces share belongs to the one that begins there.
        let is_shared =
            near.edges.end < self.near.edges.end && over(near.edges.end).edge == last.edge;
        let edges = match (is_shared, last.edge >= first.edge) {
            (false, _) => from..to + 1,
            (true, true) => from..to,
            (true, false) => from + 1..to + 1,
        };
        Side {
            bank: first.bank,
            edges,
        }
    }
}

struct Cutting<'a> {
    ground: &'a Ground,
    narrow: Meters,
    usual: Meters,
}

impl Cutting<'_> {
    /// The runs of a bank's edges that are not left out, and that somebody can walk along without leaving the bank.
    fn runs(&self, bank: u32, is_left_out: impl Fn(usize) -> bool) -> Vec<Side> {
        let edges = &self.ground.bank_edges[bank as usize];
        let mut runs: Vec<Side> = Vec::new();
        for (edge, nodes) in edges.iter().enumerate() {
            if is_left_out(edge) {
                continue;
            }
            let number = edge as u32;
            match runs.last_mut() {
                // Where a house stands at the water, two edges meet at a corner, but not on the same side of it.
                Some(run) if run.edges.end == number && edges[edge - 1][1] == nodes[0] => {
                    run.edges.end += 1;
                }
                _ => runs.push(Side {
                    bank,
                    edges: number..number + 1,
                }),
            }
        }
        runs
    }

    /// A run cut at corners into pieces that are about equally long.
    fn evenly(&self, run: &Side) -> Vec<Side> {
        let [from, to] = run.chainage(self.ground);
        let n_pieces = ((to - from).0 / self.usual.0).ceil().max(1.0);
        let chainage = &self.ground.banks[run.bank as usize].chainage;
        let mut corners = vec![run.edges.start];
        for piece in 1..n_pieces as u32 {
            let ideal = from.0 + (to - from).0 * f64::from(piece) / n_pieces;
            let off = |corner: &u32| (chainage[*corner as usize].0 - ideal).abs();
            let within = run.edges.start + 1..run.edges.end;
            if let Some(corner) = within.min_by(|a, b| off(a).total_cmp(&off(b))) {
                corners.push(corner);
            }
        }
        corners.push(run.edges.end);
        corners.dedup();
        let pieces = corners.windows(2).map(|pair| Side {
            bank: run.bank,
            edges: pair[0]..pair[1],
        });
        pieces.collect()
    }

    /// The runs of a bank that have another bank over against them the whole way, across nothing but narrow water.
    fn facing_runs(&self, whole: &Side, is_taken: &[Vec<bool>]) -> Vec<Facing> {
        let bank = whole.bank as usize;
        let far: Vec<Option<OnBank>> = (0..whole.edges.end)
            .map(|edge| {
                let is_free = |on: OnBank| !is_taken[on.bank as usize][on.edge as usize];
                let own = OnBank {
                    bank: whole.bank,
                    edge,
                };
                self.over_against(own)
                    .filter(|far| is_free(own) && is_free(*far))
            })
            .collect();
        let mut found = Vec::new();
        for run in self.runs(whole.bank, |edge| {
            is_taken[bank][edge] || far[edge].is_none()
        }) {
            let mut start = run.edges.start;
            let mut way = 0;
            for edge in run.edges.clone() {
                let goes_on = edge > start && {
                    let pair = [edge - 1, edge].map(|edge| far[edge as usize]);
                    let step = pair[0].zip(pair[1]).and_then(|(a, b)| self.step(a, b));
                    let goes_on = step.is_some_and(|step| step == 0 || way == 0 || step == way);
                    way = step.filter(|step| *step != 0).unwrap_or(way);
                    goes_on
                };
                if edge > start && !goes_on {
                    found.push(start..edge);
                    (start, way) = (edge, 0);
                }
            }
            found.push(start..run.edges.end);
        }
        let facing = found.into_iter().map(|edges| Facing {
            far: edges
                .clone()
                .filter_map(|edge| far[edge as usize])
                .collect(),
            near: Side {
                bank: whole.bank,
                edges,
            },
        });
        facing.collect()
    }

    /// In which direction the far bank goes on from one edge to the next: 1 along it, -1 against it, 0 if it stays; none if it jumps.
    fn step(&self, from: OnBank, to: OnBank) -> Option<i32> {
        let chainage = &self.ground.banks[from.bank as usize].chainage;
        let is_near = from.bank == to.bank && {
            let apart = chainage[from.edge as usize] - chainage[to.edge as usize];
            apart.0.abs() <= WIDEST_STEP.0
        };
        is_near.then(|| (i64::from(to.edge) - i64::from(from.edge)).signum() as i32)
    }

    /// The edge that lies over against the middle of another, across nothing but water.
    fn over_against(&self, own: OnBank) -> Option<OnBank> {
        let [from, to] = self.ground.ends(own);
        let middle = from.toward(to, 0.5);
        let near = self.ground.shore_near(middle, self.narrow);
        let mut others = near.filter(|(on, _)| !is_beside(self.ground, own, *on, self.narrow));
        others
            .find(|&(_, at)| is_water_between(self.ground, middle, at))
            .map(|(on, _)| on)
    }

    /// Adds a piece of a run as a stretch with two sides, or its halves where it has a bay that is not seen from the other side.
    fn add_two_sided(
        &self,
        run: &Facing,
        near: Side,
        is_taken: &mut [Vec<bool>],
        found: &mut Vec<Stretch>,
    ) {
        if near.length(self.ground) < SHORTEST_TWO_SIDED {
            return;
        }
        let far = run.far_side(&near);
        let is_free = |side: &Side| {
            let taken = &is_taken[side.bank as usize];
            side.edges.clone().all(|edge| !taken[edge as usize])
        };
        let is_apart = near.bank != far.bank
            || near.edges.end <= far.edges.start
            || far.edges.end <= near.edges.start;
        let fits = !far.edges.is_empty()
            && is_apart
            && is_free(&near)
            && is_free(&far)
            && self
                .runs(far.bank, |edge| !far.edges.contains(&(edge as u32)))
                .len()
                == 1
            && sees(self.ground, &near, &far, self.narrow)
            && sees(self.ground, &far, &near, self.narrow);
        if fits {
            for side in [&near, &far] {
                for edge in side.edges.clone() {
                    is_taken[side.bank as usize][edge as usize] = true;
                }
            }
            found.push(Stretch {
                sides: vec![near, far],
            });
        } else if near.edges.len() > 1 {
            let middle = u32::midpoint(near.edges.start, near.edges.end);
            for edges in [near.edges.start..middle, middle..near.edges.end] {
                let half = Side {
                    bank: near.bank,
                    edges,
                };
                self.add_two_sided(run, half, is_taken, found);
            }
        }
    }
}

/// Whether all of one side is seen by somebody who walks along another: at most so far away, across nothing but water.
pub fn sees(ground: &Ground, walked: &Side, seen: &Side, narrow: Meters) -> bool {
    let line = walked.spots(ground);
    let edges = seen.spots(ground);
    edges.windows(2).all(|pair| {
        [0.0, 0.5, 1.0].iter().all(|&share| {
            let spot = pair[0].toward(pair[1], share);
            is_seen(ground, &line, spot, narrow)
        })
    })
}

/// Whether a spot on a bank is seen from some spot of a line.
fn is_seen(ground: &Ground, line: &[Spot], spot: Spot, narrow: Meters) -> bool {
    let nearest = line.windows(2).map(|pair| {
        let at = pair[0].toward(pair[1], nearest_share(pair[0], pair[1], spot));
        (at, spot.distance(at))
    });
    let nearest = nearest.min_by(|a, b| a.1.0.total_cmp(&b.1.0));
    nearest.is_some_and(|(at, distance)| distance <= narrow && is_water_between(ground, spot, at))
}

/// Whether two edges are of the same shore, a little apart along it: around a corner is not over against.
pub(crate) fn is_beside(ground: &Ground, one: OnBank, other: OnBank, narrow: Meters) -> bool {
    let bank = &ground.banks[one.bank as usize];
    one.bank == other.bank && {
        let at = |on: OnBank| bank.chainage[on.edge as usize].0;
        let apart = (at(one) - at(other)).abs();
        let around = bank.length().0 - apart;
        apart.min(around) < 2.0 * narrow.0
    }
}

/// Whether there is nothing but water between two spots on banks.
pub(crate) fn is_water_between(ground: &Ground, from: Spot, to: Spot) -> bool {
    let near = ground.near(from);
    [0.25, 0.5, 0.75].iter().all(|&share| {
        let (on, _) = ground.on(from.toward(to, share), near);
        on == On::Water
    })
}
