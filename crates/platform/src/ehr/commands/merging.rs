//! Two charts of one person: made one, and told apart again.

use hospital::ehr::{
    MergeFacts, MergePatients, UnmergeFacts, UnmergePatients, is_merge, merge_patients, unmerge_patients,
};
use serde_json::Value;
use store::StoreError;

use super::decide::{Decision, Occasion, Write, person_or_id, version};
use super::desk::{Desk, id_of};
use super::error::CommandError;
use crate::ehr::lookup::{get, value_of};

pub(super) fn merge(
    command: &MergePatients,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let expected = version(&command.expected_version)?;
    let (surviving, retired) = (desk.patient(&command.surviving)?, desk.patient(&command.retired)?);
    let is_here = |patient: Option<&Value>| {
        patient.map_or(Ok(false), |one| Ok::<_, StoreError>(!desk.stays(id_of(one))?.is_empty()))
    };
    let referrers = retired.as_ref().map(|one| desk.referrers(id_of(one))).transpose()?.unwrap_or_default();
    let facts = MergeFacts {
        surviving: surviving.as_ref(),
        retired: retired.as_ref(),
        referrers: &referrers,
        both_here: is_here(surviving.as_ref())? && is_here(retired.as_ref())?,
        author: occasion.author,
    };
    let merged = merge_patients(command, &facts, occasion.now_us, &(occasion.new_id)())?;
    let count = merged.changed.len() - 2;
    let message = format!(
        "Merged {} into {}; {count} records moved.",
        person_or_id(retired.as_ref()),
        person_or_id(surviving.as_ref())
    );
    let patient = surviving.as_ref().map_or("", id_of).to_owned();
    let writes = merged.changed.into_iter().enumerate();
    let mut writes: Vec<Write> =
        writes.map(|(at, one)| Write::Next(one, expected.filter(|_| at == 0))).collect();
    writes.push(Write::New(merged.provenance));
    Ok(Decision { patient, writes, message, ..Decision::default() })
}

pub(super) fn unmerge(
    command: &UnmergePatients,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let retired = desk.patient(&command.retired)?;
    let merge = retired.as_ref().map(|one| merge_of(desk, id_of(one))).transpose()?.flatten();
    let targets = merge.as_ref().map(|merge| targets_of(desk, merge)).transpose()?.unwrap_or_default();
    let facts = UnmergeFacts { merge: merge.as_ref(), targets: &targets, author: occasion.author };
    let undone = unmerge_patients(command, &facts, occasion.now_us, &(occasion.new_id)())?;
    let count = undone.changed.len() - 2;
    let left = match undone.left {
        0 => String::new(),
        left => format!(" {left} references were changed since and stay."),
    };
    let message = format!(
        "Took the merge of {} back; {count} records went back.{left}",
        person_or_id(retired.as_ref())
    );
    let patient = retired.as_ref().map_or("", id_of).to_owned();
    let mut writes: Vec<Write> = undone.changed.into_iter().map(|one| Write::Next(one, None)).collect();
    writes.push(Write::New(undone.provenance));
    Ok(Decision { patient, writes, message, ..Decision::default() })
}

/// The newest merge by which a chart was retired.
fn merge_of(desk: &Desk<'_>, retired: &str) -> Result<Option<Value>, StoreError> {
    let name = format!("Patient/{retired}");
    let mut merges = desk.find("Provenance", &[("target", &name)])?;
    merges.retain(|one| is_merge(one) && one.pointer("/target/1/reference") == Some(&name.as_str().into()));
    merges.sort_by(|a, b| a["recorded"].as_str().cmp(&b["recorded"].as_str()));
    Ok(merges.pop())
}

/// What the targets of a Provenance are now.
fn targets_of(desk: &Desk<'_>, provenance: &Value) -> Result<Vec<Value>, StoreError> {
    let targets = provenance["target"].as_array().into_iter().flatten();
    let names = targets.filter_map(|target| target["reference"].as_str()?.split_once('/'));
    names.filter_map(|(kind, id)| get(desk.view(), kind, id).transpose()).collect()
}

impl Desk<'_> {
    /// The patient a field names, by id or by medical record number.
    fn patient(&self, field: &hospital::ehr::Entered) -> Result<Option<Value>, StoreError> {
        if let Some(patient) = self.named("Patient", field)? {
            return Ok(Some(patient));
        }
        let Some(number) = field.text() else { return Ok(None) };
        let mut found = self.of_mrn(&number)?;
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// Everything that refers to a patient.
    fn referrers(&self, patient: &str) -> Result<Vec<Value>, StoreError> {
        let stored = self.view().referrers(&format!("Patient/{patient}"))?;
        Ok(stored.iter().filter_map(value_of).collect())
    }
}
