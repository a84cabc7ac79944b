//! The nearest to one place of a region.

use anyhow::anyhow;
use serde::Serialize;

use crate::app::nearest::NearestQuestion;
use crate::app::region::LoadedRegion;
use crate::app::responders;
use crate::app::responders::RespondersQuestion;
use crate::app::snapshot::Snapshot;
use crate::cli::arguments::NearestArguments;
use crate::cli::arguments::NearestFormat;
use crate::cli::arguments::Via;
use crate::cli::arguments::Whom;
use crate::cli::nearest_table;
use crate::cli::output;
use crate::cli::progress;
use crate::cli::responders_table;
use crate::cli::tone;
use crate::geometry::datum::Datum;
use crate::geometry::lon_lat::LonLat;
use crate::http::nearest_body::NearestBody;
use crate::http::nearest_body::Shape;
use crate::http::responders_body::RespondersBody;

/// Loads the region and prints what is nearest to the place.
pub(super) fn nearest(asked: &NearestArguments) -> anyhow::Result<()> {
    let (datum, at) = asked.place()?;
    let region = progress::shown(|stage| LoadedRegion::load(&asked.region, None, stage))?;
    let snapshot = Snapshot::alone(region);
    if !snapshot.holds(at) {
        return Err(elsewhere(asked, &snapshot, at));
    }
    let shape = Shape {
        datum,
        with_lines: asked.format == NearestFormat::Json,
    };
    let answer = match asked.whom {
        Whom::Equipment => equipment(asked, &snapshot, at, &shape)?,
        Whom::Responders => responders(asked, &snapshot, at, &shape)?,
    };
    output::print(&answer)
}

fn equipment(
    asked: &NearestArguments,
    snapshot: &Snapshot,
    at: LonLat,
    shape: &Shape,
) -> anyhow::Result<Vec<u8>> {
    let answer = snapshot.nearest(&NearestQuestion {
        at,
        kinds: asked.kinds.kinds.clone(),
        most: asked.limit,
        with_lines: shape.with_lines,
        with_unusable: asked.unusable,
    })?;
    match asked.format {
        NearestFormat::Table => {
            Ok(nearest_table::text(snapshot, asked, &answer, tone(None)).into_bytes())
        }
        NearestFormat::Json => json(&NearestBody::new(snapshot, at, &answer, shape)?),
    }
}

fn responders(
    asked: &NearestArguments,
    snapshot: &Snapshot,
    at: LonLat,
    shape: &Shape,
) -> anyhow::Result<Vec<u8>> {
    let crew = snapshot.crew();
    if crew.responders().is_empty() {
        return Err(anyhow!(
            "{} lists no responders; name a file of them with use = [\"responders\"] in its region.toml",
            asked.region.display()
        ));
    }
    let mut now = snapshot.now();
    now.minute_of_day = asked.time.unwrap_or(now.minute_of_day);
    let question = RespondersQuestion {
        at,
        whom: responders::Whom::All,
        fetch: asked.via.map(|Via::Fetch| asked.kinds.kinds.clone()),
        most: asked.limit,
        now,
    };
    let answer = snapshot.responders(&crew, &question)?;
    match asked.format {
        NearestFormat::Table => {
            let both = (&question, &answer);
            Ok(responders_table::text(snapshot, &crew, asked, both, tone(None)).into_bytes())
        }
        NearestFormat::Json => json(&RespondersBody::new(
            snapshot, &crew, &question, &answer, shape,
        )?),
    }
}

fn json(body: &impl Serialize) -> anyhow::Result<Vec<u8>> {
    let mut json = serde_json::to_vec_pretty(body)?;
    json.push(b'\n');
    Ok(json)
}

/// Why nothing is nearest to a place outside the region, and what was probably meant.
fn elsewhere(asked: &NearestArguments, snapshot: &Snapshot, at: LonLat) -> anyhow::Error {
    let region = snapshot.region.settings.id.as_str();
    let [x, y] = asked.at;
    let swapped = LonLat::new(at.lat(), at.lon());
    if swapped.is_ok_and(|swapped| snapshot.holds(swapped)) {
        return anyhow!(
            "{x},{y} lies outside the region {region}, but {y},{x} inside; give longitude first, like --at {y},{x}"
        );
    }
    let given_as_wgs84 = matches!(asked.datum, Datum::Wgs84 | Datum::Cgcs2000);
    if let Some(datum) = snapshot.reads_as(at).filter(|_| given_as_wgs84) {
        return anyhow!(
            "{x},{y} lies outside the region {region} as {}, but inside as {datum}; if it comes from such a map, add --datum {datum}",
            asked.datum
        );
    }
    let [west, south, east, north] = snapshot.base.bounds.region;
    anyhow!(
        "{x},{y} lies outside the region {region}, which lies between {west:.4},{south:.4} and {east:.4},{north:.4} (longitude,latitude in wgs84); give a place in it, or the folder of another region"
    )
}
