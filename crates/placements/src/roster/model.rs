use jiff::civil::Date;
use serde::Serialize;

/// What somebody is in a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// OneRoster's `student`.
    Learner,
    /// OneRoster's `teacher`.
    Instructor,
}

/// A school, a district, a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// `sourcedId`: what the other system calls it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The organisation it belongs to.
    pub parent: Option<String>,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// `sourcedId`.
    pub id: String,
    /// What they sign in with.
    pub login: String,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// What they are.
    pub part: Part,
    /// Where they belong.
    pub organisations: Vec<String>,
    /// The line they stand on, for messages.
    pub line: u64,
}

impl Person {
    /// What they are called.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}

/// A class: what we call a cohort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// `sourcedId`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The school it belongs to.
    pub organisation: String,
    /// First day of its first term.
    pub begins: Option<Date>,
    /// Last day of its last term.
    pub ends: Option<Date>,
}

/// Somebody in a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The class.
    pub class: String,
    /// Who.
    pub person: String,
    /// As what.
    pub part: Part,
    /// Since when, where it is not the class's own first day.
    pub begins: Option<Date>,
    /// Until when.
    pub ends: Option<Date>,
    /// Whether it is over: the row is marked `tobedeleted`.
    pub over: bool,
}

/// What stood in the files and was not taken, so that nobody has to wonder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// People who are neither student nor teacher: parents, aides, administrators.
    pub other_roles: usize,
    /// People whose account is not enabled.
    pub disabled: usize,
    /// Rows marked `tobedeleted`, those of enrolments aside.
    pub deleted: usize,
    /// Enrolments of people or in classes that were left out.
    pub enrolments: usize,
}

/// A class list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// Organisations, parents before their children.
    pub organisations: Vec<Organisation>,
    /// Learners and instructors.
    pub people: Vec<Person>,
    /// Classes.
    pub classes: Vec<Class>,
    /// Who is in which.
    pub enrolments: Vec<Enrolment>,
    /// What was not taken.
    pub left_out: LeftOut,
}
