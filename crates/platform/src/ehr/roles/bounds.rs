use hospital::staff::{ALL_ROUND, Matrix, PERMISSIONS};
use identity::scope::{Bounds, Permissions};

use super::sight::{CLINICAL, told_apart};

/// Titles of the directory that are no role of the matrix, with the role whose work they do. Who looks after the systems
/// may do everything, here as in most hospitals: that is what makes such an account worth stealing.
const TITLES: [(&str, &str); 3] =
    [("emergency", "physician"), ("coder", "him-clerk"), ("technician", ALL_ROUND)];

/// What a permission lets somebody write, as the forms of the chart do it. Orders are written by whoever may sign them:
/// a draft cannot be told from an order by its type. What no form does, such as deleting, no role does.
const WRITES: [(&str, &[&str], &str); 14] = [
    ("patient.register", &["Patient", "RelatedPerson", "Coverage"], "cu"),
    ("patient.merge", &["Patient"], "u"),
    ("patient.admit", &["Encounter"], "cu"),
    ("patient.transfer", &["Encounter"], "u"),
    ("patient.discharge", &["Encounter"], "u"),
    ("bed.manage", &["Location"], "u"),
    ("vitals.record", &["Observation"], "cu"),
    ("result.write", &["Observation", "DiagnosticReport"], "cu"),
    ("note.write", &["DocumentReference"], "cu"),
    ("problem.write", &["Condition"], "cu"),
    ("allergy.write", &["AllergyIntolerance"], "cu"),
    ("order.sign", &["MedicationRequest", "ServiceRequest"], "cu"),
    ("medication.administer", &["MedicationAdministration"], "cu"),
    ("build.change", &["ActivityDefinition", "CodeSystem", "PlanDefinition", "ValueSet"], "cu"),
];

/// How far somebody of a role may go through the FHIR interface with an app in their hands; `None` if they may do
/// everything. Somebody of a role that is not known may do nothing.
pub(crate) fn bounds_of(matrix: &Matrix, role: &str) -> Option<Bounds> {
    let role = match TITLES.iter().find(|(title, _)| *title == role && matrix.role(role).is_none()) {
        Some((_, known)) => *known,
        None => role,
    };
    let may = |permission: &str| matrix.may(role, permission);
    if PERMISSIONS.iter().all(|one| may(one.code)) {
        return None;
    }
    let looking = Permissions::READ | Permissions::SEARCH;
    let seen = |needed: &[&str]| match matrix.role(role).is_some() && needed.iter().all(|one| may(one)) {
        true => looking,
        false => Permissions::default(),
    };
    let bounds = told_apart()
        .fold(Bounds::new(seen(CLINICAL)), |bounds, (kind, needed)| bounds.with(kind, seen(needed)));
    let writes = WRITES.iter().filter(|(permission, ..)| may(permission));
    let writes = writes.flat_map(|(_, kinds, what)| kinds.iter().map(move |kind| (*kind, *what)));
    Some(
        writes.fold(bounds, |bounds, (kind, what)| {
            bounds.and(kind, Permissions::read(what).unwrap_or_default())
        }),
    )
}

#[cfg(test)]
mod tests {
    use hospital::staff::{Grant, permission_of, shipped, with_grants};

    use super::*;

    /// A role, a type, and what somebody of it may do there.
    #[test]
    fn a_role_reaches_as_far_as_its_forms() {
        let matrix = Matrix::shipped();
        let cases = [
            ("registrar", "Patient", "crus"),
            ("registrar", "Encounter", "crus"),
            ("registrar", "Observation", ""),
            ("registrar", "Condition", ""),
            ("registrar", "DocumentReference", ""),
            ("registrar", "AuditEvent", ""),
            ("registrar", "Practitioner", "rs"),
            ("nurse", "Observation", "crus"),
            ("nurse", "MedicationRequest", "rs"),
            ("nurse", "Patient", "rs"),
            ("physician", "MedicationRequest", "crus"),
            ("emergency", "MedicationRequest", "crus"),
            ("him-clerk", "AuditEvent", "rs"),
            ("him-clerk", "Patient", "rus"),
            ("bed-manager", "Location", "rus"),
            ("analyst", "Patient", ""),
            ("analyst", "PlanDefinition", "crus"),
            ("stranger", "Patient", ""),
            ("stranger", "Organization", ""),
            ("", "Patient", ""),
        ];
        for (role, kind, expected) in cases {
            let bounds = bounds_of(&matrix, role).expect("it has bounds");
            let found: String = Permissions::ALL
                .each()
                .filter(|one| bounds.allow(kind, *one))
                .map(|one| one.to_string())
                .collect();
            assert_eq!(found, expected, "{role} {kind}");
        }
        assert_eq!(bounds_of(&matrix, ALL_ROUND), None);
        assert_eq!(bounds_of(&matrix, "technician"), None);
        assert!(WRITES.iter().all(|(permission, ..)| permission_of(permission).is_some()));
    }

    #[test]
    fn a_hospital_that_changes_its_matrix_changes_the_bounds() {
        let grants =
            [("analyst", "build.change"), ("registrar", "chart.view"), ("registrar", "chart.view.clinical")];
        let grants = grants
            .map(|(role, permission)| Grant { role: role.to_owned(), permission: permission.to_owned() });
        let changed = with_grants(Some(&shipped()), &grants.into()).expect("it is sound");
        let bounds = bounds_of(&Matrix::read(Some(&changed)), "registrar").expect("it has bounds");
        assert!(
            bounds.allow("Observation", Permissions::READ) && !bounds.allow("Patient", Permissions::CREATE)
        );
        assert!(bounds_of(&Matrix::read(Some(&changed)), ALL_ROUND).is_some(), "it is all-round no more");
    }
}
