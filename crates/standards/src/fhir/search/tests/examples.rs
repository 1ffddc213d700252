//! Real resources: the public examples of FHIR R4.

use std::path::Path;

use serde_json::Value;

use super::read;
use crate::fhir::search::{IndexEntry, IndexValue, ParamKey, Parameters, SearchKind, extract, matches};

fn examples() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fhirpath-r4/examples");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: the examples are not at {}", folder.display());
        return Vec::new();
    };
    files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .map(|(name, bytes)| (name, serde_json::from_slice(&bytes).unwrap()))
        .collect()
}

#[test]
fn every_example_is_found_by_what_it_holds() {
    for (name, resource) in examples() {
        let entries = extract(&resource);
        assert!(entries.is_sorted_by(|a, b| a.order(b).is_lt()), "{name}");
        let resource_type = resource["resourceType"].as_str().unwrap();
        if let Some(id) = resource["id"].as_str() {
            let by_id = read(resource_type, &format!("_id={id}"));
            assert!(matches(&by_id, &resource, &entries), "{name}");
        }
        for parameter in Parameters::r4().of(resource_type) {
            let key = match parameter.kind {
                SearchKind::Composite => ParamKey::part(resource_type, &parameter.code, 0),
                _ => parameter.key,
            };
            let is_value = |entry: &&IndexEntry| !matches!(entry.value, IndexValue::Label { .. });
            let present = entries.iter().filter(is_value).any(|entry| entry.param == key);
            let missing = read(resource_type, &format!("{}:missing=true", parameter.code));
            if !matches!(parameter.kind, SearchKind::Id | SearchKind::LastUpdated) {
                assert_eq!(matches(&missing, &resource, &entries), !present, "{name}: {}", parameter.code);
            }
        }
    }
}
