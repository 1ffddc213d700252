use ::kits::model::{Outcome, Record};
use store::StoreError;
use store::records::{KitRun, SandboxId};

use super::KitError;
use crate::access::Access;
use crate::platform::Platform;

/// A run with what it found until now.
#[derive(Debug, Clone)]
pub struct KitRunView {
    /// Its id.
    pub id: String,
    /// Whether it is still at work.
    pub is_running: bool,
    /// Whether the server stopped while it was at work, so that nothing more will come.
    pub is_cut_off: bool,
    /// What it found.
    pub record: Record,
}

/// The runs of a sandbox, newest first; those that a stop of the server cut off count as cancelled.
///
/// # Errors
/// When the store cannot be read.
pub fn kit_runs(platform: &Platform, access: &Access) -> Result<Vec<KitRun>, StoreError> {
    let sandbox = access.sandbox().id();
    let mut runs = platform.records.kit_run_list(&SandboxId::from(sandbox))?;
    for run in runs.iter_mut().filter(|run| run.ended_us.is_none()) {
        if platform.runs.get(sandbox, &run.id).is_none() {
            Outcome::Cancel.word().clone_into(&mut run.outcome);
        }
    }
    Ok(runs)
}

/// One run.
///
/// # Errors
/// [`KitError::Unknown`] if this sandbox has no such run.
pub fn kit_run(platform: &Platform, access: &Access, id: &str) -> Result<KitRunView, KitError> {
    let sandbox = access.sandbox().id();
    if let Some(run) = platform.runs.get(sandbox, id) {
        let record = run.record();
        return Ok(KitRunView { id: id.to_owned(), is_running: true, is_cut_off: false, record });
    }
    let kept = platform.records.kit_run(&SandboxId::from(sandbox), id)?;
    let (run, text) =
        kept.ok_or_else(|| KitError::Unknown(format!("there is no run '{id}' in this hospital")))?;
    let damaged = |_| StoreError::Damaged { what: format!("the record of run {id}") };
    let record = serde_json::from_str(&text).map_err(damaged)?;
    Ok(KitRunView { id: run.id, is_running: false, is_cut_off: run.ended_us.is_none(), record })
}
