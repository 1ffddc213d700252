//! The examples of the US Core package, which lies beside a checkout.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use fhirpath::{Engine, Rule};
use flate2::read::GzDecoder;
use serde_json::Value;
use standards::fhir::outcome::Issue;
use standards::fhir::profile::{Place, Profiles, Surroundings, Validator};
use standards::fhir::terminology::Terminology;

/// Examples by `Type/id`, with the engine that evaluates rules on them.
pub(super) struct Package {
    pub(super) examples: BTreeMap<String, Value>,
    engine: Engine,
}

impl Package {
    /// None, with a note, where the package is not there.
    pub(super) fn read() -> Option<Package> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/us-core-6.1.0.tgz");
        let Ok(file) = fs::File::open(&path) else {
            println!("skipped: the US Core package is not at {}", path.display());
            return None;
        };
        let mut examples = BTreeMap::new();
        for entry in tar::Archive::new(GzDecoder::new(file)).entries().unwrap() {
            let entry = entry.unwrap();
            let name = entry.path().unwrap().to_string_lossy().into_owned();
            if name.contains("/example/") && name.ends_with(".json") && !name.contains("/.") {
                let resource: Value = serde_json::from_reader(entry).unwrap();
                let key = format!(
                    "{}/{}",
                    resource["resourceType"].as_str().unwrap(),
                    resource["id"].as_str().unwrap()
                );
                examples.insert(key, resource);
            }
        }
        Some(Package { examples, engine: Engine::new() })
    }

    pub(super) fn validate(&self, resource: &Value) -> Vec<Issue> {
        Validator::new(Profiles::shipped(), &Terminology::r4(), self).validate(resource, &[])
    }
}

impl Surroundings for Package {
    fn resolve(&self, reference: &str) -> Option<Value> {
        self.examples.get(reference).cloned()
    }

    fn holds(&self, expression: &str, place: &Place<'_>) -> Result<bool, String> {
        let rule = Rule {
            expression,
            resource: place.resource,
            focus: place.focus,
            beside: place.beside,
            type_name: place.type_name,
            now_us: 0,
            surroundings: Some(self),
        };
        self.engine.holds(&rule).map_err(|problem| problem.reason)
    }
}

impl fhirpath::Surroundings for Package {
    fn resolve(&self, reference: &str) -> Option<Value> {
        self.examples.get(reference).cloned()
    }

    fn conforms(&self, _: &Value, _: &str) -> Option<bool> {
        None
    }
}
