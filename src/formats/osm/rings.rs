//! Outlines with places: stitched, closed where the extract cut them, and freed of what would cancel out.

use crate::formats::osm::elements::Role;
use crate::formats::osm::nodes::Finder;
use crate::formats::osm::stitch::Chain;
use crate::formats::osm::stitch::Corner;
use crate::formats::osm::stitch::Piece;
use crate::formats::osm::stitch::chains;
use crate::formats::osm::stitch::doubles;
use crate::formats::osm::stitch::loops;
use crate::geometry::lon_lat::LonLat;
use crate::model::water::Ring;
use crate::units::Meters;

/// More open chains than this are each closed on their own: looking for the nearest takes `O(n² log n)`.
const MAX_JOINED: usize = 400;
/// A chain whose ends lie further apart than this share of its length is a bank, not an outline with a gap.
const MAX_OWN_GAP: f64 = 1.0 / 3.0;
/// How many edges are looked at to find out whether the islands lie in their water.
const MAX_EDGES_TESTED: usize = 200_000_000;

/// What became of the ways of an area.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Its rings; a point is inside when it is inside an odd number of them.
    pub rings: Vec<Ring>,
    /// How many of the rings have cuts.
    pub n_cut: usize,
    /// How long the cuts are together.
    pub cut: Meters,
    /// How many rings stood there more than once.
    pub n_doubles: usize,
    /// How many holes lie in nothing, since the outline around them is not in the file: left out.
    pub n_stray: usize,
    /// How many pieces had too few places to be a ring: left out.
    pub n_lost: usize,
}

/// The outline that these ways make; `is_whole` is whether the file holds every way of the area.
pub fn outline(pieces: &[Piece], is_whole: bool, finder: &mut Finder) -> Outline {
    let mut outline = Outline::default();
    let (closed, open): (Vec<Chain>, Vec<Chain>) =
        chains(pieces).into_iter().partition(Chain::is_closed);
    let mut found: Vec<(Role, Vec<Corner>)> = Vec::new();
    for chain in closed {
        let corners: Vec<Corner> = corners(&chain.refs[1..]);
        found.extend(loops(&corners).into_iter().map(|ring| (chain.role, ring)));
    }
    for role in [Role::Outer, Role::Inner] {
        let ends: Vec<OpenChain> = open
            .iter()
            .filter(|chain| chain.role == role)
            .filter_map(|chain| OpenChain::new(&chain.refs, finder))
            .collect();
        for corners in joined(&ends) {
            let rings = loops(&corners);
            outline.n_lost += usize::from(rings.is_empty());
            found.extend(rings.into_iter().map(|ring| (role, ring)));
        }
    }
    let (roles, rings): (Vec<Role>, Vec<Vec<Corner>>) = found.into_iter().unzip();
    let mut located = Vec::new();
    for ((ring, role), is_double) in rings.iter().zip(roles).zip(doubles(&rings)) {
        if is_double {
            outline.n_doubles += 1;
        } else if let Some(ring) = located_ring(ring, finder) {
            located.push((role, ring));
        } else {
            outline.n_lost += 1;
        }
    }
    outline.take(located, is_whole);
    outline
}

impl Outline {
    fn take(&mut self, rings: Vec<(Role, Ring)>, is_whole: bool) {
        let is_sound = is_whole && rings.iter().all(|(_, ring)| ring.cuts.is_empty());
        let (outer, inner): (Vec<_>, Vec<_>) = rings
            .into_iter()
            .partition(|(role, _)| *role == Role::Outer);
        let outer: Vec<Ring> = outer.into_iter().map(|(_, ring)| ring).collect();
        let inner: Vec<Ring> = inner.into_iter().map(|(_, ring)| ring).collect();
        let n_edges: usize = outer.iter().map(|ring| ring.points.len()).sum();
        let n_tested = if is_sound {
            0
        } else {
            MAX_EDGES_TESTED / n_edges.max(1)
        };
        let n_inner = inner.len();
        let inner: Vec<Ring> = inner
            .into_iter()
            .enumerate()
            .filter(|(index, ring)| *index >= n_tested || is_inside(inner_point(ring), &outer))
            .map(|(_, ring)| ring)
            .collect();
        self.n_stray = n_inner - inner.len();
        self.rings = outer;
        self.rings.extend(inner);
        self.n_cut = self
            .rings
            .iter()
            .filter(|ring| !ring.cuts.is_empty())
            .count();
        self.cut = self.rings.iter().map(cut_length).sum();
    }
}

fn corners(refs: &[i64]) -> Vec<Corner> {
    refs.iter()
        .map(|&node| Corner {
            node,
            is_cut_after: false,
        })
        .collect()
}

/// A chain that does not close, without the nodes at its ends that the file does not hold.
struct OpenChain<'a> {
    refs: &'a [i64],
    ends: [LonLat; 2],
    length: f64,
}

impl<'a> OpenChain<'a> {
    fn new(refs: &'a [i64], finder: &mut Finder) -> Option<Self> {
        let first = refs.iter().position(|node| finder.find(*node).is_some())?;
        let last = refs.iter().rposition(|node| finder.find(*node).is_some())?;
        let refs = &refs[first..=last];
        let places: Vec<LonLat> = refs.iter().filter_map(|node| finder.find(*node)).collect();
        let steps = places.windows(2).map(|pair| distance(pair[0], pair[1]).0);
        Some(Self {
            refs,
            ends: [places[0], places[places.len() - 1]],
            length: steps.sum(),
        })
    }

    /// How far its own ends count as being apart.
    fn own_gap(&self) -> f64 {
        let gap = distance(self.ends[0], self.ends[1]).0;
        if gap <= self.length * MAX_OWN_GAP {
            gap
        } else {
            // Rather join another bank, if there is any in reach.
            gap * 10.0
        }
    }
}

/// The chains joined to closed outlines, the nearest ends first; the edges in between are cuts.
fn joined(chains: &[OpenChain]) -> Vec<Vec<Corner>> {
    // The ends of chain `i` are `2 * i` and `2 * i + 1`.
    let partners = partners(chains);
    let mut is_used = vec![false; chains.len()];
    let mut outlines = Vec::new();
    for start in 0..chains.len() {
        if is_used[start] {
            continue;
        }
        let mut outline: Vec<Corner> = Vec::new();
        let mut entry = 2 * start;
        while !is_used[entry / 2] {
            is_used[entry / 2] = true;
            let mut piece = corners(chains[entry / 2].refs);
            if entry % 2 == 1 {
                piece.reverse();
            }
            outline.append(&mut piece);
            if let Some(last) = outline.last_mut() {
                last.is_cut_after = true;
            }
            entry = partners[entry ^ 1];
        }
        outlines.push(outline);
    }
    outlines
}

/// For every end the one that it is joined to.
fn partners(chains: &[OpenChain]) -> Vec<usize> {
    let n_ends = 2 * chains.len();
    let mut partners: Vec<usize> = (0..n_ends).map(|end| end ^ 1).collect();
    if chains.len() < 2 || chains.len() > MAX_JOINED {
        return partners;
    }
    let place = |end: usize| chains[end / 2].ends[end % 2];
    let mut pairs = Vec::new();
    for a in 0..n_ends {
        for b in a + 1..n_ends {
            let gap = if a ^ 1 == b {
                chains[a / 2].own_gap()
            } else {
                distance(place(a), place(b)).0
            };
            pairs.push((gap, a, b));
        }
    }
    pairs.sort_by(|x, y| x.0.total_cmp(&y.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut is_joined = vec![false; n_ends];
    for (_, a, b) in pairs {
        if !is_joined[a] && !is_joined[b] {
            (is_joined[a], is_joined[b]) = (true, true);
            (partners[a], partners[b]) = (b, a);
        }
    }
    partners
}

/// The ring with its places; an edge over nodes that the file does not hold is a cut.
fn located_ring(corners: &[Corner], finder: &mut Finder) -> Option<Ring> {
    let mut points: Vec<LonLat> = Vec::with_capacity(corners.len());
    let mut is_cut: Vec<bool> = Vec::with_capacity(corners.len());
    let mut starts_with_gap = false;
    for corner in corners {
        let place = finder.find(corner.node);
        match (place, is_cut.last_mut()) {
            (Some(place), Some(cut))
                if points.last().map(|last| last.key()) == Some(place.key()) =>
            {
                *cut |= corner.is_cut_after;
            }
            (Some(place), _) => {
                points.push(place);
                is_cut.push(corner.is_cut_after);
            }
            (None, Some(cut)) => *cut = true,
            (None, None) => starts_with_gap = true,
        }
    }
    if let Some(last) = is_cut.last_mut() {
        *last |= starts_with_gap;
    }
    if points.len() > 1 && points[0].key() == points[points.len() - 1].key() {
        points.pop();
        is_cut.pop();
    }
    if points.len() < 3 {
        return None;
    }
    let cuts = (0u32..)
        .zip(&is_cut)
        .filter_map(|(index, cut)| cut.then_some(index))
        .collect();
    Some(Ring { points, cuts })
}

/// Roughly how far two places near each other are apart.
fn distance(a: LonLat, b: LonLat) -> Meters {
    let shrink = f64::midpoint(a.lat(), b.lat()).to_radians().cos();
    let east = (a.lon() - b.lon()) * shrink * METERS_PER_DEGREE;
    let north = (a.lat() - b.lat()) * METERS_PER_DEGREE;
    Meters(east.hypot(north))
}

const METERS_PER_DEGREE: f64 = 111_195.0;

/// How long a ring is.
pub fn perimeter(ring: &Ring) -> Meters {
    (0..ring.points.len())
        .map(|edge| edge_length(ring, edge))
        .sum()
}

fn cut_length(ring: &Ring) -> Meters {
    let cuts = ring.cuts.iter().map(|cut| *cut as usize);
    cuts.map(|edge| edge_length(ring, edge)).sum()
}

fn edge_length(ring: &Ring, edge: usize) -> Meters {
    let next = (edge + 1) % ring.points.len();
    distance(ring.points[edge], ring.points[next])
}

/// Roughly how large a ring is.
///
/// # Units
///
/// Square meters.
pub fn area_m2(ring: &Ring) -> f64 {
    let Some(origin) = ring.points.first() else {
        return 0.0;
    };
    let shrink = origin.lat().to_radians().cos();
    let at = |place: &LonLat| {
        let east = (place.lon() - origin.lon()) * shrink * METERS_PER_DEGREE;
        (east, (place.lat() - origin.lat()) * METERS_PER_DEGREE)
    };
    let next = ring.points.iter().cycle().skip(1);
    let doubled: f64 = ring
        .points
        .iter()
        .zip(next)
        .map(|(a, b)| (at(a), at(b)))
        .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
        .sum();
    (doubled / 2.0).abs()
}

/// Whether a point, as degrees of longitude and latitude, is inside an odd number of the rings.
fn is_inside(point: (f64, f64), rings: &[Ring]) -> bool {
    let n_left = |ring: &Ring| {
        crossings(ring, point.1)
            .filter(|lon| *lon < point.0)
            .count()
    };
    rings.iter().map(n_left).sum::<usize>() % 2 == 1
}

/// A point inside a ring, as degrees of longitude and latitude: halfway between two of its edges.
fn inner_point(ring: &Ring) -> (f64, f64) {
    let mut lats: Vec<f64> = ring.points.iter().map(|place| place.lat()).collect();
    lats.sort_by(f64::total_cmp);
    lats.dedup();
    let middle = lats.len() / 2;
    let lat = f64::midpoint(lats[middle], lats[middle.saturating_sub(1)]);
    let mut lons: Vec<f64> = crossings(ring, lat).collect();
    lons.sort_by(f64::total_cmp);
    match lons[..] {
        [west, east, ..] => (f64::midpoint(west, east), lat),
        _ => (ring.points[0].lon(), lat),
    }
}

/// At which longitudes a ring crosses a latitude.
fn crossings(ring: &Ring, lat: f64) -> impl Iterator<Item = f64> {
    let next = ring.points.iter().cycle().skip(1);
    ring.points.iter().zip(next).filter_map(move |(a, b)| {
        let is_crossing = (a.lat() > lat) != (b.lat() > lat);
        let share = (lat - a.lat()) / (b.lat() - a.lat());
        is_crossing.then(|| a.lon() + share * (b.lon() - a.lon()))
    })
}
