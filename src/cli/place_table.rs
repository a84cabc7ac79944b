//! A proposal as a table for people.

use crate::app::placement::Objective;
use crate::app::placement::PlacementReport;
use crate::app::placement_rows::SiteRow;
use crate::app::placement_rows::StandsOn;
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
use crate::cli::words;

/// The proposal: what it gains, how good it is, and every site.
pub(super) fn text(report: &PlacementReport, tone: Tone) -> String {
    let mut text = String::new();
    line(&mut text, format_args!("{}", gain(report)));
    line(&mut text, format_args!("{}", proof(report)));
    if report.out_of_reach_m >= 0.1 {
        line(
            &mut text,
            format_args!(
                "{} m of bank can be covered by no piece, wherever it stands: nobody gets there on foot within {} m.",
                meters(report.out_of_reach_m),
                report.limit_m
            ),
        );
    }
    let counted = [
        (report.weighted_by.houses, "buildings"),
        (report.weighted_by.schools, "schools"),
        (report.weighted_by.incidents, "past incidents"),
    ];
    let counted = counted.iter().filter(|(n, _)| *n > 0);
    let counted: Vec<String> = counted
        .map(|(n, what)| format!("{} {what}", count(*n)))
        .collect();
    if !counted.is_empty() {
        let counted = counted.join(", ");
        line(
            &mut text,
            format_args!("Banks near these count more: {counted}."),
        );
    }
    if !report.moved.is_empty() {
        line(
            &mut text,
            format_args!(
                "Of them, {} are moved from where they are hardly missed: {}.",
                count(report.moved.len()),
                one_line(&report.moved.join(", "))
            ),
        );
    }
    if !report.below.is_empty() {
        line(
            &mut text,
            format_args!(
                "{} villages stay below the share that each was to have: {}.",
                count(report.below.len()),
                one_line(&report.below.join(", "))
            ),
        );
    }
    if report.illustrative {
        text += "The equipment is illustrative: made up for demonstration, nobody has put it up.\n";
    }
    if !report.sites.is_empty() {
        text += &heading("Sites, those first that add most", tone);
        text += &table(report).text();
    }
    if let Some(names) = &report.attribution {
        line(&mut text, format_args!("\nMap data: {}", one_line(names)));
    }
    text
}

fn gain(report: &PlacementReport) -> String {
    let share = |covered: f64| percent(covered / report.bank_m.max(f64::MIN_POSITIVE));
    let n_sites = report.sites.len();
    let what = if n_sites == 1 { "place" } else { "places" };
    let put_up = report.by_kind.iter().filter(|row| row.sites > 0);
    let put_up: Vec<String> = match put_up.clone().count() {
        0 | 1 => put_up
            .map(|row| format!("a {}", words::equipment(row.kind)))
            .collect(),
        _ => put_up
            .map(|row| format!("{} × {}", count(row.sites), words::equipment(row.kind)))
            .collect(),
    };
    let reaches = report
        .by_kind
        .iter()
        .filter(|row| (row.limit_m - report.limit_m).abs() > 0.05);
    let reaches =
        reaches.map(|row| format!(" ({} m of a {})", row.limit_m, words::equipment(row.kind)));
    let reaches: String = reaches.collect();
    format!(
        "With {} at {} more {what}, {} m of bank are covered instead of {} m: {} instead of {}, within {} m{reaches} along the ground.",
        put_up.join(", "),
        count(n_sites),
        meters(report.covered_after_m),
        meters(report.covered_before_m),
        share(report.covered_after_m),
        share(report.covered_before_m),
        report.limit_m,
    )
}

fn proof(report: &PlacementReport) -> String {
    let candidates = count(report.candidates);
    match (report.objective, report.proven) {
        (Objective::WeightedM, true) => format!(
            "No other choice among {candidates} places covers more, each meter counted as often as its water's risk grade says (proven in {} s).",
            report.seconds
        ),
        (Objective::WeightedM, false) => format!(
            "Another choice among {candidates} places covers at most {}% more, each meter counted as often as its water's risk grade says ({} s).",
            report.gap_percent, report.seconds
        ),
        (Objective::Sites, true) => format!(
            "Fewer of {candidates} places are not enough (proven in {} s).",
            report.seconds
        ),
        (Objective::Sites, false) => format!(
            "Fewer than {} of {candidates} places are not enough: at most {}% could be saved ({} s).",
            count(report.bound.ceil() as usize),
            report.gap_percent,
            report.seconds
        ),
    }
}

fn table(report: &PlacementReport) -> Table {
    let mut table = Table::new(&[
        ("no.", Align::Right),
        ("what", Align::Left),
        ("longitude, latitude", Align::Left),
        ("water", Align::Left),
        ("bank", Align::Left),
        ("village", Align::Left),
        ("gains m", Align::Right),
        ("covered then", Align::Right),
        ("why", Align::Left),
    ]);
    for site in &report.sites {
        table.add(&cells(report, site));
    }
    table
}

fn cells(report: &PlacementReport, site: &SiteRow) -> Vec<String> {
    let none = || "–".to_owned();
    let side = site.side.map(|side| {
        let side = words::side(side);
        match site.on {
            StandsOn::Bank => side.to_owned(),
            StandsOn::Path => format!("{side}, on the path"),
            StandsOn::Land => format!("{side}, behind it"),
        }
    });
    let water = site.water_body.as_deref();
    let why = match (site.required, site.reason) {
        (true, _) => "asked for",
        (false, Some(reason)) => words::reason(reason),
        (false, None) => "a second piece",
    };
    vec![
        site.rank.to_string(),
        words::equipment(site.kind).to_owned(),
        format!("{:.6}, {:.6}", site.at[0], site.at[1]),
        water.map_or_else(none, |id| name_or_id(site.water_body_name.as_deref(), id)),
        side.unwrap_or_else(none),
        site.village_name.clone().unwrap_or_else(none),
        meters(site.gained_m),
        percent(site.covered_m / report.bank_m.max(f64::MIN_POSITIVE)),
        why.to_owned(),
    ]
}
