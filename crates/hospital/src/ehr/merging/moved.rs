use serde_json::{Value, json};

/// The places in a resource where exactly this reference stands, as JSON pointers.
pub(super) fn places(resource: &Value, reference: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(resource, "", reference, &mut found);
    found
}

fn walk(value: &Value, path: &str, reference: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if members.get("reference").and_then(Value::as_str) == Some(reference) {
                found.push(path.to_owned());
            }
            let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
            members.iter().for_each(|(name, one)| {
                walk(one, &format!("{path}/{}", escaped(name)), reference, found);
            });
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, one)| walk(one, &format!("{path}/{at}"), reference, found)),
        _ => {}
    }
}

/// The resource with the references at these places pointing elsewhere, and how many there were. Those that do not read
/// `from` any more stay.
pub(super) fn moved(resource: &Value, places: &[String], from: &str, to: &str) -> (Value, usize) {
    let mut resource = resource.clone();
    let mut count = 0;
    for place in places {
        let Some(found) = resource.pointer_mut(place).filter(|one| one["reference"] == from) else {
            continue;
        };
        found["reference"] = to.into();
        count += 1;
    }
    (resource, count)
}

/// Whether a patient links to another in this way.
pub(super) fn has_link(patient: &Value, other: &str, kind: &str) -> bool {
    links(patient).iter().any(|link| is_link(link, other, kind))
}

fn links(patient: &Value) -> &[Value] {
    patient.get("link").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn is_link(link: &Value, other: &str, kind: &str) -> bool {
    link["type"] == kind && link["other"]["reference"] == other
}

/// Adds a link to another chart.
pub(super) fn add_link(patient: &mut Value, other: &str, kind: &str) {
    let link = json!({"other": {"reference": other}, "type": kind});
    match patient.get_mut("link").and_then(Value::as_array_mut) {
        Some(links) => links.push(link),
        None => patient["link"] = json!([link]),
    }
}

/// Takes the link to another chart away, and the list with the last of them.
pub(super) fn remove_link(patient: &mut Value, other: &str, kind: &str) {
    let Some(links) = patient.get_mut("link").and_then(Value::as_array_mut) else { return };
    links.retain(|link| !is_link(link, other, kind));
    let is_empty = links.is_empty();
    if let Some(members) = patient.as_object_mut().filter(|_| is_empty) {
        members.shift_remove("link");
    }
}

/// Writes `Patient.active`, or takes it away.
pub(super) fn set_active(patient: &mut Value, active: Option<&Value>) {
    match (active, patient.as_object_mut()) {
        (Some(active), _) => patient["active"] = active.clone(),
        (None, Some(members)) => drop(members.shift_remove("active")),
        (None, None) => {}
    }
}
