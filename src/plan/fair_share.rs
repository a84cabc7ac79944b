//! Who walks on which evening so that everybody is on as often as others: proposed for a planner to change.
//!
//! Evening by evening, places go first to whoever was on least, counted with the weeks before; among equals to those who can come on
//! fewer of the evenings that are left. Then places are given on along chains of people: whoever is on most gives an evening to
//! somebody who gives one to somebody else, until nobody can be helped. What is left is the fairest there is: the greatest number of
//! evenings, the number of people who have it, the next greatest and so on are as small as the weekdays allow, since a chain that helps is
//! found whenever there is one (they are the augmenting paths of a flow with convex costs).

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;

use crate::model::roster::Member;
use crate::model::roster::RosterDay;
use crate::model::roster::RosterTeam;
use crate::model::volunteer::Skill;
use crate::model::volunteer::VolunteerId;
use crate::model::volunteer::Weekdays;

/// How many are wanted on each evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// So many teams.
    pub teams: usize,
    /// So many in each.
    pub members: usize,
}

/// Somebody who may be on.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Who.
    pub id: VolunteerId,
    /// When they come.
    pub weekdays: Weekdays,
    /// What they can do.
    pub skills: Vec<Skill>,
    /// How often they were on in the weeks before.
    pub times: u32,
}

/// An evening as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Evening {
    /// Who is on it; those who are locked stay.
    pub day: RosterDay,
    /// Who has said that they cannot.
    pub cannot: BTreeSet<VolunteerId>,
}

/// How fair a proposal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// How often everybody is on, with the weeks before.
    pub times: BTreeMap<VolunteerId, u32>,
    /// Places that nobody can take.
    pub n_open: usize,
    /// Teams in which nobody can do something that others can, by skill.
    pub without: BTreeMap<Skill, usize>,
}

/// Who is on which evening while they are handed out.
struct Handing<'a> {
    candidates: &'a [Candidate],
    /// Of each evening, who could come.
    can: Vec<Vec<usize>>,
    /// Of each evening, who is on it and may be exchanged.
    on: Vec<BTreeSet<usize>>,
    times: Vec<u32>,
}

/// Evenings as they might be, and how fair that is. An evening that is published stays as it is, and counts.
///
/// `O(c (c + p))` for each of the `p` places, with `c` candidates; at worst as many chains as places times the greatest number of times.
pub fn proposed(
    evenings: &[Evening],
    candidates: &[Candidate],
    wanted: Wanted,
) -> (Vec<RosterDay>, Share) {
    let index: BTreeMap<VolunteerId, usize> = candidates
        .iter()
        .enumerate()
        .map(|(index, candidate)| (candidate.id, index))
        .collect();
    let stays = |evening: &Evening, member: &Member| evening.day.is_published || member.is_locked;
    let mut handing = Handing {
        candidates,
        can: Vec::new(),
        on: vec![BTreeSet::new(); evenings.len()],
        times: candidates.iter().map(|one| one.times).collect(),
    };
    let mut free = Vec::new();
    for evening in evenings {
        let kept = evening.day.members().filter(|one| stays(evening, one));
        let kept: BTreeSet<VolunteerId> = kept.map(|member| member.volunteer).collect();
        for one in kept.iter().filter_map(|id| index.get(id)) {
            handing.times[*one] += 1;
        }
        let can = candidates.iter().enumerate().filter(|(_, one)| {
            one.weekdays.holds(&evening.day.day)
                && !evening.cannot.contains(&one.id)
                && !kept.contains(&one.id)
        });
        handing.can.push(can.map(|(index, _)| index).collect());
        free.push(if evening.day.is_published {
            0
        } else {
            (wanted.teams * wanted.members).saturating_sub(kept.len())
        });
    }
    handing.hand_out(&free);
    while handing.hand_on() {}
    let days = evenings.iter().zip(&handing.on).map(|(evening, on)| {
        if evening.day.is_published {
            return evening.day.clone();
        }
        let on = on.iter().map(|&one| &candidates[one]);
        in_teams(evening, on.collect(), wanted)
    });
    let days: Vec<RosterDay> = days.collect();
    let share = share(&days, candidates, wanted, &handing.times);
    (days, share)
}

impl Handing<'_> {
    fn hand_out(&mut self, free: &[usize]) {
        for (evening, &n_free) in free.iter().enumerate() {
            for _ in 0..n_free {
                let later = &self.can[evening + 1..];
                let on = &self.on[evening];
                let open = self.can[evening].iter().filter(|one| !on.contains(one));
                let next = open.min_by_key(|&&one| {
                    let chances = later.iter().filter(|can| can.contains(&one)).count();
                    (self.times[one], chances, self.candidates[one].id)
                });
                let Some(&next) = next else {
                    break;
                };
                self.on[evening].insert(next);
                self.times[next] += 1;
            }
        }
    }

    /// Gives one evening on along a chain from somebody who is on often to somebody who is on less by two or more; false if there is
    /// no such chain.
    fn hand_on(&mut self) -> bool {
        let mut starts: Vec<usize> = (0..self.candidates.len()).collect();
        starts.sort_by_key(|&one| (std::cmp::Reverse(self.times[one]), one));
        starts.into_iter().any(|start| self.hand_on_from(start))
    }

    fn hand_on_from(&mut self, start: usize) -> bool {
        // By whom somebody is reached, on which evening.
        let mut from: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(giver) = queue.pop_front() {
            let evenings = (0..self.on.len()).filter(|&evening| self.on[evening].contains(&giver));
            for evening in evenings {
                for &taker in &self.can[evening] {
                    let is_known = taker == start || from.contains_key(&taker);
                    if is_known || self.on[evening].contains(&taker) {
                        continue;
                    }
                    from.insert(taker, (giver, evening));
                    if self.times[taker] + 2 <= self.times[start] {
                        self.give_back_along(start, taker, &from);
                        return true;
                    }
                    queue.push_back(taker);
                }
            }
        }
        false
    }

    fn give_back_along(
        &mut self,
        start: usize,
        last: usize,
        from: &BTreeMap<usize, (usize, usize)>,
    ) {
        let mut taker = last;
        while taker != start {
            let (giver, evening) = from[&taker];
            self.on[evening].remove(&giver);
            self.on[evening].insert(taker);
            taker = giver;
        }
        self.times[start] -= 1;
        self.times[last] += 1;
    }
}

/// Shares those who are on out to teams: locked ones stay, and every skill goes to a team that has it not yet.
fn in_teams(evening: &Evening, mut on: Vec<&Candidate>, wanted: Wanted) -> RosterDay {
    let mut teams: Vec<RosterTeam> = (0..wanted.teams.max(evening.day.teams.len()))
        .map(|number| {
            let before = evening.day.teams.get(number);
            let locked = before.into_iter().flat_map(|team| &team.members);
            RosterTeam {
                name: before.and_then(|team| team.name.clone()),
                members: locked.filter(|one| one.is_locked).cloned().collect(),
            }
        })
        .collect();
    let mut skills: Vec<BTreeSet<Skill>> = vec![BTreeSet::new(); teams.len()];
    // Whoever can do most has the first choice, so that no skill comes together where others lack it.
    on.sort_by_key(|one| (std::cmp::Reverse(one.skills.len()), one.id));
    for one in on {
        let best = (0..teams.len())
            .filter(|&team| team < wanted.teams)
            .min_by_key(|&team| {
                let is_full = wanted.members <= teams[team].members.len();
                let brings = one
                    .skills
                    .iter()
                    .filter(|skill| !skills[team].contains(skill));
                (
                    is_full,
                    std::cmp::Reverse(brings.count()),
                    teams[team].members.len(),
                    team,
                )
            });
        let Some(best) = best else {
            continue;
        };
        skills[best].extend(one.skills.iter().copied());
        teams[best].members.push(Member {
            volunteer: one.id,
            is_locked: false,
        });
    }
    RosterDay {
        teams,
        ..evening.day.clone()
    }
}

fn share(days: &[RosterDay], candidates: &[Candidate], wanted: Wanted, times: &[u32]) -> Share {
    let of: BTreeMap<VolunteerId, &Candidate> =
        candidates.iter().map(|one| (one.id, one)).collect();
    let mut without = BTreeMap::new();
    let mut n_open = 0;
    for day in days.iter().filter(|day| !day.is_published) {
        n_open += (wanted.teams * wanted.members).saturating_sub(day.members().count());
        for team in day.teams.iter().filter(|team| !team.members.is_empty()) {
            let members = team.members.iter();
            let members = members.filter_map(|member| of.get(&member.volunteer));
            let has: BTreeSet<Skill> = members.flat_map(|one| one.skills.iter().copied()).collect();
            for skill in Skill::ALL.into_iter().filter(|skill| !has.contains(skill)) {
                *without.entry(skill).or_default() += 1;
            }
        }
    }
    Share {
        times: candidates
            .iter()
            .zip(times)
            .map(|(one, times)| (one.id, *times))
            .collect(),
        n_open,
        without,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::day::Day;

    const MONDAY: &str = "2026-11-30";

    fn evening(number: u16) -> Evening {
        Evening {
            day: RosterDay {
                day: Day::new(MONDAY).unwrap().after(number).unwrap(),
                teams: Vec::new(),
                is_published: false,
                version: 0,
            },
            cannot: BTreeSet::new(),
        }
    }

    fn candidate(id: i64, weekdays: u8, times: u32, skills: &[Skill]) -> Candidate {
        Candidate {
            id: VolunteerId(id),
            weekdays: Weekdays::try_from(weekdays).unwrap(),
            skills: skills.to_vec(),
            times,
        }
    }

    fn ids(team: &RosterTeam) -> Vec<i64> {
        team.members.iter().map(|one| one.volunteer.0).collect()
    }

    /// How often people are on, the most first, in the fairest of all ways to fill the evenings: every way is tried.
    fn fairest(candidates: &[Candidate], n_evenings: usize, places: usize) -> Vec<u32> {
        let mut best: Option<Vec<u32>> = None;
        let all = 1_usize << candidates.len();
        let mut chosen = vec![0_usize; n_evenings];
        loop {
            let is_allowed = chosen.iter().enumerate().all(|(evening, &on)| {
                let can: usize = candidates
                    .iter()
                    .enumerate()
                    .filter(|(_, one)| {
                        one.weekdays
                            .numbers()
                            .any(|day| usize::from(day) == evening + 1)
                    })
                    .map(|(index, _)| 1 << index)
                    .sum();
                let n = (can.count_ones() as usize).min(places);
                on & !can == 0 && on.count_ones() as usize == n
            });
            if is_allowed {
                let mut times: Vec<u32> = candidates
                    .iter()
                    .enumerate()
                    .map(|(index, one)| {
                        let on = chosen.iter().filter(|on| *on & (1 << index) != 0);
                        one.times + on.count() as u32
                    })
                    .collect();
                times.sort_unstable_by(|a, b| b.cmp(a));
                if best.as_ref().is_none_or(|best| times < *best) {
                    best = Some(times);
                }
            }
            let Some(next) = chosen.iter().position(|on| on + 1 < all) else {
                return best.unwrap();
            };
            chosen[next] += 1;
            chosen[..next].fill(0);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_way_to_fill_the_evenings_is_fairer(
            people in prop::collection::vec((0_u8..8, 0_u32..4), 1..5),
            n_evenings in 1_u16..4,
            members in 1_usize..4,
        ) {
            let candidates: Vec<Candidate> = (1..)
                .zip(&people)
                .map(|(id, &(weekdays, times))| candidate(id, weekdays, times, &[]))
                .collect();
            let evenings: Vec<Evening> = (0..n_evenings).map(evening).collect();
            let (days, share) = proposed(&evenings, &candidates, Wanted { teams: 1, members });
            let mut times: Vec<u32> = share.times.values().copied().collect();
            times.sort_unstable_by(|a, b| b.cmp(a));
            prop_assert_eq!(times, fairest(&candidates, usize::from(n_evenings), members));
            for day in &days {
                let on: BTreeSet<VolunteerId> = day.members().map(|one| one.volunteer).collect();
                prop_assert_eq!(on.len(), day.members().count(), "nobody twice");
                for one in candidates.iter().filter(|one| on.contains(&one.id)) {
                    prop_assert!(one.weekdays.holds(&day.day));
                }
            }
            let n_on: usize = days.iter().map(|day| day.members().count()).sum();
            prop_assert_eq!(share.n_open, usize::from(n_evenings) * members - n_on);
        }
    }

    #[test]
    fn every_team_has_somebody_who_swims_as_long_as_there_is_one_for_each() {
        let swims = [Skill::Swimmer];
        let candidates = [
            candidate(1, 1, 0, &swims),
            candidate(2, 1, 0, &[]),
            candidate(3, 1, 0, &swims),
            candidate(4, 1, 0, &[]),
        ];
        let wanted = Wanted {
            teams: 2,
            members: 2,
        };
        let (days, share) = proposed(&[evening(0)], &candidates, wanted);
        assert_eq!(ids(&days[0].teams[0]), [1, 2]);
        assert_eq!(ids(&days[0].teams[1]), [3, 4]);
        assert_eq!(share.without.get(&Skill::Swimmer), None);
        assert_eq!(share.without[&Skill::Boat], 2);
    }

    #[test]
    fn whoever_is_locked_stays_and_whoever_cannot_come_is_left_out() {
        let candidates = [1, 2, 3].map(|id| candidate(id, 1, 0, &[]));
        let mut monday = evening(0);
        monday.day.teams = vec![
            RosterTeam {
                name: None,
                members: vec![Member {
                    volunteer: VolunteerId(3),
                    is_locked: false,
                }],
            },
            RosterTeam {
                name: None,
                members: vec![Member {
                    volunteer: VolunteerId(2),
                    is_locked: true,
                }],
            },
        ];
        monday.cannot.insert(VolunteerId(1));
        let wanted = Wanted {
            teams: 2,
            members: 1,
        };
        let (days, share) = proposed(&[monday], &candidates, wanted);
        assert_eq!(ids(&days[0].teams[0]), [3]);
        assert_eq!(ids(&days[0].teams[1]), [2]);
        assert!(days[0].teams[1].members[0].is_locked);
        assert_eq!(share.n_open, 0);
    }
}
