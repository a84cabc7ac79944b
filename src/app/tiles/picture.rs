//! What the map behind the banks shows in a box, for a picture on paper.

use crate::app::tiles::MapBase;
use crate::app::tiles::things::Form;
use crate::app::tiles::things::MapRing;
use crate::app::tiles::things::Thing;
use crate::formats::mvt::Value;
use crate::geometry::map_point::MapBox;
use crate::geometry::map_point::MapPoint;

/// As much is drawn as on the page at this zoom; waters and streets are on every picture.
const STREETS_FROM: u8 = 13;

/// From this zoom on houses and footpaths are drawn.
const HOUSES_FROM: u8 = 14;

/// The things in a box.
#[derive(Debug, Default)]
pub struct Picture<'a> {
    /// Areas of water, each an outer ring and its holes.
    pub waters: Vec<&'a [MapRing]>,
    /// Water that is mapped as a line.
    pub streams: Vec<&'a [MapPoint]>,
    /// Houses, each an outer ring and its holes.
    pub houses: Vec<&'a [MapRing]>,
    /// Streets.
    pub streets: Vec<&'a [MapPoint]>,
    /// Other ways.
    pub paths: Vec<&'a [MapPoint]>,
}

impl MapBase {
    /// What there is in a box; `is_close` adds what is too small for a picture from far away.
    pub fn picture(&self, bounds: &MapBox, is_close: bool) -> Picture<'_> {
        let zoom = if is_close { HOUSES_FROM } else { STREETS_FROM };
        let mut picture = Picture::default();
        let backdrop = &self.backdrop;
        for thing in [&self.sea, &backdrop.water]
            .into_iter()
            .flat_map(|layer| layer.within(bounds, zoom))
        {
            match &thing.form {
                Form::Areas(areas) => picture.waters.extend(areas.iter().map(Vec::as_slice)),
                Form::Line(line) => picture.streams.push(line),
                Form::Point(_) => {}
            }
        }
        for thing in backdrop.buildings.within(bounds, zoom) {
            if let Form::Areas(areas) = &thing.form {
                picture.houses.extend(areas.iter().map(Vec::as_slice));
            }
        }
        for thing in backdrop.paths.within(bounds, zoom) {
            if let Form::Line(line) = &thing.form {
                let group = if is_street(thing) {
                    &mut picture.streets
                } else {
                    &mut picture.paths
                };
                group.push(line);
            }
        }
        picture
    }

    /// The areas of a village by its number, each an outer ring and its holes.
    pub fn village(&self, index: usize) -> &[Vec<MapRing>] {
        self.backdrop.villages.get(index).map_or(&[], Vec::as_slice)
    }
}

fn is_street(way: &Thing) -> bool {
    let kind = way.properties.iter().find(|(name, _)| *name == "kind");
    kind.is_some_and(|(_, kind)| *kind == Value::Text("street".to_owned()))
}
