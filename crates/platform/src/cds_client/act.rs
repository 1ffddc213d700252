use serde_json::Value;
use standards::cds_hooks::{GivenAction, GivenChange};
use store::sandbox::Change;

use super::error::ClientError;
use crate::ehr::lookup::get;
use crate::ehr::roles::Working;
use crate::fhir::{Context, create_within, delete_within, update_within};
use crate::ids::new_id;

/// What a suggestion may write here, and the permission it takes. Orders stay drafts: only a person signs.
const WRITABLE: [(&str, &str); 4] = [
    ("MedicationRequest", "order.write"),
    ("ServiceRequest", "order.write"),
    ("AllergyIntolerance", "allergy.write"),
    ("Condition", "problem.write"),
];

/// Does what a suggestion says, as the person who took it, for one patient and nobody else.
pub(super) fn perform(
    context: &Context<'_>,
    change: &mut Change<'_>,
    working: &Working,
    patient: &str,
    action: &GivenAction,
) -> Result<(), ClientError> {
    match action.change {
        GivenChange::Create => {
            let mut resource = sent(action)?;
            check(working, patient, &resource)?;
            resource["id"] = new_id(context.entropy).into();
            create_within(context, change, &resource)?;
        }
        GivenChange::Update => {
            let resource = sent(action)?;
            let (kind, id) = (text(&resource, "resourceType"), text(&resource, "id"));
            check(working, patient, &there(change, kind, id)?)?;
            check(working, patient, &resource)?;
            update_within(context, change, &resource, None)?;
        }
        GivenChange::Delete => {
            let name = action.resource_id.as_deref().unwrap_or_default();
            let (kind, id) = name.split_once('/').unwrap_or((name, ""));
            check(working, patient, &there(change, kind, id)?)?;
            delete_within(context, change, kind, id, None)?;
        }
    }
    Ok(())
}

fn sent(action: &GivenAction) -> Result<Value, ClientError> {
    action.resource.clone().ok_or_else(|| ClientError::because("the suggestion carries no resource"))
}

fn there(change: &Change<'_>, kind: &str, id: &str) -> Result<Value, ClientError> {
    let gone = || ClientError::because(format!("there is no {kind:.40}/{id:.64} here any more"));
    if !WRITABLE.iter().any(|(known, _)| *known == kind) {
        return Err(not_writable(kind));
    }
    get(change.view(), kind, id)?.ok_or_else(gone)
}

/// Refuses what is not about this patient, what no suggestion may write, what the role may not, and orders in force.
fn check(working: &Working, patient: &str, resource: &Value) -> Result<(), ClientError> {
    let kind = text(resource, "resourceType");
    let Some((_, permission)) = WRITABLE.iter().find(|(known, _)| *known == kind) else {
        return Err(not_writable(kind));
    };
    working.check(permission)?;
    let about = ["/subject/reference", "/patient/reference"].into_iter().find_map(|at| resource.pointer(at));
    if about.and_then(Value::as_str) != Some(&format!("Patient/{patient}")) {
        return Err(ClientError::because(format!("the suggestion is about a {kind} of another patient")));
    }
    if *permission == "order.write" && text(resource, "status") != "draft" {
        return Err(ClientError::because(
            "an order that is in force is not a suggestion's to make, change or remove: it writes drafts, and a person signs them",
        ));
    }
    Ok(())
}

fn not_writable(kind: &str) -> ClientError {
    let known: Vec<&str> = WRITABLE.iter().map(|(kind, _)| *kind).collect();
    ClientError::because(format!("a suggestion may write {} here, not {kind:.40}", known.join(", ")))
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or_default()
}
