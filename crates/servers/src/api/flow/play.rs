use platform::flow::{Estimate, Figure};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::problem::Problem;

/// What to play.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NewPlay {
    /// The same seed gives the same weeks.
    seed: u64,
}

/// What was played.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PlayedView {
    /// How many weeks of patients both rosters met.
    weeks: u32,
    figures: Vec<FigureView>,
    /// How many waited on average in each hour of the week, under the plan.
    queue_plan: Vec<f64>,
    /// The same under today's roster.
    queue_today: Vec<f64>,
}

/// One figure of both rosters; absent where nobody was seen.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FigureView {
    name: &'static str,
    title: &'static str,
    /// `minutes`, `hours` or `share`.
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<EstimateView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<EstimateView>,
    /// The plan's less today's, over the same weeks.
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<EstimateView>,
}

/// A mean with its confidence interval of 95 %.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EstimateView {
    mean: f64,
    low: f64,
    high: f64,
}

/// `POST /s/{sandbox}/flow/simulate`.
pub(super) fn play(call: &Call<'_>, wanted: &NewPlay) -> Result<PlayedView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let played = call.platform().play_flow(&access, wanted.seed)?;
    Ok(PlayedView {
        weeks: played.weeks,
        figures: played.figures.iter().map(FigureView::of).collect(),
        queue_plan: played.queue_plan,
        queue_today: played.queue_today,
    })
}

impl FigureView {
    fn of(figure: &Figure) -> Self {
        let of = |estimate: Option<Estimate>| {
            estimate.map(|Estimate { mean, low, high }| EstimateView { mean, low, high })
        };
        Self {
            name: figure.name,
            title: figure.title,
            unit: figure.unit,
            plan: of(figure.plan),
            today: of(figure.today),
            difference: of(figure.difference),
        }
    }
}
