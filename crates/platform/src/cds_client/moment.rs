use hospital::ehr::{DraftFacts, DraftOrder, draft_order};
use serde_json::{Value, json};
use standards::cds_hooks::Hook;
use store::StoreError;
use store::sandbox::View;

use crate::ehr::lookup::{find, get};

/// A moment in somebody's work with one patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Which.
    pub hook: Hook,
    /// The patient's id.
    pub patient: String,
    /// What of the catalogue was chosen just now and is not yet drafted, by its id.
    pub orderable: Option<String>,
    /// Of drafts, those that were chosen just now, as `Type/ID`; all of them, if none is named.
    pub selections: Vec<String>,
}

/// What the standard calls the context of a hook.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Context {
    /// As it is sent.
    pub(super) value: Value,
    /// The stay, for the token.
    pub(super) encounter: Option<String>,
}

/// The context of a moment; nothing where the moment is none: there is no order to speak about, or no stay that could end.
pub(super) fn context(
    view: View<'_>,
    moment: &Moment,
    actor: &str,
    now_us: i64,
) -> Result<Option<Context>, StoreError> {
    let patient = format!("Patient/{}", moment.patient);
    let stays = find(view, now_us, "Encounter", &[("patient", &patient), ("status", "in-progress")])?;
    let encounter = stays.first().and_then(|stay| stay["id"].as_str()).map(str::to_owned);
    let mut value = json!({"userId": user_of(actor), "patientId": moment.patient});
    if let Some(encounter) = &encounter {
        value["encounterId"] = encounter.as_str().into();
    }
    if moment.hook == Hook::EncounterDischarge && encounter.is_none() {
        return Ok(None);
    }
    if moment.hook.has_drafts() {
        let mut drafts = Vec::new();
        for kind in ["MedicationRequest", "ServiceRequest"] {
            drafts.extend(find(view, now_us, kind, &[("patient", &patient), ("status", "draft")])?);
        }
        let mut moment = moment.clone();
        if let Some(chosen) = chosen(view, &moment, actor)? {
            moment.selections = vec![name(&chosen)];
            drafts.push(chosen);
        }
        if !with_orders(&mut value, &moment, &drafts) {
            return Ok(None);
        }
    }
    Ok(Some(Context { value, encounter }))
}

/// The order that would be drafted of what was chosen.
fn chosen(view: View<'_>, moment: &Moment, actor: &str) -> Result<Option<Value>, StoreError> {
    let Some(id) = &moment.orderable else { return Ok(None) };
    let (patient, orderable) = (get(view, "Patient", &moment.patient)?, get(view, "ActivityDefinition", id)?);
    let facts = DraftFacts {
        patient: patient.as_ref(),
        encounter: None,
        orderable: orderable.as_ref(),
        author: actor,
    };
    let command = DraftOrder {
        patient: moment.patient.as_str().into(),
        orderable: id.as_str().into(),
        ..DraftOrder::default()
    };
    // What cannot be drafted is no moment; the form says why.
    Ok(draft_order(&command, &facts, "chosen").ok())
}

fn name(order: &Value) -> String {
    let text = |member: &str| order[member].as_str().unwrap_or_default();
    format!("{}/{}", text("resourceType"), text("id"))
}

/// Puts the orders of a moment into its context; false if there are none to speak about.
pub(super) fn with_orders(context: &mut Value, moment: &Moment, drafts: &[Value]) -> bool {
    let chosen = |order: &&Value| moment.selections.is_empty() || moment.selections.contains(&name(order));
    let selections: Vec<String> = drafts.iter().filter(chosen).map(name).collect();
    let entries: Vec<Value> = drafts.iter().map(|order| json!({"resource": order})).collect();
    context["draftOrders"] = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
    if moment.hook == Hook::OrderSelect {
        context["selections"] = json!(selections);
    }
    !selections.is_empty()
}

/// Whoever is at work, as a reference. A login may hold what an id may not.
pub(super) fn user_of(actor: &str) -> String {
    let id: String =
        actor.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).take(64).collect();
    format!("Practitioner/{id}")
}
