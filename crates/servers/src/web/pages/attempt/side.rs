use maud::{Markup, html};
use platform::labs::{AttemptView, StepView};

use super::acts::acts;
use super::drawn::{Drawn, help_id};
use super::help::{help, is_wanted};
use super::quiet::quiet_form;
use crate::web::ui::{
    Choice, Confirm, Field, Icon, Look, Step, confirm, markdown, post_form, radios, steps, submit,
};

/// The left side of the workspace.
pub(crate) struct Side {
    pub(crate) title: String,
    pub(crate) meta: String,
    pub(crate) progress: Markup,
    pub(crate) brief: Markup,
    pub(crate) actions: Markup,
}

/// An attempt as the left side of the workspace; `level` and the like stand in its meta line.
pub(crate) fn side(drawn: &Drawn<'_>, level: &str) -> Side {
    let view = drawn.view;
    let hrefs = drawn.hrefs();
    let rows: Vec<_> = view.steps.iter().map(|step| Drawn::rows(step, &hrefs)).collect();
    let drawn_steps: Vec<Step<'_>> = view
        .steps
        .iter()
        .zip(&rows)
        .map(|(step, checks)| Step { title: &step.title, checks, form: below(drawn, step) })
        .collect();
    let number = drawn.change().number();
    Side {
        title: view.title.clone(),
        meta: format!("{level} · {} min · attempt {}", view.minutes, view.number),
        progress: html! { div #lab-progress { (drawn.progress()) } div #lab-done { (drawn.done()) } },
        brief: html! {
            (markdown(&view.brief))
            (steps(&format!("{}/events", drawn.root), number, &drawn_steps))
            section #lab-debrief aria-label="Debrief" { (drawn.debrief()) }
        },
        actions: actions(drawn),
    }
}

/// What stands below a step's checks: its questions, then help.
fn below(drawn: &Drawn<'_>, step: &StepView) -> Markup {
    let has_help = step.checks.iter().any(|check| !check.hints.is_empty() || check.next_hint.is_some());
    html! {
        (questions(drawn, step))
        @if has_help {
            details.help open[is_wanted(step)] {
                summary { "Help with this step" }
                div.stack.stack-tight id=(help_id(step)) { (help(drawn, step)) }
            }
        }
    }
}

fn questions(drawn: &Drawn<'_>, step: &StepView) -> Markup {
    let asked = step.checks.iter().filter_map(|check| Some((check, check.question.as_ref()?)));
    html! {
        @for (check, question) in asked {
            @let answer = question.answer.as_deref().unwrap_or_default();
            @match drawn.csrf.filter(|_| drawn.view.state == "started") {
                Some(csrf) => {
                    @let id = format!("answer-{}", check.id);
                    @let field = Field::new("value", &question.ask).id(&id).value(answer).placeholder(question.placeholder.as_deref().unwrap_or_default()).autocomplete("off");
                    (quiet_form(&format!("{}/answer", drawn.root), csrf, &html! {
                        input type="hidden" name="check" value=(check.id);
                        (field)
                        div.form-actions { (submit("Answer", Look::Plain)) }
                    }))
                }
                None => p { (question.ask) " " b { (answer) } },
            }
        }
    }
}

fn actions(drawn: &Drawn<'_>) -> Markup {
    let Some(csrf) = drawn.csrf else {
        return html! { p.quiet.small { "You are looking at somebody else's attempt. Only they can act in it." } };
    };
    let Drawn { view, root, .. } = *drawn;
    html! {
        div #lab-acts { (acts(drawn)) }
        @if view.state == "abandoned" { (post_form(&format!("/labs/{}/start", view.lab), csrf, &submit("Start anew", Look::Primary))) }
        @else { (reset(view, root, csrf)) }
    }
}

/// Starting over: from a step that has begun, from the start of the lab, with a new hospital, or with the whole track.
fn reset(view: &AttemptView, root: &str, csrf: &str) -> Markup {
    let begun: Vec<(String, String)> = view
        .steps
        .iter()
        .enumerate()
        .filter(|(_, step)| step.begun)
        .map(|(index, step)| (format!("step:{}", step.id), format!("Step {}: {}", index + 1, step.title)))
        .collect();
    let mut grains: Vec<Choice<'_>> = begun
        .iter()
        .enumerate()
        .map(|(index, (value, label))| {
            let note = if index == 0 {
                "As it was when the lab began."
            } else {
                "As it was when the step before was done."
            };
            Choice::new(value, label).note(note)
        })
        .collect();
    grains.extend([
        Choice::new("lab", "The whole lab")
            .note("The same patients and the same problem, from the start. Your answers are cleared."),
        Choice::new("sandbox", "The hospital, with everything in it")
            .note("Journal and snapshots go too. Your answers stay."),
        Choice::new("track", "Every lab of the track")
            .note("New attempts with other patients. What you have finished stays finished."),
    ]);
    let chosen = begun.last().map_or("lab", |(value, _)| value.as_str());
    let question = Confirm {
        id: "reset",
        opens: "Reset…",
        icon: Some(Icon::Reset),
        title: "Start again from where?",
        body: html! {
            (radios("grain", "Put back", &grains, chosen))
            p.quiet { "What you did since then is undone. Hints you took, and traps you stepped into, stay on record." }
        },
        action: &format!("{root}/reset"),
        does: "Reset",
        look: Look::Danger,
    };
    confirm(&question, csrf)
}
