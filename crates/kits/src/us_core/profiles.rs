//! What is asked of each profile, as data: US Core 6.1.0, CapabilityStatement us-core-server.

/// How the resources of a profile are first found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// The patients themselves.
    Patients,
    /// For each patient, by these parameters beside `patient`, each with its value; the first that finds any is enough.
    OfPatient(&'static [(&'static str, &'static str)]),
    /// By what other resources refer to.
    Referred,
    /// By what comes along with `_revinclude=Provenance:target`.
    Provenance,
}

/// A search: its parameters, and whether a server must know it.
pub(super) type Search = (&'static [&'static str], Must);

/// Whether a server must or should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Must {
    Shall,
    Should,
}

/// A profile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Profile {
    /// The end of its URL.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: &'static str,
    pub(super) lead: Lead,
    pub(super) searches: &'static [Search],
}

use Lead::{OfPatient, Patients, Provenance, Referred};
use Must::{Shall, Should};

const NONE: &[Search] = &[];
const BY_PATIENT: &[Search] = &[(&["patient"], Shall)];
const OBSERVATION: &[Search] = &[
    (&["patient", "code"], Shall),
    (&["patient", "category"], Shall),
    (&["patient", "category", "date"], Shall),
    (&["patient", "category", "status"], Should),
    (&["patient", "code", "date"], Should),
];
const CONDITION: &[Search] = &[
    (&["patient"], Shall),
    (&["patient", "category"], Shall),
    (&["patient", "clinical-status"], Should),
    (&["patient", "code"], Should),
    (&["patient", "onset-date"], Should),
    (&["patient", "recorded-date"], Should),
    (&["patient", "encounter"], Should),
];
const REPORT: &[Search] = &[
    (&["patient"], Shall),
    (&["patient", "category"], Shall),
    (&["patient", "code"], Shall),
    (&["patient", "category", "date"], Shall),
    (&["patient", "status"], Should),
    (&["patient", "code", "date"], Should),
];

const fn row(
    name: &'static str,
    title: &'static str,
    kind: &'static str,
    lead: Lead,
    searches: &'static [Search],
) -> Profile {
    Profile { name, title, kind, lead, searches }
}

const fn measured(
    name: &'static str,
    title: &'static str,
    code: &'static [(&'static str, &'static str)],
) -> Profile {
    row(name, title, "Observation", OfPatient(code), OBSERVATION)
}

/// All profiles, in the order they are looked at: what others refer to comes last.
pub(super) const PROFILES: &[Profile] = &[
    row(
        "us-core-patient",
        "Patient",
        "Patient",
        Patients,
        &[
            (&["_id"], Shall),
            (&["identifier"], Shall),
            (&["name"], Shall),
            (&["birthdate", "name"], Shall),
            (&["gender", "name"], Shall),
            (&["birthdate", "family"], Should),
            (&["family", "gender"], Should),
        ],
    ),
    row(
        "us-core-allergyintolerance",
        "Allergy",
        "AllergyIntolerance",
        OfPatient(&[]),
        &[(&["patient"], Shall), (&["patient", "clinical-status"], Should)],
    ),
    row(
        "us-core-careplan",
        "Care plan",
        "CarePlan",
        OfPatient(&[("category", "assess-plan")]),
        &[
            (&["patient", "category"], Shall),
            (&["patient", "category", "date"], Should),
            (&["patient", "category", "status"], Should),
        ],
    ),
    row(
        "us-core-careteam",
        "Care team",
        "CareTeam",
        OfPatient(&[("status", "active")]),
        &[(&["patient", "status"], Shall), (&["patient", "role"], Should)],
    ),
    row(
        "us-core-condition-encounter-diagnosis",
        "Condition: diagnosis of an encounter",
        "Condition",
        OfPatient(&[("category", "encounter-diagnosis")]),
        CONDITION,
    ),
    row(
        "us-core-condition-problems-health-concerns",
        "Condition: problem or health concern",
        "Condition",
        OfPatient(&[("category", "problem-list-item"), ("category", "health-concern")]),
        CONDITION,
    ),
    row("us-core-coverage", "Coverage", "Coverage", OfPatient(&[]), BY_PATIENT),
    row(
        "us-core-implantable-device",
        "Implantable device",
        "Device",
        OfPatient(&[]),
        &[(&["patient"], Shall), (&["patient", "type"], Should)],
    ),
    row(
        "us-core-diagnosticreport-lab",
        "Report of the laboratory",
        "DiagnosticReport",
        OfPatient(&[("category", "LAB")]),
        REPORT,
    ),
    row(
        "us-core-diagnosticreport-note",
        "Report with a narrative",
        "DiagnosticReport",
        OfPatient(&[
            ("category", "http://loinc.org|LP29684-5"),
            ("category", "http://loinc.org|LP29708-2"),
            ("category", "http://loinc.org|LP7839-6"),
        ]),
        REPORT,
    ),
    row(
        "us-core-documentreference",
        "Document",
        "DocumentReference",
        OfPatient(&[]),
        &[
            (&["_id"], Shall),
            (&["patient"], Shall),
            (&["patient", "type"], Shall),
            (&["patient", "category"], Shall),
            (&["patient", "category", "date"], Shall),
            (&["patient", "status"], Should),
        ],
    ),
    row(
        "us-core-encounter",
        "Encounter",
        "Encounter",
        OfPatient(&[]),
        &[
            (&["_id"], Shall),
            (&["patient"], Shall),
            (&["patient", "date"], Shall),
            (&["identifier"], Should),
            (&["patient", "class"], Should),
            (&["patient", "type"], Should),
            (&["patient", "status"], Should),
            (&["patient", "location"], Should),
            (&["patient", "discharge-disposition"], Should),
        ],
    ),
    row(
        "us-core-goal",
        "Goal",
        "Goal",
        OfPatient(&[]),
        &[
            (&["patient"], Shall),
            (&["patient", "lifecycle-status"], Should),
            (&["patient", "target-date"], Should),
        ],
    ),
    row(
        "us-core-immunization",
        "Immunization",
        "Immunization",
        OfPatient(&[]),
        &[(&["patient"], Shall), (&["patient", "date"], Should), (&["patient", "status"], Should)],
    ),
    row(
        "us-core-medicationrequest",
        "Order of a medicine",
        "MedicationRequest",
        OfPatient(&[("intent", "order"), ("intent", "plan")]),
        &[
            (&["patient", "intent"], Shall),
            (&["patient", "intent", "status"], Shall),
            (&["patient", "intent", "encounter"], Should),
            (&["patient", "intent", "authoredon"], Should),
        ],
    ),
    row(
        "us-core-medicationdispense",
        "Dispensed medicine",
        "MedicationDispense",
        OfPatient(&[]),
        &[(&["patient"], Shall), (&["patient", "status"], Should), (&["patient", "status", "type"], Should)],
    ),
    measured("us-core-observation-lab", "Result of the laboratory", &[("category", "laboratory")]),
    measured(
        "us-core-observation-clinical-result",
        "Clinical result",
        &[("category", "imaging"), ("category", "procedure")],
    ),
    measured("us-core-vital-signs", "Vital signs", &[("category", "vital-signs")]),
    measured("us-core-blood-pressure", "Blood pressure", &[("code", "http://loinc.org|85354-9")]),
    measured("us-core-bmi", "Body mass index", &[("code", "http://loinc.org|39156-5")]),
    measured("us-core-body-height", "Body height", &[("code", "http://loinc.org|8302-2")]),
    measured("us-core-body-weight", "Body weight", &[("code", "http://loinc.org|29463-7")]),
    measured("us-core-body-temperature", "Body temperature", &[("code", "http://loinc.org|8310-5")]),
    measured("us-core-head-circumference", "Head circumference", &[("code", "http://loinc.org|9843-4")]),
    measured("us-core-heart-rate", "Heart rate", &[("code", "http://loinc.org|8867-4")]),
    measured("us-core-respiratory-rate", "Respiratory rate", &[("code", "http://loinc.org|9279-1")]),
    measured("us-core-pulse-oximetry", "Pulse oximetry", &[("code", "http://loinc.org|59408-5")]),
    measured("pediatric-bmi-for-age", "Body mass index for age", &[("code", "http://loinc.org|59576-9")]),
    measured("pediatric-weight-for-height", "Weight for height", &[("code", "http://loinc.org|77606-2")]),
    measured(
        "head-occipital-frontal-circumference-percentile",
        "Head circumference, percentile",
        &[("code", "http://loinc.org|8289-1")],
    ),
    measured("us-core-smokingstatus", "Smoking status", &[("code", "http://loinc.org|72166-2")]),
    measured("us-core-observation-occupation", "Occupation", &[("code", "http://loinc.org|11341-5")]),
    measured(
        "us-core-observation-pregnancystatus",
        "Pregnancy status",
        &[("code", "http://loinc.org|82810-3")],
    ),
    measured(
        "us-core-observation-pregnancyintent",
        "Pregnancy intent",
        &[("code", "http://loinc.org|86645-9")],
    ),
    measured(
        "us-core-observation-sexual-orientation",
        "Sexual orientation",
        &[("code", "http://loinc.org|76690-7")],
    ),
    measured(
        "us-core-observation-screening-assessment",
        "Screening and assessment",
        &[("category", "survey")],
    ),
    measured("us-core-simple-observation", "Simple observation", &[("category", "social-history")]),
    row(
        "us-core-procedure",
        "Procedure",
        "Procedure",
        OfPatient(&[]),
        &[
            (&["patient"], Shall),
            (&["patient", "date"], Shall),
            (&["patient", "status"], Should),
            (&["patient", "code", "date"], Should),
        ],
    ),
    row(
        "us-core-questionnaireresponse",
        "Answers to a questionnaire",
        "QuestionnaireResponse",
        OfPatient(&[]),
        &[
            (&["_id"], Shall),
            (&["patient"], Shall),
            (&["patient", "status"], Should),
            (&["patient", "authored"], Should),
        ],
    ),
    row(
        "us-core-relatedperson",
        "Related person",
        "RelatedPerson",
        OfPatient(&[]),
        &[(&["_id"], Shall), (&["patient"], Should)],
    ),
    row(
        "us-core-servicerequest",
        "Order of a service",
        "ServiceRequest",
        OfPatient(&[]),
        &[
            (&["_id"], Shall),
            (&["patient"], Shall),
            (&["patient", "category"], Shall),
            (&["patient", "code"], Shall),
            (&["patient", "category", "authored"], Shall),
            (&["patient", "status"], Should),
        ],
    ),
    row("us-core-specimen", "Specimen", "Specimen", Referred, &[(&["_id"], Shall)]),
    row("us-core-medication", "Medicine", "Medication", Referred, NONE),
    row(
        "us-core-location",
        "Location",
        "Location",
        Referred,
        &[
            (&["name"], Shall),
            (&["address"], Shall),
            (&["address-city"], Should),
            (&["address-postalcode"], Should),
        ],
    ),
    row(
        "us-core-practitioner",
        "Practitioner",
        "Practitioner",
        Referred,
        &[(&["name"], Shall), (&["identifier"], Shall), (&["_id"], Should)],
    ),
    row(
        "us-core-practitionerrole",
        "Role of a practitioner",
        "PractitionerRole",
        Referred,
        &[(&["specialty"], Shall), (&["practitioner"], Shall)],
    ),
    row(
        "us-core-organization",
        "Organization",
        "Organization",
        Referred,
        &[(&["name"], Shall), (&["address"], Shall)],
    ),
    row("us-core-provenance", "Provenance", "Provenance", Provenance, NONE),
];

impl Profile {
    /// Its canonical URL.
    pub(super) fn url(&self) -> String {
        format!("http://hl7.org/fhir/us/core/StructureDefinition/{}", self.name)
    }
}
