//! Delivering objects to a node that somebody names (C-MOVE): what goes where, and what became of it.

use imaging::dataset::{EXPLICIT_LE, first, read};
use imaging::dimse::{Command, Counts, Message, response, status};
use imaging::query::{Level, Model, Query};
use imaging::tags;
use serde_json::json;
use store::StoreError;

use super::archive::{Archive, Object, Scope};
use super::entities::{Entity, entities};
use super::find::matching;
use super::note::event;
use crate::access::{Access, outcome};

/// Objects that one retrieval delivers at most.
const OBJECTS_MAX: usize = 5_000;

/// A delivery to be made.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// What was asked.
    pub request: Message,
    /// Where to.
    pub destination: Entity,
    /// What.
    pub objects: Vec<Planned>,
}

/// An object to deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Where it can be found.
    scope: Scope,
    /// Its UID.
    pub sop_instance: String,
    /// Its class.
    pub sop_class: String,
    /// How it is encoded.
    pub syntax: String,
}

/// What a request to deliver comes to: a delivery, or a refusal in one message.
pub(super) fn plan(
    access: &Access,
    model: Model,
    request: &Message,
) -> Result<Result<Delivery, Message>, StoreError> {
    let title = request.command.text(Command::DESTINATION);
    let refused = |code: u16, word: &str, what: &str| -> Result<_, StoreError> {
        let detail = json!({"destination": title, "what": what});
        access.note(event(access, "dicom.move", None, word, detail))?;
        Ok(Err(response(request, code, Some(what), Some(Counts::default()), None)))
    };
    let known = entities(access)?.into_iter().find(|entity| entity.title == title);
    let Some(destination) = known.filter(|entity| entity.address.is_some()) else {
        let what = format!("no address is registered for '{title}'");
        return refused(status::UNKNOWN_DESTINATION, "destination", &what);
    };
    let keys = match read(&request.dataset, &request.syntax) {
        Ok((keys, _)) => keys,
        Err(error) => return refused(status::CANNOT_UNDERSTAND, "unreadable", &error.to_string()),
    };
    let query = match Query::retrieval(model, keys) {
        Ok(query) => query,
        Err(error) => return refused(status::DOES_NOT_MATCH, "identifier", &error.to_string()),
    };
    let mut objects = Vec::new();
    // Only the unique keys count in a retrieval (PS3.4, C.4.2.2.1).
    let mut keys = query.keys;
    let unique = [Level::Patient, Level::Study, Level::Series, Level::Image].map(Level::key);
    keys.retain(|element| unique.contains(&element.header().tag));
    let syntaxes = Archive::of(access).syntaxes()?;
    for found in matching(access, &Query { level: Level::Image, keys })? {
        let scope = Scope {
            patient_id: Some(first(&found, tags::PATIENT_ID)).filter(|id| !id.is_empty()),
            study: Some(first(&found, tags::STUDY_INSTANCE_UID)),
            ..Scope::default()
        };
        let sop_instance = first(&found, tags::SOP_INSTANCE_UID);
        let syntax = syntaxes.get(&sop_instance).map_or(EXPLICIT_LE, String::as_str).to_owned();
        objects.push(Planned { scope, sop_class: first(&found, tags::SOP_CLASS_UID), sop_instance, syntax });
    }
    if objects.len() > OBJECTS_MAX {
        return refused(status::OUT_OF_RESOURCES, "too-many", "more objects than one retrieval delivers");
    }
    Ok(Ok(Delivery { request: request.clone(), destination, objects }))
}

impl Delivery {
    /// An object to deliver; `None` if it is gone meanwhile.
    ///
    /// # Errors
    /// When the store fails.
    pub fn object(&self, access: &Access, number: usize) -> Result<Option<Object>, StoreError> {
        let Some(planned) = self.objects.get(number) else { return Ok(None) };
        Archive::of(access).object(&planned.scope, &planned.sop_instance)
    }

    /// Journals what became of it, and gives the last answer (PS3.4, C.4.2.1.5).
    ///
    /// # Errors
    /// When the store fails.
    pub fn done(
        &self,
        access: &Access,
        counts: Counts,
        trouble: Option<&str>,
    ) -> Result<Message, StoreError> {
        let all = u16::try_from(self.objects.len()).unwrap_or(u16::MAX);
        let left = all.saturating_sub(counts.completed).saturating_sub(counts.warned);
        let counts = Counts { remaining: 0, failed: left, ..counts };
        let (code, word) = match (left, counts.completed) {
            (0, _) => (status::SUCCESS, outcome::OK),
            (_, 0) => (status::UNABLE_TO_DELIVER, "undelivered"),
            _ => (status::SOME_FAILED, "partly"),
        };
        let detail = json!({
            "destination": self.destination.title,
            "address": self.destination.address,
            "completed": counts.completed,
            "failed": counts.failed,
            "what": trouble,
        });
        access.note(event(access, "dicom.move", None, word, detail))?;
        Ok(response(&self.request, code, trouble, Some(counts), None))
    }
}
