//! What must hold inside one lab, beyond the form of its files.

use std::collections::BTreeSet;

use super::sink::Sink;
use super::tree::LabFiles;
use super::{rules_text, rules_values};
use crate::lab::{Check, CheckKind, Lab, Modifier, Variant};
use crate::problem::Place;
use crate::script::{Action, ActionKind, Script};

/// Fewest variants of a lab: with one, an answer can be passed on.
const VARIANTS_MIN: usize = 2;
/// Fewest wrong answers: what nobody tried to get wrong, nobody knows to be checked.
const WRONGS_MIN: usize = 3;

/// Checks everything that concerns this lab alone.
pub(super) fn check(lab: &Lab, files: &LabFiles<'_>, sink: &Sink) {
    identity(lab, sink);
    counts(lab, files, sink);
    weights(lab, sink);
    for variant in &lab.variants {
        ids(variant, sink);
        traps(variant, lab, sink);
        rules_values::check_variant(lab, variant, sink);
        rules_text::leaks(lab, variant, sink);
    }
    for script in lab.solutions.iter().chain(&lab.wrongs) {
        script_names(script, lab, sink);
        rules_values::check_script(script, lab, sink);
    }
    outcomes(lab, sink);
    rules_text::check(lab, files, sink);
}

/// Lower-case words joined by hyphens.
pub(crate) fn is_slug(text: &str) -> bool {
    let word =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= 60 && text.split('-').all(word)
}

fn identity(lab: &Lab, sink: &Sink) {
    if !is_slug(&lab.id) {
        let what = format!("`{}` cannot stand in an address", lab.id);
        sink.say(&lab.place, what, "name the folder in lower-case words joined by hyphens");
    }
    if lab.brief.is_empty() {
        let place = Place { line: lab.brief_line, ..lab.place.clone() };
        sink.say(
            &place,
            "the lab has no brief",
            "below the second +++ line, say what happened and what to do",
        );
    }
}

fn counts(lab: &Lab, files: &LabFiles<'_>, sink: &Sink) {
    let found = files.variants.len();
    if found < VARIANTS_MIN {
        let what = format!("a lab needs at least {VARIANTS_MIN} variants, this one has {found}");
        sink.say(
            &lab.place,
            what,
            "add variants/NAME.toml that differ in the problem, not only in the numbers",
        );
    }
    if lab.wrongs.len() < WRONGS_MIN {
        let what =
            format!("a lab needs at least {WRONGS_MIN} wrong answers, this one has {}", lab.wrongs.len());
        sink.say(&lab.place, what, "add wrong/NAME.toml for mistakes people really make");
    }
    for variant in &lab.variants {
        if !lab.solutions.iter().any(|script| script.plays_in(&variant.id)) {
            let what = format!("no solution plays the variant `{}`", variant.id);
            sink.say(
                &variant.place,
                what,
                "add solution/NAME.toml, or name the variant in one that is there",
            );
        }
    }
}

fn weights(lab: &Lab, sink: &Sink) {
    let sum: f64 = lab.competencies.values().sum();
    if lab.competencies.is_empty() {
        sink.say(&lab.place, "the lab gives evidence for no competency", "name one with the weight 1");
    } else if lab.competencies.values().any(|weight| *weight <= 0.0) || (sum - 1.0).abs() > 1e-6 {
        let what = format!("the weights of the competencies sum to {sum}");
        sink.say(&lab.place, what, "make each larger than 0 and their sum 1");
    }
}

fn ids(variant: &Variant, sink: &Sink) {
    let mut seen = BTreeSet::new();
    let steps = variant.steps.iter().map(|step| (&step.id, &step.place));
    let checks = variant.checks().map(|check| (&check.id, &check.place));
    for (id, place) in steps.chain(checks).filter(|(id, _)| !id.is_empty()) {
        if !is_slug(id) {
            let what = format!("`{id}` is not an id");
            sink.say(place, what, "write lower-case words joined by hyphens");
        }
        if !seen.insert(id) {
            sink.say(
                place,
                format!("the id `{id}` is used twice"),
                "give each step and each check its own id",
            );
        }
    }
    if !variant.checks().any(|check| check.modifier == Modifier::Must) {
        sink.say(
            &variant.place,
            "nothing has to be done: no check is a must",
            "add a check without a modifier",
        );
    }
}

/// A trap nobody trips is a trap nobody knows to work.
fn traps(variant: &Variant, lab: &Lab, sink: &Sink) {
    let is_tripped = |trap: &&Check| {
        lab.wrongs.iter().any(|script| script.plays_in(&variant.id) && script.fails.contains(&trap.id))
    };
    for trap in
        variant.checks().filter(|check| check.modifier == Modifier::Never).filter(|trap| !is_tripped(trap))
    {
        let what = format!("no wrong answer trips `{}` in the variant `{}`", trap.id, variant.id);
        sink.say(&trap.place, what, "add a wrong answer that names it in `fails`");
    }
}

fn outcomes(lab: &Lab, sink: &Sink) {
    for solution in lab.solutions.iter().filter(|script| !script.fails.is_empty()) {
        sink.say(&solution.place, "a solution fails nothing", "remove `fails`, or move the file to wrong/");
    }
    for wrong in lab.wrongs.iter().filter(|script| script.fails.is_empty()) {
        sink.say(&wrong.place, "a wrong answer says which checks it fails", "add `fails = [\"check\"]`");
    }
}

fn script_names(script: &Script, lab: &Lab, sink: &Sink) {
    for id in script.variants.iter().filter(|id| lab.variant(id).is_none()) {
        sink.say(&script.place, format!("the lab has no variant `{id}`"), "name a file of variants/");
    }
    for variant in lab.variants.iter().filter(|variant| script.plays_in(&variant.id)) {
        for id in script.fails.iter().filter(|id| variant.check(id).is_none()) {
            sink.say(
                &script.place,
                format!("the lab has no check `{id}`"),
                "name checks of lab.md in `fails`",
            );
        }
        for id in
            script.actions.iter().flat_map(|action| &action.variants).filter(|id| lab.variant(id).is_none())
        {
            sink.say(&script.place, format!("the lab has no variant `{id}`"), "name a file of variants/");
        }
        for action in script.actions.iter().filter(|action| action.plays_in(&variant.id)) {
            action_names(action, script, variant, lab, sink);
        }
    }
}

fn action_names(action: &Action, script: &Script, variant: &Variant, lab: &Lab, sink: &Sink) {
    match &action.kind {
        ActionKind::Answer { check, .. } => {
            let asks =
                variant.check(check).is_some_and(|check| matches!(check.kind, CheckKind::Answer { .. }));
            if !asks {
                sink.say(
                    &action.place,
                    format!("no question is called `{check}`"),
                    "name a check of kind answer",
                );
            }
        }
        ActionKind::Play { solution, without } => match lab.solutions.iter().find(|s| s.id == *solution) {
            _ if script.fails.is_empty() => {
                sink.say(&action.place, "only a wrong answer plays another script", "write the actions out");
            }
            None => sink.say(
                &action.place,
                format!("there is no solution `{solution}`"),
                "name a file of solution/",
            ),
            Some(named) => {
                let has = |id: &&String| !named.actions.iter().any(|action| action.id.as_ref() == Some(id));
                for id in without.iter().filter(has) {
                    let what = format!("the solution `{solution}` has no action `{id}`");
                    sink.say(&action.place, what, "give the action an `id`");
                }
            }
        },
        _ => {}
    }
}
