//! A region as it is served at one moment, with everything that is worked out from it once.

use std::io;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::OnceLock;
use std::sync::PoisonError;

use arc_swap::ArcSwap;
use rustc_hash::FxHasher;

use crate::app::bounds::Bounds;
use crate::app::cache::Cache;
use crate::app::clock;
use crate::app::coverage::Counting;
use crate::app::coverage::CoverageQuestion;
use crate::app::coverage::CoverageReport;
use crate::app::gaps::USUAL_KINDS;
use crate::app::ranking::Ranking;
use crate::app::region::LoadedRegion;
use crate::app::rescue_points::AtWater;
use crate::app::tiles::MapBase;
use crate::app::tiles::TileQuestion;
use crate::app::tiles::TileSource;
use crate::formats::gzip;
use crate::geometry::lon_lat::LonLat;
use crate::ground::Closures;
use crate::ground::Ground;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::model::numbering::Numbers;
use crate::model::prefix::Prefix;
use crate::plan::crew::Crew;
use crate::plan::crew::Now;
use crate::plan::footprint::Surveyor;
use crate::plan::islands::Islands;
use crate::plan::islands::Settled;
use crate::plan::patrol::stretches::Stretch;
use crate::plan::placement::sites::Site;
use crate::plan::scenario::Baseline;
use crate::units::Meters;

/// The tiles that a snapshot keeps, bytes.
const TILES_KEPT: usize = 64 << 20;

/// What an empty tile weighs in the cache: a key and an entry.
const TILE_OVERHEAD: usize = 200;

/// So many answers about coverage are kept, one for each limit and choice of kinds.
const COVERAGES_KEPT: usize = 24;

/// So many baselines for scenarios are kept.
const BASELINES_KEPT: usize = 12;

/// So many sets of sites for the next pieces are kept, one for each limit and spacing.
const SITES_KEPT: usize = 3;

/// Limit and spacing, millimeters, whether those on paths are among them, and which crossings are closed.
type SitesQuestion = (u32, u32, bool, Closures);

/// What of a region never changes, shared by its snapshots.
#[derive(Debug)]
pub struct RegionBase {
    /// What tiles are cut from.
    pub map: Arc<MapBase>,
    /// Where things are.
    pub bounds: Bounds,
    /// What the codes of its pieces begin with.
    pub prefix: Prefix,
    /// A point inside each village, in the ground's order.
    pub village_centers: Vec<Option<LonLat>>,
    /// Who may be called, as they are now: people come and go without the region being another.
    pub crew: ArcSwap<Crew>,
    surveyors: Surveyors,
    /// What a piece covers at every site, by limit, spacing and closed crossings.
    sites: Cache<SitesQuestion, Vec<Site>>,
    /// All bank, as patrols walk along it.
    stretches: OnceLock<Vec<Stretch>>,
    pub(super) ranking: Ranking,
}

/// A region at one moment. It never changes; a request keeps the one that it started with.
#[derive(Debug)]
pub struct Snapshot {
    /// The region.
    pub region: LoadedRegion,
    /// Counts up with every snapshot; later ones are larger, also after a restart.
    pub version: u64,
    /// When the region's files were read, UTC.
    pub loaded_at: String,
    /// What it shares with the snapshots before it.
    pub base: Arc<RegionBase>,
    /// The numbers in the codes of its pieces.
    pub(super) numbers: Arc<Numbers>,
    villages_of_pieces: OnceLock<Vec<Vec<usize>>>,
    pub(super) at_waters: OnceLock<Vec<AtWater>>,
    tiles: OnceLock<TileSource>,
    tile_bodies: Cache<TileQuestion, TileBody>,
    coverages: Cache<CoverageQuestion, CoverageReport>,
    baselines: Cache<CoverageQuestion, Baseline>,
}

/// One tile as it is sent.
#[derive(Debug)]
pub struct TileBody {
    /// Gzipped; empty where there is nothing to draw.
    pub gzipped: Arc<[u8]>,
    /// A strong validator of these very bytes.
    pub etag: String,
}

/// Surveyors that wait for work; each has working memory for the whole graph, so they are used again.
#[derive(Debug, Default)]
pub struct Surveyors(Mutex<Vec<Surveyor>>);

impl Surveyors {
    /// Lends a surveyor; there are never more than are at work at the same time.
    pub fn with<Answer>(
        &self,
        ground: &Ground,
        work: impl FnOnce(&mut Surveyor) -> Answer,
    ) -> Answer {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = waiting.pop();
        drop(waiting);
        let mut surveyor = idle.unwrap_or_else(|| Surveyor::new(ground));
        let answer = work(&mut surveyor);
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push(surveyor);
        answer
    }
}

impl RegionBase {
    /// What a region and its map give once and for all.
    pub fn new(region: &LoadedRegion, map: MapBase, prefix: Prefix) -> Self {
        Self {
            prefix,
            village_centers: map.backdrop.village_centers(),
            map: Arc::new(map),
            bounds: Bounds::new(&region.ground),
            crew: ArcSwap::new(Arc::clone(&region.crew)),
            surveyors: Surveyors::default(),
            sites: Cache::new(SITES_KEPT),
            stretches: OnceLock::new(),
            ranking: Ranking::default(),
        }
    }
}

impl Snapshot {
    /// The first snapshot of a region; `numbers` are those of all pieces that it has or had.
    pub fn first(region: LoadedRegion, base: Arc<RegionBase>, numbers: Numbers) -> Self {
        let now = clock::since_1970();
        let numbers = Arc::new(numbers);
        Self::new(region, base, &numbers, now.as_secs(), clock::utc(now))
    }

    /// The snapshot that follows this one.
    #[must_use]
    pub fn followed_by(&self, region: LoadedRegion) -> Self {
        let base = Arc::clone(&self.base);
        let (version, loaded_at) = (self.version + 1, self.loaded_at.clone());
        Self::new(region, base, &self.numbers, version, loaded_at)
    }

    /// The snapshot that follows this one on another ground. Whoever may be called is where they were.
    #[must_use]
    pub fn redrawn(&self, region: LoadedRegion, base: RegionBase, numbers: Numbers) -> Self {
        let responders = self.crew().responders().to_vec();
        let crew = Crew::new(&region.ground, responders);
        base.crew.store(Arc::new(crew));
        let (version, loaded_at) = (self.version + 1, clock::utc(clock::since_1970()));
        Self::new(
            region,
            Arc::new(base),
            &Arc::new(numbers),
            version,
            loaded_at,
        )
    }

    fn new(
        region: LoadedRegion,
        base: Arc<RegionBase>,
        numbers: &Arc<Numbers>,
        version: u64,
        loaded_at: String,
    ) -> Self {
        let pieces = region.equipment.iter();
        let ids: Vec<&str> = pieces.map(|piece| piece.id.as_str()).collect();
        Self {
            numbers: Self::numbered(numbers, &ids),
            region,
            version,
            loaded_at,
            base,
            villages_of_pieces: OnceLock::new(),
            at_waters: OnceLock::new(),
            tiles: OnceLock::new(),
            tile_bodies: Cache::new(TILES_KEPT),
            coverages: Cache::new(COVERAGES_KEPT),
            baselines: Cache::new(BASELINES_KEPT),
        }
    }

    /// What is asked most: the usual kinds at the region's own target.
    pub fn usual_question(&self) -> CoverageQuestion {
        let target = self.region.settings.reach.target;
        CoverageQuestion::new(&USUAL_KINDS, target, Counting::Usable)
    }

    /// The coverage, counted once for each question.
    pub fn coverage(&self, question: &CoverageQuestion) -> Arc<CoverageReport> {
        self.coverages
            .get_or(question, |_| 1, || self.region.coverage(question))
    }

    /// What scenarios are compared with, counted once for each question.
    pub fn baseline(&self, question: &CoverageQuestion) -> Arc<Baseline> {
        let count = || Baseline::new(&self.region.survey(question), question.limit());
        self.baselines.get_or(question, |_| 1, count)
    }

    /// The sites on all banks, and on paths beside them, and what a piece covers at each; measured once, whatever equipment comes
    /// and goes.
    pub fn bank_sites(&self, spacing: Meters, limit: Meters, beside: bool) -> Arc<Vec<Site>> {
        let millimeters = |length: Meters| (length.0 * 1000.0).round() as u32;
        let closures = self.region.closures.clone();
        let question = (millimeters(limit), millimeters(spacing), beside, closures);
        let measure = || self.region.bank_sites(spacing, limit, beside);
        self.base.sites.get_or(&question, |_| 1, measure)
    }

    /// All bank as stretches, cut once.
    pub fn stretches(&self) -> &[Stretch] {
        let cut = || self.region.stretches();
        self.base.stretches.get_or_init(cut)
    }

    /// Which parts of the ground are joined.
    pub fn islands(&self) -> &Islands {
        let region = &self.region;
        region.reach.islands(&region.ground, &region.closures)
    }

    /// How many usable pieces of a kind stand on each part of the ground.
    pub(super) fn settled(&self, kind: EquipmentKind) -> &Settled {
        let region = &self.region;
        region.reach.settled(&region.ground, &region.closures, kind)
    }

    /// How many pieces of a kind that cannot be used stand on each part of the ground.
    pub(super) fn settled_unusable(&self, kind: EquipmentKind) -> &Settled {
        let region = &self.region;
        let reach = &region.reach;
        reach.settled_unusable(&region.ground, &region.closures, kind)
    }

    /// The villages that each piece stands in.
    pub(super) fn village_of_pieces(&self) -> &[Vec<usize>] {
        let ground = &self.region.ground;
        let villages = |piece: &Equipment| {
            let point = ground.plane.to_plane(piece.at);
            ground.village_outlines.holding(point)
        };
        let pieces = self.region.equipment.iter();
        self.villages_of_pieces
            .get_or_init(|| pieces.map(villages).collect())
    }

    /// Who may be called, as they are now.
    pub fn crew(&self) -> Arc<Crew> {
        self.base.crew.load_full()
    }

    /// This moment, by the clock of the region's own time zone.
    pub fn now(&self) -> Now {
        let now = clock::since_1970();
        Now {
            since_1970: now.as_secs(),
            minute_of_day: clock::minute_of_day(&self.region.settings.time_zone, now),
        }
    }

    /// The surveyors of this region's ground.
    pub(super) fn surveyors(&self) -> &Surveyors {
        &self.base.surveyors
    }

    /// A tile, if it has been cut before.
    pub fn known_tile(&self, asked: TileQuestion) -> Option<Arc<TileBody>> {
        self.tile_bodies.get(&asked)
    }

    /// A tile, cut once.
    pub fn tile(&self, asked: TileQuestion) -> Arc<TileBody> {
        let weight = |body: &TileBody| body.gzipped.len() + TILE_OVERHEAD;
        let cut = || {
            let cut = self.tile_source().cut(&self.region, asked);
            TileBody::new(cut)
        };
        self.tile_bodies.get_or(&asked, weight, cut)
    }

    fn tile_source(&self) -> &TileSource {
        self.tiles.get_or_init(|| {
            let usual = self.coverage(&self.usual_question());
            TileSource::new(&self.region, Arc::clone(&self.base.map), &usual)
        })
    }

    /// Works out what the first visitor would wait for.
    pub fn prepare(&self) {
        let usual = self.usual_question();
        self.tile_source();
        self.baseline(&usual);
        self.islands();
        self.rank();
    }
}

impl TileBody {
    /// The tile for a client that takes no gzip.
    pub fn plain(&self) -> Vec<u8> {
        // What has been packed here can be unpacked here.
        gzip::unpacked(&self.gzipped).unwrap_or_default()
    }

    fn new(cut: io::Result<Vec<u8>>) -> Self {
        use std::hash::Hasher;

        // Writing to memory does not fail; if it did, an empty tile is better than a map that stops.
        let gzipped = cut.unwrap_or_default();
        let mut hasher = FxHasher::default();
        hasher.write(&gzipped);
        let etag = format!("\"{:016x}-{:x}\"", hasher.finish(), gzipped.len());
        Self {
            gzipped: gzipped.into(),
            etag,
        }
    }
}
