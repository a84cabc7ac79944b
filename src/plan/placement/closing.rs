//! What solvers of mixed-integer programs add to a good choice and its bound: they have a small problem whole, and a large one part
//! by part.

use rustc_hash::FxHashMap;

use crate::plan::placement::exact;
use crate::plan::placement::maximal::Found;
use crate::plan::placement::maximal::Problem;
use crate::plan::placement::prices::Prices;
use crate::plan::placement::regional;
use crate::plan::placement::taking::filled;
use crate::plan::placement::taking::without_least;

/// A problem is solved whole if its sites cover so many demands together, each counted for every site.
const SMALL: usize = 100_000;

/// So many sites of a good choice make up a part, round by round: those that are too hard fall into smaller ones, and larger ones
/// prove more.
const TOGETHER: [usize; 2] = [24, 48];

impl Problem<'_> {
    /// Closes the gap between the best choice and the bound, as far as solvers can.
    pub(super) fn close(&self, prices: &Prices, found: &mut Found<'_>) {
        if found.is_near(found.bound) || found.is_over() {
            return;
        }
        let known = self.own(&found.sites);
        let is_over = found.watch.is_over;
        if let Some(exact) = exact::solved(self.asked, SMALL, (&[], &known), is_over) {
            self.offer(&exact.sites, found);
            found.prove(self.sure + exact.bound);
        }
        for together in TOGETHER {
            if found.is_near(found.bound) || found.is_over() {
                return;
            }
            let known = self.own(&found.sites);
            let better = regional::exchanged(self.asked, prices, known, together / 2, is_over);
            self.improve(better, found);
            self.solve_by_parts(together, prices, found);
        }
    }

    fn solve_by_parts(&self, together: usize, prices: &Prices, found: &mut Found<'_>) {
        let known = self.own(&found.sites);
        let is_over = found.watch.is_over;
        let parts = regional::solved(self.asked, prices, &known, together, is_over);
        found.prove(self.sure + parts.bound);
        // Together they may be a few more or fewer than are looked for.
        let n_sites = self.asked.n_sites;
        let (sites, _) = without_least(self.asked, parts.sites, |_| true, |_, n| n >= n_sites);
        self.improve(filled(self.asked, &self.open().sites, sites), found);
    }

    /// Those of some sites that it has, by its own numbers.
    pub(super) fn own(&self, sites: &[u32]) -> Vec<u32> {
        let named = (0_u32..).zip(&self.names).map(|(own, &name)| (name, own));
        let named: FxHashMap<u32, u32> = named.collect();
        let own = sites.iter().filter_map(|name| named.get(name).copied());
        own.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::chance::Chance;
    use crate::plan::placement::prices::Goes;
    use crate::plan::placement::prices::Pace;
    use crate::plan::placement::prices::Part;
    use crate::plan::placement::prices::Step;
    use crate::plan::placement::prices::better_prices;
    use crate::plan::placement::sets::Sets;
    use crate::plan::placement::taking::Decided;
    use crate::plan::placement::taking::Kinds;
    use crate::plan::placement::taking::Question;
    use crate::plan::placement::taking::greedy;
    use crate::plan::placement::taking::value;

    /// A winding river: each of 13 sites covers four demands of the six around it, and each demand counts 1 to 9.
    fn river(chance: &mut Chance) -> (Sets, Vec<f64>, Vec<u8>, Vec<u8>) {
        let mut below = |n: usize| (chance.share() * n as f64) as usize;
        let sites = (0..13_usize).map(|site| {
            let around = (0..4).map(|_| ((2 * site + below(6)) % 26) as u32);
            around.collect::<Vec<u32>>()
        });
        let sets = Sets::new(26, &sites.collect::<Vec<_>>());
        let weights = (0..26).map(|_| 1.0 + below(9) as f64).collect();
        let needs = (0..26).map(|_| 1 + below(2) as u8).collect();
        let kinds = (0..13).map(|_| below(2) as u8).collect();
        (sets, weights, needs, kinds)
    }

    fn prices(asked: Question<'_>, n_steps: usize) -> Prices {
        let part = Part {
            sites: vec![Decided::Open; asked.sets.n_sites()],
            must: Vec::new(),
        };
        let pace = Pace {
            most_steps: n_steps,
            patience: 10,
            length: 1.0,
        };
        let known = value(asked, &greedy(asked));
        let go_on = |_: Step<'_>| Goes { known, on: true };
        better_prices(asked, &part, &Prices::first(asked), pace, go_on)
    }

    /// The best of every choice.
    fn best(asked: Question<'_>) -> f64 {
        let n_sites = asked.sets.n_sites() as u32;
        let choices = (0_u32..1 << n_sites).map(|chosen| {
            let sites = (0..n_sites).filter(|site| chosen & (1 << site) != 0);
            sites.collect::<Vec<u32>>()
        });
        let allowed = choices.filter(|sites| {
            let [first, second] = numbers(asked, sites);
            first <= 2 && second <= 3
        });
        allowed
            .map(|sites| value(asked, &sites))
            .fold(0.0, f64::max)
    }

    fn numbers(asked: Question<'_>, sites: &[u32]) -> [usize; 2] {
        let mut numbers = [0; 2];
        for &site in sites {
            numbers[asked.kind(site)] += 1;
        }
        numbers
    }

    #[test]
    fn what_parts_prove_is_never_below_the_best_of_every_choice_and_exchanges_never_lose() {
        let (mut n_better, mut n_closer) = (0, 0);
        for seed in 0..25 {
            let mut chance = Chance::new(seed);
            let (sets, weights, needs, kinds) = river(&mut chance);
            let asked = Question {
                sets: &sets,
                weights: &weights,
                needs: &needs,
                n_sites: 5,
                kinds: Kinds {
                    of: &kinds,
                    most: &[2, 3],
                },
                enough: 0.0,
            };
            let best = best(asked);
            // So few steps that the prices alone prove little.
            let prices = prices(asked, 12);
            assert!(
                prices.bound >= best - 1e-6,
                "{seed}: {} {best}",
                prices.bound
            );
            let known = greedy(asked);
            for together in 1..=4 {
                let parts = regional::solved(asked, &prices, &known, together, &|| false);
                assert!(parts.bound >= best - 1e-6, "{seed}: {} {best}", parts.bound);
                n_closer += usize::from(parts.bound < prices.bound - 1e-3);
                let better =
                    regional::exchanged(asked, &prices, known.clone(), together, &|| false);
                assert_eq!(numbers(asked, &better), numbers(asked, &known), "{seed}");
                let [was, is] = [&known, &better].map(|sites| value(asked, sites));
                assert!(was <= is && is <= best + 1e-9, "{seed}: {was} {is} {best}");
                n_better += usize::from(is > was);
            }
            let exact = exact::solved(asked, usize::MAX, (&[], &known), &|| false);
            let exact = exact.map(|exact| (exact.bound, value(asked, &exact.sites)));
            assert!(
                exact.is_some_and(|(bound, value)| {
                    (bound - best).abs() < 1e-6 && (value - best).abs() < 1e-6
                }),
                "{seed}: {exact:?} {best}"
            );
        }
        assert!(n_better > 0 && n_closer > 0, "{n_better} {n_closer}");
    }
}
