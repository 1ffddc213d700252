use std::collections::BTreeMap;

use ::models::Table;
use ::models::metrics::{Judgement, judge};
use ::models::study::{Case, Drift, drift};
use standards::fhir::instant;
use store::journal::{Entry, Filter};

use super::advise::SCORED;
use super::keep::service_id;
use crate::access::{Access, outcome};
use crate::models::study::{Registered, StudyError, labels};
use crate::platform::Platform;

/// Scores looked at, newest first.
const SCORES_MAX: usize = 5_000;

/// How a model does in the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Monitor {
    /// The version that is looked after: the one that answers, or else the newest.
    pub version: u32,
    /// Calls of any version.
    pub calls: usize,
    /// Calls that failed, and that lacked what the task needs.
    pub failed: usize,
    /// See `failed`.
    pub incomplete: usize,
    /// Why the newest failed.
    pub why: Option<String>,
    /// Cards that were shown.
    pub cards: usize,
    /// Cards that somebody overrode, by reason.
    pub overridden: BTreeMap<String, usize>,
    /// Half of the calls took no longer, and all but one in twenty, in microseconds.
    pub latency_us: Option<(i64, i64)>,
    /// By day of the hospital's own time, oldest first.
    pub days: Vec<Day>,
    /// How far each feature of the version has moved from training; none before there are scores.
    pub drift: Vec<Drift>,
    /// Scores of the version whose time at risk is over, judged by what happened; none before there are some of both kinds.
    pub judged: Option<Judgement>,
    /// Why there is no judgement.
    pub unjudged: Option<String>,
}

/// The scores of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The day, as `2026-03-01`.
    pub day: String,
    /// How many.
    pub scores: usize,
    /// Their mean risk.
    pub mean: f64,
    /// How many cards were shown.
    pub cards: usize,
}

/// One score.
struct Score {
    version: u32,
    at_us: i64,
    patient: String,
    risk: f64,
    has_card: bool,
    features: BTreeMap<String, f64>,
}

impl Platform {
    /// How a model does in the chart, by the journal.
    ///
    /// # Errors
    /// When there is no such model, or the store fails.
    pub fn monitor_model(&self, access: &Access, name: &str) -> Result<Monitor, StudyError> {
        let answers = self.deployment(access, name)?.map(|deployed| deployed.version);
        let model = self.model(access, name, answers)?;
        let entries = journal(access, SCORED)?;
        let own: Vec<&Entry> = entries.iter().filter(|entry| entry.event.detail["model"] == name).collect();
        let scores: Vec<Score> = own.iter().filter_map(|entry| read(entry)).collect();
        let of_version: Vec<&Score> = scores.iter().filter(|score| score.version == model.version).collect();
        let ended = |word: &str| own.iter().filter(|entry| entry.event.outcome == word).count();
        let failed = own.iter().find(|entry| entry.event.outcome == "failed");
        let (judged, unjudged) = match self.outcomes(access, &model, &of_version) {
            Ok(judged) => (Some(judged), None),
            Err(why) => (None, Some(why.to_string())),
        };
        Ok(Monitor {
            version: model.version,
            calls: own.len(),
            failed: ended("failed"),
            incomplete: ended("incomplete"),
            why: failed.and_then(|entry| entry.event.detail["what"].as_str()).map(str::to_owned),
            cards: scores.iter().filter(|score| score.has_card).count(),
            overridden: overridden(access, name)?,
            latency_us: latency(&own),
            days: days(&scores),
            drift: moved(&model, &of_version)?,
            judged,
            unjudged,
        })
    }

    /// What became of those who were scored, each once: a person whose chart is opened often is not many people.
    fn outcomes(
        &self,
        access: &Access,
        model: &Registered,
        scores: &[&Score],
    ) -> Result<Judgement, StudyError> {
        let mut first: BTreeMap<&str, &Score> = BTreeMap::new();
        for score in scores {
            let known = first.entry(&score.patient).or_insert(score);
            if score.at_us < known.at_us {
                *known = score;
            }
        }
        let scores: Vec<&Score> = first.into_values().collect();
        let cases: Vec<Case> = scores
            .iter()
            .map(|score| Case { patient: score.patient.clone(), encounter: None, index_us: score.at_us })
            .collect();
        let purpose = model.record.asked_as.1.as_str();
        let labels = labels(self, access, &model.record.task, &cases, Some(purpose), None)?;
        let known = labels
            .outcomes
            .iter()
            .zip(&scores)
            .filter_map(|(outcome, score)| Some(((*outcome)?, score.risk)));
        let (outcomes, risks): (Vec<f64>, Vec<f64>) =
            known.map(|(outcome, risk)| (f64::from(u8::from(outcome)), risk)).unzip();
        if outcomes.is_empty() {
            return Err(StudyError::Invalid(format!(
                "no time at risk of the {} people who were scored is over in the newest snapshot of the lake",
                scores.len()
            )));
        }
        Ok(judge(&outcomes, &risks)?)
    }
}

fn journal(access: &Access, kind: &str) -> Result<Vec<Entry>, StudyError> {
    let filter =
        Filter { kinds: vec![kind.to_owned()], newest_first: true, limit: SCORES_MAX, ..Filter::default() };
    Ok(access.sandbox().journal(&filter)?)
}

fn read(entry: &Entry) -> Option<Score> {
    let detail = &entry.event.detail;
    let features = detail["features"].as_object()?;
    Some(Score {
        version: u32::try_from(detail["version"].as_u64()?).ok()?,
        at_us: entry.event.virtual_us,
        patient: entry.event.subject.as_deref()?.strip_prefix("Patient/")?.to_owned(),
        risk: detail["risk"].as_f64().filter(|_| entry.event.outcome == outcome::OK)?,
        has_card: detail["card"].is_string(),
        features: features
            .iter()
            .map(|(name, value)| (name.clone(), value.as_f64().unwrap_or(f64::NAN)))
            .collect(),
    })
}

fn overridden(access: &Access, name: &str) -> Result<BTreeMap<String, usize>, StudyError> {
    let service = service_id(name);
    let mut reasons = BTreeMap::new();
    for entry in journal(access, "cds.card")? {
        let detail = &entry.event.detail;
        if detail["service"] == service.as_str() && detail["response"] == "overridden" {
            let reason = detail["reason"].as_str().unwrap_or("No reason given").to_owned();
            *reasons.entry(reason).or_default() += 1;
        }
    }
    Ok(reasons)
}

fn latency(calls: &[&Entry]) -> Option<(i64, i64)> {
    let mut took: Vec<i64> =
        calls.iter().filter_map(|entry| entry.event.detail["took_us"].as_i64()).collect();
    took.sort_unstable();
    let last = took.len().checked_sub(1)?;
    Some((took[last / 2], took[last * 19 / 20]))
}

#[expect(clippy::cast_precision_loss, reason = "counts of scores are far below 2^52")]
fn days(scores: &[Score]) -> Vec<Day> {
    let mut days: BTreeMap<String, Day> = BTreeMap::new();
    for score in scores {
        let name = instant::format(score.at_us)[..10].to_owned();
        let day = days.entry(name.clone()).or_insert(Day { day: name, scores: 0, mean: 0.0, cards: 0 });
        day.scores += 1;
        day.mean += score.risk;
        day.cards += usize::from(score.has_card);
    }
    days.into_values().map(|day| Day { mean: day.mean / day.scores as f64, ..day }).collect()
}

fn moved(model: &Registered, scores: &[&Score]) -> Result<Vec<Drift>, StudyError> {
    if scores.is_empty() {
        return Ok(Vec::new());
    }
    let column = |name: &String| {
        let values = scores.iter().map(|score| score.features.get(name).copied().unwrap_or(f64::NAN));
        (name.clone(), values.collect())
    };
    let table = Table::new(model.record.features.iter().map(column).collect())?;
    Ok(drift(&model.record.card.baseline, &table)?)
}
