//! How long a vital sign takes; printed, not judged, because machines differ.

use std::time::Instant;

use standards::fhir::profile::{Profiles, Validator};
use standards::fhir::terminology::Terminology;

use super::package::Package;

const TIMES: u32 = 2_000;

#[test]
fn a_vital_sign() {
    let Some(mut package) = Package::read() else { return };
    for name in ["Observation/height", "Observation/blood-pressure"] {
        // Without the narrative, which is not looked at, and without the patient, who would be validated as well.
        let mut observation = package.examples.remove(name).unwrap();
        observation.as_object_mut().unwrap().remove("text");
        observation["subject"]["reference"] = "Patient/elsewhere".into();
        let once = || {
            let terminology = Terminology::r4();
            Validator::new(Profiles::shipped(), &terminology, &package).validate(&observation, &[]).len()
        };
        let issues = once();
        let begun = Instant::now();
        for _ in 0..TIMES {
            assert_eq!(once(), issues);
        }
        let us = begun.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES);
        println!("profile-speed: {us:.1} us for {name}");
    }
}
