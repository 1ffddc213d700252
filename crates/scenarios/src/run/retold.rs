use super::event::{Event, What};
use super::state::{Busy, Run};
use crate::model::Scenario;

impl Run {
    /// How a drill stood at a moment, told anew from its events. What events do not tell stays as at the beginning: meters,
    /// milestones, and the keys of commands.
    #[must_use]
    pub fn retold(scenario: &Scenario, seed: u64, events: &[Event], at_us: i64) -> Self {
        let begun_us = events.first().map_or(at_us, |event| event.at_us);
        let (mut run, _) = Self::begin(scenario, seed, begun_us);
        for event in events.iter().take_while(|event| event.at_us <= at_us) {
            run.retell(scenario, event);
        }
        run.reached_us = run.ended_us.unwrap_or(at_us).clamp(begun_us, at_us.max(begun_us));
        run
    }

    fn retell(&mut self, scenario: &Scenario, event: &Event) {
        let at_us = event.at_us;
        self.seq = event.seq;
        match &event.what {
            What::Begun | What::Refused { .. } => {}
            What::Injected { inject, .. } => {
                self.injected.insert(inject.clone(), at_us);
                if let Some(found) = scenario.inject(inject) {
                    self.raise(&found.sets, &[], at_us);
                }
            }
            What::Given { by, role, command, until_us } => {
                let [role, by, command] = [role, by, command].map(Clone::clone);
                self.busy.push(Busy { role, by, command, until_us: *until_us });
            }
            What::Done { role, command, outcome, .. } => {
                self.busy.retain(|busy| busy.role != *role || busy.command != *command);
                let found = outcome.and_then(|place| scenario.command(command)?.outcomes.get(place));
                if let Some(outcome) = found {
                    self.raise(&outcome.sets, &outcome.clears, at_us);
                }
                self.done.insert(command.clone());
            }
            What::Breached { never } => {
                self.breached.insert(never.clone(), at_us);
            }
            What::Met { objective } => {
                self.met.insert(objective.clone(), at_us);
            }
            What::Ended { .. } => {
                self.ended_us = Some(at_us);
                self.busy.clear();
            }
        }
    }
}

/// Harm to care at a moment: between two events it grew evenly.
#[must_use]
pub fn care_at(events: &[Event], at_us: i64) -> f64 {
    let next = events.partition_point(|event| event.at_us <= at_us);
    match (next.checked_sub(1).and_then(|place| events.get(place)), events.get(next)) {
        (Some(before), Some(after)) => {
            let part = share(at_us - before.at_us, after.at_us - before.at_us);
            before.care + (after.care - before.care) * part
        }
        (Some(last), None) => last.care,
        (None, _) => 0.0,
    }
}

#[allow(clippy::cast_precision_loss, reason = "a drill lasts hours, not centuries")]
fn share(part_us: i64, whole_us: i64) -> f64 {
    part_us as f64 / whole_us.max(1) as f64
}
