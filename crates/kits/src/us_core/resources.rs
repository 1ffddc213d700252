//! Looking into resources.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use fhirpath::{Engine, Rule};
use serde_json::Value;
use standards::fhir::definitions::Definitions;
use standards::fhir::outcome::Issue;
use standards::fhir::profile::{Place, Profiles, Surroundings, Validator};
use standards::fhir::terminology::Terminology;
use standards::fhir::validation;

use super::profiles::{Lead, Profile};

static RULES: LazyLock<Engine> = LazyLock::new(Engine::new);

/// Nothing around a resource but rules: what it refers to is looked at elsewhere.
struct Alone {
    now_us: i64,
}

impl Surroundings for Alone {
    fn resolve(&self, _: &str) -> Option<Value> {
        None
    }

    fn holds(&self, expression: &str, place: &Place<'_>) -> Result<bool, String> {
        let rule = Rule { now_us: self.now_us, ..Rule::at(expression, place) };
        RULES.holds(&rule).map_err(|problem| problem.reason)
    }
}

/// Everything wrong with a resource, by its type and by a profile.
pub(super) fn errors(resource: &Value, profile: &Profile, now_us: i64) -> Vec<Issue> {
    let (terminology, around) = (Terminology::r4(), Alone { now_us });
    let mut issues = validation::validate(Definitions::r4(), resource);
    let asked: Vec<_> = Profiles::shipped().find(&profile.url()).into_iter().collect();
    issues.extend(Validator::new(Profiles::shipped(), &terminology, &around).validate(resource, &asked));
    issues.retain(Issue::is_error);
    issues
}

/// The must-support elements of a profile that none of these resources has.
pub(super) fn never_seen(resources: &[Value], profile: &Profile) -> Vec<String> {
    let Some(definition) = Profiles::shipped().find(&profile.url()) else { return Vec::new() };
    let (terminology, around) = (Terminology::r4(), Alone { now_us: 0 });
    let validator = Validator::new(Profiles::shipped(), &terminology, &around);
    let mut seen: BTreeMap<String, bool> = BTreeMap::new();
    for resource in resources {
        for (path, is_there) in validator.supported(resource, definition) {
            *seen.entry(path).or_default() |= is_there;
        }
    }
    let never = seen.into_iter().filter(|(_, is_there)| !is_there).map(|(path, _)| path);
    never.filter(|path| !is_excused(path, profile)).collect()
}

/// Elements that nobody has to show: why a value is absent, which excludes the value; parts of a vital sign that is one number;
/// and the one value of a blood pressure, which is two.
fn is_excused(path: &str, profile: &Profile) -> bool {
    path.ends_with(".dataAbsentReason")
        || (path.starts_with("Observation.component") && is_single(profile))
        || (path == "Observation.value[x]" && profile.name == "us-core-blood-pressure")
}

/// Whether a profile is of a vital sign that is one number.
fn is_single(profile: &Profile) -> bool {
    const SINGLE: [&str; 8] = [
        "us-core-bmi",
        "us-core-body-height",
        "us-core-body-weight",
        "us-core-body-temperature",
        "us-core-head-circumference",
        "us-core-heart-rate",
        "us-core-respiratory-rate",
        "us-core-vital-signs",
    ];
    SINGLE.contains(&profile.name)
        || profile.name.starts_with("pediatric-")
        || profile.name.starts_with("head-")
}

/// Whether a resource belongs under a profile: it claims it; or claims nothing of US Core and is found by the profile's search.
pub(super) fn belongs(resource: &Value, profile: &Profile, base: &str) -> bool {
    let claims = resource["meta"]["profile"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let claims: Vec<&str> = claims.map(|url| url.split('|').next().unwrap_or(url)).collect();
    let own = profile.url();
    if claims.contains(&own.as_str()) {
        return true;
    }
    if claims.iter().any(|url| url.starts_with("http://hl7.org/fhir/us/core/")) {
        // A particular vital sign is a vital sign, too.
        return profile.name == "us-core-vital-signs" && is_vital_sign(resource);
    }
    match profile.lead {
        Lead::OfPatient([]) | Lead::Patients | Lead::Referred | Lead::Provenance => true,
        Lead::OfPatient(by) => by.iter().any(|(name, value)| {
            let pair = [((*name).to_owned(), (*value).to_owned())];
            super::values::is_wanted(resource, &pair, base)
        }),
    }
}

fn is_vital_sign(resource: &Value) -> bool {
    let pair = [("category".to_owned(), "vital-signs".to_owned())];
    super::values::is_wanted(resource, &pair, "")
}

/// Every reference in a resource that leads out of it.
pub(super) fn references(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(value, &mut found);
    found
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let reference = members.get("reference").and_then(Value::as_str);
            if let Some(text) = reference.filter(|text| !text.starts_with('#') && !text.starts_with("urn:")) {
                found.insert(text.to_owned());
            }
            members.values().for_each(|one| collect(one, found));
        }
        Value::Array(values) => values.iter().for_each(|one| collect(one, found)),
        _ => {}
    }
}

/// Type and id of a reference to this server.
pub(super) fn target<'r>(reference: &'r str, base: &str) -> Option<(&'r str, &'r str)> {
    let own = reference.strip_prefix(base).and_then(|rest| rest.strip_prefix('/'));
    let path = own.or_else(|| (!reference.contains(':')).then_some(reference))?;
    let path = path.split_once("/_history/").map_or(path, |(path, _)| path);
    path.split_once('/').filter(|(_, id)| !id.contains('/'))
}
