use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use super::{Rules, day};

/// How a term is measured (29 CFR 29.5(b)(2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Approach {
    /// By hours on the job.
    Time,
    /// By competencies that were shown; there is still learning on the job.
    Competency,
    /// By hours within bounds and by competencies.
    Hybrid,
}

impl Approach {
    /// The word on pages and in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Time => "time-based",
            Self::Competency => "competency-based",
            Self::Hybrid => "hybrid",
        }
    }
}

/// The work processes of an occupation, its related instruction, and what has to be entrusted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Its id, which is the name of its file.
    pub id: String,
    /// The occupation.
    pub title: String,
    /// What one does in it.
    pub about: String,
    /// How its term is measured.
    pub approach: Approach,
    /// When the law behind it was last compared.
    #[serde(with = "day")]
    pub read: Date,
    /// Hours on the job in all; none where competencies measure the term.
    pub term_hours: Option<u32>,
    /// What is learned on the job.
    #[serde(rename = "process")]
    pub processes: Vec<Process>,
    /// What is learned beside it.
    #[serde(default, rename = "instruction")]
    pub instruction: Vec<Course>,
    /// What has to be entrusted.
    #[serde(default, rename = "entrust")]
    pub entrust: Vec<ToEntrust>,
}

/// A major kind of work.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Its id.
    pub id: String,
    /// What is done.
    pub title: String,
    /// The least hours.
    pub hours_min: Option<u32>,
    /// The most hours that count.
    pub hours_max: Option<u32>,
}

/// A part of the related instruction.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Its hours.
    pub hours: u32,
}

/// A competency that has to be entrusted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToEntrust {
    /// Its id.
    pub competency: String,
}

impl Schedule {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// Everything in it that does not follow from its approach or from the rules, with what to do about it.
    #[must_use]
    pub fn problems(&self, rules: &Rules) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut say = |what: String, advice: &str| found.push((what, advice.to_owned()));
        let least: u32 = self.processes.iter().filter_map(|one| one.hours_min).sum();
        let most: u32 = self.processes.iter().map(|one| one.hours_max.or(one.hours_min).unwrap_or(0)).sum();
        match (self.approach, self.term_hours) {
            (Approach::Time, None) | (Approach::Hybrid, None) => {
                say("there are no `term_hours`".to_owned(), "say how many hours the term has");
            }
            (Approach::Time, Some(hours)) if hours < rules.term.hours_min => say(
                format!(
                    "{hours} hours are fewer than the {} of {}",
                    rules.term.hours_min, rules.term.section
                ),
                "lengthen the term, or measure it by competencies",
            ),
            (Approach::Time | Approach::Hybrid, Some(hours))
                if !(least..=most.max(least)).contains(&hours) =>
            {
                say(
                    format!("the processes hold {least} to {most} hours, and the term has {hours}"),
                    "let the hours of the processes make up the term",
                );
            }
            (Approach::Competency, Some(_)) => say(
                "`term_hours` stand in a schedule that competencies measure".to_owned(),
                "leave them out, or call it hybrid",
            ),
            _ => {}
        }
        if self.approach != Approach::Time && self.entrust.is_empty() {
            say("nothing has to be entrusted".to_owned(), "name the competencies with [[entrust]]");
        }
        if self.processes.is_empty() {
            say("there is no [[process]]".to_owned(), "every approach has learning on the job");
        }
        let mut ids = BTreeSet::new();
        let all = self.processes.iter().map(|one| &one.id).chain(self.instruction.iter().map(|one| &one.id));
        for id in all.filter(|id| !ids.insert(*id)) {
            say(format!("`{id}` stands there twice"), "give each process and course an id of its own");
        }
        found
    }

    /// Hours of related instruction in all.
    #[must_use]
    pub fn instruction_hours(&self) -> u32 {
        self.instruction.iter().map(|one| one.hours).sum()
    }

    /// What a line is about, by the id of a process or course.
    #[must_use]
    pub fn title_of(&self, id: &str) -> Option<&str> {
        let process = self.processes.iter().find(|one| one.id == id).map(|one| one.title.as_str());
        process.or_else(|| self.course(id).map(|one| one.title.as_str()))
    }

    /// The course with this id; none for a process.
    #[must_use]
    pub fn course(&self, id: &str) -> Option<&Course> {
        self.instruction.iter().find(|one| one.id == id)
    }
}
