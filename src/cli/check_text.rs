//! The import report as text for people.

use crate::app::check::CheckReport;
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
use crate::model::oddity::Oddity;

/// How many oddities of each kind are shown.
const FIRST_FEW: usize = 3;

/// The report: the files' layers, water, crossings, equipment, villages, oddities.
pub(super) fn text(report: &CheckReport, tone: Tone) -> String {
    let mut text = String::new();
    line(
        &mut text,
        format_args!(
            "{} ({}): {} m of bank, {} oddities.",
            region_name(&report.name),
            report.region,
            meters(report.bank_m),
            count(report.oddities.len()),
        ),
    );
    if report.invented {
        text += "The whole place is invented: it is not there.\n";
    }
    if report.illustrative {
        text += "The equipment is illustrative: made up for demonstration, nobody has put it up.\n";
    }
    text += &layers(report, tone);
    text += &water(report, tone);
    text += &crossings(report, tone);
    text += &equipment(report, tone);
    text += &villages(report, tone);
    text += &oddities(report, tone);
    text += &figures(report);
    if let Some(names) = &report.attribution {
        line(&mut text, format_args!("Map data: {}", one_line(names)));
    }
    text
}

fn layers(report: &CheckReport, tone: Tone) -> String {
    let layers = &report.layers;
    let rows = [
        ("water areas", layers.water_areas),
        ("water lines", layers.water_lines),
        ("coastlines", layers.coastlines),
        ("paths", layers.paths),
        ("fords", layers.fords),
        ("weirs, dams, lock gates, ferries", layers.mapped_crossings),
        ("buildings", layers.buildings),
        ("walls", layers.walls),
        ("schools", layers.schools),
        ("villages", layers.villages),
        ("equipment", layers.equipment),
    ];
    let mut table = Table::new(&[("layer", Align::Left), ("things", Align::Right)]);
    for (name, n) in rows {
        table.add(&[name.to_owned(), count(n)]);
    }
    heading("In the files", tone) + &table.text()
}

fn water(report: &CheckReport, tone: Tone) -> String {
    let mut table = Table::new(&[
        ("water to be covered", Align::Left),
        ("water bodies", Align::Right),
        ("banks", Align::Right),
        ("bank m", Align::Right),
    ]);
    for row in &report.water_bodies {
        table.add(&[
            words::water(row.kind).to_owned(),
            count(row.water_bodies),
            count(row.banks),
            meters(row.bank_m),
        ]);
    }
    section("Water", report.water_bodies.is_empty(), &table, tone)
}

fn crossings(report: &CheckReport, tone: Tone) -> String {
    let mut table = Table::new(&[
        ("way over water", Align::Left),
        ("open", Align::Right),
        ("closed", Align::Right),
    ]);
    for row in &report.crossings {
        table.add(&[
            words::crossing(row.kind).to_owned(),
            count(row.open),
            count(row.closed),
        ]);
    }
    section("Crossings", report.crossings.is_empty(), &table, tone)
}

fn equipment(report: &CheckReport, tone: Tone) -> String {
    let mut table = Table::new(&[
        ("equipment", Align::Left),
        ("usable", Align::Right),
        ("damaged", Align::Right),
        ("missing", Align::Right),
        ("unverified", Align::Right),
        ("on no ground", Align::Right),
    ]);
    for row in &report.equipment {
        table.add(&[
            words::equipment(row.kind).to_owned(),
            count(row.usable),
            count(row.damaged),
            count(row.missing),
            count(row.unverified),
            count(row.off_ground),
        ]);
    }
    section("Equipment", report.equipment.is_empty(), &table, tone)
}

fn villages(report: &CheckReport, tone: Tone) -> String {
    let mut table = Table::new(&[
        ("village", Align::Left),
        ("id", Align::Left),
        ("bank m", Align::Right),
    ]);
    for row in &report.villages {
        table.add(&[row.name.clone(), row.id.clone(), meters(row.bank_m)]);
    }
    section("Villages", report.villages.is_empty(), &table, tone)
}

fn section(name: &str, is_empty: bool, table: &Table, tone: Tone) -> String {
    if is_empty {
        return heading(name, tone) + "  none\n";
    }
    heading(name, tone) + &table.text()
}

fn oddities(report: &CheckReport, tone: Tone) -> String {
    if report.oddities.is_empty() {
        return heading("Oddities", tone) + "  none\n";
    }
    let mut text = heading("Oddities", tone);
    let same_kind = |a: &Oddity, b: &Oddity| a.kind == b.kind;
    for group in report.oddities.chunk_by(same_kind) {
        line(
            &mut text,
            format_args!("  {}: {}", words::oddity(group[0].kind), count(group.len())),
        );
        for oddity in group.iter().take(FIRST_FEW) {
            line(&mut text, format_args!("    {}", one_line(&shown(oddity))));
        }
        if FIRST_FEW < group.len() {
            line(
                &mut text,
                format_args!("    … and {} more", count(group.len() - FIRST_FEW)),
            );
        }
    }
    text += "  --format json lists all of them.\n";
    text
}

fn shown(oddity: &Oddity) -> String {
    let mut parts = vec![oddity.id.clone()];
    if !oddity.file.is_empty() {
        parts.insert(0, oddity.file.clone());
    }
    if let Some(place) = oddity.place {
        parts.push(format!("at {:.6},{:.6}", place.lon(), place.lat()));
    }
    format!("{}: {}", parts.join(" "), oddity.detail)
}

fn figures(report: &CheckReport) -> String {
    let build = &report.build;
    let memory = build
        .peak_rss_mb
        .map_or_else(String::new, |mb| format!("; at most {mb} MB of memory"));
    format!(
        "\nRead in {:.2} s, ground in {:.2} s, reach in {:.2} s; {} nodes, {} edges{memory}.\n",
        build.read_s,
        build.ground_s,
        build.reach_s,
        count(build.nodes),
        count(build.edges),
    )
}
