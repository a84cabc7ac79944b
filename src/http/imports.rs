//! Files of equipment that are brought in: what would become of every row, and then all of it at once.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::import::COLUMNS;
use crate::app::import::Doubt;
use crate::app::import::ImportQuestion;
use crate::app::import::Outcome;
use crate::app::import::Preview;
use crate::app::import::PreviewRow;
use crate::app::import::Skip;
use crate::app::names;
use crate::app::snapshot::Snapshot;
use crate::geometry::converter::Converter;
use crate::geometry::datum::Datum;
use crate::http::ask::Caller;
use crate::http::ask::ask_changed;
use crate::http::body::FileBody;
use crate::http::column_body::ColumnBody;
use crate::http::described::import_parameters as parameters;
use crate::http::described::parameters::IfMatch;
use crate::http::described::parameters::Region;
use crate::http::described::words;
use crate::http::described::words::FileBytes;
use crate::http::geojson::Feature;
use crate::http::geojson::Geometry;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::converter;
use crate::http::parameters::kind;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::validator::Seen;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::text::Name;
use crate::units::Meters;

/// So many rows of each outcome are told at most.
pub(super) const MOST_TOLD: usize = 5_000;

/// So many are told unless another number is asked for.
const USUALLY_TOLD: usize = 1_000;

/// So many oddities are told.
const MOST_ODDITIES: usize = 200;

/// What an import does, or would do.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportBody {
    region: String,
    /// Of all coordinates of this answer.
    datum: &'static str,
    /// The snapshot that the file was held against; after an import, the one with it.
    version: u64,
    /// The file's name.
    file: String,
    /// In which system its coordinates were taken to be.
    read_as: String,
    /// In which system they seem to be instead, if they do.
    #[schema(required)]
    suspicion: Option<SuspicionBody>,
    counts: CountsBody,
    /// The rows, of each outcome at most as many as were asked for; those that change nothing are left out.
    rows: Vec<Feature<RowProperties>>,
    /// What was odd, at most 200: rows that could not be read among it.
    oddities: Vec<OddityBody>,
    /// Of a table, its columns in order, at most 100; `columns` can say otherwise which is which.
    columns: Vec<ColumnBody>,
    /// The entry of the audit log by which the import is undone whole; none of a preview, or where there was nothing to do.
    #[schema(required)]
    entry: Option<i64>,
}

/// Coordinates that seem to be in another system.
#[derive(Serialize, ToSchema)]
struct SuspicionBody {
    /// Ask again with `datum` as this if it is right.
    datum: String,
    /// How far off the places are as they were read, meters.
    off_m: f64,
}

/// How many rows become what.
#[derive(Serialize, ToSchema)]
struct CountsBody {
    /// Rows that could be read.
    rows: usize,
    added: usize,
    changed: usize,
    unchanged: usize,
    skipped: usize,
    /// Villages, in a file of boundaries that holds no equipment.
    villages: usize,
    oddities: usize,
}

/// One row.
#[derive(Serialize, ToSchema)]
struct RowProperties {
    /// As the program shows it that the file comes from, like `row 12`.
    row: String,
    /// The piece's id from then on.
    id: String,
    /// `pole`, `ring`, `rope`, `board`, `jacket`, `aed` or `other`.
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    /// `usable`, `damaged`, `missing` or `unverified`.
    #[schema(value_type = words::PieceCondition)]
    condition: &'static str,
    #[schema(required)]
    name: Option<String>,
    /// `added`, `changed` or `skipped`.
    #[schema(value_type = words::RowOutcome)]
    outcome: &'static str,
    /// Why it is skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<words::SkipReason>)]
    reason: Option<&'static str>,
    /// The particulars of that: the other piece, the village, what is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// How far the other piece or the village's bank is, meters.
    #[serde(skip_serializing_if = "Option::is_none")]
    away_m: Option<f64>,
    /// What is another from then on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Option<Vec<words::PieceField>>)]
    changes: Vec<&'static str>,
    /// Where it stood, if it is moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Position>,
}

/// Something odd in the file.
#[derive(Serialize, ToSchema)]
struct OddityBody {
    /// The row or feature.
    id: String,
    detail: String,
}

/// What a file of equipment would do to the register: pieces added, changed, left as they are, rows skipped and why.
///
/// A row is about a piece that is there if it has its id, or the code that is printed on it; what it does not say stays as it
/// is. Another piece of the same kind within 3 m is taken for the same. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/regions/{r}/imports/preview", tag = "equipment",
    params(Region, parameters::FileName, parameters::FileDatum, parameters::FileLayer, parameters::FileColumns, parameters::FileKind, parameters::MadeUp, parameters::Takes, parameters::RowsTold),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The file: CSV, XLSX, GeoJSON, a zipped Shapefile, GeoPackage, KML, KMZ, GPX or OpenStreetMap, at most 64 MiB."),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = ImportBody, description = "What the import would do.", headers(("etag" = String, description = "Of the region as it is now, for the import itself.")))))]
pub(super) async fn preview_import(
    _: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    FileBody(bytes): FileBody,
) -> Result<Response, Fault> {
    let (asked, told) = question(query.as_deref())?;
    ask_changed(&caller, move |regions| {
        let (now, preview) = regions.preview_import(&region, &asked, &bytes)?;
        let body = body(&now, asked, preview, (told, None))?;
        Ok((now, body))
    })
    .await
}

/// Imports a file of equipment: everything that its preview says, or nothing; one entry of the audit log undoes it whole.
#[utoipa::path(post, path = "/api/v1/regions/{r}/imports", tag = "equipment",
    params(Region, parameters::FileName, parameters::FileDatum, parameters::FileLayer, parameters::FileColumns, parameters::FileKind, parameters::MadeUp, parameters::Takes, parameters::RowsTold, IfMatch),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The file, as it was previewed."),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = ImportBody, description = "What has been done.", headers(("etag" = String, description = "Of the region as it is now.")))))]
pub(super) async fn import_file(
    planner: Holder<Planner>,
    seen: Seen,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    FileBody(bytes): FileBody,
) -> Result<Response, Fault> {
    let (asked, told) = question(query.as_deref())?;
    ask_changed(&caller, move |regions| {
        let who = planner.who();
        let imported = regions.import(&who, &region, &asked, &bytes, |now| seen.is(now));
        let (after, preview, entry) = imported?;
        let body = body(&after, asked, preview, (told, entry))?;
        Ok((after, body))
    })
    .await
}

/// What is asked, and how many rows are to be told.
fn question(query: Option<&str>) -> Result<(ImportQuestion, usize), Fault> {
    let known = [
        "file",
        "datum",
        "layer",
        "columns",
        "kind",
        "illustrative",
        "take",
        "rows",
    ];
    let asked = Parameters::new(query, &known)?;
    let line = |name: &'static str| {
        let text = asked.text(name).map(Name::new).transpose();
        text.map_err(|fault| bad(name, format!("{name} {fault}")))
    };
    let file = line("file")?;
    let file = file.ok_or_else(|| {
        bad(
            "file",
            "file is missing; give the file's name, by whose end its format is known, like poles.csv",
        )
    })?;
    let datum = asked.text("datum").map(converter).transpose()?;
    let takes = asked.text("take").map(doubts).transpose()?;
    let columns = asked.text("columns").map(columns_of).transpose()?;
    let told = asked.number("rows", &(0..=MOST_TOLD))?;
    let yes_or_no = [("true", true), ("false", false)];
    let question = ImportQuestion {
        file: file.into(),
        datum: datum.as_ref().map(Converter::datum),
        layer: line("layer")?.map(Into::into),
        columns: columns.unwrap_or_default(),
        kind: asked
            .text("kind")
            .map(|word| kind("kind", word))
            .transpose()?,
        is_illustrative: asked.word("illustrative", &yes_or_no)?.unwrap_or(false),
        takes: takes.unwrap_or_default(),
    };
    Ok((question, told.unwrap_or(USUALLY_TOLD)))
}

/// The file's own names of columns, by ours.
fn columns_of(text: &str) -> Result<BTreeMap<String, String>, Fault> {
    let read: Result<BTreeMap<String, String>, _> = serde_json::from_str(text);
    let columns = read.map_err(|_| {
        let text = shown(text);
        let like = "give the file's own names by ours, like {\"id\":\"编号\"}";
        bad("columns", format!("columns is {text}; {like}"))
    })?;
    let unknown = columns
        .keys()
        .find(|name| !COLUMNS.contains(&name.as_str()));
    if let Some(unknown) = unknown {
        let (unknown, known) = (shown(unknown), COLUMNS.join(", "));
        return Err(bad(
            "columns",
            format!("columns names {unknown}; there is {known}"),
        ));
    }
    Ok(columns)
}

fn doubts(text: &str) -> Result<BTreeSet<Doubt>, Fault> {
    let doubt = |word: &str| {
        let mut all = Doubt::ALL.into_iter();
        all.find(|doubt| names::of_doubt(*doubt) == word)
            .ok_or_else(|| {
                let all = Doubt::ALL.map(names::of_doubt).join(", ");
                let word = shown(word);
                bad(
                    "take",
                    format!("take is {word}; give one or more of {all}, with commas"),
                )
            })
    };
    text.split(',').map(|word| doubt(word.trim())).collect()
}

fn body(
    snapshot: &Snapshot,
    asked: ImportQuestion,
    preview: Preview,
    (told, entry): (usize, Option<i64>),
) -> Result<ImportBody, Fault> {
    let wgs84 = Datum::Wgs84
        .converter()
        .map_err(crate::app::fault::Fault::Datum)?;
    let counts = preview.counts();
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    let mut is_told = |row: &&PreviewRow| {
        let left = left.entry(names::of_outcome(&row.outcome)).or_insert(told);
        let is_told = *left > 0 && row.outcome != Outcome::Unchanged;
        *left -= usize::from(is_told);
        is_told
    };
    let rows = preview.rows.iter().filter(|row| is_told(row));
    let rows = rows
        .map(|row| told_row(row, &wgs84))
        .collect::<Result<_, _>>()?;
    let columns = ColumnBody::all(&preview.columns);
    let n_oddities = preview.oddities.len();
    let oddities = preview.oddities.into_iter().take(MOST_ODDITIES);
    Ok(ImportBody {
        region: snapshot.region.settings.id.as_str().to_owned(),
        datum: "wgs84",
        version: snapshot.version,
        file: asked.file,
        read_as: preview.datum.to_string(),
        suspicion: preview.suspicion.map(|suspicion| SuspicionBody {
            datum: suspicion.datum.to_string(),
            off_m: suspicion.off.tenths(),
        }),
        counts: CountsBody {
            rows: preview.rows.len(),
            added: counts.added,
            changed: counts.changed,
            unchanged: counts.unchanged,
            skipped: counts.skipped,
            villages: preview.n_villages,
            oddities: n_oddities,
        },
        rows,
        oddities: oddities
            .map(|oddity| OddityBody {
                id: oddity.id,
                detail: oddity.detail,
            })
            .collect(),
        columns,
        entry,
    })
}

fn told_row(row: &PreviewRow, wgs84: &Converter) -> Result<Feature<RowProperties>, Fault> {
    let (reason, detail, away) = match &row.outcome {
        Outcome::Skipped(skip) => told_skip(skip),
        Outcome::Added | Outcome::Changed(_) | Outcome::Unchanged => (None, None, None),
    };
    let changes = match &row.outcome {
        Outcome::Changed(fields) => fields.iter().copied().map(names::of_field).collect(),
        Outcome::Added | Outcome::Unchanged | Outcome::Skipped(_) => Vec::new(),
    };
    let piece = &row.piece;
    let properties = RowProperties {
        row: row.row.clone(),
        id: piece.id.clone(),
        kind: names::of_equipment(piece.kind),
        condition: names::of_condition(piece.condition),
        name: piece.name.clone(),
        outcome: names::of_outcome(&row.outcome),
        reason,
        detail,
        away_m: away.map(Meters::tenths),
        changes,
        from: row.from.map(|from| position(wgs84, from)).transpose()?,
    };
    let at = Geometry::Point(position(wgs84, piece.at)?);
    Ok(Feature::new(None, at, properties))
}

fn told_skip(skip: &Skip) -> (Option<&'static str>, Option<String>, Option<Meters>) {
    let (detail, away) = match skip {
        Skip::Duplicate { of, away } => (Some(of.clone()), Some(*away)),
        Skip::WrongBank { village, away } => (Some(village.clone()), Some(*away)),
        Skip::BadValue { column, fault } => (Some(format!("{column} {fault}")), None),
        Skip::Outside | Skip::WrongDatum | Skip::Retired => (None, None),
    };
    (Some(names::of_skip(skip)), detail, away)
}
