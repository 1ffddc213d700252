use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::desk::{Watched, suppress as keep_quiet, unsuppress as let_speak};
use serde::Deserialize;

use super::saved::told;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::pages::words::time;
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Takes, card, empty, post_form, submit, table,
};

/// Alerts offered to be kept quiet.
const OFFERED_MAX: usize = 60;
/// Parts a choice's value: no rule, field or value holds it.
const PART: char = '\u{1f}';

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Quiet {
    /// Rule, field and value.
    about: String,
    hours: String,
    why: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Speak {
    id: String,
}

/// `POST …/security/alerts/quiet`.
pub(super) async fn suppress(
    State(app): State<App>,
    inside: Inside,
    PageForm { fields, .. }: PageForm<Quiet>,
) -> Result<Response, Fault> {
    let done = inside.run(&app, move |_, access| {
        let mut about = fields.about.splitn(3, PART);
        let mut next = || about.next().unwrap_or_default();
        let about = (next(), next(), next());
        told(keep_quiet(access, about, fields.hours.trim().parse().unwrap_or(0), &fields.why).map(|_| ()))
    });
    let back = inside.to("security/alerts");
    Ok(match done.await? {
        Ok(()) => Said::well("That alert is quiet for a while.").at(&back),
        Err(why) => Said::badly(why).at(&back),
    })
}

/// `POST …/security/alerts/speak`.
pub(super) async fn unsuppress(
    State(app): State<App>,
    inside: Inside,
    PageForm { fields, .. }: PageForm<Speak>,
) -> Result<Response, Fault> {
    let done = inside.run(&app, move |_, access| told(let_speak(access, &fields.id)));
    let back = inside.to("security/alerts");
    Ok(match done.await? {
        Ok(()) => Said::well("The rule speaks again.").at(&back),
        Err(why) => Said::badly(why).at(&back),
    })
}

/// What is kept quiet, and a form to keep more so.
pub(super) fn quieted(inside: &Inside, watched: &Watched) -> Markup {
    let csrf = inside.visitor.csrf.as_str();
    let mut offered: Vec<(String, String)> = Vec::new();
    for alert in &watched.alerts {
        for (field, value) in &alert.hit.group {
            let about = format!("{}{PART}{field}{PART}{value}", alert.hit.rule);
            if offered.len() < OFFERED_MAX && offered.iter().all(|(known, _)| *known != about) {
                offered.push((about, format!("{}: {field} {value}", alert.hit.title)));
            }
        }
    }
    let choices: Vec<Choice<'_>> = offered.iter().map(|(about, words)| Choice::new(about, words)).collect();
    html! {
        (card("Kept quiet", &html! {}, &listed(inside, watched)))
        @if !choices.is_empty() {
            (card("Keep an alert quiet", &html! {}, &post_form(&inside.to("security/alerts/quiet"), csrf, &html! {
                p { "For what you understand and do not want to hear again soon. What is always so belongs into the rule." }
                (Select::new("about", "Which", &choices).required())
                (Field::new("hours", "For how long").takes(Takes::Number).unit("hours").value("24").hint("On the hospital's clock, at most a month.").required())
                (Field::new("why", "Why").hint("A sentence that the next shift understands.").required())
                (submit("Keep it quiet", Look::Plain))
            })))
        }
    }
}

fn listed(inside: &Inside, watched: &Watched) -> Markup {
    let columns = [
        Column::text("Rule"),
        Column::text("About"),
        Column::text("First"),
        Column::wide("Why"),
        Column::text("Until"),
        Column::text("End it"),
    ];
    let row = |(alert, quiet): &(platform::desk::Alert, platform::desk::Suppression)| {
        Row::new(vec![
            html! { (alert.hit.title) },
            html! { (quiet.field) " " (quiet.value) },
            time(alert.hit.time_us),
            html! { (quiet.why) " " span.quiet { (quiet.by) } },
            time(quiet.until_us),
            post_form(
                &inside.to("security/alerts/speak"),
                &inside.visitor.csrf,
                &html! {
                    input type="hidden" name="id" value=(quiet.id);
                    (submit("Let it speak", Look::Quiet))
                },
            ),
        ])
    };
    let rows: Vec<Row> = watched.suppressed.iter().map(row).collect();
    let why = "Every alert is shown.";
    table("Kept quiet", &columns, &rows, &empty(Icon::Shield, "Nothing is kept quiet", why, &html! {}))
}
