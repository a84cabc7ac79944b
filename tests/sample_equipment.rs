//! The sample region's equipment: made by its rule, with every trap in it found again.

use std::path::PathBuf;
use std::sync::LazyLock;

use zhugan::formats::read_region;
use zhugan::ground::Ground;
use zhugan::ground::place::On;
use zhugan::ground::place::Standing;
use zhugan::ground::spot::Spot;
use zhugan::model::bank::Side;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::Equipment;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::OddityKind;
use zhugan::units::Meters;

use crate::walks::to_far_bank;

#[expect(dead_code, reason = "only the example writes the file")]
#[path = "../examples/make_sample_equipment.rs"]
mod make_sample_equipment;

/// The sample region: what was read, and its ground.
static SAMPLE: LazyLock<(Layers, Ground)> = LazyLock::new(|| {
    let (settings, layers) = read_region(&folder(), &|_| ()).unwrap();
    let (ground, _) = Ground::build(&layers, &settings, &|_| ()).unwrap();
    (layers, ground)
});

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("maps/liechtenstein")
}

/// The piece whose note says this.
fn noted(note: &str) -> &'static Equipment {
    let mut pieces = SAMPLE.0.equipment.iter();
    let says = |piece: &&Equipment| {
        piece
            .note
            .as_deref()
            .is_some_and(|text| text.contains(note))
    };
    pieces.find(says).unwrap()
}

fn standing(piece: &Equipment) -> Option<Standing> {
    let ground = &SAMPLE.1;
    ground.standing(Spot::at(ground.plane.to_plane(piece.at)).unwrap())
}

#[test]
fn the_committed_table_is_what_the_rule_makes() {
    let made = make_sample_equipment::equipment(&folder()).unwrap();
    let committed = std::fs::read_to_string(folder().join("equipment.csv")).unwrap();
    let differ = made.lines().zip(committed.lines()).find(|(a, b)| a != b);
    assert_eq!(differ, None, "the first line that differs");
    assert_eq!(made.len(), committed.len());
}

#[test]
fn the_sample_has_149_pieces_all_said_to_be_made_up() {
    let pieces = &SAMPLE.0.equipment;
    assert_eq!(pieces.len(), 149);
    for piece in pieces {
        assert!(piece.is_illustrative, "{}", piece.id);
        let note = piece.note.as_deref().unwrap();
        assert!(note.starts_with("illustrative / 示例"), "{}", piece.id);
    }
    let n_of = |kind| pieces.iter().filter(|piece| piece.kind == kind).count();
    assert_eq!(
        [n_of(EquipmentKind::Jacket), n_of(EquipmentKind::Aed)],
        [3, 2]
    );
    assert!(pieces.len() < 3 * n_of(EquipmentKind::Pole));
    for condition in [
        Condition::Damaged,
        Condition::Missing,
        Condition::Unverified,
    ] {
        let n = pieces
            .iter()
            .filter(|piece| piece.condition == condition)
            .count();
        assert!((3..=20).contains(&n), "{condition:?}: {n}");
    }
}

#[test]
fn every_piece_stands_on_the_ground_but_one_in_the_water() {
    for piece in &SAMPLE.0.equipment {
        let standing = standing(piece).unwrap();
        let is_wet = standing.moved > Meters::ZERO;
        assert_eq!(
            is_wet,
            piece.id == noted("into the water").id,
            "{}",
            piece.id
        );
    }
}

#[test]
fn a_pole_surveyed_into_the_water_belongs_to_the_nearest_bank() {
    let ground = &SAMPLE.1;
    let piece = noted("into the water");
    let spot = Spot::at(ground.plane.to_plane(piece.at)).unwrap();
    assert_eq!(ground.place(spot).on, On::Water);
    let standing = standing(piece).unwrap();
    assert!((standing.moved.0 - 6.0).abs() < 0.3, "{}", standing.moved);
    assert_eq!(standing.other_bank, None);
    let bank = &ground.banks[standing.place.bank.unwrap().bank as usize];
    let body = &ground.water_bodies[bank.water_body];
    assert_eq!(
        (body.name.as_deref(), bank.side),
        (Some("Rhein"), Side::Right)
    );
}

#[test]
fn the_pole_that_is_entered_twice_is_told_and_counts_once() {
    let mut oddities = SAMPLE.0.oddities.iter();
    let twin = oddities
        .find(|oddity| oddity.kind == OddityKind::Duplicate)
        .unwrap();
    assert!(
        twin.id.contains("row 151") && twin.id.contains("LI-002"),
        "{}",
        twin.id
    );
    assert!(oddities.all(|oddity| oddity.kind != OddityKind::Duplicate));
    let mut pieces = SAMPLE.0.equipment.iter();
    let first = pieces.find(|piece| piece.id == "LI-002").unwrap();
    assert!(!first.note.as_deref().unwrap().contains("twice"));
}

#[test]
fn the_pole_on_the_far_bank_is_near_on_the_map_and_far_on_foot() {
    let ground = &SAMPLE.1;
    let far = standing(noted("far bank")).unwrap().place;
    let bank = &ground.banks[far.bank.unwrap().bank as usize];
    assert_eq!(bank.side, Side::Left);
    let (straight, walk) = to_far_bank(ground, &far);
    println!("{straight} straight, {walk} on foot");
    assert!(
        straight < Meters(150.0) && Meters(1_000.0) < walk,
        "{straight}, {walk}"
    );
}
