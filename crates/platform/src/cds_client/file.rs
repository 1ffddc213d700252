use serde_json::{Value, json};
use standards::cds_hooks::GivenCard;

use super::ask::Ready;
use super::error::ClientError;
use super::hear::{Unheard, cards_of};
use super::keep::{Call, KeptCard, Service, calls, keep_call, keep_service, service};
use super::moment::Moment;
use crate::access::{Access, outcome};
use crate::dial::Came;
use crate::ehr::lookup::subject;

/// The journal kind of a call.
const CALLED: &str = "cds.call";
/// Characters of a request or an answer that are kept.
const TEXT_CHARS_MAX: usize = 40_000;

/// What a service told at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The service's key.
    pub service: String,
    /// What people call it.
    pub title: String,
    /// The number of the call, if one was made.
    pub call: Option<u64>,
    /// How long it took, in microseconds.
    pub took_us: i64,
    /// What came.
    pub outcome: Outcome,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// An answer: cards, or none where there is nothing to say. One that was overridden before says so already.
    Cards(Vec<KeptCard>),
    /// Nothing that can be shown.
    Nothing {
        /// In one word.
        word: String,
        /// Why, in sentences.
        why: Vec<String>,
    },
    /// It was not asked: it rests until then, by the machine's clock, microseconds since 1970 UTC.
    Resting {
        /// Until when.
        until_us: i64,
    },
}

impl Told {
    /// A service that has told nothing yet.
    pub(super) fn of(service: &Service) -> Self {
        Self {
            service: service.key.clone(),
            title: service.offer.title.clone(),
            call: None,
            took_us: 0,
            outcome: Outcome::Cards(Vec::new()),
        }
    }
}

/// Takes down what came of calls, in one change: the calls, how the services stand, the journal.
pub(super) fn file(
    access: &Access,
    moment: &Moment,
    instance: &str,
    ready: Vec<Ready>,
    came: Vec<Came>,
) -> Result<Vec<Told>, ClientError> {
    access.change(CALLED, |change| {
        let mut all = Vec::with_capacity(ready.len());
        for (Ready { service: asked, shown, .. }, came) in ready.into_iter().zip(came) {
            let heard = cards_of(&came);
            // Somebody may have removed it meanwhile: then there is nothing to keep, and still something to show.
            let known = service(change.view(), &asked.key)?;
            let mut call = kept(access, moment, instance, &asked, &shown, &came, &heard);
            let mut number = None;
            if let Some(mut known) = known {
                call.number = known.counts.calls + 1;
                remember(&mut call, &calls(change.view(), &asked.key)?);
                count(&mut known, &heard, access.wall_us());
                keep_call(change, access, &call)?;
                keep_service(change, access, &known)?;
                note(access, change, &call)?;
                number = Some(call.number);
            }
            all.push(Told { call: number, ..told(&asked, call, heard.is_ok()) });
        }
        Ok(all)
    })
}

fn told(service: &Service, call: Call, is_heard: bool) -> Told {
    let outcome = match is_heard {
        true => Outcome::Cards(call.cards),
        false => Outcome::Nothing { word: call.outcome, why: call.why },
    };
    Told { took_us: call.took_us, outcome, ..Told::of(service) }
}

/// A card that somebody overrode for this patient at this moment of work, and that is given again, is still overridden: nobody
/// is asked the same thing twice.
fn remember(call: &mut Call, earlier: &[Call]) {
    let same = |one: &&Call| one.patient == call.patient && one.hook == call.hook;
    let before: Vec<&KeptCard> = earlier.iter().filter(same).flat_map(|one| &one.cards).collect();
    for kept in &mut call.cards {
        let overridden = before.iter().find(|other| {
            other.card.summary == kept.card.summary
                && other.answered.as_ref().is_some_and(|answered| !answered.accepted)
        });
        kept.answered = overridden.and_then(|other| other.answered.clone());
    }
}

fn count(service: &mut Service, heard: &Result<Vec<GivenCard>, Unheard>, now_us: i64) {
    service.counts.calls += 1;
    service.counts.failed += u64::from(heard.is_err());
    service.counts.cards += heard.as_ref().map_or(0, |cards| cards.len() as u64);
    let well = heard.as_ref().err().is_none_or(|unheard| !unheard.is_failure);
    service.standing = service.standing.after(well, now_us);
}

fn kept(
    access: &Access,
    moment: &Moment,
    instance: &str,
    service: &Service,
    request: &Value,
    came: &Came,
    heard: &Result<Vec<GivenCard>, Unheard>,
) -> Call {
    let (word, why) = match heard {
        Ok(_) => (outcome::OK, Vec::new()),
        Err(unheard) => (unheard.word, unheard.why.clone()),
    };
    let cards = heard.iter().flatten().cloned();
    Call {
        number: 0,
        service: service.key.clone(),
        hook: moment.hook,
        hook_instance: instance.to_owned(),
        patient: moment.patient.clone(),
        at_us: access.virtual_us(),
        took_us: came.took_us,
        outcome: word.to_owned(),
        why,
        request: cut(&serde_json::to_string_pretty(request).unwrap_or_default()),
        status: (came.response.status > 0).then_some(came.response.status),
        response: cut(&pretty(&came.response.body)),
        cards: cards.map(|card| KeptCard { card, answered: None }).collect(),
    }
}

fn note(access: &Access, change: &mut store::sandbox::Change<'_>, call: &Call) -> Result<(), ClientError> {
    let cards = call.cards.iter().map(|kept| {
        json!({"uuid": kept.card.uuid, "indicator": kept.card.indicator, "summary": kept.card.summary})
    });
    let mut detail = json!({
        "service": call.service,
        "call": call.number,
        "hook": call.hook,
        "hook_instance": call.hook_instance,
        "took_ms": call.took_us / 1000,
        "status": call.status,
        "cards": cards.collect::<Vec<_>>(),
    });
    if !call.why.is_empty() {
        detail["what"] = call.why.join("; ").chars().take(500).collect::<String>().into();
    }
    let mut event = access.event(CALLED, subject(&call.patient), &call.outcome, detail);
    event.source = "EHR".to_owned();
    event.target = format!("CDS {}", call.service);
    change.note(&event)?;
    Ok(())
}

/// JSON as people read it; anything else as it is.
fn pretty(body: &[u8]) -> String {
    let value: Option<Value> = serde_json::from_slice(body).ok();
    let text = value.and_then(|value| serde_json::to_string_pretty(&value).ok());
    text.unwrap_or_else(|| String::from_utf8_lossy(body).into_owned())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(TEXT_CHARS_MAX) {
        Some((at, _)) => format!("{}\n… (cut here)", &text[..at]),
        None => text.to_owned(),
    }
}
