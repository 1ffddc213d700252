use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::kits::run::Run;

use super::KitError;

/// Runs at work in one sandbox at a time.
const PER_SANDBOX_MAX: usize = 2;
/// Runs at work in all sandboxes at a time.
const MAX: usize = 8;

/// The runs at work in this process, by id.
#[derive(Default)]
pub(crate) struct Runs(Mutex<BTreeMap<String, (String, Arc<Run>)>>);

impl Runs {
    /// Takes a run in, unless there is too much to do already.
    pub(super) fn admit(&self, id: &str, sandbox: &str, run: &Arc<Run>) -> Result<(), KitError> {
        let mut runs = self.lock();
        if runs.values().filter(|(of, _)| of == sandbox).count() >= PER_SANDBOX_MAX {
            return Err(KitError::Busy(format!(
                "{PER_SANDBOX_MAX} runs of this sandbox are at work; wait for one"
            )));
        }
        if runs.len() >= MAX {
            return Err(KitError::Busy(
                "this server is busy with other runs; try again in a minute".to_owned(),
            ));
        }
        runs.insert(id.to_owned(), (sandbox.to_owned(), Arc::clone(run)));
        Ok(())
    }

    /// The run of this id, if it is at work.
    pub(super) fn get(&self, sandbox: &str, id: &str) -> Option<Arc<Run>> {
        self.lock().get(id).filter(|(of, _)| of == sandbox).map(|(_, run)| Arc::clone(run))
    }

    /// The run of this id, in whichever sandbox: who knows an id was told it.
    pub(super) fn any(&self, id: &str) -> Option<Arc<Run>> {
        self.lock().get(id).map(|(_, run)| Arc::clone(run))
    }

    /// All runs at work.
    pub(super) fn all(&self) -> Vec<Arc<Run>> {
        self.lock().values().map(|(_, run)| Arc::clone(run)).collect()
    }

    /// Forgets a run that is over.
    pub(super) fn remove(&self, id: &str) {
        self.lock().remove(id);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, (String, Arc<Run>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
