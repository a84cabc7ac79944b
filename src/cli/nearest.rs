//! The nearest to one place of a region.

use anyhow::anyhow;

use crate::app::nearest::NearestQuestion;
use crate::app::region::LoadedRegion;
use crate::app::snapshot::Snapshot;
use crate::cli::arguments::NearestArguments;
use crate::cli::arguments::NearestFormat;
use crate::cli::arguments::Whom;
use crate::cli::nearest_table;
use crate::cli::output;
use crate::cli::progress;
use crate::cli::tone;
use crate::geometry::datum::Datum;
use crate::geometry::lon_lat::LonLat;
use crate::http::nearest_body::NearestBody;
use crate::http::nearest_body::Shape;

/// Loads the region and prints what is nearest to the place.
pub(super) fn nearest(asked: &NearestArguments) -> anyhow::Result<()> {
    let (datum, at) = asked.place()?;
    match asked.whom {
        Whom::Equipment => {}
    }
    let region = progress::shown(|stage| LoadedRegion::load(&asked.region, None, stage))?;
    let snapshot = Snapshot::alone(region);
    if !snapshot.holds(at) {
        return Err(elsewhere(asked, &snapshot, at));
    }
    let shape = Shape {
        datum,
        with_lines: asked.format == NearestFormat::Json,
    };
    let answer = snapshot.nearest(&NearestQuestion {
        at,
        kinds: asked.kinds.kinds.clone(),
        most: asked.limit,
        with_lines: shape.with_lines,
        with_unusable: asked.unusable,
    })?;
    let answer = match asked.format {
        NearestFormat::Table => {
            nearest_table::text(&snapshot, asked, &answer, tone(None)).into_bytes()
        }
        NearestFormat::Json => {
            let body = NearestBody::new(&snapshot, at, &answer, &shape)?;
            let mut json = serde_json::to_vec_pretty(&body)?;
            json.push(b'\n');
            json
        }
    };
    output::print(&answer)
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
