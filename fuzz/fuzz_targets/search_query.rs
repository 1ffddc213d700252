//! The query of a FHIR search: each pair is applied or reported, and none brings the parser down.
#![no_main]

use libfuzzer_sys::fuzz_target;
use standards::fhir::search::Parameters;
use standards::fhir::search::query::{ParseContext, parse};

const TYPES: [&str; 4] = ["Patient", "Observation", "Encounter", "MedicationRequest"];

fuzz_target!(|text: &str| {
    let pairs: Vec<(String, String)> = text
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let context = ParseContext::new("http://localhost/fhir", 1_930_000_000_000_000);
    for kind in TYPES {
        let query = parse(kind, &pairs, Parameters::r4(), &context);
        assert!(query.applied.len() + query.problems.len() <= pairs.len(), "each pair is dealt with once");
    }
});
