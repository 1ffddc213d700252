use std::sync::OnceLock;

use ::models::study::RiskTime;
use serde::{Deserialize, Serialize};

use super::error::StudyError;
use crate::content;

/// Characters of one part of a task.
const CHARS_MAX: usize = 20_000;

/// What is foretold of whom, declared: three questions in SQL over the lake, and a time at risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// What it is called.
    pub title: String,
    /// What is foretold, of whom and for whom, in a sentence or two.
    pub predicts: String,
    /// Who enters the study, and when: `patient_id`, `encounter_id` (or NULL) and `index_time`, one row each.
    pub cohort: String,
    /// What is known of each at the index time: `case_id`, one row for each row of `cases`. A column of numbers, or of true and
    /// false, is a feature; people are judged apart by a column of text.
    pub features: String,
    /// When the outcome happens to anybody: `patient_id` and `event_time`.
    pub outcome: String,
    /// The time at risk.
    pub risk: RiskTime,
    /// Features without which there is no risk: better none than one that was made of nothing.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What is in use until now, by which a blind test measures what comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yardstick: Option<Yardstick>,
}

/// Points that are added up by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Yardstick {
    /// What they are called, and what counts how much, in a sentence.
    pub about: String,
    /// An expression in SQL over the features of a case.
    pub points: String,
}

impl Task {
    /// Reads a task in TOML.
    ///
    /// # Errors
    /// With the place of what is wrong.
    pub fn read(text: &str) -> Result<Self, StudyError> {
        let task: Self = toml::from_str(text).map_err(|error| StudyError::Invalid(error.to_string()))?;
        task.check()?;
        Ok(task)
    }

    /// Holds it to what can be asked.
    ///
    /// # Errors
    /// When a part is missing or too long, or the time at risk is none.
    pub fn check(&self) -> Result<(), StudyError> {
        let parts = [
            ("the title", &self.title),
            ("what it predicts", &self.predicts),
            ("the cohort", &self.cohort),
            ("the features", &self.features),
            ("the outcome", &self.outcome),
        ];
        for (name, part) in parts {
            if part.trim().is_empty() || part.chars().count() > CHARS_MAX {
                return Err(StudyError::Invalid(format!("{name} has from 1 to {CHARS_MAX} characters")));
            }
        }
        self.risk.check()?;
        Ok(())
    }
}

/// A task to begin with, from `content/models`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyTask {
    /// The name of its file.
    pub slug: String,
    /// The task.
    pub task: Task,
}

/// The tasks that anybody may begin with.
pub fn ready_tasks() -> &'static [ReadyTask] {
    static READY: OnceLock<Vec<ReadyTask>> = OnceLock::new();
    READY.get_or_init(|| {
        let files = content::files(None).unwrap_or_default();
        let read = |file: &content::SourceFile| {
            let slug = file.path.strip_prefix("models/tasks/")?.strip_suffix(".toml")?.to_owned();
            let task = Task::read(std::str::from_utf8(&file.bytes).ok()?).ok()?;
            Some(ReadyTask { slug, task })
        };
        files.iter().filter_map(read).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{Task, ready_tasks};
    use crate::content::files;

    #[test]
    fn every_task_in_the_content_is_read() {
        let files = files(None).unwrap();
        let written: Vec<_> = files.iter().filter(|file| file.path.starts_with("models/tasks/")).collect();
        for file in &written {
            let text = std::str::from_utf8(&file.bytes).unwrap();
            Task::read(text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        }
        assert_eq!(ready_tasks().len(), written.len());
        assert!(!written.is_empty());
    }
}
