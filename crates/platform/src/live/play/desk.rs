//! What a colleague looks up before giving a command.

use hospital::ehr::{active_place, bed_state, is_open};
use hospital::population::{Bed, MRN_SYSTEM, Recipe, mrn};
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use crate::ehr::lookup::{find, get};

/// Record numbers of people who are new to the hospital: far from those that the desk gives out.
const NEWCOMERS: u64 = 4_000_000;

/// The record number of somebody in the population, or of a newcomer.
pub(super) fn number_of(recipe: &Recipe, index: u32) -> String {
    let newcomer = index >= recipe.patients;
    mrn(recipe, u64::from(index) + if newcomer { NEWCOMERS } else { 0 })
}

/// The id of whoever has this record number.
pub(super) fn patient(view: View<'_>, now_us: i64, number: &str) -> Result<Option<String>, StoreError> {
    let wanted = format!("{MRN_SYSTEM}|{number}");
    let found = find(view, now_us, "Patient", &[("identifier", &wanted)])?;
    Ok(found.first().and_then(|patient| patient["id"].as_str()).map(str::to_owned))
}

/// An encounter that has begun and not ended.
pub(super) fn open_visit(view: View<'_>, id: &str) -> Result<Option<Value>, StoreError> {
    Ok(get(view, "Encounter", id)?.filter(is_open))
}

/// Whether an order of this id is in the chart: who lay in a bed when the house was opened brought the orders of that day
/// along, and where the house runs behind the history that was written of them it comes to some of these once more.
pub(super) fn is_ordered(view: View<'_>, id: &str) -> Result<bool, StoreError> {
    let kinds = ["ServiceRequest", "MedicationRequest"];
    kinds.iter().try_fold(false, |known, kind| Ok(known || get(view, kind, id)?.is_some()))
}

/// A bed that can be lain in, its state, and its id: the one that is wanted, otherwise another of the unit. The label of the
/// unit where it has no beds, or none is free.
pub(super) fn bed(
    view: View<'_>,
    now_us: i64,
    wanted: Bed,
) -> Result<(String, Option<&'static str>), StoreError> {
    let unit = wanted.unit;
    let numbers =
        std::iter::once(usize::from(wanted.number)).chain(1..=unit.beds()).filter(|number| *number > 0);
    for number in numbers {
        let label = format!("{}-{number:02}", unit.label());
        let Some(place) = find(view, now_us, "Location", &[("identifier", &label)])?.pop() else { continue };
        let state = bed_state(&place).word;
        if state != "closed" && is_free(view, now_us, &place)? {
            return Ok((label, Some(state)));
        }
    }
    Ok((unit.label().to_owned(), None))
}

fn is_free(view: View<'_>, now_us: i64, place: &Value) -> Result<bool, StoreError> {
    let id = place["id"].as_str().unwrap_or_default();
    let status = ("status", "arrived,triaged,in-progress,onleave");
    let there = find(view, now_us, "Encounter", &[("location", &format!("Location/{id}")), status])?;
    Ok(there.iter().all(|encounter| active_place(encounter) != Some(id)))
}

/// The id of the orderable that has a code.
pub(super) fn orderable(view: View<'_>, now_us: i64, code: &str) -> Result<Option<String>, StoreError> {
    let all = find(view, now_us, "ActivityDefinition", &[])?;
    let has = |definition: &Value| {
        let codings = ["/code/coding/0/code", "/productCodeableConcept/coding/0/code"];
        codings.iter().any(|pointer| definition.pointer(pointer).is_some_and(|found| found == code))
    };
    Ok(all
        .iter()
        .find(|definition| has(definition))
        .and_then(|found| found["id"].as_str())
        .map(str::to_owned))
}
