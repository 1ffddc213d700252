use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::live::{InterfaceView, Remedy, map};
use platform::messages::{MessageView, messages};
use platform::sandboxes::SandboxError;

use super::cells;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::time;
use crate::web::ui::{Icon, Look, Tone, card, code_block, csrf_field, empty, facts, notice, submit_as, tag};

/// `GET …/map/{interface}`: what an interface is, and its newest messages.
pub(super) async fn interface(
    State(app): State<App>,
    inside: Inside,
    Path(asked): Path<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    let id = named(&asked);
    let wanted = id.clone();
    let read = inside.run(&app, move |_, access| {
        let found = map(access)?.interfaces.into_iter().find(|one| one.id == wanted);
        let list = if found.is_some() { messages(access, &wanted)? } else { Vec::new() };
        Ok::<_, SandboxError>((found, list))
    });
    let (found, list) = read.await?;
    let one =
        found.ok_or_else(|| Fault::Missing(format!("There is no interface '{id}'. Look at the map.")))?;
    let none = "Nothing has gone over this interface yet. Admit somebody, or sign an order.";
    let work = html! {
        p { a href=(inside.to("map")) { "All systems" } }
        h2 { (one.id) }
        (about(&inside, &one))
        @if list.iter().any(|message| message.text.is_none()) {
            (notice(Tone::Info, None, &html! { p { "The role you work as may open no chart, so messages are shown without what they say." } }))
        }
        @if list.is_empty() { div.card { (empty(Icon::Send, "No messages", none, &html! {})) } }
        @else {
            ol.map-messages role="list" aria-label="Messages, newest first" {
                @for message in &list { li { (entry(&inside, &one, message)) } }
            }
        }
    };
    Ok(inside.page(Tab::Map, &one.id, &work))
}

/// The interface that an address names: the last of its parts.
pub(super) fn named(parts: &[(String, String)]) -> String {
    parts.iter().find(|(name, _)| name == "interface").map(|(_, value)| value.clone()).unwrap_or_default()
}

fn about(inside: &Inside, one: &InterfaceView) -> Markup {
    let up = one.standing == "up";
    let (change, words) = if up { ("stop", "Stop") } else { ("start", "Start") };
    let action = html! {
        @if one.is_queued {
            form method="post" action=(inside.to(&format!("map/{}", one.id))) {
                (csrf_field(&inside.visitor.csrf))
                (submit_as(words, if up { Look::Plain } else { Look::Primary }, "do", change))
            }
            @if !up && one.standing != "stopped" {
                form.row method="post" action=(inside.to(&format!("map/{}", one.id))) {
                    (csrf_field(&inside.visitor.csrf))
                    @for remedy in Remedy::ALL { (submit_as(title(remedy), Look::Plain, "repair", remedy.word())) }
                }
            }
        }
    };
    let body = facts(&[
        ("From", html! { (one.from) }),
        ("To", html! { (one.to) }),
        (
            "State",
            html! { (cells::state(one)) @if let Some(reason) = &one.reason { " " span.small { (reason) } } },
        ),
        ("Waiting", cells::waiting(one)),
        ("Delivered", cells::carried(one)),
        ("Last", cells::last(one)),
        ("Protocol", html! { (one.protocol) ", port " (one.port) }),
        ("Carries", html! { (one.events.join(", ")) }),
    ]);
    card("Interface", &action, &body)
}

fn title(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::RestartSender => "Restart sender",
        Remedy::RenewCertificate => "Renew certificate",
        Remedy::FreeDisk => "Free disk",
        Remedy::UnlockAccount => "Unlock account",
    }
}

fn entry(inside: &Inside, one: &InterfaceView, message: &MessageView) -> Markup {
    let tone = match message.state {
        "delivered" => Tone::Good,
        "waiting" => Tone::Warn,
        _ => Tone::Bad,
    };
    let again = matches!(message.state, "refused" | "lost");
    html! {
        details.card.map-message {
            summary {
                code { (message.event) } " " (tag(tone, message.state)) " "
                span.quiet { (time(message.queued_us)) ", " (message.control_id) @if message.attempts > 1 { ", " (message.attempts) " attempts" } }
            }
            div.card-body.stack {
                @if let Some(patient) = &message.patient {
                    p.row {
                        a href=(inside.to_chart(patient, "summary")) { "Chart" }
                        a href=(inside.to(&format!("map/compare/{patient}"))) { "What the systems believe" }
                    }
                }
                @if let Some(text) = &message.text { (code_block(&format!("message-{}", message.seq), "Message", text)) }
                @if let Some(answer) = &message.answer { (code_block(&format!("answer-{}", message.seq), "Acknowledgement", answer)) }
                @if again {
                    form method="post" action=(inside.to(&format!("map/{}", one.id))) {
                        (csrf_field(&inside.visitor.csrf))
                        (submit_as("Send again", Look::Plain, "resend", &message.seq.to_string()))
                    }
                }
            }
        }
    }
}
