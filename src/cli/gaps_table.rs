//! The gaps as tables for people.

use std::collections::BTreeMap;

use crate::app::gaps::GapRow;
use crate::app::gaps::GapsReport;
use crate::app::gaps::VillageCoverage;
use crate::app::gaps::WaterBodyCoverage;
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

/// The report: a headline, by water body, by village, the longest gaps, who must be named.
///
/// Each list shows at most `top` rows, and says how many more there are.
pub(super) fn text(report: &GapsReport, top: usize, tone: Tone) -> String {
    let mut text = headline(report);
    text += &by_water_body(report, top, tone);
    text += &by_village(report, top, tone);
    text += &longest_gaps(report, top, tone);
    if let Some(names) = &report.attribution {
        line(&mut text, format_args!("\nMap data: {}", one_line(names)));
    }
    text
}

/// A region's name in every language that it has.
pub(super) fn region_name(name: &BTreeMap<String, String>) -> String {
    let names: Vec<&str> = name.values().map(String::as_str).collect();
    one_line(&names.join(" "))
}

fn headline(report: &GapsReport) -> String {
    let mut text = String::new();
    let name = region_name(&report.name);
    if report.bank_m > 0.0 {
        line(
            &mut text,
            format_args!(
                "{name}: {} of the bank is covered. {} of {} m lie within {} m of a usable {}, measured on foot along the ground.",
                percent(report.covered_share),
                meters(report.covered_m),
                meters(report.bank_m),
                report.limit_m,
                words::any_of(&report.kinds),
            ),
        );
    } else {
        line(
            &mut text,
            format_args!(
                "{name}: there is no bank to be covered; zhugan check shows what was read, and [water] include in region.toml says which water counts."
            ),
        );
    }
    text += &pieces(report);
    if report.bank_m > 0.0 {
        line(
            &mut text,
            format_args!(
                "With any one piece gone, {} m stay covered. Within {} m lie {}.",
                meters(report.backup_m),
                report.warn.limit_m,
                percent(report.warn.covered_share),
            ),
        );
    }
    text
}

/// What the answer rests on: how much equipment counts, and whether it is real.
fn pieces(report: &GapsReport) -> String {
    let mut text = String::new();
    let pieces = &report.equipment;
    line(
        &mut text,
        format_args!(
            "Of {} pieces of equipment, {} are of these kinds, and {} of those are usable.",
            count(pieces.total),
            count(pieces.counted),
            count(pieces.usable),
        ),
    );
    if pieces.snapped < pieces.usable {
        line(
            &mut text,
            format_args!(
                "{} usable ones stand nowhere on the ground and reach nothing: zhugan check lists them.",
                count(pieces.usable - pieces.snapped)
            ),
        );
    }
    if pieces.usable == 0 {
        text += "So nothing is covered, whatever the limit.\n";
    }
    if report.illustrative {
        text += "The equipment is illustrative: made up for demonstration, nobody has put it up.\n";
    }
    text
}

fn by_water_body(report: &GapsReport, top: usize, tone: Tone) -> String {
    let mut table = Table::new(&[
        ("water", Align::Left),
        ("kind", Align::Left),
        ("bank m", Align::Right),
        ("uncovered m", Align::Right),
        ("covered", Align::Right),
        ("gaps", Align::Right),
    ]);
    let with_bank = |row: &&WaterBodyCoverage| row.bank_m > 0.0;
    let rows = report.water_bodies.iter().filter(with_bank);
    if rows.clone().next().is_none() {
        return String::new();
    }
    for row in rows.clone().take(top) {
        let mut cells = vec![
            name_or_id(row.name.as_deref(), &row.id),
            words::water(row.kind).to_owned(),
        ];
        cells.extend(figures(row.bank_m, row.covered_m, row.gaps));
        table.add(&cells);
    }
    let mut text = heading("By water body, the longest uncovered bank first", tone);
    text += &table.text();
    text += &more(rows.count(), top, "water bodies");
    text
}

fn by_village(report: &GapsReport, top: usize, tone: Tone) -> String {
    let with_bank = |row: &&VillageCoverage| row.bank_m > 0.0;
    let rows = report.villages.iter().filter(with_bank);
    if rows.clone().next().is_none() {
        return String::new();
    }
    let mut table = Table::new(&[
        ("village", Align::Left),
        ("bank m", Align::Right),
        ("uncovered m", Align::Right),
        ("covered", Align::Right),
        ("gaps", Align::Right),
    ]);
    for row in rows.clone().take(top) {
        let mut cells = vec![row.name.clone()];
        cells.extend(figures(row.bank_m, row.covered_m, row.gaps));
        table.add(&cells);
    }
    let rest = &report.elsewhere;
    if rest.bank_m > 0.0 {
        let mut cells = vec!["(in no village)".to_owned()];
        cells.extend(figures(rest.bank_m, rest.covered_m, rest.gaps));
        table.add(&cells);
    }
    let mut text = heading("By village, the longest uncovered bank first", tone);
    text += &table.text();
    text += &more(rows.count(), top, "villages");
    text
}

fn longest_gaps(report: &GapsReport, top: usize, tone: Tone) -> String {
    if report.bank_m == 0.0 {
        return String::new();
    }
    if report.gaps.is_empty() {
        return "\nThere are no gaps.\n".to_owned();
    }
    let mut table = Table::new(&[
        ("water", Align::Left),
        ("bank", Align::Left),
        ("village", Align::Left),
        ("from–to m", Align::Right),
        ("length m", Align::Right),
        ("worst reach m", Align::Right),
        ("reason", Align::Left),
        ("nearest", Align::Left),
        ("straight m", Align::Right),
    ]);
    for gap in report.gaps.iter().take(top) {
        table.add(&gap_cells(gap));
    }
    let n_gaps = report.gaps.len();
    let mut text = heading(
        &format!("Gaps, the longest first: {} in all", count(n_gaps)),
        tone,
    );
    text += &table.text();
    text += &more(n_gaps, top, "gaps");
    text
}

fn gap_cells(gap: &GapRow) -> Vec<String> {
    let none = || "–".to_owned();
    vec![
        name_or_id(gap.water_body_name.as_deref(), &gap.water_body),
        words::side(gap.side).to_owned(),
        gap.village_name.clone().unwrap_or_else(none),
        format!("{}–{}", meters(gap.from_m), meters(gap.to_m)),
        meters(gap.length_m),
        gap.worst_reach_m.map_or_else(none, meters),
        words::reason(gap.reason).to_owned(),
        gap.nearest.clone().unwrap_or_else(none),
        gap.nearest_straight_m.map_or_else(none, meters),
    ]
}

pub(super) fn name_or_id(name: Option<&str>, id: &str) -> String {
    name.map_or_else(|| format!("({id})"), str::to_owned)
}

fn figures(bank_m: f64, covered_m: f64, gaps: usize) -> [String; 4] {
    let share = if bank_m > 0.0 {
        covered_m / bank_m
    } else {
        1.0
    };
    [
        meters(bank_m),
        meters(bank_m - covered_m),
        percent(share),
        count(gaps),
    ]
}

/// How many rows are not shown, and how to see them.
fn more(n_rows: usize, top: usize, what: &str) -> String {
    if n_rows <= top {
        return String::new();
    }
    format!(
        "  … and {} more {what}: --top {n_rows} shows them, --format csv -o gaps.csv writes all gaps\n",
        count(n_rows - top)
    )
}
