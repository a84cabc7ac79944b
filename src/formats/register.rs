//! A register's row: the cells of one piece of equipment, each checked, the odd ones reported.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::formats::kinds;
use crate::formats::region_file::Source;
use crate::formats::section::shortened_text;
use crate::geometry::lon_lat::LonLat;
use crate::model::equipment::Condition;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::model::oddity::OddityKind;
use crate::model::register::Field;

/// A cell that was not taken as it stands: its column, what kind of oddity, and the particulars.
pub(super) type OddCell = (&'static str, OddityKind, String);

/// The piece that a row describes; `cell` gives the text under one of our column names, trimmed and not empty.
///
/// A register that says nothing about a piece's condition lists what is there: it counts as usable. A word that we do
/// not know is no such promise: unverified.
pub(super) fn equipment(
    cell: &dyn Fn(&str) -> Option<String>,
    id: String,
    at: LonLat,
    source: &Source,
) -> (Equipment, Vec<OddCell>) {
    let mut odd = Vec::new();
    let piece = Equipment {
        id,
        kind: kind(cell("kind"), source, &mut odd),
        at,
        condition: condition(cell("condition"), &mut odd),
        // Files that must call a piece something call it by its code.
        name: cell("name").filter(|name| cell("code").as_ref() != Some(name)),
        village: cell("village"),
        inspected_on: inspected_on(cell("inspected_on"), &mut odd),
        photo: cell("photo"),
        note: cell("note"),
        // What says of itself that it is made up stays so wherever it is taken.
        is_illustrative: source.is_illustrative
            || kinds::is_yes(cell("illustrative").as_deref()) == Some(true),
    };
    (piece, odd)
}

/// What a row says of its piece: the cells that are filled and could be read, and that nothing is in those that are not, where
/// there is a column for them.
pub(super) fn said(
    cell: &dyn Fn(&str) -> Option<String>,
    has_column: &dyn Fn(&str) -> bool,
    piece: &Equipment,
) -> Vec<Field> {
    let is_filled = |column: &str| cell(column).is_some();
    let is_said = |field: &Field| match field {
        Field::At => true,
        Field::Kind => is_filled("kind"),
        Field::Condition => is_filled("condition"),
        // A name that is but the code is none (see above).
        Field::Name => piece.name.is_some() || (has_column("name") && !is_filled("name")),
        Field::Village => has_column("village"),
        // A date that cannot be read takes nothing away.
        Field::InspectedOn => {
            piece.inspected_on.is_some()
                || (has_column("inspected_on") && !is_filled("inspected_on"))
        }
        Field::Photo => has_column("photo"),
        Field::Note => has_column("note"),
    };
    Field::ALL.into_iter().filter(is_said).collect()
}

fn kind(word: Option<String>, source: &Source, odd: &mut Vec<OddCell>) -> EquipmentKind {
    let detail = match word {
        None => match source.kind {
            Some(kind) => return kind,
            None => "no kind is given; taken as other (give the file a column kind, or its source a kind = \"ring\")".to_owned(),
        },
        Some(word) => match kinds::equipment_kind(&word) {
            Some(kind) => return kind,
            None => format!(
                "{:?} is no kind of equipment (pole, ring, rope, board, jacket, aed, other); taken as other",
                shortened_text(&word)
            ),
        },
    };
    odd.push(("kind", OddityKind::BadValue, detail));
    EquipmentKind::Other
}

fn condition(word: Option<String>, odd: &mut Vec<OddCell>) -> Condition {
    let Some(word) = word else {
        return Condition::Usable;
    };
    kinds::condition(&word).unwrap_or_else(|| {
        odd.push((
            "condition",
            OddityKind::BadValue,
            format!(
                "{:?} is no condition (usable, damaged, missing, unverified); taken as unverified",
                shortened_text(&word)
            ),
        ));
        Condition::Unverified
    })
}

fn inspected_on(text: Option<String>, odd: &mut Vec<OddCell>) -> Option<String> {
    let text = text?;
    let date = date(&text);
    if date.is_none() {
        odd.push((
            "inspected_on",
            OddityKind::BadValue,
            format!(
                "{:?} is no date like 2024-05-31; left out",
                shortened_text(&text)
            ),
        ));
    }
    date
}

/// A date as `YYYY-MM-DD`, from that, `2024/5/31`, `2024.5.31`, `20240531` or `2024年5月31日`, with or without a time after it.
pub(super) fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let is_compact = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = if is_compact {
        vec![&day[..4], &day[4..6], &day[6..]]
    } else {
        day.trim_end_matches('日')
            .split(['-', '/', '.', '年', '月'])
            .collect()
    };
    let [year, month, day] = parts[..] else {
        return None;
    };
    let is_number = |part: &str, most_digits: usize| {
        (1..=most_digits).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_number(year, 4) || !is_number(month, 2) || !is_number(day, 2) {
        return None;
    }
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let is_known = (1900..=2200).contains(&year);
    let date = is_known.then(|| Date::new(year, month, day).ok()).flatten();
    date.map(|date| date.to_string())
}

/// The date of a moment, UTC, as `YYYY-MM-DD`; none outside the years 1900 to 2200.
///
/// # Units
///
/// Milliseconds since 1970-01-01.
pub(super) fn date_of_millis(millis: i64) -> Option<String> {
    let moment = Timestamp::from_millisecond(millis).ok()?;
    let date = TimeZone::UTC.to_datetime(moment).date();
    let is_known = (1900..=2200).contains(&date.year());
    is_known.then(|| date.to_string())
}
