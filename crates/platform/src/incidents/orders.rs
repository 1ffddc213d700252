//! Potassium orders that a scene needs, and the messages that answer them.

use hospital::calendar::instant_text;
use hospital::codes::test::POTASSIUM;
use hospital::ehr::{mrn_of, signed_order};
use security::actors::{Chance, Chart, Ground, Order, Scene};
use serde_json::{Value, json};
use standards::fhir::resource::{Stamp, stamp};
use standards::fhir::search::extract;
use store::sandbox::Put;

use crate::access::{Access, outcome};
use crate::ehr::lookup::get;
use crate::ehr::support::staged;
use crate::entropy::Entropy;
use crate::ids::new_id;

const MINUTE_US: i64 = 60_000_000;
/// What is ordered, as the hospital's catalogue has it.
const ORDERABLE: &str = "lab-potassium";
/// Who signed.
const AUTHOR: &str = "Ward doctor";
/// So long before a result is due its order was signed, unless the learner came before.
const SIGNED_MIN: i64 = 60;
const AT_LEAST_MIN: i64 = 20;
/// From here on a potassium is treated at once, in tenths of mmol/L.
const HIGH: u32 = 65;
const LOW: u32 = 28;

/// Signs the orders that a scene needs, for people in the house. They are in the chart as in any hospital in whose laboratory
/// the specimens already are.
pub(super) fn sign(
    access: &Access,
    scene: &Scene,
    seed: u64,
    ground: &mut Ground,
    entropy: &dyn Entropy,
) -> Result<(), String> {
    if scene.orders() == 0 {
        return Ok(());
    }
    let in_house: Vec<&Chart> = ground.charts.iter().filter(|chart| !chart.unit.is_empty()).collect();
    let drawn = Chance::new(seed, "orders").some(&in_house, in_house.len());
    let mut orders = Vec::new();
    let mut people = drawn.into_iter().cycle();
    for number in 0..scene.orders() {
        let Some(chart) = people.next() else { break };
        let patient = access.sandbox().view(|view| get(view, "Patient", &chart.id));
        let patient = patient.map_err(|error| error.to_string())?.ok_or("a patient is gone")?;
        let (tenths, due_us) = scene.due(ground.now_us, seed, number);
        let mrn = mrn_of(&patient).unwrap_or_default().to_owned();
        orders.push(Order { id: new_id(entropy), patient: chart.id.clone(), mrn, tenths, due_us });
    }
    let Some(draft) = staged(access, &[json!({"orderable": ORDERABLE})])?.pop() else { return Ok(()) };
    let resources: Vec<(i64, Value)> =
        orders.iter().map(|order| request(order, &draft.order, ground.now_us)).collect();
    access
        .sandbox()
        .change(|change| {
            for (updated_us, resource) in &resources {
                let id = resource["id"].as_str().unwrap_or_default();
                let bytes = resource.to_string().into_bytes();
                let stamped = stamp(&bytes, &Stamp { id, version: 1, last_updated_us: *updated_us });
                let body = stamped.map_err(|issue| store::StoreError::Damaged { what: issue.diagnostics })?;
                let index = extract(resource);
                let kind = "ServiceRequest";
                let put = Put {
                    kind,
                    id,
                    version: 1,
                    updated_us: *updated_us,
                    method: "PUT",
                    body: &body,
                    index: &index,
                };
                change.put(&put, &access.event("lab.setup", None, outcome::OK, json!({})))?;
            }
            Ok::<_, store::StoreError>(())
        })
        .map_err(|error| error.to_string())?;
    ground.orders = orders;
    Ok(())
}

/// An order as it was signed, and when.
fn request(order: &Order, draft: &Value, now_us: i64) -> (i64, Value) {
    let signed_us = (order.due_us - SIGNED_MIN * MINUTE_US).min(now_us - AT_LEAST_MIN * MINUTE_US);
    let mut resource = signed_order(draft, AUTHOR, signed_us);
    resource["id"] = order.id.as_str().into();
    resource["subject"] = json!({"reference": format!("Patient/{}", order.patient)});
    (signed_us, resource)
}

/// A result as it is sent to the chart (ORU^R01, HL7 v2.5.1, 7.3.1).
pub(super) fn message(
    access: &Access,
    sender: &str,
    order: &Order,
    tenths: u32,
    at_us: i64,
) -> Result<Vec<u8>, String> {
    let patient = access.sandbox().view(|view| get(view, "Patient", &order.patient));
    let patient = patient.map_err(|error| error.to_string())?.ok_or("the patient is gone")?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let name = &patient["name"][0];
    let (family, given) = (text(&name["family"]), text(&name["given"][0]));
    let born = text(&patient["birthDate"]).replace('-', "");
    let sex = match patient["gender"].as_str() {
        Some("female") => "F",
        Some("male") => "M",
        _ => "U",
    };
    let time = instant_text(at_us).replace(['-', ':', 'T'], "").replace('Z', "+0000");
    let number: String = order.id.chars().take(8).collect();
    let (sandbox, second) = (access.sandbox().id().to_ascii_uppercase(), at_us / 1_000_000);
    let (code, meaning) = (POTASSIUM.code, POTASSIUM.display);
    let (mrn, placer) = (&order.mrn, &order.id);
    let value = format!("{}.{}", tenths / 10, tenths % 10);
    let flag = match tenths {
        HIGH.. => "HH",
        ..=LOW => "LL",
        _ => "N",
    };
    let text = format!(
        "MSH|^~\\&|{sender}|ALDERFALLS|EHR|{sandbox}|{time}||ORU^R01^ORU_R01|{number}{second}|P|2.5.1\r\
         PID|1||{mrn}^^^ALDERFALLS^MR||{family}^{given}^^^^^L||{born}|{sex}\r\
         OBR|1|{placer}|{number}^{sender}|{code}^{meaning}^LN|||{time}||||||||||||||||||F\r\
         OBX|1|NM|{code}^{meaning}^LN||{value}|mmol/L^mmol/L^UCUM|3.5-5.1|{flag}|||F\r"
    );
    Ok(text.into_bytes())
}

/// What is given for a potassium that is believed, as it is written into the chart; nothing for one that can wait.
pub(super) fn treatment(order: &Order, result: &str, tenths: u32, at_us: i64) -> Option<Value> {
    let given = match tenths {
        HIGH.. => "Calcium gluconate 1 g and insulin 10 units with glucose, intravenously",
        ..=LOW => "Potassium chloride 20 mmol in one hour, intravenously",
        _ => return None,
    };
    Some(json!({
        "resourceType": "MedicationAdministration",
        "status": "completed",
        "medicationCodeableConcept": {"text": given},
        "subject": {"reference": format!("Patient/{}", order.patient)},
        "effectiveDateTime": instant_text(at_us),
        "reasonReference": [{"reference": format!("Observation/{result}")}],
    }))
}

/// The value of a potassium result, in tenths of mmol/L.
pub(super) fn tenths_of(observation: &Value) -> Option<u32> {
    let value = observation["valueQuantity"]["value"].as_f64()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "potassium is a small number")]
    (0.0..1_000.0).contains(&value).then(|| (value * 10.0).round() as u32)
}
