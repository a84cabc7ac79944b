//! Vector tiles cut from the region itself: clipped, simplified by zoom, small.

pub mod backdrop;
pub mod banks;
mod brush;
pub mod picture;
mod sea;
pub(super) mod things;

use std::sync::Arc;
use std::sync::OnceLock;

use crate::app::coverage::Counting;
use crate::app::coverage::CoverageReport;
use crate::app::names;
use crate::app::region::LoadedRegion;
use crate::app::tiles::backdrop::Backdrop;
use crate::app::tiles::backdrop::text;
use crate::app::tiles::banks::BankLines;
use crate::app::tiles::banks::BankReaches;
use crate::app::tiles::banks::Classes;
use crate::app::tiles::brush::Brush;
use crate::app::tiles::things::Form;
use crate::app::tiles::things::Thing;
use crate::app::tiles::things::Things;
use crate::formats::gzip;
use crate::formats::gzip::Effort;
use crate::formats::mvt;
use crate::formats::mvt::Layer;
use crate::formats::mvt::Value;
use crate::geometry::lon_lat::LonLat;
use crate::geometry::map_point::MapPoint;
use crate::geometry::map_tile::EXTENT;
use crate::geometry::map_tile::MapTile;

/// No tile is served at a coarser zoom.
pub const MIN_ZOOM: u8 = 5;

/// No tile is served at a finer zoom; the page draws this one larger.
pub const MAX_ZOOM: u8 = 16;

/// A gzipped tile that is larger is cut again with less in it, bytes.
pub const LARGEST_TILE: usize = 100_000;

/// The most that can be left out of a tile.
const MOST_THRIFT: u8 = 3;

/// What a layer holds, for the description of the tiles.
pub const LAYERS: [(&str, &[&str]); 9] = [
    ("water", &["kind", "name"]),
    ("buildings", &[]),
    ("paths", &["kind", "bridge"]),
    ("villages", &["id", "name", "bank_m", "covered_m"]),
    (
        "banks",
        &[
            "bank",
            "water_body",
            "from_m",
            "to_m",
            "pole",
            "ring",
            "rope",
            "board",
            "jacket",
            "aed",
            "other",
        ],
    ),
    (
        "gaps",
        &["id", "bank", "length_m", "reason", "village", "water_body"],
    ),
    ("equipment", &["id", "kind", "condition", "name"]),
    ("crossings", &["id", "kind", "state"]),
    ("labels", &["id", "name", "class", "rank"]),
];

/// Which tile is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TileQuestion {
    /// Where.
    pub tile: MapTile,
    /// Which pieces count in the layer of banks.
    pub counting: Counting,
}

/// What of a region's map never changes, shared by its snapshots.
#[derive(Debug)]
pub struct MapBase {
    /// What stands in the files.
    pub backdrop: Backdrop,
    /// The banks' lines.
    pub banks: BankLines,
    /// The sea, where there is one.
    sea: Things,
}

impl MapBase {
    /// What a region's ground adds to what stands in its files.
    pub fn new(region: &LoadedRegion, backdrop: Backdrop) -> Self {
        let is_at_the_sea = 0 < region.counts.coastlines;
        let sea = is_at_the_sea.then(|| sea::sea(&region.ground)).flatten();
        Self {
            banks: BankLines::new(&region.ground),
            sea: Things::new(sea.into_iter().collect()),
            backdrop,
        }
    }
}

/// Everything that the tiles of one snapshot are cut from.
#[derive(Debug)]
pub struct TileSource {
    base: Arc<MapBase>,
    usable: BankReaches,
    /// Worked out when somebody first asks.
    any_condition: OnceLock<BankReaches>,
    villages: Things,
    gaps: Things,
    equipment: Things,
    crossings: Things,
}

impl TileSource {
    /// Prepares the tiles of a region as it is; `gaps` are those at its own target.
    pub fn new(region: &LoadedRegion, base: Arc<MapBase>, gaps: &CoverageReport) -> Self {
        Self {
            usable: BankReaches::new(region, Counting::Usable),
            any_condition: OnceLock::new(),
            villages: Things::new(villages(region, &base.backdrop, gaps)),
            gaps: Things::new(gap_lines(gaps)),
            equipment: Things::new(equipment(region)),
            crossings: Things::new(crossings(region)),
            base,
        }
    }

    /// One tile, gzipped; empty where there is nothing to draw.
    ///
    /// # Errors
    ///
    /// Never in practice: memory is written to.
    pub fn cut(&self, region: &LoadedRegion, asked: TileQuestion) -> std::io::Result<Vec<u8>> {
        let mut thrift = 0;
        loop {
            let layers = self.layers(region, asked, thrift);
            let cut = mvt::tile(&layers, EXTENT as u32);
            if cut.is_empty() {
                return Ok(cut);
            }
            let cut = gzip::packed(&cut, Effort::Thorough)?;
            if cut.len() <= LARGEST_TILE || thrift == MOST_THRIFT {
                return Ok(cut);
            }
            thrift += 1;
        }
    }

    fn layers(&self, region: &LoadedRegion, asked: TileQuestion, thrift: u8) -> Vec<Layer> {
        let brush = Brush::new(asked.tile, thrift);
        let backdrop = &self.base.backdrop;
        let mut layers = vec![
            brush.drawn("water", &[&self.base.sea, &backdrop.water]),
            brush.drawn("villages", &[&self.villages]),
        ];
        if thrift < 2 {
            layers.push(brush.drawn("buildings", &[&backdrop.buildings]));
        }
        if thrift < MOST_THRIFT {
            layers.push(brush.drawn("paths", &[&backdrop.paths]));
        }
        layers.push(self.bank_layer(region, asked, thrift, &brush));
        layers.push(brush.drawn("gaps", &[&self.gaps]));
        layers.push(brush.drawn("crossings", &[&self.crossings]));
        layers.push(brush.drawn("equipment", &[&self.equipment]));
        layers.push(brush.drawn("labels", &[&backdrop.labels]));
        layers
    }

    fn bank_layer(
        &self,
        region: &LoadedRegion,
        asked: TileQuestion,
        thrift: u8,
        brush: &Brush,
    ) -> Layer {
        let mut layer = Layer::new("banks");
        let tile = asked.tile;
        let reaches = match asked.counting {
            Counting::Usable => &self.usable,
            Counting::AnyCondition => {
                let count = || BankReaches::new(region, Counting::AnyCondition);
                self.any_condition.get_or_init(count)
            }
        };
        let classes = match thrift {
            0 => Classes::of_zoom(tile.z()),
            1 => match Classes::of_zoom(tile.z()) {
                Classes::EdgeByEdge => Classes::Many,
                Classes::Many | Classes::Few => Classes::Few,
            },
            2.. => Classes::Few,
        };
        let bounds = tile.drawn();
        self.base
            .banks
            .draw(&region.ground, reaches, &bounds, classes, |piece| {
                brush.line(&mut layer, piece.line, &piece.properties);
            });
        layer
    }
}

fn villages(region: &LoadedRegion, backdrop: &Backdrop, gaps: &CoverageReport) -> Vec<Thing> {
    let villages = region.ground.villages.iter().zip(&backdrop.villages);
    let village = |(village, areas): (&crate::model::village::Village, &Vec<_>)| {
        let covered = gaps.villages.iter().find(|row| row.id == village.id);
        let meters = |length: f64| Value::Whole(length.round() as i64);
        let properties = vec![
            ("id", text(&village.id)),
            ("name", text(&village.name)),
            ("bank_m", meters(covered.map_or(0.0, |row| row.bank_m))),
            (
                "covered_m",
                meters(covered.map_or(0.0, |row| row.covered_m)),
            ),
        ];
        Thing::new(Form::Areas(areas.clone()), properties, 0)
    };
    villages.filter_map(village).collect()
}

fn gap_lines(gaps: &CoverageReport) -> Vec<Thing> {
    let gap = |gap: &crate::app::gaps::GapRow| {
        let places = gap.line.iter().map(|&[lon, lat]| LonLat::new(lon, lat));
        let line: Result<Vec<LonLat>, _> = places.collect();
        let line = line.ok()?.into_iter().map(MapPoint::of).collect();
        let mut properties = vec![
            ("id", text(&gap.id)),
            ("bank", text(&gap.bank)),
            ("length_m", Value::Whole(gap.length_m.round() as i64)),
            ("reason", text(names::of_reason(gap.reason))),
            ("water_body", text(&gap.water_body)),
        ];
        properties.extend(gap.village.as_ref().map(|id| ("village", text(id))));
        Thing::new(Form::Line(line), properties, 0)
    };
    gaps.gaps.iter().filter_map(gap).collect()
}

fn equipment(region: &LoadedRegion) -> Vec<Thing> {
    let piece = |piece: &crate::model::equipment::Equipment| {
        let mut properties = vec![
            ("id", text(&piece.id)),
            ("kind", text(names::of_equipment(piece.kind))),
            ("condition", text(names::of_condition(piece.condition))),
        ];
        properties.extend(piece.name.as_ref().map(|name| ("name", text(name))));
        Thing::new(Form::Point(MapPoint::of(piece.at)), properties, 11)
    };
    region.equipment.iter().filter_map(piece).collect()
}

fn crossings(region: &LoadedRegion) -> Vec<Thing> {
    let ground = &region.ground;
    let crossings = ground.crossings.iter().enumerate();
    let crossing = |(index, crossing): (usize, &crate::ground::crossings::Crossing)| {
        let at = ground.plane.to_lon_lat(crossing.at.coord()).ok()?;
        let properties = vec![
            ("id", text(&crossing.id)),
            ("kind", text(names::of_crossing(crossing.kind))),
            ("state", text(names::of_state(region.crossing_state(index)))),
        ];
        Thing::new(Form::Point(MapPoint::of(at)), properties, 12)
    };
    crossings.filter_map(crossing).collect()
}
