//! The answer about the nearest equipment as it is written, for HTTP and for the command line alike.

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::fault::Fault;
use crate::app::names;
use crate::app::nearest::NearestAnswer;
use crate::app::nearest::NearestPiece;
use crate::app::nearest::SideReach;
use crate::app::scene::Here;
use crate::app::snapshot::Snapshot;
use crate::app::unusable::UnusablePiece;
use crate::geometry::converter::Converter;
use crate::geometry::lon_lat::LonLat;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::units::Meters;
use crate::units::Seconds;

/// The nearest equipment to one place.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NearestBody {
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    /// The place as it was asked for.
    at: Position,
    /// The region that the place lies in; of several, the smallest.
    region: String,
    /// What is there.
    place: PlaceBody,
    /// The nearest first; for a place in the water, bank by bank.
    results: Vec<ResultBody>,
    /// How many usable pieces of these kinds nobody can walk to from here.
    unreachable: usize,
    /// What reaches the casualty over the water, from each side; only for a place in the water.
    #[serde(skip_serializing_if = "Option::is_none")]
    over_water: Option<Vec<OverWaterBody>>,
    /// The nearest pieces that cannot be used, never among the results; only where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    unusable: Option<Vec<UnusableBody>>,
}

/// What reaches the casualty from one side.
#[derive(Serialize, ToSchema)]
pub(super) struct OverWaterBody {
    /// The bank on that side.
    from_bank: String,
    /// From its nearest point straight to the casualty, meters; rounded up, so that what is too far never looks near enough.
    #[schema(example = 12.4)]
    offset_m: f64,
    /// Every kind that reaches so far, whichever kinds were asked for; a length that equals the reach is reached.
    #[schema(value_type = Vec<words::Kind>)]
    kinds: Vec<&'static str>,
}

/// One piece that somebody can walk to, but not use.
#[derive(Serialize, ToSchema)]
struct UnusableBody {
    id: String,
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    /// `damaged`, `missing` or `unverified`.
    #[schema(value_type = words::PieceCondition)]
    condition: &'static str,
    at: Position,
    /// The walk from the place itself, by which they are ordered; in the water, from the bank from which it is shorter.
    walk_m: f64,
    /// For information only, never for order.
    straight_m: f64,
    #[schema(example = "LI-0173-K")]
    code: String,
    /// Why it does not count: its condition.
    #[schema(value_type = words::PieceCondition)]
    why: &'static str,
}

/// What is at a place.
#[derive(Serialize, ToSchema)]
pub(super) struct PlaceBody {
    /// `land`, `bank`, `water`, `obstacle` or `outside`.
    #[schema(value_type = words::Standing)]
    on: &'static str,
    /// The water body's id, for a place in the water.
    #[schema(required)]
    water_body: Option<String>,
    /// The banks at the place; in the water, the nearest point on each side.
    banks: Vec<BankBody>,
}

/// A bank at a place.
#[derive(Serialize, ToSchema)]
struct BankBody {
    bank: String,
    /// Where on the bank, meters from its start.
    chainage_m: f64,
    /// How far from the place, straight, meters.
    offset_m: f64,
}

/// One piece that somebody can walk to.
#[derive(Serialize, ToSchema)]
struct ResultBody {
    id: String,
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    #[schema(value_type = words::PieceCondition)]
    condition: &'static str,
    at: Position,
    /// The walk from the place itself: effective meters, which count what is underfoot.
    walk_m: f64,
    /// For information only, never for order.
    straight_m: f64,
    /// At the region's running speed.
    run_s: f64,
    /// There and back.
    fetch_and_return_s: f64,
    /// `same`: on the same bank; `other`: on another bank of the same water; `none`: elsewhere.
    #[schema(value_type = words::Relation)]
    bank: &'static str,
    /// The bank that it serves, for a place in the water.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_bank: Option<String>,
    /// Whether it reaches the casualty over the water from that bank, for a place in the water.
    #[serde(skip_serializing_if = "Option::is_none")]
    reaches: Option<bool>,
    /// The ids of the crossings on the way.
    crossings: Vec<String>,
    code: String,
    /// The way, pulled taut.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<Vec<Position>>,
    /// As the crow flies.
    #[serde(skip_serializing_if = "Option::is_none")]
    straight_line: Option<Vec<Position>>,
}

/// How an answer is written.
#[derive(Clone)]
pub struct Shape {
    /// Of all coordinates.
    pub datum: Converter,
    /// Whether the ways are written.
    pub with_lines: bool,
}

impl NearestBody {
    /// The answer to a question about a place, as it is written.
    ///
    /// # Errors
    ///
    /// For a place that the datum does not cover.
    pub fn new(
        snapshot: &Snapshot,
        at: LonLat,
        answer: &NearestAnswer,
        shape: &Shape,
    ) -> Result<Self, Fault> {
        let results = answer.results.iter();
        let unusable = answer.unusable.as_ref();
        let is_in_water = answer.water_body.is_some();
        Ok(Self {
            datum: shape.datum.datum().to_string(),
            at: position(&shape.datum, at)?,
            region: snapshot.region.settings.id.as_str().to_owned(),
            place: PlaceBody::new(snapshot, answer.here()),
            results: results
                .map(|found| result(snapshot, found, at, shape))
                .collect::<Result<_, _>>()?,
            unreachable: answer.n_unreachable,
            over_water: is_in_water.then(|| OverWaterBody::each(snapshot, &answer.over_water)),
            unusable: unusable
                .map(|pieces| {
                    let pieces = pieces.iter();
                    let bodies = pieces.map(|found| unusable_body(snapshot, found, shape));
                    bodies.collect::<Result<_, _>>()
                })
                .transpose()?,
        })
    }
}

impl PlaceBody {
    /// What a place is, as it is written.
    pub(super) fn new(snapshot: &Snapshot, here: Here<'_>) -> Self {
        let ground = &snapshot.region.ground;
        let water_body = here.water_body;
        Self {
            on: names::of_on(here.on),
            water_body: water_body.map(|body| ground.water_bodies[body].id.clone()),
            banks: here
                .banks
                .iter()
                .map(|bank| BankBody {
                    bank: ground.banks[bank.bank as usize].id.clone(),
                    chainage_m: bank.chainage.tenths(),
                    offset_m: bank.offset.tenths(),
                })
                .collect(),
        }
    }
}

fn result(
    snapshot: &Snapshot,
    found: &NearestPiece,
    from: LonLat,
    shape: &Shape,
) -> Result<ResultBody, Fault> {
    let ground = &snapshot.region.ground;
    let piece = &snapshot.region.equipment[found.piece as usize];
    let on_map = |line: &[LonLat]| -> Result<Option<Vec<Position>>, Fault> {
        let places = line.iter().map(|&place| position(&shape.datum, place));
        shape.with_lines.then(|| places.collect()).transpose()
    };
    Ok(ResultBody {
        id: piece.id.clone(),
        kind: names::of_equipment(piece.kind),
        condition: names::of_condition(piece.condition),
        at: position(&shape.datum, piece.at)?,
        walk_m: found.walk.tenths(),
        straight_m: found.straight.tenths(),
        run_s: found.run.tenths(),
        fetch_and_return_s: Seconds(2.0 * found.run.0).tenths(),
        bank: names::of_relation(found.bank),
        from_bank: found
            .from_bank
            .map(|bank| ground.banks[bank as usize].id.clone()),
        reaches: found.reaches,
        crossings: snapshot
            .crossing_ids(&found.crossings)
            .map(str::to_owned)
            .collect(),
        code: snapshot.code(found.piece as usize).to_string(),
        line: on_map(&found.line)?,
        straight_line: on_map(&[from, piece.at])?,
    })
}

impl OverWaterBody {
    /// What reaches the casualty, side by side.
    pub(super) fn each(snapshot: &Snapshot, sides: &[SideReach]) -> Vec<Self> {
        let banks = &snapshot.region.ground.banks;
        let side = |side: &SideReach| Self {
            from_bank: banks[side.bank.bank as usize].id.clone(),
            offset_m: tenths_rounded_up(side.bank.offset),
            kinds: side
                .kinds
                .iter()
                .copied()
                .map(names::of_equipment)
                .collect(),
        };
        sides.iter().map(side).collect()
    }
}

/// Of whole millimeters, which is as exact as the ground is.
fn tenths_rounded_up(length: Meters) -> f64 {
    let millimeters = (length.0 * 1000.0).round();
    (millimeters / 100.0).ceil() / 10.0
}

fn unusable_body(
    snapshot: &Snapshot,
    found: &UnusablePiece,
    shape: &Shape,
) -> Result<UnusableBody, Fault> {
    let piece = &snapshot.region.equipment[found.piece as usize];
    let condition = names::of_condition(piece.condition);
    Ok(UnusableBody {
        id: piece.id.clone(),
        kind: names::of_equipment(piece.kind),
        condition,
        at: position(&shape.datum, piece.at)?,
        walk_m: found.walk.tenths(),
        straight_m: found.straight.tenths(),
        code: snapshot.code(found.piece as usize).to_string(),
        why: condition,
    })
}
