use std::sync::Arc;

use serde_json::json;

use super::act::perform;
use super::error::ClientError;
use super::feedback::{Feedback, tell_later};
use super::keep::{Answered, Call, KeptCard, Service, call, keep_call, keep_service, service};
use super::register::unknown;
use crate::access::{Access, outcome};
use crate::ehr::chart::still_open;
use crate::ehr::lookup::subject;
use crate::ehr::roles::working;
use crate::fhir::Context;
use crate::platform::Platform;

/// The journal kind of what a person made of a card.
const ANSWERED: &str = "cds.card";
/// The longest reason somebody may write, in characters.
const REASON_CHARS_MAX: usize = 500;

/// What a person makes of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAnswer {
    /// The key of the service.
    pub service: String,
    /// The number of the call.
    pub call: u64,
    /// The place of the card in its answer, from 0.
    pub card: usize,
    /// The place of the suggestion that is taken; none, if the card is overridden.
    pub suggestion: Option<usize>,
    /// Why it is overridden: the code of one of the card's reasons, or words.
    pub reason: Option<String>,
}

/// Does what was suggested, or takes down that it was not; then tells the service, in a thread of its own. Returns what was
/// done, in a sentence.
///
/// # Errors
/// [`ClientError`]; then nothing was changed, and nobody was told.
pub fn answer_card(
    platform: &Arc<Platform>,
    access: &Access,
    fhir: &str,
    answer: &CardAnswer,
) -> Result<String, ClientError> {
    let found = access.sandbox().view(|view| {
        let service = service(view, &answer.service)?.ok_or_else(|| unknown(&answer.service))?;
        Ok::<_, ClientError>((service, call(view, &answer.service, answer.call)?))
    })?;
    let (asked, Some(given)) = found else {
        let what = "this card is too old to be answered; open the page again to ask the service anew";
        return Err(ClientError::Unknown(what.to_owned()));
    };
    still_open(access, &given.patient)?;
    let (card, answered, feedback) = read(answer, &given)?;
    let by = working(access)?;
    let context =
        Context { access, base_url: fhir, entropy: platform.entropy(), limits: &platform.limits().json };
    let actions = answer.suggestion.and_then(|at| card.card.suggestions.get(at));
    access.change(ANSWERED, |change| {
        for action in actions.iter().flat_map(|suggestion| &suggestion.actions) {
            perform(&context, change, &by, &given.patient, action)?;
        }
        let mut call = call(change.view(), &answer.service, answer.call)?.unwrap_or_else(|| given.clone());
        let kept = call.cards.get_mut(answer.card);
        if kept.as_ref().is_some_and(|kept| kept.answered.is_some()) {
            return Err(ClientError::because("this card has been answered already"));
        }
        if let Some(kept) = kept {
            kept.answered = Some(answered.clone());
        }
        keep_call(change, access, &call)?;
        if let Some(mut known) = service(change.view(), &asked.key)? {
            count(&mut known, &answered);
            keep_service(change, access, &known)?;
        }
        let detail = json!({
            "service": asked.key,
            "call": answer.call,
            "card": card.card.uuid,
            "summary": card.card.summary,
            "response": if answered.accepted { "accepted" } else { "overridden" },
            "taken": answered.taken,
            "reason": answered.reason,
        });
        change.note(&access.event(ANSWERED, subject(&given.patient), outcome::OK, detail))?;
        Ok(())
    })?;
    if let Some(feedback) = feedback {
        tell_later(platform, access, fhir, &asked, &given.patient, feedback);
    }
    Ok(match &answered.taken {
        Some(taken) => format!("Done: {taken}"),
        None => "Overridden. The service is told.".to_owned(),
    })
}

/// The card that is meant, what becomes of it, and what its service is told.
fn read<'a>(
    answer: &CardAnswer,
    given: &'a Call,
) -> Result<(&'a KeptCard, Answered, Option<Feedback>), ClientError> {
    let card = given.cards.get(answer.card);
    let card = card.ok_or_else(|| ClientError::Unknown("the call gave no such card".to_owned()))?;
    let reason = answer.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_some_and(|reason| reason.chars().count() > REASON_CHARS_MAX) {
        return Err(ClientError::because(format!("a reason has at most {REASON_CHARS_MAX} characters")));
    }
    let Some(at) = answer.suggestion else {
        let known = card.card.override_reasons.iter().find(|known| Some(known.code.as_str()) == reason);
        let words = known.map(|known| known.display.clone()).or_else(|| reason.map(str::to_owned));
        let answered = Answered { accepted: false, taken: None, reason: words };
        let uuid = card.card.uuid.as_deref();
        let feedback = uuid.map(|uuid| Feedback::overridden(uuid, known, reason));
        return Ok((card, answered, feedback));
    };
    let suggestion = card.card.suggestions.get(at);
    let suggestion =
        suggestion.ok_or_else(|| ClientError::Unknown("the card has no such suggestion".to_owned()))?;
    let answered = Answered { accepted: true, taken: Some(suggestion.label.clone()), reason: None };
    // What is taken is told by its own name; without one there is nothing to tell.
    let names = card.card.uuid.as_deref().zip(suggestion.uuid.as_deref());
    Ok((card, answered, names.map(|(uuid, taken)| Feedback::accepted(uuid, taken))))
}

fn count(service: &mut Service, answered: &Answered) {
    match answered.accepted {
        true => service.counts.accepted += 1,
        false => service.counts.overridden += 1,
    }
}
