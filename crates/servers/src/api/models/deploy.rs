use std::collections::BTreeMap;

use platform::models::{Deployment, Mode, Monitor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::call::Call;
use crate::api::given::Nothing;
use crate::problem::Problem;

/// Which version is to answer, and how.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    version: u32,
    mode: ModeView,
    /// The risk from which a card is shown.
    threshold: f64,
}

/// Whether anybody sees what a model says.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum ModeView {
    /// It scores, and nobody sees a card.
    Silent,
    /// Whoever opens a chart sees a card where the risk is at the threshold or above.
    Live,
}

/// A version that answers.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DeploymentView {
    name: String,
    version: u32,
    mode: ModeView,
    threshold: f64,
    /// The id of its service.
    service: String,
    by: String,
    /// The versions that answered before, the latest last.
    earlier: Vec<u32>,
}

/// How a model does in the chart.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MonitorView {
    version: u32,
    calls: usize,
    failed: usize,
    incomplete: usize,
    cards: usize,
    /// How often cards were overridden, by reason.
    overridden: BTreeMap<String, usize>,
    /// What half of the calls took at most, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    p50_ms: Option<f64>,
    /// What all but one in twenty took at most, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    p95_ms: Option<f64>,
    days: Vec<DayView>,
    /// How far each feature has moved from training, by the population stability index.
    drift: BTreeMap<String, f64>,
    /// Scores judged by what happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    judged: Option<Value>,
    /// Why they are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    unjudged: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DayView {
    day: String,
    scores: usize,
    mean: f64,
    cards: usize,
}

/// `POST /s/{sandbox}/models/{name}/deploy`.
pub(super) fn deploy(call: &Call<'_>, wanted: &Wanted) -> Result<DeploymentView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let mode = match wanted.mode {
        ModeView::Silent => Mode::Silent,
        ModeView::Live => Mode::Live,
    };
    let done =
        call.platform().deploy_model(&access, call.part("name"), wanted.version, mode, wanted.threshold)?;
    Ok(DeploymentView::of(done))
}

/// `POST /s/{sandbox}/models/{name}/roll-back`.
pub(super) fn roll_back(call: &Call<'_>, _: &Nothing) -> Result<DeploymentView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    Ok(DeploymentView::of(call.platform().roll_model_back(&access, call.part("name"))?))
}

/// `POST /s/{sandbox}/models/{name}/withdraw`.
pub(super) fn withdraw(call: &Call<'_>, _: &Nothing) -> Result<Nothing, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    call.platform().withdraw_model(&access, call.part("name"))?;
    Ok(Nothing {})
}

/// `GET /s/{sandbox}/models/{name}/monitor`.
pub(super) fn monitor(call: &Call<'_>) -> Result<MonitorView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let seen = call.platform().monitor_model(&access, call.part("name"))?;
    MonitorView::of(seen)
}

impl DeploymentView {
    pub(super) fn of(one: Deployment) -> Self {
        let service = one.service();
        let mode = match one.mode {
            Mode::Silent => ModeView::Silent,
            Mode::Live => ModeView::Live,
        };
        let Deployment { name, version, threshold, by, earlier, .. } = one;
        Self { name, version, mode, threshold, service, by, earlier }
    }
}

impl MonitorView {
    #[expect(clippy::cast_precision_loss, reason = "microseconds of a call are far below 2^52")]
    fn of(seen: Monitor) -> Result<Self, Problem> {
        let ms = |us: i64| us as f64 / 1_000.0;
        let judged = seen.judged.map(serde_json::to_value).transpose();
        Ok(Self {
            version: seen.version,
            calls: seen.calls,
            failed: seen.failed,
            incomplete: seen.incomplete,
            cards: seen.cards,
            overridden: seen.overridden,
            p50_ms: seen.latency_us.map(|(half, _)| ms(half)),
            p95_ms: seen.latency_us.map(|(_, most)| ms(most)),
            days: seen
                .days
                .into_iter()
                .map(|one| DayView { day: one.day, scores: one.scores, mean: one.mean, cards: one.cards })
                .collect(),
            drift: seen.drift.into_iter().map(|one| (one.feature, one.psi)).collect(),
            judged: judged.map_err(|error| Problem::internal(&error))?,
            unjudged: seen.unjudged,
        })
    }
}
