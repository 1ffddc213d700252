use std::collections::BTreeMap;

use channels::{Program, State};
use serde_json::json;
use store::sandbox::Change;

use super::error::InterfaceError;
use super::names::ALERT;
use crate::access::Access;

/// What a change may have added to. Only what has grown can have reached a bound: a queue that empties passes it again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grown {
    pub(super) queue: bool,
    pub(super) errors: bool,
}

/// Journals an alert for each bound of the channel that has just been reached. It is raised at the bound itself and at each
/// multiple of it, so that a queue that grows for a night says so more than once and a long one not with every message.
pub(super) fn raise(
    access: &Access,
    change: &mut Change<'_>,
    program: &Program,
    grown: Grown,
) -> Result<BTreeMap<String, u64>, InterfaceError> {
    let channel = program.channel();
    let mut raised = BTreeMap::new();
    if channel.alerts.queue_depth.is_none() && channel.alerts.errors.is_none() {
        return Ok(raised);
    }
    let tally = change.view().channel_tally(&channel.name)?;
    let count = |states: &BTreeMap<String, u64>, state: State| states.get(state.word()).copied().unwrap_or(0);
    if let Some(bound) = channel.alerts.queue_depth.filter(|_| grown.queue) {
        for (destination, states) in &tally.deliveries {
            let waiting = count(states, State::Queued) + count(states, State::Pending);
            if reached(waiting, bound) {
                raised.insert(format!("the queue of {destination} holds {waiting} messages"), waiting);
            }
        }
    }
    if let Some(bound) = channel.alerts.errors.filter(|_| grown.errors) {
        let errors = count(&tally.messages, State::Error)
            + tally.deliveries.values().map(|states| count(states, State::Error)).sum::<u64>();
        if reached(errors, bound) {
            raised.insert(format!("{errors} messages are in error"), errors);
        }
    }
    for (what, number) in &raised {
        let detail = json!({"channel": channel.name, "what": what, "count": number});
        change.note(&access.event(ALERT, None, "alert", detail))?;
    }
    Ok(raised)
}

fn reached(count: u64, bound: u32) -> bool {
    count > 0 && count.is_multiple_of(u64::from(bound))
}

/// Tells those who watch, once the alerts are on disk.
pub(super) fn tell(access: &Access, raised: &BTreeMap<String, u64>) {
    if !raised.is_empty() {
        access.tell(ALERT);
    }
}
