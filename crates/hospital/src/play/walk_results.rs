//! Orders, and what comes back.

use super::walk::{Later, Out, Scene, Walk};
use super::{Handle, Happening, Laboratory, Service, What};
use crate::calendar::MINUTE_US;
use crate::pathways::{Act, Finding, Law, Number, State};
use crate::population::{Panel, Test};
use crate::random::Stream;
use crate::writer::Decimal;

/// From the needle to the released value: urgent, and not.
const URGENT: Law = Law::Between(30 * MINUTE_US, 55 * MINUTE_US);
const ROUTINE: Law = Law::Between(45 * MINUTE_US, 150 * MINUTE_US);

/// The state number of results that no state ordered but a round on the ward: [`ROUND`] plus the panel's place.
const ROUND: usize = 1 << 20;

impl Walk {
    /// Orders what the state asks for. A history has the answer at once; live play has to wait for it.
    pub(super) fn order(&mut self, state: &State, scene: &Scene<'_>, stream: &mut Stream, out: &mut Out) {
        let (code, service, law, urgent) = match &state.act {
            Act::Lab { test, urgent, .. } => (test.code, Service::Laboratory, turnaround(*urgent), *urgent),
            Act::Panel { panel, urgent, .. } => {
                (panel.code, Service::Laboratory, turnaround(*urgent), *urgent)
            }
            Act::Find { code, takes, .. } => (*code, Service::Laboratory, *takes, false),
            Act::Study { code, service, takes, .. } => (*code, *service, *takes, false),
            _ => return,
        };
        let order = self.ordered(What::Ordered { code, service, urgent }, scene, out);
        let due_us = self.now_us + law.draw(stream);
        self.await_result(self.state, order, due_us, scene, out);
    }

    /// A panel of the morning round.
    pub(super) fn order_panel(&mut self, panel: &'static Panel, scene: &Scene<'_>, out: &mut Out) {
        let place = Panel::place(panel);
        let what = What::Ordered { code: panel.code, service: Service::Laboratory, urgent: false };
        let order = self.ordered(what, scene, out);
        self.await_result(ROUND + place, order, self.now_us + 70 * MINUTE_US, scene, out);
    }

    fn ordered(&mut self, what: What, scene: &Scene<'_>, out: &mut Out) -> Handle {
        if scene.live { self.tell(out, what) } else { self.next_handle() }
    }

    fn await_result(&mut self, state: usize, order: Handle, due_us: i64, scene: &Scene<'_>, out: &mut Out) {
        let visit = self.open.map_or(order, |open| open.handle);
        let later = Later { state, order, visit, taken_us: self.now_us, due_us };
        if scene.live {
            out.later.push(later);
        } else {
            out.happenings.extend(self.result(&later, scene));
        }
    }

    /// The answer to an order. Its chance comes from the order, so it is the same whenever it is asked for.
    pub(crate) fn result(&self, later: &Later, scene: &Scene<'_>) -> Option<Happening> {
        let mut stream = later.order.key().stream();
        let (order, taken_us) = (later.order, later.taken_us);
        let state = scene.pathway.states.get(later.state);
        let what = match state.map(|state| &state.act) {
            None => {
                let panel = Panel::at(later.state.checked_sub(ROUND)?)?;
                What::Resulted(Laboratory {
                    order,
                    panel: Some(panel),
                    values: run(panel, &[], &self.memory, &mut stream),
                    taken_us,
                })
            }
            Some(Act::Lab { test, mean, .. }) => {
                let mean = mean.map(|mean| mean.draw(&self.memory, &mut stream));
                let values = vec![(*test, value(test, mean, &mut stream))];
                What::Resulted(Laboratory { order, panel: None, values, taken_us })
            }
            Some(Act::Panel { panel, means, .. }) => {
                let values = run(panel, means, &self.memory, &mut stream);
                What::Resulted(Laboratory { order, panel: Some(panel), values, taken_us })
            }
            Some(Act::Find { code, findings, .. }) => {
                let Finding { words, abnormal, .. } = stream.weighted(findings, |row| row.weight);
                What::Found { order, code, words: words.clone(), abnormal: *abnormal, taken_us }
            }
            Some(Act::Study { code, service, conclusions, .. }) => {
                let conclusion = stream.weighted(conclusions, |row| row.weight).words.clone();
                What::Read { order, code, service: *service, conclusion, taken_us }
            }
            Some(_) => return None,
        };
        let (patient, pathway) = (self.patient, self.pathway);
        let handle = if scene.live { order.part(1) } else { order };
        Some(Happening { at_us: later.due_us, patient, pathway, handle, visit: later.visit, what })
    }
}

fn turnaround(urgent: bool) -> Law {
    if urgent { URGENT } else { ROUTINE }
}

/// The values of a panel.
fn run(
    panel: &'static Panel,
    means: &[(&'static Test, Number)],
    memory: &[f64; 4],
    stream: &mut Stream,
) -> Vec<(&'static Test, Decimal)> {
    let value = |test: &&'static Test| {
        let mean = means.iter().find(|(other, _)| other.code == test.code);
        let mean = mean.map(|(_, number)| number.draw(memory, stream));
        (*test, value(test, mean, stream))
    };
    panel.tests.iter().map(value).collect()
}

/// One value around the given mean, or the usual one.
fn value(test: &Test, mean: Option<f64>, stream: &mut Stream) -> Decimal {
    let (usual, deviation) = test.usual;
    let mean = mean.unwrap_or(usual);
    let spread = deviation * (mean / usual).max(1.0);
    Decimal::round(stream.normal(mean, spread).max(mean * 0.3).max(0.0), test.decimals)
}
