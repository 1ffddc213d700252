use fhirpath::Engine;
use serde_json::{Value, json};
use views::View;

/// What is said of a view, or of the first row that fails.
fn refusal(view: &Value, resource: &Value) -> String {
    let view = match View::read(&Engine::new(), view) {
        Err(problems) => return problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Ok(view) => view,
    };
    view.rows(resource, 0).map_or_else(|error| error.to_string(), |rows| format!("{} rows", rows.len()))
}

fn patient(names: usize) -> Value {
    let names: Vec<Value> =
        (0..names).map(|n| json!({"family": format!("F{n}"), "given": ["A", "B"]})).collect();
    json!({"resourceType": "Patient", "id": "p", "name": names})
}

#[test]
fn lists_side_by_side_do_not_explode() {
    let each = |n: usize| json!({"forEach": "name", "column": [{"name": format!("c{n}"), "path": "family"}]});
    let view = json!({"resource": "Patient", "select": (0..6).map(each).collect::<Vec<_>>()});
    assert_eq!(refusal(&view, &patient(2)), "64 rows");
    let said = refusal(&view, &patient(20));
    assert!(said.contains("Patient/p") && said.contains("more than 10000 rows"), "{said}");
}

#[test]
fn a_repetition_that_leads_back_ends() {
    for path in ["$this", "%resource", "%resource.name"] {
        let view = json!({"resource": "Patient",
            "select": [{"repeat": [path], "column": [{"name": "x", "path": "'x'"}]}]});
        let said = refusal(&view, &patient(2));
        assert!(said.contains("select[0].repeat[0]"), "{said}");
    }
}

#[test]
fn selects_do_not_nest_without_end() {
    let mut select = json!({"column": [{"name": "x", "path": "id"}]});
    for _ in 0..40 {
        select = json!({"select": [select]});
    }
    let said = refusal(&json!({"resource": "Patient", "select": [select]}), &patient(1));
    assert!(said.contains("at most 500 selects, 16 deep"), "{said}");
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let view = json!({"resource": "Patient",
    "constant": [{"name": "a", "valueString": "x", "valueCode": "y"}],
    "where": [{"path": "active ="}],
    "select": [
        {"forEach": "name", "repeat": ["name"], "column": [{"name": "1st", "path": "family"}]},
        {"column": [{"name": "b"}, {"name": "c", "path": "name.frist()"}, {"name": "d", "path": "id", "collection": "yes"}]},
        {"unionAll": {"column": []}},
    ]});
    let said = refusal(&view, &patient(1));
    for place in [
        "constant[0]: ",
        "where[0].path, character ",
        "select[0]: forEach and repeat",
        "select[0].column[0].name: '1st'",
        "select[1].column[0].path",
        "select[1].column[1].path, character 6: there is no function frist()",
        "select[1].column[2].collection",
        "select[2].unionAll: ",
    ] {
        assert!(said.contains(place), "{place} is not in\n{said}");
    }
}

#[test]
fn what_no_view_is_gets_a_word() {
    for (view, word) in [
        (json!([]), "a ViewDefinition is a JSON object"),
        (json!({"resourceType": "Patient"}), "this is no ViewDefinition"),
        (json!({"resource": "patient", "select": []}), "'patient' is not a FHIR R4 resource type"),
        (json!({"resource": "Patient"}), "at least one column"),
        (
            json!({"resource": "Patient", "select": [{"column": [{"name": "a", "path": "id"}, {"name": "A", "path": "id"}]}]}),
            "two columns have the name A",
        ),
        (
            json!({"resource": "Patient", "select": [{"column": [{"name": "n", "path": "name.first()"}]}]}),
            "yields a HumanName; go on",
        ),
        (
            json!({"resource": "Patient", "select": [{"column": [{"name": "n", "path": "name.given"}]}]}),
            "this yields 2; take one",
        ),
    ] {
        let said = refusal(&view, &patient(1));
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn what_is_odd_is_remarked() {
    let view = json!({"resource": "Patient", "select": [
        {"column": [{"name": "a", "path": "birtDate"}, {"name": "b", "path": "birthDate", "type": "string"}]},
        {"forEach": "name", "column": [{"name": "c", "path": "famly"}]},
    ]});
    let view = View::read(&Engine::new(), &view).unwrap();
    let remarks: Vec<String> = view.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        remarks,
        [
            "select[0].column[0].path, character 1: Patient has no element birtDate; the result is always empty",
            "select[0].column[1].type: the column says string, and the element is of type date",
            "select[1].column[0].path, character 1: HumanName has no element famly; the result is always empty",
        ]
    );
}
