//! The commands on what is kept: backup, restore, check --store.

use std::path::PathBuf;

use anyhow::bail;

use crate::app::clock;
use crate::app::keeping;
use crate::app::keeping::Folder;
use crate::app::keeping::StoreReport;
use crate::app::names;
use crate::app::newer_files::KeptImport;
use crate::cli::arguments::BackupArguments;
use crate::cli::arguments::CheckFormat;
use crate::cli::arguments::RestoreArguments;
use crate::cli::output;
use crate::model::import_report::Named;
use crate::model::import_report::Seen;

/// So many ids of each kind are named.
const NAMED: usize = 5;

/// Writes all that is kept into a new file; a service may go on meanwhile.
pub(super) fn backup(asked: BackupArguments) -> anyhow::Result<()> {
    keeping::backup(&dir(asked.data)?, &asked.file)?;
    let file = asked.file.display();
    output::print(format!("{file}: holds all that was kept until now.\n").as_bytes())
}

/// Puts a backup in the place of what is kept.
pub(super) fn restore(asked: RestoreArguments) -> anyhow::Result<()> {
    let aside = keeping::restore(&dir(asked.data)?, &asked.file)?;
    let file = asked.file.display();
    let aside = aside.map_or_else(String::new, |aside| {
        format!(" What was there before is in {}.", aside.display())
    });
    output::print(format!("{file}: is in its place again.{aside}\n").as_bytes())
}

/// Looks through all that is kept.
pub(super) fn check(data: Option<PathBuf>, format: CheckFormat) -> anyhow::Result<()> {
    let dir = dir(data)?;
    let report = keeping::check(&dir)?;
    let answer = match format {
        CheckFormat::Table => text(&report),
        CheckFormat::Json => serde_json::to_string_pretty(&report)? + "\n",
    };
    match report.faults.as_slice() {
        [] => output::print(answer.as_bytes()),
        [first, others @ ..] => {
            if format == CheckFormat::Json {
                output::print(answer.as_bytes())?;
            }
            bail!(
                "{}: {first}, and {} more faults; put a backup in its place with zhugan restore",
                dir.display(),
                others.len()
            )
        }
    }
}

fn text(report: &StoreReport) -> String {
    let StoreReport {
        crossings,
        equipment,
        water_bodies,
        rescue_points,
        corrections,
        settings,
        reports,
        photos,
        incidents,
        sendings,
        notices,
        patrols,
        volunteers,
        roster_days,
        entries,
        webhooks,
        accounts,
        audit,
        imports,
        faults: _,
    } = report;
    let mut text = format!(
        "All is well. Changed by people: {crossings} crossings, {equipment} pieces of equipment, {water_bodies} grades of waters, {rescue_points} rescue points, {corrections} corrections of the map, {settings} settings; {reports} reports with {photos} photos; {incidents} incidents, to which {sendings} were sent; {notices} notices; {patrols} published patrols; {volunteers} volunteers, {roster_days} evenings with a roster, {entries} entries handed in; {webhooks} webhooks; {accounts} accounts; {audit} entries in the audit log.\n"
    );
    for import in imports {
        text += &newer_files(import);
    }
    text
}

/// What newer files held otherwise, a line for each kind; some are named.
fn newer_files(import: &KeptImport) -> String {
    let (region, at) = (&import.region, clock::text(import.at_ms));
    let mut text = format!("Newer files of {region}, read {at}:\n");
    for changes in &import.report.things {
        let thing = names::of_thing(changes.thing);
        let some = |verb: &str, total: usize, ids: &[&String]| {
            let named: Vec<&str> = ids.iter().take(NAMED).map(|id| id.as_str()).collect();
            let more = if named.len() < total { ", …" } else { "" };
            match total {
                0 => String::new(),
                _ => format!("  {thing}: {total} {verb}: {}{more}\n", named.join(", ")),
            }
        };
        let ids = |named: &Named<Seen>| named.first.iter().map(|seen| seen.id.clone()).collect();
        let (appeared, vanished): (Vec<String>, Vec<String>) =
            (ids(&changes.appeared), ids(&changes.vanished));
        let moved = changes.moved.first.iter().map(|moved| &moved.id);
        text += &some(
            "appeared",
            changes.appeared.total,
            &appeared.iter().collect::<Vec<_>>(),
        );
        text += &some(
            "vanished",
            changes.vanished.total,
            &vanished.iter().collect::<Vec<_>>(),
        );
        text += &some("moved", changes.moved.total, &moved.collect::<Vec<_>>());
        let renamed = changes.renamed.iter();
        let renamed: Vec<String> = renamed
            .map(|same| format!("{} is {}", same.from, same.to))
            .collect();
        text += &some(
            "renamed",
            renamed.len(),
            &renamed.iter().collect::<Vec<_>>(),
        );
    }
    text
}

/// The folder of what is kept.
pub(super) fn dir(named: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    let folder = named.map_or_else(usual, Folder::Named);
    match folder {
        Folder::Named(dir) | Folder::Usual(dir) => Ok(dir),
        Folder::None => bail!("there is no folder of what is kept; name it with --data"),
    }
}

/// Where programs of this person keep what is theirs, as the XDG Base Directory Specification says.
pub(super) fn usual() -> Folder {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let data = folder("XDG_DATA_HOME").filter(|data| data.is_absolute());
    let data = data.or_else(|| Some(folder("HOME")?.join(".local/share")));
    data.map_or(Folder::None, |data| Folder::Usual(data.join("zhugan")))
}
