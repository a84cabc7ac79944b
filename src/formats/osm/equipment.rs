//! Rescue equipment, in every spelling that mappers have used.

use crate::formats::osm::elements::Elements;
use crate::formats::osm::elements::oddity;
use crate::formats::osm::tags::Tags;
use crate::geometry::lon_lat::LonLat;
use crate::model::equipment::Condition;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::model::layers::Layers;
use crate::model::oddity::OddityKind;

/// Where the kind stands, and in what condition such a piece is.
const KEYS: [(&str, Condition); 7] = [
    ("emergency", Condition::Usable),
    ("disused:emergency", Condition::Damaged),
    ("abandoned:emergency", Condition::Damaged),
    ("missing:emergency", Condition::Missing),
    ("razed:emergency", Condition::Missing),
    ("removed:emergency", Condition::Missing),
    ("was:emergency", Condition::Missing),
];

/// Adds the equipment to the layers: nodes, and ways and areas at their middle.
pub fn read(elements: &Elements, layers: &mut Layers) {
    for point in &elements.points {
        add(format!("n{}", point.id), &point.tags, layers, || {
            Some(point.at)
        });
    }
    for way in &elements.ways {
        add(format!("w{}", way.id), &way.tags, layers, || {
            elements.middle(way)
        });
    }
}

fn add(id: String, tags: &Tags, layers: &mut Layers, place: impl Fn() -> Option<LonLat>) {
    let Some((kind, condition)) = kind_and_condition(tags) else {
        return;
    };
    let Some(at) = place() else {
        let detail = "none of its nodes is in the file: left out";
        let odd = oddity(id, None, OddityKind::MissingMember, detail);
        layers.oddities.push(odd);
        return;
    };
    let date = ["check_date", "survey:date"]
        .iter()
        .find_map(|key| tags.text(key));
    let (inspected_on, bad_date): (Option<String>, Option<String>) = match date {
        Some(date) if is_date(&date) => (Some(date), None),
        other => (None, other),
    };
    if let Some(date) = bad_date {
        let detail = format!("the date {date:?} is not like 2024-05-31: ignored");
        let odd = oddity(&id, Some(at), OddityKind::BadValue, detail);
        layers.oddities.push(odd);
    }
    let note = ["note", "description", "defibrillator:location"]
        .iter()
        .find_map(|key| tags.text(key));
    layers.equipment.push(Equipment {
        id,
        kind,
        at,
        condition,
        name: tags.name().or_else(|| tags.text("ref")),
        village: None,
        inspected_on,
        photo: None,
        note,
        is_illustrative: false,
    });
}

fn kind_and_condition(tags: &Tags) -> Option<(EquipmentKind, Condition)> {
    let (kind, condition) = KEYS
        .iter()
        .find_map(|(key, condition)| Some((kind(tags.get(key)?)?, *condition)))?;
    let condition = match condition {
        Condition::Usable => stated_condition(tags),
        Condition::Damaged | Condition::Missing | Condition::Unverified => condition,
    };
    Some((kind, condition))
}

fn kind(emergency: &str) -> Option<EquipmentKind> {
    match emergency {
        "rescue_pole" | "life_pole" | "reach_pole" => Some(EquipmentKind::Pole),
        "life_ring" | "lifering" | "lifebuoy" | "life_buoy" | "life_belt" | "lifebelt"
        | "rescue_buoy" | "ring_buoy" => Some(EquipmentKind::Ring),
        "throw_bag" | "throwbag" | "throw_line" | "throw_rope" | "rescue_rope" | "rescue_line" => {
            Some(EquipmentKind::Rope)
        }
        "life_jacket" | "life_jackets" | "life_vest" => Some(EquipmentKind::Jacket),
        "defibrillator" | "aed" => Some(EquipmentKind::Aed),
        _ => None,
    }
}

/// The condition of a piece that is in use, as its other tags tell it.
fn stated_condition(tags: &Tags) -> Condition {
    match tags.get("operational_status") {
        _ if tags.is("disused", "yes") => Condition::Damaged,
        Some("missing" | "removed" | "stolen" | "lost" | "absent") => Condition::Missing,
        Some(
            "broken" | "damaged" | "defective" | "closed" | "inoperative" | "not_operational"
            | "non_operational" | "out_of_order" | "needs_maintenance" | "needs_repair"
            | "unusable" | "no",
        ) => Condition::Damaged,
        Some("unknown" | "unverified" | "unsure") => Condition::Unverified,
        _ => Condition::Usable,
    }
}

/// Whether a text is like `2024-05-31`.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let digits = bytes.get(range)?;
        let is_number = digits.iter().all(u8::is_ascii_digit);
        is_number.then(|| {
            digits
                .iter()
                .fold(0, |sum, d| sum * 10 + u32::from(d - b'0'))
        })
    };
    bytes.len() == 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && number(0..4).is_some()
        && number(5..7).is_some_and(|month| (1..=12).contains(&month))
        && number(8..10).is_some_and(|day| (1..=31).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::osm::tags::tags;

    #[test]
    fn equipment_is_told_in_every_spelling_and_with_its_condition() {
        use Condition::Damaged;
        use Condition::Missing;
        use Condition::Usable;
        use EquipmentKind::Ring;
        for (pairs, expected) in [
            (&[("emergency", "life_ring")][..], Some((Ring, Usable))),
            (&[("emergency", "lifebuoy")], Some((Ring, Usable))),
            (&[("emergency", "life_buoy")], Some((Ring, Usable))),
            (
                &[("emergency", "throw_bag")],
                Some((EquipmentKind::Rope, Usable)),
            ),
            (
                &[("emergency", "defibrillator")],
                Some((EquipmentKind::Aed, Usable)),
            ),
            (
                &[("emergency", "rescue_pole")],
                Some((EquipmentKind::Pole, Usable)),
            ),
            (&[("disused:emergency", "life_ring")], Some((Ring, Damaged))),
            (&[("removed:emergency", "life_ring")], Some((Ring, Missing))),
            (
                &[("emergency", "life_ring"), ("operational_status", "broken")],
                Some((Ring, Damaged)),
            ),
            (&[("emergency", "fire_hydrant")], None),
        ] {
            assert_eq!(kind_and_condition(&tags(pairs)), expected, "{pairs:?}");
        }
    }

    #[test]
    fn a_date_is_year_month_day() {
        for (text, expected) in [
            ("2024-05-31", true),
            ("2024-5-31", false),
            ("2024-13-01", false),
            ("31.05.2024", false),
            ("2024", false),
            ("二〇二四-5", false),
        ] {
            assert_eq!(is_date(text), expected, "{text}");
        }
    }
}
