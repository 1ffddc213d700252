use std::collections::BTreeMap;

use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::engine::{Delivery, InterfaceError, MessageView, message, message_diff};
use serde_json::Value;

use super::dashboard::state;
use super::difference::differences;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::{query_value, time};
use crate::web::ui::{Field, Look, Tone, card, code_block, csrf_field, facts, json_block, notice, submit};

/// `GET …/engine/message?id=`: a message at each step of its way; with `&with=` another, what differs.
pub(crate) async fn shown(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Markup, Fault> {
    let number = |name: &str| asked.get(name).and_then(|text| text.trim().parse::<i64>().ok());
    let (id, with) = (number("id").unwrap_or(0), number("with"));
    let load = inside.run(&app, move |_, access| {
        let view = message(access, id)?;
        let with = with.or(view.message.replay_of);
        let compared = with.and_then(|with| Some((with, message_diff(access, with, id).ok()?)));
        Ok::<_, InterfaceError>((view, compared))
    });
    let (view, compared) = load.await?;
    let work = html! {
        p { a href=(inside.to("engine")) { "Channels" } " · " a href=(inside.to(&format!("engine/messages?channel={}", query_value(&view.message.channel)))) { "Messages of " (view.message.channel) } }
        (head(&inside, &view))
        (card("Source", &state(&view.message.state), &source(&view)))
        @for delivery in &view.deliveries { (card(&delivery.destination, &state(&delivery.state), &destination(delivery))) }
        (card("Compare", &html! {}, &compare(&inside, id, compared.as_ref().map(|(with, differing)| (*with, differences(differing))))))
    };
    Ok(inside.page(Tab::Engine, &format!("Message {id}"), &work))
}

fn head(inside: &Inside, view: &MessageView) -> Markup {
    let of = &view.message;
    let rows = [
        ("Received", time(of.received_us)),
        (
            "Channel",
            html! { a href=(inside.to(&format!("engine/channel?name={}&version={}", query_value(&of.channel), of.number))) { (of.channel) ", version " (of.number) } },
        ),
        ("Kind", html! { code { (of.kind) } }),
        ("Control id", html! { code { (of.control_id) } }),
        (
            "Replay of",
            html! { @match of.replay_of { Some(id) => a href=(inside.to(&format!("engine/message?id={id}"))) { "message " (id) }, None => "–" } },
        ),
    ];
    let acts = html! {
        @if inside.may("channel.manage") {
            span.row {
                (act(inside, "replay", of.id, "Replay"))
                @if view.deliveries.iter().any(|one| one.state == "ERROR" && one.payload.is_some()) { (act(inside, "retry", of.id, "Retry dead letters")) }
            }
        }
    };
    card(&format!("Message {}", of.id), &acts, &facts(&rows))
}

fn act(inside: &Inside, what: &str, id: i64, words: &str) -> Markup {
    html! {
        form method="post" action=(inside.to(&format!("engine/{what}"))) {
            (csrf_field(&inside.visitor.csrf))
            input type="hidden" name="message" value=(id);
            (submit(words, Look::Plain))
        }
    }
}

fn source(view: &MessageView) -> Markup {
    let of = &view.message;
    let logs: Vec<Value> = serde_json::from_str(&of.logs).unwrap_or_default();
    html! {
        @if let Some(error) = &of.error { (notice(Tone::Bad, None, &html! { p { (error) } })) }
        (body("raw", "Raw", &of.raw))
        @if let Some(transformed) = of.transformed.as_ref().filter(|made| **made != of.raw) { (body("transformed", "Transformed", transformed)) }
        @else if of.transformed.is_some() { p.quiet.small { "The transformer left it as it was." } }
        (json_block("maps", "Maps", &of.maps))
        @if !logs.is_empty() {
            h3 { "Log" }
            ul.plain.small { @for line in &logs { li { code { (line["level"].as_str().unwrap_or_default()) } " " (line["text"].as_str().unwrap_or_default()) } } }
        }
    }
}

fn destination(delivery: &Delivery) -> Markup {
    let at = delivery.place;
    html! {
        @if let Some(error) = &delivery.error { (notice(if delivery.state == "ERROR" { Tone::Bad } else { Tone::Warn }, None, &html! { p { (error) } })) }
        (facts(&[
            ("Attempts", html! { (delivery.attempts) }),
            ("Next attempt", html! { @if delivery.state == "QUEUED" || delivery.state == "PENDING" { (time(delivery.due_us)) } @else { "–" } }),
            ("Settled", html! { @match delivery.settled_us { Some(us) => (time(us)), None => "–" } }),
        ]))
        @if let Some(payload) = &delivery.payload { (body(&format!("sent-{at}"), "Sent", payload)) }
        @if let Some(response) = &delivery.response { (body(&format!("response-{at}"), "Response", response)) }
    }
}

/// A message as text: HL7 v2 with a segment a line, JSON laid out.
fn body(id: &str, name: &str, bytes: &[u8]) -> Markup {
    let text = String::from_utf8_lossy(bytes);
    if text.starts_with('{') {
        json_block(id, name, &text)
    } else {
        code_block(id, name, &text.replace('\r', "\n"))
    }
}

fn compare(inside: &Inside, id: i64, compared: Option<(i64, Markup)>) -> Markup {
    html! {
        form.row method="get" action=(inside.to("engine/message")) {
            input type="hidden" name="id" value=(id);
            (Field::new("with", "Another message").hint("Its number."))
            (submit("Compare", Look::Plain))
        }
        @if let Some((with, differing)) = compared { h3 { "From message " (with) " to this one" } (differing) }
    }
}
