use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::traffic::{Decoded, Exchange, Segment, exchange};

use super::asked::OfExchange;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::time;
use crate::web::ui::{
    Column, Link, Look, Row, Tone, breadcrumbs, card, facts, json_block, link_button, table, tag,
};

/// `GET …/traffic/{seq}`: what was asked and what was answered, beside each other.
pub(super) async fn shown(
    State(app): State<App>,
    inside: Inside,
    Path(OfExchange { seq }): Path<OfExchange>,
) -> Result<Markup, Fault> {
    let fhir = inside.fhir();
    let found = inside.run(&app, move |platform, access| exchange(platform, access, &fhir, seq)).await?;
    let one = found.ok_or_else(|| Fault::Missing(format!("Entry {seq} of the journal is no exchange.")))?;
    let title = format!("Exchange {seq}");
    let work = html! {
        (breadcrumbs(&[Link::to("Traffic", &inside.to("traffic")), Link::to(&title, "").current(true)]))
        div.stack {
            div.spread {
                h2 { (title) }
                span.row {
                    (link_button("Its whole way", &inside.to(&format!("traffic/{seq}/journey")), Look::Plain))
                    (link_button("In the journal", &inside.to(&format!("journal?entry={seq}")), Look::Quiet))
                }
            }
            (head(&inside, &one))
            div.exchange {
                (half("request", "Asked", &one.request))
                (half("response", "Answered", &one.response))
            }
        }
    };
    Ok(inside.page(Tab::Journal, &title, &work))
}

fn head(inside: &Inside, one: &Exchange) -> Markup {
    let event = &one.entry.event;
    let tone = if event.outcome == "ok" { Tone::Good } else { Tone::Bad };
    let patient = event.subject.as_deref().and_then(|subject| subject.strip_prefix("Patient/"));
    facts(&[
        ("Protocol", html! { (one.protocol.title()) " " code { (event.kind) } }),
        ("From", html! { (event.source) span.quiet { ", " (event.actor) } }),
        ("To", html! { (event.target) }),
        ("When", time(event.virtual_us)),
        ("Outcome", tag(tone, &event.outcome)),
        (
            "Patient",
            html! { @match patient { Some(id) => a href=(inside.to_chart(id, "summary")) { code { (id) } }, None => "–" } },
        ),
    ])
}

fn half(id: &str, title: &str, decoded: &Decoded) -> Markup {
    let body = match decoded {
        Decoded::Http { line, body } => html! {
            p { code { (line) } }
            @match body {
                Some(body) => (json_block(id, title, body)),
                None => p.quiet { "No body." },
            }
        },
        Decoded::Now { line, body } => html! {
            p { code { (line) } }
            p.quiet.small {
                "What was answered then is not kept: every look would keep the hospital once more. The same search finds this now, and of it the \
                 first 20 are shown."
            }
            (json_block(id, &format!("{title}, asked again"), body))
        },
        Decoded::Hl7(segments) => {
            html! { @for (at, segment) in segments.iter().enumerate() { (fields(title, at, segment)) } }
        }
        Decoded::Dicom(lines) => {
            let columns = [Column::text("Tag"), Column::text("VR"), Column::wide("Value")];
            let row = |(tag, vr, value): &(String, String, String)| {
                Row::new(vec![html! { code { (tag) } }, html! { (vr) }, html! { (value) }])
            };
            let rows: Vec<Row> = lines.iter().map(row).collect();
            table(&format!("{title}: the data set"), &columns, &rows, &html! { p.quiet { "Nothing." } })
        }
        Decoded::Told(lines) => {
            let columns = [Column::text("Particular"), Column::wide("Value")];
            let row = |(name, value): &(String, String)| {
                Row::new(vec![html! { code { (name) } }, html! { (value) }])
            };
            let rows: Vec<Row> = lines.iter().map(row).collect();
            html! {
                (table(&format!("{title}: what the journal tells"), &columns, &rows, &html! { p.quiet { "Nothing." } }))
                p.quiet.small { "What was said word for word is not kept; this is what the journal knows of it." }
            }
        }
        Decoded::Nothing(why) => html! { p.quiet { (why) } },
    };
    card(title, &html! {}, &body)
}

fn fields(title: &str, at: usize, segment: &Segment) -> Markup {
    let columns = [Column::text("Field"), Column::text("Name"), Column::wide("Value")];
    let rows: Vec<Row> = segment
        .fields
        .iter()
        .map(|field| {
            Row::new(vec![
                html! { code { (field.place) } },
                html! { (field.name.unwrap_or_default()) },
                html! { code { (field.value) } },
            ])
        })
        .collect();
    let name = format!("{title}: segment {} {}", at + 1, segment.id);
    html! { h3 { (segment.id) } (table(&name, &columns, &rows, &html! { p.quiet { "Empty." } })) }
}
