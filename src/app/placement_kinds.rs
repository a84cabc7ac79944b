//! Which kinds of equipment count for a placement, how far each reaches, and which are put up.

use std::sync::Arc;

use serde::Serialize;

use crate::app::coverage::Counting;
use crate::app::coverage::CoverageQuestion;
use crate::app::placement::PlacementQuestion;
use crate::app::placement_weights::WeightedBy;
use crate::app::region::LoadedRegion;
use crate::model::equipment::EquipmentKind;
use crate::plan::coverage::Prints;
use crate::plan::placement::beside::along_paths;
use crate::plan::placement::proposed::Goal;
use crate::plan::placement::proposed::Proposed;
use crate::plan::placement::sites::Site;
use crate::plan::placement::sites::along_banks;
use crate::plan::placement::sites::at_places;
use crate::plan::placement::sites::put_up;
use crate::plan::placement::weights::Weights;
use crate::units::Meters;

/// What is special about a kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByKind {
    /// The kind.
    pub kind: EquipmentKind,
    /// How far a bank may be from a piece of it, if not as far as from others.
    pub limit: Option<Meters>,
    /// So many of it are put up.
    pub sites: Option<usize>,
}

/// What was counted of a kind. Lengths are rounded to decimeters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct KindRow {
    /// The kind.
    pub kind: EquipmentKind,
    /// A bank that is no farther than this from a piece of it, along the ground, is covered; meters.
    pub limit_m: f64,
    /// So many of it are proposed.
    pub sites: usize,
}

/// What a placement needs, worked out once for its first answer and its better ones.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The kinds that are put up.
    pub(super) kinds: Vec<EquipmentKind>,
    /// How far a bank may be from a piece of each of them.
    pub(super) limits: Vec<Meters>,
    /// The sites for each of them; none where the only places are told.
    pub(super) sites: Vec<Arc<Vec<Site>>>,
    /// What a meter of bank counts.
    pub(super) weights: Weights,
    /// And by what.
    pub(super) weighted_by: WeightedBy,
}

impl PlacementQuestion {
    /// How far a bank may be from a piece of a kind, in a region with this target.
    pub fn limit_of(&self, kind: EquipmentKind, target: Meters) -> Meters {
        let mut special = self.by_kind.iter().filter(|one| one.kind == kind);
        let own = special.find_map(|one| one.limit);
        own.or(self.limit).unwrap_or(target)
    }

    /// The kinds that are put up: those of which a number is told, or else the first of those that count.
    pub fn put_up(&self) -> Vec<EquipmentKind> {
        let told = self.by_kind.iter().filter(|one| one.sites.is_some());
        let told: Vec<EquipmentKind> = told.map(|one| one.kind).collect();
        if told.is_empty() {
            return self.kinds.first().copied().into_iter().collect();
        }
        told
    }

    /// So many of each of those, where that is told.
    pub fn numbers(&self) -> Vec<usize> {
        self.by_kind.iter().filter_map(|one| one.sites).collect()
    }

    /// What is looked for where a number is told of each kind: all together.
    pub fn goal_of(by_kind: &[ByKind]) -> Option<Goal> {
        let numbers = by_kind.iter().filter_map(|one| one.sites);
        let all: usize = numbers.sum();
        (all > 0).then_some(Goal::Best(all))
    }
}

impl LoadedRegion {
    /// The sites on all banks, and on paths beside them, and what a piece covers at each: the same as long as no crossing opens or
    /// closes.
    pub fn bank_sites(&self, spacing: Meters, limit: Meters, beside: bool) -> Vec<Site> {
        let (ground, closures) = (&self.ground, &self.closures);
        let mut sites = put_up(ground, closures, &along_banks(ground, spacing), limit);
        if beside {
            let paths = along_paths(ground, spacing);
            sites.extend(
                at_places(ground, closures, &paths, limit)
                    .into_iter()
                    .flatten(),
            );
        }
        sites
    }

    /// Works out what a placement needs; `bank_sites` are those of a limit, which somebody may have kept.
    pub fn measured(
        &self,
        question: &PlacementQuestion,
        bank_sites: impl Fn(Meters) -> Arc<Vec<Site>>,
    ) -> Measured {
        let kinds = question.put_up();
        let limits = kinds.iter();
        let limits = limits.map(|&kind| question.limit_of(kind, self.settings.reach.target));
        let limits: Vec<Meters> = limits.collect();
        let sites = match question.only {
            Some(_) => Vec::new(),
            None => limits.iter().map(|&limit| bank_sites(limit)).collect(),
        };
        let (weights, weighted_by) = self.weights(question);
        Measured {
            kinds,
            limits,
            sites,
            weights,
            weighted_by,
        }
    }

    /// Of each kind that counts: how far it reaches, and how many of it are proposed.
    pub(super) fn kind_rows(
        &self,
        question: &PlacementQuestion,
        proposed: &[Proposed],
    ) -> Vec<KindRow> {
        let put_up = question.put_up();
        let row = |&kind: &EquipmentKind| {
            let of_kind = |one: &&Proposed| put_up.get(usize::from(one.site.kind)) == Some(&kind);
            KindRow {
                kind,
                limit_m: question.limit_of(kind, self.settings.reach.target).0,
                sites: proposed.iter().filter(of_kind).count(),
            }
        };
        question.kinds.iter().map(row).collect()
    }

    /// What every piece of the kinds that count covers, each as far as its kind reaches.
    pub(super) fn prints_by_kind(&self, question: &PlacementQuestion) -> Prints {
        let limit_of = |kind| question.limit_of(kind, self.settings.reach.target);
        let mut limits: Vec<Meters> = question.kinds.iter().map(|&kind| limit_of(kind)).collect();
        limits.sort_by(|a, b| b.0.total_cmp(&a.0));
        limits.dedup();
        let of = |&limit: &Meters| {
            let kinds = question.kinds.iter().copied();
            let kinds: Vec<EquipmentKind> = kinds.filter(|&kind| limit_of(kind) == limit).collect();
            let counted = CoverageQuestion::new(&kinds, limit, Counting::Usable);
            Prints::new(&self.survey(&counted), limit)
        };
        let all = limits.iter().map(of);
        // That of the farthest limit takes in the others.
        let all = all.reduce(|mut all, more| {
            all.append(more);
            all
        });
        all.unwrap_or_else(|| Prints::none(&self.ground))
    }
}
