//! The nearest as tables for people.

use crate::app::names;
use crate::app::nearest::BankRelation;
use crate::app::nearest::NearestAnswer;
use crate::app::nearest::NearestPiece;
use crate::app::nearest::SideReach;
use crate::app::scene::Here;
use crate::app::snapshot::Snapshot;
use crate::app::unusable::UnusablePiece;
use crate::cli::arguments::NearestArguments;
use crate::cli::gaps_table::region_name;
use crate::cli::table::Align;
use crate::cli::table::Table;
use crate::cli::table::Tone;
use crate::cli::table::count;
use crate::cli::table::heading;
use crate::cli::table::line;
use crate::cli::table::meters;
use crate::cli::table::one_line;
use crate::cli::words;

/// What the place is, the nearest pieces, in the water side by side, and who must be named.
pub(super) fn text(
    snapshot: &Snapshot,
    asked: &NearestArguments,
    answer: &NearestAnswer,
    tone: Tone,
) -> String {
    let settings = &snapshot.region.settings;
    let mut text = headline(snapshot, asked, answer);
    if answer.over_water.is_empty() {
        let title = format!(
            "The nearest usable {} on foot",
            words::any_of(&asked.kinds.kinds)
        );
        text += &results(snapshot, &answer.results, &title, tone);
    }
    for side in &answer.over_water {
        text += &of_side(snapshot, side, answer, tone);
    }
    if let Some(pieces) = &answer.unusable {
        text += &unusable(snapshot, pieces, tone);
    }
    if snapshot
        .region
        .equipment
        .iter()
        .any(|piece| piece.is_illustrative)
    {
        text +=
            "\nThe equipment is illustrative: made up for demonstration, nobody has put it up.\n";
    }
    if let Some(names) = &settings.attribution {
        line(&mut text, format_args!("\nMap data: {}", one_line(names)));
    }
    text
}

fn headline(snapshot: &Snapshot, asked: &NearestArguments, answer: &NearestAnswer) -> String {
    let name = region_name(&snapshot.region.settings.name);
    let [x, y] = asked.at;
    let mut text = String::new();
    let place = place_words(snapshot, answer.here());
    line(
        &mut text,
        format_args!("{name}: {x},{y} ({}) lies {place}.", asked.datum),
    );
    let kinds = words::any_of(&asked.kinds.kinds);
    if answer.results.is_empty() {
        line(
            &mut text,
            format_args!("Nobody can walk from here to a usable {kinds}."),
        );
    }
    if 0 < answer.n_unreachable {
        line(
            &mut text,
            format_args!(
                "To {} usable pieces of these kinds there is no way on foot.",
                count(answer.n_unreachable)
            ),
        );
    }
    text
}

/// What a place is on, after "lies".
pub(super) fn place_words(snapshot: &Snapshot, here: Here<'_>) -> String {
    match here.water_body {
        Some(body) => {
            let body = &snapshot.region.ground.water_bodies[body];
            let name = body.name.as_deref().unwrap_or(&body.id);
            format!("in the water of {}", one_line(name))
        }
        None => words::on(names::of_on(here.on)).to_owned(),
    }
}

/// The pieces that serve one side of the water.
fn of_side(snapshot: &Snapshot, side: &SideReach, answer: &NearestAnswer, tone: Tone) -> String {
    let bank = &snapshot.region.ground.banks[side.bank.bank as usize];
    let reached = match side.kinds[..] {
        [] => "nothing reaches so far over the water".to_owned(),
        [..] => format!("a {} reaches so far", words::any_of(&side.kinds)),
    };
    let title = format!(
        "From the {} ({}), {} m from the casualty: {reached}",
        words::bank(bank.side),
        one_line(&bank.id),
        meters(side.bank.offset.0),
    );
    let of_side = |found: &&NearestPiece| found.from_bank == Some(side.bank.bank);
    let pieces: Vec<NearestPiece> = answer.results.iter().filter(of_side).cloned().collect();
    results(snapshot, &pieces, &title, tone)
}

fn results(snapshot: &Snapshot, pieces: &[NearestPiece], title: &str, tone: Tone) -> String {
    let mut text = heading(title, tone);
    if pieces.is_empty() {
        text += "  nothing\n";
        return text;
    }
    let is_in_water = pieces.iter().any(|found| found.reaches.is_some());
    let mut columns = vec![
        ("piece", Align::Left),
        ("kind", Align::Left),
        ("walk m", Align::Right),
        ("run s", Align::Right),
        ("there and back s", Align::Right),
        ("straight m", Align::Right),
        ("bank", Align::Left),
        ("over", Align::Left),
        ("code", Align::Left),
    ];
    if is_in_water {
        columns.push(("reaches", Align::Left));
    }
    let mut table = Table::new(&columns);
    for found in pieces {
        table.add(&cells(snapshot, found));
    }
    text += &table.text();
    text
}

fn cells(snapshot: &Snapshot, found: &NearestPiece) -> Vec<String> {
    let piece = &snapshot.region.equipment[found.piece as usize];
    let over: Vec<&str> = snapshot.crossing_ids(&found.crossings).collect();
    let none = "–".to_owned();
    let mut cells = vec![
        piece.id.clone(),
        words::equipment(piece.kind).to_owned(),
        meters(found.walk.0),
        format!("{:.0}", found.run.0),
        format!("{:.0}", 2.0 * found.run.0),
        meters(found.straight.0),
        match found.bank {
            BankRelation::Same => "the same".to_owned(),
            BankRelation::Other => "another".to_owned(),
            BankRelation::None => none.clone(),
        },
        if over.is_empty() {
            none
        } else {
            over.join(", ")
        },
        snapshot.code(found.piece as usize).to_string(),
    ];
    let reaches = |reaches| if reaches { "yes" } else { "no" }.to_owned();
    cells.extend(found.reaches.map(reaches));
    cells
}

fn unusable(snapshot: &Snapshot, pieces: &[UnusablePiece], tone: Tone) -> String {
    let mut text = heading("Not to be relied on", tone);
    if pieces.is_empty() {
        text += "  nothing\n";
        return text;
    }
    let mut table = Table::new(&[
        ("piece", Align::Left),
        ("kind", Align::Left),
        ("why", Align::Left),
        ("walk m", Align::Right),
        ("straight m", Align::Right),
        ("code", Align::Left),
    ]);
    for found in pieces {
        let piece = &snapshot.region.equipment[found.piece as usize];
        table.add(&[
            piece.id.clone(),
            words::equipment(piece.kind).to_owned(),
            words::condition(piece.condition).to_owned(),
            meters(found.walk.0),
            meters(found.straight.0),
            snapshot.code(found.piece as usize).to_string(),
        ]);
    }
    text += &table.text();
    text
}
