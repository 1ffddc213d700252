use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::cds_client::{Hook, Moment, Outcome, Told};
use platform::ehr::chart::{Chart, Section};
use serde::Deserialize;

use super::card::card;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::{OfPatient, banner};
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{Icon, empty};

#[derive(Deserialize)]
pub(super) struct Asked {
    hook: String,
    orderable: Option<String>,
}

/// `GET …/patients/{patient}/advice?hook=HOOK`: asks the services; what they say, as a part of a page or as one of its own.
pub(super) async fn shown(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let hook = Hook::of(&asked.hook);
    let hook = hook.ok_or_else(|| Fault::Missing(format!("There is no hook '{}' here.", asked.hook)))?;
    let moment =
        Moment { hook, patient: of.patient.clone(), orderable: asked.orderable, selections: Vec::new() };
    let fhir = inside.fhir();
    let told = inside
        .run_dialling(&app, move |platform, access| platform.ask_services(access, &fhir, &moment))
        .await?;
    let advice = advice(&inside, &of.patient, hook, &told);
    if headers.contains_key("hx-request") {
        return Ok((StatusCode::OK, advice).into_response());
    }
    let patient = of.patient.clone();
    let of_chart =
        inside.run(&app, move |_, access| Chart::open(access, &patient, Section::Summary)?.banner()).await?;
    let nothing = empty(Icon::Shield, "Nothing to say", "No service has advice at this moment.", &html! {});
    let work = html! {
        (banner(&inside, &of_chart))
        h2 { "Decision support" }
        section.advice aria-label="Decision support" { (advice) @if told.is_empty() { (nothing) } }
    };
    Ok(inside.page(Tab::Chart, "Decision support", &work).into_response())
}

fn advice(inside: &Inside, patient: &str, hook: Hook, told: &[Told]) -> Markup {
    html! {
        @for one in told {
            @if let (Outcome::Cards(cards), Some(call)) = (&one.outcome, one.call) {
                @for (at, kept) in cards.iter().enumerate() {
                    (card(inside, patient, hook, one, (call, at), kept))
                }
            }
        }
        @for one in told { (unheard(inside, one)) }
    }
}

/// A service that gave nothing: said in one quiet line, since no work waits for it.
fn unheard(inside: &Inside, told: &Told) -> Markup {
    let words = match &told.outcome {
        Outcome::Cards(_) => return html! {},
        Outcome::Nothing { word, .. } => word.as_str(),
        Outcome::Resting { .. } => "resting after failures",
    };
    let calls = inside.to(&format!("build/service?name={}", told.service));
    html! {
        p.quiet.small.advice-unheard {
            (told.title) " gave no advice (" (words) "). " a href=(calls) { "Its last calls" }
        }
    }
}
