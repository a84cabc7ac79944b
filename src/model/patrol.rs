//! Patrols: how often water is to be walked along, and what a team lingers at.

use crate::model::day::Day;
use crate::model::fnv::fnv1a;
use crate::units::Meters;
use crate::units::Seconds;

/// How patrols are planned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PatrolSettings {
    /// Water up to so wide is seen from either side.
    pub narrow: Meters,
    /// How often in a week a bank is to be seen, by the risk grade of its water, 1 to 4; more than 7 is more than once an evening.
    pub per_week: [u8; 4],
    /// How long a team lingers at a hot spot.
    pub linger: Seconds,
    /// How long a team takes to look at a piece of equipment whose inspection is due.
    pub inspect: Seconds,
}

impl Default for PatrolSettings {
    /// In Fengqiao patrols go every evening, some counties order two river patrols a day; neither tells them apart by risk.
    /// Fewer evenings for less risk, two minutes and one are guesses to start from: every place names its own.
    fn default() -> Self {
        Self {
            narrow: Meters(15.0),
            per_week: [1, 3, 7, 7],
            linger: Seconds(120.0),
            inspect: Seconds(60.0),
        }
    }
}

impl PatrolSettings {
    /// How often a bank is to be seen on a day: as often as its grade says in any seven days. Banks of one `group` are due together.
    pub fn visits(&self, grade: u8, group: &str, day: &Day) -> u8 {
        let per_week = self.per_week[usize::from(grade.clamp(1, 4)) - 1];
        let (each, rest) = (per_week / 7, i64::from(per_week % 7));
        let place_in_week = day.number() + phase(group);
        each + u8::from((place_in_week.rem_euclid(7) * rest).rem_euclid(7) < rest)
    }
}

/// A number from 0 to 6 that is always the same for a text.
fn phase(text: &str) -> i64 {
    (fnv1a(text.bytes()) % 7).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_any_seven_days_a_bank_is_due_as_often_as_its_grade_says() {
        let settings = PatrolSettings {
            per_week: [1, 3, 7, 10],
            ..PatrolSettings::default()
        };
        let first = Day::new("2026-02-26").unwrap();
        for group in ["Balzers", "w17", "枫桥"] {
            for start in 0..9 {
                let week = (start..start + 7).map(|later| first.after(later).unwrap());
                let week: Vec<Day> = week.collect();
                let visits = [1, 2, 3, 4].map(|grade| {
                    let visits = week.iter().map(|day| settings.visits(grade, group, day));
                    visits.map(u32::from).sum::<u32>()
                });
                assert_eq!(visits, [1, 3, 7, 10], "{group} from {start}");
            }
        }
    }

    #[test]
    fn not_every_group_is_due_on_the_same_day() {
        let day = Day::new("2026-11-27").unwrap();
        let settings = PatrolSettings::default();
        let groups = ["Balzers", "Eschen", "Gamprin", "Mauren", "Ruggell", "Vaduz"];
        let n_due = groups
            .iter()
            .filter(|group| settings.visits(1, group, &day) > 0);
        assert!((0..4).contains(&n_due.count()));
        let days = groups.map(phase);
        assert!(days.iter().any(|day| *day != days[0]), "{days:?}");
    }
}
