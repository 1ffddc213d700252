use hospital::ehr::{ChartFacts, newest_results};
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use crate::ehr::lookup::{escaped, find, is_over};

/// What rules may know about a patient now.
pub(crate) fn chart_facts(view: View<'_>, patient: &Value, now_us: i64) -> Result<ChartFacts, StoreError> {
    let id = patient.get("id").and_then(Value::as_str).unwrap_or_default();
    let mine = format!("Patient/{id}");
    let all = |kind: &str| find(view, now_us, kind, &[("patient", &mine)]);
    let in_force = |all: Vec<Value>| all.into_iter().filter(|one| !is_over(one)).collect();
    let mut orders = all("MedicationRequest")?;
    orders.extend(all("ServiceRequest")?);
    let observations = find(view, now_us, "Observation", &[("patient", &mine), ("category", "laboratory")])?;
    Ok(ChartFacts {
        patient: patient.clone(),
        allergies: in_force(all("AllergyIntolerance")?),
        problems: in_force(all("Condition")?),
        orders,
        results: newest_results(observations),
    })
}

/// The orderable an order was made from: as it says, otherwise by what it is for.
pub(super) fn orderable_of(orderables: &[Value], order: &Value) -> Option<Value> {
    let urls = order.get("instantiatesCanonical").and_then(Value::as_array).into_iter().flatten();
    let mut said = urls.filter_map(Value::as_str);
    let by_url = said
        .find_map(|url| orderables.iter().find(|one| one.get("url").and_then(Value::as_str) == Some(url)));
    let codes = hospital::ehr::codes_of(order);
    let by_code =
        || orderables.iter().find(|one| hospital::ehr::codes_of(one).iter().any(|code| codes.contains(code)));
    by_url.or_else(by_code).cloned()
}

/// Every orderable of the catalogue.
pub(super) fn orderables(view: View<'_>, now_us: i64) -> Result<Vec<Value>, StoreError> {
    find(view, now_us, "ActivityDefinition", &[])
}

/// Every rule in force, as stored.
pub(super) fn rules_in_force(view: View<'_>, now_us: i64) -> Result<Vec<Value>, StoreError> {
    let kind = escaped("eca-rule");
    find(view, now_us, "PlanDefinition", &[("type", &kind), ("status", "active")])
}
