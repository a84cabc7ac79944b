//! The settings of a region that a planner turns.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::http::ask::Caller;
use crate::http::ask::ask_changed;
use crate::http::ask::ask_json;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::problem::Fault;
use crate::http::validator::Seen;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::said::Said;
use crate::model::setting::Setting;
use crate::model::setting::Turned;

/// The settings that can be turned.
#[derive(Serialize, ToSchema)]
pub(super) struct TurnableBody {
    /// The snapshot that was asked.
    version: u64,
    settings: Vec<SettingBody>,
}

/// One setting.
#[derive(Serialize, ToSchema)]
pub(super) struct SettingBody {
    /// Its unit is the end of its name: meters, meters per second, seconds, days.
    #[schema(example = "target_m")]
    name: &'static str,
    /// What counts now.
    value: f64,
    /// What the region's file says.
    of_files: f64,
    /// Whether somebody has set it.
    is_set: bool,
    /// The least that it can be set to.
    least: f64,
    /// The most.
    most: f64,
}

/// Settings to be turned; what is left out stays as it is, and null lets the region's file count again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsRequest {
    /// A bank within this of usable equipment is covered, meters.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 1, maximum = 1000)]
    target_m: Said<f64>,
    /// A bank beyond this is a warning, meters; at least the target.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 1, maximum = 1000)]
    warn_m: Said<f64>,
    /// Running speed, meters per second.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 8)]
    run_m_s: Said<f64>,
    /// The first responder should be there within this, seconds.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 30, maximum = 7200)]
    arrival_s: Said<f64>,
    /// A piece of a kind that has no days of its own is to be looked at again within so many days; whole.
    #[serde(default)]
    #[schema(value_type = Option<u16>, minimum = 1, maximum = 3650)]
    inspect_days: Said<f64>,
}

/// The settings of a region that can be turned.
#[utoipa::path(get, path = "/api/v1/regions/{r}/settings", tag = "regions",
    params(parameters::Region),
    responses((status = 200, body = TurnableBody, description = "The settings.")))]
pub(super) async fn settings(
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask_json(&caller, move |regions| {
        body(regions, &*regions.snapshot(&region)?)
    })
    .await
}

/// Turns settings, all or none of them, and keeps them so: coverage, gaps and standards follow at once.
#[utoipa::path(patch, path = "/api/v1/regions/{r}/settings", tag = "regions",
    params(parameters::Region, parameters::IfMatch),
    request_body = SettingsRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = TurnableBody, description = "As they are now.", headers(("etag" = String, description = "Of the region as it is now.")))))]
pub(super) async fn turn_settings(
    planner: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<SettingsRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let said = asked.checked()?;
    ask_changed(&caller, move |regions| {
        let is_seen = |before: &Snapshot| seen.is(before);
        let after = regions.turn_settings(&planner.who(), &region, &said, is_seen)?;
        let turned = body(regions, &after)?;
        Ok((after, turned))
    })
    .await
}

impl SettingsRequest {
    fn checked(&self) -> Result<Vec<Turned>, Fault> {
        let said = [
            (Setting::TargetM, self.target_m),
            (Setting::WarnM, self.warn_m),
            (Setting::RunMS, self.run_m_s),
            (Setting::ArrivalS, self.arrival_s),
            (Setting::InspectDays, self.inspect_days),
        ];
        let mut turned = Vec::new();
        for (setting, said) in said {
            let value = match said {
                Said::Nothing => continue,
                Said::None => None,
                Said::This(value) => Some(within(setting, value)?),
            };
            turned.push(Turned { setting, value });
        }
        if turned.is_empty() {
            let all = Setting::ALL.map(Setting::name).join(", ");
            return Err(Fault::BadBody {
                detail: format!("the body changes nothing; give one or more of {all}"),
            });
        }
        Ok(turned)
    }
}

fn within(setting: Setting, value: f64) -> Result<f64, Fault> {
    let (range, name) = (setting.range(), setting.name());
    let is_whole = setting != Setting::InspectDays || value.fract() == 0.0;
    if range.contains(&value) && is_whole {
        return Ok(value);
    }
    let whole = if is_whole { "" } else { "whole " };
    let (least, most) = (range.start(), range.end());
    let detail = format!("{name} is {value}; give a {whole}number from {least} to {most}");
    Err(bad(name, detail))
}

fn body(regions: &Regions, snapshot: &Snapshot) -> Result<TurnableBody, Fault> {
    let region = &snapshot.region;
    let settings = Setting::ALL.into_iter().map(|setting| {
        Ok(SettingBody {
            name: setting.name(),
            value: setting.of(&region.settings),
            of_files: regions.setting_of_files(region.settings.id.as_str(), setting)?,
            is_set: region.turned_to(setting).is_some(),
            least: *setting.range().start(),
            most: *setting.range().end(),
        })
    });
    Ok(TurnableBody {
        version: snapshot.version,
        settings: settings.collect::<Result<_, Fault>>()?,
    })
}
