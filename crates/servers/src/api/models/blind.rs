use std::time::Duration;

use platform::models::{
    BlindRisks, BlindTest, BlindTry, Opening, Score, StudyError, TRIES_MAX, open_blind_test,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::api::given::Nothing;
use crate::api::route::Reply;
use crate::problem::Problem;

/// How long whoever opens a test waits for it; after that it is still being made.
const OPENED_WITHIN: Duration = Duration::from_secs(5);

/// What the cases come as.
pub(super) const MEDIA_TYPES: [&str; 1] = ["text/csv; charset=utf-8"];

/// The blind tests of a hospital.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BlindTestsView {
    tests: Vec<BlindTestView>,
}

/// A blind test.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BlindTestView {
    /// The task, and the test's own name.
    task: String,
    title: String,
    predicts: String,
    /// The points in use, by which what is handed in is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    yardstick: Option<String>,
    /// `unopened`, `making`, `open` or `closed`.
    state: &'static str,
    /// Why it could not be opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<String>,
    tries_max: u32,
    tries: Vec<BlindTryView>,
    /// The try it was closed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    chosen: Option<BlindTryView>,
}

/// Risks that were handed in.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BlindTryView {
    number: u32,
    /// When, microseconds since 1970 UTC.
    tried_us: i64,
    tried_by: String,
    /// A sheet, or a model with its version.
    source: String,
    /// Of the risks, lower-case hexadecimal.
    sha256: String,
    /// The score that is told at once.
    public: ScoreView,
    /// The score for the others, once the test is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    private: Option<ScoreView>,
}

/// How well risks foretold what became of people.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ScoreView {
    people: usize,
    /// Who had the outcome.
    events: usize,
    auroc: f64,
    /// The ends of its 95 % interval.
    auroc_low: f64,
    auroc_high: f64,
    brier: f64,
    /// Of telling everybody the share that had the outcome.
    brier_of_share: f64,
    log_loss: f64,
    /// The slope of calibration.
    #[serde(skip_serializing_if = "Option::is_none")]
    slope: Option<f64>,
    /// The AUROC of the points in use, for the same people.
    #[serde(skip_serializing_if = "Option::is_none")]
    yardstick_auroc: Option<f64>,
}

/// A risk for each case: as a sheet, or by a model of this hospital.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewTry {
    /// CSV with the columns `case` and `risk`.
    csv: Option<String>,
    /// The name of a model.
    model: Option<String>,
    /// Its version; the newest, if left out.
    version: Option<u32>,
}

/// The try a test is closed with.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Chosen {
    #[serde(rename = "try")]
    number: u32,
}

/// `GET /s/{sandbox}/blind-tests`.
pub(super) fn list(call: &Call<'_>) -> Result<BlindTestsView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let tests = call.platform().blind_tests(&access)?;
    Ok(BlindTestsView { tests: tests.iter().map(BlindTestView::of).collect() })
}

/// `GET /s/{sandbox}/blind-tests/{task}`.
pub(super) fn read(call: &Call<'_>) -> Result<BlindTestView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    Ok(BlindTestView::of(&call.platform().blind_test(&access, call.part("task"))?))
}

/// `POST /s/{sandbox}/blind-tests/{task}/open`.
pub(super) fn open(call: &Call<'_>, _: &Nothing) -> Result<BlindTestView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    Ok(BlindTestView::of(&open_blind_test(&call.app.platform, &access, call.part("task"), OPENED_WITHIN)?))
}

/// `GET /s/{sandbox}/blind-tests/{task}/cases`.
pub(super) fn cases(call: &Call<'_>, _: &Nothing) -> Result<Reply, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let task = call.part("task");
    let bytes = call.platform().blind_cases(&access, task)?.into_bytes();
    Ok(Reply { media_type: MEDIA_TYPES[0], bytes, file: Some(format!("{task}-cases.csv")) })
}

/// `POST /s/{sandbox}/blind-tests/{task}/tries`.
pub(super) fn hand_in(call: &Call<'_>, given: &NewTry) -> Result<BlindTryView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let risks = match (&given.csv, &given.model) {
        (Some(csv), None) => BlindRisks::Csv(csv.as_bytes()),
        (None, Some(model)) => BlindRisks::Model(model, given.version),
        _ => {
            let what = "give the risks as csv, or the name of a model of this hospital";
            return Err(StudyError::Invalid(what.to_owned()).into());
        }
    };
    Ok(BlindTryView::of(&call.platform().try_blind_test(&access, call.part("task"), risks)?))
}

/// `POST /s/{sandbox}/blind-tests/{task}/close`.
pub(super) fn close(call: &Call<'_>, chosen: &Chosen) -> Result<BlindTestView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    Ok(BlindTestView::of(&call.platform().close_blind_test(&access, call.part("task"), chosen.number)?))
}

impl BlindTestView {
    fn of(test: &BlindTest) -> Self {
        let task = &test.task.task;
        let state = match (test.opened_us, test.chosen) {
            (None, _) if test.opening == Some(Opening::Making) => "making",
            (None, _) => "unopened",
            (Some(_), None) => "open",
            (Some(_), Some(_)) => "closed",
        };
        let chosen = test.tries.iter().find(|one| Some(one.number) == test.chosen);
        Self {
            task: test.task.slug.clone(),
            title: task.title.clone(),
            predicts: task.predicts.clone(),
            yardstick: task.yardstick.as_ref().map(|one| one.about.clone()),
            state,
            failed: match &test.opening {
                Some(Opening::Failed(why)) => Some(why.clone()),
                Some(Opening::Making) | None => None,
            },
            tries_max: TRIES_MAX,
            tries: test.tries.iter().map(BlindTryView::of).collect(),
            chosen: chosen.map(BlindTryView::of),
        }
    }
}

impl BlindTryView {
    fn of(one: &BlindTry) -> Self {
        Self {
            number: one.number,
            tried_us: one.tried_us,
            tried_by: one.tried_by.clone(),
            source: one.source.clone(),
            sha256: one.sha256.clone(),
            public: ScoreView::of(&one.public),
            private: one.private.as_ref().map(ScoreView::of),
        }
    }
}

impl ScoreView {
    fn of(score: &Score) -> Self {
        Self {
            people: score.people,
            events: score.events,
            auroc: score.auroc.value,
            auroc_low: score.auroc.low,
            auroc_high: score.auroc.high,
            brier: score.brier,
            brier_of_share: score.brier_of_share,
            log_loss: score.log_loss,
            slope: score.slope,
            yardstick_auroc: score.yardstick,
        }
    }
}
