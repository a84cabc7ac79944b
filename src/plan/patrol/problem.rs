//! What is to be walked, and by whom.

/// A length of a walk, in the smallest unit that counts (a published instance's own; milliseconds on the ground).
pub type Cost = i64;

/// A way to do a task: along one side of a water and in one direction, say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Where it begins: a place's index.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// What it takes.
    pub cost: Cost,
}

/// Something that one of the teams does once, in one of its ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// In which ways it can be done: at least one, and at most [`MOST_WAYS`].
    pub ways: Vec<Way>,
    /// What it takes of a team's capacity.
    pub load: Cost,
    /// What whoever does it lingers, however fast they walk.
    pub pause: Cost,
    /// What is lost if nobody does it; none if somebody must.
    pub worth: Option<Cost>,
    /// Whose it is already, if it is anybody's.
    pub owner: Option<Owner>,
}

/// The team that a task should stay with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The team's index.
    pub team: u32,
    /// What is lost if another team does it.
    pub price: Cost,
}

impl Task {
    /// Something that anybody may do and somebody must.
    pub fn new(ways: Vec<Way>) -> Self {
        Self {
            ways,
            load: 0,
            pause: 0,
            worth: None,
            owner: None,
        }
    }

    /// What is lost if a team does it.
    pub fn strays(&self, team: u32) -> Cost {
        let other = self.owner.filter(|owner| owner.team != team);
        other.map_or(0, |owner| owner.price)
    }
}

/// A task has no more ways than this: two sides of a water, two directions.
pub const MOST_WAYS: usize = 4;

/// Somebody who walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Team {
    /// Where the walk begins: a place's index, or [`ANYWHERE`], as well as its end.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// How much load it takes.
    pub capacity: Cost,
    /// How long it may take, with pauses.
    pub most: Cost,
    /// How long it walks where lengths and ways say 1,000.
    pub pace: Cost,
}

/// The place of a team that may begin anywhere and ends where it has begun.
pub const ANYWHERE: u32 = u32::MAX;

/// The pace of a team for which lengths and ways are as they are told.
pub const USUAL_PACE: Cost = 1_000;

impl Team {
    /// What the team takes for a walk that is so long, without pauses.
    pub fn takes(&self, walked: Cost) -> Cost {
        if self.pace == USUAL_PACE {
            walked
        } else {
            (walked * self.pace + USUAL_PACE - 1) / USUAL_PACE
        }
    }
}

/// What makes a plan good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// All walks together are short.
    Total,
    /// The longest walk is short.
    Longest,
}

/// Tasks, teams and how far it is between places.
#[derive(Clone, Debug)]
pub struct Problem {
    n_places: usize,
    /// From each place to each.
    lengths: Vec<u32>,
    /// What is to be done.
    pub tasks: Vec<Task>,
    /// Who walks; one that does nothing walks nothing.
    pub teams: Vec<Team>,
    /// What makes a plan good.
    pub goal: Goal,
}

/// Farther than anything: no way leads there.
pub const NO_WAY: u32 = 1 << 29;

impl Problem {
    /// From the lengths between places, row by row. A length of [`NO_WAY`] or more is none.
    ///
    /// # Panics
    ///
    /// If there are not as many lengths as pairs of places, a task has no way or too many, or a place is not there.
    pub fn new(
        n_places: usize,
        lengths: Vec<u32>,
        tasks: Vec<Task>,
        teams: Vec<Team>,
        goal: Goal,
    ) -> Self {
        assert_eq!(lengths.len(), n_places * n_places);
        for task in &tasks {
            assert!((1..=MOST_WAYS).contains(&task.ways.len()));
            let mut places = task.ways.iter().flat_map(|way| [way.from, way.to]);
            assert!(places.all(|place| (place as usize) < n_places));
        }
        let mut places = teams.iter().flat_map(|team| [team.start, team.end]);
        assert!(places.all(|place| place == ANYWHERE || (place as usize) < n_places));
        Self {
            n_places,
            lengths,
            tasks,
            teams,
            goal,
        }
    }

    /// How many places there are.
    pub fn n_places(&self) -> usize {
        self.n_places
    }

    /// How far it is from one place to another.
    pub fn length(&self, from: u32, to: u32) -> Cost {
        Cost::from(self.lengths[from as usize * self.n_places + to as usize])
    }

    /// What a team takes that does this task and nothing else.
    pub fn alone(&self, team: &Team, task: &Task) -> Cost {
        let walks = task.ways.iter().map(|way| {
            let away = if team.start == ANYWHERE {
                self.length(way.to, way.from)
            } else {
                self.length(team.start, way.from) + self.length(way.to, team.end)
            };
            way.cost + away
        });
        team.takes(walks.min().unwrap_or(0)) + task.pause
    }

    /// What is lost if nobody does some tasks: with one that somebody must do, more than anything that can be gained.
    pub fn lost(&self, left_out: &[u32]) -> Cost {
        let worth = |&task: &u32| self.tasks[task as usize].worth.unwrap_or(1 << 40);
        left_out.iter().map(worth).sum()
    }

    /// How far it is from any way's end of one task to any way's start of the other, the nearer way round.
    pub fn apart(&self, one: &Task, other: &Task) -> Cost {
        let ends = |from: &Task, to: &Task| {
            let pairs = from.ways.iter();
            let pairs = pairs.flat_map(|a| to.ways.iter().map(move |b| (a.to, b.from)));
            pairs.map(|(a, b)| self.length(a, b)).min()
        };
        let there = ends(one, other).into_iter();
        there.chain(ends(other, one)).min().unwrap_or(0)
    }
}
