use super::act::{Act, Event, What};
use super::model::Project;

/// What an event was, as the end of a sentence that begins with whose doing it was. `name_of` says what people are called.
#[must_use]
pub fn told(project: &Project, event: &Event, name_of: &dyn Fn(&str) -> String) -> String {
    match &event.what {
        What::Began { members } => format!("began the project with a team of {}", members.len()),
        What::Looked { found } => {
            let held = found.iter().filter(|one| one.passed).count();
            format!("had the hospital looked at: {held} of {} checks held", found.len())
        }
        What::Closed => "closed the project".to_owned(),
        What::Did { act } => act_told(project, act, name_of),
    }
}

fn act_told(project: &Project, act: &Act, name_of: &dyn Fn(&str) -> String) -> String {
    let title = |id: &str| project.milestone(id).map_or_else(|| id.to_owned(), |one| one.title.clone());
    match act {
        Act::Charter { .. } => "wrote the charter".to_owned(),
        Act::Sign { version } => format!("signed version {version} of the charter"),
        Act::AddItem { title, .. } => format!("put into the backlog: {title}"),
        Act::OwnItem { item, owner: Some(owner) } => format!("gave item {item} to {}", name_of(owner)),
        Act::OwnItem { item, owner: None } => format!("gave item {item} to nobody"),
        Act::MoveItem { item, to } => format!("moved item {item} to {}", to.word()),
        Act::LinkItem { item, evidence } => format!("linked {evidence} to item {item}"),
        Act::HandIn { milestone, file, .. } => {
            let with = if file.is_some() { ", with a file" } else { "" };
            format!("handed in {}{with}", title(milestone))
        }
        Act::Review { milestone, version, .. } => {
            format!("reviewed version {version} of {}", title(milestone))
        }
        Act::Answer { milestone, review, .. } => format!("answered review {review} of {}", title(milestone)),
        Act::Contribute { .. } => "said what they contributed".to_owned(),
        Act::Confirm { of, agrees: true, .. } => format!("confirmed the statement of {}", name_of(of)),
        Act::Confirm { of, agrees: false, .. } => format!("dissented from the statement of {}", name_of(of)),
        Act::Rule { milestone, accepted: true, .. } => format!("accepted {}", title(milestone)),
        Act::Rule { milestone, accepted: false, .. } => format!("returned {}", title(milestone)),
        Act::Defend { on } => format!("set the defence for {on}"),
        Act::Question { .. } => "wrote down a question of the defence".to_owned(),
        Act::Mark { .. } => "marked the defence".to_owned(),
    }
}
