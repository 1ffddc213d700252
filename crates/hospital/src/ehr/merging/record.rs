use serde_json::{Value, json};

use crate::calendar::instant_text;
use crate::ehr::shape::{items, text_at};

/// The code of a Provenance that records a merge, in the code system [`SYSTEM`].
pub(super) const MERGE: &str = "merge";
/// The code of one that records that a merge was undone.
pub(super) const UNMERGE: &str = "unmerge";
/// Our code system of what is done with records.
const SYSTEM: &str = "https://practicum.example/record-operation";
/// On a target: where in the resource a reference was moved, as a JSON pointer.
const PLACE: &str = "https://practicum.example/StructureDefinition/moved-reference";
/// On the retired chart: whether it was in use, where it said so.
const ACTIVE: &str = "https://practicum.example/StructureDefinition/active-before";
/// On a chart: that it got its link by the merge.
const LINKED: &str = "https://practicum.example/StructureDefinition/linked-by-merge";

/// Who did it, when, and why.
pub(super) struct Deed<'a> {
    pub(super) id: &'a str,
    pub(super) activity: &'a str,
    pub(super) reason: &'a str,
    pub(super) author: &'a str,
    pub(super) now_us: i64,
}

/// A Provenance of a deed with these targets.
pub(super) fn provenance(deed: &Deed<'_>, targets: &[Value]) -> Value {
    json!({
        "resourceType": "Provenance",
        "id": deed.id,
        "target": targets,
        "recorded": instant_text(deed.now_us),
        "reason": [{"text": deed.reason}],
        "activity": {"coding": [{"system": SYSTEM, "code": deed.activity}]},
        "agent": [{"who": {"display": deed.author}}],
    })
}

/// Whether a resource is the Provenance of a merge.
pub fn is_merge(provenance: &Value) -> bool {
    let codings = provenance.get("activity").map_or(&[][..], |activity| items(activity, "coding"));
    codings
        .iter()
        .any(|coding| text_at(coding, "system") == Some(SYSTEM) && text_at(coding, "code") == Some(MERGE))
}

/// A chart of the merge as a target: whether it got its link by it, and whether it was in use before, if it is retired.
pub(super) fn chart(reference: &str, is_linked: bool, active: Option<&Value>) -> Value {
    let mut extensions = Vec::new();
    if is_linked {
        extensions.push(json!({"url": LINKED, "valueBoolean": true}));
    }
    if let Some(active) = active {
        extensions.push(json!({"url": ACTIVE, "valueBoolean": active}));
    }
    target(reference, extensions)
}

/// A resource that was moved as a target, with the places of its references.
pub(super) fn resource(reference: &str, places: &[String]) -> Value {
    target(reference, places.iter().map(|place| json!({"url": PLACE, "valueString": place})).collect())
}

fn target(reference: &str, extensions: Vec<Value>) -> Value {
    let mut target = json!({"reference": reference});
    if !extensions.is_empty() {
        target["extension"] = extensions.into();
    }
    target
}

/// What a target of a merge says.
pub(super) struct Target<'a> {
    pub(super) reference: &'a str,
    pub(super) is_linked: bool,
    pub(super) active: Option<&'a Value>,
    pub(super) places: Vec<String>,
}

/// The targets of a merge: surviving chart, retired chart, then what was moved.
pub(super) fn targets(provenance: &Value) -> Vec<Target<'_>> {
    let read = |target| {
        let values = |url: &'static str, member: &'static str| {
            let of = items(target, "extension").iter().filter(move |one| text_at(one, "url") == Some(url));
            of.filter_map(move |one| one.get(member))
        };
        Some(Target {
            reference: text_at(target, "reference")?,
            is_linked: values(LINKED, "valueBoolean").next().is_some(),
            active: values(ACTIVE, "valueBoolean").next(),
            places: values(PLACE, "valueString").filter_map(Value::as_str).map(str::to_owned).collect(),
        })
    };
    items(provenance, "target").iter().filter_map(read).collect()
}
