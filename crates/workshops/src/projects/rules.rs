//! What must hold between the parts of a project.

use std::collections::BTreeSet;

use scenarios::model::{Compare, Quantity, Term};
use scenarios::read::{LEVELS, Problem};

use super::measures::Figures;
use super::model::Project;
use super::read::{DEEDS, PROJECT_FILE, problem};
use super::team::{Kind, Team};

/// How many people make a team.
const TEAM: std::ops::RangeInclusive<usize> = 3..=6;

/// Finds everything that does not fit together.
pub(super) fn check(
    folder: &str,
    project: &Project,
    text: &str,
    files: &[(&str, &str)],
    problems: &mut Vec<Problem>,
) {
    // Where something is declared in the file, for the reader of the message.
    let line_of = |id: &str| {
        let declared = format!("id = \"{id}\"");
        let line = text.lines().position(|line| line.trim() == declared).unwrap_or(0);
        u32::try_from(line).unwrap_or(0) + 1
    };
    let mut say = |id: &str, what: &str, try_this: &str| {
        problems.push(problem(PROJECT_FILE, line_of(id), what, try_this));
    };
    whole(folder, project, &mut say);
    ids(project, &mut say);
    for team in &project.teams {
        of_team(project, team, files, problems);
    }
}

type Say<'a> = dyn FnMut(&str, &str, &str) + 'a;

fn whole(folder: &str, project: &Project, say: &mut Say<'_>) {
    let id = &project.id;
    if id != folder {
        say(id, &format!("its id is '{id}'"), "name it after its folder");
    }
    if !LEVELS.contains(&project.level.as_str()) {
        let what = format!("its level is '{}'", project.level);
        say(id, &what, &format!("write one of: {}", LEVELS.join(", ")));
    }
    let size = project.team;
    if !TEAM.contains(&size.least) || !TEAM.contains(&size.most) || size.least > size.most {
        say(id, "its team cannot be", "let it be of 3 to 6 people, and least not above most");
    }
    if project.milestones.is_empty() || project.defence.is_empty() || project.contributions.is_empty() {
        say(id, "it lacks milestones, a defence or contributions", "write at least one [[…]] of each");
    }
    if !project.milestones.is_sorted_by_key(|one| one.due_day) {
        say(id, "the milestones are not in the order of their due days", "put what is due first, first");
    }
    for milestone in project.milestones.iter().filter(|one| one.behaviours.is_empty()) {
        say(&milestone.id, "nobody can review it", "write at least one [[milestone.behaviour]]");
    }
    let kinds: BTreeSet<Kind> = project.teams.iter().map(|team| team.kind).collect();
    if kinds.len() < 2 {
        let try_this = "put a good team, and one that works alone, into teams/";
        say(id, "nobody knows whether its figures tell teams apart", try_this);
    }
}

fn ids(project: &Project, say: &mut Say<'_>) {
    let behaviours = project
        .milestones
        .iter()
        .flat_map(|one| one.behaviours.iter().map(move |behaviour| (one.id.as_str(), behaviour.id.as_str())));
    let all = project.milestones.iter().map(|one| ("milestone", one.id.as_str()));
    let all = all.chain(project.contributions.iter().map(|one| ("contribution", one.id.as_str())));
    let all = all.chain(project.defence.iter().map(|one| ("defence", one.id.as_str())));
    let mut seen = BTreeSet::new();
    for (kind, id) in all.chain(behaviours) {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(good) {
            say(id, &format!("'{id}' cannot be an id"), "use lower-case letters, digits and hyphens");
        }
        if !seen.insert((kind, id)) {
            say(id, &format!("there are two '{id}' of one kind"), "give each its own id");
        }
    }
}

fn of_team(project: &Project, team: &Team, files: &[(&str, &str)], problems: &mut Vec<Problem>) {
    let file = format!("teams/{}.toml", team.id);
    let mut say = |what: &str, try_this: &str| problems.push(problem(&file, 1, what, try_this));
    if !(project.team.least..=project.team.most).contains(&team.members.len()) {
        say("so many people are no team of this project", "let it have as many as project.toml says");
    }
    if team.expects.is_empty() {
        say("nothing is expected of it", "say what its figures must be");
    }
    let known = Figures::default().named();
    for term in &team.expects {
        let is_known = matches!(term, Term::Compare(Compare { of: Quantity::Reading(name), .. }) if known.contains_key(name.as_str()));
        if !is_known {
            let names: Vec<&str> = known.keys().copied().collect();
            say(&format!("'{term}' is no figure"), &format!("compare one of {}", names.join(", ")));
        }
    }
    for (place, step) in team.steps.iter().enumerate() {
        let number = place + 1;
        if step.by != "panel" && step.by != "*" && !team.members.contains(&step.by) {
            say(&format!("step {number}: nobody is called '{}'", step.by), "name a member, panel or *");
        }
        if [step.act.is_some(), step.deed.is_some(), step.looks].iter().filter(|one| **one).count() != 1 {
            say(&format!("step {number} is not one thing"), "let it have an act, a deed or looks");
        }
        if let Some(deed) = &step.deed
            && !files.iter().any(|(path, _)| *path == format!("{DEEDS}{deed}.toml"))
        {
            say(&format!("step {number}: there is no deed '{deed}'"), "put its file into deeds/");
        }
    }
}
