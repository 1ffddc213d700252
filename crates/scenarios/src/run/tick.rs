use super::event::{Event, What};
use super::state::{MINUTE_US, Readings, Run};
use crate::model::{Inject, Scenario};

impl Run {
    /// Lets time pass to a moment, at which the hospital reads so: work that is done has its outcome, what is due comes to
    /// people, and what has come true is noted. A moment that has passed, or a drill that is over, gives nothing.
    pub fn tick(&mut self, scenario: &Scenario, at_us: i64, readings: &Readings) -> Vec<Event> {
        if self.ended_us.is_some() || at_us < self.reached_us {
            return Vec::new();
        }
        self.meter(scenario, at_us, readings);
        self.reached_us = at_us;
        let mut events = Vec::new();
        let mut ended_by = None;
        let (over, busy) = self.busy.drain(..).partition(|busy| busy.until_us <= at_us);
        self.busy = busy;
        let mut over: Vec<super::state::Busy> = over;
        over.sort_by_key(|busy| busy.until_us);
        for work in over {
            let Some(command) = scenario.command(&work.command) else { continue };
            let found =
                command.outcomes.iter().enumerate().find(|(_, one)| self.holds(&one.when, at_us, readings));
            if let Some((_, outcome)) = found {
                self.raise(&outcome.sets, &outcome.clears, at_us);
            }
            self.done.insert(command.id.clone());
            let (by, role, id) = (work.by.clone(), work.role, command.id.clone());
            let what = What::Done { by, role, command: id, outcome: found.map(|(place, _)| place) };
            events.push(self.event(scenario, at_us, what));
            if command.ends {
                ended_by = Some(work.by);
            }
        }
        for inject in &scenario.injects {
            if self.is_due(inject, at_us, readings) {
                events.push(self.bring(scenario, inject, None, at_us));
            }
        }
        self.judge(scenario, at_us, readings, false, &mut events);
        self.reach(scenario, at_us, readings);
        let last_us = self.begun_us + i64::from(scenario.lasts_min) * MINUTE_US;
        if ended_by.is_some() || at_us >= last_us {
            events.extend(self.close(scenario, ended_by, at_us, readings));
        }
        events
    }

    pub(super) fn bring(
        &mut self,
        scenario: &Scenario,
        inject: &Inject,
        by: Option<String>,
        at_us: i64,
    ) -> Event {
        let again = self.injected.insert(inject.id.clone(), at_us).is_some();
        self.raise(&inject.sets, &[], at_us);
        self.event(scenario, at_us, What::Injected { inject: inject.id.clone(), by, again })
    }

    fn is_due(&self, inject: &Inject, at_us: i64, readings: &Readings) -> bool {
        let due = match (self.injected.get(&inject.id), inject.every_min) {
            (Some(last_us), Some(every)) => at_us >= last_us + i64::from(every) * MINUTE_US,
            (Some(_), None) => false,
            (None, _) => self
                .due_min(inject)
                .is_none_or(|minute| at_us >= self.begun_us + i64::from(minute) * MINUTE_US),
        };
        due && !inject.by_hand && self.holds(&inject.when, at_us, readings)
    }

    /// Notes what has come true; at the end also what is judged there.
    fn judge(
        &mut self,
        scenario: &Scenario,
        at_us: i64,
        readings: &Readings,
        is_end: bool,
        events: &mut Vec<Event>,
    ) {
        for never in &scenario.nevers {
            if !self.breached.contains_key(&never.id) && self.holds(&never.when, at_us, readings) {
                self.breached.insert(never.id.clone(), at_us);
                events.push(self.event(scenario, at_us, What::Breached { never: never.id.clone() }));
            }
        }
        for objective in scenario.objectives.iter().filter(|one| one.at_end == is_end) {
            if !self.met.contains_key(&objective.id) && self.holds(&objective.when, at_us, readings) {
                self.met.insert(objective.id.clone(), at_us);
                events.push(self.event(scenario, at_us, What::Met { objective: objective.id.clone() }));
            }
        }
    }

    pub(super) fn close(
        &mut self,
        scenario: &Scenario,
        by: Option<String>,
        at_us: i64,
        readings: &Readings,
    ) -> Vec<Event> {
        let mut events = Vec::new();
        self.judge(scenario, at_us, readings, true, &mut events);
        self.ended_us = Some(at_us);
        self.busy.clear();
        events.push(self.event(scenario, at_us, What::Ended { by }));
        events
    }
}
