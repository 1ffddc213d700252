//! Chains, `_has`, `_list` and `_filter`, among a few resources.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::read;
use crate::fhir::search::query::{CONDITIONS_MAX, DEPTH_MAX, FILTER_BYTES_MAX, ProblemKind};
use crate::fhir::search::{IndexEntry, Others, extract, matches_among};

/// Resources by type and id.
struct Hospital(BTreeMap<(String, String), Value>);

impl Others for Hospital {
    fn get(&self, resource_type: &str, id: &str) -> Option<(Value, Vec<IndexEntry>)> {
        let resource = self.0.get(&(resource_type.to_owned(), id.to_owned()))?;
        Some((resource.clone(), extract(resource)))
    }

    fn any(&self, resource_type: &str, wanted: &mut dyn FnMut(&Value, &[IndexEntry]) -> bool) -> bool {
        let of_type = self.0.iter().filter(|((kind, _), _)| kind == resource_type);
        of_type.map(|(_, resource)| resource).any(|resource| wanted(resource, &extract(resource)))
    }
}

impl Hospital {
    fn found(&self, resource_type: &str, query: &str) -> Vec<&str> {
        let query = read(resource_type, query);
        assert_eq!(query.problems, []);
        let of_type = self.0.iter().filter(|((kind, _), _)| kind == resource_type);
        of_type
            .filter(|(_, resource)| matches_among(self, &query, resource, &extract(resource)))
            .map(|((_, id), _)| id.as_str())
            .collect()
    }
}

fn hospital() -> Hospital {
    let to = |target: &str| json!({"reference": target});
    let observation = |id: &str, code: &str, subject: &str, encounter: &str| {
        json!({"resourceType": "Observation", "id": id, "code": {"coding": [{"code": code}]},
            "subject": to(subject), "encounter": to(encounter)})
    };
    let made = [
        json!({"resourceType": "Practitioner", "id": "house", "name": [{"family": "House"}]}),
        json!({"resourceType": "Practitioner", "id": "grey", "name": [{"family": "Grey"}]}),
        json!({"resourceType": "Patient", "id": "ann", "gender": "female", "birthDate": "1980-05-17",
            "name": [{"family": "Berg", "given": ["Ann"]}], "generalPractitioner": [to("Practitioner/house")]}),
        json!({"resourceType": "Patient", "id": "bob", "gender": "male", "name": [{"family": "Tal"}],
            "generalPractitioner": [to("http://here.example/fhir/Practitioner/grey"), to("http://far.example/fhir/Practitioner/house")]}),
        json!({"resourceType": "Patient", "id": "cy", "name": [{"family": "Bergmann"}]}),
        json!({"resourceType": "Group", "id": "all", "type": "person", "actual": true, "code": {"coding": [{"code": "x"}]}}),
        json!({"resourceType": "Encounter", "id": "e1", "status": "finished", "subject": to("Patient/ann")}),
        observation("o1", "1", "Patient/ann", "Encounter/e1"),
        observation("o2", "2", "Patient/bob", "Encounter/none"),
        observation("o3", "1", "Group/all", "Encounter/e1"),
        json!({"resourceType": "List", "id": "l", "entry": [{"item": to("Patient/bob")}, {"item": to("Observation/o1")}]}),
    ];
    Hospital(
        made.into_iter()
            .map(|made| {
                let text = |member: &str| made[member].as_str().unwrap().to_owned();
                ((text("resourceType"), text("id")), made)
            })
            .collect(),
    )
}

#[test]
fn links_are_followed() {
    let hospital = hospital();
    let cases: [(&str, &str, &[&str]); 20] = [
        ("Observation", "subject.name=berg", &["o1"]),
        ("Observation", "subject:Patient.name=berg", &["o1"]),
        ("Observation", "subject:Patient.gender:not=female", &["o2"]),
        ("Observation", "subject.code=x", &["o3"]),
        ("Observation", "subject:Group.code=x&code=1", &["o3"]),
        ("Observation", "subject:Patient.general-practitioner.name=house", &["o1"]),
        ("Observation", "subject:Patient.general-practitioner:Practitioner.name=house,grey", &["o1", "o2"]),
        ("Observation", "encounter.patient.birthdate=lt1990", &["o1", "o3"]),
        ("Observation", "patient._id=ann", &["o1"]),
        ("Observation", "subject.birthdate:missing=true", &["o2"]),
        ("Patient", "_has:Observation:patient:code=1", &["ann"]),
        ("Patient", "_has:Observation:patient:code:not=1", &["bob"]),
        ("Patient", "_has:Encounter:patient:_has:Observation:encounter:code=1", &["ann"]),
        ("Practitioner", "_has:Patient:general-practitioner:_has:Observation:patient:code=2", &["grey"]),
        ("Practitioner", "_has:Patient:general-practitioner:name=berg", &["house"]),
        ("Observation", "patient._has:Encounter:patient:status=finished", &["o1"]),
        ("Patient", "_list=l", &["bob"]),
        ("Observation", "_list=l", &["o1"]),
        ("Patient", "_list=l&name=berg", &[]),
        ("Observation", "patient._list=l", &["o2"]),
    ];
    for (kind, query, expected) in cases {
        assert_eq!(hospital.found(kind, query), expected, "{kind}?{query}");
    }
}

#[test]
fn filters_are_read_as_they_are_meant() {
    let hospital = hospital();
    let cases: [(&str, &str, &[&str]); 22] = [
        ("Patient", "family eq berg", &["ann"]),
        ("Patient", "family sw \"Ber\"", &["ann", "cy"]),
        ("Patient", "family co erg", &["ann", "cy"]),
        ("Patient", "family ew MANN", &["cy"]),
        ("Patient", "family ne berg", &["bob", "cy"]),
        ("Patient", "name ne ann", &["ann", "bob", "cy"]),
        ("Patient", "gender eq male or family eq berg and birthdate lt 1981", &["ann", "bob"]),
        ("Patient", "(gender eq male or family eq berg) and birthdate lt 1981", &["ann"]),
        ("Patient", "not (gender eq male)", &["ann", "cy"]),
        ("Patient", "not(gender eq male or (family eq berg))", &["cy"]),
        ("Patient", "gender ne male", &["ann"]),
        ("Patient", "gender pr false", &["cy"]),
        ("Patient", "birthdate pr true", &["ann"]),
        ("Patient", "birthdate ge 1980-05-17 and birthdate le 1980-05-17", &["ann"]),
        ("Patient", "birthdate sa 1980-05-16", &["ann"]),
        ("Patient", "birthdate eb 1980-05-17", &[]),
        ("Patient", "birthdate ap 1981", &["ann"]),
        ("Patient", "general-practitioner.name eq grey", &["bob"]),
        ("Observation", "subject.gender eq female", &["o1"]),
        ("Observation", "subject re Patient/ann or code eq 2", &["o1", "o2"]),
        ("Patient", "_id eq ann", &["ann"]),
        ("Patient", "family eq \"be,rg\" or family eq \"a\\\\b\"", &[]),
    ];
    for (kind, filter, expected) in cases {
        assert_eq!(hospital.found(kind, &format!("_filter={filter}")), expected, "{kind}: {filter}");
    }
}

#[test]
fn what_asks_too_much_is_refused() {
    let parts = |links: usize| format!("encounter.{}_id=1", "part-of.".repeat(links - 1));
    let has = |links: usize| format!("{}_id=1", "_has:Encounter:part-of:".repeat(links));
    let filter = |terms: usize| format!("_filter={}", vec!["name eq x"; terms].join(" or "));
    let nested = |depth: usize| format!("_filter={}name eq x{}", "(".repeat(depth), ")".repeat(depth));
    for (kind, query, refused) in [
        ("Observation", parts(DEPTH_MAX), false),
        ("Observation", parts(DEPTH_MAX + 1), true),
        ("Encounter", has(DEPTH_MAX), false),
        ("Encounter", has(DEPTH_MAX + 1), true),
        ("Patient", filter(100), false),
        ("Patient", filter(FILTER_BYTES_MAX), true),
        ("Patient", nested(20), false),
        ("Patient", nested(21), true),
        ("Patient", vec!["name=x"; CONDITIONS_MAX].join("&"), false),
        ("List", "item.subject.general-practitioner.name=x".to_owned(), true),
    ] {
        let found = read(kind, &query);
        let kinds: Vec<ProblemKind> = found.problems.iter().map(|problem| problem.kind).collect();
        let expected = if refused { vec![ProblemKind::TooCostly] } else { vec![] };
        assert_eq!(kinds, expected, "{kind}?{query}: {:?}", found.problems);
    }
}
