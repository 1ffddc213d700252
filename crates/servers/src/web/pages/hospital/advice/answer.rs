use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::html;
use platform::cds_client::{Answered, CardAnswer, ClientError, Hook, answer_card};
use serde::Deserialize;

use super::card::settled;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;

#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    hook: String,
    service: String,
    call: u64,
    card: usize,
    suggestion: Option<usize>,
    #[serde(default)]
    reason: String,
}

/// `POST …/patients/{patient}/advice/answer`: takes a suggestion, or overrides a card.
pub(super) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    headers: HeaderMap,
    form: PageForm<Answer>,
) -> Result<Response, Fault> {
    let sent = form.fields;
    // Where the card stood.
    let section = match Hook::of(&sent.hook) {
        Some(Hook::OrderSelect | Hook::OrderSign) => "orders",
        Some(Hook::EncounterDischarge) => "discharge",
        Some(Hook::PatientView) | None => "summary",
    };
    let back = inside.to_chart(&of.patient, section);
    let reason = Some(sent.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    let answer = CardAnswer {
        service: sent.service,
        call: sent.call,
        card: sent.card,
        suggestion: sent.suggestion,
        reason: reason.clone(),
    };
    let (whole, fhir) = (Arc::clone(&app.platform), inside.fhir());
    let done = inside.run(&app, move |_, access| match answer_card(&whole, access, &fhir, &answer) {
        Ok(message) => Ok(Ok(message)),
        Err(error @ (ClientError::Invalid(_) | ClientError::Unknown(_))) => Ok(Err(error.to_string())),
        Err(error) => Err(error),
    });
    Ok(match done.await? {
        Ok(_) if headers.contains_key("hx-request") => {
            let answered = Answered { accepted: false, taken: None, reason };
            html! { article.advice-card data-settled { (settled(&answered)) } }.into_response()
        }
        Ok(message) => Said::well(message).at(&back),
        Err(why) => Said::badly(format!("Nothing was changed: {why}.")).at(&back),
    })
}
