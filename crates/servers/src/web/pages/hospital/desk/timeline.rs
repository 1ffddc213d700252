use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::desk::{Moment, Timeline, Whose, timeline as moments};
use serde::Deserialize;

use super::routes::parts;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::{query_value, time};
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Takes, Tone, empty, submit_with, table, tag,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    of: String,
    is: String,
}

/// What a time line can be of, as people read it.
const KINDS: [(Whose, &str); 4] = [
    (Whose::Patient, "Patient's record"),
    (Whose::User, "User"),
    (Whose::Client, "Program or AE title"),
    (Whose::Address, "Network address"),
];

/// `GET …/security/timeline?of=&is=`: what happened to one record, or through one person, program or address.
pub(super) async fn shown(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let whose = Whose::named(&asked.of).unwrap_or(Whose::Patient);
    let name = asked.is.clone();
    let found = match name.trim() {
        "" => None,
        _ => Some(inside.run(&app, move |_, access| moments(access, whose, &name)).await?),
    };
    let choices = KINDS.map(|(kind, words)| Choice::new(kind.field(), words));
    let field = Field::new("is", "Which").takes(Takes::Search).value(&asked.is).autocomplete("off");
    let work = html! {
        h2 { "Timeline" }
        (parts(&inside, "Timeline"))
        form.search.hunt method="get" role="search" aria-label="Timeline" {
            (Select::new("of", "Of", &choices).chosen(whose.field()))
            (field.hint("A patient's id, a login, a client or AE title, or an address."))
            (submit_with(Icon::Clock, "Show", Look::Primary))
        }
        @match &found {
            None => (empty(Icon::Clock, "Nobody is chosen", "Name a patient, a user, a program or an address.", &html! {})),
            Some(found) => (drawn(&inside, found)),
        }
    };
    Ok(inside.page(Tab::Security, "Timeline", &work))
}

fn drawn(inside: &Inside, found: &Timeline) -> Markup {
    let columns = [
        Column::number("Entry"),
        Column::text("When"),
        Column::text("Kind"),
        Column::text("User"),
        Column::text("Through"),
        Column::text("Patient"),
        Column::text("Care"),
        Column::text("Outcome"),
        Column::wide("What"),
    ];
    let rows: Vec<Row> = found.moments.iter().map(|moment| row(inside, moment)).collect();
    let none =
        empty(Icon::Search, "Nothing happened", "The journal names nobody and nothing like this.", &html! {});
    html! {
        p.quiet {
            (found.all) " entries"
            @if found.all > found.moments.len() { ", of which the newest " (found.moments.len()) " are shown" }
            "."
        }
        div.table-frame { (table("Timeline, newest first", &columns, &rows, &none)) }
    }
}

fn row(inside: &Inside, moment: &Moment) -> Row {
    let link = |of: Whose, text: &str| {
        let href = inside.to(&format!("security/timeline?of={}&is={}", of.field(), query_value(text)));
        html! { @if !text.is_empty() { a href=(href) { (text) } } }
    };
    let tone = match moment.care.as_str() {
        "none" => Tone::Warn,
        "break-glass" => Tone::Info,
        _ => Tone::Neutral,
    };
    Row::new(vec![
        html! { a href=(inside.to(&format!("journal?entry={0}#entry-{0}", moment.seq))) { (moment.seq) } },
        time(moment.time_us),
        html! { code { (moment.kind) } },
        link(Whose::User, &moment.user),
        html! { (moment.through) },
        link(Whose::Patient, &moment.patient),
        html! { @if !moment.care.is_empty() { (tag(tone, &moment.care)) } },
        html! { @if moment.outcome == "ok" { "ok" } @else { (tag(Tone::Bad, &moment.outcome)) } },
        html! { (moment.what) },
    ])
}
