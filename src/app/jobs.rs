//! Searches that take a while, for places of the next pieces and for an evening's patrol: one runs at a time, tells how far it is,
//! and ends when its time is up, it is done, or somebody has seen enough.

use std::cell::Cell;
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;

use crate::app::fault::Fault;
use crate::app::patrol::Given;
use crate::app::patrol::PatrolAnswer;
use crate::app::patrol::PatrolQuestion;
use crate::app::patrol_fault::PatrolFault;
use crate::app::patrol_layout::LaidOut;
use crate::app::placement::PlacementQuestion;
use crate::app::placement::PlacementReport;
use crate::app::placement_kinds::Measured;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;

/// So many searches are kept; the oldest that is done is forgotten first.
const MOST_KEPT: usize = 24;

/// So many of the newest searches for patrols can be changed by hand: what that takes is large.
const MOST_LAID_OUT: usize = 4;

/// So many wait or run.
const MOST_WAITING: usize = 6;

/// Pages are told of a better answer no more often than this.
const TOLD_EVERY: Duration = Duration::from_millis(300);

/// By what a search is known; hard to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobId(u64);

impl JobId {
    /// A new one.
    fn new() -> Result<Self, Fault> {
        let mut id = [0; 8];
        getrandom::fill(&mut id).map_err(|fault| Fault::NoChance {
            reason: fault.to_string(),
        })?;
        Ok(Self(u64::from_le_bytes(id)))
    }

    /// From its text.
    pub fn read(text: &str) -> Option<Self> {
        let is_hexadecimal = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u64::from_str_radix(text, 16).ok();
        number.filter(|_| is_hexadecimal).map(Self)
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Another one runs.
    Waiting,
    /// It looks for something better.
    Running,
    /// Its answer is final.
    Done,
    /// It has no answer.
    Failed,
}

/// What a search looks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Search {
    /// Where the next pieces go.
    Placement(PlacementQuestion),
    /// An evening's patrol.
    Patrol(PatrolQuestion),
}

/// What a search looks for, without what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchKind {
    /// Places.
    Placement,
    /// A patrol.
    Patrol,
}

/// What a search has found.
#[derive(Clone, Debug)]
pub enum Found {
    /// Where the next pieces go.
    Placement(Arc<PlacementReport>),
    /// An evening's patrol.
    Patrol(Arc<PatrolAnswer>),
}

impl Search {
    fn kind(&self) -> SearchKind {
        match self {
            Self::Placement(_) => SearchKind::Placement,
            Self::Patrol(_) => SearchKind::Patrol,
        }
    }
}

impl Found {
    /// What it is worth, and what nothing can be better than.
    fn standing(&self) -> (f64, f64) {
        match self {
            Self::Placement(report) => (report.value, report.bound),
            Self::Patrol(answer) => (answer.report.value, answer.report.bound),
        }
    }
}

/// One search.
#[derive(Debug)]
pub struct Job {
    /// By what it is known.
    pub id: JobId,
    /// The region's id.
    pub region: String,
    search: Search,
    /// It may take so long.
    most: Duration,
    is_stopped: AtomicBool,
    now: Mutex<Progress>,
    /// The evening of a patrol, for as long as it can be changed by hand.
    laid: Mutex<Option<Arc<LaidOut>>>,
}

/// What is known of a search.
#[derive(Clone, Debug)]
pub struct Progress {
    /// How far it is.
    pub state: JobState,
    /// Whether somebody has ended it.
    pub is_stopped: bool,
    /// What the best answer so far is worth.
    pub value: Option<f64>,
    /// What no answer can be better than, as far as it is known.
    pub bound: Option<f64>,
    /// For how long it has run, seconds.
    pub seconds: f64,
    /// The snapshot that it is asked of.
    pub version: u64,
    /// The answer; the first good one while it still runs.
    pub found: Option<Found>,
    /// Why it has no answer.
    pub fault: Option<Fault>,
}

/// The searches, the newest last.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<VecDeque<Arc<Job>>>);

impl Job {
    fn new(
        region: &str,
        search: Search,
        most: Duration,
        progress: Progress,
        laid: Option<Arc<LaidOut>>,
    ) -> Result<Arc<Self>, Fault> {
        Ok(Arc::new(Self {
            id: JobId::new()?,
            region: region.to_owned(),
            search,
            most,
            is_stopped: AtomicBool::new(false),
            now: Mutex::new(progress),
            laid: Mutex::new(laid),
        }))
    }

    /// What is known of it now.
    pub fn progress(&self) -> Progress {
        self.lock().clone()
    }

    fn laid(&self) -> Option<Arc<LaidOut>> {
        let laid = self.laid.lock().unwrap_or_else(PoisonError::into_inner);
        laid.clone()
    }

    /// The plan of a patrol, once it is final.
    fn final_patrol(&self) -> Option<Arc<PatrolAnswer>> {
        match self.progress().found {
            Some(Found::Patrol(answer)) if self.is_over() => Some(answer),
            _ => None,
        }
    }

    fn lay(&self, laid: Option<Arc<LaidOut>>) {
        *self.laid.lock().unwrap_or_else(PoisonError::into_inner) = laid;
    }

    /// Nothing comes of it: a mistake of the program itself.
    pub fn fail(&self) {
        self.lock().state = JobState::Failed;
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_over(&self) -> bool {
        match self.lock().state {
            JobState::Waiting | JobState::Running => false,
            JobState::Done | JobState::Failed => true,
        }
    }
}

impl Jobs {
    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<Job>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, job: Arc<Job>) -> Result<(), Fault> {
        let mut jobs = self.lock();
        let n_waiting = jobs.iter().filter(|job| !job.is_over()).count();
        if n_waiting >= MOST_WAITING {
            return Err(Fault::TooManyJobs { most: MOST_WAITING });
        }
        while jobs.len() >= MOST_KEPT {
            let oldest = jobs.iter().position(|job| job.is_over());
            jobs.remove(oldest.unwrap_or(0));
        }
        jobs.push_back(job);
        let mut kept: Vec<Arc<LaidOut>> = Vec::new();
        for job in jobs.iter().rev() {
            if let Some(laid) = job.laid()
                && kept.iter().all(|other| !Arc::ptr_eq(other, &laid))
            {
                if kept.len() < MOST_LAID_OUT {
                    kept.push(laid);
                } else {
                    job.lay(None);
                }
            }
        }
        Ok(())
    }
}

impl Regions {
    /// Takes in a search; somebody has to run it.
    ///
    /// # Errors
    ///
    /// If the region is not ready, as many wait as can, or the system gives no random numbers.
    pub fn begin_search(
        &self,
        region: &str,
        search: Search,
        most: Duration,
    ) -> Result<Arc<Job>, Fault> {
        let progress = Progress {
            state: JobState::Waiting,
            is_stopped: false,
            value: None,
            bound: None,
            seconds: 0.0,
            version: self.snapshot(region)?.version,
            found: None,
            fault: None,
        };
        let job = Job::new(region, search, most, progress, None)?;
        self.jobs.keep(Arc::clone(&job))?;
        Ok(job)
    }

    /// A search of a region for something.
    ///
    /// # Errors
    ///
    /// If there is none of this id.
    pub fn job(&self, region: &str, kind: SearchKind, id: &str) -> Result<Arc<Job>, Fault> {
        let unknown = || Fault::UnknownJob {
            id: id.chars().take(40).collect(),
        };
        let wanted = JobId::read(id).ok_or_else(unknown)?;
        let jobs = self.jobs.lock();
        let mut jobs = jobs.iter();
        let found =
            jobs.find(|job| job.id == wanted && job.region == region && job.search.kind() == kind);
        found.cloned().ok_or_else(unknown)
    }

    /// Ends a search: what is best so far is its answer.
    ///
    /// # Errors
    ///
    /// If there is none of this id.
    pub fn end_search(&self, region: &str, kind: SearchKind, id: &str) -> Result<Arc<Job>, Fault> {
        let job = self.job(region, kind, id)?;
        if !job.is_over() {
            job.is_stopped.store(true, Ordering::Relaxed);
            job.lock().is_stopped = true;
        }
        Ok(job)
    }

    /// The plan of a patrol that is ready.
    ///
    /// # Errors
    ///
    /// If there is no such search, or nothing has come of it yet.
    pub fn patrol_answer(&self, region: &str, id: &str) -> Result<Arc<PatrolAnswer>, Fault> {
        let job = self.job(region, SearchKind::Patrol, id)?;
        let found = job.final_patrol();
        found.ok_or_else(|| PatrolFault::PlanIsFinal { id: id.to_owned() }.into())
    }

    /// Gives a stretch of a plan to another team; what comes of it is a plan of its own.
    ///
    /// # Errors
    ///
    /// If there is no such plan, it can no longer be changed, or does not have the stretch there.
    pub fn give_stretch(&self, region: &str, id: &str, given: &Given) -> Result<Arc<Job>, Fault> {
        let job = self.job(region, SearchKind::Patrol, id)?;
        let snapshot = self.snapshot(region)?;
        let progress = job.progress();
        let laid = job.laid().filter(|_| snapshot.version == progress.version);
        let (Some(answer), Some(laid), Search::Patrol(question)) =
            (job.final_patrol(), laid, &job.search)
        else {
            return Err(PatrolFault::PlanIsFinal { id: id.to_owned() }.into());
        };
        let changed = snapshot.region.given(question, &laid, &answer, given)?;
        let found = Found::Patrol(Arc::new(changed));
        let (value, bound) = found.standing();
        let progress = Progress {
            value: Some(value),
            bound: Some(bound),
            found: Some(found),
            ..progress
        };
        let changed = Job::new(region, job.search.clone(), job.most, progress, Some(laid))?;
        self.jobs.keep(Arc::clone(&changed))?;
        Ok(changed)
    }

    /// Ends all searches.
    pub fn end_searches(&self) {
        for job in self.jobs.lock().iter() {
            job.is_stopped.store(true, Ordering::Relaxed);
        }
    }

    /// Runs a search until it is done; first it has an answer that is good, and then better ones.
    pub fn run_search(&self, job: &Job) {
        let start = Instant::now();
        job.lock().state = JobState::Running;
        self.tell_of(job, JobState::Running);
        match self.searched(job, start) {
            Ok(()) => job.lock().state = JobState::Done,
            Err(fault) => {
                let mut now = job.lock();
                now.state = JobState::Failed;
                now.fault = Some(fault);
            }
        }
        let mut now = job.lock();
        now.seconds = start.elapsed().as_secs_f64();
        let state = now.state;
        drop(now);
        self.tell_of(job, state);
    }

    fn searched(&self, job: &Job, start: Instant) -> Result<(), Fault> {
        let snapshot = self.snapshot(&job.region)?;
        let looked = Looked::new(&snapshot, &job.search)?;
        if let Looked::Patrol(_, laid) = &looked {
            job.lay(Some(Arc::clone(laid)));
        }
        let at_once = Watch {
            is_over: &|| true,
            tell: &|_| (),
        };
        let first = looked.found(&snapshot, at_once)?;
        let answer = |found: Found| {
            let (value, bound) = found.standing();
            let mut now = job.lock();
            now.value = Some(value);
            now.bound = Some(bound);
            now.seconds = start.elapsed().as_secs_f64();
            now.version = snapshot.version;
            now.found = Some(found);
        };
        answer(first);
        self.tell_of(job, JobState::Running);
        let told_at = Cell::new(Instant::now());
        let is_over = || start.elapsed() >= job.most || job.is_stopped.load(Ordering::Relaxed);
        let tell = |standing: Standing| {
            let mut now = job.lock();
            now.value = Some(standing.value);
            now.bound = Some(standing.bound).filter(|bound| bound.is_finite());
            now.seconds = start.elapsed().as_secs_f64();
            drop(now);
            if told_at.get().elapsed() >= TOLD_EVERY {
                told_at.set(Instant::now());
                self.tell_of(job, JobState::Running);
            }
        };
        let watch = Watch {
            is_over: &is_over,
            tell: &tell,
        };
        answer(looked.found(&snapshot, watch)?);
        Ok(())
    }

    fn tell_of(&self, job: &Job, state: JobState) {
        if let Ok(slot) = self.slot(&job.region) {
            self.tell(slot, News::Job { id: job.id, state });
        }
    }
}

/// What a search needs, worked out once for its first answer and its better ones.
enum Looked<'a> {
    Placement(&'a PlacementQuestion, Measured),
    Patrol(&'a PatrolQuestion, Arc<LaidOut>),
}

impl<'a> Looked<'a> {
    fn new(snapshot: &Snapshot, search: &'a Search) -> Result<Self, Fault> {
        let region = &snapshot.region;
        Ok(match search {
            Search::Placement(question) => {
                let PlacementQuestion {
                    spacing, beside, ..
                } = *question;
                let sites = |limit| snapshot.bank_sites(spacing, limit, beside);
                Self::Placement(question, region.measured(question, sites))
            }
            Search::Patrol(question) => {
                let laid = region.lay_out(question, snapshot.stretches())?;
                Self::Patrol(question, Arc::new(laid))
            }
        })
    }

    fn found(&self, snapshot: &Snapshot, watch: Watch<'_>) -> Result<Found, Fault> {
        let region = &snapshot.region;
        Ok(match self {
            Self::Placement(question, measured) => {
                Found::Placement(Arc::new(region.placement(question, measured, watch)?))
            }
            Self::Patrol(question, laid) => {
                Found::Patrol(Arc::new(region.patrol(question, laid, watch)))
            }
        })
    }
}
