use security::casework::Suppression;
use security::detection::{Alert, Alerts, Detector, Rules, read};
use security::telemetry::{ABOUT_CARE, Signal};

use super::error::DeskError;
use super::rules::texts;
use super::signals::signals;
use super::suppressions::suppressions;
use crate::access::Access;

/// How long a rule says nothing more about the same thing, microseconds on the hospital's clock.
const QUIET_US: i64 = 3_600_000_000;

/// What rules made of a journal.
#[derive(Debug, Clone)]
pub struct Watched {
    /// How many rules and correlations looked.
    pub rules: usize,
    /// How many entries they looked at.
    pub entries: usize,
    /// The alerts, newest first.
    pub alerts: Vec<Alert>,
    /// Alerts that somebody keeps quiet, newest first, each with why.
    pub suppressed: Vec<(Alert, Suppression)>,
}

/// Lets rules look at a hospital's whole journal: these, or those that watch here. What is tried is never suppressed.
///
/// # Errors
/// [`DeskError::Rules`] if the rules cannot be run; if the store fails.
pub fn watch(access: &Access, rules: Option<&str>) -> Result<Watched, DeskError> {
    let (texts, quiet) = match rules {
        Some(tried) => (vec![tried.to_owned()], Vec::new()),
        None => (texts(access)?, suppressions(access)?),
    };
    let read = texts.iter().map(|text| read(text)).collect::<Result<Vec<Rules>, _>>();
    let read = read.map_err(DeskError::Rules)?;
    let signals = signals(access, read.iter().any(|rules| rules.read_any(&ABOUT_CARE)))?;
    let mut alerts = Vec::new();
    for rules in &read {
        alerts.extend(raised(rules, &signals)?);
    }
    alerts.sort_by_key(|alert| std::cmp::Reverse((alert.hit.time_us, alert.hit.seq)));
    let mut watched = Watched {
        rules: read.iter().map(Rules::len).sum(),
        entries: signals.len(),
        alerts: Vec::new(),
        suppressed: Vec::new(),
    };
    for alert in alerts {
        match quiet.iter().find(|quiet| quiet.covers(&alert)) {
            Some(quiet) => watched.suppressed.push((alert, quiet.clone())),
            None => watched.alerts.push(alert),
        }
    }
    Ok(watched)
}

/// What rules say of signals. Each text of rules has a detector of its own, so that two of them may name their rules alike.
pub(crate) fn raised(rules: &Rules, signals: &[Signal]) -> Result<Vec<Alert>, DeskError> {
    let mut detector = Detector::new(rules).map_err(|what| {
        let (fix, line, column) = ("compare with the rules of the pack".to_owned(), 1, 1);
        DeskError::Rules(vec![super::RuleProblem { line, column, what, fix }])
    })?;
    let mut alerts = Alerts::new(QUIET_US);
    for hit in signals.iter().flat_map(|signal| detector.feed(signal)) {
        alerts.take(hit);
    }
    Ok(alerts.raised().to_vec())
}
