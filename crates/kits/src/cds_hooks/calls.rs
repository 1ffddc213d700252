use std::collections::BTreeSet;
use std::time::Instant;

use serde_json::{Value, json};
use standards::cds_hooks::{Hook, problems_of_answer};

use super::call::{call, called, object};
use super::people::{Carries, people};
use crate::model::{Group, Stop, Test, Weight};
use crate::run::Step;

/// Within what half of the answers come from a service that disturbs nobody, in milliseconds.
const QUICK_MS: u128 = 500;
/// What the answers of a call are kept under for later tests.
const ANSWERS: &str = "answers";

/// Calls with everything that was asked for.
pub(super) fn group() -> Group {
    let id = |name: &str| format!("cds-hooks-service/calls/{name}");
    Group {
        id: "cds-hooks-service/calls".to_owned(),
        title: "Calls".to_owned(),
        about: "Three invented patients: one for whom much can go wrong, one for whom nothing can, one about whom hardly anything is known."
            .to_owned(),
        tests: vec![
            Test::new(id("answers"), "Every call is answered with 200 and a JSON object", answers)
                .of(&["cds.answer"])
                .needs(&["discovery"])
                .gives(&["calls"]),
            Test::new(id("cards"), "Every card can be shown", cards).of(&["cds.cards"]).needs(&["calls"]),
            Test::new(id("uuid"), "Cards and suggestions have names of their own", names)
                .about("Optional in the standard; without a name nobody can tell the service what became of its advice.")
                .of(&["cds.uuid"])
                .needs(&["calls"])
                .optional(true),
            Test::new(id("quick"), "Half of the answers come within 500 ms", quick)
                .about("Measured from here, network and all.")
                .of(&["cds.quick"])
                .needs(&["calls"])
                .optional(true),
        ],
        ..Group::default()
    }
}

/// Calls without it.
pub(super) fn without() -> Group {
    let id = |name: &str| format!("cds-hooks-service/prefetch/{name}");
    Group {
        id: "cds-hooks-service/prefetch".to_owned(),
        title: "Prefetch".to_owned(),
        about: "What a service does about what it is not told.".to_owned(),
        tests: vec![
            Test::new(id("nothing"), "That there was nothing to fetch is no error", nothing)
                .about("Every search finds nothing, every read but the patient's is null.")
                .of(&["cds.nothing"])
                .needs(&["discovery"]),
            Test::new(id("missing"), "A call without prefetch gets an answer, or 412", missing)
                .about("No FHIR server is named either: whoever cannot judge says so with 412, and does not guess or break.")
                .of(&["cds.unfetched"])
                .needs(&["discovery"]),
        ],
        ..Group::default()
    }
}

fn answers(step: &mut Step<'_>) -> Result<(), Stop> {
    let offers = called(step)?;
    let hooks: BTreeSet<&str> = offers.iter().map(|offer| offer.hook.word()).collect();
    step.unseen(
        Hook::ALL
            .iter()
            .filter(|hook| !hooks.contains(hook.word()))
            .map(|hook| format!("the hook {}: no service that was called is for it", hook.word())),
    );
    let mut all = Vec::new();
    for offer in &offers {
        for patient in people() {
            let began = Instant::now();
            let response = call(step, offer, patient, Carries::Everything)?;
            let took_ms = began.elapsed().as_millis();
            if response.status != 200 {
                return Err(Stop::Fail(format!(
                    "{} was called about {} with all that it asked for, and answered with {}",
                    offer.id, patient.id, response.status
                )));
            }
            let answer = object(&response)?;
            all.push(
                json!({"service": offer.id, "patient": patient.id, "answer": answer, "took_ms": took_ms}),
            );
        }
    }
    step.name_exchanges(ANSWERS);
    step.give("calls", json!(all).to_string());
    Ok(())
}

/// What the calls gave: service, answer, milliseconds.
pub(super) fn given(step: &mut Step<'_>) -> Vec<(String, Value, u128)> {
    step.rest_on(ANSWERS);
    let all: Value = serde_json::from_str(&step.value("calls")).unwrap_or_default();
    let one = |one: &Value| {
        let service = one["service"].as_str().unwrap_or_default().to_owned();
        (service, one["answer"].clone(), u128::from(one["took_ms"].as_u64().unwrap_or_default()))
    };
    all.as_array().into_iter().flatten().map(one).collect()
}

/// Every card that was given, with its service.
pub(super) fn cards_of(given: &[(String, Value, u128)]) -> Vec<(String, Value)> {
    let of = |(service, answer, _): &(String, Value, u128)| {
        let cards = answer["cards"].as_array().cloned().unwrap_or_default();
        cards.into_iter().map(|card| (service.clone(), card)).collect::<Vec<_>>()
    };
    given.iter().flat_map(of).collect()
}

fn cards(step: &mut Step<'_>) -> Result<(), Stop> {
    let given = given(step);
    let mut wrong = BTreeSet::new();
    for (service, answer, _) in &given {
        wrong.extend(problems_of_answer(answer).into_iter().map(|problem| format!("{service}: {problem}")));
    }
    if !wrong.is_empty() {
        return Err(Stop::Fail(wrong.into_iter().collect::<Vec<_>>().join("; ")));
    }
    let cards = cards_of(&given);
    if cards.is_empty() {
        let what = "no card was given about any of these patients, so none could be looked at";
        step.note(Weight::Warning, what);
        step.unseen(["a card".to_owned()]);
        return Ok(());
    }
    let has = |member: &str| cards.iter().any(|(_, card)| card.get(member).is_some());
    let members = ["suggestions", "links", "overrideReasons"];
    step.unseen(
        members.into_iter().filter(|member| !has(member)).map(|member| format!("a card with {member}")),
    );
    Ok(())
}

fn names(step: &mut Step<'_>) -> Result<(), Stop> {
    let cards = cards_of(&given(step));
    if cards.is_empty() {
        return Err(Stop::Skip("no card was given".to_owned()));
    }
    let mut seen = BTreeSet::new();
    for (service, card) in &cards {
        let suggestions = card["suggestions"].as_array().into_iter().flatten();
        for named in std::iter::once(card).chain(suggestions) {
            match named["uuid"].as_str().filter(|uuid| !uuid.is_empty()) {
                None => return Err(Stop::Fail(format!("a card or a suggestion of {service} has no uuid"))),
                Some(uuid) if !seen.insert(uuid.to_owned()) => {
                    return Err(Stop::Fail(format!("{service} gave the uuid {uuid} twice")));
                }
                Some(_) => {}
            }
        }
    }
    Ok(())
}

fn quick(step: &mut Step<'_>) -> Result<(), Stop> {
    let mut took_ms: Vec<u128> = given(step).into_iter().map(|(_, _, took_ms)| took_ms).collect();
    took_ms.sort_unstable();
    let median_ms = took_ms.get(took_ms.len().saturating_sub(1) / 2).copied().unwrap_or_default();
    match median_ms <= QUICK_MS {
        true => Ok(()),
        false => Err(Stop::Fail(format!("half of the answers took longer than {median_ms} ms"))),
    }
}

fn nothing(step: &mut Step<'_>) -> Result<(), Stop> {
    for offer in called(step)? {
        for patient in people() {
            let response = call(step, &offer, patient, Carries::Nothing)?;
            if response.status == 412 {
                continue;
            }
            if response.status != 200 {
                return Err(Stop::Fail(format!(
                    "{} was told that there is nothing to know about {}, and answered with {}",
                    offer.id, patient.id, response.status
                )));
            }
            sound(&offer.id, &object(&response)?)?;
        }
    }
    Ok(())
}

fn missing(step: &mut Step<'_>) -> Result<(), Stop> {
    let offers = called(step)?;
    let wishing: Vec<_> = offers.iter().filter(|offer| !offer.prefetch.is_empty()).collect();
    if wishing.is_empty() {
        return Err(Stop::Omit("no service asks to know anything beforehand".to_owned()));
    }
    for offer in wishing {
        for patient in people() {
            let response = call(step, offer, patient, Carries::NoPrefetch)?;
            match response.status {
                412 => {}
                200 => sound(&offer.id, &object(&response)?)?,
                other => {
                    return Err(Stop::Fail(format!(
                        "{} was called without prefetch and answered with {other}; say 412 where it cannot judge",
                        offer.id
                    )));
                }
            }
        }
    }
    Ok(())
}

fn sound(service: &str, answer: &Value) -> Result<(), Stop> {
    let problems = problems_of_answer(answer);
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Stop::Fail(format!("{service}: {}", problems.join("; ")))),
    }
}
