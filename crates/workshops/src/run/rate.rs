//! How a team is rated: by two, each alone, and then by both where they saw it differently.

use std::collections::BTreeMap;

use super::act::{Act, Mark};
use super::event::What;
use super::raters::FAR;
use super::refusal::Refusal;
use super::state::Run;
use super::words::{not_now, optional, text, unknown};
use crate::model::{Behaviour, Case, LEVELS};

/// Names who rates beside whoever facilitates.
pub(super) fn ask(run: &Run, who: &str) -> Result<What, Refusal> {
    let Some(facilitator) = run.facilitator.as_deref() else { return Err(Refusal::Facilitators) };
    if who == facilitator {
        return Err(Refusal::Invalid("you rate yourself; name somebody else as the second rater".to_owned()));
    }
    if run.role_of(facilitator).is_some() {
        return not_now(
            "you have a role, and who plays does not rate; hand the console to somebody without one",
        );
    }
    if run.role_of(who).is_some() {
        return not_now("they have a role, and who plays does not rate; name somebody else");
    }
    let goes = run.raters.sheets.keys().any(|one| one != who && one != facilitator);
    if goes || run.raters.both().is_some() {
        return not_now("somebody has handed in how they rate; the raters stay as they are");
    }
    Ok(What::RatersNamed { pair: [facilitator.to_owned(), who.to_owned()] })
}

pub(super) fn decide(case: &Case, run: &Run, who: &str, act: &Act) -> Result<What, Refusal> {
    if !run.raters.has(who) {
        return not_now("two people rate this team, and you are neither of them");
    }
    match act {
        Act::Rate { marks } => rate(case, run, who, marks),
        Act::Settle { behaviour, level, why } => settle(case, run, who, (behaviour, *level, why)),
        Act::Agree { behaviour } => agree(case, run, who, behaviour),
        _ => Err(Refusal::Facilitators),
    }
}

fn rate(case: &Case, run: &Run, who: &str, marks: &BTreeMap<String, Mark>) -> Result<What, Refusal> {
    if run.play.ended_us.is_none() {
        return not_now("the team is rated when the workshop is over; keep notes until then");
    }
    if run.role_of(who).is_some() {
        return not_now(
            "you had a role, and who played does not rate; the facilitator may name somebody else",
        );
    }
    if run.raters.both().is_some() {
        return not_now("both ratings are in; where you differ by two levels or more, settle it together");
    }
    if let Some(odd) = marks.keys().find(|id| case.rubric.behaviour(id).is_none()) {
        return Err(unknown("behaviour", odd));
    }
    let (mut kept, mut problems) = (BTreeMap::new(), Vec::new());
    for behaviour in &case.rubric.behaviours {
        match mark(behaviour, marks.get(&behaviour.id)) {
            Ok(mark) => drop(kept.insert(behaviour.id.clone(), mark)),
            Err(problem) => problems.push(problem.to_string()),
        }
    }
    match problems.is_empty() {
        true => Ok(What::Rated { who: who.to_owned(), marks: kept }),
        false => Err(Refusal::Invalid(problems.join("; "))),
    }
}

/// A mark as it is kept.
fn mark(behaviour: &Behaviour, given: Option<&Mark>) -> Result<Mark, Refusal> {
    let title = behaviour.title.as_str();
    let invalid = |words: String| Err(Refusal::Invalid(format!("{title}: {words}")));
    let Some(given) = given else {
        return invalid("choose a level, or say why it could not be seen".to_owned());
    };
    let note = optional(title, &given.note)?;
    match given.level {
        Some(level) if !(1..=LEVELS).contains(&level) => {
            invalid(format!("choose a level from 1 to {LEVELS}"))
        }
        None if note.is_empty() => invalid("say why it could not be seen".to_owned()),
        level => Ok(Mark { level, note }),
    }
}

fn settle(
    case: &Case,
    run: &Run,
    who: &str,
    (behaviour, level, why): (&str, usize, &str),
) -> Result<What, Refusal> {
    open(case, run, behaviour)?;
    if !(1..=LEVELS).contains(&level) {
        return Err(Refusal::Invalid(format!("choose a level from 1 to {LEVELS}")));
    }
    let (who, behaviour) = (who.to_owned(), behaviour.to_owned());
    Ok(What::Settled { who, behaviour, level, why: text("why", why)? })
}

fn agree(case: &Case, run: &Run, who: &str, behaviour: &str) -> Result<What, Refusal> {
    open(case, run, behaviour)?;
    match run.raters.settled.get(behaviour) {
        Some(proposed) if proposed.by != who => Ok(What::Agreed { behaviour: behaviour.to_owned() }),
        Some(_) => not_now("you proposed this yourself; the other rater agrees, or proposes something else"),
        None => not_now("nothing has been proposed for this yet"),
    }
}

/// Whether there is something to settle in a behaviour.
fn open(case: &Case, run: &Run, behaviour: &str) -> Result<(), Refusal> {
    case.rubric.behaviour(behaviour).ok_or_else(|| unknown("behaviour", behaviour))?;
    if run.raters.both().is_none() {
        return not_now("both ratings must be in first");
    }
    if run.raters.apart(behaviour).is_none_or(|apart| apart < FAR) {
        return not_now("your marks for this are not two levels apart; both stand as they are");
    }
    if run.raters.settled.get(behaviour).is_some_and(|settled| settled.agreed) {
        return not_now("the two of you have settled this");
    }
    Ok(())
}
