use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::readiness::{ReadinessError, Shown, job};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::said::Said;
use crate::web::pages::words::{at, capital, counted, day, iso};
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Tone, copy_button, empty, moment, post_form, submit,
    table, tag, tag_with,
};

/// The links somebody made, each with who looked.
pub(super) fn list(shown: &[Shown], house: &str, csrf: &str) -> Markup {
    let columns = [Column::wide("For"), Column::text("Opens until"), Column::text("Looked at")];
    let row = |one: &Shown| {
        let link = &one.link;
        let title = job(&link.job).map_or(link.job.as_str(), |job| job.title.as_str());
        Row::new(vec![
            html! {
                (link.label) ", " (title)
                @if one.open { div { (address(one, house)) } (withdraw_form(&link.id, csrf)) }
            },
            html! { (moment(&iso(link.expires_us), &day(link.expires_us))) br; (state(one)) },
            looks(one),
        ])
    };
    let rows: Vec<Row> = shown.iter().map(row).collect();
    let why = "Open a job and make a link for one reader. It ends by itself, you can withdraw it, and you see each time it is used.";
    table("Links you made", &columns, &rows, &empty(Icon::Lock, "Shown to nobody", why, &html! {}))
}

fn state(one: &Shown) -> Markup {
    if one.link.withdrawn_us.is_some() {
        tag(Tone::Neutral, "withdrawn")
    } else if one.open {
        tag_with(Tone::Good, Icon::Check, "open")
    } else {
        tag(Tone::Neutral, "over")
    }
}

fn looks(one: &Shown) -> Markup {
    html! {
        @if one.looks.is_empty() { span.quiet { "by nobody yet" } }
        @else {
            details {
                summary { (counted(one.looks.len(), "time", "times")) }
                ul.plain { @for look in &one.looks { li { (moment(&iso(look.at_us), &at(look.at_us))) ", " (look.who) } } }
            }
        }
    }
}

fn address(one: &Shown, house: &str) -> Markup {
    let (path, id) = (format!("/shown/{}", one.token), format!("link-{}", one.link.id));
    html! { a.wrap id=(id) href=(path) { (house) (path) } " " (copy_button(&id)) }
}

fn withdraw_form(id: &str, csrf: &str) -> Markup {
    post_form(
        &format!("/readiness/links/{id}/withdraw"),
        csrf,
        &html! { div { (submit("Withdraw", Look::Quiet)) } },
    )
}

/// The form that makes a link.
pub(super) fn make_form(job: &str, csrf: &str) -> Markup {
    let days = [Choice::new("7", "a week"), Choice::new("30", "30 days"), Choice::new("90", "90 days")];
    post_form(
        &format!("/readiness/{job}/links"),
        csrf,
        &html! {
            p { "Whoever has the link sees your name, this page and the words of those who supervised you, without an account. Nothing else." }
            div.form-grid {
                (Field::new("label", "Whom it is for").hint("Only you see this.").autocomplete("off").required())
                (Select::new("days", "It opens for", &days).chosen("30"))
            }
            div.form-actions { (submit("Make a link", Look::Primary)) }
        },
    )
}

#[derive(Deserialize)]
pub(super) struct NewLink {
    #[serde(default)]
    label: String,
    #[serde(default)]
    days: String,
}

/// `POST /readiness/{job}/links`.
pub(super) async fn make(
    State(app): State<App>,
    Path(job): Path<String>,
    form: PageForm<NewLink>,
) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let days = sent.days.trim().parse().unwrap_or(0);
    match app.run(move |platform| platform.show_readiness(&person, &job, &sent.label, days)).await {
        Ok(_) => Ok(Said::well("The link is made; copy it below.").at("/readiness")),
        Err(ReadinessError::Invalid { what, .. }) => {
            Ok(Said::badly(format!("{}.", capital(&what))).at("/readiness"))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /readiness/links/{link}/withdraw`.
pub(super) async fn withdraw(
    State(app): State<App>,
    Path(link): Path<String>,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    app.run(move |platform| platform.withdraw_readiness(&form.visitor.person, &link)).await?;
    Ok(Said::well("Withdrawn. Whoever opens it now sees nothing.").at("/readiness"))
}
