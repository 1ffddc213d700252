//! How long simple expressions take; printed, not judged, because machines differ.

use std::time::Instant;

use fhirpath::Engine;
use serde_json::json;
use standards::fhir::path::FhirPath;

const TIMES: u32 = 2_000;

#[test]
fn simple_expressions() {
    let engine = Engine::new();
    let patient = json!({
        "resourceType": "Patient", "id": "a", "birthDate": "1980-05-17",
        "name": [{"use": "official", "family": "Moor", "given": ["Ada", "Zoë"]}, {"use": "old", "family": "Old"}],
    });
    for expression in ["name.family", "name.where(use = 'official').given.first()", "birthDate < @2000-01-01"]
    {
        assert!(
            engine.evaluate(expression, &patient, &[]).is_ok(),
            "the first time also reads the definitions"
        );
        let begun = Instant::now();
        for _ in 0..TIMES {
            assert_eq!(engine.evaluate(expression, &patient, &[]).map(|found| found.is_empty()), Ok(false));
        }
        println!(
            "fhirpath-speed: {:.1} us for {expression}",
            begun.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES)
        );
    }
}
