//! The words of papers and of the public pages, in Chinese and in English; what the page says of the same things, it says alike.

use crate::model::bank::Side;
use crate::model::day::Day;
use crate::model::equipment::Condition;
use crate::model::equipment::EquipmentKind;
use crate::model::region::RegionSettings;
use crate::model::water::WaterKind;
use crate::plan::coverage::Reason;

/// The language of a paper or a public page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// As it is asked for.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// The one of two texts that is in it.
    pub fn of<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// A region's name; in another language where it has none in this one.
    pub fn region(self, settings: &RegionSettings) -> &str {
        let names = &settings.name;
        let close =
            |(tag, _): &(&String, &String)| tag.split('-').next() == self.tag().split('-').next();
        let name = names.get(self.tag());
        let name = name.or_else(|| names.iter().find(close).map(|(_, name)| name));
        let name = name.or_else(|| names.values().next());
        name.map_or(settings.id.as_str(), String::as_str)
    }

    /// A day as it is written out.
    pub fn day(self, day: &Day) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let numbers: Vec<usize> = day
            .as_str()
            .split('-')
            .filter_map(|part| part.parse().ok())
            .collect();
        match (self, numbers.as_slice()) {
            (Self::Chinese, [year, month, day]) => format!("{year}年{month}月{day}日"),
            (Self::English, [year, month @ 1..=12, day]) => {
                format!("{day} {} {year}", MONTHS[month - 1])
            }
            (Self::English | Self::Chinese, _) => day.as_str().to_owned(),
        }
    }

    /// A kind of equipment.
    pub fn kind(self, kind: EquipmentKind) -> &'static str {
        match kind {
            EquipmentKind::Pole => self.of("救生杆", "Rescue pole"),
            EquipmentKind::Ring => self.of("救生圈", "Life ring"),
            EquipmentKind::Rope => self.of("救援绳", "Throw rope"),
            EquipmentKind::Board => self.of("警示牌", "Warning board"),
            EquipmentKind::Jacket => self.of("救生衣", "Life jacket"),
            EquipmentKind::Aed => self.of("除颤仪", "Defibrillator"),
            EquipmentKind::Other => self.of("其他", "Other"),
        }
    }

    /// A condition.
    pub fn condition(self, condition: Condition) -> &'static str {
        match condition {
            Condition::Usable => self.of("完好", "Working"),
            Condition::Damaged => self.of("损坏", "Damaged"),
            Condition::Missing => self.of("缺失", "Missing"),
            Condition::Unverified => self.of("待核实", "To verify"),
        }
    }

    /// Why a stretch is too far from everything.
    pub(super) fn reason(self, reason: Reason) -> &'static str {
        match reason {
            Reason::NoneNear => self.of("附近没有", "None near"),
            Reason::AcrossWater => self.of("在对岸", "Across the water"),
            Reason::OnlyUnusable => self.of("只有不可用的", "Only unusable"),
            Reason::Unreachable => self.of("无路可达", "No way on foot"),
        }
    }

    /// A side of a water.
    pub(super) fn side(self, side: Side) -> &'static str {
        match side {
            Side::Left => self.of("左岸", "left bank"),
            Side::Right => self.of("右岸", "right bank"),
            Side::Shore => self.of("岸边", "shore"),
        }
    }

    /// A kind of water, for one without a name.
    pub fn water(self, kind: WaterKind) -> &'static str {
        match kind {
            WaterKind::River => self.of("河", "River"),
            WaterKind::Canal => self.of("运河", "Canal"),
            WaterKind::Stream => self.of("溪", "Stream"),
            WaterKind::Ditch => self.of("沟渠", "Ditch"),
            WaterKind::Lake => self.of("湖", "Lake"),
            WaterKind::Reservoir => self.of("水库", "Reservoir"),
            WaterKind::Pond => self.of("池塘", "Pond"),
            WaterKind::Basin => self.of("水池", "Basin"),
            WaterKind::Sea => self.of("海", "Sea"),
        }
    }

    /// Several things, one after the other.
    pub(super) fn listed(self, words: &[&str]) -> String {
        words.join(self.of("、", ", "))
    }
}

/// A length on a bank or on foot, alike in every language.
pub(super) fn length(meters: f64) -> String {
    if meters < 1_000.0 {
        format!("{meters:.0} m")
    } else {
        format!("{:.2} km", meters / 1_000.0)
    }
}
