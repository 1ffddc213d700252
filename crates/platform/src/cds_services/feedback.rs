use serde_json::{Value, json};
use standards::cds_hooks::{Feedback, feedback};
use store::journal::{Entry, Filter};

use super::answer::{CALLED, SYSTEM, note};
use super::error::ServiceError;
use super::services::service;
use crate::access::Access;
use crate::models::is_deployed;

/// The journal kind of what became of a card.
const TOLD: &str = "cds.feedback";
/// Calls looked through for a card.
const CALLS_MAX: usize = 5_000;

/// Takes down what became of the cards of the service `id`.
///
/// # Errors
/// [`ServiceError`], with every problem at once: a card that this service never gave is one. Then nothing is taken down.
pub fn record_feedback(access: &Access, id: &str, body: &Value) -> Result<(), ServiceError> {
    if service(id).is_none() && !is_deployed(access, id)? {
        return Err(ServiceError::Unknown(id.to_owned()));
    }
    let told = feedback(body).map_err(ServiceError::Invalid)?;
    let filter =
        Filter { kinds: vec![CALLED.to_owned()], newest_first: true, limit: CALLS_MAX, ..Filter::default() };
    let calls = access.sandbox().journal(&filter)?;
    let given = |one: &Feedback| {
        // A service of somebody else may have the same id; calls of ours are addressed to ours.
        let of_service =
            calls.iter().filter(|call| call.event.target == SYSTEM && call.event.detail["service"] == id);
        of_service.into_iter().find(|call| gave(call, &one.card))
    };
    let unknown = told.iter().filter(|one| given(one).is_none());
    let problems: Vec<String> = unknown.map(|one| format!("{id} gave no card {}", one.card)).collect();
    if !problems.is_empty() {
        return Err(ServiceError::Invalid(problems));
    }
    for one in &told {
        let about = given(one).and_then(|call| call.event.subject.clone());
        let word = if one.accepted { "accepted" } else { "overridden" };
        let detail = json!({
            "service": id,
            "card": one.card,
            "response": word,
            "suggestions": one.suggestions,
            "reason": one.reason,
        });
        note(access, TOLD, about, crate::access::outcome::OK, detail)?;
    }
    Ok(())
}

fn gave(call: &Entry, card: &str) -> bool {
    let cards = call.event.detail["cards"].as_array().into_iter().flatten();
    cards.into_iter().any(|given| given["uuid"] == card)
}
