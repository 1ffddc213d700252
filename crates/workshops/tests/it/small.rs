//! A small case, and a table at which it is played.

use workshops::model::Case;
use workshops::read::case;
use workshops::run::{Act, Asked, Event, MINUTE_US, Refusal, Run, What, decide};

pub(crate) const BEGUN_US: i64 = 1_930_428_300_000_000;

pub(crate) const FILE: &str = r#"+++
id = "small"
version = "1.0.0"
title = "A small case"
summary = "Something is to be decided."
level = "foundation"
rate = 2
image = "general-hospital"
virtual_now = "2031-03-04T06:00"
debrief = ["Who knew?"]

[only]
call = ["nurse"]

[[objective]]
id = "decide"
title = "Decide with what is known"
capability = "Operational coordination"

[[role]]
id = "nurse"
title = "nurse"
discipline = "clinical"
about = "Speaks for the ward."
brief = "SECRET brief-nurse"

[[role.fact]]
id = "ward"
says = "SECRET ward"
source = "the ward"
critical = true

[[role.fact]]
id = "later"
says = "SECRET later"
source = "the ward"
from = "second"

[[role]]
id = "clerk"
title = "clerk"
discipline = "administrative"
about = "Speaks for the office."
brief = "SECRET brief-clerk"

[[role.fact]]
id = "office"
says = "SECRET office"
source = "the office"
critical = true

[[role]]
id = "engineer"
title = "engineer"
discipline = "technical"
about = "Speaks for the machines."
brief = "SECRET brief-engineer"

[[role.fact]]
id = "machine"
says = "SECRET machine"
source = "the machine"
critical = true

[[phase]]
id = "briefing"
title = "Briefing"
kind = "briefing"
minutes = 10
about = "Read."
asks = "t0"

[[phase]]
id = "first"
title = "First"
kind = "play"
minutes = 20
about = "Work."
asks = "t1"

[[phase]]
id = "second"
title = "Second"
kind = "play"
minutes = 20
about = "Work on."
asks = "t2"

[[phase]]
id = "wash"
title = "Hot wash"
kind = "hot-wash"
minutes = 10
about = "Say what to change."

[[inject]]
id = "call"
title = "SECRET call"
from = "A ward"
medium = "telephone"
says = "SECRET call"
when = ["phase-first", "since:phase-first >= 5"]

[[inject]]
id = "press"
title = "The press"
from = "A reporter"
medium = "telephone"
says = "Is it true?"
by_hand = true

[[question]]
id = "state"
asks = "How does it stand?"
answers = ["Well", "Badly"]
truth = [1, 2, 2]

[[question]]
id = "cause"
asks = "Why?"
answers = ["The machine", "The people"]
truth = [1, 1, 1]

[[decision]]
id = "go"
title = "Do we go?"
from = "first"
needs = ["ward", "office", "machine"]
objective = "decide"

[[decision.option]]
id = "yes"
says = "Go."
key = "poor"
why = "SECRET key-yes"
sets = ["going"]

[[decision.option]]
id = "no"
says = "Wait."
key = "best"
why = "SECRET key-no"

[[decision]]
id = "chair"
title = "Who chairs?"
from = "second"
ballot = true
objective = "decide"

[[decision.option]]
id = "nurse"
says = "The nurse."
key = "best"
why = "SECRET key-chair-nurse"

[[decision.option]]
id = "clerk"
says = "The clerk."
key = "poor"
why = "SECRET key-chair-clerk"

[[hand-off]]
id = "shift"
title = "The shift is handed over."
from = "nurse"
to = "engineer"
phase = "first"
objective = "decide"

[[never]]
id = "blind"
title = "They went blind"
when = ["going"]
says = "Nobody knew."

[[meter]]
id = "wait"
title = "Waiting"
unit = "minutes"
grows = 1
weighs = 1
+++

Three people, one decision.
"#;

pub(crate) const GUIDE: &str = "Read it first.";

pub(crate) const RUBRIC: &str = r#"cites = [{ name = "A tool of others", checked = "2026-11-28" }]

[[behaviour]]
id = "asks"
title = "They ask each other"
look = "At the table."
levels = ["Nobody asks.", "One asks.", "Most ask.", "All ask."]

[[behaviour]]
id = "reasons"
title = "They give reasons"
look = "At the log."
levels = ["None.", "One.", "Some.", "All."]

[[behaviour]]
id = "closes"
title = "They close loops"
look = "At hand-offs."
levels = ["Never.", "Once.", "Often.", "Always."]
"#;

pub(crate) fn team(kind: &str) -> String {
    format!(
        "title = \"A team\"\nkind = \"{kind}\"\nexpects = [\"facts >= 0\"]\nsteps = [{{ by = \"facilitator\", act = {{ do = \"next\" }} }}]\n"
    )
}

pub(crate) fn small() -> Case {
    let teams: Vec<(String, String)> =
        ["good", "hoards", "hasty"].iter().map(|kind| (format!("teams/{kind}.toml"), team(kind))).collect();
    let mut files = vec![("workshop.md", FILE), ("facilitator.md", GUIDE), ("rubric.toml", RUBRIC)];
    files.extend(teams.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let checked = case("small", &files);
    assert!(checked.problems.is_empty(), "{:#?}", checked.problems);
    checked.value.unwrap()
}

/// People at a table: what they do becomes events, as whoever keeps a workshop makes them.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) case: Case,
    pub(crate) events: Vec<Event>,
    pub(crate) run: Run,
    pub(crate) minute: i64,
}

pub(crate) const PEOPLE: [&str; 5] = ["fay", "nils", "cleo", "emil", "olga"];

impl Table {
    /// Fay facilitates, Nils nurses, Cleo clerks, Emil engineers, and Olga looks on.
    pub(crate) fn laid() -> Self {
        let mut table = Self { case: small(), events: Vec::new(), run: Run::default(), minute: 0 };
        for who in PEOPLE {
            table.happens("", What::Joined { who: who.to_owned(), name: who.to_uppercase() });
        }
        table.happens("", What::Facilitates { who: "fay".to_owned() });
        for (who, role) in [("nils", "nurse"), ("cleo", "clerk"), ("emil", "engineer")] {
            table.act(who, Act::Sit { role: Some(role.to_owned()) }).unwrap();
        }
        table
    }

    #[allow(clippy::needless_pass_by_value, reason = "a test says what is done in one line")]
    pub(crate) fn act(&mut self, who: &str, act: Act) -> Result<(), Refusal> {
        self.act_while(who, &act, false)
    }

    pub(crate) fn act_while(&mut self, who: &str, act: &Act, facilitator_gone: bool) -> Result<(), Refusal> {
        let decided = decide(&self.case, &self.run, Asked { who, facilitator_gone }, act)?;
        if let Act::Inject { inject } = act {
            self.comes(inject);
        }
        for what in decided.whats {
            self.happens(who, what);
        }
        Ok(())
    }

    /// An event of the case comes.
    pub(crate) fn comes(&mut self, inject: &str) {
        let world_seq = self.run.play.world_seq + 1;
        self.happens("", What::Came { inject: inject.to_owned(), world_seq, care: 0.0 });
    }

    pub(crate) fn happens(&mut self, by: &str, what: What) {
        let seq = self.run.seq + 1;
        let at_us = BEGUN_US + self.minute * MINUTE_US;
        let event = Event { seq, at_us, wall_us: at_us, by: by.to_owned(), what };
        self.run.apply(&event);
        self.events.push(event);
    }
}

pub(crate) fn share(fact: &str, to: Option<&str>) -> Act {
    Act::Share { fact: fact.to_owned(), to: to.map(str::to_owned) }
}

pub(crate) fn decided(decision: &str, option: &str, evidence: &[&str]) -> Act {
    Act::Decide {
        decision: decision.to_owned(),
        option: option.to_owned(),
        because: String::new(),
        evidence: evidence.iter().map(|fact| (*fact).to_owned()).collect(),
        journal: Vec::new(),
        owner: String::new(),
        review: String::new(),
    }
}

pub(crate) fn vote(decision: &str, option: &str) -> Act {
    Act::Vote { decision: decision.to_owned(), option: option.to_owned() }
}

pub(crate) fn sbar(mark: &str) -> workshops::run::Sbar {
    workshops::run::Sbar {
        situation: format!("{mark} s"),
        background: format!("{mark} b"),
        assessment: format!("{mark} a"),
        recommendation: format!("{mark} r"),
    }
}
