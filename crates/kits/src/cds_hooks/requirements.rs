use crate::model::Requirement;

/// What the standard asks of a service, as far as it can be seen from outside. Read 2026-11-26.
pub(super) const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "cds.discovery",
        text: "GET of /cds-services gives a JSON object with the list services.",
        source: "CDS Hooks 2.0, Discovery",
    },
    Requirement {
        id: "cds.service",
        text: "Each service has an id, a hook and a description, and no two have the same id.",
        source: "CDS Hooks 2.0, Discovery, Response",
    },
    Requirement {
        id: "cds.prefetch",
        text: "Prefetch templates are reads or searches relative to the FHIR server, with tokens that clients can fill in.",
        source: "CDS Hooks 2.0, Prefetch Template",
    },
    Requirement {
        id: "cds.answer",
        text: "A call that carries what was asked for gets 200 and a JSON object.",
        source: "CDS Hooks 2.0, Calling a CDS Service",
    },
    Requirement {
        id: "cds.cards",
        text: "The answer has the list cards, empty where there is nothing to say; each card has a summary of fewer than 140 characters, an indicator and a source.",
        source: "CDS Hooks 2.0, CDS Service Response",
    },
    Requirement {
        id: "cds.uuid",
        text: "Cards and suggestions have a uuid each, so that feedback can name them.",
        source: "CDS Hooks 2.0, Card Attributes",
    },
    Requirement {
        id: "cds.quick",
        text: "An answer comes quickly: within 500 ms it does not disturb whoever works.",
        source: "CDS Hooks 2.0, Overview",
    },
    Requirement {
        id: "cds.unfetched",
        text: "A call without what was asked for is answered all the same, or with 412.",
        source: "CDS Hooks 2.0, Prefetch Template",
    },
    Requirement {
        id: "cds.nothing",
        text: "That there was nothing to fetch is no error.",
        source: "CDS Hooks 2.0, Prefetch Template",
    },
    Requirement {
        id: "cds.refuses",
        text: "A request that is none is refused with a status from 400 to 499.",
        source: "CDS Hooks 2.0, HTTP Status Codes",
    },
    Requirement {
        id: "cds.feedback",
        text: "Feedback about a card is taken at the address of its service, with /feedback behind it.",
        source: "CDS Hooks 2.0, Feedback",
    },
];
