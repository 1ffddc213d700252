//! A text of Sigma rules: it is refused with places in the text, or it runs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use security::detection::{Detector, read};
use security::telemetry::{Record, Signal};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match read(text) {
        Ok(rules) => {
            let mut detector = Detector::new(&rules).expect("rules that were read run");
            detector.feed(&Signal::of(&Record { kind: "fhir.read".to_owned(), ..Record::default() }));
        }
        Err(problems) => {
            let lines = text.lines().count().max(1);
            assert!(!problems.is_empty());
            for problem in &problems {
                assert!((1..=lines + 1).contains(&problem.line) && problem.column > 0, "{problem:?} is not in the text");
            }
        }
    }
});
