//! A roster's row: the cells of one responder, each checked, the odd ones reported without telling where anybody lives.

use jiff::Timestamp;

use crate::formats::kinds;
use crate::formats::placing::Placing;
use crate::formats::region_file::Source;
use crate::formats::section::shortened_text;
use crate::geometry::lon_lat::LonLat;
use crate::model::oddity::OddityKind;
use crate::model::responder::Duty;
use crate::model::responder::Responder;
use crate::model::responder::ResponderKind;
use crate::model::responder::Sighting;
use crate::model::responder::Travel;
use crate::model::responder::minute_of_day;

/// What is known of a row before its cells are read.
pub(super) struct RosterRow<'a> {
    /// Unique in its file, if the file is as it should be.
    pub id: String,
    /// As messages name it.
    pub label: &'a str,
    /// From where the responder sets off.
    pub home: LonLat,
}

/// The responder that a row describes; `cell` gives the text under one of our column names, trimmed and not empty.
///
/// Whoever has no hours at all comes at any time; whoever has hours that cannot be read comes at none until somebody has
/// mended them: nobody may be counted on who is perhaps not there. Silence about how they come means on foot.
pub(super) fn responder(
    cell: &dyn Fn(&str) -> Option<String>,
    row: RosterRow<'_>,
    source: &Source,
    placing: &mut Placing<'_>,
) -> Responder {
    let seen = seen(cell, row.label, placing);
    let mut odd = |column: &str, detail: String| {
        let id = format!("{}, {column}", row.label);
        placing.report.add(OddityKind::BadValue, id, None, detail);
    };
    Responder {
        kind: kind(cell("kind"), source, &mut odd),
        name: cell("name"),
        group: cell("group"),
        village: cell("village"),
        phone: cell("phone"),
        home: row.home,
        seen,
        duty: duty(cell("duty_from"), cell("duty_to"), &mut odd),
        says_on_duty: None,
        travel: travel(cell("travel"), &mut odd),
        note: cell("note"),
        is_illustrative: source.is_illustrative,
        version: 0,
        id: row.id,
    }
}

fn kind(
    word: Option<String>,
    source: &Source,
    odd: &mut impl FnMut(&str, String),
) -> ResponderKind {
    let usual = source.responder_kind.unwrap_or(ResponderKind::Volunteer);
    let Some(word) = word else {
        return usual;
    };
    kinds::responder_kind(&word).unwrap_or_else(|| {
        let word = shortened_text(&word);
        odd("kind", format!("{word:?} is no kind of responder (volunteer, team, police, workstation, fire); taken as the kind of the others"));
        usual
    })
}

fn travel(word: Option<String>, odd: &mut impl FnMut(&str, String)) -> Travel {
    let Some(word) = word else {
        return Travel::Foot;
    };
    kinds::travel(&word).unwrap_or_else(|| {
        let word = shortened_text(&word);
        odd(
            "travel",
            format!("{word:?} is no means of travel (foot, ebike, car); taken as foot"),
        );
        Travel::Foot
    })
}

fn duty(from: Option<String>, to: Option<String>, odd: &mut impl FnMut(&str, String)) -> Duty {
    let (from, to) = match (from, to) {
        (None, None) => return Duty::Always,
        (from, to) => (from.unwrap_or_default(), to.unwrap_or_default()),
    };
    let hours = minute_of_day(&from).zip(minute_of_day(&to));
    let duty = hours.and_then(|(from, to)| Duty::hours(from, to));
    duty.unwrap_or_else(|| {
        let (from, to) = (shortened_text(&from), shortened_text(&to));
        odd("duty_from and duty_to", format!("{from:?} to {to:?} are no hours like 18:00 to 21:00 (all day is 00:00 to 24:00); taken as never on duty"));
        Duty::Never
    })
}

/// Where and when the responder was seen last; either all of it is there or none.
fn seen(
    cell: &dyn Fn(&str) -> Option<String>,
    label: &str,
    placing: &mut Placing<'_>,
) -> Option<Sighting> {
    let texts = [cell("seen_lon"), cell("seen_lat"), cell("seen_at")];
    if texts.iter().all(Option::is_none) {
        return None;
    }
    let number = |text: &Option<String>| text.as_ref()?.parse().ok();
    let time = |text: &String| text.parse::<Timestamp>().ok();
    let when = texts[2].as_ref().and_then(time);
    let when = when.and_then(|when| u64::try_from(when.as_second()).ok());
    let Some(((x, y), when)) = number(&texts[0]).zip(number(&texts[1])).zip(when) else {
        let detail = "where and when somebody was seen last takes seen_lon, seen_lat and seen_at, a time with its offset like 2026-11-25T20:15:00+08:00; left out";
        let id = format!("{label}, seen_lon, seen_lat and seen_at");
        placing.report.add(OddityKind::BadValue, id, None, detail);
        return None;
    };
    let id = format!("{label}, seen_lon and seen_lat");
    let at = placing.point(&id, [x, y])?;
    Some(Sighting { at, when })
}
