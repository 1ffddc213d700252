use platform::labs::{LabCell, LabHead, LabSummary, TrackSummary};
use schemars::JsonSchema;
use serde::Serialize;

use super::call::Call;
use super::me::PersonView;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LabList {
    labs: Vec<LabSummary>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TrackList {
    tracks: Vec<TrackSummary>,
}

/// How everyone stands in every lab.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OverviewView {
    /// The columns.
    labs: Vec<LabHead>,
    /// The rows, by name.
    learners: Vec<LearnerView>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LearnerView {
    person: PersonView,
    /// Where they are in each lab, in the order of the columns.
    labs: Vec<LabCell>,
}

pub(super) fn list(call: &Call<'_>) -> Result<LabList, Problem> {
    Ok(LabList { labs: call.platform().labs_for(call.person()?)? })
}

pub(super) fn read(call: &Call<'_>) -> Result<LabSummary, Problem> {
    Ok(call.platform().lab_for(call.person()?, call.part("id"))?)
}

pub(super) fn tracks(call: &Call<'_>) -> Result<TrackList, Problem> {
    Ok(TrackList { tracks: call.platform().tracks_for(call.person()?)? })
}

pub(super) fn overview(call: &Call<'_>) -> Result<OverviewView, Problem> {
    let overview = call.platform().overview(call.person()?)?;
    let rows = overview.learners.into_iter();
    let learners = rows.map(|row| LearnerView { person: (&row.person).into(), labs: row.labs });
    Ok(OverviewView { labs: overview.labs, learners: learners.collect() })
}
