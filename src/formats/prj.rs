//! The `.prj` beside a Shapefile: its coordinate system in words, to the datum that it means.

use crate::geometry::datum::Datum;

/// The datum of a `.prj` text; none if it means nothing to us.
///
/// An EPSG number is believed, and otherwise the name by which Esri, GDAL and Chinese survey offices call the system.
pub(super) fn datum(text: &str) -> Option<Datum> {
    let text = text.trim().trim_start_matches('\u{feff}');
    let code = own_code(text).or_else(|| code_of(&plain_name(text)?));
    code.map(Datum::of_epsg)
}

/// The number in the outermost `AUTHORITY["EPSG","4549"]` or `ID["EPSG",4549]`, which is the last.
fn own_code(text: &str) -> Option<u32> {
    let compact: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let start = compact.rfind("[\"EPSG\",")?;
    let is_outermost = compact.ends_with("]]") && compact[start..].matches('[').count() == 1;
    let digits = compact[start + 8..].trim_matches(['"', ']']);
    is_outermost.then(|| digits.parse().ok()).flatten()
}

/// The system's own name in lower case, with `_` for whatever is neither letter nor digit.
fn plain_name(text: &str) -> Option<String> {
    let name = text.split('"').nth(1)?;
    let plain = name.chars().map(|letter| {
        let letter = letter.to_ascii_lowercase();
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '_'
        }
    });
    let parts: Vec<String> = plain
        .collect::<String>()
        .split('_')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    Some(parts.join("_"))
}

fn code_of(name: &str) -> Option<u32> {
    let known = match name {
        "gcs_wgs_1984" | "wgs_84" | "wgs84" | "wgs_1984" => 4326,
        "gcs_china_geodetic_coordinate_system_2000"
        | "china_geodetic_coordinate_system_2000"
        | "gcs_cgcs2000"
        | "cgcs2000" => 4490,
        "wgs_1984_web_mercator_auxiliary_sphere"
        | "wgs_1984_web_mercator"
        | "wgs_84_pseudo_mercator"
        | "popular_visualisation_crs_mercator" => 3857,
        "rd_new" | "amersfoort_rd_new" => 28992,
        "belge_lambert_1972" | "bd72_belgian_lambert_72" => 31370,
        _ => return gauss_krueger(name).or_else(|| utm(name)),
    };
    Some(known)
}

/// CGCS2000's zones of three degrees, with or without the zone's number before the easting.
fn gauss_krueger(name: &str) -> Option<u32> {
    let name = name
        .replace("gauss_kruger", "gk")
        .replace("degree_gk", "degree");
    let zone = name.strip_prefix("cgcs2000_3_degree_")?;
    if let Some(meridian) = zone.strip_prefix("cm_") {
        let meridian: u32 = meridian.trim_end_matches('e').parse().ok()?;
        let is_known = (75..=135).contains(&meridian) && meridian.is_multiple_of(3);
        return is_known.then(|| 4534 + (meridian - 75) / 3);
    }
    let zone: u32 = zone.strip_prefix("zone_")?.parse().ok()?;
    (25..=45).contains(&zone).then(|| 4513 + zone - 25)
}

fn utm(name: &str) -> Option<u32> {
    let zone = name
        .strip_prefix("wgs_1984_utm_zone_")
        .or_else(|| name.strip_prefix("wgs_84_utm_zone_"))?;
    let (number, side) = zone.split_at_checked(zone.len().checked_sub(1)?)?;
    let number: u32 = number.parse().ok()?;
    let base = match side {
        "n" => 32600,
        "s" => 32700,
        _ => return None,
    };
    (1..=60).contains(&number).then_some(base + number)
}
