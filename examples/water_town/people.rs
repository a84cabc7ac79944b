//! Who could come: stations and volunteers, all invented.

use super::names;
use super::shapes::Point;
use super::tile::Tile;
use super::villages::Village;
use super::ways::Ways;

/// A place where help is on duty.
pub struct Station {
    /// `police`, `workstation` or `fire`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub at: Point,
    /// The village that it stands in.
    pub village: &'static str,
    /// From when to when it is manned.
    pub duty: [&'static str; 2],
    /// How its people come: `foot`, `ebike` or `car`.
    pub travel: &'static str,
}

/// Somebody who has said that they would come.
pub struct Volunteer {
    /// 志愿者 and a number: nobody's name.
    pub name: String,
    /// One of the kinds of volunteer.
    pub group: &'static str,
    /// Where they usually are.
    pub at: Point,
    /// Their village.
    pub village: &'static str,
    /// From when to when they can come.
    pub duty: [&'static str; 2],
    /// How they come: `foot`, `ebike` or `car`.
    pub travel: &'static str,
}

/// A police station and a fire station in the core, a workstation in every village, small fire posts in some.
pub fn stations(villages: &[Village], ways: &Ways) -> Vec<Station> {
    let mut stations = Vec::new();
    let mut add = |kind, village: &Village, word: &str, along_m: f64, duty, travel| {
        let (at, _) = village.spot(along_m, 30.0);
        let short = village.name.trim_end_matches(['村', '社', '区']);
        stations.push(Station {
            kind,
            name: format!("{short}{word}"),
            at: ways.street_near(at).0,
            village: village.name,
            duty,
            travel,
        });
    };
    let always = ["00:00", "24:00"];
    add("police", &villages[0], "派出所", 140.0, always, "car");
    add("fire", &villages[0], "消防站", -220.0, always, "car");
    for (number, village) in villages.iter().enumerate() {
        add(
            "workstation",
            village,
            "村警务工作站",
            0.0,
            ["08:00", "20:00"],
            "ebike",
        );
        if number % 7 == 3 {
            add(
                "fire",
                village,
                "微型消防站",
                60.0,
                ["06:00", "22:00"],
                "car",
            );
        }
    }
    stations
}

/// A few in every village, more in the core.
pub fn volunteers(tile: &Tile, villages: &[Village], houses: &[[Point; 4]]) -> Vec<Volunteer> {
    let mut chance = tile.chance(7);
    let mut volunteers = Vec::new();
    let hours = [
        ["18:00", "21:00"],
        ["06:00", "09:00"],
        ["08:00", "18:00"],
        ["15:00", "22:00"],
    ];
    for (number, village) in villages.iter().enumerate() {
        let mut homes: Vec<&[Point; 4]> = houses.iter().collect();
        homes.retain(|house| house[0].to(village.center) < 300.0);
        let n_people = if number < 2 { 6 } else { 1 + chance.below(3) };
        for _ in 0..n_people.min(homes.len()) {
            let house = homes.swap_remove(chance.below(homes.len()));
            // Just outside the wall, where the door would be.
            let (wall, back) = (
                house[0].toward(house[1], 0.5),
                house[2].toward(house[3], 0.5),
            );
            volunteers.push(Volunteer {
                name: format!("志愿者{:02}", volunteers.len() + 1),
                group: names::GROUPS[chance.below(names::GROUPS.len())],
                at: wall + (wall - back).unit(),
                village: village.name,
                duty: hours[chance.below(hours.len())],
                travel: ["foot", "foot", "ebike", "ebike", "car"][chance.below(5)],
            });
        }
    }
    volunteers
}
