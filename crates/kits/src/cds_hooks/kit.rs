use super::requirements::REQUIREMENTS;
use super::{bad, calls, discovery, feedback};
use crate::model::{Input, Kit, Preset};

/// The kit.
pub fn kit() -> Kit {
    Kit {
        id: "cds-hooks-service",
        title: "CDS Hooks service",
        about: "Calls services of decision support about invented patients, at each hook they are for: whether their cards can be \
                shown, whether they do without what they asked to know, and how they take feedback and wrong requests.",
        standard: "CDS Hooks 2.0",
        prerequisites: &[
            "The service can be reached from here, and a token is at hand if it wants one.",
            "It judges by what it is sent: the invented patients stand in no FHIR server, and none is named in the calls.",
            "Feedback about a card or two is sent, and nothing else that it might keep.",
        ],
        inputs: vec![
            Input::new(
                "url",
                "Base address",
                "What stands before /cds-services, such as http://127.0.0.1:3000",
            ),
            Input::new("service", "Service", "The id of one service; empty for all that are offered")
                .optional(),
            Input::new("token", "Token", "A bearer token; empty for an open server").optional().secret(),
        ],
        presets: vec![Preset { id: "all", title: "Every service", values: &[("service", "")] }],
        sample: None,
        requirements: REQUIREMENTS,
        groups: vec![discovery::group(), calls::group(), calls::without(), bad::group(), feedback::group()],
    }
}
