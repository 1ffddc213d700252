use fhirpath::Engine;
use serde_json::json;
use views::{Format, View, Writer};

#[test]
fn rows_in_every_form() {
    let view = json!({"resource": "Patient", "select": [{"column": [
        {"name": "id", "path": "getResourceKey()"},
        {"name": "family", "path": "name.family"},
        {"name": "given", "path": "name.given", "collection": true},
        {"name": "born", "path": "birthDate"},
    ]}]});
    let patient = json!({"resourceType": "Patient", "id": "p",
        "name": [{"family": "O\"Neil, jr", "given": ["A", "B"]}]});
    let view = View::read(&Engine::new(), &view).unwrap();
    let written = |format| {
        let mut writer = Writer::new(&view, format);
        for _ in 0..2 {
            view.rows(&patient, 0).unwrap().iter().for_each(|row| writer.add(row));
        }
        assert_eq!(writer.rows(), 2);
        String::from_utf8(writer.finish()).unwrap()
    };
    let object = r#"{"id":"p","family":"O\"Neil, jr","given":["A","B"],"born":null}"#;
    assert_eq!(written(Format::Json), format!("[{object},{object}]"));
    assert_eq!(written(Format::NdJson), format!("{object}\n{object}\n"));
    let line = "p,\"O\"\"Neil, jr\",\"[\"\"A\"\",\"\"B\"\"]\",\r\n";
    assert_eq!(written(Format::Csv { header: false }), format!("{line}{line}"));
    assert_eq!(written(Format::Csv { header: true }), format!("id,family,given,born\r\n{line}{line}"));
}

#[test]
fn forms_have_names() {
    for (name, format) in [
        ("json", Some(Format::Json)),
        ("text/csv; charset=utf-8", Some(Format::Csv { header: true })),
        ("application/x-ndjson", Some(Format::NdJson)),
        ("parquet", None),
    ] {
        assert_eq!(Format::named(name), format);
    }
}

#[test]
fn keys_join_tables() {
    let view = json!({"resource": "Observation", "select": [{"column": [
        {"name": "patient", "path": "subject.getReferenceKey(Patient)"},
        {"name": "any", "path": "subject.getReferenceKey()"},
    ]}]});
    let view = View::read(&Engine::new(), &view).unwrap();
    let row = |reference: &str| {
        let observation = json!({"resourceType": "Observation", "subject": {"reference": reference}});
        view.rows(&observation, 0).unwrap().remove(0)
    };
    assert_eq!(row("Patient/a"), [json!("a"), json!("a")]);
    assert_eq!(row("Patient/a/_history/3"), [json!("a"), json!("a")]);
    assert_eq!(row("Group/g"), [json!(null), json!("g")]);
    for elsewhere in ["#a", "urn:uuid:x", "https://other.example/fhir/Patient/a", "Patient/"] {
        assert_eq!(row(elsewhere), [json!(null), json!(null)], "{elsewhere}");
    }
}

#[test]
fn the_views_of_the_content_are_read_without_a_remark() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/views");
    let mut read = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let json = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let view = View::read(&Engine::new(), &json).unwrap();
        assert_eq!(view.remarks, [], "{}", path.display());
        read += 1;
    }
    assert!(read >= 10, "{read}");
}
