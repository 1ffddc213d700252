//! The journal as checks see it: what the learner, and whoever else is not the platform, did since the start.

use store::journal::{Entry, Filter};
use training::facts;

use super::error::LabError;
use super::{GRADER, PLATFORM};
use crate::access::Access;
use crate::sandboxes::begun_seq;

/// What the learner whose attempt it is is called in a lab's files.
const LEARNER: &str = "learner";

/// The entries since the attempt was started or last reset, oldest first. `is_learner` knows those by their logins whose work is
/// judged.
pub(super) fn entries(
    access: &Access,
    is_learner: &dyn Fn(&str) -> bool,
) -> Result<Vec<facts::Entry>, LabError> {
    let after_seq = begun_seq(access.sandbox())?;
    let entries = access.sandbox().journal(&Filter { after_seq, ..Filter::default() })?;
    let counts = |entry: &Entry| entry.event.actor != PLATFORM && entry.event.source != GRADER;
    Ok(entries.into_iter().filter(counts).map(|entry| fact(entry, is_learner)).collect())
}

fn fact(entry: Entry, is_learner: &dyn Fn(&str) -> bool) -> facts::Entry {
    let event = entry.event;
    let actor = if is_learner(&event.actor) { LEARNER.to_owned() } else { event.actor };
    facts::Entry {
        seq: u64::try_from(entry.seq).unwrap_or(0),
        virtual_time_us: event.virtual_us,
        actor,
        source: event.source,
        target: event.target,
        kind: event.kind,
        subject: event.subject,
        outcome: event.outcome,
        detail: event.detail,
    }
}
