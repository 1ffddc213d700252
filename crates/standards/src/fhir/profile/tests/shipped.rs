use serde_json::{Value, json};

use super::small::Nothing;
use crate::fhir::definitions::Definitions;
use crate::fhir::outcome::Issue;
use crate::fhir::profile::model::Node;
use crate::fhir::profile::{Profiles, Validator};
use crate::fhir::terminology::Terminology;

const US_CORE: &str = "http://hl7.org/fhir/us/core/StructureDefinition/";

fn errors(resource: &Value) -> Vec<(String, String)> {
    let terminology = Terminology::r4();
    let issues = Validator::new(Profiles::shipped(), &terminology, &Nothing).validate(resource, &[]);
    let errors = issues.into_iter().filter(Issue::is_error);
    errors.map(|issue| (issue.expression.unwrap_or_default(), issue.diagnostics)).collect()
}

#[test]
fn every_shipped_profile_compiles_and_tells_its_slices_apart() {
    let profiles = Profiles::shipped();
    let on = |name: &str| profiles.on_type(name).count();
    assert_eq!((on("Patient"), on("Observation"), on("Extension")), (1, 33, 403));
    for url in ["us-core-patient", "us-core-blood-pressure", "us-core-race", "us-core-careplan"] {
        let profile = profiles.find(&format!("{US_CORE}{url}")).unwrap();
        assert!(profile.is_constraint && profile.version.as_deref() == Some("6.1.0"), "{url}");
    }
    let kinds = Definitions::r4().types().iter().map(|kind| kind.name.as_str());
    for profile in kinds.flat_map(|kind| profiles.on_type(kind)).filter_map(|url| profiles.find(url)) {
        assert_eq!(untold(&profile.root), [""; 0], "{}", profile.url);
    }
}

/// Slices that nothing known here tells apart, below a node.
fn untold(node: &Node) -> Vec<&str> {
    let slices = || node.slicing.iter().flat_map(|slicing| &slicing.slices);
    let own = slices().filter(|slice| slice.tests.is_none()).map(|slice| slice.name.as_str());
    let below = node.children.iter().chain(slices().map(|slice| &slice.node)).flat_map(untold);
    own.chain(below).collect()
}

#[test]
fn extensions_are_held_to_their_own_definitions() {
    let race = |parts: Value| json!({"resourceType": "Patient", "extension": [{"url": format!("{US_CORE}us-core-race"), "extension": parts}]});
    let text = json!({"url": "text", "valueString": "x"});
    assert_eq!(errors(&race(json!([text]))), []);
    let missing = errors(&race(
        json!([{"url": "ombCategory", "valueCoding": {"system": "urn:oid:2.16.840.1.113883.6.238", "code": "2106-3"}}]),
    ));
    assert_eq!(missing[0].0, "Patient.extension[0].extension");
    let wrong =
        errors(&race(json!([text, {"url": "ombCategory", "valueCoding": {"system": "urn:x", "code": "y"}}])));
    assert_eq!(wrong[0].0, "Patient.extension[0].extension[1].value");
}

#[test]
fn resources_within_others_are_held_to_what_they_claim() {
    let patient = json!({"resourceType": "Patient", "id": "p", "meta": {"profile": [format!("{US_CORE}us-core-patient")]}});
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient}]});
    let places: Vec<String> = errors(&bundle).into_iter().map(|(place, _)| place).collect();
    let below = |name: &str| format!("Bundle.entry[0].resource.{name}");
    assert_eq!(places, [below("identifier"), below("name"), below("gender")]);
}
