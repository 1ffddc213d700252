use serde::{Deserialize, Serialize};

use super::error::{CaseworkError, text};

const TITLE_MAX: usize = 120;
const TEXT_MAX: usize = 4_000;
const NOTES_MAX: usize = 300;
const EVIDENCE_MAX: usize = 300;

/// How much a case matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Can wait.
    Low,
    /// This week.
    Medium,
    /// Today.
    High,
    /// Now.
    Critical,
}

impl Severity {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// What a closed case came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It happened, and should not have.
    Confirmed,
    /// It happened, and there was a good reason for it.
    Explained,
    /// It did not happen: the alert was wrong.
    FalseAlarm,
}

impl Finding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Explained, Self::FalseAlarm];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Explained => "explained",
            Self::FalseAlarm => "false-alarm",
        }
    }
}

/// Whether a case is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state", content = "finding")]
pub enum CaseState {
    /// It is.
    Open,
    /// It came to this.
    Closed(Finding),
}

/// What somebody wrote down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The words.
    pub text: String,
    /// Who wrote them.
    pub by: String,
    /// When, on the hospital's clock.
    pub at_us: i64,
}

/// A journal entry that speaks for or against something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its place in the journal.
    pub seq: i64,
    /// Its hash in the journal's chain, in hexadecimal digits.
    pub hash: String,
    /// What it was, in a line.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// Who pinned it.
    pub by: String,
    /// When, on the hospital's clock.
    pub at_us: i64,
}

/// A question that somebody answers with evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// How much it matters.
    pub severity: Severity,
    /// Whether it is worked on.
    #[serde(flatten)]
    pub state: CaseState,
    /// Who opened it.
    pub by: String,
    /// When, on the hospital's clock.
    pub opened_us: i64,
    /// What was written down, oldest first.
    pub notes: Vec<Note>,
    /// What was pinned, oldest first.
    pub evidence: Vec<Evidence>,
}

impl Case {
    /// A new case.
    ///
    /// # Errors
    /// A title that says too little or too much.
    pub fn open(
        id: String,
        title: &str,
        severity: Severity,
        by: &str,
        now_us: i64,
    ) -> Result<Self, CaseworkError> {
        Ok(Self {
            id,
            title: text("title", title, 3, TITLE_MAX)?,
            severity,
            state: CaseState::Open,
            by: by.to_owned(),
            opened_us: now_us,
            notes: Vec::new(),
            evidence: Vec::new(),
        })
    }

    /// Adds a note.
    ///
    /// # Errors
    /// A closed or full case; a note that says nothing.
    pub fn note(&mut self, words: &str, by: &str, now_us: i64) -> Result<(), CaseworkError> {
        self.check_open()?;
        self.write(text("text", words, 1, TEXT_MAX)?, by, now_us)
    }

    /// Pins an entry.
    ///
    /// # Errors
    /// A closed or full case, an entry that is pinned already, no reason.
    pub fn pin(&mut self, evidence: Evidence) -> Result<(), CaseworkError> {
        self.check_open()?;
        if self.evidence.iter().any(|pinned| pinned.seq == evidence.seq) {
            return Err(CaseworkError::Pinned(evidence.seq));
        }
        if self.evidence.len() >= EVIDENCE_MAX {
            return Err(CaseworkError::Full("the case", EVIDENCE_MAX));
        }
        let why = text("why", &evidence.why, 3, TEXT_MAX)?;
        self.evidence.push(Evidence { why, ..evidence });
        Ok(())
    }

    /// Closes the case with what it came to, and why.
    ///
    /// # Errors
    /// A closed case; no reason.
    pub fn close(&mut self, finding: Finding, why: &str, by: &str, now_us: i64) -> Result<(), CaseworkError> {
        self.check_open()?;
        let why = text("why", why, 10, TEXT_MAX)?;
        self.write(format!("Closed as {}: {why}", finding.word()), by, now_us)?;
        self.state = CaseState::Closed(finding);
        Ok(())
    }

    /// Opens a closed case again.
    ///
    /// # Errors
    /// An open case; no reason.
    pub fn reopen(&mut self, why: &str, by: &str, now_us: i64) -> Result<(), CaseworkError> {
        if self.state == CaseState::Open {
            return Err(CaseworkError::Open);
        }
        let why = text("why", why, 10, TEXT_MAX)?;
        self.write(format!("Reopened: {why}"), by, now_us)?;
        self.state = CaseState::Open;
        Ok(())
    }

    fn write(&mut self, text: String, by: &str, now_us: i64) -> Result<(), CaseworkError> {
        if self.notes.len() >= NOTES_MAX {
            return Err(CaseworkError::Full("the case", NOTES_MAX));
        }
        self.notes.push(Note { text, by: by.to_owned(), at_us: now_us });
        Ok(())
    }

    fn check_open(&self) -> Result<(), CaseworkError> {
        if self.state == CaseState::Open { Ok(()) } else { Err(CaseworkError::Closed) }
    }
}
