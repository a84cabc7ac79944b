//! A proposal: which sites, in which order, what each adds, and how good the choice is.

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::BankSpot;
use crate::plan::coverage::SHORTEST_GAP;
use crate::plan::footprint::Footprint;
use crate::plan::intervals::Intervals;
use crate::plan::placement::covering;
use crate::plan::placement::demand::Demand;
use crate::plan::placement::demand::Given;
use crate::plan::placement::fair::fair;
use crate::plan::placement::fewest::fewest;
use crate::plan::placement::maximal;
use crate::plan::placement::sites::Site;
use crate::plan::placement::sites::break_points;
use crate::plan::placement::sites::put_up;
use crate::plan::placement::taking::Kinds;
use crate::plan::placement::taking::Question;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;
use crate::units::Meters;

/// Better places for the sites are looked for so often.
const ROUNDS: usize = 2;

/// So many steps a choice takes that is only looked at.
const GLANCE: usize = 300;

/// The gains of so many sites are told at least.
const AT_LEAST_SHOWN: usize = 60;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// So many sites that cover the most.
    Best(usize),
    /// The fewest sites with which this share of all bank is covered.
    Fewest(f64),
}

/// What is put up, kind by kind.
#[derive(Clone, Copy, Debug)]
pub struct PutUp<'a> {
    /// How far a bank may be from a piece; of one kind at least.
    pub limits: &'a [Meters],
    /// So many of each, where there are several kinds: together as many as are looked for.
    pub most: &'a [usize],
}

/// What is asked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What is there, and what counts.
    pub given: Given<'a>,
    /// Which crossings are closed.
    pub closures: &'a Closures,
    /// What is put up.
    pub put_up: PutUp<'a>,
    /// What is looked for.
    pub goal: Goal,
    /// Whether the points where coverage changes are sites, too.
    pub breaks: bool,
    /// Whether a piece can stand at a point of a bank.
    pub is_free: &'a (dyn Fn(BankSpot) -> bool + Sync),
    /// A gap that is good enough, as a share.
    pub enough: f64,
    /// Of equally good choices, another seed may give another.
    pub seed: u64,
}

/// One site of a proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// Where, and what it covers by itself.
    pub site: Site,
    /// What it adds to what is there and to the sites before it.
    pub gained: Meters,
    /// What that counts.
    pub worth: f64,
}

/// Sites, and how good they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposal {
    /// Those first that add most.
    pub sites: Vec<Proposed>,
    /// What they are worth together, or, where the fewest are looked for, how many they are.
    pub value: f64,
    /// No choice among all sites that were looked at is better than this.
    pub bound: f64,
    /// How many sites were looked at.
    pub n_candidates: usize,
    /// The bank that no site covers.
    pub out_of_reach: Meters,
    /// What each further site would gain, taken one by one after those proposed.
    pub further: Vec<Meters>,
    /// The villages that stay below the share that each was to have, by their indices.
    pub below: Vec<usize>,
}

/// The best proposal among some sites and the points where coverage changes, as far as there is time.
pub fn proposed(asked: &Asked<'_>, sites: &[Site], watch: Watch<'_>) -> Proposal {
    let mut sites = sites.to_vec();
    sites.extend(at_breaks(asked, &open_ends(asked, &[])));
    let chosen = match asked.goal {
        Goal::Best(n_sites) => best(asked, &mut sites, n_sites, watch),
        Goal::Fewest(share) => few(asked, &sites, share, watch),
    };
    let taken = chosen
        .numbers
        .iter()
        .map(|&site| sites[site as usize].clone());
    Proposal {
        sites: explained(&asked.given, &taken.collect::<Vec<_>>()),
        value: chosen.value,
        bound: chosen.bound,
        n_candidates: sites.len(),
        out_of_reach: chosen.out_of_reach,
        further: chosen.further,
        below: Vec::new(),
    }
}

/// Sites by their numbers.
struct Chosen {
    numbers: Vec<u32>,
    value: f64,
    bound: f64,
    out_of_reach: Meters,
    further: Vec<Meters>,
}

/// So many sites that cover the most. Beside a good choice, sites are added where coverage changes with it: there, one may
/// cover more than where sites stand by chance.
fn best(asked: &Asked<'_>, sites: &mut Vec<Site>, n_sites: usize, watch: Watch<'_>) -> Chosen {
    let mut known = Vec::new();
    // What is proven about fewer sites is nobody's concern.
    let tell = |now: Standing| {
        (watch.tell)(Standing {
            bound: f64::INFINITY,
            ..now
        });
    };
    for _ in 0..ROUNDS {
        let demand = Demand::new(&asked.given, sites);
        let glance = Watch {
            tell: &tell,
            ..watch
        };
        let question = question(asked, &demand, n_sites);
        known = maximal::good_from(question, &known, GLANCE, asked.seed, glance).sites;
        if known.is_empty() || (watch.is_over)() {
            break;
        }
        let more = beside(asked, sites, &known);
        sites.extend(more);
    }
    let demand = Demand::new(&asked.given, sites);
    let question = question(asked, &demand, n_sites);
    let choice = maximal::best_from(question, &known, asked.seed, watch);
    Chosen {
        further: further(asked, &demand, &choice.sites),
        numbers: choice.sites,
        value: choice.value,
        bound: choice.bound,
        out_of_reach: demand.out_of_reach(),
    }
}

fn question<'a>(asked: &Asked<'a>, demand: &'a Demand, n_sites: usize) -> Question<'a> {
    Question {
        kinds: kinds(demand, asked.put_up.most),
        enough: asked.enough,
        ..demand.question(n_sites)
    }
}

fn kinds<'a>(demand: &'a Demand, most: &'a [usize]) -> Kinds<'a> {
    match most {
        [] => Kinds::default(),
        most => Kinds {
            of: &demand.kind_of,
            most,
        },
    }
}

/// What each further site would gain, up to about twice as many: where that falls, more are hardly worth it.
fn further(asked: &Asked<'_>, demand: &Demand, sites: &[u32]) -> Vec<Meters> {
    let n_sites = (2 * sites.len()).max(AT_LEAST_SHOWN);
    let times = n_sites.div_ceil(sites.len().max(1));
    let most: Vec<usize> = asked.put_up.most.iter().map(|most| most * times).collect();
    let more = Question {
        kinds: kinds(demand, &most),
        ..demand.question(n_sites)
    };
    let all = maximal::greedily_filled(more, sites);
    let in_meters = Question {
        weights: &demand.meters,
        ..more
    };
    let gains = maximal::gains(in_meters, &all)
        .into_iter()
        .skip(sites.len());
    gains.map(Meters).collect()
}

/// Sites where coverage changes, with some that are taken.
fn beside(asked: &Asked<'_>, sites: &[Site], taken: &[u32]) -> Vec<Site> {
    let taken: Vec<&Site> = taken.iter().map(|&site| &sites[site as usize]).collect();
    let near = near(asked.given.ground, &taken, asked.put_up.limits);
    let ends = open_ends(asked, &taken).into_iter();
    at_breaks(asked, &ends.filter(|end| near(end)).collect::<Vec<_>>())
}

/// The fewest sites with which a share of all bank is covered, or of what can be.
fn few(asked: &Asked<'_>, sites: &[Site], share: f64, watch: Watch<'_>) -> Chosen {
    let demand = Demand::new(&asked.given, sites);
    let banks = asked.given.ground.banks.iter();
    let all: Meters = banks.map(crate::model::bank::Bank::length).sum();
    let wanted = all.0 * f64::from(asked.given.wanted);
    let stretches = demand.stretches.iter();
    let lacking = stretches.map(|stretch| stretch.length().0 * f64::from(stretch.lacks));
    let lacking: f64 = lacking.sum();
    let reachable = demand.meters.iter().zip(&demand.needs);
    let reachable = reachable.map(|(meters, needs)| meters * f64::from(*needs));
    let reachable: f64 = reachable.sum();
    let target = (wanted * share - (wanted - lacking)).clamp(0.0, reachable);
    let is_all = target >= reachable * (1.0 - 1e-9);
    let (numbers, bound) = if is_all && asked.given.wanted == 1 {
        let sets = demand.without_slivers(SHORTEST_GAP);
        let costs = vec![1.0; sets.n_sites()];
        let cover = covering::cheapest(&sets, &costs, asked.seed, watch);
        cover.map_or((Vec::new(), 0.0), |cover| (cover.sites, cover.bound))
    } else {
        let question = Question {
            weights: &demand.meters,
            ..question(asked, &demand, 0)
        };
        let few = fewest(question, target, asked.seed, watch);
        (few.sites, few.at_least as f64)
    };
    Chosen {
        further: further(asked, &demand, &numbers),
        value: numbers.len() as f64,
        numbers,
        bound,
        out_of_reach: demand.out_of_reach(),
    }
}

/// Where what is covered ends, with some sites beside what is there.
fn open_ends(asked: &Asked<'_>, sites: &[&Site]) -> Vec<BankSpot> {
    let ground = asked.given.ground;
    let mut more = vec![Vec::new(); ground.banks.len()];
    for (bank, covered) in sites.iter().flat_map(|site| &site.print.0) {
        more[*bank as usize].push(covered);
    }
    let mut ends = Vec::new();
    for (bank, line) in (0_u32..).zip(&ground.banks) {
        let pieces = asked.given.prints[bank as usize].iter();
        let covered = pieces
            .map(|(_, covered)| covered)
            .chain(more[bank as usize].iter().copied());
        let open = union(covered).complement(line.length().0);
        let points = open.0.iter().flat_map(|&(from, to)| [from, to]);
        ends.extend(points.filter_map(|at| ground.spot_at(bank, Meters(at))));
    }
    ends
}

fn union<'a>(all: impl Iterator<Item = &'a Intervals>) -> Intervals {
    Intervals::union(all.flat_map(|covered| covered.0.iter().copied()).collect())
}

fn at_breaks(asked: &Asked<'_>, ends: &[BankSpot]) -> Vec<Site> {
    if !asked.breaks {
        return Vec::new();
    }
    let ground = asked.given.ground;
    let kinds = (0_u8..).zip(asked.put_up.limits);
    let sites = kinds.flat_map(|(kind, &limit)| {
        let mut spots = break_points(ground, asked.closures, ends, limit);
        spots.retain(|&spot| (asked.is_free)(spot));
        let sites = put_up(ground, asked.closures, &spots, limit).into_iter();
        sites.map(move |site| site.of_kind(kind))
    });
    sites.collect()
}

/// Whether a point is where another place for one of these sites could matter.
fn near<'a>(
    ground: &'a Ground,
    sites: &[&Site],
    limits: &[Meters],
) -> impl Fn(&BankSpot) -> bool + 'a {
    let mut banks = vec![Vec::new(); ground.banks.len()];
    for site in sites {
        let limit = limits[usize::from(site.kind)].0;
        for (bank, covered) in &site.print.0 {
            let around = covered.0.iter();
            let around = around.map(|&(from, to)| (from - limit, to + limit));
            banks[*bank as usize].extend(around);
        }
    }
    move |end| {
        let mut around = banks[end.bank as usize].iter();
        around.any(|&(from, to)| from <= end.chainage.0 && end.chainage.0 <= to)
    }
}

/// What each of some sites adds to what is there, those first that add most.
pub fn explained(given: &Given<'_>, sites: &[Site]) -> Vec<Proposed> {
    let demand = Demand::new(given, sites);
    let question = demand.question(sites.len());
    let mut order = maximal::greedy(question);
    let left = 0..sites.len() as u32;
    let left: Vec<u32> = left.filter(|site| !order.contains(site)).collect();
    order.extend(left);
    let worth = maximal::gains(question, &order);
    let in_meters = Question {
        weights: &demand.meters,
        ..question
    };
    let gained = maximal::gains(in_meters, &order);
    let each = order.into_iter().zip(gained.into_iter().zip(worth));
    let proposed = each.map(|(number, (gained, worth))| Proposed {
        site: sites[number as usize].clone(),
        gained: Meters(gained),
        worth,
    });
    proposed.collect()
}

/// The best proposal of those with which every village has at least a share of its bank covered first, as far as the sites of the
/// first kind go.
///
/// The bound is that of all proposals: fairness may have its price, and that is seen.
pub fn proposed_fairly(
    asked: &Asked<'_>,
    sites: &[Site],
    share: f64,
    watch: Watch<'_>,
) -> Proposal {
    let Goal::Best(n_sites) = asked.goal else {
        return proposed(asked, sites, watch);
    };
    let (n_first, others) = match asked.put_up.most {
        [] => (n_sites, &[][..]),
        [first, others @ ..] => (*first, others),
    };
    // Sites of the first kind come first.
    let n_of_first = sites.partition_point(|site| site.kind == 0);
    let fair = fair(&asked.given, &sites[..n_of_first], share, n_first);
    let first: Vec<Site> = fair
        .sites
        .iter()
        .map(|&site| sites[site as usize].clone())
        .collect();
    let demand = Demand::new(&asked.given, sites);
    let all = question(asked, &demand, n_sites);
    let bound = maximal::good_from(all, &[], 4 * GLANCE, asked.seed, watch).bound;
    let mut prints = asked.given.prints.to_vec();
    for (site, number) in first.iter().zip((0..u32::MAX).rev()) {
        for (bank, covered) in &site.print.0 {
            prints[*bank as usize].push((number, covered.clone()));
        }
    }
    let left = [n_first - first.len()];
    let most: Vec<usize> = left.iter().chain(others).copied().collect();
    let rest = Asked {
        put_up: PutUp {
            limits: asked.put_up.limits,
            most: if others.is_empty() { &[] } else { &most },
        },
        given: Given {
            prints: &prints,
            ..asked.given
        },
        goal: Goal::Best(n_sites - first.len()),
        ..*asked
    };
    let found = proposed(&rest, sites, watch);
    let mut chosen = first;
    chosen.extend(found.sites.into_iter().map(|one| one.site));
    let sites = explained(&asked.given, &chosen);
    let value = sites.iter().map(|one| one.worth).sum();
    Proposal {
        value,
        bound: f64::max(bound, value),
        sites,
        below: fair.below,
        ..found
    }
}

/// What is covered as it is, with the first of some pieces, with the first two, and so on; only the banks that each touches are
/// counted again.
pub fn covered_with_each(given: &Given<'_>, prints: &[&Footprint]) -> Vec<Meters> {
    let pieces = given.prints.iter();
    let own = pieces.map(|pieces| union(pieces.iter().map(|(_, covered)| covered)));
    let mut banks: Vec<Intervals> = own.collect();
    let mut covered: f64 = banks.iter().map(Intervals::length).sum();
    let mut each = vec![Meters(covered)];
    for print in prints {
        for (bank, more) in &print.0 {
            let bank = &mut banks[*bank as usize];
            let after = union([&*bank, more].into_iter());
            covered += after.length() - bank.length();
            *bank = after;
        }
        each.push(Meters(covered));
    }
    each
}
