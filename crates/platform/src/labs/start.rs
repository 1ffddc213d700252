use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use standards::fhir::instant;
use store::records::{Attempt, AttemptId, AttemptState, Person, SandboxRecord};
use training::attempt::{choose_variant, resolve};
use training::lab::{Lab, Variant};
use training::text::Values;

use super::PLATFORM;
use super::error::LabError;
use super::search::search;
use super::seed::{number, seed_of};
use super::setup::set_up;
use crate::access::Access;
use crate::ids::new_id;
use crate::platform::Platform;

/// How an attempt is started. By default the open one is gone on with, and variant and seed follow from who starts.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Give an open attempt up and begin another.
    pub anew: bool,
    /// This variant and no other.
    pub variant: Option<String>,
    /// This seed and no other; with it, the same attempt comes out each time.
    pub seed: Option<u64>,
}

impl Platform {
    /// Starts a lab for a person: a hospital of their own, with values and a problem of their own, kept as it is at the
    /// start. An attempt that is under way is gone on with, unless asked otherwise.
    ///
    /// The attempt's `values` hold the answers: what a learner may see of it is an [`AttemptView`](super::AttemptView).
    ///
    /// # Errors
    /// When there is no such lab or variant, or the hospital has not what the lab needs; nothing is left behind then.
    pub fn start_attempt(&self, person: &Person, lab: &str, how: &Start) -> Result<Attempt, LabError> {
        let catalogue = self.catalogue();
        let lab = catalogue.lab(lab).ok_or_else(|| LabError::NoSuchLab(lab.to_owned()))?;
        let _turn = self.turns.take(&format!("{} {}", person.id, lab.id));
        let before = self.records.attempt_latest(&person.id, &lab.id)?;
        let open = before.filter(|attempt| attempt.state == AttemptState::Started);
        match open {
            Some(open) if !how.anew && open.sandbox.is_some() => Ok(open),
            open => {
                let attempt = self.make_attempt(person, lab, how)?;
                open.iter().try_for_each(|open| self.give_up(open))?;
                self.watch.tell(attempt.sandbox.as_ref().map_or("", |id| id.as_str()), "lab.begun");
                Ok(attempt)
            }
        }
    }

    fn make_attempt(&self, person: &Person, lab: &Lab, how: &Start) -> Result<Attempt, LabError> {
        let count = self.records.attempt_next_number(&person.id, &lab.id)?;
        let key = self.seed_key()?;
        let seed = how.seed.unwrap_or_else(|| number(&key, person.id.as_str(), &lab.id, count));
        let variant = match &how.variant {
            Some(id) => lab.variant(id),
            None => choose_variant(lab, &key, person.id.as_str(), count),
        };
        let variant = variant.ok_or_else(|| LabError::NoSuchPart {
            lab: lab.id.clone(),
            part: "variant",
            id: how.variant.clone().unwrap_or_default(),
        })?;
        let sandbox = self.start_sandbox(person, &lab.image, &lab.title, Some(lab.virtual_now_us))?;
        let furnished = self.furnish(&sandbox, lab, variant, seed).and_then(|values| {
            let attempt = Attempt {
                id: AttemptId::from(new_id(self.entropy.as_ref())),
                person: person.id.clone(),
                lab: lab.id.clone(),
                lab_version: lab.version.clone(),
                variant: variant.id.clone(),
                seed,
                number: count,
                sandbox: Some(sandbox.id.clone()),
                state: AttemptState::Started,
                started_us: sandbox.created_us,
                finished_us: None,
                values: json!(values),
                tripped: Vec::new(),
            };
            self.records.attempt_add(&attempt)?;
            Ok(attempt)
        });
        if furnished.is_err() {
            self.delete_sandbox(person, sandbox.id.as_str())?;
        }
        furnished
    }

    /// Makes the values of an attempt and places its problem in the new hospital.
    fn furnish(
        &self,
        sandbox: &SandboxRecord,
        lab: &Lab,
        variant: &Variant,
        seed: u64,
    ) -> Result<Values, LabError> {
        let access = self.access_at(sandbox.id.as_str(), sandbox.created_us)?;
        let seed = seed_of(seed);
        let known = built_in(sandbox.id.as_str(), lab);
        let base_url = known["fhir"].as_str().unwrap_or_default();
        let mut look = |url: &str| search(self, &access, base_url, url);
        let mut values = resolve(lab, variant, &seed, &known, &self.fhirpath, &mut look)?;
        set_up(self, &access, (lab, variant), &seed, &mut values)?;
        Ok(values)
    }

    /// The platform's way into a hospital at the very moment its clock was set: what is written then carries the lab's own
    /// time to the microsecond, each time the same.
    pub(super) fn access_at(&self, sandbox: &str, wall_us: i64) -> Result<Access, LabError> {
        let sandbox = self.sandboxes.open(sandbox, self.clock.now_us())?;
        Ok(Access::new(
            Arc::clone(&sandbox),
            PLATFORM,
            "platform",
            wall_us,
            self.watch.clone(),
            Arc::clone(&self.seal),
        )?)
    }

    /// Ends an attempt for good. Its evidence stays; its hospital goes.
    pub(super) fn give_up(&self, attempt: &Attempt) -> Result<(), LabError> {
        self.records.attempt_set_state(&attempt.id, AttemptState::Abandoned, Some(self.clock.now_us()))?;
        let Some(sandbox) = &attempt.sandbox else { return Ok(()) };
        Ok(self.drop_sandbox(sandbox)?)
    }
}

/// The values every attempt has without declaring them. The FHIR address is the path alone: where the server is reached
/// is added when it is shown.
fn built_in(sandbox: &str, lab: &Lab) -> Values {
    let now = instant::format(lab.virtual_now_us);
    let today = now.split('T').next().unwrap_or_default();
    BTreeMap::from([
        ("sandbox".to_owned(), Value::from(sandbox)),
        ("fhir".to_owned(), Value::from(format!("/s/{sandbox}/fhir"))),
        ("today".to_owned(), Value::from(today)),
        ("now".to_owned(), Value::from(now.as_str())),
    ])
}
