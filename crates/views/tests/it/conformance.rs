//! Runs every public test of SQL on FHIR v2 where they are at hand.

use std::fs;
use std::path::Path;

use fhirpath::Engine;
use serde_json::{Map, Value};
use views::View;

#[test]
fn the_public_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/sql-on-fhir");
    let Ok(files) = fs::read_dir(&folder) else {
        println!("skipped: the tests of SQL on FHIR are not at {}", folder.display());
        return;
    };
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    let engine = Engine::new();
    let (mut passed, mut failed) = (0, Vec::new());
    for file in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "json")) {
        let suite: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        for test in suite["tests"].as_array().unwrap() {
            match judge(&engine, &suite["resources"], test) {
                Ok(()) => passed += 1,
                Err(why) => failed.push(format!("{} / {}: {why}", suite["title"], test["title"])),
            }
        }
    }
    println!("suite: SQL on FHIR v2: {passed} of {}", passed + failed.len());
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(passed > 80, "{passed}");
}

fn judge(engine: &Engine, resources: &Value, test: &Value) -> Result<(), String> {
    let found = flatten(engine, resources, &test["view"]);
    match (found, test["expectError"].as_bool()) {
        (Err(_), Some(true)) => Ok(()),
        (Ok(_), Some(true)) => Err("should fail".to_owned()),
        (Err(why), _) => Err(why),
        (Ok((columns, rows)), _) => {
            if let Some(expected) = test["expectColumns"].as_array()
                && *expected != columns
            {
                return Err(format!("has the columns {columns:?}"));
            }
            // Order is not part of the tests, and objects are equal however their members are ordered.
            let mut rows = rows;
            for expected in test["expect"].as_array().unwrap() {
                let at = rows.iter().position(|row| same(row, expected));
                rows.remove(
                    at.ok_or_else(|| format!("lacks {expected}, has {}", Value::from(rows.clone())))?,
                );
            }
            if rows.is_empty() { Ok(()) } else { Err(format!("has {} as well", Value::from(rows))) }
        }
    }
}

/// Whether two values are equal as JSON is read elsewhere: 5 is 5.0.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_there =
                |(name, value): (&String, &Value)| other.get(name).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(is_there)
        }
        _ => one == other,
    }
}

fn flatten(engine: &Engine, resources: &Value, view: &Value) -> Result<(Vec<Value>, Vec<Value>), String> {
    let view = View::read(engine, view).map_err(|problems| format!("{problems:?}"))?;
    let mut found = Vec::new();
    for resource in resources.as_array().unwrap() {
        for row in view.rows(resource, 0).map_err(|error| error.to_string())? {
            let named = view.columns.iter().map(|column| column.name.clone()).zip(row);
            found.push(Value::Object(named.collect::<Map<_, _>>()));
        }
    }
    Ok((view.columns.iter().map(|column| column.name.as_str().into()).collect(), found))
}
