//! Reading orderables of any author.

use serde_json::Value;

use crate::build::ORDERABLE_KIND;
use crate::ehr::shape::{items, text_at};

/// What can be ordered: the code of its kind, and what a page calls the kind.
pub const ORDERABLE_KINDS: [(&str, &str); 3] =
    [("laboratory", "Laboratory"), ("imaging", "Imaging"), ("medication", "Medication")];

/// The kind of an orderable, one of [`ORDERABLE_KINDS`]: as its topic says, otherwise by what it makes.
pub fn orderable_kind(orderable: &Value) -> &'static str {
    let topics = items(orderable, "topic").iter().flat_map(|topic| items(topic, "coding"));
    let mut said = topics.filter(|coding| text_at(coding, "system") == Some(ORDERABLE_KIND));
    let known = said.find_map(|coding| {
        let code = text_at(coding, "code")?;
        ORDERABLE_KINDS.iter().map(|(kind, _)| *kind).find(|kind| *kind == code)
    });
    known.unwrap_or(if makes_medication(orderable) { "medication" } else { "laboratory" })
}

/// Whether an orderable makes a `MedicationRequest`.
pub(in crate::ehr) fn makes_medication(orderable: &Value) -> bool {
    text_at(orderable, "kind") == Some("MedicationRequest")
}

/// What an orderable, an order set or a rule is called.
pub fn title_of(definition: &Value) -> &str {
    let named = ["title", "name", "id"].into_iter().find_map(|member| text_at(definition, member));
    named.unwrap_or("a definition without a name")
}

/// The codes of what an order, or an orderable, is about.
pub fn codes_of(order: &Value) -> Vec<&str> {
    let members = ["code", "medicationCodeableConcept", "productCodeableConcept"];
    let concepts = members.into_iter().filter_map(|member| order.get(member));
    concepts
        .flat_map(|concept| items(concept, "coding"))
        .filter_map(|coding| text_at(coding, "code"))
        .collect()
}
