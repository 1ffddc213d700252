use security::breach::{Recipient, duties};
use security::papers::day::Date;
use security::papers::{AssessmentForm, Conclusion};

use super::error::ComplianceError;
use super::facts::affected;
use super::filing::papers;
use super::paper::PaperKind;
use super::rules::law;
use crate::access::Access;

/// One breach of the log that goes to the Secretary after the end of the year (164.408(c)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// The assessment.
    pub paper: String,
    /// What the incident is called.
    pub title: String,
    /// The day it counts as discovered.
    pub discovered_on: Date,
    /// How many different people.
    pub people: usize,
    /// The last day for sending it.
    pub due_on: Date,
}

/// The log of the breaches of fewer than 500 people, the oldest first. Of several assessments of one title the newest counts.
///
/// # Errors
/// If the store fails.
pub fn breach_log(access: &Access) -> Result<Vec<LogLine>, ComplianceError> {
    let mut lines: Vec<LogLine> = Vec::new();
    let mut seen = Vec::new();
    for paper in papers(access)?.into_iter().filter(|paper| paper.kind == PaperKind::BreachAssessment) {
        let Ok(form) = serde_json::from_value::<AssessmentForm>(paper.form) else { continue };
        if seen.contains(&form.title) {
            continue;
        }
        seen.push(form.title.clone());
        if form.conclusion != Conclusion::Breach {
            continue;
        }
        let owed = duties(&affected(access, &form.people)?, &form.discovery(), None, law());
        let by_log = owed.notices.iter().find(|notice| notice.recipient == Recipient::SecretaryByLog);
        if let Some(notice) = by_log {
            lines.push(LogLine {
                paper: paper.id,
                title: form.title,
                discovered_on: owed.discovered,
                people: owed.people,
                due_on: notice.by,
            });
        }
    }
    lines.sort_by_key(|line| line.discovered_on);
    Ok(lines)
}
