//! What columns and properties are called: our names, and the headers that mean the same in English and Chinese.

use std::collections::BTreeMap;

use serde_json::Map;
use serde_json::Value;

/// The columns of a register and the properties of a feature, as we call them.
///
/// The names of ways and of what carries them are those of OpenStreetMap exports, which most GeoJSON comes from.
pub(super) const NAMES: [&str; 27] = [
    "id",
    "kind",
    "lon",
    "lat",
    "condition",
    "name",
    "village",
    "inspected_on",
    "photo",
    "note",
    "code",
    "width_m",
    "layer",
    "state",
    "bridge",
    "tunnel",
    "ford",
    "foot",
    "group",
    "phone",
    "duty_from",
    "duty_to",
    "travel",
    "seen_lon",
    "seen_lat",
    "seen_at",
    "illustrative",
];

/// Other headers in use, and which of [`NAMES`] they mean; in lower case, without blanks, `_`, `-` or brackets.
const ALIASES: [(&str, &str); 104] = [
    ("编号", "id"),
    ("器材编号", "id"),
    ("设备编号", "id"),
    ("序号", "id"),
    ("type", "kind"),
    ("waterway", "kind"),
    ("highway", "kind"),
    ("类型", "kind"),
    ("种类", "kind"),
    ("类别", "kind"),
    ("器材类型", "kind"),
    ("设备类型", "kind"),
    ("器材种类", "kind"),
    ("longitude", "lon"),
    ("lng", "lon"),
    ("long", "lon"),
    ("x", "lon"),
    ("easting", "lon"),
    ("经度", "lon"),
    ("东经", "lon"),
    ("latitude", "lat"),
    ("y", "lat"),
    ("northing", "lat"),
    ("纬度", "lat"),
    ("北纬", "lat"),
    ("status", "condition"),
    ("状态", "condition"),
    ("状况", "condition"),
    ("现状", "condition"),
    ("完好情况", "condition"),
    ("器材状态", "condition"),
    ("设备状态", "condition"),
    ("名称", "name"),
    ("器材名称", "name"),
    ("点位名称", "name"),
    ("村名", "name"),
    ("村", "village"),
    ("村庄", "village"),
    ("村社区", "village"),
    ("村/社区", "village"),
    ("所属村", "village"),
    ("所在村", "village"),
    ("行政村", "village"),
    ("所属村社区", "village"),
    ("inspected", "inspected_on"),
    ("inspectiondate", "inspected_on"),
    ("lastinspection", "inspected_on"),
    ("检查日期", "inspected_on"),
    ("检查时间", "inspected_on"),
    ("巡检日期", "inspected_on"),
    ("巡查日期", "inspected_on"),
    ("最近检查", "inspected_on"),
    ("最近检查日期", "inspected_on"),
    ("上次检查日期", "inspected_on"),
    ("image", "photo"),
    ("照片", "photo"),
    ("图片", "photo"),
    ("remark", "note"),
    ("remarks", "note"),
    ("comment", "note"),
    ("备注", "note"),
    ("说明", "note"),
    ("adcode", "code"),
    ("代码", "code"),
    ("区划代码", "code"),
    ("行政区划代码", "code"),
    ("统计用区划代码", "code"),
    ("width", "width_m"),
    ("宽", "width_m"),
    ("宽度", "width_m"),
    ("图层", "layer"),
    ("桥", "bridge"),
    ("桥梁", "bridge"),
    ("隧道", "tunnel"),
    ("通行状态", "state"),
    ("开放状态", "state"),
    ("队伍", "group"),
    ("组别", "group"),
    ("所属队伍", "group"),
    ("身份", "group"),
    ("姓名", "name"),
    ("站点名称", "name"),
    ("tel", "phone"),
    ("telephone", "phone"),
    ("mobile", "phone"),
    ("电话", "phone"),
    ("手机", "phone"),
    ("手机号", "phone"),
    ("联系电话", "phone"),
    ("dutyfrom", "duty_from"),
    ("dutyto", "duty_to"),
    ("值班开始", "duty_from"),
    ("值守开始", "duty_from"),
    ("上班时间", "duty_from"),
    ("值班结束", "duty_to"),
    ("值守结束", "duty_to"),
    ("下班时间", "duty_to"),
    ("出行方式", "travel"),
    ("交通工具", "travel"),
    ("最近经度", "seen_lon"),
    ("最近纬度", "seen_lat"),
    ("最近时间", "seen_at"),
    ("示例", "illustrative"),
    ("示例数据", "illustrative"),
];

/// How well a header fits one of our names: the better one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The region's file maps it.
    Mapped,
    /// It is our name.
    Own,
    /// It is another word for it.
    Alias,
}

/// Which of [`NAMES`] a header means, and how surely.
pub(super) fn meaning(
    header: &str,
    mapping: &BTreeMap<String, String>,
) -> Option<(&'static str, Fit)> {
    let header = header.trim();
    let mapped = NAMES
        .iter()
        .find(|name| mapping.get(**name).is_some_and(|own| own.trim() == header));
    if let Some(name) = mapped {
        return Some((name, Fit::Mapped));
    }
    if header.len() > 64 {
        return None;
    }
    let lower = header.to_lowercase();
    let own = NAMES.iter().find(|name| **name == lower);
    let (name, fit) = if let Some(name) = own {
        (*name, Fit::Own)
    } else {
        let plain = lower.replace([' ', '_', '-', '(', ')', '（', '）', '\u{3000}'], "");
        let (_, name) = ALIASES.iter().find(|(alias, _)| *alias == plain)?;
        (*name, Fit::Alias)
    };
    // What the region's file maps comes from the mapped header and no other.
    (!mapping.contains_key(name)).then_some((name, fit))
}

/// Which of our columns a feature has, blank ones too.
pub(super) fn names(
    properties: &Map<String, Value>,
    mapping: &BTreeMap<String, String>,
) -> Vec<&'static str> {
    let names = properties.keys().filter_map(|key| meaning(key, mapping));
    names.map(|(name, _)| name).collect()
}

/// The cells of a feature, by our names: text as it stands, numbers and yes/no as text, blank ones left out.
pub(super) fn cells(
    properties: &Map<String, Value>,
    mapping: &BTreeMap<String, String>,
) -> BTreeMap<&'static str, String> {
    let mut best: BTreeMap<&'static str, (Fit, String)> = BTreeMap::new();
    for (key, value) in properties {
        let Some((name, fit)) = meaning(key, mapping) else {
            continue;
        };
        let Some(text) = scalar_text(value) else {
            continue;
        };
        if best.get(name).is_none_or(|(found, _)| fit < *found) {
            best.insert(name, (fit, text));
        }
    }
    best.into_iter()
        .map(|(name, (_, text))| (name, text))
        .collect()
}

/// A value that is one cell, trimmed; none if it is blank, null, a list or an object.
pub(super) fn scalar_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}
