//! Beds: made ready, and left behind.

use hospital::ehr::{BedFacts, SetBedStatus, active_place, left_bed, set_bed_status};
use serde_json::Value;
use store::StoreError;

use super::decide::{Decision, Write, place, version};
use super::desk::Desk;
use super::error::CommandError;

/// Says that a bed is clean, dirty, being cleaned or closed.
pub(super) fn set(command: &SetBedStatus, desk: &Desk<'_>) -> Result<Decision, CommandError> {
    let bed = desk.place(&command.bed)?;
    let occupant = desk.occupant(bed.as_ref(), None)?;
    let next = set_bed_status(command, &BedFacts { bed: bed.as_ref(), occupant: occupant.as_ref() })?;
    let status = command.status.text().unwrap_or_default().to_lowercase();
    let message = format!("{} is {status} now.", place(bed.as_ref()));
    let write = Write::Next(next, version(&command.expected_version)?);
    Ok(Decision { writes: vec![write], message, ..Decision::default() })
}

/// The bed that an encounter's patient leaves, to be cleaned; none on a ward without beds.
pub(super) fn left(desk: &Desk<'_>, encounter: Option<&Value>) -> Result<Option<Write>, StoreError> {
    let Some(place) = encounter.and_then(active_place) else { return Ok(None) };
    let bed = desk.named("Location", &place.into())?;
    Ok(bed.as_ref().and_then(left_bed).map(|bed| Write::Next(bed, None)))
}
