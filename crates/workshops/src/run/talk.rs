//! What anybody who takes part may do: sit, speak, and say what to change.

use super::act::Act;
use super::event::What;
use super::refusal::Refusal;
use super::state::Run;
use super::words::{not_now, optional, text, unknown};
use crate::model::Case;

/// Messages in one workshop at most.
const MESSAGES_MAX: usize = 2_000;
/// Rows of the improvement plan, and contributions to the hot wash, at most.
const ROWS_MAX: usize = 200;
/// Words for a moment in a row.
const DUE_MAX: usize = 40;

pub(super) fn decide(case: &Case, run: &Run, who: &str, act: &Act) -> Result<What, Refusal> {
    let role = run.role_of(who).map(str::to_owned);
    match act {
        Act::Sit { role } => sit(case, run, who, role.as_deref()),
        Act::Say { to, text: words } => {
            check_addressee(case, to.as_deref())?;
            if run.messages.len() >= MESSAGES_MAX {
                return not_now("so much was said that no more is kept");
            }
            if to.is_some() && role.is_none() && !run.facilitates(who) {
                return Err(Refusal::NoRole);
            }
            Ok(What::Said { role, to: to.clone(), text: text("message", words)? })
        }
        Act::HotWash { well, change } => {
            let (well, change) = (optional("what went well", well)?, optional("what to change", change)?);
            if well.is_empty() && change.is_empty() {
                return Err(Refusal::Invalid("write what went well, what to change, or both".to_owned()));
            }
            if run.play.hot_wash.len() >= ROWS_MAX {
                return not_now("the hot wash is full");
            }
            Ok(What::HotWashed { role, well, change })
        }
        Act::Improve { issue, action, capability, owner, due } => {
            if run.improvements.len() >= ROWS_MAX {
                return not_now("the plan is full; a plan of two hundred rows is none");
            }
            let due = text("by when", due)?;
            if due.chars().count() > DUE_MAX {
                return Err(Refusal::Invalid("by when: write a date, such as 2031-04-30".to_owned()));
            }
            Ok(What::Improved {
                issue: text("what is to be improved", issue)?,
                action: text("what is done about it", action)?,
                capability: optional("capability", capability)?,
                owner: text("who sees to it", owner)?,
                due,
            })
        }
        _ => Err(Refusal::Facilitators),
    }
}

fn sit(case: &Case, run: &Run, who: &str, role: Option<&str>) -> Result<What, Refusal> {
    if let Some(role) = role {
        case.role(role).ok_or_else(|| unknown("role", role))?;
        let other =
            run.members.iter().find(|(id, member)| *id != who && member.role.as_deref() == Some(role));
        if let Some((_, other)) = other {
            let title = case.role_title(role);
            let why =
                format!("{} is the {title}; ask the facilitator if the two of you are to change", other.name);
            return Err(Refusal::NotNow(why));
        }
    }
    // Who has read one envelope does not open another by themselves.
    let had = run.role_of(who);
    if run.play.phase.is_some() && had.is_some() && had != role {
        return not_now(
            "the workshop has begun, and you have read your envelope; the facilitator may move you",
        );
    }
    Ok(What::Seated { who: who.to_owned(), role: role.map(str::to_owned) })
}

/// Whether something can be said to a role.
pub(super) fn check_addressee(case: &Case, to: Option<&str>) -> Result<(), Refusal> {
    match to {
        Some(role) if case.role(role).is_none() => Err(unknown("role", role)),
        _ => Ok(()),
    }
}
