use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// An operation as it may be asked for: the method, the path with `ID` for an id, and what it gives.
type Example = (&'static str, &'static str, &'static str);

/// One example for every operation of the FHIR server, in the order in which a learner may want them.
pub(super) const EXAMPLES: [Example; 19] = [
    ("GET", "Patient/ID/$everything", "The whole record of a patient."),
    ("GET", "Patient/$everything?_count=50", "The records of all patients, page by page."),
    ("GET", "Encounter/ID/$everything", "All that belongs to a stay."),
    ("GET", "Observation/$lastn?patient=ID&category=vital-signs", "The newest of each kind of observation."),
    ("POST", "Patient/$match", "Who a person may be, by Parameters with a Patient as resource."),
    ("GET", "Patient/ID/$meta", "Version, profiles, tags and security labels of a resource."),
    ("POST", "Patient/$validate", "What is wrong with a resource, which is not stored."),
    ("GET", "Patient/ID/$fhirpath?expression=name.given", "The value of a FHIRPath expression."),
    (
        "GET",
        "ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender",
        "The codes of a value set.",
    ),
    (
        "GET",
        "ValueSet/$validate-code?url=http://hl7.org/fhir/ValueSet/administrative-gender&system=http://hl7.org/fhir/administrative-gender&code=female",
        "Whether a value set has a code.",
    ),
    (
        "GET",
        "CodeSystem/$validate-code?url=http://hl7.org/fhir/administrative-gender&code=female",
        "Whether a code system has a code.",
    ),
    ("GET", "CodeSystem/$lookup?system=http://loinc.org&code=8867-4", "What a code means."),
    (
        "GET",
        "CodeSystem/$subsumes?system=http://terminology.hl7.org/CodeSystem/v3-ActCode&codeA=_ActEncounterCode&codeB=IMP",
        "Whether one code is a kind of the other.",
    ),
    (
        "GET",
        "ConceptMap/$translate?url=http://hl7.org/fhir/ConceptMap/cm-administrative-gender-v2&system=http://hl7.org/fhir/administrative-gender&code=female",
        "A code in terms of another system.",
    ),
    ("GET", "ViewDefinition/patients/$run?_limit=20", "The rows of a view; the page Views has more of them."),
    ("POST", "$viewdefinition-run", "The rows of a view that is sent along, as viewResource of Parameters."),
    ("GET", "$export", "The hospital as files; needs Prefer: respond-async."),
    ("GET", "Patient/$export", "What is about patients as files; the same."),
    ("GET", "Group/ID/$export", "What is about the members of a group as files; the same."),
];

/// The operations, each as a way to begin with it in the console at `console`.
pub(super) fn operations(console: &str) -> Markup {
    html! {
        details {
            summary { "Operations" }
            div.stack {
                p { "Choose one to begin with, and put the id of a resource in place of " code { "ID" } "." }
                ul {
                    @for (method, path, about) in &EXAMPLES {
                        li { a href=(begin(console, method, path)) { code.wrap { (method) " " (path) } } br; span.quiet { (about) } }
                    }
                }
            }
        }
    }
}

fn begin(console: &str, method: &str, path: &str) -> String {
    format!("{console}?method={method}&path={}", utf8_percent_encode(path, NON_ALPHANUMERIC))
}
