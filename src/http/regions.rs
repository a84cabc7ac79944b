//! The regions: what is loaded, where it is, how it is set.

use std::collections::BTreeMap;

use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::gaps::USUAL_KINDS;
use crate::app::keeping::Place;
use crate::app::names;
use crate::app::regions::Regions;
use crate::app::regions::Slot;
use crate::app::regions::State as RegionState;
use crate::app::snapshot::Snapshot;
use crate::http::ask::Caller;
use crate::http::ask::ask_all;
use crate::http::base_map::BaseMap;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Bounds;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::model::region::RegionSettings;

/// All regions.
#[derive(Serialize, ToSchema)]
pub(super) struct RegionList {
    /// In the order in which they were named.
    regions: Vec<RegionBody>,
}

/// One region.
#[derive(Serialize, ToSchema)]
pub(super) struct RegionBody {
    /// Unique; the name of its folder where its region.toml cannot be read.
    id: String,
    /// What the codes of its pieces begin with.
    #[schema(example = "LI")]
    code: String,
    /// By language, like `zh` and `en`.
    name: BTreeMap<String, String>,
    /// West, south, east, north, degrees (WGS-84); none unless ready.
    #[schema(required)]
    bounds: Option<Bounds>,
    /// `loading`, `ready` or `failed`.
    #[schema(value_type = words::RegionState)]
    state: &'static str,
    /// Why it failed, in one line.
    #[schema(required)]
    reason: Option<String>,
    /// Counts up with every change; 0 unless ready.
    version: u64,
    /// Whether some of the equipment is made up for demonstration, which must be said.
    illustrative: bool,
    /// Whether the whole place is made up, which must be said.
    invented: bool,
    /// Who must be named wherever the map is shown.
    #[schema(required)]
    attribution: Option<String>,
    /// The day of the map data, `YYYY-MM-DD`, where it is known.
    #[schema(required)]
    map_date: Option<String>,
    /// When the files were read, UTC.
    #[schema(required)]
    loaded_at: Option<String>,
    /// Where changes are kept: in a `file`, or in `memory` until the service ends.
    stored: &'static str,
    /// How much there is; none unless ready.
    #[schema(required)]
    counts: Option<Counts>,
    /// How far and how fast; none where its region.toml cannot be read.
    #[schema(required)]
    settings: Option<SettingsBody>,
    /// A map of somebody else's to draw under it, where one is configured.
    #[schema(required)]
    base_map: Option<BaseMap>,
}

/// How much there is in a region.
#[derive(Serialize, ToSchema)]
struct Counts {
    water_bodies: usize,
    banks: usize,
    villages: usize,
    equipment: usize,
    crossings: usize,
    oddities: usize,
}

/// How far and how fast.
#[derive(Serialize, ToSchema)]
struct SettingsBody {
    /// A bank within this of usable equipment is covered, meters.
    target_m: f64,
    /// A bank beyond this is a warning, meters.
    warn_m: f64,
    /// Running speed, meters per second.
    run_m_s: f64,
    /// Walking speed, meters per second.
    walk_m_s: f64,
    /// Time for fetching and returning, seconds.
    budget_s: f64,
    /// The kinds that count unless others are asked for.
    #[schema(value_type = Vec<words::Kind>)]
    kinds: Vec<&'static str>,
    /// IANA name.
    time_zone: String,
    /// Emergency numbers by service.
    country_calls: BTreeMap<String, String>,
}

/// All regions, whether they can be asked or not.
#[utoipa::path(get, path = "/api/v1/regions", tag = "regions",
    responses((status = 200, body = RegionList, description = "All regions.", headers(("etag" = String, description = "For if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn regions(
    caller: Caller,
    query: axum::extract::RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.0.as_deref(), &[])?;
    let base_map = caller.service.parts().settings.base_map.clone();
    ask_all(&caller, move |regions| {
        let slots = regions.slots().iter();
        let stored = stored(regions);
        let regions = slots.map(|slot| body(slot, stored, base_map.as_ref()));
        Ok(RegionList {
            regions: regions.collect(),
        })
    })
    .await
}

/// One region.
#[utoipa::path(get, path = "/api/v1/regions/{r}", tag = "regions",
    params(parameters::Region),
    responses((status = 200, body = RegionBody, description = "The region.", headers(("etag" = String, description = "For if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn region(
    caller: Caller,
    Address(id): Address<String>,
    query: axum::extract::RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.0.as_deref(), &[])?;
    let base_map = caller.service.parts().settings.base_map.clone();
    ask_all(&caller, move |regions| {
        let slot = regions.slot(&id)?;
        Ok(body(slot, stored(regions), base_map.as_ref()))
    })
    .await
}

/// Where changes are kept.
fn stored(regions: &Regions) -> &'static str {
    match regions.keeping().place {
        Place::InFile(_) => "file",
        Place::InMemory(_) => "memory",
    }
}

fn body(slot: &Slot, stored: &'static str, base_map: Option<&BaseMap>) -> RegionBody {
    let state = slot.state();
    let (state, reason, snapshot) = match &*state {
        RegionState::Loading => ("loading", None, None),
        RegionState::Ready(snapshot) => ("ready", None, Some(snapshot)),
        RegionState::Failed(reason) => ("failed", Some(reason.clone()), None),
    };
    // What somebody has turned counts, not what the file says.
    let now = snapshot.map(|snapshot| &snapshot.region.settings);
    let settings = now.or(slot.settings.as_ref());
    RegionBody {
        id: slot.id.clone(),
        code: slot.prefix.to_string(),
        name: settings
            .map(|settings| settings.name.clone())
            .unwrap_or_default(),
        bounds: snapshot.map(|snapshot| Bounds(snapshot.base.bounds.region)),
        state,
        reason,
        version: snapshot.map_or(0, |snapshot| snapshot.version),
        illustrative: snapshot.is_some_and(|snapshot| snapshot.region.is_illustrative()),
        invented: settings.is_some_and(|settings| settings.is_invented),
        attribution: settings.and_then(|settings| settings.attribution.clone()),
        map_date: settings.and_then(|settings| settings.map_date.clone()),
        loaded_at: snapshot.map(|snapshot| snapshot.loaded_at.clone()),
        stored,
        counts: snapshot.map(|snapshot| counts(snapshot)),
        settings: settings.map(settings_body),
        base_map: base_map.cloned(),
    }
}

fn counts(snapshot: &Snapshot) -> Counts {
    let region = &snapshot.region;
    Counts {
        water_bodies: region.ground.water_bodies.len(),
        banks: region.ground.banks.len(),
        villages: region.ground.villages.len(),
        equipment: region.equipment.len(),
        crossings: region.ground.crossings.len(),
        oddities: region.oddities.len(),
    }
}

fn settings_body(settings: &RegionSettings) -> SettingsBody {
    let reach = &settings.reach;
    SettingsBody {
        target_m: reach.target.0,
        warn_m: reach.warn.0,
        run_m_s: reach.run.0,
        walk_m_s: reach.walk.0,
        budget_s: reach.budget.0,
        kinds: USUAL_KINDS.map(names::of_equipment).to_vec(),
        time_zone: settings.time_zone.clone(),
        country_calls: settings.country_calls.clone(),
    }
}
