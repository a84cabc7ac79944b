//! Villages: the administrative areas of one level, chosen by what the file holds.

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;
use rustc_hash::FxHashSet;

use crate::formats::osm::areas::Members;
use crate::formats::osm::areas::outline_oddities;
use crate::formats::osm::budget::Budget;
use crate::formats::osm::elements::Elements;
use crate::formats::osm::elements::Relation;
use crate::formats::osm::elements::Role;
use crate::formats::osm::elements::Way;
use crate::formats::osm::fault::Fault;
use crate::formats::osm::rings::Outline;
use crate::formats::osm::rings::outline;
use crate::formats::osm::rings::perimeter;
use crate::formats::osm::stitch::Piece;
use crate::formats::osm::tags::Tags;
use crate::geometry::lon_lat::LonLat;
use crate::model::layers::Layers;
use crate::model::oddity::Oddity;
use crate::model::village::Village;
use crate::units::Meters;

/// Where the levels of villages, communities and communes lie, after the country.
const LEVELS: std::ops::RangeInclusive<u8> = 7..=10;
/// A boundary with longer gaps than this together is no boundary.
const MAX_CUT: Meters = Meters(1000.0);
/// Nor is one of which the gaps are a larger share: it is a scrap that the extract left.
const MAX_CUT_SHARE: f64 = 1.0 / 3.0;
/// Where official codes stand, the best first.
const CODES: [&str; 6] = [
    "official_code",
    "national_code",
    "de:amtlicher_gemeindeschluessel",
    "swisstopo:BFS_NUMMER",
    "ref:*",
    "ref",
];

/// Adds the villages to the layers: those of the level with the most areas that close by themselves.
pub fn read(elements: &Elements, budget: &Budget, layers: &mut Layers) -> Result<(), Fault> {
    let mut candidates: Vec<Candidate> = elements
        .relations
        .par_iter()
        .filter_map(|relation| from_relation(elements, relation, budget).transpose())
        .collect::<Result<_, Fault>>()?;
    let told: FxHashSet<i64> = candidates
        .iter()
        .flat_map(|candidate| candidate.ways.iter().copied())
        .collect();
    candidates.extend(
        elements
            .ways
            .iter()
            .filter(|way| way.is_closed() && !told.contains(&way.id))
            .filter_map(|way| from_way(elements, way)),
    );
    let Some(level) = level(&candidates) else {
        return Ok(());
    };
    for mut candidate in candidates {
        if candidate.level == level {
            layers.oddities.append(&mut candidate.oddities);
            layers.villages.extend(candidate.village);
        }
    }
    Ok(())
}

/// An administrative area that may be a village.
struct Candidate {
    level: u8,
    /// Whether its boundary closes without any cut.
    is_closed: bool,
    /// The village, if its boundary can be closed at all.
    village: Option<Village>,
    oddities: Vec<Oddity>,
    /// The ways of its boundary.
    ways: Vec<i64>,
}

/// The level with the most areas that close; the deeper one of two.
fn level(candidates: &[Candidate]) -> Option<u8> {
    let n_of = |level: u8, counts: &dyn Fn(&Candidate) -> bool| {
        candidates
            .iter()
            .filter(|candidate| candidate.level == level && counts(candidate))
            .count()
    };
    LEVELS
        .map(|level| {
            let n_closed = n_of(level, &|candidate| candidate.is_closed);
            let n_usable = n_of(level, &|candidate| candidate.village.is_some());
            // Where none can be used, it is still told of each why.
            (n_closed, n_usable, n_of(level, &|_| true), level)
        })
        .max()
        .map(|(_, _, _, level)| level)
}

/// The level and the name of an administrative area.
fn level_and_name(tags: &Tags) -> Option<(u8, String)> {
    if !tags.is("boundary", "administrative") {
        return None;
    }
    let level: u8 = tags.get("admin_level")?.trim().parse().ok()?;
    LEVELS.contains(&level).then_some((level, tags.name()?))
}

fn from_relation(
    elements: &Elements,
    relation: &Relation,
    budget: &Budget,
) -> Result<Option<Candidate>, Fault> {
    let Some((level, name)) = level_and_name(&relation.tags) else {
        return Ok(None);
    };
    let members = Members::new(elements, relation);
    budget.take(members.n_refs() * size_of::<LonLat>())?;
    let outline = members.outline(elements);
    let id = format!("r{}", relation.id);
    let mut candidate = candidate(id, level, name, &relation.tags, outline, members.n_missing);
    candidate.ways = members.ways.iter().map(|(way, _)| way.id).collect();
    Ok(Some(candidate))
}

fn from_way(elements: &Elements, way: &Way) -> Option<Candidate> {
    let (level, name) = level_and_name(&way.tags)?;
    let pieces = [Piece {
        refs: &way.refs,
        role: Role::Outer,
    }];
    let outline = outline(&pieces, true, &mut elements.finder());
    let id = format!("w{}", way.id);
    Some(candidate(id, level, name, &way.tags, outline, 0))
}

fn candidate(
    id: String,
    level: u8,
    name: String,
    tags: &Tags,
    mut outline: Outline,
    n_missing: usize,
) -> Candidate {
    let perimeter: Meters = outline.rings.iter().map(perimeter).sum();
    if outline.cut > MAX_CUT || outline.cut > perimeter * MAX_CUT_SHARE {
        outline.rings.clear();
    }
    Candidate {
        level,
        is_closed: n_missing == 0 && outline.n_cut == 0 && !outline.rings.is_empty(),
        oddities: outline_oddities(&id, &outline, n_missing),
        ways: Vec::new(),
        village: (!outline.rings.is_empty()).then(|| Village {
            id,
            name,
            code: code(tags),
            rings: outline.rings.into_iter().map(|ring| ring.points).collect(),
        }),
    }
}

fn code(tags: &Tags) -> Option<String> {
    CODES.iter().find_map(|key| tags.text(key))
}
