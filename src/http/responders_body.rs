//! The answer about who can come first as it is written, for HTTP and for the command line alike.

use std::time::Duration;

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::names;
use crate::app::responders::Comer;
use crate::app::responders::Fetched;
use crate::app::responders::RespondersAnswer;
use crate::app::responders::RespondersQuestion;
use crate::app::responders::Whom;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::LonLat;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::nearest_body::OverWaterBody;
use crate::http::nearest_body::PlaceBody;
use crate::http::nearest_body::Shape;
use crate::plan::crew::Crew;
use crate::plan::crew::SetsOff;

/// Who can come first to one place.
#[derive(Serialize, ToSchema)]
pub struct RespondersBody {
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    /// The place as it was asked for.
    at: Position,
    /// The region that the place lies in; of several, the smallest.
    region: String,
    /// What is there.
    place: PlaceBody,
    /// `stations`: people are left out, because whoever asks is no dispatcher; `everybody`.
    #[schema(value_type = words::Told)]
    told: &'static str,
    /// The time of day for which duty hours count, by the region's clock.
    #[schema(example = "20:15")]
    time: String,
    /// The first should be there within so many seconds: the place's own standard.
    #[schema(example = 300.0)]
    standard_s: f64,
    /// The first first; for a place in the water, bank by bank.
    results: Vec<ComerBody>,
    /// How many of those who are told of are on duty.
    on_duty: usize,
    /// How many of them cannot get here.
    unreachable: usize,
    /// What reaches the casualty over the water, from each side; only for a place in the water.
    #[serde(skip_serializing_if = "Option::is_none")]
    over_water: Option<Vec<OverWaterBody>>,
}

/// Somebody who can come.
#[derive(Serialize, ToSchema)]
pub(super) struct ComerBody {
    id: String,
    #[schema(value_type = words::Responder)]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    village: Option<String>,
    /// How they are called out; told to dispatchers alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    /// What carries them, as far as the ways allow it; else they run.
    #[schema(value_type = words::Carried)]
    travel: &'static str,
    /// Where they set off.
    at: Position,
    /// `home`, or `last_seen` if they were seen elsewhere lately.
    #[schema(value_type = words::From)]
    from: &'static str,
    /// When they were seen there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-25T12:15:00Z")]
    seen_at: Option<String>,
    /// From when they set off until they are at the place, with what they fetch, seconds; they are ordered by it.
    #[schema(example = 184.2)]
    arrival_s: f64,
    /// Whether that is within the standard; just as long is.
    in_time: bool,
    /// How long the way is on the ground.
    way_m: f64,
    /// For information only, never for order.
    straight_m: f64,
    /// The bank to which they come, for a place in the water.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_bank: Option<String>,
    /// What they fetch on the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    fetches: Option<FetchedBody>,
    /// The ids of the crossings on the way.
    crossings: Vec<String>,
    /// Made up for demonstration.
    illustrative: bool,
    /// The way, from where they set off, by what they fetch, to the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<Vec<Position>>,
}

/// What somebody fetches.
#[derive(Serialize, ToSchema)]
struct FetchedBody {
    id: String,
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    #[schema(example = "LI-0173-K")]
    code: String,
    at: Position,
    /// From the piece to the place: effective meters, which count what is underfoot.
    carry_m: f64,
    /// Whether it reaches the casualty over the water from there, for a place in the water.
    #[serde(skip_serializing_if = "Option::is_none")]
    reaches: Option<bool>,
}

impl RespondersBody {
    /// The answer to a question about a place, as it is written.
    ///
    /// # Errors
    ///
    /// For a place that the datum does not cover.
    pub fn new(
        snapshot: &Snapshot,
        crew: &Crew,
        question: &RespondersQuestion,
        answer: &RespondersAnswer,
        shape: &Shape,
    ) -> Result<Self, Fault> {
        let at = question.at;
        let minute = question.now.minute_of_day;
        let settings = &snapshot.region.settings;
        let comers = answer.comers.iter();
        let is_in_water = answer.water_body.is_some();
        Ok(Self {
            datum: shape.datum.datum().to_string(),
            at: position(&shape.datum, at)?,
            region: settings.id.as_str().to_owned(),
            place: PlaceBody::new(snapshot, answer.here()),
            told: match question.whom {
                Whom::Stations => "stations",
                Whom::All | Whom::People => "everybody",
            },
            time: format!("{:02}:{:02}", minute / 60, minute % 60),
            standard_s: settings.responders.arrival.tenths(),
            results: comers
                .map(|comer| comer_body(snapshot, crew, (comer, at), question.whom, shape))
                .collect::<Result<_, _>>()?,
            on_duty: answer.n_on_duty,
            unreachable: answer.n_unreachable,
            over_water: is_in_water.then(|| OverWaterBody::each(snapshot, &answer.over_water)),
        })
    }
}

/// Somebody who comes to a place, as far as whoever asks may be told.
pub(super) fn comer_body(
    snapshot: &Snapshot,
    crew: &Crew,
    (comer, to): (&Comer, LonLat),
    whom: Whom,
    shape: &Shape,
) -> Result<ComerBody, Fault> {
    let ground = &snapshot.region.ground;
    let (responder, _) = crew.of_number(comer.number);
    let seen = responder.seen.filter(|_| comer.from == SetsOff::LastSeen);
    let from = seen.map_or(responder.home, |seen| seen.at);
    let straight = ground.plane.distance(from, to);
    let line = comer.line.iter();
    let line = line.map(|&place| position(&shape.datum, place));
    Ok(ComerBody {
        id: responder.id.clone(),
        kind: names::of_responder(responder.kind),
        name: responder.name.clone(),
        group: responder.group.clone(),
        village: responder.village.clone(),
        phone: responder.phone.clone().filter(|_| whom != Whom::Stations),
        travel: names::of_travel(responder.travel),
        at: position(&shape.datum, from)?,
        from: names::of_setting_off(comer.from),
        seen_at: seen.map(|seen| clock::utc(Duration::from_secs(seen.when))),
        arrival_s: comer.takes.tenths(),
        in_time: comer.is_in_time,
        way_m: comer.length.tenths(),
        straight_m: straight.tenths(),
        from_bank: comer
            .from_bank
            .map(|bank| ground.banks[bank as usize].id.clone()),
        fetches: comer
            .fetches
            .as_ref()
            .map(|fetched| fetched_body(snapshot, fetched, shape))
            .transpose()?,
        crossings: snapshot
            .crossing_ids(&comer.crossings)
            .map(str::to_owned)
            .collect(),
        illustrative: responder.is_illustrative,
        line: shape.with_lines.then(|| line.collect()).transpose()?,
    })
}

fn fetched_body(
    snapshot: &Snapshot,
    fetched: &Fetched,
    shape: &Shape,
) -> Result<FetchedBody, Fault> {
    let piece = &snapshot.region.equipment[fetched.piece as usize];
    Ok(FetchedBody {
        id: piece.id.clone(),
        kind: names::of_equipment(piece.kind),
        code: snapshot.code(fetched.piece as usize).to_string(),
        at: position(&shape.datum, piece.at)?,
        carry_m: fetched.carry.tenths(),
        reaches: fetched.reaches,
    })
}
