//! Gaps: the stretches of bank that no equipment reaches within the limit, a page at a time.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::coverage::CoverageQuestion;
use crate::app::gaps::GapRow;
use crate::app::gaps::GapSort;
use crate::app::names;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask_region;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Bounds;
use crate::http::geojson::Collection;
use crate::http::geojson::Feature;
use crate::http::geojson::Geometry;
use crate::http::geojson::positions;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::problem::Fault;
use crate::http::problem::shown;

/// So many gaps come on a page at most.
pub(super) const MOST_GAPS: usize = 1_000;

/// So many come unless another number is asked for.
const USUAL_GAPS: usize = 100;

/// A page of gaps.
#[derive(Serialize, ToSchema)]
pub(super) struct GapsBody {
    #[serde(flatten)]
    collection: Collection<GapProperties>,
    /// The snapshot that was asked.
    version: u64,
    /// A bank that is no farther than this along the ground is covered, meters.
    limit_m: f64,
    /// How many gaps there are on all pages.
    total: usize,
    /// Where the next page is, if there is one.
    #[schema(required)]
    next: Option<String>,
}

/// What is known of a gap.
#[derive(Serialize, ToSchema)]
struct GapProperties {
    /// The same as long as neither its bank nor its start changes.
    id: String,
    /// The bank's id.
    bank: String,
    /// `left`, `right` or `shore`.
    #[schema(value_type = words::BankSide)]
    side: &'static str,
    /// The water body's id.
    water_body: String,
    #[schema(required)]
    water_body_name: Option<String>,
    /// The water body's risk grade, 1 (low) to 4 (highest).
    risk: u8,
    /// The village's id.
    #[schema(required)]
    village: Option<String>,
    #[schema(required)]
    village_name: Option<String>,
    /// Where on the bank it starts, meters.
    from_m: f64,
    /// Where on the bank it ends, meters.
    to_m: f64,
    length_m: f64,
    /// The farthest that any point of it is from equipment, meters; none where nobody gets here.
    #[schema(required)]
    worst_reach_m: Option<f64>,
    /// `none_near`, `across_water`, `only_unusable` or `unreachable`.
    #[schema(value_type = words::GapReason)]
    reason: &'static str,
    /// The id of the piece that is nearest as the crow flies.
    #[schema(required)]
    nearest: Option<String>,
    /// How far it is as the crow flies, meters.
    #[schema(required)]
    nearest_straight_m: Option<f64>,
    /// Around its line, in the datum of the answer.
    bounds: Bounds,
}

/// What is asked.
struct Asked {
    village: Option<String>,
    water_body: Option<String>,
    sort: GapSort,
    limit: usize,
    after: Option<String>,
    datum: Converter,
}

/// The stretches of bank that no equipment reaches within the limit, as GeoJSON.
#[utoipa::path(get, path = "/api/v1/regions/{r}/gaps", tag = "coverage",
    params(parameters::Region, parameters::Village, parameters::WaterBody, parameters::Kinds, parameters::LimitM, parameters::Counted, parameters::Sort, parameters::GapsAPage, parameters::AfterGap, parameters::Datum),
    responses((status = 200, body = GapsBody, description = "A page of gaps.", headers(("etag" = String, description = "For if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn gaps(
    caller: Caller,
    Address(id): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let known = [
        "village",
        "water_body",
        "kind",
        "limit_m",
        "condition",
        "sort",
        "limit",
        "after",
        "datum",
    ];
    let asked = Parameters::new(query.as_deref(), &known)?;
    let sorts = [("length", GapSort::Length), ("risk", GapSort::Risk)];
    let (kinds, limit, counting) = (asked.kinds()?, asked.limit()?, asked.counting()?);
    let asked = Asked {
        village: asked.text("village").map(str::to_owned),
        water_body: asked.text("water_body").map(str::to_owned),
        sort: asked.word("sort", &sorts)?.unwrap_or(GapSort::Length),
        limit: asked
            .number("limit", &(1..=MOST_GAPS))?
            .unwrap_or(USUAL_GAPS),
        after: asked.text("after").map(str::to_owned),
        datum: asked.datum()?,
    };
    ask_region(&caller, &id, move |snapshot| {
        let region = snapshot.region.settings.id.as_str();
        let limit = limit.unwrap_or(snapshot.region.settings.reach.target);
        let question = CoverageQuestion::new(&kinds, limit, counting);
        let (village, water_body) = (asked.village.as_deref(), asked.water_body.as_deref());
        let report = snapshot.coverage(&question);
        let found = snapshot.gaps_of(&report, village, water_body, asked.sort)?;
        let (page, next) = page(&found, &asked, query.as_deref(), region)?;
        let features = page.iter().map(|gap| feature(gap, &asked.datum));
        Ok(GapsBody {
            collection: Collection::new(&asked.datum, features.collect::<Result<_, _>>()?),
            version: snapshot.version,
            limit_m: question.limit().0,
            total: found.len(),
            next,
        })
    })
    .await
}

/// The gaps of one page, and where the next page is.
fn page<'a>(
    found: &'a [&'a GapRow],
    asked: &Asked,
    query: Option<&str>,
    region: &str,
) -> Result<(&'a [&'a GapRow], Option<String>), Fault> {
    let rest = match &asked.after {
        Some(after) => {
            let last = found.iter().position(|gap| gap.id == *after);
            let wrong = || {
                let after = shown(after);
                bad(
                    "after",
                    format!("after is {after}; give the id of the last gap of a page"),
                )
            };
            &found[last.ok_or_else(wrong)? + 1..]
        }
        None => found,
    };
    let page = &rest[..rest.len().min(asked.limit)];
    let is_last = page.len() == rest.len();
    let next = page.last().filter(|_| !is_last);
    let next = next.map(|last| next_address(region, query, &last.id));
    Ok((page, next))
}

fn next_address(region: &str, query: Option<&str>, after: &str) -> String {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let mut next = form_urlencoded::Serializer::new(String::new());
    next.extend_pairs(pairs.filter(|(name, _)| name != "after"));
    next.append_pair("after", after);
    format!("/api/v1/regions/{region}/gaps?{}", next.finish())
}

fn feature(gap: &GapRow, datum: &Converter) -> Result<Feature<GapProperties>, Fault> {
    let line = positions(datum, &gap.line)?;
    let properties = GapProperties {
        id: gap.id.clone(),
        bank: gap.bank.clone(),
        side: names::of_side(gap.side),
        water_body: gap.water_body.clone(),
        water_body_name: gap.water_body_name.clone(),
        risk: gap.risk,
        village: gap.village.clone(),
        village_name: gap.village_name.clone(),
        from_m: gap.from_m,
        to_m: gap.to_m,
        length_m: gap.length_m,
        worst_reach_m: gap.worst_reach_m,
        reason: names::of_reason(gap.reason),
        nearest: gap.nearest.clone(),
        nearest_straight_m: gap.nearest_straight_m,
        bounds: Bounds::around(&line),
    };
    let line = Geometry::LineString(line);
    Ok(Feature::new(Some(gap.id.clone()), line, properties))
}
