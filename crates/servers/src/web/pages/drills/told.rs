//! Events of a drill in words.

use maud::{Markup, html};
use platform::drills::{DrillView, Event, Scenario, What, said_of};

use crate::web::pages::words::{at, iso};
use crate::web::ui::{Event as Shown, Tone, timeline};

/// What happened, newest first, for whoever takes part. What came again and again stands once; what was reached and what must not
/// be is kept for the debrief.
pub(super) fn happened(view: &DrillView) -> Markup {
    let rows: Vec<(String, String, Tone, Markup, Markup)> =
        view.events.iter().rev().filter_map(|event| row(view, event)).collect();
    let shown: Vec<Shown<'_>> = rows
        .iter()
        .map(|(iso, when, tone, title, detail)| Shown {
            iso,
            when,
            tone: *tone,
            title: title.clone(),
            detail: detail.clone(),
        })
        .collect();
    timeline("What happened, newest first", &shown)
}

fn row(view: &DrillView, event: &Event) -> Option<(String, String, Tone, Markup, Markup)> {
    let (tone, title, detail) = told(view, event)?;
    let when = at(event.at_us);
    let clock = when.rsplit(' ').next().unwrap_or_default().to_owned();
    Some((iso(event.at_us), clock, tone, title, detail))
}

/// An event in words: how it feels, what it is, and what is said.
fn told(view: &DrillView, event: &Event) -> Option<(Tone, Markup, Markup)> {
    let scenario = view.scenario;
    let name = |login: &str| {
        let known = view.players.iter().find(|player| player.login == login);
        known.map_or_else(|| login.to_owned(), |player| player.name.clone())
    };
    let says = said_of(scenario, event);
    let quiet = |text: &str| html! { @if !text.is_empty() { p.quiet { (text) } } };
    Some(match &event.what {
        What::Begun => (Tone::Neutral, html! { "The drill began" }, html! {}),
        What::Injected { again: true, .. } => return None,
        What::Injected { inject, .. } => {
            let inject = scenario.inject(inject)?;
            let head = html! { strong { (inject.title) } " · " (inject.from) ", " (inject.medium) };
            (Tone::Warn, head, html! { p { (says) } })
        }
        What::Given { by, role: as_whom, command, until_us } => {
            let until = at(*until_us);
            let until = until.rsplit(' ').next().unwrap_or_default();
            let head = html! { (title(scenario, command)) " · " (role(scenario, as_whom)) };
            (Tone::Accent, head, quiet(&format!("{} sets to work, until {until}.", name(by))))
        }
        What::Refused { role: as_whom, command, why, .. } => (
            Tone::Neutral,
            html! { "Not done: " (title(scenario, command)) " · " (role(scenario, as_whom)) },
            quiet(why),
        ),
        What::Done { role: as_whom, command, .. } => (
            Tone::Good,
            html! { "Done: " (title(scenario, command)) " · " (role(scenario, as_whom)) },
            html! { p { (says) } },
        ),
        What::Breached { .. } | What::Met { .. } => return None,
        What::Ended { .. } => (Tone::Neutral, html! { "The drill is over" }, html! {}),
    })
}

/// What a command is called.
fn title<'a>(scenario: &'a Scenario, id: &'a str) -> &'a str {
    scenario.command(id).map_or(id, |command| command.title.as_str())
}

/// What a role is called.
fn role<'a>(scenario: &'a Scenario, id: &'a str) -> &'a str {
    scenario.role(id).map_or(id, |role| role.title.as_str())
}

/// What is read out of what is new.
pub(super) fn aloud(view: &DrillView, after: u64) -> Option<String> {
    let new = view.events.iter().filter(|event| event.seq > after);
    let words: Vec<String> = new
        .filter_map(|event| match &event.what {
            What::Injected { inject, again: false, .. } => {
                let inject = view.scenario.inject(inject)?;
                Some(format!("{}, {}: {} {}", inject.from, inject.medium, inject.title, inject.says))
            }
            What::Done { command, .. } => {
                let title = view.scenario.command(command).map_or("", |one| one.title.as_str());
                Some(format!("Done: {title}. {}", said_of(view.scenario, event)))
            }
            What::Ended { .. } => Some("The drill is over.".to_owned()),
            _ => None,
        })
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}
