//! The steps of a lab with their checks.

use maud::{Markup, html};

use super::check::{Check, Verdict, check_row};
use super::icon::Icon;

/// A step: its title, its checks and, where the learner must act on the page, a form.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// What the step is about.
    pub title: &'a str,
    /// What will be looked at.
    pub checks: &'a [Check<'a>],
    /// A form that belongs to the step, for example a question to answer. May be empty.
    pub form: Markup,
}

/// Numbered steps that keep themselves up to date: events come from `events`, after the one numbered `after`.
#[must_use]
pub fn steps(events: &str, after: u64, steps: &[Step<'_>]) -> Markup {
    html! {
        live-checks src=(events) after=(after) {
            p.small.quiet data-live="waiting" hidden { (Icon::Clock) " Waiting for the hospital to answer again. What you see may be old." }
            ol.steps role="list" { @for (index, step) in steps.iter().enumerate() { (step_row(index + 1, step)) } }
        }
    }
}

fn step_row(number: usize, step: &Step<'_>) -> Markup {
    html! {
        li {
            h2.step-title { span { (number) } " " span { (step.title) } }
            @if !step.checks.is_empty() { ul role="list" { @for check in step.checks { (check_row(check)) } } }
            (step.form)
        }
    }
}

/// How many of `checks` have passed, and how many there are; bonus checks count in neither.
#[must_use]
pub fn tally(checks: &[Check<'_>]) -> (usize, usize) {
    let counted = checks.iter().filter(|it| !it.bonus);
    (counted.clone().filter(|it| matches!(it.verdict, Verdict::Passed(_))).count(), counted.count())
}
