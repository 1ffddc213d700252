use schemars::JsonSchema;
use serde::Serialize;

use crate::measure::{Choice, Measures, Rated, measure, rated};
use crate::model::{Case, Key, Objective};
use crate::run::{Improvement, LogEntry, MINUTE_US, Run};

/// When and what the exercise was, as the schedule has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// The day it was held, such as 2031-03-04.
    pub day: String,
    /// Who facilitated, by name.
    pub facilitator: String,
    /// Who else took part, by name, without a role.
    pub onlookers: Vec<String>,
}

/// What is told of a workshop afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AfterAction {
    /// What the exercise is called.
    pub title: String,
    /// What it was about.
    pub summary: String,
    /// The day.
    pub day: String,
    /// How many minutes of the hospital it covered.
    pub minutes: i64,
    /// Who facilitated.
    pub facilitator: String,
    /// Who took part: the role, and names; nobody's, where a scripted colleague covered it.
    pub participants: Vec<(String, Vec<String>)>,
    /// How often the case stepped back.
    pub rewound: u32,
    /// What it was worth.
    pub measures: Measures,
    /// How two raters saw the team; nothing until both have handed in.
    pub rated: Option<Rated>,
    /// The analysis of each objective.
    pub analysis: Vec<Analysed>,
    /// What happened, in order.
    pub timeline: Vec<Row>,
    /// What people said straight after play: as whom, what went well, what to change.
    pub hot_wash: Vec<(String, String, String)>,
    /// The improvement plan: what people put in, then what the record suggests, without an owner yet.
    pub plan: Vec<PlanRow>,
    /// Questions for the debrief.
    pub debrief: Vec<String>,
}

/// One objective, analysed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Analysed {
    /// What was to be shown.
    pub title: String,
    /// The capability it belongs to.
    pub capability: String,
    /// The rating that the record proposes.
    pub rating: Rating,
    /// What went well, each a sentence.
    pub strengths: Vec<String>,
    /// What to improve, each a sentence.
    pub improve: Vec<String>,
}

/// How well an objective was met, in the four words of HSEEP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Rating {
    /// Performed without challenges.
    P,
    /// Performed with some challenges.
    S,
    /// Performed with major challenges.
    M,
    /// Unable to be performed.
    U,
}

impl Rating {
    /// The rating in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::P => "Performed without challenges",
            Self::S => "Performed with some challenges",
            Self::M => "Performed with major challenges",
            Self::U => "Unable to be performed",
        }
    }
}

/// One line of what happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Row {
    /// In which minute of the hospital.
    pub minute: i64,
    /// What kind of thing: `event`, `decision`, `hand-off`, `shared` or `never`.
    pub kind: &'static str,
    /// Who, or from whom.
    pub who: String,
    /// What.
    pub what: String,
}

/// A row of the plan, and whether the record drafted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlanRow {
    /// What is to be improved.
    pub issue: String,
    /// What is done about it.
    pub action: String,
    /// The capability it belongs to.
    pub capability: String,
    /// Who sees to it.
    pub owner: String,
    /// By when.
    pub due: String,
    /// Whether the record suggests it and nobody has taken it up yet.
    pub drafted: bool,
}

/// Makes the report of a workshop.
#[must_use]
pub fn after_action(case: &Case, run: &Run, held: &Held) -> AfterAction {
    let measures = measure(case, run);
    let last_us = run.play.ended_us.unwrap_or(run.play.phase_us);
    let participants = case.roles.iter().map(|role| {
        let sits = run.members.values().filter(|member| member.role.as_deref() == Some(role.id.as_str()));
        (role.title.clone(), sits.map(|member| member.name.clone()).collect())
    });
    let hot_wash = run.play.hot_wash.iter().map(|one| {
        let role = one.role.as_deref().map_or("Onlooker", |role| case.role_title(role));
        (role.to_owned(), one.well.clone(), one.change.clone())
    });
    let analysis: Vec<Analysed> =
        case.objectives.iter().map(|objective| analysed(case, &measures, objective)).collect();
    AfterAction {
        title: case.title.clone(),
        summary: case.summary.clone(),
        day: held.day.clone(),
        minutes: (last_us - run.play.begun_us) / MINUTE_US,
        facilitator: held.facilitator.clone(),
        participants: participants.collect(),
        rewound: run.rewound,
        timeline: timeline(case, run),
        hot_wash: hot_wash.collect(),
        plan: plan(case, run, &measures, &analysis),
        analysis,
        measures,
        rated: rated(case, run),
        debrief: case.debrief.clone(),
    }
}

fn analysed(case: &Case, measures: &Measures, objective: &Objective) -> Analysed {
    let (mut strengths, mut improve, mut points, mut of) = (Vec::new(), Vec::new(), 0, 0);
    let speaks = |choice: &&Choice| {
        case.decision(&choice.decision).is_some_and(|decision| decision.objective == objective.id)
    };
    for choice in measures.decided.choices.iter().filter(speaks) {
        of += 100;
        points += choice.key.map_or(0, Key::points);
        let (known, needed) = choice.known;
        match (&choice.chosen, choice.key) {
            (Some(chosen), Some(Key::Best)) => {
                strengths.push(format!("{} {chosen} {}", choice.title, choice.why));
            }
            (Some(chosen), _) => {
                improve.push(format!("{} {chosen} {} Better: {}", choice.title, choice.why, choice.best));
            }
            (None, _) => improve.push(format!("{} Nobody decided it.", choice.title)),
        }
        if choice.chosen.is_some() && known < needed {
            improve.push(format!(
                "{} It was decided with {known} of {needed} facts it hangs on in sight.",
                choice.title
            ));
        }
    }
    for wanted in case.hand_offs.iter().filter(|one| one.objective == objective.id) {
        of += 100;
        match measures.hand_offs.missing.contains(&wanted.title) {
            true => improve.push(format!("{} The loop was never closed.", wanted.title)),
            false => {
                points += 100;
                strengths.push(format!("{} Handed over, read back and confirmed.", wanted.title));
            }
        }
    }
    let (title, capability) = (objective.title.clone(), objective.capability.clone());
    Analysed { title, capability, rating: rating(points, of), strengths, improve }
}

fn rating(points: u32, of: u32) -> Rating {
    match (points * 100).checked_div(of) {
        Some(90..) => Rating::P,
        Some(60..) => Rating::S,
        Some(25..) => Rating::M,
        _ => Rating::U,
    }
}

fn timeline(case: &Case, run: &Run) -> Vec<Row> {
    let minute = |at_us: i64| (at_us - run.play.begun_us) / MINUTE_US;
    let title = |role: &str| case.role_title(role).to_owned();
    let came = run.play.came.iter().filter_map(|came| {
        let inject = case.inject(&came.id)?;
        Some(Row {
            minute: minute(came.at_us),
            kind: "event",
            who: inject.from.clone(),
            what: inject.title.clone(),
        })
    });
    let breached = run.play.breached.iter().filter_map(|came| {
        let never = case.nevers.iter().find(|never| never.id == came.id)?;
        let (minute, what) = (minute(came.at_us), never.title.clone());
        Some(Row { minute, kind: "never", who: String::new(), what })
    });
    let shared = run.play.shared.iter().filter(|one| one.to.is_none()).filter_map(|one| {
        let (_, fact) = case.fact(&one.fact)?;
        let (minute, who) = (minute(one.at_us), title(&one.role));
        Some(Row { minute, kind: "shared", who, what: fact.says.clone() })
    });
    let decided = run.play.log.iter().map(|entry| Row {
        minute: minute(entry.at_us),
        kind: "decision",
        who: title(&entry.role),
        what: decided_words(case, entry),
    });
    let handed = run.play.hand_offs.iter().map(|one| {
        let loop_is = if one.closed_us.is_some() { "closed" } else { "open" };
        let what = format!("To the {}; the loop is {loop_is}.", title(&one.to));
        Row { minute: minute(one.at_us), kind: "hand-off", who: title(&one.from), what }
    });
    let mut rows: Vec<Row> = came.chain(breached).chain(shared).chain(decided).chain(handed).collect();
    rows.sort();
    rows
}

fn decided_words(case: &Case, entry: &LogEntry) -> String {
    let decision = case.decision(&entry.decision);
    let title = decision.map_or(entry.decision.as_str(), |decision| decision.title.as_str());
    let option = decision.and_then(|decision| decision.option(&entry.option));
    format!("{title} {}", option.map_or(entry.option.as_str(), |option| option.says.as_str()))
}

/// What people put into the plan, and what the record suggests.
fn plan(case: &Case, run: &Run, measures: &Measures, analysis: &[Analysed]) -> Vec<PlanRow> {
    let taken_up = run.improvements.iter().map(|one: &Improvement| PlanRow {
        issue: one.issue.clone(),
        action: one.action.clone(),
        capability: one.capability.clone(),
        owner: one.owner.clone(),
        due: one.due.clone(),
        drafted: false,
    });
    let draft = |issue: String, action: &str, capability: &str| PlanRow {
        issue,
        action: action.to_owned(),
        capability: capability.to_owned(),
        owner: String::new(),
        due: String::new(),
        drafted: true,
    };
    let weak = analysis.iter().flat_map(|one| {
        let action =
            "Agree who decides this, on which facts, and by when; write it into the plan for such a day.";
        one.improve.iter().map(move |issue| draft(issue.clone(), action, &one.capability))
    });
    let nowhere = case.objectives.first().map_or("", |objective| objective.capability.as_str());
    let kept = measures.facts.roles.iter().flat_map(|role| {
        let action = "Give this a place where everybody looks before the decision it belongs to is taken.";
        role.kept.iter().map(move |fact| {
            draft(format!("Known to the {} and in no decision: {fact}", role.role), action, nowhere)
        })
    });
    let nevers = measures.nevers.iter().map(|never| {
        draft(never.says.clone(), "Find what would have stopped it, and put it in place.", nowhere)
    });
    taken_up.chain(weak).chain(kept).chain(nevers).collect()
}
