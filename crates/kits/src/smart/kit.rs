use super::requirements::REQUIREMENTS;
use super::{access, authorize, backend, discovery, ehr, launch, refresh};
use crate::model::{Input, Kit, Preset};

/// What a run asks for unless it is told otherwise.
const SCOPES: &str = "launch/patient openid fhirUser offline_access patient/Patient.rs \
                      patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs";

/// The kit.
pub fn kit() -> Kit {
    Kit {
        id: "smart",
        title: "SMART App Launch server",
        about: "Comes to a FHIR server as an app: finds its identity provider, registers, asks in every wrong way it knows and once in the right \
                one, and looks whether the tokens it gets open what was granted and nothing else.",
        standard: "SMART App Launch 2.2.0 on FHIR R4",
        prerequisites: &[
            "The server can be reached from here, and its browser can come back to where this runs.",
            "It registers apps by itself (RFC 7591), or an app without a secret is registered and its client id is at hand.",
            "Somebody may sign in there and agree, five times. The patient chosen has vital signs and other observations.",
            "Somebody may open the app from a patient's chart, once; without that, say no to Chart.",
            "Backend services are tried where the server registers them; a token that allows this may be needed.",
        ],
        inputs: vec![
            Input::new(
                "url",
                "Base address",
                "The FHIR base, such as http://127.0.0.1:8080/s/SANDBOX/fhir",
            ),
            Input::new(
                "token",
                "Token for registering",
                "A bearer token of somebody who may register apps and services; empty where nobody has to vouch",
            )
            .optional()
            .secret(),
            Input::new(
                "client_id",
                "Client id",
                "An app without a secret that is registered with the address below; empty to register one",
            )
            .optional(),
            Input::new(
                "callback",
                "Comes back to",
                "Where the browser is sent back to; filled in by whatever runs the kit",
            )
            .usually("http://127.0.0.1:9/callback"),
            Input::new("scope", "Scopes", "What the app asks for").usually(SCOPES),
            Input::new(
                "chart",
                "Chart",
                "Whether somebody opens the app from a patient's chart, too: yes or no",
            )
            .usually("yes"),
            Input::new("wait", "Patience", "How many seconds a person may take to agree").usually("300"),
        ],
        presets: vec![Preset { id: "hospital", title: "A simulated hospital", values: &[("wait", "300")] }],
        sample: None,
        requirements: REQUIREMENTS,
        groups: vec![
            discovery::group(),
            authorize::group(),
            launch::group(),
            ehr::group(),
            access::group(),
            refresh::group(),
            backend::group(),
        ],
    }
}
