use serde_json::{Map, Value, json};
use standards::cds_hooks::{Card, Choice, Hook, HookCall, Indicator, Offer, Source};
use store::StoreError;

use super::deploy::offer;
use super::keep::{Deployment, Mode, deployment, deployments};
use super::score::{Said, Scored, score};
use crate::access::{Access, outcome};
use crate::ehr::lookup::{get, subject};
use crate::ids::new_id;
use crate::models::study::{Registered, StudyError};
use crate::platform::Platform;

/// The journal kind of a score.
pub(super) const SCORED: &str = "model.score";
/// The code system of the reasons that may be given for not following a card.
const REASONS: &str = "https://practicum.example/override-reason";
/// What a card tells of the features that weigh most.
const TOLD: usize = 4;

/// The reasons.
const WHY: [(&str, &str); 4] = [
    ("known-and-watched", "Known, and watched closely"),
    ("acted-already", "Something is being done about it"),
    ("wrong-data", "What the model knows is wrong"),
    ("does-not-apply", "Does not apply to this patient"),
];

/// The services of the models that answer, as discovery tells of them.
pub(crate) fn offers(platform: &Platform, access: &Access) -> Result<Vec<Offer>, StoreError> {
    let deployed = access.sandbox().view(deployments)?;
    let models = platform.models(access)?;
    let of =
        |one: &Deployment| models.iter().find(|model| model.name == one.name && model.version == one.version);
    Ok(deployed.iter().filter_map(of).map(offer).collect())
}

/// Whether a service id is that of a model that answers.
pub(crate) fn is_deployed(access: &Access, service: &str) -> Result<bool, StoreError> {
    match service.strip_prefix("model-") {
        Some(name) => Ok(access.sandbox().view(|view| deployment(view, name))?.is_some()),
        None => Ok(false),
    }
}

/// What a model says where a chart is opened: its cards, of which there are none where it is silent, has nothing to say, or failed.
/// Whatever goes wrong with the model is in the journal, and no care waits for it.
///
/// # Errors
/// When the call itself is wrong, in sentences.
pub(crate) fn advise(
    platform: &Platform,
    access: &Access,
    service: &str,
    body: &Value,
) -> Result<(HookCall, Vec<Card>), Vec<String>> {
    let call = HookCall::read(body)?;
    if call.hook != Hook::PatientView {
        return Err(vec![format!(
            "{service} is a service for the hook {}, not for {}",
            Hook::PatientView.word(),
            call.hook.word()
        )]);
    }
    let name = service.strip_prefix("model-").unwrap_or(service);
    let began_us = platform.clock.now_us();
    let encounter = body.pointer("/context/encounterId").and_then(Value::as_str).filter(|id| is_id(id));
    let (deployed, done) = scored(platform, access, name, &call.patient, encounter);
    let took_us = platform.clock.now_us() - began_us;
    let mut detail = json!({"model": name, "hook_instance": call.hook_instance, "took_us": took_us, "encounter": encounter});
    if let Some(deployed) = &deployed {
        detail["version"] = deployed.version.into();
        detail["mode"] = json!(deployed.mode);
        detail["threshold"] = json!(deployed.threshold);
    }
    let mut cards = Vec::new();
    let word = match (&deployed, done) {
        (Some(deployed), Ok((model, Scored { known, said }))) => {
            detail["features"] =
                known.iter().map(|(name, value)| (name.clone(), json!(value))).collect::<Map<_, _>>().into();
            match said {
                Said::Incomplete(missing) => {
                    detail["missing"] = json!(missing);
                    "incomplete"
                }
                Said::Risk(risk, parts) => {
                    detail["risk"] = json!(risk);
                    if deployed.mode == Mode::Live && risk >= deployed.threshold {
                        let uuid = new_id(platform.entropy());
                        detail["card"] = uuid.as_str().into();
                        let parts: Vec<(&str, f64)> =
                            parts.iter().map(|part| (part.feature.as_str(), part.value)).collect();
                        cards.push(card(&model, deployed, risk, &parts, &known, uuid));
                    }
                    outcome::OK
                }
            }
        }
        (_, Err(error)) => {
            detail["what"] = error.to_string().chars().take(500).collect::<String>().into();
            "failed"
        }
        (None, Ok(_)) => "failed",
    };
    let mut event = access.event(SCORED, subject(&call.patient), word, detail);
    event.target = "CDS".to_owned();
    if let Err(error) = access.note(event) {
        // A score that nobody can look up later is not shown either.
        tracing::error!(%error, "a score was not journalled");
        cards.clear();
    }
    Ok((call, cards))
}

type Done = Result<(Registered, Scored), StudyError>;

fn scored(
    platform: &Platform,
    access: &Access,
    name: &str,
    patient: &str,
    encounter: Option<&str>,
) -> (Option<Deployment>, Done) {
    let found = access
        .sandbox()
        .view(|view| Ok::<_, StoreError>((deployment(view, name)?, get(view, "Patient", patient)?)));
    match found {
        Err(error) => (None, Err(error.into())),
        Ok((None, _)) => (None, Err(StudyError::Unknown(format!("no version of '{name:.60}' answers")))),
        Ok((Some(deployed), None)) => {
            (Some(deployed), Err(StudyError::Unknown(format!("there is no chart Patient/{patient:.64}"))))
        }
        Ok((Some(deployed), Some(_))) => {
            let done = score(platform, access, &deployed, (patient, encounter));
            (Some(deployed), done)
        }
    }
}

/// Whether a text is an id as FHIR has them (R4, 2.24.0.1).
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
}

fn card(
    model: &Registered,
    deployed: &Deployment,
    risk: f64,
    parts: &[(&str, f64)],
    known: &[(String, Option<f64>)],
    uuid: String,
) -> Card {
    let task = &model.record.task;
    let missing: Vec<&str> =
        known.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| name.as_str()).collect();
    let mut detail = format!(
        "{}\n\nOf 100 such people about {:.0} have it; a card is shown from {:.0} on.\n",
        task.predicts,
        risk * 100.0,
        deployed.threshold * 100.0
    );
    let named = |name: &str| known.iter().find(|(own, _)| own == name).and_then(|(_, value)| *value);
    for (name, value) in parts.iter().take(TOLD).filter(|(_, value)| *value != 0.0) {
        let own = named(name).map_or("not known".to_owned(), |value| {
            format!("{value:.4}").trim_end_matches('0').trim_end_matches('.').to_owned()
        });
        let way = if *value > 0.0 { "raises" } else { "lowers" };
        detail.push_str(&format!("\n- {} ({own}) {way} it", name.replace('_', " ")));
    }
    if !missing.is_empty() {
        detail.push_str(&format!("\n\nNot known: {}.", missing.join(", ").replace('_', " ")));
    }
    Card {
        uuid,
        summary: Card::fitted(&format!("{}: risk {:.0} %", task.title, risk * 100.0)),
        detail,
        indicator: Indicator::Warning,
        source: Source { label: format!("{} version {}", model.name, model.version) },
        suggestions: Vec::new(),
        selection_behavior: None,
        override_reasons: WHY
            .into_iter()
            .map(|(code, display)| Choice { code, system: REASONS, display })
            .collect(),
    }
}
