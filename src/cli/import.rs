//! The command import: what a file would do to a region's equipment, and then all of it at once.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use anyhow::bail;

use crate::app::import::ImportQuestion;
use crate::app::import::Outcome;
use crate::app::import::Preview;
use crate::app::import::PreviewRow;
use crate::app::import::Skip;
use crate::app::keeping::Folder;
use crate::app::keeping::Keeping;
use crate::app::names;
use crate::app::regions::Regions;
use crate::cli::import_arguments::ImportArguments;
use crate::cli::keeping;
use crate::cli::output;
use crate::cli::table::Align;
use crate::cli::table::Table;
use crate::cli::table::Tone;
use crate::cli::table::count;
use crate::cli::table::heading;
use crate::cli::table::line;
use crate::cli::table::one_line;
use crate::cli::tone;

/// Under which name stands in the audit log what is imported from the command line.
const WHO: &str = "zhugan import";

/// The largest file that is read, bytes.
const LARGEST: u64 = 512 << 20;

/// So many rows of each kind are shown.
const SHOWN: usize = 10;

/// Tells what a file would do, or does it; while a service uses the store, only the former.
pub(super) fn import(asked: &ImportArguments) -> anyhow::Result<()> {
    let changes = asked.apply || asked.undo.is_some();
    let keeping = if changes {
        // What is imported must be kept: no other place will do.
        Keeping::open(&Folder::Named(keeping::dir(asked.data.clone())?))
            .context("nothing was imported; while it is served, import on its page or over HTTP")
            .map_err(|fault| anyhow::anyhow!("{fault:#}"))?
    } else {
        let folder = asked.data.clone();
        Keeping::as_it_is(&folder.map_or_else(keeping::usual, Folder::Named))?
    };
    let regions = Regions::new(std::slice::from_ref(&asked.region), keeping, |_| ());
    regions.load_bare();
    let only = regions.slots().first().context("no region was named")?;
    let region = only.id.clone();
    if let Some(entry) = asked.undo {
        let (_, undone) = regions.undo(WHO, &region, entry)?;
        let told = format!("{} is undone.\n", one_line(&undone.id));
        return output::print(told.as_bytes());
    }
    let Some(file) = &asked.file else {
        bail!("no file was named");
    };
    let bytes = output::read(file, LARGEST)?;
    let question = question(asked, file);
    let text = if asked.apply {
        let (_, preview, entry) = regions.import(WHO, &region, &question, &bytes, |_| true)?;
        let done = entry.map_or_else(
            || "Nothing had to be done.\n".to_owned(),
            |entry| {
                format!(
                    "Imported. Undo it whole with: zhugan import {} --undo {entry}\n",
                    asked.region.display()
                )
            },
        );
        text(&preview, tone(None)) + &done
    } else {
        let (_, preview) = regions.preview_import(&region, &question, &bytes)?;
        text(&preview, tone(None)) + "Nothing is changed yet; --apply does it.\n"
    };
    output::print(text.as_bytes())
}

fn question(asked: &ImportArguments, file: &Path) -> ImportQuestion {
    let name = file.file_name().unwrap_or(file.as_os_str());
    ImportQuestion {
        file: name.to_string_lossy().into_owned(),
        datum: asked.datum,
        layer: asked.layer.clone(),
        columns: asked.columns.iter().cloned().collect(),
        kind: asked.kind,
        is_illustrative: asked.illustrative,
        takes: asked.take.iter().map(|&taken| taken.into()).collect(),
    }
}

fn text(preview: &Preview, tone: Tone) -> String {
    let counts = preview.counts();
    let mut text = format!(
        "{} rows, read as {}: {} added, {} changed, {} unchanged, {} skipped.\n",
        count(preview.rows.len()),
        preview.datum,
        count(counts.added),
        count(counts.changed),
        count(counts.unchanged),
        count(counts.skipped)
    );
    if let Some(suspicion) = &preview.suspicion {
        line(
            &mut text,
            format_args!(
                "The file seems to be in {}: as it was read, everything is about {:.0} m off. Say --datum {}, or --take wrong_datum if it is right.",
                suspicion.datum, suspicion.off.0, suspicion.datum
            ),
        );
    }
    if preview.n_villages > 0 {
        line(
            &mut text,
            format_args!(
                "It holds {} villages and no equipment; boundaries are a source of region.toml.",
                count(preview.n_villages)
            ),
        );
    }
    text += &skipped(preview, tone);
    text += &changed(preview, tone);
    if !preview.oddities.is_empty() {
        text += &heading("Odd in the file", tone);
        let mut table = Table::new(&[("Row", Align::Left), ("What", Align::Left)]);
        for oddity in preview.oddities.iter().take(SHOWN) {
            table.add(&[one_line(&oddity.id), one_line(&oddity.detail)]);
        }
        text += &table.text();
        text += &more(preview.oddities.len());
    }
    text
}

fn skipped(preview: &Preview, tone: Tone) -> String {
    let mut by_reason: BTreeMap<&str, Vec<(&PreviewRow, &Skip)>> = BTreeMap::new();
    for row in &preview.rows {
        if let Outcome::Skipped(skip) = &row.outcome {
            by_reason
                .entry(names::of_skip(skip))
                .or_default()
                .push((row, skip));
        }
    }
    let mut text = String::new();
    for (reason, rows) in by_reason {
        text += &heading(&format!("Skipped: {reason}, {}", count(rows.len())), tone);
        let mut table = Table::new(&[
            ("Row", Align::Left),
            ("Piece", Align::Left),
            ("Why", Align::Left),
        ]);
        for (row, skip) in rows.iter().take(SHOWN) {
            table.add(&[
                one_line(&row.row),
                one_line(&row.piece.id),
                one_line(&why(skip)),
            ]);
        }
        text += &table.text();
        text += &more(rows.len());
    }
    text
}

fn why(skip: &Skip) -> String {
    match skip {
        Skip::Duplicate { of, away } => format!("{of} stands {:.1} m away", away.0),
        Skip::Outside => "outside the region".to_owned(),
        Skip::WrongBank { village, away } => {
            format!(
                "across the water from {village}, whose bank is {:.0} m away",
                away.0
            )
        }
        Skip::WrongDatum => "the file seems to be in another datum".to_owned(),
        Skip::Retired => "somebody has taken it away".to_owned(),
        Skip::BadValue { column, fault } => format!("{column} {fault}"),
    }
}

fn changed(preview: &Preview, tone: Tone) -> String {
    let mut table = Table::new(&[
        ("Row", Align::Left),
        ("Piece", Align::Left),
        ("Changes", Align::Left),
    ]);
    let mut n_changed = 0;
    for row in &preview.rows {
        let Outcome::Changed(fields) = &row.outcome else {
            continue;
        };
        n_changed += 1;
        if n_changed <= SHOWN {
            let fields: Vec<&str> = fields.iter().map(|field| names::of_field(*field)).collect();
            table.add(&[
                one_line(&row.row),
                one_line(&row.piece.id),
                fields.join(", "),
            ]);
        }
    }
    if n_changed == 0 {
        return String::new();
    }
    heading(&format!("Changed, {}", count(n_changed)), tone) + &table.text() + &more(n_changed)
}

fn more(n: usize) -> String {
    n.checked_sub(SHOWN)
        .filter(|more| *more > 0)
        .map_or_else(String::new, |more| format!("and {} more\n", count(more)))
}
