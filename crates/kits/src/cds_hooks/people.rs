//! Patients who do not exist, each with an order about to be signed.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use standards::cds_hooks::{Fetch, Hook, Offer};

const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
const LOINC: &str = "http://loinc.org";

/// A patient with all that is known, and what is ordered.
pub(super) struct Invented {
    pub(super) id: &'static str,
    known: Vec<Value>,
    drafts: Vec<Value>,
}

/// Somebody for whom much can go wrong, somebody for whom nothing can, and somebody about whom hardly anything is known.
static PEOPLE: LazyLock<[Invented; 3]> = LazyLock::new(|| {
    [
        Invented {
            id: "kit-frail",
            known: vec![
                patient("kit-frail", "female", "1948-04-02"),
                stay("kit-frail"),
                allergy("kit-frail", "7980", "penicillin G"),
                result("kit-frail", "2160-0", 3.9, "mg/dL"),
                result("kit-frail", "2823-3", 6.2, "mmol/L"),
                order("kit-frail", "kit-runs", "active", "198052", "ondansetron 4 MG Oral Tablet"),
            ],
            drafts: vec![
                order("kit-frail", "kit-draft-1", "draft", "310965", "ibuprofen 200 MG Oral Tablet"),
                order("kit-frail", "kit-draft-2", "draft", "308191", "amoxicillin 500 MG Oral Capsule"),
                order("kit-frail", "kit-draft-3", "draft", "308460", "azithromycin 250 MG Oral Tablet"),
            ],
        },
        Invented {
            id: "kit-sturdy",
            known: vec![
                patient("kit-sturdy", "male", "1996-09-12"),
                stay("kit-sturdy"),
                result("kit-sturdy", "2160-0", 0.8, "mg/dL"),
            ],
            drafts: vec![order(
                "kit-sturdy",
                "kit-draft-4",
                "draft",
                "313782",
                "acetaminophen 325 MG Oral Tablet",
            )],
        },
        Invented {
            id: "kit-unknown",
            known: vec![json!({"resourceType": "Patient", "id": "kit-unknown"}), stay("kit-unknown")],
            drafts: vec![order(
                "kit-unknown",
                "kit-draft-5",
                "draft",
                "310965",
                "ibuprofen 200 MG Oral Tablet",
            )],
        },
    ]
});

/// All of them.
pub(super) fn people() -> &'static [Invented] {
    PEOPLE.as_slice()
}

/// What of prefetch a call carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carries {
    /// All that the service asked for.
    Everything,
    /// That there was nothing of it, but for the patient.
    Nothing,
    /// No prefetch at all.
    NoPrefetch,
}

impl Invented {
    /// The body of a call about this patient.
    pub(super) fn call(&self, offer: &Offer, carries: Carries, instance: &str, now_us: i64) -> Value {
        let mut context = json!({
            "userId": "Practitioner/kit-clinician", "patientId": self.id, "encounterId": format!("{}-stay", self.id),
        });
        if offer.hook.has_drafts() {
            let entries: Vec<Value> = self.drafts.iter().map(|one| json!({"resource": one})).collect();
            context["draftOrders"] =
                json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
        }
        if offer.hook == Hook::OrderSelect {
            let names = self
                .drafts
                .iter()
                .filter_map(|one| Some(format!("MedicationRequest/{}", one["id"].as_str()?)));
            context["selections"] = names.collect();
        }
        let mut body = json!({"hook": offer.hook.word(), "hookInstance": instance, "context": context});
        if carries != Carries::NoPrefetch {
            let fetched = offer.prefetch.iter().filter_map(|(key, template)| {
                let fetch = Fetch::of(template, &body["context"], now_us).ok()?;
                Some((key.clone(), self.fetched(&fetch, carries)))
            });
            let fetched: Map<String, Value> = fetched.collect();
            body["prefetch"] = Value::Object(fetched);
        }
        body
    }

    /// What a template finds: a resource or `null`, or a searchset of the type. Of a search's criteria a code is heeded, and
    /// a status.
    fn fetched(&self, fetch: &Fetch, carries: Carries) -> Value {
        match fetch {
            Fetch::Read { kind, id } => {
                let is_it = |one: &&Value| one["resourceType"] == kind.as_str() && one["id"] == id.as_str();
                let found = self
                    .known
                    .iter()
                    .find(is_it)
                    .filter(|_| carries == Carries::Everything || kind == "Patient");
                found.cloned().unwrap_or(Value::Null)
            }
            Fetch::Search { kind, query } => {
                let fits = |one: &&Value| {
                    carries == Carries::Everything
                        && one["resourceType"] == kind.as_str()
                        && meets(one, query)
                };
                let entries: Vec<Value> =
                    self.known.iter().filter(fits).map(|one| json!({"resource": one})).collect();
                json!({"resourceType": "Bundle", "type": "searchset", "total": entries.len(), "entry": entries})
            }
        }
    }
}

fn meets(resource: &Value, query: &str) -> bool {
    query.split('&').filter_map(|pair| pair.split_once('=')).all(|(name, value)| match name {
        "code" => {
            let wanted = value.replace("%7C", "|").replace("%2C", ",");
            let code = resource.pointer("/code/coding/0/code").and_then(Value::as_str).unwrap_or_default();
            wanted.split(',').any(|one| one.rsplit('|').next() == Some(code))
        }
        "status" => value.split(',').any(|one| resource["status"] == one),
        _ => true,
    })
}

fn patient(id: &str, gender: &str, born: &str) -> Value {
    json!({"resourceType": "Patient", "id": id, "gender": gender, "birthDate": born,
        "name": [{"family": "Invented", "given": ["Kit"]}]})
}

fn stay(patient: &str) -> Value {
    json!({"resourceType": "Encounter", "id": format!("{patient}-stay"), "status": "in-progress",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
        "subject": {"reference": format!("Patient/{patient}")}})
}

fn allergy(patient: &str, code: &str, display: &str) -> Value {
    json!({"resourceType": "AllergyIntolerance", "id": format!("{patient}-allergy"),
        "clinicalStatus": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active"}]},
        "code": {"coding": [{"system": RXNORM, "code": code, "display": display}], "text": display},
        "patient": {"reference": format!("Patient/{patient}")}})
}

fn result(patient: &str, code: &str, value: f64, unit: &str) -> Value {
    json!({"resourceType": "Observation", "id": format!("{patient}-{code}"), "status": "final",
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
        "code": {"coding": [{"system": LOINC, "code": code}]},
        "subject": {"reference": format!("Patient/{patient}")},
        "effectiveDateTime": "2031-03-04T04:00:00Z",
        "valueQuantity": {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}})
}

fn order(patient: &str, id: &str, status: &str, code: &str, display: &str) -> Value {
    json!({"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order",
        "medicationCodeableConcept": {"coding": [{"system": RXNORM, "code": code, "display": display}], "text": display},
        "subject": {"reference": format!("Patient/{patient}")},
        "authoredOn": "2031-03-04T05:00:00Z"})
}
