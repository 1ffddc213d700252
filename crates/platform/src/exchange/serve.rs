use serde_json::{Value, json};
use standards::fhir::json::Limits;
use store::StoreError;

use super::decide::{Decision, decide};
use super::settings::settings;
use super::staff::is_valid;
use crate::access::{Access, outcome};
use crate::fhir::{Answer, Context, Interaction, pairs_of, peek};
use crate::platform::Platform;

/// The kind of the journal entry that a reading leaves.
const READ: &str = "exchange.read";

/// Why the gateway did not even ask.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// It was never set.
    #[error(
        "the gateway is not set up: PUT …/exchange says which contract it asks, and who patients are on the chain"
    )]
    NotSet,
    /// It cannot be set so.
    #[error("the gateway cannot be set so: {0}")]
    Settings(String),
    /// Not something that is read here.
    #[error("the second hospital reads TYPE/ID, or searches in one TYPE with patient=ID; \"{0}\" is neither")]
    Path(String),
    /// No such credential.
    #[error("there is no credential of staff numbered {0}")]
    NoCredential(u32),
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the second hospital gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Whether it may, and what proves it.
    pub decision: Decision,
    /// What it asked for, where it may; nothing where there is none.
    pub body: Option<Vec<u8>>,
}

/// Reads for the second hospital: `Patient/ID`, or `Observation?patient=ID&…`.
///
/// What does not exist is refused like what may not be read, so that a refusal says nothing.
///
/// # Errors
/// [`ExchangeError::NotSet`], [`ExchangeError::Path`].
pub fn read(
    platform: &Platform,
    access: &Access,
    (path, query): (&str, &str),
    base_url: &str,
    credential: Option<&str>,
) -> Result<Read, ExchangeError> {
    let settings = settings(access)?.ok_or(ExchangeError::NotSet)?;
    let context = Context { access, base_url, entropy: platform.entropy(), limits: &Limits::default() };
    let bad = || ExchangeError::Path(path.chars().take(80).collect());
    let parameters = pairs_of(query);
    let (kind, interaction) = match path.split('/').collect::<Vec<_>>().as_slice() {
        [kind, id] if !kind.is_empty() && query.is_empty() => {
            (*kind, Interaction::Read { kind, id, known_version: None })
        }
        [kind] if is_of_one_patient(kind, &parameters) => {
            (*kind, Interaction::Search { kind, parameters: &parameters, strict: true })
        }
        _ => return Err(bad()),
    };
    let body = match peek(&context, &interaction) {
        Ok(Answer::Resource(stored)) => Some(stored.body),
        Ok(Answer::Made(body)) => Some(body),
        _ => None,
    };
    let patient = match &interaction {
        Interaction::Search { .. } => patient_of_search(&parameters).map(str::to_owned),
        _ => body.as_deref().and_then(patient_of),
    };
    let mut decision = decide(platform, access, &settings, patient.as_deref(), kind)?;
    if settings.staff_only && !is_valid(platform, access, credential)? {
        decision.allowed = false;
        decision.why =
            "Whoever asks shows no credential of staff that is signed by this house and not revoked."
                .to_owned();
    }
    let said = if decision.allowed { outcome::OK } else { "refused" };
    let subject = patient.map(|id| format!("Patient/{id}"));
    let detail = json!({"path": path, "query": query, "decision": decision});
    access.note(access.event(READ, subject, said, detail))?;
    let body = body.filter(|_| decision.allowed);
    Ok(Read { decision, body })
}

/// Only a search that names one patient can be decided, and none that goes on to somebody else's resources.
fn is_of_one_patient(kind: &str, parameters: &[(String, String)]) -> bool {
    let goes_on = |(name, _): &(String, String)| {
        name.starts_with("_include")
            || name.starts_with("_revinclude")
            || name.starts_with("_has")
            || name.contains('.')
    };
    !kind.is_empty() && patient_of_search(parameters).is_some() && !parameters.iter().any(goes_on)
}

fn patient_of_search(parameters: &[(String, String)]) -> Option<&str> {
    let mut named = parameters.iter().filter(|(name, _)| name == "patient").map(|(_, value)| value.as_str());
    let (only, None) = (named.next()?, named.next()) else { return None };
    let id = only.strip_prefix("Patient/").unwrap_or(only);
    let is_id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    (!id.is_empty() && id.chars().all(is_id)).then_some(id)
}

/// Whose record a resource is.
fn patient_of(body: &[u8]) -> Option<String> {
    let resource: Value = serde_json::from_slice(body).ok()?;
    if resource["resourceType"] == "Patient" {
        return resource["id"].as_str().map(str::to_owned);
    }
    let reference =
        ["subject", "patient", "beneficiary"].iter().find_map(|name| resource[*name]["reference"].as_str());
    reference?.strip_prefix("Patient/").map(str::to_owned)
}
