//! The people of a hospital keep the profiles that they claim.

use std::collections::BTreeMap;

use fhirpath::{Engine, Rule};
use hospital::population::{Recipe, generate};
use serde_json::Value;
use standards::fhir::profile::{Place, Profiles, Surroundings, Validator};
use standards::fhir::terminology::Terminology;

struct Population {
    resources: BTreeMap<String, Value>,
    engine: Engine,
}

impl Surroundings for Population {
    fn resolve(&self, reference: &str) -> Option<Value> {
        self.resources.get(reference).cloned()
    }

    fn holds(&self, expression: &str, place: &Place<'_>) -> Result<bool, String> {
        self.engine.holds(&Rule::at(expression, place)).map_err(|problem| problem.reason)
    }
}

#[test]
fn every_resource_of_a_population_keeps_the_profiles_it_claims() {
    let mut resources = BTreeMap::new();
    let pathways = platform::content::pathways(None).unwrap();
    generate(&Recipe { patients: 12, ..Recipe::default() }, &pathways, &mut |resource| {
        let body = serde_json::from_slice(resource.body).unwrap();
        resources.insert(format!("{}/{}", resource.kind, resource.id), body);
    });
    let population = Population { resources, engine: Engine::new() };
    let terminology = Terminology::r4();
    let validator = Validator::new(Profiles::shipped(), &terminology, &population);
    let mut problems: BTreeMap<String, String> = BTreeMap::new();
    for (name, resource) in &population.resources {
        for issue in validator.validate(resource, &[]).iter().filter(|issue| issue.is_error()) {
            let kind = resource["meta"]["profile"].to_string();
            problems.insert(format!("{kind} {}", issue.diagnostics), format!("{name}: {issue:?}"));
        }
    }
    let claims = population.resources.values().filter(|one| one["meta"]["profile"].is_array()).count();
    println!("{} resources, {claims} with profiles", population.resources.len());
    assert!(claims > 500, "{claims}");
    let problems: Vec<String> = problems.into_values().collect();
    assert!(problems.is_empty(), "{} kinds:\n{}", problems.len(), problems.join("\n"));
}
