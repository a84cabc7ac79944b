//! What the public pages say, in Chinese and in English, and how they write lengths, times and directions.

use crate::app::nearest::BankRelation;
use crate::app::paper_words::Language;
use crate::app::piece_page::Bankside;
use crate::app::piece_page::Landmark;
use crate::app::piece_page::OtherPiece;
use crate::app::piece_page::Stand;
use crate::geometry::compass::Compass;
use crate::geometry::lon_lat::LonLat;
use crate::model::day::Day;
use crate::model::equipment::Condition;
use crate::model::equipment::EquipmentKind;
use crate::model::report::ReportKind;
use crate::units::Meters;
use crate::units::Seconds;

/// What is nearer to a bridge than this is at the bridge.
const AT: Meters = Meters(15.0);

/// Nobody walks farther than this to what hangs on the same board.
const BESIDE: Meters = Meters(5.0);

/// The service behind a number; as the region's file writes it where it is none that everybody knows.
pub(super) fn service(language: Language, service: &str) -> String {
    match service {
        "police" => language.of("报警", "Police").to_owned(),
        "ambulance" => language.of("急救", "Ambulance").to_owned(),
        "fire" => language.of("消防", "Fire brigade").to_owned(),
        other => other.replace('_', " "),
    }
}

/// A direction as it is spoken: `北`, `north`.
pub(super) fn compass(language: Language, compass: Compass) -> &'static str {
    match compass {
        Compass::North => language.of("北", "north"),
        Compass::NorthEast => language.of("东北", "north-east"),
        Compass::East => language.of("东", "east"),
        Compass::SouthEast => language.of("东南", "south-east"),
        Compass::South => language.of("南", "south"),
        Compass::SouthWest => language.of("西南", "south-west"),
        Compass::West => language.of("西", "west"),
        Compass::NorthWest => language.of("西北", "north-west"),
    }
}

/// A direction as it stands in a list: `北`, `N`.
pub(super) fn point(language: Language, point: Compass) -> &'static str {
    match language {
        Language::Chinese => compass(language, point),
        Language::English => match point {
            Compass::North => "N",
            Compass::NorthEast => "NE",
            Compass::East => "E",
            Compass::SouthEast => "SE",
            Compass::South => "S",
            Compass::SouthWest => "SW",
            Compass::West => "W",
            Compass::NorthWest => "NW",
        },
    }
}

/// `214 米`, from 1,000 m on `1.2 公里`.
pub(super) fn length(language: Language, length: Meters) -> String {
    let (meters, kilometers) = (language.of("米", "m"), language.of("公里", "km"));
    if length.0 < 999.5 {
        format!("{:.0} {meters}", length.0)
    } else {
        format!("{:.1} {kilometers}", length.0 / 1_000.0)
    }
}

/// `步行 214 米，约 3 分钟`; minutes are rounded up.
pub(super) fn walk(language: Language, walk: Meters, takes: Seconds) -> String {
    if walk < BESIDE {
        return language.of("就在旁边", "right beside it").to_owned();
    }
    let (length, minutes) = (length(language, walk), (takes.0 / 60.0).ceil().max(1.0));
    match language {
        Language::Chinese => format!("步行 {length}，约 {minutes} 分钟"),
        Language::English => format!("{length} on foot, about {minutes} min"),
    }
}

/// On which bank another piece stands.
pub(super) fn bank(language: Language, other: &OtherPiece) -> Option<&'static str> {
    if other.is_over_water {
        return Some(language.of("过桥", "Over the bridge"));
    }
    match other.bank {
        BankRelation::Same => Some(language.of("同岸", "Same bank")),
        BankRelation::Other | BankRelation::None => None,
    }
}

/// Where a piece is: `鹭汀溪南岸 · 机杼村 · 月桨河1号桥以东 120 米`.
pub(super) fn stand(language: Language, stand: &Stand) -> String {
    let water = stand.water.as_ref().map(|water| bankside(language, water));
    let landmark = stand.landmark.as_ref().map(|near| landmark(language, near));
    let village = stand.village.clone();
    let parts = [water, village, landmark].into_iter().flatten();
    let parts: Vec<String> = parts.collect();
    parts.join(" · ")
}

fn bankside(language: Language, water: &Bankside) -> String {
    let (name, side) = (water.name.as_deref(), compass(language, water.side));
    let name = name.unwrap_or_else(|| language.water(water.kind));
    match language {
        Language::Chinese => format!("{name}{side}岸"),
        Language::English => format!("{side} bank of {name}"),
    }
}

fn landmark(language: Language, near: &Landmark) -> String {
    let (name, far) = (&near.name, length(language, near.straight));
    let toward = compass(language, near.toward);
    match (language, near.straight < AT) {
        (Language::Chinese, true) => format!("{name}旁"),
        (Language::English, true) => format!("at {name}"),
        (Language::Chinese, false) => format!("{name}以{toward} {far}"),
        (Language::English, false) => format!("{far} {toward} of {name}"),
    }
}

/// `北纬 29.80702 东经 122.99481`: to a meter, which no phone knows better.
pub(super) fn place(language: Language, at: LonLat) -> String {
    let (north, east) = (0.0 <= at.lat(), 0.0 <= at.lon());
    let (lat, lon) = (at.lat().abs(), at.lon().abs());
    match language {
        Language::Chinese => {
            let north = if north { "北纬" } else { "南纬" };
            let east = if east { "东经" } else { "西经" };
            format!("{north} {lat:.5}，{east} {lon:.5}")
        }
        Language::English => {
            let north = if north { "N" } else { "S" };
            let east = if east { "E" } else { "W" };
            format!("{lat:.5} {north}, {lon:.5} {east}")
        }
    }
}

/// What is wrong with a piece that cannot be relied on, if anything is.
pub(super) fn trouble(
    language: Language,
    (kind, condition): (EquipmentKind, Condition),
    reported: Option<&(ReportKind, Day)>,
) -> Option<String> {
    let kind = language.kind(kind);
    let known = match condition {
        Condition::Missing => Some((
            language.of("已不在原处", "is missing"),
            language.of("请勿在此寻找", "do not look for it here"),
        )),
        Condition::Damaged => Some((
            language.of("已损坏", "is damaged"),
            language.of("请勿依赖", "do not rely on it"),
        )),
        Condition::Usable | Condition::Unverified => None,
    };
    if let Some((state, advice)) = known {
        return Some(match language {
            Language::Chinese => format!("此{kind}{state}，{advice}。"),
            Language::English => format!("This {} {state}: {advice}.", kind.to_lowercase()),
        });
    }
    let (seen, day) = reported?;
    let day = language.day(day);
    let state = match seen {
        ReportKind::Missing => language.of("可能已不在原处", "may be missing"),
        ReportKind::Damaged => language.of("可能已损坏", "may be damaged"),
        ReportKind::Hazard => return None,
    };
    Some(match language {
        Language::Chinese => format!("此{kind}{state}（{day}有人上报，尚未核实）。"),
        Language::English => format!(
            "This {} {state} (reported on {day}, not looked into yet).",
            kind.to_lowercase()
        ),
    })
}
