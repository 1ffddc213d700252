use serde::Serialize;

use crate::model::{Kit, Outcome, Record, Requirement, roll_up};

/// A requirement, and what a run says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// Its name.
    pub id: &'static str,
    /// What is asked.
    pub text: &'static str,
    /// Document and section.
    pub source: &'static str,
    /// Ids of the tests that look at it.
    pub tests: Vec<String>,
    /// The gravest outcome of the tests that were done; none if it was not looked at.
    pub outcome: Option<Outcome>,
}

/// What a run says about every requirement of its kit.
pub fn coverage(kit: &Kit, record: &Record) -> Vec<Covered> {
    let one = |requirement: &Requirement| {
        let tests: Vec<_> = record.tests();
        let about = tests.iter().filter(|test| test.requirements.iter().any(|id| id == requirement.id));
        let about: Vec<_> = about.collect();
        Covered {
            id: requirement.id,
            text: requirement.text,
            source: requirement.source,
            outcome: roll_up(about.iter().map(|test| (test.outcome, test.optional))),
            tests: about.iter().map(|test| test.id.clone()).collect(),
        }
    };
    kit.requirements.iter().map(one).collect()
}
