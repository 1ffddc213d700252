//! From test to test.

use super::bag::Bag;
use super::go::{Progress, Run};
use super::step::Step;
use crate::model::{Kit, Outcome, Stop, Test};

/// Goes through all tests in their order.
pub(super) fn walk(run: &Run, kit: &Kit, bag: &mut Bag, watch: &dyn Fn(&Progress)) {
    let tests = kit.tests();
    for (done, test) in tests.iter().enumerate() {
        let tell = |done: usize| {
            let record = run.lock();
            let Some(node) = record.find(&test.id) else { return };
            let outcome = node.outcome.unwrap_or(Outcome::Running);
            let (title, message) = (node.title.clone(), node.message.clone());
            let progress =
                Progress { test: test.id.clone(), title, outcome, message, done, all: tests.len() };
            drop(record);
            watch(&progress);
        };
        run.lock().change(&test.id, |node| node.outcome = Some(Outcome::Running));
        tell(done);
        let ended = one(run, kit, test, bag, &|| tell(done));
        let (outcome, message) = match ended {
            Ok(()) => (Outcome::Pass, None),
            Err(Stop::Fail(text)) => (Outcome::Fail, Some(text)),
            Err(Stop::Skip(text)) => (Outcome::Skip, Some(text)),
            Err(Stop::Omit(text)) => (Outcome::Omit, Some(text)),
            Err(Stop::Error(text)) => (Outcome::Error, Some(text)),
            Err(Stop::Cancel) => (Outcome::Cancel, Some("the run was stopped".to_owned())),
        };
        run.lock().change(&test.id, |node| {
            node.outcome = Some(outcome);
            node.message = message.unwrap_or_default();
        });
        tell(done + 1);
    }
}

fn one(run: &Run, kit: &Kit, test: &Test, bag: &mut Bag, tell: &dyn Fn()) -> Result<(), Stop> {
    if run.is_stopped() {
        return Err(Stop::Cancel);
    }
    for need in &test.needs {
        if bag.values.get(*need).is_none_or(String::is_empty) {
            return Err(lacking(run, kit, need));
        }
    }
    (test.work)(&mut Step::new(run, &test.id, bag, tell))
}

/// Says what is lacking, and who was to give it. Where that does not apply to the server, neither does this.
fn lacking(run: &Run, kit: &Kit, need: &str) -> Stop {
    let Some(giver) = kit.tests().into_iter().find(|test| test.gives.contains(&need)) else {
        return Stop::Skip(format!("it needs the input `{need}`, which was not given"));
    };
    let text = format!("it needs `{need}`, which \"{}\" ({}) was to find", giver.title, giver.id);
    let is_left_out = run.lock().find(&giver.id).is_some_and(|node| node.outcome == Some(Outcome::Omit));
    if is_left_out { Stop::Omit(text) } else { Stop::Skip(text) }
}
