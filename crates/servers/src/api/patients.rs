use platform::ehr::chart::{PatientQuery, PatientRow, patients};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use crate::problem::Problem;

/// Who is looked for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Wanted {
    /// Names, a medical record number or a birth date as YYYY-MM-DD, in any order; all must fit.
    text: String,
    /// Only those in the house.
    inpatients: bool,
    /// Where the page starts: `next` of the page before.
    cursor: Option<String>,
    /// How many on a page, 200 at most; 50, if left out.
    count: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FoundPatient {
    id: String,
    name: String,
    mrn: Option<String>,
    birth_date: Option<String>,
    sex: Option<String>,
    /// The label of the bed or ward, if the patient is in the house.
    place: Option<String>,
    /// Whether the chart is in use: one that was merged into another is not.
    active: bool,
    /// Whether the chart is restricted.
    restricted: bool,
    /// How like the patient is to what was looked for, from 0 to 1.
    likeness: f64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FoundPatients {
    /// Those who fit, by name.
    patients: Vec<FoundPatient>,
    /// How many fit in all.
    total: u64,
    /// Where the next page starts, if there is one.
    next: Option<String>,
    /// Those who nearly fit, a letter or a digit apart, the most like first.
    similar: Vec<FoundPatient>,
}

pub(super) fn find(call: &Call<'_>, wanted: &Wanted) -> Result<FoundPatients, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let query = PatientQuery {
        text: wanted.text.clone(),
        inpatients: wanted.inpatients,
        cursor: wanted.cursor.clone(),
        count: wanted.count,
        ..PatientQuery::default()
    };
    let page = patients(&access, &query)?;
    Ok(FoundPatients {
        patients: page.rows.into_iter().map(|row| found(row, 1.0)).collect(),
        total: page.total,
        next: page.next,
        similar: page.similar.into_iter().map(|one| found(one.row, one.likeness)).collect(),
    })
}

fn found(row: PatientRow, likeness: f64) -> FoundPatient {
    let who = row.identity;
    FoundPatient {
        id: who.id,
        name: who.name,
        mrn: who.mrn,
        birth_date: who.birth_date,
        sex: who.sex,
        place: row.place,
        active: who.active,
        restricted: who.restricted,
        likeness,
    }
}
