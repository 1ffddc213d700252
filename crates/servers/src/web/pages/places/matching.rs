use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::placements::MatchSummary;
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, iso};
use crate::web::ui::{
    Column, Field, Icon, Link, Look, Row, Takes, Tone, card, empty, moment, post_form, sheet, submit, table,
    tag, tag_with,
};

const INTRO: &str = "Applicants propose, places hold whom they rank highest (Gale and Shapley 1962; Roth and Peranson 1999). What goes in is frozen and published \
with its seed; what comes out is audited by code that did not make it.";

/// `GET /places/match`: the matches that were run.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let matches = app.run(move |platform| platform.matches(&person)).await?;
    let hint = "Say it beforehand, where all can hear it; left empty, one is drawn. It breaks ties, and nothing else.";
    let body = html! {
        p { "A dry run shows what would come out, to you alone, as often as you like. Publishing one decides its round." }
        (post_form("/places/match", &visitor.csrf, &html! {
            (Field::new("seed", "Seed of the lottery").takes(Takes::Number).hint(hint))
            div.form-actions { (submit("Run the match", Look::Primary)) }
        }))
    };
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (card("Run it", &html! {}, &body))
            div.card { (runs(&matches)) }
        }
    };
    let crumbs = [Link::to("Places", "/places"), Link::to("The match", "")];
    Ok(framed(
        &visitor,
        Place::Places,
        "The match",
        None,
        &sheet(&crumbs, "The match", Some(INTRO), &content),
    ))
}

fn runs(matches: &[MatchSummary]) -> Markup {
    let columns = [
        Column::text("When"),
        Column::number("Round"),
        Column::number("Seed"),
        Column::text("By"),
        Column::text("State"),
    ];
    let row = |one: &MatchSummary| {
        Row::new(vec![
            html! { a href={ "/places/match/" (one.id) } { (moment(&iso(one.at_us), &at(one.at_us))) } },
            html! { (one.round) },
            html! { (one.seed) },
            html! { (one.by) },
            match one.published_us {
                Some(_) => tag_with(Tone::Good, Icon::Check, "published"),
                None => tag(Tone::Neutral, "dry run"),
            },
        ])
    };
    let rows: Vec<Row> = matches.iter().map(row).collect();
    let why = "Run one when hosts have ranked who wishes for them.";
    table("Matches", &columns, &rows, &empty(Icon::List, "No match yet", why, &html! {}))
}

#[derive(Deserialize)]
pub(super) struct Seed {
    #[serde(default)]
    seed: String,
}

/// `POST /places/match`: a dry run.
pub(super) async fn run(State(app): State<App>, form: PageForm<Seed>) -> Result<Response, Fault> {
    let typed = form.fields.seed.trim().to_owned();
    let seed: Option<u64> = typed.parse().ok();
    if seed.is_none() && !typed.is_empty() {
        let what = platform::placements::PlacementError::Invalid {
            field: "seed",
            what: "the seed is a whole number from 0".to_owned(),
        };
        return said_at(Err::<(), _>(what), "/places/match", "");
    }
    let done = app.run(move |platform| platform.run_match(&form.visitor.person, seed)).await;
    let path = done.as_ref().map_or_else(|_| "/places/match".to_owned(), |id| format!("/places/match/{id}"));
    said_at(done, &path, "This is a dry run. Nobody else sees it until you publish it.")
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /places/match/{run}/publish`.
pub(super) async fn publish(
    State(app): State<App>,
    Path(run): Path<String>,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let path = format!("/places/match/{run}");
    let done = app.run(move |platform| platform.publish_match(&form.visitor.person, &run)).await;
    said_at(done, &path, "The round is decided, and everybody sees what it gave them.")
}

/// `GET /places/match/{run}/files/{file}`.
pub(super) async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((run, file)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let disposition = format!("attachment; filename=\"{file}\"");
    let text = app.run(move |platform| platform.match_file(&visitor.person, &run, &file)).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, text).into_response())
}
