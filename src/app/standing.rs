//! What is odd about where equipment and responders are: in the water, in a building, on either bank, nowhere.

use crate::ground::Ground;
use crate::ground::place::On;
use crate::ground::place::SURVEY_ERROR;
use crate::ground::place::Standing;
use crate::ground::spot::Spot;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;
use crate::plan::crew::Crew;
use crate::units::Meters;

/// A piece that is moved no farther than this stood on the bank.
const TO_THE_BANK: Meters = Meters(1.0);

/// The pieces whose place is in doubt, and what was done about it.
pub(super) fn oddities(
    ground: &Ground,
    equipment: &[Equipment],
    standings: &[Option<Standing>],
) -> Vec<Oddity> {
    let mut found = Vec::new();
    for (piece, standing) in equipment.iter().zip(standings) {
        let mut add = |kind, detail| {
            found.push(Oddity {
                file: String::new(),
                id: piece.id.clone(),
                place: Some(piece.at),
                kind,
                detail,
            });
        };
        match standing {
            Some(standing) => {
                if let Some(detail) = moved(ground, piece, standing) {
                    add(OddityKind::OffGround, detail);
                }
                if let Some(detail) = either_bank(ground, standing) {
                    add(OddityKind::EitherBank, detail);
                }
            }
            None => add(OddityKind::OffGround, nowhere(ground, piece)),
        }
    }
    found
}

/// The responders who can set off from nowhere. Where they live is not told.
pub(super) fn of_responders(crew: &Crew) -> Vec<Oddity> {
    let nowhere = crew.nowhere().map(|responder| Oddity {
        file: String::new(),
        id: responder.id.clone(),
        place: None,
        kind: OddityKind::OffGround,
        detail: "a responder who is nowhere near ground that can be walked: never comes".to_owned(),
    });
    nowhere.collect()
}

fn moved(ground: &Ground, piece: &Equipment, standing: &Standing) -> Option<String> {
    match standing.place.on {
        // A defibrillator's place is in a building.
        On::Obstacle => (piece.kind != EquipmentKind::Aed).then(|| {
            "inside a building: counted from the nearest point of its outside wall".to_owned()
        }),
        On::Bank | On::Land | On::Water | On::Outside => {
            let bank = standing.place.bank?;
            (standing.moved > TO_THE_BANK).then(|| {
                format!(
                    "{} into the water: taken to stand on bank {}",
                    standing.moved, ground.banks[bank.bank as usize].id
                )
            })
        }
    }
}

fn either_bank(ground: &Ground, standing: &Standing) -> Option<String> {
    let other = standing.other_bank?;
    let bank = standing.place.bank?;
    let id = |bank: u32| &ground.banks[bank as usize].id;
    Some(format!(
        "in the water, {} from bank {} and {} from bank {}: taken to stand on the nearer",
        standing.moved,
        id(bank.bank),
        other.offset,
        id(other.bank)
    ))
}

fn nowhere(ground: &Ground, piece: &Equipment) -> String {
    let Some(spot) = Spot::at(ground.plane.to_plane(piece.at)) else {
        return "far outside the region: reaches nothing".to_owned();
    };
    match ground.place(spot).on {
        On::Water => format!("in the water, no bank within {SURVEY_ERROR}: reaches nothing"),
        On::Obstacle => "inside a building without land around it: reaches nothing".to_owned(),
        On::Outside => "outside the map's ground: reaches nothing".to_owned(),
        On::Land | On::Bank => "nobody gets away from here on foot: reaches nothing".to_owned(),
    }
}
