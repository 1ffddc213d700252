//! Search parameters that US Core adds to R4's.

use super::parameter::Declared;

const CANONICAL: &str = "http://hl7.org/fhir/us/core/SearchParameter/";

/// The parameters of US Core 6.1 beyond R4's, one row a line: base, code, kind, name, expression.
///
/// Race and ethnicity read the whole coding where the guide's own expression reads its code only, so
/// that `race=system|code` works as well as `race=code`.
const ROWS: [(&str, &str, &str, &str, &str); 7] = [
    (
        "Patient",
        "race",
        "token",
        "us-core-race",
        "extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-race').extension.value.ofType(Coding)",
    ),
    (
        "Patient",
        "ethnicity",
        "token",
        "us-core-ethnicity",
        "extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity').extension.value.ofType(Coding)",
    ),
    (
        "Patient",
        "gender-identity",
        "token",
        "us-core-patient-gender-identity",
        "extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity').value.ofType(CodeableConcept)",
    ),
    (
        "Condition",
        "asserted-date",
        "date",
        "us-core-condition-asserted-date",
        "extension('http://hl7.org/fhir/StructureDefinition/condition-assertedDate').value.ofType(dateTime)",
    ),
    ("CareTeam", "role", "token", "us-core-careteam-role", "participant.role"),
    (
        "Encounter",
        "discharge-disposition",
        "token",
        "us-core-encounter-discharge-disposition",
        "hospitalization.dischargeDisposition",
    ),
    ("Goal", "description", "token", "us-core-goal-description", "description"),
];

/// US Core's own parameters.
pub(super) fn rows() -> impl Iterator<Item = Declared> {
    ROWS.into_iter().map(|(base, code, kind, name, expression)| Declared {
        base: base.to_owned(),
        code: code.to_owned(),
        url: format!("{CANONICAL}{name}"),
        kind: kind.to_owned(),
        expression: expression.to_owned(),
        targets: Vec::new(),
        components: Vec::new(),
    })
}
