//! A town drawn as text: each letter is a cell of 10 m.
//!
//! `.` land, `~` water, `#` a house, `P` to `Z` poles on land, `a` to `o` places on land, `0` to `9` places in the
//! water. Water that touches the edge of the drawing goes on beyond the map.

use geo::Coord;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::geometry::plane::LocalPlane;
use zhugan::ground::Closures;
use zhugan::ground::Ground;
use zhugan::ground::place::Leg;
use zhugan::ground::place::Place;
use zhugan::ground::place::Standing;
use zhugan::ground::search::FAR;
use zhugan::ground::search::Front;
use zhugan::ground::search::Label;
use zhugan::ground::search::Labels;
use zhugan::ground::spot::Spot;
use zhugan::model::crossing::CrossingKind;
use zhugan::model::crossing::CrossingState;
use zhugan::model::crossing::MappedCrossing;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::Equipment;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::inspection::InspectionSettings;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::Oddity;
use zhugan::model::path::Building;
use zhugan::model::path::Ford;
use zhugan::model::path::FordPoint;
use zhugan::model::path::Path;
use zhugan::model::path::PathKind;
use zhugan::model::path::Span;
use zhugan::model::path::Wall;
use zhugan::model::patrol::PatrolSettings;
use zhugan::model::region::GroundSettings;
use zhugan::model::region::ReachSettings;
use zhugan::model::region::RegionId;
use zhugan::model::region::RegionSettings;
use zhugan::model::region::ResponderSettings;
use zhugan::model::region::WaterSettings;
use zhugan::model::village::Village;
use zhugan::model::water::Ring;
use zhugan::model::water::WaterArea;
use zhugan::model::water::WaterKind;
use zhugan::plan::coverage::Coverage;
use zhugan::plan::coverage::coverage;
use zhugan::plan::survey::ReachByKind;
use zhugan::units::Meters;

/// Meters per cell.
pub const STEP: f64 = 10.0;

/// How far water at the edge of the drawing goes on.
const BEYOND: f64 = 3_000.0;

/// A town before it is built.
#[derive(Clone)]
pub struct Town {
    rows: Vec<Vec<char>>,
    plane: LocalPlane,
    /// Turned by this angle (radians) about its corner, then moved by this much (meters).
    turned: f64,
    moved: Coord,
    pub layers: Layers,
    pub settings: RegionSettings,
    marks: Vec<(char, Coord)>,
}

/// Settings of a region with nothing said.
pub fn settings() -> RegionSettings {
    RegionSettings {
        id: RegionId::new("town").unwrap(),
        code: None,
        name: [("en".to_owned(), "Town".to_owned())].into(),
        time_zone: "UTC".to_owned(),
        country_calls: [].into(),
        reminder: [].into(),
        is_invented: false,
        reach: ReachSettings::default(),
        ground: GroundSettings::default(),
        // A cell has 100 m², give or take the rounding of its corners.
        water: WaterSettings {
            min_area_m2: 99.0,
            ..WaterSettings::default()
        },
        responders: ResponderSettings::default(),
        inspection: InspectionSettings::default(),
        patrol: PatrolSettings::default(),
        attribution: None,
        map_date: None,
    }
}

impl Town {
    pub fn drawn(text: &str) -> Self {
        Self::drawn_turned(text, 0.0, Coord { x: 0.0, y: 0.0 })
    }

    pub fn drawn_turned(text: &str, turned: f64, moved: Coord) -> Self {
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        let rows = lines
            .iter()
            .map(|line| line.trim().chars().collect())
            .collect();
        let mut town = Self {
            rows,
            plane: LocalPlane::new(LonLat::new(120.41, 29.79).unwrap()),
            turned,
            moved,
            layers: Layers::default(),
            settings: settings(),
            marks: Vec::new(),
        };
        town.read_cells();
        town
    }

    /// Where a point of the drawing (meters right and up of the first cell) lies on the earth.
    pub fn place(&self, point: Coord) -> LonLat {
        let (sin, cos) = self.turned.sin_cos();
        let turned = Coord {
            x: point.x * cos - point.y * sin,
            y: point.x * sin + point.y * cos,
        };
        self.plane.to_lon_lat(turned + self.moved).unwrap()
    }

    fn read_cells(&mut self) {
        for row in 0..self.rows.len() {
            for column in 0..self.rows[row].len() {
                let letter = self.rows[row][column];
                let at = Coord {
                    x: column as f64 * STEP,
                    y: -(row as f64) * STEP,
                };
                match letter {
                    '.' | 'a'..='o' => {}
                    '~' | '0'..='9' => self.add_water_cell(row, column, at),
                    '#' => {
                        let source = format!("house-{row}-{column}");
                        let rings = vec![self.square(at, [5.0; 4])];
                        self.layers.buildings.push(Building { source, rings });
                    }
                    'P'..='Z' => {
                        let at = self.place(at);
                        self.layers.equipment.push(pole(&letter.to_string(), at));
                    }
                    other => panic!("{other:?} means nothing in a drawing"),
                }
                if letter.is_alphanumeric() {
                    self.marks.push((letter, at));
                }
            }
        }
    }

    fn add_water_cell(&mut self, row: usize, column: usize, at: Coord) {
        let last_row = self.rows.len() - 1;
        let last_column = self.rows[row].len() - 1;
        let reach = |is_edge: bool| if is_edge { BEYOND } else { STEP / 2.0 };
        let sides = [
            column == 0,
            row == last_row,
            column == last_column,
            row == 0,
        ]
        .map(reach);
        let area = WaterArea {
            source: format!("w{}", 1000 + row * 100 + column),
            name: None,
            kind: WaterKind::Canal,
            rings: vec![self.square(at, sides)],
        };
        self.layers.water_areas.push(area);
    }

    /// A square around a point, with its reach to the west, south, east and north.
    fn square(&self, at: Coord, [west, south, east, north]: [f64; 4]) -> Ring {
        let corners = [
            (-west, -south),
            (east, -south),
            (east, north),
            (-west, north),
        ];
        let points = corners.map(|(x, y)| self.place(at + Coord { x, y }));
        Ring {
            points: points.to_vec(),
            cuts: Vec::new(),
        }
    }

    /// A place of the drawing in meters.
    fn at(&self, letter: char) -> Coord {
        let found = self.marks.iter().find(|(mark, _)| *mark == letter);
        found
            .unwrap_or_else(|| panic!("{letter:?} is not in the drawing"))
            .1
    }

    fn points(&self, letters: &str) -> Vec<LonLat> {
        letters
            .chars()
            .map(|letter| self.place(self.at(letter)))
            .collect()
    }

    fn way(mut self, letters: &str, kind: PathKind, span: Span, ford: Ford) -> Self {
        let points = self.points(letters);
        let source = format!("w{}", self.layers.paths.len() + 1);
        let path = Path {
            source,
            name: None,
            kind,
            span,
            ford,
            points,
        };
        self.layers.paths.push(path);
        self
    }

    pub fn path(self, letters: &str) -> Self {
        self.way(letters, PathKind::Footway, Span::Ground, Ford::No)
    }

    pub fn street(self, letters: &str) -> Self {
        self.way(letters, PathKind::Street, Span::Ground, Ford::No)
    }

    pub fn steps(self, letters: &str) -> Self {
        self.way(letters, PathKind::Steps, Span::Ground, Ford::No)
    }

    pub fn bridge(self, letters: &str) -> Self {
        self.way(letters, PathKind::Footway, Span::Bridge, Ford::No)
    }

    pub fn tunnel(self, letters: &str) -> Self {
        self.way(letters, PathKind::Footway, Span::Tunnel, Ford::No)
    }

    pub fn ford(self, letters: &str, ford: Ford) -> Self {
        self.way(letters, PathKind::Track, Span::Ground, ford)
    }

    pub fn ford_point(mut self, letter: char) -> Self {
        let at = self.place(self.at(letter));
        let source = format!("n{letter}");
        self.layers.fords.push(FordPoint {
            source,
            at,
            ford: Ford::Unsure,
        });
        self
    }

    pub fn crossing(mut self, letters: &str, kind: CrossingKind, state: CrossingState) -> Self {
        let points = self.points(letters);
        let source = format!("w{}", 500 + self.layers.crossings.len());
        self.layers.crossings.push(MappedCrossing {
            source,
            name: None,
            kind,
            state,
            points,
        });
        self
    }

    pub fn wall(mut self, letters: &str, gates: &str) -> Self {
        let (points, gates) = (self.points(letters), self.points(gates));
        let source = format!("w{}", 700 + self.layers.walls.len());
        self.layers.walls.push(Wall {
            source,
            points,
            gates,
        });
        self
    }

    pub fn village(mut self, name: &str, letters: &str) -> Self {
        let rings = vec![self.points(letters)];
        let id = format!("v-{name}");
        self.layers.villages.push(Village {
            id,
            name: name.to_owned(),
            code: None,
            rings,
        });
        self
    }

    pub fn condition(mut self, letter: char, condition: Condition) -> Self {
        let id = letter.to_string();
        let piece = self
            .layers
            .equipment
            .iter_mut()
            .find(|piece| piece.id == id);
        piece.unwrap().condition = condition;
        self
    }

    pub fn built(self) -> BuiltTown {
        self.built_thinned(zhugan::ground::sight::THINNING)
    }

    /// The same town with another thinning of its lines of sight; none, if it is negative.
    pub fn built_thinned(self, thinning: f64) -> BuiltTown {
        let (ground, oddities) =
            Ground::build_thinned(&self.layers, &self.settings, thinning, &|_| ()).unwrap();
        let closures = Closures::mapped(&ground.crossings);
        let stand = |piece: &Equipment| {
            Spot::at(ground.plane.to_plane(piece.at)).and_then(|spot| ground.standing(spot))
        };
        let standings = self.layers.equipment.iter().map(stand).collect();
        BuiltTown {
            town: self,
            ground,
            closures,
            standings,
            oddities,
        }
    }
}

/// A pole that can be used.
pub fn pole(id: &str, at: LonLat) -> Equipment {
    Equipment {
        id: id.to_owned(),
        kind: EquipmentKind::Pole,
        at,
        condition: Condition::Usable,
        name: None,
        village: None,
        inspected_on: None,
        photo: None,
        note: None,
        is_illustrative: false,
    }
}

/// A town that stands.
pub struct BuiltTown {
    pub town: Town,
    pub ground: Ground,
    pub closures: Closures,
    pub standings: Vec<Option<Standing>>,
    pub oddities: Vec<Oddity>,
}

impl BuiltTown {
    pub fn spot(&self, letter: char) -> Spot {
        let place = self.town.place(self.town.at(letter));
        Spot::at(self.ground.plane.to_plane(place)).unwrap()
    }

    pub fn standing(&self, letter: char) -> Option<&Standing> {
        let id = letter.to_string();
        let index = self
            .town
            .layers
            .equipment
            .iter()
            .position(|piece| piece.id == id);
        self.standings[index.unwrap()].as_ref()
    }

    /// The place of a pole, or of somebody who stands at a letter.
    pub fn stand(&self, letter: char) -> Option<Place> {
        if letter.is_ascii_uppercase() {
            return self.standing(letter).map(|standing| standing.place.clone());
        }
        Some(self.ground.place(self.spot(letter)))
    }

    /// Labels of all nodes from one letter.
    pub fn labels_from(&self, letter: char) -> Labels {
        let place = self.stand(letter);
        self.labels_of(&place.map(|place| place.legs).unwrap_or_default())
    }

    /// Labels of all nodes from where some legs lead.
    pub fn labels_of(&self, legs: &[Leg]) -> Labels {
        let mut labels: Labels = Labels::new(self.ground.graph.n_nodes());
        let mut front = Front::default();
        for leg in legs {
            let label = Label {
                distance: leg.cost,
                origin: 0,
                before: None,
            };
            labels.offer(&mut front, leg.node, label);
        }
        let (graph, closures) = (&self.ground.graph, &self.closures);
        labels.spread(graph, closures, &mut front, FAR - 1, |_| ());
        labels
    }

    /// The walk between two letters, effective meters; none if nobody can walk it.
    pub fn walk(&self, from: char, to: char) -> Option<f64> {
        let labels = self.labels_from(from);
        let (start, place) = (self.stand(from)?, self.stand(to)?);
        let ways = place
            .legs
            .iter()
            .filter(|leg| labels.distance(leg.node) != FAR);
        let by_nodes = ways.map(|leg| labels.distance(leg.node) + leg.cost).min();
        by_nodes
            .into_iter()
            .chain(self.ground.straight(&start, &place))
            .min()
            .map(|walk| f64::from(walk) / 1000.0)
    }

    pub fn reach(&self) -> ReachByKind {
        ReachByKind::new(&self.town.layers.equipment, &self.standings)
    }

    pub fn coverage(&self, limit: f64) -> Coverage {
        let reach = self.reach();
        let survey = reach.survey(&self.ground, &self.closures, &[EquipmentKind::Pole]);
        coverage(&survey, Meters(limit))
    }
}

/// Asserts that the walk between two letters is as many meters, to a decimeter.
#[track_caller]
pub fn check_walk(town: &BuiltTown, from: char, to: char, meters: f64) {
    let walk = town.walk(from, to).unwrap_or(f64::INFINITY);
    assert!(
        (walk - meters).abs() < 0.1,
        "{from} to {to} is {walk:.2} m, not {meters} m"
    );
}

/// Asserts that nobody can walk between two letters.
#[track_caller]
pub fn check_no_walk(town: &BuiltTown, from: char, to: char) {
    let walk = town.walk(from, to);
    assert!(
        walk.is_none(),
        "{from} to {to} is {walk:?} m; nobody should get there"
    );
}
