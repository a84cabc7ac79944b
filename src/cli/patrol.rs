//! The command patrol: which team walks where this evening.

use std::time::Instant;

use anyhow::Context as _;

use crate::app::clock;
use crate::app::patrol::PatrolQuestion;
use crate::app::patrol::TeamQuestion;
use crate::app::patrol_files::carried;
use crate::app::region::LoadedRegion;
use crate::cli::output;
use crate::cli::patrol_arguments::PatrolArguments;
use crate::cli::patrol_arguments::PatrolFormat;
use crate::cli::patrol_table;
use crate::cli::progress;
use crate::cli::tone;
use crate::geometry::lon_lat::LonLat;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;
use crate::units::Seconds;

/// The largest plan of an evening that is read, bytes.
const LARGEST_PLAN: u64 = 64 << 20;

/// Plans an evening, and prints or writes it.
pub(super) fn patrol(asked: &PatrolArguments) -> anyhow::Result<()> {
    let region = progress::shown(|stage| {
        LoadedRegion::load(&asked.region, asked.equipment.as_deref(), stage)
    })?;
    let question = question(asked, &region)?;
    let start = Instant::now();
    let report = progress::told(|tell| {
        tell("measuring how far it is from stretch to stretch".to_owned());
        let stretches = region.stretches();
        let is_over = asked.patience.since(start);
        let tell = |now: Standing| {
            tell(format!(
                "the plan so far: {:.0}; no plan is better than {:.0}",
                now.value, now.bound
            ));
        };
        let watch = Watch {
            is_over: &is_over,
            tell: &tell,
        };
        let laid = region.lay_out(&question, &stretches)?;
        anyhow::Ok(region.patrol(&question, &laid, watch).report)
    })?;
    let output = asked.output.as_deref();
    let answer = match asked.format {
        PatrolFormat::Table => patrol_table::text(&report, tone(output)).into_bytes(),
        PatrolFormat::Json => report.json(),
        PatrolFormat::Geojson => report.geojson(),
        PatrolFormat::Gpx => report.gpx(None),
    };
    match output {
        Some(file) => output::write(file, &answer),
        None => output::print(&answer),
    }
}

fn question(asked: &PatrolArguments, region: &LoadedRegion) -> anyhow::Result<PatrolQuestion> {
    let place = |at: &[f64; 2]| LonLat::new(at[0], at[1]);
    let team = |number: usize| -> anyhow::Result<TeamQuestion> {
        Ok(TeamQuestion {
            start: asked.starts.get(number).map(place).transpose()?,
            end: asked.ends.get(number).map(place).transpose()?,
            ..TeamQuestion::default()
        })
    };
    let today = || clock::day(&region.settings.time_zone, clock::since_1970());
    let carried = match &asked.after {
        None => Vec::new(),
        Some(file) => {
            let whose = || format!("{}: the last evening's plan cannot be read", file.display());
            let length = std::fs::metadata(file).with_context(whose)?.len();
            anyhow::ensure!(
                length <= LARGEST_PLAN,
                "{}: a plan has at most {LARGEST_PLAN} bytes",
                file.display()
            );
            let bytes = std::fs::read(file).with_context(whose)?;
            carried(&bytes).map_err(|fault| {
                anyhow::anyhow!(
                    "{}: is no plan as patrol --format json writes it: {fault}",
                    file.display()
                )
            })?
        }
    };
    Ok(PatrolQuestion {
        teams: (0..asked.teams).map(team).collect::<Result<_, _>>()?,
        time: Seconds(asked.minutes * 60.0),
        aim: asked.goal.aim(),
        day: asked.day.clone().unwrap_or_else(today),
        begins: None,
        hot_spots: asked
            .hot_spots
            .iter()
            .map(place)
            .collect::<Result<_, _>>()?,
        inspects: asked.inspect,
        carried,
        kept: Vec::new(),
        seed: asked.seed,
    })
}
