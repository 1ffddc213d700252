use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use ::lake::Engine;

use super::build::Job;
use super::error::LakeError;
use super::file::OF_IMAGE;
use super::people::OfImages;

/// The folder of the lake, in the data folder.
const FOLDER: &str = "lake";
/// Snapshots that are taken at a time.
const BUILDS_MAX: usize = 2;

/// Where snapshots are, the engine that reads them, and those that are being taken.
#[derive(Clone)]
pub(crate) struct Lakes {
    root: PathBuf,
    engine: Option<Arc<dyn Engine>>,
    jobs: Arc<Mutex<BTreeMap<String, Arc<Job>>>>,
    /// Held to read by whoever links files of the pool, and to write by whoever removes those that nothing links to.
    pub(super) pool: Arc<RwLock<()>>,
    /// People with restricted charts, by image.
    pub(super) images: OfImages,
    /// Held by whoever makes a register.
    pub(super) registers: Arc<Mutex<()>>,
}

impl Lakes {
    /// The lake in the data folder, without an engine.
    pub(crate) fn over(data: &Path) -> Self {
        let (jobs, pool, images, registers) = Default::default();
        Self { root: Self::folder(data), engine: None, jobs, pool, images, registers }
    }

    /// The folder of the lake in a data folder: what an engine is given.
    pub(crate) fn folder(data: &Path) -> PathBuf {
        data.join(FOLDER)
    }

    /// The same lake with an engine.
    pub(crate) fn with(self, engine: Arc<dyn Engine>) -> Self {
        Self { engine: Some(engine), ..self }
    }

    /// The engine.
    pub(super) fn engine(&self) -> Result<&Arc<dyn Engine>, LakeError> {
        self.engine.as_ref().ok_or(LakeError::NoEngine)
    }

    /// Where files are that snapshots share.
    pub(super) fn pool_folder(&self) -> PathBuf {
        self.root.join("pool")
    }

    /// Where registers are.
    pub(super) fn registers_folder(&self) -> PathBuf {
        self.root.join("registers")
    }

    /// Where tables of single patients are, each for the length of a question.
    pub(super) fn bedside_folder(&self) -> PathBuf {
        self.root.join("bedside")
    }

    /// Where the snapshots of a hospital are.
    pub(super) fn snapshots_of(&self, sandbox: &str) -> PathBuf {
        self.root.join("hospitals").join(sandbox)
    }

    /// What is being done, or was done last, for a hospital.
    pub(super) fn job(&self, sandbox: &str) -> Option<Arc<Job>> {
        self.jobs().get(sandbox).cloned()
    }

    /// Takes a job in, unless there is too much to do already.
    pub(super) fn admit(&self, sandbox: &str) -> Result<Arc<Job>, LakeError> {
        let mut jobs = self.jobs();
        if jobs.get(sandbox).is_some_and(|job| job.is_running()) {
            let what = "a snapshot of this hospital is being taken; wait until it is done".to_owned();
            return Err(LakeError::Busy(what));
        }
        if jobs.values().filter(|job| job.is_running()).count() >= BUILDS_MAX {
            let what = "snapshots of other hospitals are being taken; try again in a minute".to_owned();
            return Err(LakeError::Busy(what));
        }
        let job = Arc::new(Job::default());
        jobs.insert(sandbox.to_owned(), Arc::clone(&job));
        Ok(job)
    }

    /// Removes the snapshots of a hospital that goes.
    pub(crate) fn forget(&self, sandbox: &str) {
        if let Some(job) = self.jobs().remove(sandbox) {
            job.stop();
        }
        let folder = self.snapshots_of(sandbox);
        if let Err(error) = fs::remove_dir_all(&folder)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(folder = %folder.display(), %error, "snapshots of a hospital were left behind");
        }
        self.sweep_pool();
    }

    /// Removes files of the pool that no snapshot has any more, but for those that any hospital over an image would make again.
    pub(super) fn sweep_pool(&self) {
        let Ok(_alone) = self.pool.try_write() else { return };
        let Ok(entries) = fs::read_dir(self.pool_folder()) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            let is_of_image = entry.file_name().to_string_lossy().starts_with(OF_IMAGE);
            if !is_of_image && path.extension().is_some_and(|end| end == "parquet") && is_single(&path) {
                for path in [path.with_extension("json"), path] {
                    if let Err(error) = fs::remove_file(&path) {
                        tracing::warn!(file = %path.display(), %error, "a file of the lake was left behind");
                    }
                }
            }
        }
    }

    fn jobs(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Job>>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether no other name leads to a file.
#[cfg(unix)]
fn is_single(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| std::os::unix::fs::MetadataExt::nlink(&about) == 1)
}

/// Where that cannot be asked, files stay.
#[cfg(not(unix))]
fn is_single(_: &Path) -> bool {
    false
}
