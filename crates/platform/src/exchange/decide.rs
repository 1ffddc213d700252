use schemars::JsonSchema;
use serde::Serialize;
use store::StoreError;

use super::scope::scope_of;
use super::settings::Settings;
use crate::access::Access;
use crate::chains::{self, Asked};
use crate::platform::Platform;

/// Whether something may be read, and what proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Decision {
    /// Whether it may be read.
    pub allowed: bool,
    /// Why, in a sentence.
    pub why: String,
    /// The bits of consent that were asked for.
    pub scope: u32,
    /// The contract that was asked.
    pub contract: String,
    /// The account of the patient.
    pub patient_account: Option<String>,
    /// The number of the newest block, in whose state it was asked.
    pub block: u64,
    /// The hash of that block.
    pub block_hash: String,
    /// The newest event of the contract that names patient and reader: what its answer comes from.
    pub event: Option<Event>,
}

/// An event on the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Event {
    /// The transaction that caused it; its receipt has the event.
    pub transaction: String,
    /// The block it is in.
    pub block: u64,
    /// The hash of the event's signature.
    pub topic: String,
}

/// Asks the contract about a patient and a type of resource.
pub(super) fn decide(
    platform: &Platform,
    access: &Access,
    settings: &Settings,
    patient: Option<&str>,
    kind: &str,
) -> Result<Decision, StoreError> {
    let scope = scope_of(kind);
    let known = patient.and_then(|id| settings.patients.iter().find(|known| known.id == id));
    let account = known.map(|known| &known.account);
    let asked = Asked {
        contract: &settings.contract,
        patient: account.map_or("", String::as_str),
        reader: &settings.reader,
        scope,
    };
    let answered = chains::allowed(platform, access, asked)?;
    let why = match (account, answered.allowed) {
        (None, _) => "Nobody here is known to the contract under whom this stands.".to_owned(),
        (_, None) => {
            "The contract gave no answer to allowed(address,address,uint32), so nothing may be read."
                .to_owned()
        }
        (_, Some(true)) => "The patient consents.".to_owned(),
        (_, Some(false)) => "The patient does not consent to this, or no longer.".to_owned(),
    };
    Ok(Decision {
        allowed: account.is_some() && answered.allowed == Some(true),
        why,
        scope,
        contract: settings.contract.clone(),
        patient_account: account.cloned(),
        block: answered.block,
        block_hash: answered.block_hash,
        event: answered.event.map(|(transaction, block, topic)| Event { transaction, block, topic }),
    })
}
