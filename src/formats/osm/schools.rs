//! Schools and kindergartens: where children are.

use crate::formats::osm::elements::Elements;
use crate::model::layers::Layers;
use crate::model::school::School;

/// Adds the schools to the layers: nodes, ways and areas at their middle. Of grounds that several areas make up, one counts.
pub fn read(elements: &Elements, layers: &mut Layers) {
    let points = elements.points.iter();
    let points = points.filter(|point| point.tags.is_school());
    let points = points.map(|point| (format!("n{}", point.id), Some(point.at)));
    let ways = elements.ways.iter().filter(|way| way.tags.is_school());
    let ways = ways.map(|way| (format!("w{}", way.id), elements.middle(way)));
    let relations = elements.relations.iter();
    let relations = relations.filter(|relation| relation.tags.is_school());
    let relations = relations.map(|relation| {
        let mut members = relation.members.iter();
        let outline = members.find_map(|member| elements.way(member.way));
        let at = outline.and_then(|way| elements.middle(way));
        (format!("r{}", relation.id), at)
    });
    let all = points.chain(ways).chain(relations);
    let all = all.filter_map(|(source, at)| Some(School { source, at: at? }));
    layers.schools.extend(all);
}
