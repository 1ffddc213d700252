//! Which bindings the shipped terminology can decide.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;

use flate2::read::GzDecoder;
use serde_json::Value;
use standards::fhir::definitions::{Definitions, Element};
use standards::fhir::terminology::{Expand, Terminology};

use crate::examples::data;

/// Required bindings of R4 whose codes are not all known here, because they are defined elsewhere.
const OPEN_IN_R4: [&str; 5] = [
    "http://hl7.org/fhir/ValueSet/characteristic-combination",
    "http://hl7.org/fhir/ValueSet/currencies",
    "http://hl7.org/fhir/ValueSet/mimetypes",
    "http://hl7.org/fhir/ValueSet/ucum-units",
    "http://loinc.org/vs/LL379-9",
];

fn elements() -> impl Iterator<Item = &'static Element> {
    Definitions::r4().types().iter().flat_map(|kind| &kind.elements)
}

/// Required bindings of US Core whose codes are not all known here: they rest on LOINC, on the 900 detailed codes for race
/// and ethnicity, on media types, or on a value set of the Value Set Authority Center.
const OPEN_IN_US_CORE: [&str; 5] = [
    "http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113762.1.4.1240.3",
    "http://hl7.org/fhir/ValueSet/mimetypes|4.0.1",
    "http://hl7.org/fhir/us/core/ValueSet/detailed-ethnicity",
    "http://hl7.org/fhir/us/core/ValueSet/detailed-race",
    "http://hl7.org/fhir/us/core/ValueSet/us-core-documentreference-type",
];

/// True if the shipped terminology can list the value set completely.
fn is_complete(terminology: &Terminology<'_>, url: &str) -> bool {
    let page = Expand { count: Some(0), ..Expand::default() };
    terminology.expand(url, &page).is_ok_and(|expansion| expansion.open.is_none())
}

#[test]
fn required_bindings_of_r4_can_be_decided() {
    let terminology = Terminology::r4();
    let bound: BTreeSet<&str> = elements().filter_map(|element| element.value_set.as_deref()).collect();
    let open: Vec<&str> = bound.iter().copied().filter(|url| !is_complete(&terminology, url)).collect();
    println!("suite: FHIR R4 required bindings: {} of {} complete", bound.len() - open.len(), bound.len());
    assert_eq!(open, OPEN_IN_R4);
}

#[test]
fn the_two_embedded_files_agree_on_required_codes() {
    let terminology = Terminology::r4();
    let sets: BTreeMap<&str, _> = elements()
        .filter_map(|element| Some((element.value_set.as_deref()?, Definitions::r4().codes(element)?)))
        .collect();
    assert!(sets.len() > 200, "{}", sets.len());
    for (url, set) in sets {
        let listed: BTreeSet<(&str, &str)> = set.codings().collect();
        let expansion = terminology.expand(url, &Expand::default()).unwrap();
        let members: BTreeSet<(&str, &str)> =
            expansion.members.iter().map(|member| (member.system.as_str(), member.code.as_str())).collect();
        assert_eq!(members, listed, "{url}");
    }
}

/// Value sets that profiles of US Core bind to, with the strictest strength.
fn us_core() -> Option<BTreeMap<String, String>> {
    let path = data("us-core-6.1.0.tgz");
    let Ok(file) = fs::File::open(&path) else {
        println!("skipped: the US Core package is not at {}", path.display());
        return None;
    };
    let mut bound: BTreeMap<String, String> = BTreeMap::new();
    for entry in tar::Archive::new(GzDecoder::new(file)).entries().unwrap() {
        let mut entry = entry.unwrap();
        if !entry.path().unwrap().to_string_lossy().contains("package/StructureDefinition-") {
            continue;
        }
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let profile: Value = serde_json::from_str(&text).unwrap();
        for element in profile["snapshot"]["element"].as_array().unwrap() {
            let binding = &element["binding"];
            let (Some(url), Some(strength)) = (binding["valueSet"].as_str(), binding["strength"].as_str())
            else {
                continue;
            };
            let kept = bound.entry(url.to_owned()).or_insert_with(|| strength.to_owned());
            if rank(strength) < rank(kept) {
                *kept = strength.to_owned();
            }
        }
    }
    Some(bound)
}

fn rank(strength: &str) -> usize {
    ["required", "extensible", "preferred", "example"].iter().position(|known| *known == strength).unwrap()
}

#[test]
fn required_bindings_of_us_core_can_be_decided() {
    let Some(bound) = us_core() else { return };
    let terminology = Terminology::r4();
    for strength in ["required", "extensible", "preferred", "example"] {
        let of_strength: Vec<&String> =
            bound.iter().filter(|(_, found)| *found == strength).map(|(url, _)| url).collect();
        let open: Vec<&str> = of_strength
            .iter()
            .map(|url| url.as_str())
            .filter(|url| !is_complete(&terminology, url))
            .collect();
        let (complete, all) = (of_strength.len() - open.len(), of_strength.len());
        println!("suite: US Core {strength} bindings: {complete} of {all} complete");
        if strength == "required" {
            assert_eq!(open, OPEN_IN_US_CORE);
        }
    }
}

#[test]
fn every_url_of_a_binding_with_a_version_is_found_in_that_version() {
    let Some(bound) = us_core() else { return };
    let terminology = Terminology::r4();
    for url in bound.keys().filter(|url| url.contains('|')) {
        let unversioned = url.split('|').next().unwrap();
        if terminology.value_set(unversioned).is_ok() {
            assert!(terminology.value_set(url).is_ok(), "{url}");
        }
    }
}
