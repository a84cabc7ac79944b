//! The map picture of a village for its report: its banks, its gaps and its equipment on the map behind them.

use geo::Coord;

use crate::app::gaps::GapRow;
use crate::app::paper_words::Language;
use crate::app::snapshot::Snapshot;
use crate::app::tiles::things::MapRing;
use crate::formats::pdf::map::Map;
use crate::formats::pdf::map::MapGap;
use crate::formats::pdf::map::MapPiece;
use crate::geometry::lon_lat::LonLat;
use crate::geometry::map_point::MapBox;
use crate::geometry::map_point::MapPoint;
use crate::model::equipment::Condition;
use crate::plan::coverage::line_between;
use crate::units::Meters;

/// On a picture wider than this, houses and footpaths are too small to be seen.
const CLOSE: Meters = Meters(6_000.0);

impl Snapshot {
    /// The picture of a village; `gaps` and `pieces` are in the order of the lists, each with its mark.
    pub(super) fn village_map(
        &self,
        village: usize,
        gaps: &[(String, &GapRow)],
        pieces: &[(String, usize)],
        language: Language,
    ) -> Map {
        let ground = &self.region.ground;
        let plane = &ground.plane;
        let on_plane = |point: &MapPoint| plane.to_plane(point.place());
        let line = |line: &[MapPoint]| -> Vec<Coord> { line.iter().map(on_plane).collect() };
        let area = |rings: &[MapRing]| rings.iter().map(|ring| line(ring)).collect();
        let outline: Vec<Vec<Coord>> = self
            .base
            .map
            .village(village)
            .iter()
            .flatten()
            .map(|ring| line(ring))
            .collect();
        let banks = self.banks_of_village(village);
        let pieces: Vec<MapPiece> = pieces
            .iter()
            .map(|(mark, index)| {
                let piece = &self.region.equipment[*index];
                MapPiece {
                    at: plane.to_plane(piece.at),
                    mark: mark.clone(),
                    is_usable: piece.condition == Condition::Usable,
                }
            })
            .collect();
        // Where the village's land goes up into the mountains, nobody looks for water.
        let at_water = banks
            .iter()
            .flatten()
            .copied()
            .chain(pieces.iter().map(|piece| piece.at));
        let seen = around(at_water).or_else(|| around(outline.iter().flatten().copied()));
        let seen = seen.unwrap_or_default();
        let window = Map::window(seen);
        let bounds = map_box(window, |at| plane.to_lon_lat(at).ok());
        let is_close = window[1].x - window[0].x <= CLOSE.0;
        let picture = bounds
            .map(|bounds| self.base.map.picture(&bounds, is_close))
            .unwrap_or_default();
        let gap = |(mark, gap): &(String, &GapRow)| {
            let places = gap
                .line
                .iter()
                .filter_map(|[lon, lat]| LonLat::new(*lon, *lat).ok());
            MapGap {
                line: places.map(|place| plane.to_plane(place)).collect(),
                risk: gap.risk,
                mark: mark.clone(),
            }
        };
        let settings = &self.region.settings;
        Map {
            seen,
            waters: picture.waters.into_iter().map(area).collect(),
            streams: picture.streams.into_iter().map(line).collect(),
            houses: picture.houses.into_iter().map(area).collect(),
            streets: picture.streets.into_iter().map(line).collect(),
            paths: picture.paths.into_iter().map(line).collect(),
            outline,
            banks,
            gaps: gaps.iter().map(gap).collect(),
            pieces,
            north: language.of("北", "N").to_owned(),
            attribution: settings.attribution.clone().unwrap_or_default(),
        }
    }

    /// The banks of a village, cut at its borders.
    fn banks_of_village(&self, village: usize) -> Vec<Vec<Coord>> {
        let ground = &self.region.ground;
        let banks = ground.banks.iter().enumerate();
        let parts = banks.flat_map(|(index, bank)| {
            let own = bank.by_village().filter(|(_, _, of)| *of == Some(village));
            own.map(move |(from, to, _)| line_between(ground, index as u32, from.0, to.0))
        });
        parts.filter(|line| line.len() > 1).collect()
    }
}

/// The corners around some points; none around no point.
fn around(points: impl Iterator<Item = Coord>) -> Option<[Coord; 2]> {
    points.fold(None, |found, at| {
        let [low, high] = found.unwrap_or([at, at]);
        let corner = |x: f64, y: f64| Coord { x, y };
        Some([
            corner(low.x.min(at.x), low.y.min(at.y)),
            corner(high.x.max(at.x), high.y.max(at.y)),
        ])
    })
}

fn map_box([low, high]: [Coord; 2], place: impl Fn(Coord) -> Option<LonLat>) -> Option<MapBox> {
    let corners = [
        (low.x, low.y),
        (low.x, high.y),
        (high.x, low.y),
        (high.x, high.y),
    ];
    let corners = corners.map(|(x, y)| place(Coord { x, y }).map(MapPoint::of));
    MapBox::around(corners.iter().flatten())
}
