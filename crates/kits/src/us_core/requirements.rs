use crate::model::Requirement;

/// What the guide asks of a server, as far as it can be seen from outside.
pub(super) const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "uscore.capability",
        text: "The server says what it can do in a CapabilityStatement of FHIR 4.0.1 with JSON among its formats.",
        source: "US Core 6.1.0, CapabilityStatement us-core-server",
    },
    Requirement {
        id: "uscore.patient",
        text: "The server supports the Patient profile and at least one more, and names those that it supports.",
        source: "US Core 6.1.0, General Requirements, Claiming conformance",
    },
    Requirement {
        id: "uscore.not-found",
        text: "A resource that is not there is answered with 404.",
        source: "US Core 6.1.0, General Requirements, Responses",
    },
    Requirement {
        id: "uscore.unauthorised",
        text: "A request without the right to see the data is answered with 401 (or 403).",
        source: "US Core 6.1.0, General Requirements, Responses",
    },
    Requirement {
        id: "uscore.read",
        text: "Each resource of a supported profile can be read by its id.",
        source: "US Core 6.1.0, CapabilityStatement us-core-server",
    },
    Requirement {
        id: "uscore.search",
        text: "The searches that a profile requires find the resources that match, and no others.",
        source: "US Core 6.1.0, Quick start of each profile",
    },
    Requirement {
        id: "uscore.search-should",
        text: "So do the searches that a profile recommends.",
        source: "US Core 6.1.0, Quick start of each profile",
    },
    Requirement {
        id: "uscore.search-post",
        text: "A search can be sent by POST as well as by GET.",
        source: "FHIR R4, 3.1.1.1; US Core 6.1.0, General Requirements, Search syntax",
    },
    Requirement {
        id: "uscore.validation",
        text: "What a server returns under a profile keeps that profile.",
        source: "US Core 6.1.0, Conformance requirements",
    },
    Requirement {
        id: "uscore.must-support",
        text: "A server can fill every must-support element of a profile, as shown by the resources that it returns together.",
        source: "US Core 6.1.0, Must Support",
    },
    Requirement {
        id: "uscore.references",
        text: "References lead to resources that can be read, of the type they name.",
        source: "FHIR R4, 2.3.0; US Core 6.1.0, Must Support",
    },
];
