//! What the panel may do.

use jiff::civil::Date;

use super::act::Act;
use super::model::{Milestone, Project};
use super::permit::member;
use super::permit_work::milestone_of;
use super::refusal::Refusal;
use super::run::Run;
use super::standing::{State, standing};
use super::words::{marks, not_now, text};

/// Questions of one defence at most.
const QUESTIONS_MAX: usize = 100;

pub(super) fn permit(project: &Project, run: &Run, act: &Act) -> Result<Act, Refusal> {
    match act {
        Act::Rule { milestone, accepted, words } => {
            let milestone = milestone_of(project, milestone)?;
            rule(run, milestone, *accepted, words)
        }
        Act::Defend { on } => match on.trim().parse::<Date>() {
            Ok(day) => Ok(Act::Defend { on: day.to_string() }),
            Err(_) => Err(Refusal::Invalid("the day: write it as 2031-04-30".to_owned())),
        },
        Act::Question { to, asked, answered } => {
            if run.defence.on.is_none() {
                return not_now("set the day of the defence first");
            }
            if run.defence.questions.len() >= QUESTIONS_MAX {
                return not_now(format!("{QUESTIONS_MAX} questions are written down already"));
            }
            if let Some(to) = to {
                member(run, to)?;
            }
            let (asked, answered) = (text("what was asked", asked)?, text("what was answered", answered)?);
            Ok(Act::Question { to: to.clone(), asked, answered })
        }
        Act::Mark { marks: given } => {
            if run.defence.questions.is_empty() {
                return not_now(
                    "write down at least one question and its answer before the defence is marked",
                );
            }
            Ok(Act::Mark { marks: marks(&project.defence, given)? })
        }
        // The team's acts never come here.
        _ => Err(Refusal::Teams),
    }
}

fn rule(run: &Run, milestone: &Milestone, accepted: bool, words: &str) -> Result<Act, Refusal> {
    let now = standing(milestone, run);
    match now.state {
        State::Open => return not_now("nothing is handed in yet"),
        State::Accepted => return not_now("it is accepted already"),
        State::Returned => return not_now("it is returned already; wait for a new version"),
        State::HandedIn if accepted => {
            return not_now("nobody of the team has reviewed it; it is accepted after a review by a peer");
        }
        State::InReview if accepted => {
            return not_now("a review is not answered; it is accepted when its authors have answered");
        }
        _ => {}
    }
    if accepted && let Some(check) = now.unmet.first() {
        return not_now(format!(
            "the hospital was not seen to hold '{check}'; look at it again, or return the milestone"
        ));
    }
    let words = text("why", words)?;
    Ok(Act::Rule { milestone: milestone.id.clone(), accepted, words })
}
