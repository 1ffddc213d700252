use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use platform::sandboxes::Entry;
use platform::traffic::{Arrow, arrows, journey as way, mermaid, svg, traffic};

use super::asked::{OfExchange, OfForm, Words};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{
    Column, Icon, Link, Look, Row, breadcrumbs, card, code_block, empty, link_button, table,
};

/// `GET …/traffic/diagram`: what is listed, drawn.
pub(super) async fn listed(
    State(app): State<App>,
    inside: Inside,
    Query(words): Query<Words>,
) -> Result<Markup, Fault> {
    let drawn = arrows(&of_list(&app, &inside, &words).await?);
    let query = words.query(words.before);
    Ok(page(&inside, "What was listed", &drawn, |form| {
        format!("{}/{form}{query}", inside.to("traffic/diagram"))
    }))
}

/// `GET …/traffic/diagram/{form}`: the same as a file.
pub(super) async fn listed_as(
    State(app): State<App>,
    inside: Inside,
    Path(OfForm { form }): Path<OfForm>,
    Query(words): Query<Words>,
) -> Result<Response, Fault> {
    file(&form, "Traffic", &arrows(&of_list(&app, &inside, &words).await?))
}

async fn of_list(app: &App, inside: &Inside, words: &Words) -> Result<Vec<Entry>, Fault> {
    let asked = words.asked();
    let page = inside.run(app, move |_, access| traffic(access, &asked)).await?;
    Ok(page.entries)
}

/// `GET …/traffic/{seq}/journey`: the whole way of a message.
pub(super) async fn journey(
    State(app): State<App>,
    inside: Inside,
    Path(OfExchange { seq }): Path<OfExchange>,
) -> Result<Markup, Fault> {
    let drawn = arrows(&of_way(&app, &inside, seq).await?);
    let title = format!("The way of exchange {seq}");
    Ok(page(&inside, &title, &drawn, |form| inside.to(&format!("traffic/{seq}/journey/{form}"))))
}

/// `GET …/traffic/{seq}/journey/{form}`: the same as a file.
pub(super) async fn journey_as(
    State(app): State<App>,
    inside: Inside,
    Path(OfExchange { seq }): Path<OfExchange>,
    Path(OfForm { form }): Path<OfForm>,
) -> Result<Response, Fault> {
    file(&form, &format!("Exchange {seq}"), &arrows(&of_way(&app, &inside, seq).await?))
}

async fn of_way(app: &App, inside: &Inside, seq: i64) -> Result<Vec<Entry>, Fault> {
    let found = inside.run(app, move |_, access| way(access, seq)).await?;
    found.ok_or_else(|| Fault::Missing(format!("Entry {seq} of the journal is no exchange.")))
}

fn page(inside: &Inside, title: &str, drawn: &[Arrow], at: impl Fn(&str) -> String) -> Markup {
    let files = html! {
        span.row {
            (link_button("SVG", &at("svg"), Look::Plain))
            (link_button("Mermaid", &at("mermaid"), Look::Plain))
        }
    };
    let work = html! {
        (breadcrumbs(&[Link::to("Traffic", &inside.to("traffic")), Link::to(title, "").current(true)]))
        div.stack {
            h2 { (title) }
            @if drawn.is_empty() {
                (empty(Icon::List, "Nothing to draw", "No exchange fits.", &link_button("Traffic", &inside.to("traffic"), Look::Plain)))
            } @else {
                (card("Sequence", &files, &html! { div.diagram tabindex="0" role="region" aria-label="Sequence diagram" { (PreEscaped(svg(drawn, title))) } }))
                (card("The same in words", &html! {}, &in_words(drawn)))
                (card("As Mermaid", &html! {}, &code_block("mermaid", "Mermaid", &mermaid(drawn))))
            }
        }
    };
    inside.page(Tab::Journal, title, &work)
}

/// A table behind the picture.
fn in_words(drawn: &[Arrow]) -> Markup {
    let columns = [Column::text("From"), Column::text("To"), Column::wide("What"), Column::text("Kind")];
    let row = |arrow: &Arrow| {
        let kind = match (arrow.is_answer, arrow.is_bad) {
            (false, false) => "asked",
            (false, true) => "asked, went wrong",
            (true, false) => "answered",
            (true, true) => "answered, went wrong",
        };
        Row::new(vec![
            html! { (arrow.from) },
            html! { (arrow.to) },
            html! { code { (arrow.label) } },
            html! { (kind) },
        ])
    };
    let rows: Vec<Row> = drawn.iter().map(row).collect();
    table("Who said what to whom", &columns, &rows, &html! {})
}

fn file(form: &str, title: &str, drawn: &[Arrow]) -> Result<Response, Fault> {
    let (media, name, text) = match form {
        "svg" => ("image/svg+xml", "traffic.svg", svg(drawn, title)),
        "mermaid" => ("text/plain; charset=utf-8", "traffic.mmd", mermaid(drawn)),
        _ => return Err(Fault::Missing("A diagram comes as svg or as mermaid.".to_owned())),
    };
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, text).into_response())
}
