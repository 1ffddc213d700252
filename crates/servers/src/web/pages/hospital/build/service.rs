use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::cds_client::{Answered, Call, DEADLINE, FAILURES_MAX, REST_S, Service};
use serde::Deserialize;

use super::services::state;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::time;
use crate::web::ui::{
    Confirm, Icon, Link, Look, Tone, breadcrumbs, card, code_block, confirm, empty, facts, figures,
    json_block, notice, tag,
};

#[derive(Deserialize)]
pub(super) struct Asked {
    name: String,
}

/// `GET …/build/service?name=NAME`: what a service said of itself, and its last calls with request and answer.
pub(super) async fn shown(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let load = inside.run(&app, move |platform, access| {
        Ok::<_, platform::cds_client::ClientError>((
            platform.called_service(access, &asked.name)?,
            access.wall_us(),
        ))
    });
    let ((service, calls), now_us) = load.await?;
    let title = &service.offer.title;
    let nothing = empty(
        Icon::Send,
        "It has not been called yet",
        "It is called at its hook, in the chart. Each call is kept here and in the journal.",
        &html! {},
    );
    let work = html! {
        (breadcrumbs(&[Link::to("Build", &inside.to("build")), Link::to(title, "").current(true)]))
        h2 { (title) }
        (card("The service", &html! { (state(&service, now_us)) }, &about(&inside, &service)))
        section.card {
            header.card-head { h2 { "Last calls" } p { "The newest first; secrets are left out." } }
            div.card-body {
                @if calls.is_empty() { (nothing) }
                @for (at, call) in calls.iter().enumerate() { (one(&inside, call, at == 0)) }
            }
        }
    };
    Ok(inside.page(Tab::Build, title, &work))
}

fn about(inside: &Inside, service: &Service) -> Markup {
    let counts = service.counts;
    let numbers = [counts.calls, counts.failed, counts.cards, counts.accepted, counts.overridden]
        .map(|n| n.to_string());
    let templates = html! {
        @if service.offer.prefetch.is_empty() { "nothing" }
        ul.plain.small {
            @for (key, template) in &service.offer.prefetch { li { code { (key) } ": " code { (template) } } }
        }
    };
    let question = Confirm {
        id: "remove-service",
        opens: "Remove…",
        icon: None,
        title: "Call this service no more?",
        body: html! {
            p { "Its last calls are forgotten; the journal keeps that they were made." }
            input type="hidden" name="name" value=(service.key);
        },
        action: &inside.to("build/services/remove"),
        does: "Remove",
        look: Look::Danger,
    };
    html! {
        p { (service.offer.description) }
        (figures(&[
            ("Calls", &numbers[0], None),
            ("Failed", &numbers[1], None),
            ("Cards", &numbers[2], None),
            ("Accepted", &numbers[3], None),
            ("Overridden", &numbers[4], None),
        ]))
        (facts(&[
            ("Address", html! { code { (service.url()) } }),
            ("Hook", html! { code { (service.offer.hook.word()) } }),
            ("Asks to know", templates),
            ("Registered by", html! { (service.added_by) }),
        ]))
        p.quiet.small {
            "It has " (DEADLINE.as_secs()) " seconds to answer, and the page does not wait for it. After " (FAILURES_MAX)
            " failures in a row it rests for " (REST_S) " seconds; registering it again ends the rest."
        }
        @if inside.may("build.change") { (confirm(&question, &inside.visitor.csrf)) }
    }
}

fn one(inside: &Inside, call: &Call, is_open: bool) -> Markup {
    let (tone, word) = match call.outcome.as_str() {
        "ok" => (Tone::Good, format!("{} cards", call.cards.len())),
        other => (Tone::Bad, other.to_owned()),
    };
    let status = call.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let ids = [format!("request-{}", call.number), format!("response-{}", call.number)];
    html! {
        details.advice-call open[is_open] {
            summary {
                span { "Call " (call.number) } " " (tag(tone, &word)) " "
                span.quiet { (time(call.at_us)) " · " (status) " · " (call.took_us / 1000) " ms" }
            }
            p { "About " a href=(inside.to_chart(&call.patient, "summary")) { "this patient" } ", at " code { (call.hook.word()) } "." }
            @if !call.why.is_empty() {
                (notice(Tone::Warn, Some("Nothing of it was shown"), &html! { ul { @for why in &call.why { li { (why) } } } }))
            }
            @if !call.cards.is_empty() {
                ul.plain { @for kept in &call.cards { li { (kept.card.summary) ": " span.quiet { (became(kept.answered.as_ref())) } } } }
            }
            (json_block(&ids[0], "Request", &call.request))
            @if call.response.is_empty() { p.quiet { "No body came." } }
            @else if call.response.starts_with('{') { (json_block(&ids[1], "Answer", &call.response)) }
            @else { (code_block(&ids[1], "Answer", &call.response)) }
        }
    }
}

fn became(answered: Option<&Answered>) -> String {
    match answered {
        None => "not answered".to_owned(),
        Some(Answered { accepted: true, taken, .. }) => {
            format!("accepted, {}", taken.as_deref().unwrap_or("done"))
        }
        Some(Answered { reason: Some(reason), .. }) => format!("overridden, {reason}"),
        Some(_) => "overridden".to_owned(),
    }
}
