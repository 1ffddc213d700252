//! The examples of the US Core package, which lies beside a checkout.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use fhirpath::{Engine, Rule};
use flate2::read::GzDecoder;
use serde_json::Value;
use standards::fhir::definitions::Definitions;
use standards::fhir::outcome::Issue;
use standards::fhir::profile::{Place, Profiles, Surroundings, Validator};
use standards::fhir::terminology::Terminology;
use standards::fhir::validation::validate;

/// Examples by `Type/id`, with the engine that evaluates rules on them.
pub(super) struct Package {
    pub(super) examples: BTreeMap<String, Value>,
    /// The StructureDefinitions as published, by canonical URL.
    profiles: BTreeMap<String, Value>,
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
        let (mut examples, mut profiles) = (BTreeMap::new(), BTreeMap::new());
        for entry in tar::Archive::new(GzDecoder::new(file)).entries().unwrap() {
            let entry = entry.unwrap();
            let name = entry.path().unwrap().to_string_lossy().into_owned();
            let text = |value: &Value, member: &str| value[member].as_str().unwrap().to_owned();
            if name.contains("/example/") && name.ends_with(".json") && !name.contains("/.") {
                let resource: Value = serde_json::from_reader(entry).unwrap();
                let key = format!("{}/{}", text(&resource, "resourceType"), text(&resource, "id"));
                examples.insert(key, resource);
            } else if name.contains("package/StructureDefinition-") {
                let profile: Value = serde_json::from_reader(entry).unwrap();
                profiles.insert(text(&profile, "url"), profile);
            }
        }
        Some(Package { examples, profiles, engine: Engine::new() })
    }

    /// The published profiles that a resource claims.
    pub(super) fn claimed(&self, resource: &Value) -> Vec<&Value> {
        let claims = resource["meta"]["profile"].as_array().into_iter().flatten();
        claims.filter_map(|url| self.profiles.get(url.as_str()?.split('|').next()?)).collect()
    }

    /// The type that a profile, or the definition of a type, is about.
    pub(super) fn type_of<'a>(&'a self, url: &'a str) -> &'a str {
        let published = self.profiles.get(url).and_then(|profile| profile["type"].as_str());
        published.or_else(|| url.rsplit('/').next()).unwrap_or_default()
    }

    /// What is wrong with a resource, by its structure and by its profiles.
    pub(super) fn errors(&self, resource: &Value) -> Vec<Issue> {
        let mut issues = validate(Definitions::r4(), resource);
        let terminology = Terminology::r4();
        issues.extend(Validator::new(Profiles::shipped(), &terminology, self).validate(resource, &[]));
        issues.retain(Issue::is_error);
        issues
    }
}

impl Surroundings for Package {
    fn resolve(&self, reference: &str) -> Option<Value> {
        self.examples.get(reference).cloned()
    }

    fn holds(&self, expression: &str, place: &Place<'_>) -> Result<bool, String> {
        let rule = Rule { surroundings: Some(self), ..Rule::at(expression, place) };
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
