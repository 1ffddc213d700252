//! What a role may do: share, answer, vote, decide, hand over.

use std::collections::BTreeMap;

use super::act::{Act, Sbar};
use super::decide::{Decided, ToWorld};
use super::event::What;
use super::refusal::Refusal;
use super::state::{HandedOff, Run};
use super::talk::check_addressee;
use super::words::{not_now, optional, text, unknown};
use crate::model::{Case, Decision};

/// Hand-offs in one workshop at most.
const HAND_OFFS_MAX: usize = 100;
/// Journal entries that a decision names at most.
const JOURNAL_MAX: usize = 20;

pub(super) fn decide(case: &Case, run: &Run, who: &str, act: &Act) -> Result<Decided, Refusal> {
    let role = run.role_of(who).ok_or(Refusal::NoRole)?;
    if run.play.phase.is_none() {
        return not_now("the workshop has not begun");
    }
    match act {
        Act::Share { fact, to } => share(case, run, role, fact, to.as_deref()).map(Decided::from),
        Act::Ask { of } => ask(case, run, of).map(Decided::from),
        Act::Answer { answers } => answer(case, run, role, answers).map(Decided::from),
        Act::Vote { decision, option } => vote(case, run, role, decision, option).map(Decided::from),
        Act::Decide { .. } => write_down(case, run, role, act),
        Act::Dissent { decision, text: words } => {
            let found = case.decision(decision).ok_or_else(|| unknown("decision", decision))?;
            if !run.play.log.iter().any(|entry| entry.decision == found.id) {
                return not_now("this has not been decided; say so before it is");
            }
            let (role, decision) = (role.to_owned(), decision.clone());
            Ok(What::Dissented { role, decision, text: text("dissent", words)? }.into())
        }
        Act::HandOff { to, sbar } => hand_off(case, run, role, to, sbar),
        Act::ReadBack { number, text: words } => {
            let one = handed(run, *number, |one| one.to == role, |one| one.read_back.is_none())?;
            let (number, role) = (one.number, role.to_owned());
            Ok(What::ReadBack { number, role, text: text("read-back", words)? }.into())
        }
        Act::Confirm { number, right } => {
            let one = handed(run, *number, |one| one.from == role, |one| one.read_back.is_some())?;
            if one.read_back.is_none() {
                return not_now("nothing has been read back yet");
            }
            Ok(What::Confirmed { number: one.number, right: *right }.into())
        }
        _ => Err(Refusal::Facilitators),
    }
}

fn share(case: &Case, run: &Run, role: &str, fact: &str, to: Option<&str>) -> Result<What, Refusal> {
    check_addressee(case, to)?;
    // What lies in another's envelope, or in none, looks alike from outside.
    let own = case.fact(fact).filter(|(owner, fact)| owner.id == role && run.play.has_come(case, fact));
    own.ok_or_else(|| unknown("fact in your envelope:", fact))?;
    let is_known =
        run.play.shared.iter().any(|one| one.fact == fact && (one.to.is_none() || one.to.as_deref() == to));
    if is_known {
        return not_now("you have said that already");
    }
    Ok(What::Shared { role: role.to_owned(), fact: fact.to_owned(), to: to.map(str::to_owned) })
}

/// A scripted colleague answers what they are asked, one thing at a time, and volunteers nothing.
fn ask(case: &Case, run: &Run, of: &str) -> Result<What, Refusal> {
    let role = case.role(of).ok_or_else(|| unknown("role", of))?;
    if !run.covered.contains(of) {
        return not_now("no scripted colleague covers this role; ask whoever has it");
    }
    let next = role.facts.iter().find(|fact| run.play.has_come(case, fact) && !run.play.on_table(&fact.id));
    match next {
        Some(fact) => Ok(What::Shared { role: of.to_owned(), fact: fact.id.clone(), to: None }),
        None => not_now("they have told you everything they know by now"),
    }
}

fn answer(case: &Case, run: &Run, role: &str, answers: &BTreeMap<String, usize>) -> Result<What, Refusal> {
    let phase = run.play.phase_of(case).and_then(|phase| phase.asks);
    let Some(moment) = phase else { return not_now("the situation questions are not asked now") };
    for (question, answer) in answers {
        let found = case.questions.iter().find(|one| one.id == *question);
        let found = found.ok_or_else(|| unknown("question", question))?;
        let last = found.answers.len() + 1;
        if !(1..=last).contains(answer) {
            return Err(Refusal::Invalid(format!("{question}: choose one of its {last} answers")));
        }
    }
    if answers.is_empty() {
        return Err(Refusal::Invalid("answer at least one question".to_owned()));
    }
    Ok(What::Answered { role: role.to_owned(), moment, answers: answers.clone() })
}

fn open<'a>(case: &'a Case, run: &Run, decision: &str, option: &str) -> Result<&'a Decision, Refusal> {
    let found = case.decision(decision).ok_or_else(|| unknown("decision", decision))?;
    found.option(option).ok_or_else(|| unknown("option", option))?;
    if !run.play.is_open(case, found) {
        return not_now("this cannot be decided yet");
    }
    if run.play.log.iter().any(|entry| entry.decision == decision) {
        return not_now("this has been decided; write down your dissent, or ask the facilitator to go back");
    }
    Ok(found)
}

fn vote(case: &Case, run: &Run, role: &str, decision: &str, option: &str) -> Result<What, Refusal> {
    let found = open(case, run, decision, option)?;
    if !found.ballot {
        return not_now("there is no ballot on this decision");
    }
    if run.play.ballots.get(decision).is_some_and(|ballot| ballot.revealed) {
        return not_now("this ballot is closed; your vote was not counted");
    }
    Ok(What::Voted { role: role.to_owned(), decision: decision.to_owned(), option: option.to_owned() })
}

fn write_down(case: &Case, run: &Run, role: &str, act: &Act) -> Result<Decided, Refusal> {
    let Act::Decide { decision, option, because, evidence, journal, owner, review } = act else {
        return Err(Refusal::Facilitators);
    };
    let found = open(case, run, decision, option)?;
    let ballot = run.play.ballots.get(decision);
    if found.ballot && !ballot.is_some_and(|ballot| ballot.revealed) {
        return not_now("there is a ballot on this first: vote, and let the facilitator reveal it");
    }
    if !owner.is_empty() {
        check_addressee(case, Some(owner))?;
    }
    if journal.len() > JOURNAL_MAX {
        return Err(Refusal::Invalid(format!("name up to {JOURNAL_MAX} journal entries")));
    }
    let mut whats = Vec::new();
    let mut named: Vec<String> = Vec::new();
    for fact in evidence {
        if named.contains(fact) {
            continue;
        }
        if !run.play.on_table(fact) {
            // One's own fact comes on the table by being written down; another's cannot be named at all.
            let own = case.fact(fact).filter(|(owner, it)| owner.id == role && run.play.has_come(case, it));
            own.ok_or_else(|| unknown("fact on the table:", fact))?;
            whats.push(What::Shared { role: role.to_owned(), fact: fact.clone(), to: None });
        }
        named.push(fact.clone());
    }
    whats.push(What::Decided {
        role: role.to_owned(),
        decision: decision.clone(),
        option: option.clone(),
        because: optional("why", because)?,
        evidence: named,
        journal: journal.clone(),
        owner: owner.clone(),
        review: optional("review", review)?,
    });
    let (decision, option) = (decision.clone(), option.clone());
    Ok(Decided { world: Some(ToWorld::Carry { decision, option }), whats })
}

fn hand_off(case: &Case, run: &Run, role: &str, to: &str, sbar: &Sbar) -> Result<Decided, Refusal> {
    case.role(to).ok_or_else(|| unknown("role", to))?;
    if to == role {
        return Err(Refusal::Invalid("hand over to somebody else".to_owned()));
    }
    if run.play.hand_offs.len() >= HAND_OFFS_MAX {
        return not_now("so much was handed over that no more is taken");
    }
    let sbar = Sbar {
        situation: text("situation", &sbar.situation)?,
        background: text("background", &sbar.background)?,
        assessment: text("assessment", &sbar.assessment)?,
        recommendation: text("recommendation", &sbar.recommendation)?,
    };
    let mut whats = vec![What::HandedOff { from: role.to_owned(), to: to.to_owned(), sbar: sbar.clone() }];
    if run.covered.contains(to) {
        // A scripted colleague says back what was asked of them, in the same words.
        let text = format!("You want: {}", sbar.recommendation);
        whats.push(What::ReadBack { number: run.seq + 1, role: to.to_owned(), text });
    }
    Ok(Decided { world: None, whats })
}

/// The hand-off of this number, or the newest that waits, if it is somebody's to answer and its loop is open.
fn handed(
    run: &Run,
    number: Option<u64>,
    is_mine: impl Fn(&HandedOff) -> bool,
    waits: impl Fn(&HandedOff) -> bool,
) -> Result<&HandedOff, Refusal> {
    let mut mine = run.play.hand_offs.iter().rev().filter(|one| is_mine(one));
    let Some(number) = number else {
        let newest = mine.find(|one| one.closed_us.is_none() && waits(one));
        return newest.ok_or_else(|| Refusal::NotNow("no hand-off waits for you".to_owned()));
    };
    let found = mine.find(|one| one.number == number);
    let found = found.ok_or_else(|| unknown("hand-off of yours:", &number.to_string()))?;
    if found.closed_us.is_some() {
        return not_now("this loop is closed");
    }
    Ok(found)
}
