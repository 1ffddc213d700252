use serde::Serialize;
use serde_json::{Number, Value};

use super::entered::Entered;
use super::shape::{mrn_of, name_of, text_at};
use super::support::{Firing, Severity};

/// One thing that is wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The field, as the command names it.
    pub field: String,
    /// What is wrong with it.
    pub what: String,
    /// What to do about it.
    #[serde(rename = "try")]
    pub remedy: String,
}

/// A patient who may be the one that is about to be registered again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookAlike {
    /// The record's id.
    pub id: String,
    /// The medical record number, if it has one.
    pub mrn: Option<String>,
    /// The name as people read it.
    pub name: String,
    /// The birth date as recorded.
    pub birth_date: String,
    /// The administrative sex as recorded.
    pub sex: String,
}

impl LookAlike {
    pub(super) fn of(patient: &Value) -> Self {
        let text = |name| text_at(patient, name).unwrap_or_default().to_owned();
        Self {
            id: text("id"),
            mrn: mrn_of(patient).map(str::to_owned),
            name: name_of(patient).unwrap_or_else(|| "no name".to_owned()),
            birth_date: text("birthDate"),
            sex: text("gender"),
        }
    }
}

/// Why a command was refused. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EhrError {
    /// Fields that are wrong: all of them, at least one.
    #[error("{}", sentence(.0))]
    Fields(Vec<Problem>),
    /// The hospital may know this patient already.
    #[error(
        "{} much like this one: {}; use that record, or confirm with confirm_new that this is another person",
        if .0.len() == 1 { "a patient is registered already who is" } else { "patients are registered already who are" },
        .0.iter().map(|one| format!("{} (MRN {})", one.name, one.mrn.as_deref().unwrap_or("none"))).collect::<Vec<_>>().join(", ")
    )]
    Duplicate(Vec<LookAlike>),
    /// Rules speak against what was to be signed: at least one.
    #[error("{}", .0.iter().map(spoken).collect::<Vec<_>>().join(". "))]
    Support(Vec<Firing>),
}

fn spoken(firing: &Firing) -> String {
    let remedy = match firing.severity {
        Severity::Stop => "it cannot be signed; end the draft or order something else",
        Severity::Warning => "give override_reason to sign it nevertheless, or end the draft",
        Severity::Info => "for information",
    };
    format!("{} ({}): {} {remedy}", firing.ordered, firing.title, firing.message)
}

impl EhrError {
    /// A refusal because of one field.
    pub fn field(field: &str, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Fields(vec![Problem { field: field.to_owned(), what: what.into(), remedy: remedy.into() }])
    }

    /// The refusal as one word for the journal.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Fields(_) => "refused",
            Self::Duplicate(_) => "duplicate",
            Self::Support(_) => "support",
        }
    }
}

fn sentence(problems: &[Problem]) -> String {
    let each = problems.iter().map(|one| format!("{}: {}; {}", one.field, one.what, one.remedy));
    each.collect::<Vec<_>>().join(". ")
}

/// The problems of one form, as they are found.
#[derive(Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub(super) fn add(&mut self, field: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(Problem { field: field.to_owned(), what: what.into(), remedy: remedy.into() });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Refuses if anything was found.
    pub(super) fn settle(self) -> Result<(), EhrError> {
        if self.0.is_empty() { Ok(()) } else { Err(EhrError::Fields(self.0)) }
    }

    /// One line of text, at most `chars_max` characters, if there is any.
    pub(super) fn line(&mut self, field: &str, entered: &Entered, chars_max: usize) -> Option<String> {
        let text = self.words(field, entered, chars_max)?;
        if text.chars().any(char::is_control) {
            self.add(field, "holds a line break or a control character", "write it on one line");
            return None;
        }
        Some(text)
    }

    /// Text of several lines, at most `chars_max` characters, if there is any.
    pub(super) fn words(&mut self, field: &str, entered: &Entered, chars_max: usize) -> Option<String> {
        if entered.is_nested() {
            self.add(field, "is a list or an object", "send one text or number");
            return None;
        }
        let text = entered.text()?;
        let chars = text.chars().count();
        if chars > chars_max {
            self.add(field, format!("has {chars} characters"), format!("use {chars_max} at most"));
            return None;
        }
        if text.chars().any(|c| c.is_control() && !['\n', '\r', '\t'].contains(&c)) {
            self.add(field, "holds a control character", "take it out");
            return None;
        }
        Some(text.into_owned())
    }

    /// Like [`Self::line`], for a field that must be there. `remedy` says what belongs in it.
    pub(super) fn needed(
        &mut self,
        field: &str,
        entered: &Entered,
        chars_max: usize,
        remedy: &str,
    ) -> Option<String> {
        if entered.text().is_none() && !entered.is_nested() {
            self.add(field, "is missing", remedy);
            return None;
        }
        self.line(field, entered, chars_max)
    }

    /// A number, if there is any, and how it is to be written in JSON.
    pub(super) fn number(&mut self, field: &str, entered: &Entered) -> Option<(f64, Number)> {
        let text = self.line(field, entered, 20)?;
        let whole = || text.parse::<i64>().ok().map(Number::from);
        let decimal = || text.parse::<f64>().ok().and_then(Number::from_f64);
        let number = whole().or_else(decimal);
        let read = number.and_then(|number| Some((number.as_f64()?, number)));
        if read.is_none() {
            self.add(field, format!("'{text}' is not a number"), "write digits, with a point for decimals");
        }
        read
    }

    /// One of a table of codes, if there is any.
    pub(super) fn one_of<'a, T>(
        &mut self,
        field: &str,
        entered: &Entered,
        table: &'a [T],
        code: impl Fn(&T) -> &str,
    ) -> Option<&'a T> {
        let text = self.line(field, entered, 40)?;
        let found = table.iter().find(|row| code(row).eq_ignore_ascii_case(&text));
        if found.is_none() {
            let codes: Vec<&str> = table.iter().map(code).collect();
            self.add(field, format!("'{text}' is not known"), format!("write one of {}", codes.join(", ")));
        }
        found
    }
}
