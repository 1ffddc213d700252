use ledger::chain::Address;
use ledger::trial::argument;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::StoreError;
use store::journal::Filter;

use super::serve::ExchangeError;
use crate::access::{Access, outcome};

/// The kind of the journal entry that says how the gateway is set.
const SET: &str = "exchange.set";
/// Patients that the gateway knows on the chain, at most.
const PATIENTS_MAX: usize = 1000;

/// How the gateway is set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The contract that is asked: its address on this hospital's chain. It has to answer
    /// `allowed(address,address,uint32)(bool)`: may this reader read all that these bits name of this patient?
    pub contract: String,
    /// The account of the second hospital: an address, or `@9` for test account 9.
    pub reader: String,
    /// Who patients are on the chain.
    pub patients: Vec<Known>,
    /// Whether the second hospital's staff must show a credential.
    #[serde(default)]
    pub staff_only: bool,
}

/// A patient whom the gateway knows on the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The id of the Patient resource.
    pub id: String,
    /// The patient's account.
    pub account: String,
}

/// Sets the gateway, and says how it stands then.
///
/// # Errors
/// [`ExchangeError::Settings`] where an address is none.
pub fn set(access: &Access, settings: Settings) -> Result<Settings, ExchangeError> {
    let settings = settings.written_out();
    let addresses = [("contract", &settings.contract), ("reader", &settings.reader)];
    for (what, given) in
        addresses.into_iter().chain(settings.patients.iter().map(|one| ("patient", &one.account)))
    {
        if given.parse::<Address>().is_err() {
            return Err(ExchangeError::Settings(format!("\"{given}\" of the {what} is no address")));
        }
    }
    if settings.patients.len() > PATIENTS_MAX {
        return Err(ExchangeError::Settings(format!("more than {PATIENTS_MAX} patients")));
    }
    access.note(access.event(SET, None, outcome::OK, json!(settings)))?;
    Ok(settings)
}

impl Settings {
    /// The same with every `@3` as the address of test account 3.
    fn written_out(self) -> Self {
        let account = |text: &String| argument(text, 0);
        Self {
            contract: account(&self.contract),
            reader: account(&self.reader),
            patients: self
                .patients
                .iter()
                .map(|known| Known { id: known.id.clone(), account: account(&known.account) })
                .collect(),
            staff_only: self.staff_only,
        }
    }
}

/// How the gateway is set; none if it never was.
///
/// # Errors
/// When the journal cannot be read.
pub fn settings(access: &Access) -> Result<Option<Settings>, StoreError> {
    let newest = Filter { kinds: vec![SET.to_owned()], newest_first: true, limit: 1, ..Filter::default() };
    let entry = access.sandbox().journal(&newest)?.pop();
    Ok(entry.and_then(|entry| serde_json::from_value(entry.event.detail).ok()))
}
