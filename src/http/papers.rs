//! Papers to print: the report of a village, and labels for the equipment, as PDF.

use axum::extract::RawQuery;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::Response;

use crate::app::labels::LabelsQuestion;
use crate::app::paper_words::Language;
use crate::app::village_report::ReportQuestion;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::described::parameters;
use crate::http::described::words::FileBytes;
use crate::http::exports::sent;
use crate::http::origin::Origin;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::service::Service;

/// Of every paper.
const MEDIA_TYPE: &str = "application/pdf";

/// The report of a village as a PDF of A4 pages: its totals, a map, its gaps by risk, its equipment.
#[utoipa::path(get, path = "/api/v1/regions/{r}/villages/{v}/report", tag = "coverage",
    params(parameters::Region, parameters::VillageId, parameters::PaperLanguage, parameters::LimitM),
    responses((status = 200, description = "The report as it is today, by the clock of the region.", content((FileBytes = "application/pdf")))))]
pub(super) async fn village_report(
    caller: Caller,
    Address((region, village)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["lang", "limit_m"])?;
    let question = ReportQuestion {
        village,
        language: language(&asked)?,
        limit: asked.limit()?,
    };
    let snapshot = caller.service.regions().snapshot(&region)?;
    let report = ask(&caller.service, move |_| {
        Ok(snapshot.village_report_pdf(&question)?)
    })
    .await?;
    Ok(sent(report, MEDIA_TYPE))
}

/// Labels for the equipment as a PDF of A4 sheets, eight on each: what nobody may do, the code, a QR code to its page.
///
/// The QR codes lead to the public address that the service was started with; without one, to where the request came to.
#[utoipa::path(get, path = "/api/v1/regions/{r}/labels", tag = "equipment",
    params(parameters::Region, parameters::Village, parameters::OnlyKinds, parameters::PaperLanguage),
    responses((status = 200, description = "The sheets.", content((FileBytes = "application/pdf")))))]
pub(super) async fn labels(
    caller: Caller,
    Address(region): Address<String>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["village", "kind", "lang"])?;
    let question = LabelsQuestion {
        village: asked.text("village").map(str::to_owned),
        kinds: asked.only_kinds()?,
        language: language(&asked)?,
        public_url: public_url(&caller.service, &headers)?,
    };
    let snapshot = caller.service.regions().snapshot(&region)?;
    let labels = ask(
        &caller.service,
        move |_| Ok(snapshot.labels_pdf(&question)?),
    )
    .await?;
    Ok(sent(labels, MEDIA_TYPE))
}

fn language(asked: &Parameters<'_>) -> Result<Language, Fault> {
    let words = Language::ALL.map(|language| (language.tag(), language));
    Ok(asked.word("lang", &words)?.unwrap_or_default())
}

/// Where browsers find the service: as it was started, or as this request has found it.
fn public_url(service: &Service, headers: &HeaderMap) -> Result<String, Fault> {
    if let Some(named) = &service.parts().settings.public_url {
        return Ok(named.as_str().to_owned());
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = match text("x-forwarded-proto") {
        Some("https") => "https",
        Some(_) | None => "http",
    };
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let found = Origin::new(&format!("{scheme}://{host}")).map_err(|_| {
        let host = shown(host);
        bad(
            "host",
            format!("{host} is no server's name, and QR codes have to lead to one; start the service with --public-url https://…"),
        )
    });
    Ok(found?.as_str().to_owned())
}
