use super::profiles::PROFILES;
use super::requirements::REQUIREMENTS;
use super::{each_profile, whole_server};
use crate::model::{Input, Kit, Preset};

/// The profiles that the people of a simulated hospital fill.
const HELD: &str = "us-core-patient us-core-allergyintolerance us-core-condition-encounter-diagnosis \
                    us-core-condition-problems-health-concerns us-core-encounter us-core-immunization \
                    us-core-medicationrequest us-core-observation-lab us-core-vital-signs us-core-blood-pressure us-core-bmi \
                    us-core-body-height us-core-body-weight us-core-heart-rate us-core-procedure us-core-location \
                    us-core-practitioner us-core-organization";

/// A record that fills every must-support element of those profiles, with those around the patient.
const SAMPLE: &str = include_str!("../../data/us-core-sample.json");

/// The kit.
pub fn kit() -> Kit {
    let profiles = PROFILES.iter().map(each_profile::group);
    Kit {
        id: "us-core",
        title: "US Core 6.1.0 server",
        about: "Asks a FHIR server for what US Core says it must give: for each profile reads, searches, references, validation, and \
                whether every must-support element was seen in all that it returned together.",
        standard: "US Core 6.1.0 on FHIR R4",
        prerequisites: &[
            "The server can be reached from here, and a token with rights to read is at hand if it wants one.",
            "It holds at least one patient whose record has data under every profile to be tested; several patients may complete each \
             other.",
            "Every must-support element occurs somewhere in these records, or the tests of must-support are skipped with the list of \
             what was never seen.",
            "Only reads and searches are made; nothing is changed.",
        ],
        inputs: vec![
            Input::new(
                "url",
                "Base address",
                "The FHIR base, such as http://127.0.0.1:8080/s/SANDBOX/fhir",
            ),
            Input::new(
                "token",
                "Token",
                "A bearer token with rights to read; empty for an open server",
            )
            .optional()
            .secret(),
            Input::new(
                "patients",
                "Patients",
                "Ids of patients to look at, separated by blanks; empty to take the first that the server shows",
            )
            .optional(),
            Input::new(
                "patients_max",
                "Number of patients",
                "How many patients to take where none are named",
            )
            .usually("10"),
            Input::new(
                "profiles",
                "Profiles",
                "Profiles to test, by the end of their URLs, separated by blanks; empty for all that the server claims",
            )
            .optional(),
        ],
        presets: vec![
            Preset { id: "hospital", title: "A simulated hospital", values: &[("profiles", HELD)] },
            Preset {
                id: "sample",
                title: "A server that was given the sample record",
                values: &[("profiles", HELD), ("patients", "kit-patient")],
            },
        ],
        sample: Some(SAMPLE),
        requirements: REQUIREMENTS,
        groups: std::iter::once(whole_server::group()).chain(profiles).collect(),
    }
}
