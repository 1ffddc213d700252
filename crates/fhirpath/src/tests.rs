//! The expressions that labs are checked with.

use serde_json::{Value, json};
use standards::fhir::path::{FhirPath, PathError};

use crate::Engine;

fn bundle() -> Value {
    json!({
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [
            {"resource": {
                "resourceType": "Patient", "id": "a", "gender": "female", "birthDate": "1980-05-17", "active": true,
                "identifier": [{"system": "https://practicum.example/mrn", "value": "M1"}],
                "name": [{"use": "official", "family": "Smith", "given": ["Zoë", "May"]}, {"use": "old", "family": "Jones"}],
                "link": [{"other": {"reference": "Patient/b"}, "type": "replaced-by"}],
            }},
            {"resource": {
                "resourceType": "Patient", "id": "b", "gender": "male", "birthDate": "2001-01-01", "deceasedBoolean": false,
            }},
            {"resource": {
                "resourceType": "Observation", "id": "o", "status": "final", "subject": {"reference": "Patient/a"},
                "code": {"coding": [{"system": "http://loinc.org", "code": "8310-5"}]},
                "effectiveDateTime": "2024-03-01T10:00:00Z",
                "valueQuantity": {"value": 37.2, "unit": "Cel", "system": "http://unitsofmeasure.org", "code": "Cel"},
                "component": [{"valueQuantity": {"value": 0.1}}, {"valueQuantity": {"value": 0.2}}],
            }},
            {"resource": {
                "resourceType": "Encounter", "id": "e", "status": "finished",
                "period": {"start": "2024-03-01T08:00:00Z", "end": "2024-03-02T09:30:00Z"},
                "location": [{"location": {"reference": "Location/icu"}, "status": "completed"}],
            }},
        ],
    })
}

fn evaluate(expression: &str, variables: &[(&str, Value)]) -> Result<Vec<Value>, PathError> {
    Engine::new().evaluate(expression, &bundle(), variables)
}

#[test]
fn expressions_of_lab_checks() {
    for (expression, expected) in [
        ("Bundle.entry.count()", json!([4])),
        ("Bundle.entry.resource.ofType(Patient).count()", json!([2])),
        ("entry.resource.ofType(Patient).where(gender = 'female').id", json!(["a"])),
        ("entry.resource.where($this is Observation).status", json!(["final"])),
        ("entry.resource.ofType(Patient).name.where(use = 'official').given", json!(["Zoë", "May"])),
        ("entry.resource.ofType(Patient).name.where(use = 'official').given.first()", json!(["Zoë"])),
        (
            "entry.resource.ofType(Patient).identifier.where(system = 'https://practicum.example/mrn').value",
            json!(["M1"]),
        ),
        ("entry.resource.ofType(Patient).where(link.exists()).id", json!(["a"])),
        ("entry.resource.ofType(Patient).where(link.other.reference = 'Patient/b').exists()", json!([true])),
        ("entry.resource.ofType(Practitioner).exists()", json!([false])),
        ("entry.resource.ofType(Practitioner)", json!([])),
        ("entry.resource.ofType(Patient).id.isDistinct()", json!([true])),
        ("entry.resource.ofType(Patient).all(gender.exists())", json!([true])),
        ("entry.resource.ofType(Patient).where(active).id", json!(["a"])),
        ("entry.resource.ofType(Patient).where(deceased = false).id", json!(["b"])),
        (
            "entry.resource.ofType(Encounter).where(status = 'finished' and period.end.exists()).id",
            json!(["e"]),
        ),
        ("entry.resource.ofType(Encounter).location.last().location.reference", json!(["Location/icu"])),
        (
            "entry.resource.ofType(Observation).where(code.coding.where(system = 'http://loinc.org' and code = '8310-5').exists()).id",
            json!(["o"]),
        ),
        ("entry.resource.ofType(Observation).subject.reference.startsWith('Patient/')", json!([true])),
        ("entry.resource.ofType(Patient).name.family.select($this.upper())", json!(["SMITH", "JONES"])),
        ("entry.resource.ofType(Patient).name.first().family.matches('^S.*h$')", json!([true])),
        (
            "entry.resource.ofType(Patient).name.first().select(given.first() & ' ' & family)",
            json!(["Zoë Smith"]),
        ),
        ("entry.resource.id.join(',')", json!(["a,b,o,e"])),
        ("'a,b'.split(',').count()", json!([2])),
        ("iif(entry.empty(), 'none', 'some')", json!(["some"])),
        ("entry.resource.repeat(component).count()", json!([2])),
        ("%resource.type", json!(["searchset"])),
        ("entry.resource.ofType(Patient).where(%resource.type = 'searchset').count()", json!([2])),
        ("entry.resource.descendants().count() > 10", json!([true])),
    ] {
        assert_eq!(json!(evaluate(expression, &[]).unwrap()), expected, "{expression}");
    }
}

#[test]
fn dates_compare_as_dates() {
    for (expression, expected) in [
        ("entry.resource.ofType(Patient).where(birthDate < @2000-01-01).id", json!(["a"])),
        ("entry.resource.ofType(Patient).where(birthDate >= @2000).id", json!(["b"])),
        ("entry.resource.ofType(Patient).where(birthDate = @1980-05-17).id", json!(["a"])),
        ("entry.resource.ofType(Observation).effective > @2024-03-01T09:00:00Z", json!([true])),
        ("entry.resource.ofType(Observation).effective < @2024-03-01T12:00:00+01:00", json!([true])),
        (
            "entry.resource.ofType(Encounter).period.end > entry.resource.ofType(Encounter).period.start",
            json!([true]),
        ),
        (
            "entry.resource.ofType(Encounter).where(period.start.toDateTime() + 2 days > period.end).id",
            json!(["e"]),
        ),
        ("@2024-02-28 + 1 day", json!(["2024-02-29"])),
    ] {
        assert_eq!(json!(evaluate(expression, &[]).unwrap()), expected, "{expression}");
    }
}

#[test]
fn decimals_compare_as_people_mean_it() {
    for (expression, expected) in [
        ("entry.resource.ofType(Observation).value.value = 37.2", json!([true])),
        ("37.2 = entry.resource.ofType(Observation).value.value", json!([true])),
        ("entry.resource.ofType(Observation).value.value > 37.2", json!([false])),
        ("entry.resource.ofType(Observation).value.value >= (37.2)", json!([true])),
        ("entry.resource.ofType(Observation).value.value != 37.2", json!([false])),
        ("entry.resource.ofType(Observation).value.value = -37.2", json!([false])),
        ("entry.resource.ofType(Observation).where(value.value > 37.1).id", json!(["o"])),
        ("entry.resource.ofType(Observation).value = 37.2 'Cel'", json!([true])),
        ("entry.resource.ofType(Observation).component.value.value.first() + 0.2 = 0.3", json!([true])),
        ("entry.resource.ofType(Observation).component.where(value.value = 0.2).count()", json!([1])),
        ("0.1 + 0.2 = 0.3", json!([true])),
        ("entry.resource.ofType(Observation).value.value", json!([37.2])),
        ("entry.resource.ofType(Observation).value", json!([{"value": 37.2, "unit": "Cel"}])),
        ("entry.count() > 3.5", json!([true])),
        ("1.10", json!([1.1])),
    ] {
        assert_eq!(json!(evaluate(expression, &[]).unwrap()), expected, "{expression}");
    }
}

#[test]
fn variables_come_from_the_caller() {
    let variables = [
        ("mrn", json!("M1")),
        ("now", json!("2024-03-01T10:00:00Z")),
        ("high", json!(37.2)),
        ("ids", json!(["a", "b"])),
    ];
    for (expression, expected) in [
        ("entry.resource.ofType(Patient).where(identifier.value = %mrn).id", json!(["a"])),
        ("entry.resource.ofType(Patient).where(id in %ids).count()", json!([2])),
        ("entry.resource.ofType(Observation).value.value = %high", json!([true])),
        ("%high = 37.2", json!([true])),
        ("entry.resource.ofType(Encounter).period.start < %now", json!([true])),
        ("entry.resource.ofType(Observation).code.coding.system = %loinc", json!([true])),
    ] {
        assert_eq!(json!(evaluate(expression, &variables).unwrap()), expected, "{expression}");
    }
}

#[test]
fn a_variable_that_nobody_gave_is_an_error() {
    let error = evaluate("entry.resource.where(id = %patient)", &[]).unwrap_err();
    assert!(error.to_string().contains("the variable %patient is not given"), "{error}");
    assert_eq!(evaluate("'100%patient'", &[]).unwrap(), [json!("100%patient")]);
}

#[test]
fn errors_say_what_is_wrong() {
    for expression in ["", "entry.", "entry.where(", "1 +", "entry..resource", "'open", "entry resource"] {
        let error = evaluate(expression, &[]).unwrap_err();
        assert!(matches!(error, PathError::Syntax { .. }), "{expression}: {error}");
        assert_eq!(Engine::new().check(expression), Err(error));
    }
    for expression in ["entry.frobnicate()", "entry.resource.single()", "entry.count() + 'a'"] {
        let error = evaluate(expression, &[]).unwrap_err();
        assert!(matches!(error, PathError::Evaluation { .. }), "{expression}: {error}");
    }
}

#[test]
fn what_is_too_large_is_refused_quickly() {
    let deep = format!("{}1{}", "(".repeat(5_000), ")".repeat(5_000));
    for expression in [deep.clone(), deep[4_980..5_021].to_owned() + &"[".repeat(30), "a".repeat(100_000)] {
        let error = evaluate(&expression, &[]).unwrap_err();
        assert!(matches!(error, PathError::TooLarge { .. }), "{error}");
    }
    let bearable = format!("{}1{}", "(".repeat(24), ")".repeat(24));
    assert_eq!(evaluate(&bearable, &[]).unwrap(), [json!(1)]);
}

#[test]
fn an_engine_is_shared_between_threads() {
    let engine = Engine::new();
    let input = bundle();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(engine.evaluate("entry.count()", &input, &[]).unwrap(), [json!(4)]));
        }
    });
}
