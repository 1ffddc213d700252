use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use store::records::{self, AttemptId, Person};
use training::attempt::offer;
use training::text::{Escape, fill};

use super::error::LabError;
use super::states::kept;
use crate::access::outcome;
use crate::platform::Platform;

/// A hint that was taken.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Hint {
    /// The check it is for.
    pub check: String,
    /// Which rung of the ladder, from 0.
    pub rung: usize,
    /// What the rung is called.
    pub name: &'static str,
    /// The hint.
    pub text: String,
    /// What it took from the check's worth, 0 to 1.
    pub price: f64,
    /// Whether it was the free one.
    pub free: bool,
}

impl Platform {
    /// Gives the next hint for a check that is not green, at its price.
    ///
    /// # Errors
    /// [`LabError::Hint`] when the check is green or has no further hint.
    pub fn take_hint(&self, person: &Person, attempt: &AttemptId, check: &str) -> Result<Hint, LabError> {
        let case = self.case_of(person, attempt)?;
        let _turn = self.turns.take(case.id().as_str());
        let found = case.variant().check(check).ok_or_else(|| case.no_such("check", check))?;
        let (mut states, changed_us) = self.states(case.id())?;
        let state = states.entry(check.to_owned()).or_default();
        let offer = offer(found, state)?;
        let text = fill(offer.text, &case.values, Escape::Plain).unwrap_or_else(|_| offer.text.to_owned());
        let hint = Hint {
            check: check.to_owned(),
            rung: offer.rung,
            name: offer.name,
            text,
            price: offer.price,
            free: offer.free,
        };
        state.hints.push(hint.free);
        let now_us = self.clock.now_us();
        let rung = u32::try_from(hint.rung).unwrap_or(u32::MAX);
        let taken = records::Hint { check: hint.check.clone(), rung, price: hint.price, at_us: now_us };
        self.records.hint_add(case.id(), &taken)?;
        let changed_us = changed_us.unwrap_or(case.attempt.started_us);
        self.records.check_states_set(case.id(), &kept(&states, changed_us))?;
        if let Some(sandbox) = &case.attempt.sandbox {
            let access = self.enter(person, sandbox.as_str(), "lab")?;
            let detail = json!({"check": check, "rung": hint.rung, "price": hint.price});
            access.note(access.event("lab.hint", None, outcome::OK, detail))?;
        }
        Ok(hint)
    }
}
