use crate::model::Requirement;

/// What the guide asks of a server, as far as it can be seen from outside.
pub(super) const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "bulk.async",
        text: "An export is asked for with Prefer: respond-async, and begun with 202 and the address of its status.",
        source: "Bulk Data 2.0.0, Kick-off request",
    },
    Requirement {
        id: "bulk.status",
        text: "The status is 202 while the export is at work, and 200 with a manifest when it is done.",
        source: "Bulk Data 2.0.0, Status request",
    },
    Requirement {
        id: "bulk.manifest",
        text: "The manifest has transactionTime, request, requiresAccessToken, output and error.",
        source: "Bulk Data 2.0.0, Response, complete status",
    },
    Requirement {
        id: "bulk.ndjson",
        text: "Each file is NDJSON of the type that the manifest names, one resource a line, as many as its count.",
        source: "Bulk Data 2.0.0, Output file request",
    },
    Requirement {
        id: "bulk.errors",
        text: "Messages about the export are OperationOutcomes in files of the error list; where none is of an error, the export is whole.",
        source: "Bulk Data 2.0.0, Response, complete status: error",
    },
    Requirement {
        id: "bulk.token",
        text: "Files of an export that requires a token are not given without one.",
        source: "Bulk Data 2.0.0, Output file request",
    },
    Requirement {
        id: "bulk.type",
        text: "With _type, nothing but resources of the types asked for is exported.",
        source: "Bulk Data 2.0.0, Query parameters",
    },
    Requirement {
        id: "bulk.since",
        text: "With _since, nothing that was last changed before is exported.",
        source: "Bulk Data 2.0.0, Query parameters",
    },
    Requirement {
        id: "bulk.unknown",
        text: "A parameter that is not understood is refused with an OperationOutcome, unless handling is lenient.",
        source: "Bulk Data 2.0.0, Kick-off request",
    },
    Requirement {
        id: "bulk.delete",
        text: "An export can be given up with DELETE, which is answered with 202; afterwards its status is 404.",
        source: "Bulk Data 2.0.0, Delete request",
    },
    Requirement {
        id: "bulk.unauthorised",
        text: "An export is not begun for somebody without a token.",
        source: "Bulk Data 2.0.0, Authentication and authorization",
    },
];
