use super::act::{Act, ItemState};
use super::apply::place;
use super::model::Project;
use super::refusal::Refusal;
use super::run::{Item, Run};
use super::words::{not_now, text, unknown};

/// Who wants to do something.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Their id.
    pub who: &'a str,
    /// As what.
    pub part: Part,
}

/// As what somebody takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of the team.
    Member,
    /// Of the panel.
    Panel,
}

/// Things in one backlog at most.
const ITEMS_MAX: usize = 200;
/// Pieces of evidence of one of them at most.
const EVIDENCE_MAX: usize = 20;

/// Whether somebody may do something now; and, if so, the act as it is kept.
///
/// # Errors
/// A [`Refusal`] that says why not.
pub fn permit(project: &Project, run: &Run, by: By<'_>, act: &Act) -> Result<Act, Refusal> {
    if run.closed_us.is_some() {
        return not_now("this project is closed; what it was stays as it is");
    }
    let is_panels =
        matches!(act, Act::Rule { .. } | Act::Defend { .. } | Act::Question { .. } | Act::Mark { .. });
    match (is_panels, by.part) {
        (true, Part::Panel) => super::permit_panel::permit(project, run, act),
        (true, Part::Member) => Err(Refusal::Panels),
        (false, Part::Member) => of_team(project, run, by.who, act),
        (false, Part::Panel) => Err(Refusal::Teams),
    }
}

fn of_team(project: &Project, run: &Run, who: &str, act: &Act) -> Result<Act, Refusal> {
    match act {
        Act::Charter { purpose, roles, agreement, risks } => Ok(Act::Charter {
            purpose: text("purpose", purpose)?,
            roles: text("roles", roles)?,
            agreement: text("working agreement", agreement)?,
            risks: text("risks", risks)?,
        }),
        Act::Sign { version } => sign(run, who, *version),
        Act::AddItem { title, done_when, milestone } => {
            if run.items.len() >= ITEMS_MAX {
                return not_now(format!("{ITEMS_MAX} things are in the backlog already; do some of them"));
            }
            if let Some(id) = milestone.as_ref().filter(|id| project.milestone(id).is_none()) {
                return Err(unknown("milestone", id));
            }
            let (title, done_when) = (text("what is to be done", title)?, text("done when", done_when)?);
            Ok(Act::AddItem { title, done_when, milestone: milestone.clone() })
        }
        Act::OwnItem { item, owner } => {
            item_of(run, *item)?;
            if let Some(owner) = owner {
                member(run, owner)?;
            }
            Ok(act.clone())
        }
        Act::MoveItem { item, to } => {
            let found = item_of(run, *item)?;
            if *to == ItemState::Done && (found.owner.is_none() || found.evidence.is_empty()) {
                return not_now(
                    "it is done when it has an owner and something that shows it; link that first",
                );
            }
            Ok(act.clone())
        }
        Act::LinkItem { item, evidence } => {
            if item_of(run, *item)?.evidence.len() >= EVIDENCE_MAX {
                return not_now(format!("{EVIDENCE_MAX} links are enough to show it"));
            }
            Ok(Act::LinkItem { item: *item, evidence: linked(project, evidence)? })
        }
        Act::Contribute { to, text: words } => {
            if to.is_empty() {
                return Err(Refusal::Invalid("tick at least one kind of contribution".to_owned()));
            }
            if let Some(id) = to.iter().find(|id| project.contributions.iter().all(|one| one.id != **id)) {
                return Err(unknown("kind of contribution", id));
            }
            Ok(Act::Contribute { to: to.clone(), text: text("what you contributed", words)? })
        }
        Act::Confirm { of, agrees, words } => confirm(run, who, (of, *agrees, words)),
        on_work => super::permit_work::permit(project, run, who, on_work),
    }
}

fn sign(run: &Run, who: &str, version: u32) -> Result<Act, Refusal> {
    match &run.charter {
        None => not_now("there is no charter yet; write it first"),
        Some(charter) if charter.version != version => {
            not_now("the charter has been changed since you read it; read it again, then sign")
        }
        Some(charter) if charter.signed.contains(who) => not_now("you have signed it already"),
        Some(_) => Ok(Act::Sign { version }),
    }
}

fn confirm(run: &Run, who: &str, (of, agrees, words): (&str, bool, &str)) -> Result<Act, Refusal> {
    member(run, of)?;
    if of == who {
        return not_now("others confirm what you contributed");
    }
    if !run.statements.contains_key(of) {
        return not_now("they have not said yet what they contributed");
    }
    let words = match agrees {
        true => super::words::optional("words", words, super::words::TEXT_MAX)?,
        false => text("what is not right", words)?,
    };
    Ok(Act::Confirm { of: of.to_owned(), agrees, words })
}

/// Evidence as it is kept: an entry of the hospital's journal, something handed in, or an address.
fn linked(project: &Project, given: &str) -> Result<String, Refusal> {
    let given = text("evidence", given)?;
    let is_number = |text: &str| text.parse::<u64>().is_ok_and(|number| number > 0);
    let is_good = match given.split_once(' ') {
        Some(("journal", number)) => is_number(number),
        Some(("milestone", id)) => project.milestone(id).is_some(),
        _ => given.starts_with("https://") && !given.contains(char::is_whitespace),
    };
    if is_good {
        return Ok(given);
    }
    let milestones: Vec<&str> = project.milestones.iter().map(|one| one.id.as_str()).collect();
    Err(Refusal::Invalid(format!(
        "evidence: write 'journal' and the number of an entry, 'milestone' and one of {}, or an address that begins with https",
        milestones.join(", ")
    )))
}

fn item_of(run: &Run, item: u32) -> Result<&Item, Refusal> {
    run.items.get(place(item)).ok_or_else(|| unknown("item of the backlog", &item.to_string()))
}

/// Refuses whoever is not of the team.
pub(super) fn member(run: &Run, who: &str) -> Result<(), Refusal> {
    let is_member = run.members.iter().any(|member| member == who);
    if is_member { Ok(()) } else { Err(unknown("member", who)) }
}
