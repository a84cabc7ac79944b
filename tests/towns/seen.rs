//! Walks with a noisy receiver: what was seen is what the true positions saw, and never the other bank.

use geo::Coord;
use zhugan::model::crossing::CrossingState;
use zhugan::plan::seen::Fix;
use zhugan::plan::seen::FlagKind;
use zhugan::plan::seen::Judging;
use zhugan::plan::seen::Seen;
use zhugan::plan::seen::SeenError;
use zhugan::plan::seen::replay::Sketch;
use zhugan::plan::seen::seen;

use super::drawn::STEP;
use super::drawn::Town;
use super::seen_walks::NARROW;
use super::seen_walks::Noise;
use super::seen_walks::Off;
use super::seen_walks::Scene;
use super::seen_walks::Truth;
use super::seen_walks::WALKING;
use super::seen_walks::has;
use super::seen_walks::lasting;
use super::seen_walks::white;
use super::seen_walks::without_signal;

const NOISES: [Noise; 6] = [
    white(5.0),
    white(10.0),
    white(15.0),
    lasting(5.0),
    lasting(10.0),
    lasting(15.0),
];

/// A receiver that goes on erring the same way for two minutes, beside water that is hardly wider than twice that.
const LONG_AT_12: Noise = Noise {
    sigma: 12.0,
    lasting: 120.0,
};
const LONG_AT_19: Noise = Noise {
    sigma: 19.0,
    lasting: 120.0,
};

fn walk(line: &[Coord]) -> Truth {
    Truth::default().along(line, WALKING)
}

/// Asserts that of some walks, each with its own chance, what is credited is within 5 % of what the true positions saw.
#[track_caller]
fn check_within_a_twentieth(
    scene: &Scene,
    truth: &Truth,
    on_foot: &[Truth],
    noise: Noise,
    change: impl Fn(Vec<Fix>) -> Vec<Fix>,
) {
    let true_meters = scene.truth(on_foot);
    for seed in 0..5 {
        let seen = scene.seen(&change(truth.track(scene, noise, seed)));
        let off = Off::new(&true_meters, &scene.credited(&seen));
        assert!(off.share() <= 0.05, "{noise:?} {seed} {off:?} {seen:?}");
        assert!(off.misjudged() <= 0.08, "{noise:?} {seed} {off:?}");
        assert!(off.other_bank < 1.0, "{noise:?} {seed} {off:?}");
    }
}

#[test]
fn what_is_credited_for_a_walk_is_within_a_twentieth_of_what_was_seen() {
    for (width, inland) in [(12.0, 3.0), (25.0, 3.0), (40.0, 3.0), (40.0, 14.0)] {
        let scene = Scene::river(width, true);
        let walk = walk(&scene.bank(1.0, inland, 50.0, 1_550.0));
        // Where the water is narrower than twice the noise, there may be nothing to credit.
        let can_be_told = |noise: &&Noise| width <= NARROW || width >= 2.0 * noise.sigma;
        for noise in NOISES.iter().filter(can_be_told) {
            let whole = [walk.clone()];
            check_within_a_twentieth(&scene, &walk, &whole, *noise, |track| track);
            // With two drop-outs of the signal, of two and of five minutes: after so long it may take the far bank to be sure.
            if width < 2.0 * noise.sigma {
                continue;
            }
            check_within_a_twentieth(&scene, &walk, &whole, *noise, |track| {
                without_signal(&without_signal(&track, 150, 120), 500, 300)
            });
        }
    }
}

#[test]
fn the_bank_across_the_river_is_never_credited() {
    for (width, noises) in [
        (
            25.0,
            [
                white(12.0),
                lasting(5.0),
                lasting(10.0),
                lasting(12.0),
                LONG_AT_12,
            ],
        ),
        (
            40.0,
            [
                white(15.0),
                lasting(5.0),
                lasting(10.0),
                lasting(15.0),
                LONG_AT_19,
            ],
        ),
    ] {
        let scene = Scene::river(width, true);
        // Some of them end soon after the bridge in the middle, by which they might have changed sides.
        for (side, to) in [
            (1.0, 350.0),
            (-1.0, 600.0),
            (1.0, 1_200.0),
            (1.0, 860.0),
            (-1.0, 950.0),
        ] {
            let walk = walk(&scene.bank(side, 2.0, 100.0, to));
            let truth = scene.truth(std::slice::from_ref(&walk));
            for noise in noises {
                for seed in 0..40 {
                    let seen = scene.seen(&walk.track(&scene, noise, seed));
                    let off = Off::new(&truth, &scene.credited(&seen));
                    assert!(off.other_bank < 1.0, "{noise:?} {seed} {off:?} {seen:?}");
                }
            }
        }
    }
}

#[test]
fn where_the_noise_does_not_tell_the_banks_apart_neither_is_credited() {
    let scene = Scene::river(25.0, false);
    let middle = Truth::default().along(&scene.bank(1.0, -12.5, 100.0, 600.0), WALKING);
    let seen = scene.seen(&middle.track(&scene, white(15.0), 1));
    assert_eq!(seen.stretches, []);
    assert!(has(&seen, FlagKind::Unsure), "{seen:?}");
    // Over narrow water it does not matter on which bank somebody was.
    let scene = Scene::river(12.0, false);
    let middle = Truth::default().along(&scene.bank(1.0, -6.0, 100.0, 600.0), WALKING);
    let credited = scene.credited(&scene.seen(&middle.track(&scene, white(15.0), 1)));
    assert!(credited.0.len() > 950, "{}", credited.0.len());
}

#[test]
fn somebody_who_crosses_by_the_bridge_has_seen_both_banks() {
    let scene = Scene::river(40.0, true);
    let mut line = scene.bank(1.0, 3.0, 50.0, 800.0);
    line.extend(scene.bank(-1.0, 3.0, 800.0, 50.0));
    let walk = walk(&line);
    for noise in [white(5.0), white(10.0), lasting(5.0), lasting(10.0)] {
        check_within_a_twentieth(&scene, &walk, std::slice::from_ref(&walk), noise, |track| {
            track
        });
    }
}

#[test]
fn a_gap_is_bridged_along_the_ground_and_never_over_water() {
    let over = |scene: &Scene| {
        let mut line = scene.bank(1.0, 3.0, 400.0, 800.0);
        line.extend(scene.bank(-1.0, 3.0, 800.0, 1_200.0));
        without_signal(&walk(&line).track(scene, lasting(5.0), 3), 240, 120)
    };
    let mut open = Scene::river(40.0, true);
    let seen = open.seen(&over(&open));
    assert!(has(&seen, FlagKind::BridgedGap), "{:?}", seen.flags);
    assert!(!has(&seen, FlagKind::Gap), "{:?}", seen.flags);
    let closed = CrossingState::Closed;
    open.town.closures.set(0, closed);
    for scene in [open, Scene::river(40.0, false)] {
        let seen = scene.seen(&over(&scene));
        assert!(has(&seen, FlagKind::Gap), "{:?}", seen.flags);
        assert!(!has(&seen, FlagKind::BridgedGap), "{:?}", seen.flags);
        // What lies in the gap, 170 m, is credited on neither bank.
        let credited: f64 = seen.stretches.iter().map(|one| (one.to - one.from).0).sum();
        assert!(credited < 820.0, "{credited} {seen:?}");
    }
}

#[test]
fn a_gap_that_nobody_can_have_walked_is_not_bridged() {
    let scene = Scene::river(40.0, false);
    let line = scene.bank(1.0, 3.0, 100.0, 1_300.0);
    let track = walk(&line).track(&scene, lasting(5.0), 1);
    let gone = without_signal(&track, 300, 300);
    // The same places, but the second half comes four minutes sooner: somebody took a bus.
    let sooner = gone.iter().map(|fix| Fix {
        at_ms: fix.at_ms - if fix.at_ms > 400_000 { 240_000 } else { 0 },
        ..*fix
    });
    let seen = scene.seen(&sooner.collect::<Vec<Fix>>());
    assert_eq!(seen.stretches.len(), 2, "{seen:?}");
    assert!(!has(&seen, FlagKind::BridgedGap), "{:?}", seen.flags);
    assert!(has(&seen, FlagKind::TooFast), "{:?}", seen.flags);
}

#[test]
fn whoever_drives_by_is_flagged_and_has_seen_nothing() {
    let scene = Scene::river(40.0, false);
    for (speed, noise) in
        [8.0, 11.0, 15.0]
            .into_iter()
            .zip([white(15.0), lasting(15.0), lasting(5.0)])
    {
        let drive = Truth::default().along(&scene.bank(1.0, 8.0, 50.0, 1_550.0), speed);
        for seed in 0..10 {
            let seen = scene.seen(&drive.track(&scene, noise, seed));
            assert!(has(&seen, FlagKind::TooFast), "{seen:?}");
            let credited = scene.credited(&seen).0.len();
            assert!(credited <= 45, "{credited} {seen:?}");
            assert!(seen.walked.0 < 45.0, "{}", seen.walked);
        }
    }
}

#[test]
fn of_a_walk_with_a_ride_in_it_the_walks_are_credited() {
    let scene = Scene::river(40.0, false);
    let part = |from: f64, to: f64| scene.bank(1.0, 5.0, from, to);
    let whole = walk(&part(50.0, 600.0)).along(&part(600.0, 1_000.0), 10.0);
    let whole = whole.along(&part(1_000.0, 1_550.0), WALKING);
    let on_foot = [walk(&part(50.0, 600.0)), walk(&part(1_000.0, 1_550.0))];
    for noise in [white(5.0), white(10.0), lasting(5.0), lasting(10.0)] {
        check_within_a_twentieth(&scene, &whole, &on_foot, noise, |track| track);
    }
}

#[test]
fn a_jump_is_flagged_and_changes_nothing_else() {
    let scene = Scene::river(40.0, false);
    let walk = walk(&scene.bank(1.0, 3.0, 50.0, 1_550.0));
    let track = walk.track(&scene, lasting(5.0), 1);
    let plain = scene.seen(&track);
    assert_eq!(plain.flags, []);
    for away in [400..401, 400..415, 400..420] {
        let mut jumped = track.clone();
        for fix in &mut jumped[away] {
            fix.at.y += 300_000;
        }
        let seen = scene.seen(&jumped);
        assert!(seen.flags.iter().all(|flag| flag.kind == FlagKind::Jump));
        assert!(has(&seen, FlagKind::Jump), "{seen:?}");
        let [before, after] = [&plain, &seen].map(|seen| scene.credited(seen).0.len());
        assert!(before.abs_diff(after) <= 2, "{before} {after}");
    }
}

#[test]
fn a_track_handed_in_again_is_known_whenever_it_is_said_to_be_from() {
    let scene = Scene::river(40.0, false);
    let walk = walk(&scene.bank(1.0, 3.0, 50.0, 1_550.0));
    let track = walk.track(&scene, lasting(5.0), 1);
    let written = serde_json::to_string(&Sketch::of(&track)).unwrap();
    let kept: [Sketch; 1] = [serde_json::from_str(&written).unwrap()];
    assert_eq!(kept[0].0.len(), 257);
    let later: Vec<Fix> = track[200..]
        .iter()
        .map(|fix| Fix {
            at_ms: fix.at_ms + 86_400_000,
            ..*fix
        })
        .collect();
    assert!(kept[0].likeness(&Sketch::of(&later)) > 0.9);
    let seen = scene.seen_after(&later, &kept);
    assert!(has(&seen, FlagKind::Replayed), "{seen:?}");
    assert_eq!(seen.stretches, []);
    // The same walk, walked again, is like it in nothing.
    for (seed, noise) in (2..).zip(NOISES) {
        let honest = walk.track(&scene, noise, seed);
        assert!(kept[0].likeness(&Sketch::of(&honest)) < 0.01);
        assert!(!has(&scene.seen_after(&honest, &kept), FlagKind::Replayed));
    }
}

/// How many meters of bank are credited for a walk from `a` to `b`, and how many were seen.
fn drawn(text: &str, wall: &str) -> [usize; 2] {
    let mut town = Town::drawn(text).street("mn");
    if !wall.is_empty() {
        town = town.wall(wall, "");
    }
    let rows = text.lines().map(str::trim).filter(|row| !row.is_empty());
    let rows: Vec<&str> = rows.collect();
    let at = |letter: char| {
        let mut places = rows.iter().zip(0_u32..);
        let found = places.find_map(|(row, number)| Some((row.find(letter)? as f64, number)));
        let (column, row) = found.unwrap();
        Coord {
            x: column * STEP,
            y: -f64::from(row) * STEP,
        }
    };
    let ends = ['a', 'b'].map(at);
    let scene = Scene::drawn(town);
    let walk = walk(&ends);
    let seen = scene.seen(&walk.track(&scene, white(5.0), 1));
    let truth = scene.truth(&[walk]);
    [scene.credited(&seen).0.len(), truth.0.len()]
}

#[test]
fn nothing_is_seen_through_a_wall() {
    let text = "
        m.............................................n
        .a...........................................b.
        c.............................................d
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    ";
    let [open, truth] = drawn(text, "");
    assert!(open.abs_diff(truth) < 15, "{open} {truth}");
    // The judge knows no walls.
    assert_eq!(drawn(text, "cd")[0], 0);
}

#[test]
fn the_end_of_a_spit_is_not_seen_from_where_it_begins() {
    let [credited, truth] = drawn(
        "
        m.............................................n
        .a...........................................b.
        ...............................................
        ~~~~~~~~~~~~~~~~~~~~~~..~~~~~~~~~~~~~~~~~~~~~~~
        ~~~~~~~~~~~~~~~~~~~~~~..~~~~~~~~~~~~~~~~~~~~~~~
        ~~~~~~~~~~~~~~~~~~~~~~..~~~~~~~~~~~~~~~~~~~~~~~
        ~~~~~~~~~~~~~~~~~~~~~~..~~~~~~~~~~~~~~~~~~~~~~~
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        ",
        "",
    );
    // On which side of the spit somebody is cannot be told all the time, so a few meters are missed; its end has 60 m more.
    assert!(
        credited < truth + 10 && truth < credited + 40,
        "{credited} {truth}"
    );
}

#[test]
fn the_order_of_the_fixes_does_not_matter_and_too_many_are_refused() {
    let scene = Scene::river(25.0, false);
    let mut track = walk(&scene.bank(1.0, 3.0, 50.0, 500.0)).track(&scene, lasting(5.0), 1);
    let sorted = scene.seen(&track);
    track.reverse();
    track.extend_from_within(..50);
    assert_eq!(scene.seen(&track), sorted);
    assert_eq!(scene.seen(&[]), Seen::default());
    let many = vec![track[0]; 20_001];
    let refused = seen(
        scene.ground(),
        &scene.town.closures,
        &many,
        Judging::default(),
    );
    assert_eq!(refused, Err(SeenError::TooManyFixes { n_fixes: 20_001 }));
}
