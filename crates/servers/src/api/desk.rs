use axum::http::StatusCode;
use platform::desk::{Alert, DeskError, Form, hunt as search, rendered, watch};
use platform::sandboxes::Filter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use standards::fhir::instant;

use super::call::Call;
use crate::problem::Problem;

/// Entries rendered at most at a time.
const LIMIT_MAX: usize = 1000;

/// What to search for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Query {
    /// Conditions and stages: `category = read | stats dc(patient) by user | top 10`. Everything, if left out.
    q: String,
}

/// What a search found.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct HuntAnswer {
    columns: Vec<String>,
    /// Texts in the order of the columns.
    rows: Vec<Vec<String>>,
    /// How many entries met the conditions.
    matched: usize,
    /// Whether rows were left out because there were too many.
    cut: bool,
    /// When what met the conditions happened.
    histogram: Vec<Span>,
    /// How long each span of the histogram is, seconds.
    span_s: i64,
}

/// One span of a histogram.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Span {
    /// When it begins, on the hospital's clock.
    from: String,
    count: usize,
}

/// Rules to try.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TriedRules {
    /// Sigma rules and correlations, parted by lines of `---`.
    rules: String,
}

/// What rules said.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AlertList {
    /// How many rules and correlations looked.
    rules: usize,
    /// How many entries they looked at.
    entries: usize,
    /// Newest first.
    alerts: Vec<AlertView>,
    /// What somebody keeps quiet, newest first.
    suppressed: Vec<SuppressedView>,
}

/// An alert that is kept quiet.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SuppressedView {
    #[serde(flatten)]
    alert: AlertView,
    /// The suppression's id.
    by: String,
    why: String,
}

/// One alert: hits of one rule about the same thing, less than an hour apart.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AlertView {
    /// The rule's id.
    rule: String,
    title: String,
    level: String,
    /// Techniques of ATT&CK and countermeasures of D3FEND.
    tags: Vec<String>,
    /// What it is about: fields with their values.
    about: Vec<(String, String)>,
    first: String,
    last: String,
    hits: usize,
    /// The most that the correlation counted.
    value: f64,
    /// The entries that fired it, the first of them.
    entries: Vec<i64>,
}

impl From<&Alert> for AlertView {
    fn from(alert: &Alert) -> Self {
        let hit = &alert.hit;
        Self {
            rule: hit.rule.clone(),
            title: hit.title.clone(),
            level: hit.level.clone(),
            tags: hit.tags.clone(),
            about: hit.group.clone(),
            first: instant::format(hit.time_us),
            last: instant::format(alert.last_us),
            hits: alert.hits,
            value: alert.value,
            entries: alert.seqs.clone(),
        }
    }
}

/// Which entries to render, and how.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Rendering {
    /// `audit-event`, `ocsf` or `flow`; `audit-event`, if left out.
    form: Option<String>,
    /// The patient it is about, as `Patient/ID`.
    subject: Option<String>,
    /// Only entries after this place.
    after: Option<i64>,
    /// The newest so many, 1 to 1000; 100, if left out.
    limit: Option<usize>,
}

/// Entries in another form.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Rendered {
    /// Oldest first.
    events: Vec<Value>,
}

pub(super) fn hunt(call: &Call<'_>, asked: &Query) -> Result<HuntAnswer, Problem> {
    let found = search(call.platform(), &call.enter(call.part("sandbox"))?, &asked.q)?;
    let span =
        |bucket: &platform::desk::Bucket| Span { from: instant::format(bucket.from_us), count: bucket.count };
    Ok(HuntAnswer {
        columns: found.columns,
        rows: found.rows,
        matched: found.matched,
        cut: found.cut,
        histogram: found.histogram.buckets.iter().map(span).collect(),
        span_s: found.histogram.width_us / 1_000_000,
    })
}

pub(super) fn alerts(call: &Call<'_>) -> Result<AlertList, Problem> {
    told(call, None)
}

pub(super) fn attempt(call: &Call<'_>, tried: &TriedRules) -> Result<AlertList, Problem> {
    told(call, Some(&tried.rules))
}

fn told(call: &Call<'_>, rules: Option<&str>) -> Result<AlertList, Problem> {
    let watched = watch(&call.enter(call.part("sandbox"))?, rules)?;
    let alerts = watched.alerts.iter().map(AlertView::from).collect();
    let quiet = |(alert, quiet): &(Alert, platform::desk::Suppression)| SuppressedView {
        alert: alert.into(),
        by: quiet.id.clone(),
        why: quiet.why.clone(),
    };
    let suppressed = watched.suppressed.iter().map(quiet).collect();
    Ok(AlertList { rules: watched.rules, entries: watched.entries, alerts, suppressed })
}

pub(super) fn telemetry(call: &Call<'_>, wanted: &Rendering) -> Result<Rendered, Problem> {
    let name = wanted.form.as_deref().unwrap_or("audit-event");
    let form = Form::named(name).ok_or_else(|| {
        let what = format!("there is no form `{name}`: ask for audit-event, ocsf or flow");
        Problem::new(StatusCode::BAD_REQUEST, what)
    })?;
    let filter = Filter {
        subject: wanted.subject.clone(),
        after_seq: wanted.after.unwrap_or_default(),
        limit: wanted.limit.unwrap_or(100).clamp(1, LIMIT_MAX),
        ..Filter::default()
    };
    Ok(Rendered { events: rendered(&call.enter(call.part("sandbox"))?, filter, form)? })
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        let what = match &error {
            DeskError::Store(_) => String::new(),
            DeskError::Query(error) => error.to_string(),
            DeskError::Casework(error) => error.to_string(),
            DeskError::Missing { what } => what.clone(),
            DeskError::Rules(problems) => {
                let line = |problem: &platform::desk::RuleProblem| {
                    format!(
                        "line {}, column {}: {}; {}",
                        problem.line, problem.column, problem.what, problem.fix
                    )
                };
                problems.iter().map(line).collect::<Vec<_>>().join("\n")
            }
        };
        match error {
            DeskError::Store(error) => error.into(),
            DeskError::Missing { .. } => Self::new(StatusCode::NOT_FOUND, what),
            DeskError::Query(_) | DeskError::Rules(_) | DeskError::Casework(_) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, what)
            }
        }
    }
}
