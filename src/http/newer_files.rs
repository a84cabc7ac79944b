//! The import report: what a region's files hold otherwise than before; for whoever keeps the region.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::names;
use crate::app::newer_files::KeptImport;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask_json;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::import_report::MOST_NAMED;
use crate::model::import_report::Named;
use crate::model::import_report::Seen;
use crate::model::import_report::ThingChanges;

/// What is another in a region's files.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportReportBody {
    region: String,
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    /// When files were read that held others than those before, UTC; none if none have been.
    #[schema(required, example = "2026-11-25T02:00:00Z")]
    at: Option<String>,
    /// The kinds of which anything was another.
    things: Vec<ThingBody>,
}

/// What is another among the things of one kind.
#[derive(Serialize, ToSchema)]
struct ThingBody {
    #[schema(value_type = words::ThingName)]
    thing: &'static str,
    /// In the files now, and not before.
    appeared: SeenBodies,
    /// In the files before, and not now.
    vanished: SeenBodies,
    /// More than 3 m from where it was.
    moved: MovedBodies,
    /// At the same place under another id: what was said of it under the old one holds.
    renamed: RenamedBodies,
}

/// Some things that have other ids.
#[derive(Serialize, ToSchema)]
struct RenamedBodies {
    /// How many there are.
    total: usize,
    /// The first of them by their old id, at most 200.
    first: Vec<RenamedThing>,
}

/// Something that has another id.
#[derive(Serialize, ToSchema)]
struct RenamedThing {
    from: String,
    to: String,
    at: Position,
}

/// Some things.
#[derive(Serialize, ToSchema)]
struct SeenBodies {
    /// How many there are.
    total: usize,
    /// The first of them by id, at most 200.
    first: Vec<SeenThing>,
}

/// Something, and where it is or was.
#[derive(Serialize, ToSchema)]
struct SeenThing {
    id: String,
    at: Position,
}

/// Some things that are elsewhere.
#[derive(Serialize, ToSchema)]
struct MovedBodies {
    /// How many there are.
    total: usize,
    /// The first of them by id, at most 200.
    first: Vec<MovedThing>,
}

/// Something that is elsewhere.
#[derive(Serialize, ToSchema)]
struct MovedThing {
    id: String,
    from: Position,
    to: Position,
    moved_m: f64,
}

/// What a region's files held otherwise than before, when they last did: appeared, vanished, moved, or has another id.
#[utoipa::path(get, path = "/api/v1/regions/{r}/import-report", tag = "regions",
    params(parameters::Region, parameters::Datum),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = ImportReportBody, description = "The report.")))]
pub(super) async fn import_report(
    _: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    ask_json(&caller, move |regions| {
        let kept = regions.import_report(&region)?;
        ImportReportBody::new(region, kept.as_ref(), &datum)
    })
    .await
}

impl ImportReportBody {
    fn new(region: String, kept: Option<&KeptImport>, datum: &Converter) -> Result<Self, Fault> {
        let things = kept.iter().flat_map(|kept| &kept.report.things);
        let things = things.map(|changes| ThingBody::new(changes, datum));
        Ok(Self {
            region,
            datum: datum.datum().to_string(),
            at: kept.map(|kept| clock::text(kept.at_ms)),
            things: things.collect::<Result<_, _>>()?,
        })
    }
}

impl ThingBody {
    fn new(changes: &ThingChanges, datum: &Converter) -> Result<Self, Fault> {
        let moved = changes.moved.first.iter().map(|moved| {
            Ok(MovedThing {
                id: moved.id.clone(),
                from: position(datum, moved.from)?,
                to: position(datum, moved.to)?,
                moved_m: moved.by.tenths(),
            })
        });
        let renamed = changes.renamed.iter().take(MOST_NAMED).map(|same| {
            Ok(RenamedThing {
                from: same.from.clone(),
                to: same.to.clone(),
                at: position(datum, same.at)?,
            })
        });
        Ok(Self {
            thing: names::of_thing(changes.thing),
            appeared: SeenBodies::new(&changes.appeared, datum)?,
            vanished: SeenBodies::new(&changes.vanished, datum)?,
            moved: MovedBodies {
                total: changes.moved.total,
                first: moved.collect::<Result<_, Fault>>()?,
            },
            renamed: RenamedBodies {
                total: changes.renamed.len(),
                first: renamed.collect::<Result<_, Fault>>()?,
            },
        })
    }
}

impl SeenBodies {
    fn new(named: &Named<Seen>, datum: &Converter) -> Result<Self, Fault> {
        let first = named.first.iter().map(|seen| {
            Ok(SeenThing {
                id: seen.id.clone(),
                at: position(datum, seen.at)?,
            })
        });
        Ok(Self {
            total: named.total,
            first: first.collect::<Result<_, Fault>>()?,
        })
    }
}
