//! The tables as resources.

use serde_json::{Value, json};

use super::order_sets::{Group, ORDER_SETS, OrderSet};
use super::orderables::{IMAGING, LABORATORY, MEDICINES, Medicine, Service};
use super::rules::{RULES, Rule};
use crate::calendar::instant_text;
use crate::codes::Code;
use crate::ehr::{Dosing, dosage};
use crate::population::Resource;

/// The code system of what kind an orderable is: `laboratory`, `imaging` or `medication`.
pub const ORDERABLE_KIND: &str = "https://practicum.example/orderable-kind";
/// The code system of the classes that rules know medicines by.
pub const DRUG_CLASS: &str = "https://practicum.example/drug-class";
/// The code system of how loudly a rule speaks.
pub const RULE_SEVERITY: &str = "https://practicum.example/rule-severity";

/// The canonical address of a definition of this hospital.
pub fn canonical(kind: &str, id: &str) -> String {
    format!("https://practicum.example/{kind}/{id}")
}

/// Every orderable the hospital starts with, as a resource.
pub(crate) fn starting_orderables() -> Vec<Value> {
    let services = [(&LABORATORY[..], "laboratory"), (&IMAGING[..], "imaging")];
    let services = services.into_iter().flat_map(|(all, kind)| all.iter().map(move |one| service(one, kind)));
    services.chain(MEDICINES.iter().map(medicine)).collect()
}

/// Hands every orderable, order set and rule to the sink, as last changed at `updated_us`.
pub(crate) fn write(updated_us: i64, sink: &mut dyn FnMut(Resource<'_>)) {
    let mut emit = |kind: &'static str, id: &str, mut resource: Value| {
        resource["meta"] = json!({"versionId": "1", "lastUpdated": instant_text(updated_us)});
        resource["date"] = instant_text(updated_us).into();
        sink(Resource { kind, id, body: resource.to_string().as_bytes() });
    };
    for (services, kind) in [(&LABORATORY[..], "laboratory"), (&IMAGING[..], "imaging")] {
        services.iter().for_each(|one| emit("ActivityDefinition", one.id, service(one, kind)));
    }
    MEDICINES.iter().for_each(|one| emit("ActivityDefinition", one.id, medicine(one)));
    ORDER_SETS.iter().for_each(|one| emit("PlanDefinition", one.id, order_set(one)));
    RULES.iter().for_each(|one| emit("PlanDefinition", one.id, rule(one)));
}

fn definition(kind: &str, id: &str, title: &str) -> Value {
    json!({
        "resourceType": kind,
        "id": id,
        "meta": {},
        "url": canonical(kind, id),
        "name": id.replace('-', "_"),
        "title": title,
        "status": "active",
        "experimental": true,
    })
}

fn service(service: &Service, kind: &str) -> Value {
    let mut written = definition("ActivityDefinition", service.id, service.title);
    written["topic"] = json!([{"coding": [{"system": ORDERABLE_KIND, "code": kind}]}]);
    written["kind"] = "ServiceRequest".into();
    written["code"] = concept(service.code);
    written["intent"] = "order".into();
    written
}

fn medicine(medicine: &Medicine) -> Value {
    let mut written = definition("ActivityDefinition", medicine.id, medicine.title);
    let mut topics = vec![json!({"coding": [{"system": ORDERABLE_KIND, "code": "medication"}]})];
    topics.extend(
        medicine.classes.iter().map(|class| json!({"coding": [{"system": DRUG_CLASS, "code": class}]})),
    );
    topics.extend(medicine.conflicts.iter().map(|substance| concept(substance)));
    written["topic"] = topics.into();
    written["kind"] = "MedicationRequest".into();
    written["intent"] = "order".into();
    written["productCodeableConcept"] = concept(medicine.code);
    let dosing = Dosing::of_table(medicine.dose, medicine.route, medicine.frequency, medicine.as_needed);
    written["dosage"] = json!([dosage(&dosing)]);
    written
}

fn order_set(set: &OrderSet) -> Value {
    let mut written = definition("PlanDefinition", set.id, set.title);
    written["type"] = kind_of_plan("order-set");
    written["description"] = set.about.into();
    written["action"] = set.groups.iter().map(group).collect::<Vec<Value>>().into();
    written
}

fn group(group: &Group) -> Value {
    let item = |(id, ticked): &(&str, bool)| {
        json!({
            "definitionCanonical": canonical("ActivityDefinition", id),
            "precheckBehavior": if *ticked { "yes" } else { "no" },
        })
    };
    json!({
        "title": group.title,
        "groupingBehavior": "visual-group",
        "selectionBehavior": "any",
        "action": group.items.iter().map(item).collect::<Vec<Value>>(),
    })
}

fn rule(rule: &Rule) -> Value {
    let mut written = definition("PlanDefinition", rule.id, rule.title);
    written["type"] = kind_of_plan("eca-rule");
    written["action"] = json!([{
        "title": rule.title,
        "description": rule.message,
        "code": [{"coding": [{"system": RULE_SEVERITY, "code": rule.severity}]}],
        "trigger": [{"type": "named-event", "name": "order-sign"}],
        "condition": [{"kind": "applicability", "expression": {"language": "text/fhirpath", "expression": rule.condition}}],
    }]);
    written
}

fn kind_of_plan(code: &str) -> Value {
    json!({"coding": [{"system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": code}]})
}

fn concept(code: &Code) -> Value {
    json!({"coding": [{"system": code.system, "code": code.code, "display": code.display}]})
}
