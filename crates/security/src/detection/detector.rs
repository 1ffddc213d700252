use std::collections::BTreeSet;

use rsigma_eval::{
    CorrelationConfig, CorrelationEngine, EvalError, EvaluationResult, LogSourceExtractor, ResultBody,
    TimestampFallback,
};
use rsigma_parser::{SigmaCollection, SigmaRule};

use super::read::Rules;
use crate::telemetry::Signal;

/// The most windows that all correlations keep, and the most events of one window.
const STATES_MAX: usize = 20_000;
const WINDOW_MAX: usize = 5_000;
/// What a rule without a correlation groups its alerts by.
const GROUP: [&str; 3] = ["user", "address", "client"];

/// A rule that fired on a signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The rule's id, or its title where it has none.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Its level: `low`, `medium`, `high`, `critical`, `informational`.
    pub level: String,
    /// Its tags: techniques of ATT&CK and countermeasures of D3FEND.
    pub tags: Vec<String>,
    /// What the alert is about: fields with their values.
    pub group: Vec<(String, String)>,
    /// What a correlation counted; 1 for a rule that looks at one signal.
    pub value: f64,
    /// The signal that fired it.
    pub seq: i64,
    /// When that happened.
    pub time_us: i64,
}

/// Rules at work. Signals are fed in the order they happened.
pub struct Detector {
    engine: CorrelationEngine,
    /// Rules that speak only through a correlation.
    parts: BTreeSet<String>,
}

impl Detector {
    /// A detector that has seen nothing yet.
    ///
    /// # Errors
    /// What the engine says of rules that it cannot run; never for [`Rules`] that were read.
    pub fn new(rules: &Rules) -> Result<Self, String> {
        let engine = engine(&rules.collection).map_err(|error| error.to_string())?;
        Ok(Self { engine, parts: parts(&rules.collection) })
    }

    /// What fires on this signal.
    pub fn feed(&mut self, signal: &Signal) -> Vec<Hit> {
        let found = self.engine.process_event_at(signal, signal.time_us.div_euclid(1_000_000));
        let speaks = |result: &EvaluationResult| {
            let id = result.header.rule_id.as_deref().unwrap_or(&result.header.rule_title);
            result.is_correlation() || !self.parts.contains(id)
        };
        found.into_iter().filter(speaks).map(|result| hit(result, signal)).collect()
    }
}

/// The ids, or titles where they have none, of rules that a correlation refers to and does not ask to be heard alone.
fn parts(collection: &SigmaCollection) -> BTreeSet<String> {
    let silent = collection.correlations.iter().filter(|correlation| !correlation.generate);
    let named: BTreeSet<&String> = silent.flat_map(|correlation| &correlation.rules).collect();
    let is_part =
        |rule: &&SigmaRule| [&rule.id, &rule.name].into_iter().flatten().any(|name| named.contains(name));
    collection
        .rules
        .iter()
        .filter(is_part)
        .map(|rule| rule.id.clone().unwrap_or_else(|| rule.title.clone()))
        .collect()
}

/// The engine for a collection: held to bounds, and looking only at the logs a rule names.
pub(super) fn engine(collection: &SigmaCollection) -> Result<CorrelationEngine, EvalError> {
    let mut engine = CorrelationEngine::new(CorrelationConfig {
        timestamp_fallback: TimestampFallback::Skip,
        max_state_entries: STATES_MAX,
        max_group_entries: Some(WINDOW_MAX),
        emit_detections: false,
        ..CorrelationConfig::default()
    });
    engine.set_logsource_extractor(Some(LogSourceExtractor::new()));
    engine.add_collection(collection)?;
    Ok(engine)
}

fn hit(result: EvaluationResult, signal: &Signal) -> Hit {
    let header = result.header;
    let (group, value) = match result.body {
        ResultBody::Correlation(found) => (found.group_key, found.aggregated_value),
        ResultBody::Detection(_) => {
            let field = |name: &&str| signal.text(name).map(|text| ((*name).to_owned(), text.to_owned()));
            (GROUP.iter().filter_map(field).collect(), 1.0)
        }
    };
    Hit {
        rule: header.rule_id.unwrap_or_else(|| header.rule_title.clone()),
        title: header.rule_title,
        level: header.level.map_or("informational", |level| level.as_str()).to_owned(),
        tags: header.tags,
        group,
        value,
        seq: signal.seq,
        time_us: signal.time_us,
    }
}
