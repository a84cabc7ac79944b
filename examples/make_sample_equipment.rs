//! Writes the made-up rescue equipment of the sample region by the rule in `maps/liechtenstein/README.md`.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use zhugan::formats::read_source;
use zhugan::formats::region_file::Source;
use zhugan::formats::region_file::parse;
use zhugan::formats::wanted::Wanted;
use zhugan::ground::Ground;
use zhugan::ground::spot::Spot;
use zhugan::model::bank::Side;
use zhugan::model::crossing::CrossingKind;
use zhugan::model::layers::Layers;
use zhugan::model::water::WaterKind;

/// The map, in the region's folder.
const MAP: &str = "liechtenstein-2013-08-03.osm.pbf";

/// The seed of all chance.
const SEED: u64 = 20_130_803;

/// A place every so many meters of a bank.
const STEP_M: f64 = 50.0;

/// How many places are drawn.
const N_DRAWN: usize = 100;

/// Every so many drawn places has one piece of each of four kinds.
const COMPLETE_EVERY: usize = 7;

/// What every note says.
const MADE_UP: &str = "illustrative / 示例";

const HEADER: &str = "id,kind,lon,lat,condition,name,village,inspected_on,photo,note\n";

fn main() -> Result<(), Box<dyn Error>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/liechtenstein");
    let table = equipment(&dir)?;
    std::fs::write(dir.join("equipment.csv"), &table)?;
    println!("{} rows", table.lines().count() - 1);
    Ok(())
}

/// The whole table: the same for the same map, whatever the machine and the day.
pub fn equipment(dir: &Path) -> Result<String, Box<dyn Error>> {
    let (settings, _) = parse(&std::fs::read_to_string(dir.join("region.toml"))?)?;
    let map = Wanted {
        equipment: false,
        ..Wanted::ALL
    };
    let layers = read_source(dir, &Source::new(MAP, map))?;
    let (ground, _) = Ground::build(&layers, &settings, &|_| {})?;
    let mut chance = Chance(SEED);
    let mut places = places(&ground, &layers);
    places.sort_by(|a, b| (&a.bank_id, a.at_m).cmp(&(&b.bank_id, b.at_m)));
    let drawn = drawn(&places, &mut chance);
    let mut table = Table {
        ground: &ground,
        text: HEADER.to_owned(),
        n_rows: 0,
        first_pole: None,
    };
    for (i, &place) in drawn.iter().enumerate() {
        let place = &places[place];
        if (i + 1) % COMPLETE_EVERY == 0 {
            for (n, kind) in ["pole", "ring", "rope", "board"].into_iter().enumerate() {
                table.add_drawn(kind, place, 2.0 * n as f64, &mut chance)?;
            }
        } else {
            let kind = match chance.below(10) {
                0..6 => "pole",
                6..8 => "ring",
                8 => "rope",
                _ => "board",
            };
            table.add_drawn(kind, place, 0.0, &mut chance)?;
        }
    }
    table.add_special(&places, &drawn)?;
    Ok(table.text)
}

/// A place on a bank where a piece may stand.
struct Place {
    bank: u32,
    bank_id: String,
    /// Chainage, whole meters.
    at_m: u32,
    /// How likely it is drawn.
    weight: u64,
    /// Houses within 250 m, at most 20.
    n_houses: u64,
    is_far_from_long_bridges: bool,
}

/// The places of all banks; those that nobody lives near have no weight.
fn places(ground: &Ground, layers: &Layers) -> Vec<Place> {
    let in_plane = |place| Spot::at(ground.plane.to_plane(place));
    let corners = layers
        .buildings
        .iter()
        .filter_map(|house| house.rings.first()?.points.first());
    let houses: Vec<Spot> = corners.filter_map(|&place| in_plane(place)).collect();
    let points = layers.paths.iter().flat_map(|path| &path.points);
    let paths: Vec<Spot> = points.filter_map(|&place| in_plane(place)).collect();
    let bridges = ground
        .crossings
        .iter()
        .filter(|crossing| crossing.kind == CrossingKind::Bridge);
    let (long, short): (Vec<_>, Vec<_>) = bridges.partition(|bridge| 50.0 < bridge.over_water.0);
    let long: Vec<Spot> = long.into_iter().map(|bridge| bridge.at).collect();
    let short = short.into_iter().map(|bridge| bridge.at);
    let bridges: Vec<Spot> = short.chain(long.iter().copied()).collect();
    let mut places = Vec::new();
    for (number, bank) in ground.banks.iter().enumerate() {
        let kind = ground.water_bodies[bank.water_body].kind;
        let is_standing = match kind {
            WaterKind::Lake | WaterKind::Reservoir | WaterKind::Pond | WaterKind::Basin => true,
            WaterKind::River
            | WaterKind::Canal
            | WaterKind::Stream
            | WaterKind::Ditch
            | WaterKind::Sea => false,
        };
        let mut at_m = STEP_M / 2.0;
        while at_m < bank.length().0 {
            let spot = beside(ground, number as u32, at_m, 0.0);
            let near = |others: &[Spot], within_m: f64| {
                let within = within_m * 1000.0;
                let near = others
                    .iter()
                    .filter(|other| spot.millimeters_to(**other) <= within);
                near.count() as u64
            };
            let n_houses = near(&houses, 250.0).min(20);
            let at_bridge = u64::from(near(&bridges, 60.0) > 0);
            let on_path = u64::from(near(&paths, 25.0) > 0);
            let weight = n_houses * (1 + 4 * at_bridge + 2 * on_path + 2 * u64::from(is_standing));
            places.push(Place {
                bank: number as u32,
                bank_id: bank.id.clone(),
                at_m: at_m as u32,
                weight,
                n_houses,
                is_far_from_long_bridges: near(&long, 700.0) == 0,
            });
            at_m += STEP_M;
        }
    }
    places
}

/// The places that are drawn, in order: each time every place that is left is as likely as its weight says.
fn drawn(places: &[Place], chance: &mut Chance) -> BTreeSet<usize> {
    let mut drawn = BTreeSet::new();
    let mut total: u64 = places.iter().map(|place| place.weight).sum();
    while drawn.len() < N_DRAWN && total > 0 {
        let mut rest = chance.below(total);
        let left = (0..places.len()).filter(|place| !drawn.contains(place));
        for place in left.collect::<Vec<_>>() {
            if rest < places[place].weight {
                total -= places[place].weight;
                drawn.insert(place);
                break;
            }
            rest -= places[place].weight;
        }
    }
    drawn
}

/// The point of a bank at a chainage, moved inland (into the water, if negative).
fn beside(ground: &Ground, bank: u32, at_m: f64, inland_m: f64) -> Spot {
    let bank = &ground.banks[bank as usize];
    let after = bank.chainage.partition_point(|chainage| chainage.0 <= at_m);
    let after = after.clamp(1, bank.line.len() - 1);
    let (from, to) = (bank.line[after - 1], bank.line[after]);
    let length = (bank.chainage[after] - bank.chainage[after - 1])
        .0
        .max(1e-9);
    let along = (at_m - bank.chainage[after - 1].0) / length;
    let ahead = (to - from) / length;
    let mut point = from + (to - from) * along;
    // The land lies on the left.
    point.x -= ahead.y * inland_m;
    point.y += ahead.x * inland_m;
    Spot {
        x: (point.x * 1000.0).round() as i32,
        y: (point.y * 1000.0).round() as i32,
    }
}

/// The table as it is written.
struct Table<'a> {
    ground: &'a Ground,
    text: String,
    n_rows: usize,
    first_pole: Option<(String, Row<'a>)>,
}

/// One row, but for its id.
#[derive(Clone)]
struct Row<'a> {
    kind: &'static str,
    at: Spot,
    condition: &'static str,
    village: &'a str,
    inspected_on: String,
    note: &'static str,
}

impl<'a> Table<'a> {
    /// A piece at a drawn place, some meters farther along, in a condition that is drawn, too.
    fn add_drawn(
        &mut self,
        kind: &'static str,
        place: &Place,
        farther_m: f64,
        chance: &mut Chance,
    ) -> Result<(), Box<dyn Error>> {
        let condition = match chance.below(60) {
            0..4 => "damaged",
            4..7 => "missing",
            7..13 => "unverified",
            _ => "usable",
        };
        let day = chance.below(181);
        let at_m = f64::from(place.at_m) + farther_m;
        let inspected_on = match condition {
            "unverified" => String::new(),
            _ => date(day),
        };
        let row = Row {
            at: beside(self.ground, place.bank, at_m, 1.0),
            condition,
            inspected_on,
            ..self.plain(kind, place, 1.0)
        };
        self.add(row)
    }

    /// A usable piece some meters inland of a place.
    fn plain(&self, kind: &'static str, place: &Place, inland_m: f64) -> Row<'a> {
        let at_m = f64::from(place.at_m);
        Row {
            kind,
            at: beside(self.ground, place.bank, at_m, inland_m),
            condition: "usable",
            village: village(self.ground, place),
            inspected_on: "2013-06-30".to_owned(),
            note: MADE_UP,
        }
    }

    /// The jackets, the defibrillators, and the pieces that show a trap.
    fn add_special(
        &mut self,
        places: &[Place],
        drawn: &BTreeSet<usize>,
    ) -> Result<(), Box<dyn Error>> {
        let ground = self.ground;
        let side = |place: &Place| ground.banks[place.bank as usize].side;
        let mut busy: Vec<&Place> = places.iter().collect();
        busy.sort_by_key(|place| std::cmp::Reverse(place.weight));
        let ponds = busy.iter().filter(|place| side(place) == Side::Shore);
        for place in ponds.step_by(10).take(3) {
            self.add(self.plain("jacket", place, 2.0))?;
        }
        let rivers = busy.iter().filter(|place| side(place) != Side::Shore);
        for place in rivers.step_by(100).take(2) {
            self.add(self.plain("aed", place, 20.0))?;
        }
        let is_rhine = |place: &&Place| {
            let bank = &ground.banks[place.bank as usize];
            let name = ground.water_bodies[bank.water_body].name.as_deref();
            name == Some("Rhein") && place.is_far_from_long_bridges
        };
        let missing = "the map holds no Rhine that is far from its bridges";
        let mut right: Vec<&Place> = places.iter().filter(is_rhine).collect();
        right.retain(|place| side(place) == Side::Right);
        right.sort_by_key(|place| std::cmp::Reverse(place.n_houses));
        let [village, other, ..] = right[..] else {
            return Err(missing.into());
        };
        self.add(Row {
            note: "illustrative / 示例: surveyed 6 m into the water / 测点落在水里 6 米",
            ..self.plain("pole", other, -6.0)
        })?;
        let here = self.plain("pole", village, 0.0).at;
        let left = places.iter().enumerate().filter(|(number, place)| {
            is_rhine(place) && side(place) == Side::Left && !drawn.contains(number)
        });
        let across = left
            .map(|(_, place)| place)
            .min_by_key(|place| here.millimeters_to(self.plain("pole", place, 0.0).at) as u64)
            .ok_or(missing)?;
        self.add(Row {
            note: "illustrative / 示例: on the far bank of the Rhine / 在莱茵河对岸",
            ..self.plain("pole", across, 1.0)
        })?;
        let (id, first) = self.first_pole.clone().ok_or("no pole was drawn")?;
        let at = Spot {
            x: first.at.x + 100,
            ..first.at
        };
        self.write(
            &id,
            &Row {
                at,
                note: "illustrative / 示例: entered twice / 重复登记",
                ..first
            },
        )
    }

    /// The next row, with the next id.
    fn add(&mut self, row: Row<'a>) -> Result<(), Box<dyn Error>> {
        self.n_rows += 1;
        let id = format!("LI-{:03}", self.n_rows);
        self.write(&id, &row)?;
        if self.first_pole.is_none() && row.kind == "pole" {
            self.first_pole = Some((id, row));
        }
        Ok(())
    }

    fn write(&mut self, id: &str, row: &Row<'_>) -> Result<(), Box<dyn Error>> {
        let place = self.ground.plane.to_lon_lat(row.at.coord())?;
        writeln!(
            self.text,
            "{id},{},{:.6},{:.6},{},,{},{},,{}",
            row.kind,
            place.lon(),
            place.lat(),
            row.condition,
            row.village,
            row.inspected_on,
            row.note,
        )?;
        Ok(())
    }
}

/// The village in which a place lies, or nothing.
fn village<'a>(ground: &'a Ground, place: &Place) -> &'a str {
    let along = &ground.banks[place.bank as usize].villages;
    let at = along.partition_point(|(from, _)| from.0 <= f64::from(place.at_m));
    let village = at.checked_sub(1).and_then(|at| along[at].1);
    village.map_or("", |village| ground.villages[village].name.as_str())
}

/// A day of the first half of 2013, counted from 0.
fn date(day: u64) -> String {
    let (mut month, mut rest) = (1, day);
    for length in [31, 28, 31, 30, 31] {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    format!("2013-{month:02}-{:02}", rest + 1)
}

/// `SplitMix64`: the same numbers from the same seed, on every machine.
struct Chance(u64);

impl Chance {
    /// The next number below a limit.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}
