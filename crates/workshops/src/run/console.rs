//! What the facilitator's console does.

use super::act::Act;
use super::decide::{Asked, Decided, ToWorld};
use super::event::What;
use super::rate;
use super::refusal::Refusal;
use super::state::Run;
use super::talk::check_addressee;
use super::words::{not_now, text, unknown};
use crate::model::Case;

/// Minutes of the hospital that pass at once at most.
const PASS_MIN_MAX: u32 = 240;

pub(super) fn decide(case: &Case, run: &Run, act: &Act) -> Result<Decided, Refusal> {
    match act {
        Act::HandOver { to } => {
            member(run, to)?;
            Ok(What::Facilitates { who: to.clone() }.into())
        }
        Act::AskRater { who } => {
            member(run, who)?;
            rate::ask(run, who).map(Decided::from)
        }
        Act::Move { who, role } => {
            member(run, who)?;
            check_addressee(case, role.as_deref())?;
            Ok(What::Seated { who: who.clone(), role: role.clone() }.into())
        }
        Act::Cover { role, covered } => cover(case, run, role, *covered).map(Decided::from),
        Act::Next { after } => next(case, run, after.as_deref()),
        Act::Rewind { phase } => rewind(case, run, phase),
        Act::Nudge { to, text: words } => {
            check_addressee(case, to.as_deref())?;
            Ok(What::Nudged { to: to.clone(), text: text("nudge", words)? }.into())
        }
        Act::Note { text: words } => Ok(What::Noted { text: text("note", words)? }.into()),
        _ if run.play.phase.is_none() => not_now("the workshop has not begun; go on to its first phase"),
        Act::Pause { paused } => {
            let mut play = run.play.clone();
            play.paused = *paused;
            let what = What::Paused { paused: *paused };
            Ok(Decided { world: Some(ToWorld::Run(play.runs(case))), whats: vec![what] })
        }
        Act::Pass { minutes } => {
            if !(1..=PASS_MIN_MAX).contains(minutes) {
                return Err(Refusal::Invalid(format!("let 1 to {PASS_MIN_MAX} minutes pass at once")));
            }
            Ok(Decided { world: Some(ToWorld::Pass(*minutes)), whats: Vec::new() })
        }
        Act::Inject { inject } => inject_by_hand(case, run, inject),
        Act::Reveal { decision } => reveal(case, run, decision).map(Decided::from),
        Act::End => {
            Ok(Decided { world: Some(ToWorld::End), whats: vec![What::Ended { care: run.play.care }] })
        }
        _ => Err(Refusal::Facilitators),
    }
}

pub(super) fn take_over(run: &Run, asked: Asked<'_>) -> Result<What, Refusal> {
    if !run.members.contains_key(asked.who) {
        return Err(Refusal::NoRole);
    }
    if run.facilitates(asked.who) {
        return not_now("you have the console");
    }
    if !asked.facilitator_gone {
        return not_now("the facilitator is here; ask for the console");
    }
    Ok(What::Facilitates { who: asked.who.to_owned() })
}

fn member(run: &Run, who: &str) -> Result<(), Refusal> {
    match run.members.contains_key(who) {
        true => Ok(()),
        false => Err(Refusal::NotNow("whoever that is takes no part in this workshop".to_owned())),
    }
}

fn cover(case: &Case, run: &Run, role: &str, covered: bool) -> Result<What, Refusal> {
    case.role(role).ok_or_else(|| unknown("role", role))?;
    if covered && run.is_taken(role) {
        return not_now("somebody has this role; move them first");
    }
    Ok(What::Covered { role: role.to_owned(), covered })
}

fn next(case: &Case, run: &Run, after: Option<&str>) -> Result<Decided, Refusal> {
    let now = run.play.phase_of(case).map_or("", |phase| phase.id.as_str());
    if after.is_some_and(|after| after != now) {
        return not_now("somebody has gone on already; look where you are");
    }
    let phase = run.play.phase.map_or(0, |phase| phase + 1);
    if phase >= case.phases.len() {
        return not_now("this is the last phase; end the workshop when you are through");
    }
    let missing = case.roles.iter().find(|role| !run.is_taken(&role.id) && !run.covered.contains(&role.id));
    if let (0, Some(missing)) = (phase, missing) {
        let why = format!(
            "nobody is the {}; find somebody, or let a scripted colleague cover the role",
            missing.title
        );
        return Err(Refusal::NotNow(why));
    }
    Ok(Decided { world: Some(ToWorld::Begin(phase)), whats: vec![What::Stepped { phase }] })
}

fn rewind(case: &Case, run: &Run, phase: &str) -> Result<Decided, Refusal> {
    let place = case.phase_place(phase).ok_or_else(|| unknown("phase", phase))?;
    if !run.marks.contains_key(&place) {
        return not_now("the workshop has not come to that phase yet");
    }
    Ok(Decided { world: Some(ToWorld::Return(place)), whats: vec![What::Rewound { phase: place }] })
}

fn inject_by_hand(case: &Case, run: &Run, inject: &str) -> Result<Decided, Refusal> {
    case.inject(inject).ok_or_else(|| unknown("event", inject))?;
    if run.play.came.iter().any(|came| came.id == inject) {
        return not_now("this event has come already");
    }
    Ok(Decided { world: Some(ToWorld::Inject(inject.to_owned())), whats: Vec::new() })
}

fn reveal(case: &Case, run: &Run, decision: &str) -> Result<What, Refusal> {
    let found = case.decision(decision).ok_or_else(|| unknown("decision", decision))?;
    if !found.ballot {
        return not_now("there is no ballot on this decision");
    }
    match run.play.ballots.get(decision) {
        Some(ballot) if ballot.revealed => not_now("this ballot has been revealed"),
        Some(_) => Ok(What::Revealed { decision: decision.to_owned() }),
        None => not_now("nobody has voted yet"),
    }
}
