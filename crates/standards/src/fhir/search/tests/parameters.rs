//! The whole table of parameters holds together.

use std::collections::BTreeMap;

use crate::fhir::search::{ParamKey, Parameters, SearchKind};

#[test]
fn no_two_parameters_share_a_key() {
    let parameters = Parameters::r4();
    let mut owners = BTreeMap::new();
    for name in parameters.resource_types() {
        for parameter in parameters.of(name) {
            let owner = format!("{name}.{}", parameter.code);
            let parts = (0..3).map(|at| ParamKey::part(name, &parameter.code, at));
            let of_type = (0..2).map(|at| ParamKey::part(name, &format!("{}:of-type", parameter.code), at));
            let identifier = ParamKey::identifier(name, &parameter.code);
            for key in [parameter.key, identifier].into_iter().chain(parts).chain(of_type) {
                let earlier = owners.insert(key, owner.clone());
                assert_eq!(earlier, None, "shares a key with {owner}");
            }
        }
    }
    assert!(owners.len() > 2000, "only {} parameters", owners.len());
}

#[test]
fn keys_are_the_published_hash() {
    // FNV-1a, 32 bits: the empty text and "a" are the algorithm's own test vectors.
    assert_eq!(ParamKey::of("Patient", "_id"), ParamKey(fnv(b"Patient._id")));
    assert_eq!(fnv(b""), 0x811c_9dc5);
    assert_eq!(fnv(b"a"), 0xe40c_292c);
}

fn fnv(bytes: &[u8]) -> u32 {
    let mut hash: u32 = 2_166_136_261;
    for byte in bytes {
        hash ^= u32::from(*byte);
        hash = hash.wrapping_mul(16_777_619);
    }
    hash
}

/// Names by their sound aside, this is all of R4 that is not searched by.
#[test]
fn what_is_refused_is_known() {
    let parameters = Parameters::r4();
    let mut refused = Vec::new();
    for name in parameters.resource_types() {
        for parameter in parameters.refused(name) {
            let everywhere = ["_content", "_query", "_text"].contains(&parameter.code.as_str());
            if !everywhere && parameter.code != "phonetic" {
                refused.push(format!("{name}.{}", parameter.code));
            }
        }
    }
    // The first two point into a bundle and only serve chaining; the last needs a map.
    assert_eq!(refused, ["Bundle.composition", "Bundle.message", "Location.near"]);
}

#[test]
fn every_type_is_found_by_what_all_resources_have() {
    let parameters = Parameters::r4();
    for name in parameters.resource_types() {
        let kind = |code| parameters.find(name, code).map(|parameter| parameter.kind);
        assert_eq!(kind("_id"), Some(SearchKind::Id), "{name}");
        assert_eq!(kind("_lastUpdated"), Some(SearchKind::LastUpdated), "{name}");
        assert_eq!(kind("_tag"), Some(SearchKind::Token), "{name}");
        assert_eq!(kind("_profile"), Some(SearchKind::Uri), "{name}");
    }
    assert!(parameters.of("Pateint").is_empty());
    assert!(parameters.find("Patient", "race").is_some(), "US Core");
}

#[test]
fn codes_imply_the_systems_of_their_value_sets() {
    let implied =
        |name: &str, code: &str| Parameters::r4().find(name, code).unwrap().implied_systems.join(" ");
    assert_eq!(implied("Patient", "gender"), "http://hl7.org/fhir/administrative-gender");
    assert_eq!(implied("Observation", "status"), "http://hl7.org/fhir/observation-status");
    assert_eq!(implied("Patient", "address-use"), "http://hl7.org/fhir/address-use");
    for (name, code) in
        [("Observation", "code"), ("Patient", "identifier"), ("Patient", "language"), ("Patient", "active")]
    {
        assert_eq!(implied(name, code), "", "{name}.{code}");
    }
}
