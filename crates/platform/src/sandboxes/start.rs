use serde::Serialize;
use serde_json::json;
use standards::fhir::instant;
use store::journal::NewEntry;
use store::records::{Person, SandboxId, SandboxRecord};

use super::enter::SandboxError;
use crate::ids::new_sandbox_id;
use crate::platform::Platform;

/// A sandbox as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SandboxSummary {
    /// Its id, as in `/s/{sandbox}`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The image it is laid over.
    pub image: String,
    /// The attempt it belongs to, if any.
    pub attempt: Option<String>,
    /// When it was started, as a FHIR instant.
    pub created: String,
    /// The hospital's own time now, as a FHIR instant.
    pub virtual_now: String,
    /// The names of its snapshots.
    pub snapshots: Vec<String>,
}

impl Platform {
    /// Starts a sandbox for a person over an image, its clock at `virtual_us` or at the image's own date.
    ///
    /// # Errors
    /// [`StoreError::Full`](store::StoreError::Full) when the person holds as many as they may.
    pub fn start_sandbox(
        &self,
        owner: &Person,
        image: &str,
        title: &str,
        virtual_us: Option<i64>,
    ) -> Result<SandboxRecord, SandboxError> {
        let now_us = self.clock.now_us();
        let info = self.images.get(image)?;
        let id = new_sandbox_id(self.entropy.as_ref());
        let record = SandboxRecord {
            id: SandboxId::from(id.as_str()),
            owner: owner.id.clone(),
            image: image.to_owned(),
            title: title.to_owned(),
            attempt: None,
            created_us: now_us,
            last_used_us: now_us,
        };
        self.records.sandbox_add(&record, self.limits.sandboxes_per_person)?;
        let virtual_us = virtual_us.unwrap_or_else(|| crate::images::date_of(&info, now_us));
        let started = NewEntry {
            virtual_us,
            wall_us: now_us,
            actor: owner.login.clone(),
            source: "platform".to_owned(),
            target: "sandbox".to_owned(),
            kind: "sandbox.started".to_owned(),
            subject: None,
            outcome: "ok".to_owned(),
            detail: json!({"image": info.name, "digest": info.digest}),
        };
        let clock = super::clock::starting_at(virtual_us, now_us);
        let made = self.sandboxes.create(&id, image, &[("clock", &clock)], &started, now_us);
        if let Err(error) = made {
            self.records.sandbox_remove(&record.id)?;
            return Err(error.into());
        }
        Ok(record)
    }

    /// What a person sees of a sandbox they may enter.
    pub fn sandbox_summary(&self, person: &Person, sandbox: &str) -> Result<SandboxSummary, SandboxError> {
        let access = self.enter(person, sandbox, "platform")?;
        let record = self.records.sandbox(&SandboxId::from(sandbox))?;
        let record = record.ok_or_else(|| SandboxError::NotYours(sandbox.to_owned()))?;
        Ok(SandboxSummary {
            id: record.id.to_string(),
            title: record.title,
            image: record.image,
            attempt: record.attempt.map(|attempt| attempt.to_string()),
            created: instant::format(record.created_us),
            virtual_now: instant::format(access.virtual_us()),
            snapshots: access.sandbox().snapshots()?,
        })
    }
}
