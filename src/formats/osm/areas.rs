//! Areas of any kind from closed ways and from relations, each area once.

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;
use rustc_hash::FxHashSet;

use crate::formats::osm::budget::Budget;
use crate::formats::osm::elements::Elements;
use crate::formats::osm::elements::Relation;
use crate::formats::osm::elements::Role;
use crate::formats::osm::elements::Way;
use crate::formats::osm::elements::oddity;
use crate::formats::osm::fault::Fault;
use crate::formats::osm::rings::Outline;
use crate::formats::osm::rings::outline;
use crate::formats::osm::stitch::Piece;
use crate::formats::osm::tags::Tags;
use crate::geometry::lon_lat::LonLat;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;
use crate::model::water::Ring;

/// Keys that say what an area is: a relation with none of them is what its outer ways are.
const AREA_KEYS: [&str; 15] = [
    "amenity",
    "boundary",
    "building",
    "highway",
    "historic",
    "landuse",
    "leisure",
    "man_made",
    "natural",
    "place",
    "public_transport",
    "railway",
    "tourism",
    "water",
    "waterway",
];

/// An area of some kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Area<K> {
    /// Where it stands in its source.
    pub source: String,
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: K,
    /// Its rings.
    pub rings: Vec<Ring>,
}

/// Areas of some kind, and what was odd about them.
pub type Areas<K> = (Vec<Area<K>>, Vec<Oddity>);

/// All areas whose tags are of a kind: relations first, then ways that are not told by a relation.
pub fn areas<K: Copy + PartialEq + Send + Sync>(
    elements: &Elements,
    kind_of: &(dyn Fn(&Tags) -> Option<K> + Sync),
    budget: &Budget,
) -> Result<Areas<K>, Fault> {
    let by_relation: Vec<FromRelation<K>> = elements
        .relations
        .par_iter()
        .filter(|relation| relation.tags.is("type", "multipolygon"))
        .filter_map(|relation| from_relation(elements, relation, kind_of, budget).transpose())
        .collect::<Result<_, Fault>>()?;
    let mut areas = Vec::new();
    let mut oddities = Vec::new();
    let mut told = FxHashSet::default();
    for mut relation in by_relation {
        areas.extend(relation.area);
        oddities.append(&mut relation.oddities);
        told.extend(relation.told);
    }
    let by_way: Vec<(Option<Area<K>>, Vec<Oddity>)> = elements
        .ways
        .par_iter()
        .filter(|way| !told.contains(&way.id))
        .filter_map(|way| Some(from_way(elements, way, kind_of(&way.tags)?)))
        .collect();
    for (area, mut odd) in by_way {
        areas.extend(area);
        oddities.append(&mut odd);
    }
    Ok((areas, oddities))
}

/// What a relation gives.
struct FromRelation<K> {
    area: Option<Area<K>>,
    oddities: Vec<Oddity>,
    /// Ways that are areas of their own by their tags, but only tell of this one.
    told: Vec<i64>,
}

fn from_relation<K: Copy + PartialEq>(
    elements: &Elements,
    relation: &Relation,
    kind_of: &(dyn Fn(&Tags) -> Option<K> + Sync),
    budget: &Budget,
) -> Result<Option<FromRelation<K>>, Fault> {
    let members = Members::new(elements, relation);
    let outer = || members.of_role(Role::Outer);
    let tagged_outer = || outer().find_map(|way| Some((kind_of(&way.tags)?, &way.tags)));
    let (kind, tags) = match kind_of(&relation.tags) {
        Some(kind) => (kind, &relation.tags),
        // The old style: the outer ways say what the area is.
        None if !relation.tags.has_one_of(&AREA_KEYS) => match tagged_outer() {
            Some((kind, tags)) => (kind, tags),
            None => return Ok(None),
        },
        None => return Ok(None),
    };
    budget.take(members.n_refs() * size_of::<LonLat>())?;
    let outline = members.outline(elements);
    let source = format!("r{}", relation.id);
    let oddities = outline_oddities(&source, &outline, members.n_missing);
    if outline.rings.is_empty() {
        return Ok(Some(FromRelation {
            area: None,
            oddities,
            told: Vec::new(),
        }));
    }
    let name = relation.tags.name().or_else(|| tags.name());
    let is_the_same = |way: &Way| {
        kind_of(&way.tags) == Some(kind) && (way.tags.name().is_none() || way.tags.name() == name)
    };
    let told = outer()
        .filter(|way| kind_of(&way.tags).is_some())
        .chain(members.of_role(Role::Inner).filter(|way| is_the_same(way)))
        .map(|way| way.id)
        .collect();
    let area = Some(Area {
        source,
        name,
        kind,
        rings: outline.rings,
    });
    Ok(Some(FromRelation {
        area,
        oddities,
        told,
    }))
}

fn from_way<K>(elements: &Elements, way: &Way, kind: K) -> (Option<Area<K>>, Vec<Oddity>) {
    let pieces = [Piece {
        refs: &way.refs,
        role: Role::Outer,
    }];
    let outline = outline(&pieces, true, &mut elements.finder());
    let source = format!("w{}", way.id);
    let oddities = if way.is_closed() {
        let n_missing = n_missing_nodes(elements, way);
        outline_oddities_of_way(&source, &outline, n_missing)
    } else {
        outline_oddities(&source, &outline, 0)
    };
    let area = (!outline.rings.is_empty()).then(|| Area {
        source,
        name: way.tags.name(),
        kind,
        rings: outline.rings,
    });
    (area, oddities)
}

fn n_missing_nodes(elements: &Elements, way: &Way) -> usize {
    let mut finder = elements.finder();
    way.refs
        .iter()
        .filter(|node| finder.find(**node).is_none())
        .count()
}

/// The ways of a relation that the file holds.
pub struct Members<'a> {
    /// The ways and their roles, in the relation's order.
    pub ways: Vec<(&'a Way, Role)>,
    /// How many ways the file does not hold.
    pub n_missing: usize,
}

impl<'a> Members<'a> {
    /// The ways of a relation.
    pub fn new(elements: &'a Elements, relation: &Relation) -> Self {
        let ways: Vec<(&Way, Role)> = relation
            .members
            .iter()
            .filter_map(|member| Some((elements.way(member.way)?, member.role)))
            .collect();
        let n_missing = relation.members.len() - ways.len();
        Self { ways, n_missing }
    }

    fn of_role(&self, wanted: Role) -> impl Iterator<Item = &'a Way> {
        self.ways
            .iter()
            .filter(move |(_, role)| *role == wanted)
            .map(|(way, _)| *way)
    }

    /// How many nodes the ways name together.
    pub fn n_refs(&self) -> usize {
        self.ways.iter().map(|(way, _)| way.refs.len()).sum()
    }

    /// The outline that the ways make.
    pub fn outline(&self, elements: &Elements) -> Outline {
        let pieces: Vec<Piece> = self
            .ways
            .iter()
            .map(|(way, role)| Piece {
                refs: &way.refs,
                role: *role,
            })
            .collect();
        outline(&pieces, self.n_missing == 0, &mut elements.finder())
    }
}

/// What is odd about an outline of which some ways are missing, or which does not close.
pub fn outline_oddities(source: &str, outline: &Outline, n_missing: usize) -> Vec<Oddity> {
    let place = first_place(outline);
    let mut oddities = Vec::new();
    if n_missing > 0 {
        let detail = format!(
            "{n_missing} of its ways are not in the file: {}",
            done(outline)
        );
        oddities.push(oddity(source, place, OddityKind::MissingMember, detail));
    } else if outline.n_cut > 0 || outline.rings.is_empty() {
        let detail = format!("the outline is not whole: {}", done(outline));
        oddities.push(oddity(source, place, OddityKind::UnclosedRing, detail));
    }
    if outline.n_doubles > 0 {
        let detail = format!("{} rings stand there twice: taken once", outline.n_doubles);
        oddities.push(oddity(source, place, OddityKind::Duplicate, detail));
    }
    oddities
}

fn outline_oddities_of_way(source: &str, outline: &Outline, n_missing: usize) -> Vec<Oddity> {
    let place = first_place(outline);
    if n_missing > 0 {
        let detail = format!("{n_missing} nodes are not in the file: {}", done(outline));
        vec![oddity(source, place, OddityKind::MissingMember, detail)]
    } else if outline.rings.is_empty() {
        let detail = "the outline has fewer than three corners: left out";
        vec![oddity(source, place, OddityKind::TooFewPoints, detail)]
    } else {
        Vec::new()
    }
}

fn first_place(outline: &Outline) -> Option<LonLat> {
    outline.rings.first().map(|ring| ring.points[0])
}

/// What was done about an outline that is not whole.
fn done(outline: &Outline) -> String {
    if outline.rings.is_empty() {
        return "left out".to_owned();
    }
    let mut parts = Vec::new();
    if outline.n_cut > 0 {
        parts.push(format!(
            "{} of {} rings closed by straight edges of {} together, which are no banks",
            outline.n_cut,
            outline.rings.len(),
            outline.cut
        ));
    }
    if outline.n_stray > 0 {
        parts.push(format!("{} holes in nothing left out", outline.n_stray));
    }
    if parts.is_empty() {
        parts.push("what is there closes by itself".to_owned());
    }
    parts.join(", ")
}
