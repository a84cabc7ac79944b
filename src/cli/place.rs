//! The command place: where the next pieces go.

use std::time::Instant;

use crate::app::placement::Forbidden;
use crate::app::placement::PlacementQuestion;
use crate::app::region::LoadedRegion;
use crate::cli::output;
use crate::cli::place_arguments::PlaceArguments;
use crate::cli::place_arguments::PlaceFormat;
use crate::cli::place_table;
use crate::cli::progress;
use crate::cli::tone;
use crate::geometry::lon_lat::LonLat;
use crate::plan::placement::proposed::Goal;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;
use crate::units::Meters;

/// Proposes sites, and prints or writes them.
pub(super) fn place(asked: &PlaceArguments) -> anyhow::Result<()> {
    let region = progress::shown(|stage| {
        LoadedRegion::load(&asked.region, asked.equipment.as_deref(), stage)
    })?;
    let question = question(asked)?;
    let start = Instant::now();
    let limit = question.limit.unwrap_or(region.settings.reach.target);
    let report = progress::told(|tell| {
        tell("measuring what a piece covers at every place of the banks".to_owned());
        let sites = region.bank_sites(question.spacing, limit);
        let is_over = asked.patience.since(start);
        let tell = |now: Standing| tell(words(question.goal, now));
        let watch = Watch {
            is_over: &is_over,
            tell: &tell,
        };
        region.placement(&question, &sites, watch)
    })?;
    let output = asked.output.as_deref();
    let answer = match asked.format {
        PlaceFormat::Table => place_table::text(&report, tone(output)).into_bytes(),
        PlaceFormat::Json => report.json(),
        PlaceFormat::Geojson => report.geojson(),
        PlaceFormat::Csv => report.csv(),
    };
    match output {
        Some(file) => output::write(file, &answer),
        None => output::print(&answer),
    }
}

fn question(asked: &PlaceArguments) -> anyhow::Result<PlacementQuestion> {
    let required = asked
        .required
        .iter()
        .map(|&[lon, lat]| LonLat::new(lon, lat));
    let forbidden = asked.forbidden.iter().map(|(bank, from, to)| Forbidden {
        bank: bank.clone(),
        from: Meters(*from),
        to: Meters(*to),
    });
    // One of the two is there: the arguments are checked.
    let goal = match asked.cover {
        Some(share) => Goal::Fewest(share),
        None => Goal::Best(asked.sites.unwrap_or_default()),
    };
    Ok(PlacementQuestion {
        goal,
        kinds: asked.kinds.kinds.clone(),
        limit: asked.limit_m.map(Meters),
        backup: asked.backup,
        spacing: Meters(asked.spacing_m),
        by_risk: !asked.same_risk,
        moves: asked.moves,
        fair: asked.fair,
        required: required.collect::<Result<_, _>>()?,
        forbidden: forbidden.collect(),
        only: None,
        seed: asked.seed,
    })
}

fn words(goal: Goal, now: Standing) -> String {
    let bound = if now.bound.is_finite() {
        format!("{:.0}", now.bound)
    } else {
        "not known yet".to_owned()
    };
    match goal {
        Goal::Best(_) => format!(
            "covers {:.0} weighted meters more; the most possible: {bound}",
            now.value
        ),
        Goal::Fewest(_) => format!("{:.0} sites; the fewest possible: {bound}", now.value),
    }
}
