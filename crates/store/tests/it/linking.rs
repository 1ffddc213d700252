//! Searches about linked resources and single elements, over image and sandbox together.

use serde_json::{Value, json};
use store::StoreError;

use crate::hospital::{Hospital, found, hospital, query};

fn to(target: &str) -> Value {
    json!({"reference": target})
}

fn person(id: &str, family: &str, practitioner: &str) -> Value {
    json!({"resourceType": "Patient", "id": id, "name": [{"family": family}], "generalPractitioner": [to(practitioner)],
        "identifier": [{"type": {"coding": [{"system": "http://kinds.example", "code": "MR"}]}, "value": id}]})
}

fn pressure(id: &str, of: &str, systolic: u32, diastolic: u32) -> Value {
    let part = |code: &str, value: u32| json!({"code": {"coding": [{"system": "http://loinc.org", "code": code}]}, "valueQuantity": {"value": value, "unit": "mm[Hg]"}});
    json!({"resourceType": "Observation", "id": id, "subject": to(of), "code": {"coding": [{"code": "bp", "display": "Blood pressure"}]},
        "component": [part("8480-6", systolic), part("8462-4", diastolic)]})
}

/// Ann and Bob are patients of House, Cy of Grey; Bob was renamed in the sandbox, and Cy's old values are shadowed there.
fn furnished() -> Hospital {
    let hospital = hospital(&[
        json!({"resourceType": "Practitioner", "id": "house", "name": [{"family": "House"}]}),
        json!({"resourceType": "Practitioner", "id": "grey", "name": [{"family": "Grey"}]}),
        person("ann", "Berg", "Practitioner/house"),
        person("bob", "Berg", "Practitioner/house"),
        person("cy", "Berg", "Practitioner/grey"),
        pressure("a1", "Patient/ann", 150, 90),
        pressure("b1", "Patient/bob", 110, 70),
        pressure("c1", "Patient/cy", 170, 60),
        pressure("gone", "Patient/cy", 200, 100),
    ]);
    hospital.put(&person("bob", "Tal", "http://here.example/fhir/Practitioner/house"));
    hospital.put(&pressure("c1", "Patient/cy", 90, 60));
    hospital.put(&pressure("a2", "http://here.example/fhir/Patient/ann", 120, 95));
    hospital.delete("Observation", "gone");
    hospital.put(&json!({"resourceType": "List", "id": "l", "entry": [{"item": to("Patient/cy")}, {"item": to("Observation/a2")}]}));
    hospital
}

#[test]
fn links_lead_from_either_file_into_the_other() {
    let hospital = furnished();
    let cases: [(&str, &str, &[&str]); 20] = [
        ("Observation", "subject:Patient.family=berg", &["a1", "c1", "a2"]),
        ("Observation", "subject.family=tal", &["b1"]),
        ("Observation", "patient.general-practitioner.name=house", &["a1", "b1", "a2"]),
        ("Observation", "patient.general-practitioner:Practitioner.name=grey&code=bp", &["c1"]),
        ("Observation", "patient.family=berg&patient._id=cy", &["c1"]),
        ("Observation", "patient._list=l", &["c1"]),
        ("Patient", "_has:Observation:patient:code=bp", &["ann", "bob", "cy"]),
        ("Patient", "_has:Observation:patient:component-code-value-quantity=8480-6$gt140", &["ann"]),
        ("Patient", "_has:Observation:patient:_id=a2", &["ann"]),
        ("Patient", "_has:Observation:patient:_id=gone", &[]),
        ("Practitioner", "_has:Patient:general-practitioner:_has:Observation:patient:_id=b1", &["house"]),
        ("Practitioner", "_has:Patient:general-practitioner:family=berg", &["house", "grey"]),
        ("Practitioner", "_has:Patient:general-practitioner:family=tal", &["house"]),
        ("Patient", "_list=l", &["cy"]),
        ("Patient", "_filter=family eq tal or general-practitioner.name eq grey", &["bob", "cy"]),
        ("Patient", "_filter=not (_id eq ann) and family eq berg", &["cy"]),
        ("Observation", "component-code-value-quantity=8480-6$110,8462-4$95", &["b1", "a2"]),
        ("Observation", "combo-code-value-quantity=http://loinc.org|8462-4$le60||mm[Hg]", &["c1"]),
        ("Patient", "identifier:of-type=http://kinds.example|MR|bob", &["bob"]),
        ("Observation", "code:text=blood&component-code-value-quantity=8480-6$90&_id=a1,c1", &["c1"]),
    ];
    for (kind, text, expected) in cases {
        let mut ids = hospital.found(kind, text);
        ids.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(ids, expected, "{kind}?{text}");
        let total = hospital.sandbox.view(|view| view.search(&query(kind, text), 0)).unwrap().total;
        assert_eq!(total, Some(expected.len() as u64), "{kind}?{text}");
    }
}

#[test]
fn what_a_link_says_follows_every_change() {
    let hospital = furnished();
    let berg = "subject:Patient.family=berg";
    assert_eq!(hospital.found("Observation", berg).len(), 3);
    hospital.put(&person("cy", "Tal", "Practitioner/grey"));
    assert_eq!(hospital.found("Observation", berg).len(), 2);
    assert!(hospital.undo());
    assert_eq!(hospital.found("Observation", berg).len(), 3);
    hospital.delete("Patient", "ann");
    assert_eq!(hospital.found("Observation", berg), ["c1"]);
    assert_eq!(hospital.found("Observation", "component-code-value-quantity=8480-6$gt160"), [""; 0]);
    hospital.reset();
    assert_eq!(hospital.found("Observation", "component-code-value-quantity=8480-6$gt160"), ["c1", "gone"]);
}

#[test]
fn several_types_are_searched_as_one() {
    let hospital = furnished();
    let queries = ["Observation", "Patient", "Practitioner"].map(|kind| query(kind, "_sort=_id"));
    let mut ids = Vec::new();
    let mut cursor = None;
    loop {
        let mut asked = queries.clone();
        asked[0].cursor = cursor;
        let page = hospital.sandbox.view(|view| view.search_types(&asked, 2)).unwrap();
        assert_eq!(page.total, Some(9));
        ids.extend(page.hits.into_iter().map(|hit| hit.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(ids, ["a1", "a2", "ann", "b1", "bob", "c1", "cy", "grey", "house"]);
    let types = hospital.sandbox.view(|view| view.types()).unwrap();
    assert_eq!(types.into_iter().collect::<Vec<_>>(), ["List", "Observation", "Patient", "Practitioner"]);
    let none = hospital.sandbox.view(|view| view.search_types(&[], 2)).unwrap();
    assert_eq!((none.hits.len(), none.total), (0, Some(0)));
}

#[test]
fn a_link_that_leads_over_too_much_is_refused() {
    let members: Vec<Value> =
        (0..25_001).map(|at| json!({"entity": to(&format!("Patient/p{at}"))})).collect();
    let hospital = hospital(&[json!({"resourceType": "Group", "id": "all", "member": members})]);
    let once = "_has:Group:member:_id=all";
    assert_eq!(hospital.found("Patient", once), [""; 0]);
    let asked = query("Patient", &vec![once; 90].join("&"));
    let refused = hospital.sandbox.view(|view| view.search(&asked, 1)).map(|found| found.hits.len());
    let Err(StoreError::Full { what }) = refused else { panic!("{refused:?}") };
    assert!(what.contains("`member`") && what.contains("Group"), "{what}");
    assert_eq!(hospital.sandbox.view(|view| found(view, "Group", "member=p7")), ["all"]);
}
