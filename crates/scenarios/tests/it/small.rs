//! A small scenario, and a hospital that is a few numbers.

use std::convert::Infallible;

use scenarios::model::{Effect, Scenario};
use scenarios::read::scenario;
use scenarios::run::{Event, Given, MINUTE_US, Readings, Run, Taken, World, advance, effects_of};

pub(crate) const BEGUN_US: i64 = 1_930_428_300_000_000;

pub(crate) const FILE: &str = r#"+++
id = "small"
version = "1.0.0"
title = "A small crisis"
summary = "Something fails."
level = "foundation"
minutes = 5
lasts_min = 60
rate = 6
image = "general-hospital"
virtual_now = "2031-03-04T22:05"
pass = 60

[[role]]
id = "lead"
title = "lead"
about = "Decides."

[[role]]
id = "hands"
title = "engineer"
about = "Does."

[[inject]]
id = "fails"
title = "It fails"
at_min = 0
effects = [{ do = "fail", system = "ENGINE", reason = "no disk" }]

[[inject]]
id = "call"
title = "Somebody calls"
at_min = [3, 9]
when = ["not declared"]

[[inject]]
id = "again"
title = "It goes on"
at_min = 5
every_min = 5
when = ["down:ENGINE > 0"]

[[inject]]
id = "extra"
title = "One more"
by_hand = true

[[command]]
id = "declare"
title = "Declare"
about = "Say so."
role = "lead"
takes_min = 2
[[command.outcome]]
says = "Said."
sets = ["declared"]

[[command]]
id = "mend"
title = "Mend"
about = "Repair it."
role = "hands"
takes_min = 10
needs = ["declared"]
refused = "Nobody said so."
again = true
[[command.outcome]]
says = "It runs."
sets = ["mended"]
effects = [{ do = "recover", system = "ENGINE" }]

[[command]]
id = "stop"
title = "Stop"
about = "It is over."
role = "lead"
takes_min = 0
needs = ["mended"]
ends = true
[[command.outcome]]
says = "Over."

[milestones]
detected = ["declared"]
restored = ["mended", "down:ENGINE = 0"]

[[meter]]
id = "down"
title = "Down"
unit = "minutes"
when = ["down:ENGINE > 0"]
grows = 1
weighs = 2

[[never]]
id = "too-long"
title = "Too long"
when = ["meter:down >= 40"]
says = "Somebody waited."

[[objective]]
id = "declared"
title = "Declared"
when = ["declared"]
points = 40
within_min = 10

[[objective]]
id = "up"
title = "Up at the end"
when = ["down:ENGINE = 0"]
points = 60
at_end = true
must = true
+++

Something fails. Mend it.
"#;

pub(crate) const PASSING: &str = "title = \"Well\"\npasses = true\n";
pub(crate) const FAILING: &str = "title = \"Badly\"\nmisses = [\"up\"]\n";

pub(crate) fn small() -> Scenario {
    let files = [("scenario.md", FILE), ("scripts/well.toml", PASSING), ("scripts/badly.toml", FAILING)];
    let checked = scenario("small", &files);
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    checked.value.unwrap()
}

/// A hospital with an engine that is up or down.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Toy {
    scenario: Scenario,
    down: bool,
    pub(crate) kept: Vec<Event>,
}

impl Toy {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        Self { scenario: scenario.clone(), down: false, kept: Vec::new() }
    }

    pub(crate) fn readings(&self) -> Readings {
        [("down:ENGINE".to_owned(), f64::from(u8::from(self.down)))].into()
    }
}

impl World for Toy {
    type Error = Infallible;

    fn read(&mut self, _: i64) -> Result<Readings, Infallible> {
        Ok(self.readings())
    }

    fn keep(&mut self, _: i64, _: &Run, events: &[Event]) -> Result<(), Infallible> {
        for event in events {
            for effect in effects_of(&self.scenario, event) {
                match effect {
                    Effect::Fail { .. } => self.down = true,
                    Effect::Recover { .. } => self.down = false,
                    _ => {}
                }
            }
            self.kept.push(event.clone());
        }
        Ok(())
    }
}

pub(crate) fn at(minute: i64) -> i64 {
    BEGUN_US + minute * MINUTE_US
}

pub(crate) fn given(key: &str, command: &str, minute: i64) -> Given {
    Given {
        key: key.to_owned(),
        by: "ada".to_owned(),
        holds: vec!["lead".to_owned(), "hands".to_owned()],
        command: command.to_owned(),
        at_us: at(minute),
    }
}

/// Lets a drill come to a minute and gives a command there.
pub(crate) fn give(run: &mut Run, toy: &mut Toy, given: &Given) -> Taken {
    let scenario = toy.scenario.clone();
    let Ok(_) = advance(&scenario, run, given.at_us, toy);
    let taken = run.give(&scenario, given, &toy.readings());
    if let Taken::Now(event) = &taken {
        let Ok(()) = toy.keep(given.at_us, run, std::slice::from_ref(event));
    }
    taken
}

pub(crate) fn go(run: &mut Run, toy: &mut Toy, minute: i64) {
    let scenario = toy.scenario.clone();
    let Ok(_) = advance(&scenario, run, at(minute), toy);
}

pub(crate) fn begin(seed: u64) -> (Run, Toy) {
    let scenario = small();
    let (run, event) = Run::begin(&scenario, seed, BEGUN_US);
    let mut toy = Toy::new(&scenario);
    toy.kept.push(event);
    (run, toy)
}
