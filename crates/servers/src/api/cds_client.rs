//! The hospital as a client of CDS Hooks 2.0: services of others that it calls.

use axum::http::StatusCode;
use platform::cds_client::{
    Call as Made, CardAnswer, GivenCard, Hook, KeptCard, Moment, Outcome, Registration, Service, Told,
    answer_card,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::call::Call;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewServices {
    /// A base address, a discovery address or that of one service: `http://127.0.0.1:3000`.
    url: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ServiceList {
    services: Vec<ServiceView>,
    /// Why other services of the same address are not called.
    problems: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ServiceView {
    /// What it is called in this hospital.
    name: String,
    hook: String,
    title: String,
    url: String,
    /// Calls, and how many of them gave nothing.
    calls: u64,
    failed: u64,
    /// Cards that were given, and what became of them.
    cards: u64,
    accepted: u64,
    overridden: u64,
    /// Failures in a row until now.
    failures_in_row: u32,
    /// Until when it is not called, microseconds since 1970 UTC; 0 if it was well.
    rests_until_us: i64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ServiceDetail {
    #[serde(flatten)]
    service: ServiceView,
    /// The last calls, newest first.
    last: Vec<CallView>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CallView {
    call: u64,
    hook: String,
    patient: String,
    at_us: i64,
    took_ms: i64,
    /// `ok`, or one word for what went wrong.
    outcome: String,
    why: Vec<String>,
    request: String,
    status: Option<u16>,
    response: String,
    cards: Vec<CardView>,
}

/// A card, and what became of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CardView {
    /// As CDS Hooks has it.
    #[schemars(with = "Value")]
    card: GivenCard,
    /// `accepted` or `overridden`, if somebody has answered it.
    response: Option<&'static str>,
    reason: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedMoment {
    /// The id of the patient.
    patient: String,
    /// For `order-select`: what of the catalogue is chosen and not yet drafted.
    orderable: Option<String>,
    /// For `order-select`: the drafts that were chosen, as `Type/ID`; all, if nothing is named.
    #[serde(default)]
    selections: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Advice {
    services: Vec<ToldView>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ToldView {
    service: String,
    title: String,
    call: Option<u64>,
    took_ms: i64,
    /// `ok`, `resting`, or one word for what went wrong.
    outcome: String,
    why: Vec<String>,
    cards: Vec<CardView>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenAnswer {
    /// The place of the suggestion that is taken, from 0; none, to override the card.
    suggestion: Option<usize>,
    /// Why it is overridden: the code of one of its reasons, or words.
    reason: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Done {
    message: String,
}

impl From<&Service> for ServiceView {
    fn from(service: &Service) -> Self {
        let counts = service.counts;
        Self {
            name: service.key.clone(),
            hook: service.offer.hook.word().to_owned(),
            title: service.offer.title.clone(),
            url: service.url(),
            calls: counts.calls,
            failed: counts.failed,
            cards: counts.cards,
            accepted: counts.accepted,
            overridden: counts.overridden,
            failures_in_row: service.standing.failures_in_row,
            rests_until_us: service.standing.rests_until_us,
        }
    }
}

impl From<KeptCard> for CardView {
    fn from(kept: KeptCard) -> Self {
        let word = |accepted| if accepted { "accepted" } else { "overridden" };
        Self {
            response: kept.answered.as_ref().map(|answered| word(answered.accepted)),
            reason: kept.answered.and_then(|answered| answered.reason),
            card: kept.card,
        }
    }
}

impl From<Made> for CallView {
    fn from(call: Made) -> Self {
        Self {
            call: call.number,
            hook: call.hook.word().to_owned(),
            patient: call.patient,
            at_us: call.at_us,
            took_ms: call.took_us / 1000,
            outcome: call.outcome,
            why: call.why,
            request: call.request,
            status: call.status,
            response: call.response,
            cards: call.cards.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Told> for ToldView {
    fn from(told: Told) -> Self {
        let (outcome, why, cards) = match told.outcome {
            Outcome::Cards(cards) => ("ok".to_owned(), Vec::new(), cards),
            Outcome::Nothing { word, why } => (word, why, Vec::new()),
            Outcome::Resting { until_us } => {
                let why = format!(
                    "it failed again and again, and is not called until {until_us} µs since 1970 UTC"
                );
                ("resting".to_owned(), vec![why], Vec::new())
            }
        };
        let cards = cards.into_iter().map(Into::into).collect();
        let took_ms = told.took_us / 1000;
        Self { service: told.service, title: told.title, call: told.call, took_ms, outcome, why, cards }
    }
}

/// The address of the hospital's FHIR server, as the caller reaches it.
fn fhir(call: &Call<'_>) -> String {
    format!("{}/s/{}/fhir", call.caller.base_url, call.part("sandbox"))
}

pub(super) fn list(call: &Call<'_>) -> Result<ServiceList, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let services = call.platform().called_services(&access)?;
    Ok(ServiceList { services: services.iter().map(Into::into).collect(), problems: Vec::new() })
}

pub(super) fn register(call: &Call<'_>, new: &NewServices) -> Result<ServiceList, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let Registration { services, problems } = call.platform().register_services(&access, &new.url)?;
    Ok(ServiceList { services: services.iter().map(Into::into).collect(), problems })
}

pub(super) fn read(call: &Call<'_>) -> Result<ServiceDetail, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let (service, last) = call.platform().called_service(&access, call.part("name"))?;
    Ok(ServiceDetail { service: (&service).into(), last: last.into_iter().map(Into::into).collect() })
}

pub(super) fn remove(call: &Call<'_>) -> Result<(), Problem> {
    let access = call.enter(call.part("sandbox"))?;
    Ok(call.platform().remove_service(&access, call.part("name"))?)
}

pub(super) fn ask(call: &Call<'_>, asked: &AskedMoment) -> Result<Advice, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let hook = Hook::of(call.part("hook")).ok_or_else(|| {
        let known = Hook::ALL.map(Hook::word).join(", ");
        Problem::new(StatusCode::NOT_FOUND, format!("there is no such hook here; there are {known}"))
    })?;
    let moment = Moment {
        hook,
        patient: asked.patient.clone(),
        orderable: asked.orderable.clone(),
        selections: asked.selections.clone(),
    };
    let told = call.platform().ask_services(&access, &fhir(call), &moment)?;
    Ok(Advice { services: told.into_iter().map(Into::into).collect() })
}

pub(super) fn answer(call: &Call<'_>, given: &GivenAnswer) -> Result<Done, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let (Ok(number), Ok(card)) = (call.part("call").parse(), call.part("card").parse()) else {
        let what = "a call and a card are named by their numbers";
        return Err(Problem::new(StatusCode::NOT_FOUND, what).with("expected", json!("/cds-client/NAME/1/0")));
    };
    let answer = CardAnswer {
        service: call.part("name").to_owned(),
        call: number,
        card,
        suggestion: given.suggestion,
        reason: given.reason.clone(),
    };
    Ok(Done { message: answer_card(&call.app.platform, &access, &fhir(call), &answer)? })
}
