//! Which systems failed and which interfaces carried nothing by a moment.

use std::collections::BTreeMap;

use store::journal::NewEntry;

use crate::drills::failed::{DOWN, reopening, touching};

/// What interfaces are told of: word and reason.
type Closed = (&'static str, String);

/// What the journal told so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub(super) failed: BTreeMap<String, String>,
    closed: BTreeMap<String, Closed>,
}

/// When interfaces carried nothing, from and until.
#[derive(Debug, Default)]
pub(super) struct Spans {
    by_interface: BTreeMap<String, Vec<(i64, i64)>>,
}

impl Spans {
    /// Takes in which interfaces carry nothing from a moment on.
    pub(super) fn note(&mut self, at_us: i64, told: &Told) {
        for (id, spans) in &mut self.by_interface {
            if let Some(last) = spans.last_mut().filter(|(_, until_us)| *until_us == i64::MAX)
                && !told.closed.contains_key(id)
            {
                last.1 = at_us;
            }
        }
        for id in told.closed.keys() {
            let spans = self.by_interface.entry(id.clone()).or_default();
            if spans.last().is_none_or(|(_, until_us)| *until_us != i64::MAX) {
                spans.push((at_us, i64::MAX));
            }
        }
    }

    /// When something arrived over an interface of which the record says that it was then. A hospital does late what was due while
    /// an interface was closed, and writes down when it was due: it cannot have come before that interface opened.
    pub(super) fn arrival(&self, interface: &str, written_us: i64) -> i64 {
        let spans = self.by_interface.get(interface).map_or(&[][..], Vec::as_slice);
        let within = spans.iter().find(|(from_us, until_us)| (*from_us..*until_us).contains(&written_us));
        // What is never opened again lets nothing through that the record could tell of.
        within.filter(|(_, until_us)| *until_us < i64::MAX).map_or(written_us, |(_, until_us)| *until_us)
    }
}

/// What is told of by hand, and of failures that were mended but wait for a hand.
const STOPPED: &str = "stopped";

impl Told {
    /// Takes in the next entry of a kind `interface.*` or `system.*`.
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn entry(virtual_us: i64, kind: &str, detail: Value) -> NewEntry {
        let [actor, source, target, outcome] = ["ana", "page", "hospital", "ok"].map(str::to_owned);
        let (kind, subject) = (kind.to_owned(), None);
        NewEntry { virtual_us, wall_us: 0, actor, source, target, kind, subject, outcome, detail }
    }

    #[test]
    fn what_was_due_while_an_interface_was_closed_came_when_it_opened() {
        let (mut told, mut spans) = (Told::default(), Spans::default());
        let changes = [
            entry(10, "system.failed", json!({"system": "LIS", "reason": "no disk"})),
            entry(20, "system.recovered", json!({"system": "LIS", "held": true})),
            entry(30, "interface.changed", json!({"interface": "adt-lis", "standing": "up"})),
            entry(40, "interface.changed", json!({"interface": "adt-lis", "standing": "stopped"})),
        ];
        for change in &changes {
            told.hear(change);
            spans.note(change.virtual_us, &told);
        }
        let came = |written_us| spans.arrival("adt-lis", written_us);
        assert_eq!([9, 10, 25, 30, 39, 41].map(came), [9, 30, 30, 30, 39, 41]);
        assert_eq!(spans.arrival("adt-ris", 25), 25, "another system's goes on");
        assert!(told.failed.is_empty());
        assert_eq!(told.closed().get("adt-lis").map(String::as_str), Some("stopped by ana"));
        assert!(told.closed().contains_key("orders-lis"), "held until somebody opens it");
    }
}
