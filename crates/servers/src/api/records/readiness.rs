use platform::readiness::Needed;
use schemars::JsonSchema;
use serde::Serialize;
use standards::fhir::instant;

use crate::api::call::Call;
use crate::problem::Problem;

/// How far the caller is for a job. There is no single score.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Readiness")]
pub(super) struct ReadinessView {
    job: String,
    title: String,
    /// What it asks for, in its order.
    needs: Vec<NeedView>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ReadinessNeed")]
pub(super) struct NeedView {
    /// The competency, by id.
    competency: String,
    title: String,
    /// The level that is asked for.
    level: &'static str,
    /// The level shown without help.
    shown: Option<&'static str>,
    /// How the caller stands to it, in words.
    state: &'static str,
    last: Option<String>,
    /// The lab to take next.
    next: Option<String>,
}

fn need_view(one: Needed) -> NeedView {
    NeedView {
        level: one.need.wanted.word(),
        shown: one.standing.level.map(|level| level.word()),
        state: one.need.state.words(),
        last: one.standing.last_us.map(instant::format),
        next: one.next.map(|next| next.lab),
        competency: one.need.competency,
        title: one.title,
    }
}

pub(super) fn read(call: &Call<'_>) -> Result<ReadinessView, Problem> {
    let found = call.platform().readiness(call.person()?, call.part("id"))?;
    Ok(ReadinessView {
        job: found.job.id.clone(),
        title: found.job.title.clone(),
        needs: found.needs.into_iter().map(need_view).collect(),
    })
}
