/// Types that say nothing of any patient: who works here may look at them.
const ABOUT_NOBODY: [&str; 14] = [
    "ActivityDefinition",
    "CodeSystem",
    "ConceptMap",
    "Endpoint",
    "HealthcareService",
    "Location",
    "Medication",
    "Organization",
    "PlanDefinition",
    "Practitioner",
    "PractitionerRole",
    "Questionnaire",
    "StructureDefinition",
    "ValueSet",
];
/// Types of which is known who a patient is, and which stays there are.
const OF_WHO_AND_WHEN: [&str; 6] =
    ["Appointment", "Coverage", "Encounter", "EpisodeOfCare", "Patient", "RelatedPerson"];
/// Types that notes are made of.
const OF_NOTES: [&str; 3] = ["Binary", "Composition", "DocumentReference"];
/// Types that tell who did what.
const OF_WHO_DID_WHAT: [&str; 2] = ["AuditEvent", "Provenance"];

/// The types that have a line of their own, with what somebody must be permitted to see them.
pub(super) fn told_apart() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let groups: [(&'static [&'static str], &'static [&'static str]); 4] = [
        (&ABOUT_NOBODY, &[]),
        (&OF_WHO_AND_WHEN, &["chart.view"]),
        (&OF_NOTES, &["chart.view", "chart.view.notes"]),
        (&OF_WHO_DID_WHAT, &["audit.view"]),
    ];
    groups.into_iter().flat_map(|(kinds, permissions)| kinds.iter().map(move |kind| (*kind, permissions)))
}

/// What somebody must be permitted to see resources of every other type.
pub(super) const CLINICAL: &[&str] = &["chart.view", "chart.view.clinical"];

/// What somebody must be permitted to see resources of a type.
pub(in crate::ehr) fn permissions_to_see(kind: &str) -> &'static [&'static str] {
    told_apart().find(|(known, _)| *known == kind).map_or(CLINICAL, |(_, permissions)| permissions)
}
