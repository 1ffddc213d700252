use serde_json::Value;

use crate::ehr::reference_id;
use crate::messages::Trigger;
use crate::messages::read::{id_of, text_at};

/// Something that happened, with the resources that it is about.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// What happened.
    pub trigger: &'a Trigger,
    /// When it was recorded, in microseconds since 1970 UTC.
    pub recorded_us: i64,
    /// Who did it, as it is shown.
    pub author: &'a str,
    /// The Patient; after a merge, the surviving one.
    pub patient: &'a Value,
    /// The Patient that was retired by a merge.
    pub retired: Option<&'a Value>,
    /// The Encounter it happened in.
    pub encounter: Option<&'a Value>,
    /// What it is about (orders, report and results, a note) and what that refers to (practitioners, places), in the order
    /// in which it shall stand in the message.
    pub resources: &'a [Value],
}

impl<'a> Event<'a> {
    /// The resources of a type.
    pub(super) fn all(&self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        self.resources.iter().filter(move |resource| text_at(resource, "resourceType") == Some(kind))
    }

    /// The resource that a reference names, if it came with the event.
    pub(super) fn follow(&self, reference: &Value, kind: &'a str) -> Option<&'a Value> {
        let id = reference_id(reference, kind)?;
        self.all(kind).find(|resource| id_of(resource) == id)
    }
}
