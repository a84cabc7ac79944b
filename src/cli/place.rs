//! The command place: where the next pieces go.

use std::sync::Arc;
use std::time::Instant;

use crate::app::placement::Forbidden;
use crate::app::placement::PlacementQuestion;
use crate::app::placement_kinds::ByKind;
use crate::app::placement_weights::Nearness;
use crate::app::region::LoadedRegion;
use crate::cli::output;
use crate::cli::place_arguments::MOST_SITES;
use crate::cli::place_arguments::PlaceArguments;
use crate::cli::place_arguments::PlaceFormat;
use crate::cli::place_table;
use crate::cli::progress;
use crate::cli::tone;
use crate::cli::words;
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
    let report = progress::told(|tell| {
        tell("measuring what a piece covers at every place".to_owned());
        let (spacing, beside) = (question.spacing, question.beside);
        let sites = |limit| Arc::new(region.bank_sites(spacing, limit, beside));
        let measured = region.measured(&question, sites);
        let is_over = asked.patience.since(start);
        let tell = |now: Standing| tell(standing(question.goal, now));
        let watch = Watch {
            is_over: &is_over,
            tell: &tell,
        };
        region.placement(&question, &measured, watch)
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
    let by_kind = by_kind(asked)?;
    // One of the three is there: the arguments are checked.
    let goal = match (asked.cover, PlacementQuestion::goal_of(&by_kind)) {
        (Some(share), _) => Goal::Fewest(share),
        (None, Some(goal)) => goal,
        (None, None) => Goal::Best(asked.sites.unwrap_or_default()),
    };
    Ok(PlacementQuestion {
        goal,
        kinds: asked.kinds.kinds.clone(),
        limit: asked.limit_m.map(Meters),
        by_kind,
        backup: asked.backup,
        spacing: Meters(asked.spacing_m),
        beside: !asked.banks_only,
        by_risk: !asked.same_risk,
        near: Nearness {
            houses: asked.near_houses,
            schools: asked.near_schools,
            incidents: 0.0,
        },
        // Incidents are in the store of the service.
        incidents: Vec::new(),
        moves: asked.moves,
        fair: asked.fair,
        required: required.collect::<Result<_, _>>()?,
        forbidden: forbidden.collect(),
        only: None,
        seed: asked.seed,
    })
}

/// What is said of single kinds; each must be one that counts.
fn by_kind(asked: &PlaceArguments) -> anyhow::Result<Vec<ByKind>> {
    let of_put = asked
        .put
        .iter()
        .map(|&(kind, sites)| (kind, None, Some(sites)));
    let of_reach = asked
        .reach
        .iter()
        .map(|&(kind, limit)| (kind, Some(Meters(limit)), None));
    let mut by_kind: Vec<ByKind> = Vec::new();
    for (kind, limit, sites) in of_put.chain(of_reach) {
        let name = words::equipment(kind);
        if !asked.kinds.kinds.contains(&kind) {
            anyhow::bail!("a {name} does not count here; add it to --kind");
        }
        let index = by_kind.iter().position(|known| known.kind == kind);
        let index = index.unwrap_or_else(|| {
            by_kind.push(ByKind {
                kind,
                limit: None,
                sites: None,
            });
            by_kind.len() - 1
        });
        let known = &mut by_kind[index];
        if (known.limit.is_some() && limit.is_some()) || (known.sites.is_some() && sites.is_some())
        {
            anyhow::bail!("a {name} is named twice; name each kind once");
        }
        known.limit = known.limit.or(limit);
        known.sites = known.sites.or(sites);
    }
    let most: usize = by_kind.iter().filter_map(|one| one.sites).sum();
    if most > MOST_SITES {
        anyhow::bail!("--put names {most} pieces together; give at most {MOST_SITES}");
    }
    Ok(by_kind)
}

fn standing(goal: Goal, now: Standing) -> String {
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
