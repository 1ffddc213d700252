//! What must hold of a lab's words: time to read them, links in them, answers not in them.

use std::collections::BTreeSet;

use super::sink::Sink;
use super::tree::LabFiles;
use crate::check::answer_paths;
use crate::lab::{CheckKind, Lab, Variant};
use crate::problem::Place;
use crate::text::placeholders;

/// Words a person reads in a minute when the text is technical and in a second language.
const WORDS_PER_MINUTE: usize = 130;

/// Checks reading time, links and fixtures.
pub(super) fn check(lab: &Lab, files: &LabFiles<'_>, sink: &Sink) {
    reading_time(lab, sink);
    for (link, place) in links(lab) {
        let fixture = link.strip_prefix("fixtures/").is_none_or(|name| files.fixtures.contains_key(name));
        let known =
            ["https://", "#", "fixtures/", "/labs/", "/tracks/"].iter().any(|start| link.starts_with(start));
        if !known || !fixture {
            let advice = "link to https://…, #heading, /labs/SLUG, /tracks/SLUG or fixtures/NAME";
            sink.say(&place, format!("the link `{link}` leads nowhere"), advice);
        }
    }
    for name in files.fixtures.keys().filter(|name| !is_used(name, files)) {
        let place = Place::start(&format!("labs/{}/fixtures/{name}", lab.id));
        sink.say(
            &place,
            "nothing uses this file",
            "name it as fixtures/… in a script or the brief, or remove it",
        );
    }
}

/// Links of the brief with their places.
pub(super) fn links(lab: &Lab) -> Vec<(&str, Place)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = lab.brief[from..].find("](").map(|at| from + at + 2) {
        let length = lab.brief[at..].find([')', '\n']).unwrap_or(0);
        let link = &lab.brief[at..at + length];
        found.push((link.split(' ').next().unwrap_or(link), brief_place(lab, at)));
        from = at + length;
    }
    found
}

/// The place of a byte of the brief.
pub(super) fn brief_place(lab: &Lab, offset: usize) -> Place {
    let before = lab.brief.get(..offset).unwrap_or(&lab.brief);
    let lines = u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX);
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
    Place {
        file: lab.place.file.clone(),
        line: lab.brief_line.saturating_add(lines),
        column: u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1),
    }
}

fn is_used(name: &str, files: &LabFiles<'_>) -> bool {
    let wanted = format!("fixtures/{name}");
    let scripts = files.solutions.iter().chain(&files.wrongs).chain(&files.lab);
    scripts.into_iter().any(|file| file.text.contains(&wanted))
}

/// Reading may take no more than a third of the lab: the rest is for doing.
fn reading_time(lab: &Lab, sink: &Sink) {
    let words = |text: &str| text.split_whitespace().count();
    let steps = lab.variants.first().map_or(&[][..], |variant| &variant.steps);
    let checks = steps.iter().flat_map(|step| &step.checks);
    let total = words(&lab.brief)
        + steps.iter().map(|step| words(&step.title)).sum::<usize>()
        + checks.map(|check| words(&check.title)).sum::<usize>();
    let minutes = total.div_ceil(WORDS_PER_MINUTE);
    if minutes * 3 > lab.minutes as usize {
        let what =
            format!("reading {total} words takes about {minutes} of the lab's {} minutes", lab.minutes);
        sink.say(&brief_place(lab, 0), what, "say it shorter, or give the lab more minutes");
    }
}

/// A placeholder whose value answers a question may stand nowhere a learner reads.
pub(super) fn leaks(lab: &Lab, variant: &Variant, sink: &Sink) {
    let answers: BTreeSet<&str> = variant.checks().flat_map(answer_paths).collect();
    let leaking = |text: &str| {
        placeholders(text).into_iter().find(|found| answers.contains(found.path)).map(|f| f.start)
    };
    let advice = "describe it instead: a learner has to find it";
    if let Some(offset) = leaking(&lab.brief) {
        sink.say(&brief_place(lab, offset), "the brief gives an answer away", advice);
    }
    for check in variant.checks() {
        let mut texts: Vec<&String> = check.hints.iter().chain([&check.title]).chain(&check.say).collect();
        if let CheckKind::Answer { ask, placeholder, .. } = &check.kind {
            texts.push(ask);
            texts.extend(placeholder);
        }
        if texts.into_iter().any(|text| leaking(text).is_some()) {
            sink.say(&check.place, format!("the words of `{}` give an answer away", check.id), advice);
        }
    }
    let titles = variant.steps.iter().find(|step| leaking(&step.title).is_some());
    if let Some(step) = titles {
        sink.say(&step.place, format!("the title of `{}` gives an answer away", step.id), advice);
    }
}
