use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use maud::{Markup, html};
use platform::readiness::{Readiness, ReadinessError, Shown, State as Stand, jobs};

use super::{links, one};
use crate::base_url::BaseUrl;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::counted;
use crate::web::ui::{Column, Link, Row, card, sheet, table};

/// The pages and forms below `/readiness`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list))
        .route("/{job}", get(one::own))
        .route("/{job}/links", post(links::make))
        .route("/links/{link}/withdraw", post(links::withdraw))
}

const INTRO: &str = "What a job asks for, held against what you have shown. There is no single score: each thing is proven or not, with help or without, lately or \
long ago.";

/// `GET /readiness`: every job, and the links one has made.
pub(super) async fn list(
    State(app): State<App>,
    BaseUrl(house): BaseUrl,
    visitor: Visitor,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (all, shown): (Vec<Readiness>, Vec<Shown>) = app
        .run(move |platform| {
            let all =
                jobs().iter().map(|job| platform.readiness(&person, &job.id)).collect::<Result<_, _>>()?;
            Ok::<_, ReadinessError>((all, platform.readiness_links(&person)?))
        })
        .await?;
    let columns = [
        Column::wide("Job"),
        Column::number("Proven"),
        Column::number("Refresher due"),
        Column::wide("Left to show"),
    ];
    let row = |one: &Readiness| {
        let count = |state: Stand| one.needs.iter().filter(|need| need.need.state == state).count();
        let left: Vec<&str> = one
            .needs
            .iter()
            .filter(|need| need.need.state < Stand::Due)
            .map(|need| need.title.as_str())
            .collect();
        Row::new(vec![
            html! { a href={ "/readiness/" (one.job.id) } { (one.job.title) } br; span.quiet.small { (one.job.about) } },
            html! { (count(Stand::Proven)) " of " (one.needs.len()) },
            html! { (count(Stand::Due)) },
            html! { @if left.is_empty() { "nothing" } @else { details { summary { (counted(left.len(), "competency", "competencies")) } ul.plain { @for title in &left { li { (title) } } } } } },
        ])
    };
    let rows: Vec<Row> = all.iter().map(row).collect();
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (card("Jobs", &html! {}, &table("Jobs", &columns, &rows, &html! {})))
            (card("Whom you have shown it to", &html! {}, &links::list(&shown, &house, &visitor.csrf)))
        }
    };
    let crumbs = [Link::to("Portfolio", "/portfolio"), Link::to("Readiness", "")];
    Ok(framed(
        &visitor,
        Place::Portfolio,
        "Readiness",
        None,
        &sheet(&crumbs, "Readiness", Some(INTRO), &content),
    ))
}
