use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day;
use super::fault::PaperFault;

/// A statement about the hospital that is true or is not.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name; that of the measurement that tells.
    pub id: String,
    /// The section it belongs to.
    pub section: String,
    /// The statement.
    pub says: String,
    /// Where somebody would look.
    pub look: String,
}

/// All questions, as a dated file has them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// What the file is called.
    pub title: String,
    /// When the public text was last compared.
    #[serde(with = "day")]
    pub read: Date,
    /// The questions.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

impl Questions {
    /// Reads the file.
    ///
    /// # Errors
    /// With the place in the file.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}

/// What was measured in the running hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Which question it answers.
    pub id: &'static str,
    /// Whether the statement is true.
    pub holds: bool,
    /// What was seen.
    pub seen: String,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// The statement is true.
    Yes,
    /// It is not.
    No,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Yes or no.
    pub answer: Said,
    /// How one knows; of a risk, what is planned.
    #[serde(default)]
    pub note: String,
}

/// A risk analysis (164.308(a)(1)(ii)(A)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskAnalysis {
    /// The answers, by question.
    pub answers: BTreeMap<String, Answer>,
}

impl RiskAnalysis {
    /// Where it is not accurate and thorough: questions without an answer, answers that the running hospital contradicts,
    /// risks without a plan.
    #[must_use]
    pub fn check(&self, questions: &Questions, measured: &[Measured]) -> Vec<PaperFault> {
        let mut faults = Vec::new();
        for question in &questions.questions {
            let (id, section) = (question.id.as_str(), question.section.as_str());
            let Some(given) = self.answers.get(id) else {
                faults.push(PaperFault::new(id, "is not answered", section));
                continue;
            };
            if let Some(measured) = measured.iter().find(|measured| measured.id == id)
                && measured.holds != (given.answer == Said::Yes)
            {
                let said = if given.answer == Said::Yes { "yes" } else { "no" };
                let what = format!("says {said}, but the hospital shows: {}", measured.seen);
                faults.push(PaperFault::new(id, what, section));
            }
            if given.answer == Said::No && given.note.trim().chars().count() < 20 {
                faults.push(PaperFault::new(id, "names a risk and no plan for it", "164.308(a)(1)(ii)(B)"));
            }
        }
        for id in self.answers.keys().filter(|id| questions.questions.iter().all(|one| one.id != **id)) {
            faults.push(PaperFault::new(id, "is no question of this analysis", &questions.title));
        }
        faults
    }
}
