//! An evening's patrol as tables for people.

use std::collections::BTreeMap;

use crate::app::patrol::Objective;
use crate::app::patrol::PatrolReport;
use crate::app::patrol_rows::CarriedReason;
use crate::app::patrol_rows::StopRow;
use crate::app::patrol_rows::TeamRow;
use crate::cli::gaps_table::name_or_id;
use crate::cli::table::Align;
use crate::cli::table::Table;
use crate::cli::table::Tone;
use crate::cli::table::count;
use crate::cli::table::heading;
use crate::cli::table::line;
use crate::cli::table::meters;
use crate::cli::table::one_line;
use crate::cli::table::percent;

/// The plan: how good it is, what each team does, and what nobody comes to.
pub(super) fn text(report: &PatrolReport, tone: Tone) -> String {
    let mut text = String::new();
    line(
        &mut text,
        format_args!(
            "{}: {} m of bank are due; {} m are seen ({}), {} m are carried over.",
            report.day.as_str(),
            meters(report.required_m),
            meters(report.seen_m),
            percent(report.seen_m / report.required_m.max(f64::MIN_POSITIVE)),
            meters(report.carried_m),
        ),
    );
    line(&mut text, format_args!("{}", proof(report)));
    if report.longest_s > 0.0 {
        line(
            &mut text,
            format_args!(
                "The longest walk takes {}, the shortest {}.",
                clock(report.longest_s),
                clock(report.shortest_s)
            ),
        );
    }
    if report.teams.iter().any(|team| team.start_is_chosen) {
        text += "Teams without a --start begin amid what is due.\n";
    }
    text += &heading("Teams", tone);
    let mut table = Table::new(&[
        ("team", Align::Right),
        ("takes", Align::Right),
        ("walks m", Align::Right),
        ("sees m", Align::Right),
        ("stretches", Align::Right),
        ("starts at", Align::Left),
        ("along", Align::Left),
    ]);
    for team in &report.teams {
        table.add(&[
            team.called(),
            clock(team.takes_s),
            meters(team.walk_m),
            meters(team.seen_m),
            count(team.stops.len()),
            format!("{:.5},{:.5}", team.start[0], team.start[1]),
            waters(team),
        ]);
    }
    text += &table.text();
    for team in report.teams.iter().filter(|team| !team.stops.is_empty()) {
        text += &heading(&format!("Team {}", one_line(&team.called())), tone);
        text += &stops(team);
    }
    if !report.carried.is_empty() {
        text += &heading("Carried over to the next evening, by water", tone);
        text += &carried(report);
    }
    if !report.unknown.is_empty() {
        line(
            &mut text,
            format_args!(
                "\n{} stretches of the last plan are no stretches of this map any more: {}",
                count(report.unknown.len()),
                one_line(&report.unknown.join(", "))
            ),
        );
    }
    if let Some(names) = &report.attribution {
        line(&mut text, format_args!("\nMap data: {}", one_line(names)));
    }
    text
}

fn proof(report: &PatrolReport) -> String {
    let seconds = report.seconds;
    match (report.objective, report.proven) {
        (Objective::LongestS, true) => {
            format!("No plan has a shorter longest walk (proven in {seconds} s).")
        }
        (Objective::LongestS, false) => format!(
            "No plan's longest walk can be more than {}% shorter ({seconds} s).",
            report.gap_percent
        ),
        (Objective::Teams, true) => format!(
            "Fewer than {} teams cannot see all of it in time (proven in {seconds} s).",
            count(report.value as usize)
        ),
        (Objective::Teams, false) => format!(
            "{} teams are enough; it cannot be done with fewer than {} ({seconds} s).",
            count(report.value as usize),
            count(report.bound as usize)
        ),
        (Objective::WeightedM, true) => format!(
            "No plan sees more in this time, each meter counted by its water's risk (proven in {seconds} s)."
        ),
        (Objective::WeightedM, false) => format!(
            "No plan can see more than {}% more in this time, each meter counted by its water's risk ({seconds} s).",
            report.gap_percent
        ),
    }
}

/// A duration as hours and minutes.
fn clock(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round() as u64;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// The waters that a team walks along, those first that it comes to first.
fn waters(team: &TeamRow) -> String {
    let mut names: Vec<String> = Vec::new();
    for stop in &team.stops {
        let name = name_or_id(stop.water_body_name.as_deref(), &stop.water_body);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn stops(team: &TeamRow) -> String {
    let mut table = Table::new(&[
        ("#", Align::Right),
        ("at", Align::Right),
        ("water", Align::Left),
        ("village", Align::Left),
        ("bank", Align::Left),
        ("from m", Align::Right),
        ("to m", Align::Right),
        ("sees m", Align::Right),
        ("lingers", Align::Right),
        ("what for", Align::Left),
    ]);
    for stop in &team.stops {
        table.add(&[
            count(stop.rank),
            clock(stop.after_s),
            name_or_id(stop.water_body_name.as_deref(), &stop.water_body),
            stop.village_name.clone().unwrap_or_default(),
            stop.along.bank.clone(),
            meters(stop.along.from_m),
            meters(stop.along.to_m),
            meters(stop.seen_m),
            if stop.pause_s > 0.0 {
                clock(stop.pause_s)
            } else {
                String::new()
            },
            why(stop),
        ]);
    }
    table.text()
}

fn why(stop: &StopRow) -> String {
    let mut words = Vec::new();
    if !stop.also_sees.is_empty() {
        words.push("both banks".to_owned());
    }
    if stop.evenings > 0 {
        words.push(format!("carried over {} times", stop.evenings));
    }
    if !stop.hot_spots.is_empty() {
        words.push("hot spot".to_owned());
    }
    if !stop.inspect.is_empty() {
        words.push(format!("inspect {}", stop.inspect.join(" ")));
    }
    words.join(", ")
}

fn carried(report: &PatrolReport) -> String {
    let mut by_water: BTreeMap<(String, CarriedReason), (f64, usize)> = BTreeMap::new();
    for row in &report.carried {
        let name = name_or_id(row.water_body_name.as_deref(), &row.water_body);
        let entry = by_water.entry((name, row.reason)).or_default();
        entry.0 += row.length_m;
        entry.1 += 1;
    }
    let mut rows: Vec<_> = by_water.into_iter().collect();
    rows.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
    let mut table = Table::new(&[
        ("water", Align::Left),
        ("m", Align::Right),
        ("stretches", Align::Right),
        ("why", Align::Left),
    ]);
    for ((name, reason), (length, n_stretches)) in rows {
        let why = match reason {
            CarriedReason::NoTime => "no time",
            CarriedReason::OutOfReach => "nobody can be back in time",
        };
        table.add(&[name, meters(length), count(n_stretches), why.to_owned()]);
    }
    table.text()
}
