//! From words to kinds: what registers and maps call poles, rivers, footways, in English and Chinese.

use crate::model::crossing::CrossingKind;
use crate::model::equipment::Condition;
use crate::model::equipment::EquipmentKind;
use crate::model::path::PathKind;
use crate::model::responder::ResponderKind;
use crate::model::responder::Travel;
use crate::model::water::WaterKind;

/// A layer of a region, as `use` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// Water, and the crossings over it.
    Water,
    /// Ways.
    Paths,
    /// Administrative areas.
    Villages,
    /// Buildings and walls.
    Obstacles,
    /// Schools and kindergartens.
    Schools,
    /// Rescue equipment.
    Equipment,
    /// Volunteers, teams, stations.
    Responders,
}

/// What a way's word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It may be walked.
    Walkable(PathKind),
    /// It may not, unless it says that feet are welcome.
    NotForFeet,
    /// A boat's course.
    Boat,
}

/// The layer that a feature says it belongs to, by its `layer` or else its `kind`.
///
/// This is where a file with several layers in one is told apart; tags of OpenStreetMap would be asked here too.
pub(super) fn layer(layer_word: Option<&str>, kind_word: Option<&str>) -> Option<Layer> {
    match layer_word.map(plain).as_deref() {
        Some("water" | "水域") => return Some(Layer::Water),
        Some("paths" | "path" | "道路") => return Some(Layer::Paths),
        Some("villages" | "village" | "村" | "村庄") => return Some(Layer::Villages),
        Some("obstacles" | "obstacle" | "障碍") => return Some(Layer::Obstacles),
        Some("schools" | "school" | "学校") => return Some(Layer::Schools),
        Some("equipment" | "器材" | "救援器材") => return Some(Layer::Equipment),
        Some(_) | None => {}
    }
    let word = kind_word?;
    if water_kind(word).is_some() || water_crossing(word).is_some() {
        Some(Layer::Water)
    } else if way(word).is_some() {
        Some(Layer::Paths)
    } else {
        match plain(word).as_str() {
            "village" | "community" | "administrative" | "村" | "社区" => Some(Layer::Villages),
            "school" | "kindergarten" | "学校" | "小学" | "中学" | "幼儿园" => {
                Some(Layer::Schools)
            }
            "building" | "wall" | "fence" | "房屋" | "建筑" | "围墙" | "墙" => {
                Some(Layer::Obstacles)
            }
            _ => equipment_kind(word).map(|_| Layer::Equipment),
        }
    }
}

/// The kind of equipment that a word means.
pub(super) fn equipment_kind(word: &str) -> Option<EquipmentKind> {
    let word = plain(word);
    let kind = match word.as_str() {
        "pole" | "rescue_pole" | "bamboo_pole" | "reach_pole" => EquipmentKind::Pole,
        "ring" | "life_ring" | "lifering" | "lifebuoy" | "life_buoy" | "ring_buoy" => {
            EquipmentKind::Ring
        }
        "rope" | "throw_rope" | "throw_line" | "throw_bag" | "throwline" | "rescue_rope" => {
            EquipmentKind::Rope
        }
        "board" | "sign" | "warning_board" | "warning_sign" => EquipmentKind::Board,
        "jacket" | "life_jacket" | "lifejacket" | "life_vest" => EquipmentKind::Jacket,
        "aed" | "defibrillator" => EquipmentKind::Aed,
        "other" => EquipmentKind::Other,
        _ => return equipment_kind_by_character(&word),
    };
    Some(kind)
}

/// Chinese registers write 救生圈, 救生圈（大）, 溺水救生圈: the telling character decides.
fn equipment_kind_by_character(word: &str) -> Option<EquipmentKind> {
    let telling = [
        ("圈", EquipmentKind::Ring),
        ("竿", EquipmentKind::Pole),
        ("杆", EquipmentKind::Pole),
        ("绳", EquipmentKind::Rope),
        ("抛投", EquipmentKind::Rope),
        ("警示", EquipmentKind::Board),
        ("牌", EquipmentKind::Board),
        ("救生衣", EquipmentKind::Jacket),
        ("除颤", EquipmentKind::Aed),
        ("其他", EquipmentKind::Other),
        ("其它", EquipmentKind::Other),
    ];
    if word.chars().count() > 20 {
        return None;
    }
    telling
        .iter()
        .find(|(character, _)| word.contains(character))
        .map(|(_, kind)| *kind)
}

/// The condition that a word means.
pub(super) fn condition(word: &str) -> Option<Condition> {
    match plain(word).as_str() {
        "usable" | "ok" | "good" | "完好" | "良好" | "正常" | "可用" | "好" => {
            Some(Condition::Usable)
        }
        "damaged" | "broken" | "损坏" | "破损" | "已损坏" | "不可用" => {
            Some(Condition::Damaged)
        }
        "missing" | "lost" | "gone" | "缺失" | "丢失" | "遗失" | "被盗" => {
            Some(Condition::Missing)
        }
        "unverified" | "unknown" | "未核实" | "待核实" | "未检查" | "未知" | "待查" => {
            Some(Condition::Unverified)
        }
        _ => None,
    }
}

/// The kind of responder that a word means.
pub(super) fn responder_kind(word: &str) -> Option<ResponderKind> {
    match plain(word).as_str() {
        "volunteer" | "志愿者" | "义警" | "平安志愿者" => Some(ResponderKind::Volunteer),
        "team" | "patrol" | "队伍" | "救援队" | "巡逻队" | "义警队" => {
            Some(ResponderKind::Team)
        }
        "police" | "police_station" | "派出所" | "警务站" => Some(ResponderKind::Police),
        "workstation" | "police_workstation" | "警务工作站" | "村警务工作站" | "警务室" => {
            Some(ResponderKind::Workstation)
        }
        "fire" | "fire_station" | "消防站" | "微型消防站" | "消防队" => {
            Some(ResponderKind::Fire)
        }
        _ => None,
    }
}

/// What carries somebody, as a word says.
pub(super) fn travel(word: &str) -> Option<Travel> {
    match plain(word).as_str() {
        "foot" | "walk" | "on_foot" | "步行" | "徒步" => Some(Travel::Foot),
        "ebike" | "e_bike" | "bike" | "bicycle" | "电动车" | "电瓶车" | "自行车" | "摩托车" => {
            Some(Travel::Ebike)
        }
        "car" | "汽车" | "轿车" | "警车" | "消防车" | "驾车" | "开车" => {
            Some(Travel::Car)
        }
        _ => None,
    }
}

/// The kind of water that a word means.
pub(super) fn water_kind(word: &str) -> Option<WaterKind> {
    match plain(word).as_str() {
        "river" | "riverbank" | "河" | "河流" | "河道" | "江" => Some(WaterKind::River),
        "canal" | "运河" => Some(WaterKind::Canal),
        "stream" | "brook" | "溪" | "溪流" | "小溪" => Some(WaterKind::Stream),
        "ditch" | "drain" | "沟" | "渠" | "沟渠" | "水渠" => Some(WaterKind::Ditch),
        "lake" | "湖" | "湖泊" => Some(WaterKind::Lake),
        "reservoir" | "水库" => Some(WaterKind::Reservoir),
        "pond" | "塘" | "池塘" | "山塘" | "鱼塘" => Some(WaterKind::Pond),
        "basin" | "dock" | "harbor" | "harbour" | "港池" | "港" => Some(WaterKind::Basin),
        "sea" | "bay" | "海" => Some(WaterKind::Sea),
        _ => None,
    }
}

/// The crossing that stands in the water which a word means.
pub(super) fn water_crossing(word: &str) -> Option<CrossingKind> {
    match plain(word).as_str() {
        "weir" | "堰" | "堰坝" => Some(CrossingKind::Weir),
        "dam" | "坝" | "大坝" | "水坝" => Some(CrossingKind::Dam),
        "lock_gate" | "lock" | "闸" | "船闸" | "水闸" => Some(CrossingKind::LockGate),
        _ => None,
    }
}

/// The way that a word means.
pub(super) fn way(word: &str) -> Option<Way> {
    let way = match plain(word).as_str() {
        "footway" | "path" | "pedestrian" | "bridleway" | "corridor" | "步道" | "人行道"
        | "小路" => Way::Walkable(PathKind::Footway),
        "cycleway" | "自行车道" | "绿道" => Way::Walkable(PathKind::Cycleway),
        "track" | "机耕路" | "田间道" => Way::Walkable(PathKind::Track),
        "street" | "road" | "residential" | "living_street" | "service" | "unclassified"
        | "tertiary" | "tertiary_link" | "secondary" | "secondary_link" | "primary"
        | "primary_link" | "道路" | "街" | "公路" | "村道" | "乡道" => {
            Way::Walkable(PathKind::Street)
        }
        "steps" | "stairs" | "台阶" => Way::Walkable(PathKind::Steps),
        "motorway" | "motorway_link" | "trunk" | "trunk_link" | "construction" | "proposed"
        | "raceway" | "bus_guideway" | "高速公路" => Way::NotForFeet,
        "ferry" | "渡船" | "渡口" => Way::Boat,
        _ => return None,
    };
    Some(way)
}

/// What a word says about yes and no; nothing if it is silent.
///
/// Anything that is not a no is a yes: `bridge=viaduct`, `tunnel=culvert`.
pub(super) fn is_yes(word: Option<&str>) -> Option<bool> {
    let word = plain(word?);
    match word.as_str() {
        "" => None,
        "no" | "false" | "0" | "private" | "否" | "无" | "closed" | "关闭" => Some(false),
        _ => Some(true),
    }
}

/// Whether a word invites people on foot outright.
pub(super) fn is_welcome(word: Option<&str>) -> bool {
    word.map(plain).is_some_and(|word| {
        matches!(
            word.as_str(),
            "yes" | "true" | "1" | "designated" | "permissive" | "official" | "是" | "可"
        )
    })
}

/// A word in lower case, its parts joined by `_`; at most 64 characters of it.
pub(super) fn plain(word: &str) -> String {
    word.trim()
        .chars()
        .take(64)
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, ' ' | '-') { '_' } else { c })
        .collect()
}
