//! Where the next poles go in real regions: proven to a thousandth, never worse than one after the other, and on paths better than
//! on banks alone.

use std::cell::Cell;
use std::path::Path;

use zhugan::app::region::LoadedRegion;
use zhugan::model::equipment::EquipmentKind;
use zhugan::plan::coverage::Prints;
use zhugan::plan::placement::demand::Demand;
use zhugan::plan::placement::demand::Given;
use zhugan::plan::placement::maximal;
use zhugan::plan::placement::proposed::Asked;
use zhugan::plan::placement::proposed::Goal;
use zhugan::plan::placement::proposed::Proposal;
use zhugan::plan::placement::proposed::PutUp;
use zhugan::plan::placement::proposed::proposed;
use zhugan::plan::placement::sites::Site;
use zhugan::plan::placement::weights::Weights;
use zhugan::plan::watch::Watch;
use zhugan::units::Meters;

const LIMIT: [Meters; 1] = [Meters(50.0)];
const SPACING: Meters = Meters(10.0);

/// A search looks so often whether it should end, and then ends.
const MOST_LOOKS: u32 = 3_000;

/// A region, and what is there.
struct Sample {
    region: LoadedRegion,
    prints: Prints,
    weights: Weights,
}

impl Sample {
    fn read(dir: &Path) -> Self {
        let region = LoadedRegion::load(dir, None, &|_| ()).unwrap();
        let kinds = [
            EquipmentKind::Pole,
            EquipmentKind::Ring,
            EquipmentKind::Rope,
        ];
        let survey = region
            .reach
            .survey(&region.ground, &region.closures, &kinds);
        let prints = Prints::new(&survey, LIMIT[0]);
        let weights = Weights::of_banks(vec![2.0; region.ground.banks.len()]);
        Self {
            region,
            prints,
            weights,
        }
    }

    fn given(&self) -> Given<'_> {
        Given {
            ground: &self.region.ground,
            prints: &self.prints.usable,
            wanted: 1,
            weights: &self.weights,
        }
    }

    fn proposed(&self, sites: &[Site], goal: Goal) -> Proposal {
        let asked = Asked {
            given: self.given(),
            closures: &self.region.closures,
            put_up: PutUp {
                limits: &LIMIT,
                most: &[],
            },
            goal,
            breaks: true,
            is_free: &|_| true,
            enough: 1e-5,
            seed: 1,
        };
        let n_looks = Cell::new(0);
        let is_over = || {
            n_looks.set(n_looks.get() + 1);
            n_looks.get() > MOST_LOOKS
        };
        let watch = Watch {
            is_over: &is_over,
            tell: &|_| (),
        };
        proposed(&asked, sites, watch)
    }

    fn check(&self, n_sites: usize) {
        let sites = self.region.bank_sites(SPACING, LIMIT[0], true);
        let found = self.proposed(&sites, Goal::Best(n_sites));
        let gap = (found.bound - found.value) / found.value;
        assert!(
            (0.0..0.001).contains(&gap),
            "{} of {}",
            found.value,
            found.bound
        );
        let demand = Demand::new(&self.given(), &sites);
        let asked = demand.question(n_sites);
        let greedy = maximal::value(asked, &maximal::greedy(asked));
        assert!(found.value > greedy, "{} {greedy}", found.value);
        let on_banks = self.proposed(
            &self.region.bank_sites(SPACING, LIMIT[0], false),
            Goal::Best(n_sites),
        );
        assert!(
            found.value >= on_banks.value,
            "{} {}",
            found.value,
            on_banks.value
        );
    }
}

#[test]
fn ten_and_fifty_more_poles_of_the_sample_region_stand_where_none_can_be_proven_better() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/liechtenstein");
    let region = Sample::read(&dir);
    region.check(10);
    region.check(50);
}

#[test]
fn fifty_more_poles_of_krems_stand_where_none_can_be_proven_better() {
    let layers = super::ALL_LAYERS;
    let Some(folder) = super::folder("osm-places/krems-2013.osm.gz", layers, "") else {
        return;
    };
    Sample::read(folder.path()).check(50);
}
