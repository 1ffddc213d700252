use std::collections::BTreeMap;
use std::sync::Arc;

use ::kits::model::{Kit, Outcome, Record};
use ::kits::run::Run;
use ::kits::wire::{Limits, Reach};
use serde_json::json;
use store::StoreError;
use store::records::{KitRun, SandboxId};

use super::{KitError, kit};
use crate::access::{Access, outcome};
use crate::ids::new_id;
use crate::platform::Platform;

/// The journal kind of a run that begins.
const BEGAN: &str = "kit.began";
/// The journal kind of a run that ends.
const ENDED: &str = "kit.ended";
/// Told to those who watch the sandbox as a run goes on; it is no entry of the journal.
pub const PROGRESS: &str = "kit.progress";

/// Inputs that say where this server itself can be reached: nobody is asked for them.
pub const FILLED_IN: [&str; 2] = ["here", "callback"];

/// Starts a run of a kit in a thread of its own, and returns its id.
///
/// `server` is how this server is addressed, such as
/// `http://127.0.0.1:8080`: where a kit plays a server, or has a browser come back, that is below it.
///
/// # Errors
/// [`KitError`]; then nothing was started.
pub fn start_kit(
    platform: &Arc<Platform>,
    access: &Access,
    id: &str,
    given: &BTreeMap<String, String>,
    server: &str,
) -> Result<String, KitError> {
    let kit = kit(id)?;
    let id = new_id(platform.entropy());
    let given = &filled_in(kit, given, server, &id);
    let clock = Arc::clone(&platform.clock);
    let limits = Limits { reach: Reach::NoMachineServices, ..Limits::default() };
    let run = Run::new(kit, given, limits, move || clock.now_us());
    let run = run.map_err(|problems| KitError::Inputs(problems.iter().map(ToString::to_string).collect()))?;
    let run = Arc::new(run);
    let sandbox = access.sandbox().id().to_owned();
    platform.runs.admit(&id, &sandbox, &run)?;
    let begun =
        begin(platform, access, kit, &id, &run).and_then(|()| spawn(platform, access, kit, &id, &run));
    if begun.is_err() {
        platform.runs.remove(&id);
    }
    begun.map(|()| id)
}

/// What a run is told, with where this server is.
fn filled_in(
    kit: &Kit,
    given: &BTreeMap<String, String>,
    server: &str,
    run: &str,
) -> BTreeMap<String, String> {
    let mut given = given.clone();
    for (name, at) in FILLED_IN.into_iter().zip([format!("kits/app/{run}"), "kits/callback".to_owned()]) {
        if kit.input(name).is_some() {
            given.insert(name.to_owned(), format!("{server}/{at}"));
        }
    }
    given
}

/// Stops a run; false if it is not at work.
pub fn stop_kit(platform: &Platform, access: &Access, id: &str) -> bool {
    let run = platform.runs.get(access.sandbox().id(), id);
    run.inspect(|run| run.stop()).is_some()
}

fn begin(platform: &Platform, access: &Access, kit: &Kit, id: &str, run: &Run) -> Result<(), KitError> {
    let record = run.record();
    keep(platform, access, id, &record, Outcome::Running)?;
    let detail = json!({"run": id, "kit": kit.id, "inputs": record.inputs});
    Ok(access.note(access.event(BEGAN, None, outcome::OK, detail))?)
}

fn spawn(
    platform: &Arc<Platform>,
    access: &Access,
    kit: &'static Kit,
    id: &str,
    run: &Arc<Run>,
) -> Result<(), KitError> {
    let (platform, access, id, run) = (Arc::clone(platform), access.clone(), id.to_owned(), Arc::clone(run));
    let work = move || {
        let record = run.go(kit, &|_| access.tell(PROGRESS));
        if let Err(error) = end(&platform, &access, &id, &record) {
            tracing::error!(%error, kit.id = kit.id, "a run of a test kit could not be kept");
        }
        platform.runs.remove(&id);
        access.tell(PROGRESS);
    };
    let spawned = std::thread::Builder::new().name("kit".to_owned()).spawn(work);
    spawned.map(drop).map_err(|error| {
        tracing::error!(%error, "the thread of a test kit could not be started");
        KitError::Busy("the run could not be started; the server's log says why".to_owned())
    })
}

fn end(platform: &Platform, access: &Access, id: &str, record: &Record) -> Result<(), StoreError> {
    let found = record.outcome().unwrap_or(Outcome::Omit);
    keep(platform, access, id, record, found)?;
    let counts: BTreeMap<&str, usize> =
        record.counts().into_iter().map(|(outcome, count)| (outcome.word(), count)).collect();
    let detail = json!({"run": id, "kit": record.kit, "counts": counts, "exchanges": record.exchanges.len()});
    // The way in was opened when the run began; the hospital's time has gone on.
    let now = platform.access(access.sandbox().id(), access.actor(), "page")?;
    now.note(now.event(ENDED, None, found.word(), detail))
}

fn keep(
    platform: &Platform,
    access: &Access,
    id: &str,
    record: &Record,
    outcome: Outcome,
) -> Result<(), StoreError> {
    let run = KitRun {
        id: id.to_owned(),
        sandbox: SandboxId::from(access.sandbox().id()),
        kit: record.kit.clone(),
        outcome: outcome.word().to_owned(),
        began_us: record.began_us,
        ended_us: record.ended_us,
    };
    let text = serde_json::to_string(record).unwrap_or_default();
    platform.records.kit_run_set(&run, &text)
}
