//! Which site covers which demand: a sparse table, looked up from either side.

/// Demands and the sites that cover them, both numbered from 0.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    /// Of every site, the demands that it covers, in order.
    of_site: Sparse,
    /// Of every demand, the sites that cover it, in order.
    of_demand: Sparse,
    /// Of every site, the demands that it covers as runs of numbers.
    runs: Runs,
}

/// Lists of numbers, each as the runs of which it consists.
#[derive(Clone, Debug, Default)]
struct Runs {
    starts: Vec<usize>,
    runs: Vec<Run>,
}

/// Numbers one after the other: the first, and the one behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first.
    pub from: u32,
    /// The one behind the last.
    pub to: u32,
}

impl Runs {
    fn new<'a>(lists: impl Iterator<Item = &'a [u32]>) -> Self {
        let mut all = Self {
            starts: vec![0],
            runs: Vec::new(),
        };
        for list in lists {
            let first = all.runs.len();
            for &number in list {
                match all.runs[first..].last_mut() {
                    Some(run) if run.to == number => run.to += 1,
                    Some(_) | None => all.runs.push(Run {
                        from: number,
                        to: number + 1,
                    }),
                }
            }
            all.starts.push(all.runs.len());
        }
        all
    }
}

/// Lists of numbers, one behind the other.
#[derive(Clone, Debug, Default)]
struct Sparse {
    starts: Vec<usize>,
    numbers: Vec<u32>,
}

impl Sparse {
    fn new<'a>(lists: impl Iterator<Item = &'a [u32]>) -> Self {
        let mut sparse = Self {
            starts: vec![0],
            numbers: Vec::new(),
        };
        for list in lists {
            sparse.numbers.extend(list);
            sparse.starts.push(sparse.numbers.len());
        }
        sparse
    }

    fn list(&self, index: u32) -> &[u32] {
        &self.numbers[self.starts[index as usize]..self.starts[index as usize + 1]]
    }

    fn turned(&self, n: usize) -> Self {
        let mut starts = vec![0; n + 1];
        for &number in &self.numbers {
            starts[number as usize + 1] += 1;
        }
        for index in 0..n {
            starts[index + 1] += starts[index];
        }
        let mut next = starts.clone();
        let mut numbers = vec![0; self.numbers.len()];
        for index in 0..self.starts.len() - 1 {
            for &number in self.list(index as u32) {
                numbers[next[number as usize]] = index as u32;
                next[number as usize] += 1;
            }
        }
        Self { starts, numbers }
    }
}

impl Sets {
    /// From the demands that each site covers: any order, none twice, all below `n_demands`.
    pub fn new(n_demands: usize, sites: &[Vec<u32>]) -> Self {
        let lists: Vec<Vec<u32>> = sites
            .iter()
            .map(|covered| {
                let mut covered = covered.clone();
                covered.sort_unstable();
                covered.dedup();
                covered
            })
            .collect();
        let of_site = Sparse::new(lists.iter().map(Vec::as_slice));
        let of_demand = of_site.turned(n_demands);
        let runs = Runs::new(lists.iter().map(Vec::as_slice));
        Self {
            of_site,
            of_demand,
            runs,
        }
    }

    /// Some of the sites and demands alone, numbered in the order in which they are given; the demands in ascending order, so
    /// that what a site covers stays one run.
    #[must_use]
    pub fn part(&self, sites: &[u32], demands: &[u32]) -> Self {
        let mut number = vec![u32::MAX; self.n_demands()];
        for (own, &demand) in (0_u32..).zip(demands) {
            number[demand as usize] = own;
        }
        let covered = sites.iter().map(|&site| {
            let own = self.covered_by(site).iter();
            let own = own.map(|&demand| number[demand as usize]);
            own.filter(|&own| own != u32::MAX).collect()
        });
        Self::new(demands.len(), &covered.collect::<Vec<_>>())
    }

    /// How many sites there are.
    pub fn n_sites(&self) -> usize {
        self.of_site.starts.len().saturating_sub(1)
    }

    /// How many demands there are.
    pub fn n_demands(&self) -> usize {
        self.of_demand.starts.len().saturating_sub(1)
    }

    /// The demands that a site covers.
    pub fn covered_by(&self, site: u32) -> &[u32] {
        self.of_site.list(site)
    }

    /// The same as runs of numbers: where demands are numbered along a bank, what a site covers is hardly more than one.
    pub fn runs_of(&self, site: u32) -> &[Run] {
        let runs = &self.runs;
        &runs.runs[runs.starts[site as usize]..runs.starts[site as usize + 1]]
    }

    /// The sites that cover a demand.
    pub fn covering(&self, demand: u32) -> &[u32] {
        self.of_demand.list(demand)
    }
}
