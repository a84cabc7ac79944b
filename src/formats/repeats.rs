//! Objects that two sources hold alike, as two extracts that overlap do: they count once.

use rustc_hash::FxHashMap;

use crate::formats::report::Report;
use crate::model::layers::Layers;
use crate::model::oddity::OddityKind;

/// Where the objects of earlier sources stand in their layers, by id, layer by layer.
#[derive(Default)]
pub(super) struct Earlier([FxHashMap<String, Vec<usize>>; 10]);

impl Earlier {
    /// Leaves out what an earlier source holds, too, with the same id and content, and reports how much that is.
    pub fn drop_repeats(&mut self, all: &Layers, layers: &mut Layers, file: &str) {
        let [
            areas,
            lines,
            coasts,
            paths,
            fords,
            crossings,
            buildings,
            walls,
            schools,
            villages,
        ] = &mut self.0;
        let dropped = [
            drop(areas, &all.water_areas, &mut layers.water_areas, |area| {
                &area.source
            }),
            drop(lines, &all.water_lines, &mut layers.water_lines, |line| {
                &line.source
            }),
            drop(coasts, &all.coastlines, &mut layers.coastlines, |coast| {
                &coast.source
            }),
            drop(paths, &all.paths, &mut layers.paths, |path| &path.source),
            drop(fords, &all.fords, &mut layers.fords, |ford| &ford.source),
            drop(
                crossings,
                &all.crossings,
                &mut layers.crossings,
                |crossing| &crossing.source,
            ),
            drop(
                buildings,
                &all.buildings,
                &mut layers.buildings,
                |building| &building.source,
            ),
            drop(walls, &all.walls, &mut layers.walls, |wall| &wall.source),
            drop(schools, &all.schools, &mut layers.schools, |school| {
                &school.source
            }),
            drop(villages, &all.villages, &mut layers.villages, |village| {
                &village.id
            }),
        ];
        let n: usize = dropped.iter().sum();
        if n > 0 {
            let mut report = Report::new(file);
            let detail = format!("{n} objects are in an earlier source, too: left out");
            report.add(OddityKind::Duplicate, file, None, detail);
            layers.oddities.extend(report.into_oddities());
        }
    }
}

/// Drops from one layer what is there already; tells how many that were.
fn drop<T: PartialEq>(
    earlier: &mut FxHashMap<String, Vec<usize>>,
    all: &[T],
    layer: &mut Vec<T>,
    id: impl Fn(&T) -> &String,
) -> usize {
    let n = layer.len();
    layer.retain(|object| {
        let same_id = earlier.get(id(object)).into_iter().flatten();
        same_id.copied().all(|index| all[index] != *object)
    });
    for (index, object) in layer.iter().enumerate() {
        let places = earlier.entry(id(object).clone()).or_default();
        places.push(all.len() + index);
    }
    n - layer.len()
}
