//! `region.toml`: a region's name, its settings, and the files that it is made of.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use encoding_rs::Encoding;
use jiff::tz::TimeZone;
use toml::Table;
use toml::Value;

use crate::formats::section::Section;
use crate::formats::section::shortened_text;
use crate::formats::source_tables;
use crate::formats::wanted::Wanted;
use crate::geometry::datum::Datum;
use crate::geometry::datum::DatumError;
use crate::model::equipment::EquipmentKind;
use crate::model::inspection::InspectionSettings;
use crate::model::over_water::OverWater;
use crate::model::patrol::PatrolSettings;
use crate::model::prefix::Prefix;
use crate::model::region::BadRegionId;
use crate::model::region::GroundSettings;
use crate::model::region::Movement;
use crate::model::region::ReachSettings;
use crate::model::region::RegionId;
use crate::model::region::RegionSettings;
use crate::model::region::ResponderSettings;
use crate::model::region::WaterClass;
use crate::model::region::WaterSettings;
use crate::model::responder::ResponderKind;
use crate::units::Meters;
use crate::units::MetersPerSecond;
use crate::units::Seconds;

/// The largest `region.toml`, bytes.
pub const LARGEST_REGION_FILE: u64 = 1 << 20;

/// One file of a region, and what to take from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its name within the region's folder.
    pub file: String,
    /// Which layers to take.
    pub wanted: Wanted,
    /// Its datum as the region's file says; silence means WGS-84 unless the file itself says otherwise.
    pub datum: Option<Datum>,
    /// Whether that is right even where the file itself says otherwise.
    pub overrules_datum: bool,
    /// The layer to take, of a file with several.
    pub layer: Option<String>,
    /// Its own column or property names, by ours, like `name` to `名称`.
    pub columns: BTreeMap<String, String>,
    /// Its encoding, where it is not UTF-8 or GB18030.
    pub encoding: Option<&'static Encoding>,
    /// A file with polygons; what lies wholly outside them is left out.
    pub clip: Option<String>,
    /// The kind of every piece of equipment that names none, as in a register of life rings only.
    pub kind: Option<EquipmentKind>,
    /// The kind of every responder that names none, as in a list of volunteers.
    pub responder_kind: Option<ResponderKind>,
    /// Whether its equipment or its responders are made up for demonstration.
    pub is_illustrative: bool,
    /// Who must be named wherever the map is shown.
    pub attribution: Option<String>,
}

impl Source {
    /// A file with nothing said about it but which layers to take.
    pub fn new(file: impl Into<String>, wanted: Wanted) -> Self {
        Self {
            file: file.into(),
            wanted,
            datum: None,
            overrules_datum: false,
            layer: None,
            columns: BTreeMap::new(),
            encoding: None,
            clip: None,
            kind: None,
            responder_kind: None,
            is_illustrative: false,
            attribution: None,
        }
    }
}

/// Why a `region.toml` cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RegionFileError {
    /// Not TOML.
    #[error("line {line}: {fault}; see https://toml.io for the syntax")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// What the parser says.
        fault: String,
    },
    /// A key that means nothing.
    #[error("{key} is no setting; did you mean {closest:?}?")]
    UnknownKey {
        /// With its table, like `[reach] targt_m`.
        key: String,
        /// The valid key most like it.
        closest: String,
    },
    /// A key that must be there.
    #[error("{key} is missing; add it, like {example}")]
    Missing {
        /// With its table.
        key: String,
        /// A line that would do.
        example: &'static str,
    },
    /// A value of the wrong type or out of range.
    #[error("{key} must be {expected}, not {found}")]
    WrongValue {
        /// With its table.
        key: String,
        /// What would be right.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// The region's id.
    #[error(transparent)]
    Id(#[from] BadRegionId),
    /// A source's datum.
    #[error("{key}: {source}")]
    Datum {
        /// With its table.
        key: String,
        /// What is wrong with it.
        source: DatumError,
    },
}

/// The settings and the files of a region.
///
/// # Errors
///
/// For anything that is not as it should be; unknown keys too.
pub fn parse(text: &str) -> Result<(RegionSettings, Vec<Source>), RegionFileError> {
    let table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| RegionFileError::Syntax {
            line: error
                .span()
                .map_or(1, |span| 1 + text[..span.start].matches('\n').count()),
            fault: shortened_text(error.message()),
        })?;
    let mut top = Section::new("", table);
    let id_text = top.text("id")?.ok_or(RegionFileError::Missing {
        key: "id".to_owned(),
        example: "id = \"fengqiao\"",
    })?;
    let id = RegionId::new(&id_text)?;
    let code = code(&mut top)?;
    let mut name = top.text_table("name")?;
    if name.is_empty() {
        name.insert("en".to_owned(), id_text);
    }
    let time_zone = time_zone(&mut top)?;
    let country_calls = top.text_table("country_calls")?;
    let reminder = top.text_table("reminder")?;
    let is_invented = top.boolean("invented")?.unwrap_or(false);
    let reach = reach(top.section("reach")?)?;
    let ground = ground(top.section("ground")?)?;
    let water = water(top.section("water")?)?;
    let responders = responders(top.section("responders")?)?;
    let inspection = inspection(top.section("inspection")?)?;
    let patrol = patrol(top.section("patrol")?)?;
    let sources = source_tables::sources(&mut top)?;
    let map_date = map_date(&mut top)?;
    top.finish()?;
    let settings = RegionSettings {
        id,
        code,
        name,
        time_zone,
        country_calls,
        reminder,
        is_invented,
        reach,
        ground,
        water,
        responders,
        inspection,
        patrol,
        attribution: None,
        map_date,
    };
    Ok((settings, sources))
}

/// The letters that the codes of its pieces begin with.
fn code(top: &mut Section) -> Result<Option<Prefix>, RegionFileError> {
    let Some(text) = top.text("code")? else {
        return Ok(None);
    };
    let prefix = Prefix::new(&text).map_err(|_| {
        let expected = "two or three of the letters A to Z like \"LI\"";
        top.wrong("code", expected, &Value::String(text))
    })?;
    Ok(Some(prefix))
}

/// The day of the map data.
fn map_date(top: &mut Section) -> Result<Option<String>, RegionFileError> {
    let Some(date) = top.text("map_date")? else {
        return Ok(None);
    };
    let is_date = date.len() == 10
        && date.char_indices().all(|(at, c)| match at {
            4 | 7 => c == '-',
            _ => c.is_ascii_digit(),
        });
    if !is_date {
        let found = Value::String(date);
        return Err(top.wrong("map_date", "a day like \"2026-11-25\"", &found));
    }
    Ok(Some(date))
}

/// The time zone's IANA name; UTC where none is given.
fn time_zone(top: &mut Section) -> Result<String, RegionFileError> {
    let Some(zone) = top.text("time_zone")? else {
        return Ok("UTC".to_owned());
    };
    if zone.len() > 64 || TimeZone::get(&zone).is_err() {
        let found = Value::String(zone);
        return Err(top.wrong("time_zone", "an IANA name like \"Asia/Shanghai\"", &found));
    }
    Ok(zone)
}

fn reach(mut section: Section) -> Result<ReachSettings, RegionFileError> {
    let usual = ReachSettings::default();
    let target = section.number("target_m", 0.1..=100_000.0)?.map(Meters);
    let warn = section.number("warn_m", 0.1..=100_000.0)?.map(Meters);
    let run = section.number("run_m_s", 0.1..=20.0)?;
    let walk = section.number("walk_m_s", 0.1..=20.0)?;
    let budget = section.number("budget_s", 1.0..=86_400.0)?;
    let over_water = over_water(section.section("over_water_m")?)?;
    let target = target.unwrap_or(usual.target);
    if let Some(warn) = warn
        && warn < target
    {
        return Err(RegionFileError::WrongValue {
            key: section.place_of("warn_m"),
            expected: format!("no less than target_m = {}", target.0),
            found: warn.0.to_string(),
        });
    }
    section.finish()?;
    Ok(ReachSettings {
        target,
        warn: warn.unwrap_or(usual.warn.max(target)),
        run: run.map_or(usual.run, MetersPerSecond),
        walk: walk.map_or(usual.walk, MetersPerSecond),
        budget: budget.map_or(usual.budget, Seconds),
        over_water,
    })
}

fn over_water(mut section: Section) -> Result<OverWater, RegionFileError> {
    let usual = OverWater::default();
    let mut reach = |kind| section.number(kind, 0.1..=1_000.0);
    let [pole, ring, rope] = [reach("pole")?, reach("ring")?, reach("rope")?];
    section.finish()?;
    Ok(OverWater {
        pole: pole.map_or(usual.pole, Meters),
        ring: ring.map_or(usual.ring, Meters),
        rope: rope.map_or(usual.rope, Meters),
    })
}

fn ground(mut section: Section) -> Result<GroundSettings, RegionFileError> {
    let usual = GroundSettings::default();
    let movement = match section.text("move")?.as_deref() {
        None => usual.movement,
        Some("open") => Movement::Open,
        Some("paths") => Movement::Paths,
        Some(other) => {
            let found = Value::String(other.to_owned());
            return Err(section.wrong("move", "\"open\" or \"paths\"", &found));
        }
    };
    let mut factor = |key| section.number(key, 1.0..=10.0);
    let settings = GroundSettings {
        movement,
        path_factor: factor("path_factor")?.unwrap_or(usual.path_factor),
        bank_factor: factor("bank_factor")?.unwrap_or(usual.bank_factor),
        open_factor: factor("open_factor")?.unwrap_or(usual.open_factor),
        steps_factor: factor("steps_factor")?.unwrap_or(usual.steps_factor),
    };
    section.finish()?;
    Ok(settings)
}

fn water(mut section: Section) -> Result<WaterSettings, RegionFileError> {
    let usual = WaterSettings::default();
    let include = match section.texts("include")? {
        None => usual.include,
        Some(words) => words
            .iter()
            .map(|word| water_class(&section, word))
            .collect::<Result<_, _>>()?,
    };
    if include.is_empty() {
        let found = Value::Array(Vec::new());
        return Err(section.wrong("include", "at least one class like [\"area\"]", &found));
    }
    let min_area_m2 = section.number("min_area_m2", 0.0..=1e12)?;
    let risk = section.section("risk")?;
    section.finish()?;
    let mut risks = BTreeMap::new();
    for (water_body, grade) in risk.into_entries() {
        match grade {
            Value::Integer(grade @ 1..=4) => risks.insert(water_body, grade as u8),
            other => {
                let section = Section::new("[water] [risk] ", Table::new());
                let expected = "a grade from 1 (low) to 4 (highest)";
                return Err(section.wrong(&water_body, expected, &other));
            }
        };
    }
    Ok(WaterSettings {
        include,
        min_area_m2: min_area_m2.unwrap_or(usual.min_area_m2),
        default_risk: risks.remove("default").unwrap_or(usual.default_risk),
        risk_by_id: risks,
    })
}

fn water_class(section: &Section, word: &str) -> Result<WaterClass, RegionFileError> {
    match word {
        "area" => Ok(WaterClass::Area),
        "river" => Ok(WaterClass::River),
        "canal" => Ok(WaterClass::Canal),
        "stream" => Ok(WaterClass::Stream),
        "ditch" => Ok(WaterClass::Ditch),
        other => {
            let found = Value::String(other.to_owned());
            let expected = "some of \"area\", \"river\", \"canal\", \"stream\", \"ditch\"";
            Err(section.wrong("include", expected, &found))
        }
    }
}

fn responders(mut section: Section) -> Result<ResponderSettings, RegionFileError> {
    let usual = ResponderSettings::default();
    let mut speed = |key| section.number(key, 0.1..=50.0);
    let [ebike, car] = [speed("ebike_m_s")?, speed("car_m_s")?];
    let arrival = section.number("arrival_s", 1.0..=86_400.0)?;
    let position_age = section.number("position_age_s", 0.0..=86_400.0)?;
    section.finish()?;
    Ok(ResponderSettings {
        ebike: ebike.map_or(usual.ebike, MetersPerSecond),
        car: car.map_or(usual.car, MetersPerSecond),
        arrival: arrival.map_or(usual.arrival, Seconds),
        position_age: position_age.map_or(usual.position_age, Seconds),
    })
}

/// Nobody walks along a bank more often than four times an evening.
const TIMES_A_WEEK: RangeInclusive<u16> = 0..=28;

fn patrol(mut section: Section) -> Result<PatrolSettings, RegionFileError> {
    let mut settings = PatrolSettings::default();
    let narrow = section.number("narrow_m", 0.0..=50.0)?.map(Meters);
    settings.narrow = narrow.unwrap_or(settings.narrow);
    let linger = section.number("linger_s", 0.0..=3_600.0)?.map(Seconds);
    settings.linger = linger.unwrap_or(settings.linger);
    let inspect = section.number("inspect_s", 0.0..=3_600.0)?.map(Seconds);
    settings.inspect = inspect.unwrap_or(settings.inspect);
    let mut per_week = section.section("per_week")?;
    section.finish()?;
    for (grade, key) in ["1", "2", "3", "4"].into_iter().enumerate() {
        if let Some(times) = per_week.whole(key, TIMES_A_WEEK)? {
            settings.per_week[grade] = times as u8;
        }
    }
    per_week.finish()?;
    Ok(settings)
}

/// Nobody lets a piece stand for longer than ten years without looking at it.
const DAYS: RangeInclusive<u16> = 1..=3_650;

fn inspection(mut section: Section) -> Result<InspectionSettings, RegionFileError> {
    let mut settings = InspectionSettings::default();
    let mut days = section.section("days")?;
    section.finish()?;
    settings.default_days = days
        .whole("default", DAYS)?
        .unwrap_or(settings.default_days);
    for (key, kind) in [
        ("pole", EquipmentKind::Pole),
        ("ring", EquipmentKind::Ring),
        ("rope", EquipmentKind::Rope),
        ("board", EquipmentKind::Board),
        ("jacket", EquipmentKind::Jacket),
        ("aed", EquipmentKind::Aed),
        ("other", EquipmentKind::Other),
    ] {
        if let Some(own) = days.whole(key, DAYS)? {
            settings.days_by_kind.insert(kind, own);
        }
    }
    days.finish()?;
    Ok(settings)
}
