use serde_json::json;

use super::{condition, kinds, types};
use crate::fhir::search::query::{Query, parse};
use crate::fhir::search::{Parameters, SearchKind, extract, matches};

#[test]
fn every_parameter_of_the_table_is_a_reference_there() {
    assert_eq!(
        kinds().collect::<Vec<_>>(),
        ["Device", "Encounter", "Patient", "Practitioner", "RelatedPerson"]
    );
    for kind in kinds() {
        for resource_type in types(kind) {
            for code in super::table::parameters(kind, resource_type).unwrap() {
                let parameter = Parameters::r4().find(resource_type, code);
                let parameter = parameter.unwrap_or_else(|| panic!("{kind}: {resource_type}.{code} exists"));
                assert_eq!(parameter.kind, SearchKind::Reference, "{resource_type}.{code}");
                let leads_there =
                    parameter.targets.is_empty() || parameter.targets.iter().any(|target| target == kind);
                assert!(leads_there, "{resource_type}.{code} leads to {kind}");
            }
        }
    }
}

#[test]
fn what_is_in_a_compartment() {
    let of = |kind, resource: &serde_json::Value| {
        let resource_type = resource["resourceType"].as_str().unwrap();
        let condition = condition([kind, "1"], resource_type, "http://here.example/fhir")?;
        let query = Query {
            criteria: vec![condition],
            ..parse(resource_type, &[], Parameters::r4(), &super::super::tests::CONTEXT)
        };
        Some(matches(&query, resource, &extract(resource)))
    };
    let observation = json!({"resourceType": "Observation", "subject": {"reference": "Patient/2"},
        "performer": [{"reference": "http://here.example/fhir/Patient/1"}], "encounter": {"reference": "Encounter/1"}});
    assert_eq!(of("Patient", &observation), Some(true));
    assert_eq!(of("Encounter", &observation), Some(true));
    assert_eq!(of("Practitioner", &observation), Some(false));
    assert_eq!(of("Patient", &json!({"resourceType": "Patient", "id": "1"})), Some(true));
    assert_eq!(of("Patient", &json!({"resourceType": "Patient", "id": "2"})), Some(false));
    let linked =
        json!({"resourceType": "Patient", "id": "2", "link": [{"other": {"reference": "Patient/1"}}]});
    assert_eq!(of("Patient", &linked), Some(true));
    assert_eq!(of("Patient", &json!({"resourceType": "ValueSet"})), None);
    assert_eq!(of("Group", &observation), None);
}
