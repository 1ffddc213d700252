use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::people::PersonId;
use platform::placements::{Applicant, Place};
use serde::Deserialize;

use super::fault::said_at;
use super::mine::lacking;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place as Spot, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::date;
use crate::web::ui::{
    Column, Icon, Link, Look, Row, Tone, card, csrf_field, empty, facts, or_none, post_form, sheet, submit,
    submit_as, table, tag,
};

/// `GET /places/{place}`: for its host, who wishes for it.
pub(super) async fn applicants(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (place, applicants) = app.run(move |platform| platform.applicants(&person, &id)).await?;
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (card("The place", &state(&place), &about(&place, &visitor.csrf)))
            (card("Who wishes for it", &html! {}, &ranks(&place, &applicants, &visitor.csrf)))
            (papers(&place, &applicants, &visitor.csrf))
        }
    };
    let crumbs = [Link::to("Places", "/places"), Link::to(&place.title, "")];
    let page = sheet(&crumbs, &place.title, Some(&place.host), &content);
    Ok(framed(&visitor, Spot::Places, &place.title, None, &page))
}

fn state(place: &Place) -> Markup {
    if place.open { tag(Tone::Good, "open") } else { tag(Tone::Neutral, "closed") }
}

fn about(place: &Place, csrf: &str) -> Markup {
    let ends_on = place.ends_on.map(|day| date(&day.to_string()));
    let button = if place.open {
        submit("Close it", Look::Quiet)
    } else {
        submit_as("Open it again", Look::Quiet, "open", "yes")
    };
    html! {
        @if !place.about.is_empty() { p { (place.about) } }
        (facts(&[
            ("Room for", html! { (place.capacity) }),
            ("First day", html! { (date(&place.begins_on.to_string())) }),
            ("Last day", or_none(ends_on.as_deref())),
        ]))
        (post_form(&format!("/places/{}/open", place.id), csrf, &html! { div { (button) } }))
    }
}

fn ranks(place: &Place, applicants: &[Applicant], csrf: &str) -> Markup {
    let columns = [Column::text("Name"), Column::text("Rank"), Column::wide("Lacks")];
    let row = |one: &Applicant| {
        let (id, rank) =
            (format!("rank.{}", one.person.id), one.rank.map_or(String::new(), |rank| rank.to_string()));
        Row::new(vec![
            html! { (one.person.name) },
            html! { label.visually-hidden for=(id) { "Rank of " (one.person.name) } input.control.short id=(id) name=(id) inputmode="numeric" value=(rank); },
            lacking(&one.lacks),
        ])
    };
    let rows: Vec<Row> = applicants.iter().map(row).collect();
    if rows.is_empty() {
        return empty(
            Icon::Person,
            "Nobody yet",
            "Whoever puts this place on their list stands here.",
            &html! {},
        );
    }
    html! {
        p { "1 is the best; equal ranks are ties, which the lottery of the match breaks. Who gets no rank is not taken. You are not told where on their lists they put you." }
        form.form.wide method="post" action={ "/places/" (place.id) "/ranks" } {
            (csrf_field(csrf))
            (table("Who wishes for this place", &columns, &rows, &html! {}))
            div.form-actions { (submit("Keep these ranks", Look::Primary)) }
        }
    }
}

fn papers(place: &Place, applicants: &[Applicant], csrf: &str) -> Markup {
    let columns =
        [Column::text("Name"), Column::wide("Document"), Column::text("Until"), Column::text("Checked")];
    let rows: Vec<Row> = applicants
        .iter()
        .flat_map(|one| one.papers.iter().map(move |paper| (one, paper)))
        .map(|(one, paper)| {
            let until = paper.document.expires_on.as_deref().map(date);
            let check = html! {
                input type="hidden" name="person" value=(one.person.id);
                input type="hidden" name="kind" value=(paper.kind.id);
                input type="hidden" name="back" value=(place.id);
                (submit("I have seen it", Look::Quiet))
            };
            Row::new(vec![
                html! { (one.person.name) },
                html! { (paper.kind.title) },
                or_none(until.as_deref()),
                match &paper.document.checked_by {
                    Some(by) => html! { (tag(Tone::Good, "checked")) span.quiet { " by " (by) } },
                    None => post_form("/places/documents/check", csrf, &check),
                },
            ])
        })
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    card(
        "Their documents",
        &html! {},
        &table("Documents of those who wish for this place", &columns, &rows, &html! {}),
    )
}

#[derive(Deserialize)]
pub(super) struct Ranks {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

/// `POST /places/{place}/ranks`.
pub(super) async fn rank(
    State(app): State<App>,
    Path(id): Path<String>,
    form: PageForm<Ranks>,
) -> Result<Response, Fault> {
    let path = format!("/places/{id}");
    // What is no number becomes the rank that is none, and is refused.
    let rank = |(name, value): (&String, &String)| {
        let person = name.strip_prefix("rank.")?;
        let value = value.trim();
        (!value.is_empty()).then(|| (PersonId::from(person), value.parse().unwrap_or(0)))
    };
    let ranks: Vec<(PersonId, u32)> = form.fields.fields.iter().filter_map(rank).collect();
    let done = app.run(move |platform| platform.rank_applicants(&form.visitor.person, &id, &ranks)).await;
    said_at(done, &path, "The ranks are kept. They can be changed until the match is run.")
}
