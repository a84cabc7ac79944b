//! The register as a file for somebody else's program: a spreadsheet, a map program, a receiver.

use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::HeaderValue;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;

use crate::app::exports::Export;
use crate::app::exports::PointFormat;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::described::parameters;
use crate::http::described::words::FileBytes;
use crate::http::described::words::GeoJsonFile;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;

/// A register may change at any time, and a file on somebody's disk does not.
const NOT_KEPT: &str = "no-store";

/// All equipment of a region as a file: CSV (with a byte order mark), `GeoJSON`, `GeoPackage`, GPX, KML or XLSX.
///
/// GPX and KML are in WGS-84 by their standards. A text that a spreadsheet would run as a formula has an apostrophe in
/// front in CSV, and is a text in XLSX.
#[utoipa::path(get, path = "/api/v1/regions/{r}/export", tag = "equipment",
    params(parameters::Region, parameters::ExportFormat, parameters::Datum),
    responses((status = 200, description = "The file, under the media type of its format.", content(
        (FileBytes = "text/csv"), (GeoJsonFile = "application/geo+json"), (FileBytes = "application/geopackage+sqlite3"),
        (FileBytes = "application/gpx+xml"), (FileBytes = "application/vnd.google-earth.kml+xml"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub(super) async fn export(
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["format", "datum"])?;
    let words = PointFormat::ALL.map(|format| (format.extension(), format));
    let format = asked.word("format", &words)?.unwrap_or(PointFormat::Csv);
    let datum = asked.datum()?;
    let snapshot = caller.service.regions().snapshot(&region)?;
    let export = ask(&caller.service, move |_| {
        Ok(snapshot.export(format, &datum)?)
    })
    .await?;
    Ok(sent(export, format.media_type()))
}

/// A file that is kept under its name by whoever asked for it, and by no cache.
pub(super) fn sent(export: Export, media_type: &'static str) -> Response {
    let mut response = Body::from(export.bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(NOT_KEPT));
    // A region's id and a datum's name are plain letters.
    let named = format!("attachment; filename=\"{}\"", export.file_name);
    if let Ok(named) = HeaderValue::from_str(&named) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    response
}
