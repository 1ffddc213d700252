//! Which systems failed and which interfaces carried nothing by a moment.

use std::collections::BTreeMap;

use store::journal::NewEntry;

use crate::drills::failed::{DOWN, reopening, touching};

/// What interfaces are told of: word and reason.
type Closed = (&'static str, String);

/// What the journal told so far.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) failed: BTreeMap<String, String>,
    closed: BTreeMap<String, Closed>,
}

/// What is told of by hand, and of failures that were mended but wait for a hand.
const STOPPED: &str = "stopped";

impl Told {
    /// Takes in the next entry.
    pub(super) fn hear(&mut self, entry: &NewEntry) {
        let text = |name: &str| entry.detail[name].as_str().unwrap_or_default();
        match (entry.kind.as_str(), text("standing")) {
            ("system.failed", _) => {
                let (system, reason) = (text("system"), text("reason"));
                self.failed.insert(system.to_owned(), reason.to_owned());
                for interface in touching(system) {
                    self.closed.insert(interface.id.clone(), (DOWN, reason.to_owned()));
                }
            }
            ("system.recovered", _) => self.recovered(text("system"), entry.detail["held"] == true),
            ("interface.changed", STOPPED) => {
                let reason = format!("stopped by {}", entry.actor);
                self.closed.insert(text("interface").to_owned(), (STOPPED, reason));
            }
            ("interface.changed", "up") => drop(self.closed.remove(text("interface"))),
            _ => {}
        }
    }

    /// Interfaces that carry nothing, each with the reason.
    pub(super) fn closed(&self) -> BTreeMap<String, String> {
        self.closed.iter().map(|(id, (_, reason))| (id.clone(), reason.clone())).collect()
    }

    fn recovered(&mut self, system: &str, held: bool) {
        self.failed.remove(system);
        let is_down = |id: &str| self.closed.get(id).is_some_and(|(word, _)| *word == DOWN);
        for interface in reopening(system, self.failed.keys(), is_down) {
            if held {
                let reason = "held after a failure, until somebody opens it".to_owned();
                self.closed.insert(interface.id.clone(), (STOPPED, reason));
            } else {
                self.closed.remove(&interface.id);
            }
        }
    }
}
