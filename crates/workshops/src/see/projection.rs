use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::console::{Console, console};
use super::decisions::{DecisionSeen, decisions};
use super::seats::{Seat, seats};
use super::talk::{HandOffSeen, HappenedSeen, MessageSeen, hand_offs, happened, messages};
use crate::model::{Case, DO_NOT_KNOW, Fact, Moment, PhaseKind, Role};
use crate::run::{MINUTE_US, Run};

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer<'a> {
    /// Somebody with a role.
    Role(&'a str),
    /// The facilitator, who may have a role besides.
    Facilitator(Option<&'a str>),
    /// Somebody without a role: they see what is open.
    Onlooker,
}

impl<'a> Viewer<'a> {
    /// As whom a member looks.
    #[must_use]
    pub fn of(run: &'a Run, who: &str) -> Self {
        match (run.facilitates(who), run.role_of(who)) {
            (true, role) => Self::Facilitator(role),
            (false, Some(role)) => Self::Role(role),
            (false, None) => Self::Onlooker,
        }
    }

    /// Their role.
    #[must_use]
    pub fn role(self) -> Option<&'a str> {
        match self {
            Self::Role(role) => Some(role),
            Self::Facilitator(role) => role,
            Self::Onlooker => None,
        }
    }

    /// Whether they facilitate.
    #[must_use]
    pub fn facilitates(self) -> bool {
        matches!(self, Self::Facilitator(_))
    }

    /// Whether something that goes between these roles alone is for them.
    pub(super) fn may_hear(self, between: &[Option<&str>]) -> bool {
        self.facilitates() || self.role().is_some_and(|own| between.contains(&Some(own)))
    }
}

/// A workshop as somebody sees it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Projection {
    /// The number of the newest event.
    pub seq: u64,
    /// The viewer's role.
    pub role: Option<String>,
    /// Whether they facilitate.
    pub facilitates: bool,
    /// The phase that goes on; nothing in the lobby.
    pub phase: Option<PhaseSeen>,
    /// Whether the hospital's clock was stopped.
    pub paused: bool,
    /// Whether it is over.
    pub over: bool,
    /// How often the case stepped back.
    pub rewound: u32,
    /// Who takes part, as whom.
    pub seats: Vec<Seat>,
    /// The first page of the viewer's envelope.
    pub brief: Option<String>,
    /// What their role alone knows.
    pub envelope: Vec<FactSeen>,
    /// What others told their role alone.
    pub told: Vec<FactSeen>,
    /// What is on the table.
    pub table: Vec<FactSeen>,
    /// What happened, oldest first.
    pub happened: Vec<HappenedSeen>,
    /// What was said to everybody, by them, or to their role; oldest first.
    pub messages: Vec<MessageSeen>,
    /// Hand-offs from and to their role.
    pub hand_offs: Vec<HandOffSeen>,
    /// The situation questions, while they are asked.
    pub questions: Option<QuestionsSeen>,
    /// What is to be decided by now, and what was.
    pub decisions: Vec<DecisionSeen>,
    /// What only the facilitator sees.
    pub console: Option<Console>,
}

/// A phase as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PhaseSeen {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What everybody is to do now.
    pub about: String,
    /// Its place, from 1, and how many there are.
    pub place: (usize, usize),
    /// Minutes of a person that are left; below zero when it runs over.
    pub minutes_left: i64,
    /// Whether the hospital's clock runs in it.
    pub plays: bool,
    /// Whether people say what went well in it.
    pub hot_wash: bool,
}

/// A fact as somebody sees it who may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FactSeen {
    /// Its slug.
    pub id: String,
    /// Whose envelope it lies in: the title of the role.
    pub of: String,
    /// What it is.
    pub says: String,
    /// Where they have it from.
    pub source: String,
    /// Whether it is on the table.
    pub on_table: bool,
    /// To which roles alone its owner told it; only they read so.
    pub told_to: Vec<String>,
}

/// The situation questions, as one role is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct QuestionsSeen {
    /// At which moment.
    pub moment: Moment,
    /// The questions.
    pub questions: Vec<QuestionSeen>,
    /// What this role answered so far, by question.
    pub mine: BTreeMap<String, usize>,
}

/// A situation question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct QuestionSeen {
    /// Its slug.
    pub id: String,
    /// What is asked.
    pub asks: String,
    /// What can be answered.
    pub answers: Vec<String>,
}

/// What a viewer may see of a run, at a moment of the hospital and of people, both in microseconds since 1970 UTC.
#[must_use]
pub fn project(case: &Case, run: &Run, viewer: Viewer<'_>, now_us: i64, wall_us: i64) -> Projection {
    let role = viewer.role().and_then(|id| case.role(id));
    let has_begun = run.play.phase.is_some();
    Projection {
        seq: run.seq,
        role: role.map(|role| role.id.clone()),
        facilitates: viewer.facilitates(),
        phase: phase(case, run, now_us, wall_us),
        paused: run.play.paused,
        over: run.play.ended_us.is_some(),
        rewound: run.rewound,
        seats: seats(case, run),
        brief: role.filter(|_| has_begun).map(|role| role.brief.clone()),
        envelope: role.map(|role| envelope(case, run, role)).unwrap_or_default(),
        told: viewer.role().map(|role| told(case, run, role)).unwrap_or_default(),
        table: table(case, run),
        happened: happened(case, run, viewer),
        messages: messages(case, run, viewer),
        hand_offs: hand_offs(case, run, viewer),
        questions: viewer.role().and_then(|role| questions(case, run, role)),
        decisions: decisions(case, run, viewer),
        console: viewer.facilitates().then(|| console(case, run)),
    }
}

fn phase(case: &Case, run: &Run, now_us: i64, wall_us: i64) -> Option<PhaseSeen> {
    let play = &run.play;
    let phase = play.phase_of(case)?;
    let plays = phase.kind == PhaseKind::Play;
    let passed_us = match plays {
        true => (now_us - play.phase_us) / i64::from(case.rate.max(1)),
        false => wall_us - play.phase_wall_us,
    };
    Some(PhaseSeen {
        id: phase.id.clone(),
        title: phase.title.clone(),
        about: phase.about.clone(),
        place: (play.phase.map_or(0, |place| place + 1), case.phases.len()),
        minutes_left: i64::from(phase.minutes) - passed_us.max(0) / MINUTE_US,
        plays,
        hot_wash: phase.kind == PhaseKind::HotWash,
    })
}

fn fact_seen(run: &Run, owner: &Role, fact: &Fact) -> FactSeen {
    FactSeen {
        id: fact.id.clone(),
        of: owner.title.clone(),
        says: fact.says.clone(),
        source: fact.source.clone(),
        on_table: run.play.on_table(&fact.id),
        told_to: Vec::new(),
    }
}

fn envelope(case: &Case, run: &Run, role: &Role) -> Vec<FactSeen> {
    let come = role.facts.iter().filter(|fact| run.play.has_come(case, fact));
    let told_to = |fact: &Fact| {
        let told =
            run.play.shared.iter().filter(|one| one.fact == fact.id).filter_map(|one| one.to.as_deref());
        told.map(|to| case.role_title(to).to_owned()).collect()
    };
    come.map(|fact| FactSeen { told_to: told_to(fact), ..fact_seen(run, role, fact) }).collect()
}

fn told(case: &Case, run: &Run, role: &str) -> Vec<FactSeen> {
    let mine = run.play.shared.iter().filter(|one| one.to.as_deref() == Some(role));
    let fact = |id: &str| case.fact(id).map(|(owner, fact)| fact_seen(run, owner, fact));
    mine.filter_map(|one| fact(&one.fact)).collect()
}

fn table(case: &Case, run: &Run) -> Vec<FactSeen> {
    let open = run.play.shared.iter().filter(|one| one.to.is_none());
    let fact = |id: &str| case.fact(id).map(|(owner, fact)| fact_seen(run, owner, fact));
    open.filter_map(|one| fact(&one.fact)).collect()
}

fn questions(case: &Case, run: &Run, role: &str) -> Option<QuestionsSeen> {
    if run.play.ended_us.is_some() {
        return None;
    }
    let moment = run.play.phase_of(case)?.asks?;
    let mine = run.play.answers.get(&moment).and_then(|by_role| by_role.get(role));
    let questions = case.questions.iter().map(|one| QuestionSeen {
        id: one.id.clone(),
        asks: one.asks.clone(),
        answers: one.answers.iter().cloned().chain([DO_NOT_KNOW.to_owned()]).collect(),
    });
    let mine = mine.map(|stood| stood.answers.clone()).unwrap_or_default();
    Some(QuestionsSeen { moment, questions: questions.collect(), mine })
}
