use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

use standards::fhir::outcome::IssueCode;
use store::StoreError;

use super::job::Job;
use crate::fhir::{FhirError, Refusal};

/// Exports at work in one sandbox at a time.
const RUNNING_PER_SANDBOX: usize = 2;
/// Exports at work in all sandboxes at a time.
const RUNNING_MAX: usize = 4;
/// Exports of one sandbox, done ones included; the oldest goes when another is asked for.
const KEPT_PER_SANDBOX: usize = 10;
/// Bytes that the files of all exports may have before another is begun.
const BYTES_MAX: u64 = 16 << 30;
/// How long a sandbox that goes waits for its exports to notice.
const STOPPING_MAX: Duration = Duration::from_secs(5);
/// The folder inside a sandbox's own.
const FOLDER: &str = "exports";

/// The exports of this process, by id.
pub(crate) struct Exports {
    sandboxes: PathBuf,
    jobs: Mutex<BTreeMap<String, Arc<Job>>>,
    cleared: Once,
}

impl Exports {
    /// For the sandboxes in `folder`.
    pub(crate) fn over(folder: &Path) -> Self {
        Self { sandboxes: folder.to_owned(), jobs: Mutex::default(), cleared: Once::new() }
    }

    /// Where the files of an export are.
    pub(super) fn folder_of(&self, sandbox: &str, id: &str) -> PathBuf {
        self.sandboxes.join(sandbox).join(FOLDER).join(id)
    }

    /// Takes a job in, unless there is too much to do already.
    pub(super) fn admit(&self, id: &str, job: &Arc<Job>) -> Result<(), FhirError> {
        let mut jobs = self.lock();
        let running =
            |of: &dyn Fn(&Job) -> bool| jobs.values().filter(|job| job.is_running() && of(job)).count();
        if running(&|other| other.sandbox == job.sandbox) >= RUNNING_PER_SANDBOX {
            return Err(busy(&format!(
                "{RUNNING_PER_SANDBOX} exports of this sandbox are at work; wait for one"
            )));
        }
        if running(&|_| true) >= RUNNING_MAX {
            return Err(busy("this server is busy with other exports; try again in a minute"));
        }
        let bytes: u64 = jobs.values().map(|job| job.bytes.load(Ordering::Relaxed)).sum();
        if bytes > BYTES_MAX {
            return Err(busy(
                "the exports of all sandboxes are too large; delete those that you have fetched",
            ));
        }
        let own = jobs.iter().filter(|(_, other)| other.sandbox == job.sandbox);
        if own.clone().count() >= KEPT_PER_SANDBOX {
            let done = own.filter(|(_, job)| !job.is_running());
            if let Some(oldest) = done.min_by_key(|(_, job)| job.begun_us).map(|(id, _)| id.clone()) {
                discard(&mut jobs, &oldest);
            }
        }
        jobs.insert(id.to_owned(), Arc::clone(job));
        Ok(())
    }

    /// The job `id`, for who asked for it.
    pub(super) fn get(&self, id: &str, sandbox: &str, actor: &str) -> Result<Arc<Job>, FhirError> {
        let found = self.lock().get(id).cloned();
        found.filter(|job| job.sandbox == sandbox && job.actor == actor).ok_or_else(|| {
            let what = "there is no such export of yours; it may have been deleted, or its time was over";
            FhirError::new(Refusal::NotFound, IssueCode::NotFound, what)
        })
    }

    /// Ends a job and removes its files.
    pub(super) fn remove(&self, id: &str) {
        discard(&mut self.lock(), id);
    }

    /// Removes the jobs whose time is over, and the first time also what an earlier process left: nobody knows of it any
    /// more. Only a process that serves sweeps, since others may open the same folder beside it.
    pub(crate) fn sweep(&self, now_us: i64) {
        self.cleared.call_once(|| {
            if let Err(error) = clear(&self.sandboxes) {
                tracing::warn!(%error, "exports of an earlier server were left behind");
            }
        });
        self.remove_where(|job| job.is_expired(now_us));
    }

    /// Ends the jobs of a sandbox that goes, and waits for them: they must not write where a folder is being removed.
    pub(crate) fn forget(&self, sandbox: &str) {
        let jobs = self.remove_where(|job| job.sandbox == sandbox);
        let patience = Instant::now() + STOPPING_MAX;
        while jobs.iter().any(|job| job.is_running()) && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn remove_where(&self, over: impl Fn(&Job) -> bool) -> Vec<Arc<Job>> {
        let mut jobs = self.lock();
        let ids: Vec<String> = jobs.iter().filter(|(_, job)| over(job)).map(|(id, _)| id.clone()).collect();
        ids.iter().filter_map(|id| discard(&mut jobs, id)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Job>>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn discard(jobs: &mut BTreeMap<String, Arc<Job>>, id: &str) -> Option<Arc<Job>> {
    let job = jobs.remove(id)?;
    job.discard();
    Some(job)
}

/// Removes the exports of every sandbox.
fn clear(sandboxes: &Path) -> Result<(), StoreError> {
    for sandbox in fs::read_dir(sandboxes).map_err(StoreError::io(sandboxes))? {
        let left = sandbox.map_err(StoreError::io(sandboxes))?.path().join(FOLDER);
        if left.exists() {
            fs::remove_dir_all(&left).map_err(StoreError::io(&left))?;
        }
    }
    Ok(())
}

fn busy(what: &str) -> FhirError {
    FhirError::new(Refusal::Busy, IssueCode::Throttled, what)
}
