use platform::assessments::{Gain, Learned};
use platform::outcomes::{Beside, DrillOutcome, DrillTrends, Retained, Spread, Trend, WorkshopOutcome};
use schemars::JsonSchema;
use serde::Serialize;
use standards::fhir::instant;

use crate::api::call::Call;
use crate::problem::Problem;

/// What came of a cohort. All but the days of onboarding is measured: computed from what was recorded when it happened.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OutcomesView {
    learners: usize,
    /// Days from the first day to the first lab of the highest level finished without a hint.
    capstone_days: Option<SpreadView>,
    /// Apprenticeships that lasted so long.
    retained: Vec<RetainedView>,
    /// Days until they worked without somebody beside them: reported by their employers.
    onboarding_days: Option<BesideView>,
    /// What was learned between the first day and the last.
    learned: Vec<LearnedView>,
    drills: Vec<DrillView>,
    drill_trends: DrillTrendsView,
    workshops: Vec<WorkshopView>,
}

/// Where numbers lie: half of them from `low` to `high`.
#[derive(Debug, Serialize, JsonSchema)]
struct SpreadView {
    /// How many numbers.
    count: usize,
    low: f64,
    /// The median.
    middle: f64,
    high: f64,
}

impl From<Spread> for SpreadView {
    fn from(Spread { count, low, middle, high }: Spread) -> Self {
        Self { count, low, middle, high }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct LearnedView {
    /// The assessment, by id.
    assessment: String,
    /// How many handed in the first form.
    first: usize,
    /// Among those who handed in both.
    gain: Option<GainView>,
}

/// What changed, in shares that were right, 0 to 1.
#[derive(Debug, Serialize, JsonSchema)]
struct GainView {
    first: SpreadView,
    last: SpreadView,
    /// The mean of the differences.
    mean: f64,
    /// Half of its 95 % interval; nothing for one person alone.
    off: Option<f64>,
}

impl From<Gain> for GainView {
    fn from(Gain { first, last, mean, off }: Gain) -> Self {
        Self { first: first.into(), last: last.into(), mean, off }
    }
}

impl From<Learned> for LearnedView {
    fn from(one: Learned) -> Self {
        let gain = one.gain.map(GainView::from);
        Self { assessment: one.assessment.id.clone(), first: one.first, gain }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct BesideView {
    own: SpreadView,
    /// What the same employers usually need.
    usual: SpreadView,
    /// How many needed less than is usual.
    less: usize,
}

impl From<Beside> for BesideView {
    fn from(Beside { own, usual, less }: Beside) -> Self {
        Self { own: own.into(), usual: usual.into(), less }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct RetainedView {
    months: i32,
    /// Apprenticeships that began so long ago that this can be said.
    due: usize,
    stayed: usize,
}

impl From<Retained> for RetainedView {
    fn from(Retained { months, due, stayed }: Retained) -> Self {
        Self { months, due, stayed }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct TrendView {
    first: SpreadView,
    latest: SpreadView,
    /// How many did better the latest time.
    better: usize,
}

impl From<Trend> for TrendView {
    fn from(Trend { first, latest, better }: Trend) -> Self {
        Self { first: first.into(), latest: latest.into(), better }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct DrillView {
    title: String,
    ended: String,
    /// How many of the cohort took part.
    people: usize,
    /// Of a hundred.
    points: u32,
    passed: bool,
    /// In which of its minutes somebody knew what it was.
    detected_min: Option<i64>,
    /// In which it did no more harm.
    contained_min: Option<i64>,
    /// In which all was as before.
    restored_min: Option<i64>,
}

impl From<DrillOutcome> for DrillView {
    fn from(one: DrillOutcome) -> Self {
        let ended = instant::format(one.ended_us);
        let DrillOutcome { title, people, points, passed, .. } = one;
        let DrillOutcome { detected_min, contained_min, restored_min, .. } = one;
        Self { title, ended, people, points, passed, detected_min, contained_min, restored_min }
    }
}

/// The first and the latest drill of those with two or more; minutes within one scenario, and where it came so far both times.
#[derive(Debug, Serialize, JsonSchema)]
struct DrillTrendsView {
    points: Option<TrendView>,
    /// Minutes until somebody knew what it was.
    detected_min: Option<TrendView>,
    /// Minutes until it did no more harm.
    contained_min: Option<TrendView>,
    /// Minutes until all was as before.
    restored_min: Option<TrendView>,
}

impl From<DrillTrends> for DrillTrendsView {
    fn from(one: DrillTrends) -> Self {
        Self {
            points: one.points.map(TrendView::from),
            detected_min: one.detected_min.map(TrendView::from),
            contained_min: one.contained_min.map(TrendView::from),
            restored_min: one.restored_min.map(TrendView::from),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct WorkshopView {
    title: String,
    ended: String,
    /// How many of the cohort took part.
    people: usize,
    /// Critical facts that came on the table, in percent.
    facts: u32,
    /// Wanted hand-offs that were closed, in percent.
    hand_offs: u32,
    /// How far the roles agreed when they were last asked, in percent.
    agreement: Option<u32>,
    /// How far they were right then, in percent.
    correct: Option<u32>,
}

impl From<WorkshopOutcome> for WorkshopView {
    fn from(one: WorkshopOutcome) -> Self {
        let WorkshopOutcome { title, ended_us, people, facts, hand_offs, agreement, correct } = one;
        Self { title, ended: instant::format(ended_us), people, facts, hand_offs, agreement, correct }
    }
}

pub(super) fn read(call: &Call<'_>) -> Result<OutcomesView, Problem> {
    let found = call.platform().cohort_outcomes(call.person()?, call.part("cohort"))?;
    let learned = call.platform().cohort_learned(call.person()?, call.part("cohort"))?;
    Ok(OutcomesView {
        learned: learned.into_iter().map(LearnedView::from).collect(),
        learners: found.learners,
        capstone_days: found.capstone_days.map(SpreadView::from),
        retained: found.retained.map(RetainedView::from).into(),
        onboarding_days: found.onboarding_days.map(BesideView::from),
        drills: found.drills.into_iter().map(DrillView::from).collect(),
        drill_trends: found.drill_trends.into(),
        workshops: found.workshops.into_iter().map(WorkshopView::from).collect(),
    })
}
