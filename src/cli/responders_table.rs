//! Who can come first, as tables for people.

use crate::app::names;
use crate::app::nearest::SideReach;
use crate::app::responders::Comer;
use crate::app::responders::RespondersAnswer;
use crate::app::responders::RespondersQuestion;
use crate::app::snapshot::Snapshot;
use crate::cli::arguments::NearestArguments;
use crate::cli::gaps_table::region_name;
use crate::cli::nearest_table::place_words;
use crate::cli::table::Align;
use crate::cli::table::Table;
use crate::cli::table::Tone;
use crate::cli::table::count;
use crate::cli::table::heading;
use crate::cli::table::line;
use crate::cli::table::meters;
use crate::cli::table::one_line;
use crate::cli::words;
use crate::plan::crew::Crew;
use crate::plan::crew::SetsOff;

/// What the place is, and who comes first; in the water side by side.
pub(super) fn text(
    snapshot: &Snapshot,
    crew: &Crew,
    asked: &NearestArguments,
    (question, answer): (&RespondersQuestion, &RespondersAnswer),
    tone: Tone,
) -> String {
    let settings = &snapshot.region.settings;
    let name = region_name(&settings.name);
    let [x, y] = asked.at;
    let mut text = String::new();
    let place = place_words(snapshot, answer.here());
    line(
        &mut text,
        format_args!("{name}: {x},{y} ({}) lies {place}.", asked.datum),
    );
    let minute = question.now.minute_of_day;
    line(
        &mut text,
        format_args!(
            "At {:02}:{:02} ({}) {} are on duty; the first should be there within {:.0} s.",
            minute / 60,
            minute % 60,
            settings.time_zone,
            count(answer.n_on_duty),
            settings.responders.arrival.0
        ),
    );
    if 0 < answer.n_unreachable {
        line(
            &mut text,
            format_args!(
                "{} of them cannot get here on foot.",
                count(answer.n_unreachable)
            ),
        );
    }
    let what = match &question.fetch {
        Some(kinds) => format!("with a {} fetched on the way", words::any_of(kinds)),
        None => "straight".to_owned(),
    };
    if answer.over_water.is_empty() {
        let comers: Vec<&Comer> = answer.comers.iter().collect();
        let title = format!("Who comes first, {what}");
        text += &table(snapshot, crew, &comers, &title, tone);
    }
    for side in &answer.over_water {
        text += &of_side(snapshot, crew, side, answer, &what, tone);
    }
    if crew.responders().iter().any(|one| one.is_illustrative) {
        text += "\nThe responders are illustrative: made up for demonstration, nobody will come.\n";
    }
    text
}

/// Who comes to one side of the water.
fn of_side(
    snapshot: &Snapshot,
    crew: &Crew,
    side: &SideReach,
    answer: &RespondersAnswer,
    what: &str,
    tone: Tone,
) -> String {
    let bank = &snapshot.region.ground.banks[side.bank.bank as usize];
    let title = format!(
        "To the {} ({}), {} m from the casualty, {what}",
        words::bank(bank.side),
        one_line(&bank.id),
        meters(side.bank.offset.0),
    );
    let comers = answer.comers.iter();
    let comers: Vec<&Comer> = comers
        .filter(|comer| comer.from_bank == Some(side.bank.bank))
        .collect();
    table(snapshot, crew, &comers, &title, tone)
}

fn table(snapshot: &Snapshot, crew: &Crew, comers: &[&Comer], title: &str, tone: Tone) -> String {
    let mut text = heading(title, tone);
    if comers.is_empty() {
        text += "  nobody\n";
        return text;
    }
    let fetches = comers.iter().any(|comer| comer.fetches.is_some());
    let mut columns = vec![
        ("who", Align::Left),
        ("name", Align::Left),
        ("kind", Align::Left),
        ("travel", Align::Left),
        ("from", Align::Left),
        ("arrival s", Align::Right),
        ("in time", Align::Left),
        ("way m", Align::Right),
        ("over", Align::Left),
    ];
    if fetches {
        columns.push(("fetches", Align::Left));
        columns.push(("carried m", Align::Right));
        columns.push(("reaches", Align::Left));
    }
    let mut table = Table::new(&columns);
    for comer in comers {
        table.add(&cells(snapshot, crew, comer, fetches));
    }
    text += &table.text();
    text
}

fn cells(snapshot: &Snapshot, crew: &Crew, comer: &Comer, fetches: bool) -> Vec<String> {
    let (responder, _) = crew.of_number(comer.number);
    let over: Vec<&str> = snapshot.crossing_ids(&comer.crossings).collect();
    let none = || "–".to_owned();
    let mut cells = vec![
        one_line(&responder.id).clone(),
        responder.name.as_deref().map_or_else(none, one_line),
        names::of_responder(responder.kind).to_owned(),
        names::of_travel(responder.travel).to_owned(),
        match comer.from {
            SetsOff::Home => "home".to_owned(),
            SetsOff::LastSeen => "last seen".to_owned(),
        },
        format!("{:.0}", comer.takes.0),
        if comer.is_in_time { "yes" } else { "no" }.to_owned(),
        meters(comer.length.0),
        if over.is_empty() {
            none()
        } else {
            over.join(", ")
        },
    ];
    if fetches {
        let fetched = comer.fetches.as_ref();
        let piece = fetched.map(|fetched| &snapshot.region.equipment[fetched.piece as usize]);
        cells.push(piece.map_or_else(none, |piece| one_line(&piece.id)));
        cells.push(fetched.map_or_else(none, |fetched| meters(fetched.carry.0)));
        let reaches = fetched.and_then(|fetched| fetched.reaches);
        let words = |reaches| if reaches { "yes" } else { "no" }.to_owned();
        cells.push(reaches.map_or_else(none, words));
    }
    cells
}
