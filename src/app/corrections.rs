//! The map put right: ways and waters drawn that its files lack, and others struck out; the ground is made anew with them.

use std::sync::Arc;

use geo::Coord;
use geo::Distance;
use geo::Euclidean;
use geo::Length;
use geo::LineString;
use geo::Point;
use rstar::AABB;
use rstar::Envelope;

use crate::app::fault::Fault;
use crate::app::files::Files;
use crate::app::region::LoadError;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::regions::Slot;
use crate::app::regions::State;
use crate::app::register::REGISTER;
use crate::app::snapshot::Snapshot;
use crate::app::undo::presence;
use crate::geometry::lon_lat::LonLat;
use crate::geometry::outline;
use crate::geometry::outline::Position;
use crate::geometry::plane::LocalPlane;
use crate::model::correction::Correction;
use crate::model::correction::Drawing;
use crate::model::correction::KeptCorrection;
use crate::model::layers::Layers;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;
use crate::model::path::Ford;
use crate::model::path::Path;
use crate::model::path::Span;
use crate::model::register::Presence;
use crate::model::text::Name;
use crate::model::text::Note;
use crate::model::water::Ring;
use crate::model::water::WaterArea;
use crate::model::water::WaterKind;
use crate::store::CorrectionChange;
use crate::store::EntryId;
use crate::units::Meters;

/// What is struck out is pointed at from within this distance.
pub const POINTED_WITHIN: Meters = Meters(15.0);

/// The longest way that is drawn at once.
const LONGEST: Meters = Meters(20_000.0);

/// The shortest.
const SHORTEST: Meters = Meters(1.0);

/// What somebody puts right.
#[derive(Clone, Debug)]
pub struct NewCorrection {
    /// What.
    pub asked: Asked,
    /// What people call it.
    pub name: Option<Name>,
    /// A remark.
    pub note: Option<Note>,
}

/// What is to be drawn or struck out.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A way or water that the map lacks.
    Drawn(Drawing),
    /// The way that is nearest to a place is not there.
    NoPath(LonLat),
    /// The water at a place is not there.
    NoWater(LonLat),
}

/// What becomes of one correction.
struct Change {
    correction: Correction,
    before: Option<Presence>,
    after: Presence,
}

/// Lays what people have put right over what the files hold; tells what the files have no longer.
pub(super) fn lay_over(kept: &[KeptCorrection], layers: &mut Layers) {
    for kept in kept {
        if kept.presence == Presence::Registered {
            lay_one_over(&kept.correction, layers);
        }
    }
}

fn lay_one_over(correction: &Correction, layers: &mut Layers) {
    let (source, name) = (correction.id.clone(), correction.name.clone());
    match &correction.drawing {
        Drawing::Path { kind, bridge, line } => layers.paths.push(Path {
            source,
            name,
            kind: *kind,
            span: if *bridge { Span::Bridge } else { Span::Ground },
            ford: Ford::No,
            points: line.clone(),
        }),
        Drawing::Water { kind, outline } => layers.water_areas.push(WaterArea {
            source,
            name,
            kind: *kind,
            rings: vec![Ring {
                points: outline.clone(),
                cuts: Vec::new(),
            }],
        }),
        Drawing::NoPath { source, at } => {
            let n_before = layers.paths.len();
            layers.paths.retain(|path| path.source != *source);
            if layers.paths.len() == n_before {
                layers.oddities.push(vanished(correction, source, *at));
            }
        }
        Drawing::NoWater { source, at } => {
            let count = |layers: &Layers| layers.water_areas.len() + layers.water_lines.len();
            let n_before = count(layers);
            layers.water_areas.retain(|area| area.source != *source);
            layers.water_lines.retain(|line| line.source != *source);
            if count(layers) == n_before {
                layers.oddities.push(vanished(correction, source, *at));
            }
        }
    }
}

fn vanished(correction: &Correction, source: &str, at: LonLat) -> Oddity {
    Oddity {
        file: REGISTER.to_owned(),
        id: correction.id.clone(),
        place: Some(at),
        kind: OddityKind::Vanished,
        detail: format!(
            "somebody has struck {source} out of the map, and the files have it no longer: nothing is left to strike out"
        ),
    }
}

impl Regions {
    /// Puts the map right: what is reached, the gaps and the tiles are those of the new ground when it returns. Nobody
    /// else changes the region meanwhile, and everybody reads it as it was.
    ///
    /// # Errors
    ///
    /// If the region is not ready, does not hold what is drawn, has nothing there to be struck out, or has other files
    /// than when it was loaded; if there is no ground left, or the change cannot be kept.
    pub fn correct(
        &self,
        who: &str,
        region: &str,
        new: NewCorrection,
    ) -> Result<(Arc<Snapshot>, String), Fault> {
        let mut given = String::new();
        let (after, _) = self.redraw(who, region, |before, files, kept| {
            let layers = &files.layers;
            let is_taken = |id: &str| {
                let paths = layers.paths.iter().map(|path| &path.source);
                let areas = layers.water_areas.iter().map(|area| &area.source);
                paths.chain(areas).any(|source| source == id)
            };
            let slot = self.slot(region)?;
            given = self.keep(|store| store.free_correction_id(&slot.id, &is_taken))?;
            let drawing = match new.asked {
                Asked::Drawn(drawing) => drawn(before, drawing)?,
                Asked::NoPath(at) => no_path(layers, kept, at)?,
                Asked::NoWater(at) => no_water(layers, kept, at)?,
            };
            Ok(Change {
                correction: Correction {
                    id: given.clone(),
                    drawing,
                    name: new.name.map(Into::into),
                    note: new.note.map(Into::into),
                },
                before: None,
                after: Presence::Registered,
            })
        })?;
        Ok((after, given))
    }

    /// Takes back what somebody has put right; the map is as its files say there.
    ///
    /// # Errors
    ///
    /// As when it is made; also if there is none of this id, or the region is not `as_expected` when it is this change's
    /// turn.
    pub fn take_back_correction(
        &self,
        who: &str,
        region: &str,
        id: &str,
        as_expected: impl FnOnce(&Snapshot) -> bool,
    ) -> Result<Arc<Snapshot>, Fault> {
        let (after, _) = self.redraw(who, region, |before, _, kept| {
            before.must_be(as_expected)?;
            let found = kept
                .iter()
                .find(|kept| kept.presence == Presence::Registered && kept.correction.id == id);
            let found = found.ok_or_else(|| Fault::UnknownCorrection {
                region: region.to_owned(),
                id: id.chars().take(80).collect(),
            })?;
            Ok(Change {
                correction: found.correction.clone(),
                before: Some(Presence::Registered),
                after: Presence::Retired,
            })
        })?;
        Ok(after)
    }

    /// Makes a correction hold again that was taken back, or no longer hold that was made.
    pub(super) fn undo_correction(
        &self,
        who: &str,
        region: &str,
        id: &str,
        (before, after): (bool, bool),
    ) -> Result<(Arc<Snapshot>, EntryId), Fault> {
        self.redraw(who, region, |_, _, kept| {
            let found = kept
                .iter()
                .find(|kept| kept.correction.id == id && kept.presence == presence(after));
            let found = found.ok_or_else(|| Fault::ChangedSince {
                thing: "correction",
                id: id.to_owned(),
            })?;
            Ok(Change {
                correction: found.correction.clone(),
                before: Some(presence(after)),
                after: presence(before),
            })
        })
    }

    /// Has a change of the map worked out, makes the region anew with it, keeps it, and swaps the region in.
    fn redraw(
        &self,
        who: &str,
        region: &str,
        change: impl FnOnce(&Snapshot, &Files, &[KeptCorrection]) -> Result<Change, Fault>,
    ) -> Result<(Arc<Snapshot>, EntryId), Fault> {
        let slot = self.slot(region)?;
        let turn = slot.turn();
        let before = self.snapshot(region)?;
        if !slot.files_are_as_read() {
            return Err(Fault::OtherFiles {
                region: slot.id.clone(),
            });
        }
        let mut register = self.keep(|store| store.register(&slot.id))?;
        let files = Files::read(&slot.dir, None, &|_| {}).map_err(|fault| unmade(slot, &fault))?;
        let change = change(&before, &files, &register.corrections)?;
        let kept = &mut register.corrections;
        kept.retain(|kept| kept.correction.id != change.correction.id);
        kept.push(KeptCorrection {
            correction: change.correction.clone(),
            presence: change.after,
        });
        let made = slot.made(files, register);
        let made = made.map_err(|fault| unmade(slot, &fault))?;
        let kept = CorrectionChange {
            correction: &change.correction,
            before: change.before,
            after: change.after,
            seen: &made.seen,
        };
        let entry = self.keep(|store| store.put_correction(&slot.act(who), &kept))?;
        let after = Arc::new(before.redrawn(made.region, made.base, made.numbers));
        slot.state.store(Arc::new(State::Ready(Arc::clone(&after))));
        drop(turn);
        after.rank_soon();
        self.tell(slot, News::Loaded);
        Ok((after, entry))
    }
}

fn unmade(slot: &Slot, fault: &LoadError) -> Fault {
    Fault::CannotDraw {
        why: format!("leaves no region: {}", slot.told(fault)),
    }
}

/// What is drawn, if it can be on the region's map.
fn drawn(before: &Snapshot, drawing: Drawing) -> Result<Drawing, Fault> {
    let cannot = |why: &str| Fault::CannotDraw {
        why: why.to_owned(),
    };
    let points = match &drawing {
        Drawing::Path { line, .. } => line,
        Drawing::Water { outline, .. } => outline,
        Drawing::NoPath { .. } | Drawing::NoWater { .. } => return Ok(drawing),
    };
    for &point in points {
        before.must_hold(point)?;
    }
    let plane = &before.region.ground.plane;
    let line: Vec<Coord> = points.iter().map(|&at| plane.to_plane(at)).collect();
    let length = Euclidean.length(&LineString::new(line));
    if length < SHORTEST.0 {
        return Err(cannot("is shorter than 1 m; draw it at its full length"));
    }
    if LONGEST.0 < length {
        return Err(cannot("is longer than 20 km; draw it in pieces"));
    }
    match &drawing {
        Drawing::Water {
            kind: WaterKind::Sea,
            ..
        } => Err(cannot("is the sea; give another kind of water")),
        Drawing::Water { outline, .. } if outline::fault(&[outline]).is_some() => {
            Err(cannot("crosses itself; draw its bank once around"))
        }
        Drawing::Water { .. }
        | Drawing::Path { .. }
        | Drawing::NoPath { .. }
        | Drawing::NoWater { .. } => Ok(drawing),
    }
}

/// Whether something that the files have has been struck out already.
fn is_struck(kept: &[KeptCorrection], struck: &str) -> bool {
    kept.iter().any(|kept| {
        let (Drawing::NoPath { source, .. } | Drawing::NoWater { source, .. }) =
            &kept.correction.drawing
        else {
            return false;
        };
        kept.presence == Presence::Registered && source == struck
    })
}

/// Strikes out the way of the files that is nearest to a place.
fn no_path(layers: &Layers, kept: &[KeptCorrection], at: LonLat) -> Result<Drawing, Fault> {
    let distance = distance_from(at);
    let paths = layers.paths.iter();
    let paths = paths.filter(|path| !is_struck(kept, &path.source));
    let near = paths.map(|path| (distance(&path.points), &path.source));
    let near = near.filter(|(far, _)| *far <= POINTED_WITHIN.0);
    let nearest = near.min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    let (_, source) = nearest.ok_or_else(|| nothing_there("path", at))?;
    Ok(Drawing::NoPath {
        source: source.clone(),
        at,
    })
}

/// Strikes out the water of the files that a place is in, the smallest of several; or the nearest that is mapped as a line.
fn no_water(layers: &Layers, kept: &[KeptCorrection], at: LonLat) -> Result<Drawing, Fault> {
    let areas = layers.water_areas.iter().filter(|area| {
        let rings: Vec<&[LonLat]> = area.rings.iter().map(|ring| &*ring.points).collect();
        !is_struck(kept, &area.source) && outline::position(at, rings) != Position::Outside
    });
    let size = |area: &WaterArea| {
        let points = area.rings.iter().flat_map(|ring| &ring.points);
        let box_of = AABB::from_points(
            points
                .map(|&at| <[f64; 2]>::from(at))
                .collect::<Vec<_>>()
                .iter(),
        );
        box_of.area()
    };
    let area = areas.min_by(|a, b| size(a).total_cmp(&size(b)));
    let distance = distance_from(at);
    let line = || {
        let lines = layers.water_lines.iter();
        let lines = lines.filter(|line| !is_struck(kept, &line.source));
        let near = lines.map(|line| {
            let half = line.width.map_or(0.0, |width| width.0 / 2.0);
            (distance(&line.points) - half, &line.source)
        });
        let near = near.filter(|(far, _)| *far <= POINTED_WITHIN.0);
        near.min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)))
    };
    let found = area.map(|area| &area.source);
    let found = found.or_else(|| line().map(|(_, source)| source));
    let source = found.ok_or_else(|| nothing_there("water", at))?;
    Ok(Drawing::NoWater {
        source: source.clone(),
        at,
    })
}

/// How far lines are from a place, meters.
fn distance_from(at: LonLat) -> impl Fn(&[LonLat]) -> f64 {
    let plane = LocalPlane::new(at);
    let here = Point::from(plane.to_plane(at));
    move |line| {
        let line: Vec<Coord> = line.iter().map(|&point| plane.to_plane(point)).collect();
        Euclidean.distance(&here, &LineString::new(line))
    }
}

fn nothing_there(what: &'static str, at: LonLat) -> Fault {
    Fault::NothingThere {
        what,
        lon: at.lon(),
        lat: at.lat(),
        within_m: POINTED_WITHIN.0,
    }
}
