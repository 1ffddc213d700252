//! What the team may do about what is handed in.

use std::collections::{BTreeMap, BTreeSet};

use super::act::{Act, Attached, Marked};
use super::apply::place;
use super::model::{Milestone, Project};
use super::permit::member;
use super::refusal::Refusal;
use super::run::{Run, Work};
use super::words::{ARTEFACT_MAX, TEXT_MAX, marks, not_now, optional, text, unknown};

/// Versions of one milestone at most.
const VERSIONS_MAX: u32 = 50;

pub(super) fn permit(project: &Project, run: &Run, who: &str, act: &Act) -> Result<Act, Refusal> {
    match act {
        Act::HandIn { milestone, text, with, file } => {
            let milestone = milestone_of(project, milestone)?;
            hand_in(run, who, milestone, (text, with, file.as_ref()))
        }
        Act::Review { milestone, version, marks, words } => {
            let milestone = milestone_of(project, milestone)?;
            review(run, who, milestone, *version, (marks, words))
        }
        Act::Answer { milestone, review, text } => {
            let milestone = milestone_of(project, milestone)?;
            answer(run, who, milestone, *review, text)
        }
        // The panel's acts never come here.
        _ => Err(Refusal::Panels),
    }
}

fn hand_in(
    run: &Run,
    who: &str,
    milestone: &Milestone,
    (given, with, file): (&str, &[String], Option<&Attached>),
) -> Result<Act, Refusal> {
    if run.charter.as_ref().is_none_or(|charter| !charter.is_signed_by_all(&run.members)) {
        return not_now("nothing is handed in before everybody has signed the charter");
    }
    let empty = Work::default();
    let work = run.work.get(&milestone.id).unwrap_or(&empty);
    if work.ruling.as_ref().is_some_and(|ruling| ruling.accepted) {
        return not_now("this milestone is accepted; what was handed in stays as it is");
    }
    if work.newest() >= VERSIONS_MAX {
        return not_now(format!("there are {VERSIONS_MAX} versions already; ask the panel to look at one"));
    }
    let with: BTreeSet<&str> = with.iter().map(String::as_str).filter(|other| *other != who).collect();
    with.iter().try_for_each(|other| member(run, other))?;
    let is_author = |one: &String| one == who || with.contains(one.as_str()) || work.is_author(one);
    if run.members.iter().all(is_author) {
        return not_now("somebody must be left who wrote none of it and can review it");
    }
    let text = optional("artefact", given, ARTEFACT_MAX)?;
    if text.is_empty() && file.is_none() {
        return Err(Refusal::Invalid("artefact: write something, or send a file".to_owned()));
    }
    let with = with.into_iter().map(str::to_owned).collect();
    Ok(Act::HandIn { milestone: milestone.id.clone(), text, with, file: file.cloned() })
}

fn review(
    run: &Run,
    who: &str,
    milestone: &Milestone,
    version: u32,
    (given, words): (&BTreeMap<String, Marked>, &str),
) -> Result<Act, Refusal> {
    let Some(work) = run.work.get(&milestone.id) else { return not_now("nothing is handed in yet") };
    if work.is_author(who) {
        return not_now("you wrote it; somebody else reviews it");
    }
    if version != work.newest() {
        return not_now(format!("the newest version is {}; review that one", work.newest()));
    }
    if work.ruling.is_some() {
        return not_now("the panel has ruled on this version");
    }
    if work.reviews_of_newest().any(|review| review.by == who) {
        return not_now("you have reviewed this version; wait for the next");
    }
    Ok(Act::Review {
        milestone: milestone.id.clone(),
        version,
        marks: marks(&milestone.behaviours, given)?,
        words: optional("words", words, TEXT_MAX)?,
    })
}

fn answer(run: &Run, who: &str, milestone: &Milestone, number: u32, given: &str) -> Result<Act, Refusal> {
    let work = run.work.get(&milestone.id);
    let found = work.and_then(|work| Some((work, work.reviews.get(place(number))?)));
    let (work, review) = found.ok_or_else(|| unknown("review", &number.to_string()))?;
    if !work.is_author(who) {
        return not_now("its authors answer a review");
    }
    if review.answer.is_some() {
        return not_now("this review is answered already; hand in a new version if more is to be said");
    }
    let text = text("answer", given)?;
    Ok(Act::Answer { milestone: milestone.id.clone(), review: number, text })
}

/// A milestone by its slug.
pub(super) fn milestone_of<'a>(project: &'a Project, id: &str) -> Result<&'a Milestone, Refusal> {
    project.milestone(id).ok_or_else(|| unknown("milestone", id))
}
