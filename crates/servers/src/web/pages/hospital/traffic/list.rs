use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::sandboxes::Entry;
use platform::traffic::{Protocol, systems, traffic};

use super::asked::Words;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::hospital::journal::particulars;
use crate::web::pages::words::time;
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Takes, Tone, empty, link_button, submit_with, table, tag,
};

/// `GET …/traffic`: every exchange of this hospital that fits.
pub(super) async fn list(
    State(app): State<App>,
    inside: Inside,
    Query(words): Query<Words>,
) -> Result<Markup, Fault> {
    let asked = words.asked();
    let page = inside.run(&app, move |_, access| traffic(access, &asked)).await?;
    let names: Vec<String> = systems(&page.entries).into_iter().collect();
    let work = html! {
        h2 { "Traffic" }
        p.quiet {
            "What systems said to each other, from the journal. "
            a href=(inside.to("journal")) { "The whole journal" }
        }
        (filters(&words, &names))
        div.table-frame { (rows(&inside, &page.entries)) }
        div.spread {
            span.row {
                @if words.before.is_some() { (link_button("Newest", &format!("{}{}", inside.to("traffic"), words.query(None)), Look::Quiet)) }
                @if !page.entries.is_empty() {
                    (link_button("Draw what is listed", &format!("{}{}", inside.to("traffic/diagram"), words.query(words.before)), Look::Plain))
                }
            }
            @if let Some(older) = page.older { (link_button("Older", &format!("{}{}", inside.to("traffic"), words.query(Some(older))), Look::Plain)) }
        }
    };
    Ok(inside.page(Tab::Journal, "Traffic", &work))
}

fn filters(words: &Words, systems: &[String]) -> Markup {
    let mut protocols = vec![Choice::new("", "All protocols")];
    protocols.extend(Protocol::ALL.iter().map(|one| Choice::new(one.word(), one.title())));
    let mut parties = vec![Choice::new("", "All systems")];
    parties.extend(systems.iter().map(|name| Choice::new(name, name)));
    if !words.system.is_empty() && !systems.contains(&words.system) {
        parties.push(Choice::new(&words.system, &words.system));
    }
    let outcomes = [
        Choice::new("", "However it ended"),
        Choice::new("ok", "Done"),
        Choice::new("not-ok", "Refused or failed"),
    ];
    html! {
        form.search method="get" role="search" aria-label="Traffic" {
            (Select::new("protocol", "Protocol", &protocols).chosen(&words.protocol))
            (Select::new("system", "System", &parties).chosen(&words.system))
            (Select::new("outcome", "Outcome", &outcomes).chosen(&words.outcome))
            (Field::new("patient", "Patient id").takes(Takes::Search).value(&words.patient).autocomplete("off"))
            (Field::new("from", "From").placeholder("2031-03-04T06:00").value(&words.from).autocomplete("off"))
            (Field::new("until", "Until").placeholder("2031-03-04T07:00").value(&words.until).autocomplete("off"))
            (submit_with(Icon::Search, "Show", Look::Plain))
        }
    }
}

fn rows(inside: &Inside, entries: &[Entry]) -> Markup {
    let columns = [
        Column::number("No"),
        Column::text("Hospital time"),
        Column::text("From"),
        Column::text("To"),
        Column::text("What"),
        Column::text("Outcome"),
        Column::text("Patient"),
        Column::wide("Particulars"),
    ];
    let rows: Vec<Row> = entries.iter().map(|entry| row(inside, entry)).collect();
    let why = "No exchange fits. Take a filter away.";
    let all = link_button("Show everything", &inside.to("traffic"), Look::Plain);
    table("Exchanges, newest first", &columns, &rows, &empty(Icon::List, "No exchanges", why, &all))
}

fn row(inside: &Inside, entry: &Entry) -> Row {
    let event = &entry.event;
    let patient = event.subject.as_deref().and_then(|subject| subject.strip_prefix("Patient/"));
    Row::new(vec![
        html! { a href=(inside.to(&format!("traffic/{}", entry.seq))) aria-label={ "Exchange " (entry.seq) } { (entry.seq) } },
        time(event.virtual_us),
        html! { (event.source) },
        html! { (event.target) },
        html! { code { (event.kind) } },
        tag(if event.outcome == "ok" { Tone::Good } else { Tone::Bad }, &event.outcome),
        html! { @if let Some(id) = patient { a href=(inside.to_chart(id, "summary")) { code { (id) } } } },
        html! { span.small { (particulars(&event.detail)) } },
    ])
}
