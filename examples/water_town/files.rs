//! The towns as the files of a region's folder: GeoJSON, one feature a line, and tables.

use std::fmt::Write as _;

use super::Town;
use super::borders;
use super::shapes::Point;
use super::shapes::holds;
use super::tile::Grid;
use super::tile::HEIGHT;
use super::tile::WIDTH;
use super::waters::Flow;

/// The middle of the region, in the open sea: degrees.
const MIDDLE: Point = Point::new(123.0, 29.8);

/// Meters in a degree there, to the east and to the north.
const PER_DEGREE: Point = Point::new(96_679.0, 110_849.0);

/// The first nine digits of the villages' codes, but for the town's number: no division of the country has this prefix.
const CODE: &str = "990000";

/// Every file's name and text.
pub fn files(towns: &[Town], grid: Grid) -> Vec<(&'static str, String)> {
    let mut writer = Writer {
        grid,
        corner: Point::new(0.0, 0.0),
        prefix: String::new(),
        town: String::new(),
    };
    let mut water = Collection::default();
    let mut paths = Collection::default();
    let mut buildings = Collection::default();
    let mut equipment = String::from("编号,类型,经度,纬度,状态,名称,村,检查日期,备注\n");
    let mut stations = String::from("id,kind,name,village,lon,lat,duty_from,duty_to,travel,note\n");
    let mut volunteers =
        String::from("id,name,group,village,lon,lat,duty_from,duty_to,travel,note\n");
    for town in towns {
        writer.enter(town);
        writer.water(town, &mut water);
        writer.paths(town, &mut paths);
        for (i, house) in town.houses.iter().enumerate() {
            let id = format!("{}h{:04}", writer.prefix, i + 1);
            buildings.add(&[("id", &id)], &writer.polygon(&[house.as_slice()]));
        }
        writer.equipment(town, &mut equipment);
        writer.people(town, &mut stations, &mut volunteers);
    }
    let villages = writer.villages(towns);
    vec![
        ("water.geojson", water.text()),
        ("paths.geojson", paths.text()),
        ("buildings.geojson", buildings.text()),
        ("villages.geojson", villages),
        ("equipment.csv", equipment),
        ("stations.csv", stations),
        ("volunteers.csv", volunteers),
    ]
}

/// What stands before the names and ids of one town, and where it lies.
struct Writer {
    grid: Grid,
    corner: Point,
    prefix: String,
    town: String,
}

impl Writer {
    fn enter(&mut self, town: &Town) {
        self.corner = town.tile.origin();
        // A single town needs no number; in a county, equal names would make rivers of different towns one.
        if 1 < self.grid.n_towns() {
            self.prefix = format!("t{:03}-", town.tile.number + 1);
            self.town = format!("第{}镇", town.tile.number + 1);
        }
    }

    /// Longitude and latitude, rounded to about a centimeter.
    fn place(&self, point: Point) -> String {
        let wide = self.grid.n_columns as f64 * WIDTH;
        let high = self.grid.n_rows as f64 * HEIGHT;
        let at = point + self.corner - Point::new(wide, high) * 0.5;
        let (lon, lat) = (
            MIDDLE.x + at.x / PER_DEGREE.x,
            MIDDLE.y + at.y / PER_DEGREE.y,
        );
        format!("{lon:.7},{lat:.7}")
    }

    fn points(&self, line: &[Point]) -> String {
        let places: Vec<String> = line
            .iter()
            .map(|&point| format!("[{}]", self.place(point)))
            .collect();
        format!("[{}]", places.join(","))
    }

    fn line(&self, line: &[Point]) -> String {
        format!(r#""LineString","coordinates":{}"#, self.points(line))
    }

    fn polygon(&self, rings: &[&[Point]]) -> String {
        let closed = |ring: &&[Point]| {
            let mut ring = ring.to_vec();
            ring.push(ring[0]);
            self.points(&ring)
        };
        let rings: Vec<String> = rings.iter().map(closed).collect();
        format!(r#""Polygon","coordinates":[{}]"#, rings.join(","))
    }

    fn name(&self, name: &str) -> String {
        if name.is_empty() {
            String::new()
        } else {
            format!("{}{name}", self.town)
        }
    }

    fn water(&self, town: &Town, water: &mut Collection) {
        let mut n = 0;
        let mut id = || {
            n += 1;
            format!("{}w{n:03}", self.prefix)
        };
        for flow in &town.waters.flows {
            let name = self.name(flow.name);
            let width = format!("{}", flow.width_m);
            for rings in areas(flow) {
                let rings: Vec<&[Point]> = rings.iter().map(Vec::as_slice).collect();
                let id = id();
                let says = [("id", id.as_str()), ("kind", flow.kind), ("name", &name)];
                water.add(&says, &self.polygon(&rings));
            }
            let id = id();
            let says = [
                ("id", id.as_str()),
                ("kind", flow.kind),
                ("name", &name),
                ("width_m", &width),
            ];
            water.add(&says, &self.line(&flow.center));
        }
        for pool in &town.waters.pools {
            let (id, name) = (id(), self.name(&pool.name));
            let says = [("id", id.as_str()), ("kind", pool.kind), ("name", &name)];
            water.add(&says, &self.polygon(&[&pool.shore]));
        }
        for barrage in &town.ways.barrages {
            let (id, name) = (id(), self.name(&barrage.name));
            let state = if barrage.is_open { "open" } else { "closed" };
            let says = [
                ("id", id.as_str()),
                ("kind", barrage.kind),
                ("name", &name),
                ("state", state),
            ];
            water.add(&says, &self.line(&barrage.line));
        }
    }

    fn paths(&self, town: &Town, paths: &mut Collection) {
        for (i, way) in town.ways.all.iter().enumerate() {
            let id = format!("{}p{:04}", self.prefix, i + 1);
            let name = self.name(way.name.as_deref().unwrap_or_default());
            let mut says = vec![("id", id.as_str()), ("kind", way.kind), ("name", &name)];
            says.extend(&way.says);
            paths.add(&says, &self.line(&way.line));
        }
    }

    fn villages(&mut self, towns: &[Town]) -> String {
        let mut middles = Vec::new();
        for town in towns {
            let centers = town
                .villages
                .iter()
                .map(|village| village.center + town.tile.origin());
            middles.extend(centers);
        }
        let outlines = borders::outlines(&middles, self.grid);
        let mut villages = Collection::default();
        let mut outline = outlines.iter();
        for town in towns {
            self.enter(town);
            self.corner = Point::new(0.0, 0.0);
            for (number, village) in town.villages.iter().enumerate() {
                // Communities count from 001, villages from 201, as everywhere in the country.
                let own = if number < 2 { number + 1 } else { number + 199 };
                let code = format!("{CODE}{:03}{own:03}", town.tile.number + 1);
                let name = self.name(village.name);
                if let Some(outline) = outline.next() {
                    villages.add(
                        &[("code", &code), ("name", &name)],
                        &self.polygon(&[outline]),
                    );
                }
            }
        }
        villages.text()
    }

    fn equipment(&self, town: &Town, table: &mut String) {
        for (i, piece) in town.equipment.iter().enumerate() {
            let note = if piece.note.is_empty() {
                "示例"
            } else {
                piece.note
            };
            let cells = [
                format!("{}SX-{:03}", self.prefix, i + 1),
                piece.kind.to_owned(),
                self.place(piece.at),
                piece.condition.to_owned(),
                format!("{}{}号救援点", self.town, piece.point),
                self.name(piece.village),
                piece.inspected_on.clone(),
                note.to_owned(),
            ];
            add_row(table, &cells);
        }
    }

    fn people(&self, town: &Town, stations: &mut String, volunteers: &mut String) {
        for (i, station) in town.stations.iter().enumerate() {
            let cells = [
                format!("{}ST-{:02}", self.prefix, i + 1),
                station.kind.to_owned(),
                self.name(&station.name),
                self.name(station.village),
                self.place(station.at),
                station.duty.join(","),
                station.travel.to_owned(),
                "示例".to_owned(),
            ];
            add_row(stations, &cells);
        }
        for (i, volunteer) in town.volunteers.iter().enumerate() {
            let cells = [
                format!("{}V-{:02}", self.prefix, i + 1),
                self.name(&volunteer.name),
                volunteer.group.to_owned(),
                self.name(volunteer.village),
                self.place(volunteer.at),
                volunteer.duty.join(","),
                volunteer.travel.to_owned(),
                "示例".to_owned(),
            ];
            add_row(volunteers, &cells);
        }
    }
}

fn add_row(table: &mut String, cells: &[String]) {
    *table += &cells.join(",");
    *table += "\n";
}

/// A wide river as three areas that share edges, the way maps have them; the island lies in one.
fn areas(flow: &Flow) -> Vec<Vec<Vec<Point>>> {
    let Some([left, right]) = &flow.banks else {
        return Vec::new();
    };
    let last = left.len() - 1;
    let cuts = [0, last * 3 / 10, last * 6 / 10, last];
    let mut areas = Vec::new();
    for pair in cuts.windows(2) {
        let mut ring = left[pair[0]..=pair[1]].to_vec();
        ring.extend(right[pair[0]..=pair[1]].iter().rev());
        let island = flow.island.iter().filter(|island| holds(&ring, island[0]));
        let island: Vec<Vec<Point>> = island.cloned().collect();
        areas.push([vec![ring], island].concat());
    }
    areas
}

/// A GeoJSON feature collection that is being written.
#[derive(Default)]
struct Collection(Vec<String>);

impl Collection {
    /// Adds a feature; blank properties are left out. Names hold nothing that JSON would have to escape.
    fn add(&mut self, says: &[(&str, &str)], geometry: &str) {
        let says: Vec<String> = says
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| format!(r#""{key}":"{value}""#))
            .collect();
        let says = says.join(",");
        let mut feature = String::new();
        let written = write!(
            feature,
            r#"{{"type":"Feature","properties":{{{says}}},"geometry":{{"type":{geometry}}}}}"#
        );
        debug_assert!(written.is_ok(), "a string takes all that is written to it");
        self.0.push(feature);
    }

    fn text(&self) -> String {
        let features = self.0.join(",\n");
        format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}\n")
    }
}
