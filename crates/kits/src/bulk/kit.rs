use super::requirements::REQUIREMENTS;
use super::work::groups;
use crate::model::{Input, Kit, Preset};

/// The kit.
pub fn kit() -> Kit {
    Kit {
        id: "bulk-data",
        title: "Bulk Data server",
        about: "Asks a FHIR server to export, waits for it, and reads what it gives: whether the manifest is whole, the files are what it \
                says, parameters are heeded, and an export that was given up is gone.",
        standard: "Bulk Data Access 2.0.0 on FHIR R4",
        prerequisites: &[
            "The server can be reached from here, and a token with rights to export is at hand if it wants one.",
            "It holds some patients whose records were not all changed at the same moment.",
            "Some exports of everything are made: use a test system of bearable size.",
        ],
        inputs: vec![
            Input::new("url", "Base address", "The FHIR base, such as http://127.0.0.1:8080/s/SANDBOX/fhir"),
            Input::new("token", "Token", "A bearer token with rights to export; empty for an open server")
                .optional()
                .secret(),
            Input::new("level", "Level", "system, patient, or the id of a Group").usually("patient"),
            Input::new("wait", "Patience", "How many seconds an export may take").usually("120"),
        ],
        presets: vec![Preset {
            id: "hospital",
            title: "A simulated hospital",
            values: &[("level", "patient")],
        }],
        sample: None,
        requirements: REQUIREMENTS,
        groups: groups(),
    }
}
