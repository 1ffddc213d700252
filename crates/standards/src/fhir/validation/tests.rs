use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;
use serde_json::{Value, json};

use super::primitive::text_fits;
use super::validate;
use crate::fhir::definitions::{Definitions, Primitive};
use crate::fhir::outcome::IssueCode;

/// Validates an observation with these members changed, added, or with null removed.
fn observation(changes: Value) -> Vec<(String, IssueCode)> {
    let mut resource = json!({
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-03-01T09:30:00Z",
        "valueQuantity": {"value": 72, "unit": "/min"},
    });
    merge(&mut resource, changes);
    found(&resource)
}

fn patient(changes: Value) -> Vec<(String, IssueCode)> {
    let mut resource = json!({"resourceType": "Patient"});
    merge(&mut resource, changes);
    found(&resource)
}

fn merge(resource: &mut Value, changes: Value) {
    let Value::Object(changes) = changes else { panic!("changes are an object") };
    let members = resource.as_object_mut().expect("a resource is an object");
    for (name, value) in changes {
        match name.strip_prefix('-') {
            Some(gone) => drop(members.shift_remove(gone)),
            None => drop(members.insert(name, value)),
        }
    }
}

fn found(resource: &Value) -> Vec<(String, IssueCode)> {
    let issues = validate(Definitions::r4(), resource);
    issues.into_iter().map(|issue| (issue.expression.unwrap_or_default(), issue.code)).collect()
}

fn check(found: &[(String, IssueCode)], expected: &[(&str, IssueCode)]) {
    let found: Vec<(&str, IssueCode)> = found.iter().map(|(path, code)| (path.as_str(), *code)).collect();
    assert_eq!(found, expected);
}

use IssueCode::{CodeInvalid, Invariant, Required, Structure, Value as Format};

#[test]
fn sound_resources_pass() {
    check(&observation(json!({})), &[]);
    check(&patient(json!({})), &[]);
    check(
        &patient(json!({
            "name": [{"given": ["A", null], "_given": [null, {"extension": [{"url": "http://x", "valueCode": "y"}]}]}],
            "_birthDate": {"extension": [{"url": "http://x", "valueDateTime": "2026-01-01T00:00:00+01:00"}]},
            "contained": [{"resourceType": "Organization", "id": "o", "name": "O"}],
            "managingOrganization": {"reference": "#o"},
            "extension": [{"url": "http://x", "extension": [{"url": "inner", "valueDecimal": 1.50}]}],
            "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"},
        })),
        &[],
    );
}

#[test]
fn elements_must_belong_to_the_type() {
    check(&observation(json!({"foo": 1})), &[("Observation.foo", Structure)]);
    check(&observation(json!({"value": 1})), &[("Observation.value", Structure)]);
    check(&observation(json!({"_code": {"id": "a"}})), &[("Observation._code", Structure)]);
    check(
        &observation(json!({"code": {"resourceType": "x", "text": "y"}})),
        &[("Observation.code.resourceType", Structure)],
    );
    check(
        &patient(json!({"contact": [{"name": {"text": "N"}}, {"nam": {}}], "animal": {}})),
        &[("Patient.contact[1].nam", Structure), ("Patient.animal", Structure)],
    );
}

#[test]
fn cardinality_is_kept() {
    check(
        &observation(json!({"-status": null, "-code": null})),
        &[("Observation.status", Required), ("Observation.code", Required)],
    );
    check(&observation(json!({"status": ["final"]})), &[("Observation.status", Structure)]);
    check(&patient(json!({"name": {"text": "N"}})), &[("Patient.name", Structure)]);
    check(&patient(json!({"link": [{"type": "refer"}]})), &[("Patient.link[0].other", Required)]);
    check(
        &observation(
            json!({"-status": null, "_status": {"extension": [{"url": "http://x", "valueCode": "unknown"}]}}),
        ),
        &[],
    );
    check(&observation(json!({"valueString": "x"})), &[("Observation.value", Structure)]);
    check(&observation(json!({"_valueString": {"id": "x"}})), &[("Observation.value", Structure)]);
    check(
        &observation(json!({"-valueQuantity": null, "valueString": "x", "_valueString": {"id": "x"}})),
        &[],
    );
}

#[test]
fn nothing_may_be_empty() {
    check(&patient(json!({"name": []})), &[("Patient.name", Structure)]);
    check(&patient(json!({"name": [{}]})), &[("Patient.name[0]", Structure)]);
    check(&patient(json!({"gender": null})), &[("Patient.gender", Structure)]);
    check(&patient(json!({"name": [{"family": ""}]})), &[("Patient.name[0].family", Format)]);
    check(&patient(json!({"name": [{"given": [null, "A"]}]})), &[("Patient.name[0].given[0]", Structure)]);
    check(&patient(json!({"name": [null]})), &[("Patient.name[0]", Structure)]);
    check(&patient(json!({"_active": {}})), &[("Patient.active", Structure)]);
    check(&patient(json!({"_active": [{"id": "a"}]})), &[("Patient.active", Structure)]);
    check(&patient(json!({"name": [{"_given": {"id": "a"}}]})), &[("Patient.name[0].given", Structure)]);
    check(&patient(json!({"name": [{"given": ["A", "B"], "_given": [{"id": "a"}]}]})), &[]);
    check(&patient(json!({"name": [{"_given": [null]}]})), &[("Patient.name[0].given[0]", Structure)]);
    check(
        &patient(json!({"name": [{"given": ["A"], "_given": [null, {"id": "a"}]}]})),
        &[("Patient.name[0].given", Structure)],
    );
}

#[test]
fn values_have_the_type_of_their_element() {
    check(&patient(json!({"active": "true"})), &[("Patient.active", Format)]);
    check(&patient(json!({"birthDate": 1990})), &[("Patient.birthDate", Format)]);
    check(&patient(json!({"birthDate": "1990-02-30"})), &[("Patient.birthDate", Format)]);
    check(&patient(json!({"birthDate": {}})), &[("Patient.birthDate", Format)]);
    check(&patient(json!({"maritalStatus": "M"})), &[("Patient.maritalStatus", Structure)]);
    check(&patient(json!({"multipleBirthInteger": 1.5})), &[("Patient.multipleBirth", Format)]);
    check(&patient(json!({"id": "a b"})), &[("Patient.id", Format)]);
    check(&observation(json!({"valueQuantity": {"value": "72"}})), &[("Observation.value.value", Format)]);
    check(
        &observation(json!({"effectiveDateTime": "2026-03-01T09:30:00"})),
        &[("Observation.effective", Format)],
    );
    check(&observation(json!({"issued": "2026-03-01"})), &[("Observation.issued", Format)]);
    check(&patient(json!({"text": {"status": "generated", "div": 1}})), &[("Patient.text.div", Format)]);
    check(&patient(json!({"text": {"status": "generated"}})), &[("Patient.text.div", Required)]);
}

#[test]
fn required_codes_are_held() {
    check(&patient(json!({"gender": "f"})), &[("Patient.gender", CodeInvalid)]);
    check(&observation(json!({"status": "Final"})), &[("Observation.status", CodeInvalid)]);
    let condition = |status: Value| {
        found(
            &json!({"resourceType": "Condition", "subject": {"reference": "Patient/1"}, "clinicalStatus": status}),
        )
    };
    let system = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    check(&condition(json!({"coding": [{"system": system, "code": "active"}]})), &[]);
    check(&condition(json!({"extension": [{"url": "http://x", "valueCode": "unknown"}]})), &[]);
    for wrong in [
        json!({"coding": [{"system": system, "code": "Active"}]}),
        json!({"coding": [{"code": "active"}]}),
        json!({"text": "active"}),
    ] {
        check(&condition(wrong), &[("Condition.clinicalStatus", CodeInvalid)]);
    }
}

#[test]
fn references_point_to_allowed_types() {
    let subject = |reference: Value| observation(json!({"subject": reference}));
    for fine in [
        json!({"reference": "Patient/a/_history/2"}),
        json!({"reference": "https://example.org/fhir/Patient/1"}),
        json!({"reference": "https://example.org/any/thing"}),
        json!({"reference": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}),
        json!({"reference": "Patient?identifier=http://x|1"}),
        json!({"type": "Patient", "identifier": {"value": "1"}}),
        json!({"display": "someone"}),
    ] {
        check(&subject(fine), &[]);
    }
    for wrong in [
        json!({"reference": "Practitioner/1"}),
        json!({"reference": "https://example.org/fhir/Practitioner/1"}),
        json!({"reference": "Patient"}),
        json!({"reference": "patient/1"}),
        json!({"reference": "Patient/a b"}),
        json!({"reference": "#nowhere"}),
        json!({"type": "Practitioner", "identifier": {"value": "1"}}),
        json!({"type": "Human"}),
        json!({"reference": "Patient/1", "type": "Group"}),
    ] {
        check(&subject(wrong), &[("Observation.subject", Format)]);
    }
}

#[test]
fn extensions_have_a_url_and_one_content() {
    let extension = |extension: Value| patient(json!({"extension": [extension]}));
    check(&extension(json!({"valueString": "x"})), &[("Patient.extension[0].url", Required)]);
    check(&extension(json!({"url": "http://x"})), &[("Patient.extension[0]", Invariant)]);
    check(
        &extension(
            json!({"url": "http://x", "valueString": "x", "extension": [{"url": "y", "valueCode": "z"}]}),
        ),
        &[("Patient.extension[0]", Invariant)],
    );
    check(&extension(json!({"url": "http://x", "_valueString": {"id": "a"}})), &[]);
}

#[test]
fn inner_resources_are_walked() {
    check(
        &patient(json!({"contained": [{"resourceType": "Organization", "id": "o", "nme": "x"}]})),
        &[("Patient.contained[0].nme", Structure)],
    );
    check(
        &patient(
            json!({"contained": [{"resourceType": "Patient", "id": "o", "contained": [{"resourceType": "Patient"}]}]}),
        ),
        &[("Patient.contained[0]", Invariant)],
    );
    check(&patient(json!({"contained": [{"id": "o"}]})), &[("Patient.contained[0]", Required)]);
    let entry = |resource: Value| json!({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": resource}]});
    check(&found(&entry(json!({"resourceType": "Nothing"}))), &[("Bundle.entry[0].resource", Format)]);
    let outside = json!({"resourceType": "Patient", "managingOrganization": {"reference": "#o"}});
    check(&found(&entry(outside)), &[("Bundle.entry[0].resource.managingOrganization", Format)]);
}

#[test]
fn what_is_no_resource_is_said_once() {
    check(&found(&json!({"id": "a"})), &[("Resource", Required)]);
    check(&found(&json!({"resourceType": "DomainResource"})), &[("DomainResource", Format)]);
    check(&found(&json!({"resourceType": 1})), &[("Resource", Structure)]);
    check(&found(&json!([])), &[("Resource", Structure)]);
}

#[test]
fn messages_say_what_to_try() {
    let cases = [
        (json!({"birthdate": "1990"}), "Patient has no element `birthdate`; did you mean `birthDate`?"),
        (
            json!({"deceased": true}),
            "`deceased` needs its type in its name; types of `deceased[x]`: boolean, dateTime",
        ),
        (
            json!({"gender": "f"}),
            "`f` is not one of female, male, other, unknown (value set http://hl7.org/fhir/ValueSet/administrative-gender)",
        ),
        (
            json!({"birthDate": "1.1.90"}),
            "\"1.1.90\" is not valid here; expected a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD",
        ),
        (
            json!({"generalPractitioner": [{"reference": "Patient/1"}]}),
            "points to a Patient; allowed here: Organization, Practitioner, PractitionerRole",
        ),
    ];
    for (changes, message) in cases {
        let mut resource = json!({"resourceType": "Patient"});
        merge(&mut resource, changes);
        assert_eq!(validate(Definitions::r4(), &resource)[0].diagnostics, message);
    }
}

#[test]
fn a_flood_of_problems_is_cut_off() {
    let names: Vec<Value> = (0..500).map(|_| json!({"family": ""})).collect();
    let issues = validate(Definitions::r4(), &json!({"resourceType": "Patient", "name": names}));
    assert_eq!(issues.len(), 201);
    assert_eq!(issues[200].diagnostics, "300 more problems were found; solve these first");
}

/// Values under names that mean something in a patient, in every wrong shape.
fn any_shape() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "(Patient/|#|urn:|https://|\\PC){0,3}[0-9T:+-]{0,12}".prop_map(Value::from),
    ];
    let names = "_?(resourceType|id|extension|url|value(String|Range)?|name|given|contact|text|div|contained|link|other|reference|type|gender|birthDate|deceased(Boolean|DateTime)|photo|data|period|start)";
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_shape_makes_it_panic(mut resource in any_shape()) {
        validate(Definitions::r4(), &resource);
        if let Some(members) = resource.as_object_mut() {
            members.insert("resourceType".to_owned(), json!("Patient"));
        }
        for issue in validate(Definitions::r4(), &resource) {
            prop_assert!(issue.expression.is_some() && !issue.diagnostics.is_empty());
        }
    }
}

/// The published patterns, each for a whole text.
static PATTERNS: LazyLock<Vec<(Primitive, Regex)>> = LazyLock::new(|| {
    let primitives = Definitions::r4().primitives().iter();
    let patterns = primitives.filter_map(|primitive| Some((primitive.kind, primitive.pattern.as_deref()?)));
    patterns.map(|(kind, text)| (kind, Regex::new(&format!("^(?:{text})$")).expect("a pattern"))).collect()
});

fn is_published(kind: Primitive, text: &str) -> bool {
    let found = PATTERNS.iter().find(|(known, _)| *known == kind);
    found.expect("all but xhtml have a pattern").1.is_match(text)
}

/// Texts near the formats, so that both verdicts occur.
fn near_formats() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{4}(-[01][0-9](-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\.[0-9]{1,3})?(Z|[+-][01][0-9]:[0-5][0-9])?)?)?)?",
        "[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,3})?",
        "urn:oid:[0-3](\\.[0-9]{1,3}){0,4}",
        "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-fF]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "[a-zA-Z0-9.\\-_ ]{0,70}",
        "[a-c \\t]{0,8}",
        "\\PC{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn hand_written_formats_agree_with_the_published_patterns(text in near_formats()) {
        use Primitive::{Canonical, Code, Id, Oid, Time, Uri, Url, Uuid};
        for kind in [Id, Oid, Time, Uuid, Code] {
            prop_assert_eq!(text_fits(kind, &text), is_published(kind, &text), "{:?}", kind);
        }
        for kind in [Uri, Url, Canonical] {
            let expected = !text.is_empty() && is_published(kind, &text);
            prop_assert_eq!(text_fits(kind, &text), expected, "{:?}", kind);
        }
        // Stricter than the patterns, which know no calendar.
        for kind in [Primitive::Date, Primitive::DateTime, Primitive::Instant] {
            let possible = is_published(kind, &text);
            prop_assert!(possible || !text_fits(kind, &text), "{:?}", kind);
            let day: Option<u32> = text.get(8..10).and_then(|day| day.parse().ok());
            if possible && day.is_none_or(|day| day <= 28) {
                prop_assert!(text_fits(kind, &text), "{:?}", kind);
            }
        }
    }

    #[test]
    fn base64_is_what_an_encoder_writes(length in 1..5usize, padding in 0..3usize, wrapped: bool) {
        let mut text = "QUJD".repeat(length);
        text.truncate(text.len() - padding);
        prop_assert_eq!(text_fits(Primitive::Base64Binary, &text), padding == 0);
        text.push_str(&"=".repeat(padding));
        if wrapped {
            text.insert(4, '\n');
        }
        prop_assert!(text_fits(Primitive::Base64Binary, &text));
        prop_assert!(!text_fits(Primitive::Base64Binary, &text.replacen('Q', "-", 1)));
    }
}
