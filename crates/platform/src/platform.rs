use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use standards::fhir::json::Limits as JsonLimits;
use store::StoreError;
use store::image::Images;
use store::records::{PersonId, Records};
use store::sandbox::Sandboxes;
use training::content::Catalogue;

use crate::chains::Chains;
use crate::clock::Clock;
use crate::desk::Tables;
use crate::engine::Programs;
use crate::entropy::Entropy;
use crate::exports::Exports;
use crate::incidents::Held;
use crate::kits::Runs;
use crate::labs::Turns;
use crate::lake::Lakes;
use crate::live::Houses;
use crate::models::{Blind, Studies};
use crate::people::People;
use crate::response::Paces;
use crate::seal::Seal;
use crate::transparency::Logs;
use crate::watch::Watch;
use crate::workshops::Rooms;

/// What the platform may spend.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Sandboxes one person may hold.
    pub sandboxes_per_person: u32,
    /// Sandboxes kept open at a time; the others are opened when needed.
    pub sandboxes_open: usize,
    /// What a FHIR body may cost.
    pub json: JsonLimits,
    /// What a channel may spend on one message.
    pub channels: channels::Limits,
    /// People in a register of a region at most; fewer than a lab asks for make it quick to prove, and its figures coarser.
    pub register_people: u32,
    /// People whom nobody has seen, for blind tests.
    pub strangers: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sandboxes_per_person: 100,
            sandboxes_open: 300,
            json: JsonLimits::default(),
            channels: channels::Limits::default(),
            register_people: 200_000,
            strangers: 4_000,
        }
    }
}

/// A whole teaching hospital without its network faces. Every use case is a function on it; each runs to its end in
/// the calling thread.
pub struct Platform {
    pub(crate) data: PathBuf,
    pub(crate) records: Arc<Records>,
    pub(crate) images: Images,
    pub(crate) sandboxes: Sandboxes,
    pub(crate) people: People,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) limits: Limits,
    pub(crate) watch: Watch,
    pub(crate) seal: Arc<Seal>,
    pub(crate) owners: Mutex<HashMap<String, PersonId>>,
    pub(crate) fhirpath: fhirpath::Engine,
    pub(crate) turns: Turns,
    pub(crate) exports: Exports,
    pub(crate) programs: Programs,
    pub(crate) houses: Houses,
    pub(crate) lakes: Lakes,
    pub(crate) studies: Studies,
    pub(crate) blind: Blind,
    pub(crate) logs: Logs,
    pub(crate) chains: Chains,
    pub(crate) runs: Runs,
    pub(crate) paces: Paces,
    /// Journals that were searched lately.
    pub(crate) tables: Tables,
    pub(crate) held: Held,
    pub(crate) rooms: Rooms,
    /// Whether each hospital that was asked about is there for a drill.
    pub(crate) drill_hospitals: Mutex<HashMap<String, bool>>,
    catalogue: RwLock<Arc<Catalogue>>,
}

impl Platform {
    /// Opens the data folder, which may be empty, with the labs of `catalogue`.
    ///
    /// # Errors
    /// When the folder cannot be used, or was written by another version.
    pub fn open(
        data: &Path,
        catalogue: Catalogue,
        limits: Limits,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        std::fs::create_dir_all(data).map_err(StoreError::io(data))?;
        let seal = Arc::new(Seal::of(data, &*entropy)?);
        let records = Arc::new(Records::open(&data.join("platform.sqlite"))?);
        let images = Images::new(data.join("images"));
        let sandboxes = Sandboxes::new(data.join("sandboxes"), images.clone(), limits.sandboxes_open)?;
        let wall = Arc::clone(&clock);
        let people = People::new(Arc::clone(&records), Arc::clone(&clock), Arc::clone(&entropy));
        Ok(Self {
            data: data.to_owned(),
            records,
            images,
            sandboxes,
            people,
            clock,
            entropy,
            limits,
            watch: Watch::default(),
            seal,
            owners: Mutex::default(),
            fhirpath: fhirpath::Engine::new().with_clock(move || wall.now_us()),
            turns: Turns::default(),
            houses: Houses::default(),
            lakes: Lakes::over(data),
            studies: Studies::default(),
            blind: Blind::default(),
            logs: Logs::default(),
            chains: Chains::default(),
            runs: Runs::default(),
            paces: Paces::default(),
            tables: Tables::default(),
            held: Held::default(),
            rooms: Rooms::default(),
            drill_hospitals: Mutex::default(),
            exports: Exports::over(&data.join("sandboxes")),
            programs: Programs::default(),
            catalogue: RwLock::new(Arc::new(catalogue)),
        })
    }

    /// The same with the engine of the data lake, which reads below [`Platform::lake_folder`].
    #[must_use]
    pub fn with_engine(self, engine: Arc<dyn ::lake::Engine>) -> Self {
        Self { lakes: self.lakes.with(engine), ..self }
    }

    /// Where the files of the data lake are in a data folder.
    #[must_use]
    pub fn lake_folder(data: &Path) -> PathBuf {
        Lakes::folder(data)
    }

    /// Accounts, sessions and tokens.
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Where one hears of what happens in sandboxes.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// What the platform may spend.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The time, as the platform has it.
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// Where ids and secrets come from.
    pub fn entropy(&self) -> &dyn Entropy {
        self.entropy.as_ref()
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The images there are.
    pub fn images(&self) -> &Images {
        &self.images
    }

    /// The labs and tracks in force.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.catalogue.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts other labs and tracks in force.
    pub(crate) fn set_catalogue(&self, catalogue: Catalogue) {
        *self.catalogue.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(catalogue);
    }

    /// How many sandboxes are open in this process.
    pub fn sandboxes_open(&self) -> usize {
        self.sandboxes.open_count()
    }

    /// Closes the sandboxes nobody has used for `idle_us` microseconds, writes what the others still hold in memory, and
    /// removes exports that nobody fetched in time. Call it now and then.
    pub fn tidy_up(&self, idle_us: i64) -> Result<usize, StoreError> {
        self.sandboxes.flush()?;
        self.exports.sweep(self.clock.now_us());
        Ok(self.sandboxes.close_idle(self.clock.now_us() - idle_us))
    }
}
