//! Who may do what, and opening a restricted chart.

use hospital::ehr::{BreakGlass, ChangeRoles, break_glass as decide_glass, change_roles};
use hospital::staff::MATRIX_ID;
use serde_json::json;

use super::decide::{Decision, Occasion, Write, person, version};
use super::desk::{Desk, id_of};
use super::error::CommandError;
use crate::ehr::roles::{GLASS_HOURS, GLASS_KIND, is_restricted};

/// Keeps another role matrix.
pub(super) fn change(command: &ChangeRoles, desk: &Desk<'_>) -> Result<Decision, CommandError> {
    let current = desk.named("CodeSystem", &MATRIX_ID.into())?;
    let next = change_roles(command, current.as_ref())?;
    let expected = version(&command.expected_version)?;
    let write = if current.is_some() { Write::Next(next, expected) } else { Write::New(next) };
    Ok(Decision { writes: vec![write], message: "Kept the roles.".to_owned(), ..Decision::default() })
}

/// Opens a restricted chart for a while. Nothing is written but the journal, which has the reason.
pub(super) fn break_glass(
    command: &BreakGlass,
    desk: &Desk<'_>,
    occasion: &Occasion<'_>,
) -> Result<Decision, CommandError> {
    let patient = desk.named("Patient", &command.patient)?;
    let reason = decide_glass(command, patient.as_ref(), patient.as_ref().is_some_and(is_restricted))?;
    let (id, name) = patient.as_ref().map(|patient| (id_of(patient), person(patient))).unwrap_or_default();
    let detail = json!({"role": occasion.role, "reason": reason, "hours": GLASS_HOURS});
    Ok(Decision {
        patient: id.to_owned(),
        message: format!("The chart of {name} is open to you for {GLASS_HOURS} hours."),
        notes: vec![(GLASS_KIND, detail)],
        ..Decision::default()
    })
}
